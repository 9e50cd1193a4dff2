"""What is sent compressed: static files at their best, the recorder's JSON quickly, pages not at all.

A page holds a form token and words that came with its address; the length of a compressed page can give a token away
(BREACH). JSON answers hold neither, and a page that says the same to everybody holds no secret: it may say so.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, g, request

LARGE = 200_000
"""Bytes. Above it Brotli's best level costs seconds."""

LEAST = 1_000
"""Bytes. Below it there is little to win."""

DATA = {"application/json", "text/javascript"}


def init_app(app: Flask) -> None:
    """Compress the answers that may be."""
    app.after_request(_compress)


def same_for_everybody() -> None:
    """Let the page that is being answered be compressed: nothing in it depends on who asks, or on the address."""
    g.same_for_everybody = True


def packed(body: bytes, encoding: str, *, best: bool) -> bytes:
    """The body in this encoding (`br` or `gzip`), the same bytes each time. best: once and for all, not per answer."""
    if encoding == "gzip":
        return gzip.compress(body, compresslevel=9 if best else 6, mtime=0)
    import brotli

    best_level = 9 if len(body) > LARGE else 11
    return bytes(brotli.compress(body, quality=best_level if best else 5))


def _compress(response: Response) -> Response:
    if not _may_be_compressed(response):
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match(("br", "gzip"))
    if encoding is not None:
        response.set_data(packed(response.get_data(), encoding, best=False))
        response.content_encoding = encoding
    return response


def _may_be_compressed(response: Response) -> bool:
    if request.method != "GET" or response.status_code != 200 or not response.is_sequence:
        return False
    if response.mimetype not in DATA and not g.get("same_for_everybody"):
        return False
    return response.content_encoding is None and len(response.get_data()) >= LEAST

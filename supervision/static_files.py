"""Static files as they are served for real: compressed once, found at start, answered before Flask is asked.

Comments are a quarter of our scripts once compressed, so they stay here: the lines of one are sent empty.

`?v=` in an address names the version of the content, so such an answer may be kept for ever; any other is asked about
each time and costs a 304. A file that has changed since the start, or is new, is left to Flask's own static view:
uncompressed, but true. Only what was found in the folder at the start can be asked for here.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident
from time import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile
from whitenoise.string_utils import decode_path_info

from supervision.compression import packed
from supervision.headers import static_headers

if TYPE_CHECKING:
    from flask import Flask

FOLDER = "komprimeret"
"""Where the compressed files lie in the instance, each named by what it holds."""

TEXT = {".css", ".js", ".svg", ".json", ".txt", ".md", ".map", ".webmanifest"}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
UNFINISHED_S = 3600
"""What has another ending than these and is older than this was left half-written by a process that died."""
VENDOR = "vendor"
"""The folder of others' files, which go out with their comments: those carry their licences."""

COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """One file as it was at the start. `stamp`: (mtime in ns, bytes). `compressed`: encoding -> path."""

    path: Path
    stamp: tuple[int, int]
    digest: str
    compressed: dict[str, str]


def compress_folder(static: Path, target: Path) -> list[Found]:
    """Every file of the folder. Writes what is missing in `target`, and clears what is no longer used there.

    What another process is writing just now is left to it. A target that cannot be written to is left alone, and those
    files go out as they are.
    """
    files = [path for path in sorted(static.rglob("*")) if path.is_file()]
    with ThreadPoolExecutor() as threads:
        found = list(threads.map(lambda path: _find(path, target), files))
    used = {Path(path).name for one in found for path in one.compressed.values()}
    for left_over in (path for path in target.glob("*") if path.name not in used):
        with suppress(OSError):
            if left_over.suffix in ENCODINGS.values() or left_over.stat().st_mtime < time() - UNFINISHED_S:
                left_over.unlink()
    return found


def without_comments(script: str) -> str:
    """The script with every comment that has its lines to itself sent as empty lines, so that line numbers stay."""
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), script)


def _find(path: Path, target: Path) -> Found:
    stamp, body = _stamp(path), path.read_bytes()
    if path.suffix == ".js" and VENDOR not in path.parts:
        body = without_comments(body.decode()).encode()
    digest = hashlib.sha256(body).hexdigest()[:32]
    compressed = {}
    if path.suffix in TEXT:
        for encoding, ending in ENCODINGS.items():
            kept = target / (digest + ending)
            if kept.exists() or _write(kept, packed(body, encoding, best=True)):
                compressed[encoding] = str(kept)
    return Found(path, stamp, digest, compressed)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _write(path: Path, body: bytes) -> bool:
    """Whole or not at all, also when two servers start at once."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(body)
        unfinished.replace(path)
    except OSError:
        return False
    return True


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """Put in front of an application: `app.wsgi_app = StaticFiles(app)`. folder: for what is compressed."""

    def __init__(self, app: Flask, folder: Path | None = None) -> None:
        static = Path(app.static_folder or "")
        super().__init__(app.wsgi_app, max_age=None, allow_all_origins=False)
        self.only_https: bool = app.config["SESSION_COOKIE_SECURE"]
        self.found: dict[str, Found] = {}
        for found in compress_folder(static, folder or Path(app.instance_path) / FOLDER):
            url = f"{app.static_url_path}/{found.path.relative_to(static).as_posix()}"
            self.found[url] = found
            self.files[url] = self.get_static_file(str(found.path), url)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """The file in all its encodings. The tag is weak, since it stands for all of them."""
        found = self.found[url]
        headers = Headers([("ETag", f'W/"{found.digest}"')])
        self.add_mime_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings=found.compressed)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The file with the headers of every answer; whatever is not a file as it was at the start: the application."""
        url = decode_path_info(environ.get("PATH_INFO", ""))
        if url not in self.files or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._changed(url):
            answer: Iterable[bytes] = self.application(environ, start_response)
            return answer
        more = static_headers(
            versioned="v" in parse_qs(environ.get("QUERY_STRING", "")),
            secure=self.only_https or environ["wsgi.url_scheme"] == "https",
        )

        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, *more.items()])

        try:
            served: Iterable[bytes] = self.serve(self.files[url], environ, start)
        except FileNotFoundError:  # a newer version beside this one has cleared what it does not use itself
            served = self.application(environ, start_response)
        return served

    def _changed(self, url: str) -> bool:
        found = self.found[url]
        try:
            return _stamp(found.path) != found.stamp
        except FileNotFoundError:
            return True

"""Markdown to HTML that can stand on our pages: no HTML from the writer, no pictures, and only harmless links."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

TOP_HEADING = 2
"""The page has its h1; the highest heading of the text comes right below it."""
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = re.compile(r"^(https://|mailto:)", re.IGNORECASE)


def to_html(tekst: str) -> str:
    """The text as HTML: headings, lists, emphasis, quotations and links (https, mailto, or within the system)."""
    markdown = _parser()
    tokens = markdown.parse(tekst)
    _shift_headings(tokens)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrs.get("href", "")).lower().startswith("https:"):
                child.attrSet("rel", "noopener noreferrer")
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def allows_link(href: str) -> bool:
    """Whether a link may be followed: https, mailto, or a path of our own; never one that hides where it leads."""
    if re.search(r"[\x00-\x20\\]", href) or href.startswith("//"):
        return False
    return bool(_ALLOWED.match(href)) if _SCHEME.match(href) else True


class _Careful(MarkdownIt):
    """A parser that asks us about each link."""

    def validateLink(self, url: str) -> bool:
        """As `allows_link`; a link that is refused stays as the characters that were typed."""
        return allows_link(url)


@cache
def _parser() -> MarkdownIt:
    return _Careful("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def _shift_headings(tokens: list[Token]) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1:]) for token in headings), default=TOP_HEADING)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1:]) - highest + TOP_HEADING)}"

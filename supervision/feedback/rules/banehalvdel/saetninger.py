"""A text to its sentences, and a sentence to its tokens."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What counts as space, spelt out: `\\s` is not the same in every language."""
WORD: Final = r"A-Za-zÀ-ÖØ-öø-ÿ0-9\u0300-\u036f"
"""Letters, digits, and the accents that some keyboards send apart from their letter."""
QUOTES: Final = r'"[^"\n]*"|»[^«\n]*«|«[^»\n]*»|“[^”“\n]*[”“]|”[^”\n]*”|„[^“”\n]*[“”]'
TOKEN: Final = re.compile(
    rf"{QUOTES}|(?<![{WORD}])['‘’][^'‘’\n]+['’](?![{WORD}])"
    rf"|[0-9]+(?:[.,:][0-9]+)*%?|[{WORD}]+(?:['’\-][{WORD}]+)*|[,;:()–—]|[.!?…]+|[^{SPACE}]"
)
SHORTENED: Final = frozenset(
    ["kl", "ca", "bl.a", "bla", "f.eks", "feks", "fx", "osv", "mv", "m.v", "m.m", "mm", "dvs", "d.v.s",
    "evt", "nr", "tlf", "hhv", "ift", "inkl", "ekskl", "jf", "mht", "pga", "pkt", "s", "stk", "str",
    "vedr", "d", "ang", "bla", "maks", "min", "max", "eks", "m.fl", "mfl", "o.l", "ol", "o.s.v",
    "o.lign", "if.m", "hr", "fr", "dr", "prof", "adr", "afs", "tidl"]
)  # fmt: skip
END: Final = re.compile(rf"""[.!?…]+["»«”“')\]]*(?=[{SPACE}]|$)|\n+""")
LAST_WORD: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ\u0300-\u036f.]+$")
INSIDE: Final = re.compile(QUOTES)
FOLLOWS: Final = re.compile(rf"""[{SPACE}]*["»„“”'(]?[{SPACE}]*([^{SPACE}])""")
DIGITS: Final = frozenset("0123456789")


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in the text, without the space around it; nothing that has only space."""
    quoted = [match.span() for match in INSIDE.finditer(text)]
    found, start, at = [], 0, 0
    for match in END.finditer(text):
        while at < len(quoted) and quoted[at][1] <= match.start():
            at += 1
        inside = at < len(quoted) and quoted[at][0] < match.start() and match.end() < quoted[at][1]
        if inside or not _ends(text, start, match):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [trimmed for one in found if (trimmed := _trim(text, *one))]


def split(text: str) -> list[str]:
    """The sentences of the text, in order."""
    return [text[start:end] for start, end in spans(text)]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if "\n" in mark:
        return True
    following = FOLLOWS.match(text, match.end())
    next_letter = following.group(1) if following else "A"
    if next_letter.islower() and mark[0] in ".…":
        return False
    if mark != ".":
        return True
    last = LAST_WORD.search(text, max(start, match.start() - 12), match.start())
    word = last.group().lower() if last else ""
    before_digit = text[match.start() - 1 : match.start()] in DIGITS
    return not (word in SHORTENED and (next_letter in DIGITS or next_letter.islower())) and not (
        before_digit and next_letter in DIGITS
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def tokens(sentence: str) -> list[tuple[str, int, int]]:
    """(token, start, end): a quotation, a number, a word, a mark; nothing is lost but space."""
    return [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(sentence)]

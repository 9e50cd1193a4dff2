"""What may stand as a name or an e-mail: cleaned the same way wherever it is typed, read or looked up."""

from __future__ import annotations

import re
import unicodedata

from supervision.problems import RuleBroken

NAVN_MAX = 120
EMAIL_MAX = 254
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


def clean(text: str) -> str:
    """One line: composed letters, single blanks, no control or formatting characters."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if letter.isspace() else letter for letter in composed)
    return " ".join("".join(x for x in visible if unicodedata.category(x) not in ("Cc", "Cf", "Cs")).split())


def navn(text: str, field: str = "navn") -> str:
    """The name, cleaned. Raises RuleBroken when there is no letter or figure in it, or it is too long."""
    cleaned = clean(text)
    if not any(letter.isalnum() for letter in cleaned):
        raise RuleBroken("Skriv et navn.", field)
    if len(cleaned) > NAVN_MAX:
        raise RuleBroken(f"Navnet er for langt. Skriv højst {NAVN_MAX} tegn.", field)
    return cleaned


def email(text: str, field: str = "email") -> str:
    """The e-mail, trimmed and in small letters. Raises RuleBroken.

    Only plain letters: look-alikes from other alphabets would be another person's twin, and the two
    databases differ on what their small letters are.
    """
    cleaned = text.strip().lower()
    if not cleaned:
        raise RuleBroken("Skriv en e-mail.", field)
    if len(cleaned) > EMAIL_MAX:
        raise RuleBroken(f"E-mailen er for lang. Skriv højst {EMAIL_MAX} tegn.", field)
    if not _EMAIL.fullmatch(cleaned) or ".." in cleaned:
        raise RuleBroken("Det ligner ikke en e-mail. Den skal se ud som mette@jobcenter.dk.", field)
    return cleaned


def same(one: str, other: str) -> bool:
    """Whether two names are the same to a reader: case and blanks put aside."""
    return clean(one).casefold() == clean(other).casefold()

"""The access log: whoever meets another person's things leaves a row with who, when, whose, what and by which right.

It happens by itself for every endpoint with an object in its address (`objects.yml` says whose that is). A page that
lists other people's things without their ids in its address says so with `seen`. One's own reading of one's own is
not written; what one changes, fetches or deletes of one's own is, where it has an address.

A page is not given away unseen: a GET's rows are committed in a transaction of their own when the answer is known and
before it is sent, and when that fails the answer is 503. A POST's rows are part of its own commit.
"""

from __future__ import annotations

from supervision.adgangslog.model import AENDRET, HENTET, LAEST, SLETTET, SOEGT, Adgang, Adgangsfrist
from supervision.adgangslog.requests import forget, init_app, seen
from supervision.adgangslog.retention import count_before, keep_for, kept_months, slet_adgange_foer
from supervision.adgangslog.writing import note_adgang

__all__ = [
    "AENDRET",
    "HENTET",
    "LAEST",
    "SLETTET",
    "SOEGT",
    "Adgang",
    "Adgangsfrist",
    "count_before",
    "forget",
    "init_app",
    "keep_for",
    "kept_months",
    "note_adgang",
    "seen",
    "slet_adgange_foer",
]

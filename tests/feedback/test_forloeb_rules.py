"""The next step of a kontrakt for each of the two, at every place of the road."""

from __future__ import annotations

from typing import Any

import pytest

from supervision.feedback.rules.forloeb import AFHOLDT, GRUPPER, KOMMENDE, VENTER, Fakta, naeste_skridt

MINE, THEIRS = "fokusperson", "observatoer"
ENDED = {"kontrakt": "i_gang", "afsluttet": True}
SENT = {**ENDED, "sendt": True}
READ = {**SENT, "laest": True}


@pytest.mark.parametrize(
    ("rolle", "given", "tilstand", "gruppe", "knap", "maal"),
    [
        (MINE, {"kontrakt": "kladde", "mangler": True}, "kladde", VENTER, "Skriv videre", "kontrakt"),
        (THEIRS, {"kontrakt": "kladde"}, "kladde", VENTER, "Læs og sig ja", "kontrakt"),
        (MINE, {"kontrakt": "venter"}, "venter_paa_mig", VENTER, "Sig ja", "kontrakt"),
        (MINE, {"kontrakt": "venter", "mit_ja": True}, "venter_paa_kollega", KOMMENDE, None, None),
        (THEIRS, {"kontrakt": "klar"}, "klar", KOMMENDE, "Åbn optageren", "optager"),
        (MINE, {"kontrakt": "klar"}, "klar", KOMMENDE, None, None),
        (MINE, {"kontrakt": "venter", "mit_ja": True, "forbi": True}, "ikke_holdt", AFHOLDT, None, None),
        (THEIRS, {"kontrakt": "klar", "forbi": True}, "ikke_holdt", VENTER, "Åbn optageren", "optager"),
        (MINE, {"kontrakt": "klar", "forbi": True}, "ikke_holdt", AFHOLDT, None, None),
        (THEIRS, {"kontrakt": "i_gang"}, "i_gang", VENTER, "Fortsæt i optageren", "optager"),
        (MINE, {"kontrakt": "i_gang"}, "i_gang", KOMMENDE, None, None),
        (MINE, {"kontrakt": "trukket"}, "trukket", AFHOLDT, None, None),
        (THEIRS, ENDED, "skylder", VENTER, "Skriv feedback", "skriv"),
        (MINE, ENDED, "afventer", AFHOLDT, "Dine egne tanker", "tanker"),
        (MINE, {**ENDED, "bedt_om": True}, "bedt_om", VENTER, "Svar Jonas", "skuffer"),
        (MINE, SENT, "modtaget", VENTER, "Læs feedback", "laes"),
        (THEIRS, SENT, "sendt", AFHOLDT, "Læs den igen", "laes"),
        (THEIRS, READ, "sendt", AFHOLDT, "Læs den igen", "laes"),
        (MINE, READ, "laest", AFHOLDT, "Læs den igen", "laes"),
        (MINE, {**READ, "bedt_om": True}, "bedt_om", VENTER, "Svar Jonas", "laes"),
        (THEIRS, {**READ, "spoergsmaal": 1}, "spurgt", VENTER, "Svar Jonas", "laes"),
        (THEIRS, {**READ, "efterspurgt": True}, "efterspurgt", VENTER, "Skriv videre", "skriv"),
        (MINE, {**READ, "lukket": True}, "lukket", AFHOLDT, "Læs den igen", "laes"),
        (THEIRS, {**READ, "lukket": True, "spoergsmaal": 1}, "lukket", AFHOLDT, "Læs den igen", "laes"),
        (THEIRS, {**READ, "lukket": True, "udloebet": True}, "udloebet", AFHOLDT, None, None),
    ],
)  # fmt: skip
def test_the_one_next_step(
    rolle: str, given: dict[str, Any], tilstand: str, gruppe: str, knap: str | None, maal: str | None
) -> None:
    found = naeste_skridt(Fakta(rolle=rolle, kollega="Jonas", **given))
    assert (found.tilstand, found.gruppe, found.knap, found.maal) == (tilstand, gruppe, knap, maal)
    assert found.gruppe in GRUPPER
    assert found.ord


def test_the_observer_does_not_learn_whether_it_was_read() -> None:
    unread = naeste_skridt(Fakta(THEIRS, "Mette", "i_gang", afsluttet=True, sendt=True))
    read = naeste_skridt(Fakta(THEIRS, "Mette", "i_gang", afsluttet=True, sendt=True, laest=True))
    assert unread == read

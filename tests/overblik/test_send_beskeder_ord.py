"""No words of anybody's come into an e-mail, whatever they have written, and no header is broken."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from post_house import SOON, TUESDAY, URL, House
from scripts_as_text import MARK, PAYLOADS

from supervision import clock
from supervision.overblik.cli import beskeder as cli
from supervision.overblik.formats.besked_mail import TEKST, besked_mail

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "guards"))

from test_stored_scripts import plant

LINK = re.compile(r"[a-z]+://\S+")


def harmful(messages: list[Any]) -> list[str]:
    """What in e-mails a reader's program might run, follow or be fooled by."""
    found = []
    for message in messages:
        raw = message.as_bytes()
        found += [
            part.get_content_type() for part in message.walk() if part.get_content_type() != "text/plain"
        ]
        found += (
            ["words that somebody wrote"] if MARK.encode() in raw or MARK in message.get_content() else []
        )
        found += [
            f"a line break in {name}" for name, value in message.items() if set("\r\n\0") & set(str(value))
        ]
        found += [
            f"twice: {name}" for name, times in Counter(map(str.lower, message.keys())).items() if times > 1
        ]
        found += [
            "a link elsewhere" for link in LINK.findall(message.get_content()) if not link.startswith(URL)
        ]
    return found


@pytest.mark.wide
@pytest.mark.gate("D4")
@pytest.mark.planted("D4")
def test_no_words_of_anybodys_come_into_an_email(
    house: House, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    """300 strings in every text and name there is, and a notice of each kind about them."""

    def round_at(at: datetime) -> list[Any]:
        with clock.travel(at):
            cli.send_round(house.app)
        return house.post.take()

    house.letter(TUESDAY)
    house.kontrakt(TUESDAY, timedelta(days=9))
    with house.app.app_context():
        columns = plant("\n".join(PAYLOADS))
    sent = round_at(TUESDAY + SOON)
    assert len(sent) >= 2
    assert harmful(sent) == []
    record_property(
        "figure",
        f"{len(PAYLOADS)} strings in {columns} columns: {len(sent)} e-mails of plain text, 0 words of theirs",
    )
    house.letter(TUESDAY + timedelta(hours=1))
    monkeypatch.setattr(
        "supervision.overblik.formats.besked_mail.TEKST", TEKST.replace("Hej", f"Hej {PAYLOADS[0]}")
    )
    assert harmful(round_at(TUESDAY + timedelta(hours=2))) == ["words that somebody wrote"]


def test_a_header_with_a_line_break_is_never_sent() -> None:
    for to in ("mette@eksempel.dk\r\nBcc: alle@eksempel.dk", "mette@eksempel.dk\nSubject: x"):
        with pytest.raises(ValueError, match=r"line ?feed|carriage"):
            besked_mail(to=to, sender="nej@eksempel.dk", public_url=URL, linjer=["x"], ids=[])
    html = besked_mail(to="a@b.dk", sender="c@d.dk", public_url=URL, linjer=[f"<b>{MARK}</b>"], ids=[])
    assert html.get_content_type() == "text/plain", "and what looks like HTML is not read as such"

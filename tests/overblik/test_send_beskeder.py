"""E-mail that says that something waits: what is told to whom and when, by a real SMTP server, with its troubles."""

from __future__ import annotations

import logging
import re
import socket
import ssl
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from agreed import add_kontrakt
from click.testing import CliRunner
from flask import Flask
from people import World
from road import agreed, person, recorded, sent, written
from scripts_as_text import MARK, PAYLOADS
from smtp_server import DROP, LINE, Postkasse, postkasse
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from supervision import clock, mail
from supervision.aftaler.models import FeedbackKontrakt
from supervision.config import MailSettings
from supervision.db import db
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback
from supervision.feedback.queries import get_sent_feedback
from supervision.overblik import actions
from supervision.overblik.cli import beskeder as cli
from supervision.overblik.formats.besked_mail import TEKST, besked_mail
from supervision.overblik.models import Besked
from supervision.personer.actions.beskeder import choose_beskeder
from supervision.personer.models import Person
from supervision.problems import SettingsProblem

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "guards"))

from test_stored_scripts import plant

LINK = re.compile(r"[a-z]+://\S+")
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 12, 4, 18, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, 6, tzinfo=UTC)
SOON = timedelta(minutes=11)
URL = "https://feedback.eksempel.dk"


@dataclass
class House:
    """The application with a post box, and the people in it."""

    app: Flask
    world: World
    post: Postkasse

    def round(self, at: datetime) -> list[tuple[str, list[str]]]:
        """One round then: (receiver, lines) of each e-mail."""
        with clock.travel(at):
            cli.send_round(self.app)
        return [(str(message["To"]).split("@")[0], lines(message)) for message in self.post.take()]

    def letter(self, at: datetime) -> UUID:
        """Feedback from Jonas that Mette has not opened."""
        with clock.travel(at), self.app.app_context():
            mette, jonas = person(self.world.mette), person(self.world.jonas)
            feedback = written(recorded(agreed(mette, jonas), jonas), jonas)
            sent(feedback, jonas)
            db.session.commit()
            return feedback.id

    def kontrakt(self, at: datetime, starts: timedelta, **how: Any) -> UUID:
        """A kontrakt to which Mette has said yes."""
        with clock.travel(at), self.app.app_context():
            kontrakt_id = add_kontrakt(self.world, **{"yes": ("mette",), **how})
            db.session.get_one(FeedbackKontrakt, kontrakt_id).samtale.starter_at = at + starts
            db.session.commit()
            return kontrakt_id

    def choose(self, who: str, *til: str) -> None:
        with self.app.app_context():
            choose_beskeder(by=person(self.world.people[who]), til=til)
            db.session.commit()

    def rows(self) -> list[Besked]:
        with self.app.app_context():
            found = list(db.session.scalars(select(Besked).order_by(Besked.slags, Besked.id)))
            db.session.remove()
            return found


def lines(message: Any) -> list[str]:
    body = str(message.get_content())
    return [line[2:] for line in body.splitlines() if line.startswith("- ")]


def _house(app: Flask, world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch, **more: Any) -> House:
    given = MailSettings("127.0.0.1", post.port, "Kollegial supervision <nej@eksempel.dk>", starttls=False)
    settings = replace(app.extensions["settings"], public_url=URL, mail=replace(given, **more))
    monkeypatch.setitem(app.extensions, "settings", settings)
    return House(app, world, post)


@pytest.fixture
def post() -> Iterator[Postkasse]:
    with postkasse() as server:
        yield server


@pytest.fixture
def both(app: Flask, world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch) -> House:
    return _house(app, world, post, monkeypatch)


@pytest.fixture
def house(sqlite_app: Flask, sqlite_world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch) -> House:
    return _house(sqlite_app, sqlite_world, post, monkeypatch)


def test_each_is_told_of_their_own_once_and_not_at_once(both: House) -> None:
    both.letter(TUESDAY)
    both.kontrakt(TUESDAY, timedelta(days=9))
    assert both.round(TUESDAY) == []
    assert both.round(TUESDAY + SOON) == [
        ("jonas", ["En feedback-kontrakt venter på dit ja."]),
        ("mette", ["Du har fået feedback."]),
    ]
    assert both.round(TUESDAY + timedelta(hours=1)) == []
    assert all(row.sendt_at and row.forsoeg == 1 for row in both.rows())


def test_everything_of_the_evening_and_the_weekend_comes_in_one_on_monday_morning(both: House) -> None:
    both.choose("jonas", "kontrakt", "spoergsmaal")
    feedback_id = both.letter(FRIDAY_EVENING)
    both.kontrakt(FRIDAY_EVENING, timedelta(days=9))
    both.kontrakt(FRIDAY_EVENING + timedelta(hours=20), timedelta(days=9))
    with clock.travel(FRIDAY_EVENING + timedelta(hours=1)), both.app.app_context():
        mette = person(both.world.mette)
        feedback = get_sent_feedback(feedback_id, viewer=mette)
        reading.open_feedback(feedback=feedback, by=mette)
        reading.ask_question(punkt=feedback.punkter[0], by=mette, tekst="kanarie-spoergsmaal Hvordan?")
        db.session.commit()
    for hours in (1, 20, 40):
        assert both.round(FRIDAY_EVENING + timedelta(hours=hours)) == []
    assert both.round(MONDAY - timedelta(minutes=1)) == []
    told = ["2 feedback-kontrakter venter på dit ja.", "Der er et spørgsmål til feedback fra dig."]
    assert both.round(MONDAY) == [("jonas", told)]


def test_an_e_mail_tells_nothing_and_says_what_machines_want_to_know(house: House) -> None:
    house.letter(TUESDAY)
    with clock.travel(TUESDAY + SOON):
        cli.send_round(house.app)
    (message,) = house.post.take()
    whole = message.as_string() + str(message.get_content())
    for secret in ("Mette", "Jonas", "Ærø", "kanarie", "borger", "lykkedes", socket.gethostname()):
        assert secret not in whole
    assert message["Subject"] == "Der venter noget på dig i Kollegial supervision"
    assert (message["Auto-Submitted"], message["List-Unsubscribe"]) == ("auto-generated", f"<{URL}/profil>")
    assert str(message["Message-ID"]).endswith("@feedback.eksempel.dk>")
    assert message["Date"].datetime - TUESDAY - SOON < timedelta(minutes=1)
    assert message.get_content_type() == "text/plain"
    body = str(message.get_content())
    assert {f"{URL}/", f"{URL}/profil#beskeder"} <= set(body.splitlines())
    assert "Der venter noget på dig" in body


def test_what_has_been_dealt_with_in_the_meantime_is_not_told(house: House) -> None:
    feedback_id = house.letter(TUESDAY)
    kontrakt_id = house.kontrakt(TUESDAY, timedelta(days=9))
    house.round(TUESDAY + timedelta(minutes=5))
    assert len(house.rows()) == 2
    with clock.travel(TUESDAY + timedelta(minutes=6)), house.app.app_context():
        mette = person(house.world.mette)
        reading.open_feedback(feedback=db.session.get_one(Feedback, feedback_id), by=mette)
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.trukket_at, kontrakt.trukket_af = clock.now(), mette.id
        db.session.commit()
    assert house.round(TUESDAY + SOON) == []
    assert house.rows() == []


def test_a_changed_kontrakt_asks_again_and_a_year_old_letter_is_not_dug_up(house: House) -> None:
    house.letter(TUESDAY - timedelta(days=5))
    kontrakt_id = house.kontrakt(TUESDAY, timedelta(days=9))
    assert house.round(TUESDAY + SOON) == [("jonas", ["En feedback-kontrakt venter på dit ja."])]
    with clock.travel(TUESDAY + timedelta(hours=1)), house.app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.udgave += 1
        db.session.commit()
    assert house.round(TUESDAY + timedelta(hours=2)) == []
    with clock.travel(TUESDAY + timedelta(hours=3)), house.app.app_context():
        from supervision.aftaler.models import KontraktJa

        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.jaer.append(KontraktJa(person_id=house.world.mette, udgave=kontrakt.udgave, at=clock.now()))
        db.session.commit()
    again = house.round(TUESDAY + timedelta(hours=3) + SOON)
    assert [who for who, _ in again] == ["jonas"]


def test_nobody_is_told_what_they_turned_off_and_nobody_who_is_shut_out(house: House) -> None:
    house.choose("mette")
    house.letter(TUESDAY)
    house.kontrakt(TUESDAY, timedelta(days=9))
    with house.app.app_context():
        db.session.get_one(Person, house.world.jonas).active = False
        db.session.commit()
    assert house.round(TUESDAY + SOON) == []
    assert house.rows() == []
    house.choose("mette", "feedback")
    assert house.round(TUESDAY + timedelta(minutes=20)) == [("mette", ["Du har fået feedback."])]


def test_a_samtale_is_reminded_of_on_the_working_day_before_once(house: House) -> None:
    for who in ("mette", "jonas"):
        house.choose(who, "samtale")
    kontrakt_id = house.kontrakt(TUESDAY, MONDAY + timedelta(hours=3) - TUESDAY, yes=("mette", "jonas"))
    noon = datetime(2026, 12, 4, 11, tzinfo=UTC)
    assert house.round(noon - timedelta(minutes=1)) == []
    monday = ["Du har en samtale med kollegial feedback på mandag."]
    assert house.round(noon + SOON) == [("jonas", monday), ("mette", monday)]
    with house.app.app_context():
        db.session.get_one(FeedbackKontrakt, kontrakt_id).samtale.starter_at += timedelta(days=1)
        db.session.commit()
    assert house.round(noon + timedelta(hours=1)) == []
    tomorrow = ["Du har en samtale med kollegial feedback i morgen."]
    assert house.round(MONDAY + timedelta(hours=5, minutes=15)) == [("jonas", tomorrow), ("mette", tomorrow)]
    assert house.round(MONDAY + timedelta(hours=7)) == []


def test_an_answer_is_told_until_it_is_seen(house: House) -> None:
    house.choose("mette", "svar")
    feedback_id = house.letter(TUESDAY)
    for see_first, at in ((True, TUESDAY + timedelta(hours=2)), (False, TUESDAY + timedelta(hours=4))):
        with clock.travel(at), house.app.app_context():
            mette, jonas = person(house.world.mette), person(house.world.jonas)
            feedback = get_sent_feedback(feedback_id, viewer=mette)
            reading.open_feedback(feedback=feedback, by=mette)
            punkt = feedback.punkter[0 if see_first else 1]
            reading.ask_question(punkt=punkt, by=mette, tekst="Hvordan?")
            reading.answer_question(
                feedback=feedback, spoergsmaal=punkt.spoergsmaal[-1], by=jonas, svar="Sådan."
            )
            if see_first:
                reading.see_nyt(feedback=feedback, by=mette)
            db.session.commit()
        told = house.round(at + SOON)
        assert told == ([] if see_first else [("mette", ["Du har fået svar på et spørgsmål."])])


def test_a_server_that_is_away_is_tried_again_with_growing_pauses_for_a_day(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.letter(TUESDAY)
    house.post.says = {LINE: "421 not now"}
    at, pauses = TUESDAY + SOON, []
    with caplog.at_level(logging.WARNING):
        while True:
            assert house.round(at) == []
            (row,) = house.rows()
            if row.opgivet_at:
                break
            pauses.append(round((row.sendes_tidligst_at - at) / timedelta(minutes=1)))
            assert house.round(row.sendes_tidligst_at - timedelta(seconds=5)) == []
            at = row.sendes_tidligst_at
    assert pauses[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert max(pauses) > 12 * 60  # the night
    assert row.foerste_forsoeg_at is not None
    assert timedelta(hours=24) <= row.opgivet_at - row.foerste_forsoeg_at < timedelta(hours=26)
    (logged,) = caplog.records
    assert logged.getMessage() == f"besked_opgivet besked={row.id} svar=SMTPConnectError 421"
    house.post.says = {}
    assert house.round(at + timedelta(hours=2)) == []


@pytest.mark.parametrize("trouble", ["refused", "slow", "hangs up", "later at RCPT", "later at DATA"])
def test_what_fails_now_comes_at_the_next_attempt(
    house: House, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.letter(TUESDAY)
    house.kontrakt(TUESDAY, timedelta(days=9))
    monkeypatch.setattr(mail, "TIMEOUT_S", 0.3)
    settings = house.app.extensions["settings"]
    if trouble == "refused":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        elsewhere = replace(settings, mail=replace(settings.mail, port=port))
        monkeypatch.setitem(house.app.extensions, "settings", elsewhere)
    house.post.slow_s = 1.0 if trouble == "slow" else 0.0
    says = {
        "hangs up": ("RCPT", DROP),
        "later at RCPT": ("RCPT", "451 x"),
        "later at DATA": ("DATA", "451 x"),
    }
    house.post.says = dict([says[trouble]]) if trouble in says else {}
    assert house.round(TUESDAY + SOON) == []
    assert [(row.forsoeg, row.sendt_at, row.opgivet_at) for row in house.rows()] == [(1, None, None)] * 2
    house.post.says, house.post.slow_s = {}, 0.0
    monkeypatch.setitem(house.app.extensions, "settings", settings)
    assert house.round(TUESDAY + SOON + timedelta(seconds=50)) == []
    assert [who for who, _ in house.round(TUESDAY + SOON + timedelta(seconds=61))] == ["jonas", "mette"]


@pytest.mark.parametrize("verb", ["RCPT", "BODY"])
def test_a_refusal_for_good_is_not_tried_again(
    house: House, verb: str, caplog: pytest.LogCaptureFixture
) -> None:
    house.letter(TUESDAY)
    house.post.says = {verb: "550 mette@test.example is unknown here"}
    house.round(TUESDAY + SOON)
    (row,) = house.rows()
    assert row.opgivet_at is not None
    assert "550" in caplog.text
    assert "test.example" not in caplog.text
    house.post.says = {}
    assert house.round(TUESDAY + timedelta(hours=1)) == []


def test_a_crash_after_the_sending_sends_once_more_with_the_same_name(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once: the other way round it would be lost."""
    house.letter(TUESDAY)

    def crash(ids: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, clock.travel(TUESDAY + SOON):
        broken.setattr(actions, "note_sent", crash)
        with pytest.raises(KeyboardInterrupt):
            cli.send_round(house.app)
    first = house.post.take()
    assert house.round(TUESDAY + SOON + timedelta(seconds=50)) == []
    with clock.travel(TUESDAY + SOON + timedelta(seconds=61)):
        cli.send_round(house.app)
    second = house.post.take()
    assert [len(first), len(second)] == [1, 1]
    assert first[0]["Message-ID"] == second[0]["Message-ID"]
    assert house.round(TUESDAY + timedelta(hours=3)) == []


def test_two_rounds_at_once_send_it_once(both: House) -> None:
    """The second begins while the first speaks to the server."""
    both.letter(TUESDAY)
    with clock.travel(TUESDAY + SOON):
        real, inside = cli.hand_over, []

        def hand_over(server: Any, message: Any) -> None:
            if not inside:
                inside.append(True)
                from threading import Thread

                other = Thread(target=cli.send_round, args=(both.app,))
                other.start()
                other.join(timeout=20)
                assert not other.is_alive()
            real(server, message)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cli, "hand_over", hand_over)
            cli.send_round(both.app)
    assert len(both.post.take()) == 1


def test_what_is_over_is_forgotten_after_a_month(house: House) -> None:
    house.letter(TUESDAY)
    house.round(TUESDAY + SOON)
    house.round(TUESDAY + timedelta(days=29))
    assert len(house.rows()) == 1
    assert house.round(TUESDAY + timedelta(days=31)) == []
    assert house.rows() == []


def test_a_password_goes_over_tls_that_is_trusted_or_not_at_all(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.letter(TUESDAY)
    certificate = self_signed(tmp_path)
    house.post.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    house.post.tls.load_cert_chain(certificate)
    settings = house.app.extensions["settings"]
    given = replace(settings.mail, host="localhost", user="kollegial", password="hemmelig", starttls=True)
    monkeypatch.setitem(house.app.extensions, "settings", replace(settings, mail=given))
    assert house.round(TUESDAY + SOON) == []
    assert "AUTH" not in house.post.verbs
    assert "MAIL" not in house.post.verbs
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert [who for who, _ in house.round(TUESDAY + timedelta(minutes=20))] == ["mette"]
    assert house.post.verbs.index("STARTTLS") < house.post.verbs.index("AUTH")
    assert "hemmelig" not in repr(given)


def test_the_command_goes_on_each_minute_also_when_the_database_did_not_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.letter(TUESDAY)
    rounds: list[str] = []
    real, minutes = cli.send_round, iter([None, None, KeyboardInterrupt])

    def send_round(app: Flask) -> cli.Runde:
        rounds.append("tried")
        if len(rounds) == 2:
            raise OperationalError("", {}, Exception())
        return real(app)

    def sleep(seconds: float) -> None:
        assert seconds == 60
        stop = next(minutes)
        if stop:
            raise stop

    monkeypatch.setattr(cli, "create_app", lambda: house.app)
    monkeypatch.setattr(cli, "send_round", send_round)
    monkeypatch.setattr(cli, "time", SimpleNamespace(sleep=sleep))
    with clock.travel(TUESDAY + SOON):
        done = CliRunner().invoke(cli.send_beskeder, ["--hvert-minut"])
    assert rounds == ["tried"] * 3
    assert done.stdout.splitlines()[0] == "Sendt: 1. Prøves igen: 0. Opgivet: 0."
    assert len(house.post.take()) == 1


def test_without_a_server_the_command_says_so(sqlite_app: Flask) -> None:
    with pytest.raises(SettingsProblem, match="SMTP_HOST mangler"):
        cli.send_round(sqlite_app)


def self_signed(folder: Path) -> Path:
    """A certificate for localhost with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


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

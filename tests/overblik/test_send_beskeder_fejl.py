"""E-mail and its troubles: a server that is away, slow or refuses, a crash, two rounds at once, and TLS."""

from __future__ import annotations

import logging
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from post_house import SOON, TUESDAY, House
from smtp_server import DROP, LINE
from sqlalchemy.exc import OperationalError

from supervision import clock, mail
from supervision.overblik import actions
from supervision.overblik.cli import beskeder as cli
from supervision.problems import SettingsProblem


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

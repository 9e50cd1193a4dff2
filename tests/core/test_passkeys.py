"""Passkeys, with a device made of software: what it signs is taken once, here, and for its own person."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from people import World
from test_sessions import copy_of
from test_sign_in import is_in
from web import Browser

from supervision.db import db
from supervision.personer.models import Adgangsnoegle
from supervision.sign_in import passkeys

MAKE, KEEP = "/api/passkey/valg", "/api/passkey"
ASK, OPEN = "/api/log-ind/passkey/valg", "/api/log-ind/passkey"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Device:
    """A phone that holds one passkey. Each word it says can be bent by naming it."""

    def __init__(self) -> None:
        self.key, self.id, self.counter = ec.generate_private_key(ec.SECP256R1()), b"device-1", 0

    def make(self, asked: dict[str, Any], **bent: Any) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(bent, ATTESTED) + held
        return self._credential(
            clientDataJSON=self._client("webauthn.create", asked, bent),
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}),
        )

    def open(self, asked: dict[str, Any], **bent: Any) -> dict[str, Any]:
        self.counter += 1
        data, client = self._data(bent, 0), self._client("webauthn.get", asked, bent)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, bent: dict[str, Any], extra: int) -> bytes:
        flags = bent.get("flags", PRESENT | VERIFIED) | extra
        rp = hashlib.sha256(bent.get("rp", "localhost").encode()).digest()
        return rp + bytes([flags]) + bent.get("counter", self.counter).to_bytes(4, "big")

    def _client(self, kind: str, asked: dict[str, Any], bent: dict[str, Any]) -> bytes:
        said = {
            "type": bent.get("type", kind),
            "challenge": bent.get("challenge", asked["challenge"]),
            "origin": bent.get("origin", "http://localhost"),
        }
        return json.dumps(said).encode()

    def _credential(self, **response: bytes) -> dict[str, Any]:
        sent = {name: b64(value) for name, value in response.items()}
        return {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": sent}


@pytest.fixture
def device(sqlite_app: Flask, sqlite_world: World) -> Device:
    """Mette's, made on her page."""
    browser, device = Browser.signed_in(sqlite_app, sqlite_world.mette), Device()
    asked = browser.send_json(MAKE, {}).get_json()
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert browser.send_json(KEEP, device.make(asked)).get_json() == {"videre": "/profil/adgang"}
    return device


def test_a_passkey_opens_without_a_password(sqlite_app: Flask, sqlite_world: World, device: Device) -> None:
    browser = Browser.signed_in(sqlite_app, None)
    asked = browser.send_json(ASK, {}).get_json()
    answer = browser.send_json(f"{OPEN}?next=/hjaelp", device.open(asked))
    assert answer.get_json() == {"videre": "/hjaelp"}
    assert "Mette Ærø" in browser.get("/profil").get_data(as_text=True)
    elsewhere = Browser.signed_in(sqlite_app, None)
    asked = elsewhere.send_json(ASK, {}).get_json()
    answer = elsewhere.send_json(f"{OPEN}?next=//ond.example", device.open(asked))
    assert answer.get_json() == {"videre": "/"}


BENT: tuple[dict[str, Any], ...] = (
    {"origin": "https://ond.example"},
    {"origin": "http://localhost.ond.example"},
    {"rp": "ond.example"},
    {"flags": PRESENT},
    {"flags": VERIFIED},
    {"challenge": b64(b"x" * 64)},
    {"type": "webauthn.create"},
    {"counter": 0},
)


def let_in_by(app: Flask, device: Device, **bent: Any) -> bool:
    browser = Browser.signed_in(app, None)
    answer = browser.send_json(OPEN, device.open(browser.send_json(ASK, {}).get_json(), **bent))
    assert answer.status_code in (200, 422), answer.status_code
    return is_in(browser)


def test_what_is_bent_opens_nothing(sqlite_app: Flask, device: Device) -> None:
    assert let_in_by(sqlite_app, device)
    assert [bent for bent in BENT if let_in_by(sqlite_app, device, **bent)] == []
    stranger = Device()
    assert not let_in_by(sqlite_app, stranger), "a key of the same name"
    for body in (
        {},
        {"rawId": "ÅÅ"},
        {"rawId": None, "response": 3},
        {"rawId": b64(b"device-1"), "response": {}},
    ):
        browser = Browser.signed_in(sqlite_app, None)
        browser.send_json(ASK, {})
        assert browser.send_json(OPEN, body).status_code == 422
        assert browser.send_json(OPEN, body).status_code == 422, "without a question"


def replayed(app: Flask, device: Device) -> bool:
    """Whether an answer that was taken opens again for whoever has a copy of it and of the cookie before it."""
    browser = Browser.signed_in(app, None)
    asked = browser.send_json(ASK, {}).get_json()
    thief, answer = copy_of(browser), device.open(asked)
    assert browser.send_json(OPEN, answer).status_code == 200
    with app.app_context():  # A passkey that is shared between devices counts nothing.
        db.session.query(Adgangsnoegle).update({"taeller": 0})
        db.session.commit()
        db.session.remove()
    thief.send_json(OPEN, answer)
    return is_in(thief)


def test_an_answer_is_taken_once(sqlite_app: Flask, device: Device) -> None:
    assert not replayed(sqlite_app, device)


@pytest.mark.wide
def test_the_check_sees_an_answer_that_is_taken_twice(
    sqlite_app: Flask, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkeys, "use_once", lambda key: True)
    assert replayed(sqlite_app, device)


@pytest.mark.wide
def test_somebody_shut_out_and_a_passkey_taken_away_open_nothing(
    sqlite_app: Flask, sqlite_world: World, device: Device
) -> None:
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    person = f"/administration/personer/{sqlite_world.mette}"
    admin.send(f"{person}/luk")
    assert not let_in_by(sqlite_app, device)
    admin.send(f"{person}/luk-op")
    assert let_in_by(sqlite_app, device)
    admin.send(f"{person}/nulstil-andet-trin")
    assert not let_in_by(sqlite_app, device)

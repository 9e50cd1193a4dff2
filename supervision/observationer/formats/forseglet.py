"""Sealed notes: text that a device locked with our public key, so that nobody with the tablet in hand can read it.

`forseglet.1.<kid>.<ephemeral public key>.<iv>.<ciphertext and tag>`, the last three in base64url without padding: ECDH
on P-256 with a key pair of one use, HKDF-SHA256 and AES-256-GCM, bound to the kontrakt. Our own key pair comes
from the installation's secret, so it needs no file and is the same in every process. The browser's twin is
static/js/recorder/seal.js.
"""

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final, TypeGuard
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from supervision.observationer.rules import FieldProblem

OLDER_KEY: Final = "Noten er forseglet med en ældre nøgle og kan ikke åbnes."
DAMAGED: Final = "Noten kan ikke åbnes. Den er blevet beskadiget."
MAX_SEALED: Final = 12_000
"""Characters of a sealed note: room for `rules.MAX_KODE` characters of four bytes each, and the key, iv and tag."""

_PAIR_WORDS: Final = b"kollegial-supervision forsegling"
_NOTE_WORDS: Final = b"kollegial-supervision note 1"
_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number of points of P-256 (FIPS 186-4, D.1.2.3)."""
_PUBLIC_BYTES: Final = 65
_IV_BYTES: Final = 12
_SEALED: Final = re.compile(
    r"forseglet\.1\.(?P<kid>[0-9a-f]{8})\.(?P<public>[A-Za-z0-9_-]+)\.(?P<iv>[A-Za-z0-9_-]+)\.(?P<locked>[A-Za-z0-9_-]+)"
)


@dataclass(frozen=True, slots=True)
class Forseglingsnoegle:
    """What a device seals with. kid: 8 hex digits that name the key; noegle: the raw public key in base64url."""

    kid: str
    noegle: str


class NotOpened(FieldProblem):
    """A sealed note that we cannot read: another key, or damaged."""


def public_key(secret: str) -> Forseglingsnoegle:
    """The public half of the installation's key pair. secret: SECRET_KEY."""
    raw = _raw(_key_pair(secret).public_key())
    return Forseglingsnoegle(kid=sha256(raw).hexdigest()[:8], noegle=_to_text(raw))


def is_sealed(text: object) -> TypeGuard[str]:
    """Whether it has the form of a sealed note; a plain note may well begin with the same word."""
    return isinstance(text, str) and _SEALED.fullmatch(text) is not None


def seal(text: str, noegle: Forseglingsnoegle, kontrakt_id: UUID) -> str:
    """Lock a note as a device does, for this kontrakt. Two sealings of one text differ."""
    single_use = ec.generate_private_key(_CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _to_bytes(noegle.noegle))
    public, iv = _raw(single_use.public_key()), os.urandom(_IV_BYTES)
    locked = AESGCM(_note_key(single_use, theirs, public)).encrypt(iv, text.encode(), _bound_to(kontrakt_id))
    return ".".join(("forseglet", "1", noegle.kid, *map(_to_text, (public, iv, locked))))


def open_sealed(text: str, secret: str, kontrakt_id: UUID) -> str:
    """The note that was sealed for this kontrakt. Raises `NotOpened`, with a Danish text.

    It is not bound to its event: a note that is put in again after a reload is a new event with the old text, which the
    device can no longer read and so not seal anew.
    """
    found = _SEALED.fullmatch(text)
    if found is None:
        raise NotOpened("kode", DAMAGED)
    if found["kid"] != public_key(secret).kid:
        raise NotOpened("kode", OLDER_KEY)
    try:
        public, iv, locked = (_to_bytes(found[part]) for part in ("public", "iv", "locked"))
        if len(public) != _PUBLIC_BYTES or len(iv) != _IV_BYTES:
            raise NotOpened("kode", DAMAGED)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
        lock = AESGCM(_note_key(_key_pair(secret), theirs, public))
        return lock.decrypt(iv, locked, _bound_to(kontrakt_id)).decode()
    except (ValueError, InvalidTag):
        raise NotOpened("kode", DAMAGED) from None


@lru_cache(maxsize=4)
def _key_pair(secret: str) -> ec.EllipticCurvePrivateKey:
    """384 bits over an order of 256 leave a bias below 2⁻¹²⁸ (FIPS 186-4, B.4.1)."""
    number = int.from_bytes(_derived(secret.encode(), None, _PAIR_WORDS, 48))
    return ec.derive_private_key(number % (_ORDER - 1) + 1, _CURVE)


def _note_key(own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, salt: bytes) -> bytes:
    return _derived(own.exchange(ec.ECDH(), other), salt, _NOTE_WORDS, 32)


def _derived(material: bytes, salt: bytes | None, words: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=words).derive(material)


def _bound_to(kontrakt_id: UUID) -> bytes:
    return str(kontrakt_id).encode("ascii")


def _raw(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _to_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _to_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

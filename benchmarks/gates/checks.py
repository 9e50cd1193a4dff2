"""The checks that hold the product to what it promises: name, few words, and whether it is a release gate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """name: as tests name it in `@pytest.mark.gate`; gate: nothing is released where it fails.

    limit: what of it is run smaller than it should be, or cannot be run here. It then passes in part only.
    no_bug: why no test puts a broken variant before it (`@pytest.mark.planted`). Empty: one must.
    """

    name: str
    words: str
    gate: bool = True
    limit: str = ""
    no_bug: str = ""


CHECKS = (
    Check("A1", "every route declared, typed ids, a GET writes nothing"),
    Check("A2", "nine viewpoints × every object × every representation"),
    Check("A3", "swapped and random ids: as if it did not exist"),
    Check("A4", "canaries crawled from every sign-in: seen = allowed"),
    Check("A5", "shared, withdrawn, deactivated, moved, ended: the next request"),
    Check("A6", "two organisations with the same names", gate=False),
    Check("A7", "no field but those of the form changes a row"),
    Check("B1", "server killed while four devices send: no tick lost or doubled"),
    Check("B2", "every answer has a finished disk sync before it"),
    Check("B3", "SQLite libraries with the WAL-reset bug fall back"),
    Check("B4", "600 ticks without a net, also with the sign-in expired"),
    Check("B5", "two devices, alternately offline: one log"),
    Check("B6", "any order, doubling, splitting of batches: one state"),
    Check("B7", "clocks that are wrong or jump, summer time", gate=False),
    Check("B8", "same id with another body, another's samtale, after the end"),
    Check("B9", "disk full: refused clearly, nothing acknowledged lost"),
    Check("B10", "locks, exhausted connections, a killed backend"),
    Check("B11", "browser killed while recording: nothing shown as saved is lost"),
    Check("B12", "a device that cannot store says so within a second"),
    Check("B13", "migrations up and down with data, killed half-way"),
    Check("B14", "backup under load, restore, damaged files refused"),
    Check("B15", "the suite on SQLite and PostgreSQL", gate=False),
    Check("C1", "no figure rests on fewer than five persons"),
    Check("C2", "no combination of figures isolates a person or 1–4"),
    Check("C3", "nor for an insider, or one who was shown some"),
    Check("C4", "published figures never change"),
    Check("C5", "extremes are blurred, no text in any figure", gate=False),
    Check("C6", "export of everything about oneself, and of nobody else"),
    Check("C7", "erasure, byte-searched, and after restoring an older backup"),
    Check("C8", "every reading of another's data is noted, append-only"),
    Check("C8b", "no name, mail or number in any log"),
    Check("C9", "retention to the day, killed half-way, run twice"),
    Check("C10", "CPR-like text stopped, 8 spellings"),
    Check("D1", "generated bodies over all endpoints: no 5xx"),
    Check("D2", "oversized, endless, deep: refused fast"),
    Check("D3", "text in all its forms comes back as it was", gate=False),
    Check("D4", "300 XSS strings through every field"),
    Check("D5", "no formula in any exported cell"),
    Check("E1", "headers on every status"),
    Check("E2", "CSP without unsafe-*, no violation"),
    Check("E3", "forged requests, JSON too"),
    Check("E4", "sessions die when they should; no replay"),
    Check("E5", "password rules and Argon2id parameters"),
    Check("E6", "throttle per account and address, no global lock"),
    Check("E7", "nobody can ask who has an account", gate=False),
    Check("E8", "tokens: long, hashed, short-lived, revocable"),
    Check("E8b", "200 addresses to go on to: none leads off the site"),
    Check("E9", "30 tampered answers of an identity provider", gate=False),
    Check("F1", "after sign-out nothing of the one before"),
    Check("F2", "unsent ticks neither lost, shown nor sent as another"),
    Check("F3", "no names in what waits on the device", gate=False),
    Check("G1", "200 recorders and readers at once"),
    Check("G2", "nine o'clock: 200 tablets come online at once", gate=False),
    Check("H1", "supply chain: pins with hashes, audit, SBOM", limit="no advisory database can be reached"),
    Check("H2", "no secrets, no default accounts, debug off", gate=False),
    Check("I1", "axe with contrast on every route × state × width"),
    Check("I2", "the whole road by keyboard alone"),
    Check("I3", "320 px, 200 % text, text spacing"),
    Check("I4", "reduced motion, forced colours, targets, spoken states", gate=False),
    Check("I5", "tilgængelighedserklæring with a fresh date"),
)

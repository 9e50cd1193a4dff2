"""SAML answers in the shape of OIOSAML: the good road, and tampered answers, none of which lets anybody in."""

from __future__ import annotations

import logging
import os
import re
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from people import World
from signing_in import (
    LOGGER,
    add_rows,
    hidden_fields,
    installed,
    known,
    kommunelogin,
    only_words,
    regel,
    roles_of,
    signed_in_as,
)

from supervision import clock
from supervision.personer.rules.ekstern_login import Identitet
from supervision.sso_config import OIOSAML, SamlSettings, SsoSettings

if os.environ.get("CI") != "true":
    pytest.importorskip("xmlsec", reason="xmlsec (the extra [saml]) is not installed")
    pytest.importorskip("onelogin.saml2.auth", reason="python3-saml (the extra [saml]) is not installed")

import xmlsec
from lxml import etree
from saml_provider import (
    CVR,
    ISSUER,
    Answer,
    Pair,
    assertion_of,
    encrypted,
    metadata_of,
    packed,
    privileges,
    response_of,
    sign,
    wrapped,
)

from supervision.personer.sso import saml

ACS = "http://localhost/log-ind/saml/svar"
OWN = "http://localhost/log-ind/saml/metadata"
CANARIES = ("kanarie", "mette-uuid", "administrator-uuid", "Mette")


class Keys:
    """The provider's pair, ours, and one that nobody knows."""

    def __init__(self, folder: Path) -> None:
        self.provider, self.own, self.foreign = Pair.made("idp"), Pair.made("sp"), Pair.made("ond")
        self.settings = {name: folder / f"{name}.pem" for name in ("metadata", "key", "certificate")}
        self.settings["metadata"].write_text(metadata_of(self.provider))
        self.settings["key"].write_bytes(self.own.key)
        self.settings["certificate"].write_bytes(self.own.certificate)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("saml"))


@pytest.fixture
def sso_app(sqlite_app: Flask, sqlite_world: World, keys: Keys) -> Iterator[Flask]:
    """Answers need not be encrypted, so that what is inside can be tampered with."""
    known(sqlite_app, sqlite_world, ISSUER, mette="mette-uuid", administrator="administrator-uuid")
    with installed(sqlite_app, SsoSettings(saml=SamlSettings(**keys.settings, encrypted=False))) as app:
        yield app


def begin(client: Any, query: str = "") -> tuple[str, str]:
    """(the request's id, RelayState) as the provider reads them."""
    answer = client.get(f"/log-ind/saml{query}")
    assert answer.status_code == 302
    assert answer.location.startswith("https://idp.example.dk/login?")
    sent = parse_qs(urlsplit(answer.location).query)
    assert sent["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
    request = zlib.decompress(b64decode(sent["SAMLRequest"][0]), -15).decode()
    assert 'ForceAuthn="true"' in request
    found = re.search(r'\bID="([^"]+)"', request)
    assert found is not None
    return found.group(1), sent["RelayState"][0]


def honest(request_id: str) -> Answer:
    return Answer(request_id, ACS, OWN)


def send(client: Any, response: Any, state: str) -> Any:
    return client.post("/log-ind/saml/svar", data={"SAMLResponse": packed(response), "RelayState": state})


def enter(app: Flask, keys: Keys, query: str = "", **said: Any) -> tuple[Any, Any]:
    client = app.test_client()
    request_id, state = begin(client, query)
    answer = honest(request_id).but(**said)
    return client, send(client, response_of(answer, sign(assertion_of(answer), keys.provider)), state)


@pytest.mark.gate("E9")
def test_an_encrypted_answer_from_another_site_lets_a_known_person_in(
    sqlite_app: Flask, sqlite_world: World, keys: Keys
) -> None:
    """The provider's page posts without our cookie; our page posts it once more, with the cookie."""
    known(sqlite_app, sqlite_world, ISSUER, mette="mette-uuid")
    with installed(sqlite_app, SsoSettings(saml=SamlSettings(**keys.settings))) as app:
        client, from_outside = app.test_client(), app.test_client(use_cookies=False)
        request_id, state = begin(client, "?next=/samtaler")
        answer = honest(request_id)
        signed = sign(assertion_of(answer), keys.provider)
        page = send(from_outside, response_of(answer, encrypted(signed, keys.own)), state)
        assert "Set-Cookie" not in page.headers
        fields = hidden_fields(page)
        assert "csrf_token" not in fields
        arrived = client.post("/log-ind/saml/svar", data=fields)
        assert (arrived.status_code, arrived.location) == (303, "/samtaler")
        assert signed_in_as(app, client) == "mette"
        assert "Du blev ikke logget ind" in from_outside.post("/log-ind/saml/svar", data=fields).get_data(
            as_text=True
        )
        client, refused = enter(app, keys)
        assert (refused.status_code, signed_in_as(app, client)) == (400, "")
        own = app.test_client().get("/log-ind/saml/metadata")
        assert own.mimetype == "application/samlmetadata+xml"
        assert f'entityID="{OWN}"' in own.get_data(as_text=True)
        assert f'Location="{ACS}"' in own.get_data(as_text=True)


def test_job_functions_of_ones_own_municipality_become_roles(
    sso_app: Flask, sqlite_world: World, keys: Keys
) -> None:
    job = "https://kommune.example.dk/roles/jobrole/leder/1"
    add_rows(
        sso_app,
        kommunelogin(sqlite_world, ISSUER, CVR, makes=False),
        regel(sqlite_world, job, "teamleder", "syd"),
    )
    home, elsewhere = privileges(job), privileges(job, cvr="11111111")
    cvr, roles = f"{OIOSAML}professional/cvr", f"{OIOSAML}privilegesIntermediate"
    before = ("medarbejder", sqlite_world.teams["nord"])
    enter(sso_app, keys, attributes={cvr: [CVR], roles: [home]})
    assert roles_of(sso_app, sqlite_world.mette) == {before, ("teamleder", sqlite_world.teams["syd"])}
    client, _ = enter(sso_app, keys, attributes={cvr: [CVR], roles: [elsewhere]})
    assert signed_in_as(sso_app, client) == "mette"
    assert roles_of(sso_app, sqlite_world.mette) == {before}
    client, answer = enter(sso_app, keys, attributes={cvr: ["11111111"], roles: [home]})
    assert (answer.status_code, signed_in_as(sso_app, client)) == (403, "")


def said(**changes: Any) -> Callable[[Answer, Keys], Any]:
    """A signed answer that says something else."""
    return lambda a, keys: response_of(a.but(**changes), sign(assertion_of(a.but(**changes)), keys.provider))


def signed_by(pair: str, **how: Any) -> Callable[[Answer, Keys], Any]:
    """Somebody else's, or otherwise signed: the subject is the administrator."""

    def made(a: Answer, keys: Keys) -> Any:
        evil = a.but(subject="administrator-uuid")
        return response_of(evil, sign(assertion_of(evil), getattr(keys, pair), **how))

    return made


def changed(old: bytes, new: bytes) -> Callable[[Answer, Keys], bytes]:
    """The bytes of a good answer, changed after it was signed."""

    def made(a: Answer, keys: Keys) -> bytes:
        good = etree.tostring(response_of(a, sign(assertion_of(a), keys.provider)))
        assert old in good
        return good.replace(old, new, 1)

    return made


def without_signature(a: Answer, keys: Keys) -> Any:
    evil = sign(assertion_of(a.but(subject="administrator-uuid")), keys.provider)
    evil.remove(evil.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    return response_of(a, evil)


def only_the_response_signed(a: Answer, keys: Keys) -> Any:
    return sign(response_of(a, assertion_of(a)), keys.provider)


def two_assertions(a: Answer, keys: Keys) -> Any:
    second = a.but(subject="administrator-uuid", assertion_id="_second")
    return response_of(a, sign(assertion_of(a), keys.provider), assertion_of(second))


def for_another_key(a: Answer, keys: Keys) -> Any:
    return response_of(a, encrypted(sign(assertion_of(a), keys.provider), keys.foreign))


def encrypted_but_unsigned(a: Answer, keys: Keys) -> Any:
    return response_of(a, encrypted(assertion_of(a.but(subject="administrator-uuid")), keys.own))


def in_utf_16(a: Answer, keys: Keys) -> bytes:
    good = response_of(a, sign(assertion_of(a), keys.provider))
    return etree.tostring(good, encoding="utf-16", xml_declaration=True)


def wrap(kind: int) -> Callable[[Answer, Keys], Any]:
    return lambda a, keys: wrapped(kind, a, keys.provider, "administrator-uuid")


DTD = b'<!DOCTYPE x [<!ENTITY e "administrator-uuid">]><samlp:Response'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><samlp:Response'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><samlp:Response'
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
ROLE = f"{OIOSAML}privilegesIntermediate"
TAMPERED: dict[str, tuple[Callable[[Answer, Keys], Any], str]] = {
    "unsigned": (lambda a, _k: response_of(a, assertion_of(a)), "no_signed_assertion"),
    "the signature taken off": (without_signature, "no_signed_assertion"),
    "another's key": (signed_by("foreign"), "invalid_signature"),
    "SHA-1": (
        signed_by("provider", method=xmlsec.Transform.RSA_SHA1, digest=xmlsec.Transform.SHA1),
        "deprecated_signature_method",
    ),
    "a shared secret made of the certificate": (
        signed_by("provider", method=xmlsec.Transform.HMAC_SHA256),
        "invalid_signature",
    ),
    "only the outside is signed": (only_the_response_signed, "no_signed_assertion"),
    "another subject after signing": (changed(b"mette-uuid", b"administrator-uuid"), "invalid_signature"),
    "another audience after signing": (changed(OWN.encode(), OWN.encode() + b"/2"), "wrong_audience"),
    "a comment in the name": (said(subject="administrator-uuid<!-- x -->.ond"), "dtd_eller_kommentar"),
    "a comment put in afterwards": (changed(b"mette-", b"mette-<!---->"), "dtd_eller_kommentar"),
    "a DTD": (changed(b"<samlp:Response", DTD), "dtd_eller_kommentar"),
    "entities that swell": (changed(b"<samlp:Response", BOMB), "dtd_eller_kommentar"),
    "an entity of a file": (changed(b"<samlp:Response", OUTSIDE), "dtd_eller_kommentar"),
    "a processing instruction": (changed(b"<samlp:Status>", b"<?x y?><samlp:Status>"), "dtd_eller_kommentar"),
    "another alphabet": (in_utf_16, "uforstaaeligt_svar"),
    "not XML": (lambda _a, _k: b"hej", "uforstaaeligt_svar"),
    "nothing": (lambda _a, _k: b"", "uforstaaeligt_svar"),
    "two assertions": (two_assertions, "wrong_number_of_assertions"),
    "for another key": (for_another_key, "uforstaaeligt_svar"),
    "encrypted but unsigned": (encrypted_but_unsigned, "no_signed_assertion"),
    "another audience": (said(audience="https://en-anden.example.dk"), "wrong_audience"),
    "no audience": (said(audience=None), "audience"),
    "another issuer inside": (said(issuer="https://ond.example"), "wrong_issuer"),
    "another issuer outside": (said(response_issuer="https://ond.example"), "wrong_issuer"),
    "another recipient": (said(recipient="https://ond.example/svar"), "wrong_subjectconfirmation"),
    "almost the recipient": (said(recipient=ACS + ".ond.example"), "recipient"),
    "no recipient": (said(recipient=None), "recipient"),
    "another destination": (said(destination="https://ond.example/svar"), "wrong_destination"),
    "almost the destination": (said(destination=ACS + "/x"), "destination"),
    "to another question": (said(response_to="_x", confirmed_to="_x"), "wrong_inresponseto"),
    "confirmed for another question": (said(confirmed_to="_x"), "wrong_subjectconfirmation"),
    "confirmed for no question": (said(confirmed_to=None), "in_response_to"),
    "to no question": (said(response_to=None, confirmed_to=None), "in_response_to"),
    "over by more than two minutes": (said(not_after=-2.1), "assertion_expired"),
    "valid in more than two minutes": (said(not_before=2.1), "assertion_too_early"),
    "confirmed until before now": (said(confirmed_until=-0.1), "wrong_subjectconfirmation"),
    "confirmed for ever": (said(confirmed_until=None), "uden_udloeb"),
    "valid for ever": (said(not_after=None), "uden_udloeb"),
    "made in the future": (said(issued=2.1), "issue_instant"),
    "no conditions": (said(conditions=False), "missing_conditions"),
    "another way to confirm": (
        said(method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
        "wrong_subjectconfirmation",
    ),
    "not a success": (
        said(status="urn:oasis:names:tc:SAML:2.0:status:Responder"),
        "status_code_is_not_success",
    ),
    "a name for today only": (said(name_format=TRANSIENT), "nameid_format"),
    "an e-mail for a name": (said(name_format=EMAIL, subject="kanarie@example.dk"), "nameid_format"),
    "no name": (said(subject=None), "no_nameid"),
    "an empty name": (said(subject=""), "empty_nameid"),
    "a name of another service": (
        said(qualifier="https://en-anden.example"),
        "sp_name_qualifier_name_mismatch",
    ),
    **{f"wrapping {kind}": (wrap(kind), "") for kind in range(1, 9)},
}
"""What was tampered with, and the reason in the log (empty: whichever of the checks meets it first)."""


def try_all(app: Flask, keys: Keys, names: list[str]) -> list[str]:
    """The tampered answers by which somebody came in."""
    accepted = []
    for name in names:
        client = app.test_client()
        request_id, state = begin(client)
        reply = send(client, TAMPERED[name][0](honest(request_id), keys), state)
        if signed_in_as(app, client):
            accepted.append(name)
        else:
            assert reply.status_code == 400, name
    return accepted


@pytest.mark.wide
@pytest.mark.gate("E9")
def test_no_tampered_saml_answer_is_accepted(
    sso_app: Flask, keys: Keys, caplog: Any, record_property: Any
) -> None:
    with caplog.at_level(logging.WARNING, LOGGER):
        accepted = try_all(sso_app, keys, list(TAMPERED))
    assert accepted == []
    reasons = only_words([r for r in caplog.records if r.name == LOGGER], CANARIES)
    expected = [reason for _, reason in TAMPERED.values()]
    assert not {"xml", "uforstaaeligt_svar"} & set(reasons[-8:]), reasons[-8:]
    wrong = {
        name: (found, wanted)
        for name, found, wanted in zip(TAMPERED, reasons, expected, strict=True)
        if wanted and found != wanted
    }
    assert wrong == {}
    record_property("figure", f"{len(accepted)} of {len(TAMPERED)} tampered SAML answers accepted")


@pytest.mark.gate("E9")
def test_an_assertion_counts_once_and_only_in_the_browser_that_asked(
    sso_app: Flask, keys: Keys, caplog: Any, monkeypatch: Any
) -> None:
    client, thief, late = (sso_app.test_client() for _ in range(3))
    request_id, state = begin(client)
    with client.session_transaction() as session:
        kept = dict(session)
    answer = honest(request_id)
    response = response_of(answer, sign(assertion_of(answer), keys.provider))
    with caplog.at_level(logging.WARNING, LOGGER):
        _, foreign_state = begin(thief)
        send(thief, response, foreign_state)
        _, foreign_state = begin(thief)
        send(thief, response, state)
        send(client, response, state)
        assert signed_in_as(sso_app, client) == "mette"
        with thief.session_transaction() as session:
            session.clear()
            session.update(kept)
        send(thief, response, state)
        request_id, state = begin(late)
        later = clock.now() + timedelta(minutes=11)
        monkeypatch.setattr(clock, "now", lambda: later)
        send(late, response_of(answer, sign(assertion_of(honest(request_id)), keys.provider)), state)
    assert {signed_in_as(sso_app, one) for one in (thief, late)} == {""}
    expected = ["wrong_inresponseto", "state", "brugt_svar", "for_sent"]
    assert only_words(caplog.records, CANARIES) == expected


@pytest.mark.gate("E9")
@pytest.mark.planted("E9")
def test_the_check_sees_a_product_that_does_not_verify(sso_app: Flask, keys: Keys, monkeypatch: Any) -> None:
    unsigned = ["another's key", "another subject after signing"]
    let_through = ["no audience", "almost the recipient", "to no question", "confirmed for ever"]
    assert try_all(sso_app, keys, ["unsigned", "wrapping 3", *unsigned, *let_through]) == []
    with monkeypatch.context() as broken:
        broken.setattr(saml.OneLogin_Saml2_Utils, "validate_sign", lambda *_args, **_more: True)
        assert try_all(sso_app, keys, unsigned) == unsigned
    with monkeypatch.context() as broken:
        broken.setattr(saml, "_check_more", lambda *_args: clock.now())
        assert try_all(sso_app, keys, let_through) == let_through


@pytest.mark.gate("E9")
@pytest.mark.planted("E9")
def test_the_check_sees_a_product_that_reads_another_assertion_than_it_verified(
    sso_app: Flask, keys: Keys, monkeypatch: Any
) -> None:
    """A signature somewhere in the answer is good, and the first assertion is believed: what wrapping lives on."""
    response = saml.OneLogin_Saml2_Response

    def some_signature_is_good(self: Any, *_args: Any, **_more: Any) -> bool:
        xmlsec.tree.add_ids(self.document, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(keys.provider.certificate, xmlsec.KeyFormat.CERT_PEM)
        context.verify(self.document.find(".//{http://www.w3.org/2000/09/xmldsig#}Signature"))
        return True

    monkeypatch.setattr(response, "is_valid", some_signature_is_good)
    monkeypatch.setattr(response, "validate_num_assertions", lambda _self: True)
    monkeypatch.setattr(
        response, "_query_assertion", lambda self, path: self._query(f"(//saml:Assertion)[1]{path}")
    )
    wrappings = [
        f"wrapping {kind}" for kind in (3, 4, 5, 7)
    ]  # In the others xmlsec itself finds the digest wrong.
    assert try_all(sso_app, keys, wrappings) == wrappings


def test_what_names_somebody_for_a_while_is_not_an_identity() -> None:
    found = Identitet(issuer=ISSUER, subject=" x", svar_id="1", gyldig_til=clock.now())
    with pytest.raises(saml.LoginAfvist, match="subject"):
        saml.check_identitet(found)

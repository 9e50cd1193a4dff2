"""SAML 2.0 for the municipalities' Context Handler (OIOSAML) and others: a signed question, a signed answer by POST.

python3-saml checks signatures and the shape of the answer; `_check_more` adds what it lets through when it is left out.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from supervision import clock
from supervision.personer.rules.ekstern_login import SKEW, Identitet, LoginAfvist, check_identitet
from supervision.personer.sso import Begun
from supervision.personer.sso.privileges import read_privileges
from supervision.problems import SettingsProblem
from supervision.sso_config import SamlSettings

Constants.ALLOWED_CLOCK_DRIFT = int(SKEW.total_seconds())
LASTING_FORMATS = {
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
}
"""A NameID that names the same person tomorrow. Transient ones do not, and an e-mail is given to another."""
DECLARATION = re.compile(rb"\A<\?xml\s[^>]*\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
FULL_NAME = ("eid/fullName", "urn:oid:2.5.4.3", "name", "displayName")
EMAIL = ("eid/email", "urn:oid:0.9.2342.19200300.100.1.3", "email")
ERROR_NAMES = {
    (kind, value): name.lower()
    for kind in (OneLogin_Saml2_ValidationError, OneLogin_Saml2_Error)
    for name, value in vars(kind).items()
    if name.isupper() and isinstance(value, int)
}


@cache
def provider(settings: SamlSettings, own: str, answers_to: str) -> Provider:
    """The provider of these settings. own: the address of our metadata; answers_to: where answers are sent."""
    return Provider(settings, own, answers_to)


class Provider:
    """One provider, and us as it knows us. Raises SettingsProblem when its metadata cannot be used."""

    def __init__(self, settings: SamlSettings, own: str, answers_to: str) -> None:
        self.settings = settings
        self.answers_to = answers_to
        self.entity_id = settings.entity_id or own
        self._library = OneLogin_Saml2_Settings(self._as_library(), custom_base_path="/nonexistent")
        self.issuer = str(self._library.get_idp_data()["entityId"])

    def begin(self, *, ask: bool = True) -> Begun:
        """A new sign-in, each with its own request and RelayState. ask: as for OpenID Connect."""
        state = secrets.token_urlsafe(32)
        auth = OneLogin_Saml2_Auth(self._request(), self._library)
        url = str(auth.login(return_to=state, force_authn=ask, set_nameid_policy=False))
        return Begun(url, state, str(auth.get_last_request_id()))

    def finish(self, answer: str, *, request_id: str) -> Identitet:
        """Who the provider says it is, in answer to our request `request_id`. Raises LoginAfvist."""
        if not request_id:
            raise LoginAfvist("in_response_to")
        _check_text(answer)
        with _refusals():
            response = self.read(answer, request_id)
            until = _check_more(response, self.entity_id, self.answers_to, request_id)
            return self._identity(response, until)

    def read(self, answer: str, request_id: str) -> Any:
        """The answer, signed by the provider and meant for us. Raises what the library raises."""
        response = OneLogin_Saml2_Response(self._library, answer)
        response.is_valid(self._request(), request_id, raise_exceptions=True)
        return response

    def metadata(self) -> bytes:
        """Us, as the provider wants to be told."""
        found = self._library.get_sp_metadata()
        return found if isinstance(found, bytes) else str(found).encode()

    def _identity(self, response: Any, until: datetime) -> Identitet:
        attributes = _attributes(response)
        organisation = _first(attributes, self.settings.organisation_attribute)
        found = Identitet(
            issuer=self.issuer,
            subject=self._subject(response, attributes),
            svar_id=str(response.get_assertion_id()),
            gyldig_til=until + SKEW,
            navn=_ending(attributes, FULL_NAME),
            email=_ending(attributes, EMAIL),
            organisation=organisation,
            vaerdier=read_privileges(attributes.get(self.settings.roles_attribute, []), organisation),
        )
        check_identitet(found)
        return found

    def _subject(self, response: Any, attributes: dict[str, list[str]]) -> str:
        if self.settings.subject_attribute:
            listed = attributes.get(self.settings.subject_attribute, [])
            return listed[0] if len(listed) == 1 else ""
        if response.get_nameid_format() not in LASTING_FORMATS:
            raise LoginAfvist("nameid_format")
        return str(response.get_nameid())

    def _request(self) -> dict[str, Any]:
        parts = urlsplit(self.answers_to)
        https = "on" if parts.scheme == "https" else "off"
        return {"https": https, "http_host": parts.netloc, "script_name": parts.path, "get_data": {}}

    def _as_library(self) -> dict[str, Any]:
        try:
            theirs = OneLogin_Saml2_IdPMetadataParser.parse(self.settings.metadata.read_bytes())["idp"]
            assert theirs["entityId"]
            assert theirs["singleSignOnService"]["url"]
        except Exception as problem:
            raise SettingsProblem("SAML_METADATA kan ikke læses som en udsteders metadata.") from problem
        return {
            "strict": True,
            "debug": False,
            "idp": theirs,
            "sp": {
                "entityId": self.entity_id,
                "assertionConsumerService": {"url": self.answers_to, "binding": Constants.BINDING_HTTP_POST},
                "NameIDFormat": Constants.NAMEID_PERSISTENT,
                "x509cert": self.settings.certificate.read_text(),
                "privateKey": self.settings.key.read_text(),
            },
            "security": {
                "authnRequestsSigned": True,
                "wantAssertionsSigned": True,
                "wantAssertionsEncrypted": self.settings.encrypted,
                "wantAttributeStatement": False,
                "requestedAuthnContext": False,
                "rejectDeprecatedAlgorithm": True,
                "signatureAlgorithm": Constants.RSA_SHA256,
                "digestAlgorithm": Constants.SHA256,
            },
        }


@contextmanager
def _refusals() -> Iterator[None]:
    """Whatever goes wrong while an answer is read is a refusal with a word for it. Raises LoginAfvist."""
    try:
        yield
    except LoginAfvist:
        raise
    except (OneLogin_Saml2_ValidationError, OneLogin_Saml2_Error) as problem:
        raise LoginAfvist(ERROR_NAMES.get((type(problem), problem.code), "saml")) from problem
    except Exception as problem:  # lxml and xmlsec each have errors of their own.
        raise LoginAfvist("uforstaaeligt_svar") from problem


def _check_text(answer: str) -> None:
    """The answer is UTF-8 without a DTD, entities, comments or instructions: no honest one has any. Raises LoginAfvist.

    Looked for in the bytes, before any parser sees them.
    """
    try:
        text = base64.b64decode("".join(answer.split()), validate=True)
        text.decode("utf-8")
    except (binascii.Error, ValueError) as problem:
        raise LoginAfvist("uforstaaeligt_svar") from problem
    declared = DECLARATION.match(text)
    rest = text[declared.end() :] if declared else text
    encodings = ENCODING.findall(declared.group()) if declared else []
    foreign = any(name.lower() != b"utf-8" for name in encodings)
    if foreign or b"\0" in text or b"<!" in rest or b"<?" in rest:
        raise LoginAfvist("dtd_eller_kommentar")


def _check_more(response: Any, entity_id: str, answers_to: str, request_id: str) -> datetime:
    """What must not be left out or be merely alike. Returns until when the answer could be shown again.

    Raises LoginAfvist.
    """
    if response.get_in_response_to() != request_id:
        raise LoginAfvist("in_response_to")
    if response.document.get("Destination", answers_to) != answers_to:
        raise LoginAfvist("destination")
    restrictions = response._query_assertion("/saml:Conditions/saml:AudienceRestriction")
    if not restrictions or not all(_has_audience(one, entity_id) for one in restrictions):
        raise LoginAfvist("audience")
    ends = [node.get("NotOnOrAfter") for node in response._query_assertion("/saml:Conditions")]
    for node in response._query_assertion("/saml:Subject/saml:SubjectConfirmation"):
        data = node.find("saml:SubjectConfirmationData", namespaces=Constants.NSMAP)
        if node.get("Method") != Constants.CM_BEARER or data is None:
            raise LoginAfvist("subject_confirmation")
        if data.get("Recipient") != answers_to:
            raise LoginAfvist("recipient")
        if data.get("InResponseTo") != request_id:
            raise LoginAfvist("in_response_to")
        ends.append(data.get("NotOnOrAfter"))
    if not all(ends):
        raise LoginAfvist("uden_udloeb")
    _check_issued(response)
    return max(_moment(str(end)) for end in ends)


def _has_audience(restriction: Any, entity_id: str) -> bool:
    named = restriction.findall("saml:Audience", namespaces=Constants.NSMAP)
    return entity_id in [(Xml.element_text(node) or "").strip() for node in named]


def _check_issued(response: Any) -> None:
    if clock.now() + SKEW < _moment(str(response._query_assertion("")[0].get("IssueInstant"))):
        raise LoginAfvist("issue_instant")


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(OneLogin_Saml2_Utils.parse_SAML_to_time(text), UTC)


def _attributes(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[Any]] = response.get_attributes()
    return {name: [one for one in values if isinstance(one, str)] for name, values in found.items()}


def _first(attributes: dict[str, list[str]], name: str) -> str:
    return next(iter(attributes.get(name, [])), "")


def _ending(attributes: dict[str, list[str]], names: tuple[str, ...]) -> str:
    """The first attribute with one of these names, or with one that ends so."""
    found = (
        values[0] for end in names for name, values in attributes.items() if values and name.endswith(end)
    )
    return next(found, "")

"""A SAML provider of the tests: answers in the shape of OIOSAML, signed with xmlsec, honest unless told to lie."""

from __future__ import annotations

import base64
import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

ISSUER = "https://idp.example.dk/saml"
CVR = "29189978"
NS = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
EID = "https://data.gov.dk/model/core/eid/"


@dataclass(frozen=True)
class Pair:
    """A private key and its certificate, PEM."""

    key: bytes
    certificate: bytes

    @classmethod
    def made(cls, name: str) -> Pair:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=9))
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return cls(key.private_bytes(pem, *plain), made.public_bytes(pem))

    @property
    def one_line(self) -> str:
        return "".join(self.certificate.decode().splitlines()[1:-1])


@dataclass(frozen=True)
class Answer:
    """What an answer says; `None` leaves the thing out. Times are minutes from now."""

    request_id: str
    acs: str
    audience: str | None
    subject: str | None = "mette-uuid"
    name_format: str = PERSISTENT
    issuer: str = ISSUER
    response_issuer: str = ISSUER
    response_to: str | None = "same"
    confirmed_to: str | None = "same"
    recipient: str | None = "same"
    destination: str = "same"
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    conditions: bool = True
    not_before: float = -1
    not_after: float | None = 5
    confirmed_until: float | None = 5
    issued: float = 0
    qualifier: str | None = None
    attributes: dict[str, list[str]] = field(default_factory=dict)
    assertion_id: str = field(default_factory=lambda: f"_a{uuid4().hex}")

    def but(self, **changes: Any) -> Answer:
        return replace(self, **changes)


def moment(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def metadata_of(provider: Pair, login: str = "https://idp.example.dk/login") -> str:
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}">'
        '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f'<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="{NS["ds"]}"><ds:X509Data><ds:X509Certificate>'
        f"{provider.one_line}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
        f'Location="{login}"/></md:IDPSSODescriptor></md:EntityDescriptor>'
    )


def privileges(*roles: str, cvr: str = CVR) -> str:
    listed = "".join(f"<Privilege>{role}</Privilege>" for role in roles)
    return base64.b64encode(
        '<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList '
        'xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">'
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{cvr}">{listed}</PrivilegeGroup>'
        "</bpp:PrivilegeList>".encode()
    ).decode()


def attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name}="{value}"'


def assertion_of(a: Answer) -> Any:
    """The assertion, unsigned."""
    same = {"same": a.request_id}
    named = (
        ""
        if a.subject is None
        else (
            f'<saml:NameID{attribute("SPNameQualifier", a.qualifier)} Format="{a.name_format}">'
            f"{a.subject}</saml:NameID>"
        )
    )
    confirmed = (
        attribute("InResponseTo", same.get(a.confirmed_to or "", a.confirmed_to))
        + attribute("Recipient", a.acs if a.recipient == "same" else a.recipient)
        + attribute("NotOnOrAfter", None if a.confirmed_until is None else moment(a.confirmed_until))
    )
    until = attribute("NotOnOrAfter", None if a.not_after is None else moment(a.not_after))
    audience = (
        ""
        if a.audience is None
        else (
            f"<saml:AudienceRestriction><saml:Audience>{a.audience}</saml:Audience></saml:AudienceRestriction>"
        )
    )
    conditions = f'<saml:Conditions NotBefore="{moment(a.not_before)}"{until}>{audience}</saml:Conditions>'
    values = "".join(
        f'<saml:Attribute Name="{name}">'
        + "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in listed)
        + "</saml:Attribute>"
        for name, listed in a.attributes.items()
    )
    return etree.fromstring(
        f'<saml:Assertion xmlns:saml="{NS["saml"]}" ID="{a.assertion_id}" Version="2.0" '
        f'IssueInstant="{moment(a.issued)}"><saml:Issuer>{a.issuer}</saml:Issuer><saml:Subject>{named}'
        f'<saml:SubjectConfirmation Method="{a.method}"><saml:SubjectConfirmationData{confirmed}/>'
        f"</saml:SubjectConfirmation></saml:Subject>{conditions if a.conditions else ''}"
        f'<saml:AuthnStatement AuthnInstant="{moment(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>'
        "urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef></saml:AuthnContext>"
        f"</saml:AuthnStatement>{f'<saml:AttributeStatement>{values}</saml:AttributeStatement>' if values else ''}"
        "</saml:Assertion>"
    )


def response_of(a: Answer, *inner: Any) -> Any:
    """The response around whatever is inside, unsigned."""
    to = attribute("InResponseTo", a.request_id if a.response_to == "same" else a.response_to)
    destination = a.acs if a.destination == "same" else a.destination
    root = etree.fromstring(
        f'<samlp:Response xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}" ID="_r{uuid4().hex}" '
        f'Version="2.0" IssueInstant="{moment(0)}" Destination="{destination}"{to}>'
        f"<saml:Issuer>{a.response_issuer}</saml:Issuer>"
        f'<samlp:Status><samlp:StatusCode Value="{a.status}"/></samlp:Status></samlp:Response>'
    )
    for node in inner:
        root.append(node)
    return root


def sign(
    node: Any, pair: Pair, method: Any = xmlsec.Transform.RSA_SHA256, digest: Any = xmlsec.Transform.SHA256
) -> Any:
    """Sign a response or an assertion in place, with an enveloped signature after its issuer."""
    xmlsec.tree.add_ids(node, ["ID"])
    signature = xmlsec.template.create(node, xmlsec.Transform.EXCL_C14N, method, ns="ds")
    node.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, digest, uri=f"#{node.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    context = xmlsec.SignatureContext()
    if method is xmlsec.Transform.HMAC_SHA256:
        context.key = xmlsec.Key.from_binary_data(xmlsec.KeyData.HMAC, pair.certificate)
    else:
        data = xmlsec.template.ensure_key_info(signature)
        xmlsec.template.add_x509_data(data)
        context.key = xmlsec.Key.from_memory(pair.key, xmlsec.KeyFormat.PEM)
        context.key.load_cert_from_memory(pair.certificate, xmlsec.KeyFormat.PEM)
    context.sign(signature)
    return node


def encrypted(node: Any, pair: Pair) -> Any:
    """The assertion as only the holder of the key can read it."""
    holder = etree.fromstring(f'<saml:EncryptedAssertion xmlns:saml="{NS["saml"]}"/>')
    holder.append(node)
    data = xmlsec.template.encrypted_data_create(
        holder, xmlsec.Transform.AES256_GCM, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(pair.certificate, xmlsec.KeyFormat.CERT_PEM))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    context.encrypt_xml(data, node)
    return holder


def packed(node: Any) -> str:
    return base64.b64encode(node if isinstance(node, bytes) else etree.tostring(node)).decode()


def wrapped(kind: int, a: Answer, pair: Pair, evil_subject: str) -> Any:
    """The eight ways of signature wrapping (Somorovsky et al. 2012): a signed original, and a forgery that is read."""
    good = sign(assertion_of(a), pair)
    evil = copy.deepcopy(good)
    evil.set("ID", f"_evil{uuid4().hex}")
    evil.find(".//saml:NameID", NS).text = evil_subject
    signature = evil.find("ds:Signature", NS)
    if kind in (1, 2):
        original = sign(response_of(a, assertion_of(a)), pair)
        forged = copy.deepcopy(original)
        forged.set("ID", "_forged")
        forged.find(".//saml:NameID", NS).text = evil_subject
        kept = forged.find("ds:Signature", NS)
        inner = copy.deepcopy(original)
        inner.remove(inner.find("ds:Signature", NS))
        if kind == 1:
            etree.SubElement(kept, f"{{{NS['ds']}}}Object").append(inner)
        else:
            kept.addprevious(inner)
        return forged
    if kind == 3:
        evil.remove(signature)
        return response_of(a, evil, good)
    if kind == 4:
        evil.remove(signature)
        evil.append(good)
        return response_of(a, evil)
    bare = copy.deepcopy(good)
    bare.remove(bare.find("ds:Signature", NS))
    if kind == 5:
        return response_of(a, evil, bare)
    if kind == 6:
        signature.append(bare)
        return response_of(a, evil)
    if kind == 7:
        evil.remove(signature)
        root = response_of(a, good)
        extensions = etree.Element(f"{{{NS['samlp']}}}Extensions")
        extensions.append(evil)
        root.insert(1, extensions)
        return root
    etree.SubElement(signature, f"{{{NS['ds']}}}Object").append(bare)
    return response_of(a, evil)

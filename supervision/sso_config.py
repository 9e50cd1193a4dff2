"""Settings of sign-in from an identity provider, read from the environment with the rest of them (`config`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from supervision.problems import SettingsProblem

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SCOPE = "openid profile email"
LASTING_CLAIMS = ("sub", "oid")
"""What may name a person for ever. An e-mail or a user name is given to the next one some day."""
OIOSAML = "/".join(("https:", "", "data.gov.dk", "model", "core", "eid", ""))
"""How the attributes of OIOSAML 3 are named: a name that looks like an address, and is never called."""
SSO_SETTINGS = {
    "OIDC_ISSUER": "Udstederens adresse hos Entra ID eller Keycloak. Er den tom, er OpenID Connect slået fra.",
    "OIDC_CLIENT_ID": "Det id, som systemet har fået hos udstederen.",
    "OIDC_CLIENT_SECRET": "Hemmeligheden, som hører til. Tom for en klient uden hemmelighed.",
    "OIDC_SCOPE": "Hvad der bedes om hos udstederen. Standard: openid profile email.",
    "OIDC_SUBJECT_CLAIM": "Hvad der kender en person igen: sub (standard) eller oid (Entra ID).",
    "OIDC_ROLES_CLAIM": "Hvor grupper eller roller står i svaret. Standard: roles. Keycloak: groups.",
    "OIDC_ORGANISATION_CLAIM": "Hvor organisationen står i svaret. Standard: tid (Entra ID's tenant).",
    "SAML_METADATA": "Filen med udstederens metadata (XML). Er den tom, er SAML slået fra.",
    "SAML_KEY": "Filen med systemets private nøgle (PEM): underskriver spørgsmål og åbner krypterede svar.",
    "SAML_CERTIFICATE": "Filen med det certifikat (PEM), som hører til nøglen.",
    "SAML_ENTITY_ID": "Systemets navn hos udstederen. Standard: adressen på systemets metadata.",
    "SAML_ENCRYPTED": "Om svar skal være krypterede: ja (standard) eller nej.",
    "SAML_SUBJECT_ATTRIBUTE": "Attributten, som kender en person igen. Er den tom, bruges NameID.",
    "SAML_ROLES_ATTRIBUTE": "Attributten med jobfunktionsroller. Standard: OIOSAML's privilegesIntermediate.",
    "SAML_ORGANISATION_ATTRIBUTE": "Attributten med organisationen. Standard: OIOSAML's CVR-nummer.",
    "SSO_ASK_EVERY_TIME": "Om udstederen skal spørge hver gang: ja (standard, delte enheder) eller nej.",
    "LOCAL_PASSWORDS": "Om man også kan logge ind med e-mail og adgangskode: ja (standard) eller nej.",
}
"""Each setting that is read here, with what it is, as an IT department reads it."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """One provider of OpenID Connect. issuer: as it stands in the tokens, letter by letter."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = SCOPE
    subject_claim: str = "sub"
    roles_claim: str = "roles"
    organisation_claim: str = "tid"


@dataclass(frozen=True, slots=True)
class SamlSettings:
    """One SAML provider. metadata, key, certificate: files; subject_attribute: empty for the NameID."""

    metadata: Path
    key: Path
    certificate: Path
    entity_id: str = ""
    encrypted: bool = True
    subject_attribute: str = ""
    roles_attribute: str = f"{OIOSAML}privilegesIntermediate"
    organisation_attribute: str = f"{OIOSAML}professional/cvr"


@dataclass(frozen=True, slots=True)
class SsoSettings:
    """How people come in: by a provider, by a password of ours, or both.

    ask_every_time: the provider asks who it is even when somebody is signed in there, so that the next one at a
    shared tablet does not come in as the one before.
    """

    oidc: OidcSettings | None = None
    saml: SamlSettings | None = None
    local_passwords: bool = True
    ask_every_time: bool = True

    @property
    def ways(self) -> tuple[str, ...]:
        """The providers that are set up: oidc, saml."""
        return tuple(name for name, found in (("oidc", self.oidc), ("saml", self.saml)) if found)


def sso_settings(environ: Mapping[str, str], public_url: str, *, local_passwords: bool) -> SsoSettings:
    """Read the settings named in `SSO_SETTINGS`. Raises SettingsProblem for what cannot work."""
    given = {name: environ.get(name, "").strip() for name in SSO_SETTINGS}
    ask = _yes(given, "SSO_ASK_EVERY_TIME")
    found = SsoSettings(_oidc(given), _saml(given), local_passwords, ask)
    if not found.ways and not local_passwords:
        raise SettingsProblem(
            "LOCAL_PASSWORDS kan kun være nej, når der er en anden vej ind: OIDC eller SAML."
        )
    if found.ways and not safe_address(public_url):
        raise SettingsProblem(
            "PUBLIC_URL mangler eller er ikke https. Udstederen skal vide, hvor svaret sendes hen."
        )
    return found


def safe_address(url: str) -> bool:
    """Whether secrets may be sent there: https, or plain http to this machine itself."""
    parts = urlsplit(url)
    if "@" in parts.netloc or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _oidc(given: Mapping[str, str]) -> OidcSettings | None:
    if not given["OIDC_ISSUER"]:
        return None
    _need_package("authlib", "OIDC_ISSUER", "oidc")
    if not safe_address(given["OIDC_ISSUER"]):
        raise SettingsProblem("OIDC_ISSUER skal være en adresse, der begynder med https://.")
    if not given["OIDC_CLIENT_ID"]:
        raise SettingsProblem(
            "OIDC_CLIENT_ID mangler. Udstederen giver id’et, når systemet bliver registreret."
        )
    subject = given["OIDC_SUBJECT_CLAIM"] or "sub"
    if subject not in LASTING_CLAIMS:
        raise SettingsProblem("OIDC_SUBJECT_CLAIM skal være sub eller oid. En e-mail kan skifte ejer.")
    scope = given["OIDC_SCOPE"] or SCOPE
    if "openid" not in scope.split():
        raise SettingsProblem("OIDC_SCOPE skal have openid med.")
    return OidcSettings(
        issuer=given["OIDC_ISSUER"],
        client_id=given["OIDC_CLIENT_ID"],
        client_secret=given["OIDC_CLIENT_SECRET"],
        scope=scope,
        subject_claim=subject,
        roles_claim=given["OIDC_ROLES_CLAIM"] or "roles",
        organisation_claim=given["OIDC_ORGANISATION_CLAIM"] or "tid",
    )


def _saml(given: Mapping[str, str]) -> SamlSettings | None:
    if not given["SAML_METADATA"]:
        return None
    _need_package("onelogin", "SAML_METADATA", "saml")
    if "mail" in given["SAML_SUBJECT_ATTRIBUTE"].lower():
        raise SettingsProblem("SAML_SUBJECT_ATTRIBUTE kan ikke være en e-mail. Den kan skifte ejer.")
    more = {
        "entity_id": given["SAML_ENTITY_ID"],
        "subject_attribute": given["SAML_SUBJECT_ATTRIBUTE"],
        "roles_attribute": given["SAML_ROLES_ATTRIBUTE"],
        "organisation_attribute": given["SAML_ORGANISATION_ATTRIBUTE"],
    }
    return SamlSettings(
        metadata=_file(given, "SAML_METADATA"),
        key=_file(given, "SAML_KEY"),
        certificate=_file(given, "SAML_CERTIFICATE"),
        encrypted=_yes(given, "SAML_ENCRYPTED"),
        **{name: value for name, value in more.items() if value},
    )


def _yes(given: Mapping[str, str], name: str) -> bool:
    value = given[name].lower()
    if value in ("", "ja", "1", "true", "yes"):
        return True
    if value in ("nej", "0", "false", "no"):
        return False
    raise SettingsProblem(f"{name} skal være ja eller nej, ikke “{value}”.")


def _file(given: Mapping[str, str], name: str) -> Path:
    if not given[name]:
        raise SettingsProblem(f"{name} mangler. Den skal være stien til en fil.")
    path = Path(given[name])
    if not path.is_file():
        raise SettingsProblem(f"{name}: filen {path} findes ikke.")
    return path


def _need_package(package: str, setting: str, extra: str) -> None:
    if find_spec(package) is None:
        raise SettingsProblem(
            f"{setting} er sat, men det, der skal bruges, er ikke installeret. "
            f"Installer med: .venv/bin/pip install -e '.[{extra}]' i programmets mappe."
        )

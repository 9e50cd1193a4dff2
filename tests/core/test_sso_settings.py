"""The settings of sign-in from an identity provider: the safe defaults, and what is refused at the start."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from supervision import HOUSE, sso_config
from supervision.config import Settings
from supervision.problems import SettingsProblem
from supervision.sso_config import OIOSAML, SSO_SETTINGS, OidcSettings, SsoSettings

OIDC = {
    "PUBLIC_URL": "https://feedback.eksempel.dk",
    "OIDC_ISSUER": "https://login.eksempel.dk/t1/v2.0",
    "OIDC_CLIENT_ID": "id",
}


def read(folder: Path, **environ: str) -> SsoSettings:
    return Settings.from_environment(folder, environ).sso


def saml(folder: Path) -> dict[str, str]:
    names = ("SAML_METADATA", "SAML_KEY", "SAML_CERTIFICATE")
    for name in names:
        (folder / name).write_text("x")
    return {"PUBLIC_URL": OIDC["PUBLIC_URL"], **{name: str(folder / name) for name in names}}


def test_nothing_given_is_passwords_alone(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.ways, found.local_passwords, found.ask_every_time) == ((), True, True)
    assert not read(tmp_path, SSO_ASK_EVERY_TIME="nej").ask_every_time


def test_the_defaults_fit_entra_id_and_oiosaml(tmp_path: Path) -> None:
    found = read(tmp_path, **{**OIDC, **saml(tmp_path)}, LOCAL_PASSWORDS="nej")
    assert found.ways == ("oidc", "saml")
    assert not found.local_passwords
    assert found.oidc == OidcSettings(OIDC["OIDC_ISSUER"], "id")
    assert found.saml is not None
    assert found.saml.encrypted
    assert found.saml.roles_attribute == f"{OIOSAML}privilegesIntermediate"


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    assert "kanarie" not in repr(read(tmp_path, **OIDC, OIDC_CLIENT_SECRET="kanarie"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"PUBLIC_URL": ""}, "PUBLIC_URL mangler"),
        ({"PUBLIC_URL": "http://feedback.eksempel.dk"}, "ikke https"),
        ({"OIDC_ISSUER": "http://login.eksempel.dk"}, "OIDC_ISSUER skal"),
        ({"OIDC_ISSUER": "https://a@login.eksempel.dk"}, "OIDC_ISSUER skal"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID mangler"),
        ({"OIDC_SUBJECT_CLAIM": "email"}, "OIDC_SUBJECT_CLAIM skal"),
        ({"OIDC_SCOPE": "profile"}, "OIDC_SCOPE skal"),
        ({"OIDC_ISSUER": "", "LOCAL_PASSWORDS": "nej"}, "LOCAL_PASSWORDS kan kun"),
        ({"LOCAL_PASSWORDS": "måske"}, "LOCAL_PASSWORDS skal"),
        ({"SAML_METADATA": "/findes/ikke.xml"}, "findes ikke"),
    ],
)
def test_what_cannot_work_is_refused_with_its_name(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsProblem, match=said):
        read(tmp_path, **{**OIDC, **wrong})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SAML_KEY": ""}, "SAML_KEY mangler"),
        ({"SAML_ENCRYPTED": "måske"}, "SAML_ENCRYPTED skal"),
        ({"SAML_SUBJECT_ATTRIBUTE": "urn:Email"}, "SAML_SUBJECT_ATTRIBUTE kan ikke"),
    ],
)
def test_saml_is_refused_where_it_cannot_work(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsProblem, match=said):
        read(tmp_path, **{**saml(tmp_path), **wrong})


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: Any) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(sso_config, "find_spec", lambda name: None if name == "authlib" else known(name))
    with pytest.raises(SettingsProblem, match=r"\[oidc\]"):
        read(tmp_path, **OIDC)


def test_every_setting_is_read_and_explained(tmp_path: Path) -> None:
    source = Path(sso_config.__file__).read_text(encoding="utf-8")
    assert all(source.count(f'"{name}"') > 1 for name in SSO_SETTINGS if name != "LOCAL_PASSWORDS")
    assert all(text.endswith(".") for text in SSO_SETTINGS.values())
    guide = (HOUSE / "docs/login-fra-kommunen.md").read_text(encoding="utf-8")
    assert [name for name in SSO_SETTINGS if f"`{name}" not in guide] == []


def test_what_is_wrong_with_the_set_up_is_said_beforehand(tmp_path: Path) -> None:
    from supervision.personer.sso.check import problems

    nobody = OidcSettings("http://127.0.0.1:9/realm", "id")
    assert problems(SsoSettings()) == []
    (said,) = problems(SsoSettings(oidc=nobody))
    assert "udbyder_svarer_ikke" in said
    (said,) = problems(SsoSettings(saml=read(tmp_path, **saml(tmp_path)).saml))
    assert "SAML_METADATA kan ikke læses" in said

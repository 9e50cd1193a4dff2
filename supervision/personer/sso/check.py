"""What is wrong with the set-up of sign-in from a provider, asked before anybody tries to come in."""

from __future__ import annotations

from supervision.personer.rules.ekstern_login import LoginAfvist
from supervision.problems import SettingsProblem
from supervision.sso_config import SsoSettings


def problems(sso: SsoSettings) -> list[str]:
    """Each problem in Danish, with what to do; empty when people can come in. Asks the OpenID provider."""
    found = []
    if sso.oidc:
        from supervision.personer.sso import oidc

        try:
            oidc.Provider(sso.oidc, "").begin()
        except LoginAfvist as problem:
            found.append(
                f"OIDC_ISSUER: udstederen kan ikke bruges ({problem.grund}). "
                "Se listen over ord i docs/login-fra-kommunen.md."
            )
    if sso.saml:
        from supervision.personer.sso import saml

        try:
            saml.Provider(sso.saml, "https://own.example", "https://own.example/svar").begin()
        except SettingsProblem as problem:
            found.append(problem.text)
        except Exception:  # The library and xmlsec each have errors of their own.
            found.append("SAML_KEY: nøglen kan ikke bruges. Den skal være en privat RSA-nøgle i en PEM-fil.")
    return found

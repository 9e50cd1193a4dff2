"""Every setting of the environment in the operator's words, and the page of them: `docs/indstillinger.md`.

The page is made by `python -m supervision.maintenance.settings_table`; tests hold it against this list, and this list
against what is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from supervision import HOUSE
from supervision.sso_config import SSO_SETTINGS

PAGE = HOUSE / "docs" / "indstillinger.md"
BEGINNING = """# Indstillinger

Systemet læser sine indstillinger i miljøet (environment), når det starter. En, der ikke kan bruges, bliver sagt på
dansk med sit navn, og systemet starter ikke. `supervision tjek` ser efter, om de passer til hinanden.

| Navn | Udeladt | Betydning |
|---|---|---|
"""
ENDING = """
🔒 er hemmelig: skriv den i en fil, som kun tjenesten kan læse, aldrig på en kommandolinje.

Siden laves af programmet: `python -m supervision.maintenance.settings_table`.
"""


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as an operator meets it. default and meaning: in Danish, for `docs/indstillinger.md`."""

    name: str
    default: str
    meaning: str
    secret: bool = False


DECLARED = (
    Declared(
        "SUPERVISION_INSTANCE",
        "mappen `instance`",
        "Mappen med database, hemmelig nøgle og sikkerhedskopier. Kun tjenesten må læse den.",
    ),
    Declared(
        "DATABASE_URL",
        "SQLite i instance-mappen",
        "`postgresql://bruger:kode@vært/navn` for PostgreSQL, eller `sqlite:////sti/fil.db`.",
        True,
    ),
    Declared(
        "SECRET_KEY",
        "laves første gang, ligger i instance-mappen",
        "Underskriver login og forsegler noter på enheder. Mindst 32 tegn. Den samme i alle processer; skiftes den, "
        "skal alle logge ind igen, og usendte noter kan ikke læses.",
        True,
    ),
    Declared("COOKIE_SECURE", "`nej`", "`ja`, når siden bruges over https: så sendes login kun krypteret."),
    Declared(
        "SECOND_FACTOR",
        "`nej`",
        "`ja`: ingen kommer ind med en adgangskode alene. Brug det, når siden kan nås fra internettet.",
    ),
    Declared(
        "PUBLIC_URL",
        "adressen i kaldet",
        "Adressen, folk bruger, fx `https://feedback.example.dk`. Står i e-mail og kalenderlinks.",
    ),
    Declared(
        "TRUSTED_PROXIES",
        "`0`",
        "Hvor mange proxyer der står foran (Caddy, nginx eller IIS: `1`). Så kendes den rigtige adresse og https. "
        "Større end det rigtige tal: så kan enhver skrive sin egen adresse.",
    ),
    Declared(
        "SMTP_HOST",
        "ingen: der sendes ikke e-mail",
        "Serveren, der får e-mail. Kræver `PUBLIC_URL` og `MAIL_FROM`.",
    ),
    Declared("SMTP_PORT", "`587`", "`465` er krypteret fra første tegn."),
    Declared(
        "SMTP_STARTTLS",
        "`ja`",
        "Gå over til krypteret forbindelse, før noget siges. `nej` kun for en server på samme maskine.",
    ),
    Declared("SMTP_USER", "ingen", "Brugernavn hos e-mailserveren."),
    Declared("SMTP_PASSWORD", "ingen", "Adgangskode hos e-mailserveren; sendes kun krypteret.", True),
    Declared("MAIL_FROM", "ingen", "Afsenderen, fx `Kollegial supervision <nej@example.dk>`."),
    *(
        Declared(name, "se teksten", meaning, name in ("OIDC_CLIENT_SECRET",))
        for name, meaning in SSO_SETTINGS.items()
    ),
    Declared("LOG_REQUESTS", "`ja`", "En linje i loggen for hvert kald: kun id'er, aldrig indhold."),
    Declared(
        "METRICS_TOKEN",
        "ingen: kun maskinen selv må spørge",
        "Mindst 20 tegn. Den, der henter `/maalinger`, skal vise dem (`Authorization: Bearer …`).",
        True,
    ),
    Declared("WAS_MYNDIGHED", "ingen", "Hvem der har ansvaret for tilgængeligheden. Står på `/was`."),
    Declared("WAS_KONTAKT", "ingen", "E-mail til den, man skriver til om tilgængelighed. Står på `/was`."),
    Declared(
        "BACKUP_DIR",
        "`backups` i instance-mappen",
        "Hvor `supervision sikkerhedskopi` lægger sine filer. Vælg en anden disk end databasens.",
    ),
    Declared("BACKUP_DAYS", "`35`", "Så mange dage gemmes de. Den nyeste slettes aldrig."),
)
"""Every setting of the environment; a test holds this list against what is read."""


def page() -> str:
    """The whole page as Markdown."""
    rows = (
        f"| `{one.name}`{' 🔒' if one.secret else ''} | {one.default} | {one.meaning} |\n" for one in DECLARED
    )
    return BEGINNING + "".join(rows) + ENDING


if __name__ == "__main__":
    Path(PAGE).parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")

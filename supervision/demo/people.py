"""The people of the demo: two organisations, three teams, the house of the supervisor. All are invented."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "kollegial-feedback-demo"  # noqa: S105
"""The one password of everybody in the demo; it exists nowhere else."""

EMAIL_DOMAIN = "demo.example"

ORGANISATIONER = (
    ("fjordby", "Jobcenter Fjordby", "jobcenter"),
    ("kompas", "A-kassen Kompas", "a_kasse"),
    ("lindegaard", "Supervisionshuset Lindegaard", "supervision"),
)
"""(key, name, kind)."""

ORD = {"kompas": {"borger": "medlem", "medarbejder": "raadgiver"}}
"""Organisation -> its words where they are its own, as `personer.rules.ordvalg` has them."""

SMART_A = {"kompas": "accepteret"}
"""Organisation -> what the A of SMART is there, where one has chosen."""

TEAMS = (
    ("job", "fjordby", "Team Job og Vækst"),
    ("syge", "fjordby", "Team Sygedagpenge"),
    ("dagpenge", "kompas", "Team Dagpenge"),
)
"""(key, organisation, name)."""


@dataclass(frozen=True, slots=True)
class Figur:
    """One person of the demo. taletid: the share of the talk time that they begin the year with (0–1).

    uger: how many weeks before the demo's first week they began; None is a new colleague, who begins in the
    week it is first made.
    """

    key: str
    navn: str
    hus: str
    team: str | None = None
    rolle: str = "medarbejder"
    taletid: float = 0.5
    uger: int | None = 110

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key}@{EMAIL_DOMAIN}"


FIGURER = (
    Figur("palle", "Palle Brink", "fjordby", rolle="administrator", uger=140),
    Figur("inger", "Inger Lindegaard", "lindegaard", rolle="supervisor", taletid=0.4, uger=90),
    Figur("birgitte", "Birgitte Højlund", "fjordby", "job", "teamleder", 0.5),
    Figur("maja", "Maja Østergård", "fjordby", "job", taletid=0.58),
    Figur("tobias", "Tobias Lund Kjær", "fjordby", "job", taletid=0.47),
    Figur("amina", "Amina Yusuf", "fjordby", "job", taletid=0.44),
    Figur("henrik", "Henrik Ågesen", "fjordby", "job", taletid=0.66),
    Figur("freja", "Freja Nørby", "fjordby", "job", taletid=0.52),
    Figur("agnieszka", "Agnieszka Nowak", "fjordby", "job", taletid=0.49),
    Figur("steen", "Steen Ravnsbæk", "fjordby", "job", taletid=0.61),
    Figur("louise", "Louise Damkjær", "fjordby", "job", taletid=0.41),
    Figur("mehmet", "Mehmet Aydın", "fjordby", "job", taletid=0.55),
    Figur("yasmin", "Yasmin Haddad", "fjordby", "job", uger=None),
    Figur("karsten", "Karsten Møllegaard", "fjordby", "syge", "teamleder", 0.5),
    Figur("jonas", "Jonas Bækgaard", "fjordby", "syge", taletid=0.5),
    Figur("signe", "Signe Ørnstrup", "fjordby", "syge", taletid=0.43),
    Figur("thuy", "Thuy Nguyen Lauridsen", "fjordby", "syge", taletid=0.46),
    Figur("bo", "Bo Vestervang", "fjordby", "syge", taletid=0.63),
    Figur("kirstine", "Kirstine Åkjær Holm", "fjordby", "syge", taletid=0.53),
    Figur("rasmus", "Rasmus Elkjær", "fjordby", "syge", taletid=0.57),
    Figur("fatima", "Fatima El-Amrani", "fjordby", "syge", taletid=0.42),
    Figur("lene", "Lene Søgaard", "fjordby", "syge", taletid=0.6),
    Figur("anders", "Anders Tofte", "fjordby", "syge", taletid=0.48),
    Figur("dorthe", "Dorthe Skovbo", "kompas", "dagpenge", "teamleder", 0.5),
    Figur("nikolaj", "Nikolaj Færch", "kompas", "dagpenge", taletid=0.56),
    Figur("sofie", "Sofie Ærenlund", "kompas", "dagpenge", taletid=0.45),
    Figur("ivan", "Ivan Petrovski", "kompas", "dagpenge", taletid=0.6),
    Figur("gitte", "Gitte Brorsbøl", "kompas", "dagpenge", taletid=0.5),
    Figur("malte", "Malte Hjørringgaard", "kompas", "dagpenge"),
    Figur("leyla", "Leyla Karimi", "kompas", "dagpenge"),
    Figur("poul", "Poul Egebæk", "kompas", "dagpenge"),
    Figur("camilla", "Camilla Stenløkke", "kompas", "dagpenge"),
    Figur("viktor", "Viktor Sandahl", "kompas", "dagpenge"),
    Figur("asta", "Asta Mørkholt", "kompas", "dagpenge"),
    Figur("jeppe", "Jeppe Uldum", "kompas", "dagpenge"),
)

SUPERVISOR_I = (("fjordby", 90, None), ("kompas", 30, 130))
"""Where the supervisor works: (organisation, weeks before the first week, weeks after it or None: open)."""

RETTER_KATALOG_I = "fjordby"
"""Where the supervisor may also change the methods, skabeloner and words."""

SIGN_INS = (
    ("maja", "Medarbejder, observeres i dag"),
    ("tobias", "Kollega, observerer i dag"),
    ("birgitte", "Teamleder, Team Job og Vækst"),
    ("inger", "Supervisor begge steder"),
    ("yasmin", "Ny kollega, første dag"),
    ("nikolaj", "Medarbejder i a-kassen"),
    ("dorthe", "Teamleder i a-kassen"),
    ("palle", "Administrator"),
)
"""Whom to be: (key, what one sees as them)."""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """A læringsgruppe: its members in the order in which they observe each other."""

    key: str
    navn: str
    hus: str
    facilitator: str
    medlemmer: tuple[str, ...]
    forskudt: int
    """How many weeks after the demo's first week its first round begins."""


GRUPPER = (
    Gruppe(
        "job", "Læringsgruppen Job og Vækst", "fjordby", "birgitte",
        ("maja", "tobias", "amina", "henrik", "freja", "agnieszka", "steen", "louise", "mehmet"), 0,
    ),
    Gruppe(
        "syge", "Læringsgruppen Sygedagpenge", "fjordby", "karsten",
        ("jonas", "signe", "thuy", "bo", "kirstine", "rasmus", "fatima", "lene", "anders"), 2,
    ),
    Gruppe(
        "dagpenge", "De fire på dagpenge", "kompas", "dorthe",
        ("nikolaj", "sofie", "ivan", "gitte"), 4,
    ),
)  # fmt: skip

BY_KEY = {figur.key: figur for figur in FIGURER}


def of_team(team: str, rolle: str = "medarbejder") -> list[Figur]:
    """The people of a team with the role."""
    return [figur for figur in FIGURER if figur.team == team and figur.rolle == rolle]

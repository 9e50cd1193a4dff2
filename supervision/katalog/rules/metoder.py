"""What a method and a kendetegn are, and the words they are sorted by. Their own words stand in the content files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

KATEGORIER = {
    "samtalestyring": "Samtalestyring",
    "undersoegende": "Undersøgende",
    "motiverende": "Motiverende",
    "maalsaetning": "Målsætning",
    "progression": "Progression",
    "virksomhedsrettet": "Virksomhedsrettet",
    "redskab": "Redskaber",
    "kollegial": "Kollegial feedback",
    "laering": "Læring",
    "vaerdigrundlag": "Værdigrundlag",
}
"""Key to its name on the screen, in the order in which the catalogue is read."""

RETNINGER = {
    "borger": "Borger",
    "virksomhed": "Virksomhed",
    "begge": "Borger og virksomhed",
    "kollega": "Kollega",
}
"""Who the method is turned towards; `kollega` is about the feedback and the learning itself."""

TYPER = {
    "tilstand": "Varer ved",
    "haendelse": "Sker på et øjeblik",
    "tjekpunkt": "Sker eller sker ikke",
    "vurdering": "Vurderes bagefter",
    "artefakt": "Redskab på bordet",
}
"""How the method shows itself in a samtale; a `vurdering` is made from the notes afterwards, never live."""

BELAEG = {
    "kilde": "Beskrevet i kilden",
    "delvis": "Delvis beskrevet i kilden",
    "navn": "Kun nævnt i kilden",
    "egen": "Vores egen metode",
}
"""How much the source says; with `navn` the kendetegn are proposals that somebody local must confirm.
`egen` is for what an organisation has made itself, and stands in no content file."""

BELAEG_ORD = {
    "kilde": "Kilden beskriver, hvordan metoden bruges. Kendetegnene er skrevet til at se og høre efter.",
    "delvis": "Kilden beskriver kun noget af metoden. Resten er et forslag, I kan rette til.",
    "navn": "Kilden nævner kun navnet. Trin og kendetegn er et forslag: lad en, der kender metoden, læse dem.",
    "egen": "I har selv lavet metoden. Den står ikke i de fem kilder.",
}
"""The same said to whoever reads the method's page."""

KILDER = {
    "frederikshavn": "Jobcenter Frederikshavn",
    "cabi": "Cabi: Jobfokus i samtaler",
    "jobrettede": "Jobrettede samtaler, modul 2",
    "samtalen": "Marselisborg: Kompetenceudvikling – Samtalen",
    "redskabskatalog": "Marselisborg: Redskabskatalog",
}
"""The five sources: the word in an address to the name in the content files and on the screen."""

TALERE = {
    "medarbejder": "Medarbejder",
    "borger": "Borger",
    "medarbejder2": "Anden medarbejder",
    "tredje": "Tredje part",
}
"""The parties whose talk time can be followed, as the event log codes them, in the order of the screen."""

SAMTALETYPER = {
    "individuel": "Individuel samtale",
    "faellessamtale": "Fællessamtale",
    "cv_samtale": "CV-samtale",
    "raadighedssamtale": "Rådighedssamtale",
    "opfoelgning": "Opfølgningssamtale",
    "virksomhedsmoede": "Virksomhedsmøde",
    "oevelse": "Øvelse uden borger",
}
"""What kind of samtale it is; a skabelon says which of them it fits."""

ABC_VAEGT = {
    "sekventiel": "Først A. B og C kommer i spil, når A ikke går.",
    "samtidig": "A, B og C på én gang.",
    "skiftende": "A, B og C på én gang, med en aftale om, hvornår vægten flytter fra A mod B og C.",
}
"""How the three plans of an ABC-jobplan are worked with; the sources differ, so each skabelon says its own."""

FASER = ("kontrakt", "emne", "timeout", "afslutning")
"""The phases every GameMaster variant has, in this order, whatever it calls them."""

OBSERVERBARE_TYPER = frozenset(TYPER) - {"vurdering"}
"""The types whose kendetegn can all be ticked while the samtale runs."""

SKABELON_MAX = 12
"""Most kendetegn in a kontrakt, and so in a skabelon."""


@dataclass(frozen=True, slots=True)
class Udgave:
    """Which version of its content file an entry comes from, and the day of that version."""

    version: int
    dato: date


@dataclass(frozen=True, slots=True)
class Kilde:
    """Where a method comes from: the publication and the place in it (empty: the whole of it)."""

    navn: str
    sted: str


@dataclass(frozen=True, slots=True)
class Kendetegn:
    """Something one can see or hear in a samtale.

    tekst: the whole sentence. kort: the name on a tile, at most KORT_MAX characters. metode: its key.
    maales: the product works it out from the event log, so it is no tile to tick. krydses: it can be heard the moment
    it happens, although its method as a whole is a `vurdering`. tillaeg: added by the product, not by a source.
    In an organisation's own method: skjult, it is not offered; som, the kode it counts together with in the models.
    """

    kode: str
    tekst: str
    kort: str
    metode: str
    maales: bool = False
    krydses: bool = False
    tillaeg: bool = False
    skjult: bool = False
    som: str = ""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Named list inside a method: the elements of one phase, or one source's own words for the steps."""

    navn: str
    punkter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metode:
    """One method of the field. `se` points at the entry where its steps and kendetegn stand.

    egen: an organisation's own, made by it or in its words.
    """

    key: str
    navn: str
    kategori: str
    retning: str
    type: str
    belaeg: str
    kilder: tuple[Kilde, ...]
    aliaser: tuple[str, ...] = ()
    trin: tuple[str, ...] = ()
    elementer: tuple[Gruppe, ...] = ()
    varianter: tuple[Gruppe, ...] = ()
    felter: tuple[str, ...] = ()
    kendetegn: tuple[Kendetegn, ...] = ()
    faldgruber: tuple[str, ...] = ()
    kobler_til: tuple[str, ...] = ()
    se: str | None = None
    maaling: str = ""
    note: str = ""
    marselisborg_nr: int | None = None
    udgave: Udgave | None = None
    egen: bool = False

    @property
    def kan_krydses(self) -> tuple[Kendetegn, ...]:
        """Its kendetegn that somebody can tick while the samtale runs."""
        live = self.type in OBSERVERBARE_TYPER
        return tuple(tegn for tegn in self.kendetegn if (live or tegn.krydses) and not tegn.maales)


@dataclass(frozen=True, slots=True)
class Kode:
    """Well-known færdighed code of event logs that come from elsewhere and is no kendetegn of ours."""

    kode: str
    tekst: str
    kort: str
    metode: str

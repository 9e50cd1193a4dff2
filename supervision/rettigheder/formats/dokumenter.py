"""The two documents a data protection officer asks for, drafted from the facts the product is run by.

Written by `supervision dokumenter`; a test holds the files in `docs/` to what is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from supervision.privacy import privacy_map
from supervision.rettigheder.formats.fakta import SYNSPUNKTER, frister, skjult_for, synlige

MARKED = (
    "<!-- Lavet af `supervision dokumenter` efter access_matrix.yml og privacy_map.yml. Ret ikke her. -->"
)
RISICI = (
    (
        "En kollega læser feedback, der ikke er deres",
        "Lav",
        "Høj",
        "Hver adresse står i én adgangsmatrix, som systemet kører efter. Det, man ikke må se, og det, der ikke "
        "findes, giver samme svar.",
    ),
    (
        "En leder regner et gruppetal tilbage til én person",
        "Lav",
        "Høj",
        "Tal vises først fra fem observerede, for faste kvartaler og grupper, uden filtre. De fryses og "
        "efterprøves hver nat.",
    ),
    (
        "Systemet bruges til kontrol i stedet for læring",
        "Middel",
        "Høj",
        "Ingen karakterer og ranglister, ingen liste over, hvem der har delt, ingen udtræk om enkelte til ledere. "
        "Inddrag MED og tillidsrepræsentanter.",
    ),
    (
        "En borger kan genkendes i en fri tekst",
        "Middel",
        "Middel",
        "Intet felt til borgeren. Tekst, der ligner et cpr-nummer, bliver stoppet, før den gemmes. "
        "Frister for sletning.",
    ),
    (
        "Den næste ved en delt tablet ser den forriges data",
        "Lav",
        "Middel",
        "Personlige sider ligger ikke i browserens lager. Noter er forseglet på enheden. Lageret tømmes ved log ud.",
    ),
    (
        "Slettede data kommer igen fra en sikkerhedskopi",
        "Lav",
        "Middel",
        "En journal med numre ligger ved siden af databasen. Når en kopi indlæses, bliver det slettede slettet igen.",
    ),
    (
        "Den, der driver systemet, læser med",
        "Lav",
        "Høj",
        "Administratorens sider viser intet indhold. Adgang til databasefilen skal styres af driften: begræns "
        "den, og log den.",
    ),
)
"""(risk, how likely, how bad, what is done about it): a draft that the controller judges anew."""


def konsekvensanalyse() -> str:
    """The draft of a data protection impact assessment (GDPR art. 35)."""
    return _document(
        "Konsekvensanalyse for Kollegial supervision (udkast)",
        "Et udkast, som den dataansvarlige gør færdigt sammen med sin databeskyttelsesrådgiver. Det, der står i "
        "[kantede parenteser], skal den dataansvarlige selv skrive.",
        ("Hvad det er", _beskrivelse()),
        ("Hvorfor en konsekvensanalyse", _hvorfor()),
        ("Hvilke data", _data()),
        ("Hvem der kan åbne hvad", _adgang()),
        ("Hvor længe", _frister()),
        ("De registreredes rettigheder", _rettigheder()),
        ("Risici", _risici()),
        ("Høring og afgørelse", _afgoerelse()),
    )


def databehandlerbeskrivelse() -> str:
    """What a processor who runs the product does with the data (GDPR art. 28)."""
    return _document(
        "Databehandlerbeskrivelse for Kollegial supervision (udkast)",
        "Bilag til en databehandleraftale, når en leverandør driver systemet for en kommune eller en a-kasse.",
        (
            "Formål",
            [
                "Drift af et system til kollegial feedback på samtaler. Leverandøren bruger ikke data til andet."
            ],
        ),
        (
            "Registrerede",
            ["Medarbejdere, teamledere og supervisorer. Ikke borgere: systemet har intet felt til dem."],
        ),
        ("Data", _data()),
        ("Adgang", _adgang()),
        ("Opbevaring og sletning", [*_frister(), "", *_sletning()]),
        ("Sikkerhed", _sikkerhed()),
        ("Underdatabehandlere og overførsel", _underdatabehandlere()),
        ("Bistand", _bistand()),
    )


DOKUMENTER: dict[str, Callable[[], str]] = {
    "konsekvensanalyse.md": konsekvensanalyse,
    "databehandlerbeskrivelse.md": databehandlerbeskrivelse,
}


def _document(title: str, lead: str, *parts: tuple[str, list[str]]) -> str:
    body = [MARKED, "", f"# {title}", "", lead]
    for nr, (heading, lines) in enumerate(parts, 1):
        body += ["", f"## {nr}. {heading}", "", *lines]
    return "\n".join(body) + "\n"


def _beskrivelse() -> list[str]:
    return [
        "En kollega sidder med til en samtale, trykker kendetegn undervejs og skriver bagefter, hvad kollegaen så og",
        "hørte. Den observerede ejer feedbacken og bestemmer, hvad der deles. Formålet er læring, ikke kontrol.",
        "",
        "- Dataansvarlig: [kommunen eller a-kassen]",
        "- Behandlingsgrundlag: [fx forordningens artikel 6, stk. 1, litra e, eller litra f for a-kasser].",
        "  Samtykke er ikke grundlaget: at dele er et valg om adgang.",
        "- Rådgiver: [navn og mail; det står også i systemet under »Hvor længe data gemmes«]",
    ]


def _hvorfor() -> list[str]:
    return [
        "Behandlingen vurderer medarbejderes samtaler, og medarbejdere er afhængige af deres arbejdsgiver. To af de",
        "kendetegn, som tilsynene peger på, er altså til stede. Fri tekst kan desuden komme til at rumme følsomme",
        "oplysninger (artikel 9). Systemet bremser det med korte felter, frister og en kontrol for cpr-numre.",
    ]


def _data() -> list[str]:
    rows = [
        (tabel.holds, "fri tekst" if tabel.text else "koder og tider", "; ".join(_roller(tabel.navn)))
        for tabel in privacy_map().tabeller.values()
        if tabel.stier
    ]
    return ["»Du« og »din« er den registrerede.", "", *_table(("Hvad", "Indhold", "Hvis data"), rows)]


def _roller(navn: str) -> list[str]:
    words = {"about": "den, det handler om", "written": "den, der skrev", "metadata": "den, der gjorde det"}
    roles = {sti.role for sti in privacy_map().tabeller[navn].stier}
    return [word for role, word in words.items() if role in roles]


def _adgang() -> list[str]:
    rows = [(thing.navn, thing.i_ord) for thing in synlige()]
    return [
        "»Du« er den, der bliver observeret.",
        "",
        *_table(("Hvad", "Hvem kan åbne det"), rows),
        "",
        *(
            f"- {SYNSPUNKTER[who]} kan ikke åbne: {'; '.join(skjult_for(who))}."
            for who in ("teamleder", "administrator")
        ),
    ]


def _frister() -> list[str]:
    rows = [(f.navn, f"{f.tid} fra {f.fra}" if f.tid else f.fra) for f in frister()]
    return ["Standard; hver organisation kan ændre tiderne.", "", *_table(("Hvad", "Hvor længe"), rows)]


def _rettigheder() -> list[str]:
    return [
        "- Oplysning: en side vises efter første log ind og kan altid findes igen. Den har de samme kilder som dette.",
        "- Indsigt og dataportabilitet: alle henter selv alt om sig som en side og som JSON.",
        "- Sletning: alle beder selv om det. Efter en fortrydelsestid sletter systemet, og ingen ser indholdet imens.",
        "- En feedback kan slettes af den, den handler om, når som helst.",
        "",
        "Efter en sletning bliver dette stående uden navn:",
        "",
        *(f"- {hvad}: {hvorfor}" for hvad, hvorfor in privacy_map().bliver),
    ]


def _risici() -> list[str]:
    return _table(("Risiko", "Sandsynlighed", "Konsekvens", "Det gør systemet"), RISICI)


def _afgoerelse() -> list[str]:
    return [
        "- MED-udvalg og tillidsrepræsentanter er hørt: [dato og svar]",
        "- Databeskyttelsesrådgiverens svar: [tekst]",
        "- Restrisiko og afgørelse: [tekst, dato, navn]",
        "- Ny gennemgang: [dato; senest når det, der står her, ændrer sig]",
    ]


def _sletning() -> list[str]:
    return [
        "`supervision ryd-op` sletter hver nat det, der er for gammelt, dem, der har bedt om det, og konti, der har",
        "været lukket i den tid, organisationen har sat. En lukket konto bliver slettet på samme måde, som når",
        "personen selv beder om det. Slettede bytes bliver overskrevet, og databasen skrives om. En journal med numre",
        "alene ligger ved siden af databasen og uden for sikkerhedskopierne; indlæses en ældre kopi, bliver det",
        "slettede slettet igen.",
    ]


def _sikkerhed() -> list[str]:
    return [
        "- Lukket som udgangspunkt: en adresse, der ikke står i adgangsmatricen, svarer ikke.",
        "- Adgangskoder gemmes som argon2id. Links gemmes som aftryk, virker kort og én gang.",
        "- Ingen kald ud af huset, ingen cookies ud over log ind og udseende.",
        "- Logfiler har numre, ikke indhold.",
        "- [Leverandørens egne foranstaltninger: kryptering af diske, adgang for driftsfolk, sikkerhedskopier]",
    ]


def _underdatabehandlere() -> list[str]:
    return [
        "Systemet har ingen. Det kalder ingen andre tjenester, bortset fra den mailserver, der er sat op: en mail",
        "siger kun, at der venter noget. [Leverandørens egne underdatabehandlere og steder]",
    ]


def _bistand() -> list[str]:
    return [
        "- Indsigt og sletning klarer de registrerede selv. En administrator kan sætte en sletning i gang, når",
        "  fortrydelsestiden er gået.",
        "- Brud på sikkerheden: [frist og kontakt]",
        "- Ved ophør: databasefilen udleveres, og leverandørens kopier slettes inden [antal] dage.",
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]

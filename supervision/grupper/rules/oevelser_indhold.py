"""The five exercises that need no citizen, as data: steps, minutes, roles and what each does, what is written, asked.

Minutes and sizes are those of fagligt grundlag 2.0 and 2c; the instructions are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ALLE: Final = "alle"
FOER, EFTER = "foer", "efter"
FOKUS, PARTNER, OBS = "fokusperson", "partner", "observatoer"


@dataclass(frozen=True, slots=True)
class Felt:
    """Something that a small group writes. mindst, hoejst: how many lines; 1 at most is one that is written over.

    for_alle: everybody in the exercise sees it once it is presented. tag_med: one can take a line along for oneself.
    saetning: each line is a whole sentence. skjul_hvem: not even the history says who wrote.
    """

    navn: str
    ord: str
    hoejst: int = 6
    mindst: int = 0
    for_alle: bool = False
    tag_med: bool = False
    saetning: bool = False
    skjul_hvem: bool = False


@dataclass(frozen=True, slots=True)
class Trin:
    """A step. ord: what to do, by role, or for ALLE. pr_tur: once in each turn. felter: what is written here.

    tal: FOER or EFTER where a number is asked, of the role `tal_rolle` ("" is everybody). vis: "for_alle" where what
    every small group wrote is presented, "svar" where statements are answered, "tilbage" where they come back.
    """

    navn: str
    minutter: int
    ord: Mapping[str, str]
    pr_tur: bool = False
    felter: tuple[str, ...] = ()
    tal: str = ""
    tal_rolle: str = ""
    vis: str = ""


@dataclass(frozen=True, slots=True)
class Slags:
    """An exercise. mindst, helst, flest: how many are together. roller: (key, name), the first one first.

    faerre, flere: what a small group that is smaller or larger than `helst` does. tal: the question for 1–10, or "".
    metode: its page in the catalogue.
    """

    key: str
    navn: str
    om: str
    hvem: str
    varer: str
    metode: str
    mindst: int
    helst: int
    flest: int
    trin: tuple[Trin, ...]
    roller: tuple[tuple[str, str], ...] = ()
    tal: str = ""
    lav: str = "Slet ikke"
    hoej: str = "Helt"
    faerre: str = ""
    flere: str = ""


FELTER: Final[Mapping[str, Felt]] = {
    "fokus": Felt("Jeres feedback-kontrakt", "Én linje: Hvad skal observatøren se og lytte efter?", hoejst=1),
    "virker": Felt("Hvad virker?", "Noget, I vil blive ved med.", for_alle=True, tag_med=True),
    "oeve": Felt("Hvad skal I øve?", "Noget, der sidder bedre næste gang.", for_alle=True, tag_med=True),
    "varsom": Felt("Hvad skal I være varsomme med?", "Noget, der let kommer til at fylde.", for_alle=True),
    "grund": Felt("Grunde", "Skriv dem med fokuspersonens egne ord.", mindst=3),
    "plus": Felt("Plus", "Det taler for.", hoejst=8),
    "minus": Felt("Minus", "Det taler imod.", hoejst=8),
    "udsagn": Felt(
        "Svære udsagn",
        "Skriv det, som du husker det, men så ingen kan kendes. Ingen kan se, hvem der har skrevet hvad.",
        hoejst=10,
        mindst=5,
        skjul_hvem=True,
    ),
    "svar": Felt(
        "Jeres reformulering",
        "Vis, at I har hørt det. Lad valget være den andens. Slut med et åbent spørgsmål.",
        hoejst=20,
        tag_med=True,
    ),
    "raad": Felt(
        "Jeres tre råd",
        "Ét råd ad gangen, som en hel sætning.",
        hoejst=3,
        mindst=3,
        for_alle=True,
        tag_med=True,
        saetning=True,
    ),
}

TRIADE: Final = Slags(
    key="triade",
    navn="Sparring i triade",
    om="Én fortæller, én spørger, én lytter efter. I bytter, så alle prøver det hele.",
    hvem="Tre og tre",
    varer="10 min. sparring til hver, ca. en time i alt",
    metode="sparringstriade",
    mindst=2,
    helst=3,
    flest=4,
    roller=((FOKUS, "Fokusperson"), (PARTNER, "Kollegial sparringspartner"), (OBS, "Observatør")),
    tal="Hvor tryg er du ved at give en kollega feedback?",
    lav="Slet ikke tryg",
    hoej="Helt tryg",
    faerre="I er to. Aftal fokus sammen, og lad fokuspersonen give feedbacken bagefter.",
    flere="I er fire, så I er to observatører ad gangen. Del fokus mellem jer.",
    trin=(
        Trin(
            "Før I begynder",
            1,
            {
                ALLE: "Hils på hinanden, og sæt dit tal. Det er kun dit. Jeres roller står nedenfor, og de skifter."
            },
            tal=FOER,
        ),
        Trin(
            "Feedback-kontrakt",
            2,
            {
                FOKUS: "Sig kort, hvilken sag eller opgave du vil have sparring på. Nævn ingen ved navn. Skriv så én "
                "linje om, hvad feedbacken skal handle om.",
                PARTNER: "Lyt til, hvad feedbacken skal handle om. Vælg det greb, du vil øve: nøgleord, åbne "
                "spørgsmål, Game Master eller U–G–U.",
                OBS: "Spørg, til fokus er noget, du kan se eller høre. Gentag det med dine egne ord.",
            },
            pr_tur=True,
            felter=("fokus",),
        ),
        Trin(
            "Sparring",
            10,
            {
                FOKUS: "Fortæl om det, der er svært lige nu. Tag den tid, du har brug for.",
                PARTNER: "Saml nøgleord, og spørg åbent. Hold rammen. Giv ikke råd endnu.",
                OBS: "Sig ikke noget. Skriv ned, hvad du ser og hører om det, I har aftalt.",
            },
            pr_tur=True,
        ),
        Trin(
            "Feedback",
            3,
            {
                FOKUS: "Lyt. Bagefter kan du sige, hvad der hjalp dig mest.",
                PARTNER: "Tag imod feedbacken som en gave. Spørg, hvis du vil forstå mere, og sig tak.",
                OBS: "Begynd med det, der lykkedes i forhold til fokus. Sig så, hvad du så og hørte, og hvad det "
                "gjorde ved dig. Gem fortolkning og råd, til nogen beder om dem.",
            },
            pr_tur=True,
        ),
        Trin(
            "Fælles snak",
            9,
            {ALLE: "Tag de tre spørgsmål sammen, og skriv et par ord til hvert. Sæt så dit tal igen."},
            felter=("virker", "oeve", "varsom"),
            tal=EFTER,
        ),
    ),
)
MOTIVATION: Final = Slags(
    key="motivation",
    navn="To samtaler om det samme",
    om="Først en samtale, der ikke motiverer, og så en, der gør. Mærk forskellen på dit eget emne.",
    hvem="To og to",
    varer="ca. 14 min. til hver",
    metode="motivationsoevelse",
    mindst=2,
    helst=2,
    flest=3,
    roller=((FOKUS, "Fokusperson"), (PARTNER, "Samtalepartner"), (OBS, "Observatør")),
    tal="Hvor motiveret er du lige nu for at gøre noget ved dit emne?",
    lav="Slet ikke",
    hoej="Så meget, jeg kan blive",
    flere="I er tre. Den tredje lytter og tæller, hvor mange grunde der kommer frem.",
    trin=(
        Trin(
            "Vælg et emne",
            1,
            {
                FOKUS: "Vælg noget i dit eget arbejde, du overvejer at gøre anderledes. Noget lille og ægte.",
                ALLE: "Lad fokuspersonen vælge sit emne. Det er det samme i begge samtaler.",
            },
            pr_tur=True,
        ),
        Trin(
            "Samtalen, der ikke motiverer",
            3,
            {
                FOKUS: "Fortæl om dit emne, og svar, som du ville svare i virkeligheden.",
                PARTNER: "Giv råd, argumentér, og skynd på. Spil det troværdigt, ikke som komedie.",
                OBS: "Læg mærke til, hvad der sker med fokuspersonens stemme og lyst.",
            },
            pr_tur=True,
        ),
        Trin(
            "Sæt et tal",
            1,
            {
                FOKUS: "Mærk efter, og sæt dit tal. Kun du ser det.",
                ALLE: "Vær stille, mens fokuspersonen sætter sit tal.",
            },
            pr_tur=True,
            tal=FOER,
            tal_rolle=FOKUS,
        ),
        Trin(
            "Lyt",
            3,
            {
                FOKUS: "Fortæl om det samme emne igen.",
                PARTNER: "Lyt i tre minutter. Sig kun lidt, og ingen råd. Gentag de ord, der betyder noget.",
                OBS: "Læg mærke til, hvad stilheden gør.",
            },
            pr_tur=True,
        ),
        Trin(
            "Hent grunde frem",
            5,
            {
                FOKUS: "Svar på det, du bliver spurgt om. Grundene er dine.",
                PARTNER: "Spørg: Hvorfor vil du gerne? Hvad bliver bedre? Hvad mere? Bliv ved, til der er mindst tre "
                "grunde, og skriv dem med fokuspersonens ord.",
                OBS: "Tæl grundene. Hvilket spørgsmål hentede den bedste frem?",
            },
            pr_tur=True,
            felter=("grund",),
        ),
        Trin(
            "Sæt et tal igen",
            1,
            {
                FOKUS: "Mærk efter, og sæt dit tal igen. Kun du ser det.",
                ALLE: "Vær stille, mens fokuspersonen sætter sit tal.",
            },
            pr_tur=True,
            tal=EFTER,
            tal_rolle=FOKUS,
        ),
        Trin(
            "Tal om forskellen",
            5,
            {ALLE: "Hvad gjorde de to samtaler ved jer? Hvad vil I tage med ind til den næste, I taler med?"},
        ),
    ),
)
PLUS_MINUS: Final = Slags(
    key="plus_minus",
    navn="Plus og minus",
    om="Når man vil to ting på én gang, hjælper det at se begge sider på papir.",
    hvem="To og to",
    varer="15 min. til hver",
    metode="plus_minus",
    mindst=2,
    helst=2,
    flest=3,
    roller=((FOKUS, "Fokusperson"), (PARTNER, "Samtalepartner"), (OBS, "Observatør")),
    tal="Hvor klart står det for dig, hvad du vil?",
    lav="Slet ikke klart",
    hoej="Helt klart",
    flere="I er tre. Den tredje ser efter, om begge sider får lige god plads.",
    trin=(
        Trin(
            "Vælg et valg",
            2,
            {ALLE: "Tænk hver for sig på noget i arbejdet, du er i tvivl om. Sæt dit tal."},
            tal=FOER,
        ),
        Trin(
            "Plusser og minusser",
            15,
            {
                FOKUS: "Find selv punkterne. Sig det, som det er, også det, der trækker den anden vej.",
                PARTNER: "Sig tvivlen højt: På den ene side … og på den anden. Spørg åbent til begge sider, skriv "
                "med, og hold ikke med nogen af dem. Slut med at spørge, hvad listen siger.",
                OBS: "Læg mærke til, hvilke spørgsmål der åbner, og om begge sider får plads.",
            },
            pr_tur=True,
            felter=("plus", "minus"),
        ),
        Trin(
            "Hvad blev tydeligere?",
            5,
            {ALLE: "Fortæl hinanden, hvad listen gjorde. Sæt så dit tal igen."},
            tal=EFTER,
        ),
    ),
)
REFORMULERING: Final = Slags(
    key="reformulering",
    navn="Reformulering",
    om="Saml svære udsagn, send dem videre, og find et svar, der åbner.",
    hvem="Tre til fem ved hvert bord",
    varer="ca. 35 min.",
    metode="reformuleringsoevelse",
    mindst=2,
    helst=4,
    flest=5,
    tal="Hvor let falder det dig at reformulere, når noget er svært at høre?",
    lav="Meget svært",
    hoej="Meget let",
    trin=(
        Trin(
            "Saml udsagn",
            10,
            {ALLE: "Skriv fem til ti udsagn, der er svære at svare på i en samtale. Sæt også dit tal."},
            felter=("udsagn",),
            tal=FOER,
        ),
        Trin(
            "Svar på ét ad gangen",
            15,
            {
                ALLE: "Nu har I fået nabobordets udsagn, eller jeres egne, hvis I kun er ét bord. Læs ét højt, prøv "
                "jer frem, og skriv den reformulering, I vil stå ved."
            },
            felter=("svar",),
            vis="svar",
        ),
        Trin(
            "Hør svarene",
            10,
            {
                ALLE: "Jeres udsagn er kommet tilbage med svar. Læs dem højt. Hvilket svar åbner? Sæt så dit tal igen."
            },
            tal=EFTER,
            vis="tilbage",
        ),
    ),
)
GODE_RAAD: Final = Slags(
    key="gode_raad",
    navn="Gode råd på post-it",
    om="Fire kolleger finder tre råd, som kan følges allerede i næste samtale.",
    hvem="Fire og fire",
    varer="10 + 10 + 10 min.",
    metode="gode_raad_postit",
    mindst=2,
    helst=4,
    flest=5,
    trin=(
        Trin(
            "Find tre råd",
            10,
            {
                ALLE: "Bliv enige om tre råd til en god samtale. Skriv hvert som én hel sætning, og knyt det til et "
                "greb, I kender. Det skal kunne følges i næste samtale."
            },
            felter=("raad",),
        ),
        Trin(
            "Vis dem frem",
            10,
            {ALLE: "Læs jeres råd højt for de andre. Sig, hvor I har prøvet dem, og hvad der skete."},
            vis="for_alle",
        ),
        Trin(
            "Tænk sammen",
            10,
            {
                ALLE: "Hvilke råd går igen? Hvilket vil du selv prøve først? Tag det med i din læringspil eller logbog."
            },
            vis="for_alle",
        ),
    ),
)
OEVELSER: Final[Mapping[str, Slags]] = {
    one.key: one for one in (TRIADE, MOTIVATION, PLUS_MINUS, REFORMULERING, GODE_RAAD)
}

"""Own half: the writer's own reaction; what is observable; and, apart from both, praise or remarks without detail."""

from __future__ import annotations

from typing import Final

from .regel import Regel

OPLEVELSE: Final = (
    Regel(
        "jeg_blev",
        "jeg_blev",
        (
            "jeg|man ADV* HAVE? ADV* VAERE ADV* FOEL|JEGORD|ACT|RAMTE|PAAVIRK|JEGV|REAKN|HOLDN",
            "VAERE jeg|man ADV* FOEL|JEGORD|RAMTE|JEGV|HOLDN",
            "jeg|man ADV* blev|bliver",
            "blev|bliver jeg|man",
            "jeg VAERE ADV* i tvivl|vildrede|chok|gang",
            "VAERE jeg",
            "VAERE ADV* FOEL|PAAVIRK|ROS|DADEL|DADELSVAG|svært|hårdt|nemt|let for mig",
        ),
        ("jeg VAERE ADV* enig|uenig|vidne|med",),
    ),
    Regel(
        "jeg_foelte",
        "jeg_foelte",
        (
            "jeg|man ADV* HAVE|KAN? ADV* JEGV|MENTV",
            "JEGV jeg|man",
            "jeg ADV* JEGV",
            "jeg ADV* tænkte|tænker|troede|kom|tog|tabte|mistede|sad|gik|glemte|holdt|fulgte|trak|måtte|"
            "lærte|lærer|faldt",
            "tænkte|kom|tog|sad|gik|holdt|måtte jeg",
            "jeg|man ADV* HAVE|FAA ADV* EN? ... REAKN|lyst|svært|let|ondt|øje|brug|nemt",
            "HAVE|FAA jeg|man ADV* EN? ... REAKN|lyst|svært|let|ondt",
            "jeg ADV* KAN ADV* lide|mærke MIG|ADV|,|at|mit|min",
            "jeg ADV* KAN ADV* lide",
            "jeg ADV* savnede|savner ADV* at",
            "jeg ADV* ville ADV* gerne have? vide|vidst|hørt|høre|forstå|forstået",
            "jeg ADV* oplevede|opfattede|så|ser ... som",
            "jeg ADV* ved|forstod|forstår|fangede|hæftede|opdagede|mærkede|kender ADV* ikke|mig|selv|hvor|"
            "en|et",
            "min|mit|mine ADV* KROP",
            "KROP i mig|mit|min",
            "jeg .. ,? det ADV* VAERE ADV* svært|hårdt|nemt|rart|dejligt|skønt|ubehageligt|fedt|spændende "
            "at ADV* "
            "høre|se|følge|sidde|være|mærke|opleve",
        ),
        (
            "et eller andet",
            "jeg ADV* tænker ,? at? det ADV* gik|var|er|VAGV",
            "ROS ting at",
            "noget .... jeg ved ikke",
            "at sige|tilføje|udsætte",
        ),
    ),
    Regel(
        "paa_mig",
        "paa_mig",
        (
            "RAMTE|PAAVIRK|JEGV ADV* mig",
            "gav|giver|gjorde|gør|fik|får|satte|sætter|lod|efterlod|minder|mindede|holdt|tog|gik ... mig|"
            "mit|min|mine",
            "for|hos|på|i|ved mig",
            "mig som|selv|personligt",
            "føltes|føles",
            "op for mig",
            "kommer|kom|bag på mig",
            "man FAA ... REAKN",
        ),
        ("SIGE .. på|til|for mig", "kiggede|så .. på mig"),
    ),
)

SANSNING: Final = (
    "jeg ADV* HAVE? ADV* så|ser|se|hørte|hører|noterede|noterer|talte|bemærkede|observerede|registrerede|"
    "lagde|"
    "målte|opfangede|skrev|iagttog|noteret|talt|hørt|set|bemærket|skrevet|observeret|registreret|målt",
    "så|hørte|noterede|talte|bemærkede|observerede|registrerede|lagde|skrev|målte jeg",
    "jeg|man kunne|kan ADV* se|høre",
    "kunne|kan jeg|man ADV* se|høre",
    "min|mit|mine ADV* note|noter|notater|ur|blok|papir|stopur|optælling|liste|optegnelser|tælling|skema|"
    "noterne",
)
"""The writer perceives: what follows decides."""

KONKRET: Final = Regel(
    "konkret",
    "kamera",
    (
        "CITAT",
        "GENG",
        "et|en|én MAALT",
        "VAERE TAL $",
        "TAL|TALORD ADV* OBJ|MAALT|ACT|SIGE|PERSON|HUN",
        "DU|HUN ADV* HAVE? ADV* STAERK",
        "STAERK DU|HUN",
        "der ADV* VAERE|HAVE ADV* STAERK",
        "VAERE|blev der? ADV* STAERK",
        "DU|HUN ... OBJ",
        "at STAERK",
    ),
    (
        "TAL ud af TAL !OBJ !gange !SIGE",
        "TAL point|stjerner",
        "meget|lidt|andet|mere|godt|mange_ord at sige|tilføje|udsætte|indvende|bemærke",
        "i mål|øjet|øjenhøjde|skabet|hus",
        "rundt på gulvet",
        "plads til forbedring|forbedringer|mere|udvikling",
        "^ DU VAGV|ramte den|det",
    ),
)

DETALJE: Final = Regel(
    "detalje",
    "kamera",
    (
        "CITAT",
        "GENG",
        "TALORD ADV* OBJ|MAALT",
        "at|da|når|mens|fordi|hvor|som|hvordan|før|inden|efter DU|HUN ADV* HAVE? ADV* STAERK|SIGE|bruge|"
        "brugte|lod|gav|tog",
        "at|da|når|mens|fordi|hvor DU|HUN|VI ... OBJ",
        ",|og DU|HUN ADV* STAERK|SIGE",
        "at STAERK|SIGE",
        "^ DU|HUN ADV* STAERK|SIGE .... ,|og ADV* STAERK|SIGE",
    ),
    ("meget|lidt|andet|mere|godt|ting at sige|tilføje|udsætte|indvende|bemærke|komme",),
)

VAGT: Final = Regel(
    "vagt",
    "vagt",
    (
        "ROS",
        "^ GRAD* TILRAAB",
        "TILRAAB herfra|til|!",
        "VAGTING",
        "noget|nogle|nogen|lidt af hvert",
        "et par VAGTING",
        "par|nogle|flere|mange|visse punkter|steder|detaljer|dele|træk",
        "plads til",
        "et eller andet",
        "op og ned",
        "hist og her",
        "alt|hele|det hele ADV* VAERE|VAGV",
        "det VAGV ADV*",
        "bliv|kør|fortsæt|hold|keep",
        "en ROS? fornøjelse|oplevelse",
        "fornøjelse|oplevelse|forbedring|tommel|hatten|ros|blandet|rundt|lærerigt|mål|flow|orden|hus|"
        "skabet|plet",
        "DU VAGV den|det",
        "VAGV DU|det",
        "DU ADV* kom|fik|nåede|har|havde ADV* det|i|hele|fat|mest|meste|meget|rundt|godt|ROS|mål",
        "brugte|bruger|anvendte ... VAGTING|VAGEMNE",
        "enig",
        "sikke|sikken|hvilken",
        "VAGEMNE ADV* VAGV|forløb|flød",
        "intet|andet|noget at udsætte|tilføje|indvende",
        "gav den",
        "sad lige",
        "alt|det ADV* gik|går|forløb",
        "efter|over planen|bogen|forventning|forventet",
        "øjenhøjde|bogen|brikkerne|koden|plusser|minusser",
        "andre ADV* ikke",
        "meget|lidt|andet|mere|godt at sige|tilføje|udsætte",
        "TAL ud af TAL",
        "TAL point|stjerner",
        "sætte fingeren|ord på",
        "^ ADV* det|den VAERE|hang|gik|VAGV",
    ),
)

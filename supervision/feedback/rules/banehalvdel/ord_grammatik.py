"""Words of grammar: persons, adverbs, conjunctions, modal verbs, numbers. Class -> (paradigm, words)."""

from __future__ import annotations

from typing import Final

ORD: Final[dict[str, tuple[str, str]]] = {
    "JEG": ("ord", "jeg jg"),
    "MIG": ("ord", "mig mit min mine undertegnede"),
    "DU": ("ord", "du"),
    "DIG": ("ord", "dig jer"),
    "DIN": ("ord", "din dit dine jeres"),
    "HUN": ("ord", "han hun vedkommende"),
    "PERSON": (
        "person",
        "borger kvinde mand ansøger medlem deltager kursist kunde tolk mor far ægtefælle kæreste søn "
        "datter dreng "
        "pige herre dame bisidder partsrepræsentant mentor kollega kandidat praktikant elev klient patient "
        "arbejdsgiver sagsbehandler jobkonsulent konsulent vejleder rådgiver leder teamleder chef makker "
        "fyr unge "
        "jobsøgende sygemeldte ledige gæst forælder",
    ),
    "NAVN": (
        "ord",
        "mette anne maria peter hans lars søren jens michael thomas henrik kirsten hanne anna susanne "
        "lene marianne "
        "camilla louise pia charlotte christina helle gitte birgitte inger karen tina bente dorthe jette "
        "lone rikke "
        "sofie emma ida julie sara sarah laura freja jan christian martin morten anders niels jesper mads "
        "rasmus "
        "kim per ole tobias nikolaj jonas mikkel frederik emil simon ali ahmed mohammed mohamed fatima amina "
        "yasmin maja line trine signe stine heidi karin ulla erik bo claus carsten kaj palle bent",
    ),
    "HAM": ("ord", "ham hende dem"),
    "HANS": ("ord", "hans hendes deres sin sit sine"),
    "MAN": ("ord", "man"),
    "VI": ("ord", "vi os"),
    "VAERE": ("ord", "er var være været bliver blev blive blevet"),
    "VIRKE": (
        "ord",
        "virker virkede virket virke forekommer forekom fremstår fremstod fremtræder fremtrådte lyder lød "
        "lyde lydt "
        "syntes føltes føles",
    ),
    "HAVE": ("ord", "har havde have haft"),
    "FAA": ("ord", "får fik få fået"),
    "GOERE": ("ord", "gør gjorde gøre gjort"),
    "SE": ("ord", "ser så se set"),
    "TOM": ("ord", "som om"),
    "KAN": ("ord", "kan kunne ku"),
    "SKAL": ("ord", "skal skulle sku"),
    "BOER": ("ord", "bør burde burd"),
    "VIL": ("ord", "vil ville vil"),
    "MAA": ("ord", "må måtte"),
    "IKKE": ("ord", "ikke ik aldrig næppe hverken ingen intet ej"),
    "GANGE": ("ord", "altid aldrig evig evigt konstant bestandigt uafbrudt"),
    "GAET": (
        "ord",
        "nok vist sikkert måske mon garanteret vel åbenbart formentlig formodentlig sandsynligvis tydeligvis "
        "antageligt antagelig muligvis åbenlyst kanske øjensynligt utvivlsomt",
    ),
    "ADV": (
        "ord",
        "jo da også bare ikke lidt meget ret så helt virkelig rigtig rigtigt faktisk altså stadig igen "
        "lige nu der "
        "her selv fuldstændig fuldstændigt totalt temmelig ganske vældig vældigt utrolig utroligt "
        "ekstremt enormt "
        "særlig særligt bestemt absolut simpelthen dog ellers samtidig pludselig pludseligt hurtigt langsomt "
        "hele tiden først bagefter derefter undervejs efterhånden allerede kun netop tydeligt tydelig "
        "synligt "
        "åbenbart noget smule en mere mest mindre ekstra jævnt let bare hver gang altid aldrig typisk tit "
        "ofte "
        "sjældent sommetider begge to trods langt dybt stærkt inderligt oprigtigt åbenlyst mærkbart "
        "yderst højst gevaldigt anelse "
        "frygtelig frygteligt forfærdelig forfærdeligt voldsomt ligesom nærmest mega super kanon hammer "
        "skide pisse fucking vanvittig "
        "vanvittigt ualmindelig ualmindeligt usædvanlig usædvanligt overraskende alt godt egentligt generelt "
        "overordnet ren rent specielt især både heller endnu længe meget mildest direkte decideret "
        "personligt "
        "indimellem til tider i dag måske nok vist sikkert mon vel sgu helst egentlig faktisk også sådan "
        "umiddelbart ærligt gerne hellere slet overhovedet noget rimelig rimeligt forholdsvis temmeligt "
        "stort "
        "mindst måske bagud vildt smadder møg total sindssygt meget klart altså hverken næsten",
    ),
    "GRAD": (
        "ord",
        "meget lidt ret så helt virkelig rigtig rigtigt temmelig ganske vældig utrolig utroligt ekstremt "
        "enormt særlig "
        "særligt simpelthen fuldstændig fuldstændigt totalt super mega kanon noget mere mest for alt bare "
        "absolut "
        "rimelig ualmindelig usædvanlig overraskende sindssygt vildt skide pisse vanvittig smadder hammer",
    ),
    "AT": ("ord", "at"),
    "HV": ("ord", "hvad hvem hvilken hvilket hvilke hvordan hvorfor hvornår hvor hvorvidt hvorhen"),
    "OM": ("ord", "om"),
    "LED": ("ord", "da når mens imens fordi inden før efter at hvor som der"),
    "EN": ("ord", "en et den det de denne dette disse nogle mange flere al alle hele"),
    "TAL": (
        "ord",
        "nul to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten "
        "nitten tyve tredive fyrre halvtreds tres halvfjerds firs halvfems hundrede",
    ),
    "TALORD": (
        "ord",
        "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten "
        "nitten tyve "
        "tredive fyrre halvtreds tres halvfjerds firs halvfems hundrede første anden tredje fjerde femte "
        "sidste",
    ),
    "NEUTRAL": (
        "adj",
        "alene stille tavs færdig ude inde der her på til stede først sidst hjemme sammen henne væk forbi "
        "gang forsinket "
        "iført nede oppe ansat vant født gift skilt ledig sygemeldt logget mødt gået kommet blevet enig "
        "uenig klar hurtig "
        "langsom høj lav gammel ung ny ældre blå rød grøn sort hvid gul åben lukket tændt slukket tom "
        "fuld halv hel kort "
        "lang stor lille våd tør varm kold mørk lys tæt fjern skrå rund flad venstre højre midt foran bag "
        "ved over under "
        "ens samme anden tredje sidste første næste hæs forkølet syg rask gravid barfodet skaldet skægget "
        "klædt brun "
        "grå tyk tynd bred smal let tung nær afsted igang videre tilbage parkeret placeret sendt skrevet "
        "nævnt ankommet "
        "medlem far mor gæst vært ene vikar ordstyrer eneste optaget i_gang deltidsansat fuldtidsansat "
        "arbejdsløs",
    ),
    "MAALT": (
        "ord",
        "gang gange minutters sekunders timers minut minutter minuttet minutterne sekund sekunder kvarter "
        "klokken procent timer time "
        "halvtime "
        "kvarteret kl min sek stk pct",
    ),
}

PRAEPOSITION: Final = "til med på i om af for fra ved hos over under efter mellem mod uden hen op ned ud ind"

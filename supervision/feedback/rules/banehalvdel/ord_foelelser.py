"""Words of the inner life: feelings, attitudes, wishes, thoughts, bodily reactions. Class -> (paradigm, words)."""

from __future__ import annotations

from typing import Final

ORD: Final[dict[str, tuple[str, str]]] = {
    "FOEL": (
        "adj",
        "nervøs træt ked glad lettet bange usikker utryg tryg stresset presset irriteret vred frustreret "
        "skuffet "
        "ligeglad fortravlet distraheret utålmodig oprevet ophidset sur gal rasende bitter trist "
        "ulykkelig lykkelig "
        "fro munter opstemt begejstret ivrig spændt anspændt afslappet rolig urolig bekymret ængstelig angst "
        "forskrækket chokeret rystet paf overrasket forbavset forundret undrende forvirret forvildet "
        "fortabt ensom "
        "såret krænket fornærmet stødt provokeret truet forurettet flov pinlig skamfuld genert forlegen "
        "beskæmmet "
        "stolt tilfreds utilfreds håbefuld håbløs modløs opgivende mismodig desillusioneret nedtrykt "
        "deprimeret "
        "nedslået apatisk udmattet udkørt udbrændt overvældet overbelastet overrumplet stressramt motiveret "
        "umotiveret demotiveret nysgerrig optaget fascineret betaget rørt bevæget berørt grebet "
        "inspireret taknemmelig "
        "taknemlig misundelig jaloux skeptisk mistroisk mistænksom tvivlende tøvende ambivalent "
        "afventende forbeholden fjern fraværende åndsfraværende ukoncentreret træls keder "
        "ilde utilpas hektisk rastløs sulten syg ør hudløs sårbar skrøbelig påvirket forelsket imponeret "
        "lamslået mundlam "
        "afklaret uafklaret opsat indstillet forbitret desperat panisk fortvivlet opløftet lettede varm "
        "kold tung "
        "bagud bundet splittet mæt klemt ramt trykket opslugt vagtsom oplagt uoplagt sløv nedtur henrykt "
        "ekstatisk "
        "ydmyg blufærdig fornøjet misfornøjet mut tvær mopset fornærmet hidsig eksplosiv aggressiv fjendtlig "
        "vrangvillig modig tryghedssøgende forhippet resolut kampklar uengageret uinteresseret medgørlig "
        "irettesat overset underkendt ignoreret tilsidesat anerkendt respekteret forstået misforstået "
        "hængt udstillet "
        "uinspireret ugidelig overanstrengt overtræt fornægtende selvbevidst ufri befippet befængt "
        "melankolsk "
        "lammet forpustet omtumlet uforstående anstrengt afmægtig magtesløs hjælpeløs rådvild rundtosset "
        "blank "
        "befriet ansporet opmuntret modvillig uvillig genstridig stædig forudindtaget fordomsfuld "
        "samarbejdsvillig forsonlig resigneret ophøjet overbevist fokuseret selvsikker usikre ufokuseret "
        "velvillig medfølende solidarisk skyldig skyldbetynget hævngerrig nostalgisk "
        "konfliktsky genert forsigtig kontrollerende beskyttende parat klar vaks vågen søvnig",
    ),
    "HOLDN": (
        "adj",
        "engageret interesseret nærværende opmærksom åben lukket imødekommende tilbageholdende afvisende "
        "defensiv "
        "forstående lyttende indlevende selvsikker sikker positiv negativ aktiv passiv investeret "
        "velforberedt uforberedt kritisk kold ligefrem venlig",
    ),
    "JEGORD": (
        "adj",
        "klog klar opmærksom bevidst mindet inddraget velkommen tilpas eftertænksom tavs stille lun "
        "mindre større lille rank ukoncentreret i_tvivl tung let fri revet fanget hægtet sat ramt trukket "
        "opslugt stum bekræftet set hørt mødt holdt vild",
    ),
    "MENTV": (
        "verbum",
        "ønske tro/tror/troede/troet mene håbe frygte føle kede nyde/nød/nydt elske hade "
        "gide/gider/gad/gidet "
        "turde/tør/turde/turdet orke magte overskue fortryde/fortrød/fortrudt forvente "
        "misforstå/misforstod/misforstået "
        "bekymre ærgre skamme irritere foretrække/foretrak/foretrukket savne længes drømme glæde frustrere "
        "respektere foragte acceptere undervurdere overvurdere mistro tvivle hige hungre fatte "
        "begribe/begreb/begrebet "
        "beundre mistænke resignere panikke gruble acceptere erkende indse/indså/indset opfatte fornemme",
    ),
    "TAENKE": ("verbum", "tænke vide/ved/vidste/vidst forstå/forstod/forstået kende overveje huske føle"),
    "EVNE": (
        "verbum",
        "turde/tør/turde/turdet gide/gider/gad/gidet orke magte overskue fatte begribe/begreb/begrebet "
        "forstå/forstod"
        "/forstået nænne ønske tro/tror/troede/troet",
    ),
    "PAAVIRK": (
        "verbum",
        "provokere såre skræmme motivere berolige frustrere irritere overvælde krænke forvirre lamme "
        "inspirere "
        "opmuntre intimidere presse overrumple glæde lette trøste støde chokere genere",
    ),
    "FOELN": (
        "navneord",
        "frygt angst vrede glæde sorg skam skyld håb tvivl usikkerhed utryghed tryghed lettelse skuffelse "
        "irritation "
        "frustration nervøsitet modstand motivation lyst ulyst selvtillid selvværd tillid mistillid "
        "bekymring "
        "bitterhed jalousi stolthed modvilje skepsis ambivalens træthed utålmodighed panik fortvivlelse "
        "desperation opgivenhed håbløshed magtesløshed afmagt entusiasme engagement intention "
        "hensigt motiv fordom uvilje sårbarhed taknemmelighed begejstring selvsikkerhed "
        "længsel nysgerrighed uro stress tro tiltro overskud gejst tolerance vilje "
        "resignation forvirring samvittighed ærgrelse foragt afsky medlidenhed begær misundelse optimisme "
        "pessimisme "
        "gnist fortrolighed distance kærlighed savn ensomhed indignation forargelse fortvivlelse "
        "arrogance fordom",
    ),
    "DIAG": (
        "navneord",
        "depression angst adhd add autisme asperger stress misbrug alkoholproblem alkoholmisbrug ptsd "
        "bipolar "
        "skizofreni spiseforstyrrelse personlighedsforstyrrelse diagnose psykose borderline udbrændthed "
        "socialfobi ocd hjernerystelse ordblindhed demens traume tilknytningsforstyrrelse",
    ),
    "DIAGADJ": (
        "adj",
        "ordblind autistisk alkoholisk psykotisk traumatiseret bipolar skizofren hypokonder alkoholiker "
        "narcissist "
        "narcissistisk deprimeret perfektionist kontrolfreak misbruger kontrolmenneske",
    ),
    "REAKN": (
        "navneord",
        "klump gåsehud tåre kuldegysning sommerfugl smil lyst ro uro følelse fornemmelse knude åndenød "
        "hjertebanken respekt medfølelse håb energi mod lettelse glæde overblik billede idé aha-oplevelse "
        "ahaoplevelse trang tanke indtryk hovedpine kvalme sus stik eftertanke nysgerrighed uro træthed "
        "spænding "
        "interesse varme tryghed vemod sorg vrede irritation frustration tvivl mavepine forvirring blik "
        "appetit "
        "oplevelse chok ondt dårlig",
    ),
    "KROP": (
        "navneord",
        "hjerte mave skulder hals krop puls nakke bryst hånd hænder åndedræt vejrtrækning øje fod fødder "
        "hår ryg "
        "tanke koncentration tålmodighed opmærksomhed hoved interesse nysgerrighed humør energi fokus "
        "billede "
        "forestilling forventning uro kæber ben indre reaktion følelse oplevelse fornemmelse læring gåsehud",
    ),
    "JEGV": (
        "verbum",
        "føle mærke savne nyde/nød/nydt undre glæde overraske røre/rørte ramme bevæge forbløffe smile "
        "græde/græd/grædt "
        "slappe ærgre frygte håbe bekymre spekulere krympe hæfte hoppe/hoppede rødme sukke drømme beundre "
        "fornemme synke/sank/sunket grine/grinede le/lo fryde gyse/gøs/gyst fare tabe miste rives kede "
        "længes misforstå/misforstod/misforstået forestille inspirere "
        "kæmpe svede fryse/frøs/frosset gabe genkende "
        "identificere stivne huske elske ønske skamme irritere frustrere "
        "fascinere stoppe tvivle tænke forstå/forstod/forstået lære "
        "glæde",
    ),
    "RAMTE": (
        "verbum",
        "ramme røre/rørte bevæge overraske glæde forvirre berolige inspirere imponere irritere undre "
        "forbløffe "
        "provokere varme fascinere rive/rev/revet trække/trak/trukket minde gribe/greb/grebet forskrække "
        "genere trøste "
        "opløfte fange beskæftige optage/optog/optaget lette distrahere forstyrre hjælpe/hjalp/hjulpet "
        "støde lære "
        "vække inspirere tirre slå/slog/slået",
    ),
}

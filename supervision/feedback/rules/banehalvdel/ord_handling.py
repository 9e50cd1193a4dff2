"""Words of acts and things that a camera or a microphone could confirm. Class -> (paradigm, words)."""

from __future__ import annotations

from typing import Final

ORD: Final[dict[str, tuple[str, str]]] = {
    "SIGE": (
        "verbum",
        "sige/siger/sagde/sagt fortælle/fortalte/fortalt spørge/spurgte/spurgt svare forklare nævne "
        "skrive/skrev"
        "/skrevet/skreven gentage/gentog/gentaget opsummere foreslå/foreslog/foreslået bede/bad/bedt love "
        "bekræfte "
        "aftale råbe hviske udbryde/udbrød/udbrudt indrømme påstå/påstod/påstået understrege tilføje indskyde"
        "/indskød/indskudt citere referere berette oplyse informere meddele beskrive/beskrev/beskrevet betro "
        "fortsætte/fortsatte/fortsat nikke advare pointere konstatere erklære benægte nægte protestere "
        "indvende mumle kommentere afvise/afviste/afvist formulere kalde omtale melde annoncere præsentere "
        "opfordre anbefale råde tilbyde/tilbød/tilbudt efterlyse bemærke takke klage ringe smse maile "
        "læse notere "
        "udtale udtrykke/udtrykte/udtrykt uddybe præcisere gengive/gengav/gengivet parafrasere spejle rose "
        "undskylde beklage brokke sætte_ord konkludere skælde bede stille/stillede/stillet besvare",
    ),
    "ACT": (
        "verbum",
        "tage/tog/taget give/gav/givet lægge/lagde/lagt sætte/satte/sat sidde/sad/siddet stå/stod/stået "
        "ligge/lå/ligget "
        "rejse/rejste/rejst gå/gik/gået løbe/løb/løbet hente bringe/bragte/bragt række/rakte/rakt pege "
        "vise trykke "
        "klikke scrolle taste skrive/skrev/skrevet notere tegne læse printe udskrive/udskrev/udskrevet "
        "kopiere scanne "
        "åbne lukke banke ringe sende/sendte/sendt modtage/modtog/modtaget kigge se/så/set stirre "
        "vende/vendte/vendt "
        "dreje læne bøje rette sænke hæve løfte ryste nikke smile grine le/lo/let græde/græd/grædt hoste "
        "sukke gabe "
        "tørre vaske drikke/drak/drukket spise hælde/hældte/hældt holde/holdt slippe/slap/sluppet "
        "gribe/greb/grebet "
        "kaste/kastede tabe samle stable flytte skubbe trække/trak/trukket rykke skifte begynde/begyndte "
        "begyndt starte slutte afslutte stoppe afbryde/afbrød/afbrudt tie/tav/tiet vente tælle/talte/talt "
        "tale "
        "snakke diskutere drøfte udfylde/udfyldte underskrive/underskrev/underskrevet krydse strege markere "
        "opsummere gentage/gentog/gentaget spørge/spurgte/spurgt sige/siger/sagde/sagt svare nævne "
        "forklare fortælle"
        "/fortalte/fortalt bede/bad/bedt spejle præsentere hilse byde/bød/budt følge/fulgte/fulgt "
        "lade/lod/ladet "
        "bruge stille/stillede lytte komme/kom/kommet ankomme forlade/forlod/forladt møde/mødte/mødt "
        "besøge lede/ledte gennemgå/gennemgik/gennemgået runde aftale planlægge/planlagde/planlagt booke "
        "indkalde "
        "oplæse kalde formulere foreslå/foreslog/foreslået tilbyde/tilbød/tilbudt undersøge "
        "finde/fandt/fundet "
        "slå/slog/slået søge trommede tromme vippe klø pille rømme sætte/satte/sat sammenligne beregne regne "
        "registrere logge hente downloade uploade dele uddele overdrage aflevere klappe kramme trøste hviske "
        "råbe synge/sang/sunget fløjte puste snøfte blinke rødme ånde svede forholde spole opremse remse "
        "liste "
        "inddele nummerere opdele ridse skitsere illustrere demonstrere instruere "
        "oversætte/oversatte/oversat tolke "
        "stave rime citere rose takke undskylde invitere inddrage/inddrog/inddraget henvende/henvendte "
        "henvise/henviste "
        "introducere indlede fremlægge/fremlagde/fremlagt vare fylde/fyldte trippe vifte pakke tage_imod "
        "anvise bevæge træde/trådte/trådt lyse bippe hænge/hang/hængt opdatere rette slette tilføje "
        "vinke folde krydse tjekke afvente udpege gestikulere parkere hejse reagere kvittere sammenfatte "
        "indtaste "
        "bekræfte opfordre spidse knytte tilpasse fjerne dæmpe rulle sno tysse springe/sprang/sprunget "
        "binde/bandt/bundet "
        "låne gemme servere placere dække løsne stramme klemme røre/rørte berøre/berørte nynne udtale "
        "forberede "
        "anerkende/anerkendte skelne fokusere koncentrere skabe/skabte sørge forsøge træne støtte bevare "
        "variere pendle "
        "justere uddybe bruge bakke koble spore foretage/foretog spænde",
    ),
    "OBJ": (
        "navneord",
        "bord stol skærm telefon mobil computer tastatur mus papir blok kuglepen tavle whiteboard skema "
        "dør vindue "
        "jakke taske kop vand kaffe glas kalender ur kort mappe brev mail seddel post-it planche plakat "
        "printer "
        "cv joblog jobplan jobopslag opslag ansøgning kontrakt samtykke referat journal lønseddel "
        "kørekort kursus "
        "praktik løntilskud dagpenge kontanthjælp sygedagpenge barsel ferie økonomi bolig fagforening "
        "a-kasse "
        "virksomhed butik lager børnehave køkken plejehjem værksted kantine truck bus bil cykel spørgsmål "
        "skalaspørgsmål opfølgningsspørgsmål hv-spørgsmål hvad-spørgsmål nøgleord svar ord sætning citat "
        "begreb emne "
        "dagsorden formål mål aftale frist dato tidspunkt pause skala tal opsummering afbrydelse tavshed "
        "stilhed side linje punkt rubrik kryds streg pil cirkel tegning arm hånd hoved ansigt øje "
        "øjenbryn mund "
        "stemme skulder finger fod ben krop blik øjenkontakt håndtryk navn fornavn barn datter søn chef "
        "arbejdsplads "
        "fritid weekend netværk nabo hund læge sygdom smerte ryg knæ medicin uddannelse eksamen erfaring "
        "job stilling branche fag lov regel paragraf sanktion ret pligt a-job b-job c-job abc-plan "
        "min_plan målet lokale gang receptionen reception rum loft væg lys tolk serviet lommetørklæde "
        "briller jakke hue kasket mappe folder brochure pjece link hjemmeside jobnet tastetryk robot "
        "rammesætning ja nej tak vej haven have fabrik trappe tår tåre mor familie mand kone forslag "
        "argument eksempel historie vittighed lektie hjemmeopgave opgave øvelse bilag fil note notat "
        "plejecenter hotel restaurant bageri skole rengøring butiksjob kontor kollega øvebane talestrøm",
    ),
    "BYDEVERBUM": (
        "verbum",
        "huske prøve tænke overveje bede/bad/bedt lade/lod/ladet give/gav/givet tage/tog/taget "
        "stille/stillede "
        "spørge/spurgte/spurgt bruge vente øve passe undgå/undgik/undgået undlade/undlod begynde/begyndte "
        "starte "
        "slutte afslutte læg lægge/lagde/lagt sætte/satte/sat skrive/skrev gøre/gjorde sige/sagde "
        "fortælle/fortalte "
        "vise holde/holdt lytte kigge se/så gå/gik tal tale snakke stoppe afbryde/afbrød "
        "tie/tav sørge "
        "forsøge søge finde/fandt inddrage/inddrog invitere ringe sende/sendte printe opsummere "
        "gentage/gentog "
        "aftale planlægge/planlagde forklare uddybe nævne fokusere koncentrere droppe skippe springe/sprang "
        "vende/vendte dreje træde/trådte skabe/skabte stole spejle sænke hæve forbered forberede "
        "anerkende/anerkendte "
        "rose smile ræk række/rakte byde/bød læse notere tegne opdele dele tage_imod få/fik være/var "
        "undersøge "
        "tælle/talte følge/fulgte hjælpe/hjalp træne arbejde glemme/glemte skrue kalde skifte flytte "
        "tillade/tillod "
        "åbne lukke rykke indlede runde skære/skar gem gemme tjekke hente slippe/slap støtte indkalde "
        "introducere præsentere sikre udnytte afprøve genoptage/genoptog variere tilbyde/tilbød "
        "foreslå/foreslog "
        "lægge/lagde minde bevare justere sammenfatte opfordre formulere afstemme evaluere rette "
        "vælge/valgte "
        "udvide skabe afdæk afdække konkretisere forventningsafstem forventningsafstemme stræbe dvæle nøjes",
    ),
}
BYD_IKKE: Final = (
    "ros svar tal ring vis tryk læs råb gå få se så tjek stop lån klap print kald fyld hold håb frygt "
    "savn mål kram "
    "træk start skift støt følg sid stå form søg spring ret led tag lad sig kom bed gør"
)
"""Stems that are nouns or other verb forms too: an imperative only where nothing else could stand."""

"""Words of verdict, praise and vagueness. Class -> (paradigm, words)."""

from __future__ import annotations

from typing import Final

ORD: Final[dict[str, tuple[str, str]]] = {
    "ROS": (
        "adj",
        "god fin flot super dejlig skøn fantastisk fremragende udmærket glimrende perfekt kanon okay ok "
        "ideel lækker "
        "pæn fed cool nice sej alletiders herlig storartet formidabel fornem smuk vellykket vidunderlig "
        "imponerende "
        "brillant prima strålende fortrinlig upåklagelig hæderlig tilfredsstillende acceptabel brugbar "
        "nydelig "
        "interessant spændende lærerig inspirerende givende solid stærk gavnlig positiv velfungerende rar "
        "hyggelig "
        "behagelig gennemført helstøbt overbevisende forbilledlig professionel rutineret passende "
        "effektiv konstruktiv velvalgt elegant skarp nem let bedre bedst velkørt opløftende "
        "bemærkelsesværdig "
        "mønstergyldig uovertruffen enestående topklasse topkarakter top fabelagtig megagod superflot "
        "velstruktureret velafbalanceret fornøjelig fænomenal eminent suveræn fejlfri fortræffelig "
        "gedigen værdifuld "
        "ypperlig sublim fornuftig forrygende kongenial kongelig verdensklasse himmelsk gudsbenådet "
        "velgørende "
        "nydelsesfuld virkningsfuld velgennemført veltilrettelagt velproportioneret overskuelig relevant "
        "meningsfuld hensigtsmæssig",
    ),
    "PERSONROS": (
        "adj",
        "sød charmerende vaks vågen åndsnærværende forstandig retfærdig loyal pligtopfyldende arbejdsom "
        "flittig vellidt populær beundringsværdig elegant fornem snild generøs gavmild kærlig hjertevarm "
        "storsindet kyndig sagkyndig ihærdig udholdende vedholdende målrettet handlekraftig "
        "initiativrig smilende veltalende intuitiv følsom begavet lynhurtig selvstændig stabil pålidelig "
        "habil energisk frisk underholdende morsom jordnær besindig afbalanceret uovertruffen genial unik "
        "exceptionel fænomenal eminent suveræn velbevandret forbilledlig fejlfri overlegen trygt trøstende "
        "medlevende favnende nærværsskabende motiverende betryggende afvæbnende insisterende tydelig "
        "anstændig imponerende dreven garvet fremsynet løsningsorienteret "
        "dygtig empatisk professionel kompetent tålmodig venlig varm omsorgsfuld klog intelligent skarp "
        "sej god "
        "fantastisk fremragende cool dejlig faglig fagligt engageret nærværende imødekommende lyttende "
        "indlevende "
        "rummelig anerkendende struktureret velforberedt ordentlig pædagogisk naturlig erfaren grundig "
        "effektiv omhyggelig respektfuld diplomatisk kreativ opfindsom inspirerende karismatisk humoristisk "
        "modig ærlig troværdig tillidsvækkende autentisk fleksibel stærk blid sød rar flink hjertelig "
        "menneskelig rolig velformuleret overbevisende behagelig opmærksom interesseret åben selvsikker "
        "sikker "
        "forstående positiv velvalgt super ferm ferme bedre bedst talentfuld medmenneskelig nænsom kvik "
        "ansvarsbevidst ansvarlig punktlig dedikeret ambitiøs direkte tydelig klar præcis konkret "
        "fokuseret hjælpsom høflig rutineret velbegavet skøn enestående uundværlig sjov",
    ),
    "PERSONDADEL": (
        "adj",
        "flabet sløj forvirret ukoncentreret uduelig ubrugelig utilgængelig ufleksibel ubeslutsom "
        "ubalanceret uorganiseret upædagogisk ujævn uinteressant uimodtagelig utålelig urimelig uretfærdig "
        "usikkerhedsskabende fodslæbende træg dvask gnaven nærig sarkastisk ironisk spydig ondskabsfuld "
        "nederdrægtig falsk hyklerisk selvretfærdig selvhøjtidelig opblæst storsnudet snobbet hoven "
        "kvalmende klam pinagtig forfængelig skødesløs sløset lemfældig lalleglad letsindig overfladisk "
        "tankeløs ubetænksom taktløs klodset umodtagelig dominant pladderhumanistisk gammeldags forældet "
        "konservativ stivsindet tung pedantisk petitessepræget pernitten kværulantisk larmende rapkæftet "
        "kæk smart snerpet forsagt frygtsom fejg fedtet lusket slesk underdanig tandløs vag viljeløs "
        "holdningsløs styrende stressende jappende forceret kunstig påtaget tillært skolemesteragtig "
        "lærerinde-agtig "
        "rodet kontant kynisk arrogant dominerende bossy nedladende belærende bedrevidende selvglad "
        "selvoptaget egoistisk doven sløv sjusket ustruktureret uforberedt usaglig uprofessionel inkompetent "
        "uduelig upædagogisk ufølsom uempatisk ukritisk naiv overfladisk firkantet rigid bureaukratisk "
        "autoritær kontrollerende manipulerende respektløs uhøflig uforskammet fræk grov brysk dårlig "
        "elendig håbløs umulig irriterende anmassende grænseoverskridende pågående snakkesalig vævende uklar "
        "uærlig utroværdig upålidelig upræcis kedelig robotagtig mekanisk distanceret usympatisk ubehagelig "
        "ubehøvlet hensynsløs dømmende fordømmende moraliserende formanende ukoncentreret useriøs umoden "
        "barnlig klodset kluntet forkert dum besværlig krævende pedantisk negligerende blødsøden "
        "eftergivende "
        " skrap uopmærksom ueffektiv ineffektiv ansvarsløs uansvarlig pinlig pylret tvær forudsigelig "
        "højrøstet larmende nærtagende ulidelig uengageret indelukket ustabil overlegen småtskåren fejlagtig",
    ),
    "PERSONDADELSVAG": (
        "adj",
        "kort hård kold svag langsom negativ kritisk passiv sjov tør tung lad let afvisende blød stiv "
        "streng åben lukket høj direkte ulden forvirrende",
    ),
    "DADEL": (
        "adj",
        "uhørt forfejlet horribel utilstedelig utilladelig forkastelig kritisabel meningsforstyrrende "
        "inkonsekvent selvmodsigende usammenhængende uoverskuelig ulogisk uretfærdig urimelig utroværdig "
        "uvæsentlig irrelevant overgearet intetsigende tilfældig forældet tåkrummende søvndyssende dræbende "
        "trættende anmassende demotiverende nedslående nedværdigende ydmygende krænkende stødende udansk "
        "upræcis ukorrekt ubehjælpsom ubehøvlet umulig vanvittigt grotesk latterlig ulovlig amatøragtig "
        "sløset slatten bagvendt kluntet knastør kedsommelig langstrakt opstyltet skabelonagtig "
        "rutinemæssig standardiseret lemfældig bureaukratisk patetisk fordrejet misvisende vildledende "
        "dårlig elendig forkert rodet sjusket svag overfladisk kedelig uprofessionel pinlig kaotisk "
        "forhastet mislykket mangelfuld manglende utilstrækkelig ubrugelig værdiløs tåbelig dum idiotisk "
        "fjollet "
        "fejlagtig ufokuseret ustruktureret usammenhængende upassende uhensigtsmæssig uklar ulden mekanisk "
        "monoton langtrukken uacceptabel kritisabel kritikabel skuffende katastrofal rædsom rædselsfuld "
        "nedladende respektløs uforskammet uhøflig grov upædagogisk ufølsom klodset kluntet useriøs "
        "inkompetent ineffektiv meningsløs spildt banal irriterende grænseoverskridende belærende "
        "moraliserende amatøragtig tidsspilde dilettantisk problematisk utilgivelig håbløs overflødig "
        "malplaceret fortænkt skidt skod lortet jammerlig sørgelig middelmådig uigennemtænkt uforberedt "
        "rutinepræget kringlet uforståelig langsommelig utjekket ucharmerende uelegant dømmende "
        "fordømmende",
    ),
    "DADELSVAG": (
        "adj",
        "lukket ledende flad stiv tør tynd skæv anstrengt stresset trykket tam "
        "ligegyldig unødvendig ensidig frustrerende forfærdelig ubehagelig frygtelig forvirrende akavet "
        "indviklet tvetydig uheldig træls",
    ),
    "DADELN": (
        "navneord",
        "fejl lavpunkt bundniveau nedtur fejlskud makværk selvmål pinestund fiasko katastrofe rod "
        "rodebutik makværk sjusk kaos svigt spild tidsspilde bommert brøler skandale rædsel "
        "flop møg lort skam pligtforsømmelse overtramp fadæse kiks klovneri vrøvl ævl pjat sludder vås "
        "pinlighed lussing uvane "
        "kvaler tåbelighed amatørisme forsømmelse",
    ),
    "ROSPERSON": (
        "navneord",
        "talent naturtalent stjerne forbillede rollemodel mester ekspert haj ørn champion guldklump engel "
        "klippe "
        "supermand superwoman superhelt dronning konge perle fagperson "
        "inspirator ildsjæl troldmand virtuos geni es knag ener",
    ),
    "FOLK": (
        "navneord",
        "lytter sagsbehandler kollega vejleder rådgiver konsulent menneske fagperson person samtalepartner "
        "formidler jobkonsulent type kommunikator spørger underviser coach facilitator medarbejder mødeleder",
    ),
    "DADELPERSON": (
        "navneord",
        "rodehoved rodebutik skolelærer skolemester bureaukrat paragrafrytter robot diktator dommer "
        "politimand "
        "sludrechatol kværulant amatør idiot klovn bedrevider sjuskehoved dovenkrop kontrolfreak hystade "
        "tosse "
        "drama-dronning plapremaskine blødmand tyran ignorant fjols",
    ),
    "FORMEGET": (
        "ord",
        "meget lidt mange få lang langt lange kort korte hurtig hurtigt hurtige langsom langsomt "
        "langsomme høj højt "
        "høje lav lavt lave sen sent sene senere tidlig tidligt tidlige tæt tætte hård hårdt hårde blød "
        "blødt bløde "
        "kontant kontante direkte stille svær svært svære let nem nemt lukket lukkede åben åbent åbne "
        "ledende streng "
        "strengt strenge bred bredt smal smalt uklar uklart uklare rodet rodede overfladisk overfladiske "
        "pågående "
        "passiv passive aktiv aktive styrende dominerende formel formelt formelle uformel flyvsk kompliceret "
        "komplicerede teknisk teknisk tekniske abstrakt abstrakte generel generelle bureaukratisk stor "
        "stort store "
        "lille små tung tungt tunge dårlig dårligt svag svagt ivrig ivrige flink flinke venlig snakkesalig "
        "sjældent ofte tit privat private personlig personligt vag vage ukonkret stiv stift stive hastig "
        "hastigt "
        "presset voldsom voldsomt insisterende eftergivende forsigtig forsigtigt sød søde forhastet "
        "blødsøden grov "
        "skrap skarp skarpt gammeldags faglig fagligt langtrukken upræcis firkantet negativ negativt positiv "
        "optimistisk pessimistisk naiv autoritær lemfældig slap slapt overbærende tør tørt kedelig",
    ),
    "SVIGTE": (
        "verbum",
        "glemme svigte forsømme fejle sjuske ødelægge/ødelagde/ødelagt kludre dumme spilde dominere mase "
        "køre_over tromle overse/overså/overset ignorere negligere forpasse tabe vrøvle ævle plapre "
        "nedgøre/nedgjorde"
        "/nedgjort latterliggøre ydmyge patronisere bagatellisere misbruge forplumre "
        "rode bluffe kikse sludre lalle belære overfuse undervurdere mishandle overhøre "
        "tilsidesætte/tilsidesatte"
        "/tilsidesat umyndiggøre/umyndiggjorde svine",
    ),
    "VAGTING": (
        "navneord",
        "ting element område aspekt pointe teknik metode værktøj redskab "
        "bemærkning moment "
        "forbedring styrke svaghed udviklingspunkt udviklingsmulighed potentiale kvalitet noget gran smule "
        "greb forhold kommentar input niks takt nogenlunde halvdel drejning",
    ),
    "VAGEMNE": (
        "navneord",
        "samtale forløb måde stil indsats energi stemning struktur flow arbejde afslutning indledning "
        "begyndelse "
        "start slutning ramme kontakt atmosfære tone præstation helhed håndtering tilgang metode "
        "teknik spørgsmål spørgeteknik kemi relation ting resultat session møde stykke job proces oplevelse "
        "fornøjelse retning spor linje niveau vej balance dynamik udvikling fremgang rytme tempo brug plan "
        "samspil dialog styring lytning oplæg værktøj redskab forberedelse opsamling opsummering facon "
        "dag runde "
        "det_hele alt helhedsindtryk indtryk forstyrrelse opstart sammenhæng timing gennemgang formidling "
        "vinkel "
        "præsentation omgang præg samarbejde rundt",
    ),
    "VAGV": (
        "verbum",
        "klare håndtere tackle takle køre fungere gå/gik/gået spille lykkes/lykkedes gøre/gjorde/gjort virke "
        "løse løfte præstere levere styre mestre udføre gennemføre ramme sidde/sad/siddet "
        "navigere anvende arbejde kunne bidrage glide/gled/gledet",
    ),
    "TILRAAB": (
        "ord",
        "godt flot super stærkt kanon sejt fedt fint bravo hurra ros tillykke top toppen hatten perfekt "
        "yes wow nice "
        "respekt thumbs klap tak glimrende fremragende awesome great well keep high skønt imponerende "
        "herligt "
        "superflot supergodt sådan lækkert topklasse bum bingo nailed",
    ),
}

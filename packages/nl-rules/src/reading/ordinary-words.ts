/**
 * Common English words, in their usual spelling. What stands here is no typing mistake of another word, and in lower
 * case no name of a place: "older" is not "order", and nobody lives in "store".
 *
 * From SCOWL (Spell Checker Oriented Word Lists), copyright 2000-2004 by Kevin Atkinson. Permission to use, copy,
 * modify, distribute and sell these word lists for any purpose is granted without fee, provided that this notice
 * appears in all copies; no representations are made about the suitability of the lists for any purpose.
 */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `
abandon abide abilities ability able abode abolish abort aborted aborts about above abroad absence absent absents
absolute absolutely absorb absorbs absurd abuse abused abuses abusing abusive abysmal academic accent accented
accents accept acceptable accepted accepting accepts access accessible accident accidental accidentally accord
accorded according accordingly accords account accounts accuracy accurate accuse accused accuses ace achieve
achieved achieves achieving acid acme acorn acquire acquired acquires acquiring acronym across act acted acting
action actions active activities activity actor actors acts actual actually acute adapt adapted adapts add added
addict addiction addicts adding addition additional additions address addressed addresses addressing adds adequate
adhere adhered adheres adjust adjusts administration admire admit admits admitted admittedly admitting adopt
adopted adopting adopts adult adults advance advanced advances advancing advantage advantages advent adverse
advert advertise advertised advertises advertising adverts advice advise advised adviser advises advising aerial
affair affairs affect affected affecting affects afford afraid after afternoon afterward afterwards again against
age aged agency agenda agent agents ages ago agony agree agreed agreeing agreement agrees ahead aid aide aided
aiding aids aim aimed aiming aims air airport akin alarm alarmed alarms alas albeit album albums alcohol alert
algebra algorithm algorithms alias aliases alien aliens align aligned aligns alike alive all allege alleged
alleges allies allow allowed allowing allows ally almost alone along aloud alpha already also alter altered
altering alternate alternative alternatively alternatives alters although altogether always amateur amaze amazed
amazes amazing amber ambient ambiguous amend amended amends among amongst amount amounts amp ample amuse amused
amuses amusing anagram analog analogue analogy analysis analyst anarchy anatomy ancient and angel angels anger
angle angles angry anguish animal animals announce announcement annoy annoyed annoying annoys annual anomaly
anonymous anorak anoraks another answer answered answering answers antique anxious any anybody anyhow anyone
anyplace anything anyway anywhere apart apathy apologies apologise apologize apology apparent apparently appeal
appeals appear appearance appeared appearing appears append appends apple application applications applied applies
apply applying appoint appreciate appreciated appreciates appreciating approach appropriate approval approve
approved approves approving apt apter arbitrary arc arcade arcane arch archaic archive ardent are area areas arena
argue argued argues arguing argument arguments arise arisen arises arising arithmetic arm armed arming arms army
arose around arrange arranged arrangement arrangements arranges arranging array arrays arrest arrests arrival
arrive arrived arrives arriving arrow arrows art article articles artificial artist artists arts ascend ascends
ash ashamed ashcan ashes aside asides ask asked asking asks asleep aspect aspects ass assault assembler assembly
assent assert asserts assess asset assets assign assigns assist assistant assists associate associated associates
associating association assort assorts assume assumed assumes assuming assumption assure assured assures assuring
aster ate atheism atheist atlas atmosphere atom atomic atoms attach attached attaching attack attacks attain
attempt attempted attempting attempts attend attended attending attends attention attitude attract attractive
audible audience audio audition aunt author authorities authority authors automatic automatically automobile
autumn available average averaged averages avoid avoided avoiding avoids await awaited awaits awake award awarded
awards aware away awful awfully awkward axes axiom axioms axis baaed babies baby back backed background backing
backlog backs backwards bad badge badly baffle baffled baffles bag baggage bags bake baked bakes baking balance
baled ball ballet ballot balls ban banal banana bananas band bands bang bank banks banned banner banning bans bar
bare bared barely bargain baring bark barked barking barks baroque barred barrel barrier barring bars base based
baser bases bash bashed bashes bashing basic basically basics basing basis basked basket bass basses bastard
basted bat batch bated bath baths batter battery battle baud bay bayed baying beach beading beads beaks beam
beaming beams bean beaning beans bear beard bearded bearding beards bearing bearings bears beast beasts beat
beaten beater beating beats beaus beautiful beauty became because becks become becomes becoming bed bedroom beds
bee beef been beer beers before beforehand beg began begin beginning beginnings begins begun behalf behave behaved
behaves behavior behaviour behind being beings belief beliefs believe believed believes believing bell bellow
bells belong belongings belongs beloved below belt bench bend bending bends beneath benefit benefits bent berth
berths beside besides best bet beta bets better betters betting bettor between beware bewaring beyond bias biased
biases biasing bible bicycle bid bidding bids big bigger biggest bigot bigoted bigotry bill billion bills bin
binary bind binding binds biology birch bird birds birth biscuit bishop bit bite bites biting bitmap bits bitten
bitter bizarre black blacks blade blades blame blamed blames blaming bland blank blanket blanks blaring blast
blasted blasts blatant bless blessed blesses blew blind blindly bling blink bliss blob block blocked blocks blood
bloody blow blowing blown blows blue blues blurb board boards boars boat boats bob bobs bodies body bog bogged
bogging boggle boggles bogs bogus boil boiled boiling boils bold bolt bomb bombed bombing bombs bond bone bones
bonus book booked booking booklet books boom booms boons boors boos boost boot booth boots border bore bored
boredom borer bores boring born borne boron borrow borrowed borrowing borrows boss botch both bother bothered
bothering bothers bottle bottles bottom bough boughs bought bounce bound bounds bout bow bowl box boxes boy boys
bracket brackets brad braid brain brains brake brakes bran branch branches brand branded brands brandy brass brave
breach bread break breaking breaks breath breathe bred breed breeds breeze brick bricks bridge bridges brief
briefly brigade bright bring bringing brings broad broadcast broadcasting broadcasts broadly broke broken brooks
broth brother brought brown browse browsed browses brush brutal bubble buck bucket bucks budget buffer buffers bug
bugger buggers bugs build building buildings builds built bulb bulbs bulk bulks bull bullet bulletin bullets bump
bunch bundle bunks buoying buoys burden buried buries burn burned burning burns burnt burst bursts bury burying
bus bused buses bush business busing buss bust busy busying but butter button buttons buy buyer buyers buying buys
bye bypass byte bytes cabbage cabinet cable cabled cables cabling cage cake cakes calculate calculation
calculations calendars call called caller calling calls calm cam came camel cameo camera cameras camp campaign
camps campus can cancel cancels cancer candidate cannon cannot cans cant cap capable capacity capital caps captain
capture car carbon card cardboard cards care cared career careers careful carefully cares caring carpet carried
carrier carries carrot carrots carry carrying cars cartoon case cased cases cash casing cassette cast casting
castle casts casual cat catalog catalogue catch catches catching categories categorise categorises categorizes
category cater catered caters cats cattle caught causal cause caused causes causing caution cave caveat cease
ceased ceases ceasing ceiling cell cello cells censor censors cent center central centre cents century certain
certainly chain chains chair chairman chairs chalk chamber chance chancel chances change changed changes changing
channel channels chaos chaotic chap chapel chaps chapter char character characters charge charged charges charging
charity charm charmed charms chars chart charter charts chase chased chases chasing chat chats chatted cheap
cheaper cheapest cheaply cheat cheated cheats check checked checker checking checks cheek cheer cheers cheese
chemical chemist cheque chequed cheques chequing chess chest chew chewed chewing chews chick chicken chicks chief
child children chip chips choice choices choir choose chooses choosing chop chopped chops choral chord chore
chores chorus chose chosen chuck chucked chucks chunk chunks church cider cinema circa circle circles circuit
circulation circumstance circumstances cite cited cites cities citing citizen city civil clack clacked clacking
clacks claim claimed claiming claims clarify clarity clash clashes class classed classes classic clause clauses
clean cleaned cleaner cleanly cleans clear cleared clearer clearest clearing clearly clears clever click client
clients cliff climate climb climbed climbs clinic clink clinked clinking clinks clip clipped clips clique clock
clocked clocking clocks clog clone clones close closed closely closer closes closest closet closing closure cloth
clothe clothed clothes cloud clouds club clubs cluck clucked clucking clucks clue clues clumsy cluster coach coal
coarse coast coat coats cobbler code coded codes coding coffee coin coined coining coins coke cokes coking cold
collapse collar collate collect collected collecting collection collects college colleges colon colony color
colors colour colours column columns comas combat combination combinations combine combined combines combing
combining combs come comedy comer comers comes comet comets comfort comic comics coming comings comma command
commands commas comment commented commenting comments commercial commission commit commitment commits committee
common commonly commons communicate communication communications community compact company comparable
comparatively compare compared compares comparing comparison compatibility compatible compel compels compete
competed competition compile compiler complain complained complaining complains complaint complaints complected
complete completed completely completer completes completing complex complexity complicate complicated complicates
complicating comply component components compose composed composes composing composition comprehensive compromise
compulsory compute computed computer computers computes computing con conceal concede concept concern concerned
concerning concerns concert concise conclusion concrete concur condemn condition conditions condom condone conduct
cones conference confess confident confine confirm confirmed confirming confirms conform confuse confused confuses
confusing confusion congest connect connected connecting connection connections connects consent consequence
consequences consequently consider considerable considerably consideration considered considering considers
consist consistency consistent consists console constant constraint constraints construct consult consume consumed
consumes consumption contact contain contained containing contains contend content contented contents contest
context continually continuation continue continued continues continuing continuous continuously contour contract
contracts contrary contrast contribute contribution contributions control controlled controlling controls
convenient convent convention conventional conventions convents conversation convert convey convict convince
convinced convinces convincing cooing cook cooked cookie cookies cooking cooks cool cooled cooling cools cope
coped copes copied copies coping copper copy copying core cores coring corn corner corners corpse corpses correct
corrected correcting correction correctly corrects corrupt corrupted corrupting corrupts cosmic cost costed
costing costly costs costume costumed costumes cot cotes cotton cough could council counsel count counted counter
counties counting country counts county coupe couple coupled couples couplet courage courier course courses court
courts cousin cover covered covering covers coves cow cowing cows crack cracked cracks craft cramp cramped cramps
crap crash crashed crashes crashing crass crate crated crawl crawled crawls crazy creaked cream creamed crease
creased create created creates creating creation creator creature credit credits creed creep cremate cremated
crested crew crick cricked cricket cricking cricks cried cries crime crimes crisis crisp crisps critic critical
criticism critics crone crones crop crops cross crossed crosses crowd crowded crowds crown crucial crude cruel
cruelty cruise cruised cruises crunch crush crushed crushes crust crusts cry crying cryptic crystal cube cubic
cuckoo cuddly cue culprit cult cults culture cumming cums cunning cup cups cure cured cures curing curious curly
currant current currently currents curry curse cursor curtain curve curves cusps cuss custard custom customer
customs cut cute cuts cutting cycle cycled cycles cycling cyclist cynic cynical cysts daft daily dales damage
damaged damages damaging dames damn damned damning damns damp dance danced dances dancing danger dangerous dangers
dare dared dares daring dark darling darted dash dashed dashes dashing data database databases date dated dates
dating datum dawn day days daytime dazed dazes dead deadly deaf deal dealer dealers dealing deals dealt dear death
deaths debate debated debates debt debug debugs decade decades decay decent decide decided decides deciding
decimal decision decisions deck declare declared declares declaring decline decode decoded decodes decrease
dedicate dedicated dedicates dedicating deduce deduced deduces deed deeds deem deemed deeming deems deep deeper
deepest deeply default defeat defeats defect defects defence defend defends defense define defined defines
defining definite definitely definition definitions definitive defy degrade degree degrees deity delay delayed
delays delete deleted deletes deleting deliberate deliberately delight deliver delivered delivering delivers
delivery delta demand demands demise democratic demonstrate demonstration denied denies denote denotes dense
density dentist deny denying department depend depended depending depends deposit depress deprive depth depths
deputy derails derange derive derived derives deriving descend describe described describes describing description
descriptions desert deserts deserve design designed designing designs desirable desire desired desires desiring
desk desktop despair desperate despise despite destine destroy destroyed destroying destroys detach detail
detailed detailing details detains detect detected detecting detects deter determine determined determines
determining detract develop developed developing development develops device devices devil devious devise devised
devises devoid devote devoted devotes devoting diagram dial dialect dials diary dice dictate dictionary did die
died dies diesel diet differ difference differences different differently differs difficult difficulties
difficulty dig digest digging digit digital digits dignity digs dilemma dim dimer dimes din dine dined diner dines
ding dining dinner dip dire direct directed directing direction directions directly director directory directs
dirt dirty dis disable disadvantage disagree disappear disappeared disappearing disappears disaster disc discard
discipline disco discount discourage discouraged discourages discouraging discover discovered discovering
discovers discs discuss discussed discusses discussing discussion discussions disease disgust dish dishes disk
dislike dismal dismiss dismount display displayed displaying displays dispose dispute disrupt distance distant
distinct distinction distinctly distinguish distort distribute distributed distributes distributing distribution
district disturb disturbed disturbing disturbs ditch ditto dive dived diverse divert diverts dives divide divided
divides dividing divine diving division divorce doctor doctors document documentation documented documenting
documents dodge doe doers does dog dogma dogs doing doings dole doles doling dollar dollars domain domes doming
don donate donated donates done dons doom doomed dooming dooms door doors dopes doping dos dose doses dosing dot
doted dotes doting dots dotted dotting double doubled doubles doubt doubtful doubts doves down doyen doze dozed
dozen dozens dozes dozing draft drafted drafts drag dragged dragon drags drain drained drains drama drank drastic
draw drawing drawn draws drays dread dreaded dreads dream dreams dreary dress dressed dresses drew dried dries
drift drill drink drinks drip dripped dripping drips drive drivel driven driver drivers drives driving drone droop
drooped drooping droops drop dropped dropper dropping droppings drops dropsy dross drove drown drowned drowns drug
drugs drum drums drunk drunken dry drying dual dubious duck ducks due duff dug dull duly dumb dummy dump dumped
dumping dumps during dust dustbin dusty duties duty dying dynamic each eager eagerly eagle ear earlier earliest
early earn earned earning earns ears earth ease easier easiest easily east eastern easy eat eaten eater eating
eats echo echoed echoes echoing ecology economic economy edge edges edit edited editing edition editor editors
edits educate education educational effect effective effectively effects efficient effort efforts egg eggs ego
egos eight eighteens eighth eights either elderly elect elected electing election electric electronic electronics
elects elegant element elements elevator eleven elevens elite elitist else elsewhere embarrass embarrassed
embarrasses embarrassing embed embeds emceed emerge emerged emergency emerges emery eminent emit emotion emphasis
empire employ employee employs emptied empties empty emulate enable enabled enables enact enclose encode encoded
encodes encounter encountered encountering encounters encourage encouraged encourages encouraging end ended ending
endings endless ends enduing enemies enemy energy enforce engage engaged engages engine engineer engineered
engineering engineers engines enhance enjoy enjoyed enjoys enlarge enormous enough enrage ensure ensured ensures
ensuring entail entails enter entered entering enters entice entire entirely entitle entitled entitles entitling
entity entrance entries entry environment envy epic episode equal equally equals equate equip equipment equips
equivalent era erase erased eraser erases erasing ergo err error errors escape escaped escapes especially essay
essays essence essential essentially establish established establishes establishing establishment estate estimate
eternal ether ethic ethical ethics ethnic eve even evened evening evenings evenly evens event events eventually
ever every everybody everyone everything everywhere evidence evident evil evils evolve evolved evolves exact
exactly exacts exalt exam examine examined examines examining example examples exams exceed exceeds excellent
excels except exception exceptions excepts excerpt excess excessive exchange excite excited excites exclude
excluded excludes excluding exclusive excuse excuses execute executed executes executing exempt exercise exhaust
exhibit exist existed existence existing exists exit exited exiting exits exotic expand expanded expanding expands
expansion expect expected expecting expects expense expensive experience experienced experiences experiencing
experiment experimental experiments expert experts expire expired expires expiry explain explained explaining
explains explanation explicit explode exploit explore export expose exposed exposes express expressed expresses
expressing expression extant extend extended extending extends extension extensive extent extents external extra
extract extras extreme extremely eye eyes fabric face faced faces facilities facility facing fact factor factors
factory facts factual faculty fail failed failing fails failure faint fainter fair fairer fairest fairly fairy
faith fake fall fallacy fallen falling fallow fallowing falls false falser falter fame familiar family famine
famous fan fancy fans fantasy far farce fare farm farmer farmers farther farthest fascist fashion fast faster
fastest fat fatal fate father fathers fatuous faucet fault faults faulty favor favorite favour favourite fear
feared fearing fears feasible feat feature features fed federal fee feeble feed feedback feeding feeds feel
feeling feels fees feet fell felled felling fellow fellows fells felt female females fence fender fenders fetch
fever few fewer fewest fiction fiddle fiddled fiddles fie field fields fiend fierce fifteen fifteens fifth fifty
fight fighter fights figure figured figures file filed files filet filing fill filled filler fillet filling fills
film filmed filming films filter filters filthy fin final finally finals finance financial find finding finds fine
fined finer fines finest finger fingers fining finish finished finishes finishing finite fire fired fires firing
firm firmly firms firs first firstly firsts fiscal fish fished fishes fishing fist fit fits fitted fitter fitting
five fiver fives fix fixed fixes fixing fizzy flag flagged flags flame flames flash flashed flashes flashing flat
flavor flavour flaw flawed flawing flaws fleet flesh flew flexible flied flies flight flip flipped flips float
floated floating floats flood flooded floods floor floors floppy flour flow flowed flower flowers flowing flown
flows fluent fluffy fluid flush flushed flushes flute fly flying foam focus fog fold folded folder folders folding
folds folk folks folksy follow followed following followings follows fond font fonts food foods fool fooled
fooling foolish fools foot for foray forbade forbid forbids force forced forces forcing foreign forest forests
forever forgave forget forgets forgetting forgive forgot forgotten fork forks form formal format formats formed
former forming forms formula fort forte forth forthcoming forts fortunately fortune forty forum forward fossil
fought foul found founded founds four fours fourteens fourth fourths fraction fragile frame frames frank frankly
frantic fraud freak freaks free freed freedom freeing freely frees freeway freeze freezes french frequent
frequently fresh fried friend friendly friends fries fringe fro frog frogs from front frown frowned frowns froze
frozen fruit fruits fry frying fudge fuel full fulled fuller fullest fulling fulls fully fume fumes fun function
functions fund fundamental fundamentally funded funding funds funeral funnier funny fur furry further furthest
fuse fusion fuss fussy futile future fuzzy gain gained gaining gains galaxy game games gander ganders gang gap
gaps garage garbage garble garbled garbles garden gardens gas gasoline gasp gate gates gateway gather gathers gave
gavel gay gear geared gearing gears gender gene general generally generate generated generates generating
generation generic genes genetic genius genre gentle gently genuine genus geology gesture get gets getting ghastly
ghost giant gibes gibing gift gifts gig gin girl girls give given givens gives giving glad gladly glance glass
glasses glean gleaned gleans global glory glossy glove gloves glow glowed glowing glows glue gnome goal goals goat
god gods goes going gold golden golds golf gone goo good goodbye goodies goods goody goofs gospel gossip got
gotten govern government governor governs gown grab grabbed grabs grace grade grades gradual gradually graduate
grain grammar grand grands grant granted granting grants graph graphic graphics graphs grasp grass grateful grater
grave gravity gray greasy great greater greatest greatly greed greedy green grew grey grid grief grim grind
grinding grinds grip grips groan gross grosses grossly ground grounds group grouped groups grow growing grown
grows growth guarantee guaranteed guaranteeing guarantees guard guarded guards guess guessed guesses guessing
guest guests guide guided guides guiding guilt guilty guinea guitar gulf gum gun guns gut guts gutter gutting guy
guys habit habits hack hacked hacker hackers hacking hacks had hail hair haircut hairs hairy half haling hall
halls halt halted halting halts halve halves halving ham hammer hand handed handful handing handle handled handler
handles handling hands handy hang hanged hanging hangs happen happened happening happens happier happily happy
hard harden hardens harder hardest hardly hardware hardy haring harm harmful harmless harmony harsh has hash
hassle hasten hasty hat hate hated hates hating hatred hats hauling hauls haunt have haven havens haves having
havoc hawing hay haying hazard hazards hazing hazy head headed header headers heading heads health healthy heap
hear heard hearing hears heart hearts heat heated heating heats heave heaven heavens heavier heavily heaving heavy
heel heels height heights held hell hello helmet help helped helpful helping helps hence her herd here hereby
heresy hero heroes heroic heroin herring herself hes hey hid hidden hide hided hideous hides hiding high higher
highest highly highs highway hill hills him himself hint hinted hinting hints hip hire hired hires hiring his
historical history hit hither hits hitting hiving hobby hog hold holder holders holding holds hole holes holiday
holidays hollow holy home homes honest honesty honey hook hooked hooking hooks hope hoped hopeful hopefully hopes
hoping horde hordes horizon horn horrible horrid horrify horror horse horses hospital host hostile hosts hot hotel
hour hours house housed houses housing how however huge hugely huh hum human humane humans humble humbly hundred
hundreds hung hungry hunt hunted hunting hunts hurry hurt hurting hurts husband hut hyphen ice icon icons idea
ideal ideally ideals ideas identical identify identity idiom idiot idiotic idiots idle ignore ignored ignores
ignoring ill illegal illness image images imagination imagine immediate immediately immense immoral immune impact
impair impairs impend impends implement implemented implementing implements implication implications implied
implies imply implying import importance important importantly imports impose imposed imposes imposing impossible
impress impression improve improved improvement improvements improves improving impulse inability inadequate inane
inch inches incident incidentally incite incline inclined inclines inclining include included includes including
income incompatible incomplete inconsistent inconvenience incorrect increase increased increases increasing incur
incurs indeed indent independent independently index indexed indexes indicate indicates indication individual
individually individuals induce induced induces indulge industrial industry inertia inevitably infant infect
infects infer inferior infinite inflict influence info inform information informed informing informs inhabit
inherit inhibit initial initially initials inject injure injured injures injury ink inner innocent input inputs
inputted inputting insane insect insects insert inserted inserting inserts inside insider insides insight insist
insisted insisting insists insofar inspect inspire install installed installing installs instance instant
instantly instead institution institutions instruction instructions insult insults insurance intact intake integer
integers integral intelligence intelligent intend intended intending intends intense intent intention inter
interact interest interested interesting interests interface interim internal international interpret
interpretation interpreted interpreting interprets interval intervals intervention into introduce introduced
introduces introducing introduction invade invaded invades invalid invariably invent invented inventing invents
inverse invert inverts invest investigate invisible invitation invite invited invites inviting invoke invoked
invokes involve involved involves involving ion irate iron ironic irony irrelevant irritate irritated irritates
irritating island islands isolate isolated isolates isolating issue issued issues issuing item items its itself
jack jacket jackets jail jam jammed jamming jams jargon jazz jealous jeans jellies jelly jerk jest jet job jobs
johns join joined joiner joiners joining joins joint jointed jointing jointly joints joke joked jokes joking jolly
journal journey joust joy judge judged judgement judges judging judgment juice jump jumped jumping jumps jungle
junior junk jury just justice justification justified justifies justify justifying jut juts keen keep keeper
keeping keeps ken kept kernel kettle key keyboard keyed keying keys keyword kick kicked kicking kicks kid kidded
kidding kidnap kidnaps kidney kids kill killed killer killing kills kin kind kinda kindle kindly kinds king
kingdom kingly kings kiss kit kitchen kits knee knees knew knife knight knock knocked knocking knocks know knowing
knowledge known knows lab label labeled labeling labelled labelling labels labor laboratory labour labs laces
lacing lack lacked lacking lacks lad ladder laddies lades ladies ladles lady lag lager laid lain lake lakes lamely
lamer lamest lamp land landed landing lands lane language languages lapel lapels lapped lapse lapses larder large
largely larger larges largest lark larking laser lasers last lasted lasting lasts late lately latent later latest
latex lathe lather laths lats latte latter laugh laughed laughs launch law lawn laws lawyer lawyers laxer laxest
lay layer layers laying layout lays lazies lazy leach lead leaded leader leaders leading leads leaf leafing
leaflet league leak leaking lean leaned leaning leans leap leaping leapt learn learned learning learns learnt leas
lease leash leasing least leather leave leaved leaven leaves leaving leavings lecture lectures led left lefts leg
legal legally legend legible legs leisure lemon lend lending lends length lengths lengthy lenient lens lenses lent
lesbian less lesser lesson lessons lest let lethal lets letter letters letting level levels liable liaison libel
libeled libelled libels liberal liberty libraries library license licking licks lid lie lied lies life lifetime
lifetimes lift lifted lifting lifts light lighted lighter lightly lights like liked likely liken liker likes
likewise liking lilts limb limbs limed limes liming limit limited limiting limits line linear lined lines lining
link linkage linked linking links lion lip lips liquid liquor lisp lisps list listed listen listens listing lists
lit literal literally literature litter little live lived lively liven livens liver livers lives livest livid
living livings load loaded loader loading loads loan loans lobby local locally locals locate located locates
location locations lock locked locking locks lodge log logged logging logic logical logo logs lonely loner long
longer longest look looked looking looks looming loop looping loops loose loosely loosing looting lord lords
lorries lorry lose loser loses losing loss losses lost lot lots loud louder loudest loudly lousy love loved lovely
lover lovers loves loving low lowed lower lowered lowers lowest loyal luck luckily lucking lucky luggage lump
lumps lunatic lunch lung lungs lurk lurked lurking lurks lust lusts luxury lying lyric lyrics maces machine
machines macing mad made madness mads magic magical magnetic magnitude maids mail mailbox mailed mailing mails
maiming maims main mainly mains maintain maintained maintaining maintains maize major majority make maker makers
makes making makings male males malls malts man manage managed manager manages managing mandate manes mangle
mangled mangles mania manipulation mankind manned manner manning mans manual manuals many map maple maples mapped
mapping maps march mares margin margins marital mark marked marker markers market markets marking marks marred
marriage married marries marry marsh mask masked masking mass massage massaged massages masses massing massive
master masters match matched matches mate material materials mates mathematical mathematics mating matrix matter
matters mature mauling mauls maxes maximum maximums maxing may maybe mayor maze mazes meal meals mean meaning
meaningful meaningless meanings means meant measure measured measures measuring meat mechanic mechanics mechanism
media medical medium mediums meet meeting meetings meets melody melt member members membership memory men mend
mended mending mends mental mention mentioned mentioning mentions menu menus mercury mercy mere merely merge
merged merges merging merit merits merry mess message messages messed messes messing messy met metal meter meters
method methods metric metro metros mice midday middle midnight might mighty migrate mikes miking mil mild mildly
mile mileage miles military milk mill million millions mils mimic mind minded minding minds mine mined mines
minimal minimum minimums mining minis minks minor minority mint mints minus minute minutes miracle mirror mirrors
misery mislead misleading misleads misled misread miss missed misses missile missing mission mist mistake mistaken
mistakes mistaking misting mistook mists misunderstand misunderstanding misunderstands misunderstood misuse
misusing mix mixed mixes mixing mixture moan moaned moaning moans mob mobile mock mod mode model models modern
modes modest modified modifies modify modifying module modules moire moist mole moles moment moments monarch money
monitor monkey monkeys monster month monthly months mood moon moons moral morally morals more mores morning
mornings moron morons mortal mortals mosey most mostly moth mother mothers moths motile motiles motion motions
motive motives motor motors motto mount mounted mounts mouse mouth mouths move moved movement movements moves
movie movies moving much muck mucked mucking mucks mud muddle muddled muddles mug mugs mules mullion mullions
multiple mum mumble mummy mundane murder murders muscle muscles museum museums music musical mussing must musts
musty mutter mutters mutual myself mysterious mystery mystic myth myths nail nailed nailing nails naive naked name
named namely names naming napes narrow nastier nasty nation national nations native natives natural naturally
nature naughty naves nay near nearby nearer nearest nearly neat neatly necessarily necessary necessity neck need
needed needing needle needles needs needy negate negative neglect neither nerds nerve nerves nervous nest nested
nesting nests net nether nets network networks neural neutral never nevertheless new newer newest newly news newsy
newts next nice nicely nicer nicest nicety nick nicked nicking nicks night nights nil nine nines nineteens noble
nobody node nodes noes noise noises noisy nominal nonce none nonsense noon nor norm normal normally north nose
noses noshing not notable notably notching note noted notes nothing nothings notice noticed notices noticing
notify noting notion notions noun nouns novel novels novelty novice novices now nowadays nowhere nuclear null numb
numbed number numbers numbest numeral numeric numerical numerous nun nuns nurse nurses nut nuts oar obey obeyed
obeying obeys object objected objecting objection objections objects oblige obliged obliges obscene obscure
observation observe observed observes observing obsess obtain obtained obtaining obtains obvious obviously
occasion occasional occasionally occasions occupied occupies occupy occupying occur occurred occurring occurs
ocean ocher odd odder oddly odds odes off offed offend offends offer offered offering offers offhand office
officer offices official offset offsets often oil old older oldest omens omit omits omitted omitting once one ones
oneself ongoing onion only onto onus open opened opener opening openings openly opens opera operas operate
operated operates operating operation operations operator operators opined opining opinion opinions opportunities
opportunity oppose opposed opposes opposing opposite opposition oppress opt opted optic optical optimal optimum
opting option optional options opts opus opuses oral orange orbit orbital order ordered ordering orderings orders
ordinary organ organic organisation organise organised organises organising organization organize organized
organizes organizing organs orient orients origin original originally origins other others otherwise otter ought
ounce our ours ourselves oust ousts out outcome outcry outed outer outline outlook output outputs outrage outset
outside outsider outsides outsize ovens over overall overalls overdue overlap overly overs overt owe owed owes
owing own owned owner owners owning owns oxygen ozone pace paced paces pacing pack package packages packed packet
packets packing packs pad padded padding pads page paged pages paging paid pain painful pains paint painted paints
pair pairs palace palaces pale pan panel panels panic pant pants paper papers par parade paradox paragraph
parallel pardon parent parents parity park parked parking parks parody parrot parse parsed parses parsing parson
part partial partially particular particularly parties partly partner parts party pas pass passage passed passes
passing passion passive past pasta paste pasts pasty pat patch patched patches patent path paths patient pats
pattern patterns pause paused pauses pausing pay payed paying payment pays peace peaces peak peaks peanut peanuts
peasant peculiar pedal pedant pedants peer peers pen penalty pence pencil pended pending pends penguin pennies
penning penny pens peony people peopled peoples per percent perfect perfectly perform performance performed
performing performs perhaps period periods permanent permanently permission permit permits permitted permitting
persist person persona personal personally persons persuade persuaded persuades persuading pet petrol petty phase
phased phases phasing phenomenon philosophy phoenix phone phoned phones phoney phoneys phonies phoning phony photo
photos phrase phrased phrases physic physical physics piano pick picked picking picks picture pictures pie piece
pieces pig pigeon pigs pile piles pill pills pilot pin pinch pinched pinches pink pins pint pints pipe pipes pit
pitch pitfall pity pizza pizzas place placed placer placers places placid placing plague plagued plagues plaice
plain plainly plan plane planed planes planet planets planing planned planning plans plant planted plants plaster
plastic plate plated plates plating play played player players playing plays plea pleas pleasant please pleased
pleases pleasing plenty plot plots plotted plotter ploy plug plugged plugs plums plural plus plush pocket pockets
poem poems poet poetic poetry poets point pointed pointer pointing pointless points poison poisons poke polar pole
police policies policy polish polite political poll polls pompous pond ponds pone pones pool poor poorer poorest
poorly pop pope popped popping pops popular population pork port ported porter porters porting portion portray
ports pose posed poses posing position positions positive posses possess possessed possibilities possibility
possible possibly post postage postal posted poster posters posting postmaster posts pot potato potential
potentially pound pounds pour poured pouring pours poverty powder power powered powerful powers practical
practically practice practise praise pray prayed prayer prayers praying prays preach precede precious precise
precisely predict preface prefer preferable preferably preference preferred preferring prefers prefix premise
premium preparation prepare prepared prepares preparing presence present presented presenting presents preserve
preset president press pressed presses pressing pressure presumably presume pretend pretty prevail prevent
prevented preventing prevents preview previous previously price priced prices pricing pride priest priests primary
prime primes primitive prince principle principles print printed printer printers printing printout prints prior
priors priory prison privacy private prize prizes pro probably problem problems procedure proceed process
processed processes processing processor processors produce produced produces producing product production
products profess professing professional profile profiled profit profits program programme programmed programmer
programmers programmes programming programs progress project projects prolong promise promised promises promising
promote prompt promptly prompts prone pronoun proof proofs proper properly properties property prophet proportion
proposal propose proposed proposes proposing prose prospect protect protected protecting protection protects
protein protest proud prove proved proven proves provide provided provider provides providing proving provoke
prowess pseudo pub public publication publicity publicly publish published publishes publishing pudding pull
pulled pulling pulls pulp pulse pulses pump pumped pumping pumps pun punch punched punches punctuation puncture
punish puns punt punts pupil pupils purchase purchaser purchasers pure purely purge purity purple purpose purposes
pursue pursued pursues pursuit push pushed pushes pushing put puts putt putted putting putts puzzle puzzled
puzzles python qualified qualifies qualify qualifying quality quantities quantity quantum quarter quartet quartets
queen queens queries query quest question questions queue queued queues queuing quibble quick quicker quickest
quickly quids quiet quieter quietly quit quite quits quitting quiz quota quotas quote quoted quotes quoting rabbit
rabbits rabid race raced races racial racing racism racist rack racket racks radar radical radio radios radius rag
rage ragging raging raid raids rail rails railway rain rainbow rained raining rains raise raised raises raising
ram rampant ran random randomly rang range ranged ranger ranges ranging rangy rank ranking ranks rant ranted
ranting rants rape rapid rapidly rare rarely rarer rarest rash rat rate rated rates rather rating ratio ratios
rats rattle rattled rattles rave raved raves raving raw ray razor reach reached reaches reaching react reacted
reaction reactor reacts read readable reader readers readily reading reads ready real realise realised realises
realising reality realize realized realizes realizing really realm realms rear reason reasonable reasonably
reasons rebind rebuild rebuilt recall recalls recant receipt receive received receiver receivers receives
receiving recent recently reception recipe recipes reckon reckons reclaim recognise recognised recognises
recognising recognition recognize recognized recognizes recognizing recommend recommendation recommended
recommending recommends record recorded recorder recording records recover recovered recovering recovers recruit
rectify recycle red reduce reduced reduces reducing reduction redundant refer reference references referred
referring refers refine refined refines reflect reflected reflecting reflection reflects reflex reform reforms
refrain refresh refund refusal refuse refused refuses refusing refute regain regard regarded regarding regardless
regards regent regime region regions register registered registering registers registrations regret regrets
regular regularly regulation regulations reheat reheats reign reject rejected rejecting rejects relate related
relates relating relation relationship relative relatively relax relaxed relaxes relay release released releases
releasing relent relevance relevant reliable relied relief relies relieve religion religious reluctant rely
relying remain remained remaining remains remand remark remarks remedy remember remembered remembering remembers
remind reminded reminding reminds remote remotely removal remove removed removes removing rename renamed renames
rend render renders rending rends renew renewed renews rent repair repairs repeal repeals repeat repeated
repeatedly repeating repeats repent repents replace replaced replacement replaces replacing replied replies reply
replying report reported reporting reports represent representation representative represented representing
represents reproduce request requested requesting requests require required requirement requirements requires
requiring reread rereads rescue research resent reserve reserved reserves reserving reset resets reside resided
resident resides residue residues resign resigns resist resister resisters resolution resolve resort resorts
resource resources respect respectively respects respond response responses responsibility responsible rest
restart rested resting restore restored restores restoring restrict restricted restricting restricts rests result
resulted resulting results resume resumed resumes retail retain retains retch retire retired retires retract
return returned returning returns reuse reveal revealed revealing reveals revenge revenges revenue reverse revert
review reviews revise revised revises revolt revolts reward rewards rewind reword reworded rewrite rewrote rhyme
rhythm ribbon rice rich richer richest ricks rid ridden ridding ride rides ridiculous riding rids right rightly
rights rigid ring ringed ringing rings rinks riot rip ripped ripping rips rise risen rises rising risk risked
risking risks risky ritual rituals rival rivals river rivers roach road roads robot robots robust rock rocket
rocks rod rode role roles roll rolled rolling rolls roman romance roof room rooms root roots rope rose rot rotate
rotated rotates rotten rough roughly round rounded rounds rout route routed routes routine routing routs row rows
royal rub rubber rubbish rude ruin ruined ruining ruins rule ruled ruler rulers rules ruling rumor rumour run rung
running runs rural rush rushed rushes rushing rusks rusty sack sacked sacking sacks sacred sad sadden saddens
sadly safe safely safer safest safety saga said sail sailed sailing sails saint sake saki salary sale sales salt
same sample sampled samples sand sanding sands sane sang sanity sank sarcasm sat satay sate sates satire satisfied
satisfies satisfy satisfying sauce save saved saves saving savings saw saxes say saying says scale scaled scales
scaling scan scandal scanned scanner scans scarce scare scared scares scarf scaring scarlet scatter scene scenery
scenes scent scents scheme schemes scholar school schools science sciences scientific scope score scored scores
scoring scotch scrap scraps scratch scream screams screen screens screw screwed screws script scripts scroll
scrolls scuff scuffs scum sea seal sealed sealing seals search searched searches searching season seat seats
second secondary secondly seconds secret secretary secrets sect section sections sector sects secular secure
security see seed seeding seeds seeing seeings seek seeking seeks seem seemed seeming seems seen seeping seeps
seers sees segment seize seizes seldom select selected selecting selection selects self selfish sell selling sells
seminar send sender senders sending sends senior sense senses sensible sensibly sensing sensitive sent sentence
sentences separate separately septa sequel sequence sequences serial series serious seriously sermon servant serve
served server servers serves service services serving session sessions set sets setting settle settled settles
settling seven sevens seventeens seventh sever several severe severely sewing sex sexed sexes sexing sexist sexual
sexy shade shades shadow shake shaken shakes shaking shaky shale shall shallow shame shape shaped shapes shaping
shard share shared shares sharing shark sharp sharply shave she shed sheds sheen sheep sheer sheet sheets shelf
shell shells shelter shelve shelves shift shifted shifts shill shine shined shines shingle shining shiny ship
shipped shipper shippers shipping ships shire shirt shock shocked shocks shoe shoes shone shook shoos shoot shoots
shop shopped shopping shops shore short shortage shorten shorter shortest shortly shorts shot shots should shout
shouted shouts shove show showed shower showers showing shown shows showy shut shuts shutting shy sic sick sicken
sickens side sided sides siding sigh sighed sighing sighs sight sighted sights sigma sign signal signals signed
signer signet significance significant significantly signing signings signs silence silent silicon sill sillier
silly silver similar similarly simple simpler simplest simply simultaneous simultaneously sin since sincere
sincerely sine sinful sing singe singed singer singers singes singing single singled singles singly sings sink
sinking sinks sinned sinning sins sir sires sises sister sit site sites sits sitting situate situates situation
situations six sixes sixteen sixteens sixth sixties sixty size sized sizer sizes sizing skate skates sketch skill
skilled skills skin skip skipped skips skirt skull sky slag slang slash slate slates slave slaves slaying slays
sleep sleeps slender slept slice sliced slices slicing slid slide slides sliding slight slightly slim slip slipped
slips slogan slope slopped slopping sloppy slops slot slots slow slowed slower slowest slowing slowly slows small
smaller smallest smart smarting smarts smash smashed smashes smell smells smelly smile smiled smiles smiling smith
smoke smoked smoker smokers smokes smoking smooth smug snack snag snail snare sneak sneaked sneaks sneaky sniff
snort snow snuff snuffs soap sober social society sock socket sockets socks sod soft software soil solar sold
soldier sole solely soles solid solo solution solutions solve solved solves solving some somebody somehow someone
someones someplace something sometime sometimes somewhat somewhere son song songs sons soon sooner soonest sop
sophisticate sophisticated sophisticates sophisticating sopped sopping sops sordid sore sorry sort sorted sorting
sorts sought soul souls sound sounded sounding sounds soup source sources south southern sow space spaced spaces
spacing span spare spares spate spates spatial spaying spays speak speaker speakers speaking speaks special
specially species specific specifically specified specifies specify specifying sped speech speed speeder speeders
speeding speeds spell spelled spelling spells spelt spend spending spends spent sphere spies spigot spike spill
spin spiral spirit spirits spit spite spits spitted split splits splitting spoil spoils spoke spoken sponsor spoof
spool sport sports spot spots spotted spotting spout sprang spray spread spreading spreads spring springs sprung
spur spy squad square squared squares squash squeeze stable stabs stack stacks staff staffs stage stages stagger
staging stags stair stairs stake stakes staking stale stales staling stall stamp stamped stamps stance stand
standard standards standing stands star starch stare stared stares staring stark starling starred starring stars
start started starter starting startle startling starts starve starved starves starving state stated statement
statements stater states static stating station stations statistic statistical statistics stats statue statues
status stave staves staving stay stayed staying stays steady steal steals steam steel steep steer steered steers
stem stems stent stents step stepped stepping steps stereo sterile stick sticking sticks sticky stiff stiffs stile
still stills stilt stir stirred stirs stock stocks stole stolen stomach stomp stomped stomping stomps stone stones
stood stoop stooped stooping stoops stop stopped stopper stoppers stopping stops storage store stored stores
storey stories storing storm storms story stows straight straightforward strain strains strange strategy straw
stray straying strays stream streams street streets strength stress stretch strict strictly strike strikes
striking string strings strip strips strive stroke strong strongly strop stropped stropping strops struck
structure structures stuck student students studied studies studio study studying stuff stuffed stuffs stuffy
stumble stun stunned stuns stunt stupid sty style styles subject subjects submit submits submitted submitting
subsequent subset substantial substitute subtle subtly subway subways succeed success successful successfully such
sudden suddenly sue sued sues suffer suffered suffering suffers suffice sufficient sufficiently suffix sugar
suggest suggested suggesting suggestion suggestions suggests suicide suing suit suitable suitably suite suited
suiting suits sum summary summed summer summing sums sun sundry sung sunk sunny sunrise super superb superior
supervisor supplied supplies supply supplying support supported supporting supports suppose supposed supposedly
supposes supposing supreme sure surely surface surgery surname surplus surprise surprised surprises surprising
survey surveys survive survived survives surviving suspect suspected suspecting suspects suspend suspended
suspending suspends suspicion sustain swallow swam swamp swamped swamps swap swapped swaps swaying sways swear
swears sweat sweats sweep sweeps sweet swept swill swim swims swing switch switched switches switching sword swore
sworn swum symbol symbols symptom synonym syntax system systems tab table tables tabs tack tacked tacking tackle
tackled tackles tacks tactic tactics tag tail tailor tailors tails take taken taker takers takes taking tale
talent talents tales talk talked talking talks tall tame tames tan tangent tangs tank tanks tap tape tapes target
targets task tasks taste tasted tastes tasting tat taught tax taxes taxi tea teach teacher teaches teaching team
teams teapot tear teared tearing tears technical technique techniques technology tedious teems teenage teeth
telephone telephoned telephony television tell telling tells temper temperature temple temporarily temporary tempt
tempted tempts ten tend tended tendency tender tending tends tennis tens tense tension tenth term termed terminal
terminals terming terminology terms terns terribly terrify terror terse test tested testing tests text texts
textual than thank thanked thanks that the thee thees theft their theirs them theme themes themselves then theorem
theoretical theory therapy there thereby therefore therein thereof these theses thesis they thick thief thieve
thieves thin thine thing things think thinking thinks thins third thirds thirst thirsty thirteens thirty this
thong thongs thorough thoroughly those thou though thought thoughts thous thousand thousands thread threat threats
three threes threw thrive throat throats throe through throughout throw throwing thrown throws thrust thrusts
thumb thus thy tick ticket tickets tides tidied tidies tidy tidying tie tied ties tiger tight tightly tile tiles
till tills time timed timer timers times timing tin tines ting tings tins tiny tip tips tire tired tires tiring
title titles toad toady toast tobacco today toddy toe toes together toggle toilet toilets token tokens told toll
tomato tome tomes tomorrow tomorrows ton tonal tone tones tongue tonight tons too took tool tools tooth top topic
topical topics tops tore torn torture toss total totally totals touch touched touches touching tough tour tourist
tow toward towards tower towers town towns tows toy toys trace traced traces tracing track tracked tracks trade
traded trades trading traditional traffic tragedy tragic trail trailed trails train trained training trains
transfer transferred transferring transfers transit translate translated translates translating translation
transport trap trapped trapping traps trash travel travels tray tread treat treated treating treatment treats
treaty tree trees trek trend trends trendy trial trials tribe tribes trice trick tricks tricky tried tries trifle
trigger trill trilogy trinity trip triple tripos trips triumph trivia trivial trolley troop troops trouble trough
trouser truce truck trucks true trued truer trues truly trumpet trunk trunks trust trusted trusting trusts trusty
truth truths try trying tube tubes tugged tune tuned tunes tuning tunnel tunnels turn turned turning turns tutor
twelve twelves twenty twice twill twin twine twins twist twisted twists two tying type typed types typeset typical
typing udder ugh ugly ultimate ultimately unable unacceptable unaware uncertain uncle unclear under undergo
undergraduate undergraduates underneath understand understanding understands understood undid undo undoes undoing
undone unduly uneasy unfair unfortunate unfortunately unhappy unified unifies uniform unify union unions unique
unit unite united unites uniting units unity universal universities university unknown unknowns unless unlike
unlikely unlimited unload unlock unlocks unlucky unnecessarily unnecessary unpleasant unread unreasonable unsafe
unseen unset unsound unsuitable unsure untidy untie until unto untrue unused unusual unwanted unwise update
updated updates updating upgrade upon upper upright ups upset upsets upsetting upside upward upwards urban urge
urged urgency urgent urges urging usable usage use used useful useless user users uses usher ushers using usual
usually utility utter utterly vacancy vacation vacations vacuum vague vaguely vain vale vales valid validity
valley valuable value valued values valuing valve valved valves van vanish vans variable variables variant
variation varied varies variety various vary varying vast vastly vat vector vectors veer vehicle vein vend vended
vending vendor vends venture venue venues verb verbal verbose verbs verdict verify verse verses version versions
versus very vessel vet via viable vicar vice vicious victim victims victory video view viewed viewer viewing views
vile village vintage vinyl violate violent violin virgin virtual virtually virtue virtues virus viruses visible
vision visit visited visitor visits visual vital vocal voice voices void voltage volume volumes vomit vote voted
voter voters votes voting vouch vowel wade waded wades wading waffle wage wages wait waited waiting waits wake
waked wakes waking walk walked walking walks wall wallet walls wan wander wanders want wanted wanting wants war
ward warm warmed warming warms warn warned warning warns warp warped warping warps warrant wars wartime wary was
wash washed washes washing waste wasted wastes wasting watch watched watches watching water waters wave waved
waves waving way ways weak wealth wealthy weapon weapons wear wearing wears weary weasel weasels weather wed
wedded wedding weds wee weeds week weekday weekend weekly weeks weeps weer wees weigh weight weird welcome
welcomed welcomes welcoming welfare well wells went were west western wet wets wetting whale whales what whatever
whatsoever wheel wheels when whence whenever where whereas whereat whereby wheres wherever whether which while
whiled whiles whilst whim whine whistle white whites who whoever whole wholes wholly whom whoop whoops whose why
wicked wide widely wider widespread widest width wife wild wildly wile will willed willing wills win wind winded
winding window windows winds wine wines wing wings winner winners winning wins winter wipe wiped wipes wiping wire
wired wires wiring wisdom wise wiser wisest wish wished wishes wishing wit witch with withdraw within without
witness witty wive wives wizard woke woken wolf woman wombat women won wonder wondered wonderful wondering wonders
wont wood wooden woods word worded wording words wordy wore work worked worker workers working works world worlds
worm worms worn worried worries worry worrying worse worship worst worth worthwhile worthy would woulds wound
woven wow wrap wrapped wrapper wraps wrath wreck wrecked wrecker wrecks wren wrist write writer writers writes
writing written wrong wrongly wrongs wrote wroth yard yards yawn yea yeahs year yearly yearn yearns years yeas
yellow yes yesterday yesterdays yet yeti yield yields you young younger your yours yourself youth zero zeros zone
zones zoom
`.split(/\s+/),
)

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
abandon abide abilities ability able abolish abort aborted aborts about above abroad absence absent absolute
absolutely absorb absorbs absurd abuse abused abuses abusing abusive abysmal academic accent accents accept
acceptable accepted accepting accepts access accessible accident accidental accidentally accord accorded according
accordingly accords account accounts accuracy accurate accuse accused accuses ace achieve achieved achieves
achieving acid acorn acquire acquired acquires acquiring acronym across act acted acting action actions active
activities activity actor actors acts actual actually acute adapt adapted adapts add added addict addicts adding
addition additional address addressed addresses addressing adds adequate adhere adhered adheres adjust adjusts
administration admire admit admits admitted admittedly admitting adopt adopted adopting adopts adult adults
advance advanced advances advancing advantage advantages advent adverse advert advertise advertised advertises
advertising adverts advice advise advised adviser advises advising aerial affair affairs affect affected affecting
affects afford afraid after afternoon afterward afterwards again against age aged agency agenda agent agents ages
ago agony agree agreed agreeing agreement agrees ahead aid aided aiding aids aim aimed aiming aims air airport
akin alarm alarmed alarms alas albeit album albums alcohol alert algebra algorithm algorithms alias aliases alien
aliens align aligned aligns alike alive all allege alleged alleges allies allow allowed allowing allows ally
almost alone along aloud alpha already also alter altered altering alternate alternative alternatively
alternatives alters although altogether always amateur amaze amazed amazes amazing amber ambient ambiguous amend
amended amends among amongst amount amounts amp ample amuse amused amuses amusing anagram analog analogue analogy
analysis analyst anarchy anatomy ancient and angel angels anger angle angles angry anguish animal animals announce
announcement annoy annoyed annoying annoys annual anomaly anonymous anorak anoraks another answer answered
answering answers antique anxious any anybody anyhow anyone anyplace anything anyway anywhere apart apathy
apologies apologise apologize apology apparent apparently appeal appeals appear appearance appeared appearing
appears append appends apple application applications applied applies apply applying appoint appreciate
appreciated appreciates appreciating approach appropriate approval approve approved approves approving apt
arbitrary arc arcade arcane arch archaic archive are area areas arena argue argued argues arguing argument
arguments arise arisen arises arising arithmetic arm armed arming arms army arose around arrange arranged
arrangement arrangements arranges arranging array arrays arrest arrests arrival arrive arrived arrives arriving
arrow arrows art article articles artificial artist artists arts ascend ascends ash ashamed ashcan ashes aside ask
asked asking asks asleep aspect aspects ass assault assembler assembly assert asserts assess asset assets assign
assigns assist assistant assists associate associated associates associating association assort assorts assume
assumed assumes assuming assumption assure assured assures assuring ate atheism atheist atlas atmosphere atom
atomic atoms attach attached attaching attack attacks attain attempt attempted attempting attempts attend attended
attending attends attention attitude attract attractive audible audience audio aunt author authorities authority
authors automatic automatically automobile autumn available average avoid avoided avoiding avoids await awaited
awaits awake award awarded awards aware away awful awfully awkward axes axiom axioms axis babies baby back backed
background backing backlog backs backwards bad badge badly baffle baffled baffles bag baggage bags bake baked
bakes baking balance ball ballet ballot balls ban banal banana bananas band bands bang bank banks banned banner
banning bans bar bare barely bargain bark barked barking barks baroque barred barrel barrier barring bars base
based bases bash bashed bashes bashing basic basically basics basing basis basket bass basses bastard bat batch
bath baths battery battle baud bay beach beam bean beans bear beard bearded beards bearing bears beast beasts beat
beaten beating beats beautiful beauty became because become becomes becoming bed bedroom beds beef been beer beers
before beforehand beg began begin beginning begins begun behalf behave behaved behaves behavior behaviour behind
being beings belief beliefs believe believed believes believing bell bells belong belongs beloved below belt bench
bend bending bends beneath benefit benefits bent beside besides best bet beta bets better betting between beware
beyond bias biased biases biasing bible bicycle bid bidding bids big bigger biggest bigot bigoted bigotry bill
billion bills bin binary bind binding binds biology bird birds birth biscuit bishop bit bite bites biting bitmap
bits bitten bitter bizarre black blacks blade blades blame blamed blames blaming blank blanket blanks blast
blasted blasts blatant bless blessed blesses blew blind blindly blink bliss blob block blocked blocks blood bloody
blow blowing blown blows blue blues blurb board boards boat boats bob bobs bodies body bog bogged bogging boggle
boggles bogs bogus boil boiled boiling boils bold bolt bomb bombed bombing bombs bond bone bones bonus book booked
booking booklet books boom boost boot boots border bore bored boredom bores boring born borne borrow borrowed
borrowing borrows boss both bother bothered bothering bothers bottle bottles bottom bought bounce bound bounds
bout bow bowl box boxes boy boys bracket brackets brain brains brake brakes branch branches brand branded brands
brass brave breach bread break breaking breaks breath breathe bred breed breeds breeze brick bricks bridge bridges
brief briefly brigade bright bring bringing brings broad broadcast broadcasting broadcasts broadly broke broken
brother brought brown browse browsed browses brush brutal bubble buck bucket bucks budget buffer buffers bug
bugger buggers bugs build building buildings builds built bulb bulbs bulk bull bullet bulletin bullets bump bunch
bundle burden buried buries burn burned burning burns burnt burst bursts bury burying bus buses bush business buss
bust busy but butter button buttons buy buyer buyers buying buys bye bypass byte bytes cabbage cabinet cable
cabled cables cabling cage cake cakes calculate calculation calculations call called caller calling calls calm cam
came camera cameras camp campaign camps campus can cancel cancels cancer candidate cannot cans cant cap capable
capacity capital caps captain capture car carbon card cardboard cards care cared career careers careful carefully
cares caring carpet carried carrier carries carrot carrots carry carrying cars cartoon case cased cases cash
casing cassette cast casting castle casts casual cat catalog catalogue catch catches catching categories category
cater catered caters cats cattle caught causal cause caused causes causing caution cave caveat cease ceased ceases
ceasing ceiling cell cells censor censors cent center central centre century certain certainly chain chains chair
chairman chairs chalk chamber chance chances change changed changes changing channel channels chaos chaotic chap
chapel chaps chapter char character characters charge charged charges charging charity charm charmed charms chars
chart charter charts chase chased chases chasing chat chats chatted cheap cheaper cheapest cheaply cheat cheated
cheats check checked checker checking checks cheek cheer cheers cheese chemical chemist cheque chequed cheques
chequing chess chest chew chewed chewing chews chicken chief child children chip chips choice choices choir choose
chooses choosing chop chopped chops choral chord chorus chose chosen chuck chucked chucks chunk chunks church
cider cinema circa circle circles circuit circulation circumstance circumstances cite cited cites cities citing
citizen city civil claim claimed claiming claims clarify clarity clash clashes class classed classes classic
clause clauses clean cleaned cleaner cleanly cleans clear cleared clearer clearest clearing clearly clears clever
click client clients cliff climate climb climbed climbs clinic clip clipped clips clique clock clocks clog clone
clones close closed closely closer closes closest closet closing closure cloth clothe clothed clothes cloud clouds
club clubs clue clues clumsy cluster coach coal coarse coast coat coats cobbler code coded codes coding coffee
coin coined coining coins coke cold collapse collar collate collect collected collecting collection collects
college colleges colon colony color colors colour colours column columns combat combination combinations combine
combined combines combining come comedy comes comfort comic comics coming comma command commands commas comment
commented commenting comments commercial commission commit commitment commits committee common commonly commons
communicate communication communications community compact company comparable comparatively compare compared
compares comparing comparison compatibility compatible compel compels compete competition compile compiler
complain complained complaining complains complaint complaints complete completed completely completes completing
complex complexity complicate complicated complicates complicating comply component components compose composed
composes composing composition comprehensive compromise compulsory compute computed computer computers computes
computing con conceal concede concept concern concerned concerning concerns concert concise conclusion concrete
concur condemn condition conditions condom condone conduct conference confess confident confine confirm confirmed
confirming confirms conform confuse confused confuses confusing confusion congest connect connected connecting
connection connections connects consent consequence consequences consequently consider considerable considerably
consideration considered considering considers consist consistency consistent consists console constant constraint
constraints construct consult consume consumption contact contain contained containing contains contend content
contents contest context continually continuation continue continued continues continuing continuous continuously
contour contract contrary contrast contribute contribution contributions control controlled controlling controls
convenient convention conventional conventions conversation convert convey convict convince convinced convinces
convincing cook cooked cookie cookies cooking cooks cool cooled cooling cools cope coped copes copied copies
coping copper copy copying core corn corner corners corpse corpses correct corrected correcting correction
correctly corrects corrupt corrupted corrupting corrupts cosmic cost costed costing costly costs cotton cough
could council counsel count counted counter counting country counts county couple coupled couples courage courier
course courses court courts cousin cover covered covering covers cow cows crack cracked cracks craft cramp cramped
cramps crap crash crashed crashes crashing crass crawl crawled crawls crazy cream create created creates creating
creation creator creature credit credits creed creep crew cricket cried cries crime crimes crisis crisp crisps
critic critical criticism critics crop crops cross crossed crosses crowd crowded crowds crown crucial crude cruel
cruelty cruise cruised cruises crunch crush crushed crushes cry crying cryptic crystal cube cubic cuckoo cuddly
cue culprit cult culture cumming cums cunning cup cups cure cured cures curing curious curly current currently
curry curse cursor curtain curve curves custard custom customer customs cut cute cuts cutting cycle cycled cycles
cycling cyclist cynic cynical daft daily damage damaged damages damaging damn damned damning damns damp dance
danced dances dancing danger dangerous dangers dare dared dares daring dark darling dash dashed dashes dashing
data database date dated dates dating datum dawn day days daytime dead deadly deaf deal dealer dealers dealing
deals dealt dear death deaths debate debated debates debt debug debugs decade decades decay decent decide decided
decides deciding decimal decision decisions deck declare declared declares declaring decline decode decoded
decodes decrease dedicate dedicated dedicates dedicating deduce deduced deduces deed deeds deem deemed deeming
deems deep deeper deepest deeply default defeat defeats defect defects defence defend defends defense define
defined defines defining definite definitely definition definitions definitive defy degrade degree degrees deity
delay delayed delays delete deleted deletes deleting deliberate deliberately delight deliver delivered delivering
delivers delivery delta demand demands demise democratic demonstrate demonstration denied denies denote denotes
dense density dentist deny denying department depend depended depending depends deposit depress deprive depth
depths deputy derange derive derived derives deriving descend describe described describes describing description
descriptions desert deserts deserve design designed designing designs desirable desire desired desires desiring
desk desktop despair desperate despise despite destine destroy destroyed destroying destroys detach detail
detailed detailing details detect detected detecting detects deter determine determined determines determining
detract develop developed developing development develops device devices devil devious devise devised devises
devoid devote devoted devotes devoting diagram dial dialect dials diary dice dictate dictionary did die died dies
diesel diet differ difference differences different differently differs difficult difficulties difficulty dig
digest digging digit digital digits dignity digs dilemma dim dine dined diner dines dining dinner dip dire direct
directed directing direction directions directly director directory directs dirt dirty disable disadvantage
disagree disappear disappeared disappearing disappears disaster disc discard discipline disco discount discourage
discouraged discourages discouraging discover discovered discovering discovers discs discuss discussed discusses
discussing discussion discussions disease disgust dish dishes disk dislike dismal dismiss display displayed
displaying displays dispose dispute disrupt distance distant distinct distinction distinctly distinguish distort
distribute distributed distributes distributing distribution district disturb disturbed disturbing disturbs ditch
ditto dive dived diverse divert diverts dives divide divided divides dividing divine diving division divorce
doctor doctors document documentation documented documenting documents dodge doe does dog dogma dogs doing dole
dollar dollars domain don donate donated donates done dons doom doomed dooming dooms door doors dose doses dot
dots dotted dotting double doubled doubles doubt doubtful doubts down dozen dozens draft drafted drafts drag
dragged dragon drags drain drained drains drama drank drastic draw drawing drawn draws dread dreaded dreads dream
dreams dreary dress dressed dresses drew dried dries drift drill drink drinks drip dripped drips drive drivel
driven driver drivers drives driving drop dropped dropping drops drove drown drowned drowns drug drugs drum drums
drunk drunken dry drying dual dubious duck ducks due duff dug dull duly dumb dummy dump dumped dumping dumps
during dust dustbin dusty duties duty dying dynamic each eager eagerly eagle ear earlier earliest early earn
earned earning earns ears earth ease easier easiest easily east eastern easy eat eaten eater eating eats echo
echoed echoes echoing ecology economic economy edge edges edit edited editing edition editor editors edits educate
education educational effect effective effectively effects efficient effort efforts egg eggs ego egos eight eighth
either elderly elect elected electing election electric electronic electronics elects elegant element elements
elevator eleven elite elitist else elsewhere embarrass embarrassed embarrasses embarrassing embed embeds emerge
emerged emergency emerges eminent emit emotion emphasis empire employ employee employs emptied empties empty
emulate enable enabled enables enclose encode encoded encodes encounter encountered encountering encounters
encourage encouraged encourages encouraging end ended ending endings endless ends enemies enemy energy enforce
engage engaged engages engine engineer engineered engineering engineers engines enhance enjoy enjoyed enjoys
enlarge enormous enough ensure ensured ensures ensuring entail entails enter entered entering enters entire
entirely entitle entitled entitles entitling entity entrance entries entry environment envy epic episode equal
equally equals equate equip equipment equips equivalent era erase erased eraser erases erasing ergo err error
errors escape escaped escapes especially essay essays essence essential essentially establish established
establishes establishing establishment estate estimate eternal ethic ethical ethics ethnic even evened evening
evenings evenly evens event events eventually ever every everybody everyone everything everywhere evidence evident
evil evils evolve evolved evolves exact exactly exam examine examined examines examining example examples exams
exceed exceeds excellent except exception exceptions excepts excess excessive exchange excite excited excites
exclude excluded excludes excluding exclusive excuse excuses execute executed executes executing exempt exercise
exhaust exhibit exist existed existence existing exists exit exited exiting exits exotic expand expanded expanding
expands expansion expect expected expecting expects expense expensive experience experienced experiences
experiencing experiment experimental experiments expert experts expire expired expires expiry explain explained
explaining explains explanation explicit explode exploit explore export expose exposed exposes express expressed
expresses expressing expression extant extend extended extending extends extension extensive extent extents
external extra extract extras extreme extremely eye eyes fabric face faced faces facilities facility facing fact
factor factors factory facts factual faculty fail failed failing fails failure faint fainter fair fairer fairest
fairly fairy faith fake fall fallacy fallen falling falls false fame familiar family famine famous fan fancy fans
fantasy far farce fare farm farmer farmers farther farthest fascist fashion fast faster fastest fat fatal fate
father fathers fatuous faucet fault faults faulty favor favorite favour favourite fear feared fearing fears
feasible feat feature features fed federal fee feeble feed feedback feeding feeds feel feeling feels fees feet
fell fellow fellows felt female females fence fender fenders fetch fever few fewer fewest fiction fiddle fiddled
fiddles field fields fierce fifteen fifth fifty fight fighter fights figure figured figures file filed files
filing fill filled filling fills film filmed filming films filter filters filthy final finally finals finance
financial find finding finds fine fined finer fines finest finger fingers fining finish finished finishes
finishing finite fire fired fires firing firm firmly firms first firstly fiscal fish fished fishes fishing fit
fits fitted fitting five fiver fix fixed fixes fixing fizzy flag flagged flags flame flames flash flashed flashes
flashing flat flavor flavour flaw flawed flawing flaws fleet flesh flew flexible flied flies flight flip flipped
flips float floated floating floats flood flooded floods floor floors floppy flour flow flowed flower flowers
flowing flown flows fluent fluffy fluid flush flushed flushes flute fly flying foam focus fog fold folded folder
folders folding folds folk folks follow followed following follows fond font fonts food foods fool fooled fooling
foolish fools foot for forbade forbid forbids force forced forces forcing foreign forest forests forever forgave
forget forgets forgetting forgive forgot forgotten fork form formal format formats formed former forming forms
formula forth forthcoming fortunately fortune forty forum forward fossil fought foul found founded founds four
fourth fraction fragile frame frames frank frankly frantic fraud freak freaks free freed freedom freeing freely
frees freeway freeze freezes french frequent frequently fresh fried friend friendly friends fries fringe frog
frogs from front frown frowned frowns froze frozen fruit fruits fry frying fudge fuel full fuller fullest fully
fume fumes fun function functions fund fundamental fundamentally funded funding funds funeral funnier funny fur
furry further furthest fuse fusion fuss fussy futile future fuzzy gain gained gaining gains galaxy game games gang
gap gaps garage garbage garble garbled garbles garden gardens gas gasoline gasp gate gates gateway gather gathers
gave gay gear geared gearing gears gender gene general generally generate generated generates generating
generation generic genes genetic genius genre gentle gently genuine geology gesture get gets getting ghastly ghost
giant gift gifts gig gin girl girls give given gives giving glad gladly glance glass glasses glean gleaned gleans
global glory glossy glove gloves glow glowed glowing glows glue gnome goal goals goat god gods goes going gold
golden golf gone good goodbye goodies goods goody gospel gossip got gotten govern government governor governs gown
grab grabbed grabs grace grade grades gradual gradually graduate grain grammar grand grands grant granted granting
grants graph graphic graphics graphs grasp grass grateful grave gravity gray greasy great greater greatest greatly
greed greedy green grew grey grid grief grim grind grinding grinds grip grips groan gross grosses grossly ground
grounds group grouped groups grow growing grown grows growth guarantee guaranteed guaranteeing guarantees guard
guarded guards guess guessed guesses guessing guest guests guide guided guides guiding guilt guilty guinea guitar
gulf gum gun guns gut guts gutter guy guys habit habits hack hacked hacker hackers hacking hacks had hail hair
haircut hairs hairy half hall halls halt halted halting halts halve halves ham hammer hand handed handful handing
handle handled handler handles handling hands handy hang hanged hanging hangs happen happened happening happens
happier happily happy hard harden hardens harder hardest hardly hardware hardy harm harmful harmless harmony harsh
has hash hassle hasten hasty hat hate hated hates hating hatred hats have having havoc hay hazard hazards hazy
head headed header headers heading heads health healthy heap hear heard hearing hears heart hearts heat heated
heating heats heaven heavens heavier heavily heavy heel heels height heights held hell hello helmet help helped
helpful helping helps hence her herd here hereby heresy hero heroes heroic heroin herring herself hes hey hid
hidden hide hided hideous hides hiding high higher highest highly highway hill hills him himself hint hinted
hinting hints hip hire hired hires hiring his historical history hit hits hitting hobby hog hold holder holders
holding holds hole holes holiday holidays hollow holy home homes honest honesty honey hook hooked hooking hooks
hope hoped hopeful hopefully hopes hoping horde hordes horizon horn horrible horrid horrify horror horse horses
hospital host hostile hosts hot hotel hour hours house housed houses housing how however huge hugely huh hum human
humane humans humble humbly hundred hundreds hung hungry hunt hunted hunting hunts hurry hurt hurting hurts
husband hut hyphen ice icon icons idea ideal ideally ideals ideas identical identify identity idiom idiot idiotic
idiots idle ignore ignored ignores ignoring ill illegal illness image images imagination imagine immediate
immediately immense immoral immune impact impair impairs impend impends implement implemented implementing
implements implication implications implied implies imply implying import importance important importantly imports
impose imposed imposes imposing impossible impress impression improve improved improvement improvements improves
improving impulse inability inadequate inane inch inches incident incidentally incline inclined inclines inclining
include included includes including income incompatible incomplete inconsistent inconvenience incorrect increase
increased increases increasing incur incurs indeed indent independent independently index indexed indexes indicate
indicates indication individual individually individuals induce induced induces indulge industrial industry
inertia inevitably infant infect infects infer inferior infinite inflict influence info inform information
informed informing informs inhabit inherit inhibit initial initially initials inject injure injured injures injury
ink inner innocent input inputs inputted inputting insane insect insects insert inserted inserting inserts inside
insight insist insisted insisting insists insofar inspect inspire install installed installing installs instance
instant instantly instead institution institutions instruction instructions insult insults insurance intact intake
integer integers integral intelligence intelligent intend intended intending intends intense intent intention
inter interact interest interested interesting interests interface interim internal international interpret
interpretation interpreted interpreting interprets interval intervals intervention into introduce introduced
introduces introducing introduction invade invaded invades invalid invariably invent invented inventing invents
inverse invert inverts invest investigate invisible invitation invite invited invites inviting invoke invoked
invokes involve involved involves involving ion irate iron ironic irony irrelevant irritate irritated irritates
irritating island islands isolate isolated isolates isolating issue issued issues issuing item items its itself
jack jacket jackets jail jam jammed jamming jams jargon jazz jealous jeans jellies jelly jerk jest jet job jobs
join joined joining joins joint jointly joints joke joked jokes joking jolly journal journey joy judge judged
judgement judges judging judgment juice jump jumped jumping jumps jungle junior junk jury just justice
justification justified justifies justify justifying keen keep keeper keeping keeps ken kept kernel kettle key
keyboard keyed keying keys keyword kick kicked kicking kicks kid kidded kidding kidnap kidnaps kidney kids kill
killed killer killing kills kind kindly kinds king kingdom kings kiss kit kitchen kits knee knees knew knife
knight knock knocked knocking knocks know knowing knowledge known knows lab label labeled labeling labelled
labelling labels labor laboratory labour labs lack lacked lacking lacks lad ladder ladies lady lag lager laid lain
lake lamp land landed landing lands lane language languages large largely larger largest lark laser lasers last
lasted lasting lasts late lately later latest latter laugh laughed laughs launch law lawn laws lawyer lawyers lay
layer layers laying layout lays lazy leach lead leaded leader leaders leading leads leaf leaflet league leak lean
leaned leaning leans leap learn learned learning learns learnt least leather leave leaved leaves leaving lecture
lectures led left leg legal legally legend legible legs leisure lemon lend lending lends length lengths lengthy
lenient lens lenses lent lesbian less lesser lesson lessons lest let lethal lets letter letters letting level
levels liable liaison libel liberal liberty libraries library license lid lie lied lies life lifetime lift lifted
lifting lifts light lighted lighter lightly lights like liked likely likes likewise liking limb limbs limit
limited limiting limits line linear lined lines lining link linkage linked linking links lion lip lips liquid
liquor lisp list listed listen listens listing lists lit literal literally literature litter little live lived
lively liver lives livest living load loaded loader loading loads loan loans lobby local locally locals locate
located locates location locations lock locked locking locks lodge log logged logging logic logical logo logs
lonely long longer longest look looked looking looks loop loops loose loosely lord lords lorries lorry lose loses
losing loss losses lost lot lots loud louder loudest loudly lousy love loved lovely lover lovers loves loving low
lower lowered lowers lowest loyal luck luckily lucky luggage lump lumps lunatic lunch lung lungs lurk lurked
lurking lurks lust luxury lying lyric lyrics machine machines mad made madness magic magical magnetic magnitude
mail mailbox mailed mailing mails main mainly mains maintain maintained maintaining maintains maize major majority
make maker makers makes making male males man manage managed manager manages managing mandate mangle mangled
mangles mania manipulation mankind manned manner manning mans manual manuals many map mapped mapping maps march
margin margins marital mark marked marker markers market markets marking marks marriage married marries marry mask
mass masses massive master masters match matched matches mate material materials mathematical mathematics matrix
matter matters mature maximum may maybe mayor maze meal meals mean meaning meaningful meaningless meanings means
meant measure measured measures measuring meat mechanic mechanics mechanism media medical medium mediums meet
meeting meetings meets melody melt member members membership memory men mend mended mending mends mental mention
mentioned mentioning mentions menu menus mercury mercy mere merely merge merged merges merging merit merits merry
mess message messages messed messes messing messy met metal meter meters method methods metric metro metros mice
midday middle midnight might mighty migrate mild mildly mile mileage miles military milk mill million millions
mimic mind minded minding minds mine mined mines minimal minimum mining minor minority mint minus minute minutes
miracle mirror mirrors misery mislead misleading misleads misled misread miss missed misses missile missing
mission mist mistake mistaken mistakes mistaking mistook mists misunderstand misunderstanding misunderstands
misunderstood misuse mix mixed mixes mixing mixture moan moaned moaning moans mob mobile mock mod mode model
models modern modes modest modified modifies modify modifying module modules mole moment moments monarch money
monitor monkey monkeys monster month monthly months mood moon moons moral morally morals more morning mornings
moron morons mortal mortals most mostly mother mothers motion motions motive motives motor motors motto mount
mounted mounts mouse mouth move moved movement movements moves movie movies moving much muck mucked mucking mucks
mud muddle muddled muddles mug mugs multiple mum mumble mummy mundane murder murders muscle muscles museum museums
music musical must mutter mutters mutual myself mysterious mystery mystic myth myths nail nailed nailing nails
naive naked name named namely names naming narrow nastier nasty nation national nations native natives natural
naturally nature naughty nay near nearby nearer nearest nearly neat neatly necessarily necessary necessity neck
need needed needing needle needles needs negate negative neglect neither nerve nerves nervous nest nested nesting
nests net nets network networks neural neutral never nevertheless new newer newest newly news next nice nicely
nicer nicest nick nicked nicking nicks night nights nil nine noble nobody node nodes noise noises noisy nominal
none nonsense noon nor norm normal normally north nose noses not notable notably note noted notes nothing notice
noticed notices noticing notify noting notion notions noun nouns novel novels novelty novice novices now nowadays
nowhere nuclear null numb number numbers numbest numeral numeric numerical numerous nun nuns nurse nurses nut nuts
oar obey obeyed obeying obeys object objected objecting objection objections objects oblige obliged obliges
obscene obscure observation observe observed observes observing obsess obtain obtained obtaining obtains obvious
obviously occasion occasional occasionally occasions occupied occupies occupy occupying occur occurred occurring
occurs ocean odd oddly odds off offend offends offer offered offering offers offhand office officer offices
official offset offsets often oil old older oldest omit omits omitted omitting once one ones oneself ongoing onion
only onto onus open opened opening openly opens opera operas operate operated operates operating operation
operations operator operators opinion opinions opportunities opportunity oppose opposed opposes opposing opposite
opposition oppress opt opted optic optical optimal optimum opting option optional options opts opus opuses oral
orange orbit orbital order ordered ordering orders ordinary organ organic organisation organise organised
organises organising organization organize organized organizes organizing organs orient orients origin original
originally origins other others otherwise ought our ours ourselves out outcome outcry outer outline outlook output
outputs outrage outset outside over overall overdue overlap overly owe owed owes owing own owned owner owners
owning owns oxygen ozone pace pack package packages packed packet packets packing packs pad padded padding pads
page paged pages paging paid pain painful pains paint painted paints pair pairs palace pale pan panel panels panic
pant pants paper papers par parade paradox paragraph parallel pardon parent parents parity park parked parking
parks parody parrot parse parsed parses parsing part partial partially particular particularly parties partly
partner parts party pass passage passed passes passing passion passive past paste pat patch patched patches patent
path paths patient pattern patterns pause paused pauses pausing pay payed paying payment pays peace peak peaks
peanut peanuts peasant peculiar pedal pedant pedants peer peers pen penalty pence pencil pended pending pends
penguin pennies penny pens people peoples per percent perfect perfectly perform performance performed performing
performs perhaps period periods permanent permanently permission permit permits permitted permitting persist
person personal personally persons persuade persuaded persuades persuading pet petrol petty phase phased phases
phasing phenomenon philosophy phoenix phone phoned phones phoning photo photos phrase phrased phrases physic
physical physics piano pick picked picking picks picture pictures pie piece pieces pig pigeon pigs pile piles pill
pills pilot pin pinch pinched pinches pink pins pint pints pipe pipes pit pitch pitfall pity pizza pizzas place
placed places placing plague plagued plagues plain plainly plan plane planes planet planets planned planning plans
plant planted plants plaster plastic plate plates play played player players playing plays plea pleasant please
pleased pleases pleasing plenty plot plots plotted plotter ploy plug plugged plugs plural plus pocket pockets poem
poems poet poetic poetry poets point pointed pointer pointing pointless points poison poisons poke polar pole
police policies policy polish polite political poll polls pompous pool poor poorer poorest poorly pop pope popped
popping pops popular population pork port ported porter porters porting portion portray ports pose posed poses
posing position positions positive possess possibilities possibility possible possibly post postage postal posted
poster posters posting postmaster posts pot potato potential potentially pound pounds pour poured pouring pours
poverty powder power powered powerful powers practical practically practice practise praise pray prayed prayer
prayers praying prays preach precede precise precisely predict preface prefer preferable preferably preference
preferred preferring prefers prefix premise premium preparation prepare prepared prepares preparing presence
present presented presenting presents preserve president press pressed presses pressing pressure presumably
presume pretend pretty prevail prevent prevented preventing prevents preview previous previously price priced
prices pricing pride priest priests primary prime primes primitive prince principle principles print printed
printer printers printing printout prints prior prison privacy private prize prizes pro probably problem problems
procedure proceed process processed processes processing processor processors produce produced produces producing
product production products professional profile profit profits program programme programmed programmer
programmers programmes programming programs progress project projects prolong promise promised promises promising
promote prompt promptly prompts prone pronoun proof proofs proper properly properties property prophet proportion
proposal propose proposed proposes proposing prose prospect protect protected protecting protection protects
protein protest proud prove proved proven proves provide provided provides providing proving provoke pseudo pub
public publication publicity publicly publish published publishes publishing pudding pull pulled pulling pulls
pulp pulse pulses pump pumped pumping pumps pun punch punched punches punctuation puncture punish puns punt punts
pupil pupils purchase pure purely purge purity purple purpose purposes pursue pursued pursues pursuit push pushed
pushes pushing put puts putt putted putting putts puzzle puzzled puzzles python qualified qualifies qualify
qualifying quality quantities quantity quantum quarter queen queens queries query quest question questions queue
queued queues queuing quibble quick quicker quickest quickly quiet quieter quietly quit quite quits quitting quiz
quota quotas quote quoted quotes quoting rabbit rabbits rabid race raced races racial racing racism racist rack
racket racks radar radical radio radios radius rag rage raid raids rail rails railway rain rainbow rained raining
rains raise raised raises raising ram rampant ran random randomly rang range ranged ranges ranging rank ranks rant
ranted ranting rants rape rapid rapidly rare rarely rarer rarest rash rat rate rated rates rather rating ratio
ratios rats rattle rattled rattles rave raved raves raving raw ray razor reach reached reaches reaching react
reacted reaction reactor reacts read readable reader readers readily reading reads ready real realise realised
realises realising reality realize realized realizes realizing really realm realms rear reason reasonable
reasonably reasons rebuild rebuilt recall recalls receipt receive received receives receiving recent recently
reception recipe recipes reckon reckons reclaim recognise recognised recognises recognising recognition recognize
recognized recognizes recognizing recommend recommendation recommended recommending recommends record recorded
recording records recover recovered recovering recovers recruit rectify recycle red reduce reduced reduces
reducing reduction redundant refer reference references referred referring refers refine refined refines reflect
reflected reflecting reflection reflects reflex reform reforms refrain refresh refund refusal refuse refused
refuses refusing refute regain regard regarded regarding regardless regards regime region regions register
registered registering registers regret regrets regular regularly regulation regulations reign reject rejected
rejecting rejects relate related relates relating relation relationship relative relatively relax relaxed relaxes
relay release released releases releasing relevance relevant reliable relied relief relies relieve religion
religious reluctant rely relying remain remained remaining remains remark remarks remedy remember remembered
remembering remembers remind reminded reminding reminds remote remotely removal remove removed removes removing
rename renamed renames rend render renders rending rends renew renewed renews rent repair repairs repeat repeated
repeatedly repeating repeats repent replace replaced replacement replaces replacing replied replies reply replying
report reported reporting reports represent representation representative represented representing represents
reproduce request requested requesting requests require required requirement requirements requires requiring
reread rereads rescue research resent reserve reserved reserves reserving reset resets reside resident resides
resign resigns resist resolution resolve resort resorts resource resources respect respectively respects respond
response responses responsibility responsible rest restart rested resting restore restored restores restoring
restrict restricted restricting restricts rests result resulted resulting results resume resumed resumes retail
retain retains retire retired retires retract return returned returning returns reuse reveal revealed revealing
reveals revenge revenue reverse revert review reviews revise revised revises revolt revolts reward rewards rewrite
rewrote rhyme rhythm ribbon rice rich richer richest rid ridden ridding ride rides ridiculous riding rids right
rightly rights rigid ring ringed ringing rings riot rip ripped ripping rips rise risen rises rising risk risked
risking risks risky ritual rituals rival rivals river rivers road roads robot robots robust rock rocket rocks rod
rode role roles roll rolled rolling rolls roman romance roof room rooms root roots rope rose rot rotate rotated
rotates rotten rough roughly round rounded rounds rout route routed routes routine routing routs row rows royal
rub rubber rubbish rude ruin ruined ruining ruins rule ruled ruler rulers rules ruling rumor rumour run rung
running runs rural rush rushed rushes rushing rusty sack sacked sacking sacks sacred sad sadden saddens sadly safe
safely safer safest safety saga said sail sailed sailing sails saint sake saki salary sale sales salt same sample
sampled samples sand sane sang sanity sank sarcasm sat satire satisfied satisfies satisfy satisfying sauce save
saved saves saving savings saw say saying says scale scaled scales scaling scan scandal scanned scanner scans
scarce scare scared scares scarf scaring scarlet scatter scene scenery scenes scheme schemes scholar school
schools science sciences scientific scope score scored scores scoring scotch scrap scraps scratch scream screams
screen screens screw screwed screws script scripts scroll scrolls scum sea seal sealed sealing seals search
searched searches searching season seat seats second secondary secondly seconds secret secretary secrets sect
section sections sector sects secular secure security see seed seeing seek seeking seeks seem seemed seeming seems
seen sees segment seldom select selected selecting selection selects self selfish sell selling sells seminar send
sender sending sends senior sense senses sensible sensibly sensitive sent sentence sentences separate separately
sequel sequence sequences serial series serious seriously sermon servant serve served server servers serves
service services serving session sessions set sets setting settle settled settles settling seven seventh several
severe severely sex sexes sexist sexual sexy shade shades shadow shake shaken shakes shaking shaky shall shallow
shame shape shaped shapes shaping share shared shares sharing sharp sharply she shed sheds sheep sheer sheet
sheets shelf shell shells shelter shelve shelves shift shifted shifts shine shined shines shining shiny ship
shipped ships shirt shock shocked shocks shoe shoes shone shook shoot shoots shop shopped shopping shops short
shortage shorten shorter shortest shortly shorts shot shots should shout shouted shouts shove show showed shower
showers showing shown shows shut shuts shutting shy sic sick sicken sickens side sided sides siding sigh sight
sighted sights sigma sign signal signals signed significance significant significantly signing signs silence
silent silicon sillier silly silver similar similarly simple simpler simplest simply simultaneous simultaneously
sin since sincere sincerely sine sinful sing singer singers singing single singles sings sink sinking sinks sins
sir sister sit site sites sits sitting situate situation situations six sixteen sixth sixties sixty size sized
sizes sizing sketch skill skilled skills skin skip skipped skips skirt skull sky slag slang slash slave slaves
sleep sleeps slept slice sliced slices slicing slid slide slides sliding slight slightly slim slip slipped slips
slogan slope sloppy slot slots slow slowed slower slowest slowing slowly slows small smaller smallest smart smash
smashed smashes smell smells smelly smile smiled smiles smiling smith smoke smoked smoker smokers smokes smoking
smooth smug snack snag snail sneak sneaked sneaks sneaky sniff snow soap sober social society sock socket sockets
socks sod soft software soil solar sold soldier sole solely soles solid solo solution solutions solve solved
solves solving some somebody somehow someone someplace something sometime sometimes somewhat somewhere son song
songs sons soon sooner soonest sophisticate sophisticated sophisticates sophisticating sordid sore sorry sort
sorted sorting sorts sought soul souls sound sounded sounding sounds soup source sources south southern space
spaced spaces spacing span spare spares spatial speak speaker speakers speaking speaks special specially species
specific specifically specified specifies specify specifying sped speech speed speeds spell spelled spelling
spells spelt spend spending spends spent sphere spies spigot spike spill spin spiral spirit spirits spit spite
spits spitted split splits splitting spoil spoils spoke spoken sponsor spoof spool sport sports spot spots spotted
spotting spout sprang spray spread spreading spreads spring springs sprung spur spy squad square squared squares
squash squeeze stable stack stacks staff stage stages stagger stair stairs stake stale stall stamp stamped stamps
stance stand standard standards standing stands star stare stared stares staring stark starred stars start started
starter starting startle starts starve starved starves state stated statement statements states static stating
station stations statistic statistical statistics status stay stayed staying stays steady steal steals steam steel
steep steer steered steers stem stems step stepped steps stereo sterile stick sticking sticks sticky stiff still
stir stirred stirs stock stocks stole stolen stomach stone stones stood stop stopped stopping stops storage store
stored stores storey stories storing storm storms story straight straightforward strain strains strange strategy
straw stray stream streams street streets strength stress stretch strict strictly strike strikes striking string
strings strip strips strive stroke strong strongly struck structure structures stuck student students studied
studies studio study studying stuff stuffed stuffs stumble stun stunned stuns stunt stupid style styles subject
subjects submit submits submitted submitting subsequent subset substantial substitute subtle subtly subway subways
succeed success successful successfully such sudden suddenly sue sued sues suffer suffered suffering suffers
suffice sufficient sufficiently suffix sugar suggest suggested suggesting suggestion suggestions suggests suicide
suing suit suitable suitably suite suited suiting suits sum summary summed summer summing sums sun sundry sung
sunk sunny sunrise super superb superior supervisor supplied supplies supply supplying support supported
supporting supports suppose supposed supposedly supposes supposing supreme sure surely surface surgery surname
surplus surprise surprised surprises surprising survey surveys survive survived survives surviving suspect
suspected suspecting suspects suspend suspended suspending suspends suspicion sustain swallow swam swamp swamped
swamps swap swapped swaps swear swears sweat sweats sweep sweeps sweet swept swim swims swing switch switched
switches switching sword swore sworn swum symbol symbols symptom synonym syntax system systems tab table tables
tabs tack tacked tacking tackle tackled tackles tacks tactic tactics tag tail tailor tailors tails take taken
taker takers takes taking tale talent talents tales talk talked talking talks tall tame tangent tank tanks tap
tape tapes target targets task tasks taste tasted tastes tasting taught tax taxes taxi tea teach teacher teaches
teaching team teams teapot tear teared tearing tears technical technique techniques technology tedious teenage
teeth telephone television tell telling tells temper temperature temple temporarily temporary tempt tempted tempts
ten tend tended tendency tender tending tends tennis tens tense tension tenth term termed terminal terminals
terming terminology terms terribly terrify terror terse test tested testing tests text texts textual than thank
thanked thanks that the thee theft their theirs them theme themes themselves then theorem theoretical theory
therapy there thereby therefore therein thereof these theses thesis they thick thief thieve thieves thin thing
things think thinking thinks third thirst thirty this thoroughly those thou though thought thoughts thous thousand
thousands thread threat threats three threw throat throats through throughout throw throwing thrown throws thrust
thrusts thumb thus thy tick ticket tickets tidied tidies tidy tidying tie tied ties tiger tight tightly tile tiles
till time timed timer times timing tin tins tiny tip tips tire tired tires tiring title titles toad toast tobacco
today toe toes together toggle toilet toilets token tokens told toll tomato tome tomorrow ton tone tones tongue
tonight tons too took tool tools tooth top topic topical topics tops tore torn torture toss total totally touch
touched touches touching tough tour tourist toward towards tower towers town towns toy toys trace traced traces
tracing track tracked tracks trade traded trades trading traditional traffic tragedy tragic trail trailed trails
train trained training trains transfer transferred transferring transfers transit translate translated translates
translating translation transport trap trapped trapping traps trash travel travels tray tread treat treated
treating treatment treats treaty tree trees trek trend trends trendy trial trials tribe tribes trick tricks tricky
tried tries trifle trigger trilogy trinity trip triple tripos trips triumph trivia trivial trolley troop troops
trouble trouser truck trucks true truly trumpet trunk trunks trust trusted trusting trusts trusty truth truths try
trying tube tubes tune tuned tunes tuning tunnel tunnels turn turned turning turns tutor twelve twenty twice twin
twins twist twisted twists two tying type typed types typeset typical typing ugh ugly ultimate ultimately unable
unacceptable unaware uncertain uncle unclear under undergo undergraduate undergraduates underneath understand
understanding understands understood undid undo undoes undoing undone unduly uneasy unfair unfortunate
unfortunately unhappy unified unifies uniform unify union unions unique unit unite united unites uniting units
unity universal universities university unknown unless unlike unlikely unlimited unload unlock unlocks unlucky
unnecessarily unnecessary unpleasant unread unreasonable unsafe unseen unset unsound unsuitable unsure untidy
until unto untrue unused unusual unwanted unwise update updated updates updating upgrade upon upper upright ups
upset upsets upsetting upside upward upwards urban urge urged urgency urgent urges urging usable usage use used
useful useless user users uses using usual usually utility utter utterly vacancy vacation vacations vacuum vague
vaguely vain valid validity valley valuable value valued values valuing valve valves van vanish vans variable
variables variant variation varied varies variety various vary varying vast vastly vat vector vectors vehicle vein
vend vended vending vendor vends venture venue venues verb verbal verbose verbs verdict verify verse verses
version versions versus very vessel vet via viable vicar vice vicious victim victims victory video view viewed
viewer viewing views vile village vintage vinyl violate violent violin virgin virtual virtually virtue virtues
virus viruses visible vision visit visited visitor visits visual vital vocal voice voices void voltage volume
volumes vomit vote voted voter voters votes voting vouch vowel wade waded wades wading waffle wage wages wait
waited waiting waits wake waked wakes waking walk walked walking walks wall wallet walls wander wanders want
wanted wanting wants war ward warm warmed warming warms warn warned warning warns warp warped warping warps
warrant wars wartime wary was wash washed washes washing waste wasted wastes wasting watch watched watches
watching water waters wave waved waves waving way ways weak wealth wealthy weapon weapons wear wearing wears weary
weasel weasels weather wed wedded wedding weds wee week weekday weekend weekly weeks weigh weight weird welcome
welcomed welcomes welcoming welfare well went were west western wet wets wetting whale whales what whatever
whatsoever wheel wheels when whence whenever where whereas whereby wherever whether which while whilst whim
whistle white whites who whoever whole wholly whom whoop whoops whose why wicked wide widely wider widespread
widest width wife wild wildly will willed willing wills win wind winded winding window windows winds wine wines
wing wings winner winners winning wins winter wipe wiped wipes wiping wire wired wires wiring wisdom wise wiser
wisest wish wished wishes wishing wit witch with withdraw within without witness witty wive wives wizard woke
woken wolf woman wombat women won wonder wondered wonderful wondering wonders wont wood wooden woods word worded
wording words wore work worked worker workers working works world worlds worm worms worn worried worries worry
worrying worse worship worst worth worthwhile worthy would wound wow wrap wrapped wrapper wraps wrath wreck
wrecked wrecker wrecks wren wrist write writer writers writes writing written wrong wrongly wrongs wrote yard
yards yawn year yearly years yellow yes yesterday yet yeti yield yields you young younger your yours yourself
youth zero zeros zone zones zoom
`.split(/\s+/),
)

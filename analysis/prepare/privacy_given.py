"""Forenames and surnames heard in the UK and Ireland, typed by us: clues, never the only reason."""

FORENAMES = frozenset(
    # enough to tell "I'm Dave" from "I'm Deaf"
    """
aadil aaliyah aarav aaron abbas abdi abdirahman abdul abdullah abdullahi abena abeo abi abigail
abimbola abiola adam ade adebayo adeel adela adele adeola adnan adrian afia afua agnes agnieszka
ahmad ahmed aidan aiden aileen aine aisha aisling ajay akash akhtar akosua akua alan alana
alasdair alastair albert alec aled alejandra alejandro aleksander aleksandra alessandra
alessandro alex alexander alexandra alexis alfie alfonso alfred ali alice alina alisdair alisha
alison alistair allan allen allison alma aloysius alun alwyn amadou amanda amara amarjit amber
ameena ameer amelia amelie amina amir amit amita amjad ammar amos amrit amy anastasia anders
andre andrea andreea andrei andrew andrzej aneesa aneirin anesh angela angelica angelo angharad
angie angus aniela anika anil anita anjali ankit ann anna annabel annabelle anne anneliese
annette annie annika anouk ansel anselm anthony antoinette anton antoni antonia antonio anuja
anwar anwen aodhan aoibheann aoibhinn aoife april arabella aran archie arjun arlene arlo arman
arnold arron arthur artur arvind arwel arwen aryan asha ashley ashok ashraf asif asim asma
astrid athena aubrey audra audrey aurelia aurora ava avril ayaan ayesha ayo ayodele aysha azhar
aziz azra babajide babatunde baljit balwinder barbara barnaby barry bart bartholomew bartosz
bashir basia basil bea beata beatrice becca becky belinda bella ben benedict benjamin benjie
bernadette bernard bernice bernie bert bertha beryl beth bethan bethany bettina betty beverley
bex bhavna bhupinder bianca bibi bilal bill billy bimpe blanche blessing bob bogdan bogumil bola
bolanle boris boyd brad braden bradley brady brandi brandon breda brenda brendan brian brianna
bridget bridie bronagh bronislaw bronwen brooke brooklyn bruce bruno bryan bryn bryony buddug
byron cadi caitlin caitriona caleb callum calum cameron camilla candice caoimhe cara carina carl
carla carlos carmel carmela carmen carol caroline carolyn carrie carwyn carys cassandra cassie
cath cathal catherine cathleen cathy catrin catriona cecil cecilia cedric celeste celia celine
ceri cerys chandra chantal chantelle charlene charles charlie charlotte charmaine charmian chaya
chelsea chen cheryl chiara chidi chidinma chika chikezie chinedu chinwe chioma chloe chris
chrissie christa christabel christelle christian christina christine christopher chuka chukwuma
cian ciara ciaran cieran cillian cindy claire clare clarence clarissa claudette claudia claudio
clementine cleo cliff clifford clint clive clodagh cody colette colin colleen colm concetta
connie connor conor constance cora coral corey corinne cormac cornelius courtney craig cristian
cristina crystal curtis cuthbert cynthia cyril dafina dafydd dagmara daisy daithi dale dalia
dalisay damian damien damilola damon dan dana daniel danielle danuta daphne daragh darcy dario
darius dariusz darrell darren darryl daryl dave david davina dawn daz dean deanna deb debbie
debora deborah debra declan deepa deepak deepika deiniol deirdre delia delroy delyth demelza
demetrios denis denise dennis denzil derek dermot derrick dervla desiree desmond devi devinder
devon dewi dhruv diana diane diarmuid diego dilip dilys dimitri dina dinesh dion dipak dirk
divya dmitri dolores domenico dominic dominika donal donald donatella donna donnchadh donovan
dora doreen dorian doris dorota dorothy dot doug dougal douglas drew duane dudley duncan dunja
dylan dympna eabha eamon eamonn earl ebenezer ebere ebony eddie edgar edith edmund edna edoardo
eduardo edward edwin edwina efe eibhlin eifion eileen eilidh eilis eimear einar eira ekaterina
elaina elaine eldred eleanor eleanora elena eleri eli elias elijah elin elinor elisa elisabeth
elise eliza elizabeta elizabeth elke ella ellen ellie elliot elliott elodie eloise elsie elspeth
elton eluned elvira emanuel emeka emer emil emilia emilie emilio emily emma emmanuel emmanuella
emmeline emyr encarna enid eniola enoch enrico enrique eoghan eoin ephraim eric erica erin
ernest ernie errol erwin esi esme esperanza estelle esther ethan ethel etienne euan eugene
eugenia eunice euphemia eustace eva evan evangeline evelina evelyn everett evie ewa ewan ewelina
eyup ezra fabian fabio faisal faith faiza farah farhan farhana farid farida farrukh fatima fatma
fatou fatoumata fay faye federico felicity felix femi feng ferdinand fergus fernando ffion
fidelma filip fillipe finbar finlay finn finola fiona fionnuala flavia fleur flo flora florence
florin folake folasade fran frances francesca francesco francine francis francisco francois
frank frankie franklin franz fraser fred freda freddie frederick freya frida frieda friedrich
fumi funmi funmilayo gabriel gabriella gabrielle gaetano gail gareth gary gaurav gavin gaynor
gaz gearoid gemma gene genevieve geoff geoffrey george georges georgia georgie georgina geraint
gerald geraldine gerard gerhard gerry gertrude gethin ghulam giacomo gianluca gideon gift
gilbert giles gill gillian gina ginger ginny giorgio giovanni giulia giuseppe gladwin gladys
glen glenda glenn glenys gloria godfrey goran gordon graeme graham grahame grainne grant
granville greg gregor greta gretchen griff grigori grzegorz guillaume gulsen gunnar gurdeep
gurmeet gurminder gurpreet gurvinder gus gustav guy gwen gwenda gwendoline gwenllian gwenno
gwilym gwyn gwyneth gwynfor habib hadiza hafsa haidar haider hakeem halima hamid hamida hamish
hamza hana hanif hanna hannah hans hao haresh hari haris harish harjinder harjit harley
harminder harold haroon haroun harpreet harriet harriette harris harry haruka harvey haseeb
hashim hassan hattie hayat hayden hayley hazel heather heidi heike heinrich helen helena helene
helga hema henrietta henrik henry henryk herbert herman hermione hester hettie hilary hilda hina
hiroshi hodan hollie homer honor horace hortense hosein howard hubert hugh hugo humaira humphrey
humza hussain huw hyacinth hywel iago iain ian ibrahim ibrahima ida idris iestyn ieuan ifan
ifeanyi ifeoma ignatius igor ikram ilaria ileana iman imani imelda immaculata imogen imran ina
inaya inderjit indira indra ines inga ingrid inigo ioan ioana iqbal ira iram irena irene irfan
irina iris irvine isaac isabel isabella isabelle isha ishaan ishmael isla isobel isra istvan ita
ivan ivana ivo ivor ivy iwan iwona izabela izzy jabari jacek jacinta jack jackie jaclyn jacob
jacqueline jacques jacqui jada jaden jadwiga jagdeep jagjit jai jaime jake jakub jalil jamal
james jamie jamil jamila jan jane janek janet janette janice janine janusz jared jarek jarvis
jas jasbir jasmine jason jaspal jasper jaspreet jaswinder javed javier jay jaya jayant jayden
jaydon jayne jaz jean jeanette jeannie jed jeff jeffrey jemima jemma jen jenna jennifer jenny
jeremiah jeremy jermaine jerome jerry jerzy jess jesse jessica jessie jesus jethro jia jill jim
jimmy jin jitendra jo joachim joan joanie joanna joanne joao joaquin jocelyn jodie jody joe joel
joginder johan johann johanna johannes john johnathan johnny jojo jolene jon jonah jonas
jonathan jonny jordan jorge jose josefina joseph josephine josh joshua josiah josie joyce jozef
juan juanita judah jude judi judith judy jules julia julian juliana julie juliet juliette junaid
june jurgen justin justina justine justyna jyoti kabir kadija kai kaiden kaitlyn kaleem kamal
kamala kamil kamila kamran kapil kara kareem karen karim karin karina karishma karl karla karol
karolin karolina karthik kashif kasia kasim katarina katarzyna kate katharine katherina
katherine kathleen kathryn kathy katia katie katja katrina kavita kay kaya kayden kayleigh kaz
kazimierz keane keeley keeva keira keiron keith kelechi kelly kelvin kemi ken kendra kenji
kenneth kenny kenza kerri kerrie kerry kerstin kevan kevin khadija khadijah khaled khalid
khalida khalil kian kieran kieron kim kimberley kimberly kiran kirk kirsten kirstie kirsty kit
kitty klaus kofi kojo komal konrad kosta kris krish krishna kristen kristian kristina krystal
krystyna krzysztof kuba kuldip kulvinder kulwinder kumar kunle kurt kwabena kwaku kwame kwasi
kyla kyle kylie kyra lacey lachlan lajos lakshmi lalita lamar lamin lana lance lara larissa
larry lars laszlo latisha latoya laura lauren laurence laurent laurie laverne lavinia lawrence
layla lazar leah leandro leanna leanne lee leena leigh leila leilani len lena lenka lennox lenny
leo leon leona leonard leonardo leonie leopold leroy les lesley leslie leszek letitia levi lewis
lewys lex lexi liam liana libby lidia liesel lilian liliana lillian lily lin lina lincoln linda
lindsey linh linnea lionel lisa lisbeth lise lita livia liz liza lizzie lleucu llewellyn
llewelyn llinos lloyd llyr logan lois lola lorcan lorenzo loretta lori lorna lorraine lottie lou
louie louisa louise lourdes lowri luca lucas lucia lucian luciana lucien lucille lucinda lucjan
lucy ludmila luigi luis lukasz luke lula luther lydia lyn lynda lyndon lyndsey lynette lynn
lynne lynsey lyra mabel maciej mack maddie maddison madeleine madhu madison mae maeve magda
maggie mahmood mahmoud mahnoor maia mair mairead mairi maisie maja makayla malachy malak malcolm
malgorzata malik malika mallory mamadou mandeep mandla mandy manjit manoj manon mansoor manuel
manuela mara marc marcel marcella marcelo marcia marcin marco marcus marek margaret margarita
margaux margery margie margo marguerite mari maria mariam marian marianne marie marietta
marilena marilyn marina mario marion marisa marisol marita marius marjorie marko marlene marlon
marsha marta martha martin martina martine martyn marvin marwa mary maryam masood massimo matas
mateo mateusz mathew mathilde matilda matilde matt matthew matthias mattie maud maura maureen
mauricio mauro mavis max maximilian maxine maxwell maya mbali meera megan mehdi mehmet mehreen
mehwish mei meinir mel melania melanie melina melissa melody melvin melvyn mercedes mercy
meredith merfyn merlin mervyn meryl mhairi mia micah michael michaela michal micheal
michelangelo michele michelle mick mickey mihai mika mikael mike mikhail mikolaj mila milan
mildred milena millie milo milton mina minh minnie mira miranda mirela miriam miriama miroslav
mitch mitchell mo mohamed mohammad mohammed mohamud mohan mohinder mohit moira mollie molly
monica monika montgomery morag mordecai morgan morris morwenna moses mostafa muhammad muhammed
mukesh mumtaz muna munir murdo muriel murray musa mustafa myfanwy myra myron myrtle nabeel nabil
nadeem nadezhda nadia nadine nadja nafisa nahid naila naima najma namrata nana nancy nanette
naomi narinder naseem nasima nasir nasra nasreen natalia natalie natalya natasha nathalie nathan
nathaniel naveed naveen navjot nazia nazir ned neelam neha neil nell nellie nelson nerys
neslihan nessa nesta nestor neve neville nevin nga ngozi nguyen nia niah niall niamh nicholas
nick nicky nico nicola nicolae nicolas nicole nicolette nidhi niels nigel nikesh nikhil nikita
nikki nikola nikolai nikos nils nilufar nimra nina ning nirmala nisha nishant nita nithya nkechi
noa noah nobuhle noel noelle nolan nomsa noor nora noreen norma norman noura nuala nuno nusrat
nwabudike nyasha obi obinna oisin okan oksana ola olabisi oladele olamide olayinka oleg
oleksandr olena olesya olga olive oliver olivia olu olufemi olumide olusegun olutayo oluwaseun
olwen omar omari omolara onyeka oona oonagh ophelia orla orlagh orlaith orlando orson osama
oscar osman osvaldo oswald otis otto owen oyin ozan pablo paddy padraic padraig paige paloma pam
pamela pankaj paola paolo paraskevi parminder parmjit parveen pascal pat patrice patricia
patrick patrik patrycja patsy paul paula paulette paulina pauline paulo pavel pawel pearl pedro
peggy peig penelope penny perpetua perry petal pete peter petra petronella petros petula phelim
phil philip philippa philippe phillip philomena phoebe phoenix phyllis pia pierre pilar piotr
pip pippa polly poonam poppy prakash pranav prasad pravin precious preet preeti prem primrose
prince princess priscilla priti pritpal priya priyanka prudence przemyslaw qasim quentin quincy
quinn rabia rachael rachel rachid radek radoslaw rae rafael rafal rafe rafiq raghav raheem rahim
rahima rahul raina raisa raj raja rajan rajeev rajesh rajinder rajiv rajni raju rakesh ralf
ralph ram raman ramesh ramon ramona ramzan rana randolph ranjit raphael raquel rasheed rashid
rashida raul raven ravi ravinder raymond raz razia rebecca reece reema reena rees reg regan
reggie regina reginald rehana rehman reinhard remi renata rene renee renu reuben revathi reza
rhea rhian rhiannon rhianydd rhodri rhona rhonda rhydian rhys ria riaz ricardo richard richie
rick rickie ricky rihanna riley rima rina rita ritu rizwan roan rob robbie robert roberta
roberto robin robyn rocco rochelle rodger rodney rodrigo rogelio roger rohan rohit roisin roland
rolf roma romain roman romeo romy ron ronald ronan ronnie roopa rory rosa rosalie rosalind
rosamund rosanna rosario roseanne rosemarie rosemary rosie rosina rosita roslyn ross rowan
rowena roxana roxanne roy royston roza ruairi ruaridh rubina ruby rudi rudolf rufus rui rukhsana
rupa rupert rupinder ruqayyah russ russell rustam ruta ruth ryan ryszard saad saba sabah sabina
sabine sabrina sachin sadaf sade sadia sadie saeed safa safia safiya sahar sahil sahra said saif
saira sajid sajida sakina sal saleem saleh salim sally salma salman salomon salvatore sam
samantha sameer sami samina samir samira sammy samrina samuel sana sandeep sandip sandra sandro
sandy sangita sanjana sanjay sanjeev sanna santiago santosh saoirse sapna saqib sara sarah
sardar sarita sarwar sasha saskia satish satnam satvinder saul savannah savita sayed scarlett
scott seamus sean sebastian seema selina selma selwyn seren serena serge sergei sergio seth seyi
shabana shabir shabnam shafiq shah shaheen shahid shahida shahnaz shaila shakeel shakira shaleen
shamim shamima shamsul shanaz shane shanice shaniqua shannen shannon shanti sharif sharmila
sharmin sharon shashi shaukat shaun shauna shaz shazia shea sheikh sheila shelagh shelley shelly
sherif sherry shilpa shireen shirley shiv shivani shobha shona shreya shubham sian sibongile sid
siddharth sidney sidra siegfried sienna sigrid silas silvana silvia simeon simon simona simone
simran sindy sinead sinitta siobhan sioned sipho sita sixtus siân skye slawomir sneha sobia
sofia sofie solomon somaya sonal sondra sonia sonya sophie soraya sorcha soren spencer srinivas
stacey stacy stan stanislav stanislaw stanley stavros stefan stefania stefano steff stella
stephan stephania stephanie stephen steve steven stevie stewart stina storm stuart subhash sue
sufia suhail sukhdev sukhjit sukhwinder suki suleiman suleman sultana sumaira suman sumaya sumit
sunil sunita suraj surekha suresh surinder surjit susan susanna susannah sushila susie suzanne
sven svetlana swati sybil syed sylvester sylvia sylvie szymon tabassum tabitha tadeusz taha
tahir taiwo talia talitha tallulah tam tamar tamara tamika tammy tamsin tan tania tanisha tanvir
tanya tara tariq tariro tarun tasha tasneem tatiana tauseef tayo tayyab ted teddy tegan tegwen
tejal temitope tendai tenzin teodor teodora terence teresa terrence terri terry tess tessa thabo
thandiwe thea thelma theo theodora theodore theresa thi thiago thomas tia tiago tiernan tierney
tiffany tilda tilly tim timmy timothy timur tina tiziana tobi tobiah tobias toby todd tolulope
tom tomas tomasz tomek tommaso tommie tommy toni tonia tony tonya torsten tove toyin tracey
tracie tracy trevor trina trinity trisha tristan tristram trixie trudi trudy tuan tudor tudur
tunde tyler tyra tyron tyrone uche uchenna udo ugo ulrich ulrika uma umair umar una ursula
urszula usha usman uzma uzoma vaishali valentina valentine valeria valerie valerio vanda vanessa
vaughan veena velma venetia vera verity verna vernon veronica veronika vesna vic vicente vicki
vicky victor victoria vidya vijay vijaya vikas vikram viktor viktoria vilma vimal vinay vince
vincent vincenzo vineet vinod viola violet violeta virginia virginie vishal vito vivek vivian
vivien vivienne vlad vladimir volodymyr vusi wafa waheed wahid wai walid wallace wally walt
walter wanda waqar waqas warren wasim wayne wei wendy wes wesley whitney wiktor wiktoria wilbur
wilf wilfred wilhelm wilhelmina willem william willow wilma winifred winnie winona winston
wiremu wojciech wojtek woody wren wyn wynne xanthe xavier xenia xiaoling xiaoming ximena xin
xiulan yaa yael yahya yakub yan yana yanis yannick yara yaseen yasin yasir yasmeen yasmin
yasmina yaw yehuda yelena yemi yetunde yewande yi yiannis ying yitzhak yoko yolanda yolande
yosef yousaf youssef yuki yuliya yuri yusra yusuf yves yvette yvonne zach zachary zack zadie
zafar zaheer zahid zahra zaid zaina zainab zainul zak zakariya zakir zara zaynab zbigniew zdenek
zeeshan zehra zeinab zelda zena zeynep zhen zi zia zoe zoey zofia zohra zoltan zora zoya zubair
zubeda zulfiqar zuzanna
""".split()
)

SURNAMES = frozenset(
    # after a word that is no ordinary one: "Chidinma Okeke"
    """
abbott abdi abdullah abernethy achebe adams adebayo adeleke adeyemi afolabi agarwal aguilar
ahmadi akhtar akinola akram alexander allan allen amin amponsah anand andersen anderson andrews
ansah appiah archer armstrong arnold arora arthur asante ashworth asif aslam atkins atkinson
atta austin awan ayodele aziz azizi bailey bains baker balogun banda banerjee bannister baptiste
barnard barnes barnett barrett barry bartlett barton bashir bassi bates batista batra baxter
begum bennett benson bentley berry bhatt bhattacharya bhatti biswas blackburn blackwell blair
boateng bogdan bowen bowman boyd boyle bradley bradshaw brady braithwaite brannigan brennan
briggs brooks broughton bryant buchanan buckley burgess burke burnett burns burton butcher
butler byrne cahill cairns callaghan cameron campbell carey carlson carmichael carpenter carroll
carson carter cartwright chakraborty chambers chan chandra chang chapman chatterjee chaudhary
chaudhry chen cheng cheung choudhury chowdhury christie chukwu clancy clarke clayton clements
coates coleman collier collins connolly connor considine conway coombes cooper costa costello
cowan cox crabtree craig crawford crosby cross crossley crowther cullen cunningham curran curtis
dalton daly daniels das dasgupta davidson davies davis davison dawson delaney desai devlin
dhaliwal dhillon diallo diaz dickinson dixon dobson docherty doherty dolan donaldson donnelly
donoghue doyle drummond dubois dudley duffy duggan duncan dunne dutta eccles edmonds edwards
egan eke elliott ellis emerson entwistle erdogan evans ezeh fairclough fallon farah farmer
farooq farrell fashola faulkner fenton ferguson fernandes fernandez fernando finch finnegan
fisher fitzgerald flanagan fleming fletcher flynn foley forbes forster forsyth francis fraser
friel frost gallacher gallagher garcia gardiner gardner garrett garvey gavin george ghosh
gibbons gibbs gibson gilbert gilchrist gill gillespie gilmour glover godfrey gomez goncalves
gonzalez goodwin gordon goswami gough graham gray grayson greenwood gregory grewal griffin
griffith griffiths grimshaw gunn gupta haider hall halliday hamill hamilton hammond hanif hanley
hanlon hanna hansen hardcastle harding hardy hargreaves harper harrington harris harrison hart
hartley harvey hassan hassani hastings hawkins hayes healy heaton henderson hendry hennessy
henry herbert hernandez hewitt hicks higgins hill hinds hobbs hodgson hogan holden holland
holloway holmes holt hopkins horton houghton howard howarth howell howells hristov huang hudson
huggins hughes humphreys humphries hunter hurley hussain hussein hutchinson hyde ibrahim idowu
igwe inglis ingram iqbal irvine islam ismail ivanov iyer jackson jacobs jamal james jamieson
jarvis javed jenkins jennings jensen jimenez jobs johal johansson johnson johnston johnstone
jones jordan joseph joshi joyce kaczmarek kamara kapoor karim kaur kaya keane kearney keating
keenan kelleher keller kelly kemp kendall kennedy kenny kenyon kerr khalid khalil khan khanna
khatun kilgallon kim kinsella kirkpatrick knight knowles koroma kovacs kowalczyk kowalski
krishnan kumar kuznetsov lal lamb lambert lang larkin larsen latif laurence lavery lawrence
lawson leach leahy lee leigh lennon leonard leslie levy lewandowski lewis li liang lin lindsay
linehan little liu livingstone llewellyn lloyd lomax lopez low lowe lucas lynch lyons ma
macdonald mackay mackenzie macleod macmillan madden maguire mahmood mahmoud mahon majid malik
maloney mann manning mansour marsden marsh marshall marston martin martinez mason masood massey
matthews maxwell mbeki mehmood mehta melville mendes menon mensah mercer meredith metcalfe miah
michaels middleton mills mir mirza mishra mistry mitchell mohamed mohammed mohan molloy molony
monaghan montgomery moody mooney moore moran morgan morris morrison morrissey morton moses moss
moyo mubarak mughal mukherjee mulligan mullins munro murphy murray musa mustafa mwangi myers
naidoo nair nash nasir nath naylor ncube ndlovu neville newman newton nguyen nicholls nicholson
nielsen nkosi noble nolan norman norris northcott norton nowak nunez nwosu oakley obi oconnor
ofori ogunleye okafor okeke okonkwo okoro oliveira oliver oluwole omar ong onyango opoku orr
osborne osei osman oswald owen owusu oyelaran padmanabhan palmer papadopoulos parekh parker
parkin parkinson parmar parry parsons partridge parveen patel paterson patil patterson peacock
pearce pearson pereira perera perez perkins perry peters petersen peterson petrov phelan
phillips pickering pierce pilkington pillai pinto pirie plunkett pollard poole popescu porter
postlethwaite potter powell power prasad prentice prescott preston pritchard proctor prosser
pugh purcell quigley quinn qureshi rafferty rafiq rahimi rahman rai raja rajput ramanathan
ramirez ramos ramsay ramsbottom rana randall randhawa rao rashid ratcliffe raza reddy redmond
reid reilly reyes reynolds rhodes riaz richards richardson richmond riley ripley rivera roberts
robertson robinson robson rodgers rodrigues rodriguez rogers romero rooney rossi rourke
rowbotham rowe rowland roy rudd russell ryan saeed sahota said salah saleem saleh salmon samuel
sanchez sanders sanderson sandhu santos saunders savage sayed schmidt schofield schultz scully
sen senior shah shahid shaikh shannon sharif sharma sharpe shaw sheehan sheikh shepherd sheridan
siddique siddiqui sidhu silva simmons simms simpson sinclair singh skinner slater slattery smart
smyth snape snodgrass sohal solanki soto spencer stafford stanton stapleton steele stephens
stephenson stevens stevenson stewart stokes storey stringer stuart stubbs suleiman suleman
sullivan sultan summers sutcliffe sutherland sutton swan swann sweeney swift szabo szymanski
tahir talbot tan tang tanner tariq taylor tembo thapa thomas thompson thomson thornton thorpe
tierney timmins tobin todd tolliver tomlinson torres townsend tran travers traynor treharne
trevino tucker tully turnbull turner tyson uddin ullah umar underwood usman varghese vasquez
vaughan vella verma vickers vincent vu wadsworth wagner wainwright walker wallace walsh walters
walton wang warburton ward wardle warner warren warsame waters watkins watson watt watts webb
weber webster weir wells welsh westwood wheeler whelan whitaker whitehead whitehouse whitfield
whittaker whitworth whyte wickramasinghe wiley wilkes wilkins wilkinson williams williamson
willis wills wilmot winstanley winter winters wisniewski wojcik wolf wong woodhouse woodward
wozniak wright wu wyatt xu yadav yamamoto yang yates yildirim yilmaz younis yusuf zafar zaman
zhang zhao zheng zhou zielinski
""".split()
)

// Letter-to-sound rules for English, after the system of NRL Report 7948 (Elovitz, Johnson, McHugh, Shore: "Automatic translation of
// English text to phonetics by means of letter-to-sound rules", US Naval Research Laboratory, 1976; public domain), with the names that
// the micro:bit's speech module gives its phonemes. `left[letters]right=phonemes`; the first rule that fits is taken. Around the letters:
//   # vowels, one or more    : consonants, any number    ^ one consonant    . one voiced consonant    + E, I or Y
//   % an ending (E ED ER ES ELY ING)    & a hissing sound    @ a consonant after which U is long    blank: no letter
// Data only; translate.ts reads it.

export const letterRules: Readonly<Record<string, string>> = {
  A: `[A] =AH| [ARE] =AAR| [AR]O=AHR|[AR]#=EHR|^[AS]#=EYS|[A]WA=AH|[AW]=AO| :[ANY]=EHNIY|[A]^+#=EY|#:[ALLY]=ULIY| [AL]#=UL|
[AGAIN]=AXGEHN|#:[AG]E=IHJ|[A]^%=EY|[A]^+:#=AE| :[A]^+ =EY| [ARR]=AHR|[ARR]=AER| ^[AR] =AAR|[AR]=AAR|[AIR]=EHR|[AI]=EY|[AY]=EY|[AU]=AO|
#:[AL] =UL|#:[ALS] =ULZ|[ALK]=AOK|[AL]^=AOL| :[ABLE]=EYBUL|[ABLE]=AXBUL|[A]VO=EY|[ANG]+=EYNJ|[ATE] =EYT|[A]=AE`,
  B: `B[B]=| [BE]^#=BIH|[BEING]=BIYIHNX| [BOTH] =BOWTH| [BUS]#=BIHZ|[BREAK]=BREYK|[BUIL]=BIHL|M[B] =|[B]=B`,
  C: `[CH]^=K|^E[CH]=K|[CHA]R#=KEH|[CH]=CH| S[CI]#=SAY|[CI]A=SH|[CI]O=SH|[CI]EN=SH|[CITY]=SIHTIY|[C]+=S|[CK]=K|[COM]=KAHM|C[C]=|[C]=K`,
  D: `#:[DED] =DIHD|.E[D] =D|#^:E[D] =T| [DE]^#=DIH| [DO] =DUW| [DOES]=DAHZ| [DONE] =DAHN| [DOING]=DUWIHNX| [DOW]=DAW|#[DU]A=JUW|D[D]=|[D]=D`,
  E: `#:[E] =|'^:[E] =| :[E] =IY|#[ED] =D|#:[E]D =|[EV]ER=EHV|[E]^%=IY|[ERI]#=IYRIY|[ERI]=EHRIH|#:[ER]#=ER|[ERROR]=EHROHR|[ERASE]=IHREYS|[ER]#=EHR|[ER]=ER|
 [EVEN]=IYVEHN|#:[E]W=|@[EW]=UW|[EW]=YUW|[E]O=IY|#:&[ES] =IHZ|#:[E]S =|#:[ELY] =LIY|#:[EMENT]=MEHNT|[EFUL]=FUHL|[EE]=IY|[EARN]=ERN| [EAR]^=ER|[EAD]=EHD|
#:[EA] =IYAX|[EA]SU=EH|[EA]=IY|[EIGH]=EY|[EI]=IY| [EYE]=AY|[EY]=IY|[EU]=YUW|[EQUAL]=IYKWUL|[E]=EH`,
  F: `[FUL]=FUHL|[FRIEND]=FREHND|[FATHER]=FAADHER|F[F]=|[F]=F`,
  G: `[GIV]=GIHV| [G]I^=G|[GE]T=GEH|SU[GGES]=GJEHS|[GG]=G| B#[G]=G|[G]+=J|[GREAT]=GREYT|[GON]E=GAON|#[GH]=| [GN]=N|G[G]=|[G]=G`,
  H: `[HAV]=/HAEV| [HERE]=/HIYR| [HOUR]=AWER|[HOW]=/HAW|[H]#=/H|[H]=`,
  I: ` [IN]=IHN| [I] =AY|[IN]D=AYN|[IER]=IYER|#:R[IED] =IYD|[IED] =AYD|[IEN]=IYEHN|[IE]T=AYEH|[I']=AY| :[I]^%=AY| :[IE] =AY| :[I] =AY| :[I]%=AY|[I]%=IY|
[IE]=IY| [IDEA]=AYDIYAH|[I]^+:#=IH|[IR]#=AYR|[IZ]%=AYZ|[IS]%=AYZ|I^[I]^#=IH|+^[I]^+=AY|#:^[I]^+=IH|[I]^+=AY|[IR]=ER|[IGH]=AY|[ILD]=AYLD|
 [IGN]=IHGN|[IGN] =AYN|[IGN]^=AYN|[IGN]%=AYN|[ICRO]=AYKROH|[IQUE]=IYK|[I]=IH`,
  J: `[J]=J`,
  K: ` [K]N=|K[K]=|[K]=K`,
  L: `[LO]C#=LOW|L[L]=|#^:[L]%=UL|[LEAD]=LIYD| [LAUGH]=LAEF|[L]=L`,
  M: `[MOV]=MUWV|[MACHIN]=MAHSHIYN|M[M]=|[M]=M`,
  N: `E[NG]+=NJ|[NG]R=NXG|[NG]#=NXG|[NGL]%=NXGUL|[NG]=NX|[NK]=NXK| [NOW] =NAW|N[N]=|[NON]E=NAHN|[N]=N`,
  O: `[OF] =AHV|[OROUGH]=EROW| :[OR] =AOR|[OR] =ER| :[ORS] =ERZ|[OR]=AOR| [ONE]=WAHN|#[ONE] =WAHN|[OW]EL=AW|[OW]=OW| [OVER]=OWVER|[OV]=AHV|[O]^%=OW|[O]^EN=OW|[O]^I#=OW|
[OL]D=OWL|[OUGHT]=AOT|[OUGH]=AHF| [OU]=AW|H[OU]S#=AW|[OUS]=AXS|[OUR]=OHR|[OULD]=UHD|^[OU]^L=AH|[OUP]=UWP|[OU]=AW|[OY]=OY|[OING]=OWIHNX|[OI]=OY|
[OOR]=OHR|[OOK]=UHK|F[OOD]=UWD|L[OOD]=AHD|M[OOD]=UWD|[OOD]=UHD|F[OOT]=UHT|[OO]=UW|[O']=OH|[O]E=OW|[O] =OW|[OA]=OW| [ONLY]=OWNLIY| [ONCE]=WAHNS|
[ON'T]=OWNT|C[O]N=AA|[O]NG=AO| :^[O]N=AH|I[ON]=UN|#:[ON] =UN|#^[ON]=UN|[O]ST =OW|[OF]^=AOF|[OTHER]=AHDHER|R[O]B=RAA|[OSS] =AOS|#:^[OM]=AHM|[O]=AA`,
  P: `[PH]=F|[PEOPL]=PIYPUL|[POW]=PAW|[PUT] =PUHT|[P]P=|[P]S=P| [PN]=N|[PROF]=PROHF|[PROVE]=PRUWV| [PRO]=PROW|[P]=P`,
  Q: `[QUAR]=KWOHR|[QU]=KW|[Q]=K`,
  R: ` [RE]^#=RIY|[R]R=|[R]=R`,
  S: `[SH]=SH|#[SION]=ZHUN|[SOME]=SAHM|#[SUR]#=ZHER|[SUR]#=SHER|#[SU]#=ZHUW|#[SSU]#=SHUW|#[SED]=ZD|#[S]#=Z|[SAID]=SEHD|^[SION]=SHUN|[S]S=|.[S] =Z|
#:.E[S] =Z|##[S] =Z|#:^#[S] =S|U[S] =S| :#[S] =Z| [SCH]=SK|[S]C+=|#[SM]=ZUM|#[SN]'=ZUN|[STLE]=SUL|[S]=S`,
  T: ` [THE] #=DHIY| [THE] =DHAX|[TO] =TUX| [THAT]=DHAET| [THIS] =DHIHS| [THEY]=DHEY| [THERE]=DHEHR|[THER]=DHER|[THEIR]=DHEHR| [THAN] =DHAEN|
 [THEM] =DHEHM| [THESE] =DHIYZ| [THEN]=DHEHN|[THROUGH]=THRUW|[THOSE]=DHOWZ|[THOUGH] =DHOW|[TODAY]=TUXDEY|[TOMO]RROW=TUMAA| [THUS]=DHAHS|[TOTAL]=TOWTUL|
[TH]=TH|#:[TED] =TIXD|S[TI]#N=CH|[TI]O=SH|[TI]A=SH|[TIEN]=SHUN|[TUR]#=CHER|[TU]A=CHUW| [TWO]=TUW|&[T]EN =|[TCH]=CH|[T]T=|[T]=T`,
  U: ` [UN]I=YUWN| [UN]=AHN| [UPON]=AXPAON|@[UR]#=UHR|[UR]#=YUHR|[UR]=ER|[U]^ =AH|[U]^^=AH|[UY]=AY| G[U]#=|G[U]%=|#N[U]=YUW|@[U]=UW|[U]=YUW`,
  V: `[VIEW]=VYUW|[V]=V`,
  W: ` [WERE]=WER|[WA]SH=WAA|[WA]ST=WEY|[WA]S=WAH|[WA]T=WAA|[WHERE]=WHEHR|[WHAT]=WHAHT|[WHOL]=/HOWL|[WHO]=/HUW|[WH]=WH|[WAR]#=WEHR|[WAR]=WAOR|
[WOR]^=WER|[WR]=R|[WOM]A=WUHM|[WOM]E=WIHM|[WEA]R=WEH|[WANT]=WAANT|ANS[WER]=ER|[W]=W`,
  X: ` [X]=Z|[X]=KS`,
  Y: `[YOUNG]=YAHNX| [YOUR]=YOHR| [YOU]=YUW| [YES]=YEHS| [Y]=Y|F[Y]=AY|#:^[Y] =IY|#:^[Y]I=IY| :[Y] =AY| :[Y]#=AY| :[Y]^+:#=IH| :[Y]^#=AY|#:^[Y]=IY|[Y]=IH`,
  Z: `[ZERO]=ZIYROW|Z[Z]=|[Z]=Z`,
};

/** Letters that stand alone. The vowels' names are among the rules, as words. */
export const letterNames: Readonly<Record<string, string>> = {
  B: "BIY",
  C: "SIY",
  D: "DIY",
  E: "IY",
  F: "EHF",
  G: "JIY",
  H: "EYCH",
  J: "JEY",
  K: "KEY",
  L: "EHL",
  M: "EHM",
  N: "EHN",
  O: "OW",
  P: "PIY",
  Q: "KYUW",
  R: "AAR",
  S: "EHS",
  T: "TIY",
  U: "YUW",
  V: "VIY",
  W: "DAHBULYUW",
  X: "EHKS",
  Y: "WAY",
  Z: "ZIY",
};

export const ordinals: Readonly<Record<string, string>> = { "1ST": "first", "2ND": "second", "3RD": "third" };

/** Digits and signs, as words; what is not here is a pause or nothing. */
export const signWords: Readonly<Record<string, string>> = {
  '"': "quote",
  "0": "zero",
  "1": "one",
  "2": "two",
  "3": "three",
  "4": "four",
  "5": "five",
  "6": "six",
  "7": "seven",
  "8": "eight",
  "9": "nine",
  "#": "number",
  $: "dollar",
  "%": "percent",
  "&": "and",
  "*": "asterisk",
  "+": "plus",
  "/": "slash",
  "<": "less than",
  "=": "equals",
  ">": "greater than",
  "@": "at",
  "^": "caret",
};

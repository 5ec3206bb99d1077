"""The phrases that receipts, absences and forwardings are written in, in Swedish, English and Finnish."""

from __future__ import annotations

import re
from typing import Final

_LETTER: Final = (
    r"(?:mejl\w*|mail\w*|e-?post\w*|e-?brev\w*|meddelande\w*|fråga\w*|förfrågan|ärende\w*|ansökan|brev\w*|question|"
    r"message|e-?mail|enquiry)"
)
_IGNORE: Final = re.IGNORECASE

# A colleague is named or meant, and will answer.
COLLEAGUE_WILL: Final = re.compile(
    r"\b(?:hon|han|de|den\ssom|som\skan)\b.{0,80}\b(?:återkommer|hör(?:a|er)?\sav\ssig|kontaktar|svarar)|"
    r"\bber\s(?:henne|honom|dem)\b|ser\still\satt\s(?:hon|han|hen|de)\b",
    _IGNORE,
)
# A machine says that it is one, or says what only machines say.
MACHINE: Final = re.compile(
    r"(?:detta|det\shär)\s(?:är|mejl\w*\sär|mail\w*\sär|meddelande\w*\sär|utskick\w*\sär)\sett?\s(?:auto|automat)|"
    r"(?:detta|det\shär)\sär\sen\s(?:auto|bekräftelse)|automatiskt\s(?:svar|utskick|genererat|meddelande|skickat)|autosvar,|automatisk\sbekräftelse|"
    r"skickas?\s(?:ut\s)?automatiskt|automatically\s(?:generated|sent)|this\sis\san\sautomat|blir\s(?:en\s)?allmän(?:na)?\shandling|"
    r"(?:brevlåda\w*|adress\w*)\s(?:bevakas|läses|används)\sinte|(?:svara\s(?:gärna\s)?på|hjälp\soss).{0,60}(?:enkät|frågor\b)|"
    r"undersökning\w*\sskickas|hur\s(?:nöjd|du\supplevde)|^ärendekvittens|^bekräftelse$|öppnas\särendet\sigen|inte\snöjd\s(?:med|kan)|"
    r"har\s(?:nu\s)?(?:avslutat|stängt)|ärende\w*\s.{0,30}har\s(?:nu\s)?(?:avslutats|stängts)|"
    r"slutat\s(?:min\sanställning|på|hos)|lästes\sden\s|was\sread\son|permanent\serror",
    _IGNORE,
)
# A receipt with a number, or with the words of one.
RECEIPT: Final = re.compile(
    rf"{_LETTER}\s(?:.{{0,40}}\s)?(?:har|är)\s(?:nu\s)?(?:blivit\s)?(?:registrera\w*|mottage\w*|inkommit|tagits\semot|fått\s(?:ärende)?nummer|"
    r"kommit\s(?:fram|in)\still)|\bhar\s(?:fått\s)?(?:ärende)?nummer\b|har\sregistrerats|ärendenummer\s?(?:är)?\s?:?\s?[A-Z]{0,5}[\d-]|"
    r"(?:vi\s)?bekräftar\s(?:härmed\s)?(?:att|mottag)|bekräftar\satt\sditt|svarstid\w*\s(?:är|kan)|vanliga\sfrågor|"
    r"(?:vi\s)?(?:försöker|strävar\sefter\satt)\s(?:be)?svara|i\s(?:turordning|den\sordning)|handläggningstid\w*\särs?\s(?:just\snu\s)?läng|"
    r"inom\s\w{1,6}\sarbetsdag\w*$|följa?\s(?:ditt\s)?ärendet?\b",
    _IGNORE,
)
ABSENT: Final = re.compile(
    r"\b(?:är|på|har|hej,?\sjag\sär)\s(?:för\snärvarande\s|just\snu\s|nu\s)?(?:på\s)?(?:semester|tjänste?resa|utbildning|kurs|konferens|"
    r"föräldraledig\w*|tjänstledig\w*|sjukskriven|sjuk\b|ledig\b(?!\still\s.{0,20}\smen)|frånvarande|bortrest|inte\spå\s(?:plats|kontoret)|"
    r"borta\sfrån)|läser\sinte\smin|tar\sut\s(?:\w+\s)?(?:semester|ledigt|komp)|semester\s(?:vecka|v\.)|under\stiden\s(?:hjälper|kontaktar?|svarar)|åter\s(?:på\splats|i\stjänst|på\skontoret|den|på|mån|tis|ons|tors|fre)|när\sjag\sär\stillbaka|"
    r"out\sof\s(?:the\s)?office|on\s(?:annual\s)?leave|on\svacation|back\sin\sthe\soffice|limited\saccess|lomalla|poissa|"
    r"arbetar\sdeltid|arbetar\sinte\s(?:mån|tis|ons|tors|fre)|jobbar\sinte",
    _IGNORE,
)
# It will be passed on, some day, by somebody: a receipt's words.
PASSED_LATER: Final = re.compile(
    r"kommer\satt\s(?:vidarebefordras|fördelas|skickas|behandlas|handläggas|besvaras)|vidarebefordras\sinte|(?:vi\s)?fördelar\sdet\still",
    _IGNORE,
)
FORWARDED: Final = re.compile(
    r"\bvidarebefordra(?:t|ts|de|r)\b(?!.{0,80}(?:fick|svara(?:r|de|t)\b))|\bvidarebefordrad\b|"
    r"(?:skickat|sänt|sänder|skickar|lämnat|lämnar|mejlat|lagt|slussat|bollar|bollat|kopplat|för(?:t|er)|skickad|skickats|överlämnats|"
    r"överlämnat|överlämnar|tilldelats|remitterats)\b.{0,80}\b(?:vidare|över|till|hos)\b|"
    r"(?:fråga\w*|mejl\w*|mail\w*|ärende\w*|den|det|dem)\s(?:vidare\s)?till\s(?:rätt|ansvarig|berörd)|^\W*(?:mottaget\.?\s)?vidare\still|"
    r"(?:för\s)?(?:kännedom|vidare\sbefordran|besvarande|åtgärd)\b|\bpå\skopia\b|se\skopia|"
    r"\bär\snoterad\b|\b(?:lagd|lagt)\spå\b|kopia\still\b|mejlat\s(?:dem|henne|honom)|har\s(?:mejlat|frågat|bett)\s|"
    r"forwarded|passed\s(?:it|your|on)|välittä|lähettän|vastaa(?:vat)?\ssinulle|^fyi\b|^f\.?k\b",
    _IGNORE,
)
ASKED: Final = re.compile(
    r"(?:kan|vill|kunde)\s(?:du|ni|någon|en\sav\ser)\s(?:be)?svara|(?:tar|svarar|fixar)\s(?:du|ni)\b.{0,20}\?|ni\sfår\sta\s|"
    r"(?:besvarar|hjälper)\sdu\b|can\syou\s(?:answer|reply|take)",
    _IGNORE,
)
# Said by machines and by people who will answer later.
RECEIVED: Final = re.compile(
    rf"tack\s(?:så\smycket\s)?för\s(?:ditt|din|er|ert|att\sdu)\b.{{0,60}}(?:{_LETTER}|kontakta|vänder|hör\sav|skri)|"
    rf"^\W*mottaget\W*$|(?:har|vi)\s(?:nu\s)?(?:tagit\semot|fått|mottagit)\s(?:ditt|din|er|ert)\b|{_LETTER}\s(?:kom|har\skommit)\sfram|det\skom\sfram|"
    r"åter\s?kommer\s(?:till\sdig|så|inom|med|i\s|när|på|snarast)|\boch\såterkommer$|återkommer\W*$|(?:hör|höra)\sav\s(?:sig|mig|oss)|"
    r"jag\s(?:kollar|undersöker|tar\sreda|ska\s(?:höra|kolla|fråga|undersöka))\b|kontaktar?\sdig|hör\sfrån\s(?:oss|mig)|"
    r"(?:får|få)\s(?:ett\s)?svar\s(?:så\ssnart|inom|under|snarast)|(?:vi|jag)\ssvarar\s(?:så|inom|dig|oftast|normalt|på\sditt)|"
    r"(?:be)?svaras?\sdig\s(?:direkt|inom)|kan\sdröja|(?:mycket|lite)\satt\sgöra\b|räkna\smed\s.{0,30}vänt|we\shave\sreceived|get\sback\sto\syou|thank\syou\sfor\syour|kiitos\sviesti",
    _IGNORE,
)
# Who answers such questions, or that the writer does not: no answer, and no forwarding by itself.
WHO: Final = re.compile(
    r"\bsom\s(?:be)?svarar\spå\W*$|inte\srätt\sperson|(?:kom|hamnat?|hamnade)\s(?:till\s|hos\s|på\s)?fel\b|vet\s(?:faktiskt\s|tyvärr\s)?inte\W*$|\bär\s(?:åter|tillbaka|inne)\s(?:på\s|i\s)?"
    r"(?:mån|tis|ons|tors|fre|morgon|nästa)",
    _IGNORE,
)
# Kindness that answers nothing.
KIND_WORDS: Final = re.compile(
    r"\W*(?:tack(?:\sså\smycket)?|varmt\stack|(?:jag\s)?hoppas\b[^\d]{0,60}|lycka\still[^\d]{0,40}|ha\s(?:det|en)\b[^\d]{0,40}|"
    r"vad\s(?:roligt|kul|bra|trevligt)\b[^\d]{0,80}|kul\satt\b[^\d]{0,60}|trevlig\s\w{3,10})\W*",
    _IGNORE,
)
GREETED: Final = re.compile(
    r"\W*(?:hej(?:san|\shej|\sigen)?|hallå|hi|hello|dear|hei|tjena|god\s(?:dag|morgon)|goddag|bäste|bästa)\b(?:[\s,]+(?:och\s)?"
    r"[^\W\d_][\w'-]{0,30}){0,3}\W*",
    _IGNORE,
)
# Where else to turn, as receipts say; officers say it too, but then beside an answer.
CONTACT: Final = re.compile(
    r"(?:vid|om)\s.{0,40}(?:bråds|behov|akut|urgent)|brådska|for\surgent|(?:har|om)\sdu\s(?:har\s)?(?:några\s)?frågor\b|"
    r"^\W*(?:kontakta|mejla|maila|skicka|ring)\b.{0,60}(?:i\sstället|vid\sbehov|@)|^\W*ange\s(?:alltid\s)?(?:numret|ärende)|"
    r"^\W*(?:telefontid|öppettider|tel\b|telefon\b|diarienummer|handläggare\s?:)|"
    r"(?:läs|information)\b.{0,40}(?:personuppgift|gdpr|dataskydd)|växeln\b.{0,20}\d",
    _IGNORE,
)

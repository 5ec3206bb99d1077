"""What the letters ask: six questions for each area, in everyday words.

The five that went unanswered and the example are quoted from the Vetlanda report; the others are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "bygglov": (
            "Behöver jag bygglov för att sätta upp ett växthus på tomten?",
            "Hur lång tid tar det att få besked om bygglov?",
            "Vad kostar det att söka bygglov för en carport?",
            "Får jag måla om huset i en annan färg utan lov?",
            "Hur nära tomtgränsen får jag bygga ett förråd?",
            "Var hittar jag ritningarna till mitt hus?",
        ),
        "forskola": (
            "Dags att söka förskoleplats. Undrar om det finns några föräldrakooperativa alternativ i kommunen?",
            "När måste jag senast ansöka för att få plats till våren?",
            "Vad blir avgiften för två barn på förskola?",
            "Finns det någon förskola med öppet på kvällar?",
            "Hur gör jag för att byta förskola?",
            "Får mitt barn gå kvar när jag är föräldraledig?",
        ),
        "grundskola": (
            "Vem har rätt till skolskjuts?",
            "Hur väljer man skola till förskoleklass?",
            "Vilka datum är det lov nästa termin?",
            "Hur anmäler jag mitt barn till fritids?",
            "Hur är skolbarn försäkrade?",
            "Hur gör jag när jag ska ansöka till vuxenutbildningen?",
        ),
        "ifo": (
            "Hur går det till att få råd om sin privata ekonomi?",
            "Vart vänder man sig för familjerådgivning och vad kostar det?",
            "Hur blir man kontaktfamilj?",
            "Var kan en anhörig till någon som dricker för mycket få stöd?",
            "Hur ansöker man om försörjningsstöd?",
            "Hur bokar man tid för att bekräfta faderskapet?",
        ),
        "miljo_halsa": (
            "Vem kontaktar man om grannens eldning luktar?",
            "Hur anmäler jag att jag vill installera en värmepump?",
            "Var lämnar man in batterier och gamla lampor?",
            "Hur får jag mitt brunnsvatten provat?",
            "Vad krävs för att öppna ett litet kafé?",
            "Är det tillåtet att sälja nygräddade våfflor vid en skolfest?",
        ),
        "gator_vagar": (
            "Hur anmäler jag en trasig gatlykta?",
            "När brukar ni sopa upp gruset på våren?",
            "Vem snöröjer trottoaren utanför mitt hus?",
            "Kan man få ett farthinder på sin gata?",
            "Var får man parkera husvagn över natten?",
            "Hur söker man tillstånd att gräva i gatan?",
        ),
        "aldreomsorg": (
            "Hur ansöker jag om trygghetslarm till min mamma?",
            "Vad kostar hemtjänst i månaden?",
            "Kan man få maten hemkörd, och hur ofta?",
            "Finns det någon träffpunkt för pensionärer?",
            "Hur lång är kön till särskilt boende?",
            "Vem pratar jag med om avlastning för anhöriga?",
        ),
        "handikappomsorg": (
            "Vem kan få ledsagare till fritidsaktiviteter?",
            "Hur ansöker man om parkeringstillstånd för rörelsehindrade?",
            "Vilken hjälp finns för en ung vuxen med autism som vill flytta hemifrån?",
            "Hur får man färdtjänst?",
            "Vad innebär det att ha en kontaktperson?",
            "Vad kan man få för hjälp med bostadsanpassning när man har en familjemedlem med funktionshinder?",
        ),
        "kultur_fritid": (
            "Vad kostar det att hyra en idrottshall en kväll?",
            "När har badhuset öppet på loven?",
            "Kan man låna böcker på andra språk på biblioteket?",
            "Hur söker en förening bidrag?",
            "Finns det någon kulturskola för vuxna?",
            "Vilka kulturstipendier och fonder kan man söka?",
        ),
        "kommunledningskontoret": (
            "Var hittar jag kommunens budget?",
            "Får allmänheten lyssna på fullmäktige?",
            "Hur lämnar man ett medborgarförslag?",
            "Hur många invånare har kommunen?",
            "Vem bestämmer över kommunens mark?",
            "Hur begär jag ut en allmän handling?",
        ),
    }
)

# After the report's example; names, numbers and addresses are left out.
EXAMPLE_ANSWER: Final = (
    "Hej! I kommunen finns en förskola som drivs som föräldrakooperativ. Den ligger i en by ett par mil utanför "
    "tätorten. Du kan läsa mer om den här: [länk]. Övrig information om förskolor i kommunen hittar du här: [länk]. "
    "Har du fler frågor är du välkommen att höra av dig. [namn], [befattning], [förvaltning], Vetlanda kommun, "
    "telefon [nummer], e-post [adress]"
)

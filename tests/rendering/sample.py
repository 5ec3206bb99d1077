"""A rich made-up Report for the tests of every face: all block kinds, all chart kinds, short and long texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lyhord.method.figures import Figure, Unit, Withheld
from lyhord.rendering.charts.spec import (
    Bars,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)
from lyhord.rendering.report import (
    Align,
    Block,
    Brand,
    Bullets,
    Callout,
    Chart,
    Column,
    Cover,
    Judgement,
    KeyFigure,
    KeyFigures,
    KoladaRow,
    Paragraph,
    ParagraphKind,
    Quotation,
    Quotations,
    Report,
    Section,
    Table,
    TableCell,
)

Say = Callable[[str, str], str]

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
    b'<path d="M4 4h24v20c0 8-6 12-12 14-6-2-12-6-12-14z" fill="#1d4e89"/>'
    b'<path d="M8 20l8-10 8 10v6H8z" fill="#ffffff"/><path d="M36 12h80v6H36zM36 24h52v6H36z" fill="#1d4e89"/></svg>'
)
AREAS = (
    ("Bygglov", "Building permits"),
    ("Förskola", "Preschool"),
    ("Grundskola", "Compulsory school"),
    ("Individ- och familjeomsorg", "Individual and family care"),
    ("Miljö och hälsa", "Environment and health"),
    ("Gator och vägar", "Streets and roads"),
    ("Äldreomsorg", "Elderly care"),
    ("Handikappomsorg", "Disability care"),
    ("Kultur och fritid", "Culture and leisure"),
)


def choose(language: str, swedish: str, english: str) -> str:
    """The text in the report's language."""
    return swedish if language == "sv" else english


def number(value: float, decimals: int, language: str) -> str:
    """A number as text; enough for a sample."""
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language == "sv" else text


def index(value: float, low: float, high: float, n: int = 388) -> Figure:
    """An index figure with its interval."""
    return Figure("bemotande", Unit.INDEX, value, n, "svar", low, high, rule="index")


def sample_report(
    language: str = "sv",
    *,
    organisation: str = "Exempelköpings kommun",
    brand: Brand | None = None,
    fictitious: bool = True,
) -> Report:
    """The whole report in Swedish ("sv") or English ("en")."""
    say: Say = partial(choose, language)
    return Report(
        id=f"provrapport-2023-9901-{language}",
        language=language,
        cover=_cover(say, organisation),
        sections=(
            _summary(say, language),
            _background(say),
            _telephone(say, language),
            _email(say),
            _comparison(say, language),
            _comments(say),
            _appendix(say),
        ),
        municipality="9901",
        instrument="provinstrument",
        round="2023",
        issued="2023-06-15",
        fictitious=fictitious,
        brand=brand or Brand(logo=LOGO, logo_alt=say("Kommunens sköld", "The municipality's shield")),
        kolada=(KoladaRow("N00671", "9901", 2023, "T", 82.7123, say("Index bemötande, telefon", "Index, courtesy")),),
        withheld=((say("Enkelhet för kategorin Bygglov", "Ease for Building permits"), "n = 4 < 7"),),
    )


def _cover(say: Say, organisation: str) -> Cover:
    return Cover(
        kind=say("Resultatrapport", "Report of results"),
        title=say("Servicemätning 2023", "Service measurement 2023"),
        organisation=organisation,
        date=say("15 juni 2023", "15 June 2023"),
        facts=(
            (say("Mätperiod", "Measurement period"), say("13 mars–12 maj 2023", "13 March–12 May 2023")),
            (say("Svar, telefon", "Answers, telephone"), "388"),
            (say("Svar, e-post", "Answers, e-mail"), "184"),
            (say("Deltagande kommuner", "Participating municipalities"), "67"),
        ),
    )


def _summary(say: Say, language: str) -> Section:
    figures = ((82.7, 80.3, 85.1, 83.0), (75.6, 72.4, 78.8, 73.8), (86.0, 82.6, 89.4, 83.1), (87.8, 84.1, 91.5, 79.4))
    labels = _questions(say)
    tiles = tuple(
        KeyFigure(
            label,
            number(value, 1, language),
            say("Totalt ", "Total ") + number(total, 1, language),
            f"{number(low, 1, language)}–{number(high, 1, language)}",
            index(value, low, high),
        )
        for label, (value, low, high, total) in zip(labels, figures, strict=True)
    )
    rows = tuple(
        IntervalRow(
            label,
            Mark(say("Exempelköping", "Exempelköping"), value, 388, low, high, Tone.OWN),
            (Mark(say("Alla kommuner", "All municipalities"), total, 18396, tone=Tone.TOTAL),),
        )
        for label, (value, low, high, total) in zip(labels, figures, strict=True)
    )
    return Section(
        "sammanfattning",
        say("Sammanfattning", "Summary"),
        (
            Paragraph(
                say(
                    "Servicemätningen 2023 visar hur invånare och företag upplever kontakten med kommunen. Resultatet "
                    "bygger på 388 svar om telefonsamtal och 184 svar om e-post.",
                    "The service measurement of 2023 shows how residents and businesses experience their contact with "
                    "the municipality. It rests on 388 answers about telephone calls and 184 about e-mail.",
                ),
                ParagraphKind.LEAD,
            ),
            KeyFigures(tiles),
            Chart(
                1,
                DotsWithIntervals(
                    say("Index per fråga med 95 % konfidensintervall", "Index by question with 95% interval"),
                    say(
                        "Kommunens index för fyra frågor jämfört med alla kommuner.",
                        "The municipality's index on four questions compared with all municipalities.",
                    ),
                    rows,
                ),
                say("Bas: alla svar, n = 388 (telefon) och 184 (e-post).", "Base: all answers, n = 388 and 184."),
                tuple(tile.figure for tile in tiles),
            ),
            Judgement(
                say(
                    "Bemötandet i telefon är i nivå med snittet för övriga kommuner.",
                    "Courtesy on the telephone is on a level with the mean of the other municipalities.",
                ),
                "likvardigt",
                (tiles[0].figure,),
            ),
            Bullets(
                (
                    say("Andelen kontakt med en handläggare är 61 %.", "61% of the calls reached an officer."),
                    say(
                        "Av breven besvarades 85 % inom två dygn, vilket är något lägre än för de kommuner av samma "
                        "storlek som deltog i mätningen (89 %).",
                        "85% of the letters were answered within two days, somewhat lower than in municipalities of "
                        "the same size (89%).",
                    ),
                    say("Enkelheten per e-post har ökat.", "Ease by e-mail has increased."),
                )
            ),
        ),
    )


def _questions(say: Say) -> tuple[str, str, str, str]:
    return (
        say("Bemötande, telefon", "Courtesy, telephone"),
        say("Enkelhet, telefon", "Ease, telephone"),
        say("Tydlighet, e-post", "Clarity, e-mail"),
        say("Enkelhet, e-post", "Ease, e-mail"),
    )


def _background(say: Say) -> Section:
    text = say(
        "Mätningen genomfördes som en enkät till dem som nyss hade varit i kontakt med kommunen per telefon eller "
        "e-post. Den som svarade bedömde bemötandet, hur tydligt svaret var och hur enkelt det var att få hjälp. "
        "Svaren är anonyma och redovisas aldrig för färre än sju personer. Kommunstyrelseförvaltningen ansvarade för "
        "kontaktuppgifterna, som raderades när enkäten hade besvarats.",
        "The measurement was a questionnaire to those who had just been in contact with the municipality by telephone "
        "or e-mail. They judged courtesy, how clear the answer was, and how easy it was to get help. Answers are "
        "anonymous and are never shown for fewer than seven persons. The municipal executive office kept the contact "
        "details, which were erased once the questionnaire had been answered.",
    )
    return Section(
        "bakgrund",
        say("Bakgrund och metod", "Background and method"),
        (Paragraph(text), Paragraph(text)),
        (
            Section("syfte", say("Syfte", "Purpose"), (Paragraph(text),)),
            Section(
                "matning",
                say("Så gjordes mätningen", "How it was measured"),
                (
                    Bullets(
                        (
                            say(
                                "Varje kommun kunde samla upp till 400 svar per kanal.", "Up to 400 answers a channel."
                            ),
                            say("Enkäten skickades per sms eller e-post.", "It was sent by text message or e-mail."),
                            say("Minst 100 svar krävs för jämförelse.", "100 answers are needed for comparison."),
                        )
                    ),
                    Paragraph(
                        say("Regel: index är medelvärdet av 0, 25, 50, 75 och 100.", "Rule: index is a mean of 0–100."),
                        ParagraphKind.NOTE,
                    ),
                ),
            ),
        ),
    )


def _telephone(say: Say, language: str) -> Section:
    grades = (
        (say("Inom 1 minut", "Within 1 minute"), Tone.BEST),
        (say("1–3 minuter", "1–3 minutes"), Tone.GOOD),
        (say("Mer än 3 minuter", "More than 3 minutes"), Tone.MIDDLE),
        (say("Ingen kontakt", "No contact"), Tone.POOR),
    )
    shares = StackedShares(
        say("Andel lyckade kontaktförsök med en handläggare", "Share of calls that reached an officer"),
        say("Kontakttider för kommunen och andra.", "Contact times for the municipality and others."),
        grades,
        (
            StackedRow("Exempelköping 2023", (51.9, 7.4, 1.9, 38.8), 54, emphasis=True),
            StackedRow("Exempelköping 2022", (46.0, 13.0, 9.0, 32.0), 54),
            StackedRow(say("Likvärdiga kommuner", "Similar municipalities"), (52.0, 8.0, 3.0, 37.0), 1080),
        ),
    )
    contact = Figure("matt2", Unit.PERCENT, 51.85, 54, "samtal", 38.9, 64.6, rule="andel", decimals=0, counted=28)
    return Section(
        "telefon",
        say("Resultat telefon", "Results by telephone"),
        (),
        (
            Section(
                "tillganglighet",
                say("Tillgänglighet", "Availability"),
                (
                    Paragraph(
                        say(
                            "Diagrammet visar andelen kontaktförsök som nådde en handläggare, uppdelat på tid.",
                            "The chart shows the share of calls that reached an officer, by time.",
                        )
                    ),
                    Chart(2, shares, say("Bas: 54 samtal.", "Base: 54 calls."), (contact,)),
                    Callout(
                        say("Mått 2 i KKiK", "Measure 2 in KKiK"),
                        "52 %",
                        say("28 av 54 samtal; intervall 39–65 %", "28 of 54 calls; interval 39–65%"),
                        contact,
                    ),
                ),
            ),
            Section(
                "per-fraga",
                say("Resultat per fråga", "Results by question"),
                (_question_table(say, language), _trend(say), _question_bars(say)),
            ),
        ),
        new_page=True,
    )


def _question_table(say: Say, language: str) -> Table:
    rows = ((82.7, 80.3, 85.1, 388), (75.6, 72.4, 78.8, 388), (86.0, 82.6, 89.4, 184), (None, None, None, 4))
    return Table(
        1,
        say("Index per fråga med intervall", "Index by question with interval"),
        (
            Column(say("Fråga", "Question"), width=2.4),
            Column("Index", Align.END, "0.0"),
            Column(say("95 % intervall", "95% interval"), Align.END, width=1.4),
            Column("n", Align.END, "0"),
        ),
        tuple(
            (
                TableCell(label),
                _index_cell(say, value, n, language),
                TableCell("–" if low is None or high is None else f"{number(low, 1, language)}–{high:.1f}"),
                TableCell(str(n), n),
            )
            for label, (value, low, high, n) in zip(_questions(say), rows, strict=True)
        ),
        say("Bas: alla som svarade på frågan.", "Base: all who answered the question."),
    )


def _index_cell(say: Say, value: float | None, n: int, language: str) -> TableCell:
    if value is None:
        hidden = Figure("enkelhet", Unit.INDEX, None, n, "svar", rule="index", withheld=Withheld.TOO_FEW)
        return TableCell(say("för få svar", "too few answers"), figure=hidden)
    return TableCell(number(value, 1, language), value, index(value, value - 3, value + 3, n), emphasis=value > 80)


def _trend(say: Say) -> Chart:
    return Chart(
        3,
        Trend(
            say("Bemötande över åren", "Courtesy over the years"),
            say("Kommunens index och totalt, 2021–2023.", "The municipality's index and the total, 2021–2023."),
            ("2020", "2021", "2022", "2023"),
            (
                TrendSeries(
                    "Exempelköping",
                    Tone.OWN,
                    (78.0, None, 81.2, 82.7),
                    (74.0, None, 78.5, 80.3),
                    (82.0, None, 83.9, 85.1),
                ),
                TrendSeries(say("Totalt", "Total"), Tone.TOTAL, (80.1, 80.8, 82.1, 83.0)),
            ),
            ((2, say("Ny enkät 2022", "New questionnaire 2022")),),
        ),
        say("Åren före 2022 mättes med en annan enkät.", "Years before 2022 used another questionnaire."),
    )


def _question_bars(say: Say) -> Chart:
    values: tuple[tuple[tuple[str, str], float | None], ...] = tuple(
        zip(AREAS[:6], (18.2, 16.0, 14.5, 11.1, 8.0, None), strict=True)
    )
    return Chart(
        4,
        Bars(
            say("Vad ärendet gällde", "What the contact was about"),
            say("Andel svar per ärendekategori.", "Share of answers by category."),
            tuple(
                Mark(
                    say(*names),
                    value,
                    None if value is None else round(value * 3.88),
                    tone=Tone.OWN if position == 0 else Tone.OTHER,
                    note=say("för få svar", "too few answers") if value is None else "",
                )
                for position, (names, value) in enumerate(values)
            ),
        ),
    )


def _email(say: Say) -> Section:
    quotes = (
        Quotation(
            say("Fick ett bra och tydligt svar redan samma dag.", "Got a good and clear answer the same day."),
            say("E-post, Förskola", "E-mail, Preschool"),
        ),
        Quotation(
            say(
                "Jag skickade frågan tre gånger innan någon svarade, och då fick jag en länk till en sida som inte "
                "fanns längre. När jag till slut ringde fick jag hjälp direkt av [namn], som var mycket vänlig.",
                "I sent the question three times before anybody answered, and then got a link to a page that no "
                "longer existed. When I called at last I got help at once from [name], who was very kind.",
            )
        ),
    )
    letters = tuple(
        (TableCell(say(*names)), TableCell(str(6 - position % 3), 6 - position % 3), TableCell(f"{position + 1} tim"))
        for position, names in enumerate(AREAS)
    )
    return Section(
        "e-post",
        say("Resultat e-post", "Results by e-mail"),
        (
            Paragraph(say("Svarstiden räknas i arbetstid (8–17).", "Reply time is counted in working hours (8–17).")),
            Callout(say("Mått 1 i KKiK", "Measure 1 in KKiK"), "85 %", say("44 av 52 brev", "44 of 52 letters")),
            Table(
                2,
                say("Besvarade brev per avdelning", "Answered letters by department"),
                (
                    Column(say("Avdelning", "Department"), width=2),
                    Column(say("Besvarade", "Answered"), Align.END, "0"),
                    Column(say("Svarstid", "Reply time"), Align.END),
                ),
                letters,
            ),
            Quotations(say("Kommentarer", "Comments"), quotes),
        ),
    )


def _comparison(say: Say, language: str) -> Section:
    values = [round(88.4 - 0.29 * place + (place * 7 % 5) * 0.05, 1) for place in range(66)]
    marks = [Mark(f"Provkommun {i + 1}", v, 300, v - 2.5, v + 2.5) for i, v in enumerate(values)]
    marks[30] = Mark("Exempelköping", marks[30].value, 388, 76.9, 81.7, Tone.OWN)
    table = Table(
        3,
        say("Alla kommuner med minst 100 svar", "All municipalities with at least 100 answers"),
        (
            Column(say("Kommun", "Municipality"), width=2),
            Column(say("Placering", "Place"), Align.END),
            Column("Index", Align.END, "0.0"),
            Column(say("Kommungrupp", "Group"), width=3),
        ),
        tuple(
            (
                TableCell(mark.label, emphasis=mark.tone is Tone.OWN),
                TableCell(str(place), place),
                TableCell(number(mark.value or 0, 1, language), mark.value),
                TableCell(
                    say("Pendlingskommun nära mindre stad", "Commuting municipality near small town")
                    if place % 3
                    else say("Större stad", "Larger town")
                ),
            )
            for place, mark in enumerate(marks, start=1)
        ),
        say("Sorterad efter index. Nära placeringar skiljer sig sällan säkert.", "Sorted by index."),
    )
    ranked = Ranked(
        say("Bemötande i telefon, 66 kommuner", "Courtesy on the telephone, 66 municipalities"),
        say("Index per kommun från högst till lägst.", "Index by municipality from highest to lowest."),
        tuple(marks),
        Mark(say("Totalt", "Total"), 79.0, tone=Tone.TOTAL),
        rank_low=18,
        rank_high=44,
    )
    return Section("jamforelse", say("Jämförelse", "Comparison"), (Chart(5, ranked), table), new_page=True)


def _comments(say: Say) -> Section:
    return Section(
        "nasta-steg",
        say("Nästa steg", "Next steps"),
        (
            Bullets(
                (
                    say("Visa resultatet för kontaktcenter.", "Show the result to the contact centre."),
                    say("Välj ett förbättringsområde per kanal.", "Choose one area to improve per channel."),
                )
            ),
        ),
    )


def _appendix(say: Say) -> Section:
    grades = (
        (say("Mycket god", "Very good"), Tone.BEST),
        (say("God", "Good"), Tone.GOOD),
        (say("Medelgod", "Fair"), Tone.MIDDLE),
        (say("Dålig", "Poor"), Tone.POOR),
    )
    rows = tuple(
        StackedRow(say(*names), (50.0, 16.7, 16.7, 16.6), 6, (3, 1, 1, 1))
        if position != 4
        else StackedRow(say(*names), (), 2, note=say("för få", "too few"))
        for position, names in enumerate(AREAS)
    )
    intro: tuple[Block, ...] = (
        Paragraph(say("Varje avdelning ringdes sex gånger.", "Each department was called six times.")),
    )
    parts = tuple(
        Section(
            f"bilaga-{key}",
            title,
            (*intro, Chart(number_, StackedShares(title, title, grades, rows), say("Antal samtal.", "Calls."))),
        )
        for key, title, number_ in (
            ("bemotande", say("Bemötande per avdelning", "Courtesy by department"), 6),
            ("engagemang", say("Intresse och engagemang per avdelning", "Interest by department"), 7),
        )
    )
    return Section("bilagor", say("Bilagor", "Appendices"), (), parts, new_page=True)

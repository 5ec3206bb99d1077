# ruff: noqa: INP001  # a script, not a package
"""Make the example files in this folder anew: ``python examples/make.py``. Everything in them is invented.

The same seed gives the same answers; the survey is written in three formats that give the same counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import xlsxwriter

from lyhord.files.counts_file import write_external, write_tally
from lyhord.files.reading import read_answers
from lyhord.files.register import municipalities_from
from lyhord.instruments.catalogue import load
from lyhord.method.tally import ExternalFigure

HERE = Path(__file__).parent
MUNICIPALITIES = (
    ("9901", "Exempelköping", "Exempelköpings kommun", "B3"),
    ("9902", "Provstad", "Provstads kommun", "B3"),
    ("9903", "Testby", "Testby kommun", "C7"),
)
CATEGORIES = ("Bygglov", "Vatten & avfall", "Gata, park & trafik", "Vård, omsorg & sociala frågor", "Övrigt")
WAITS = ("Mindre än ett dygn", "1–2 dagar", "3–5 dagar", "Längre än 5 dagar")
COMMENTS = (
    "Tack för snabb hjälp!",
    "Svårt att komma fram; fick vänta.",
    'Jag fick svaret "kolla hemsidan".',
    "",
    "",
    "",
)
SURVEY = (
    *("svar_id", "kommun", "kanal", "datum", "ärendekategori", "bemötande", "enkelhet", "filter", "tydlighet"),
    *("väntat", "skälig_tid", "kommentar"),
)
MYSTERY = (
    *("kommun", "kanal", "område", "fråga", "utfall", "kontakttid_s", "svar", "information", "intresse", "bemötande"),
    *("skickat", "besvarat", "avsändare", "merinformation", "exempel", "svarstext", "bortfall"),
    *("kommentar_information", "kommentar_intresse", "kommentar_bemötande"),
)
AREAS = ("bygglov", "forskola", "aldreomsorg", "kultur_fritid", "kommunledningskontoret")
QUESTIONS = {
    "bygglov": ("Behöver jag lov för ett växthus?", "Hur lång är handläggningstiden?"),
    "forskola": ("Hur söker jag förskoleplats?", "Vad kostar en plats?"),
    "aldreomsorg": ("Hur ansöker min mamma om hemtjänst?", "Vad kostar trygghetslarm?"),
    "kultur_fritid": ("Hur bokar jag en idrottshall?", "När har biblioteket öppet?"),
    "kommunledningskontoret": ("Var finns budgeten?", "När möts fullmäktige?"),
}
CONTACTS = (
    *("PhoneNumberOrEmail", "AgentRefCode", "SurveyRefCode", "LanguageCode", "MetaKey"),
    *("RecruitmentMethod", "RespondentAttributes"),
)
Row = dict[str, str]


def survey_answers(chance: Random) -> list[Row]:
    """About 120 answers of three municipalities, four of five after a call."""
    rows = []
    for number in range(1, 121):
        day = date(2023, 3, 13) + timedelta(days=chance.randrange(61))
        row = {
            "svar_id": f"S{number:04}",
            "kommun": chance.choice(MUNICIPALITIES)[0],
            "datum": day.isoformat(),
            "ärendekategori": chance.choice(CATEGORIES),
            "kommentar": chance.choice(COMMENTS),
        }
        rows.append(row | (_call(chance) if chance.random() < 0.7 else _letter(chance)))
    return rows


def _grade(chance: Random) -> str:
    return chance.choices("12345", (4, 6, 12, 30, 48))[0]


def _call(chance: Random) -> Row:
    return {"kanal": "tel", "bemötande": _grade(chance), "enkelhet": _grade(chance)}


def _letter(chance: Random) -> Row:
    if chance.random() < 0.8:
        return {"kanal": "epost", "filter": "ja", "tydlighet": _grade(chance), "enkelhet": _grade(chance)}
    return {"kanal": "epost", "filter": "nej", "väntat": chance.choice(WAITS), "skälig_tid": chance.choice(WAITS[:3])}


def mystery_cases(chance: Random) -> list[Row]:
    """A small mystery measurement of Exempelköping: two questions by phone and by e-mail in each of five areas."""
    rows = []
    for area in AREAS:
        for question in QUESTIONS[area]:
            about = {"kommun": "9901", "område": area, "fråga": question}
            rows += [about | _probe_call(chance), about | _probe_letter(chance)]
    rows[3] |= {"bortfall": "brevet studsade", "besvarat": "", "avsändare": "", "merinformation": ""}
    rows[1] |= {
        "exempel": "ja",
        "svarstext": "Hej! Det beror på hur stort växthuset är. Läs mer på webbplatsen, eller ring bygglov.",
    }
    return rows


def _probe_call(chance: Random) -> Row:
    if chance.random() < 0.3:
        return {"kanal": "tel", "utfall": "talsvar", "svar": "dalig"}
    grades = ("god", "medelgod")
    return {
        "kanal": "tel",
        "utfall": "kontakt",
        "kontakttid_s": str(chance.randrange(15, 150)),
        "svar": chance.choice(grades),
        "information": chance.choice(grades),
        "intresse": chance.choice(grades),
        "bemötande": chance.choice(("mycket_god", *grades)),
        "kommentar_bemötande": chance.choice(("Vänlig och lugn.", "")),
        "kommentar_information": chance.choice(("Gav flera tips.", "")),
    }


def _probe_letter(chance: Random) -> Row:
    sent = datetime(2017, 10, 16, 8, tzinfo=UTC) + timedelta(days=chance.randrange(20), minutes=chance.randrange(720))
    row = {"kanal": "epost", "skickat": f"{sent:%Y-%m-%d %H:%M}"}
    if chance.random() < 0.2:
        return row
    answered = sent + timedelta(hours=chance.randrange(1, 60))
    sender = chance.choice(("fullstandig", "fullstandig", "namn_tel"))
    extra = chance.choice(("ja", "nej"))
    return row | {"besvarat": f"{answered:%Y-%m-%d %H:%M}", "avsändare": sender, "merinformation": extra}


def contacts() -> list[Row]:
    """A day's contacts in the columns of Brilliant's FTP import; numbers and addresses are of kinds never in use."""
    common = {"AgentRefCode": "kontaktcenter", "SurveyRefCode": "exempel-2023", "LanguageCode": "SE"}
    calls = [
        {"PhoneNumberOrEmail": f"004670174060{digit}", "RecruitmentMethod": "3", "MetaKey": f"samtal-{digit}"}
        | {"RespondentAttributes": '{ "CallLength": "' + str(60 * digit) + '" }'}
        for digit in range(5, 9)
    ]
    letters = [
        {"PhoneNumberOrEmail": f"person{number}@example.org", "RecruitmentMethod": "2", "MetaKey": f"brev-{number}"}
        for number in (1, 2)
    ]
    return [common | contact for contact in (*calls, *letters)]


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """UTF-8 with BOM and semicolons, as a Swedish spreadsheet program opens it."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def write_workbook(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """One sheet, grades as numbers and dates as dates."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.set_properties({"title": "Påhittade svar", "created": datetime(2023, 5, 15)})  # noqa: DTZ001  # file dates have no zone
        sheet, day = workbook.add_worksheet("Svar"), workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, columns)
        sheet.set_column(0, len(columns) - 1, 14)
        for place, row in enumerate(rows, start=1):
            for column, name in enumerate(columns):
                text = row.get(name, "")
                if name == "datum":
                    sheet.write_datetime(place, column, date.fromisoformat(text), day)
                elif text:
                    sheet.write(place, column, int(text) if text in tuple("12345") else text)


def write_parquet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Grades as small integers, dates as dates."""
    frame = pl.DataFrame({name: [row.get(name) or None for row in rows] for name in columns})
    grades = pl.col("bemötande", "enkelhet", "tydlighet").cast(pl.Int8())
    frame.with_columns(grades, pl.col("datum").str.to_date()).write_parquet(path)


def main() -> None:
    """Write every example."""
    chance = Random(2023)  # noqa: S311  # examples, not secrets
    answers = survey_answers(chance)
    register = [
        {"code": code, "name": name, "formal_name": formal, "county": "Exempellän", "kommungrupp": group}
        | {
            "size_class": "20000-29999",
            "similar_codes": " ".join(other for other, *_ in MUNICIPALITIES if other != code),
        }
        for code, name, formal, group in MUNICIPALITIES
    ]
    write_csv(HERE / "kommuner.csv", tuple(register[0]), register)
    write_csv(HERE / "svar-2023.csv", SURVEY, answers)
    write_workbook(HERE / "svar-2023.xlsx", SURVEY, answers)
    write_parquet(HERE / "svar-2023.parquet", SURVEY, answers)
    write_csv(HERE / "mystery-2017.csv", MYSTERY, mystery_cases(chance))
    write_csv(HERE / "kontakter-brilliant.csv", CONTACTS, contacts())
    faulty = [
        answers[0] | {"bemötande": "6", "kanal": "tel"},
        answers[1] | {"kommun": "Atlantis"},
        *answers[2:6],
        answers[2],
    ]
    write_csv(HERE / "svar-med-fel.csv", SURVEY, faulty)
    reading = read_answers(
        HERE / "svar-2023.csv",
        load("skr-servicematning-2023"),
        round_id="2023",
        municipalities=municipalities_from(HERE / "kommuner.csv"),
    )
    write_tally(reading.counts.tally, HERE / "antal-2023.csv")
    source = "Påhittad rapport 2022, sida 3"
    printed = (
        ExternalFigure(
            "tel.bemotande.index", "Totalsnitt 2022", 81.4, source, round="2022", low=70.2, high=90.3, members=63
        ),
        ExternalFigure("tel.enkelhet.index", "Totalsnitt 2022", 72.5, source, round="2022", members=63),
    )
    write_external(printed, HERE / "tryckta-varden.csv")


if __name__ == "__main__":
    main()

"""What a person is told about a file: each fault's text in Swedish and English, always with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Wording(NamedTuple):
    """One message in both languages; braces are filled with the fault's particulars."""

    sv: str
    en: str

    def said(self, language: str, particulars: Mapping[str, object]) -> str:
        """The message in ``language`` (Swedish unless ``en``), with its particulars filled in."""
        return (self.en if language == "en" else self.sv).format(**particulars)


FILE_FAULTS: Mapping[str, Wording] = MappingProxyType(
    {
        "not_found": Wording(
            "{file}: filen finns inte eller går inte att läsa. Kontrollera sökvägen och behörigheten.",
            "{file}: the file does not exist or cannot be read. Check the path and the permissions.",
        ),
        "empty": Wording(
            "{file}: filen är tom. Exportera svaren på nytt.",
            "{file}: the file is empty. Export the answers again.",
        ),
        "no_rows": Wording(
            "{file}: filen har rubriker men inga rader. Kontrollera urvalet och exportera på nytt.",
            "{file}: the file has headings but no rows. Check the selection and export again.",
        ),
        "unknown_kind": Wording(
            "{file}: filtypen känns inte igen. Spara som CSV (UTF-8), XLSX eller Parquet.",
            "{file}: the kind of file is not recognised. Save it as CSV (UTF-8), XLSX or Parquet.",
        ),
        "old_or_locked_workbook": Wording(
            "{file}: arbetsboken är lösenordsskyddad eller i det gamla formatet XLS. Ta bort lösenordet och "
            "spara som XLSX.",
            "{file}: the workbook is password protected or in the old XLS format. Remove the password and save "
            "it as XLSX.",
        ),
        "truncated": Wording(
            "{file}: filen är avkortad eller skadad ({detail}). Hämta eller exportera den på nytt.",
            "{file}: the file is cut short or damaged ({detail}). Fetch or export it again.",
        ),
        "too_large_inside": Wording(
            "{file}: filen packas upp till mer än tillåtet ({detail}). Spara om den med bara svaren, eller använd CSV.",
            "{file}: the file unpacks to more than is allowed ({detail}). Save it again with only the answers, "
            "or use CSV.",
        ),
        "nul_bytes": Wording(
            "{file}, rad {row}: raden innehåller NUL-tecken; filen är inte en textfil eller är skadad. Exportera "
            "den på nytt som CSV (UTF-8).",
            "{file}, row {row}: the row holds NUL bytes; this is not a text file, or it is damaged. Export it "
            "again as CSV (UTF-8).",
        ),
        "huge_line": Wording(
            "{file}, rad {row}: raden är längre än {limit} tecken. Kontrollera radslut och citattecken och "
            "exportera på nytt.",
            "{file}, row {row}: the line is longer than {limit} characters. Check line ends and quotes, and "
            "export again.",
        ),
        "open_quote": Wording(
            '{file}, rad {row}: ett citattecken (") öppnas men stängs aldrig. Stäng eller ta bort det.',
            '{file}, row {row}: a quote (") is opened but never closed. Close or remove it.',
        ),
        "mixed_encoding": Wording(
            "{file}, rad {row}: filen blandar teckenkodningar (både UTF-8 och Windows-1252). Spara om hela filen "
            "som UTF-8.",
            "{file}, row {row}: the file mixes character encodings (both UTF-8 and Windows-1252). Save the whole "
            "file as UTF-8.",
        ),
        "unknown_encoding": Wording(
            "{file}, rad {row}: teckenkodningen är varken UTF-8 eller Windows-1252. Spara om filen som UTF-8.",
            "{file}, row {row}: the character encoding is neither UTF-8 nor Windows-1252. Save the file as UTF-8.",
        ),
        "wrong_delimiter": Wording(
            "{file}, rad 1: kolumnerna går inte att skilja åt. Använd semikolon, komma eller tabb mellan "
            "kolumnerna. Rubrikraden lyder: {header}",
            "{file}, row 1: the columns cannot be told apart. Use semicolon, comma or tab between them. The "
            "heading row reads: {header}",
        ),
        "missing_columns": Wording(
            "{file}, rad 1: kolumnen {columns} saknas. Lägg till den. Kolumner som finns: {found}.",
            "{file}, row 1: the column {columns} is missing. Add it. Columns found: {found}.",
        ),
        "no_item_columns": Wording(
            "{file}, rad 1: ingen kolumn hör till någon fråga i instrumentet {instrument}. Väntade: {columns}. "
            "Finns: {found}.",
            "{file}, row 1: no column belongs to any question of the instrument {instrument}. Expected: "
            "{columns}. Found: {found}.",
        ),
        "doubled_column": Wording(
            "{file}, rad 1: kolumnen {columns} finns två gånger. Ta bort eller döp om den ena.",
            "{file}, row 1: the column {columns} occurs twice. Remove or rename one of them.",
        ),
        "contacts_not_answers": Wording(
            "{file}: det här är en kontaktfil (kolumnerna PhoneNumberOrEmail, SurveyRefCode …), inte svar. Den "
            "läses in som kontakter till en mätning; svaren exporteras för sig.",
            "{file}: this is a contacts file (columns PhoneNumberOrEmail, SurveyRefCode …), not answers. It is "
            "imported as contacts of a round; answers are exported separately.",
        ),
        "counts_not_answers": Wording(
            "{file}: det här är en fil med färdiga antal, inte svar. Läs in den som antal.",
            "{file}: this is a file of counts, not answers. Read it as counts.",
        ),
        "too_many_values": Wording(
            "{file}: kolumnen {column} har fler än {limit} olika värden. Kontrollera att rätt kolumn har rätt rubrik.",
            "{file}: the column {column} has more than {limit} different values. Check that the headings stand "
            "over the right columns.",
        ),
        "too_many_duplicates": Wording(
            "{file}: fler än {limit} svar-id förekommer flera gånger. Kontrollera att kolumnen är svarets id och "
            "att filen inte klistrats in dubbelt.",
            "{file}: more than {limit} answer ids occur more than once. Check that the column is the answer's id "
            "and that the file was not pasted twice.",
        ),
        "unreadable_column": Wording(
            "{file}: kolumnen {column} har typen {detail} som inte går att läsa som text. Spara den som text "
            "eller tal.",
            "{file}: the column {column} is of the type {detail}, which cannot be read as text. Save it as text "
            "or numbers.",
        ),
        "bad_counts_row": Wording(
            "{file}, rad {row}, {column}: {value} går inte att läsa. {remedy}",
            "{file}, row {row}, {column}: {value} cannot be read. {remedy}",
        ),
        "unknown_engine": Wording(
            "Räknemotorn {engine} finns inte. Välj auto, polars eller duckdb.",
            "There is no counting engine {engine}. Choose auto, polars or duckdb.",
        ),
        "too_many_moments": Wording(
            "{file}: arbetstid räknas för högst {limit} ärenden åt gången. Dela filen.",
            "{file}: working time is counted for at most {limit} cases at a time. Split the file.",
        ),
    }
)


class RowWording(NamedTuple):
    """Why a row was rejected and what to do about it."""

    reason: Wording
    remedy: Wording


ROW_FAULTS: Mapping[str, RowWording] = MappingProxyType(
    {
        "unknown_municipality": RowWording(
            Wording("kommunen finns inte i registret", "the municipality is not in the register"),
            Wording(
                "Skriv kommunens fyrsiffriga kod eller namn.", "Write the municipality's four-digit code or its name."
            ),
        ),
        "unknown_channel": RowWording(
            Wording("kanalen finns inte i instrumentet", "the instrument has no such channel"),
            Wording("Använd någon av: {allowed}.", "Use one of: {allowed}."),
        ),
        "unknown_option": RowWording(
            Wording("värdet är inget svarsalternativ", "the value is not an answer option"),
            Wording("Använd någon av: {allowed}.", "Use one of: {allowed}."),
        ),
        "bad_number": RowWording(
            Wording("värdet är inte ett antal sekunder", "the value is not a number of seconds"),
            Wording("Skriv ett tal, noll eller större.", "Write a number, zero or greater."),
        ),
        "bad_date": RowWording(
            Wording("datumet går inte att läsa", "the date cannot be read"),
            Wording("Skriv datum som 2023-03-13.", "Write dates as 2023-03-13."),
        ),
        "bad_moment": RowWording(
            Wording("tidpunkten går inte att läsa", "the time cannot be read"),
            Wording("Skriv tidpunkter som 2017-10-22 10:35.", "Write times as 2017-10-22 10:35."),
        ),
        "answered_before_sent": RowWording(
            Wording("svaret kom före frågan", "the answer came before the question"),
            Wording("Rätta tidpunkterna för skickat och besvarat.", "Correct the times of sending and answering."),
        ),
        "not_asked": RowWording(
            Wording(
                "frågan ställs inte efter svaren på tidigare frågor",
                "the question is not put after the earlier answers",
            ),
            Wording(
                "Ta bort svaret eller rätta {condition}, som ska vara {allowed}.",
                "Remove the answer or correct {condition}, which should be {allowed}.",
            ),
        ),
        "contradicts": RowWording(
            Wording("svaret strider mot ett tidigare svar", "the answer contradicts an earlier answer"),
            Wording("Skriv {allowed} eller rätta {condition}.", "Write {allowed} or correct {condition}."),
        ),
        "not_in_channel": RowWording(
            Wording("frågan ställs inte i radens kanal", "the question is not put in the row's channel"),
            Wording("Ta bort svaret eller rätta kanalen.", "Remove the answer or correct the channel."),
        ),
        "missing_required": RowWording(
            Wording("ett obligatoriskt svar saknas", "a required answer is missing"),
            Wording("Fyll i värdet. Tillåtna: {allowed}.", "Fill in the value. Allowed: {allowed}."),
        ),
        "no_answer": RowWording(
            Wording("raden har inget svar på någon fråga", "the row answers no question"),
            Wording("Ta bort raden eller fyll i svaren.", "Remove the row or fill in the answers."),
        ),
        "duplicate_id": RowWording(
            Wording("svar-id har redan förekommit", "the answer id has occurred already"),
            Wording("Ta bort dubbletten; det första svaret räknas.", "Remove the duplicate; the first answer counts."),
        ),
        "too_many_fields": RowWording(
            Wording("raden har fler fält än rubriker", "the row has more fields than headings"),
            Wording(
                'Sätt citattecken (") runt text som innehåller skiljetecknet.',
                'Put quotes (") around text that holds the delimiter.',
            ),
        ),
    }
)

"""Names to ask in: ordinary Swedish given names and surnames, and ways to sign a letter. None of them is a person."""

from __future__ import annotations

from typing import Final

WOMEN: Final = (
    "Anna", "Eva", "Maria", "Karin", "Sara", "Emma", "Lena", "Kristina", "Marie", "Ingrid", "Malin", "Jenny", "Hanna",
    "Annika", "Linda", "Susanne", "Elin", "Monica", "Johanna", "Sofia", "Julia", "Ida", "Camilla", "Amanda", "Ulla",
    "Åsa", "Vera", "Fatima", "Frida", "Therese", "Emelie", "Helena", "Petra", "Moa", "Amina", "Katarina", "Birgitta",
    "Elsa", "Lisa", "Nina",
)  # fmt: skip
MEN: Final = (
    "Lars", "Mikael", "Anders", "Johan", "Erik", "Per", "Peter", "Karl", "Thomas", "Jan", "Daniel", "Fredrik",
    "Andreas", "Stefan", "Hans", "Mats", "Marcus", "Mattias", "Magnus", "Jonas", "Oscar", "Niklas", "Simon", "Ali",
    "Björn", "Patrik", "Tobias", "Emil", "Viktor", "Joakim", "Martin", "Linus", "Henrik", "Rickard",
    "Göran", "Adam", "Elias", "Filip", "Omar", "Robin",
)  # fmt: skip
SURNAMES: Final = (
    "Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson", "Svensson",
    "Gustafsson", "Pettersson", "Jonsson", "Jansson", "Hansson", "Bengtsson", "Jönsson", "Lindberg", "Jakobsson",
    "Magnusson", "Lindström", "Olofsson", "Lindqvist", "Lindgren", "Berg", "Axelsson", "Bergström", "Lundberg",
    "Lind", "Lundgren", "Lundqvist", "Mattsson", "Berglund", "Fredriksson", "Sandberg", "Henriksson", "Forsberg",
    "Sjöberg", "Wallin", "Ali", "Engström", "Eklund", "Danielsson", "Lundin", "Håkansson", "Björk", "Bergman",
    "Gunnarsson", "Holm", "Wikström", "Samuelsson", "Isaksson", "Fransson", "Bergqvist", "Nyström", "Holmberg",
    "Arvidsson", "Löfgren", "Söderberg", "Nyberg", "Blomqvist",
)  # fmt: skip
CLOSINGS: Final = (
    "Mvh {given}",
    "Mvh\n{given} {surname}",
    "Hälsningar\n{given}",
    "Hälsningar {given} {surname}",
    "Med vänlig hälsning\n{given} {surname}",
    "Vänliga hälsningar\n{given}",
    "/{given}",
    "Tack på förhand!\n{given}",
    "Tacksam för svar.\n\n{given} {surname}",
    "mvh {given}",
    "Hälsar {given}",
    "{given} {surname}",
)
LOCAL_PARTS: Final = (
    "{given}.{surname}",
    "{given}{surname}",
    "{surname}.{given}",
    "{given}_{surname}",
    "{initial}.{surname}",
)
ASCII: Final = str.maketrans("åäöéü", "aaoeu")


def plain(name: str) -> str:
    """A name as people write it in an address: small letters, without dots and rings."""
    return name.lower().translate(ASCII)

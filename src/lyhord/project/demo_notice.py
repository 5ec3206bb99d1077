"""What the terminal says when a demonstration is ready: where to look, who signs in, and a survey to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from lyhord.project.serving import Address

if TYPE_CHECKING:
    from lyhord.web.demonstration import Demonstration

WIDTH = 22


def notice(told: Demonstration, address: Address, link: str) -> list[str]:
    """The lines; addresses stand alone so that a terminal lets them be opened."""
    places = (
        ("Framsida och rapporter", address.url),
        ("Resultat hittills", f"{address.url}resultat/{told.round_key}/{told.municipality}"),
        ("Brevlåda", f"{address.url}brevlada"),
        ("En enkät att besvara", link or "alla är besvarade"),
    )
    people = [f"  {person.email:<36} {person.role}, {person.organisation}" for person in told.people]
    return [
        "",
        "Demon är klar. Allt i den är påhittat, och inget lämnar datorn.",
        "",
        *(f"  {name:<{WIDTH}}  {where}" for name, where in places),
        "",
        f"Logga in på {address.url}logga-in med lösenordet {told.password} som",
        *people,
        "",
    ]


def tell(console: Console, lines: list[str], *, shown: bool) -> None:
    """Print them, and how to go on."""
    ending = "Avsluta med Ctrl+C." if shown else "Visa den med: make demo"
    for line in [*lines, ending]:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

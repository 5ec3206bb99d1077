"""Stamps: whether a report made earlier would come out the same today."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from lyhord import __version__
from lyhord.composition.material import RoundMaterial

CODE = ("instruments", "method", "text", "rendering", "composition")
LEFT_OUT = (".pyc",)


@cache
def code_stamp() -> str:
    """A digest of everything that decides what a report looks like: the code, texts, templates and fonts."""
    digest = hashlib.sha256(__version__.encode())
    for room in CODE:
        _add(digest, resources.files("lyhord").joinpath(room), room)
    return digest.hexdigest()


def material_stamp(material: RoundMaterial) -> str:
    """A digest of everything a round's reports are made from, the same for equal counts in any order."""
    digest = hashlib.sha256(code_stamp().encode())
    for cell, count in material.counts.tally.cells():
        digest.update(f"{cell!r}{count}\n".encode())
    counts = material.counts
    parts: list[object] = [
        material.instrument,
        sorted((repr(pair), sorted(each.items())) for pair, each in counts.pairs.counts.items()),
        sorted(repr(flow) for flow in counts.flows),
        sorted(repr(item) for item in counts.durations.items()),
        counts.external,
        sorted(material.municipalities.items()),
        (material.round_id, material.started, material.ended, material.issued, material.fictitious),
        material.quotations,
        material.previous,
        sorted((item, repr(each)) for item, each in material.agreement.items()),
        sorted((code, repr(brand)) for code, brand in material.brands.items()),
        sorted(material.new_participants),
    ]
    for part in parts:
        digest.update(f"{part!r}\n".encode())
    return digest.hexdigest()


def report_stamp(material: str, subject: str, language: str) -> str:
    """The stamp of one report of a round."""
    return hashlib.sha256(f"{material}\n{subject}\n{language}".encode()).hexdigest()


def _add(digest: hashlib._Hash, place: Traversable, name: str) -> None:
    for entry in sorted(place.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add(digest, entry, f"{name}/{entry.name}")
        elif not entry.name.endswith(LEFT_OUT):
            digest.update(f"{name}/{entry.name}\n".encode())
            digest.update(entry.read_bytes())

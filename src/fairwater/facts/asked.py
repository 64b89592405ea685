"""Nuclides that a question about limits names.

    >>> asked_nuclides("Cs-134+137")
    ('Cs-134', 'Cs-137')
    >>> asked_nuclides("cesium", "JP"), asked_nuclides("cesium", "CN")
    (('Cs-134', 'Cs-137'), ('Cs-137',))

One nuclide, in any spelling that `nuclides.nuclide` knows; several joined by `+`,
`&`, `/`, `and`, 和, と mean their sum, and a bare mass number repeats the element
before it. An element (caesium, 放射性セシウム, 铯, U) stands for those of its isotopes
on which the place that is asked about has limits, and for all of them if a limit is
on *its isotopes*: whoever shows the answer shows this reading. A dose or dose rate
(`effective dose`) is a quantity of its own and comes back under its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from fairwater.facts.limit_facts import limits
from fairwater.facts.nuclides import elements, nuclide, nuclide_forms, nuclides
from fairwater.facts.spelling import kana, plain

_DOSES = {
    "effective dose": "effective_dose",
    "dose": "effective_dose",
    "実効線量": "effective_dose",
    "有效剂量": "effective_dose",
    "absorbed dose rate": "absorbed_dose_rate",
    "dose rate": "absorbed_dose_rate",
    "吸収線量率": "absorbed_dose_rate",
    "吸收剂量率": "absorbed_dose_rate",
}
_JOINED = re.compile(r"\s*(?:[+&/]|\band\b|及び|[和与與及と])\s*")
_TOTAL = re.compile(
    r"^(?:the )?(?:sum of |total (?:of )?)|\(?(?: total| sum|\(total\)|合計|合计|总和)\)?$", re.I
)
_WHOLE = ("natural ", "radioactive ", "radio", "天然", "放射性")


def asked_nuclides(text: str, jurisdiction: str | None = None) -> tuple[str, ...] | None:
    """Nuclides that a text names, or None; nothing is guessed.

    Parameters
    ----------
    text : str
        As typed.
    jurisdiction : str, optional
        Code of the place whose limits are asked about. Without it an element counts
        only where some limit is on all its isotopes (U, Th, Sr, I): elsewhere it
        would hide which isotope is meant.
    """
    quantity = _DOSES.get(kana(text))
    if quantity is not None:
        return (quantity,)
    found: list[str] = []
    for piece in filter(None, _JOINED.split(_TOTAL.sub("", plain(text)).strip())):
        if re.fullmatch(r"\d{1,3}m?", piece) and found:
            piece = f"{found[-1].split('-')[0]}-{piece}"
        named = _one(piece, jurisdiction)
        if not named:
            return None
        found += named
    return tuple(dict.fromkeys(found)) or None


def _one(text: str, jurisdiction: str | None) -> Collection[str]:
    named = nuclide(text)
    if named is not None:
        return (named.name,)
    form = _forms().get(kana(text))
    if form is not None:
        return (form,)
    symbol = _elements().get(kana(text))
    return () if symbol is None else _isotopes(symbol, jurisdiction)


def _isotopes(symbol: str, jurisdiction: str | None) -> Collection[str]:
    """Isotopes of an element that limits of the place name; all if none does, or one names all."""
    every = sorted(name for name in nuclides() if name.split("-")[0] == symbol)
    here = [fact for fact in limits().values() if jurisdiction in (None, fact.jurisdiction)]
    if any(symbol in fact.isotopes_of for fact in here):
        return every
    if jurisdiction is None:
        return ()
    named = {name for fact in here for name in fact.nuclides if name.split("-")[0] == symbol}
    return sorted(named) or every


@cache
def _forms() -> dict[str, str]:
    """Chemical forms by name: organically bound tritium, 有機結合型トリチウム, OBT."""
    return {
        kana(text): form.name
        for form in nuclide_forms().values()
        for text in (form.en, form.ja, form.zh, form.name.split(":")[1])
    }


@cache
def _elements() -> dict[str, str]:
    index: dict[str, str] = {}
    for symbol, fact in elements().items():
        for name in (symbol, *fact.en, *fact.ja, *fact.zh):
            index |= {kana(text): symbol for text in (name, *(f"{each}{name}" for each in _WHOLE))}
    return index

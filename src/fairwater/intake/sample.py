"""Cells that describe the sample and the test: place, goods, laboratory and method."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from fairwater import facts
from fairwater.intake.cells import MAX_NAME, CleanCell, fault, flag
from fairwater.intake.goods import goods
from fairwater.intake.layout import Layout
from fairwater.intake.numbers import Numbers, fold, fold_figures
from fairwater.intake.pieces import Noticed, Piece
from fairwater.intake.places import LaboratorySpelling, RegionSpelling
from fairwater.intake.profile import Column, Profile
from fairwater.records import Place, Product

PLACE = (
    "region", "district", "locality", "zone", "station", "station_id", "depth",
    "latitude", "longitude",
)  # fmt: skip
GOODS = ("market_stage", "category", "item", "item_note", "scientific_name", "part")
TEST = ("reporter", "responsible", "laboratory", "method")
_METRES = re.compile(r"(?P<metres>\d{1,5}(?:\.\d{1,3})?) ?m", re.ASCII)
NAMES = ("sample", "consignment", "drawn_by")
IDENTIFIERS = ("sample", "consignment")
_NUMBERED = (*IDENTIFIERS, "zone", "station", "station_id")
"""Names that are often numbers, or two numbers with a hyphen."""
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?\d{1,3}|\d[eE]\+\d{1,3}", re.ASCII)  # 1.23457E+11
_MONTHS = "|".join((  # English, German, French, Spanish
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "mär", "mrz", "mai", "okt", "dez", "janv", "févr", "mars", "avr", "juin", "juil", "août",
    "sept", "déc", "ene", "abr", "ago", "dic",
))  # fmt: skip
_DATED = re.compile(  # what spreadsheets make of 3-1 and of MAR-3
    rf"\d{{1,2}}[-. ]{{1,2}}(?:{_MONTHS})\.?|(?:{_MONTHS})\.?[- ]\d{{2}}"
    r"|\d{1,2}[月월] ?\d{1,2}[日일]|\d{4}年\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([/.])\d{1,2}\2\d{2,4}"
)
_MARKET: dict[str, Literal["pre_market", "market"]] = {
    "pre_market": "pre_market",
    "market": "market",
}


class GoodsRead(NamedTuple):
    """What was sampled."""

    item: str | None
    item_note: str | None
    category_text: str | None
    product: Product | None
    market_stage: Literal["pre_market", "market"] | None
    category: str | None


class MeasuredRead(NamedTuple):
    """Who measured, how, and who reports."""

    reporter: str | None
    responsible: str | None
    laboratory: str | None
    laboratory_text: str | None
    technique: str | None
    method_text: str | None


class NamesRead(NamedTuple):
    """Identifiers chosen by others."""

    sample: str | None
    consignment: str | None
    drawn_by: str | None


class SampleReader:
    """Reads the cells about the sample by the rules of one profile."""

    def __init__(self, profile: Profile, layout: Layout) -> None:
        self._profile = profile
        self._regions = RegionSpelling(profile.places)
        self._waters = profile.places.waters
        self._laboratories = LaboratorySpelling(profile.laboratories)
        self._numbers = Numbers(profile.values)
        self._headings = {entry.label: entry.heading for entry in layout.bound}
        columns = {entry.label: entry.column for entry in layout.bound}
        self._stages = _words(columns.get("market_stage"))
        self._categories = _words(columns.get("category"))
        self._methods = _words(columns.get("method"))
        self._parts = _words(columns.get("part"))
        self._closed = {label for label, column in columns.items() if column.closed}

    def place(self, cells: dict[str, CleanCell], _: str) -> Piece[Place | None]:
        """Place of the sample."""
        seen = Noticed(cells)
        text = _text(cells, "region")
        region = text
        if text is not None and self._regions.checked:
            spelled = self._regions.spell(text)
            region = spelled.name or None
            if spelled.changed:
                seen.flags.append(flag("spelling", self._headings["region"], text))
            elif not spelled.known:
                seen.flags.append(flag("unknown_region", self._headings["region"], text))
        latitude = self._degrees(cells, "latitude", 90, seen)
        longitude = self._degrees(cells, "longitude", 180, seen)
        if region is None and self._waters and latitude is not None and longitude is not None:
            region = self._waters_off(latitude, longitude, seen)
        depth = _text(cells, "depth")
        place = Place(
            region=region,
            district=_text(cells, "district"),
            locality=_text(cells, "locality"),
            zone=self._name(cells, "zone", seen),
            station=self._name(cells, "station", seen),
            station_id=self._name(cells, "station_id", seen),
            depth=depth,
            depth_m=_metres(depth),
            latitude_deg=latitude,
            longitude_deg=longitude,
            region_text=text if text is not None and region != text else None,
        )
        return seen.piece(None if place == Place() else place)

    def _waters_off(self, latitude: str, longitude: str, seen: Noticed) -> str | None:
        """Region off whose coast the coordinates lie, by the facts' rule; the row says so."""
        found = facts.waters_off(latitude, longitude)
        if found is None:
            return None
        seen.flags.append(flag("region_by_rule", self._headings["latitude"], found.detail))
        return found.region.ja

    def goods(self, cells: dict[str, CleanCell], _: str) -> Piece[GoodsRead]:
        """What was sampled."""
        seen = Noticed(cells)
        texts = {label: cells[label].text if label in cells else "" for label in GOODS}
        for label, words in (("category", self._categories), ("part", self._parts)):
            if label in self._closed and texts[label] and _meant(words, texts[label]) is None:
                expected = f"one of: {', '.join(words)}"
                heading = self._headings[label]
                seen.faults.append(fault("not_in_vocabulary", heading, texts[label], expected))
                texts[label] = ""
        found = goods(
            self._profile.items,
            texts["item"],
            texts["item_note"],
            _meant(self._categories, texts["category"]) or texts["category"],
            _meant(self._parts, texts["part"]) or texts["part"],
            texts["scientific_name"],
        )
        if not found.category_known:
            heading = self._headings["category"]
            seen.flags.append(flag("unknown_category", heading, texts["category"]))
        stage = None
        if text := texts["market_stage"]:
            meaning = _meant(self._stages, text)
            stage = _MARKET[meaning] if meaning is not None else None
            if meaning is None and "market_stage" in self._closed:
                seen.faults.append(
                    fault(
                        "not_in_vocabulary",
                        self._headings["market_stage"],
                        text,
                        f"one of: {', '.join(self._stages)}",
                    )
                )
        return seen.piece(
            GoodsRead(
                texts["item"] or None,
                texts["item_note"] or None,
                texts["category"] or None,
                found.product,
                stage,
                found.product.food_category if found.product is not None else None,
            )
        )

    def test(self, cells: dict[str, CleanCell], _: str) -> Piece[MeasuredRead]:
        """Who measured and how."""
        seen = Noticed(cells)
        text = _text(cells, "laboratory")
        laboratory = text
        if text is not None:
            spelled = self._laboratories.spell(text)
            laboratory = spelled.name
            if spelled.changed:
                seen.flags.append(flag("spelling", self._headings["laboratory"], text))
        method = _text(cells, "method")
        technique = _meant(self._methods, method) if method is not None else None
        if method is not None and technique is None and self._methods:
            heading = self._headings["method"]
            if "method" in self._closed:
                expected = f"one of: {', '.join(self._methods)}"
                seen.faults.append(fault("not_in_vocabulary", heading, method, expected))
            else:
                seen.flags.append(flag("unknown_method", heading, method))
        return seen.piece(
            MeasuredRead(
                _text(cells, "reporter"),
                _text(cells, "responsible"),
                laboratory,
                text if laboratory != text else None,
                technique,
                method,
            )
        )

    def names(self, cells: dict[str, CleanCell], _: str) -> Piece[NamesRead]:
        """Identifiers of sample and consignment."""
        seen = Noticed(cells)
        return seen.piece(NamesRead(*(self._name(cells, label, seen) for label in NAMES)))

    def _name(self, cells: dict[str, CleanCell], label: str, seen: Noticed) -> str | None:
        text = _text(cells, label)
        if text is not None and label in _NUMBERED:
            heading = self._headings[label]
            plain = fold(text)
            if _ROUNDED.fullmatch(plain):
                expected = "the identifier as its owner writes it, with all its digits"
                seen.faults.append(fault("damaged_identifier", heading, text, expected))
                return None
            if _DATED.fullmatch(plain.casefold()):
                seen.flags.append(flag("identifier_like_date", heading, text))
        if text is not None and len(text) > MAX_NAME:
            expected = f"at most {MAX_NAME} characters"
            seen.faults.append(fault("cell_too_long", self._headings[label], text, expected))
            return None
        return text

    def _degrees(
        self, cells: dict[str, CleanCell], label: str, most: int, seen: Noticed
    ) -> str | None:
        text = _text(cells, label)
        if text is None:
            return None
        number = self._numbers.read(fold_figures(text))
        if number is None or abs(float(number)) > most:
            expected = f"decimal degrees from -{most} to {most}"
            heading = self._headings[label]
            seen.faults.append(fault("unreadable_coordinate", heading, text, expected))
            return None
        return number


def _text(cells: dict[str, CleanCell], label: str) -> str | None:
    cell = cells.get(label)
    return (cell.text or None) if cell is not None else None


def _metres(depth: str | None) -> str | None:
    """Metres below the surface that a depth states; a layer (`Surface`) states none."""
    found = _METRES.fullmatch(fold(depth)) if depth is not None else None
    return found["metres"] if found is not None else None


def _meant(words: dict[str, str], text: str) -> str | None:
    """What a text means among stated words; upper and lower case matter only between two words."""
    found = words.get(fold(text))
    if found is not None or not words:
        return found
    plain = fold(text).casefold()
    meant = {meaning for word, meaning in words.items() if word.casefold() == plain}
    return meant.pop() if len(meant) == 1 else None


def _words(column: Column | None) -> dict[str, str]:
    words = column.words if column is not None else None
    return {fold(word): meaning for word, meaning in (words or {}).items()}

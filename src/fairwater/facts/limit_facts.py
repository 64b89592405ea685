"""The limits themselves: who set them, on what, for which food, from when until when.

They lie in `data/limits/`, one file for each who sets limits. What the limits of
one instrument share is said once; a limit may say otherwise:

    jurisdiction: XX
    instruments:
      - issuer: Ministry of Food
        instrument: Food Order 9
        kind: food_limit
        validity: {from: 2012-04-01, to: open}
        source: https://law.example/9
        confidence: seen in source
        limits:
          - {id: xx.2012.caesium, nuclides: [Cs-134, Cs-137], combination: sum,
             category: all food, foods: [food], value: "100", unit: Bq/kg}

A limit's confidence is that of its value; `marks` holds the fields that are less
(or more) sure. What an instrument leaves open (its dates, its basis) is *not
stated* here too. A file in which one limit lacks something is refused whole,
with every fault, file and place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any, Literal

import msgspec

from fairwater.facts.categories import categories
from fairwater.facts.foods import foods, leaves
from fairwater.facts.jurisdictions import jurisdictions
from fairwater.facts.marks import Confidence, DecimalText, Fact, NonEmpty, weakest
from fairwater.facts.nuclides import elements, nuclides
from fairwater.facts.source import FactsError, Tree, names, parse_yaml, read, section
from fairwater.facts.validity import NOT_STATED, SomeDay, Validity

FOLDER = "limits"
_DECIMAL = re.compile(r"[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")
LimitKind = Literal[
    "food_limit",
    "voluntary_limit",
    "import_measure",
    "water_guideline",
    "discharge_limit",
    "operational_trigger",
    "dose_criterion",
    "biota_criterion",
]
Combination = Literal[
    "single",
    "sum",
    "group_independent",
    "sum_of_fractions",
    "representative",
    "each_alone",
    "element_mass",
    "none",
]
Basis = Literal["wet", "as_sold", "ready_to_consume", "reconstituted", "not_stated"]
Status = Literal["in_force", "superseded", "repealed", "dormant", "draft"]
Quantity = Literal["activity", "effective_dose", "absorbed_dose_rate", "none"]
_DATES = ("validity.from", "validity.to")


class OtherNuclides(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every nuclide whose half-life exceeds `half_life_over_d` days, but for those named."""

    half_life_over_d: DecimalText
    but_not: tuple[NonEmpty, ...] = ()
    but_not_elements: tuple[NonEmpty, ...] = ()


class Origins(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods to which alone a limit applies: those of these countries, in the source's words."""

    text: NonEmpty
    countries: tuple[NonEmpty, ...]


class LimitFact(Fact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One limit, or a measure at the border that holds no value.

    Attributes
    ----------
    id : str
        Our name for it.
    jurisdiction, body, issuer, instrument, clause : str
        Where it holds; the body of that place whose own it is, if it is not the law
        of the place; who set it, in which text, at which place of it.
    nuclide_text : str or None
        What it limits, in the words of the source, where they say more than `nuclides`.
    nuclides, isotopes_of, others, combination
        ``single``: one nuclide; ``sum``: activities added; ``group_independent``: added
        within the group, groups not added together; ``sum_of_fractions``: `rule` says
        how; ``representative``: the nuclide stands for others; ``each_alone``: one
        nuclide of several that the text lists side by side; ``element_mass``: mass of
        the element; ``none``: no nuclide is named.
    forms : mapping
        Chemical form that alone is meant: ``{H-3: organically bound}``.
    quantity : str
        ``activity`` (concentration or release), a dose, a dose rate, or ``none``.
    category, category_texts : str
        The instrument's own words for the food, and other writings of them.
    categories : tuple of str
        Keys of food categories that are filed under it.
    foods, but_not, undecided : tuple of str
        Keys of foods it covers, of those left out of these, and of those of which its
        words do not decide. Without `foods`, those of `categories`.
    value, value_to, unit : str or None
        Decimal text; the upper end where the source gives a band.
    basis : str
        State of the food to which the value applies.
    origins : Origins or None
        Goods to which alone it applies; None for all.
    validity : Validity or 'not_stated'
    replaces : tuple of str
        Limits that ended when it began: where the dates of one of the two are not
        known, those of the other tell.
    status, ended_by : str
        ``dormant``: enacted, applies once activated; ``superseded``, ``repealed``: by what.
    holds_values_elsewhere : bool
        A measure that sets limits which are not among these facts.
    partial : str or None
        What of the value was seen and what not.
    marks : mapping
        Fields whose confidence differs from `confidence`; ``validity.to`` and
        ``validity.from`` one by one.
    """

    id: NonEmpty
    jurisdiction: NonEmpty
    body: NonEmpty | None = None
    issuer: NonEmpty
    instrument: NonEmpty
    clause: NonEmpty | None = None
    kind: LimitKind
    quantity: Quantity = "activity"
    nuclide_text: NonEmpty | None = None
    nuclides: tuple[NonEmpty, ...] = ()
    isotopes_of: tuple[NonEmpty, ...] = ()
    others: OtherNuclides | None = None
    forms: Mapping[str, NonEmpty] = {}
    combination: Combination
    rule: NonEmpty | None = None
    category: NonEmpty
    category_texts: tuple[NonEmpty, ...] = ()
    categories: tuple[NonEmpty, ...] = ()
    foods: tuple[NonEmpty, ...] = ()
    but_not: tuple[NonEmpty, ...] = ()
    undecided: tuple[NonEmpty, ...] = ()
    value: DecimalText | None = None
    value_to: DecimalText | None = None
    unit: NonEmpty | None = None
    basis: Basis = "not_stated"
    origins: Origins | None = None
    validity: Validity | Literal["not_stated"]
    replaces: tuple[NonEmpty, ...] = ()
    status: Status = "in_force"
    ended_by: NonEmpty | None = None
    holds_values_elsewhere: bool = False
    published: SomeDay | None = None
    partial: NonEmpty | None = None
    marks: Mapping[str, Confidence] = {}
    note: str | None = None

    def __post_init__(self) -> None:
        wrong = self._wrong()
        if wrong is not None:
            raise ValueError(wrong)

    def _wrong(self) -> str | None:
        if self.kind != "import_measure" and (self.value is None or self.unit is None):
            return "a limit needs `value` and `unit`; only an import measure has none"
        if self.value is not None and not Decimal(self.value) > 0:
            return f"value `{self.value}` is not above 0"
        named = self.nuclides or self.isotopes_of or self.others
        if (self.quantity == "activity") != bool(named):
            return "an activity names nuclides, and nothing else does"
        if (self.combination == "sum_of_fractions") != (self.rule is not None):
            return "`rule` belongs to sum_of_fractions, and it needs one"
        if not self.categories and not self.foods:
            return "neither `categories` nor `foods` says to what it applies"
        for name in self.marks:
            if name in _DATES:
                if self.validity == NOT_STATED:
                    return f"marks `{name}`, but its validity is not stated"
            elif name not in self.__struct_fields__ or not getattr(self, name):
                return f"marks `{name}`, which it does not have"
        return None

    def confidence_in(self, *fields: str) -> Confidence:
        """Weakest confidence of these fields; `validity` stands for both its dates."""
        asked = [*fields, *_DATES] if "validity" in fields else [*fields]
        return weakest(self.marks.get(name, self.confidence) for name in asked)


@cache
def limits() -> dict[str, LimitFact]:
    """All limits by id, from every file of the folder."""
    return _together({file: partial(read, file) for file in names(FOLDER)})


def check_limits(text: str, name: str) -> tuple[LimitFact, ...]:
    """Limits of one more file, read together with those that ship.

    Parameters
    ----------
    text : str
        The file's text, YAML.
    name : str
        Its name; that of a file that ships replaces it.

    Raises
    ------
    FactsError
        With every fault: file, limit, what is wrong.
    """
    files: dict[str, Callable[[], Tree]] = {
        file: partial(read, file) for file in names(FOLDER) if file != f"{FOLDER}/{name}"
    }
    files[name] = partial(parse_yaml, text, name)
    whole = _together(files)
    own = {str(entry["id"]) for entry in _flat(name, parse_yaml(text, name))}
    return tuple(whole[each] for each in whole if each in own)


def _together(files: Mapping[str, Callable[[], Tree]]) -> dict[str, LimitFact]:
    """Limits of these files by id; all faults of all of them at once."""
    faults: list[str] = []
    found: list[tuple[str, LimitFact]] = []
    for file, tree in files.items():
        try:
            entries = list(_flat(file, tree()))
        except FactsError as error:
            faults += error.faults
            continue
        for number, entry in enumerate(entries):
            place = f"{file}, limits[{number}] ({entry.get('id', 'no id')})"
            try:
                found.append((place, _built(entry)))
            except (msgspec.ValidationError, ValueError) as error:
                faults.append(f"{place}: {str(error).replace('`$.', '`')}")
    ids = [fact.id for _, fact in found]
    for place, fact in found:
        faults += [f"{place}: {fault}" for fault in _unknown(fact, {*ids})]
    faults += [f"{FOLDER}: `{each}` stands twice" for each in sorted({*ids}) if ids.count(each) > 1]
    if faults:
        raise FactsError(faults)
    return {fact.id: fact for _, fact in found}


def _built(entry: dict[str, Tree]) -> LimitFact:
    for field in ("value", "value_to"):
        text = entry.get(field, "0")
        if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
            raise ValueError(f"{field} `{text}`: expected a decimal such as 12.4")
    return msgspec.convert(entry, LimitFact, strict=False)


def _flat(file: str, tree: Tree) -> Iterator[dict[str, Tree]]:
    """Each limit of a file with what its instrument and its file say for all of theirs."""
    where = section(tree, "jurisdiction", file)
    instruments = section(tree, "instruments", file)
    if not isinstance(instruments, list):
        raise FactsError([f"{file}, instruments: expected a list"])
    for number, instrument in enumerate(instruments):
        place = f"{file}, instruments[{number}]"
        entries = section(instrument, "limits", place)
        if not isinstance(instrument, dict) or not isinstance(entries, list):
            raise FactsError([f"{place}: expected a mapping with a list `limits`"])
        common = {key: value for key, value in instrument.items() if key != "limits"}
        for entry in entries:
            if not isinstance(entry, dict):
                raise FactsError([f"{place}: expected a mapping, not {entry!r}"])
            yield {"jurisdiction": where, **common, **entry}


def _unknown(fact: LimitFact, ids: set[str]) -> list[str]:
    """Faults of names that nothing in the other files explains."""
    known: tuple[tuple[str, tuple[str, ...], Any], ...] = (
        ("nuclide", fact.nuclides, nuclides()),
        ("element", fact.isotopes_of, elements()),
        ("category", fact.categories, categories()),
        ("food", fact.foods + fact.but_not + fact.undecided, foods()),
        ("limit", fact.replaces, ids),
        (
            "jurisdiction",
            (fact.jurisdiction, *((fact.body,) if fact.body else ())),
            jurisdictions(),
        ),
        ("jurisdiction", fact.origins.countries if fact.origins else (), jurisdictions()),
    )
    return [
        f"no {what} `{name}` is known"
        for what, named, vocabulary in known
        for name in named
        if name not in vocabulary
    ]


@cache
def members(limit_id: str) -> frozenset[str]:
    """Nuclides that a limit is on: those it names, isotopes of its elements, and its *others*."""
    fact = limits()[limit_id]
    found = set(fact.nuclides)
    found |= {name for name in nuclides() if name.split("-")[0] in fact.isotopes_of}
    if fact.others is not None:
        least = Decimal(fact.others.half_life_over_d)
        found |= {
            name
            for name, nuclide in nuclides().items()
            if nuclide.half_life_d > least
            and name not in fact.others.but_not
            and name.split("-")[0] not in fact.others.but_not_elements
        }
    return frozenset(found)


@cache
def scope(limit_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Foods (leaves) that a limit covers, and those of which its words do not decide."""
    fact = limits()[limit_id]
    perhaps = leaves(fact.undecided)
    covered = leaves(fact.foods or fact.categories) - leaves(fact.but_not) - perhaps
    return covered, perhaps

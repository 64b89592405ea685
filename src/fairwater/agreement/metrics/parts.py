"""Parts of a standing metric: each thing compared, all of which have to agree.

Of goods a metric asks several things at once (every lot, every attribute, every
nuclide). Each is a `Part` with its own answer; together they are Kleene's `all`,
and whatever disagrees is told, not only the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from fairwater.agreement.logic import EITHER, FAILS, HOLDS, Outlook, Truth, every, negate
from fairwater.agreement.metrics.measured import Measured
from fairwater.agreement.verdict import Compared, Missing, Reading, SampleOutcome
from fairwater.quantities.dates import CivilInterval, to_text

_OUTLOOK: dict[Truth, Outlook] = {"holds": HOLDS, "fails": FAILS, "unknown": EITHER}


class Part(Struct, frozen=True, kw_only=True):
    """One thing compared; `missing` says what would tell, where it cannot be told."""

    compared: Compared
    missing: Missing | None = None


def part(
    what: str,
    agrees: bool | None,
    expected: str,
    found: str | None,
    *,
    of: str | None = None,
    records: Iterable[str] = (),
    missing: Missing | None = None,
) -> Part:
    """A part; `missing` is kept only where the answer is unknown."""
    return Part(
        compared=Compared(
            what=what,
            of=of,
            expected=expected,
            found=found,
            records=tuple(sorted(set(records))),
            agrees=agrees,
        ),
        missing=missing if agrees is None else None,
    )


def together(
    metric: str,
    parts: Sequence[Part],
    *,
    wanted: bool = True,
    notes: tuple[str, ...] = (),
    samples: tuple[SampleOutcome, ...] = (),
    days: tuple[int, int | None] | None = None,
) -> Measured:
    """All parts as one reading.

    Parameters
    ----------
    metric : str
        Which metric asks.
    parts : sequence of Part
        At least one.
    wanted : bool
        ``is``: False turns the answer, and what agrees, round.
    notes, samples
        Go into the reading.
    days : (int, int or None), optional
        Possible values of a metric that has a number, in days.
    """
    truth = every([_truth(one) for one in parts])
    truth = truth if wanted else negate(truth)
    flag = {"holds": Decimal(int(wanted)), "fails": Decimal(int(not wanted))}.get(truth)
    low: Decimal = flag or Decimal(0)
    high: Decimal | None = Decimal(1) if flag is None else flag
    if days is not None:
        low, high = Decimal(days[0]), None if days[1] is None else Decimal(days[1])
    missing = tuple(one.missing for one in parts if one.missing is not None)
    compared = tuple(_turned(one.compared, wanted) for one in parts)
    return Measured(
        reading=Reading(
            metric=metric,
            low=low,
            high=high,
            cites=tuple(sorted({name for one in compared for name in one.records})),
            open=missing,
            notes=notes,
            samples=samples,
            compared=tuple(sorted(compared, key=_order)),
        ),
        truth=truth,
        could_be=_OUTLOOK[truth],
    )


def _truth(one: Part) -> Truth:
    agrees = one.compared.agrees
    return "unknown" if agrees is None else ("holds" if agrees else "fails")


def _turned(one: Compared, wanted: bool) -> Compared:
    if wanted or one.agrees is None:
        return one
    return Compared(
        what=one.what,
        of=one.of,
        expected=f"\N{NOT SIGN} {one.expected}",
        found=one.found,
        records=one.records,
        agrees=not one.agrees,
    )


def _order(one: Compared) -> tuple[str, str, str, str, tuple[str, ...]]:
    return (one.what, one.of or "", one.expected, one.found or "", one.records)


def span(days: CivilInterval) -> str | None:
    """Days as a text, None where nothing is stated."""
    return to_text(days) if days.stated else None

"""Gross counts: nuclides whose rays a count of all of them includes.

From memory; beta emitters of very low energy (H-3, C-14, Ni-63) are left out.
"""

from __future__ import annotations

from msgspec import Struct

from fairwater.records import Nuclide


class Whole(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A count or sum, and nuclides that are parts of it, each as large at most."""

    whole: Nuclide
    parts: tuple[Nuclide, ...]


GROSS_COUNTS = (
    Whole(
        whole="gross-beta",
        parts=("Sr-90", "Cs-134", "Cs-137", "I-131", "Co-60", "Sr-89", "Y-90", "K-40", "Ce-144"),
    ),
    Whole(
        whole="gross-alpha",
        parts=(
            "Pu-238", "Pu-239", "Pu-240", "Am-241", "Cm-244", "U-234", "U-235", "U-238", "Ra-226",
            "Po-210",
        ),
    ),
)  # fmt: skip
"""What every profile knows, unless it states its own `wholes`."""

"""Colours: contrast by WCAG 2.2, and difference for eyes that see fewer colours.

Relative luminance and contrast: WCAG 2.2, "relative luminance", "contrast ratio" (from
memory). Matrices of protanopia, deuteranopia, tritanopia: Machado, Oliveira, Fernandes 2009,
severity 1.0 (from memory); CIE 1976 colour difference. Bounds: 4.5 for text and 3 for marks
(success criteria 1.4.3, 1.4.11); 53, in whole units, is the design's own for `ex` against
`data` and `nd`.
"""

from __future__ import annotations

import pytest

from fairwater.report.figures.look import TOKENS_DARK, TOKENS_LIGHT

GROUNDS = {"light": TOKENS_LIGHT, "dark": TOKENS_DARK}
TEXT = ("ink", "ink2", "state", "data", "ex", "lim", "link")
MARKS = ("nd", "hind", "focus")
MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Triple) -> Triple:
    matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
              (0.0193339, 0.1191920, 0.9503041))  # fmt: skip
    xyz = [sum(w * v for w, v in zip(row, rgb, strict=True)) for row in matrix]
    f = [
        t ** (1 / 3) if t > 216 / 24389 else (841 / 108) * t + 4 / 29
        for t in (v / w for v, w in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def seen(colour: str, matrix: tuple[Triple, Triple, Triple]) -> Triple:
    rgb = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(w * v for w, v in zip(row, rgb, strict=True)))) for row in matrix
    )
    return lab((red, green, blue))


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", GROUNDS)
@pytest.mark.parametrize("ground", ["bg", "soft", "band"])
def test_text_can_be_read(name: str, ground: str) -> None:
    tokens = GROUNDS[name]
    assert {t: contrast(tokens[t], tokens[ground]) for t in TEXT
            if contrast(tokens[t], tokens[ground]) < 4.5} == {}  # fmt: skip


@pytest.mark.parametrize("name", GROUNDS)
def test_marks_can_be_seen(name: str) -> None:
    tokens = GROUNDS[name]
    assert {t for t in MARKS if contrast(tokens[t], tokens["bg"]) < 3} == set()


@pytest.mark.parametrize("name", GROUNDS)
def test_text_on_the_map_can_be_read_over_land(name: str) -> None:
    tokens = GROUNDS[name]
    assert min(contrast(tokens[t], tokens["land"]) for t in ("ink", "ink2")) >= 4.5


@pytest.mark.parametrize("name", GROUNDS)
@pytest.mark.parametrize("kind", MACHADO)
@pytest.mark.parametrize("other", ["data", "nd"])
def test_above_differs_for_eyes_that_see_fewer_colours(name: str, kind: str, other: str) -> None:
    tokens = GROUNDS[name]
    one, two = (seen(tokens[t], MACHADO[kind]) for t in ("ex", other))
    assert sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5 >= 52.5

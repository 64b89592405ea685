"""The drawings: what stands where, counted in the paths themselves.

Share of land on the earth: 149 of 510 million km2, about 29 % (any atlas). Places on land
and at sea below are well-known ones, read off no part of this repository.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from math import isclose, log10, radians, sin
from types import ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.node.briefing.content import Point, Read, Series
from fairwater.report.document import Phrase, Span
from fairwater.report.figures import (
    SCREEN,
    Place,
    paper,
    rows_bar,
    series_panel,
    track_drawing,
    zone_map,
)
from fairwater.report.figures.coast import Window, is_land, land, rings, simplified
from fairwater.report.figures.frame import fitted, spread, width_of
from fairwater.report.figures.scale import Scale, reach, shared, shifted
from fairwater.report.figures.symbols import NAMES, shape, symbol
from fairwater.report.words import language

PAPER = paper("Example Sans")
SVG = "{http://www.w3.org/2000/svg}"


def test_land_is_29_per_cent_of_the_earth() -> None:
    """Area of a ring on the sphere: the integral of sin(latitude) over longitude.

    Ice shelves, 0.3 % of the earth, are no land here.
    """
    whole = 0.0
    for _, ring in rings():
        part = 0.0
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            part += radians(x2 - x1) * (sin(radians(y1)) + sin(radians(y2))) / 2
        whole += part
    assert 0.28 < abs(whole) / (4 * 3.141592653589793) < 0.30


@pytest.mark.parametrize(
    ("longitude", "latitude", "dry"),
    [
        (2.35, 48.85, True), (139.5, 36.2, True), (116.4, 39.9, True), (-58.5, -34.8, True),
        (178.0, -17.8, True), (25.0, -28.0, True), (-30.0, 30.0, False), (142.5, 37.4, False),
        (180.0, 0.0, False), (-140.0, -40.0, False),
    ],
)  # fmt: skip
def test_known_places_are_land_or_sea(longitude: float, latitude: float, dry: bool) -> None:
    window = Window(longitude - 3, latitude - 3, longitude + 3, latitude + 3)
    assert is_land(window, longitude, latitude) is dry


def test_a_window_across_180_degrees_has_land_on_both_sides() -> None:
    window = Window(176, -19, 184, -15)
    assert is_land(window, 178.0, -17.8)
    drawn = land(window, lambda point: ((point[0] - 176) * 50, (-15 - point[1]) * 50), 0.7)
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", drawn)]
    assert min(xs) >= 0
    assert max(xs) <= 400
    assert any(x < 200 for x in xs)
    assert any(x > 200 for x in xs)


coordinates = st.tuples(st.floats(0, 500), st.floats(0, 500))


@given(st.lists(coordinates, min_size=4, max_size=60), st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_its_order(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    places = iter(line)
    assert all(any(point == other for other in places) for point in kept)


@given(
    st.lists(st.floats(20, 400), min_size=1, max_size=6).map(sorted),
)
def test_labels_are_moved_apart_and_stay_in_order(wanted: list[float]) -> None:
    placed = spread(wanted, 56.0, 22.0, 420.0)
    assert all(b - a >= 56 - 1e-6 for a, b in pairwise(placed))
    assert placed[-1] <= max(420.0, 22 + 56 * (len(placed) - 1)) + 1e-6


@given(st.text(max_size=60), st.floats(20, 200))
def test_a_text_is_cut_to_its_room(text: str, room: float) -> None:
    made = fitted(text, 14, room)
    assert width_of(made, 14) <= room or made == "…"


def test_every_mark_is_another_shape_without_colour() -> None:
    grey = {re.sub(r'(fill|stroke)="#[0-9a-f]{6}"', "", shape(name, PAPER)) for name in NAMES}
    assert len(grey) == len(NAMES)
    assert all(ET.fromstring(symbol(name, PAPER)).tag == SVG + "svg" for name in NAMES)


@given(st.floats(-2, 4), st.floats(-2, 4))
def test_a_decade_is_as_high_anywhere(a: float, b: float) -> None:
    scale = Scale(-3, 5, 18, 196)
    step = scale.y(10**a) - scale.y(10 ** (a + 1))
    assert isclose(step, scale.y(10**b) - scale.y(10 ** (b + 1)), abs_tol=1e-6)
    assert scale.y(0) == 196
    assert scale.y(None) == 18


def test_a_panel_far_below_the_others_is_shifted_by_whole_decades(invented: ModuleType) -> None:
    series = invented.briefing().series
    common = shared(series, [])
    own = reach(series[-1], ())
    moved = shifted(own, common)
    assert moved[0] == own[0] < common[0]
    assert isclose(moved[1] - moved[0], common[1] - common[0])
    assert all(p.low <= 10 ** common[1] for s in series[:4] for p in s.points)


def panel(points: tuple[Point, ...], invented: ModuleType, limits: tuple[str, ...] = ()) -> str:
    briefing = invented.briefing()
    lines = [limit for side in briefing.sides for limit in side.limits if limit.value in limits]
    one = Series(species=invented.SPECIES[0], zone=invented.ZONES[0][0],
                 quantity=("Cs-134", "Cs-137"), unit="Bq/kg", points=points)  # fmt: skip
    return series_panel(
        one, lines, name="p", decades=(0, 3.5), days=(date(2013, 1, 1), date(2014, 2, 28)),
        title="Title <b>", desc="Description", caption=(), words=language("en"), look=PAPER,
    ).svg  # fmt: skip


def point(kind: str, low: float, high: float | None, **more: object) -> Point:
    day = date(2013, 6, 1)
    plain = {"first": day, "last": day, "kind": kind, "text": "t", "low": low, "high": high}
    return msgspec.convert(plain | more, Point)


def numbers(form: str, text: str) -> tuple[float, ...]:
    """Numbers of the groups of a form that a text begins with."""
    found = re.match(form, text)
    assert found is not None, text
    return tuple(map(float, found.groups()))


def drawn(svg: str, stroke: str) -> list[str]:
    """Paths of a stroke's colour, `#` or `url(`."""
    found = [e.attrib for e in ET.fromstring(svg).iter(SVG + "path")]
    return [a["d"] for a in found if a.get("stroke", "").startswith(stroke)]


def test_a_detection_is_a_dot_at_its_value(invented: ModuleType) -> None:
    (path,) = drawn(panel((point("detected", 30, 30),), invented), PAPER["data"])
    (y,) = numbers(r"M[\d.]+ ([\d.]+)h", path)
    assert isclose(y, Scale(0, 3.5, 18, 196).y(30), abs_tol=0.06)


def test_a_non_detection_is_a_stem_to_zero_and_never_a_dot(invented: ModuleType) -> None:
    svg = panel((point("censored", 0, 8.6),), invented)
    assert drawn(svg, PAPER["data"]) == []
    (stem,) = drawn(svg, "url(#p-f)")
    top, foot = numbers(r"M[\d.]+ ([\d.]+)V([\d.]+)$", stem)
    assert isclose(top, Scale(0, 3.5, 18, 196).y(8.6), abs_tol=0.06)
    assert foot == 196


def test_a_non_detection_without_a_limit_reaches_from_top_to_zero(invented: ModuleType) -> None:
    (stem,) = drawn(panel((point("censored", 0, None),), invented), "url(#p-f)")
    assert stem.endswith(" 18.0V196.0")


def test_an_interval_has_two_bars_and_over_range_points_upward(invented: ModuleType) -> None:
    (interval,) = drawn(panel((point("interval", 10, 40),), invented), PAPER["nd"])
    assert interval.count("h5") == 2
    (over,) = drawn(panel((point("over_range", 900, None),), invented), PAPER["nd"])
    assert "V13.0" in over


def test_not_stated_is_a_tick_below_the_axis(invented: ModuleType) -> None:
    for kind in ("not_stated", "withheld"):
        (tick,) = drawn(panel((point(kind, 0, None),), invented), PAPER["nd"])
        (y,) = numbers(r"M[\d.]+ ([\d.]+)v", tick)
        assert y > 196


def test_whiskers_have_caps_only_with_a_stated_coverage_factor(invented: ModuleType) -> None:
    bare = point("detected", 30, 30, half_width=6.0)
    stated = point("detected", 30, 30, half_width=6.0, k="2")
    thin = [p for p in drawn(panel((bare,), invented), PAPER["data"]) if "V" in p]
    capped = [p for p in drawn(panel((stated,), invented), PAPER["data"]) if "V" in p]
    assert [p.count("h5") for p in (*thin, *capped)] == [0, 2]


def test_above_is_a_triangle_and_no_dot_with_its_text(invented: ModuleType) -> None:
    svg = panel((point("detected", 380, 380, above=True),), invented)
    assert drawn(svg, PAPER["data"]) == []
    shapes = [e for e in ET.fromstring(svg).iter(SVG + "path") if e.get("fill") == PAPER["ex"]]
    assert [e.attrib["d"].count("z") for e in shapes] == [1]
    assert "t" in [e.text for e in ET.fromstring(svg).iter(SVG + "text")]


def test_limits_carry_letters_and_another_quantity_is_dashed(invented: ModuleType) -> None:
    svg = panel((point("detected", 30, 30),), invented, ("100", "800"))
    texts = [e.text for e in ET.fromstring(svg).iter(SVG + "text")]
    assert {"100 A, B", "800 B*"} <= set(texts)
    dashed = [e for e in ET.fromstring(svg).iter(SVG + "path") if e.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_a_drawing_is_named_and_its_title_is_text(invented: ModuleType) -> None:
    root = ET.fromstring(panel((point("detected", 30, 30),), invented))
    assert root.attrib["aria-labelledby"] == "p-t p-d"
    assert [title.text for title in root.iter(SVG + "title")] == ["Title <b>"]


def test_a_timeline_draws_holes_decisions_and_claims(invented: ModuleType) -> None:
    briefing = invented.briefing()
    unit, whole = briefing.tracks[0], briefing.tracks[-1]
    root = ET.fromstring(
        track_drawing(unit, name="t", days=(unit.first, unit.last), title="T", desc="D",
                      caption=(), look=PAPER).svg
    )  # fmt: skip
    boxes = [e.attrib for e in root.iter(SVG + "rect")]
    hollow = [b for b in boxes if b["fill"] == PAPER["bg"]]
    assert len(hollow) == len(unit.known.holes) + len(unit.hindsight.holes)
    full = [b for b in boxes if b["fill"] == PAPER["state"]]
    assert [float(b["height"]) for b in full] == [13.0, 5.0]
    marks = [e.attrib["d"] for e in root.iter(SVG + "path")]
    assert marks.count("M7 .8L13.2 7 7 13.2 .8 7Z") == sum(s.recorded for s in unit.steps)
    assert marks.count("M7 1.6L12.4 7 7 12.4 1.6 7Z") == sum(not s.recorded for s in unit.steps)
    claims = track_drawing(whole, name="c", days=(whole.first, whole.last), title="T", desc="D",
                           caption=(), look=PAPER).svg  # fmt: skip
    hatched = [e for e in ET.fromstring(claims).iter(SVG + "rect")
               if e.attrib["fill"].startswith("url(")]  # fmt: skip
    assert len(hatched) == len(whole.claims)


def test_a_fluid_timeline_stands_where_the_fixed_one_does(invented: ModuleType) -> None:
    track = invented.briefing().tracks[0]
    places = []
    for look in (SCREEN, PAPER):
        drawing = track_drawing(track, name="t", days=(track.first, track.last), title="T",
                                desc="D", caption=(), look=look)  # fmt: skip
        boxes = ET.fromstring(drawing.svg).iter(SVG + "rect")
        places.append([b.attrib["x"] for b in boxes])
        width = drawing.width
    fluid = [float(x.rstrip("%")) * width / 100 for x in places[0]]
    assert fluid == pytest.approx([float(x) for x in places[1]], abs=0.1)


@pytest.mark.parametrize("kept", [1, 0])
def test_one_quarantined_row_in_a_million_is_seen(kept: int) -> None:
    read = Read(document="d", sha256="0" * 64, rows=1_000_000, accepted=999_000 - kept,
                flagged=1_000, quarantined=kept, flags={}, reasons={})  # fmt: skip
    svg = rows_bar(read, name="r", title="T", desc="D", caption=(), look=PAPER).svg
    red = [b for b in ET.fromstring(svg).iter(SVG + "rect") if b.attrib["fill"] == PAPER["ex"]]
    assert max((float(b.attrib["width"]) for b in red), default=0.0) == 3.0 * kept


def place(name: str, longitude: float, latitude: float, *, busy: bool = True) -> Place:
    return Place(
        name=Phrase((Span(name, evidence=True),)), count=Phrase((Span("1 of 2"),)),
        standings=("held", "none"), longitude_deg=longitude, latitude_deg=latitude, busy=busy,
    )  # fmt: skip


def mapped(places: list[Place]) -> ET.Element:
    drawing = zone_map(places, title="T", desc="D", caption=(), look=PAPER)
    assert drawing is not None
    assert len(drawing.svg) < 30_000
    return ET.fromstring(drawing.svg)


def test_no_position_no_map() -> None:
    assert zone_map([], title="T", desc="D", caption=(), look=PAPER) is None


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(141.0, 37.4), (-9.5, 39.0), (179.9, -17.0), (0.0, 88.0)]
)
def test_a_coast_anywhere_is_drawn_with_its_zones(longitude: float, latitude: float) -> None:
    places = [place(f"zone {n}", longitude + n * 0.4, latitude - n * 0.5) for n in range(4)]
    root = mapped(places)
    texts = [e.text for e in root.iter(SVG + "text")]
    assert [f"zone {n}" in texts for n in range(4)] == [True] * 4
    dots = [e for e in root.iter(SVG + "circle") if e.get("r") == "3"]
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert len(dots) == 4
    assert all(0 < float(d.attrib["cx"]) < width for d in dots)
    assert all(0 < float(d.attrib["cy"]) < height for d in dots)


def test_zones_on_both_sides_of_180_degrees_lie_together() -> None:
    dots = [e for e in mapped([place("a", 179.5, -17), place("b", -179.5, -17.5)]).iter(
        SVG + "circle") if e.get("r") == "3"]  # fmt: skip
    first, second = (float(d.attrib["cx"]) for d in dots)
    assert 0 < abs(second - first) < 150


def test_of_many_zones_the_busy_ones_have_names() -> None:
    quiet = [place(f"quiet {n}", 140 + n * 0.1, 36 + n * 0.1, busy=False) for n in range(20)]
    texts = [e.text for e in mapped([*quiet, place("busy", 141, 37)]).iter(SVG + "text")]
    assert "busy" in texts
    assert not [text for text in texts if (text or "").startswith("quiet")]


def test_every_row_of_marks_stands_on_the_map_and_on_no_other() -> None:
    """Ten busy zones, the southern ones close together: no label leaves the foot of the map."""
    root = mapped([place(f"zone {n}", 140.5, 43 - n**0.5 * 2) for n in range(10)])
    height = float(root.attrib["viewBox"].split()[3])
    names = [e for e in root.iter(SVG + "text") if (e.text or "").startswith("zone")]
    ys = sorted(float(e.attrib["y"]) for e in names)
    assert len(ys) == 10
    assert ys[0] >= 15
    assert all(b - a >= 50 for a, b in pairwise(ys))
    marks = [float(e.attrib["transform"].split()[1].split(")")[0]) for e in root.iter(SVG + "g")]
    assert len(marks) == 20
    assert max(marks) + 17 <= height


def test_a_hostile_name_stays_within_its_label() -> None:
    root = mapped([place("<script>" + "x" * 5_000, 141, 37)])
    texts = [e.text or "" for e in root.iter(SVG + "text")]
    assert any(text.startswith("<script>x") and len(text) < 40 for text in texts)
    assert log10(max(len(text) for text in texts)) < 2

"""Whole rows: one end for each, every fault at once, flags that never remove a result."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairwater.intake import FLAGS, REASONS, RowOutcome, load_profile, read, reread
from fairwater.records import QuarantinedRow, TestReport, decode, encode

Food = Callable[..., list[RowOutcome]]
PROFILE = load_profile("mhlw-since-2012-04")
HEADINGS = tuple(column.heading for column in PROFILE.columns if not column.optional)


def report(outcome: RowOutcome) -> TestReport:
    assert isinstance(outcome.record, TestReport), outcome.reasons
    return outcome.record


def quarantined(outcome: RowOutcome) -> QuarantinedRow:
    assert isinstance(outcome.record, QuarantinedRow)
    return outcome.record


def test_an_ordinary_row(food: Food) -> None:
    (row,) = food({})
    record = report(row)
    assert row.flags == ()
    assert record.sample.item == "マダラ"
    assert record.sample.place is not None
    assert record.sample.place.region == "千葉県"
    assert record.sample.place.locality is None  # `-` is not stated
    assert record.sample.product is not None
    assert record.sample.product.food_category == "seafood"
    assert record.sample.product.scientific_name == "Gadus macrocephalus"
    assert record.sample.product.part is None  # not stated, never taken to be muscle
    assert record.sample.market_stage == "market"
    assert (record.sample.collected, record.sample.collected_text) == ("2012-03-29", "H24.3.29")
    assert (record.technique, record.method_text) == ("HPGe", "Ge")
    assert record.source is not None
    assert (record.source.row, record.source.entry, record.source.publication) == (
        1,
        "1",
        "a357.csv",
    )
    kinds = [(r.nuclides, r.kind, r.value, r.unit, r.limit_kind) for r in record.results]
    assert kinds == [
        (("Cs-134",), "censored", "0.61", "Bq/kg", "detection_limit"),
        (("Cs-137",), "detected", "0.75", "Bq/kg", None),
        (("Cs-134", "Cs-137"), "detected", "0.75", "Bq/kg", None),
    ]
    assert decode(row.data) == record


def test_the_limit_of_a_sum_is_of_its_parts_only_if_they_are_stated(food: Food) -> None:
    with_parts, alone = food(
        {"Cs134(Bq/kg)": "<8.5", "Cs137(Bq/kg)": "<8.0", "Cs合計(Bq/kg)": "<17"},
        {"Cs134(Bq/kg)": "-", "Cs137(Bq/kg)": "-", "Cs合計(Bq/kg)": "<25"},
    )
    assert report(with_parts).results[2].limit_kind == "sum_of_parts_limits"
    assert report(alone).results[2].limit_kind == "not_stated"


@pytest.mark.parametrize(
    ("parts", "whole", "flags"),
    [
        # FACTS.md's rule; parts added as sets of values
        (("<8.5", "<8.0"), "<17", ()),
        (("<8.5", "<8.0"), "<25", ("sum_contradicts_parts",)),
        (("<8.5", "<8.0"), "17", ("sum_contradicts_parts",)),
        (("<8.5", "<8.0"), "18", ("sum_contradicts_parts", "sum_outside_parts")),
        (("<0.61", "0.75"), "0.75", ()),
        (("<0.61", "0.75"), "1.3", ("sum_contradicts_parts",)),
        (("<0.61", "0.75"), "<1.4", ("sum_contradicts_parts",)),
        (("<0.61", "7.5"), "<1.4", ("sum_contradicts_parts", "sum_outside_parts")),
        (("20", "28"), "48", ()),
        (("11.2", "14.7"), "26", ()),
        (("20", "28"), "58", ("sum_contradicts_parts", "sum_outside_parts")),
        (("-", "28"), "58", ()),
    ],
)
def test_sums(food: Food, parts: tuple[str, str], whole: str, flags: tuple[str, ...]) -> None:
    (row,) = food({"Cs134(Bq/kg)": parts[0], "Cs137(Bq/kg)": parts[1], "Cs合計(Bq/kg)": whole})
    assert row.flags == flags
    assert report(row).results[2].text == whole  # kept, never corrected


def test_result_before_sampling_needs_both_days_stated_in_full(food: Food) -> None:
    stated, same, assumed, ranged = food(
        {"採取日(購入日)": "H24.5.31", "結果判明日": "H24.5.30"},
        {"採取日(購入日)": "H24.5.30", "結果判明日": "H24.5.30"},
        {"採取日(購入日)": "5月31日", "結果判明日": "5月30日"},
        {"採取日(購入日)": "H24.5.31〜H24.6.2", "結果判明日": "H24.6.1"},
        name="a404.csv",
    )
    assert stated.flags == ("result_before_sampling",)
    assert same.flags == ()
    assert assumed.flags == ("year_assumed",)
    assert report(assumed).sample.collected == "2012-05-31"
    assert ranged.flags == ("date_range",)


def test_a_flag_is_counted_in_a_quarantined_row_whose_cells_could_be_read(food: Food) -> None:
    (row,) = food({"採取日(購入日)": "H254.8.10", "結果判明日": "H25.4.25", "Cs合計(Bq/kg)": "079"})
    assert row.reasons == ("impossible_day",)
    assert "result_before_sampling" in row.flags
    assert "lost_decimal_point" in row.flags
    assert [f.flag for f in quarantined(row).flags]


def test_a_year_is_lent_by_the_result_or_the_publication_or_not_at_all(food: Food) -> None:
    lent, nobody = food(
        {"採取日(購入日)": "12月下旬", "結果判明日": "H25.1.11"},
        {"採取日(購入日)": "5月31日", "結果判明日": "5月30日"},
    )
    assert report(lent).sample.collected == "2012-12-21/2012-12-31"
    assert lent.flags == ("part_of_month", "year_assumed")
    assert nobody.reasons == ("unreadable_date",)


def test_an_open_range_ends_with_the_result(food: Food) -> None:
    (row, nobody) = food(
        {"採取日(購入日)": "H24.4.8〜", "結果判明日": "H24.4.19"},
        {"採取日(購入日)": "H24.4.8〜", "結果判明日": "-"},
    )
    assert report(row).sample.collected == "2012-04-08/2012-04-19"
    assert row.flags == ("date_range", "open_range")
    assert nobody.reasons == ("unreadable_date",)


def test_not_stated_is_not_unreadable(food: Food) -> None:
    (row,) = food(
        {"採取日(購入日)": "-", "結果判明日": "", "産地_都道府県": "−", "品目_品目名": "-",
         "検査機関": "", "非流通品/流通品": "-"}
    )  # fmt: skip
    record = report(row)
    assert record.sample.collected is None
    assert record.resulted is None
    assert record.sample.item is None
    assert row.flags == ()


def test_spelling_rules_change_the_name_and_keep_the_text(food: Food) -> None:
    short, corporate, unknown = food(
        {"産地_都道府県": "千葉"},
        {"検査機関": "（一財）材料科学技術振興財団"},
        {"産地_都道府県": "北海道・青森沖"},
    )
    place = report(short).sample.place
    assert place is not None
    assert (place.region, place.region_text, short.flags) == ("千葉県", "千葉", ("spelling",))
    record = report(corporate)
    assert record.laboratory == "材料科学技術振興財団"
    assert record.laboratory_text == "（一財）材料科学技術振興財団"
    assert corporate.flags == ("spelling",)
    assert unknown.flags == ("unknown_region",)
    place = report(unknown).sample.place
    assert place is not None
    assert place.region == "北海道・青森沖"


@pytest.mark.parametrize(
    ("item", "note", "part", "production"),
    [
        ("キアンコウ（肝臓）", "-", "liver", None),
        ("マダラ（1kg以上）", "-", None, None),
        ("ババガレイ（ナメタガレイ）", "-", None, None),
        ("マダラ", "1kg以上・肝臓", "liver", None),
        ("ニジマス", "養殖", None, "farmed"),
        ("アユ", "部位：内臓部", "viscera", None),
    ],
)
def test_most_brackets_are_no_part(
    food: Food, item: str, note: str, part: str | None, production: str | None
) -> None:
    (row,) = food({"品目_品目名": item, "品目_その他": note})
    record = report(row)
    assert record.sample.product is not None
    assert (record.sample.product.part, record.sample.product.production) == (part, production)
    assert record.sample.item == item  # the bracket stays in the text


def test_a_published_correction_is_read_and_told(food: Food) -> None:
    value, item, half, crossed = food(
        {"Cs137(Bq/kg)": '<del>&lt;3.8</del><ins cite="http://example.org/1">0.75</ins>'},
        {"品目_品目名": '<del>ミズダコ</del><ins cite="http://example.org/2">チダイ</ins>'},
        {"Cs137(Bq/kg)": "<del>3.8</del>"},
        {"品目_品目名": "<ins>チダイ</ins><del>ミズダコ</del>"},
    )
    result = report(value).results[1]
    assert (result.kind, result.value) == ("detected", "0.75")
    assert result.text is not None
    assert result.text.startswith("<del>&lt;3.8")  # the cell as published
    assert value.flags == ("published_correction",)
    assert report(value).flags[0].detail == "<3.8"
    assert report(item).sample.item == "チダイ"
    assert half.reasons == ("malformed_correction",)
    assert crossed.reasons == ("malformed_correction",)


def test_a_method_polluted_with_a_date_names_no_technique(food: Food) -> None:
    polluted, screening = food({"検査法": "Ge2012/9/24"}, {"検査法": "Ge(スクリーニング）"})
    assert (report(polluted).technique, report(polluted).method_text) == (None, "Ge2012/9/24")
    assert polluted.flags == ("unknown_method",)
    assert report(screening).technique == "HPGe.screening"


def test_above_the_plausible_maximum(food: Food) -> None:
    # plausible_ranges.json: 740,000 Bq/kg, demersal fish within 20 km
    above, below, meat = food(
        {"Cs137(Bq/kg)": "740001", "Cs合計(Bq/kg)": "740001"},
        {"Cs137(Bq/kg)": "740000", "Cs合計(Bq/kg)": "740000"},
        {"Cs137(Bq/kg)": "740001", "Cs合計(Bq/kg)": "740001", "食品カテゴリ": "畜産物"},
    )
    assert above.flags == ("above_plausible_maximum",)
    assert report(above).results[1].value == "740001"
    assert below.flags == ()
    assert meat.flags == ()


def test_a_row_keeps_every_fault_and_every_cell(food: Food) -> None:
    (row,) = food(
        {"採取日(購入日)": "H24.4.1718", "Cs134(Bq/kg)": "<.4.33", "非流通品/流通品": "印旛沼"}
    )
    record = quarantined(row)
    assert row.reasons == ("impossible_day", "not_in_vocabulary", "unreadable_value")
    assert {(f.column, f.text) for f in record.faults} == {
        ("採取日(購入日)", "H24.4.1718"),
        ("Cs134(Bq/kg)", "<.4.33"),
        ("非流通品/流通品", "印旛沼"),
    }
    assert all(fault.expected and fault.remedy for fault in record.faults)
    assert len(record.cells) == 17
    assert record.headings == HEADINGS


def _table(*lines: str) -> str:
    return "\n".join([",".join(HEADINGS), *lines]) + "\n"


GOOD = "1,千葉県,千葉県,千葉県,銚子市,-,流通品,水産物,マダラ,-,検査所,Ge,H24.3.29,H24.4.2,<1,2,2"


def test_ragged_blank_and_badly_quoted_rows_do_not_disturb_their_neighbours(
    outcomes: Food,
) -> None:
    open_quote = GOOD.replace("マダラ", '"マダラ')
    after_quote = GOOD.replace("マダラ", '"マ"ダラ')
    rows = outcomes(
        _table(GOOD, GOOD + ",x", GOOD.rsplit(",", 1)[0], "", ",".join([""] * 17), open_quote,
               GOOD, after_quote, GOOD), PROFILE,
    )  # fmt: skip
    assert [row.reasons for row in rows] == [
        (),
        ("ragged_row",),
        ("ragged_row",),
        ("blank_row",),
        ("malformed_quoting",),
        (),
        ("malformed_quoting",),
        (),
    ]
    assert quarantined(rows[4]).cells == (open_quote,)
    assert [row.row for row in rows] == list(range(1, 9))


def test_a_cell_may_hold_line_ends_and_quotes(outcomes: Food) -> None:
    (row,) = outcomes(_table(GOOD.replace("マダラ", '"マ\n""ダラ"""')), PROFILE)
    assert report(row).sample.item == 'マ\n"ダラ"'


def test_what_a_record_cannot_hold_is_quarantined_and_says_where_it_stands(
    outcomes: Food,
) -> None:
    long, huge, many = outcomes(
        _table(
            GOOD.replace("マダラ", "x" * 5_000),
            GOOD.replace("マダラ", "x" * 140_000),
            GOOD.replace("銚子市", "y" * 70_000),
        ),
        PROFILE,
    )
    assert long.reasons == ("cell_too_long",)
    assert huge.reasons == ("cell_too_long", "row_too_large")
    assert "row_too_large" in many.reasons
    for row in (long, huge, many):
        assert encode(decode(row.data)) == row.data
        assert row.record.source is not None


def test_a_sampling_day_after_the_import(tmp_path: Path) -> None:
    path = tmp_path / "a1.csv"
    path.write_text(_table(GOOD))
    (row,) = read(path, PROFILE, as_of=date(2012, 3, 28))
    assert row.flags == ("sampled_after_import",)
    (row,) = read(path, PROFILE, as_of=date(2012, 3, 29))
    assert row.flags == ()


def test_a_corrected_row_is_read_again(food: Food) -> None:
    (row,) = food({"Cs134(Bq/kg)": "<.4.33"})
    record = quarantined(row)
    cells = [cell.replace("<.4.33", "<4.33") for cell in record.cells]
    again = reread(cells, PROFILE, record.source, headings=record.headings)
    assert report(again).results[0].value == "4.33"
    assert report(again).source == record.source
    still = reread(record.cells, PROFILE, record.source, headings=record.headings)
    assert still.reasons == ("unreadable_value",)
    with pytest.raises(ValueError, match="lacks"):
        reread(["1"], PROFILE, record.source, headings=["a"])


def test_the_same_file_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    path = tmp_path / "a1.csv"
    path.write_text(_table(GOOD, GOOD, GOOD.replace("2,2", "x,2")))
    table = read(path, PROFILE)
    assert [row.data for row in table] == [row.data for row in read(path, PROFILE)]
    assert len({row.data for row in table}) == 3  # replicates stay: their rows differ


cell = st.one_of(
    st.sampled_from(["-", "", "<6.1", "12", "H24.3.29", "流通品", "<del>", "マダラ", '"', "〃"]),
    st.text(max_size=12),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cell, min_size=1, max_size=19), min_size=1, max_size=6))
def test_any_rows_end_in_exactly_one_way(tmp_path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    plain = [[c.replace("\0", "").replace("\r", "") for c in row] for row in rows]
    writer.writerows(plain)
    path = tmp_path / "a1.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    outcomes = list(read(path, PROFILE))
    assert len(outcomes) == len([row for row in plain if row])
    for outcome in outcomes:
        assert isinstance(outcome.record, QuarantinedRow) == bool(outcome.reasons)
        assert set(outcome.reasons) <= REASONS.keys()
        assert set(outcome.flags) <= FLAGS.keys()
        assert encode(decode(outcome.data)) == outcome.data
        if isinstance(outcome.record, QuarantinedRow):
            assert outcome.record.faults


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing_but_their_numbers(
    tmp_path: Path, order: list[int]
) -> None:
    lines = [
        GOOD,
        GOOD.replace("<1,2,2", "-,-,<25"),
        GOOD.replace("<1,2,2", "<.1,2,2"),
        GOOD.replace("H24.3.29", "9月上旬"),
        GOOD.replace("H24.3.29", "24.3.29"),
        GOOD + ",",
    ]

    def said(lines: list[str]) -> list[tuple[object, ...]]:
        path = tmp_path / "a1.csv"
        path.write_text(_table(*lines))
        return [
            (row.flags, row.reasons, getattr(row.record, "results", row.record))
            for row in read(path, PROFILE)
        ]

    straight = said(lines)
    permuted = said([lines[n] for n in order])
    for n, (flags, reasons, _) in zip(order, permuted, strict=True):
        assert (flags, reasons) == straight[n][:2]

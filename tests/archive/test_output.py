"""Answers as text: the same bytes for the same answer, and nothing lost in CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from fairwater.archive.output import FORMATS

TABLE = pa.table(
    {
        "item": ["クロソイ", 'a,"b"\n', None],
        "n": pa.array([1, None, 1_234], pa.int64()),
        "x": [0.1, 12.5, None],
        "day": [date(2012, 7, 1), None, None],
        "known_at": pa.array([datetime(2031, 4, 1, 8)] * 3, pa.timestamp("us")),
        "flags": [["a", "b"], [], None],
        "d": [Decimal("1.10"), None, Decimal("-3.00")],
        "yes": [True, False, None],
    }
)


def test_table() -> None:
    assert FORMATS["table"](TABLE).decode() == (
        "item         n     x  day         known_at              flags          d  yes\n"
        "--------  ----  ----  ----------  --------------------  ---------  -----  -----\n"
        'クロソイ     1   0.1  2012-07-01  2031-04-01T08:00:00Z  ["a","b"]   1.10  true\n'
        'a,"b"\\n      –  12.5  –           2031-04-01T08:00:00Z  []             –  false\n'
        "–         1234     –  –           2031-04-01T08:00:00Z  –          -3.00  –\n"
    )


def test_a_cell_cannot_move_the_cursor() -> None:
    text = FORMATS["table"](pa.table({"a": ["\x1b[2J\r\N{RIGHT-TO-LEFT OVERRIDE}"]})).decode()
    assert text == "a\n------------------\n\\x1b[2J\\r\\u202e\n".replace("-" * 18, "-" * 15)


def test_csv_reads_back() -> None:
    data = FORMATS["csv"](TABLE).decode()
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert rows[0] == TABLE.column_names
    assert rows[1] == ["クロソイ", "1", "0.1", "2012-07-01", "2031-04-01T08:00:00Z", '["a","b"]',
                       "1.10", "true"]  # fmt: skip
    assert rows[2] == ['a,"b"\n', "", "12.5", "", "2031-04-01T08:00:00Z", "[]", "", "false"]
    assert b"\r" not in FORMATS["csv"](TABLE)


def test_json_reads_back() -> None:
    rows = json.loads(FORMATS["json"](TABLE))
    assert rows[0] == {
        "item": "クロソイ", "n": 1, "x": 0.1, "day": "2012-07-01",
        "known_at": "2031-04-01T08:00:00Z", "flags": ["a", "b"], "d": "1.10", "yes": True,
    }  # fmt: skip
    assert rows[2]["flags"] is None
    assert list(rows[0]) == TABLE.column_names


def test_parquet_reads_back() -> None:
    assert pq.read_table(io.BytesIO(FORMATS["parquet"](TABLE))) == TABLE


def test_no_rows_and_no_columns() -> None:
    for table in (TABLE.slice(0, 0), pa.table({})):
        for write in FORMATS.values():
            assert isinstance(write(table), bytes)
    assert json.loads(FORMATS["json"](TABLE.slice(0, 0))) == []

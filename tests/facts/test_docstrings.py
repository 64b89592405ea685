"""The examples in the module docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = [
    "categories",
    "foods",
    "item",
    "jurisdictions",
    "parts",
    "ranges",
    "regions",
    "species",
    "units",
    "validity",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(f"fairwater.facts.{name}")
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0

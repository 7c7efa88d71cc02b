"""The unit a register says it is of, held against the list of units."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from kerege.archive.found_wrong import Report
from kerege.archive.listed_unit import ListedUnit
from tests.cast import NEW, naryn


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ({}, set()),
        ({"name_ru": "город Нарын"}, set()),
        ({"name_ru": "Бишкек"}, {"unit_called"}),
        ({"code": "99999999999999"}, {"unit_unknown"}),
        # A broken register is named by others; here nothing falls over.
        ({"code": None, "name_ru": None}, {"unit_unknown"}),
    ],
)
def test_another_place_under_a_code_is_noted(said, noted):
    report, first = Report(), naryn(*NEW).entries[0]
    ListedUnit(report).take(0, replace(first, fields={**first.fields, **said}))
    assert {note.code for note in report.notes} == noted
    assert all(note.says(one) for note in report.notes for one in ("ky", "ru", "en"))


def test_no_other_entry_is_looked_at():
    report = Report()
    ListedUnit(report).take(5, SimpleNamespace(act="Spend", fields={}))
    assert report.notes == []

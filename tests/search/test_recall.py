"""The search finds inflected words and words typed without ң, ө, ү: on the published queries, and
on those held out, which were written before the stemmer and not looked at while it was tuned."""

import pytest

from tests.search.judging import FILES, judge, queries

RECALL, PRECISION = 0.95, 0.98
LEAST = {"queries.toml": 60, "held_out.toml": 40}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_should_be_found_is_found_and_nothing_else(demo, file):
    told = judge(file)
    assert told.queries >= LEAST[file.name]
    assert told.recall >= RECALL, told.wrong
    assert told.precision >= PRECISION, told.wrong


def test_no_query_is_tuned_by_and_held_out():
    tuned, held_out = ({one["q"] for one in queries(file)} for file in FILES)
    assert len(tuned) == len(queries(FILES[0])) and not tuned & held_out

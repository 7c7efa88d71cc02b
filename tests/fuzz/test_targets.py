"""Every reader of registers and laws takes any bytes; a fuzzer runs these for longer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.every_target import SEEDS, TARGETS


def test_every_target_has_seeds() -> None:
    assert {*SEEDS} == {*TARGETS} and all(SEEDS.values())


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_reader_takes_any_bytes(name: str, data: Any) -> None:
    TARGETS[name](data.draw(st.binary(max_size=200)))


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_reader_takes_what_is_nearly_right(name: str, data: Any) -> None:
    seed = data.draw(st.sampled_from(SEEDS[name]))
    TARGETS[name](seed)
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 8)))
    TARGETS[name](seed[:start] + data.draw(st.binary(max_size=8)) + seed[end:])

"""Stories as files: steps, and how they point at what came before."""

from datetime import date

import pytest

from kerege.municipality.steps import pointed, read

TEXT = """
[[step]]
act = "CallReferendum"
on = 2010-06-27
actor = "state"
label = "r"
fields = { edition = "kg-2010", day = "2010-06-27" }
[[step]]
act = "AppointHead"
on = 2012-01-10
actor = "governor"
of = "@r.0"
fields = { holder = "А" }
paper = "№ 1"
insist = "…"
refused = true
"""


def test_a_step_with_everything_and_one_with_little():
    first, second = read(TEXT)
    assert (first.act, first.on, first.actor, first.label) == (
        "CallReferendum",
        date(2010, 6, 27),
        "state",
        "r",
    )
    assert (first.of, first.paper, first.insist, first.refused) == ("", "", "", False)
    assert (second.of, second.paper, second.insist, second.refused) == ("@r.0", "№ 1", "…", True)


def test_a_label_is_an_entry_and_with_a_number_one_of_its_mandates():
    assert pointed("@r", {"r": 7}) == 7
    assert pointed("@r.1", {"r": 7}) == "7.1"
    assert pointed("r", {"r": 7}) == "r" and pointed(3, {}) == 3
    with pytest.raises(KeyError):
        pointed("@nobody", {"r": 7})

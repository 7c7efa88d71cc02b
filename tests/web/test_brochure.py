"""The leaflet to print, with a place's own figures."""

import itertools
import re

import pytest

from kerege.web.pages.brochure import compared
from kerege.web.places import place
from kerege.web.replays import lived_under

pytestmark = pytest.mark.usefixtures("demo")


def test_no_heading_stands_twice_in_a_row(client):
    text = client.get("/on-archa/brochure/").content.decode()
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", text)
    assert len(headings) > 10
    assert all(one != next_ for one, next_ in itertools.pairwise(headings))


def test_the_leaflet_counts_what_would_have_become_of_this_place(client):
    here = place("on-archa")
    first, mine = compared(here)
    assert (first.id, mine.id) == ("kg-2007", "kg-2010")
    text = client.get("/en/on-archa/brochure/").content.decode()
    for edition in (first, mine):
        told = lived_under(here.register, edition.id)
        said = f"applied: {len(told.refused)} would not have been allowed, and {len(told.fallen)}"
        assert said in text

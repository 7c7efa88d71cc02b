"""What a law that ended leaves undone."""

from datetime import date

from kerege.web.lapsed import lapsed
from kerege.web.owed import known_owed
from kerege.web.places import place


def test_a_debt_does_not_vanish_with_the_law_that_asked_for_it(client, demo):
    here = place("on-archa")
    before, after = date(2021, 4, 1), date(2021, 6, 1)
    owed_then = {o.duty.act for o in known_owed(here, before) if o.cause and o.state == "overdue"}
    told = lapsed(here, known_owed(here, after), after)
    assert owed_then and told and told[0]["count"] >= 1
    page = client.get("/en/on-archa/", {"on": "2021-06-01"}).content.decode()
    assert "Under the law before, overdue and not done" in page
    assert told[0]["url"] in page


def test_what_the_law_of_the_day_still_asks_for_is_told_once(demo):
    here, on = place("on-archa"), date(2014, 1, 15)
    known = known_owed(here, on)
    told = lapsed(here, known, on)
    assert sum(one["count"] for one in told) == 0, told

"""Who governs: bodies, mandates and seats on a day, and who speaks for whom."""

from kerege.municipality.entry import Actor
from kerege.municipality.governing import (
    SPEAKS,
    bases,
    body,
    deputies,
    ended_before,
    grounds,
    head,
    holding,
    in_office,
    linked,
    seats,
    speaks,
)
from kerege.municipality.municipality import Municipality
from tests.cast import AFTER, BEFORE, DAY, FOUNDED, NEW, bare, day, naryn, the_country

EVE = day("2010-01-10")


def test_who_is_in_office_on_a_day():
    town = naryn(*NEW)
    assert [x.id for x in in_office(town.m, "deputy", DAY)] == [f"4.{k}" for k in range(5)]
    assert deputies(town.m, EVE) == 0 and deputies(town.m, FOUNDED) == 5
    assert head(town.m, EVE) is None and head(town.m, FOUNDED).id == "6.0"
    assert body(town.m, "executive_body", FOUNDED).name == "Нарын шаарынын мэриясы"
    assert body(town.m, "other_body", FOUNDED) is None


def test_the_bases_a_share_is_of():
    town = naryn(*NEW)
    town.act("EndMandate", "deputy:4.0", mandate="4.0", cause="resigned")
    assert bases(town.m, BEFORE) == {"seats": 5, "mandates": 5}
    assert bases(town.m, DAY) == {"seats": 5, "mandates": 4}
    assert bases(Municipality(), DAY) == {"seats": 0, "mandates": 0}


def test_there_are_never_more_deputies_than_seats():
    town = bare()
    said = {"post": "deputy", "holders": ["А А", "Б Б"]}
    town.act("TakeOver", "", FOUNDED, **said)
    assert seats(town.m, DAY) == 2 and town.m.seats == 0
    town.act("TakeOver", "", FOUNDED, post="deputy", holders=["В В"], seats=1)
    assert seats(town.m, DAY) == 3


def test_mandates_of_an_account_in_the_order_they_were_linked():
    town = naryn(*NEW)
    for mandate in ("6.0", "5.0", "4.0"):
        town.act("LinkAccount", account="one", mandate=mandate)
    assert [x.id for x in holding(town.m, "one", DAY)] == ["6.0", "5.0", "4.0"]
    assert holding(town.m, "one", BEFORE) == [] and holding(town.m, "nobody", DAY) == []
    assert linked(town.m, "6.0", BEFORE) == "account-6.0" and linked(town.m, "6.0", DAY) == "one"
    assert linked(town.m, "9.9", DAY) is None


def test_who_speaks_for_whom():
    town = naryn(*NEW)
    chair, boss = town.m.mandates["5.0"], town.m.mandates["6.0"]
    assert speaks(chair, Actor("kenesh")) and speaks(chair, Actor("deputy", "5.0"))
    assert not speaks(chair, Actor("deputy", "4.2")) and not speaks(chair, Actor("executive"))
    assert speaks(boss, Actor("executive")) and speaks(boss, Actor("head"))
    assert not speaks(boss, Actor("head", "5.0"))
    assert not any(speaks(town.m.mandates["1.0"], Actor(kind)) for kind in SPEAKS)


def test_what_makes_an_actor_one():
    town = naryn(*NEW)

    def entries(actor, on=DAY):
        return [r and r.entry for r in grounds(town.m, actor, on)]

    assert entries(Actor("kenesh")) == [2] and entries(Actor("executive")) == [3, 6]
    assert entries(Actor("head", "6.0")) == entries(Actor("head")) == [6]
    assert entries(Actor("deputy", "4.1")) == [4]
    assert entries(Actor("governor")) == [] and entries(Actor("executive"), EVE) == [None, None]


def test_the_country_has_a_recorder_and_no_kenesh():
    town = the_country()
    assert town.holders("recorder", AFTER) and body(town.m, "representative_body", AFTER) is None


def test_what_was_done_before_a_mandate_ended_and_sent_after_is_known_too():
    said = {"title": "Жол", "text": "…"}
    for town, known in ((naryn(*NEW), True), (naryn(*NEW, exercise=True), False)):
        sent = town.act("RaiseIssue", "deputy:4.0", by=town.deputy, today=day("2010-03-20"), **said)
        assert not any(ended_before(town.m, sent.entry, sent.n))
        later = {"mandate": "4.0", "cause": "court"}
        n = town.act("EndMandate", "court", day("2010-03-09"), today=day("2010-03-25"), **later).n
        found = list(ended_before(town.m, sent.entry, sent.n))
        assert found == ([(n, day("2010-03-09"))] if known else [])


def test_what_was_sent_under_a_mandate_that_had_ended_is_known():
    town = naryn(*NEW)
    said = {"title": "Жол", "text": "…"}
    sent = [town.act("RaiseIssue", "deputy:4.0", on, by=town.deputy, **said) for on in (DAY, AFTER)]
    assert not any(any(ended_before(town.m, one.entry, one.n)) for one in sent)
    n = town.decide("EndMandate", AFTER, mandate="4.0", cause="resigned").n
    # On the day itself nothing says which came first.
    assert not any(any(ended_before(town.m, one.entry, one.n)) for one in sent)
    town.annul(n, AFTER, from_day=AFTER)
    n = town.act("EndMandate", "court", DAY, mandate="4.0", cause="court").n
    found = [list(ended_before(town.m, one.entry, one.n)) for one in sent]
    assert found == [[], [(n, DAY)]]
    town.annul(n, AFTER, from_day=DAY)
    assert not any(any(ended_before(town.m, one.entry, one.n)) for one in sent)

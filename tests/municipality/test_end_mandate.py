"""EndMandate. S3: a mandate ends, and with it every right that followed from it."""

import pytest

from kerege.municipality.entry import Evidence
from kerege.municipality.governing import deputies, holding
from kerege.municipality.rights import NotEntitled
from tests.cast import AFTER, BEFORE, DAY, DEPUTIES, HEAD, NEW, OFFICIAL, OLD, day, naryn

LEFT = {"mandate": "4.0", "cause": "resigned"}


@pytest.mark.parametrize(
    ("law", "norm"),
    [(OLD, "kg-2007/subordination.mandate"), (NEW, "kg-2010/subordination.mandate")],
)
def test_s3_the_text_is_not_known_and_the_act_marked(law, norm):
    done = naryn(*law).act("EndMandate", "deputy:4.0", **LEFT)
    assert (done.answer, done.norms, done.entry.rests_on) == ("not_stated", (norm,), (4,))


def test_it_rests_on_the_mandate_it_ends():
    done = naryn(*NEW).decide("EndMandate", mandate="6.0", cause="dismissed")
    assert {2, 6, done.entry.fields["session"]} == set(done.entry.rests_on)


def test_a_deputy_lays_down_an_own_mandate_only():
    town = naryn(*NEW)
    assert town.problems("EndMandate", "deputy:4.1", **LEFT) == {"mandate": "not_own_mandate"}
    assert town.problems("EndMandate", "deputy:4.0", **LEFT) == {}


def test_the_head_dismisses_officials_and_nobody_else():
    town = naryn(*NEW)
    n = town.act("AppointOfficial", "head:6.0", BEFORE, post="official", holder=OFFICIAL).n
    assert town.problems("EndMandate", "head:6.0", **LEFT) == {"mandate": "not_own_mandate"}
    fired = {"mandate": f"{n}.0", "cause": "dismissed"}
    assert town.problems("EndMandate", "official:4.0", **fired) == {"mandate": "not_own_mandate"}
    assert town.problems("EndMandate", "head:6.0", **fired) == {}
    assert town.problems("EndMandate", "head:6.0", mandate="6.0", cause="resigned") == {}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"mandate": None}, {"mandate": "required"}),
        ({"mandate": "four"}, {"mandate": "not_a_mandate"}),
        ({"mandate": "4.00000"}, {"mandate": "not_a_mandate"}),
        ({"mandate": "4.9"}, {"mandate": "no_such_thing"}),
        ({"cause": "tired"}, {"cause": "not_a_choice"}),
        ({"session": 2}, {"session": "only_kenesh_meets"}),
        ({"note": "…"}, {"note": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("EndMandate", "court", **{**LEFT, **changed}) == problems


def test_it_ends_on_its_day_and_only_once():
    town = naryn(*NEW)
    town.act("EndMandate", "deputy:4.0", **LEFT)
    assert town.holders("deputy", BEFORE) == DEPUTIES and deputies(town.m, DAY) == 4
    assert town.m.mandates["4.0"].until == DAY
    assert town.problems("EndMandate", "court", AFTER, **LEFT) == {"mandate": "no_such_thing"}


def test_rights_end_with_it():
    town = naryn(*NEW)
    said = {"title": "Жол", "text": "…"}
    assert town.problems("RaiseIssue", "deputy:4.0", by=town.deputy, **said) == {}
    town.act("EndMandate", "deputy:4.0", **LEFT)
    assert holding(town.m, "account-4.0", BEFORE) and not holding(town.m, "account-4.0", DAY)
    with pytest.raises(NotEntitled) as denied:
        town.act("RaiseIssue", "deputy:4.0", by=town.deputy, **said)
    assert denied.value.key == "no_mandate"


@pytest.mark.parametrize(
    ("cause", "needed"),
    [
        ("resigned", False),
        ("died", True),
        ("dismissed", True),
        ("court", True),
        ("term_over", True),
    ],
)
def test_of_the_own_mandate_only_the_own_wish_needs_no_paper(cause, needed):
    town = naryn(*NEW)
    said = {"by": town.deputy, "mandate": "4.0", "cause": cause}
    found = town.problems("EndMandate", "deputy:4.0", **said)
    assert found == ({"evidence": "paper_required"} if needed else {})
    paper = Evidence("№ 12", DAY)
    assert town.problems("EndMandate", "deputy:4.0", **said, evidence=paper) == {}


def test_a_death_or_a_judgment_needs_a_paper_at_a_session_too():
    town = naryn(*NEW)
    for cause, needed in (("died", True), ("court", True), ("dismissed", False)):
        said = {"by": town.chair, "mandate": "4.1", "cause": cause, **town.vote()}
        found = town.problems("EndMandate", "kenesh", **said)
        assert found == ({"evidence": "paper_required"} if needed else {})


def test_an_ending_annulled_is_none_from_that_day():
    town = naryn(*NEW)
    n = town.decide("EndMandate", mandate="6.0", cause="dismissed").n
    assert town.holders("head", DAY) == []
    town.annul(n, day("2010-04-01"))
    assert town.holders("head", day("2010-03-31")) == []
    assert town.holders("head", day("2010-04-01")) == [HEAD]
    assert town.m.mandates["6.0"].until is None
    assert holding(town.m, "account-6.0", day("2010-04-01"))


def test_who_was_ended_otherwise_meanwhile_does_not_come_back():
    town = naryn(*NEW)
    n = town.act("EndMandate", "deputy:4.0", **LEFT).n
    said = {"manner": "direct", "seats": 1, "deputies": [OFFICIAL]}
    town.act("ElectDeputies", "community", day("2010-03-20"), **said)
    town.annul(n, day("2010-04-01"), from_day=DAY)
    assert DEPUTIES[0] in town.holders("deputy", day("2010-03-19"))
    assert town.holders("deputy", day("2010-04-01")) == [OFFICIAL]


def test_contested_has_no_effect_until_a_court_confirms_it():
    town = naryn(*NEW)
    n = town.contested("EndMandate", "governor", mandate="6.0", cause="dismissed").n
    assert town.holders("head", AFTER) == [HEAD]
    town.confirm(n, AFTER)
    assert town.holders("head", DAY) == [HEAD] and town.holders("head", AFTER) == []


def test_who_chairs_the_kenesh_leaves_the_seat_and_the_chair_by_own_wish():
    town = naryn(*NEW)
    chair = next(one for one in town.m.mandates.values() if one.post == "chair")
    seat = next(
        one
        for one in town.m.mandates.values()
        if (one.post, one.holder) == ("deputy", chair.holder)
    )
    for own, left in ((chair, seat), (seat, chair), (chair, chair), (seat, seat)):
        said = {"mandate": left.id, "cause": "resigned"}
        assert town.problems("EndMandate", f"deputy:{own.id}", **said) == {}
    other = next(x for x in town.m.in_post("deputy") if x.holder != chair.holder)
    assert town.problems("EndMandate", f"deputy:{chair.id}", mandate=other.id, cause="resigned")


def test_nobody_else_says_what_somebody_wishes():
    town = naryn(*NEW)
    for actor in ("community", "governor", "state_body", "court"):
        assert town.problems("EndMandate", actor, **LEFT) == {"cause": "not_their_wish"}

"""Rights follow the mandate: who may put which act before the law."""

from dataclasses import replace

import pytest

from kerege.constitution import packs
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import INSIDE, OUTSIDE
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import (
    BROUGHT,
    FOUNDING,
    KEEPING,
    RECORDER_ACTS,
    NotEntitled,
    Speaker,
    entitled,
)
from tests.cast import (
    AFTER,
    BEFORE,
    DAY,
    FOUNDED,
    LAWS,
    MINISTRY,
    NEW,
    OFFICIAL,
    PAPER,
    RIVAL,
    THE_OPERATOR,
    bare,
    day,
    naryn,
    the_country,
)

ISSUE = {"title": "Жарык", "text": "Он чырак"}


def ask(town, by, actor, act="RaiseIssue", evidence=None, on=DAY, today=None):
    """Nothing when the speaker may; else why not: a key, or the field and its key."""
    kind, _, of = actor.partition(":")
    try:
        entitled(town.m, by, act, Actor(kind, of), evidence, held_on=on, today=today or on)
    except NotEntitled as denied:
        return denied.key
    except Malformed as wrong:
        (problem,) = wrong.problems
        return problem.field, problem.key
    return None


def test_every_kind_of_actor_stands_inside_or_outside():
    assert {*INSIDE, *OUTSIDE} == set(packs.load().vocabulary.actors)
    assert not set(INSIDE) & set(OUTSIDE)


def test_acts_of_the_founding_and_the_recorder_are_acts():
    assert {*FOUNDING, *RECORDER_ACTS} <= set(ACTS)


# -- who speaks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "actor"),
    [
        ("chair", "kenesh"),
        ("chair", "deputy:5.0"),
        ("deputy", "deputy:4.0"),
        ("head", "executive"),
        ("head", "head"),
        ("head", "head:6.0"),
        ("recorder", "kenesh"),
    ],
)
def test_s5_a_post_speaks_for_its_body(who, actor):
    town = naryn()
    assert ask(town, getattr(town, who), actor) is None


@pytest.mark.parametrize(
    ("who", "actor"),
    [
        ("chair", "executive"),
        ("deputy", "kenesh"),
        ("deputy", "deputy:4.1"),
        ("head", "kenesh"),
        ("head", "deputy:4.0"),
        ("deputy", "community"),
        ("chair", "recorder"),
        ("head", f"state_body:{MINISTRY}"),
    ],
)
def test_and_for_no_other(who, actor):
    town = naryn()
    assert ask(town, getattr(town, who), actor, evidence=PAPER) == "not_your_body"


@pytest.mark.parametrize("actor", ["community", "governor", "executive", "deputy:4.0", "court"])
def test_the_recorder_writes_for_others_with_a_paper(actor):
    town = naryn()
    assert ask(town, town.recorder, actor) == ("evidence", "evidence_required")
    assert ask(town, town.recorder, actor, evidence=PAPER) is None


def clerk(town):
    n = town.act("AppointOfficial", "head:6.0", post="official", holder=OFFICIAL).n
    town.act("LinkAccount", account="clerk", mandate=f"{n}.0")
    return Speaker("clerk", town.m.mandates[f"{n}.0"])


@pytest.mark.parametrize("act", BROUGHT)
def test_an_official_takes_in_what_residents_bring_on_paper(act):
    town = naryn()
    official = clerk(town)
    assert ask(town, official, "community", act) == ("evidence", "evidence_required")
    assert ask(town, official, "community", act, PAPER) is None
    assert official.by(Actor("community")) == () and official.recorder() == official.mandate.id
    # The head and the deputies have a voice of their own, and no other.
    for other in (town.head, town.chair, town.deputy):
        assert ask(town, other, "community", act, PAPER) == "not_your_body"


@pytest.mark.parametrize(
    ("actor", "act"),
    [
        *(("kenesh", act) for act in ("RaiseIssue", "AdoptBudget")),
        *(("community", act) for act in ("ElectDeputies", "ElectHead", "EndMandate", "Annul")),
        *((actor, "RaiseIssue") for actor in ("executive", "head", "deputy:4.0", "tos:Ынтымак")),
        ("recorder", "Annul"),
    ],
)
def test_and_gains_no_other_voice(actor, act):
    town = naryn()
    assert ask(town, clerk(town), actor, act, PAPER) == "not_your_body"


def test_an_official_whose_mandate_ended_takes_in_nothing():
    town = naryn()
    official = clerk(town)
    town.act("EndMandate", "head:6.0", mandate=official.mandate.id, cause="dismissed")
    assert ask(town, official, "community", evidence=PAPER) == "no_mandate"


def test_only_those_whose_act_it_is_and_the_recorder_insist():
    town = naryn()
    official, residents = clerk(town), Actor("community")
    assert not official.insists(residents) and town.recorder.insists(residents)
    assert official.insists(Actor("official", official.mandate.id))
    assert town.chair.insists(Actor("kenesh")) and not town.head.insists(Actor("kenesh"))
    assert not THE_OPERATOR.insists(Actor("operator"))


def test_mandates_spoke_not_persons():
    town = naryn()
    assert town.chair.by(Actor("kenesh")) == ("5.0",) and town.chair.recorder() == "5.0"
    assert town.recorder.by(Actor("kenesh")) == () and town.recorder.recorder() == "1.0"
    assert THE_OPERATOR.by(Actor("operator")) == () and THE_OPERATOR.recorder() == "operator"


# -- acts of the operator and of the recorder -----------------------------------------------


@pytest.mark.parametrize("act", FOUNDING)
def test_the_operator_founds_and_does_nothing_else(act):
    town = naryn()
    assert ask(town, THE_OPERATOR, "operator", act) is None
    assert ask(town, THE_OPERATOR, "kenesh", act) == "only_operator"
    assert ask(town, THE_OPERATOR, "operator:me", act) == "only_operator"
    assert ask(town, town.recorder, "operator", act) == "only_operator"
    assert ask(town, THE_OPERATOR, "kenesh") == "no_mandate"


@pytest.mark.parametrize("act", KEEPING)
def test_the_operator_keeps_the_register_as_the_recorder_does(act):
    town = naryn()
    assert ask(town, THE_OPERATOR, "operator", act) is None
    for actor in ("kenesh", "recorder", "operator:me"):
        assert ask(town, THE_OPERATOR, actor, act) == "no_mandate"
    assert ask(town, town.recorder, "operator", act) == "only_recorder"


@pytest.mark.parametrize("act", RECORDER_ACTS)
def test_the_recorder_alone_links_takes_over_and_corrects(act):
    town = naryn()
    assert ask(town, town.recorder, "recorder", act, PAPER) is None
    for who, actor in ((town.chair, "recorder"), (town.chair, "kenesh"), (town.recorder, "kenesh")):
        assert ask(town, who, actor, act, PAPER) == "only_recorder"


@pytest.mark.parametrize("act", ["TakeOver", "LinkAccount"])
def test_what_is_taken_over_or_linked_has_a_paper(act):
    town = naryn()
    missing = ("evidence", "paper_required")
    assert ask(town, town.recorder, "recorder", act) == missing
    assert ask(town, town.recorder, "recorder", act, PAPER) is None


def test_the_recorder_can_annul_what_the_recorder_entered_with_a_paper():
    town = naryn()
    missing = ("evidence", "paper_required")
    assert ask(town, town.recorder, "recorder", "Annul") == missing
    assert ask(town, town.recorder, "recorder", "Annul", PAPER) is None
    said = {"entry": 6, "from_day": "2010-03-02", "grounds": "Жаңылыштык"}
    assert town.problems("Annul", "recorder", by=town.recorder, evidence=PAPER, **said) == {}


# -- mandates that are none -----------------------------------------------------------------


def test_a_mandate_that_ended_gives_nothing():
    town = naryn()
    speaker = town.deputy
    town.act("EndMandate", "deputy:4.0", mandate="4.0", cause="resigned")
    assert ask(town, speaker, "deputy:4.0", on=BEFORE, today=DAY) == "no_mandate"
    # On the day before it still did.
    assert ask(town, speaker, "deputy:4.0", on=BEFORE, today=BEFORE) is None


def test_a_mandate_that_has_not_begun_gives_nothing():
    town = naryn()
    assert ask(town, town.chair, "kenesh", on=DAY, today=day("2010-01-10")) == "no_mandate"


def test_what_was_done_before_the_mandate_its_holder_did_not_do():
    town = naryn(*LAWS)
    n = town.decide("ElectHead", DAY, holder=RIVAL).n
    town.act("LinkAccount", account="new-head", mandate=f"{n}.0")
    new = Speaker("new-head", town.m.mandates[f"{n}.0"])
    assert ask(town, new, "executive", on=DAY, today=AFTER) is None
    assert ask(town, new, "executive", on=BEFORE, today=AFTER) == "not_your_body"
    assert ask(town, town.recorder, "executive", on=BEFORE, today=AFTER, evidence=PAPER) is None


def test_another_account_or_none_gives_nothing():
    town = naryn()
    for speaker in (
        town.speaker("5.0", "someone-else"),
        town.speaker("4.1"),
        Speaker("account-5.0"),
        Speaker("", town.m.mandates["5.0"]),
    ):
        assert ask(town, speaker, "kenesh") == "no_mandate"


def test_a_recorder_of_another_place_is_nobody_here():
    here, there = naryn(), bare()
    there.act("EndMandate", "court", mandate="1.0", cause="court")
    stranger = there.act("LinkRecorder", account="stranger", holder="Динара Исакова").n
    speaker = there.speaker(f"{stranger}.0", "stranger")
    assert ask(there, speaker, "kenesh", "LinkAccount") == "only_recorder"
    assert ask(here, speaker, "recorder", "LinkAccount") == "no_mandate"
    # Mandates of two places can bear the same id; the account tells them apart.
    same_id = Speaker("stranger", replace(here.m.mandates["1.0"]))
    assert ask(here, same_id, "recorder", "LinkAccount") == "no_mandate"


def test_an_account_that_was_replaced_gives_nothing():
    town = naryn()
    old = town.chair
    town.act("LinkAccount", account="new", mandate="5.0")
    assert ask(town, old, "kenesh") == "no_mandate"
    assert ask(town, town.speaker("5.0", "new"), "kenesh") is None


# -- actors that are not there --------------------------------------------------------------


def test_a_body_that_does_not_exist_cannot_act():
    town = bare()
    for actor in ("kenesh", "executive"):
        assert ask(town, town.recorder, actor, evidence=PAPER) == ("actor", "no_such_body")


def test_an_executive_without_a_head_cannot_act():
    town = naryn()
    town.decide("EndMandate", mandate="6.0", cause="died")
    for actor in ("executive", "head", "head:6.0"):
        assert ask(town, town.recorder, actor, evidence=PAPER) == ("actor", "no_head")
    # The day before it could.
    assert ask(town, town.recorder, "executive", evidence=PAPER, on=BEFORE, today=DAY) is None


@pytest.mark.parametrize(
    "actor",
    ["deputy", "deputy:4.9", "deputy:6.0", "official:4.0", "head:4.0", "kenesh:5.0", "executive:x"],
)
def test_a_person_who_is_not_in_that_post_cannot_act(actor):
    town = naryn()
    assert ask(town, town.recorder, actor, evidence=PAPER) == ("actor", "no_such_thing")


def test_an_official_acts_from_the_day_of_the_appointment():
    town = naryn()
    n = town.act("AppointOfficial", "head:6.0", post="official", holder=OFFICIAL).n
    actor = f"official:{n}.0"
    assert ask(town, town.recorder, actor, evidence=PAPER) is None
    before = ask(town, town.recorder, actor, evidence=PAPER, on=BEFORE, today=DAY)
    assert before == ("actor", "no_such_thing")


@pytest.mark.parametrize("actor", ["king", "", "operator", "recorder:1.0", "Kenesh"])
def test_an_actor_nobody_knows_cannot_act(actor):
    town = naryn()
    assert ask(town, town.recorder, actor, evidence=PAPER) == ("actor", "not_a_choice")


@pytest.mark.parametrize(
    ("of", "key"),
    [("а" * 201, "too_long"), ("Финансы\u202e", "bad_characters"), (" х", "bad_characters")],
)
def test_an_authority_is_named_plainly(of, key):
    town = naryn()
    assert ask(town, town.recorder, f"state_body:{of}", evidence=PAPER) == ("actor", key)


def test_in_the_country_the_recorder_writes_for_the_state_and_the_people():
    town = the_country()
    recorder = town.speaker("0.0")
    for actor in ("state", "people"):
        assert ask(town, recorder, actor, "EnactLaw", PAPER) is None
        assert ask(town, recorder, actor, "EnactLaw") == ("evidence", "evidence_required")


# -- papers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Evidence("", DAY), "required"),
        (Evidence("№\u0000", DAY), "bad_characters"),
        (Evidence("№" * 201, DAY), "too_long"),
        (Evidence("№ 7", DAY, "abc"), "not_a_hash"),
        (Evidence("№ 7", AFTER), "day_in_future"),
    ],
)
def test_a_paper_has_a_number_and_a_day_that_has_come(paper, key):
    town = naryn()
    assert ask(town, town.recorder, "community", evidence=paper) == ("evidence", key)
    assert ask(town, town.chair, "kenesh", evidence=paper) == ("evidence", key)


def test_a_paper_can_be_older_and_bear_a_hash():
    town = naryn()
    paper = Evidence("№ 7", FOUNDED, "0" * 64)
    assert ask(town, town.recorder, "community", evidence=paper) is None


def test_what_was_put_before_the_law_says_who_wrote_it():
    town = naryn(*NEW)
    own = town.act("RaiseIssue", "deputy:4.0", by=town.deputy, **ISSUE).entry
    assert (own.by, own.recorder, own.evidence) == (("4.0",), "4.0", None)
    told = town.act("RaiseIssue", "community", by=town.recorder, evidence=PAPER, **ISSUE).entry
    assert (told.by, told.recorder, told.evidence) == ((), "1.0", PAPER)

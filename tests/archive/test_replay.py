"""Living a register again under another law: what falls, with what, and why."""

from datetime import timedelta

from kerege.archive.outcome import ACTOR, FACTS, OBJECT, OTHERWISE
from kerege.archive.replay import Lives, replay, under
from tests.archive.living_again import KNOWN, SPEND, but, live, lived, told
from tests.cast import (
    AFTER,
    BEFORE,
    DAY,
    DELEGATION,
    FOUNDED,
    LAWS,
    LINES,
    NEW,
    OLD,
    RIVAL,
    bare,
    day,
    dump,
    naryn,
)

# -- what falls -----------------------------------------------------------------------------


def test_no_lawful_head_no_lawful_spending():
    town = naryn(*LAWS)
    head = town.decide("ElectHead", holder=RIVAL).n
    budget = town.adopt(AFTER).n
    spent = town.act("Spend", "executive", AFTER, **SPEND).n
    found = told(lived(town, *OLD))
    assert found[head] == ("refused", "forbidden")
    # The head before was never followed there; whoever acted was not the head all the same.
    assert found[spent] == (ACTOR, (head,))
    assert budget not in found


def test_a_budget_nobody_heard_takes_its_spending_along():
    town = naryn(*OLD)
    budget = town.decide("AdoptBudget", year=2010, lines=LINES).n
    spent = town.act("Spend", "executive", AFTER, **SPEND).n
    one = lived(town, *NEW)
    assert told(one) == {budget: ("refused", "forbidden"), spent: (FACTS, (budget,))}
    assert one.refused[0].ruling.missing == ("draftPublished", "hearingHeld")
    assert set(one.fallen[0].missing) == {"budgetAdopted", "withinBudget"}


def test_what_speaks_of_what_would_not_have_been_falls_link_by_link():
    town = naryn(*LAWS)
    tos = town.decide("RegisterTos", name="Жаштык", territory="Борбор").n
    contract = town.act("ContractTos", "executive", AFTER, tos=tos, task="Тазалоо").n
    fixed = town.act("Correct", "", AFTER, entry=contract, field="task", text="Тазалоого").n
    undone = town.annul(contract, AFTER + timedelta(1)).n
    other = town.act("Correct", "", AFTER, entry=town.hold_session(), field="number", text="4").n
    assert told(live(town, but("RegisterTos"))) == {
        tos: ("refused", "forbidden"),
        contract: (OBJECT, (tos,)),
        fixed: (OBJECT, (contract,)),
        undone: (OBJECT, (contract,)),
    }
    assert other not in told(live(town, but("RegisterTos")))


def test_who_and_what_are_told_together():
    town = naryn(*LAWS)
    head = town.decide("ElectHead", holder=RIVAL).n
    power = town.act("DelegatePower", "state_body", AFTER, **{**DELEGATION, "instrument": "law"}).n
    town.adopt(AFTER)
    spent = town.act("Spend", "executive", day("2010-05-01"), **SPEND, delegation=power).n
    found = told(live(town, but("ElectHead", "DelegatePower")))
    assert found[spent] == (ACTOR, (head, power))


def test_a_kenesh_that_would_not_have_been_elected_holds_no_session():
    town = naryn(*NEW)
    names = ["А", "Б", "В", "Г", "Д"]
    voted = {"manner": "direct", "seats": 5, "deputies": names, "voters": 90, "ballots": 50}
    elected = town.act("ElectDeputies", "community", DAY, **voted).n
    session = town.hold_session(AFTER)
    # Those of before are still there, but they are not the ones who met.
    found = told(live(town, but("ElectDeputies")))
    assert found[session] == (ACTOR, (elected,))


def test_what_was_undone_here_and_not_there_stands_in_the_way():
    town = naryn(*LAWS)
    proposal = {**DELEGATION, "reference": None}
    for left_out in ("reference", "first_day", "last_day", "report_due"):
        proposal.pop(left_out)
    proposed = town.act("ProposeDelegation", "state_body", BEFORE, **proposal).n
    first = town.decide("ConsentDelegation", DAY, proposal=proposed).n
    vote = town.vote(AFTER)
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=first, from_day=str(AFTER), grounds="Ката"
    ).n
    later = day("2010-03-10")
    second = town.decide("ConsentDelegation", later, proposal=proposed).n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one) == {
        vote["session"]: ("refused", "forbidden"),
        undone: (OBJECT, (vote["session"],)),
        second: (OTHERWISE, (undone,)),
    }


def test_a_dismissal_that_was_annulled_here_and_not_there_leaves_nobody_to_act():
    town = naryn(*LAWS)
    town.decide("EndMandate", DAY, mandate="6.0", cause="dismissed")
    vote, dismissed = town.vote(AFTER), town.m.size - 2
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=dismissed, from_day=str(AFTER), grounds="Ката"
    ).n
    spoke = town.act("RaiseIssue", "executive", day("2010-03-10"), title="Жарык", text="…").n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one)[spoke] == (ACTOR, (undone,))


def test_an_annulment_that_only_lifted_an_ending_is_found():
    town = naryn(*LAWS)
    town.decide("EndMandate", DAY, mandate="6.0", cause="dismissed")
    vote, dismissed = town.vote(AFTER), town.m.size - 2
    undone = town.act(
        "Annul", "kenesh", AFTER, **vote, entry=dismissed, from_day=str(AFTER), grounds="Ката"
    ).n
    again = town.decide("EndMandate", day("2010-03-10"), mandate="6.0", cause="dismissed").n
    no_session, everything = but("HoldSession"), but()
    one = replay(town.entries, lambda m, on: no_session if on == AFTER else everything)
    assert told(one)[again] == (OTHERWISE, (undone,))


def test_what_never_made_sense_is_not_blamed_on_the_other_law():
    town = bare(*NEW)
    town.act("TakeOver", "", FOUNDED, post="kenesh_body", holders=["Кеңеш"])
    body = town.act("ConstituteBody", "community", kind="executive_body", name="Мэрия").n
    # Written by a release that did not ask whether there is a head.
    town.act("RaiseIssue", "executive", AFTER, title="Жарык", text="…")
    town.act("SendForecast", "state_body", AFTER, year=2010, summary="…")
    lost = town.act("RaiseIssue", "community", AFTER, title="Жарык", text="…").n
    forbidding = but("SendForecast")
    assert told(live(town, forbidding)) == {lost - 1: ("refused", "forbidden")}
    odd = town.act("RaiseIssue", "executive", AFTER, title="Жол", text="…").n
    assert body < odd not in told(live(town, forbidding))


# -- what would have passed -----------------------------------------------------------------


def test_what_the_law_of_its_day_refused_can_pass_and_unseat():
    town = naryn(*NEW)
    appointed = town.contested("AppointHead", "governor", BEFORE, holder=RIVAL).n
    spoke = town.act("RaiseIssue", "executive", DAY, title="Жарык", text="…").n
    confirmed = town.confirm(appointed).n
    everything = but()
    lives = Lives(lambda m, on: everything)
    one, would = lives.go_on(town.entries), lives.would
    assert told(one) == {
        appointed: ("passes", "permitted"),
        spoke: (ACTOR, (appointed,)),
        confirmed: (OTHERWISE, (appointed,)),
    }
    assert would.mandates[f"{appointed}.0"].holds(BEFORE)
    assert not would.contested.keys() & {appointed} and confirmed in would.contested


def test_what_came_about_there_alone_stands_in_the_way():
    town = naryn(*NEW)
    town.decide("EndMandate", BEFORE, mandate="1.0", cause="resigned")
    proposal = {k: DELEGATION[k] for k in ("power", "instrument", "authority", "means")}
    proposed = town.act("ProposeDelegation", "state_body", DAY, **proposal).n
    power = {**DELEGATION, "proposal": proposed}
    first = town.contested("DelegatePower", "state_body", DAY, **power).n
    town.decide("ConsentDelegation", DAY, proposal=proposed)
    second = town.act("DelegatePower", "state_body", AFTER, **power).n
    found = told(live(town, but("EndMandate")))
    assert found[first] == ("passes", "permitted")
    assert found[second] == (OTHERWISE, (first,))


def test_what_both_laws_refuse_is_no_news_and_a_court_confirms_it_there_too():
    town = naryn(*NEW)
    appointed = town.contested("AppointHead", "governor", BEFORE, holder=RIVAL).n
    town.confirm(appointed)
    town.act("RaiseIssue", "executive", AFTER, title="Жарык", text="…")
    lives = Lives(under(KNOWN, OLD))
    assert told(lives.go_on(town.entries)) == {}
    assert dump(lives.was) == dump(lives.would) == dump(town.m)


def test_what_is_nobodys_act_by_its_nature_does_not_pass():
    town = naryn(*NEW)
    town.contested("RegisterTos", "executive", DAY, name="Жаштык", territory="Борбор")
    assert told(live(town, but())) == {}


def test_what_never_took_effect_does_not_fall():
    town = naryn(*LAWS)
    tos = town.decide("RegisterTos", name="Жаштык", territory="Борбор").n
    contract = town.contested("ContractTos", "executive", AFTER, tos=tos, task="Тазалоо").n
    fixed = town.act("Correct", "", AFTER, entry=contract, field="task", text="Тазалоого").n
    law = but("RegisterTos")
    assert told(live(town, law)) == {
        tos: ("refused", "forbidden"),
        fixed: (OBJECT, (contract,)),
    }
    confirmed = town.confirm(contract).n
    # Confirmed, it took effect here and there it could not have.
    one = live(town, law)
    assert told(one) == {
        tos: ("refused", "forbidden"),
        contract: (OBJECT, (tos,)),
        fixed: (OBJECT, (contract,)),
        confirmed: (OBJECT, (contract,)),
    }
    assert [x.n for x in one.fallen] == sorted(x.n for x in one.fallen)

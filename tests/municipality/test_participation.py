"""The duties of the Typical charter, as a register that adopted it lives them. S1, S11."""

import pytest

from kerege.municipality.duties import FULFILLED, LATE, OPEN, OVERDUE, Owed, owed
from tests.cast import LINES, MODEL, TODAY, Town, chartered, day, naryn


def of(town: Town, duty: str, on: str) -> list[Owed]:
    """What is owed on a day of one duty of the charter."""
    return [o for o in owed(town.m, town.book, day(on)) if o.duty.id == f"{MODEL}/{duty}"]


def one(town: Town, duty: str, on: str) -> tuple[str, str]:
    """The state and the day of the only thing owed of a duty."""
    (found,) = of(town, duty, on)
    return found.state, found.due.isoformat()


def meet(town: Town, called: str, held: str, **more: str) -> int:
    said = {"kind": "meeting", "day": held, "about": "Суу"}
    n = town.act("CallAssembly", "head", day(called), **said).n
    met = {"kind": "meeting", "participants": 60, "invited": 100, **more}
    return town.act("HoldAssembly", "head", day(held), call=n, **met).n


def test_a_request_is_decided_in_14_days():
    town = chartered()
    asked = {"about": "Суу", "text": "Түтүк жарылды", "group": 11}
    n = town.act("RequestMeeting", "community", day("2023-05-10"), **asked).n
    duty = "meeting-request.answer"
    assert one(town, duty, "2023-05-24") == (OPEN, "2023-05-24")
    assert one(town, duty, "2023-05-25") == (OVERDUE, "2023-05-24")
    town.act("DecideRequest", "head", day("2023-05-26"), request=n, outcome="granted")
    assert one(town, duty, "2023-05-26") == (LATE, "2023-05-24")


def test_questions_left_open_are_answered_in_3_days():
    town, duty = chartered(), "meeting-answers.days"
    meet(town, "2023-05-01", "2023-05-08")
    assert of(town, duty, "2023-05-09") == []
    n = meet(town, "2023-05-10", "2023-05-15", questions="Качан бүтөт?")
    assert one(town, duty, "2023-05-16") == (OPEN, "2023-05-18")
    town.act("AnswerQuestion", "executive", day("2023-05-17"), assembly=n, text="Июнда")
    assert one(town, duty, "2023-05-19") == (FULFILLED, "2023-05-18")


def test_what_was_done_about_a_meeting_is_told_in_a_month():
    town, duty = chartered(), "meeting-measures.month"
    n = meet(town, "2023-05-10", "2023-05-15")
    assert one(town, duty, "2023-05-16") == (OPEN, "2023-06-15")
    town.act("PublishResults", "head", day("2023-06-15"), assembly=n, text="Түтүк алмашты")
    assert one(town, duty, "2023-06-16") == (FULFILLED, "2023-06-15")


def test_the_results_of_a_hearing_are_told_in_10_days_also_once_the_budget_is_adopted():
    town, duty = chartered(), "hearing-results.days"
    said = {"kind": "hearing", "day": "2023-06-05", "about": "Бюджет"}
    call = town.act("CallAssembly", "executive", day("2023-05-10"), **said).n
    town.act("PublishDraftBudget", "executive", day("2023-05-10"), year=2024, lines=LINES)
    heard = {"year": 2024, "participants": 70, "call": call}
    n = town.act("HoldHearing", "executive", day("2023-06-05"), **heard).n
    assert one(town, duty, "2023-06-06") == (OPEN, "2023-06-15")
    town.decide("AdoptBudget", day("2023-06-07"), year=2024, lines=LINES)
    assert one(town, duty, "2023-06-16") == (OVERDUE, "2023-06-15")
    town.act("PublishResults", "executive", day("2023-06-16"), hearing=n, text="Сунуштар")
    assert one(town, duty, "2023-06-16") == (LATE, "2023-06-15")


def test_two_meetings_every_year_and_a_kurultai_is_none():
    town = chartered()

    def year(on: str) -> str:
        # The year of the adoption is not a whole one: 2024 is the first.
        (found,) = [o for o in of(town, "meeting.twice", on) if o.year == 2024]
        return found.state

    said = {"kind": "kurultai", "day": "2024-04-10", "about": "Программа"}
    n = town.decide("CallAssembly", day("2024-04-01"), **said).n
    held = {"kind": "kurultai", "participants": 40}
    town.act("HoldAssembly", "executive", day("2024-04-10"), call=n, **held)
    meet(town, "2024-05-01", "2024-05-10")
    assert year("2024-12-31") == OPEN and year("2025-01-01") == OVERDUE
    meet(town, "2024-10-01", "2024-10-10")
    assert year("2025-01-01") == FULFILLED


@pytest.mark.parametrize(("duty", "actor"), [("executive", "head"), ("kenesh", "kenesh")])
def test_a_report_to_the_community_every_year(duty, actor):
    town = chartered()

    def year(on: str) -> str:
        (found,) = [o for o in of(town, f"reports.{duty}", on) if o.year == 2024]
        return found.state

    assert year("2024-12-31") == OPEN and year("2025-01-01") == OVERDUE

    def report(who: str) -> None:
        on = day("2024-12-01")
        vote = town.vote(on) if who == "kenesh" else {}
        town.act("ReportToCommunity", who, on, summary="Жыл", **vote)

    report("kenesh" if actor == "head" else "executive")
    assert year("2025-01-01") == OVERDUE
    report(actor)
    assert year("2025-01-01") == FULFILLED


def test_where_no_charter_was_adopted_none_of_it_is_owed():
    town = naryn(*TODAY, exercise=True, pinned="kg-2021")
    asked = {"about": "Суу", "text": "Түтүк жарылды", "group": 11}
    town.act("RequestMeeting", "community", day("2023-05-10"), **asked)
    meet(town, "2023-05-10", "2023-05-15", questions="Качан?")
    assert [o for o in owed(town.m, town.book, day("2025-01-01")) if MODEL in o.duty.id] == []

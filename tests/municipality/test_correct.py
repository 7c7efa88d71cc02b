"""Correct: a misprint is said anew, the first words stay in their entry."""

import pytest

from kerege.municipality.record import Demand, Hearing, Session
from tests.cast import AFTER, BEFORE, DAY, DEPUTIES, LINES, NEW, OLD, RIVAL, naryn


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_the_entry_stays_as_it_was(law):
    town = naryn(*law)
    n = town.hold_session()
    done = town.act("Correct", entry=n, field="agenda", text="Бюджет жана жол")
    assert done.answer == "" and done.entry.standing == "exempt"
    assert town.entries[n].fields["agenda"] == "Бюджет"
    assert town.m.corrections == {n: {"agenda": "Бюджет жана жол"}}


def test_records_carry_the_correction_whenever_they_are_read():
    town = naryn(*NEW)
    n = town.hold_session()
    # A number of a session can be a number; it is text all the same.
    town.act("Correct", "", AFTER, entry=n, field="number", text="4")
    (session,) = town.m.all(Session, DAY)
    assert session.number == "4"


def test_a_count_stays_a_count():
    town = naryn(*NEW)
    town.open_budget()
    n = town.m.size - 1
    town.act("Correct", entry=n, field="participants", text="45")
    assert [h.participants for h in town.m.all(Hearing, DAY)] == [45]
    for text, key in (("көп", "not_a_number"), ("0", "out_of_range"), ("٤٥", "not_a_number")):
        said = {"entry": n, "field": "participants", "text": text}
        assert town.problems("Correct", **said) == {"text": key}


def test_names_of_the_elected_are_corrected_line_by_line():
    town = naryn(*NEW)
    spelt = ["Айжан Сулайманова (оңдолду)", *DEPUTIES[1:]]
    said = {"entry": 4, "field": "holders"}
    town.act("Correct", **said, text="\r\n".join(spelt))
    assert town.holders("deputy", DAY) == spelt
    fewer = {**said, "text": "\n".join(spelt[1:])}
    assert town.problems("Correct", **fewer) == {"text": "as_many_names"}
    twice = {**said, "text": "\n".join([spelt[1], *spelt[1:]])}
    assert town.problems("Correct", **twice) == {"text": "name_twice"}
    town.act("Correct", entry=3, field="holders", text="Мэрия")
    assert [b.name for b in town.m.left_by(3)] == ["Мэрия"]


def test_names_in_a_contested_election_too():
    town = naryn(*NEW)
    said = {"manner": "indirect", "seats": 2, "deputies": ["А Б", "В Г"]}
    n = town.contested("ElectDeputies", "community", **said).n
    correct = {"entry": n, "field": "deputies"}
    assert town.problems("Correct", **correct, text="А Б") == {"text": "as_many_names"}
    town.act("Correct", **correct, text="А Б\nВ Д")
    town.confirm(n)
    assert town.holders("deputy", AFTER) == ["А Б", "В Д"]


def test_the_name_of_the_municipality():
    town = naryn(*NEW)
    town.act("Correct", entry=0, field="name_en", text="Naryn town")
    town.act("Correct", entry=0, field="population", text="41000")
    assert (town.m.identity.name("en"), town.m.identity.population) == ("Naryn town", 41000)


def test_a_corrected_field_can_be_corrected_again():
    town = naryn(*NEW)
    said = {"of": "executive", "about": "Жл", "due": "2010-04-01"}
    n = town.decide("DemandAccount", **said).n
    for text in ("Жоол", "Жол"):
        town.act("Correct", entry=n, field="about", text=text)
    assert [d.about for d in town.m.all(Demand, DAY)] == ["Жол"]


def test_a_field_left_out_can_be_said():
    town = naryn(*NEW)
    town.act("Correct", entry=6, field="title", text="Мэр")
    assert town.m.mandates["6.0"].title == "Мэр"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (4, "seats"),
        (4, "post"),
        (0, "kind"),
        (0, "exercise"),
        (1, "account"),
        (7, "mandate"),
    ],
)
def test_what_a_rule_reads_is_not_corrected(entry, field):
    said = {"entry": entry, "field": field, "text": "1"}
    assert naryn(*NEW).problems("Correct", **said) == {"field": "not_correctable"}


@pytest.mark.parametrize("field", ["nothing", "entry", "Күн тартиби"])
def test_what_is_no_field_of_the_entry_is_said_to_be_none(field):
    said = {"entry": 0, "field": field, "text": "1"}
    assert naryn(*NEW).problems("Correct", **said) == {"field": "unknown_field"}


@pytest.mark.parametrize("field", ["year", "lines", "session", "votes_for"])
def test_neither_are_sums_and_votes(field):
    town = naryn(*NEW)
    n = town.adopt().n
    said = {"entry": n, "field": field, "text": "2011"}
    assert town.problems("Correct", **said) == {"field": "not_correctable"}


@pytest.mark.parametrize("name", [RIVAL, "Азамат Дыйканбаев "])
def test_an_elected_head_is_not_corrected_into_another(name):
    town = naryn(*OLD)
    proposed = town.act("NominateHead", "president", BEFORE, candidate=RIVAL).n
    n = town.decide("ElectHead", holder=RIVAL, nomination=proposed).n
    said = {"entry": n, "field": "holder", "text": name}
    assert town.problems("Correct", **said) == {"field": "not_correctable"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"entry": None}, {"entry": "required"}),
        ({"entry": 999}, {"entry": "no_such_thing"}),
        ({"entry": -1}, {"entry": "not_an_entry"}),
        ({"field": "а" * 41}, {"field": "too_long"}),
        ({"text": ""}, {"text": "required"}),
        ({"text": ["Нарын"]}, {"text": "wrong_type"}),
        ({"text": "Нарын\nшаары"}, {"text": "bad_characters"}),
        ({"text": "Н" * 121}, {"text": "too_long"}),
        ({"was": "Нарын"}, {"was": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    good = {"entry": 0, "field": "name_ky", "text": "Нарын шаары"}
    assert naryn(*NEW).problems("Correct", **{**good, **changed}) == problems


def test_it_cannot_correct_itself():
    town = naryn(*NEW)
    said = {"entry": town.m.size, "field": "text", "text": "…"}
    assert town.problems("Correct", **said) == {"entry": "no_such_thing"}


def test_what_was_spent_for_is_corrected_and_how_much_is_not():
    town = naryn(*OLD)
    town.decide("AdoptBudget", year=2010, lines=LINES)
    said = {"year": 2010, "source": "local", "amount": 4, "purpose": "Жл"}
    n = town.act("Spend", "executive", **said).n
    town.act("Correct", entry=n, field="purpose", text="Жол")
    assert town.problems("Correct", entry=n, field="amount", text="5") == {
        "field": "not_correctable"
    }

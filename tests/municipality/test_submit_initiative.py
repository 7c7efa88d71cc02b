"""SubmitInitiative. S1: residents put a draft decision before the kenesh."""

import pytest

from kerege.municipality.record import Initiative
from tests.cast import MODEL, NEW, OLD, TODAY, chartered, day, naryn

ON = day("2023-05-10")
DRAFT = {"title": "Парк", "text": "Паркка жарык коюлсун", "group": 7, "signatures": 1000}


def test_with_enough_signatures():
    town = chartered()
    done = town.act("SubmitInitiative", "community", ON, **DRAFT)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/initiative.residents",))
    assert 11 in done.entry.rests_on


@pytest.mark.parametrize(
    ("changed", "norm", "missing"),
    [
        ({"signatures": 999}, "initiative.signatures", "signaturesReached"),
        ({"group": 6}, "initiative.group", "groupLargeEnough"),
    ],
)
def test_with_too_few(changed, norm, missing):
    ruling = chartered().refused("SubmitInitiative", "community", ON, **{**DRAFT, **changed})
    assert (ruling.norms, ruling.missing) == ((f"{MODEL}/{norm}",), (missing,))


def test_a_village_needs_fewer():
    town = chartered(kind="aiyl_aimak", population=5900)
    few = {**DRAFT, "signatures": 300}
    assert town.act("SubmitInitiative", "community", ON, **few).answer == "permitted"
    few["signatures"] = 299
    assert town.refused("SubmitInitiative", "community", ON, **few).answer == "forbidden"


def test_where_the_population_was_never_said():
    town = chartered(population=None)
    assert town.problems("SubmitInitiative", "community", ON, **DRAFT) == {
        "population": "population_unknown"
    }


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted(law):
    few = {**DRAFT, "signatures": 0, "group": 1}
    done = naryn(*law).act("SubmitInitiative", "community", ON, **few)
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.community",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"title": None}, {"title": "required"}),
        ({"signatures": -1}, {"signatures": "out_of_range"}),
        ({"group": 0}, {"group": "out_of_range"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
        ({"signers": ["А"]}, {"signers": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    said = {**DRAFT, **changed}
    assert chartered().problems("SubmitInitiative", "community", ON, **said) == problems


def test_it_outlives_the_kenesh_it_was_put_before():
    town = chartered()
    n = town.act("SubmitInitiative", "community", ON, **DRAFT).n
    later = day("2023-09-01")
    elected = {"manner": "direct", "seats": 5, "deputies": ["А", "Б", "В", "Г", "Д"]}
    town.act("ElectDeputies", "community", later, **elected)
    assert town.all(Initiative, later) == [n]


def test_contested_has_no_effect():
    town = chartered()
    town.contested("SubmitInitiative", "community", ON, **{**DRAFT, "signatures": 3})
    assert town.all(Initiative, ON) == []

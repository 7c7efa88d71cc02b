"""ErasePersonal: what was kept beside an entry is gone, and everybody can see that and why."""

import pytest

from kerege.municipality.acts import ACTS
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from tests.cast import AFTER, DAY, NEW, OLD, THE_OPERATOR, Town, dump, naryn

HASH = "ab" * 32
GROUND = "Арыз ээсинин өтүнүчү, 2010-ж. 3-март"


def raised(*law: str) -> tuple[Town, int]:
    """A town and the number of an issue with an applicant."""
    town = naryn(*law)
    issue = {"title": "Арык", "text": "…", "applicant": HASH}
    return town, town.act("RaiseIssue", "community", **issue).n


def erase(n: int, *names: str) -> dict[str, object]:
    return {"entry": n, "names": list(names) or ["applicant"], "ground": GROUND}


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_says_what_was_erased_and_why(law):
    town, n = raised(*law)
    done = town.act("ErasePersonal", "", AFTER, by=town.recorder, **erase(n))
    assert done.answer == "" and done.entry.standing == "exempt"
    assert done.entry.fields["ground"] == GROUND
    assert town.m.erased == {n: {"applicant": done.n}}


def test_the_erased_entry_is_as_it_was():
    town, n = raised(*NEW)
    before = town.entries[n].json()
    town.act("ErasePersonal", **erase(n))
    assert town.entries[n].json() == before
    assert dump(fold(town.entries, ACTS, Municipality())) == dump(town.m)


def test_papers_are_erased_by_the_field_that_names_them():
    town, n = raised(*NEW)
    done = town.act("ErasePersonal", **erase(n, "applicant", "evidence"))
    assert town.m.erased[n] == {"applicant": done.n, "evidence": done.n}
    town.open_budget()
    year = {"year": 2010, "lines": [{"name": "Жол", "source": "local", "amount": 1}]}
    drafted = town.act("PublishDraftBudget", "executive", **year).n
    assert town.problems("ErasePersonal", **erase(drafted, "document")) == {}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"entry": 999}, {"entry": "no_such_thing"}),
        ({"names": []}, {"names": "out_of_range"}),
        ({"names": ["title"]}, {"names": "not_erasable"}),
        ({"names": ["document"]}, {"names": "not_erasable"}),
        ({"names": ["applicant", "applicant"]}, {"names": "name_twice"}),
        ({"ground": None}, {"ground": "required"}),
        ({"value": "Асан"}, {"value": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, n = raised(*NEW)
    assert town.problems("ErasePersonal", **{**erase(n), **changed}) == problems


def test_a_published_root_is_no_paper():
    town = naryn(*NEW)
    said = {"known_size": 9, "known_root": HASH, "reason": "Сервер өрттөндү"}
    n = town.act("AdmitLoss", "operator", by=THE_OPERATOR, **said).n
    assert town.problems("ErasePersonal", **erase(n, "known_root")) == {"names": "not_erasable"}


def test_once_is_enough():
    town, n = raised(*NEW)
    town.act("ErasePersonal", **erase(n))
    assert town.problems("ErasePersonal", **erase(n)) == {"names": "erased_already"}


def test_it_cannot_be_annulled():
    town, n = raised(*NEW)
    n = town.act("ErasePersonal", **erase(n)).n
    said = {"entry": n, "from_day": DAY.isoformat(), "grounds": "…"}
    assert town.problems("Annul", "court", AFTER, **said) == {"entry": "never_annulled"}


def test_contested_has_no_effect():
    town, n = raised(*NEW)
    town.contested("ErasePersonal", **erase(n))
    assert town.m.erased == {}

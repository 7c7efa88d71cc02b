"""ConstituteBody. S2: only two kinds of bodies; S4: no TOS among them; S5: no official either."""

import pytest

from kerege.municipality.governing import body
from kerege.municipality.record import Body
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, bare, naryn

KENESH = {"kind": "representative_body", "name": "Нарын шаардык кеңеши"}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/system.open"), (NEW, "kg-2010/system.two")]
)
@pytest.mark.parametrize("kind", ["representative_body", "executive_body"])
def test_s2_kenesh_and_executive_under_both(law, norm, kind):
    done = bare(*law).act("ConstituteBody", "community", kind=kind, name="Орган")
    assert (done.answer, done.norms) == ("permitted", (norm,))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("other_body", "system.open", ("system.closed",)),
        ("tos_body", "system.open", ("system.closed",)),
        ("official_post", "officials.body", ("officials.not-a-body", "system.closed")),
    ],
)
def test_s2_s4_s5_other_kinds_under_2007_only(kind, old, new):
    said = {"kind": kind, "name": "Орган"}
    done = bare(*OLD).act("ConstituteBody", "community", **said)
    assert (done.answer, done.norms) == ("permitted", (f"kg-2007/{old}",))
    ruling = bare(*NEW).refused("ConstituteBody", "community", **said)
    assert ruling.answer == "forbidden"
    assert ruling.norms == tuple(f"kg-2010/{norm}" for norm in new)


def test_outsiders_constitute_nothing():
    ruling = bare(*NEW).refused("ConstituteBody", "governor", **KENESH)
    assert (ruling.answer, ruling.norms[:1]) == ("not_empowered", ("kg-2010/system.two",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"kind": None}, {"kind": "required"}),
        ({"kind": "kenesh"}, {"kind": "not_a_choice"}),
        ({"kind": {}}, {"kind": "not_a_choice"}),
        ({"name": "\u200b"}, {"name": "bad_characters"}),
        ({"name": "а" * 121}, {"name": "too_long"}),
        ({"seats": 5}, {"seats": "unknown_field"}),
        ({"session": 1}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    assert bare(*NEW).problems("ConstituteBody", "community", **{**KENESH, **changed}) == problems


def test_there_is_one_kenesh_and_one_executive():
    town = naryn(*NEW)
    assert town.problems("ConstituteBody", "community", **KENESH) == {"kind": "body_already"}
    # Others can be many.
    town = bare(*OLD)
    for name in ("Бир", "Эки"):
        town.act("ConstituteBody", "community", kind="other_body", name=name)
    assert len(town.all(Body, DAY)) == 2


def test_it_holds_from_its_day_until_annulled():
    town = bare(*NEW)
    n = town.act("ConstituteBody", "community", **KENESH).n
    assert body(town.m, "representative_body", BEFORE) is None
    assert body(town.m, "representative_body", DAY).entry == n
    town.annul(n)
    assert body(town.m, "representative_body", AFTER) is None
    assert town.problems("ConstituteBody", "community", AFTER, **KENESH) == {}


def test_entered_late_it_gives_way_to_the_one_of_its_kind_that_came_later():
    town = bare(*NEW)
    later = town.act("ConstituteBody", "community", AFTER, **KENESH).n
    first = town.act("ConstituteBody", "community", BEFORE, **KENESH).n
    assert town.all(Body, DAY) == [first] and town.all(Body, AFTER) == [later]


def test_contested_has_no_effect():
    town = bare(*NEW)
    town.contested("ConstituteBody", "community", kind="other_body", name="Орган")
    assert town.all(Body, AFTER) == []

"""DeclareRecovery: which key may name the next when the one in force is lost or stolen."""

import pytest

from kerege.municipality.keys import recovery
from kerege.municipality.rights import NotEntitled
from tests.cast import DAY, NOTE, OLD, THE_OPERATOR, VKEY, bare, naryn, the_country

SAFE, SAFER = (f"example.kg/naryn/safe+0000000{n}+" + "B" * 44 for n in (7, 8))


@pytest.mark.parametrize("where", [bare, the_country])
def test_the_last_one_declared_counts(where):
    town = where()
    done = town.act("DeclareRecovery", "operator", by=THE_OPERATOR, recovery=SAFE, note=NOTE)
    assert done.entry.standing == "exempt" and done.entry.question is None
    assert recovery(town.m) == SAFE
    town.act("DeclareRecovery", recovery=SAFER, note=NOTE)
    assert recovery(town.m) == SAFER


def test_only_the_operator():
    town = naryn(*OLD)
    with pytest.raises(NotEntitled) as denied:
        town.act("DeclareRecovery", "operator", by=town.recorder, recovery=SAFE, note=NOTE)
    assert denied.value.key == "only_operator"


def test_no_key_that_was_used_before():
    town = bare()
    town.act("RotateKey", key=VKEY, why="routine", note=NOTE)
    town.act("DeclareRecovery", recovery=SAFE, note=NOTE)
    for used in (VKEY, SAFE):
        found = town.problems("DeclareRecovery", recovery=used, note=NOTE)
        assert found == {"recovery": "key_used"}


def test_malformed():
    found = bare().problems("DeclareRecovery", recovery=SAFE[:-1], note=[NOTE])
    assert found == {"recovery": "not_a_key", "note": "not_a_note"}


def test_it_is_never_annulled():
    town = bare()
    n = town.act("DeclareRecovery", recovery=SAFE, note=NOTE).n
    said = {"entry": n, "from_day": DAY.isoformat(), "grounds": "…"}
    assert town.problems("Annul", "court", **said) == {"entry": "never_annulled"}

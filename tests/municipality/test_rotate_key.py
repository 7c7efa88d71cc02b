"""RotateKey: another key signs from here on; the operator's, and not put to the law."""

import pytest

from kerege.municipality.keys import changes
from kerege.municipality.rights import NotEntitled
from tests.cast import DAY, NOTE, OLD, THE_OPERATOR, VKEY, bare, naryn, the_country

SAID = {"key": VKEY, "why": "routine", "note": NOTE}
SAFE = "example.kg/naryn/safe+00000007+" + "B" * 44


@pytest.mark.parametrize("where", [bare, the_country])
def test_it_is_not_judged_and_leaves_the_new_key(where):
    town = where()
    done = town.act("RotateKey", "operator", by=THE_OPERATOR, **SAID)
    assert done.entry.standing == "exempt" and done.entry.question is None
    assert [(c.entry, c.key, c.why) for c in changes(town.m)] == [(done.n, VKEY, "routine")]


def test_only_the_operator():
    town = naryn(*OLD)
    for whose in ("operator", "kenesh", "recorder"):
        with pytest.raises(NotEntitled) as denied:
            town.act("RotateKey", whose, by=town.recorder, **SAID)
        assert denied.value.key == "only_operator"


@pytest.mark.parametrize("why", ["lost", "stolen"])
def test_a_lost_or_stolen_key_needs_a_recovery_key(why):
    town = bare()
    said = {**SAID, "why": why}
    assert town.problems("RotateKey", **said) == {"why": "no_recovery_key"}
    town.act("DeclareRecovery", recovery=SAFE, note=NOTE)
    assert town.problems("RotateKey", **said) == {}


def test_a_key_laid_down_is_not_taken_up_again():
    town = bare()
    town.act("DeclareRecovery", recovery=SAFE, note=NOTE)
    town.act("RotateKey", **SAID)
    assert town.problems("RotateKey", **SAID) == {"key": "key_used"}
    assert town.problems("RotateKey", **{**SAID, "key": SAFE}) == {"key": "key_used"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"key": "naryn"}, {"key": "not_a_key"}),
        ({"why": "because"}, {"why": "not_a_choice"}),
        ({"note": NOTE.strip()}, {"note": "not_a_note"}),
        ({"key": None, "note": ""}, {"key": "required", "note": "required"}),
    ],
)
def test_malformed(changed, problems):
    assert bare().problems("RotateKey", **{**SAID, **changed}) == problems


def test_it_is_never_annulled():
    town = bare()
    n = town.act("RotateKey", **SAID).n
    said = {"entry": n, "from_day": DAY.isoformat(), "grounds": "…"}
    assert town.problems("Annul", "court", **said) == {"entry": "never_annulled"}

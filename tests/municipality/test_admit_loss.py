"""AdmitLoss: that entries were lost is said in their place, by the operator, for good."""

import pytest

from kerege.municipality.keys import Loss, losses
from kerege.municipality.rights import NotEntitled
from tests.cast import DAY, OLD, THE_OPERATOR, bare, naryn, the_country

SAID = {"known_size": 9, "known_root": "0" * 64, "reason": "Сервер өрттөндү"}


@pytest.mark.parametrize("where", [bare, the_country])
def test_it_is_not_judged_and_remembers_what_was_published(where):
    town = where()
    done = town.act("AdmitLoss", "operator", by=THE_OPERATOR, **SAID)
    assert done.entry.standing == "exempt" and done.entry.question is None
    (loss,) = town.m.all(Loss)
    assert (loss.entry, loss.known_size, loss.known_root) == (done.n, 9, "0" * 64)
    town.act("AdmitLoss", **SAID)
    assert losses(town.m) == 2


def test_only_the_operator():
    town = naryn(*OLD)
    with pytest.raises(NotEntitled) as denied:
        town.act("AdmitLoss", "operator", by=town.recorder, **SAID)
    assert denied.value.key == "only_operator"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"known_size": 0}, {"known_size": "out_of_range"}),
        ({"known_root": "AAAA"}, {"known_root": "not_a_hash"}),
        ({"reason": " "}, {"reason": "required"}),
    ],
)
def test_malformed(changed, problems):
    assert bare().problems("AdmitLoss", **{**SAID, **changed}) == problems


def test_it_is_never_annulled():
    town = bare()
    n = town.act("AdmitLoss", **SAID).n
    said = {"entry": n, "from_day": DAY.isoformat(), "grounds": "…"}
    assert town.problems("Annul", "court", **said) == {"entry": "never_annulled"}

"""Every unit of the territory can be founded; what the source does not say is asked."""

import pytest

from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Malformed
from kerege.municipality.territory import load
from kerege.web.founding import address_for, prefilled, unit


def test_every_aimak_and_city_can_be_founded(demo):
    asked = 0
    addresses = set()
    for one in load().foundable():
        fields = prefilled(unit(one.code))
        # Kyrgyz names and population have no source yet, so nothing is prefilled for them.
        assert "name_ky" not in fields and "population" not in fields
        assert fields["as_of"] and fields["source"]
        if "kind" not in fields:
            asked += 1
            with pytest.raises(Malformed, match="kind"):
                ACTS["Found"].read({**fields, "name_ky": "А", "name_en": "A"})
            fields["kind"] = "settlement"
        ACTS["Found"].read({"name_en": "A", **fields, "name_ky": "А"})
        addresses.add(address_for(one))
    assert asked == 52
    assert all(a.isascii() and a for a in addresses)


@pytest.mark.parametrize(
    ("code", "problem"),
    [("1", "unknown_unit"), ("41704000000000", "not_foundable"), ("", "unknown_unit")],
)
def test_what_cannot_be_founded_says_so(code, problem):
    with pytest.raises(Malformed, match=problem):
        unit(code)

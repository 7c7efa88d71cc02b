"""Names of places and people stand in the order of the Kyrgyz alphabet, on any database."""

import pytest

from kerege.kyrgyz import letters
from kerege.web.choices import mandates
from kerege.web.founding import make_register
from kerege.web.places import Place, all_places, place


def test_places_are_listed_in_the_order_of_the_alphabet(db, monkeypatch):
    names = {"uzgen": "Өзгөн шаары", "osh": "Ош шаары", "papan": "Папан", "oi": "Ой-Таш"}
    for slug in names:
        make_register(slug)
    monkeypatch.setattr(Place, "name", property(lambda self: names.get(self.slug, "Ала-Тоо")))
    listed = [one.name for one in all_places() if one.slug in names]
    assert listed == ["Ой-Таш", "Ош шаары", "Өзгөн шаары", "Папан"]


@pytest.mark.usefixtures("demo")
def test_people_are_offered_in_the_order_of_the_alphabet():
    said = [label for _, label in mandates(place("on-archa"))]
    assert len(said) > 5 and said == sorted(said, key=letters.sort_key)

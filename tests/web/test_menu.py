"""The menu of acts: every act under one name a secretary knows, the often done first."""

import pytest
from django.utils import translation

from kerege.municipality.acts import ACTS
from kerege.municipality.rights import Speaker
from kerege.web.menu import GROUPS, OFTEN, menu_of
from kerege.web.models import Account
from kerege.web.places import place
from kerege.web.speaking import menu, speakers

pytestmark = pytest.mark.usefixtures("demo")


def test_every_act_stands_in_one_group():
    grouped = [act for acts in GROUPS.values() for act in acts]
    assert sorted(grouped) == sorted(ACTS)


def of(username: str, slug: str = "on-archa") -> Speaker:
    return speakers(place(slug), Account.objects.get(username=username))[0]


def test_the_menu_offers_what_the_speaker_can_and_the_often_done_first():
    here, speaker = place("on-archa"), of("on-archa-recorder")
    shown = menu_of(here, speaker)
    urls = [one["url"] for group in shown["groups"] for one in group["acts"]]
    assert len(urls) == len(set(urls)) == len(menu(here, speaker))
    assert 1 < len(shown["often"]) <= OFTEN
    assert {one["url"] for one in shown["often"]} <= set(urls)
    assert not any("/LinkAccount/" in one["url"] for one in shown["often"])


def test_links_of_accounts_stand_under_the_register_and_no_point_of_the_brochure():
    with translation.override("en"):
        shown = menu_of(place("on-archa"), of("on-archa-recorder"))
    groups = {one["name"]: [act["name"] for act in one["acts"]] for one in shown["groups"]}
    assert "Link a user account to a mandate" in groups["The register and accounts"]
    assert not any(name.startswith("Concept") for name in groups)


def test_where_few_acts_are_nothing_stands_twice():
    assert menu_of(place("on-archa"), of("on-archa-deputy"))["often"] == []

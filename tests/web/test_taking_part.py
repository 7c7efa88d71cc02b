"""What is being decided in a place, and how to take part, as the notice on the board promises."""

from datetime import date

import pytest
from django.test import Client

from kerege.web.matters import open_matters
from kerege.web.places import place
from kerege.web.powers import PART, powers, taking_part
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")


def opened(slug: str = "naryn") -> list[str]:
    here = place(slug)
    return [f"{one.name}: {one.value}" for one in open_matters(here, here.today)]


@pytest.fixture
def recorder(person) -> Client:
    return person("naryn-recorder")


def test_an_issue_is_open_until_it_is_decided(recorder):
    before = opened()
    send(recorder, "naryn", "RaiseIssue", actor="community", title="Көпүрө", text="…", paper="№ 7")
    raised = place("naryn").m.size - 1
    assert len(opened()) == len(before) + 1 and "Көпүрө" in opened()[0]
    text = Client().get("/naryn/").content.decode()
    assert "Эмне чечилип жатат" in text
    assert f'href="/naryn/register/{raised}/">Көпүрө' in text
    # It was not raised yet the day before.
    assert not any("Көпүрө" in one.value for one in open_matters(place("naryn"), date(2013, 2, 28)))
    sent = send(
        recorder, "naryn", "HoldSession", kind="ordinary", number="42", present="12",
        agenda="Көпүрө", paper="№ 8",
    )  # fmt: skip
    session = place("naryn").m.size - 1
    assert sent.status_code == 302
    for outcome in ("postponed", "adopted"):
        assert "Көпүрө" in opened()[0]
        sent = send(
            recorder, "naryn", "DecideIssue", issue=str(raised), title="Көпүрө", outcome=outcome,
            text="Оңдолсун", session=str(session), votes_for="12", votes_against="0", paper="№ 9",
        )  # fmt: skip
        assert sent.status_code == 302
    assert opened() == before


def test_a_draft_budget_is_open_until_the_budget_is_adopted():
    here = place("naryn")
    draft = next(n for n, act in here.m.acts.items() if act == "PublishDraftBudget")
    adopted = max(n for n, act in here.m.acts.items() if act == "AdoptBudget")
    urls = {one.url for one in open_matters(here, here.m.days[draft])}
    assert f"/naryn/register/{draft}/" in urls
    later = {one.url for one in open_matters(here, here.m.days[adopted])}
    assert f"/naryn/register/{draft}/" not in later


def test_a_candidate_is_open_until_a_head_is_elected():
    here = place("naryn")
    nominated = next(n for n, act in here.m.acts.items() if act == "NominateHead")
    elected = next(n for n, act in here.m.acts.items() if act == "ElectHead")
    day = here.m.days[nominated]
    assert any(one.url.endswith(f"/{nominated}/") for one in open_matters(here, day)) is (
        day < here.m.days[elected]
    )
    assert not any(
        one.url.endswith(f"/{nominated}/") for one in open_matters(here, here.m.days[elected])
    )


@pytest.mark.parametrize("slug", ["on-archa", "cholpon-ata", "naryn"])
def test_how_to_take_part_is_said_with_the_article_in_force(client, slug):
    here = place(slug)
    book = here.book(here.today)
    assert book is not None and here.m.identity is not None
    shown = taking_part(book, here.m.identity.kind)
    assert {"RaiseIssue", "HoldHearing", "ElectDeputies"} <= {
        one.act for one in powers(book, here.m.identity.kind, "community")
    } & set(PART)
    text = client.get(f"/{slug}/").content.decode()
    part = text[text.index('id="part"') :]
    for one in shown:
        assert one["how"] in part and one["norms"]
        assert all(norm["url"] in part for norm in one["norms"])


def test_another_law_another_way_to_take_part(client):
    here = place("on-archa")
    assert here.m.identity is not None
    before, after = here.book(date(2009, 12, 31)), here.book(here.today)
    assert before is not None and after is not None
    kind = here.m.identity.kind
    assert powers(before, kind, "community") != powers(after, kind, "community")

"""The demonstration tells today what it told when the golden registers were written."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from kerege.web import demonstration
from kerege.web.models import Register, Row
from kerege.web.pages.refused import refusals
from kerege.web.places import place

GOLDEN = Path(__file__).parents[1] / "registers"


@pytest.mark.parametrize("name", demonstration.STORIES)
def test_a_story_is_as_golden(demo, name):
    """Byte for byte but for the digest, which changes with every word of the law."""

    def plain(data: bytes) -> dict:
        return {k: v for k, v in json.loads(data).items() if k != "digest"}

    register = Register.objects.get(slug=name)
    told = [
        plain(bytes(d))
        for d in Row.objects.filter(register=register).values_list("data", flat=True)
    ]
    golden = [plain(line) for line in (GOLDEN / f"{name}.jsonl").read_bytes().splitlines()]
    assert told == golden


@pytest.mark.parametrize("name", demonstration.STORIES)
def test_what_was_refused_is_shown_with_its_article(demo, client, name):
    """A refused step left no entry; the page puts it to the law of its day again."""
    here = place(name)
    with translation.override("ky"):
        shown = list(refusals(here))
    steps = [step for step in demonstration.story(name).steps if step.refused]
    assert shown and len(shown) == len(steps)
    for one in shown:
        assert one["ruling"]["decision"] in ("forbidden", "not_empowered")
        assert one["ruling"]["norms"] and one["ruling"]["written"] is False
    page = client.get(f"/{name}/refused/").content.decode()
    assert all(one["day"] in page for one in shown)
    assert "Мыйзам эмнеге жол берген жок" in client.get(f"/{name}/").content.decode()


def test_only_stories_tell_what_was_refused(demo, client):
    assert client.get("/kg/refused/").status_code == 404


def test_both_editions_are_lived_under(demo):
    """The same history shows what each edition let happen."""
    days = set()
    for name in demonstration.STORIES:
        for row in Row.objects.filter(register__slug=name):
            norms = (json.loads(bytes(row.data))["ruling"] or {"norms": []})["norms"]
            days |= {norm.split("/")[0] for norm in norms}
    assert {"kg-2007", "kg-2010", "kg-law-101-2011"} <= days


def test_making_it_again_changes_nothing(demo):
    before = Row.objects.count()
    demonstration.make()
    assert Row.objects.count() == before


def test_of_a_text_nobody_here_has_seen_it_is_said_that_no_norm_was_found(demo, client):
    page = client.get("/en/on-archa/refused/").content.decode()
    assert "We found no norm that gives such a power" in page and "No norm found" in page

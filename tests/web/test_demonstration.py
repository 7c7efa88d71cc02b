"""The demonstration tells today what it told when the golden registers were written."""

import json
from pathlib import Path

import pytest

from kerege.web import demonstration
from kerege.web.models import Register, Row

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
def test_a_story_holds_its_refusals(demo, name):
    """Every story tries something the law of its day refuses, and it left no entry."""
    refused = list(demonstration.refusals(name))
    assert refused
    entries = Row.objects.filter(register__slug=name)
    for step in refused:
        same = entries.filter(act=step.act, held_on=step.on).exclude(standing="contested")
        assert all(json.loads(bytes(r.data))["ruling"]["answer"] != "forbidden" for r in same)


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

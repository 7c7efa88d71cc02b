"""What the law refused in an exercise of the demonstration.

A refused act leaves no entry, so the story is walked again: its entries are folded one by one, and
each refused step is put to the law of its day as the register stood then.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.country import law_here
from kerege.municipality.dating import BISHKEK
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fold import fold
from kerege.municipality.judging import judge
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.steps import Step, pointed
from kerege.municipality.telling import Teller
from kerege.web.caching import public
from kerege.web.demonstration import STORIES, story
from kerege.web.models import Row
from kerege.web.places import Place, place
from kerege.web.registers import read
from kerege.web.rulings import ruling_shown
from kerege.web.saying import language
from kerege.web.story import NOON


@public
def refused(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    if slug not in STORIES or not here.exercise:
        raise Http404(slug)
    context = {
        "place": here,
        "refusals": list(refusals(here)),
        "breadcrumbs": [{"name": here.name, "url": here.url}],
    }
    return render(request, "refused.html", context)


def refusals(here: Place) -> Iterator[dict[str, Any]]:
    """Every refused step of the story of a place, with the ruling on it."""
    data = Row.objects.filter(register=here.register).order_by("n").values_list("data", flat=True)
    entries = iter([read(one) for one in data])
    m, labels = Municipality(), dict[str, int]()
    # The two founding entries come before the story.
    fold([next(entries), next(entries)], ACTS, m, ours=True)
    for step in story(here.slug).steps:
        if step.refused:
            yield again(here, m, step, labels)
            continue
        if step.label:
            labels[step.label] = m.size
        fold([next(entries)], ACTS, m, ours=True)


def again(here: Place, m: Municipality, step: Step, labels: dict[str, int]) -> dict[str, Any]:
    """One refused step, put to the law again; where that is not all here, why it cannot be."""
    known, on, said = packs.load(), step.on, language()
    actor = Actor(step.actor, pointed(step.of, labels))
    fields = {name: pointed(value, labels) for name, value in step.fields.items()}
    act = ACTS[step.act].read(fields)
    entry = Entry("", step.act, act.json(), actor, on, datetime.combine(on, NOON, tzinfo=BISHKEK))
    shown: dict[str, Any] = {"day": telling.day(on, said), "ruling": None, "unread": ""}
    try:
        book = known.rulebook(law_here(m, here.country, known, on))
    except Malformed as wrong:
        shown["unread"] = telling.problem(wrong.problems[0], said)
        return shown | {"title": Teller(m, known, ACTS, said).sentence(entry)}
    judged = judge(m, act, actor, on, book)
    names = book.names(m.identity.kind) if m.identity is not None else {}
    return shown | {
        "title": Teller(m, known, ACTS, said, names).sentence(entry),
        "ruling": ruling_shown(judged.book, judged.question, judged.ruling, on, written=False),
    }

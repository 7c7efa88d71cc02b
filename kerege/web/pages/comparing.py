"""Two laws point by point, and one point through the years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kerege.constitution import packs, saying
from kerege.constitution.article import Article
from kerege.constitution.fragment import READINGS
from kerege.constitution.numbers import Number
from kerege.constitution.points import Point
from kerege.constitution.tables import Threshold
from kerege.municipality import telling
from kerege.municipality.record import Taken
from kerege.web.caching import public
from kerege.web.comparisons import Laws, Side, points
from kerege.web.jinja import query
from kerege.web.pages.law import crumb
from kerege.web.places import country_place
from kerege.web.questions import SHOWN
from kerege.web.reading import reads
from kerege.web.rulings import article_said
from kerege.web.saying import language, w

# So many differences of a point are shown at once; the others are folded away.
FIRST = 4
# What is shown when nothing is chosen.
HEAD = "S8"


@public
@require_safe
@reads("a", "b", "topic")
def compare(request: HttpRequest) -> HttpResponse:
    """Two laws side by side: the fourteen points, what differs in each and what does not."""
    laws = Laws()
    first, second, *_ = laws.sides
    wrong: list[str] = []
    a = _side(request, "a", laws, first, wrong)
    b = _side(request, "b", laws, second, wrong)
    topic = _topic(request, wrong)
    found = points(a, b)
    return render(
        request,
        "compare.html",
        {
            "a": a.name[language()],
            "b": b.name[language()],
            "sides_a": _choices(laws, a),
            "sides_b": _choices(laws, b),
            "topic": topic,
            "topics": _topics(topic),
            "points": [_shown(one, a, b) for one in found if topic in ("", one.topic)],
            "contents": [_entry(request, one) for one in found],
            "no_law": [side.name[language()] for side in (a, b) if not side.ids],
            "wrong": wrong,
            "breadcrumbs": [crumb()],
        },
        status=400 if wrong else 200,
    )


@public
@require_safe
@reads("topic")
def history(request: HttpRequest) -> HttpResponse:
    """One point through the years: what changed of it on each day on which the law changed."""
    wrong: list[str] = []
    topic = _topic(request, wrong) or HEAD
    here, known = language(), packs.load()
    days = Laws().days
    steps = []
    for before, after in zip([None, *days], days, strict=False):
        gone = set(before.ids if before else ()) - set(after.ids)
        come = [id_ for id_ in after.ids if before is None or id_ not in before.ids]
        one = next(iter(points(before, after, topic)), None) if before else None
        if before is None or (one is not None and one.differences):
            own = _articles(topic, come, after.on) + _begun(topic, after, come)
            steps.append(
                {
                    "day": after.name[here],
                    "come": [_come(id_, after.on) for id_ in come],
                    "gone": [known.edition(id_).title[here] for id_ in gone],
                    "point": _shown(one, before, after) if one and before else None,
                    "articles": own,
                    "url": _query(before, after, topic) if before else "",
                }
            )
    return render(
        request,
        "law_history.html",
        {
            "topic": topic,
            "name": known.vocabulary.topics[topic][here],
            "topics": _topics(topic),
            "steps": steps,
            "today": _articles(topic, days[-1].ids, days[-1].on) if days else [],
            "wrong": wrong,
            "breadcrumbs": [crumb()],
        },
        status=400 if wrong else 200,
    )


def _query(a: Side, b: Side, topic: str) -> str:
    return f"?a={a.id}&b={b.id}&topic={topic}"


def _side(request: HttpRequest, name: str, laws: Laws, otherwise: Side, wrong: list[str]) -> Side:
    said = request.GET.get(name, "")
    found = laws.find(said) if said else otherwise
    if found is None:
        wrong.append(w("ask.unknown", word=said[:SHOWN]))
    return found or otherwise


def _topic(request: HttpRequest, wrong: list[str]) -> str:
    said = request.GET.get("topic", "")
    if said and said not in packs.load().vocabulary.topics:
        wrong.append(w("ask.unknown", word=said[:SHOWN]))
        return ""
    return said


def _choices(laws: Laws, chosen: Side) -> list[dict[str, Any]]:
    here, all_ = language(), list(laws.sides)
    if chosen.id not in {side.id for side in all_}:
        all_.append(chosen)
    return [
        {
            "name": side.id,
            "says": side.name[here]
            if side.on is None
            else w("compare.law_of", day=side.name[here]),
            "chosen": side.id == chosen.id,
        }
        for side in all_
    ]


def _topics(chosen: str) -> list[dict[str, Any]]:
    here = language()
    return [
        {"name": topic, "says": f"{topic} {said[here]}", "chosen": topic == chosen}
        for topic, said in packs.load().vocabulary.topics.items()
    ]


def _entry(request: HttpRequest, point: Point) -> dict[str, Any]:
    """A line of the contents."""
    return {
        "topic": point.topic,
        "name": packs.load().vocabulary.topics[point.topic][language()],
        "count": len(point.differences),
        "url": query(request, topic=point.topic),
    }


def _shown(point: Point, a: Side, b: Side) -> dict[str, Any]:
    here = language()
    ordered = sorted(point.differences, key=lambda one: one.refused)
    said = [
        {
            "what": one.what[here],
            "a": one.before[here],
            "b": one.after[here],
            "note_a": one.note_before[here],
            "note_b": one.note_after[here],
        }
        for one in ordered
    ]
    return {
        "topic": point.topic,
        "name": packs.load().vocabulary.topics[point.topic][here],
        "count": len(said),
        "names": {"a": a.short[here], "b": b.short[here]},
        "first": said[:FIRST],
        "rest": said[FIRST:],
        "said": [one[here] for one in point.said],
        "a": _articles(point.topic, a.ids, a.on),
        "b": _articles(point.topic, b.ids, b.on),
    }


def _articles(topic: str, ids: Sequence[str], on: date | None) -> list[dict[str, str]]:
    """What some packs say on a topic, in plain words; on a day without what begins only later."""
    return [
        _article(id_, article)
        for id_ in ids
        for article in packs.load().edition(id_).articles.values()
        if article.topic == topic and not (on and _begins(article) > on)
    ]


def _begun(topic: str, side: Side, come: Sequence[str]) -> list[dict[str, str]]:
    """Of the laws that were there before, the articles that tell a number or share from this day
    on."""
    return [
        _article(id_, article)
        for id_ in side.ids
        for article in packs.load().edition(id_).articles.values()
        if article.topic == topic and id_ not in come
        if side.on in {row.since for row in _dated(article)}
    ]


def _begins(article: Article) -> date:
    """The first day on which an article that tells numbers and shares alone tells any."""
    days = [row.since or date.min for row in _dated(article)]
    return min(days) if days and not article.cedar else date.min


def _dated(article: Article) -> list[Number | Threshold]:
    return [*article.tables.numbers, *article.tables.thresholds]


def _article(id_: str, article: Article) -> dict[str, str]:
    here = language()
    return {
        "text": article.words[here],
        "article": article_said(article),
        "edition": packs.load().edition(id_).title[here],
        "id": id_,
        "anchor": article.anchor,
        "reading": ""
        if saying.known_by(article.reading, article.grade) == READINGS[0]
        else saying.reading_said(article.reading, here, article.grade),
    }


def _come(id_: str, on: date | None) -> dict[str, str]:
    """A pack that is read from a day on, and whether it was in force before: a statute is read
    under the constitutions it names, and can be older than they are."""
    taken = country_place().m.all(Taken, on) if on else []
    first = min((one.since for one in taken if one.pack == id_), default=on)
    says = w("compare.come")
    if first is not None and first != on:
        says = w("compare.come_before", day=telling.day(first, language()))
    return {"id": id_, "title": packs.load().edition(id_).title[language()], "says": says}

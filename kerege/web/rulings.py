"""Rulings as pages show them: which norm, what is missing, what can lawfully be done instead."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from kerege.constitution import saying
from kerege.constitution.article import Article
from kerege.constitution.asking import lacking
from kerege.constitution.fragment import READINGS
from kerege.constitution.instead import Change, Instead, instead, possible
from kerege.constitution.question import (
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
    Question,
    Ruling,
    ruling,
)
from kerege.constitution.rulebook import Norm, Rulebook
from kerege.constitution.unsaid import Ways
from kerege.constitution.vocabulary import Vocabulary
from kerege.municipality import telling
from kerege.municipality.elsewhen import Elsewhen
from kerege.municipality.entry import Entry
from kerege.municipality.record import Session
from kerege.web.jinja import url
from kerege.web.rulebooks import kept
from kerege.web.saying import language, w

# How an answer stands that depends on what was not said.
DEPENDS = "depends"
# So many cases of one answer are shown.
CASES = 3


def norm_shown(norm: Norm) -> dict[str, str]:
    """A norm as a page cites it."""
    article, here = norm.article, language()
    return {
        "article": saying.cited_said(norm, here),
        "url": f"{url('edition', norm.edition.id)}#{norm.anchor}",
        "text": saying.text_said(norm, here),
        "edition": norm.edition.title[here],
        "force": article.force,
        "reading": norm.reading,
        "by": saying.known_by(norm.reading, norm.grade),
        "known": known_said(norm),
        "grade": saying.grade_named(norm.grade, here),
        "grade_says": saying.grade_said(norm.grade, here),
    }


def known_said(norm: Norm) -> str:
    """That it is our reading, the brochure's, or of a text nobody here has seen; empty for what
    the text says itself."""
    known = {
        "ours": "layout.norm_ours",
        "brochure": "layout.norm_brochure",
        "secondary": "layout.norm_secondary",
        "memory": "layout.norm_memory",
        "unknown": "layout.norm_unknown",
    }.get(saying.known_by(norm.reading, norm.grade))
    return w(known) if known else ""


def article_said(article: Article) -> str:
    """«Article 110(5)», or that the number is not known."""
    return saying.article_said(article, language())


def norms_shown(book: Rulebook, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The norms of a ruling, each article once, with the reading furthest from its text."""
    seen: dict[tuple[str, str, bool], dict[str, str]] = {}
    for norm in sorted((book.norms[id_] for id_ in ids), key=lambda n: READINGS.index(n.reading)):
        seen[norm.edition.id, norm.anchor, norm.silent] = norm_shown(norm)
    return list(seen.values())


def articles(one: Entry) -> list[str]:
    """The articles an entry was judged by, each with its law."""
    if one.ruling is None:
        return []
    norms = norms_shown(kept(one.digest), ruling(one.ruling).norms)
    return [f"{norm['article']} – {norm['edition']}" for norm in norms]


def against(one: Entry) -> str:
    """How the law stands to an entry it refused, as a part of a sentence: that it does not allow
    it, or only as we read it, or that no norm was found which gives such a power."""
    if one.ruling is None:
        return w("layout.against")
    given = ruling(one.ruling)
    if given.answer in (NOT_EMPOWERED, UNREGULATED):
        return w("layout.against_none_found")
    if not saying.as_we_read([kept(one.digest).norms[id_] for id_ in given.norms]):
        return w("layout.against")
    return w("layout.against_as_read", article="; ".join(articles(one)))


def ruling_shown(
    book: Rulebook,
    asked: Question,
    given: Ruling,
    on: date | None,
    *,
    written: bool = True,
    link: Callable[[str], str] | None = None,
    earliest: Mapping[str, date] | None = None,
    needed: Mapping[str, int] | None = None,
    years: Mapping[str, int] | None = None,
    known: Mapping[str, Elsewhen] | None = None,
    session: Session | None = None,
    adopted: str = "",
) -> dict[str, Any]:
    """What ``parts/ruling_panel.html`` takes. ``on`` is None for a question of no day; ``link``
    gives the address of an act's form, ``earliest`` the first day for what only time stands in the
    way of, ``needed`` how many deputies have to be present, ``years`` the year whose day this is
    not, ``known`` what the register has of a fact on other days; ``session`` is a later one than
    that of the act; ``adopted`` says that the model was adopted here."""
    here, words = language(), book.vocabulary
    near = instead(book, asked, given)
    lacks, known, years = lacking(given, near), known or {}, years or {}
    missing = [_missing(words, fact, earliest or {}, needed or {}, years, known) for fact in lacks]
    # What came only after this day is not done once more; it is decided on at a later session.
    later = [fact for fact in lacks if fact in known and known[fact].ended is None]
    vain = {words.facts[one].by for one in (*later, *years)}
    vain -= {words.facts[one].by for one in lacks if one not in later and one not in years}
    steps = _instead(book, asked, near, link, vain, also=bool(later))
    if later and session is not None:
        day = telling.day(session.day, here)
        said = w("law.later_session", number=session.number, day=day)
        steps.insert(0, {"text": said, "url": "", "marked": False})
    # A place does not become another kind of place, nor a day one of another year.
    change = near.smallest if near.smallest and not (near.smallest.place or years) else None
    if change == Change(PERMITTED, dict.fromkeys(lacks, True)):
        # That it were so is said by what is missing.
        change = None
    return {
        "decision": given.answer,
        "says": saying.answer_said(given.answer, here),
        "asked": saying.asked_said(words, asked, here),
        "norms": norms_shown(book, given.norms),
        "missing": missing,
        "adopted": adopted,
        "smallest": list(saying.change_said(words, change, here)) if change else [],
        "smallest_marked": change is not None and change.answer == NOT_STATED,
        "instead": steps,
        "conditions": [],
        "refused": [],
        "otherwise": "",
        "laws": [e.title[here] for e in book.editions],
        "day": telling.day(on, here) if on else "",
        "written": written,
    }


def _missing(
    words: Vocabulary,
    fact: str,
    earliest: Mapping[str, date],
    needed: Mapping[str, int],
    years: Mapping[str, int],
    known: Mapping[str, Elsewhen],
) -> str:
    if fact in years:
        return w("law.other_year", year=years[fact])
    said = [saying.fact_said(words, fact, False, language())]
    if fact in known:
        said.append(_elsewhen_said(known[fact]))
    if fact in needed:
        said.append(w("law.needed", count=needed[fact]))
    elif fact in earliest:
        said.append(w("law.earliest", day=telling.day(earliest[fact], language())))
    return ". ".join(said)


def _elsewhen_said(one: Elsewhen) -> str:
    n = one.record.entry
    if one.ended is None:
        return w("law.later", number=n, day=telling.day(one.record.since, language()))
    key = "law.adopted_already" if one.ended_by == "AdoptBudget" else "law.served"
    return w(key, number=n, by=one.ended.by)


def depends_shown(book: Rulebook, asked: Question, found: Ways, on: date | None) -> dict[str, Any]:
    """The same for a question whose answer depends on facts that were not said."""
    words, here = book.vocabulary, language()
    conditions = conditions_shown(found)
    refused: dict[str, dict[str, Any]] = {}
    for case, norm in found.refused():
        facts = "; ".join(saying.case_said(words, case, here))
        shown = norm_shown(norm)
        refused.setdefault(f"{facts} {shown['url']}", shown | {"facts": facts})
    lacks = [r.answer for r in found.regions if r.answer in (NOT_EMPOWERED, UNREGULATED)]
    return {
        "decision": DEPENDS,
        "says": conditions[0]["title"],
        "asked": saying.asked_said(words, asked, here),
        "norms": norms_shown(book, found.deciding()),
        "missing": [],
        "smallest": [],
        "smallest_marked": False,
        "instead": [],
        "conditions": conditions,
        "refused": list(refused.values()),
        "otherwise": w("layout.ruling_otherwise", answer=saying.answer_said(lacks[0], here))
        if lacks
        else "",
        "laws": [e.title[here] for e in book.editions],
        "day": telling.day(on, here) if on else "",
        "written": True,
    }


def conditions_shown(found: Ways) -> list[dict[str, Any]]:
    """Under which facts it is allowed, and under which it would pass marked: a title, so many
    cases, each a list of facts, and whether there are more."""
    shown = []
    for answer, key in ((PERMITTED, "asked.if"), (NOT_STATED, "asked.if_not_stated")):
        cases = [saying.case_said(found.words, case, language()) for case in found.cases(answer)]
        if cases:
            shown.append(
                {
                    "title": saying.say(key, language()),
                    "cases": cases[:CASES],
                    "more": len(cases) > CASES,
                }
            )
    return shown


def _instead(
    book: Rulebook,
    asked: Question,
    near: Instead,
    link: Callable[[str], str] | None,
    vain: Collection[str | None] = (),
    *,
    also: bool = False,
) -> list[dict[str, Any]]:
    """What can be, and by whom; ``marked`` is what would pass because no text is known. Acts
    in ``vain`` would change nothing here; ``also``: a session can be held."""
    words, here = book.vocabulary, language()
    steps: list[dict[str, Any]] = []

    def act(name: str) -> None:
        # What was refused is no way out of its own refusal, nor what would change nothing.
        if name == asked.act or name in vain:
            return
        can = possible(book, name, asked.place)
        if can is None:
            return
        said = saying.step_said(words, name, can.actors, here)
        if all(step["text"] != said for step in steps):
            # The country's acts have no form at a municipality.
            url = link(name) if link and words.acts[name].register == "municipality" else ""
            steps.append({"text": said, "url": url, "marked": can.answer == NOT_STATED})

    def other(said: str, changed: Question, *, named: bool = False) -> None:
        marked = book.rule(changed).answer == NOT_STATED
        said = said if named else saying.done_by(said, words, (asked.actor,), here)
        steps.append({"text": said, "url": "", "marked": marked})

    for fact, value in near.facts.items():
        by = words.facts[fact].by
        if value is True and by:
            act(by)
        elif isinstance(value, str):
            said = words.value_words(fact, value)[here]
            other(w("law.instead_value", value=said), asked.with_facts(near.facts))
    for actor in near.actors:
        said = w("law.instead_actor", actor=words.actors[actor][here])
        other(said, asked.but(actor=actor), named=True)
    for object_ in near.objects:
        said = w("law.instead_object", object=words.objects[object_][here])
        other(said, asked.but(object=object_))
    # What was done already is no way on.
    done = {words.facts[fact].by for fact, value in asked.facts.items() if value is True}
    for name in (
        *(one for one in near.acts if one not in done),
        *(("HoldSession",) if also else ()),
    ):
        act(name)
    return steps

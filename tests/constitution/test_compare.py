"""A comparison, held against every single question put to both laws."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

import lawtext
import pytest
import second_opinion
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.constitution import packs
from kerege.constitution.compare import Comparison, Row, compare
from kerege.constitution.condition import holds
from kerege.constitution.question import FactValue, Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.space import dimensions
from kerege.constitution.table import Table
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary

KG = packs.load()
WORDS = KG.vocabulary
FIRST, *LATER = [one.id for one in KG.constitutions()]
PAIRS = [
    ((FIRST,), (LATER[0],)),
    ((FIRST,), KG.pinned(LATER[0])),
    (KG.pinned(LATER[0]), KG.pinned(LATER[-1])),
]

# Which answer makes a difference: a prohibition before what it stands against.
WEIGHTY = ("forbidden", "permitted", "not_stated", "not_empowered", "unregulated")


def every_question(words: Vocabulary) -> Iterator[Question]:
    for name, act in words.acts.items():
        if not act.judged:
            continue
        known = dimensions(name, words)
        plain = [f for f in act.facts if f not in known and not WORDS.facts[f].from_law]
        for values in product(*known.values()):
            actor, object_, place, *chosen = values
            valued = dict(zip(list(known)[3:], chosen, strict=True))
            for yes in product((False, True), repeat=len(plain)):
                facts = {**valued, **dict(zip(plain, yes, strict=True))}
                yield Question(actor, name, object_, place, facts)


def covers(row: Row, asked: Question) -> bool:
    cell = {"principal": asked.actor, "resource": asked.object, PLACE_KIND: asked.place}
    cell |= asked.facts
    return (
        row.act == asked.act
        and all(cell[name] in values for name, values in row.sets.items())
        and holds(row.where, asked.facts)
    )


def topics(a: Ruling, b: Ruling, books: tuple[Rulebook, Rulebook]) -> set[str]:
    """The topics a difference belongs to: those of the norms of the weightier answer."""
    weightier = min((a, b), key=lambda ruling: WEIGHTY.index(ruling.answer))
    book = books[0] if weightier is a else books[1]
    return {book.norms[id_].article.topic for id_ in weightier.norms}


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_every_question_is_answered_as_the_comparison_says(pair: tuple) -> None:
    books = KG.rulebook(pair[0]), KG.rulebook(pair[1])
    compared = compare(*books)
    tables = Table.of(books[0]), Table.of(books[1])
    asked_of: dict[str, list[Row]] = {}
    for row in compared.rows:
        asked_of.setdefault(row.act, []).append(row)
    of = {**books[0].norms, **books[1].norms}
    decided: dict[int, set[str]] = {}
    questions = differing = 0
    by_topic: dict[str, int] = {}
    for asked in every_question(compared.both.words):
        # The head as each law names it: each is asked about its own office.
        own = asked.object.split("/") if "/" in asked.object else [asked.object] * 2
        a, b = (
            table.rule(table.complete(asked.but(object=office)))
            for table, office in zip(tables, own, strict=True)
        )
        told = [row for row in asked_of.get(asked.act, ()) if covers(row, asked)]
        questions += 1
        differing += a.answer != b.answer
        if a.answer == b.answer:
            assert not told, asked
        else:
            assert {(row.a, row.b) for row in told} == {(a.answer, b.answer)}, asked
            assert {row.topic for row in told} == topics(a, b, books), asked
            for topic in topics(a, b, books):
                by_topic[topic] = by_topic.get(topic, 0) + 1
            for row in told:
                decided.setdefault(id(row), set()).update(a.norms, b.norms)
    for row in compared.rows:
        assert {norm.id for norm in (*row.norms_a, *row.norms_b)} <= decided[id(row)]
        topical = {id_ for id_ in decided[id(row)] if of[id_].article.topic == row.topic}
        assert topical <= {norm.id for norm in (*row.norms_a, *row.norms_b)}
    assert (compared.questions, compared.differing) == (questions, differing)
    assert dict(compared.by_topic) == by_topic


def test_a_law_does_not_differ_from_itself() -> None:
    for id_ in (FIRST, *LATER):
        book = KG.rulebook((id_,))
        compared = compare(book, book)
        assert not compared.rows and not compared.changes and compared.differing == 0
        assert compared.differing_topics() == []
        assert set(compared.unchanged()) | set(compared.not_stated()) == set(WORDS.topics)


def test_every_topic_has_its_place() -> None:
    for a, b in PAIRS:
        compared = compare(KG.rulebook(a), KG.rulebook(b))
        said = {*compared.differing_topics(), *compared.unchanged(), *compared.not_stated()}
        assert said == set(WORDS.topics)
        assert not set(compared.unchanged()) & set(compared.differing_topics())


def test_deputies_are_elected_as_before() -> None:
    compared = compare(KG.rulebook(("kg-2007",)), KG.rulebook(("kg-2010",)))
    assert "S7" in compared.unchanged()
    assert {"S2", "S4", "S5", "S6", "S8", "S9", "S10", "S11", "S12"} <= set(
        compared.differing_topics()
    )
    assert {"S1", "S11"} <= set(compared.not_stated())


def book(*rules: str) -> Rulebook:
    source = lawtext.text(lawtext.article("\n".join(rules)))
    return Rulebook(WORDS, [lawtext.read(source)])


def test_norms_named_otherwise_make_no_difference() -> None:
    rule = 'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);'
    assert not differences(book(f'@id("budget.one") {rule}'), book(f'@id("budget.other") {rule}'))


def test_the_same_said_otherwise_is_no_difference() -> None:
    one = book(
        'permit(principal, action == Action::"AdoptBudget", resource)'
        "unless { context.draftPublished && context.hearingHeld };"
    )
    other = book(
        '@id("budget.a") permit(principal, action == Action::"AdoptBudget", resource)'
        "when { !context.draftPublished };",
        '@id("budget.b") permit(principal, action == Action::"AdoptBudget", resource)'
        "when { context.draftPublished == !context.hearingHeld };",
    )
    assert not differences(one, other)


def test_one_fact_is_one_row() -> None:
    permit = '@id("budget.a") permit(principal, action == Action::"AdoptBudget", resource);'
    forbid = (
        '@id("budget.b") @requires("hearingHeld") '
        'forbid(principal, action == Action::"AdoptBudget", resource)'
        "unless { context.hearingHeld };"
    )
    (row,) = differences(book(permit), book(permit, forbid))
    assert (row.a, row.b, row.where) == (
        "permitted",
        "forbidden",
        frozenset({frozenset({("hearingHeld", False)})}),
    )
    assert all(set(row.sets[name]) == set(of) for name, of in dimensions(row.act, WORDS).items())
    assert [norm.id for norm in row.norms_b] == ["test/budget.b"]


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    """Anything the closed fragment can say of spending money."""
    if depth == 0 or draw(st.booleans()):
        leaf = draw(
            st.sampled_from(["fact", "principal", "place", "turned", "source", "among", "equal"])
        )
        if leaf == "fact":
            return f"context.{draw(st.sampled_from(SPENT))}"
        if leaf == "principal":
            return f'principal {draw(SAME)} Actor::"{draw(st.sampled_from(["kenesh", "head"]))}"'
        if leaf == "turned":
            return f'PlaceKind::"aiyl_aimak" {draw(SAME)} context.placeKind'
        if leaf == "place":
            return f'context.placeKind {draw(SAME)} PlaceKind::"settlement"'
        if leaf == "source":
            return f'context.source {draw(SAME)} Source::"local"'
        if leaf == "among":
            return '[Actor::"kenesh", Actor::"executive"].contains(principal)'
        return f"context.{SPENT[0]} {draw(SAME)} context.{SPENT[1]}"
    one = draw(expressions(depth - 1))
    joined = draw(st.sampled_from(["!", "&&", "||"]))
    return f"!({one})" if joined == "!" else f"({one}) {joined} ({draw(expressions(depth - 1))})"


SAME = st.sampled_from(["==", "!="])
SPENT = [f for f in WORDS.acts["Spend"].facts if not WORDS.values(f)]


@st.composite
def laws(draw: st.DrawFn) -> list[str]:
    rules = []
    for n in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["permit", "forbid", "@silent permit"]))
        silent, effect = ("@silent ", "permit") if kind != "forbid" else ("", kind)
        silent = silent if kind.startswith("@") else ""
        clause = draw(st.sampled_from(["when", "unless"]))
        rules.append(
            f'@id("budget.{n}") {silent}{effect}(principal, action == Action::"Spend", resource) '
            f"{clause} {{ {draw(expressions())} }};"
        )
    return rules


@settings(max_examples=25, deadline=None)
@given(laws(), laws(), st.integers(0, 1000))
def test_any_two_laws_are_compared_rightly(one: list[str], other: list[str], seed: int) -> None:
    chance = Random(seed)
    books = book(*one), book(*other)
    rows = differences(*books)
    known = [second_opinion.policies(law.editions) for law in books]
    tables = [Table.of(law) for law in books]
    for _ in range(100):
        facts: dict[str, FactValue] = {fact: chance.random() < 0.5 for fact in SPENT}
        facts["source"] = chance.choice(["local", "republican"])
        actor = chance.choice(["kenesh", "head", "executive", "court"])
        place = chance.choice(["settlement", "aiyl_aimak"])
        asked = Question(actor, "Spend", "local_budget", place, facts)
        a, b = (second_opinion.ruling(policies, asked, WORDS) for policies in known)
        assert [table.rule(asked) for table in tables] == [a, b]
        told = {(row.a, row.b) for row in rows if covers(row, asked)}
        assert told == ({(a.answer, b.answer)} if a.answer != b.answer else set())


def differences(a: Rulebook, b: Rulebook) -> tuple[Row, ...]:
    return compare(a, b).rows


def test_the_head_is_compared_office_with_office() -> None:
    compared = compare(KG.rulebook(("kg-2007",)), KG.rulebook(("kg-2010",)))
    rows = [row for row in compared.rows if row.act in ("ElectHead", "NominateHead")]
    assert rows and {row.topic for row in rows} == {"S8"}
    assert {name for row in rows for name in row.sets["resource"]} == {
        "head_of_territory/head_of_executive"
    }
    # That the offices differ is told once, under its own topic.
    assert [row for row in compared.rows if row.topic == "S9"] == []
    assert [change.said.key for change in compared.changes if change.topic == "S9"] == [
        ("parameter", "office")
    ]


def test_what_is_forbidden_only_for_lack_of_a_law_is_said_to_await_it() -> None:
    compared = compare(KG.rulebook(("kg-2007",)), KG.rulebook(("kg-2010",)))
    for row in compared.rows:
        assert row.why_b.awaits == (row.topic == "S8")
        assert not row.why_a.awaits
    stopped = '@id("budget.s") forbid(principal, action == Action::"ElectHead", resource);'
    order = (
        '@id("budget.o") @requires("orderSetByLaw") '
        'forbid(principal, action == Action::"ElectHead", resource)'
        "unless { context.orderSetByLaw };"
    )
    free = '@id("budget.p") permit(principal, action == Action::"ElectHead", resource);'
    (row,) = differences(book(free), book(free, order))
    assert row.why_b.awaits and row.why_b.lacking == ("orderSetByLaw",)
    (row,) = differences(book(free), book(free, order, stopped))
    assert not row.why_b.awaits


def test_a_law_without_a_day_counts_as_on_the_day_of_its_youngest_pack() -> None:
    law, bare = KG.rulebook(KG.pinned("kg-2010")), KG.rulebook(("kg-2010",))
    youngest = max(edition.adopted for edition in law.editions)
    day = date(2012, 1, 1)
    assert compare(bare, law, day).changes == compare(bare, law, day, youngest).changes
    assert compare(bare, law, day).changes != compare(bare, law).changes


def test_shares_differ_by_the_day() -> None:
    law = KG.rulebook(KG.pinned("kg-2010"))
    before, after = date(2012, 1, 1), date(2018, 3, 1)
    assert not compare(law, law, before, before).changes
    changes = compare(law, law, before, after).changes
    assert ("threshold", "head_election") in {change.said.key for change in changes}


def test_what_only_one_can_speak_of_is_listed() -> None:
    compared = compare(packs.find("eclsg").rulebook(("eclsg",)), KG.rulebook(("kg-2010",)))
    assert compared.both.only_b["acts"] and compared.questions
    assert not set(compared.both.only_b["acts"]) & set(compared.both.words.acts)
    _mirrored(compared)


def _mirrored(compared: Comparison) -> None:
    back = compare(compared.b, compared.a)
    assert (back.questions, back.differing) == (compared.questions, compared.differing)
    assert {(row.act, row.a, row.b) for row in compared.rows} == {
        (row.act, row.b, row.a) for row in back.rows
    }

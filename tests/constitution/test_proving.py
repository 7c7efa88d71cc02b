"""The proof holds for the shipped laws, and fails for a comparison that leaves out or makes up."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import lawtext
import pytest

from kerege.constitution import packs
from kerege.constitution.compare import Comparison, compare
from kerege.constitution.condition import ALWAYS
from kerege.constitution.proving import document, pairs, prove
from kerege.constitution.rulebook import Rulebook

KG = packs.load()
WORDS = KG.vocabulary
STORED = Path(__file__).parents[2] / "docs/proof.md"

PERMIT = '@id("budget.a") permit(principal, action == Action::"AdoptBudget", resource);'
FORBID = (
    '@id("budget.b") @requires("hearingHeld") '
    'forbid(principal, action == Action::"AdoptBudget", resource) '
    'when { principal == Actor::"kenesh" && [PlaceKind::"settlement"].contains(context.placeKind) }'
    "unless { context.hearingHeld || context.draftPublished != context.republicanLines };"
)
SILENT = '@id("budget.c") @silent permit(principal, action == Action::"HoldHearing", resource);'


def book(*rules: str) -> Rulebook:
    return Rulebook(WORDS, [lawtext.read(lawtext.text(lawtext.article("\n".join(rules))))])


COMPARED = compare(book(PERMIT, SILENT), book(PERMIT, FORBID))


def failing(compared: Comparison) -> set[str]:
    return {claim.what for claim in prove(compared).claims if not claim.holds}


KENESH = (
    '@id("budget.k") permit(principal == Actor::"kenesh", action == Action::"Spend", resource);'
)


def test_a_power_that_is_gone_is_proved_too() -> None:
    compared = compare(book(PERMIT, KENESH), book(PERMIT))
    assert {(row.a, row.b) for row in compared.rows} == {
        ("permitted", "unregulated"),
        ("not_empowered", "unregulated"),
    }
    assert prove(compared).holds


def test_a_comparison_is_proved() -> None:
    proved = prove(COMPARED)
    assert proved.holds and not proved.idle
    assert len(COMPARED.rows) == 2 and "proved" in proved.text()
    assert proved.json()["holds"] is True


@pytest.mark.parametrize("left_out", range(len(COMPARED.rows)))
def test_a_row_left_out_is_found(left_out: int) -> None:
    rows = tuple(row for n, row in enumerate(COMPARED.rows) if n != left_out)
    proved = prove(replace(COMPARED, rows=rows))
    missed = "no question, about any community, is answered differently outside the list"
    (claim,) = (one for one in proved.claims if one.what == missed)
    assert not proved.holds and not claim.holds
    assert claim.against[0].startswith(COMPARED.rows[left_out].act)
    assert "NOT PROVED" in proved.text()


def test_a_row_too_wide_is_found() -> None:
    wide = tuple(replace(row, where=ALWAYS) for row in COMPARED.rows)
    assert failing(replace(COMPARED, rows=wide)) == {
        "every question in a row of the list is answered as the row says"
    }


def test_a_row_under_another_topic_is_found() -> None:
    moved = tuple(replace(row, topic="S7") for row in COMPARED.rows)
    assert any("topic without a row" in what for what in failing(replace(COMPARED, rows=moved)))


def test_a_row_of_nothing_is_found() -> None:
    empty = replace(COMPARED.rows[0], where=frozenset())
    rows = (*COMPARED.rows, empty)
    assert failing(replace(COMPARED, rows=rows)) == {"no row of the list is empty"}


def test_silence_left_out_or_made_up_is_found() -> None:
    assert failing(replace(COMPARED, silent_a={})) == {"nothing else rests on silence"}
    assert failing(replace(COMPARED, silent_b={"S7": ("HoldHearing",)})) == {
        "what is listed as resting on silence does"
    }


def head(office: str, *rules: str) -> Rulebook:
    """A law that names its office, with rules on the head."""
    source = lawtext.article("\n".join(rules), toml=f'[parameter]\noffice = "{office}"')
    return Rulebook(WORDS, [lawtext.read(lawtext.text(source))])


def elected(office: str) -> str:
    return (
        '@id("budget.e") permit(principal, action == Action::"ElectHead", resource) '
        f'when {{ resource == Object::"{office}" }};'
    )


OTHER = '@id("budget.o") forbid(principal, action == Action::"ElectHead", resource) unless '
TERRITORY, EXECUTIVE = "head_of_territory", "head_of_executive"


def test_offices_are_proved_each_by_its_own_name() -> None:
    books = [
        head(office, elected(office), OTHER + f'{{ resource == Object::"{office}" }};')
        for office in (TERRITORY, EXECUTIVE)
    ]
    compared = compare(*books)
    assert not compared.rows and prove(compared).holds


def test_what_is_lost_by_asking_each_about_its_own_office_is_found() -> None:
    compared = compare(head(TERRITORY, elected(TERRITORY)), head(EXECUTIVE, elected(TERRITORY)))
    lost = "asked about the office of the other law, each refuses for that or answers as of its own"
    assert failing(compared) == {lost}


def test_a_norm_that_never_decides_is_named() -> None:
    never = '@id("budget.n") forbid(principal, action == Action::"HoldHearing", resource)'
    never += "when { true != true };"
    shadowed = (
        '@id("budget.s") @silent permit(principal, action == Action::"AdoptBudget", resource);'
    )
    idle = prove(compare(book(PERMIT), book(PERMIT, never, shadowed))).idle
    assert idle == ("test/budget.n", "test/budget.s")


def test_the_stored_proof_is_of_these_laws() -> None:
    """`make prove` writes it anew."""
    stored = STORED.read_text("utf-8")
    for a, b in pairs(KG):
        assert f"Rulebooks `{a.digest}` and `{b.digest}`." in stored, "run tools/proving.py"
    assert stored.count("\n## ") == len(pairs(KG))
    assert "NOT PROVED" not in stored


@pytest.mark.prove
def test_every_pair_of_shipped_laws_is_proved_as_stored() -> None:
    text, holds = document(KG)
    assert holds
    assert STORED.read_text("utf-8") == text


@pytest.mark.prove
def test_a_row_left_out_of_any_shipped_comparison_is_found() -> None:
    for a, b in combinations([one.id for one in KG.constitutions()], 2):
        compared = compare(KG.rulebook((a,)), KG.rulebook(KG.pinned(b)))
        for row in compared.rows[::7]:
            rows = tuple(one for one in compared.rows if one is not row)
            assert not prove(replace(compared, rows=rows)).holds, (a, b, row.act)

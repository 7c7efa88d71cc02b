"""The law of Kyrgyzstan as this release ships it: what a lawyer would look for first.

The rulings themselves are in ``golden.jsonl`` and in the examples; here stand the things that no
example can show: that silence is nowhere turned into a rule, and that no point is left out.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from kerege.constitution import packs
from kerege.constitution.edition import Article
from kerege.constitution.question import Question
from kerege.words import LANGUAGES

KG = packs.load()
EVERY = [(e.id, a) for e in KG.editions.values() for a in e.articles.values()]
# S14, the purpose, is nothing a law could say.
POINTS = [f"S{n}" for n in range(1, 14)]
CONSTITUTIONS = ["kg-2007", "kg-2010", "kg-2021"]


def ids(row: object) -> str:
    return row.anchor if isinstance(row, Article) else str(row)


@pytest.mark.parametrize("pack", CONSTITUTIONS)
@pytest.mark.parametrize("point", POINTS)
def test_every_point_has_a_rule_or_an_honest_not_stated(pack: str, point: str) -> None:
    book = KG.rulebook([pack])
    articles = [a for a in KG.edition(pack).articles.values() if a.topic == point]
    assert articles
    for article in articles:
        norms = [norm for norm in book.norms.values() if norm.article is article]
        assert norms or article.tables.names or article.grade == "none"
        if article.grade == "none":
            assert all(norm.silent for norm in norms)


@pytest.mark.parametrize(("pack", "article"), EVERY, ids=ids)
def test_what_is_not_known_is_not_a_rule(pack: str, article: Article) -> None:
    book = KG.rulebook(KG.standing(pack))
    for norm in book.norms.values():
        if norm.article is article and norm.silent:
            assert norm.effect == "permit"
            assert norm.grade == "none"


def test_the_numbers_of_2007_are_not_known() -> None:
    assert {a.article for a in KG.edition("kg-2007").articles.values()} == {""}


def test_the_brochure_is_a_secondary_source() -> None:
    for article in KG.edition("kg-2007").articles.values():
        assert article.grade in ("B", "none") or article.anchor == "referendum"
        assert article.reading in ("brochure", "ours")


def test_only_article_110_was_seen_in_the_official_text_of_2010() -> None:
    for article in KG.edition("kg-2010").articles.values():
        assert (article.grade == "A") == article.article.startswith("110"), article.anchor


def test_the_words_of_article_113_were_not_seen() -> None:
    article = KG.edition("kg-2010").articles["delegation"]
    assert (article.article, article.grade, article.reading) == ("113", "B", "brochure")
    assert "from memory" in article.source


def test_a_hearing_and_the_year_before_are_our_readings() -> None:
    book = KG.rulebook(["kg-2010"])
    ours = ("hearing", "published", "account")
    for name in (*(f"budget.{one}" for one in ours), "kenesh.only", "delegation.both-sides"):
        assert book.norms[f"kg-2010/{name}"].reading == "ours"
    assert book.norms["kg-2010/budget.formed"].reading == "text"


@pytest.mark.parametrize(("pack", "article"), EVERY, ids=ids)
def test_an_article_is_said_in_three_languages(pack: str, article: Article) -> None:
    assert not re.search("[a-zA-Z]", article.words.ky)
    assert not re.search("[ңөүa-zA-Z]", article.words.ru)
    assert not re.search("[а-яА-Я]", article.words.en)
    for language in LANGUAGES:
        said = article.words[language]
        assert said.endswith("."), said
        assert "  " not in said
        # One breath: a villager reads it on a phone.
        assert len(said) <= 330, len(said)


def test_deputies_are_elected_the_same_way_in_both() -> None:
    for actor in KG.vocabulary.actors:
        for manner in ("direct", "indirect"):
            asked = Question(actor, "ElectDeputies", "deputies", "aiyl_aimak", {"manner": manner})
            old, new = (KG.rulebook([pack]).rule(asked) for pack in ("kg-2007", "kg-2010"))
            assert old.answer == new.answer
            assert [n.split("/")[1] for n in old.norms] == [n.split("/")[1] for n in new.norms]


@pytest.mark.parametrize("pack", CONSTITUTIONS)
@pytest.mark.parametrize("place", KG.vocabulary.places)
def test_everything_has_a_name_everywhere(pack: str, place: str) -> None:
    assert set(KG.rulebook([pack]).names(place)) == {"place", "kenesh", "executive", "head"}


def test_two_names_only_from_2010() -> None:
    book = KG.rulebook(["kg-2010"])
    names = {book.names(place)["executive"].ky for place in KG.vocabulary.places}
    assert names == {"айыл өкмөтү", "мэрия"}


def test_the_office_is_of_the_territory_and_then_of_the_executive() -> None:
    assert KG.rulebook(["kg-2007"]).parameter("office") == "head_of_territory"
    assert KG.rulebook(["kg-2010"]).parameter("office") == "head_of_executive"


def of_its_nature(act: str, *, facts: bool) -> Iterator[Question]:
    """Questions about an act by those whose act it is, with everything in its favour or nothing."""
    word = KG.vocabulary.acts[act]
    values = [KG.vocabulary.values(fact) or (facts,) for fact in word.facts]
    for parts in product(word.actors, word.objects, KG.vocabulary.places, product(*values)):
        actor, object_, place, chosen = parts
        yield Question(actor, act, object_, place, dict(zip(word.facts, chosen, strict=True)))


JUDGED = [name for name, word in KG.vocabulary.acts.items() if word.judged]


@pytest.mark.parametrize("act", JUDGED)
def test_what_2021_is_silent_on_passes_for_those_whose_act_it_is(act: str) -> None:
    book = KG.rulebook(["kg-2021"])
    spoken = {("community", "RaiseIssue"), ("community", "DecideIssue")}
    for asked in of_its_nature(act, facts=True):
        known = (asked.actor, act) in spoken
        assert book.rule(asked).answer == ("permitted" if known else "not_stated"), asked
    others = [
        actor for actor in KG.vocabulary.actors if actor not in KG.vocabulary.acts[act].actors
    ]
    for asked in of_its_nature(act, facts=True):
        # Several acts share a silence; nobody outside those acts is let through by it.
        strangers = {actor for actor in others if book.rule(asked.but(actor=actor)).effective}
        assert not strangers & {"official", "tos", "court"}, asked


@pytest.mark.parametrize("act", JUDGED)
def test_no_act_is_left_without_a_word(act: str) -> None:
    """What we do not know passes and is marked; it is not refused for want of a rule."""
    for constitution in CONSTITUTIONS:
        if (constitution, act) == ("kg-2007", "ConsentDelegation"):
            continue  # By law only: there is nothing to consent to.
        for asked in of_its_nature(act, facts=True):
            book = KG.rulebook(KG.pinned(constitution))
            assert book.rule(book.complete(asked)).answer != "unregulated", asked


def test_nothing_of_2021_is_graded_above_what_was_seen() -> None:
    articles = KG.edition("kg-2021").articles
    assert {a.anchor: a.grade for a in articles.values() if a.grade != "none"} == {
        "concept": "B",
        "names": "B",
    }
    assert {a.article for a in articles.values()} == {""}
    seen = {a.anchor for a in KG.edition("kg-law-123-2021").articles.values() if a.grade == "A"}
    assert seen == {"scope"}


REGIMES = {
    "2007": (("kg-2007",), date(2009, 1, 1)),
    "2010": (("kg-2010",), date(2011, 1, 1)),
    "2011": (KG.pinned("kg-2010"), date(2018, 2, 14)),
    "2018": (KG.pinned("kg-2010"), date(2018, 2, 15)),
    "2021": (KG.pinned("kg-2021"), date(2021, 10, 21)),
}


@pytest.mark.parametrize(
    ("regime", "elected", "appointed"),
    [
        ("2007", {"proposedByGovernor"}, False),
        # Before a law sets the order nobody can be elected.
        ("2010", None, False),
        ("2011", {"orderSetByLaw", "participationReached"}, False),
        ("2018", {"orderSetByLaw", "participationReached"}, False),
        ("2021", None, True),
    ],
)
def test_the_regimes_of_choosing_a_head(
    regime: str, elected: set[str] | None, appointed: bool
) -> None:
    book = KG.rulebook(REGIMES[regime][0])
    office = str(book.parameter("office"))
    facts = dict.fromkeys(KG.vocabulary.acts["ElectHead"].facts, False)
    asked = Question("kenesh", "ElectHead", office, "aiyl_aimak", facts)
    told = book.complete(asked.with_facts(dict.fromkeys(facts, True)))
    assert book.rule(told).effective == (elected is not None)
    if elected is not None:
        assert book.rule(asked.with_facts(dict.fromkeys(elected, True))).effective
        for fact in elected:
            rest = dict.fromkeys(elected - {fact}, True)
            assert not book.rule(asked.with_facts(rest)).effective
    by_governor = Question("governor", "AppointHead", office, "aiyl_aimak", {})
    assert book.rule(by_governor).effective == appointed


def test_how_many_deputies_take_part_in_choosing_a_head() -> None:
    told = {}
    for regime, (packs_, on) in REGIMES.items():
        share = KG.rulebook(packs_).threshold("head_election", on)
        told[regime] = share and (share.share, share.exceeded)
    two_thirds, more_than_half = (Fraction(2, 3), False), (Fraction(1, 2), True)
    assert told == {
        "2007": None,
        "2010": None,
        "2011": two_thirds,
        "2018": more_than_half,
        "2021": None,
    }


@pytest.mark.parametrize(
    ("name", "place", "last", "first", "before", "after"),
    [
        ("nomination_ends", "aiyl_aimak", "2011-10-11", "2011-10-12", None, 30),
        ("nomination_ends", "city_oblast", "2011-10-11", "2011-10-12", None, 40),
        ("nomination_ends", "settlement", "2011-10-11", "2011-10-12", None, None),
        ("list_of_seats", "city_rayon", "2011-10-11", "2011-10-12", 200, 150),
        ("list_threshold", "city_oblast", "2024-11-16", "2024-11-17", 7, 5),
        ("list_threshold", "aiyl_aimak", "2024-11-16", "2024-11-17", None, None),
        ("seats_for_women", "aiyl_aimak", "2018-12-31", "2019-01-01", None, 30),
        ("kenesh_seats", "city_republican", "2024-09-18", "2024-09-19", None, 51),
        ("kenesh_seats", "city_oblast", "2024-09-18", "2024-09-19", None, None),
        ("kenesh_term", "settlement", "2024-11-16", "2024-11-17", 48, 60),
        ("head_term", "aiyl_aimak", "2021-10-20", "2021-10-21", 48, 60),
    ],
)
def test_numbers_change_on_their_day(
    name: str, place: str, last: str, first: str, before: int | None, after: int | None
) -> None:
    found = []
    for day in (last, first):
        on = date.fromisoformat(day)
        pinned = KG.pinned("kg-2021" if day >= "2021-10-21" else "kg-2010")
        number = KG.rulebook(pinned).number(name, on, place)
        found.append(number.value if number else None)
    assert found == [before, after]


def test_a_last_day_of_the_year_is_told_as_our_reading() -> None:
    """No text says by which day these are due; where the duty is shown, whose reading it is is."""
    duties = [
        d for one in KG.editions.values() for a in one.articles.values() for d in a.tables.duties
    ]
    found = {d.id: d.reading for d in duties if d.by == (12, 31)}
    assert len(found) == 4 and set(found.values()) == {"ours"}


def test_which_text_on_participation_is_not_known_is_told() -> None:
    for pack, en, ru in (
        ("kg-2007", "the Constitution of 2007", "законы тех лет"),
        ("kg-2010", "article 113 and the laws of those years", "статья 113 и законы тех лет"),
        ("kg-2021", "The Typical charter of 2022 is known", "Типовой устав 2022 года"),
    ):
        said = KG.edition(pack).articles["participation-acts"].words
        assert en in said.en and ru in said.ru and "тексти белгисиз" in said.ky

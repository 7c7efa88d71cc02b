"""Telling an entry in plain words, in Kyrgyz, Russian and English. S14."""

import pytest

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Actor
from kerege.municipality.fields import (
    Choice,
    Flag,
    Kind,
    MandateId,
    Reference,
    Text,
    Whole,
)
from kerege.municipality.fields import Day as DayKind
from kerege.municipality.problem import Problem
from kerege.municipality.telling import Teller, day, field_name, problem, som
from kerege.words import LANGUAGES
from tests import cast
from tests.cast import BOTH, CHAIR, DAY, HEAD, MINISTRY, NEW, OLD, RIVAL, Town, naryn
from tests.municipality.filling_in import something


def teller(town: Town, language: str, names: bool = True) -> Teller:
    told = dict(town.book.names("city_oblast")) if names else None
    return Teller(town.m, packs.load(), ACTS, language, told)


def say(town: Town, n: int, language: str = "ky") -> str:
    return plain(teller(town, language).sentence(town.entries[n], n))


def plain(text: str) -> str:
    """CLDR keeps numbers and days together with spaces of its own."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# -- whole sentences ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", sorted(ACTS))
def test_s14_every_act_is_told(name, full, language):
    town, told = naryn(*NEW), ACTS[name].told()
    entry = town.entries[0]
    entry.act, entry.actor = name, Actor("kenesh")
    entry.fields = {f: something(t.kind, f) for f, t in told.items() if full or not t.optional}
    said = teller(town, language).sentence(entry)
    assert said[0] == said[0].upper() and said.strip() == said
    slots = [f"{{{f}}}" for f in (*told, "actor")]
    assert not any(slot in said for slot in slots)


def test_s14_in_the_words_of_each_language():
    town = naryn(*NEW)
    town.open_budget()
    n = town.decide("AdoptBudget", year=2010, lines=BOTH).n
    for language, actor, sum_ in (
        ("ky", "Шаардык кеңеш", "6 000 сом"),
        ("ru", "Городской кенеш", "6 000 сом"),
        ("en", "City kenesh", "6,000 som"),
    ):
        said = say(town, n, language)
        assert said.startswith(actor) and said.endswith(sum_) and "2010" in said


def test_s6_names_are_those_of_the_edition_and_without_one_those_of_the_vocabulary():
    town = naryn(*NEW)
    entry = town.act("RaiseIssue", "executive", title="Жол", text="…").entry
    assert teller(town, "en").sentence(entry).startswith("Mayor's office")
    assert teller(town, "en", names=False).sentence(entry).startswith("Executive body")
    village = naryn(*OLD, kind="settlement")
    entry = village.act("RaiseIssue", "executive", title="Жол", text="…").entry
    named = Teller(village.m, packs.load(), ACTS, "ky", village.book.names("settlement"))
    assert named.sentence(entry).startswith("Поселкалык башкармалык")


def test_a_correction_is_told_and_the_first_words_stay_in_the_entry():
    town = naryn(*NEW)
    n = town.hold_session()
    town.act("Correct", entry=n, field="number", text="4")
    assert "4-сессиясы" in say(town, n)
    assert "3-сессиясы" in teller(town, "ky").sentence(town.entries[n])
    town.act("Correct", entry=4, field="holders", text="\n".join([RIVAL, *cast.DEPUTIES[1:]]))
    assert RIVAL in say(town, 4) and cast.DEPUTIES[1] in say(town, 4)


def test_a_result_without_shares_has_no_dashes_in_their_place():
    country = cast.the_history()
    entries = [e for e in country.entries if e.act == "RecordReferendum"]
    said = [teller(country, "ky").sentence(one) for one in entries]
    assert any("(макул " in one for one in said) and not any("–" in one for one in said)
    assert any("(" not in one for one in said)


def test_a_contested_correction_of_a_count_is_told_too():
    town = naryn(*NEW)
    town.open_budget()
    n = town.m.size - 1
    town.act("Correct", entry=n, field="participants", text="1045")
    assert "1 045" in say(town, n, "ru")


# -- parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_field_has_a_name_and_every_choice_words(name, language):
    town = naryn(*NEW)
    for field, told in ACTS[name].told().items():
        assert field_name(field, language)
        if isinstance(told.kind, Choice):
            for choice in told.kind.values:
                said = teller(town, language).value(field, told.kind, choice)
                assert said and (language == "en" or said != choice)


def test_a_cause_is_told_as_a_cause_and_a_body_as_a_body():
    town, kinds = naryn(*NEW), {"cause": Choice(("court",)), "of": Choice(("head",))}
    by_court = telling.words("fields")["choice.cause.court"]["en"]
    assert teller(town, "en").value("cause", kinds["cause"], "court") == by_court != "court"
    assert teller(town, "en").value("of", kinds["of"], "head") == "head of the executive body"
    with pytest.raises(KeyError):
        teller(town, "en").value("cause", Choice(("boredom",)), "boredom")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Actor("kenesh"), "city kenesh"),
        (Actor("head", "6.0"), f"mayor ({HEAD})"),
        (Actor("deputy", "4.2"), f"deputy ({CHAIR})"),
        (Actor("state_body", MINISTRY), f"state body ({MINISTRY})"),
        (Actor("community"), "local community"),
        (Actor("recorder"), "recorder"),
        (Actor("operator"), "operator of the server"),
        (Actor("king", "Ludwig"), "king (Ludwig)"),
    ],
)
def test_who_acted(who, said):
    assert teller(naryn(*NEW), "en").actor(who) == said


@pytest.mark.parametrize(
    ("field", "kind", "given", "said"),
    [
        ("amount", Whole(), 1234567, "1 234 567 сом"),
        ("present", Whole(), 1234, "1 234"),
        ("year", Whole(), 2010, "2010"),
        ("yes_share", Whole(), 9070, "90,7 %"),
        ("day", DayKind(), "2010-06-27", "2010-ж., 27-июнь"),
        ("session", Reference("session"), 1234, "1234"),
        ("exercise", Flag(), True, "✓"),
        ("exercise", Flag(), False, "–"),
        ("mandate", MandateId(), "6.0", f"мэр – {HEAD}"),
        ("mandate", MandateId(), "9.9", "9.9"),
        ("edition", Kind(), "kg-2010", "Конституция, 2010-жылдын 27-июну"),
        ("edition", Kind(), "kg-1993", "kg-1993"),
        ("title", Kind(), None, "–"),
    ],
)
def test_values(field, kind, given, said):
    told = teller(naryn(*NEW), "ky").value(field, kind, given)
    if field == "edition" and given in packs.load().editions:
        said = packs.load().edition(given).title["ky"]
    assert plain(told) == said


def test_days_and_money():
    assert [plain(day(DAY, x)) for x in LANGUAGES] == [
        "2010-ж., 2-март",
        "2 марта 2010 г.",
        "March 2, 2010",
    ]
    assert [plain(telling.day_or_month("2021-04", x)) for x in LANGUAGES] == [
        "2021-ж., апрель",
        "апрель 2021 г.",
        "April 2021",
    ]
    assert telling.day_or_month("2010-03-02", "ky") == day(DAY, "ky")
    assert [plain(som(10**13, x)) for x in LANGUAGES] == [
        "10 000 000 000 000 сом",
        "10 000 000 000 000 сом",
        "10,000,000,000,000 som",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_told_with_days_and_numbers_of_the_language(language):
    said = problem(Problem("session", "other_day", {"day": "2010-03-02"}), language)
    assert day(DAY, language) in said and "2010-03-02" not in said
    out = problem(Problem("amount", "out_of_range", {"least": 1, "most": 10**13}), language)
    assert telling.number(10**13, language) in out


def test_what_somebody_typed_is_told_as_it_is():
    said = problem(Problem("actor", "no_such_thing", {"value": "{day} %s <b>"}), "en")
    assert "{day} %s <b>" in said


def test_a_year_is_not_written_like_money():
    bounds = {"least": 2000, "most": 2100}
    assert "2000 менен 2100 " in problem(Problem("year", "out_of_range", bounds), "ky")
    far = {"first_year": 1900, "last_year": 2200}
    assert "1900 менен 2200 " in problem(Problem("held_on", "far_year", far), "ky")
    assert "2,000 and 2,100" in problem(Problem("voters", "out_of_range", bounds), "en")


def test_a_sum_is_asked_for_in_whole_som():
    for field, whole_som in (("amount", True), ("means", True), ("voters", False)):
        said = problem(Problem(field, "not_a_number"), "ky")
        assert ("тыйынсыз" in said) is whole_som, field


def test_where_a_unit_comes_from_is_told_in_words():
    said, kind = teller(naryn(*NEW), "ru"), Text(120)
    assert said.value("as_of", kind, "2021-04") == "апрель 2021\u202fг."
    told = said.value("source", kind, "soate-2021+cities-2025")
    assert told == "государственный классификатор территориальных единиц, " + (
        "государственный перечень городов"
    )
    # Of a register that came from elsewhere.
    assert said.value("as_of", kind, "байыркы") == "байыркы"
    assert said.value("source", kind, "elsewhere") == "elsewhere"

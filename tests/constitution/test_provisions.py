"""What an article tells besides rules, line by line in words."""

from pathlib import Path

import pytest
from lawtext import VOCABULARY, article, book, text

from kerege.constitution import packs
from kerege.constitution.numbers import UNITS
from kerege.constitution.provisions import duty_said, provisions
from kerege.words import LANGUAGES, shipped

KG = packs.load()

NAMES = """
[names.aiyl_aimak]
head = { ky = "баш", ru = "глава", en = "head" }
[names.settlement]
head = { ky = "баш", ru = "глава", en = "head" }
[parameter]
office = "head_of_executive"
[law]
orderSetByLaw = true
"""

SHARES = """
[[threshold]]
name = "head_election"
at_least = "2/3"
of = ["seats"]
until = 2018-02-15
[[threshold]]
name = "head_election"
more_than = "1/2"
of = ["seats"]
since = 2018-02-15
[[number]]
name = "answer_time"
value = 3
unit = "working_days"
[[number]]
name = "twice"
value = 2
unit = "times"
"""

DUTY = """
[[duty]]
id = "budget.{name}"
ky = "отчет"
ru = "отчёт"
en = "a report"
who = ["executive", "head"]
to = "kenesh"
act = "ReportToKenesh"
"""


def told(toml: str, language: str = "en") -> list[tuple[str, str]]:
    made = book(text(article(toml=toml)))
    return list(provisions(made, "test/budget", language))


def duty(lines: str, language: str = "en") -> str:
    *_, (subject, value) = told(SHARES + DUTY.format(name="report") + lines, language)
    assert subject == {"ky": "отчет", "ru": "отчёт", "en": "a report"}[language]
    return value


def test_names_alike_in_several_places_are_one_line() -> None:
    lines = told(NAMES)
    assert len(lines) == 3
    places = (VOCABULARY.places["aiyl_aimak"].en, VOCABULARY.places["settlement"].en)
    assert all(place in lines[0][0] for place in places) and "head" in lines[0][1]
    assert lines[1][1] == VOCABULARY.objects["head_of_executive"].en
    assert lines[2][1] == VOCABULARY.facts["orderSetByLaw"].words.en


def test_shares_and_numbers_stand_with_their_days() -> None:
    shares, time, times = told(SHARES)
    assert "2/3" in shares[1] and "15.02.2018" in shares[1] and "1/2" in shares[1]
    assert time[1] == "3 working days" and times[1] == "2 times"


def test_a_duty_after_an_act() -> None:
    said = duty('after = "DemandAccount"\nrefers = "demand"\nwithin = "answer_time"\n')
    assert said == (
        "who: executive body, head of the executive body; to whom: local kenesh; "
        "after this: Demand an account; within: 3 working days; "
        "it is done by: Report to the kenesh."
    )
    said = duty(
        'after = "DemandAccount"\nrefers = "demand"\non = "due"\n'
        'only = { of = ["executive"] }\nfact = "accountGiven"\nlate = "counts"\n'
    )
    assert "only for: executive body; by the day named in it" in said
    assert said.endswith("done late, it counts all the same.")
    said = duty('each = "year"\nby = "12-31"\nreading = "ours"\n')
    assert said.endswith("; as we read it.")
    said = duty(
        'after = "DemandAccount"\nrefers = "demand"\non = "due"\nonly = { unanswered = [true] }\n'
    )
    assert "; if questions were left unanswered; " in said and "True" not in said


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [1, 2, 5, 21])
def test_a_number_has_the_words_that_go_with_it(unit: str, value: int) -> None:
    toml = f'[[number]]\nname = "some"\nvalue = {value}\nunit = "{unit}"\n'
    for language in LANGUAGES:
        ((_, said),) = told(toml, language)
        assert said.startswith(str(value)) and said != str(value)
    if unit == "months":
        said = told(toml, "ru")[0][1]
        assert said == {1: "1 месяц", 2: "2 месяца", 5: "5 месяцев", 21: "21 месяц"}[value]


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("ky", "31-декабрь (кийинки жыл)"),
        ("ru", "31 декабря (следующего года)"),
        ("en", "December 31 (of the next year)"),
    ],
)
def test_a_duty_of_every_year(language: str, day: str) -> None:
    lines = 'each = "year"\nby = "12-31"\nyears = 1\nopens = "01-01"\ntimes = "twice"\n'
    said = duty(lines, language)
    words = shipped("constitution", "duty")
    assert words["duty.each"][language] in said
    assert words["duty.by"].say(language, day=day) in said
    assert VOCABULARY.acts["ReportToKenesh"].words[language] in said and "2" in said
    before = duty('each = "year"\nby = "06-01"\nyears = -1\n')
    assert "June 1 (of the year before)" in before


def test_every_article_of_every_pack_can_be_told() -> None:
    counted = 0
    for one in KG.editions.values():
        made = KG.rulebook(KG.standing(one.id))
        for anchor, each in one.articles.items():
            tables = each.tables
            for language in LANGUAGES:
                lines = list(provisions(made, f"{one.id}/{anchor}", language))
                assert all(subject and value for subject, value in lines)
                assert len(lines) >= len(tables.duties) + len({n.name for n in tables.numbers})
                counted += len(lines)
    assert counted > 100


def test_every_word_of_a_duty_is_used() -> None:
    code = Path(duty_said.__code__.co_filename).read_text("utf-8")
    articles = [a for one in KG.editions.values() for a in one.articles.values()]
    asked_for = {line for a in articles for duty in a.tables.duties for line in duty.only}
    for key in shipped("constitution", "duty"):
        short = key.removeprefix("duty.")
        if short.startswith("if_"):
            assert short.removeprefix("if_") in asked_for, key
        else:
            assert f'say("{short}"' in code or f'"{short}"' in code, key

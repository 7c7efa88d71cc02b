"""What a law tells besides rules, by keys that two laws share."""

from datetime import date

import lawtext

from kerege.constitution import packs
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.told import Told, changes, told

KG = packs.load()
WORDS = KG.vocabulary


def of(toml: str, cedar: str = "") -> dict[tuple[str, ...], Told]:
    source = lawtext.text(lawtext.article(cedar, toml=toml))
    return told(Rulebook(WORDS, [lawtext.read(source)]))


NUMBER = '[[number]]\nname = "answer_time"\nvalue = {value}\nunit = "days"\n'
DUTY = """
[[duty]]
id = "budget.report"
ky = "отчет"
ru = "отчёт"
en = "{name}"
who = ["executive"]
to = "kenesh"
after = "DemandAccount"
act = "ReportToKenesh"
refers = "demand"
on = "{on}"
"""


def test_every_table_of_the_shipped_law_is_told() -> None:
    for one in KG.constitutions():
        book = KG.rulebook(KG.pinned(one.id))
        found = told(book)
        for edition in book.editions:
            for article in edition.articles.values():
                tables = article.tables
                keys = {("name", p, t) for p, things in tables.names.items() for t in things}
                keys |= {("parameter", name) for name in tables.parameters}
                keys |= {("law", fact) for fact, yes in tables.law.items() if yes}
                keys |= {("number", row.name) for row in tables.numbers}
                keys |= {("duty", duty.id.partition("/")[2]) for duty in tables.duties}
                assert keys <= set(found)
        for threshold in book.thresholds:
            assert threshold in found[("threshold", threshold.name)].value


def test_what_is_told_differs_by_what_it_says_and_not_by_where_it_stands() -> None:
    one, other = of(NUMBER.format(value=5)), of(NUMBER.format(value=6))
    assert not list(changes(one, of(NUMBER.format(value=5))))
    ((before, after),) = changes(one, other)
    assert before and after and (before.value[0].value, after.value[0].value) == (5, 6)
    assert list(changes(one, {})) == [(before, None)]
    same = of(DUTY.format(name="account", on="due")), of(DUTY.format(name="report", on="due"))
    assert not list(changes(*same))
    assert len(list(changes(same[0], of(DUTY.format(name="account", on="day"))))) == 1


def test_a_law_fact_that_is_not_so_is_not_told() -> None:
    assert not of("[law]\norderSetByLaw = false")
    assert list(of("[law]\norderSetByLaw = true")) == [("law", "orderSetByLaw")]


def test_shares_and_numbers_of_a_day_have_no_days() -> None:
    law = KG.rulebook(KG.pinned("kg-2010"))
    key = ("threshold", "head_election")
    before, after = (told(law, on)[key].value for on in (date(2012, 1, 1), date(2018, 3, 1)))
    assert len(before) == len(after) == 1 and before != after
    assert before[0].since is before[0].until is None
    assert len(told(law)[key].value) == 2


def test_what_rules_of_its_article_require_comes_along() -> None:
    rule = (
        '@requires("hearingHeld") forbid(principal, action == Action::"AdoptBudget", resource)'
        "unless { context.hearingHeld };"
    )
    assert of(NUMBER.format(value=5), rule)[("number", "answer_time")].requires == ("hearingHeld",)

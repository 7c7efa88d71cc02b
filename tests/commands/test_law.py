"""``kerege ask``: the law of a day or of an edition, asked from the shell."""

import json

import pytest

from kerege.__main__ import main


def ask(capsys, *words: str) -> tuple[int, str, str]:
    """The exit code, what was printed and what was said of a mistake."""
    code = main(["ask", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_day_is_asked_by_the_law_of_that_day(capsys):
    reached = ("ElectHead", "--fact", "participationReached=yes", "--json")
    code, out, _ = ask(capsys, *reached, "--on", "2010-12-01")
    assert json.loads(out)["rulebook"][0] == "kg-2010"
    assert json.loads(out)["basis"] != "permitted"
    code, out, _ = ask(capsys, *reached, "--on", "2012-06-01")
    assert code == 0 and "kg-law-101-2011" in json.loads(out)["rulebook"]


def test_without_a_day_it_is_the_law_of_today(capsys):
    code, out, _ = ask(capsys, "AdoptBudget", "--json")
    assert code in (0, 1)
    assert json.loads(out)["rulebook"][0] == "kg-2021"


def test_facts_left_unnamed_are_no_and_the_answer_says_what_would_do(capsys):
    code, out, _ = ask(capsys, "ElectHead", "--on", "2012-06-01", "--json")
    cases = json.loads(out)["if"]
    assert code == 1 and cases == [{"facts": {"participationReached": True}, "answer": "permitted"}]
    code, out, _ = ask(capsys, "ElectHead", "--on", "2012-06-01")
    assert code == 1 and "Answer: It depends" in out and "does not allow" not in out
    assert "Allowed if:\n- enough deputies took part" in out


def test_an_edition_is_asked_whatever_the_day(capsys):
    code, out, _ = ask(capsys, "ConstituteBody", "--object", "other_body", "--edition", "kg-2007")
    assert code == 0 and "The law allows this" in out
    code, out, _ = ask(capsys, "ElectHead", "--edition", "kg-2010", "--laws", "", "--json")
    assert code == 1 and json.loads(out)["rulebook"] == ["kg-2010"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ky", "Жооп: Шартка жараша"),
        ("ru", "Ответ: Зависит от условий"),
        ("en", "Answer: It depends"),
    ],
)
def test_the_answer_is_said_in_a_language(capsys, language, said):
    words = ("AdoptBudget", "--on", "2012-06-01", "--language", language)
    code, out, _ = ask(capsys, *words)
    assert code == 1 and said in out and "110(5)" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("AdoptBudget", "--on", "1999-01-01"), "on 1999-01-01 no constitution was in force"),
        (("AdoptBudget", "--on", "2012-13-01"), "no day like 2012-06-01: 2012-13-01"),
        (("AdoptBudget", "--on", "20121201"), "no day like 2012-06-01: 20121201"),
        (("AdoptBudget", "--on", "9999-01-01"), "9999-01-01 (years are 1900 to 2200)"),
        (("AdoptBudget", "--edition", "kg-1850"), "no such edition or law: kg-1850"),
        (("AdoptBudget", "--edition", "kg-2010", "--laws", "kg-law-1"), "kg-law-1"),
        (("AdoptBudget", "--edition", "kg-2007", "--laws", "kg-law-101-2011"), "stands under"),
        (("AdoptBudget", "--laws", ""), "--laws goes with --edition"),
        (("Dance",), "no such act to ask about: Dance"),
        (("AdoptBudget", "--on", "2012-06-01", "--fact", "dry=yes"), "never asked this: dry"),
        (("Dance", "--language", "ru"), "О таком действии спросить нельзя: Dance"),
    ],
)
def test_what_cannot_be_asked_is_said(capsys, words, said):
    code, out, err = ask(capsys, *words)
    assert code == 2 and out == ""
    assert err.startswith("kerege ask: ") and said in err


def test_a_day_or_an_edition_not_both(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["ask", "AdoptBudget", "--on", "2012-06-01", "--edition", "kg-2010"])
    assert stopped.value.code == 2
    assert "not allowed with" in capsys.readouterr().err

"""A pack put through everything, and what comes in beside a release."""

import re
from pathlib import Path

import pytest
from lawtext import VOCABULARY, article, line_of, text

from kerege.constitution import checking, packs
from kerege.constitution.edition import EditionError
from kerege.constitution.packs import Packs

KG = packs.load()
DIRECT = Path("tests/laws/direct-election.md")
RULE = (
    '@id("budget.more")\n'
    'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);'
)
ROW = "| kenesh | AdoptBudget | local_budget | aiyl_aimak | | forbidden | |\n"


def statute(**changes: str | None) -> str:
    lines: dict[str, str | None] = {"id": "law", "kind": "statute", "under": "kg-2010"}
    return text(article(RULE, rows=ROW), **{**lines, **changes})


@pytest.fixture
def known() -> Packs:
    return KG.copy()


@pytest.mark.parametrize("country", packs.countries())
def test_every_shipped_pack_holds(country: str) -> None:
    known = packs.load(country)
    for id_, one in known.editions.items():
        checked = checking.check(known, id_)
        assert checked.edition is one
        assert checked.articles == len(one.articles)
        assert checked.examples == sum(len(a.examples) for a in one.articles.values())
        assert checked.rules == sum(
            1 for n in known.rulebook(known.standing(id_)).norms.values() if n.edition is one
        )


def test_the_template_holds() -> None:
    known = packs.load_from(packs.ROOM / "_template")
    counts = [checking.check(known, id_) for id_ in known.editions]
    assert [(c.articles, c.rules, c.examples) for c in counts] == [(1, 1, 2), (1, 2, 3)]


def test_beside_the_known_packs_and_those_stay_as_they_were() -> None:
    checked = checking.beside(KG, checking.read(DIRECT, KG))
    assert (checked.articles, checked.rules, checked.examples) == (1, 2, 1)
    assert "test-direct" not in KG.editions


def test_a_statute_is_checked_under_every_constitution_it_names(tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    forbidden = (
        '@id("budget.agreed") permit(principal == Actor::"state_body", '
        'action == Action::"DelegatePower", resource)\n'
        'when { context.instrument == Instrument::"agreement" };'
    )
    for under, wrong in (("kg-2010", False), ("kg-2010, kg-2007", True), ("kg-2007", True)):
        file.write_text(text(article(forbidden), id="law", kind="statute", under=under), "utf-8")
        one = checking.read(file, KG)
        if not wrong:
            checking.beside(KG, one)
            continue
        with pytest.raises(EditionError, match="of kg-2007 forbids"):
            checking.beside(KG, one)


def test_an_example_that_fails_is_told(tmp_path: Path) -> None:
    source = statute().replace("| forbidden |", "| permitted |")
    (tmp_path / "law.md").write_text(source, "utf-8")
    with pytest.raises(EditionError) as error:
        checking.beside(KG, checking.read(tmp_path / "law.md", KG))
    assert (error.value.file, error.value.article) == ("law.md", "Local budget")
    assert error.value.line == line_of(source, "| kenesh")


# A folder of added laws


def test_what_holds_of_a_folder_is_taken_in(tmp_path: Path, known: Packs) -> None:
    (tmp_path / "a.md").write_text(statute(), "utf-8")
    (tmp_path / "b.md").write_text(statute(id="broken", under="kg-1850"), "utf-8")
    (tmp_path / "notes.txt").write_text("not law")
    (wrong,) = checking.add_from(known, tmp_path)
    assert (wrong.file, wrong.line) == ("b.md", 1)
    assert known.added == {"law"} and "broken" not in known.editions
    assert "law" in known.editions and "law" not in KG.editions
    assert "law" not in known.pinned("kg-2010")
    assert known.edition("law") in known.statutes_under("kg-2010")


def test_an_amendment_can_stand_before_what_it_amends(tmp_path: Path, known: Packs) -> None:
    (tmp_path / "a.md").write_text(statute(id="second", amends="law"), "utf-8")
    (tmp_path / "b.md").write_text(statute(), "utf-8")
    assert list(checking.add_from(known, tmp_path)) == []
    assert known.added == {"law", "second"}


def test_what_amends_a_broken_law_is_left_out_with_it(tmp_path: Path, known: Packs) -> None:
    (tmp_path / "a.md").write_text(statute(id="second", amends="law"), "utf-8")
    (tmp_path / "b.md").write_text(statute().replace("permit(", "allow("), "utf-8")
    wrong = {error.file: error.reason for error in checking.add_from(known, tmp_path)}
    assert wrong["a.md"] == "it amends law, which is no statute known here"
    assert "cannot be read" in wrong["b.md"]
    assert known.added == set()


def test_there_need_be_no_folder(tmp_path: Path, known: Packs) -> None:
    assert list(checking.add_from(known, tmp_path / "law")) == []


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, known: Packs) -> None:
    (tmp_path / "law.md").mkdir()
    (wrong,) = checking.add_from(known, tmp_path)
    assert "cannot be read" in wrong.reason


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "kg-law-101-2011"}, "the id kg-law-101-2011 stands in law-101-2011.md too"),
        (
            {"id": "kg-2030", "kind": "constitution", "under": None},
            "a constitution comes with a release",
        ),
        ({"amends": "kg-2010"}, "it amends kg-2010, which is no statute known here"),
    ],
)
def test_what_cannot_be_added(
    tmp_path: Path, known: Packs, changes: dict[str, str | None], said: str
) -> None:
    (tmp_path / "law.md").write_text(statute(**changes), "utf-8")
    (wrong,) = checking.add_from(known, tmp_path)
    assert said in wrong.reason
    assert known.editions == KG.editions


def test_a_copy_is_free_of_the_other(known: Packs) -> None:
    known.add(checking.read(DIRECT, known))
    again = known.copy()
    assert again.added == {"test-direct"} and again.editions == known.editions
    again.added.clear()
    assert known.added == {"test-direct"}
    assert VOCABULARY is again.vocabulary


# Everything a lawyer can get wrong: through the whole loader, with file, article and line

ADOPT = (
    '@id("budget.adopt")\n'
    'permit(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource);'
)
FORBID = '@id("budget.not") forbid(principal, action == Action::"Spend", resource);'
PASSES = "| kenesh | AdoptBudget | local_budget | aiyl_aimak | | permitted | budget.adopt |\n"
GOOD = text(article(f"{ADOPT}\n\n{FORBID}", rows=PASSES))
LAW = text(
    article('@id("budget.law")\npermit(principal, action == Action::"Transfer", resource);'),
    id="law",
    kind="statute",
    under="test",
)
OF = "Local budget"

BROKEN_SHARE = """```toml
[[threshold]]
name = "x"
more_than = "1/2"
of = ["seats"]
until = "2018"
```

"""

WRONG = {
    # (file, what is replaced, by what, where it is told, of which article, how)
    "unknown actor": ("a", '"kenesh"', '"kenesch"', "permit(", OF, 'Actor::"kenesch"'),
    "unknown act": ("a", '"AdoptBudget"', '"AdoptBugdet"', "permit(", OF, 'Action::"AdoptBugdet"'),
    "unknown fact": (
        "a",
        "resource);\n\n",
        "resource) when { context.sunny };\n\n",
        "permit(",
        OF,
        "AdoptBudget is never asked 'sunny'",
    ),
    "unknown word in an example": ("a", "| kenesh |", "| council |", "| council", OF, "'council'"),
    "unknown topic": ("a", "topic: S11", "topic: S99", "topic: S99", OF, "topic is 'S99'"),
    "duplicate norm id": ("a", "budget.not", "budget.adopt", "forbid(", OF, "stands twice"),
    "rule outside the fragment": (
        "a",
        "resource);\n\n",
        'resource) when { principal in Actor::"kenesh" };\n\n',
        "permit(",
        OF,
        "the closed fragment of rules has no 'in' here",
    ),
    "rule with a number": (
        "a",
        "resource);\n\n",
        "resource) when { context.hearingHeld == 3 };\n\n",
        "permit(",
        OF,
        "numbers, dates and text do not stand in rules",
    ),
    "rule that is no rule": ("a", "permit(", "allow(", "allow(", OF, "the rule cannot be read"),
    "example that fails": (
        "a",
        "| permitted |",
        "| forbidden |",
        "| kenesh",
        OF,
        "the law says permitted",
    ),
    "missing language": ("a", "ru: бюджет\n", "", "## Local", OF, "no words in ru"),
    "broken date": ("a", "2010-06-27", "2010-06-31", "adopted:", "", "adopted is not a date"),
    "broken date of a share": (
        "law",
        "```cedar",
        BROKEN_SHARE + "```cedar",
        "[[threshold]]",
        OF,
        "until is not a date like",
    ),
    "contradiction": (
        "law",
        '"Transfer"',
        '"Spend"',
        "permit(",
        OF,
        "permits what article 110(5) of test forbids: Spend (test/budget.not)",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_in_the_lawyers_words(room: Path, what: str) -> None:
    which, old, new, at, of, said = WRONG[what]
    files = {"a": (room / "constitution-a.md", GOOD), "law": (room / "laws/law.md", LAW)}
    for path, good in files.values():
        path.write_text(good, "utf-8")
    whole(room)
    path, good = files[which]
    assert old in good
    path.write_text(good.replace(old, new, 1), "utf-8")
    with pytest.raises(EditionError) as error:
        whole(room)
    wrong = error.value
    assert said in wrong.reason
    assert (wrong.file, wrong.article) == (path.name, of)
    lines = path.read_text("utf-8").split("\n")
    # A rule is told by its first line, which can hold its name.
    assert any(at in line for line in lines[wrong.line - 1 : wrong.line + 1]), lines[wrong.line - 1]
    assert str(wrong) == f"{path.name}{', ' + of if of else ''}, line {wrong.line}: {wrong.reason}"
    assert not re.search(r"policy\s*\d|policy`", str(wrong))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "laws").mkdir()
    (tmp_path / "vocabulary.toml").write_text(VOCABULARY.text, "utf-8")
    return tmp_path


def whole(room: Path) -> Packs:
    """The whole loader: folder, packs, rulebooks, examples."""
    known = packs.load_from(room)
    for id_ in known.editions:
        checking.check(known, id_)
    return known

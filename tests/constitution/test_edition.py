"""Reading an edition: everything a lawyer can get wrong is told with file, article and line."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import COLUMNS, FILE, TITLE, VOCABULARY, article, front, line_of, load, read, text

from kerege.constitution import edition, packs
from kerege.constitution.edition import EditionError

RULE = '@id("budget.adopt")\npermit(principal, action == Action::"AdoptBudget", resource);'
ROW = "| kenesh | AdoptBudget | local_budget | aiyl_aimak | all | permitted | budget.adopt |\n"
GOOD = text(article(RULE, rows=ROW))


def test_a_whole_edition() -> None:
    one = read(GOOD)
    assert (one.id, one.kind, one.adopted, one.under) == (
        "test",
        "constitution",
        date(2010, 6, 27),
        (),
    )
    assert one.title.json() == {"ky": "сыноо", "ru": "проба", "en": "a test"}
    assert one.text == GOOD
    (found,) = one.articles.values()
    assert (found.anchor, found.heading, found.topic, found.article) == (
        "budget",
        "Local budget",
        "S11",
        "110(5)",
    )
    assert (found.source, found.grade, found.force, found.reading) == (
        "a test",
        "A",
        "binding",
        "text",
    )
    assert found.words.ky == "бюджет"
    assert found.line == line_of(GOOD, "## Local budget")
    (block,) = found.cedar
    assert (block.line, block.text) == (line_of(GOOD, '@id("budget.adopt")'), RULE + "\n")
    (example,) = found.examples
    assert example.line == line_of(GOOD, "| kenesh ")
    assert example.cells["facts"] == "all"


def test_a_line_goes_on_until_the_next_key() -> None:
    said = read(GOOD.replace("ky: бюджет", "ky: бюджет\nачык түзүлөт")).articles["budget"].words.ky
    assert said == "бюджет ачык түзүлөт"


def test_a_comment_is_passed_over() -> None:
    commented = GOOD.replace("topic: S11", "<!-- ask the ministry -->\n\ntopic: S11")
    assert read(commented).articles["budget"].topic == "S11"


def test_the_number_of_an_article_can_be_unknown() -> None:
    assert read(text(article(RULE, article=""))).articles["budget"].article == ""


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str) -> None:
    one = read(GOOD.replace("\n", end))
    assert one.articles == read(GOOD).articles


def wrong(
    old: str, new: str, said: str, at: str | int = "", of: str = "Local budget", good: str = GOOD
) -> tuple[str, str, str | int, str]:
    assert old in good, old
    return good.replace(old, new, 1), said, at or new.split("\n")[0], of


STATUTE = text(article(), kind="statute", under="kg-2010", id="test-law")

TWICE = text(article(f"{RULE}\n\n{RULE}"))
UNNAMED = text(article("\n".join([RULE.split("\n")[1]] * 2)))

BROKEN = {
    # Front matter
    "empty file": ("", "does not begin with ---", 1, ""),
    "only blank lines": ("\n\n\n", "does not begin with ---", 1, ""),
    "no front matter": (TITLE + article(), "does not begin with ---", 1, ""),
    "front matter never closed": ("---\nid: test\nkind: constitution", "never closed", 3, ""),
    "front matter never closed before the title": (
        GOOD.replace("27\n---\n", "27\n", 1),
        "not one of the lines 'id: …'",
        5,
        "",
    ),
    "unknown line in front": wrong("kind: ", "sort: ", "not one of the lines 'id: …'", 3, ""),
    "front line twice": wrong("kind: constitution", "id: other", "'id:' stands twice", 3, ""),
    "no id": wrong("id: test\n", "", "id is missing", 1, ""),
    "bad id": wrong("id: test", "id: KG 2010", "id is missing or not made of", of=""),
    "bad kind": wrong("kind: constitution", "kind: decree", "kind is not one of", of=""),
    "no kind": wrong("kind: constitution\n", "", "kind is not one of", 1, ""),
    "broken date": wrong("2010-06-27", "2010-06-31", "not a date like", 4, ""),
    "date as written here": wrong("2010-06-27", "27.06.2010", "not a date like", 4, ""),
    "date of another kind": wrong("2010-06-27", "2010-W25-7", "not a date like", 4, ""),
    "no date": wrong("adopted: 2010-06-27\n", "", "not a date like", 1, ""),
    "constitution under another": wrong(
        "adopted:", "under: kg-2010\nadopted:", "a constitution does not", of=""
    ),
    "statute under none": wrong("under: kg-2010\n", "", "a statute says", 1, "", STATUTE),
    # Title
    "no title": wrong("# A test\n\n", "", "begins with a title", 6, ""),
    "text before the title": wrong("# A test", "hello\n\n# A test", "begins with a title", of=""),
    "nothing but front matter": (front(), "begins with a title", 6, ""),
    "title in two languages": wrong("en: a test\n", "", "no words in en", "# A test", ""),
    "unknown line under the title": wrong("ky: сыноо", "kyr: сыноо", "unknown line 'kyr:'", of=""),
    # Headings
    "heading without anchor": wrong(
        " {#budget}", "", "headed '## Name {#anchor}'", "## Local budget"
    ),
    "heading of a third degree": wrong(
        "## Local", "### Local", "headed '## Name", of="Local budget {#budget}"
    ),
    "anchor in capitals": wrong(
        "{#budget}", "{#Budget}", "headed", "## Local", "Local budget {#Budget}"
    ),
    "duplicate anchor": (
        text(article(), article(heading="## Money {#budget}")),
        "the anchor #budget stands twice",
        "## Money",
        "Money",
    ),
    # Lines
    "unknown word in a line": wrong("grade: A", "degree: A", "unknown line 'degree:'"),
    "line twice": wrong("grade: A", "grade: A\ngrade: B", "'grade:' stands twice", "grade: B"),
    "not a line": wrong("topic: S11", "This is new.\n\ntopic: S11", "not a line 'key: value'"),
    "missing language": wrong("ru: бюджет\n", "", "no words in ru", "## Local"),
    "empty language": wrong("ru: бюджет\n", "ru:\n", "no words in ru", "## Local"),
    "missing source": wrong("source: a test\n", "", "no source", "## Local"),
    "empty source": wrong("source: a test", "source: ", "no source", "## Local"),
    "bad grade": wrong("grade: A", "grade: A+", "grade is 'A+', not one of A, A-, B, M, none"),
    "no grade": wrong("grade: A\n", "", "grade is '', not one of", "## Local"),
    "unknown topic": wrong("topic: S11", "topic: S15", "topic is 'S15', not one of S1, S2"),
    "bad force": wrong("force: binding", "force: strong", "not one of binding, model"),
    "bad reading": wrong("reading: text", "reading: theirs", "not one of text, brochure, ours"),
    # Blocks
    "block of another kind": wrong("```cedar", "```python", "unknown kind of block 'python'"),
    "block without a kind": (
        GOOD.replace("```cedar", "```"),
        "unknown kind of block ''",
        line_of(GOOD, "```cedar"),
        "Local budget",
    ),
    "block never closed": wrong("```\n", "", "never closed with ```", "```cedar"),
    "rule in an indented block": wrong(
        "```cedar",
        "    permit(principal, action, resource);\n\n```cedar",
        "text indented by four spaces is not part",
    ),
    "a list": wrong("```cedar", "- one\n- two\n\n```cedar", "a bullet list is not part"),
    "a quotation": wrong("```cedar", "> one\n\n```cedar", "a blockquote is not part"),
    "a line of ---": wrong("```cedar", "***\n\n```cedar", "a line of --- is not part"),
    "a piece of HTML": wrong("```cedar", "<div>\n\n```cedar", "a html block is not part"),
    # Rules
    "broken cedar syntax": wrong(
        ", resource);", ", resource;", "cannot be read: unexpected", '@id("budget.adopt")'
    ),
    "no end of a rule": wrong(", resource);", ", resource)", "cannot be read", '@id("budget'),
    "not cedar at all": wrong("permit(", "Кеңеш бекитет (", "cannot be read", '@id("budget'),
    "unknown word in a rule": wrong(
        "AdoptBudget", "AdoptBudjet", 'Action::"AdoptBudjet"', '@id("budget.adopt")'
    ),
    "rule outside the fragment": wrong(
        "resource);", "resource) when { 1 < 2 };", "the closed fragment", '@id("budget.adopt")'
    ),
    "rule that names no act": wrong(
        'action == Action::"AdoptBudget"', "action", "names the act", '@id("budget.adopt")'
    ),
    "duplicate @id": (
        TWICE,
        "the rule 'budget.adopt' stands twice",
        line_of(TWICE, '@id("budget.adopt")') + 3,
        "Local budget",
    ),
    "two rules without @id": (
        UNNAMED,
        "the rule 'budget' stands twice",
        line_of(UNNAMED, "permit(") + 1,
        "Local budget",
    ),
    "rule on silence": wrong("grade: A", "grade: none", "only be a @silent permit", '@id("budget'),
    # Tables of a toml block
    "broken toml": (
        text(article(toml='[law]\norderSetByLaw = true\noffice = "head\n')),
        "toml: ",
        "office = ",
        "Local budget",
    ),
    "unknown toml table": (
        text(article(toml="\n[tax]\na = 1")),
        "tax: unknown table, not one of law, names, parameter, threshold, number, duty",
        "[tax]",
        "Local budget",
    ),
    # Examples
    "columns of examples": wrong("| facts |", "| truths |", "columns of examples are actor", "| a"),
    "column too few": wrong(" all |", "", "6 cells, not 7", "| kenesh"),
    "column too many": wrong(" all |", " all | all |", "8 cells, not 7", "| kenesh"),
    "second table": (
        GOOD + "\n\n" + COLUMNS + ROW,
        "one table of examples",
        line_of(GOOD, "| kenesh") + 3,
        "Local budget",
    ),
    "text under the table": (GOOD + "that is all\n", "1 cells, not 7", "that is", "Local budget"),
    "unknown act": wrong("AdoptBudget |", "AdoptBudjet |", "no such act 'AdoptBudjet'", "| kenesh"),
    "act not put to the law": wrong("AdoptBudget |", "Found |", "no such act 'Found'", "| kenesh"),
    "unknown actor": wrong("| kenesh", "| mayor", "AdoptBudget has no actor 'mayor'", "| mayor"),
    "unknown object": wrong("local_budget", "moon", "has no object 'moon', only local_b", "| ken"),
    "unknown place": wrong("aiyl_aimak", "moon", "AdoptBudget has no place 'moon'", "| kenesh"),
    "unknown answer": wrong("permitted", "allowed", "has no answer 'allowed'", "| kenesh"),
    "unknown fact": wrong("| all |", "| hearing=yes |", "is never asked 'hearing'", "| kenesh"),
    "unknown value": wrong(
        "| all |", "| hearingHeld=maybe |", "cannot be 'maybe', only yes, no", "| kenesh"
    ),
    "fact without a value": wrong(
        "| all |", "| hearingHeld |", "hearingHeld cannot be ''", "| kenesh"
    ),
    "fact twice": wrong(
        "| all |", "| hearingHeld=yes; hearingHeld=no |", "hearingHeld stands twice", "| kenesh"
    ),
    "example that fails": wrong(
        "permitted", "forbidden", "the example says forbidden (budget.adopt), the law says", "| ken"
    ),
    "example with another norm": wrong(
        "budget.adopt |", "budget.other |", "the law says permitted (budget.adopt)", "| kenesh"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named(name: str) -> None:
    source, said, at, of = BROKEN[name]
    with pytest.raises(EditionError) as caught:
        load(source)
    error = caught.value
    assert said in error.reason
    assert (error.file, error.article) == (FILE, of)
    assert error.line == (at if isinstance(at, int) else line_of(source, at))
    where = f"{FILE}, {of}" if of else FILE
    assert str(error) == f"{where}, line {error.line}: {error.reason}"
    assert not re.search(r"policy\d|Traceback|<class", str(error))


def test_the_good_file_is_good() -> None:
    load(GOOD)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(EditionError, match=r"^x\.md, line 2: the file is not text in UTF-8$"):
        edition.decode(b"---\n\xff\xfe\x00", "x.md")


def test_a_mark_of_byte_order_is_no_part_of_the_text() -> None:
    assert edition.decode("\ufeff---".encode(), "x.md") == "---"


def test_binary_garbage_that_happens_to_be_text() -> None:
    with pytest.raises(EditionError):
        read("\x00\x01\x02\x7f\n\x00")


@settings(deadline=None)
@given(st.text())
def test_any_text_is_refused_with_an_edition_error(source: str) -> None:
    with pytest.raises(EditionError):
        read(source)


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "---\n",
            "# ",
            "## ",
            "{#budget}",
            "> ",
            "- ",
            "\t",
            "    ",
            "***",
            "===\n",
        ),
        *("```cedar\n", "```toml\n", "```\n", "`", "[law]\n", "[[threshold]]\n", "name = 1\n"),
        *("| a | b |\n|---|---|\n| 1 |\n", "topic: S11\n", "<!-- ", " -->", "[" * 300),
        *("\x00", "\ud800", "\u2028", "\r"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30))
def test_any_markdown_under_good_front_matter_is_read_or_refused(pieces: list[str]) -> None:
    try:
        read(text() + "".join(pieces))
    except EditionError as error:
        assert error.line >= 1


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_edition_is_loaded_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.one_of(st.just(""), PIECES, st.text(max_size=3)))
    try:
        load(GOOD[:at] + put + GOOD[at + length :])
    except EditionError as error:
        assert not re.search(r"policy\d", str(error))
    except UnicodeEncodeError:
        # A lone surrogate cannot come from a file; a digest of it cannot be made.
        assert put == "\ud800"


@pytest.mark.parametrize(
    "file", ["constitution-2007.md", "constitution-2010.md", "constitution-2021.md"]
)
def test_shipped_articles_keep_their_anchors_in_order(file: str) -> None:
    (one,) = (e for e in packs.load().editions.values() if e.file == file)
    anchors = ["concept", "participation-acts", "system", "subordination", "tos", "officials"]
    anchors += ["names", "deputies", "heads", "head-of", "money", "budget", "delegation"]
    anchors += ["referendum"]
    # Not in every constitution: 2021 tells nothing of these.
    apart = ("kenesh", "place-names", "direct")
    assert [a for a in one.articles if a not in apart] == anchors
    assert VOCABULARY.topics.keys() >= {a.topic for a in one.articles.values()}


TABLE = "| a | b |\n|---|---|\n| c | d |\n"


def test_a_table_before_the_first_article_is_named() -> None:
    source = text(article()).replace("## Local budget", TABLE + "\n## Local budget", 1)
    with pytest.raises(EditionError, match="a table of examples stands in an article") as error:
        read(source)
    assert error.value.line == line_of(source, "| a | b |")


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_what_looks_like_a_table_in_a_block_is_none(fence: str) -> None:
    block = f"{fence}toml\n# \n{TABLE.replace('| ', '# | ').replace('|---', '# |---')}{fence}\n"
    assert read(text(article() + block)).articles["budget"].examples == ()
    with pytest.raises(EditionError, match="toml"):
        read(text(article() + f"{fence}toml\n{TABLE}{fence}\n"))


@pytest.mark.parametrize("line", ["[budget]: https://example.org", "Budget\n======"])
def test_markdown_that_would_vanish_or_head_an_article_is_named(line: str) -> None:
    with pytest.raises(EditionError, match="not a line 'key: value'"):
        read(text(article() + f"\n{line}\n"))


def test_a_comment_that_is_never_closed_is_named() -> None:
    source = text(
        article("", heading="## One {#one}"), "<!-- checked -- >", article(RULE, rows=ROW)
    )
    with pytest.raises(EditionError, match="the comment is never closed with -->") as error:
        read(source)
    assert error.value.line == line_of(source, "checked")


@pytest.mark.parametrize("hidden", ["// " + ")" * 950, '@id("' + ")" * 950 + '")'])
def test_brackets_in_remarks_and_names_hide_no_depth(hidden: str) -> None:
    """Cedar's parser ends the whole process on rules nested some thousand deep."""
    deep = "(" * 950 + "context.hearingHeld" + ")" * 950
    rule = (
        f'{hidden}\npermit(principal, action == Action::"AdoptBudget", resource) when {{ {deep} }};'
    )
    with pytest.raises(EditionError):
        load(text(article(rule)))


def test_a_number_too_long_to_be_read_is_named() -> None:
    digits = "9" * 5000
    source = text(article(toml=f'[[number]]\nname = "days"\nvalue = {digits}\nunit = "days"'))
    with pytest.raises(EditionError, match="toml"):
        read(source)

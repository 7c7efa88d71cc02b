"""The blocks of rules in an edition, found without a Markdown parser: the same as with one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import FILE, LINES, TITLE, VOCABULARY, article, read, text

from kerege.constitution import edition, packs, plain_articles
from kerege.constitution.edition import EditionError
from kerege.constitution.plain_articles import NotAnEdition

RULE = 'permit(principal, action == Action::"Spend", resource);'
EDITIONS = [*packs.load().editions.values(), *packs.load("eclsg").editions.values()]


def blocks(one: edition.Edition) -> list[tuple[str, int, str]]:
    return [
        (found.anchor, block.line, block.text.rstrip("\n"))
        for found in one.articles.values()
        for block in found.cedar
    ]


def plainly(source: str) -> tuple[str, list[tuple[str, int, str]]]:
    id_, found = plain_articles.read(source)
    return id_, [(block.anchor, block.line, block.text.rstrip("\n")) for block in found]


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: one.id)
def test_every_shipped_edition_is_read_alike(one: edition.Edition) -> None:
    assert plainly(one.text) == (one.id, blocks(one))


HEAD, OTHER = "## Local budget {#budget}", "## Another {#other}"
ROWS = "| kenesh | Spend | spending | aiyl_aimak | | | |\n"


@pytest.mark.parametrize(
    "source",
    [
        text(article(RULE)),
        text(article(RULE)).replace("\n", "\r\n"),
        text(article(RULE, heading="   ##  Local budget\t{#budget}  ##  ")),
        text(article(RULE, rows=ROWS), article(RULE, heading=OTHER)),
        text(article(RULE)).replace("```", "~~~~"),
        text(article(RULE)).replace("```cedar", "  ``` cedar ").replace("```\n", "````  \n"),
        text(article(f"  {RULE}")).replace("```cedar", "  ```cedar"),
        text(article(RULE) + f"<!--\n```cedar\n{RULE}\n```\n-->\n"),
        text(article(RULE) + f"<!-- {OTHER} -->\n   <!--\n{OTHER}\n-->\n"),
        text(article(RULE, en="the\n    ## words {#x}\nof it")),
        text(article(RULE, en="the\n```words``` of it")),
        text(article(RULE)).replace(TITLE, f"{TITLE}\n```cedar\n{RULE}\n```\n"),
        text(article(f"{RULE}\n// ## no heading {{#x}}\n// <!-- no comment\n~~~")),
    ],
)
def test_what_a_lawyer_may_write_is_read_alike(source: str) -> None:
    one = read(source)
    assert blocks(one)
    assert plainly(source) == (one.id, blocks(one))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "does not begin with front matter"),
        ("---\nid: test\n", "does not begin with front matter"),
        ("---\nid: A\n---\n", "no id"),
        ("---\nid: a\nid: b\n---\n", "line 3: the id stands twice"),
        (text(article(RULE, heading="## Local budget")), "heads no article"),
        (text(article(RULE, heading="### Local budget {#budget}")), "heads no article"),
        (text(article(RULE), article(RULE)), "heads no article"),
        (text(article(RULE)).replace("```cedar", "```python"), "unknown kind of block"),
        (text(article(RULE)).removesuffix("```\n\n"), "never closed"),
        (text(article(RULE) + "<!-- open\n"), "never closed"),
    ],
)
def test_what_no_edition_has_is_refused(source: str, said: str) -> None:
    with pytest.raises(EditionError):
        read(source)
    with pytest.raises(NotAnEdition, match=said):
        plain_articles.read(source)


PIECES = [
    *("```cedar", "```", "~~~", "````", "```toml", "``` `", "<!--", "-->", "<!-- a -->", "", "   "),
    *(RULE, HEAD, OTHER, "## Third {#third} ##", "    ## Deep {#deep}", "# A title", "#none"),
    *(
        "| a | b |",
        "|---|---|",
        "a | b",
        "-|-",
        "en: words",
        "more words",
        "    code",
        "   ```cedar",
    ),
    *("> said", "- one", "---", "***", "<div>", "\t```cedar", "## a | b {#bar}", "===", "[a]: b"),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_what_is_read_with_markdown_is_read_without_it_alike(pieces: list[str]) -> None:
    rest = "\n".join([*(f"{k}: {v}" for k, v in LINES.items()), *pieces])
    source = text(f"{HEAD}\n\n{rest}\n")
    try:
        one = edition.read(source, FILE, VOCABULARY)
    except EditionError:
        return
    assert plainly(source) == (one.id, blocks(one))

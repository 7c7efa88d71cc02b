"""Small editions for tests, written as a lawyer would write them, under the shipped vocabulary."""

from kerege.constitution import edition, examples, packs
from kerege.constitution.edition import Edition
from kerege.constitution.rulebook import Rulebook

FILE = "constitution-test.md"
VOCABULARY = packs.load().vocabulary
COLUMNS = (
    "| actor | act | object | place | facts | answer | norms |\n|---|---|---|---|---|---|---|\n"
)

LINES = {
    "topic": "S11",
    "article": "110(5)",
    "ky": "бюджет",
    "ru": "бюджет",
    "en": "budget",
    "source": "a test",
    "grade": "A",
    "force": "binding",
    "reading": "text",
}


def front(**changes: str | None) -> str:
    """The front matter; None leaves a line out."""
    lines = {"id": "test", "kind": "constitution", "adopted": "2010-06-27"} | changes
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items() if v is not None) + "---\n"


TITLE = "# A test\n\nky: сыноо\nru: проба\nen: a test\n"


def article(
    cedar: str = "",
    *,
    toml: str = "",
    rows: str = "",
    heading: str = "## Local budget {#budget}",
    **changes: str | None,
) -> str:
    """An article; None leaves a line out."""
    lines = LINES | changes
    parts = [heading, "", *(f"{k}: {v}" for k, v in lines.items() if v is not None), ""]
    if cedar:
        parts += ["```cedar", cedar.strip("\n"), "```", ""]
    if toml:
        parts += ["```toml", toml.strip("\n"), "```", ""]
    return "\n".join(parts) + "\n" + (COLUMNS + rows if rows else "")


def text(*articles: str, **changes: str | None) -> str:
    return "\n".join((front(**changes) + TITLE, *articles))


def read(source: str) -> Edition:
    return edition.read(source, FILE, VOCABULARY)


def book(source: str) -> Rulebook:
    """The rulebook of one edition under the shipped vocabulary."""
    return Rulebook(VOCABULARY, [read(source)])


def load(source: str) -> Rulebook:
    """Everything a lawyer's file goes through: read, composed, every example asked."""
    one = read(source)
    made = Rulebook(VOCABULARY, [one])
    list(examples.run(made, one))
    return made


def line_of(source: str, part: str) -> int:
    """The number of the first line that holds ``part``."""
    return next(n for n, line in enumerate(source.split("\n"), start=1) if part in line)

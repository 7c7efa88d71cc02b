"""An article of an edition: its lines, blocks and examples, read from Markdown.

The format is specified in ``kerege/constitution/edition.py``. Whatever is not part of it is refused
where it stands: a rule in an indented block, or a row one cell short, would otherwise be passed
over in silence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kerege.constitution import tables
from kerege.constitution.fragment import READINGS
from kerege.constitution.tables import Tables
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import LANGUAGES, Words

GRADES = ("A", "A-", "B", "M", "none")
FORCES = ("binding", "model")
BLOCKS = ("cedar", "toml")
EXAMPLE_COLUMNS = ("actor", "act", "object", "place", "facts", "answer", "norms")

LINE = re.compile(r"(?P<key>[a-z]+):\s*(?P<value>.*)")
_HEADING = re.compile(r"(?P<title>.+?)\s*\{#(?P<anchor>[a-z0-9.-]+)\}")
_KEYS = (*LANGUAGES, "topic", "article", "source", "grade", "force", "reading")
_ALLOWED = {f"{part}_{side}" for part in ("heading", "paragraph") for side in ("open", "close")}
_ALLOWED |= {"inline", "fence"}
_SAID = {"hr": "a line of ---", "code block": "text indented by four spaces"}

Lines = Mapping[str, tuple[int, str]]
Read = TypeVar("Read")


class EditionError(ValueError):
    """An edition that cannot be loaded; the message names file, article and line. ``others`` are
    the faults found beside it."""

    others: tuple["EditionError", ...] = ()

    def __init__(self, file: str, article: str, line: int, reason: str) -> None:
        self.file, self.article, self.line, self.reason = file, article, line, reason
        where = f"{file}, {article}" if article else file
        super().__init__(f"{where}, line {line}: {reason}")

    @property
    def every(self) -> tuple["EditionError", ...]:
        return (self, *self.others)


def together(faults: Sequence[EditionError]) -> EditionError:
    """The first of some faults, which knows the others."""
    first, *others = [one for fault in faults for one in fault.every]
    first.others = tuple(others)
    return first


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a table of examples, by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its text and the line the text begins on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    anchor: str
    heading: str
    line: int
    topic: str
    article: str
    words: Words
    source: str
    grade: str
    force: str
    reading: str
    cedar: tuple[Block, ...]
    tables: Tables
    examples: tuple[Example, ...]


# In the place of words that are not there.
_NO_WORDS = Words("", "", "")
# Emphasis and links within a line are nothing an edition reads, and finding them is half the work;
# so is finding the cells of tables, which are read row by row (``_tables``).
_MARKDOWN = MarkdownIt("commonmark").disable(["inline", "text_join", "lheading", "reference"])
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNDER_COLUMNS = re.compile(r" {0,3}\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_NO_ROW = re.compile(r"\s*$| {0,3}(#|`{3,}|~{3,}|<!--)")


class Reader:
    """Walks the Markdown of one edition, heading by heading; raises EditionError with all faults
    it met on the way."""

    def __init__(self, file: str, id_: str, body: str, offset: int, vocabulary: Vocabulary) -> None:
        """``offset`` is the number of lines that stand before ``body``."""
        self.file, self.id, self.offset, self.vocabulary = file, id_, offset, vocabulary
        self.text = body.split("\n")
        self.tables = _tables(self.text)
        rows = {at for first, end in self.tables for at in range(first, end)}
        plain = "\n".join("" if at in rows else line for at, line in enumerate(self.text))
        parsed = _MARKDOWN.parse(plain)
        self.tokens = [
            token
            for token in parsed
            # A comment is for lawyers among themselves.
            if not (token.type == "html_block" and token.content.lstrip().startswith("<!--"))
        ]
        self.article = ""
        self.faults: list[EditionError] = []
        for token in parsed:
            # Markdown takes all that follows for the comment then.
            comment = token.content.lstrip().startswith("<!--")
            if token.type == "html_block" and comment and "-->" not in token.content:
                raise self.fail(self.line(token), "the comment is never closed with -->")

    def fail(self, line: int, reason: str) -> EditionError:
        return EditionError(self.file, self.article, line, reason)

    def line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + 1 + self.offset

    def read(self) -> tuple[Words, dict[str, Article]]:
        """The title and the articles by anchor."""
        starts = [i for i, token in enumerate(self.tokens) if token.type == "heading_open"]
        if starts[:1] != [0] or self.tokens[0].tag != "h1":
            raise self.fail(self.offset + 1, "the text begins with a title: # Constitution of …")
        ends = [*starts[1:], len(self.tokens)]
        head, *rest = [self.tokens[start:end] for start, end in zip(starts, ends, strict=True)]
        first = self.line(rest[0][0]) if rest else len(self.text) + self.offset
        for at, _ in self.tables:
            if at + 1 + self.offset < first:
                raise self.fail(at + 1 + self.offset, "a table of examples stands in an article")
        self._only_known(head)
        lines_of_title = self._lines(head, LANGUAGES)
        title = self._or(lambda: self._words(lines_of_title, self.line(head[0])), _NO_WORDS)
        articles: dict[str, Article] = {}
        lines = [self.line(tokens[0]) for tokens in rest] + [len(self.text) + self.offset + 1]
        for tokens, end in zip(rest, lines[1:], strict=True):
            try:
                article = self._article(tokens, end)
                if article.anchor in articles:
                    raise self.fail(article.line, f"the anchor #{article.anchor} stands twice")
                articles[article.anchor] = article
            except EditionError as error:
                self.faults.append(error)
        if self.faults:
            raise together(self.faults)
        return title, articles

    def _or(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What is read; where that is wrong the fault is kept, and the reading goes on."""
        try:
            return read()
        except EditionError as error:
            self.faults.append(error)
            return otherwise

    def _article(self, tokens: Sequence[Token], end: int) -> Article:
        """The article of these tokens, which ends before the line ``end``."""
        line = self.line(tokens[0])
        self.article = tokens[1].content
        match = _HEADING.fullmatch(self.article)
        if tokens[0].tag != "h2" or not match:
            raise self.fail(line, "an article is headed '## Name {#anchor}'")
        self.article = match["title"]
        self._only_known(tokens)
        keys = self._lines(tokens, _KEYS)
        source = keys.get("source", (line, ""))[1]
        if not source:
            self.faults.append(self.fail(line, "no source"))

        def choice(key: str, known: Sequence[str]) -> str:
            return self._or(lambda: self._choice(keys, key, known, line), "")

        blocks = {kind: tuple(self._blocks(tokens, kind)) for kind in BLOCKS}
        return Article(
            anchor=match["anchor"],
            heading=match["title"],
            line=line,
            topic=choice("topic", tuple(self.vocabulary.topics)),
            article=keys.get("article", (line, ""))[1],
            words=self._or(lambda: self._words(keys, line), _NO_WORDS),
            source=source,
            grade=choice("grade", GRADES),
            force=choice("force", FORCES),
            reading=choice("reading", READINGS),
            cedar=blocks["cedar"],
            tables=self._tables(blocks["toml"], f"{self.id}/{match['anchor']}"),
            examples=self._or(lambda: tuple(self._examples(line, end)), ()),
        )

    def _tables(self, blocks: Sequence[Block], norm: str) -> Tables:
        """What the blocks tell; where they do not hold together each is read by itself."""

        def read(some: Sequence[Block]) -> Tables:
            said = ((block.line, block.text) for block in some)
            return tables.read(said, norm, self.vocabulary, self.fail)

        try:
            return read(blocks)
        except EditionError as error:
            before = len(self.faults)
            for one in blocks:
                self._or(lambda one=one: read([one]), Tables())  # type: ignore[misc]
            if len(self.faults) == before:
                self.faults.append(error)
            return Tables()

    def _only_known(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type not in _ALLOWED:
                kind = token.type.removesuffix("_open").replace("_", " ")
                said = _SAID.get(kind, f"a {kind}")
                raise self.fail(self.line(token), f"{said} is not part of an edition")
            if token.type == "fence":
                if token.info.strip() not in BLOCKS:
                    raise self.fail(self.line(token), f"unknown kind of block {token.info!r}")
                first, end = token.map or (0, 0)
                # The last line of a file need not end.
                lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
                if end - first != lines + 2:
                    raise self.fail(self.line(token), "the block is never closed with ```")

    def _blocks(self, tokens: Sequence[Token], kind: str) -> Iterator[Block]:
        for token in tokens:
            if token.type == "fence" and token.info.strip() == kind:
                yield Block(self.line(token) + 1, token.content)

    def _lines(self, tokens: Sequence[Token], known: Sequence[str]) -> Lines:
        """The ``key: value`` lines of the paragraphs; a line without a key goes on the last."""
        found: dict[str, tuple[int, str]] = {}
        for before, token in pairwise(tokens):
            if before.type != "paragraph_open":
                continue
            key = ""
            for at, raw in enumerate(token.content.split("\n"), start=self.line(token)):
                match = LINE.fullmatch(raw)
                if match:
                    key = match["key"]
                    if key not in known:
                        self.faults.append(self.fail(at, f"unknown line '{key}:'"))
                    if key in found:
                        self.faults.append(self.fail(at, f"the line '{key}:' stands twice"))
                    found[key] = (at, match["value"].strip())
                elif key:
                    found[key] = (found[key][0], f"{found[key][1]} {raw.strip()}".strip())
                else:
                    self.faults.append(self.fail(at, f"not a line 'key: value': {raw!r}"))
        return found

    def _words(self, keys: Lines, line: int) -> Words:
        for language in LANGUAGES:
            if not keys.get(language, (line, ""))[1]:
                raise self.fail(line, f"no words in {language}")
        return Words.of({language: keys[language][1] for language in LANGUAGES})

    def _choice(self, keys: Lines, key: str, known: Sequence[str], line: int) -> str:
        at, value = keys.get(key, (line, ""))
        if value not in known:
            raise self.fail(at, f"{key} is {value!r}, not one of {', '.join(known)}")
        return value

    def _examples(self, line: int, end: int) -> Iterator[Example]:
        found = [t for t in self.tables if line <= t[0] + 1 + self.offset < end]
        if len(found) > 1:
            raise self.fail(found[1][0] + 1 + self.offset, "an article has one table of examples")
        for first, end in found:
            # The second row is the rule under the names of the columns.
            for at in (first, *range(first + 2, end)):
                line = at + 1 + self.offset
                row = self.text[at].strip().removeprefix("|").removesuffix("|")
                cells = [cell.strip() for cell in row.split("|")]
                if at == first and tuple(cells) != EXAMPLE_COLUMNS:
                    said = ", ".join(EXAMPLE_COLUMNS)
                    raise self.fail(line, f"the columns of examples are {said}")
                if len(cells) != len(EXAMPLE_COLUMNS):
                    said = f"{len(cells)} cells, not {len(EXAMPLE_COLUMNS)}"
                    self.faults.append(self.fail(line, f"the example has {said}"))
                elif at != first:
                    yield Example(line, dict(zip(EXAMPLE_COLUMNS, cells, strict=True)))


def _tables(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The first line of each table and the one after its last, counted from 0."""
    found: list[tuple[int, int]] = []
    fence, at = "", 0
    while at < len(lines) - 1:
        mark = _FENCE.match(lines[at])
        if mark and (not fence or (mark[1].startswith(fence) and not lines[at].strip(" `~"))):
            fence = "" if fence else mark[1]
        elif not fence and "|" in lines[at] and _UNDER_COLUMNS.fullmatch(lines[at + 1]):
            end = at + 2
            while end < len(lines) and not _NO_ROW.match(lines[end]):
                end += 1
            found.append((at, end))
            at = end - 1
        at += 1
    return found

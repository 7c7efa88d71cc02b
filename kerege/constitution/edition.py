"""An edition: one constitution or statute as a lawyer writes it, in Markdown.

Format::

    ---
    id: kg-2010                     what rulings cite
    kind: constitution              or: statute, model (binds only where a kenesh adopted it)
    adopted: 2010-06-27
    under: kg-2010, kg-2021         not a constitution: the constitutions it stands under
    amends: kg-law-101-2011         only a statute: the one whose numbers and shares it changes
    repeals: kg-law-101-2011        only a statute: the one it takes the place of
    ---
    # Constitution of 27 June 2010
    ky: …      ru: …      en: …     the title in three languages

    ## Local budget {#budget}       anchors are the same in every edition; norm id = anchor = URL
    topic: S11                      one of the topics of the vocabulary
    article: 110(5)                 or empty: the number is not known
    ky: …      ru: …      en: …     the rule in our own plain words
    source: …                       where it was read
    grade: A                        A, A-, B, M or none (see editions/kg/README.md)
    force: binding                  in a model: model
    reading: text                   or: brochure, ours

each ``key: …`` on a line of its own, followed by any number of fenced ``cedar`` blocks (rules,
``norms.py``), fenced ``toml`` blocks (``law``, ``names``, ``parameter``, ``threshold``, ``number``,
``duty``: ``tables.py``) and one table of examples (actor, act, object, place, facts, answer, norms:
``examples.py``) that run as tests. ``<!-- comments -->`` are passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kerege.constitution.article import (
    LINE,
    Article,
    Block,
    EditionError,
    Example,
    Reader,
    together,
)
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import Words

__all__ = ["Article", "Block", "Edition", "EditionError", "Example", "decode", "read"]

CONSTITUTION = "constitution"
STATUTE = "statute"
MODEL = "model"
KINDS = (CONSTITUTION, STATUTE, MODEL)

_KEYS = ("id", "kind", "adopted", "under", "amends", "repeals")
_ID = r"[a-z0-9-]+"


@dataclass(frozen=True, slots=True)
class Edition:
    id: str
    kind: str
    adopted: date
    under: tuple[str, ...]
    amends: str
    title: Words
    file: str
    text: str
    articles: Mapping[str, Article] = field(default_factory=dict)
    repeals: str = ""


def decode(data: bytes, file: str) -> str:
    """The text of a file; raises EditionError when it is not text."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EditionError(file, "", line, "the file is not text in UTF-8") from error


def read(text: str, file: str, vocabulary: Vocabulary) -> Edition:
    """The edition in ``text``; raises EditionError naming file, article and line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, offset = _front_matter(lines, file)
    id_, kind, adopted, under, amends = _front(front, file)
    body = "\n".join(lines[offset:])
    title, articles = Reader(file, id_, body, offset, vocabulary).read()
    wrong = [one for one in articles.values() if (one.force == MODEL) != (kind == MODEL)]
    if wrong:
        said = "what is in a model, and only that, is a model"
        raise together(
            [
                EditionError(file, one.heading, one.line, f"force is {one.force!r}: {said}")
                for one in wrong
            ]
        )
    repeals = _repeals(front, kind, file)
    return Edition(id_, kind, adopted, under, amends, title, file, text, articles, repeals)


def _front_matter(lines: list[str], file: str) -> tuple[dict[str, tuple[int, str]], int]:
    """The lines between the two ``---`` by key, and how many lines that takes."""
    if lines[0].strip() != "---":
        raise EditionError(file, "", 1, "does not begin with --- (front matter)")
    front: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return front, number
        match = LINE.fullmatch(line.strip())
        if not match or match["key"] not in _KEYS:
            known = ", ".join(f"'{key}: …'" for key in _KEYS)
            raise EditionError(file, "", number, f"not one of the lines {known}: {line!r}")
        if match["key"] in front:
            raise EditionError(file, "", number, f"the line '{match['key']}:' stands twice")
        front[match["key"]] = (number, match["value"].strip())
    raise EditionError(file, "", len(lines), "the front matter is never closed with ---")


def _front(
    front: Mapping[str, tuple[int, str]], file: str
) -> tuple[str, str, date, tuple[str, ...], str]:
    at, id_ = front.get("id", (1, ""))
    if not re.fullmatch(_ID, id_):
        raise EditionError(file, "", at, "id is missing or not made of a-z, 0-9 and -")
    at, kind = front.get("kind", (1, ""))
    if kind not in KINDS:
        raise EditionError(file, "", at, f"kind is not one of {', '.join(KINDS)}: {kind!r}")
    at, said = front.get("adopted", (1, ""))
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            raise ValueError(said)
        adopted = date.fromisoformat(said)
    except ValueError as error:
        reason = f"adopted is not a date like 2010-06-27: {said!r}"
        raise EditionError(file, "", at, reason) from error
    at, said = front.get("under", (1, ""))
    under = tuple(part.strip() for part in said.split(",")) if said else ()
    if bool(under) != (kind != CONSTITUTION):
        reason = f"a {kind} says under which constitution it stands; a constitution does not"
        raise EditionError(file, "", at, reason)
    if len(set(under)) != len(under) or not all(re.fullmatch(_ID, part) for part in under):
        raise EditionError(file, "", at, f"under is not a list of ids of constitutions: {said!r}")
    at, amends = front.get("amends", (1, ""))
    if amends and kind != STATUTE:
        raise EditionError(file, "", at, "only a statute amends another")
    return id_, kind, adopted, under, amends


def _repeals(front: Mapping[str, tuple[int, str]], kind: str, file: str) -> str:
    at, repeals = front.get("repeals", (1, ""))
    if repeals and kind != STATUTE:
        raise EditionError(file, "", at, "only a statute repeals another")
    return repeals

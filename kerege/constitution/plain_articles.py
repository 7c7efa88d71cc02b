"""The rules of an edition found in its Markdown with the standard library only.

What ``edition.py`` specifies is read again by another program: of the front matter the id, of every
article its anchor and its ``cedar`` blocks. Comments and tables are passed over just as
``article.py`` does; everything that no rule depends on is left to it. Source for headings, fences
and comments: https://spec.commonmark.org/0.31.2/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ID = re.compile(r"[a-z0-9-]+")
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?:[ \t]+(?P<text>.*?))??(?:[ \t]+#+)?[ \t]*")
_ARTICLE = re.compile(r"(?P<title>.+?)\s*\{#(?P<anchor>[a-z0-9.-]+)\}")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
# With a ` in what follows it would be words within a line.
_OPENING = re.compile(r"(?P<indent> {0,3})(?P<mark>`{3,}(?!.*`)|~{3,})(?P<info>.*)")
_COMMENT = re.compile(r" {0,3}<!--")
_UNDER_COLUMNS = re.compile(r" {0,3}\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_NO_ROW = re.compile(r"\s*$| {0,3}(#|`{3,}|~{3,}|<!--)")


class NotAnEdition(ValueError):
    """A text whose rules cannot be found; the message names the line."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rules of one fenced block: under which anchor, from which line, the text."""

    anchor: str
    line: int
    text: str


def read(text: str) -> tuple[str, list[Block]]:
    """The id of an edition and its blocks of rules in order; raises NotAnEdition."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").split("\n")
    id_, first = _front(lines)
    return id_, list(_blocks(_without_tables(lines[first:]), first))


def _front(lines: list[str]) -> tuple[str, int]:
    """The id, and the number of lines of the front matter."""
    id_ = ""
    for at, line in enumerate(lines):
        closing = line.strip() == "---"
        if at == 0 and not closing:
            break
        if at and closing:
            if not _ID.fullmatch(id_):
                raise NotAnEdition("the front matter has no id")
            return id_, at + 1
        key, _, value = line.strip().partition(":")
        if key == "id":
            if id_:
                raise NotAnEdition(f"line {at + 1}: the id stands twice")
            id_ = value.strip()
    raise NotAnEdition("the text does not begin with front matter between two lines of ---")


def _without_tables(lines: list[str]) -> list[str]:
    """The lines, those of tables empty."""
    fence, at = "", 0
    while at < len(lines) - 1:
        mark = _FENCE.match(lines[at])
        if mark and (not fence or (mark["mark"].startswith(fence) and not lines[at].strip(" `~"))):
            fence = "" if fence else mark["mark"]
        elif not fence and "|" in lines[at] and _UNDER_COLUMNS.fullmatch(lines[at + 1]):
            lines[at] = lines[at + 1] = ""
            at += 2
            while at < len(lines) and not _NO_ROW.match(lines[at]):
                lines[at] = ""
                at += 1
            continue
        at += 1
    return lines


def _blocks(lines: list[str], offset: int) -> Iterator[Block]:
    anchor, at, known = "", 0, set()
    while at < len(lines):
        line = lines[at]
        if _COMMENT.match(line):
            at = _end_of_comment(lines, at, offset)
        elif fence := _OPENING.fullmatch(line):
            end = _end_of_fence(lines, at, fence, offset)
            # What stands under the title, before any article, is no rule.
            if anchor and fence["info"].strip() == "cedar":
                inside = (_unindented(one, len(fence["indent"])) for one in lines[at + 1 : end])
                yield Block(anchor, at + offset + 2, "\n".join(inside))
            at = end
        elif heading := _HEADING.fullmatch(line):
            found = _ARTICLE.fullmatch((heading["text"] or "").strip())
            if heading["level"] == "##" and found and found["anchor"] not in known:
                anchor = found["anchor"]
                known.add(anchor)
            elif heading["level"] != "#" or anchor:
                raise NotAnEdition(f"line {at + offset + 1}: this heads no article: {line!r}")
        at += 1


def _end_of_comment(lines: list[str], at: int, offset: int) -> int:
    for end in range(at, len(lines)):
        if "-->" in lines[end]:
            return end
    raise NotAnEdition(f"line {at + offset + 1}: the comment is never closed with -->")


def _end_of_fence(lines: list[str], at: int, fence: re.Match[str], offset: int) -> int:
    if fence["info"].strip() not in ("cedar", "toml"):
        raise NotAnEdition(f"line {at + offset + 1}: unknown kind of block")
    sign, least = fence["mark"][0], len(fence["mark"])
    closing = re.compile(rf" {{0,3}}{re.escape(sign)}{{{least},}}[ \t]*")
    for end in range(at + 1, len(lines)):
        if closing.fullmatch(lines[end]):
            return end
    raise NotAnEdition(f"line {at + offset + 1}: the block is never closed")


def _unindented(line: str, most: int) -> str:
    """The line without so many columns of white space; of a tab that reaches further the rest
    stays as spaces."""
    columns = at = 0
    while columns < most and line[at : at + 1] in (" ", "\t"):
        columns += 4 - columns % 4 if line[at] == "\t" else 1
        at += 1
    return " " * max(columns - most, 0) + line[at:]

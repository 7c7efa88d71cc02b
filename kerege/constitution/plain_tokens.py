"""The words and signs of a rule, one after the other, read without Cedar.

Only those that the closed fragment has (``fragment.py``): no numbers, no arithmetic.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BRACKETS = 20

_RESERVED = {"true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar"}
# White space as Unicode has it, which is what Cedar's parser passes over; Python's own adds some.
_SPACE = r"[ \t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|//[^\n\r]*"
_TOKENS = re.compile(
    rf"(?P<space>{_SPACE})"
    r'|(?P<text>"(?:\\.|[^"\\])*")'
    r"|(?P<name>[_a-zA-Z][_a-zA-Z0-9]*)"
    r"|(?P<sign>::|==|!=|&&|\|\||[!@(){}\[\],;.])"
)
_ESCAPE = re.compile(r"\\(?:x([0-7][0-9a-fA-F])|u\{([0-9a-fA-F]{1,6})\}|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "0": "\0", "'": "'", '"': '"'}


class NotRead(ValueError):
    """A rule that is not read; ``line`` counts from 1 within the text."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is space, text, name, sign or end; ``at`` is where it begins."""

    kind: str
    text: str
    at: int


class Tokens:
    """The tokens of a text and where the reader stands; every refusal is a NotRead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._cut())
        self._at = self._depth = 0

    def _cut(self) -> Iterator[Token]:
        at = 0
        while at < len(self._text):
            found = _TOKENS.match(self._text, at)
            if not found:
                raise NotRead(self.line_of(at), f"{self._text[at]!r} cannot stand here")
            if found.lastgroup != "space":
                yield Token(str(found.lastgroup), found[0], at)
            at = found.end()
        yield Token("end", "the end", at)

    def line_of(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    @property
    def at(self) -> int:
        return self._tokens[self._at].at

    def line(self) -> int:
        return self.line_of(self.at)

    def more(self) -> bool:
        return self._tokens[self._at].kind != "end"

    def before_name(self, sign: str) -> bool:
        """Whether this sign is next, and a name after it."""
        return self.seen(sign) and self._tokens[self._at + 1].kind == "name"

    def fail(self, reason: str) -> NotRead:
        return NotRead(self.line(), reason)

    def seen(self, *texts: str) -> bool:
        token = self._tokens[self._at]
        return token.kind in ("sign", "name") and token.text in texts

    def take(self, text: str) -> bool:
        if not self.seen(text):
            return False
        self._depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        if self._depth > MOST_BRACKETS:
            raise self.fail("brackets stand too deep within one another")
        self._at += 1
        return True

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.fail(f"{self._tokens[self._at].text!r} stands where {text!r} is needed")

    def next(self, kind: str) -> str:
        token = self._tokens[self._at]
        if token.kind != kind:
            raise self.fail(f"{token.text!r} stands where a {kind} is needed")
        self._at += 1
        return token.text

    def name(self) -> str:
        if self.seen(*_RESERVED):
            raise self.fail(f"{self._tokens[self._at].text!r} is no name")
        return self.next("name")

    def said(self) -> str:
        """What a text in quotes says."""

        def one(found: re.Match[str]) -> str:
            if found[3] is not None and found[3] not in _ESCAPED:
                raise self.fail(f"{found[0]!r} means nothing")
            code = int(found[1] or found[2] or "0", 16)
            if code > 0x10FFFF or 0xD800 <= code < 0xE000:
                raise self.fail(f"{found[0]!r} is no character")
            return _ESCAPED[found[3]] if found[3] is not None else chr(code)

        token = self._tokens[self._at]
        if "\r" in token.text:
            raise self.fail("a carriage return stands in the text")
        said = _ESCAPE.sub(one, token.text[1:-1]) if token.kind == "text" else ""
        self.next("text")
        return said

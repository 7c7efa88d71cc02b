"""The exact bytes of an entry: RFC 8785 canonical JSON, narrowed to what a register may hold.

An entry is one JSON value in UTF-8, without a newline at the end:

    {"act":"AdoptBudget","fields":{"total":1250000,"year":2011},"v":1}

RFC 8785 fixes what plain JSON leaves open: no space between tokens, keys sorted, one spelling of
every string (only `"`, `\\`, and the control characters below U+0020 are escaped). Our profile
closes the rest, so that no two readers in any language can understand an entry differently:

- values are text, integers, true, false, null, lists, and objects with ASCII keys;
- no number with a fraction or an exponent (money is whole tyiyn), and no integer beyond
  ±(2**53 - 1), where readers that keep numbers as doubles start to lose digits;
- no unpaired surrogate, which has no UTF-8 form, and no U+0000, which PostgreSQL cannot store;
- at most 16 lists and objects inside one another;
- at most 65,535 bytes, because C2SP tlog-tiles writes an entry's length in 16 bits.

Text is kept as it was given: RFC 8785 does not apply Unicode normalisation, and neither do we.
ASCII keys sort the same by code point, UTF-8 and UTF-16, so nobody needs RFC 8785's own order.
"""

import json
import re
from typing import Any

# The single-file verifier runs where there is nothing but Python; both ways write the same bytes.
try:
    import orjson
except ImportError:
    _FAST = False
else:
    _FAST = True

LEAF_LIMIT = 65_535
"""The most bytes one entry may have."""

DEPTH_LIMIT = 16
"""The most lists and objects inside one another."""

INTEGER_LIMIT = 2**53 - 1
"""The greatest integer, and minus it the least."""

_SCALARS = frozenset((str, int, bool, type(None)))
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class NotCanonical(ValueError):
    """A value, or bytes, that cannot be an entry.

    `path` says where, as in `fields.lines[3].amount`; it is empty for the whole.
    `reason` says why, in words for the person who made the value.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


def canonical(value: Any) -> bytes:
    """Return the one sequence of bytes that stands for `value`.

    Types are taken exactly: a tuple, an enum member or a translated string is refused rather
    than guessed at. Raises `NotCanonical`. Source: RFC 8785 section 3.2.
    """
    data = _write(value) if _FAST and _plain(value, DEPTH_LIMIT) else None
    if data is None:
        _check(value, "", 0)
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    _check_length(data)
    return data


def read(data: bytes) -> Any:
    """Return the value of an entry's bytes, refusing bytes that are not their own canonical form.

    So `canonical(read(data)) == data` for whatever is not refused; duplicate keys, other spellings
    and trailing bytes are all caught by that one comparison. Raises `NotCanonical`.
    """
    _check_length(data)
    if _FAST:
        try:
            value = orjson.loads(data)
            if canonical(value) == data:
                return value
        # What is wrong, and where, is for the slower reader below to say.
        except ValueError:
            pass
    try:
        value = json.loads(data.decode("utf-8"))
    # Deep nesting exhausts the parser's stack before our own limit can speak.
    except (ValueError, RecursionError) as error:
        raise NotCanonical("", f"not JSON in UTF-8: {error}") from error
    again = canonical(value)
    if again != data:
        differ = (at for at, pair in enumerate(zip(data, again, strict=False)) if len({*pair}) > 1)
        first = next(differ, min(len(data), len(again)))
        raise NotCanonical("", f"not in canonical form from byte {first} on")
    return value


def _plain(value: Any, depth: int) -> bool:
    """Say whether `value` has only the exact types of the profile, ASCII keys, and no more depth.

    What this leaves, `_write` finds: integers too great, and text that cannot be written.
    """
    kind = type(value)
    if kind is dict:
        if not depth:
            return False
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                return False
            if type(item) not in _SCALARS and not _plain(item, depth - 1):
                return False
        return True
    if kind is list:
        if not depth:
            return False
        for item in value:
            if type(item) not in _SCALARS and not _plain(item, depth - 1):
                return False
        return True
    return kind in _SCALARS


def _write(value: Any) -> bytes | None:
    """Return the bytes of a plain value, or None when only a closer look can tell."""
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
    except orjson.JSONEncodeError:
        return None
    # Either U+0000, or a text that spells its escape out. One letter is found sooner than six.
    return None if b"\\" in data and b"\\u0000" in data else data


def _check_length(data: bytes) -> None:
    if len(data) > LEAF_LIMIT:
        raise NotCanonical("", f"{len(data)} bytes; an entry has at most {LEAF_LIMIT}")


def _check(value: Any, path: str, depth: int) -> None:
    # Exact types: what a subclass prints or iterates over is not ours to sign.
    kind = type(value)
    if kind in (list, dict) and depth == DEPTH_LIMIT:
        raise NotCanonical(path, f"more than {DEPTH_LIMIT} lists and objects inside one another")
    if value is None or kind is bool:
        return
    if kind is str:
        _check_text(value, path)
    elif kind is int:
        if abs(value) > INTEGER_LIMIT:
            raise NotCanonical(path, f"an integer beyond ±{INTEGER_LIMIT}")
    elif kind is list:
        for index, item in enumerate(value):
            _check(item, f"{path}[{index}]", depth + 1)
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical(path, f"the key {key!a} is not ASCII text")
            below = f"{path}.{key}" if path else key
            _check_text(key, below)
            _check(item, below, depth + 1)
    else:
        raise NotCanonical(path, f"a {kind.__name__} cannot be written in an entry")


def _check_text(text: str, path: str) -> None:
    if found := _UNWRITABLE.search(text):
        what = "the character U+0000" if found[0] == "\0" else "half of a surrogate pair"
        raise NotCanonical(path, f"{what} at character {found.start()}")

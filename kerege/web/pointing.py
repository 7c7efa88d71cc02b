"""What a question points at by itself (``kyrgyz/pointed.py``): places it names, entries by their
number, their day or their month. Rows are those of ``search_index.ask``."""

import json
from collections.abc import Sequence
from datetime import date

from kerege.kyrgyz import letters, pointed
from kerege.kyrgyz.terms import Asked, asked, terms
from kerege.web.findable import KINDS, Sayer
from kerege.web.models import Findable
from kerege.web.registers import entry_of, find
from kerege.web.saying import language

# So many places are told, and so many entries.
PLACES, ENTRIES = 5, 20
# Of one day or month, so many entries are looked through for the other words of a question.
_LOOKED_THROUGH = 500


def places(question: Sequence[Asked]) -> list[tuple[bool, str, str]]:
    """All places, those a question names first: whether it does, what each is called, where."""
    here, found = language(), []
    for where, said in Findable.objects.filter(kind="place").values_list("where", "said"):
        every = json.loads(said)
        found.append((any(names(question, *every[x]) for x in every), every[here][0], where))
    return sorted(found, key=lambda one: (not one[0], letters.sort_key(one[1])))


def names(question: Sequence[Asked], name: str, kind: str) -> bool:
    """Whether a question says the name of a place, with or without the word for its kind."""
    kinds = terms([("", kind)])
    own = [one for one in (terms([("", word)]) for word in letters.words(name)) if not one & kinds]
    return bool(own) and all(any(word.folded & one for word in question) for one in own)


def entries(question: str) -> list[tuple]:
    """The entries a question names by number, day or month; empty where it names none."""
    numbered = pointed.entry(question)
    if numbered is not None:
        return _numbered(*numbered)
    when = pointed.days(question)
    return [] if when is None else _of_days(*when)


def _numbered(n: int, rest: str) -> list[tuple]:
    known = places(asked(rest))
    if any(named for named, _, _ in known):
        known = [one for one in known if one[0]]
    rows: list[tuple] = []
    for _, _, where in known[: 10 * PLACES]:
        register = find(where)
        one = entry_of(register, n) if register is not None else None
        if register is not None and one is not None and len(rows) < PLACES:
            said = Sayer(register).entry(n, one).said
            rows.append(("entry", where, str(n), one.held_on, said))
    return rows


def _of_days(first: date, last: date, rest: str) -> list[tuple]:
    # The number of what is found begins with its kind and its day.
    begin, end = ((KINDS.index("entry") + 1) << 20 | one.toordinal() for one in (first, last))
    rows = (
        Findable.objects.filter(id__gte=begin << 40, id__lt=end + 1 << 40)
        .order_by("-id")
        .values_list("kind", "where", "key", "day", "said")
    )
    if not rest:
        return list(rows[:ENTRIES])
    words = asked(rest)
    return [row for row in rows[:_LOOKED_THROUGH] if _has(row[-1], words)][:ENTRIES]


def _has(said: str, words: Sequence[Asked]) -> bool:
    own = terms((x, text) for x, texts in json.loads(said).items() for text in texts)
    return all(one.folded & own for one in words)

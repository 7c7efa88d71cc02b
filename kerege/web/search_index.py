"""The index of the search: made of the registers and the law, caught up when it is asked.

Before a question is answered, what the registers hold beyond what is indexed is taken in, so an act
is found as soon as it is written and the gate waits for nothing. A register whose last indexed leaf
is no longer there is indexed anew, and everything is when ``FORM`` has changed. ``kerege reindex``
drops it all and makes it again.

The terms (``kyrgyz/terms.py``) lie in a table of FTS5 on SQLite, in a ``tsvector`` on PostgreSQL;
both are asked with terms of letters and digits alone, so a question cannot say anything else.
"""

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from django.db import DatabaseError, connection, transaction

from kerege.constitution import packs
from kerege.kyrgyz.terms import Asked
from kerege.web import findable
from kerege.web.findable import Found, Sayer
from kerege.web.models import Findable, Indexed, Register
from kerege.web.registers import entries_of, read

# Raised whenever terms or what is findable change.
FORM = 7
# So many entries are taken in while somebody waits for an answer.
AT_ONCE = 500
_LAW = 0
_CHANGING = ("Correct", "ErasePersonal", "Annul", "Suspend", "EndMandate")
_BEHIND = (
    "SELECT r.id, r.slug, COALESCE(i.size, 0), i.leaf, "
    "(SELECT MAX(n) + 1 FROM web_row WHERE register_id = r.id), "
    "(SELECT leaf FROM web_row WHERE register_id = r.id AND n = i.size - 1) "
    "FROM web_register r LEFT JOIN web_indexed i ON i.register = r.id "
    "UNION ALL SELECT register, '', size, leaf, 0, NULL FROM web_indexed WHERE register = 0"
)
_ROWS = (
    "SELECT n, act, data, leaf FROM web_row WHERE register_id = %s AND n >= %s ORDER BY n LIMIT %s"
)
_COLUMNS = 'id, register, n, kind, "where", key, day, said, terms'
_MARKS = ", ".join(["%s"] * 9)
_INSERT = f"INSERT INTO web_findable ({_COLUMNS}) VALUES ({_MARKS})"
_INSERT_VECTOR = (
    f"INSERT INTO web_findable ({_COLUMNS}, vector) VALUES ({_MARKS}, array_to_tsvector(%s))"
)
logger = logging.getLogger(__name__)


def catch_up(most: int = AT_ONCE) -> int:
    """Take in at most so many entries; returns how many are still to be taken in."""
    behind = _behind()
    if not behind:
        return 0
    try:
        with transaction.atomic():
            _one_at_a_time()
            return _take_in(_behind(), most)
    except DatabaseError:
        # Somebody is writing for long: what there is answers meanwhile.
        logger.exception("the index could not be caught up")
        return sum(size - indexed for _, _, indexed, size in behind if size > indexed)


def rebuild(told: Callable[[int], None] = lambda left: None) -> int:
    """Drop the index and make it anew; returns how many can be found. ``told`` hears how many
    entries are left. Raises DatabaseError."""
    with transaction.atomic():
        _one_at_a_time()
        _forget_all()
    left = 1
    while left:
        with transaction.atomic():
            _one_at_a_time()
            left = _take_in(_behind(), 20 * AT_ONCE)
        told(left)
    if _postgresql():
        # Without it the planner does not know a rare word from one that every act has.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE web_findable")
    return Findable.objects.count()


def _behind() -> list[tuple[int, str, int, int]]:
    """Registers with what is not indexed: number, address, entries indexed and written. The law is
    one of them, without entries; so is a register of which nothing that is indexed holds."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND)
        rows = cursor.fetchall()
    found = []
    law = _law_digest()
    if not any(row[0] == _LAW and bytes(row[3]) == law for row in rows):
        # Another form of the index, or another law: nothing of before is worth anything.
        return [(_LAW, "", -1, 0), *((row[0], row[1], -1, row[4] or 0) for row in rows if row[0])]
    for id_, slug, indexed, leaf, size, now in rows:
        if id_ == _LAW:
            continue
        if indexed and (now is None or bytes(leaf) != bytes(now)):
            found.append((id_, slug, -1, size or 0))
        elif (size or 0) > indexed:
            found.append((id_, slug, indexed, size))
    return found


@lru_cache(maxsize=4)
def _digest(known: packs.Packs, editions: tuple[str, ...]) -> bytes:
    told = hashlib.sha256(f"{FORM}\n".encode())
    for one in findable.of_the_law():
        told.update(f"{one.id} {one.said}\n".encode())
    return told.digest()


def _law_digest() -> bytes:
    known = packs.load()
    return _digest(known, tuple(known.editions))


def _take_in(behind: Sequence[tuple[int, str, int, int]], most: int) -> int:
    left = 0
    for id_, slug, indexed, size in behind:
        if id_ == _LAW:
            # Registers that are no longer here go with it.
            _forget_all()
            _keep(findable.of_the_law())
            Indexed.objects.create(register=_LAW, size=0, leaf=_law_digest())
            continue
        if indexed < 0:
            _forget(Findable.objects.filter(register=id_))
            Indexed.objects.filter(register=id_).delete()
        try:
            with transaction.atomic():
                took = _entries(Register(id=id_, slug=slug), max(indexed, 0), most)
        except DatabaseError:
            raise
        except Exception:
            # One register that cannot be read must not keep the others from being searched.
            logger.exception("%s cannot be indexed", slug)
            continue
        most -= took
        left += size - max(indexed, 0) - took
    return left


def _entries(register: Register, first: int, most: int) -> int:
    """Index the next entries of a register, and what they have changed; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [register.pk, first, max(most, 0)])
        rows = cursor.fetchall()
    if not rows:
        return 0
    say = Sayer(Register.objects.get(pk=register.pk))
    entries = [(n, read(data)) for n, _, data, _ in rows]
    changed = {
        entry.fields["entry"]
        for _, entry in entries
        if entry.act in _CHANGING and isinstance(entry.fields.get("entry"), int)
    }
    again = entries_of(register, {n for n in changed if n < first})
    _replace(say.entry(n, entry) for n, entry in again.items())
    _keep(say.entry(n, entry) for n, entry in entries)
    last, _, _, leaf = rows[-1]
    _stand(say)
    Indexed.objects.update_or_create(
        register=register.pk, defaults={"size": last + 1, "leaf": bytes(leaf)}
    )
    return len(rows)


def _stand(say: Sayer) -> None:
    """Keep what stands in a register as it stands now."""
    now = {one.id: one for one in say.standing()}
    kept = Findable.objects.filter(register=say.register.pk).exclude(kind="entry")
    was = dict(kept.values_list("id", "said"))
    _forget(kept.filter(id__in=[id_ for id_, said in was.items() if _differs(now, id_, said)]))
    _keep(one for id_, one in now.items() if was.get(id_) != one.said)


def _differs(now: dict[int, Found], id_: int, said: str) -> bool:
    return id_ not in now or now[id_].said != said


# -- the tables -----------------------------------------------------------------------------------


def _keep(found: Iterable[Found]) -> None:
    """Insert what was not there."""
    rows = [
        ([one.id, one.register, one.n, one.kind, one.where, one.key, one.day, one.said], one.terms)
        for one in found
    ]
    with connection.cursor() as cursor:
        if _postgresql():
            cursor.executemany(_INSERT_VECTOR, [[*row, b"", terms] for row, terms in rows])
            return
        joined = [(row, " ".join(terms)) for row, terms in rows]
        packed = [[*row, zlib.compress(terms.encode(), 1)] for row, terms in joined]
        cursor.executemany(_INSERT, packed)
        cursor.executemany(
            "INSERT INTO web_found (rowid, terms) VALUES (%s, %s)",
            [(row[0], terms) for row, terms in joined],
        )


def _replace(found: Iterable[Found]) -> None:
    for one in found:
        _forget(Findable.objects.filter(id=one.id))
        _keep([one])


def _forget(gone) -> None:
    if not _postgresql():
        with connection.cursor() as cursor:
            for id_, terms in gone.values_list("id", "terms").iterator():
                cursor.execute(
                    "INSERT INTO web_found (web_found, rowid, terms) VALUES ('delete', %s, %s)",
                    [id_, zlib.decompress(terms).decode()],
                )
    gone.delete()


def _forget_all() -> None:
    if not _postgresql():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO web_found (web_found) VALUES ('delete-all')")
    Findable.objects.all().delete()
    Indexed.objects.all().delete()


def _one_at_a_time() -> None:
    """SQLite has one writer as it is."""
    if _postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('web_findable'))")


def _postgresql() -> bool:
    return connection.vendor == "postgresql"


# -- asking ---------------------------------------------------------------------------------------


def ask(
    asked: Sequence[Asked], skip: int, most: int, *, but_one: bool = False, who: bool = False
) -> list[tuple]:
    """What answers every word, or all ``but_one``: kind, where, key, day, said. The exact first,
    then stems, then what is only alike without its letters; of each places, bodies and persons,
    then the newest. Who asks ``who`` gets persons by a stem before rules by the exact word."""
    if not asked:
        return []
    exact, stems, folded = (
        [sorted(getattr(one, kind)) for one in asked] for kind in ("exact", "stems", "folded")
    )
    tiers = [(exact, None), (stems, exact), (folded, stems)]
    if who:
        tiers = [(stems, None), (folded, stems)]
    if _postgresql():
        one = (
            "SELECT id, {tier} AS tier FROM web_findable WHERE vector @@ %s::tsquery "
            "ORDER BY id DESC LIMIT %s"
        )
        said = [_tsquery(*tier, but_one) for tier in tiers]
    else:
        one = (
            "SELECT rowid AS id, {tier} AS tier FROM web_found WHERE web_found MATCH %s "
            "ORDER BY rowid DESC LIMIT %s"
        )
        said = [_match(*tier, but_one) for tier in tiers]
    # Both databases go through the parts of a union one after another, and only as far as they have
    # to: where enough is exact, nothing else is looked for.
    union = " UNION ALL ".join(
        f"SELECT * FROM ({one.format(tier=n)}) t{n}" for n in range(len(tiers))
    )
    values = [value for query in said for value in (query, skip + most)]
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT f.kind, f."where", f.key, f.day, f.said '
            f"FROM (SELECT * FROM ({union}) v LIMIT %s OFFSET %s) u "
            "JOIN web_findable f ON f.id = u.id ORDER BY u.tier, u.id DESC",
            [*values, most, skip],
        )
        return cursor.fetchall()


def _match(words: list[list[str]], but: list[list[str]] | None, but_one: bool) -> str:
    each = ["(" + " OR ".join(map('"{}"'.format, one)) + ")" for one in words]
    said = " OR ".join(f"({' AND '.join(one)})" for one in _all(each, but_one))
    return said if but is None else f"({said}) NOT ({_match(but, None, but_one)})"


def _tsquery(words: list[list[str]], but: list[list[str]] | None, but_one: bool) -> str:
    each = ["(" + " | ".join(map("'{}'".format, one)) + ")" for one in words]
    said = " | ".join(f"({' & '.join(one)})" for one in _all(each, but_one))
    return said if but is None else f"({said}) & !({_tsquery(but, None, but_one)})"


def _all(words: list[str], but_one: bool) -> list[list[str]]:
    """All words, or each choice of all but one."""
    return list(map(list, combinations(words, len(words) - 1))) if but_one else [words]

"""Replays of registers, kept until the register or the law changes."""

from functools import lru_cache

from kerege.archive.outcome import Replay
from kerege.archive.replay import replay, under
from kerege.constitution import packs
from kerege.constitution.packs import Packs
from kerege.web.models import Register, Row
from kerege.web.registers import read


def lived_under(register: Register, constitution: str) -> Replay:
    """A register lived again under a constitution and its statutes; raises packs.UnknownPack."""
    known = packs.load()
    rows = Row.objects.filter(register=register).order_by("-n").values_list("leaf", flat=True)
    last = rows.first()
    return _lived(register.pk, bytes(last or b""), known, known.pinned(constitution))


# The last leaf stands for the whole register: see registers.told.
@lru_cache(maxsize=12)
def _lived(register: int, last: bytes, known: Packs, ids: tuple[str, ...]) -> Replay:
    data = Row.objects.filter(register=register).order_by("n").values_list("data", flat=True)
    return replay((read(one) for one in data), under(known, ids), ids, ours=True)

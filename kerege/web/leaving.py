"""Taking a place's register out of the database, for the archive to write."""

from collections.abc import Iterator
from pathlib import Path

from kerege.archive.export import write
from kerege.municipality.entry import Entry
from kerege.web.models import Checkpoint, Register, Row, Rulebook
from kerege.web.registers import read


def entries(slug: str) -> list[Entry]:
    """The entries of the register at an address; raises Register.DoesNotExist."""
    rows = Row.objects.filter(register=Register.objects.get(slug=slug)).order_by("n")
    return [read(data) for data in rows.values_list("data", flat=True)]


def export(slug: str, folder: Path) -> int:
    """Write the register at an address; raises Register.DoesNotExist."""
    register = Register.objects.get(slug=slug)
    digests: set[str] = set()

    def entries() -> Iterator[bytes]:
        rows = Row.objects.filter(register=register).order_by("n").values_list("data", flat=True)
        for data in rows.iterator():
            digests.add(read(data).digest)
            yield bytes(data)

    head = Checkpoint.objects.filter(register=register).order_by("-size").first()
    everything = list(entries())
    rulebooks = dict(Rulebook.objects.filter(pk__in=digests).values_list("digest", "text"))
    return write(folder, everything, rulebooks, bytes(head.note) if head else b"")

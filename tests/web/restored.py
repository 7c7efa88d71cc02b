"""A town whose database went back in time, and what was published meanwhile."""

import shutil

from django.db import transaction

from kerege.archive.verify import verify
from kerege.register import checkpoint, tiles
from kerege.register.note import Signer
from kerege.web import heads, keys, root
from kerege.web.catching_up import (
    admit_loss,
)
from kerege.web.leaving import export
from kerege.web.models import Register
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import declare_recovery, rotate
from tests.web.test_rotating import begin


class Restored:
    """A town whose database went back in time; ``folder`` is what was published meanwhile."""

    def __init__(self, town: Register, folder, safe: Signer) -> None:
        self.town, self.folder, self.safe = town, folder, safe

    def size(self) -> int:
        return size_of(self.town)

    def act(self) -> int:
        """Some entry, as good as any other."""
        return rotate(self.town, "stolen", self.safe)


def going_back(tmp_path, settings):
    """``restored(*acts)`` does the acts, publishes, and goes back to before them."""
    data = tmp_path / "data"
    data.mkdir()
    # What other tests have left in the database was sealed under it.
    keys.master()
    shutil.copy(keys.path(), data)
    settings.DATA = data
    settings.MIRRORS = []
    keys._opened.cache_clear()

    def there_and_back(*acts) -> Restored:
        town = begin("nookat")
        safe = declare_recovery(town)
        root.catch_up()
        before = transaction.savepoint()
        for act in acts or (rotate_as_stolen,) * 3:
            act(town, safe)
        root.catch_up()
        export(town.slug, tmp_path / "mirror")
        origin, size = town.origin, size_of(town)
        heads.write(origin, size, (tmp_path / "mirror/checkpoint").read_bytes())
        whole = root.RootHead.objects.last()
        heads.write(root.origin(), whole.size, bytes(whole.note))
        transaction.savepoint_rollback(before)
        return Restored(Register.objects.get(slug="nookat"), tmp_path / "mirror", safe)

    yield there_and_back
    keys._opened.cache_clear()


def rotate_as_stolen(town: Register, safe: Signer) -> None:
    rotate(town, "stolen", safe)


def declare(town: Register, safe: Signer) -> None:
    """An entry that changes no key in force."""
    declare_recovery(town, safe)


def rotate_in_routine(town: Register, safe: Signer) -> None:
    rotate(town)


def lose(town: Register, safe: Signer) -> None:
    """Admit a loss of three entries nobody has."""
    head = checkpoint.Checkpoint(town.origin, size_of(town) + 3, b"\5" * 32)
    heads.write(town.origin, head.size, checkpoint.sign(head, keys.signer(town.origin)))
    admit_loss(town, "Өрт болду, билдиребиз")


def holds(town: Register, tmp_path, full: bool = True) -> bool:
    export(town.slug, tmp_path / "export")
    report = verify(tmp_path / "export", full=full)
    assert report.size == size_of(town) == told(town).size
    return report.ok


def change_bundle(folder, size: int, change) -> None:
    path = folder / tiles.entries_path(0, size)
    entries = change(tiles.unbundle(path.read_bytes()))
    path.write_bytes(tiles.bundle(entries))


def other_note(folder, signer: Signer, size: int | None = None) -> None:
    head = checkpoint.parse((folder / "checkpoint").read_text().split("\n\n")[0] + "\n")
    said = checkpoint.Checkpoint(signer.name, size or head.size, head.root)
    (folder / "checkpoint").write_bytes(checkpoint.sign(said, signer))

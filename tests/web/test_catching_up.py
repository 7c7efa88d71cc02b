"""After an old copy was restored: nothing is signed, and both ways on."""

import shutil
import socket
import time
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread, current_thread

import pytest
from django.db import transaction

from kerege.archive.verify import verify
from kerege.municipality import keys as folded
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.problem import Malformed
from kerege.register import checkpoint, tiles
from kerege.register.canonical import canonical
from kerege.register.note import Signer
from kerege.web import catching_up, heads, keys, root
from kerege.web.appending import append
from kerege.web.catching_up import (
    NothingLost,
    admit_loss,
    ask_elsewhere,
    behind,
    catch_up,
)
from kerege.web.heads import Behind
from kerege.web.importing import NotTaken
from kerege.web.keys import Locked
from kerege.web.leaving import export
from kerege.web.models import Register, Row
from kerege.web.nodes import Leaves
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import by_operator, declare_recovery, rotate
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


@pytest.fixture
def restored(db, tmp_path, settings):
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
        before = transaction.savepoint()
        for act in acts or (rotate_as_stolen,) * 3:
            act(town, safe)
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


def correct_often(town: Register, safe: Signer) -> None:
    """Three hundred corrections, written past the gate."""
    for n in range(size_of(town), size_of(town) + 300):
        one = Entry(
            id=str(n),
            act="Correct",
            fields={"entry": 0, "field": "name_en", "text": f"Nookat {n}"},
            actor=Actor("recorder"),
            held_on=told(town).latest,
            recorded_at=datetime.now(UTC),
            standing="exempt",
        )
        data = canonical(one.json())
        append(town, n, data, uid=one.id, act=one.act, held_on=one.held_on, standing=one.standing)


def lose(town: Register, safe: Signer) -> None:
    """Admit a loss of three entries nobody has."""
    head = checkpoint.Checkpoint(town.origin, size_of(town) + 3, b"\5" * 32)
    heads.write(town.origin, head.size, checkpoint.sign(head, keys.signer(town.origin)))
    admit_loss(town, "Өрт")


def holds(town: Register, tmp_path) -> bool:
    export(town.slug, tmp_path / "export")
    report = verify(tmp_path / "export")
    assert report.size == size_of(town) == told(town).size
    return report.ok


# -- nothing is signed ------------------------------------------------------------------------


def test_behind_what_was_published_nothing_is_written(restored):
    old = restored(declare)
    before = old.size(), keys.vkeys(old.town.origin)
    with pytest.raises(Behind, match="was published with"):
        old.act()
    assert (old.size(), keys.vkeys(old.town.origin)) == before
    assert behind(old.town) and root.is_behind()


# -- what was published comes back --------------------------------------------------------------


def test_entries_come_back_as_they_were(restored, tmp_path):
    old = restored(declare)
    assert catch_up(old.town, str(old.folder)) == 1
    rows = Row.objects.filter(register=old.town).order_by("n").values_list("data", flat=True)
    lines = (old.folder / "register.jsonl").read_bytes().splitlines()
    assert [bytes(data) for data in rows] == lines
    assert not behind(old.town) and not root.is_behind()
    assert root.origin().endswith("/root/2")
    assert catch_up(old.town, str(old.folder)) == 0
    rotate(old.town)
    assert holds(old.town, tmp_path)


def test_more_than_a_bundle_comes_back(restored, tmp_path):
    old = restored(correct_often)
    assert catch_up(old.town, str(old.folder)) == 300
    rotate(old.town, "lost", old.safe)
    assert holds(old.town, tmp_path)


def test_from_an_address(restored):
    old = restored(declare)
    handler = partial(SimpleHTTPRequestHandler, directory=str(old.folder.parent))
    handler.log_message = lambda *said: None
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}/{{slug}}"
        with pytest.raises(NotTaken, match="there is no checkpoint"):
            catch_up(old.town, place)
        shutil.copytree(old.folder, old.folder.parent / "nookat")
        assert catch_up(old.town, place) == 1
        server.shutdown()


def test_a_key_made_meanwhile_is_gone_and_is_changed_as_lost(restored, tmp_path):
    old = restored(rotate_as_stolen, rotate_as_stolen)
    assert catch_up(old.town, str(old.folder)) == 2
    with pytest.raises(Locked, match="no seed here"):
        rotate(old.town)
    rotate(old.town, "lost", old.safe)
    rotate(old.town)
    assert holds(old.town, tmp_path)


def test_a_loss_admitted_meanwhile_comes_back_with_its_name(restored, tmp_path):
    old = restored(lose)
    name = old.town.origin
    assert catch_up(old.town, str(old.folder)) == 1
    assert Register.objects.get(slug="nookat").origin == f"{name}/2"
    rotate(old.town)
    assert holds(old.town, tmp_path)


def change_bundle(folder, size: int, change) -> None:
    path = folder / tiles.entries_path(0, size)
    entries = change(tiles.unbundle(path.read_bytes()))
    path.write_bytes(tiles.bundle(entries))


def other_note(folder, signer: Signer, size: int | None = None) -> None:
    head = checkpoint.parse((folder / "checkpoint").read_text().split("\n\n")[0] + "\n")
    said = checkpoint.Checkpoint(signer.name, size or head.size, head.root)
    (folder / "checkpoint").write_bytes(checkpoint.sign(said, signer))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(
            lambda folder, size: change_bundle(
                folder, size, lambda x: [*x[:-1], x[-1].replace(b"false", b"true")]
            ),
            "altered",
            id="an entry changed",
        ),
        pytest.param(
            lambda folder, size: change_bundle(folder, size, lambda x: [*x[:-1], b"{"]),
            "unreadable",
            id="an entry that is none",
        ),
        pytest.param(
            lambda folder, size: change_bundle(folder, size, lambda x: x[:-1]),
            "unreadable",
            id="an entry too few",
        ),
        pytest.param(
            lambda folder, size: other_note(folder, Signer("kerege.local/nookat", b"\6" * 32)),
            "bad_signature",
            id="signed by another",
        ),
        pytest.param(
            lambda folder, size: (folder / "checkpoint").write_text("…"),
            "unreadable",
            id="no checkpoint",
        ),
        pytest.param(
            lambda folder, size: shutil.rmtree(folder / "tile/entries"),
            "missing_file",
            id="no entries",
        ),
        pytest.param(
            lambda folder, size: (
                shutil.rmtree(folder / "rulebooks", ignore_errors=True)
                or change_bundle(folder, size, lambda x: [*x[:-1], x[0]])
            ),
            "altered",
            id="an entry twice",
        ),
    ],
)
def test_what_was_not_signed_here_is_not_taken_in(restored, spoil, code):
    old = restored(declare)
    before = old.size()
    spoil(old.folder, before + 1)
    with pytest.raises(NotTaken) as refused:
        catch_up(old.town, str(old.folder))
    assert refused.value.code == code
    assert old.size() == before == told(old.town).size and behind(old.town)


def test_a_key_that_a_thief_put_in_force_elsewhere_is_not_followed(restored):
    old = restored(rotate_in_routine)
    size = old.size()
    # The same entry, as if the change had been called stolen: nobody signed that.
    change_bundle(
        old.folder, size + 1, lambda x: [*x[:-1], x[-1].replace(b'"routine"', b'"stolen"')]
    )
    with pytest.raises(NotTaken) as refused:
        catch_up(old.town, str(old.folder))
    assert refused.value.code == "bad_key_change"


def test_from_a_place_that_has_not_all_the_register_stays_behind(restored, tmp_path):
    old = restored(declare)
    half = tmp_path / "half"
    shutil.copytree(old.folder, half)
    size = old.size() + 5
    head = checkpoint.Checkpoint(old.town.origin, size, b"\4" * 32)
    heads.write(old.town.origin, size, checkpoint.sign(head, keys.signer(old.town.origin)))
    assert catch_up(old.town, str(half)) == 1
    assert behind(old.town)
    with pytest.raises(Behind):
        rotate(old.town)


# -- what was published is gone -----------------------------------------------------------------


def test_a_loss_is_admitted_under_another_name(restored, tmp_path):
    old = restored(declare, rotate_in_routine)
    name, size, seed = old.town.origin, old.size(), keys.signer(old.town.origin).seed
    known = heads.known(name)
    n = admit_loss(old.town, "Сервер өрттөндү")
    town = Register.objects.get(slug="nookat")
    (loss,) = told(town).all(folded.Loss)
    assert n == size and (loss.known_size, loss.known_root) == (known.size, known.root.hex())
    assert town.origin == f"{name}/2" and keys.signer(town.origin) == Signer(town.origin, seed)
    assert heads.known(name) == known and not behind(town) and not root.is_behind()
    rotate(town)
    assert holds(town, tmp_path)
    assert (tmp_path / "export/key").read_text().startswith(f"{name}+")


def test_a_second_loss_gives_a_third_name(restored, tmp_path):
    old = restored(declare)
    name = old.town.origin
    admit_loss(old.town, "Өрт")
    lose(old.town, old.safe)
    rotate(old.town)
    assert Register.objects.get(slug="nookat").origin == f"{name}/3"
    assert holds(old.town, tmp_path)


def test_the_same_copy_restored_again_loses_the_second_name_too(restored, tmp_path):
    old = restored(declare)
    name = old.town.origin
    before = transaction.savepoint()
    admit_loss(old.town, "Өрт")
    rotate(old.town)
    second = bytes(old.town.checkpoints.last().note)
    whole = root.RootHead.objects.last()
    heads.write(root.origin(), whole.size, bytes(whole.note))
    transaction.savepoint_rollback(before)
    town = Register.objects.get(slug="nookat")
    heads.write(f"{name}/2", size_of(town) + 2, second)
    n = admit_loss(town, "Дагы өрт")
    sizes = [loss.known_size for loss in told(town).all(folded.Loss)]
    assert town.origin == f"{name}/3" and sizes == [n, n + 1]
    signed = town.checkpoints.values_list("size", flat=True)
    # Under the second name nothing is signed again.
    assert n not in signed and n + 1 in signed
    assert root.origin().endswith("/root/3")
    rotate(town)
    assert holds(town, tmp_path)


def test_without_a_loss_none_is_admitted(restored):
    old = restored(declare)
    catch_up(old.town, str(old.folder))
    size = old.size()
    with pytest.raises(NothingLost):
        admit_loss(old.town, "Эч нерсе болгон жок")
    assert old.size() == size and told(old.town).size == size


def test_by_hand_no_loss_is_admitted_under_the_same_name(restored):
    old = restored(declare)
    catch_up(old.town, str(old.folder))
    fields = {"known_size": 9, "known_root": "0" * 64, "reason": "…"}
    with pytest.raises(Malformed):
        by_operator(old.town, "AdmitLoss", fields)


# -- when the server starts -----------------------------------------------------------------------


def test_a_starting_server_learns_elsewhere_that_it_is_behind(restored, settings):
    old = restored(rotate_as_stolen)
    heads.path(old.town.origin).unlink()
    assert not behind(old.town)
    settings.MIRRORS = [str(old.folder.parent / "nowhere" / "{slug}"), str(old.folder)]
    ask_elsewhere()
    assert behind(old.town)
    with pytest.raises(Behind):
        old.act()


def test_a_signed_head_is_believed_without_its_entries(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    shutil.rmtree(old.folder / "tile")
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert behind(old.town)


def test_an_answer_that_comes_late_is_remembered_when_it_comes(restored, settings, monkeypatch):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    settings.MIRRORS = [str(old.folder)]
    given_up, asked = Event(), []
    at_once = catching_up._head_elsewhere

    def late(mine, source):
        asked.append(current_thread())
        given_up.wait(60)
        return at_once(mine, source)

    monkeypatch.setattr(catching_up, "_head_elsewhere", late)
    ask_elsewhere(patience=0)
    assert not behind(old.town)
    given_up.set()
    for one in asked:
        one.join(60)
    assert behind(old.town)


def test_another_history_of_the_same_length_stops_the_signing(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    settings.MIRRORS = [str(old.folder)]
    for size in (old.size(), old.size() - 1):
        own = tiles.root(Leaves(old.town), size)
        for said, forked in ((own, False), (b"\7" * 32, True)):
            head = checkpoint.Checkpoint(old.town.origin, size, said)
            signer = keys.signer(old.town.origin)
            (old.folder / "checkpoint").write_bytes(checkpoint.sign(head, signer))
            ask_elsewhere()
            assert behind(old.town) == forked
        heads.path(old.town.origin).unlink()


def test_whatever_goes_wrong_with_a_place_it_was_not_asked(restored, settings, monkeypatch, caplog):
    restored(declare)
    settings.MIRRORS = ["nowhere"]

    def fail(mine, source):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(catching_up, "_head_elsewhere", fail)
    ask_elsewhere()
    assert "nowhere was not asked: by nought" in caplog.text


def test_of_a_register_kept_elsewhere_no_loss_is_admitted(restored):
    old = restored(declare)
    Register.objects.filter(pk=old.town.pk).update(mirror_of="https://elsewhere.example")
    with pytest.raises(Malformed):
        admit_loss(old.town, "Өрт")


def test_a_head_of_a_later_key_is_not_believed_without_its_entries(restored, settings):
    old = restored(rotate_as_stolen)
    heads.path(old.town.origin).unlink()
    change_bundle(old.folder, old.size() + 1, lambda x: [*x[:-1], x[-1].replace(b"false", b"true")])
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert not behind(old.town)


def test_what_another_says_without_our_signature_is_not_believed(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    other_note(old.folder, Signer(old.town.origin, b"\6" * 32))
    settings.MIRRORS = [str(old.folder)]
    ask_elsewhere()
    assert not behind(old.town)


def test_it_does_not_wait_for_who_does_not_answer(restored, settings):
    old = restored(declare)
    heads.path(old.town.origin).unlink()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/{{slug}}"
        settings.MIRRORS = [place, str(old.folder), place]
        began = time.monotonic()
        ask_elsewhere(patience=0.5)
        # Far less than one answer is waited for when a register is read.
        assert time.monotonic() - began < 10
    assert behind(old.town)

"""After an old copy was restored: nothing is signed, and what is missing comes back."""

import shutil
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from kerege.municipality.entry import Actor, Entry
from kerege.register import checkpoint
from kerege.register.canonical import canonical
from kerege.register.note import Signer
from kerege.web import heads, keys, root
from kerege.web.appending import append
from kerege.web.catching_up import (
    behind,
    catch_up,
)
from kerege.web.heads import Behind
from kerege.web.importing import NotTaken
from kerege.web.keys import Locked
from kerege.web.models import Register, Row
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import rotate
from tests.web.restored import (
    change_bundle,
    declare,
    holds,
    lose,
    other_note,
    rotate_as_stolen,
    rotate_in_routine,
)


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
    assert root.origin().endswith("/public-root/2")
    assert catch_up(old.town, str(old.folder)) == 0
    rotate(old.town)
    assert holds(old.town, tmp_path)


def test_more_than_a_bundle_comes_back(restored, tmp_path):
    old = restored(correct_often)
    assert catch_up(old.town, str(old.folder)) == 300
    rotate(old.town, "lost", old.safe)
    # What was written past the gate would not have passed it.
    assert holds(old.town, tmp_path, full=False)


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

"""After an old copy was restored that nobody has more of: the loss is admitted."""

import shutil
from datetime import UTC, datetime

import pytest
from django.db import transaction

from kerege.municipality import keys as folded
from kerege.municipality.problem import Malformed
from kerege.register import checkpoint
from kerege.register.note import Signer
from kerege.web import heads, keys, root
from kerege.web.appending import note_at
from kerege.web.catching_up import (
    NothingLost,
    NotLost,
    admit_loss,
    behind,
    catch_up,
)
from kerege.web.gate import consider
from kerege.web.importing import NotTaken, losses_as_known
from kerege.web.models import Departed, Register
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import attempted, by_operator, rotate
from tests.web.restored import declare, holds, lose, rotate_in_routine


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
    admit_loss(old.town, "Өрт болду, билдиребиз")
    lose(old.town, old.safe)
    rotate(old.town)
    assert Register.objects.get(slug="nookat").origin == f"{name}/3"
    assert holds(old.town, tmp_path)


def test_the_same_copy_restored_again_loses_the_second_name_too(restored, tmp_path):
    old = restored(declare)
    name = old.town.origin
    before = transaction.savepoint()
    admit_loss(old.town, "Өрт болду, билдиребиз")
    rotate(old.town)
    second = bytes(old.town.checkpoints.last().note)
    whole = root.RootHead.objects.last()
    heads.write(root.origin(), whole.size, bytes(whole.note))
    transaction.savepoint_rollback(before)
    town = Register.objects.get(slug="nookat")
    heads.write(f"{name}/2", size_of(town) + 2, second)
    n = admit_loss(town, "Дагы өрт болду, билдиребиз")
    sizes = [loss.known_size for loss in told(town).all(folded.Loss)]
    assert town.origin == f"{name}/3" and sizes == [n, n + 1]
    signed = town.checkpoints.values_list("size", flat=True)
    # Under the second name nothing is signed again.
    assert n not in signed and n + 1 in signed
    assert root.origin().endswith("root/3")
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


def test_of_a_register_kept_elsewhere_no_loss_is_admitted(restored):
    old = restored(declare)
    Register.objects.filter(pk=old.town.pk).update(mirror_of="https://elsewhere.example")
    with pytest.raises(Malformed):
        admit_loss(old.town, "Өрт болду, билдиребиз")


def test_what_a_named_place_has_is_not_lost(restored, settings, tmp_path, caplog):
    old = restored(declare, rotate_in_routine)
    size, name = old.size(), old.town.origin
    settings.MIRRORS = [str(tmp_path / "nowhere"), str(old.folder.parent / "mirror")]
    with pytest.raises(NotLost, match=f"catch-up nookat --from {old.folder}"):
        admit_loss(old.town, "Өрт болду, билдиребиз")
    assert old.size() == size and Register.objects.get(slug="nookat").origin == name
    assert "nowhere was not asked" in caplog.text


def test_what_a_place_names_without_having_it_is_lost(restored, settings):
    old = restored(declare)
    shutil.rmtree(old.folder / "tile")
    settings.MIRRORS = [str(old.folder)]
    assert admit_loss(old.town, "Өрт болду, билдиребиз") == old.size() - 1


@pytest.mark.parametrize("change", ["known_root", "known_size"])
def test_a_loss_of_what_was_never_published_is_refused_at_the_gate(restored, change):
    old = restored(declare)
    last, size, name = heads.known(old.town.origin), old.size(), f"{old.town.origin}/2"
    said = {"known_size": last.size, "known_root": last.root.hex(), "reason": "Өрт"}
    keys.take_in(Signer(name, keys.signer(old.town.origin).seed), size + 1)
    old.town.origin = name
    consider(old.town, attempted(old.town, "AdmitLoss", said), datetime.now(UTC))
    said |= {"known_root": "0" * 64} if change == "known_root" else {"known_size": last.size + 1}
    with pytest.raises(Malformed) as wrong:
        consider(old.town, attempted(old.town, "AdmitLoss", said), datetime.now(UTC))
    assert [one.field for one in wrong.value.problems] == ["known_root"]


@pytest.mark.parametrize(
    ("size", "root_", "held"),
    [(0, b"\5", True), (0, b"\6", False), (-1, b"\6", True), (1, b"\5", False)],
)
def test_a_loss_from_elsewhere_is_held_against_what_is_known_here(restored, size, root_, held):
    old = restored(declare)
    catch_up(old.town, str(old.folder))
    name = old.town.origin
    lose(old.town, old.safe)
    (loss,) = told(old.town).all(folded.Loss)
    head = checkpoint.Checkpoint(name, loss.known_size + size, root_ * 32)
    heads.path(name).unlink()
    heads.write(name, head.size, checkpoint.sign(head, Signer(name, b"\6" * 32)))
    if held:
        losses_as_known(told(old.town), name)
    else:
        with pytest.raises(NotTaken) as refused:
            losses_as_known(told(old.town), name)
        assert refused.value.code == "bad_loss"


def test_the_copy_that_was_lost_signs_nothing_when_it_is_found_again(restored):
    """An old copy went on under another name; then the newer one, which knows nothing of that, is
    put back in its place."""
    old = restored(declare)
    name, before = old.town.origin, transaction.savepoint()
    admit_loss(old.town, "Диск күйдү")
    assert old.town.origin == f"{name}/2"
    rotate(old.town)
    gone_on = size_of(old.town)
    heads.write(f"{name}/2", gone_on, note_at(old.town, gone_on))
    transaction.savepoint_rollback(before)
    found = Register.objects.get(slug="nookat")
    catch_up(found, str(old.folder))
    # Nothing is missing of what was published under its own name.
    assert (found.origin, size_of(found)) == (name, heads.known(name).size)
    assert behind(found)
    with pytest.raises(heads.Behind, match=f"{name}/2 was published with {gone_on}"):
        rotate(found)
    n = admit_loss(found, "Ал көчүрмө да жоголду")
    assert found.origin == f"{name}/3" and n == size_of(found) - 1
    assert [one.known_size for one in told(found).all(folded.Loss)] == [gone_on, gone_on]
    rotate(found)
    assert holds(found, old.folder.parent)
    assert holds(found, old.folder.parent)


@pytest.mark.parametrize(
    ("name", "next_"),
    [
        ("kerege.kg/naryn", "kerege.kg/naryn/2"),
        ("kerege.kg/naryn/2", "kerege.kg/naryn/3"),
        ("kerege.kg/naryn/9", "kerege.kg/naryn/10"),
        ("kerege.kg/41704400000010", "kerege.kg/41704400000010/2"),
        ("kerege.kg/public-root/12", "kerege.kg/public-root/13"),
    ],
)
def test_the_name_after_a_loss(name, next_):
    assert folded.after(name) == next_


def test_what_an_export_made_here_has_is_not_lost(restored):
    old = restored(declare)
    size = old.size()
    Departed.objects.create(register=old.town, path=str(old.folder), whole=False)
    with pytest.raises(NotLost, match=f"catch-up nookat --from {old.folder}"):
        admit_loss(old.town, "Өрт болду, билдиребиз")
    shutil.rmtree(old.folder)
    assert old.size() == size and admit_loss(old.town, "Өрт болду, билдиребиз") == size


@pytest.mark.parametrize("reason", ["", " ", "x", "........."])
def test_a_loss_is_admitted_with_a_reason(restored, reason):
    old = restored(declare)
    size = old.size()
    with pytest.raises(Malformed, match=r"reason: (required|too_short)"):
        admit_loss(old.town, reason)
    assert old.size() == size

"""What a register says of its keys: their shape, their order, the name of the log."""

import pytest

from kerege.municipality.fields import Wrong
from kerege.municipality.keys import Note, Vkey, changes, losses, origin, recovery
from kerege.register.note import Signer, sign
from kerege.register.rotation import statement
from tests.cast import BEFORE, DAY, NOTE, VKEY, bare, the_country

OLD_KEY, NEW_KEY = Signer("example.kg/нарын", b"\1" * 32), Signer("example.kg/нарын", b"\2" * 32)
VKEYS = [VKEY.replace("00000000", f"{n:08}") for n in range(3)]


def test_what_is_signed_with_is_of_this_shape():
    vkey = NEW_KEY.verifier.vkey
    text = statement(OLD_KEY.name, OLD_KEY.verifier.vkey, vkey, "stolen")
    note = sign(text, OLD_KEY, NEW_KEY).decode()
    assert Vkey().read(vkey) == vkey and Note().read(note) == note


@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, "", "kg/naryn", VKEY + " ", VKEY + "\n", VKEY[:-1], VKEY + "A"),
        *(f" {VKEY}", VKEY.replace("0", "g", 1), f"a b+00000000+{'A' * 44}"),
    ],
)
def test_no_other_shape_is_a_key(value):
    with pytest.raises(Wrong, match="not_a_key"):
        Vkey().read(value)


@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, "", "text\n", NOTE[:-1], NOTE + "\n", NOTE.replace("\n\n", "\n")),
        *(NOTE.replace("\n", "\r\n"), NOTE.replace("kerege", "\u2028"), NOTE.replace("k", "\t")),
        NOTE.replace("\N{EM DASH}", "-"),
    ],
)
def test_no_other_shape_is_a_note(value):
    with pytest.raises(Wrong, match="not_a_note"):
        Note().read(value)


def test_a_note_is_not_endless():
    with pytest.raises(Wrong, match="too_long"):
        Note().read(NOTE.replace("kerege", "k" * 4000))


@pytest.mark.parametrize("where", [bare, the_country])
def test_keys_follow_each_other_in_the_order_of_entries(where):
    town = where()
    assert recovery(town.m) is None and not list(changes(town.m)) and losses(town.m) == 0
    for vkey, on in zip(VKEYS, (DAY, DAY, BEFORE), strict=True):
        town.act("RotateKey", "", on, key=vkey, why="routine", note=NOTE)
    assert [one.key for one in changes(town.m)] == VKEYS


def test_each_loss_gives_the_log_another_name():
    names = [origin("example.kg/naryn", n) for n in range(3)]
    assert names == ["example.kg/naryn", "example.kg/naryn/2", "example.kg/naryn/3"]

"""What a copy passes on of signatures: those of its register and of its witnesses, and no others;
and what a witness keeps of them."""

import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings

from kerege.register import witness
from kerege.register.note import Signer, read_note
from kerege.web import erasing, mirroring
from kerege.web import witness as us
from kerege.web.importing import NotTaken
from kerege.web.mirroring import follow
from kerege.web.models import Cosignature, Neighbour, Register
from tests.archive.making import (
    NAME,
    cosigned,
    entries_of,
    make_folder,
    note_of,
    signer_of,
    witness_of,
)
from tests.web.test_being_a_witness import NOW, Log

ORIGIN = f"{NAME}/on-archa"
DATA = entries_of()[:20]


@pytest.fixture
def there(demo, tmp_path, monkeypatch):
    data = tmp_path / "house"
    data.mkdir()
    shutil.copy(settings.DATA / "master.key", data)
    monkeypatch.setattr(settings, "DATA", data)
    make_folder(tmp_path / "there", data=DATA, witnesses=["w.example"])
    return tmp_path / "there"


def kept() -> list[tuple[str, str]]:
    return list(Cosignature.objects.values_list("origin", "witness"))


@pytest.mark.parametrize("first", [True, False])
def test_a_head_of_the_same_size_must_be_signed_too(there, first):
    before = kept()
    if not first:
        follow(str(there))
        Cosignature.objects.all().delete()
        before = []
    stranger = signer_of("stranger.example/x")
    forged = note_of(DATA, Signer(ORIGIN, stranger.seed))
    (there / "checkpoint").write_bytes(cosigned(forged, ["w.example"]))
    with pytest.raises(NotTaken) as why:
        follow(str(there))
    assert why.value.code == "bad_signature" and kept() == before


def test_a_head_of_the_same_size_of_another_log_is_refused(there):
    follow(str(there))
    before = kept()
    ours = Register.objects.get(slug="naryn").origin
    forged = note_of(DATA, Signer(ours, signer_of(ORIGIN).seed))
    (there / "checkpoint").write_bytes(cosigned(forged, ["w.example"]))
    with pytest.raises(NotTaken):
        follow(str(there))
    assert kept() == before and not Cosignature.objects.filter(origin=ours).exists()


def test_only_what_its_witnesses_signed_is_passed_on(there, monkeypatch):
    file = there / "checkpoint"
    right = file.read_bytes()
    line = cosigned(right, ["stranger.example"])[len(right) :]
    forged = line.replace(b"stranger.example", b"w.example")
    file.write_bytes(right + line + forged)
    follow(str(there))
    assert [one for one in kept() if one[0] == ORIGIN] == [(ORIGIN, "w.example")]
    assert Cosignature.objects.get(origin=ORIGIN).line.encode() in right
    # A time that has not come yet counts for nothing.
    Cosignature.objects.filter(origin=ORIGIN).delete()
    monkeypatch.setattr(mirroring.time, "time", lambda: 1_000_000_000)
    follow(str(there))
    assert not Cosignature.objects.filter(origin=ORIGIN).exists()


def test_a_witness_the_house_asks_itself_has_the_key_that_stands_here(there):
    other = type(witness_of("w.example"))("w.example", bytes(32)).verifier.vkey
    (settings.DATA / "policy").write_text(f"witness w {other}\nquorum w\n")
    follow(str(there))
    assert not Cosignature.objects.filter(origin=ORIGIN).exists()


def test_a_request_with_a_hundred_signatures_stays_readable(db):
    log = Log("osh.example.kg/register")
    us.watch(log.signer.verifier.vkey)
    note = log.grow(3)
    own = note.splitlines(keepends=True)[-1]
    strangers = cosigned(note, [f"w{n}.example" for n in range(49)])[len(note) :]
    body = witness.format(0, [], note + strangers + own * 50)
    assert us.answer(body, NOW).status == 200
    _, lines = read_note(bytes(Neighbour.objects.get().note))
    assert [name for name, _, _ in lines] == [log.signer.name, us.origin()]
    assert us.answer(log.asks(3, 5), NOW).status == 200


def test_an_erasure_of_an_entry_that_there_is_not_is_passed_over(demo, monkeypatch):
    town = Register.objects.get(slug="on-archa")
    here = erasing.told(town)

    last = SimpleNamespace(fields={"entry": 10**6, "names": ["applicant"]})
    said = SimpleNamespace(erased={10**6: {"applicant": here.size - 1}})
    known = erasing.entry_of
    monkeypatch.setattr(erasing, "told", lambda register: said)
    monkeypatch.setattr(
        erasing, "entry_of", lambda r, n: last if n == here.size - 1 else known(r, n)
    )
    erasing.learn(town)

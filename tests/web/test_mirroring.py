"""Following a register elsewhere: only what goes on from what is here is taken."""

import threading
from contextlib import contextmanager
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kerege.archive.verify import verify
from kerege.municipality.problem import Malformed
from kerege.register import rotation
from kerege.register.note import sign
from kerege.web import heads
from kerege.web.gate import perform
from kerege.web.leaving import export
from kerege.web.mirroring import follow
from kerege.web.models import Checkpoint, Document, Key, Register
from kerege.web.public import Public
from kerege.web.registers import told
from tests.archive.making import NAME, changed, signer_of
from tests.web.copied_house import DATA, FIRST, ORIGIN, grow, here, lines, own_house, refused
from tests.web.test_gate import NOW, attempt


@pytest.fixture(autouse=True)
def house(demo, tmp_path, monkeypatch):
    own_house(tmp_path, monkeypatch)


@pytest.fixture
def there(tmp_path):
    """Another house's export, of the first entries; grown or forged by the tests."""
    return grow(tmp_path / "there", DATA[:FIRST])


def test_the_first_time_makes_a_copy_and_pins_the_key(there):
    arrived = follow(str(there))
    assert arrived.size == FIRST and lines() == DATA[:FIRST]
    register = here()
    # The address was taken here by a place of this house.
    assert register.slug == "on-archa-2" and "/on-archa/ is taken" in arrived.remarks[0]
    assert register.pinned == signer_of(ORIGIN).verifier.vkey
    assert any(register.pinned in remark for remark in arrived.remarks)
    assert register.mirror_of and not register.country
    # It signs nothing, and has no key to sign with.
    assert not Key.objects.filter(origin=ORIGIN).exists()


def test_a_key_that_is_known_need_not_be_trusted_on_sight(there):
    vkey = signer_of(ORIGIN).verifier.vkey
    assert not any("first sight" in remark for remark in follow(str(there), vkey).remarks)
    refused(there, "re_signed", signer_of(f"{NAME}/other").verifier.vkey)


def test_nothing_can_be_entered_at_a_copy(there):
    follow(str(there))
    with pytest.raises(Malformed) as why:
        perform(here(), attempt(), NOW)
    assert why.value.problems[0].key == "only_a_copy"


def test_a_copy_is_exported_like_the_register_itself(there, tmp_path):
    grow(there, DATA, witnesses=["w.example"])
    follow(str(there))
    export(here().slug, tmp_path / "again")
    assert verify(tmp_path / "again").problems == []
    kept = (tmp_path / "again/checkpoint").read_bytes()
    assert kept == (there / "checkpoint").read_bytes()


def test_what_is_new_is_taken_and_what_is_known_is_left(there, django_capture_on_commit_callbacks):
    follow(str(there))
    grow(there, DATA)
    with django_capture_on_commit_callbacks(execute=True):
        assert follow(str(there)).size == len(DATA)
    assert lines() == DATA and told(here()).size == len(DATA)
    assert heads.known(ORIGIN).size == len(DATA)
    sizes = Checkpoint.objects.filter(register=here()).values_list("size", flat=True)
    assert sorted(sizes) == [FIRST, len(DATA)]
    # Nothing new: nothing done.
    assert follow(str(there)).size == len(DATA)


@contextmanager
def served(folder):
    """The address of a folder, and what is asked of it."""
    asked = []

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *said):
            super().__init__(*said, directory=str(folder))

        def log_request(self, *said):
            asked.append(self.path)

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()


def test_another_register_at_a_followed_address_is_not_taken_for_it(there):
    with served(there) as (place, _):
        follow(place)
        stranger = signer_of("stranger.example/on-archa")
        grow(there, DATA, signer=stranger)
        refused(place, "other_register")
        refused(place, "other_register")
        # Whoever means it says whose it is.
        assert follow(place, stranger.verifier.vkey).register.origin == stranger.name
    assert lines() == DATA[:FIRST]


def test_over_the_web_only_what_is_new_is_fetched(there):
    with served(there) as (place, asked):
        many = [*DATA, *(changed(DATA[-1], id=f"more-{n}") for n in range(600 - len(DATA)))]
        grow(there, many[:300])
        follow(place)
        assert here().mirror_of == place
        asked.clear()
        grow(there, many)
        follow(place)
    assert lines() == many
    # The tree here is the tree there, its second level too.
    files = [path for path in (there / "tile").rglob("*") if path.is_file()]
    assert (there / "tile/1/000.p/2") in files
    for path in files:
        assert Public(here()).read(path.relative_to(there).as_posix()) == path.read_bytes()
    assert "/tile/entries/001" in asked and "/tile/entries/002.p/88" in asked
    assert "/tile/entries/000" not in asked and "/register.jsonl" not in asked
    assert not any(path.startswith("/rulebooks/") for path in asked)


# -- keys -----------------------------------------------------------------------------------------


def rotated(note_by=None):
    """The register with an entry that puts a new key in force, and some after it."""
    old = signer_of(ORIGIN)
    new = type(old)(ORIGIN, signer_of(f"{ORIGIN}/new").seed)
    vkey = new.verifier.vkey
    text = rotation.statement(ORIGIN, old.verifier.vkey, vkey, "routine")
    entry = changed(
        DATA[FIRST],
        id="rotate",
        act="RotateKey",
        fields={
            "key": vkey,
            "why": "routine",
            "note": sign(text, note_by or old).decode(),
        },
        actor={"kind": "operator", "of": ""},
        digest="",
        question=None,
        ruling=None,
        rests_on=[],
        standing="exempt",
    )
    return [*DATA[:FIRST], entry, changed(DATA[FIRST - 1], id="after")], new


def test_a_new_key_is_followed_when_the_old_one_named_it(there, tmp_path):
    follow(str(there))
    data, new = rotated()
    grow(there, data)
    refused(there, "bad_signature")
    grow(there, data, signed=new)
    assert follow(str(there)).size == len(data)
    export(here().slug, tmp_path / "again")
    assert (tmp_path / "again/key").read_bytes() == (there / "key").read_bytes()
    # The entries were made up for the log, not by the gate.
    made_up = {"not_put", "bad_standing", "bad_late", "not_entitled"}
    assert verify(tmp_path / "again").codes() <= made_up


def test_a_new_key_that_names_itself_is_refused(there):
    follow(str(there))
    _, new = rotated()
    data, _ = rotated(note_by=new)
    grow(there, data, signed=new)
    refused(there, "bad_key_change")


# -- broken ---------------------------------------------------------------------------------------


def test_a_paper_that_is_another_is_left_out_and_told(there):
    right, wrong = b"the minutes\n", b"other minutes\n"
    named = [sha256(one).hexdigest() for one in (right, wrong)]
    paper = {"number": "1", "date": "2010-05-01"}
    data = [
        *DATA[:FIRST],
        *(
            changed(DATA[FIRST - 1], id=f"paper-{n}", evidence={**paper, "sha256": one})
            for n, one in enumerate(named)
        ),
    ]
    grow(there, data)
    (there / "documents").mkdir()
    for one in named:
        (there / "documents" / one).write_bytes(right)
    arrived = follow(str(there))
    assert [named[1] in remark for remark in arrived.remarks].count(True) == 1
    kept = Document.objects.filter(pk__in=named)
    assert [(one.pk, bytes(one.data)) for one in kept] == [(named[0], right)]


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/ru", "/en"])
def test_pages_say_that_it_is_a_copy(there, client, language):
    grow(there, DATA)
    follow(str(there))
    for page in (f"{language}/on-archa-2/", f"{language}/on-archa-2/register/"):
        said = client.get(page).content.decode().split("notice-warning")[1]
        assert ORIGIN in said[:200]
    assert "notice-warning" not in client.get(f"{language}/on-archa/register/").content.decode()


def test_the_copy_of_a_country_register_is_a_register_and_no_place(there, client):
    country = list(Public(Register.objects.get(slug="kg")).lines())
    grow(there, country, signer=signer_of(f"{NAME}/kg"))
    assert follow(str(there)).register.slug == "kg-2"
    assert Register.objects.get(slug="kg-2").country
    page = client.get("/kg-2/", follow=True)
    assert page.status_code == 200 and page.redirect_chain[0][0] == "/kg-2/register/"
    assert client.get("/").status_code == 200

"""Following a register elsewhere: only what goes on from what is here is taken; a fork is kept as
evidence and nothing else changes."""

import shutil
import threading
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from kerege.archive.source import Unreadable
from kerege.archive.verify import verify
from kerege.constitution import packs
from kerege.municipality.problem import Malformed
from kerege.register import rotation
from kerege.register.note import sign
from kerege.web import heads
from kerege.web.gate import perform
from kerege.web.importing import NotTaken
from kerege.web.leaving import export
from kerege.web.mirroring import follow
from kerege.web.models import Checkpoint, Document, Key, Register, Row, Rulebook
from kerege.web.public import Public
from kerege.web.registers import told
from tests.archive.making import NAME, changed, entries_of, make_folder, note_of, signer_of
from tests.web.test_gate import NOW, attempt

ORIGIN = f"{NAME}/on-archa"
DATA = entries_of()
FIRST = 20


@pytest.fixture(autouse=True)
def house(demo, tmp_path, monkeypatch):
    """A house of its own for heads and forks; keys stay under the master key there is."""
    data = tmp_path / "house"
    data.mkdir()
    shutil.copy(settings.DATA / "master.key", data)
    monkeypatch.setattr(settings, "DATA", data)


@pytest.fixture
def there(tmp_path):
    """Another house's export, of the first entries; grown or forged by the tests."""
    return grow(tmp_path / "there", DATA[:FIRST])


def grow(folder, data, **how):
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder, data=data, **how)
    return folder


def here() -> Register:
    return Register.objects.get(origin=ORIGIN)


def lines() -> list[bytes]:
    return list(Public(here()).lines())


def refused(folder, code: str, vkey: str = "") -> NotTaken:
    """Not followed, for this reason; and nothing of it was written."""
    before = Row.objects.count(), Register.objects.count(), Checkpoint.objects.count()
    with pytest.raises(NotTaken) as why:
        follow(str(folder), vkey)
    assert why.value.code == code, why.value
    assert before == (Row.objects.count(), Register.objects.count(), Checkpoint.objects.count())
    return why.value


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


def test_over_the_web_only_what_is_new_is_fetched(there):
    asked = []

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *said):
            super().__init__(*said, directory=str(there))

        def log_request(self, *said):
            asked.append(self.path)

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        place = f"http://127.0.0.1:{server.server_port}/"
        many = [*DATA, *(changed(DATA[-1], id=f"more-{n}") for n in range(600 - len(DATA)))]
        grow(there, many[:300])
        follow(place)
        assert here().mirror_of == place
        asked.clear()
        grow(there, many)
        follow(place)
    finally:
        server.shutdown()
        server.server_close()
    assert lines() == many
    # The tree here is the tree there, its second level too.
    files = [path for path in (there / "tile").rglob("*") if path.is_file()]
    assert (there / "tile/1/000.p/2") in files
    for path in files:
        assert Public(here()).read(path.relative_to(there).as_posix()) == path.read_bytes()
    assert "/tile/entries/001" in asked and "/tile/entries/002.p/88" in asked
    assert "/tile/entries/000" not in asked and "/register.jsonl" not in asked
    assert not any(path.startswith("/rulebooks/") for path in asked)


# -- forks ----------------------------------------------------------------------------------------


def forks(tmp_path) -> dict[str, bytes]:
    folder = tmp_path / "house/forks" / ORIGIN.replace("/", "%2F")
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


OTHER = [*DATA[:9], changed(DATA[9], id="another-history"), *DATA[10:]]


@pytest.mark.parametrize("size", [FIRST - 3, FIRST, FIRST + 5])
def test_another_history_is_a_split_view_and_both_heads_are_kept(there, tmp_path, size):
    follow(str(there))
    ours = (there / "checkpoint").read_bytes()
    grow(there, OTHER[:size])
    refused(there, "split_view")
    assert forks(tmp_path) == {
        f"{FIRST}-here": ours,
        f"{size}-there": (there / "checkpoint").read_bytes(),
    }
    assert lines() == DATA[:FIRST]
    # The same evidence again is the same evidence.
    refused(there, "split_view")
    assert len(forks(tmp_path)) == 2


def test_a_shorter_history_is_rolled_back_and_kept(there, tmp_path):
    follow(str(there))
    grow(there, DATA[: FIRST - 1])
    refused(there, "rolled_back")
    assert set(forks(tmp_path)) == {f"{FIRST}-here", f"{FIRST - 1}-there"}


@pytest.mark.parametrize("size", [FIRST - 1, FIRST, FIRST + 1])
def test_a_head_that_somebody_else_signed_is_no_evidence(there, tmp_path, size):
    follow(str(there))
    grow(there, OTHER[:size])
    stranger = signer_of("stranger.example/on-archa")
    forged = note_of(OTHER[:size], type(stranger)(ORIGIN, stranger.seed))
    (there / "checkpoint").write_bytes(forged)
    code = "bad_signature" if size <= FIRST else "split_view"
    with pytest.raises(NotTaken) as why:
        follow(str(there))
    assert why.value.code in ("bad_signature", code)
    assert forks(tmp_path) == {} and lines() == DATA[:FIRST]


def test_another_first_key_is_refused(there):
    follow(str(there))
    stranger = signer_of("stranger.example/on-archa")
    grow(there, DATA, signer=type(stranger)(ORIGIN, stranger.seed))
    refused(there, "re_signed")


def test_the_house_s_own_registers_are_not_followed(demo, tmp_path):
    export("naryn", tmp_path / "own")
    refused(tmp_path / "own", "here_already")


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


def bundle(there):
    return next((there / "tile/entries").rglob("*.p/*"))


def tile(there):
    return next((there / "tile/0").rglob("*.p/*"))


@pytest.mark.parametrize(
    ("what", "change", "codes"),
    [
        (bundle, lambda file: file.unlink(), {"missing_file"}),
        (bundle, lambda file: file.write_bytes(file.read_bytes()[:-3]), {"bad_tile"}),
        (bundle, lambda file: file.write_bytes(file.read_bytes()[:-3] + b"abc"), {"unreadable"}),
        (bundle, lambda file: file.write_bytes(b""), {"bad_tile"}),
        (tile, lambda file: file.unlink(), {"missing_file"}),
        (tile, lambda file: file.write_bytes(file.read_bytes()[:-1]), {"bad_tile"}),
        (tile, lambda file: file.write_bytes(file.read_bytes()[::-1]), {"bad_tile"}),
        (lambda there: there / "checkpoint", lambda file: file.write_text("x"), {"unreadable"}),
        (lambda there: there / "key", lambda file: file.write_text("x"), {"unreadable"}),
    ],
)
def test_what_is_broken_is_named_and_nothing_is_taken(there, what, change, codes):
    follow(str(there))
    grow(there, DATA)
    change(what(there))
    before = lines()
    with pytest.raises(NotTaken) as why:
        follow(str(there))
    assert why.value.code in codes and lines() == before
    grow(there, DATA)
    assert follow(str(there)).size == len(DATA)


def test_a_rulebook_that_is_gone_or_another_is_refused(there):
    # One that no register of this house was ever put to.
    known = packs.load()
    book, other = known.rulebook(("kg-2010",)), known.rulebook(("kg-2007",))
    assert not Rulebook.objects.filter(pk=book.digest).exists()
    grow(there, [*DATA, changed(DATA[-1], id="other-law", digest=book.digest)])
    file = there / "rulebooks" / book.digest
    refused(there, "unknown_rulebook")
    file.write_text(packs.text_of(other))
    refused(there, "bad_rulebook")
    file.write_text("{}")
    refused(there, "bad_rulebook")
    file.write_text(packs.text_of(book))
    assert follow(str(there)).size == len(DATA) + 1
    assert Rulebook.objects.get(pk=book.digest).text == packs.text_of(book)


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


def test_what_is_no_register_cannot_be_followed(tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "none", "http://127.0.0.1:9/log", "ftp://x/y"):
        with pytest.raises(Unreadable):
            follow(str(place))


def test_a_folder_that_is_imported_is_judged_again_first(there):
    data = [*DATA[:-1], changed(DATA[-1], standing="contested", reason="why")]
    grow(there, data)
    with pytest.raises(NotTaken):
        follow(str(there), whole=True)
    assert not Register.objects.filter(origin=ORIGIN).exists()
    grow(there, DATA)
    assert follow(str(there), whole=True).size == len(DATA)


def swapped(monkeypatch, judged, there, data, **how):
    """What is judged is one register, what is fetched before and after it another."""

    def verify_another(place, **said):
        grow(there, judged)
        try:
            return verify(place, **said)
        finally:
            grow(there, data, **how)

    grow(there, data, **how)
    monkeypatch.setattr("kerege.web.mirroring.verify", verify_another)


@pytest.mark.parametrize("size", [len(DATA), len(DATA) - 1])
def test_what_is_taken_is_what_was_judged(there, monkeypatch, size):
    swapped(monkeypatch, DATA[:size], there, OTHER)
    with pytest.raises(Unreadable, match="while it was judged"):
        follow(str(there), whole=True)
    assert not Register.objects.filter(origin=ORIGIN).exists()


def test_what_is_judged_began_with_the_key_of_what_is_taken(there, monkeypatch):
    stranger = signer_of("stranger.example/on-archa")
    swapped(monkeypatch, DATA, there, DATA, signer=type(stranger)(ORIGIN, stranger.seed))
    with pytest.raises(NotTaken) as why:
        follow(str(there), whole=True)
    assert why.value.code == "re_signed"
    assert not Register.objects.filter(origin=ORIGIN).exists()


@pytest.mark.parametrize("name", ["root", "witness", "naryn"])
def test_a_register_under_a_name_of_this_house_is_not_followed(there, name):
    house = Register.objects.get(slug="naryn").origin.rpartition("/")[0]
    name = f"{house}/{name}"
    grow(there, DATA, signer=type(signer_of(name))(name, b"\5" * 32))
    code = "here_already" if name.endswith("naryn") else "other_register"
    refused(there, code)


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

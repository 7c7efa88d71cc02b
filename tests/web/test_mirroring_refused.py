"""What is not followed: a fork, which is kept as evidence, what is broken, what is not what was
judged; and nothing else changes."""

import pytest

from kerege.archive.source import Unreadable
from kerege.archive.verify import verify
from kerege.constitution import packs
from kerege.web.importing import NotTaken
from kerege.web.leaving import export
from kerege.web.mirroring import follow
from kerege.web.models import Register, Rulebook
from tests.archive.making import changed, note_of, signer_of
from tests.web.copied_house import DATA, FIRST, ORIGIN, grow, lines, own_house, refused

OTHER = [*DATA[:9], changed(DATA[9], id="another-history"), *DATA[10:]]


@pytest.fixture(autouse=True)
def house(demo, tmp_path, monkeypatch):
    own_house(tmp_path, monkeypatch)


@pytest.fixture
def there(tmp_path):
    """Another house's export, of the first entries; grown or forged by the tests."""
    return grow(tmp_path / "there", DATA[:FIRST])


# -- forks ----------------------------------------------------------------------------------------


def forks(tmp_path) -> dict[str, bytes]:
    folder = tmp_path / "house/forks" / ORIGIN.replace("/", "%2F")
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


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


@pytest.mark.parametrize("name", ["public-root", "witness", "naryn"])
def test_a_register_under_a_name_of_this_house_is_not_followed(there, name):
    house = Register.objects.get(slug="naryn").origin.rpartition("/")[0]
    name = f"{house}/{name}"
    grow(there, DATA, signer=type(signer_of(name))(name, b"\5" * 32))
    code = "here_already" if name.endswith("naryn") else "other_register"
    refused(there, code)

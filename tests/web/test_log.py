"""Public files are served as an export writes them: to anyone, and kept as long as they last."""

import hashlib

import orjson
import pytest

from kerege.archive import root_log, signed
from kerege.register import checkpoint, merkle, proof, tiles
from kerege.register.note import Verifier
from kerege.web import keys
from kerege.web.models import Document, Register, Row
from kerege.web.public import Public, RootPublic

pytestmark = pytest.mark.usefixtures("demo")

LOG = "/on-archa/log/"


def town() -> Register:
    return Register.objects.get(slug="on-archa")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_file_of_an_export_is_served_as_it_is(client):
    files = Public(town())
    paths = list(files.paths())
    assert {"README", "key", "policy", "checkpoint", "register.jsonl", "root/proof"} <= {*paths}
    for path in paths:
        answer = client.get(LOG + path)
        assert answer.status_code == 200, path
        assert body(answer) == files.read(path), path
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies


def test_the_country_and_the_root_have_a_log_too(client):
    assert client.get("/kg/log/checkpoint").content.startswith(b"kerege.local/kg\n")
    note = client.get("/public-root/checkpoint").content
    vkey = client.get("/public-root/key").content.decode().strip()
    head = checkpoint.open_checkpoint(note, Verifier.from_vkey(vkey))
    found = proof.parse(client.get(LOG + "root/proof").content)
    assert proof.check(found, found.extra, Verifier.from_vkey(vkey)) == head
    leaves = [
        merkle.leaf_hash(leaf)
        for _, index, width in (one for one in tiles.tiles_of(head.size) if one[0] == 0)
        for leaf in tiles.unbundle(
            client.get(f"/public-root/{tiles.entries_path(index, width)}").content
        )
    ]
    assert merkle.root(leaves) == head.root


def test_the_register_comes_line_by_line(client):
    answer = client.get(LOG + "register.jsonl")
    assert answer.streaming and answer["Content-Type"] == "application/jsonl"
    lines = body(answer).splitlines(keepends=True)
    rows = Row.objects.filter(register=town()).order_by("n").values_list("data", flat=True)
    assert lines == [bytes(data) + b"\n" for data in rows]


@pytest.mark.parametrize(
    ("path", "media", "lasts"),
    [
        ("checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("key", "text/plain; charset=utf-8", "no-cache"),
        ("register.jsonl", "application/jsonl", "no-cache"),
        ("tile/0/000.p/8", "application/octet-stream", "max-age=60"),
        ("tile/entries/000.p/8", "application/octet-stream", "max-age=60"),
        ("documents", "application/octet-stream", "max-age=86400"),
        ("rulebooks", "application/json", "immutable"),
    ],
)
def test_what_a_file_is_and_how_long_it_lasts(client, path, media, lasts):
    if path == "documents":
        Document.objects.create(sha256="ab" * 32, media="text/html", data=b"<script>")
        path += "/" + "ab" * 32
    if path == "rulebooks":
        path += "/" + next(d for d in digests() if d)
    answer = client.get(LOG + path)
    assert answer["Content-Type"] == media
    assert lasts in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    # Asked again, nothing is sent; and to HEAD nothing either.
    again = client.get(LOG + path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == answer["Cache-Control"]
    head = client.head(LOG + path)
    assert head.status_code == 200 and body(head) == b"" and head["ETag"] == answer["ETag"]


def digests() -> list[str]:
    rows = Row.objects.filter(register=town()).values_list("data", flat=True)
    return [orjson.loads(bytes(data))["digest"] for data in rows]


def test_a_full_tile_lasts_for_good(client):
    from tests.web.test_receipts import fill, log

    fill(log("full"), 257)
    answer = client.get("/full/log/tile/0/000")
    assert "immutable" in answer["Cache-Control"] and len(answer.content) == 256 * 32
    assert client.get("/full/log/tile/1/000.p/1").content == merkle.root(
        [merkle.leaf_hash(b"{}")] * 256
    )


def test_a_file_changes_its_tag_with_its_bytes(client):
    from tests.web.test_receipts import fill, log

    register = log("grows")
    fill(register, 2)
    before = {path: client.get(f"/grows/log/{path}")["ETag"] for path in ("checkpoint", "key")}
    whole = client.get("/grows/log/register.jsonl")["ETag"]
    fill(register, 3)
    assert client.get("/grows/log/checkpoint")["ETag"] != before["checkpoint"]
    assert client.get("/grows/log/register.jsonl")["ETag"] != whole
    assert client.get("/grows/log/key")["ETag"] == before["key"]


@pytest.mark.parametrize(
    "path",
    [
        f"{LOG}nosuch",
        f"{LOG}tile/0/999",
        f"{LOG}tile/0/../key",
        f"{LOG}tile/0/000.p/0",
        f"{LOG}rulebooks/{'0' * 64}",
        f"{LOG}register.jsonl/",
        f"{LOG}../../settings.py",
        "/nosuch/log/checkpoint",
        "/nosuch/log/",
        "/public-root/nosuch",
        "/public-root/register.jsonl",
    ],
)
def test_what_is_not_there_is_said_plainly(client, path):
    answer = client.get(path, headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer.content) == (404, b"no such file\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"


def test_nothing_but_reading(client, settings):
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(LOG + "checkpoint").status_code == 405
    assert client.get("/on-archa/log/").content == client.get(LOG + "README").content


def test_a_receipt_is_a_file_to_keep(client):
    answer = client.get("/on-archa/register/5.tlog-proof")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="on-archa-5.tlog-proof"'
    found = proof.parse(answer.content)
    key = Verifier.from_vkey(keys.vkeys(town().origin)[-1])
    assert proof.check(found, found.extra, key).size == Public(town()).size
    assert client.get("/nosuch/register/5.tlog-proof").status_code == 404


def test_the_checker_is_one_file_whose_hash_the_page_tells(client):
    data = client.get("/kerege-verify.pyz")
    assert data["Content-Disposition"] == 'attachment; filename="kerege-verify.pyz"'
    assert hashlib.sha256(data.content).hexdigest() in client.get("/trust/").content.decode()


class Served:
    """The files of the root as the pages give them, for the verifier."""

    live, bare = True, False

    def __init__(self, client) -> None:
        self.client = client

    def read(self, path: str, most: int = 0) -> bytes | None:
        answer = self.client.get(f"/public-root/{path}")
        return answer.content if answer.status_code == 200 else None

    def lines(self) -> None:
        return None

    def names(self, folder: str) -> None:
        return None


def test_the_root_is_verified_like_a_register(client, tmp_path):
    source = Served(client)
    assert root_log.is_root(source)
    files = Public(Register.objects.get(slug="kg"))
    (tmp_path / "key").write_bytes(files.read("key"))
    kept = signed.kept("kept", files.read("root/proof"))
    report = root_log.verify(source, tmp_path / "public-root", kept=kept)
    assert report.ok, report.problems
    assert report.size == RootPublic().size and report.origin == "kerege.local/public-root"
    unknown = Register.objects.filter(checkpoints__isnull=False).distinct().count() - 1
    assert {note.slots.get("many") for note in report.notes} == {None, unknown}

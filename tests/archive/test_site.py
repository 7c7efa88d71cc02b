"""A site is written whole or not at all, carries its export, and lets nothing of it run."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import urlsplit

import pytest

from kerege.archive import site, verifier
from kerege.archive.reading import Unreadable
from kerege.archive.site import NotASite, write
from kerege.archive.site_pages import Pages
from kerege.archive.verify import verify
from kerege.constitution import packs
from kerege.municipality.entry import Evidence
from kerege.words import LANGUAGES
from tests.archive.publishing import Page, export_of, files, story
from tests.cast import DAY, FOUND, MINISTRY, NEW, Town, naryn

TOLD = story()
HOSTILE = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>{{ 7 * 7 }}"
LINK = "javascript:alert(1) https://evil.example/ //evil.example"
HARMLESS = {
    *("html", "head", "meta", "title", "link", "body", "header", "nav", "main", "footer"),
    *("section", "div", "span", "p", "h1", "h2", "h3", "a", "strong", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "rel", "href", "hreflang"} | {
    *("class", "id", "aria-label", "scope"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return export_of(TOLD.town, tmp_path_factory.mktemp("export"))


@pytest.fixture
def folder(kept, tmp_path):
    return shutil.copytree(kept, tmp_path / "export")


def test_the_export_is_carried_whole_and_can_be_verified(folder, tmp_path):
    out = tmp_path / "out"
    assert write(folder, out) == (TOLD.town.m.size, 3 * (TOLD.town.m.size + 2) + 1)
    assert files(out / "log") == files(folder)
    # Told without a gate: nobody linked those who record it.
    assert verify(out / "log").codes() == {"not_entitled"}
    for n, line in enumerate((folder / "register.jsonl").read_bytes().splitlines()):
        assert (out / f"entries/0/{n}.json").read_bytes() == line
        assert (out / f"entries/0/{n}.tlog-proof").stat().st_size > len(line)
    assert out.stat().st_mode & 0o055 == 0o055


def test_the_checker_comes_with_it_and_checks_it_where_it_lies(folder, tmp_path):
    out = tmp_path / "out"
    write(folder, out)
    command = [sys.executable, "-I", "-S", "kerege-verify.pyz", "log"]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    checker = (out / "kerege-verify.pyz").read_bytes()
    assert checker == verifier.build()
    for language in LANGUAGES:
        page = (out / language / "index.html").read_text("utf-8")
        assert 'href="../kerege-verify.pyz"' in page and sha256(checker).hexdigest() in page


def test_the_same_export_gives_the_same_bytes(folder, tmp_path):
    write(folder, tmp_path / "one")
    write(folder, tmp_path / "two/deep")
    assert files(tmp_path / "one") == files(tmp_path / "two/deep")


def test_an_earlier_site_is_replaced_as_a_whole(folder, tmp_path):
    out = tmp_path / "out"
    write(folder, out)
    (out / "left-over.html").write_text("old")
    once = files(out)
    # A site can be made anew from the export it carries.
    write(out / "log", out)
    assert files(out) == {path: data for path, data in once.items() if path != "left-over.html"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "out"]


def test_an_empty_folder_is_a_new_one(folder, tmp_path):
    (tmp_path / "out").mkdir()
    write(folder, tmp_path / "out")
    assert (tmp_path / "out/index.html").is_file()


def test_what_is_not_ours_is_left_alone(folder, tmp_path):
    home, file = tmp_path / "home", tmp_path / "file"
    home.mkdir()
    (home / "letter.txt").write_text("Салам")
    file.write_text("Салам")
    before = files(tmp_path)
    for out, why in (
        (home, "is no site of ours"),
        (file, "is no folder"),
        (folder, "lies in the export"),
        (folder / "site", "lies in the export"),
    ):
        with pytest.raises(NotASite, match=why):
            write(folder, out)
    assert files(tmp_path) == before


def test_of_an_export_at_fault_nothing_is_written(folder, tmp_path):
    shutil.rmtree(folder / "rulebooks")
    with pytest.raises(Unreadable, match="its rulebook cannot be read"):
        write(folder, tmp_path / "new/out")
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whatever_fails_midway_the_site_stays_as_it_was(folder, tmp_path, monkeypatch, fault):
    write(folder, tmp_path / "out")
    before = files(tmp_path)

    def fail(self, n):
        raise fault

    monkeypatch.setattr(Pages, "receipt", fail)
    with pytest.raises(type(fault)):
        write(folder, tmp_path / "out")
    assert files(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "out"]


def test_only_what_belongs_to_an_export_is_published(folder, tmp_path):
    for stray in ("master.key", "index.html", "tile/0/evil.html", "documents/paper.html"):
        (folder / stray).write_text("<script>")
    (tmp_path / "secret").write_text("secret")
    (folder / "notes").symlink_to(tmp_path / "secret")
    write(folder, tmp_path / "out")
    assert {path.split("/")[0] for path in files(tmp_path / "out/log")} == {
        *("README", "key", "checkpoint", "tile", "register.jsonl", "rulebooks"),
        *("documents", "policy", "root"),
    }
    assert not [path for path in files(tmp_path / "out/log") if path.endswith(".html")]


@pytest.mark.parametrize("part", ["README", "documents/" + "ab" * 32, "root/key"])
def test_a_link_in_an_export_is_not_followed(folder, tmp_path, part):
    (tmp_path / "secret").write_text("secret")
    (folder / part).unlink(missing_ok=True)
    (folder / part).symlink_to(tmp_path / "secret")
    with pytest.raises(Unreadable, match="is a link"):
        write(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_link_is_not_followed(folder, tmp_path):
    shutil.move(folder / "documents", tmp_path / "elsewhere")
    (folder / "documents").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="is a link"):
        write(folder, tmp_path / "out")


def hostile() -> Town:
    """A town in which whatever can be written says something that would run."""
    named = {f"name_{language}": HOSTILE for language in ("ky", "ru", "en")}
    town = naryn(*NEW, **{**FOUND, **named, "source": LINK})
    paper = Evidence(HOSTILE, DAY, "")
    said = {"title": HOSTILE, "text": LINK}
    raised = town.act("RaiseIssue", "community", evidence=paper, **said).n
    town.act("Correct", entry=raised, field="text", text=HOSTILE)
    town.contested("AppointHead", f"governor:{HOSTILE}", holder=HOSTILE)
    more = {"reason": HOSTILE, "recorder": HOSTILE, "by": (HOSTILE,)}
    town.entries[-1] = replace(town.entries[-1], **more)
    lines = [{"name": HOSTILE, "source": "local", "amount": 700}]
    town.adopt(lines=lines)
    delegation = {"power": HOSTILE, "instrument": "law", "means": 1, "authority": MINISTRY}
    town.act("ProposeDelegation", f"state_body:{HOSTILE}", **delegation)
    return town


def hostile_book(town):
    """The rulebook with words and sources that would run, and the entries put to it."""
    text = json.loads(packs.text_of(town.book))
    article = town.book.article("kg-2010/budget.hearing")
    for kept in text["editions"]:
        for words in (article.words["ky"], article.words["ru"], article.words["en"]):
            kept["text"] = kept["text"].replace(words.split(".")[0], HOSTILE)
        kept["text"] = kept["text"].replace(article.source, f"{LINK} {HOSTILE}")
    book = packs.from_text(json.dumps(text))
    assert book.digest != town.book.digest
    for entry in town.entries:
        entry.digest = book.digest if entry.digest else ""
    return book


def test_a_crafted_register_brings_nothing_that_runs_or_leads_outside(tmp_path):
    town = hostile()
    write(export_of(town, tmp_path / "export", hostile_book(town)), tmp_path / "out")
    everything = files(tmp_path / "out")
    said = ""
    for path, data in everything.items():
        if not path.endswith(".html"):
            continue
        page = Page(data.decode())
        said += page.text
        assert page.tags <= HARMLESS and page.attributes <= ATTRIBUTES, path
        assert b"default-src 'none'" in data
        for link in page.links:
            parts = urlsplit(link.partition("#")[0])
            assert not parts.scheme and not parts.netloc and not link.startswith("/"), link
            to = normpath(PurePosixPath(path).parent / parts.path) if parts.path else path
            assert to in everything, f"{path}: {link}"
    # It stands there as text, also where the law speaks.
    assert said.count(HOSTILE) > 20 and "javascript:alert(1)" in said
    assert f"{LINK} {HOSTILE}" in said


def test_files_are_called_by_numbers_and_hashes_only(tmp_path):
    town = hostile()
    write(export_of(town, tmp_path / "export"), tmp_path / "out")
    names = {part for path in files(tmp_path / "out") for part in path.split("/")}
    assert all(name.replace("-", "").replace(".", "").isalnum() for name in names), names


def test_the_mark_is_what_a_site_is_known_by(folder, tmp_path):
    write(folder, tmp_path / "out")
    (tmp_path / "out" / site.MARK).unlink()
    with pytest.raises(NotASite):
        write(folder, tmp_path / "out")

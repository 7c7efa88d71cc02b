"""The pages of a site: whole in every language, and linked with each other."""

import re
from pathlib import Path

import pytest

from kerege.archive import site_pages
from kerege.archive.site_pages import A_PAGE, TEMPLATES, Pages, entry_at, list_at
from kerege.archive.site_reading import read
from kerege.archive.site_telling import say
from kerege.register import proof
from kerege.register.note import Verifier
from kerege.words import LANGUAGES, shipped
from tests.archive.making import make_folder
from tests.archive.publishing import LATER, Page, export_of, story
from tests.cast import naryn

ROOM = Path(site_pages.__file__).parent
TOLD = story()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return read(export_of(TOLD.town, tmp_path_factory.mktemp("export")))


@pytest.fixture(scope="module")
def pages(source):
    return dict(Pages(source).files())


def text(pages, path):
    return " ".join(Page(pages[path]).text.split())


def test_a_page_an_entry_in_each_language(pages, source):
    html = {path for path in pages if path.endswith(".html")}
    entries = {f"{at}/entries/{entry_at(n)}" for at in LANGUAGES for n in range(source.m.size)}
    assert entries < html
    others = {f"{at}/{name}" for at in LANGUAGES for name in ("index.html", "list-1.html")}
    assert html - entries == {*others, "index.html"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_is_told_with_its_law_and_its_proof(pages, source, language):
    said = text(pages, f"{language}/entries/{entry_at(TOLD.budget)}")
    put = source.put(TOLD.budget)
    article = put.book.article(put.given.norms[0])
    assert article.words[language] in said and article.source in said
    assert source.tree.root().hex() in said and source.tree.leaf(TOLD.budget).hex() in said
    assert all(one.hex() in said for one in source.tree.inclusion(TOLD.budget))
    assert "Жолдор" in said


def test_an_entry_that_was_not_put_to_the_law_says_so(pages):
    assert say("site.not_judged", "en") in text(pages, "en/entries/0/0.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_tells_who_governs_and_how_to_check(pages, source, language):
    said = text(pages, f"{language}/index.html")
    assert source.tree.root().hex() in said and source.keys[0] in said
    assert "kerege-verify.pyz log --language " in said and "kerege verify log" in said
    assert say("site.who_governs", language) in said
    assert " ".join(source.note.decode().split()) in said


def test_an_exercise_is_labelled_on_every_page(pages):
    for path in pages:
        if path.endswith(".html"):
            language = path[:2] if path[:2] in LANGUAGES else "ky"
            assert say("site.exercise", language) in text(pages, path), path


def test_what_is_no_exercise_is_not_labelled(tmp_path):
    made = dict(Pages(read(export_of(naryn("kg-2010"), tmp_path))).files())
    assert not any(say("site.exercise", "en") in text(made, path) for path in made)


def test_a_page_leads_to_itself_in_the_other_languages(pages):
    links = Page(pages["ru/entries/0/3.html"]).links
    assert "../../../ky/entries/0/3.html" in links and "../../../en/entries/0/3.html" in links


def test_the_list_is_cut_in_pages_newest_first(tmp_path):
    town = naryn("kg-2010")
    while town.m.size < 2 * A_PAGE + 1:
        fields = {"title": f"Маселе {town.m.size}", "text": "Жол"}
        town.act("RaiseIssue", "community", LATER, **fields)
    made = dict(Pages(read(export_of(town, tmp_path))).files())
    shown = []
    for page in (1, 2, 3):
        links = Page(made[f"en/{list_at(page)}"]).links
        shown += [int(n) for one in links for n in re.findall(r"/entries/0/(\d+)\.html", one)]
        neighbours = {list_at(other) for other in (page - 1, page + 1) if other in (1, 2, 3)}
        assert {one for one in links if one.startswith("list-")} == neighbours
    assert shown == list(range(town.m.size - 1, -1, -1))
    assert f"../../{list_at(3)}" not in Page(made["en/entries/0/60.html"]).links
    assert f"../../../en/{list_at(1)}" in Page(made["en/entries/0/60.html"]).links


def test_a_receipt_is_complete_in_itself(source):
    key = Verifier.from_vkey(source.keys[0])
    for n in (0, TOLD.budget, source.m.size - 1):
        kept = proof.parse(Pages(source).receipt(n))
        assert kept.extra == source.data[n]
        proof.check(kept, kept.extra, key)


def test_folders_hold_a_thousand_entries():
    assert [entry_at(n) for n in (0, 999, 1000)] == ["0/0.html", "0/999.html", "1/1000.html"]


def test_what_a_witness_signed_is_on_the_front(tmp_path, source):
    make_folder(tmp_path, data=source.data[:8], witnesses=["w.example/osh"])
    made = dict(Pages(read(tmp_path)).files())
    assert "w.example/osh: March 13, 2011, 07:06 UTC" in text(made, "en/index.html")


def test_the_look_is_one_small_file():
    css = (ROOM / "site/site.css").read_text("utf-8")
    assert len(css.encode()) <= 6_000
    assert "url(" not in css and "@import" not in css and "prefers-color-scheme: dark" in css


def test_every_template_is_known_and_no_text_is_trusted():
    files = {path.name for path in (ROOM / "site").iterdir()}
    assert files == {*TEMPLATES, "site.css"}
    for name in TEMPLATES:
        code = (ROOM / "site" / name).read_text("utf-8")
        assert "safe" not in code and "autoescape" not in code and "://" not in code, name


def test_every_word_has_a_use_and_every_use_a_word():
    code = "\n".join(path.read_text("utf-8") for path in ROOM.glob("site_*.py"))
    code += "\n".join((ROOM / "site" / name).read_text("utf-8") for name in TEMPLATES)
    known = set(shipped("archive", "site"))
    used = set(re.findall(r"""["'](site\.[a-z_]+)["']""", code)) - {"site.css"}
    built = {f"site.{name}" for name in ("exercise_title", "exercise", "head", "kenesh")}
    tags = {f"tag.{name}" for name in re.findall(r'^ {12}"([a-z_]+)": ', code, re.MULTILINE)}
    assert used | built == {key for key in known if key.startswith("site.")}
    assert {key for key in known if key.startswith("tag.")} <= tags

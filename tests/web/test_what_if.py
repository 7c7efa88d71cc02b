"""A place lived again under another edition, as a resident reads it."""

import re

import pytest

from kerege.archive.replay import replay, under
from kerege.constitution import packs
from kerege.web.leaving import entries
from kerege.web.pages.what_if import A_PAGE, compared
from kerege.web.places import place
from kerege.web.registers import find
from kerege.web.replays import lived_under
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

ENTRY = re.compile(r'<li class="entry">.*?</li>\s*(?=<li class="entry">|</ol>)', re.S)


def shown(client, path: str) -> tuple[str, list[str]]:
    text = client.get(path).content.decode()
    return text, ENTRY.findall(text)


def test_every_act_that_would_not_have_been_stands_there_with_its_reason(client):
    text, found = shown(client, "/en/on-archa/what-if/?edition=kg-2007")
    ids = packs.load().pinned("kg-2007")
    told = replay(entries("on-archa"), under(packs.load(), ids), ids)
    assert len(found) == len(told.refused) + len(told.fallen)
    book = told.refused[0].book
    for one in told.refused:
        (row,) = [row for row in found if f"/on-archa/register/{one.n}/" in row and "↳" not in row]
        assert 'class="tag tag-' in row
        for norm in one.ruling.norms:
            anchor = norm.partition("/")[2].partition(".")[0]
            assert f"/law/kg-2007/#{anchor}" in row
            assert book.norms[norm].article.words["en"].split(":")[0].split("'")[0] in row
    for one in told.fallen:
        (row,) = [
            row
            for row in found
            if f'title"><a class="govuk-link" href="/en/on-archa/register/{one.n}/"' in row
        ]
        assert "Would have fallen with it" in row
        assert all(f"/en/on-archa/register/{n}/" in row for n in one.because)
    assert f"would then not have allowed: {len(told.refused)}" in text
    assert f"fallen with them: {len(told.fallen)}" in text


@pytest.mark.parametrize(
    ("prefix", "what_if"),
    [("", "«эгерде»"), ("/ru", "«что если»"), ("/en", "it does not say unlawful")],
)
def test_it_says_what_if(client, prefix, what_if):
    assert what_if in shown(client, f"{prefix}/naryn/what-if/?edition=kg-2010")[0]


def test_the_missing_condition_is_told(client):
    words = packs.load().vocabulary.facts["hearingHeld"].missing
    assert words["ky"] in shown(client, "/on-archa/what-if/?edition=kg-2010")[0]


def test_an_appointment_that_was_refused_here_passes_there(client):
    _, found = shown(client, "/en/cholpon-ata/what-if/?edition=kg-2021")
    (row,) = [row for row in found if "tag-permitted" in row]
    assert "appointed the head" in row


def test_no_difference_is_said(client):
    text, found = shown(client, "/en/kg/what-if/?edition=kg-2010")
    assert not found and "No difference" in text


def test_only_constitutions_are_chosen_from(client):
    text, _ = shown(client, "/en/on-archa/what-if/?edition=kg-law-101-2011")
    last = packs.load().constitutions()[-1]
    assert f"<strong>{last.title['en']}</strong>" in text
    for id_ in packs.load().pinned(last.id)[1:]:
        assert packs.load().edition(id_).title["en"] in text


def test_a_long_list_is_told_page_by_page(client, monkeypatch):
    monkeypatch.setattr("kerege.web.pages.what_if.A_PAGE", 3)
    text, found = shown(client, "/on-archa/what-if/?edition=kg-2007")
    assert len(found) == 3 < A_PAGE
    assert "edition=kg-2007&amp;page=2" in text or "page=2&amp;edition=kg-2007" in text
    _, more = shown(client, "/on-archa/what-if/?edition=kg-2007&page=2")
    assert len(more) == 3 and not set(more) & set(found)


def test_a_replay_is_kept_until_the_register_goes_on(person):
    register = find("on-archa")
    before = lived_under(register, "kg-2007")
    assert lived_under(register, "kg-2007") is before
    assert lived_under(register, "kg-2010") is not before
    answer = send(
        person("on-archa-recorder"),
        "on-archa",
        "RaiseIssue",
        actor="community",
        paper="№ 9",
        title="Жарык",
        text="Көчө жарыгы",
    )
    assert answer.status_code == 302
    assert lived_under(register, "kg-2007").size == before.size + 1


def test_the_leaflet_counts_what_would_have_become_of_this_place(client):
    here = place("on-archa")
    first, mine = compared(here)
    assert (first.id, mine.id) == ("kg-2007", "kg-2010")
    text = client.get("/en/on-archa/brochure/").content.decode()
    for edition in (first, mine):
        told = lived_under(here.register, edition.id)
        said = f"applied: {len(told.refused)} would not have been allowed, and {len(told.fallen)}"
        assert said in text

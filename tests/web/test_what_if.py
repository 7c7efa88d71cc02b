"""A place lived again under another edition, as a resident reads it."""

import re

import pytest
from django.db import transaction

from kerege.archive.replay import NotLived, replay, under
from kerege.constitution import packs
from kerege.constitution.rulebook import LawFailed
from kerege.municipality.fold import fold
from kerege.web import replays
from kerege.web.leaving import entries
from kerege.web.pages.what_if import A_PAGE
from kerege.web.registers import find, read
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
    assert f"would then not have allowed, or no norm was found: {len(told.refused)}" in text
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


def raise_issue(person):
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


def test_a_replay_is_carried_on_by_what_is_new(person, monkeypatch):
    lived = []

    def noted(data):
        lived.append(data)
        return read(data)

    monkeypatch.setattr("kerege.web.replays.read", noted)
    replays._kept.clear()
    register = find("on-archa")
    before = lived_under(register, "kg-2007")
    assert len(lived) == before.size
    assert lived_under(register, "kg-2007") is before
    lived_under(register, "kg-2010")
    lived.clear()
    shown = before.json()
    raise_issue(person)
    after = lived_under(register, "kg-2007")
    assert len(lived) == 1 and after.size == before.size + 1
    ids = packs.load().pinned("kg-2007")
    assert after.json() == replay(entries("on-archa"), under(packs.load(), ids), ids).json()
    # What is being shown to somebody stays as it was.
    assert before.json() == shown


def test_a_register_that_was_put_back_is_lived_anew(person):
    register = find("on-archa")
    before = lived_under(register, "kg-2007").size
    with transaction.atomic():
        raise_issue(person)
        assert lived_under(register, "kg-2007").size == before + 1
        transaction.set_rollback(True)
    assert lived_under(register, "kg-2007").size == before


def test_five_places_are_kept_and_so_many_entries(monkeypatch):
    replays._kept.clear()
    found = [find(slug) for slug in ("on-archa", "naryn", "cholpon-ata", "kg")]
    ids = [one.id for one in packs.load().constitutions()]
    asked = [(register, id_) for register in found for id_ in ids]
    kept = [lived_under(*one) for one in asked]
    assert all(lived_under(*one) is before for one, before in zip(asked, kept, strict=True))
    monkeypatch.setattr(replays, "KEPT", 2 * replays.LEAST)
    assert lived_under(*asked[0]) is kept[0]
    # Those asked last are kept.
    assert len(replays._kept) == 2
    assert lived_under(*asked[-1]) is kept[-1] and lived_under(*asked[0]) is kept[0]


def test_a_long_register_is_not_lived_while_somebody_waits(client, monkeypatch):
    replays._kept.clear()
    register = find("on-archa")
    size = lived_under(register, "kg-2010").size
    monkeypatch.setattr(replays, "AT_ONCE", size - 1)
    # What has been lived already is shown however long it is.
    assert shown(client, "/en/on-archa/what-if/?edition=kg-2010")[1]
    text, found = shown(client, "/en/on-archa/what-if/?edition=kg-2007")
    assert not found and "No difference" not in text
    assert "kerege replay on-archa --under kg-2007" in text


@pytest.mark.parametrize("fault", [LawFailed("out of order"), packs.UnknownPack("kg-x")])
@pytest.mark.parametrize("page", ["what-if/?edition=kg-2010", "brochure/"])
def test_a_fault_is_said_and_nothing_is_counted(client, monkeypatch, fault, page):
    replays._kept.clear()

    def fails(*asked):
        raise fault

    monkeypatch.setattr("kerege.archive.replay.put", fails)
    answer = client.get(f"/en/on-archa/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200 and "could not be answered" in text
    assert "Entries:" not in text and "No difference" not in text
    assert "would not have been allowed" not in text


def test_lives_that_failed_half_way_are_not_carried_on(person, monkeypatch):
    register = find("on-archa")
    before = lived_under(register, "kg-2007")
    raise_issue(person)
    folded = []

    def fails(*asked, **how):
        folded.append(asked)
        if len(folded) == 2:
            raise LawFailed("out of order")
        return fold(*asked, **how)

    monkeypatch.setattr("kerege.archive.replay.fold", fails)
    with pytest.raises(NotLived):
        lived_under(register, "kg-2007")
    monkeypatch.undo()
    ids = packs.load().pinned("kg-2007")
    fresh = replay(entries("on-archa"), under(packs.load(), ids), ids)
    assert lived_under(register, "kg-2007").json() == fresh.json()
    assert fresh.size == before.size + 1

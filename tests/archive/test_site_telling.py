"""What pages tell of an entry and of a place: how it stands and because of what, who governs."""

from hashlib import sha256

import pytest

from kerege.archive.site_reading import read
from kerege.archive.site_telling import Fact, Standing, Telling, say
from kerege.constitution import packs
from kerege.municipality.entry import Evidence
from kerege.municipality.telling import day, field_name
from kerege.words import LANGUAGES
from tests.archive.publishing import LATER, PAPER, export_of, story
from tests.cast import (
    AFTER,
    CHAIR,
    DAY,
    DELEGATION,
    DEPUTIES,
    HEAD,
    LINES,
    MODEL,
    OFFICIAL,
    RECORDER,
    TODAY,
    bare,
    chartered,
    naryn,
    the_country,
)

TOLD = story()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return read(export_of(TOLD.town, tmp_path_factory.mktemp("export")))


def telling(source, language="en"):
    return Telling(source, Standing(source), language)


def tags(source, n):
    return [kind for kind, _ in telling(source).tags(n)]


def facts(source, n, language="en"):
    return {fact.name: fact for fact in telling(source, language).facts(n)}


def test_the_standing_of_an_entry_is_a_tag(source):
    assert tags(source, 0) == []
    assert tags(source, 1) == ["unconfirmed"]
    assert tags(source, TOLD.spent) == ["corrected", "reported"]
    assert tags(source, TOLD.contested) == ["contested"]
    assert tags(source, TOLD.confirmed) == ["confirmed"]
    assert tags(source, TOLD.annulled) == ["annulled"]


def test_an_entry_of_which_the_text_is_not_known_is_marked(tmp_path):
    town = naryn("kg-2010")
    n = town.hold_session()
    assert tags(read(export_of(town, tmp_path)), n) == ["not_stated"]


def test_a_notice_names_the_entry_because_of_which(source):
    told = telling(source)
    (contested,) = told.notices(TOLD.contested)
    assert (contested.text, contested.entry) == ("Why it was entered as contested: Болгон иш", None)
    assert [one.entry for one in told.notices(TOLD.confirmed)] == [TOLD.confirmed_by]
    (annulled,) = told.notices(TOLD.annulled)
    assert annulled.entry == TOLD.annulled_by and day(LATER, "en") in annulled.title
    assert [one.entry for one in told.notices(TOLD.resting)] == [TOLD.annulled]
    assert [one.title for one in told.notices(TOLD.spent)] == [say("site.corrected", "en")]
    assert not list(told.notices(TOLD.budget))


def test_what_was_erased_says_when_and_why_and_links_both_ways(tmp_path):
    town = naryn("kg-2010")
    paper = Evidence("№ 7", DAY, sha256(PAPER).hexdigest())
    issue = {"title": "Арык", "text": "…", "applicant": "ab" * 32}
    n = town.act("RaiseIssue", "community", evidence=paper, **issue).n
    one = read(export_of(town, tmp_path / "before"))
    name, said = field_name("applicant", "en"), field_name("evidence", "en")
    assert facts(one, n)[name].value == "kept privately, outside the register"
    by = town.act("ErasePersonal", entry=n, names=["applicant", "evidence"], ground="Өтүнүч").n
    one = read(export_of(town, tmp_path / "after"))
    on = day(one.entries[by].held_on, "en")
    assert (found := facts(one, n))[name] == Fact(name, f"Erased on {on}. Ground: Өтүнүч", "", by)
    assert (found[said].remark, found[said].entry) == (f"Erased on {on}. Ground: Өтүнүч", by)
    assert [notice.entry for notice in telling(one).notices(n)] == [by]
    assert n in {fact.entry for fact in facts(one, by).values()}


def test_doubt_reaches_what_rests_on_it_from_afar(tmp_path):
    town = naryn("kg-2010")
    session = town.hold_session()
    said = {"of": "executive", "about": "Жол", "due": "2010-05-01"}
    demanded = town.decide("DemandAccount", **said).n
    far = town.decide("EndMandate", AFTER, mandate="6.0", cause="resigned").entry
    far.rests_on = (demanded,)
    town.annul(session, AFTER)
    standing = Standing(read(export_of(town, tmp_path)))
    assert standing.doubtful[town.entries.index(far)] == {session}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_told_with_what_was_said_before(source, language):
    told = facts(source, TOLD.spent, language)
    purpose = told[field_name("purpose", language)]
    assert (purpose.value, purpose.entry) == ("Жол", TOLD.corrected_by)
    assert purpose.remark == say("site.was", language, value="Жл")
    paper = told[field_name("evidence", language)]
    assert paper.value.startswith("№ 12") and paper.paper == sha256(PAPER).hexdigest()
    assert told[field_name("held_on", language)].value == day(AFTER, language)
    assert told[say("site.recorded_by", language)].value == say("site.operator", language)
    rests = told[say("site.rests_on", language, number=TOLD.budget)]
    assert rests.entry == TOLD.budget
    assert rests.value == telling(source, language).titles[TOLD.budget]


def test_a_field_that_is_an_entry_links_to_it(source):
    assert facts(source, TOLD.resting)[field_name("session", "en")].entry == TOLD.annulled


def test_a_paper_that_did_not_come_along_has_no_link(tmp_path):
    folder = export_of(TOLD.town, tmp_path)
    (folder / "documents" / sha256(PAPER).hexdigest()).unlink()
    assert facts(read(folder), TOLD.spent)[field_name("evidence", "en")].paper == ""


def test_who_spoke_and_who_wrote_it_down(tmp_path):
    town = naryn("kg-2010")
    said = {"of": "executive", "about": "Жол", "due": "2010-05-01"}
    n = town.decide("DemandAccount", by=town.chair, **said).n
    told = facts(read(export_of(town, tmp_path)), n)
    assert CHAIR in told[say("site.by", "en")].value
    m = town.act("AppointOfficial", "kenesh", post="recorder", holder="Б", **town.vote()).n
    assert m and RECORDER not in told[say("site.recorded_by", "en")].value


def test_lines_of_a_budget_are_a_table_and_no_field(source):
    told = telling(source)
    assert [(what, amount) for what, _, amount in told.lines(TOLD.budget)] == [
        (line["name"], f"{line['amount']:,} som") for line in LINES
    ]
    assert not told.lines(TOLD.spent)
    assert field_name("lines", "en") not in facts(source, TOLD.budget)


def test_who_governs_is_told_with_the_names_the_law_gives(source):
    told = {fact.name: fact.value for fact in telling(source).governing}
    assert OFFICIAL in told.values() and HEAD not in told.values()
    assert ", ".join(DEPUTIES) in told.values()
    assert told[say("site.chair", "en")] == CHAIR
    named = TOLD.town.book.names("city_oblast")["head"]["en"]
    assert named[:1].upper() + named[1:] in told


def test_of_a_place_just_founded_nobody_governs(tmp_path):
    told = telling(read(export_of(bare(), tmp_path))).governing
    assert told == [
        Fact(say("site.head", "en"), say("site.no_head", "en")),
        Fact(say("site.kenesh", "en"), say("site.not_elected", "en")),
    ]


def test_the_country_has_a_name_and_no_head(tmp_path):
    told = telling(read(export_of(the_country(), tmp_path)), "ru")
    assert (told.name, told.kind, told.governing) == (say("site.republic", "ru"), "", [])


def test_a_model_binds_from_the_entry_that_adopted_it(tmp_path):
    town = chartered()
    called = {"kind": "meeting", "day": "2023-04-20", "about": "Жол"}
    n = town.act("CallAssembly", "head", LATER.replace(year=2023), **called).n
    assert MODEL in town.law
    books = [packs.load().rulebook(ids) for ids in (TODAY, (*TODAY, MODEL), town.law)]
    source = read(export_of(town, tmp_path, *books))
    law = telling(source).law(n)
    assert law and (not law["model"] or "entry 11" in law["adopted"])
    assert law["model"], "the act rests on no model norm: choose another"


def test_what_was_sent_under_a_mandate_that_had_ended_says_so(tmp_path):
    town = naryn("kg-2010")
    said = {"title": "Жол", "text": "…"}
    n = town.act("RaiseIssue", "deputy:4.0", AFTER, by=town.deputy, **said).n
    by = town.act("EndMandate", "court", DAY, mandate="4.0", cause="court").n
    source = read(export_of(town, tmp_path))
    assert "mandate_over" in tags(source, n)
    (one,) = telling(source).notices(n)
    assert (one.title, one.entry) == (say("site.mandate_over", "en", day=day(DAY, "en")), by)


def test_what_is_refused_as_we_read_the_law_alone_says_so(tmp_path):
    town = naryn("kg-2010")
    said = {"year": 2011, "lines": LINES, **town.vote(DAY)}
    read_so = town.contested("AdoptBudget", "kenesh", **said).n
    other = {**DELEGATION, "instrument": "other_act"}
    none_found = town.contested("DelegatePower", "state_body", **other).n
    source = read(export_of(town, tmp_path))
    for n, key in ((read_so, "_as_read"), (none_found, "_none_found")):
        (one,) = telling(source).notices(n)
        assert one.title == say(f"site.contested{key}", "en")

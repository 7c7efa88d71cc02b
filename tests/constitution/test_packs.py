"""The packs of a release: loaded whole or not at all, and kept as text by their digest."""

import json
from pathlib import Path

import pytest
from lawtext import VOCABULARY, article, front, text

from kerege.constitution import packs
from kerege.constitution.edition import Edition, EditionError
from kerege.constitution.packs import UnknownPack, from_text, load, load_from, text_of
from kerege.constitution.question import Question
from kerege.constitution.vocabulary import VocabularyError
from tools import golden_rulings

KG = load()


def test_what_is_shipped() -> None:
    assert [one.id for one in KG.constitutions()] == ["kg-2007", "kg-2010", "kg-2021"]
    assert [one.id for one in KG.statutes_under("kg-2010")] == [
        "kg-law-99-2008",
        "kg-law-98-2011",
        "kg-law-101-2011",
        "kg-law-127-2013",
        "kg-budget-code-2016",
        "kg-law-21-2018",
    ]
    assert KG.statutes_under("kg-2007") == []
    assert {id_ for id_, one in KG.editions.items() if one.kind != "model"} == {
        "kg-2007",
        *KG.pinned("kg-2010"),
        *KG.pinned("kg-2021"),
        # Repealed by Law 101.
        "kg-law-99-2008",
    }


def test_an_exercise_lives_under_the_statutes_of_its_constitution() -> None:
    assert KG.pinned("kg-2007") == ("kg-2007",)
    # Law 101 repeals Law 99.
    since = [e.id for e in KG.statutes_under("kg-2010") if e.id != "kg-law-99-2008"]
    assert KG.pinned("kg-2010") == ("kg-2010", *since)
    # Law 123 repeals Law 101, and Law 21 changed nothing but Law 101.
    assert KG.pinned("kg-2021") == (
        "kg-2021",
        "kg-law-98-2011",
        "kg-law-127-2013",
        "kg-budget-code-2016",
        "kg-law-123-2021",
    )


def test_what_is_repealed_goes_with_what_amends_it() -> None:
    changed = ("kg-law-101-2011", "kg-law-21-2018", "kg-law-98-2011")
    assert KG.without_repealed(changed) == changed
    for ids in ((*changed, "kg-law-123-2021"), ("kg-law-123-2021", *changed)):
        left = [id_ for id_ in ids if id_ in ("kg-law-98-2011", "kg-law-123-2021")]
        assert KG.without_repealed(ids) == tuple(left)
    with pytest.raises(UnknownPack, match="tax-code"):
        KG.without_repealed(["tax-code"])


def test_what_a_pack_is_read_together_with() -> None:
    assert KG.standing("kg-2010") == ("kg-2010",)
    assert KG.standing("kg-law-98-2011") == ("kg-2010", "kg-law-98-2011")
    assert KG.standing("kg-law-98-2011", "kg-2021") == ("kg-2021", "kg-law-98-2011")
    assert KG.standing("kg-law-21-2018") == ("kg-2010", "kg-law-101-2011", "kg-law-21-2018")


@pytest.mark.parametrize("constitution", KG.constitutions(), ids=lambda one: one.id)
def test_all_statutes_of_a_constitution_stand_together(constitution: Edition) -> None:
    KG.rulebook(KG.pinned(constitution.id))
    KG.rulebook((constitution.id, *(e.id for e in KG.statutes_under(constitution.id))))


def test_packs_are_loaded_and_rulebooks_made_once() -> None:
    assert load() is KG
    assert KG.rulebook(["kg-2010"]) is KG.rulebook(("kg-2010",))


def test_an_unknown_pack() -> None:
    for ask in (KG.edition, KG.pinned, lambda id_: KG.rulebook([id_])):
        with pytest.raises(UnknownPack, match="kg-1993"):
            ask("kg-1993")


@pytest.mark.parametrize("ids", [["kg-2007"], ["kg-2010"], list(KG.pinned("kg-2010"))], ids=str)
def test_a_rulebook_kept_as_text_is_the_same_rulebook(ids: list[str]) -> None:
    book = KG.rulebook(ids)
    again = from_text(text_of(book))
    assert again.digest == book.digest
    assert [edition.id for edition in again.editions] == ids
    assert text_of(again) == text_of(book)
    acts = [name for name, act in VOCABULARY.acts.items() if act.judged]
    for act in acts:
        for facts in golden_rulings.facts_of(act, VOCABULARY):
            for actor in VOCABULARY.actors:
                object_ = VOCABULARY.acts[act].objects[0]
                asked = Question(actor, act, object_, "aiyl_aimak", facts)
                assert again.rule(asked) == book.rule(asked)


def test_kept_text_is_plain_json_in_three_languages() -> None:
    kept = json.loads(text_of(KG.rulebook(["kg-2010"])))
    assert set(kept) == {"vocabulary", "editions"}
    assert "жергиликтүү" in text_of(KG.rulebook(["kg-2010"]))


@pytest.mark.parametrize(
    "kept",
    [
        *("", "{}", "[]", "3", "null", '{"vocabulary": 3, "editions": []}', "[" * 100_000),
        *('{"vocabulary": "", "editions": []}', '{"vocabulary": "", "editions": [1]}'),
    ],
    ids=lambda kept: kept[:40],
)
def test_what_is_no_kept_rulebook(kept: str) -> None:
    with pytest.raises(ValueError):
        from_text(kept)


def test_a_kept_rulebook_that_was_changed_is_an_edition_error() -> None:
    kept = json.loads(text_of(KG.rulebook(["kg-2010"])))
    kept["editions"][0]["text"] = "gone"
    with pytest.raises(EditionError):
        from_text(json.dumps(kept))


# A directory of packs


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "laws").mkdir()
    (tmp_path / "vocabulary.toml").write_text(VOCABULARY.text, "utf-8")
    (tmp_path / "constitution-a.md").write_text(text(article()), "utf-8")
    law = text(article(), id="law", kind="statute", under="test")
    (tmp_path / "laws/law.md").write_text(law, "utf-8")
    return tmp_path


def test_a_directory_of_packs(room: Path) -> None:
    (room / "README.md").write_text("not law")
    (room / "laws/notes.txt").write_text("not law either")
    (room / "constitution-a.md~").write_text("what an editor keeps")
    assert list(load_from(room).editions) == ["test", "law"]
    assert load_from(room).rulebook(["test", "law"]).norms == {}


def test_a_directory_without_laws(room: Path) -> None:
    (room / "laws/law.md").unlink()
    (room / "laws").rmdir()
    assert list(load_from(room).editions) == ["test"]


def wrong(room: Path, said: str, file: str) -> None:
    with pytest.raises(EditionError) as error:
        load_from(room)
    assert said in error.value.reason
    assert error.value.file == file
    assert error.value.line >= 1


def test_a_mark_of_byte_order_changes_nothing(room: Path) -> None:
    before = load_from(room).rulebook(["test"]).digest
    (room / "constitution-a.md").write_text("\ufeff" + text(article()), "utf-8")
    assert load_from(room).rulebook(["test"]).digest == before


def test_an_id_stands_in_one_file(room: Path) -> None:
    (room / "constitution-b.md").write_text(text(article()), "utf-8")
    wrong(room, "the id test stands in constitution-a.md too", "constitution-b.md")


def test_a_statute_under_an_unknown_constitution(room: Path) -> None:
    law = text(article(), id="law", kind="statute", under="kg-1993")
    (room / "laws/law.md").write_text(law, "utf-8")
    wrong(room, "it stands under kg-1993, which is no constitution known here", "law.md")


def test_a_statute_that_repeals_what_is_not_there(room: Path) -> None:
    law = text(article(), id="law", kind="statute", under="test\nrepeals: tax-code")
    (room / "laws/law.md").write_text(law, "utf-8")
    wrong(room, "it repeals tax-code, which is no statute known here", "law.md")
    law = text(article(), id="law", kind="statute", under="test\nrepeals: test")
    (room / "laws/law.md").write_text(law, "utf-8")
    wrong(room, "it repeals test, which is no statute known here", "law.md")


def test_only_a_statute_repeals(room: Path) -> None:
    source = text(article()).replace("adopted:", "repeals: law\nadopted:")
    (room / "constitution-a.md").write_text(source, "utf-8")
    wrong(room, "only a statute repeals another", "constitution-a.md")


def test_a_statute_under_a_statute(room: Path) -> None:
    law = text(article(), id="other", kind="statute", under="law")
    (room / "laws/other.md").write_text(law, "utf-8")
    wrong(room, "it stands under law, which is no constitution known here", "other.md")


def test_a_file_that_is_no_text(room: Path) -> None:
    (room / "laws/law.md").write_bytes(front().encode() + b"\xff\x00\xfe")
    wrong(room, "the file is not text in UTF-8", "law.md")


def test_an_empty_file(room: Path) -> None:
    (room / "laws/law.md").write_bytes(b"")
    wrong(room, "does not begin with ---", "law.md")


def test_a_vocabulary_that_is_no_text(room: Path) -> None:
    (room / "vocabulary.toml").write_bytes(b"\xff")
    wrong(room, "the file is not text in UTF-8", "vocabulary.toml")


def test_a_broken_vocabulary(room: Path) -> None:
    (room / "vocabulary.toml").write_text("[topic", "utf-8")
    with pytest.raises(VocabularyError, match=r"^vocabulary\.toml: "):
        load_from(room)


# Several countries


def test_packs_of_several_countries() -> None:
    assert {"kg", "eclsg"} <= set(packs.countries())
    assert not any(country.startswith("_") for country in packs.countries())
    assert packs.find("kg-2010") is KG
    assert packs.find("eclsg") is load("eclsg")
    with pytest.raises(UnknownPack, match="xx-0000"):
        packs.find("xx-0000")


def test_no_id_stands_in_two_countries() -> None:
    ids = [id_ for country in packs.countries() for id_ in load(country).editions]
    assert len(set(ids)) == len(ids)


def test_the_template_is_whole_but_no_country() -> None:
    assert list(load_from(packs.ROOM / "_template").editions) == ["xx-0000", "xx-law-0000"]

"""Which misprints can be corrected: fields that say so, and no rule reads."""

import pytest

from kerege.municipality.acts import ACTS
from kerege.municipality.correcting import a_misprint, correctable, correctable_fields
from kerege.municipality.problem import Malformed
from tests.cast import NEW, naryn


def key(town, **said):
    try:
        correctable(town.m, ACTS["Correct"].read(said), ACTS)
    except Malformed as wrong:
        return next((p.field, p.key) for p in wrong.problems)
    return None


def test_other_acts_pass():
    correctable(
        naryn().m,
        ACTS["Spend"].read({"year": 2010, "source": "local", "amount": 1, "purpose": "…"}),
        ACTS,
    )


@pytest.mark.parametrize("name", sorted(ACTS))
def test_no_reference_choice_sum_or_day_is_a_misprint(name):
    kinds = {type(t.kind).__name__ for t in ACTS[name].told().values() if t.misprint}
    assert kinds <= {"Text", "Names", "Whole"}


def test_a_misprint_is_said_anew_in_what_the_field_can_hold():
    town = naryn(*NEW)
    n = town.hold_session()
    assert key(town, entry=n, field="agenda", text="Бюджет\nЖол") is None
    assert key(town, entry=n, field="number", text="3/1") is None
    assert key(town, entry=n, field="number", text="3" * 21) == ("text", "too_long")
    assert key(town, entry=n, field="present", text="4") == ("field", "not_correctable")
    assert key(town, entry=n, field="gender", text="4") == ("field", "unknown_field")


def test_what_undid_is_corrected_in_its_grounds_only():
    town = naryn(*NEW)
    undone = town.annul(town.hold_session()).n
    assert key(town, entry=undone, field="grounds", text="Мыйзам, 5-берене") is None
    for field in ("entry", "from_day"):
        assert key(town, entry=undone, field=field, text="1") == ("field", "not_correctable")


def test_a_correction_is_not_corrected_but_made_again():
    town = naryn(*NEW)
    n = town.act("Correct", entry=0, field="name_ky", text="Нарн").n
    assert key(town, entry=n, field="text", text="Нарын") == ("field", "not_correctable")
    assert key(town, entry=0, field="name_ky", text="Нарын") is None


def test_other_words_are_not_a_misprint():
    names = ["А. Асанов", "Б. Бекова"]
    for old, text in (("Асан Үсөнов", "Бакыт Токтоев"), (names, "А. Асанов\nЖ. Орозов")):
        with pytest.raises(Malformed, match="not_a_misprint"):
            a_misprint(old, text)
    a_misprint("Асан Усонов", "Асан Үсөнов")
    a_misprint(["А. Асанов", "Б. Бекова"], "А. Асанов\nБ. Бекоева")
    a_misprint(84, "85")
    for old, text in (("Сүү түтүгү", "Сүү түтүгү"), (["А. Асанов"], "А. Асанов\n")):
        with pytest.raises(Malformed, match="nothing_mended"):
            a_misprint(old, text)


@pytest.mark.parametrize("text", ["31", "3", "0", "300", "130", "03", "031"])
def test_one_slip_in_a_number_is_a_misprint(text):
    a_misprint(30, text)


@pytest.mark.parametrize("text", ["9000000", "41", "3000", "1", "12", "9"])
def test_another_number_is_not_a_misprint(text):
    with pytest.raises(Malformed, match="not_a_slip"):
        a_misprint(30, text)


def test_neighbours_change_places_and_others_do_not():
    a_misprint(1234, "1324")
    for other in ("4231", "3214", "2143", "1342"):
        with pytest.raises(Malformed, match="not_a_slip"):
            a_misprint(1234, other)
    with pytest.raises(Malformed, match="nothing_mended"):
        a_misprint(30, "030")
    a_misprint(None, "41000")


def test_one_letter_of_a_long_text_is_a_misprint():
    text = "Ичүүчү суу, жолдор жана мектептин чатыры тууралуу маселе каралды. " * 30
    a_misprint(text[:2000], f"{text[:1000]}и{text[1001:2000]}")
    a_misprint(
        ["Адилет Карыпбеков", "Айжан Сулайманова"], "Адилет Карыпбеков\r\n\r\nАйжан Сулайманва"
    )


def test_a_population_is_said_later_once():
    town = naryn(*NEW)
    assert key(town, entry=0, field="population", text="41000") is None
    town.act("Correct", entry=0, field="population", text="41000")
    assert key(town, entry=0, field="population", text="5900") == ("field", "population_said")


def test_what_of_an_entry_can_be_corrected():
    town = naryn(*NEW)
    session = town.act(
        "HoldSession", "kenesh", kind="ordinary", number="9", present=5, agenda="Жол"
    ).entry
    assert correctable_fields(town.m, session, ACTS) == ["number", "agenda"]

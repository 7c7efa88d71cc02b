"""What an article tells besides rules: facts of the law, names, parameters, dated thresholds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, line_of, read, text

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.tables import Threshold
from kerege.words import Words

SHARE = '[[threshold]]\nname = "quorum"\nat_least = "2/3"\nof = ["seats"]\n'
NAMED = '[names.settlement]\nhead = { ky = "а", ru = "б", en = "c" }\n'


def test_what_an_article_tells() -> None:
    source = text(
        article(
            toml="[law]\norderSetByLaw = true\n[parameter]\noffice = "
            f'"head_of_executive"\nopen = true\n{NAMED}{SHARE}since = 2011-07-15\n'
        )
    )
    told = read(source).articles["budget"].tables
    assert told.law == {"orderSetByLaw": True}
    assert told.parameters == {"office": "head_of_executive", "open": True}
    assert told.names == {"settlement": {"head": Words("а", "б", "c")}}
    (threshold,) = told.thresholds
    assert threshold == Threshold(
        "quorum", Fraction(2, 3), False, ("seats",), date(2011, 7, 15), None, "test/budget"
    )


WRONG = {
    "law = 1": "law: a table is needed, not 1",
    "[law]\nhearingHeld = true": "law: hearingHeld is not a fact that the law tells",
    "[law]\nnothing = true": "law: nothing is not a fact that the law tells",
    '[law]\norderSetByLaw = "yes"': "law: orderSetByLaw is true or false",
    "[law]\norderSetByLaw = 1": "law: orderSetByLaw is true or false",
    "names = 1": "names: a table is needed",
    "[names]\nsettlement = 1": "names: a table is needed",
    NAMED.replace("settlement", "village"): "names: no such kind of place 'village'",
    NAMED.replace("head", "mayor"): "names: settlement: no such actor 'mayor'",
    NAMED.replace(', en = "c"', ""): "names: settlement.head: exactly ky, ru and en",
    NAMED.replace('"c"', '"c", de = "d"'): "names: settlement.head: exactly ky, ru and en",
    NAMED.replace('"c"', '""'): "names: settlement.head: no words in en",
    NAMED.replace('"c"', "3"): "names: settlement.head: no words in en",
    NAMED.replace('"c"', '"{c}"'): "names: settlement.head: the languages hold different slots",
    "[names.settlement]\nhead = 1": "names: a table is needed",
    "[parameter]\noffice = 3": "parameter: office is neither true nor false nor a word",
    '[parameter]\noffice = "mayor"': "parameter: office is neither true nor false nor a word",
    '[parameter]\noffice = ["kenesh"]': "parameter: office is neither true nor false nor a word",
    "[threshold]\nname = 1": "threshold: write [[threshold]] in double brackets",
    "threshold = [1]": "threshold: a table is needed",
    SHARE.replace("name", "title"): "threshold: unknown line 'title'",
    SHARE.replace('name = "quorum"\n', ""): "threshold: the name is missing",
    SHARE.replace('"quorum"', '"Quorum 1"'): "threshold: the name is missing or not made of",
    SHARE.replace('at_least = "2/3"\n', ""): "threshold: quorum: either at_least or more_than",
    SHARE + 'more_than = "1/2"': "threshold: quorum: either at_least or more_than",
    SHARE.replace('"2/3"', "0.67"): "threshold: quorum: the share is a fraction in quotes",
    SHARE.replace('"2/3"', '"3/2"'): "threshold: quorum: the share is a fraction in quotes",
    SHARE.replace('"2/3"', '"0/3"'): "threshold: quorum: the share is a fraction in quotes",
    SHARE.replace('"2/3"', '"2/0"'): "threshold: quorum: the share is a fraction in quotes",
    SHARE.replace('"2/3"', '"two thirds"'): "threshold: quorum: the share is a fraction",
    SHARE.replace('["seats"]', '"seats"'): "threshold: quorum: of is a list from seats, mandates",
    SHARE.replace('["seats"]', "[]"): "threshold: quorum: of is a list from seats, mandates",
    SHARE.replace('["seats"]', '["chairs"]'): "threshold: quorum: of is a list from seats",
    SHARE + 'until = "2018-02-15"': "threshold: quorum: until is not a date like 2018-02-15",
    SHARE + "until = 2018-02-15T10:00:00": "threshold: quorum: until is not a date like",
    SHARE + "since = 10:00:00": "threshold: quorum: since is not a date like 2018-02-15",
    SHARE + "since = 2018-02-15\nuntil = 2018-02-15": "threshold: quorum: until is not after since",
    SHARE + "since = 2018-02-15\nuntil = 2011-07-15": "threshold: quorum: until is not after since",
    SHARE + SHARE: "threshold: quorum is set twice for the same day",
    SHARE + "until = 2018-02-16\n" + SHARE + "since = 2018-02-15": "set twice for the same day",
    "[deadline]\na = 1": "deadline: unknown table, not one of law, names, parameter, threshold",
    "a = " + "[" * 5000: "toml: ",
}


@pytest.mark.parametrize(
    "toml", WRONG, ids=[f"{n}: {said}" for n, said in enumerate(WRONG.values())]
)
def test_what_is_wrong_is_named(toml: str) -> None:
    with pytest.raises(EditionError) as error:
        read(text(article(toml=toml)))
    assert error.value.article == "Local budget"
    assert error.value.reason.startswith("toml")
    assert WRONG[toml] in error.value.reason


def test_the_line_is_that_of_the_table() -> None:
    source = text(article(toml=f'{NAMED}\n# a remark\n[parameter]\noffice = "mayor"\n'))
    with pytest.raises(EditionError) as error:
        read(source)
    assert error.value.line == line_of(source, "[parameter]")


def test_the_line_of_broken_toml() -> None:
    source = text(article(toml='[law]\norderSetByLaw = true\noffice = "head\n'))
    with pytest.raises(EditionError) as error:
        read(source)
    assert error.value.line == line_of(source, "office = ")
    assert "at line" not in error.value.reason


def test_a_table_stands_once_in_an_article() -> None:
    source = text(article(toml="[parameter]\na = true")) + "\n```toml\n[parameter]\nb = true\n```\n"
    with pytest.raises(EditionError, match="toml, parameter: the table stands twice"):
        read(source)


def test_thresholds_that_follow_one_another() -> None:
    source = text(
        article(toml=SHARE + "until = 2018-02-15\n" + SHARE + "since = 2018-02-15\n"),
    )
    made = book(source)
    before = made.threshold("quorum", date(2018, 2, 14))
    after = made.threshold("quorum", date(2018, 2, 15))
    assert before and after and before.until == after.since == date(2018, 2, 15)


def test_thresholds_of_other_names_have_their_own_days() -> None:
    days = "since = 2011-07-15\nuntil = 2018-02-15\n"
    made = book(text(article(toml=SHARE + days + SHARE.replace("quorum", "other") + days)))
    for name in ("quorum", "other"):
        assert made.threshold(name, date(2011, 7, 15)) is not None
        assert made.threshold(name, date(2018, 2, 15)) is None
        assert made.threshold(name, date(2011, 7, 14)) is None


def test_two_articles_do_not_set_one_threshold_for_the_same_day() -> None:
    other = article(toml=SHARE, heading="## Money {#money}")
    with pytest.raises(EditionError, match=r"Money, line \d+: the threshold quorum is set twice"):
        book(text(article(toml=SHARE), other))


def test_what_comes_later_takes_the_place_of_what_was_said() -> None:
    first = read(text(article(toml=NAMED + "[parameter]\noffice = true\n")))
    law = text(
        article(
            toml=NAMED.replace("head", "kenesh") + '[parameter]\noffice = "head_of_executive"\n'
        ),
        id="law",
        kind="statute",
        under="test",
    )
    both = Rulebook(VOCABULARY, [first, read(law)])
    assert both.parameter("office") == "head_of_executive"
    assert set(both.names("settlement")) == {"head", "kenesh"}
    assert both.names("aiyl_aimak") == {}
    assert both.names("moon") == {}
    assert both.parameter("nothing") is None


def amended(law: str, change: str) -> Rulebook:
    """A law with these shares, and an amendment of the fifteenth of February 2018 with those."""
    front = {"kind": "statute", "under": "test"}
    return Rulebook(
        VOCABULARY,
        [
            read(text(article())),
            read(text(article(toml=law), id="law", **front)),
            read(
                text(article(toml=change), id="change", amends="law", adopted="2018-02-15", **front)
            ),
        ],
    )


def test_an_amendment_counts_from_its_adoption_and_brings_back_nothing() -> None:
    made = amended(SHARE + "until = 2015-01-01\n", SHARE.replace("2/3", "1/2"))
    shares = {
        str(on): share.share if (share := made.threshold("quorum", on)) else None
        for on in (date(2014, 12, 31), date(2015, 1, 1), date(2018, 2, 14), date(2018, 2, 15))
    }
    assert [*shares.values()] == [Fraction(2, 3), None, None, Fraction(1, 2)], shares


def test_a_share_that_only_an_amendment_sets_counts_from_its_adoption() -> None:
    made = amended(SHARE, SHARE.replace("quorum", "other"))
    assert made.threshold("other", date(2018, 2, 14)) is None
    assert made.threshold("other", date(2018, 2, 15)) is not None
    assert made.threshold("quorum", date(2018, 2, 15)) is not None


# The thresholds that are shipped

LAW_101 = packs.load().rulebook(["kg-2010", "kg-law-101-2011", "kg-law-21-2018"])
LAST_OLD = date(2018, 2, 14)
FIRST_NEW = date(2018, 2, 15)


def reached(name: str, on: date, count: int, seats: int, mandates: int) -> bool:
    share = LAW_101.threshold(name, on)
    assert share is not None
    return share.reached(count, {"seats": seats, "mandates": mandates})


@pytest.mark.parametrize("name", ["head_election", "session_quorum"])
def test_two_thirds_until_the_law_of_2018(name: str) -> None:
    for on in (date(2011, 7, 15), LAST_OLD):
        assert reached(name, on, 14, 21, 21)
        assert not reached(name, on, 13, 21, 21)
        # Not a third of a person less: two thirds of 31 is 20.67.
        assert reached(name, on, 21, 31, 31)
        assert not reached(name, on, 20, 31, 31)


@pytest.mark.parametrize("name", ["head_election", "session_quorum"])
def test_a_majority_from_the_law_of_2018(name: str) -> None:
    for on in (FIRST_NEW, date(2021, 10, 20)):
        assert reached(name, on, 11, 21, 21)
        assert not reached(name, on, 10, 21, 21)
        # Exactly half is not a majority.
        assert not reached(name, on, 15, 30, 30)
        assert reached(name, on, 16, 30, 30)


@pytest.mark.parametrize("name", ["head_election", "session_quorum"])
def test_without_the_law_of_2018_it_would_still_be_two_thirds(name: str) -> None:
    share = packs.load().rulebook(["kg-2010", "kg-law-101-2011"]).threshold(name, FIRST_NEW)
    assert share is not None and (share.share, share.exceeded) == (Fraction(2, 3), False)
    changed = LAW_101.threshold(name, FIRST_NEW)
    assert changed is not None and changed.norm.startswith("kg-law-21-2018/")


def test_of_two_readings_of_the_base_one_is_enough() -> None:
    assert reached("session_quorum", LAST_OLD, 12, 21, 18)
    assert not reached("session_quorum", LAST_OLD, 11, 21, 18)
    assert not reached("session_quorum", FIRST_NEW, 9, 21, 18)
    assert reached("session_quorum", FIRST_NEW, 10, 21, 18)


def test_a_law_that_sets_none() -> None:
    assert packs.load().rulebook(["kg-2010"]).threshold("head_election", LAST_OLD) is None
    assert LAW_101.threshold("nothing", LAST_OLD) is None


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_every_day_has_one_threshold(on: date) -> None:
    for name in ("head_election", "session_quorum"):
        share = LAW_101.threshold(name, on)
        assert share is not None
        assert share.exceeded == (on >= FIRST_NEW)


DAYS = st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2018, 1, 8)))


@settings(deadline=None)
@given(DAYS, DAYS, DAYS, DAYS)
def test_thresholds_meet_when_some_day_has_both(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    one = Threshold("x", Fraction(1, 2), False, ("seats",), a, b, "t/a")
    other = Threshold("x", Fraction(1, 2), False, ("seats",), c, d, "t/a")
    if any(x is not None and y is not None and y <= x for x, y in ((a, b), (c, d))):
        return
    days = [date(2017, 12, 25) + timedelta(days=n) for n in range(30)]
    assert one.meets(other) == any(one.runs(on) and other.runs(on) for on in days)

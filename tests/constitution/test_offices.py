"""The head as each law names it."""

from kerege.constitution import packs
from kerege.constitution.offices import head, joined, offices, renamed
from kerege.constitution.shared import shared

KG = packs.load()
WORDS = KG.vocabulary
THEN, NOW = KG.rulebook(("kg-2007",)), KG.rulebook(("kg-2010",))
BOTH = shared(WORDS, WORDS)


def test_offices_are_joined_where_two_laws_name_different_ones() -> None:
    named = offices(THEN, NOW)
    assert named == ("head_of_territory", "head_of_executive")
    assert offices(NOW, KG.rulebook(KG.pinned("kg-2010"))) is None
    # A law that names none is asked about that of the other.
    assert offices(THEN, KG.rulebook(("kg-2021",))) is None
    assert head(named) not in WORDS.objects


def test_acts_on_the_head_have_one_object_for_both() -> None:
    both = joined(BOTH, THEN, NOW)
    joint = "head_of_territory/head_of_executive"
    assert both.words.acts["ElectHead"].objects == (joint,)
    assert both.words.objects[joint]["en"] == "the head"
    assert both.words.acts["Spend"] == WORDS.acts["Spend"]
    assert joined(BOTH, NOW, NOW) is BOTH


def test_norms_call_their_own_office_by_the_joint_name() -> None:
    norm = NOW.norms["kg-2010/head-of.executive"]
    (own,) = renamed([norm], "head_of_executive", "a/b")
    assert '"a/b"' in str(own.policy).replace("'", '"') and own.id == norm.id
    assert "head_of_executive" not in str(own.policy)
    (same,) = renamed([norm], "head_of_territory", "a/b")
    assert same == norm

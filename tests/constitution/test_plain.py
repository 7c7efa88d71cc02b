"""A rulebook read plainly: the same norms and rulings as with Cedar and Markdown, or refused."""

import json
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lawtext import VOCABULARY, article, book, front, line_of, text
from test_second_opinion import JUDGED, SEEDS, RandomRules, question

from kerege.constitution import packs, plain
from kerege.constitution.packs import text_of
from kerege.constitution.question import Question
from kerege.constitution.rulebook import LawFailed, Rulebook

KG = packs.load()
BOOKS = {
    **{one.id: KG.rulebook([one.id]) for one in KG.constitutions()},
    **{f"{one.id} and its laws": KG.rulebook(KG.pinned(one.id)) for one in KG.constitutions()},
    **{
        one.id: Rulebook(KG.vocabulary, [KG.edition(id_) for id_ in KG.standing(one.id)])
        for one in KG.editions.values()
        if one.under
    },
    "eclsg": packs.load("eclsg").rulebook(list(packs.load("eclsg").editions)),
}
PLAIN = {name: plain.from_text(text_of(made)) for name, made in BOOKS.items()}


@pytest.mark.parametrize("name", BOOKS)
def test_norms_and_digest_are_those_of_the_rulebook(name: str) -> None:
    made, read = BOOKS[name], PLAIN[name]
    assert read.policies == {id_: norm.policy for id_, norm in made.norms.items()}
    assert list(read.policies) == list(made.norms)
    assert read.digest == made.digest


@pytest.mark.parametrize("name", [name for name in BOOKS if name != "eclsg"])
@settings(max_examples=300, deadline=None)
@given(seed=SEEDS)
def test_it_rules_as_cedar_does(name: str, seed: int) -> None:
    some = Random(seed)
    asked = question(some, some.choice(JUDGED))
    assert PLAIN[name].rule(asked) == BOOKS[name].rule(asked)


@settings(max_examples=200, deadline=None)
@given(seed=SEEDS)
def test_it_rules_as_cedar_does_on_rules_nobody_wrote(seed: int) -> None:
    some = Random(seed)
    act = some.choice(["Spend", "ElectHead", "AdoptBudget", "DelegatePower"])
    made = book(text(article(RandomRules(some, act).rules(some.randint(1, 4)))))
    read = plain.from_text(text_of(made))
    assert read.policies == {id_: norm.policy for id_, norm in made.norms.items()}
    for _ in range(10):
        asked = question(some, act)
        assert read.rule(asked) == made.rule(asked)


GOOD = Question("kenesh", "AdoptBudget", "local_budget", "aiyl_aimak", {})


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "ElectKing"},
        {"act": "Found"},
        {"act": ["AdoptBudget"]},
        {"actor": "king"},
        {"actor": {}},
        {"object": "representative_body"},
        {"place": None},
        {"facts": {}},
        {"facts": None},
        {"facts": {"hearingHeld": 1}},
    ],
)
def test_a_question_the_vocabulary_does_not_know_is_not_answered(changes: dict) -> None:
    made, read = BOOKS["kg-2010"], PLAIN["kg-2010"]
    facts = {f: VOCABULARY.values(f)[:1] or True for f in VOCABULARY.acts["AdoptBudget"].facts}
    if changes.get("facts"):
        changes = {"facts": {**facts, **changes["facts"]}}
    asked = GOOD.but(facts=facts).but(**changes)
    with pytest.raises(plain.NotAsked):
        read.rule(asked)
    with pytest.raises((LawFailed, TypeError)):
        made.rule(asked)


@pytest.mark.parametrize(
    "kept",
    ["", "[]", "{", "[" * 100_000, '{"vocabulary": ""}', '{"vocabulary": 1, "editions": []}']
    + [json.dumps({"vocabulary": VOCABULARY.text, "editions": e}) for e in (1, [1], [{"file": ""}])]
    # What no digest is over.
    + [
        json.dumps({"vocabulary": VOCABULARY.text, "editions": [], "by": "us"}),
        json.dumps(
            {"vocabulary": VOCABULARY.text, "editions": [{"file": "", "text": "", "by": ""}]}
        ),
    ],
)
def test_what_is_no_rulebook_is_refused(kept: str) -> None:
    with pytest.raises(ValueError, match=r"^(vocabulary|this is no rulebook|.*: )|Expecting") as no:
        plain.from_text(kept)
    assert ("other parts" in str(no.value)) is ('"by"' in kept)


RULE = 'permit(principal, action == Action::"Spend", resource);'


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("", "", "the text does not begin with front matter"),
        (front(id=None), "", "the front matter has no id"),
        (text(article("permit(")), "permit(", "'the end' stands where 'principal' is needed"),
        (text(article(RULE.replace(' == Action::"Spend"', ""))), "permit(", "a rule names the act"),
        (text(article(f'\n{RULE}\n@id("x") {RULE}')), "@id", "@id does not begin with the anchor"),
        (text(article(f"{RULE}\n\n//\n {RULE}")), " permit", "the rule 'budget' stands twice"),
        (text(article(RULE), article(RULE, en="c")), "", "this heads no article"),
    ],
)
def test_an_error_names_file_and_line(source: str, at: str, said: str) -> None:
    with pytest.raises(plain.NotARulebook, match=r"^t\.md: ") as error:
        plain.PlainRulebook(VOCABULARY, [("t.md", source)])
    assert said in str(error.value)
    if at:
        assert f"t.md: line {line_of(source, at)}: " in str(error.value)


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; import kerege.constitution.plain; print(*sys.modules)"
    path = f"import sys; sys.path.insert(0, {str(packs.ROOM.parent.parent)!r}); "  # type: ignore
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", path + code], capture_output=True, text=True, check=True
    )
    foreign = {"cedarpy", "markdown_it", "rfc8785", "cryptography", "django", "orjson"}
    assert not foreign & set(done.stdout.split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(said: str) -> None:
    try:
        plain.PlainRulebook(VOCABULARY, [("t.md", front() + said)])
    except plain.NotARulebook as error:
        assert str(error).startswith("t.md: ")

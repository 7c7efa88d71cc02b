"""Norms: the rules of a block, one by one, each with the line it begins on."""

import cedarpy
import pytest
from lawtext import article, book, line_of, load, text

from kerege.constitution import norms
from kerege.constitution.article import Block
from kerege.constitution.edition import EditionError

ADOPT = '(principal == Actor::"kenesh", action == Action::"AdoptBudget", resource)'
BLOCK = f"""
// The kenesh; it adopts.
@id("budget.adopt")
permit{ADOPT};

@id("budget.open") // "open"
@requires("hearingHeld")
forbid(principal, action == Action::"AdoptBudget", resource)
when {{ principal == Actor::"kenesh"
       && !context.republicanLines }} // ; not the end
unless {{ context.hearingHeld }}; permit{ADOPT};

// That is all; really.
"""


def test_the_rules_of_a_block_and_their_lines() -> None:
    found = list(norms._rules(Block(10, BLOCK)))
    assert [line for line, _ in found] == [12, 15, 20]
    assert [rule.split("\n")[0] for _, rule in found] == [
        '@id("budget.adopt")',
        '@id("budget.open") // "open"',
        f"permit{ADOPT};",
    ]
    assert all(rule.endswith(";") for _, rule in found)
    made = load(text(article(BLOCK)))
    assert list(made.norms) == ["test/budget.adopt", "test/budget.open", "test/budget"]
    assert made.norms["test/budget.open"].requires == "hearingHeld"
    assert made.norms["test/budget"].cedar == f"permit{ADOPT};"


def test_a_block_of_remarks_holds_no_rule() -> None:
    assert list(norms._rules(Block(1, "\n// nothing; yet\n\n"))) == []
    assert load(text(article("// nothing yet"))).norms == {}


def test_the_error_of_a_later_rule_names_its_line() -> None:
    source = text(article(BLOCK.replace("!context.republicanLines", "!context.republican")))
    with pytest.raises(EditionError) as error:
        book(source)
    assert error.value.line == line_of(source, '@id("budget.open")')


@pytest.mark.parametrize("rest", ['@id("never closed)', "permit(", '"', "/"])
def test_what_is_left_at_the_end_is_a_broken_rule(rest: str) -> None:
    source = text(article(f"permit{ADOPT};\n{rest}"))
    with pytest.raises(EditionError) as error:
        book(source)
    assert "the rule cannot be read: " in error.value.reason
    assert error.value.line == line_of(source, "permit(") + 1


def test_a_rule_is_of_its_article() -> None:
    rules = f'@id("budget") permit{ADOPT};\n@id("budget.a.b") permit{ADOPT};'
    assert list(book(text(article(rules))).norms) == ["test/budget", "test/budget.a.b"]


@pytest.mark.parametrize(
    ("rule", "grade", "reading"),
    [
        (f"permit{ADOPT};", "A", "text"),
        (f'@reading("brochure") permit{ADOPT};', "A", "brochure"),
        (f"@silent permit{ADOPT};", "none", "ours"),
        (f'@silent @reading("brochure") permit{ADOPT};', "none", "brochure"),
    ],
)
def test_how_well_a_norm_is_known_and_whose_reading_it_is(
    rule: str, grade: str, reading: str
) -> None:
    (norm,) = book(text(article(rule))).norms.values()
    assert (norm.grade, norm.reading) == (grade, reading)


def test_on_a_text_that_is_not_known_only_silence_can_rest() -> None:
    assert book(text(article(f"@silent permit{ADOPT};", grade="none"))).norms
    for rule in (f"permit{ADOPT};", f"forbid{ADOPT};"):
        with pytest.raises(EditionError, match=r"the text is not known \(grade: none\)"):
            book(text(article(rule, grade="none")))


def test_what_cedar_alone_refuses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = cedarpy.ValidationResult(
        {
            "validation_passed": False,
            "errors": [{"policy_id": "policy0", "error": "for policy `policy0`: it is too late"}],
        }
    )
    monkeypatch.setattr(cedarpy, "validate_policies", lambda *_: refusal)
    with pytest.raises(EditionError) as error:
        book(text(article(f"permit{ADOPT};")))
    assert error.value.reason == "the rule does not fit the vocabulary: it is too late"

"""The words and signs of a rule, and the line of what is none."""

import pytest

from kerege.constitution.plain_tokens import NotRead, Tokens


def test_remarks_and_space_are_passed_over() -> None:
    tokens = Tokens('a // b\n\u2003"c" ::')
    assert (tokens.next("name"), tokens.line()) == ("a", 2)
    assert tokens.said() == "c" and tokens.take("::") and not tokens.more()


@pytest.mark.parametrize(("quoted", "said"), [(r'"\n\0\u{41}"', "\n\0A"), ('""', "")])
def test_a_text_says_what_stands_for_it(quoted: str, said: str) -> None:
    assert Tokens(quoted).said() == said


def test_a_sign_in_quotes_is_no_sign() -> None:
    assert not Tokens('"("').seen("(")


@pytest.mark.parametrize("text", ["\n1", "\n§", '\n"open', "\n&"])
def test_what_no_rule_has_is_named_by_its_line(text: str) -> None:
    with pytest.raises(NotRead, match=r"^line 2: "):
        Tokens(text)


def test_brackets_stand_no_deeper_than_twenty() -> None:
    tokens = Tokens("(" * 21)
    for _ in range(20):
        tokens.need("(")
    with pytest.raises(NotRead, match="too deep"):
        tokens.need("(")

"""The office of the head, where two laws name different ones.

A law names its office by ``[parameter] office``. Two laws that name different offices are compared
office with office: acts on them have one object more, *the head as each law names it*, in place of
both, and each law is asked about its own. That the offices differ is told as a parameter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kerege.constitution.norms import Norm
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.sentence import words
from kerege.constitution.shared import Shared

PARAMETER = "office"

Offices = tuple[str, str]


def offices(a: Rulebook, b: Rulebook) -> Offices | None:
    """The offices of two laws; None where they are the same, or one law names none."""
    one, other = a.parameter(PARAMETER), b.parameter(PARAMETER)
    if isinstance(one, str) and isinstance(other, str) and one != other:
        return one, other
    return None


def head(named: Offices) -> str:
    """The object that stands for both: no vocabulary can have a word with a stroke in it."""
    return "/".join(named)


def joined(both: Shared, a: Rulebook, b: Rulebook) -> Shared:
    """Shared words with the head, as each law names it, in place of the two offices."""
    named = offices(a, b)
    if named is None:
        return both
    one, other = named
    acts = {
        name: replace(act, objects=(head(named), *(o for o in act.objects if o not in named)))
        for name, act in both.words.acts.items()
        if act.judged
        and one in a.vocabulary.acts[name].objects
        and other in b.vocabulary.acts[name].objects
    }
    objects = {**both.words.objects, head(named): words()["object.head"]}
    changed = replace(both.words, objects=objects, acts={**both.words.acts, **acts})
    return replace(both, words=changed)


def renamed(norms: Iterable[Norm], office: str, joint: str) -> list[Norm]:
    """Norms of a law in which its office goes by the joint name."""
    plain, put = ({"type": "Object", "id": name} for name in (office, joint))
    return [replace(norm, policy=_put(norm.policy, plain, put)) for norm in norms]


def _put(tree: Any, plain: Mapping[str, str], put: Mapping[str, str]) -> Any:
    if tree == plain:
        return put
    if isinstance(tree, dict):
        return {name: _put(value, plain, put) for name, value in tree.items()}
    return [_put(one, plain, put) for one in tree] if isinstance(tree, list) else tree

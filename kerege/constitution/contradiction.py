"""Does a statute, or a model, permit what its constitution forbids? And can its rules be followed?

A permit is in contradiction where, for some act it names, it lets something pass and its
constitution's own prohibitions refuse all of it, whatever the facts. A permit of which a part is
left is only limited by them; a silent one permits nothing. Measured over blocks of questions that
no rule tells apart, so nothing is overlooked between two examples.
"""

from collections.abc import Iterable, Sequence

from kerege.constitution.article import EditionError
from kerege.constitution.condition import (
    NEVER,
    Tangled,
    all_of,
    any_of,
    condition_in,
    within,
)
from kerege.constitution.edition import CONSTITUTION
from kerege.constitution.norms import Norm
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.space import blocks
from kerege.constitution.vocabulary import Vocabulary


def check(book: Rulebook) -> None:
    """Raise EditionError at the first rule that permits what a constitution here forbids, or that
    nobody can follow."""
    norms = book.norms.values()
    forbids = [n for n in norms if n.edition.kind == CONSTITUTION and n.effect == "forbid"]
    for norm in norms:
        try:
            reason = _wrong(norm, forbids, book.vocabulary)
        except Tangled as error:
            reason = f"the rule cannot be followed: {error}; say it in several"
        if reason:
            raise EditionError(norm.edition.file, norm.article.heading, norm.line, reason)


def _wrong(norm: Norm, forbids: Iterable[Norm], vocabulary: Vocabulary) -> str:
    """What a rule permits against a constitution; empty when it is well. Raises Tangled for a rule
    of a few lines that says thousands of things."""
    for act in norm.acts:
        for block in blocks(act, vocabulary, [norm]):
            condition_in(norm.policy, block.cell())
    if norm.edition.kind == CONSTITUTION or norm.effect == "forbid" or norm.silent:
        return ""
    for act in norm.acts:
        against = refusing(norm, act, forbids, vocabulary)
        if against:
            return _said(norm, act, against)
    return ""


def refusing(
    norm: Norm, act: str, forbids: Iterable[Norm], vocabulary: Vocabulary
) -> Sequence[Norm]:
    """The prohibitions that leave nothing of what a permit lets pass of an act; empty when
    something is left, or when it lets nothing pass."""
    speaking = [one for one in forbids if act in one.acts]
    found: dict[str, Norm] = {}
    for block in blocks(act, vocabulary, [norm, *speaking]):
        cell = block.cell()
        lets = condition_in(norm.policy, cell)
        if lets == NEVER:
            continue
        here = [(one, condition_in(one.policy, cell)) for one in speaking]
        if not within(lets, any_of(stops for _, stops in here)):
            return ()
        found |= {one.id: one for one, stops in here if all_of((lets, stops)) != NEVER}
    return list(found.values())


def _said(norm: Norm, act: str, against: Sequence[Norm]) -> str:
    """As a lawyer would say it, with whose reading the prohibition is."""
    articles = [
        f"{_article(one)} of {one.edition.id} forbids"
        + ("" if one.reading == "text" else f" ({_READINGS[one.reading]})")
        for one in against
    ]
    ids = ", ".join(one.id for one in against)
    return f"permits what {' and '.join(articles)}: {act} ({ids})"


_READINGS = {"brochure": "as the brochure of 2010 reads it", "ours": "as we read it"}


def _article(norm: Norm) -> str:
    return f"article {norm.article.article}" if norm.article.article else f"#{norm.anchor}"

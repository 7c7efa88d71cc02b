"""Asking from outside: a question put in words of the vocabulary, an answer as plain data.

Answer as JSON: ``{"rulebook", "digest", "permitted", "basis",
"norms": [{"id", "article", "grade"}], "missing": […], "instead": […]}``.
"""

from collections.abc import Sequence
from typing import Any

from kerege.constitution.instead import instead
from kerege.constitution.question import FactValue, Question
from kerege.constitution.rulebook import Rulebook


class NotAsked(ValueError):
    """A question the vocabulary cannot put; the message names the word."""


def question_of(
    book: Rulebook,
    act: str,
    actor: str = "",
    object_: str = "",
    place: str = "aiyl_aimak",
    facts: Sequence[str] = (),
) -> Question:
    """The question in words: facts as ``name=yes``, ``name=no`` or ``name=value``, the rest no.

    Raises NotAsked. What the statutes tell they tell themselves."""
    words = book.vocabulary
    word = words.acts.get(act)
    if word is None or not word.judged:
        raise NotAsked(f"no such act: {act}")
    asked: dict[str, FactValue] = {}
    for fact in word.facts:
        values = words.values(fact)
        asked[fact] = values[0] if values else False
    for said in facts:
        name, _, value = said.partition("=")
        if name not in asked:
            raise NotAsked(f"{act} is never asked {name}; it is asked {', '.join(asked) or '-'}")
        values = words.values(name)
        if value not in (values or ("yes", "no")):
            raise NotAsked(f"{name} cannot be {value}; it is {', '.join(values or ('yes', 'no'))}")
        asked[name] = value if values else value == "yes"
    for what, value, known in (
        ("actor", actor or word.actors[0], words.actors),
        ("object", object_ or word.objects[0], word.objects),
        ("place", place, words.places),
    ):
        if value not in known:
            raise NotAsked(f"no such {what}: {value}")
    question = Question(actor or word.actors[0], act, object_ or word.objects[0], place, asked)
    return book.complete(question)


def answer(book: Rulebook, asked: Question) -> dict[str, Any]:
    """The ruling as plain data; raises LawFailed."""
    given = book.rule(asked)
    near = None if given.effective else instead(book, asked, given)
    norms = [book.norms[id_] for id_ in given.norms]
    return {
        "rulebook": [edition.id for edition in book.editions],
        "digest": book.digest,
        "permitted": given.effective,
        "basis": given.answer,
        "norms": [{"id": n.id, "article": n.article.article, "grade": n.grade} for n in norms],
        "missing": list(given.missing) or ([f for f in near.facts] if near else []),
        "instead": list(near.acts) if near else [],
    }


def told(book: Rulebook, answered: dict[str, Any], language: str) -> str:
    """The answer as text: the ruling, then each norm with its article and plain words."""
    lines = [answered["basis"]]
    for norm in answered["norms"]:
        article = book.norms[norm["id"]].article
        number = article.article or "?"
        lines.append(f"{norm['id']} [{number}, {norm['grade']}]: {article.words[language]}")
    for fact in answered["missing"]:
        lack = book.vocabulary.facts[fact].missing
        lines.append(f"- {lack[language] if lack else fact}")
    return "\n".join(lines)

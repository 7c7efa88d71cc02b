"""A question read from an address, and the form in which it can be changed.

Names in the address: ``act``, ``actor``, ``object``, ``place`` and the facts of the act, each
``yes``, ``no`` or a value; a yes-or-no fact that is absent or empty was not said. ``of`` is the act
for which the form was made: when another act has been chosen since, the rest of it is of no use.
What the law does not know is named and never fails.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from kerege.constitution import packs
from kerege.constitution.question import FactValue, Question
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import ActWord, Vocabulary
from kerege.web.saying import language, w

YES, NO = ("yes", "on"), "no"
# So much of a wrong word is shown.
SHOWN = 40


@dataclass
class Form:
    """What was asked: None when no act was chosen. ``wrong`` are sentences for who asked it.

    ``unsaid`` are the yes-or-no facts that were not said; in the question they are no."""

    words: Vocabulary
    act: ActWord | None = None
    question: Question | None = None
    wrong: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    # Whether the object was chosen, or is only the first there is.
    chosen: bool = False

    def asked(self, book: Rulebook) -> Question | None:
        """The question with what the statutes of a rulebook tell."""
        return book.complete(self.question) if self.question is not None else None

    def unknown(self, word: str) -> None:
        self.wrong.append(w("ask.unknown", word=word[:SHOWN]))

    def shown(self) -> dict[str, Any]:
        """What ``parts/question.html`` takes."""
        words, here, act, asked = self.words, language(), self.act, self.question
        context: dict[str, Any] = {
            "wrong": self.wrong,
            "topics": [
                {
                    "name": f"{topic} {said[here]}",
                    "acts": [
                        {"name": one.name, "says": one.words[here], "chosen": one is act}
                        for one in words.acts.values()
                        if one.judged and one.topic == topic
                    ],
                }
                for topic, said in words.topics.items()
            ],
            "of": act.name if act is not None else "",
        }
        if act is None or asked is None:
            return context
        others = [name for name in words.actors if name not in act.actors]
        plain = [f for f in act.facts if not words.values(f) and not words.facts[f].from_law]
        return context | {
            "actors": _choices(act.actors, words.actors, asked.actor),
            "others": _choices(others, words.actors, asked.actor),
            "objects": _choices(act.objects, words.objects, asked.object),
            "places": _choices(words.places, words.places, asked.place),
            "enums": [
                {
                    "name": fact,
                    "label": words.facts[fact].words[here],
                    "choices": [
                        {
                            "name": value,
                            "says": words.value_words(fact, value)[here],
                            "chosen": value == asked.facts[fact],
                        }
                        for value in words.values(fact)
                    ],
                }
                for fact in act.facts
                if words.values(fact)
            ],
            "facts": [
                {
                    "name": f,
                    "says": words.facts[f].words[here],
                    "said": "" if f in self.unsaid else "yes" if asked.facts[f] else NO,
                }
                for f in plain
            ],
        }


def parameters() -> tuple[str, ...]:
    """What the form of a question is called in an address."""
    return ("act", "of", "actor", "object", "place", *packs.load().vocabulary.facts)


def read(query: QueryDict, words: Vocabulary) -> Form:
    """The form for a query."""
    form = Form(words)
    name = query.get("act", "")
    if not name:
        return form
    act = words.acts.get(name)
    if act is None or not act.judged:
        form.unknown(name)
        return form
    # The form was made for another act: only where it is asked still says something.
    said = query if query.get("of", name) == name else QueryDict()
    facts: dict[str, FactValue] = {}
    for fact in act.facts:
        values, given = words.values(fact), said.get(fact, "")
        if values:
            facts[fact] = given if given in values else values[0]
            if given and given not in values:
                form.unknown(given)
        else:
            facts[fact] = given in YES and not words.facts[fact].from_law
            if not given and not words.facts[fact].from_law:
                form.unsaid.append(fact)
            if given and given not in (*YES, NO):
                form.unknown(given)
    form.act = act
    form.chosen = bool(said.get("object", ""))
    form.question = Question(
        _one(form, said.get("actor", ""), (*act.actors, *words.actors)),
        name,
        _one(form, said.get("object", ""), act.objects),
        _one(form, query.get("place", ""), tuple(words.places)),
        facts,
    )
    return form


def _one(form: Form, said: str, known: tuple[str, ...]) -> str:
    if said and said not in known:
        form.unknown(said)
    return said if said in known else known[0]


def _choices(names: Any, words: Any, chosen: str) -> list[dict[str, Any]]:
    here = language()
    return [{"name": n, "says": words[n][here], "chosen": n == chosen} for n in names]

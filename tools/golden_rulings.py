"""Rewrite tests/constitution/golden.jsonl: what every pack answers, with the norms that decide.

Run it after a change of the law, and read the difference before you keep it::

    .venv/bin/python tools/golden_rulings.py

One line for each pack, act, object and set of facts: ``facts`` names what is true
(``source=local`` for a fact with other values), ``rulings`` says for each answer whose it is:
``kenesh`` in every kind of place, ``kenesh@settlement`` in one, ``*`` everyone not named in the
line. Values of facts and kinds of places are enumerated; of yes-or-no facts the file holds none,
all, each alone and all but one. A statute or a model is asked under every constitution it stands
under (``under``), about the acts it speaks of. Lines with ``law`` hold the tables of a pack.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kerege.constitution import packs  # noqa: E402
from kerege.constitution.duties import Duty  # noqa: E402
from kerege.constitution.edition import Edition  # noqa: E402
from kerege.constitution.numbers import Number  # noqa: E402
from kerege.constitution.packs import Packs  # noqa: E402
from kerege.constitution.question import FactValue, Question, Ruling  # noqa: E402
from kerege.constitution.rulebook import Rulebook  # noqa: E402
from kerege.constitution.vocabulary import Vocabulary  # noqa: E402

FILE = ROOT / "tests/constitution/golden.jsonl"

Line = dict[str, Any]


def books(known: Packs) -> Iterator[tuple[Edition, str, Rulebook, tuple[str, ...]]]:
    """Every pack, under each of its constitutions: its rulebook and the acts it is asked about."""
    for id_, edition in known.editions.items():
        for under in edition.under or ("",):
            book = known.rulebook(known.standing(id_, under))
            spoken = {act for n in book.norms.values() if n.edition is edition for act in n.acts}
            judged = (name for name, act in known.vocabulary.acts.items() if act.judged)
            yield edition, under, book, tuple(a for a in judged if not under or a in spoken)


def facts_of(act: str, words: Vocabulary) -> Iterator[dict[str, FactValue]]:
    """Sets of facts: every value, and none, all, one, all but one of the yes-or-no facts."""
    facts = words.acts[act].facts
    plain = [fact for fact in facts if not words.values(fact)]
    valued = [fact for fact in facts if words.values(fact)]
    samples = [frozenset[str](), frozenset(plain)]
    samples += [frozenset({fact}) for fact in plain]
    samples += [frozenset(plain) - {fact} for fact in plain]
    for values in product(*(words.values(fact) for fact in valued)):
        for true in dict.fromkeys(samples):
            chosen: dict[str, FactValue] = dict(zip(valued, values, strict=True))
            yield {fact: chosen.get(fact, fact in true) for fact in facts}


def lines(
    pack: str,
    under: str,
    acts: Iterable[str],
    words: Vocabulary,
    rule: Callable[[Question], Ruling],
) -> Iterator[Line]:
    """The lines of a pack under a constitution, as ``rule`` answers."""
    for act in acts:
        for object_, facts in product(words.acts[act].objects, list(facts_of(act, words))):
            said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
            for actor, place in product(words.actors, words.places):
                given = rule(Question(actor, act, object_, place, facts))
                parts = [given.answer, *given.norms, *(f"-{fact}" for fact in given.missing)]
                said[" ".join(parts)].append((actor, place))
            most = max(sorted(said), key=lambda text: len(said[text]))
            yield {
                "pack": pack,
                **({"under": under} if under else {}),
                "act": act,
                "object": object_,
                "facts": [k if v is True else f"{k}={v}" for k, v in facts.items() if v],
                "rulings": {
                    text: "*" if text == most else _whose(said[text], words)
                    for text in sorted(said)
                },
            }


def _whose(pairs: list[tuple[str, str]], words: Vocabulary) -> str:
    found = []
    for actor in words.actors:
        places = [place for one, place in pairs if one == actor]
        if len(places) == len(words.places):
            found.append(actor)
        else:
            found += [f"{actor}@{place}" for place in places]
    return " ".join(found)


def tables(edition: Edition) -> Iterator[Line]:
    """What a pack tells besides rules."""
    for article in edition.articles.values():
        told = article.tables
        line: Line = {
            "pack": edition.id,
            "law": article.anchor,
            "told": [article.topic, article.article, article.grade, article.force, article.reading],
            "facts": dict(told.law),
            "parameters": dict(told.parameters),
            "names": {
                place: {thing: words.json() for thing, words in things.items()}
                for place, things in told.names.items()
            },
            "thresholds": [
                f"{t.name} {'more than' if t.exceeded else 'at least'} {t.share} of "
                f"{', '.join(t.of)} since {t.since} until {t.until}"
                for t in told.thresholds
            ],
            "numbers": [_number(n) for n in told.numbers],
            "duties": [_duty(d) for d in told.duties],
        }
        yield {key: value for key, value in line.items() if value}


def _number(one: Number) -> str:
    """``name value unit`` and what else is said of it, as ``least=1``."""
    said = {key: getattr(one, key) for key in ("place", "above", "since", "until", "least", "most")}
    more = [f"{key}={value}" for key, value in said.items() if value not in (None, ())]
    return " ".join([one.name, str(one.value), one.unit, *more])


def _duty(one: Duty) -> dict[str, Any]:
    """What is said of a duty, without what is left out."""
    said = {field.name: getattr(one, field.name) for field in fields(one)}
    said |= {"words": one.words.json(), "only": dict(one.only)}
    return {key: value for key, value in said.items() if value}


def text(known: Packs) -> str:
    """The whole file."""
    found: list[Line] = []
    told: set[str] = set()
    for edition, under, book, acts in books(known):
        found += tables(edition) if edition.id not in told else ()
        told.add(edition.id)
        found += lines(edition.id, under, acts, known.vocabulary, book.rule)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)


if __name__ == "__main__":
    FILE.write_text(text(packs.load()), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size:,} bytes; read the difference")

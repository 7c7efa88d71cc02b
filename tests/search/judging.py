"""Queries with what they should find, and how much of it the search finds.

A file of queries holds, for each, ``q`` as somebody types it and ``judged``: for each of its words
a pattern, written by hand, of the words that are its forms. What is found should be every text of
the corpus with all of them, in any language, and nothing else; a query that nothing in the corpus
answers is not counted. The corpus is what the search has to
show: articles of the law, its words, and the entries of the demonstration.

    python -m tests.search.judging [FILE …]     figures, and what was missed or found in vain
"""

import json
import os
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
FILES = (HERE / "queries.toml", HERE / "held_out.toml")


@dataclass
class Judged:
    """Means over the queries of a file: each counts the same."""

    recall: float
    precision: float
    queries: int
    wrong: list[str] = field(default_factory=list)


def queries(file: Path) -> list[dict]:
    return tomllib.loads(file.read_text("utf-8"))["query"]


def judge(file: Path) -> Judged:
    """Ask the index of the database at hand."""
    from kerege.kyrgyz.terms import asked
    from kerege.web import search_index
    from kerege.web.models import Findable

    search_index.catch_up(10_000)
    texts = {
        (kind, where, key, said): " ".join(x for two in json.loads(said).values() for x in two)
        for kind, where, key, said in Findable.objects.values_list("kind", "where", "key", "said")
    }
    # Beside an article or a name stands the title of its law or place; it is searched as well.
    corpus = {row: text.lower() for row, text in texts.items()}
    for row, more in _unseen().items():
        corpus[row] += f" {more}".lower()
    recalls, precisions, wrong = [], [], []
    for one in queries(file):
        right = {
            row for row, text in corpus.items() if all(re.search(x, text) for x in one["judged"])
        }
        rows = search_index.ask(asked(one["q"]), 0, 10_000)
        found = {(kind, where, key, said) for kind, where, key, _, said in rows}
        if not right:
            continue
        recalls.append(len(right & found) / len(right))
        precisions.append(len(right & found) / len(found) if found else 1.0)
        if found != right:
            missed = sorted(texts[row][:60] for row in right - found)[:2]
            vain = sorted(texts[row][:60] for row in found - right)[:2]
            wrong.append(f"{one['q']}: missed {missed}, in vain {vain}")
    many = len(recalls)
    return Judged(sum(recalls) / many, sum(precisions) / many, many, wrong)


def _unseen() -> dict[tuple, str]:
    """What an entry is found by beside what is shown of it: the words of its act and its texts."""
    from kerege.web.findable import Sayer
    from kerege.web.models import Register
    from kerege.web.registers import entries_of

    found = {}
    for register in Register.objects.all():
        say = Sayer(register)
        for n, entry in entries_of(register, range(say.m.size)).items():
            one = say.entry(n, entry)
            found["entry", one.where, one.key, one.said] = " ".join(x for _, x in one.texts)
        for one in say.standing():
            found[one.kind, one.where, one.key, one.said] = " ".join(x for _, x in one.texts)
    return found


def main() -> None:
    import tempfile

    os.environ |= {"KEREGE_DATA": tempfile.mkdtemp(), "KEREGE_DEMONSTRATION": "1"}
    from kerege.web import serving

    serving.prepare(Path(os.environ["KEREGE_DATA"]), demonstration=True)
    for file in [Path(name) for name in sys.argv[1:]] or FILES:
        told = judge(file)
        print("\n".join(told.wrong))
        figures = f"recall {told.recall:.3f}, precision {told.precision:.3f}"
        print(f"{file.name}: {told.queries} queries, {figures}")


if __name__ == "__main__":
    main()

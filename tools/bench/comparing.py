"""Two laws compared, how that grows, and a law as a table beside an if-chain written by hand."""

import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tools.bench.number import Number, timed

ROUNDS = 7


def law() -> Iterator[Number]:
    """Comparing and tabling the shipped laws."""
    from kerege.constitution import packs
    from kerege.constitution.compare import compare
    from kerege.constitution.points import Points

    known = packs.load()
    first, last = known.constitutions()[0].id, known.constitutions()[-1].id
    books = known.rulebook((first,)), known.rulebook(known.pinned(last))

    def whole() -> None:
        Points(compare(*books)).json()

    seconds = _typical(whole)
    compared = compare(*books)
    beside = f"{compared.questions:,} questions, {len(compared.rows)} rows, said in three languages"
    yield Number(f"comparing {first} and {last} with statutes", seconds, "s", 5, beside)
    yield from _growth(known)
    yield from _table(known)


def _growth(known: Any) -> Iterator[Number]:
    """The same comparison under larger vocabularies, and with more norms."""
    from kerege.constitution.compare import compare

    words = known.vocabulary
    pair = [known.edition("kg-2007")], [known.edition("kg-2010")]
    extra = [f"extra{chr(97 + n)}" for n in range(10)]
    facts = {
        **words.facts,
        **{name: replace(words.facts["hearingHeld"], name=name) for name in extra},
    }
    asked = {n: replace(a, facts=(*a.facts, *extra)) for n, a in words.acts.items()}
    more_facts = replace(words, facts=facts, acts=asked)
    enums = {n: {**of, **{f"{v}_too": w for v, w in of.items()}} for n, of in words.enums.items()}
    more_values = replace(
        words,
        enums=enums,
        actors={**words.actors, **{f"{n}_too": w for n, w in words.actors.items()}},
        places={**words.places, **{f"{n}_too": w for n, w in words.places.items()}},
    )
    before = _typical(_comparison(compare, words, *pair))
    for what, vocabulary in (
        ("10 more yes-or-no facts in every act", more_facts),
        ("twice the actors, places and values", more_values),
    ):
        ratio = _typical(_comparison(compare, vocabulary, *pair)) / before
        yield Number(f"  {what}", ratio, "×", 2, f"{before * 1000:.0f} ms before")
    norms = [_with_norms(one, more_facts, extra) for one in pair[1]]
    ratio = _typical(_comparison(compare, more_facts, pair[0], norms)) / before
    beside = "twice as many rules on a budget"
    yield Number("  10 more facts, a rule requiring each", ratio, "×", 4, beside)


def _with_norms(one: Any, vocabulary: Any, facts: list[str]) -> Any:
    """The edition with a prohibition more for each fact."""
    from kerege.constitution import edition

    rules = "".join(
        f'@id("budget.{fact}") @requires("{fact}")\n'
        f'forbid(principal, action == Action::"AdoptBudget", resource)\n'
        f"unless {{ context.{fact} }};\n"
        for fact in facts
    )
    at = one.text.index("```cedar", one.text.index("{#budget}")) + len("```cedar\n")
    return edition.read(one.text[:at] + rules + one.text[at:], one.file, vocabulary)


def _comparison(compare: Any, vocabulary: Any, a: list[Any], b: list[Any]) -> Callable[[], object]:
    from kerege.constitution.rulebook import Rulebook

    books = Rulebook(vocabulary, a), Rulebook(vocabulary, b)
    return lambda: compare(*books)


def _table(known: Any) -> Iterator[Number]:
    import brotli

    from kerege.constitution.question import Question
    from kerege.constitution.table import Table

    book = known.rulebook(("kg-2010",))
    table = Table.of(book)
    facts: dict[str, Any] = dict.fromkeys(known.vocabulary.acts["Spend"].facts, True)
    facts["source"] = "local"
    cases = [
        Question("executive", "Spend", "local_budget", "settlement", facts | {name: False})
        for name in ("underDelegation", "withinBudget", "accountGiven", "withinDelegation")
    ]
    for one in cases:
        if not book.rule(one) == table.rule(one) == by_hand(one):
            raise ValueError(f"the if-chain is not the law of {book.digest}: {one}")

    def many(rule: Callable[[Question], object]) -> Callable[[], None]:
        def run() -> None:
            for _ in range(2_500):
                for one in cases:
                    rule(one)

        return run

    chain, tabled = (_typical(many(rule)) / 10_000 * 1e6 for rule in (by_hand, table.rule))
    beside = f"{tabled:.2f} µs, the if-chain {chain:.2f} µs"
    yield Number("a table beside an if-chain by hand", tabled / chain, "×", 5, beside)
    for one in known.constitutions():
        text = json.dumps(Table.of(known.rulebook(known.pinned(one.id))).json())
        size = len(brotli.compress(text.encode())) / 1000
        yield Number(f"the table of {one.id} with its statutes", size, "kB", 50, "compressed")


def by_hand(asked: Any) -> Any:
    """What kg-2010 says to spending, as one would write it without a law room."""
    from kerege.constitution.question import Ruling

    facts, norms, missing = asked.facts, [], []
    if not facts["accountGiven"]:
        norms.append("kg-2010/budget.account")
        missing.append("accountGiven")
    if facts["underDelegation"] and not facts["withinDelegation"]:
        norms.append("kg-2010/delegation.within")
        missing.append("withinDelegation")
    if not facts["budgetAdopted"]:
        norms.append("kg-2010/kenesh.approved")
        missing.append("budgetAdopted")
    if not facts["withinBudget"]:
        norms.append("kg-2010/kenesh.within")
        missing.append("withinBudget")
    if norms:
        return Ruling("forbidden", tuple(norms), tuple(sorted(missing)))
    if asked.actor == "executive":
        return Ruling("permitted", ("kg-2010/budget.execute",))
    return Ruling("not_empowered", ("kg-2010/budget.execute",))


def _typical(work: Callable[[], object]) -> float:
    """The median of some rounds, in seconds."""
    work()
    return statistics.median(timed(work) for _ in range(ROUNDS))

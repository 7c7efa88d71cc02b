"""A proof, with the solver z3, that a comparison says all there is to say, and nothing else.

Every claim is put as its opposite: *there is a community and a question about it, such that …*. The
solver finds no such question, not in the communities that were tried but in any: what cannot be so
is unsatisfiable (docs/decisions/0012; how it is encoded: ``encoding.py``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import z3

from kerege.constitution.compare import Comparison, Row, compare
from kerege.constitution.encoding import Formula, Law, Space
from kerege.constitution.packs import Packs
from kerege.constitution.question import ANSWERS, FORBIDDEN, NOT_EMPOWERED, NOT_STATED, PERMITTED
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.shared import shared
from kerege.constitution.told import PARAMETER, told

OFFICE = "office"

_ABOUT = """# What is proved of the laws

Written by `make prove`, not by hand. Each pair of laws is compared (`kerege compare`), and the
comparison is proved with the solver z3: for any number of communities, whatever is so of them.
*Proved* means that the solver found the opposite to be impossible, each of so many times. How it is
put to the solver, and what is not proved: [decision 12](decisions/0012-proof.md).
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing claimed so many times. ``against`` is what speaks against it: questions that
    contradict it, or what the solver could not tell."""

    what: str
    count: int
    against: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.against


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of two rulebooks. ``idle`` are norms that decide no question, whatever the
    statutes tell: no fault of the comparison, but worth a look."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    digests: tuple[str, str]
    claims: tuple[Claim, ...]
    idle: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return all(claim.holds for claim in self.claims)

    def json(self) -> dict[str, Any]:
        return {
            "a": list(self.a),
            "b": list(self.b),
            "digests": list(self.digests),
            "holds": self.holds,
            "claims": [
                {"what": c.what, "count": c.count, "holds": c.holds, "against": list(c.against)}
                for c in self.claims
            ],
            "idle": list(self.idle),
        }

    def text(self) -> str:
        """As Markdown."""
        lines = [f"## {' + '.join(self.a)} → {' + '.join(self.b)}", ""]
        lines += [f"Rulebooks `{self.digests[0]}` and `{self.digests[1]}`.", ""]
        lines += ["| claim | times | result |", "|---|---|---|"]
        for claim in self.claims:
            result = "proved" if claim.holds else "NOT PROVED: " + "; ".join(claim.against)
            lines.append(f"| {claim.what} | {claim.count} | {result} |")
        idle = ", ".join(f"`{norm}`" for norm in self.idle) or "none"
        return "\n".join([*lines, "", f"Norms that decide no question: {idle}.", ""])


def prove(compared: Comparison) -> Proof:
    """Prove a comparison; nothing is raised when a claim does not hold, the claim says so."""
    space = Space(compared.both.words)
    a, b = Law(compared.a, space, side=0), Law(compared.b, space, side=1)
    found = _Solver(space)
    rows = {topic: [r for r in compared.rows if r.topic == topic] for topic in compared.topics}
    regions = {id(row): space.row(row.act, row.sets, row.where) for row in compared.rows}

    def covered(of: Iterable[Row]) -> Formula:
        return z3.Or([z3.And(regions[id(r)], a.answers[r.a], b.answers[r.b]) for r in of])

    differ = z3.Or([a.answers[answer] != b.answers[answer] for answer in ANSWERS])
    claims = [
        found.none(
            "to every question each law gives one answer and no second one",
            [z3.Not(z3.PbEq([(of, 1) for of in law.answers.values()], 1)) for law in (a, b)],
        ),
        found.none(
            "no question, about any community, is answered differently outside the list",
            [z3.And(differ, z3.Not(covered(compared.rows)))],
        ),
        found.none(
            "no difference of a topic is missing under that topic",
            [
                z3.And(differ, _belongs(topic, a, b), z3.Not(covered(rows[topic])))
                for topic in compared.topics
                if rows[topic]
            ],
        ),
        found.none(
            "every question in a row of the list is answered as the row says",
            [
                z3.And(regions[id(r)], z3.Not(z3.And(a.answers[r.a], b.answers[r.b])))
                for r in compared.rows
            ],
        ),
        found.some("no row of the list is empty", [regions[id(row)] for row in compared.rows]),
        found.none(
            "no answer differs in a topic without a row: " + _named(rows),
            [z3.And(differ, _belongs(t, a, b)) for t in compared.topics if not rows[t]],
        ),
        *_silence(compared, a, b, found),
    ]
    # Where the two laws name different offices, each is also asked by their plain names.
    plain = Space(shared(compared.a.vocabulary, compared.b.vocabulary).words)
    named = _Solver(plain)
    claims += _offices(compared, plain, named)
    idle = [norm for book in (compared.a, compared.b) for norm in _idle(book, plain, named)]
    ids = [tuple(e.id for e in book.editions) for book in (compared.a, compared.b)]
    digests = compared.a.digest, compared.b.digest
    return Proof(ids[0], ids[1], digests, tuple(claims), tuple(dict.fromkeys(idle)))


def _named(rows: dict[str, list[Row]]) -> str:
    return ", ".join(topic for topic, of in rows.items() if not of) or "-"


def _belongs(topic: str, a: Law, b: Law) -> Formula:
    """Whether a difference belongs to a topic: the weightiest answer that only one side gives is
    given by a norm of it."""
    found = []
    tied = z3.BoolVal(True)
    # A prohibition weighs more than a permission, and that more than silence.
    for answer in (FORBIDDEN, PERMITTED, NOT_STATED, NOT_EMPOWERED):
        one, other = a.answers[answer], b.answers[answer]
        by = z3.Or(z3.And(one, a.by(answer, topic)), z3.And(other, b.by(answer, topic)))
        found.append(z3.And(tied, one != other, by))
        tied = z3.And(tied, one == other)
    return z3.Or(found)


def _silence(compared: Comparison, a: Law, b: Law, found: "_Solver") -> Iterator[Claim]:
    topics = compared.not_stated()
    silent = {
        topic: z3.Or([z3.And(of.answers[NOT_STATED], of.by(NOT_STATED, topic)) for of in (a, b)])
        for topic in compared.topics
    }
    yield found.some("what is listed as resting on silence does", [silent[t] for t in topics])
    yield found.none(
        "nothing else rests on silence", [silent[t] for t in compared.topics if t not in topics]
    )


def _offices(compared: Comparison, plain: Space, found: "_Solver") -> Iterator[Claim]:
    """That nothing is lost by asking each law about its own office: asked about that of the other
    law, it refuses because it is another office, or answers as of its own."""
    books = compared.a, compared.b
    names = [str(book.parameter(OFFICE)) for book in books]
    both = [plain.values["Object"].get(name) for name in names]
    if None in both or names[0] == names[1]:
        return
    against = []
    for book, own, other in zip(books, both, reversed(both), strict=True):
        law, topic = Law(book, plain), told(book)[PARAMETER, OFFICE].article.topic
        refused = z3.And(law.answers[FORBIDDEN], law.by(FORBIDDEN, topic))
        of = [
            [z3.substitute(formula, (plain.object, office)) for office in (own, other)]
            for formula in law.answers.values()
        ]
        unlike = z3.Or([one != another for one, another in of])
        stopped = z3.substitute(refused, (plain.object, other))
        asked = z3.And([plain.among("Object", names), plain.object == own])
        against.append(z3.And(asked, unlike, z3.Not(stopped)))
    yield found.none(
        "asked about the office of the other law, each refuses for that or answers as of its own",
        against,
    )


def _idle(book: Rulebook, space: Space, found: "_Solver") -> Iterator[str]:
    law = Law(book, space, told=False)
    for norm in book.norms.values():
        if any(act in space.acts for act in norm.acts) and not found.can(law.decides(norm)):
            yield norm.id


class _Solver:
    def __init__(self, space: Space) -> None:
        self.space = space
        self.solver = z3.Solver()
        self.solver.add(space.askable)

    def none(self, what: str, formulas: list[Formula]) -> Claim:
        """The claim that none of the formulas can be so."""
        against = []
        for formula in formulas:
            self.solver.push()
            self.solver.add(formula)
            result = self.solver.check()
            if result == z3.sat:
                against.append(self.space.told(self.solver.model()))
            elif result != z3.unsat:
                against.append(f"the solver cannot tell: {self.solver.reason_unknown()}")
            self.solver.pop()
        return Claim(what, len(formulas), tuple(against))

    def some(self, what: str, formulas: list[Formula]) -> Claim:
        """The claim that each of the formulas can be so."""
        cannot = [f"number {n}" for n, formula in enumerate(formulas) if not self.can(formula)]
        return Claim(what, len(formulas), tuple(cannot))

    def can(self, formula: Formula) -> bool:
        return bool(self.solver.check(formula) == z3.sat)


def pairs(known: Packs) -> list[tuple[Rulebook, Rulebook]]:
    """Every two constitutions, alone and with their statutes, the older first."""
    constitutions = [edition.id for edition in known.constitutions()]
    alone = [(known.rulebook((id_,))) for id_ in constitutions]
    whole = [known.rulebook(known.pinned(id_)) for id_ in constitutions]
    found = [*combinations(alone, 2), *combinations(whole, 2)]
    return list({(a.digest, b.digest): (a, b) for a, b in found}.values())


def document(known: Packs) -> tuple[str, bool]:
    """The proofs of all pairs as Markdown, and whether all of them hold."""
    proofs = [prove(compare(a, b)) for a, b in pairs(known)]
    text = "\n".join([_ABOUT, *(proof.text() for proof in proofs)])
    return text, all(proof.holds for proof in proofs)

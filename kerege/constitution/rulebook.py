"""The rulebook of a day: constitution and statutes composed, answering questions.

Engine: Cedar (https://www.cedarpolicy.com). Four of its habits are guarded here: an erroring
``forbid`` is skipped and the answer is Allow, so any error raises; policies are validated when the
rulebook is made, not when it is asked; an object that is not this act's is no error to Cedar; a
bare default deny is told apart as not_empowered or unregulated. What rests on silence is a
``permit`` annotated ``@silent``: it lets an act pass as not_stated (docs/decisions/0002).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import cedarpy

from kerege.constitution import schema
from kerege.constitution.article import together
from kerege.constitution.duties import Duty
from kerege.constitution.edition import Article, Edition, EditionError
from kerege.constitution.fragment import facts_of
from kerege.constitution.norms import Norm, norms
from kerege.constitution.numbers import DAYS, Number
from kerege.constitution.question import (
    FORBIDDEN,
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
    FactValue,
    Question,
    Ruling,
)
from kerege.constitution.tables import Threshold
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary
from kerege.words import Words

__all__ = ["LawFailed", "Norm", "Rulebook", "Threshold", "digest"]


class LawFailed(RuntimeError):
    """The law engine could not answer; the act is refused, never permitted."""


class Rulebook:
    """Answers questions under one set of editions. Immutable; make it once, ask it often."""

    def __init__(self, vocabulary: Vocabulary, editions: Sequence[Edition]) -> None:
        """Raises EditionError naming file, article and line when a rule cannot be used."""
        self.vocabulary = vocabulary
        self.editions = tuple(editions)
        self.digest = digest(vocabulary, editions)
        self._schema = cedarpy.Schema.from_json_str(json.dumps(schema.cedar_schema(vocabulary)))
        self._entities = cedarpy.Entities.from_json_str("[]")
        self._check_composition()
        self.norms: Mapping[str, Norm] = MappingProxyType(self._norms())
        # Under their own ids, so that Cedar's reasons are ids of norms.
        # A rule names the acts it is about, so a question meets only the rules on its act.
        self._policies: dict[str, cedarpy.PolicySet] = {}
        # What is asked is put together of pieces of JSON, by fact and value.
        self._pieces = _pieces(vocabulary)
        self._permitting = {
            act: _ids(n for n in self.norms.values() if act in n.acts and n.effect == "permit")
            for act in vocabulary.acts
        }
        self._articles: dict[str, Article] = {}
        self._law_facts: dict[str, bool] = {}
        self._parameters: dict[str, FactValue] = {}
        self._names: dict[str, dict[str, Words]] = {place: {} for place in vocabulary.places}
        self._thresholds: list[Threshold] = []
        self._numbers: list[Number] = []
        duties: dict[str, Duty] = {}
        self.duties: Mapping[str, Duty] = MappingProxyType(duties)
        for edition in editions:
            for article in edition.articles.values():
                self._take(edition, article, duties)
            self._take_numbers(edition)
        self._check_duties()
        self._feeding: dict[str, tuple[Duty, ...]] = {}
        for duty in self.duties.values():
            self._feeding[duty.fact] = (*self._feeding.get(duty.fact, ()), duty)

    # -- asking ---------------------------------------------------------------------------

    def rule(self, asked: Question) -> Ruling:
        """What the law says to ``asked``. Raises LawFailed; never permits on an error."""
        allowed, decided = self._ask(asked)
        if allowed:
            spoken = [norm for norm in decided if not norm.silent]
            return Ruling(PERMITTED, _ids(spoken)) if spoken else Ruling(NOT_STATED, _ids(decided))
        if decided:
            missing = {norm.requires for norm in decided if norm.requires}
            return Ruling(FORBIDDEN, _ids(decided), tuple(sorted(missing)))
        speaking = self._permitting[asked.act]
        return Ruling(NOT_EMPOWERED if speaking else UNREGULATED, speaking)

    def complete(self, asked: Question) -> Question:
        """The question with the facts that the statutes themselves tell."""
        told = {
            name: self._law_facts.get(name, False)
            for name in self.vocabulary.acts[asked.act].facts
            if self.vocabulary.facts[name].from_law
        }
        return asked.with_facts(told)

    def _ask(self, asked: Question) -> tuple[bool, list[Norm]]:
        self._check(asked)
        try:
            result = cedarpy.is_authorized(
                {
                    "principal": {"type": "Actor", "id": asked.actor},
                    "action": {"type": "Action", "id": asked.act},
                    "resource": {"type": "Object", "id": asked.object},
                    "context": self._context(asked),
                },
                self._policies_on(asked.act),
                self._entities,
                self._schema,
            )
            decision, errors = result.decision, result.diagnostics.errors
            decided = [self.norms[reason] for reason in result.diagnostics.reasons]
        except KeyError as error:
            raise LawFailed(f"the engine named what is no norm: {error}") from error
        except Exception as error:
            raise LawFailed(str(error)) from error
        if errors or decision is cedarpy.Decision.NoDecision:
            raise LawFailed("; ".join(str(error) for error in errors) or "no decision")
        allowed = decision is cedarpy.Decision.Allow
        if allowed != any(norm.effect == "permit" for norm in decided) or (
            allowed and any(norm.effect == "forbid" for norm in decided)
        ):
            raise LawFailed(f"the engine's reasons do not bear its {decision.value}")
        return allowed, decided

    def _check(self, asked: Question) -> None:
        """Raise LawFailed for a question that the vocabulary does not know."""
        words = self.vocabulary
        act = words.acts.get(asked.act)
        if act is None or not act.judged:
            raise LawFailed(f"no act {asked.act!r} is put to the law")
        for what, said, known in (
            ("actor", asked.actor, words.actors),
            ("object", asked.object, act.objects),
            ("place", asked.place, words.places),
        ):
            if not isinstance(said, str) or said not in known:
                raise LawFailed(f"{act.name} knows no {what} {said!r}")
        if len(asked.facts) != len(act.facts) or any(f not in asked.facts for f in act.facts):
            wrong = ", ".join(sorted(set(asked.facts) ^ set(act.facts)))
            raise LawFailed(f"{act.name} is asked with its own facts, all of them; not so: {wrong}")
        for fact, value in asked.facts.items():
            # That 1 is True to Python is not so to a lawyer.
            if not isinstance(value, bool | str) or value not in self._pieces[fact]:
                raise LawFailed(f"{fact} cannot be {value!r}")

    def _policies_on(self, act: str) -> cedarpy.PolicySet:
        """Made when they are asked first: no question asks of every act."""
        if act not in self._policies:
            self._policies[act] = _policy_set(n for n in self.norms.values() if act in n.acts)
        return self._policies[act]

    def _context(self, asked: Question) -> str:
        pieces = [self._pieces[PLACE_KIND][asked.place]]
        pieces += [self._pieces[fact][value] for fact, value in asked.facts.items()]
        return "{" + ",".join(pieces) + "}"

    # -- what else the law tells ----------------------------------------------------------

    def names(self, place: str) -> Mapping[str, Words]:
        """What this law calls things in a kind of place: executive, head, kenesh …"""
        return self._names.get(place, {})

    def parameter(self, name: str) -> FactValue | None:
        return self._parameters.get(name)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """All thresholds of all days."""
        return tuple(self._thresholds)

    @property
    def number_rows(self) -> tuple[Number, ...]:
        """All rows of numbers of all days and places, each before those it goes before."""
        return tuple(self._numbers)

    def threshold(self, name: str, on: date) -> Threshold | None:
        """The threshold in force on a day, or None when the law sets none."""
        return next((t for t in self._thresholds if t.name == name and t.runs(on)), None)

    def feeding(self, fact: str) -> tuple[Duty, ...]:
        """The duties that feed a fact."""
        return self._feeding.get(fact, ())

    def number(self, name: str, on: date, place: str, population: int = 0) -> Number | None:
        """The number in force in a place on a day, or None when the law sets none."""
        found = (n for n in self._numbers if n.name == name and n.fits(on, place, population))
        return next(found, None)

    def reads(self, fact: str, act: str, object_: str) -> bool:
        """Whether a rule that can speak of an act on an object reads a fact."""
        return any(
            act in norm.acts
            and norm.policy["resource"].get("entity", {}).get("id", object_) == object_
            and any(fact in facts_of(part["body"]) for part in norm.policy["conditions"])
            for norm in self.norms.values()
        )

    def numbers(self, on: date, place: str, population: int = 0) -> Mapping[str, Number]:
        """All numbers in force in a place on a day, by name."""
        found = (n for n in reversed(self._numbers) if n.fits(on, place, population))
        return {n.name: n for n in found}

    def article(self, norm: str) -> Article:
        """The article of a norm, by the id of the norm or of the article itself."""
        return self.norms[norm].article if norm in self.norms else self._articles[norm]

    def reading(self, duty: Duty) -> str:
        """Whose reading a duty is: its own or its article's; empty where no law asks for it."""
        return duty.reading or (self.article(duty.norm).reading if duty.norm else "")

    # -- loading --------------------------------------------------------------------------

    def _norms(self) -> dict[str, Norm]:
        found: dict[str, Norm] = {}
        faults: list[EditionError] = []
        for edition in self.editions:
            try:
                found.update((n.id, n) for n in norms(edition, self.vocabulary, self._schema))
            except EditionError as error:
                faults.append(error)
        if faults:
            raise together(faults)
        return found

    def _check_composition(self) -> None:
        ids = [edition.id for edition in self.editions]
        for edition in self.editions:
            if ids.count(edition.id) > 1:
                raise EditionError(edition.file, "", 1, f"the id {edition.id} stands twice")
            if edition.under and not set(edition.under) & set(ids):
                under = " and ".join(edition.under)
                reason = f"it stands under {under}, which is not among {', '.join(ids)}"
                raise EditionError(edition.file, "", 1, reason)

    def _check_duties(self) -> None:
        """A duty counts by numbers that the same rulebook sets, days by days, times by times."""
        units: dict[str, set[str]] = {}
        for number in self._numbers:
            units.setdefault(number.name, set()).add(number.unit)
        for duty in self.duties.values():
            for name, fitting in (*((n, DAYS) for n in duty.numbers), (duty.times, ("times",))):
                if not name or (name in units and units[name] <= set(fitting)):
                    continue
                article = self._articles[duty.norm]
                file = next(e.file for e in self.editions if article in e.articles.values())
                reason = f"the duty {duty.id.partition('/')[2]} counts by {name}, no number " + (
                    f"of {' or '.join(fitting)}" if name in units else "here"
                )
                raise EditionError(file, article.heading, article.line, reason)

    def _take(self, edition: Edition, article: Article, duties: dict[str, Duty]) -> None:
        """Add what an article tells besides rules; what comes later takes the place of it."""
        self._articles[f"{edition.id}/{article.anchor}"] = article
        told = article.tables
        self._law_facts.update(told.law)
        self._parameters.update(told.parameters)
        for place, things in told.names.items():
            self._names[place].update(things)
        for said in told.thresholds:
            one = replace(said, since=_since(said, edition))
            rivals = [t for t in self._thresholds if t.name == one.name and t.meets(one)]
            for rival in rivals:
                if rival.norm.partition("/")[0] != edition.amends:
                    reason = f"the threshold {one.name} is set twice for the same day"
                    raise EditionError(edition.file, article.heading, article.line, reason)
                # What an amendment changes counts until the amendment's first day.
                self._thresholds.remove(rival)
                if rival.since is None or (one.since is not None and rival.since < one.since):
                    self._thresholds.append(replace(rival, until=one.since))
            self._thresholds.append(one)
        for duty in told.duties:
            if duty.id in duties:
                reason = f"the duty {duty.id.partition('/')[2]!r} stands twice"
                raise EditionError(edition.file, article.heading, article.line, reason)
            duties[duty.id] = duty

    def _take_numbers(self, edition: Edition) -> None:
        """Of numbers of one name the first that fits counts: an amendment stands in front."""
        rows = [
            replace(number, since=_since(number, edition))
            for article in edition.articles.values()
            for number in article.tables.numbers
        ]
        self._numbers = rows + self._numbers if edition.amends else self._numbers + rows


def _since(row: Threshold | Number, edition: Edition) -> date | None:
    """The first day of a row: that of an amendment is no earlier than the amendment."""
    return row.since or (edition.adopted if edition.amends else None)


def _policy_set(norms_: Iterable[Norm]) -> cedarpy.PolicySet:
    policies = {norm.id: norm.policy for norm in norms_}
    return cedarpy.PolicySet.from_json_str(
        json.dumps({"staticPolicies": policies, "templates": {}, "templateLinks": []})
    )


def _pieces(vocabulary: Vocabulary) -> dict[str, dict[FactValue, str]]:
    """``"hearingHeld": true`` and the like, for every value of every fact. That a word is one of
    an enum Cedar knows by the schema; said in full it costs more to read."""
    found: dict[str, dict[FactValue, str]] = {}
    for fact in (PLACE_KIND, *vocabulary.facts):
        kind = schema.entity_type(fact, vocabulary)
        values: tuple[FactValue, ...] = vocabulary.values(fact) if kind else (True, False)
        found[fact] = {
            value: f"{json.dumps(fact)}:"
            + json.dumps({"type": kind, "id": value} if kind else value)
            for value in values
        }
    return found


def digest(vocabulary: Vocabulary, editions: Iterable[Edition]) -> str:
    """SHA-256 (hex) over the texts a rulebook is made of, each with its length in front."""
    hasher = hashlib.sha256(b"kerege-rulebook/v1\n")
    for text in (vocabulary.text, *(edition.text for edition in editions)):
        data = text.encode()
        hasher.update(f"{len(data)}\n".encode())
        hasher.update(data)
    return hasher.hexdigest()


def _ids(found: Iterable[Norm]) -> tuple[str, ...]:
    return tuple(sorted(norm.id for norm in found))

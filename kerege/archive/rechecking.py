"""The gate asked again, of each entry of a register: whether what was written could be written.

Whoever holds the key can sign anything. What an act's own rules refuse (a vote that was not
carried, a budget of no session, a correction that is no misprint), a recorder whom no mandate made
one, a day or a lateness that cannot be, is found by putting the entry to the same rules as
``web/gate.py``, in the municipality as the entries before make it. Whose accounts they were nobody
can ask here: an account is taken to be the one linked to the mandate.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kerege.archive.found_wrong import Saying, say
from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.found import Found
from kerege.municipality.correcting import a_misprint, correctable
from kerege.municipality.dating import dated, day_in_bishkek
from kerege.municipality.entry import CONTESTED, Entry
from kerege.municipality.governing import linked
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, malformed
from kerege.municipality.rights import OPERATOR, NotEntitled, Speaker, entitled, proven

# The code of what is wrong, and why.
Wrong = tuple[str, Saying]


class Rechecking:
    """Asked of each entry of one register before it is folded, in their order."""

    def __init__(self) -> None:
        self._vocabulary = packs.load().vocabulary
        # What a correction is held against: the words of fields that can be corrected.
        self._said: dict[int, Mapping[str, Any]] = {}
        # The act of the entry asked last; None where its fields are not of that act.
        self.act: Act | None = None

    def wrong(self, m: Municipality, n: int, entry: Entry) -> Iterator[Wrong]:
        """What of the gate's rules entry ``n`` does not keep, in the municipality before it."""
        self.act, kind = None, ACTS.get(entry.act)
        if kind is None:
            # It does not fold, and that is told.
            return
        told = kind.told()
        self._said[n] = {x: v for x, v in entry.fields.items() if x in told and told[x].misprint}
        today = day_in_bishkek(entry.recorded_at)
        try:
            act = self.act = kind.read(entry.fields)
            late = self._dated(m, act, entry, today)
            proven(act, entry.actor, entry.evidence)
            act.check(m, entry.actor, entry.held_on)
            correctable(m, act, ACTS)
            self._same_words(entry)
            self._their_act(entry)
        except Malformed as error:
            yield "bad_act", _malformed(error)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            yield "bad_act", _as_it_is(error)
        else:
            if entry.late != late:
                yield "bad_late", _as_it_is("")
            if entry.reason and entry.standing != CONTESTED:
                yield "bad_act", lambda language: say("verify.reason", language)
        yield from _not_entitled(m, entry, today)

    def _dated(self, m: Municipality, act: Act, entry: Entry, today: date) -> bool:
        exercise = isinstance(act, Found) and bool(act.exercise)
        return dated(m, entry.act, entry.held_on, today, entry.evidence, exercise=exercise)

    def _same_words(self, entry: Entry) -> None:
        if entry.act == "Correct":
            before = self._said.get(entry.fields["entry"], {})
            a_misprint(before.get(entry.fields["field"]), entry.fields["text"])

    def _their_act(self, entry: Entry) -> None:
        word = self._vocabulary.acts[entry.act]
        if not word.judged:
            return
        unknown = entry.actor.kind not in self._vocabulary.actors
        if unknown or (entry.standing != CONTESTED and entry.actor.kind not in word.actors):
            raise malformed("actor", "not_their_act")


def _not_entitled(m: Municipality, entry: Entry, today: date) -> Iterator[Wrong]:
    mandate = m.mandates.get(entry.recorder)
    account = linked(m, entry.recorder, today) if mandate is not None else None
    speaker = Speaker(account or "", mandate, operator=entry.recorder == OPERATOR)
    try:
        entitled(m, speaker, entry.act, entry.actor, entry.evidence, entry.held_on, today)
        if entry.act == "LinkAccount" and entry.fields["account"] == account:
            raise NotEntitled("own_account")
        insisted = entry.standing == CONTESTED and not speaker.insists(entry.actor)
        if insisted or entry.by != speaker.by(entry.actor):
            raise NotEntitled("not_your_body")
    except NotEntitled as error:
        yield "not_entitled", _problem(error.key)
    except Malformed as error:
        yield "not_entitled", _malformed(error)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        yield "not_entitled", _as_it_is(error)


def _problem(key: str) -> Saying:
    return lambda language: telling.words("problems")[f"problem.{key}"][language]


def _malformed(error: Malformed) -> Saying:
    return lambda language: "; ".join(telling.problem(one, language) for one in error.problems)


def why_not(entry: Entry, error: Exception) -> Saying:
    """Why an entry is none that this release knows, in the words of whoever types such an act."""
    if entry.act not in ACTS:
        return _malformed(malformed("act", "unknown_act", act=entry.act[:40]))
    if not isinstance(error, Malformed):
        return _as_it_is(error)
    return lambda language: "; ".join(
        f"{one.field}: {telling.problem(one, language)}" for one in error.problems
    )


def _as_it_is(said: object) -> Saying:
    return lambda language: str(said)

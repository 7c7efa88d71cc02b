"""Acts by chance: what somebody may try to write into a register, well or badly said.

Everything follows from one number and what the register tells, so that a run can be told again.
"""

import json
import random
import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kerege.constitution import packs
from kerege.municipality.acts import ACTS, MENU
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.fields import (
    SOURCES,
    Choice,
    Day,
    Flag,
    Hex,
    Kind,
    Lines,
    MandateId,
    Names,
    Numbers,
    Personal,
    Reference,
    Text,
    Whole,
)
from kerege.municipality.governing import INSIDE, OUTSIDE, holding
from kerege.municipality.municipality import Municipality
from kerege.municipality.rights import KEYS, OPERATORS, RECORDER_ACTS, Speaker
from kerege.web.gate import Attempt

ORDINARY = [
    kind.__name__
    for kind in MENU
    if "municipality" in kind.REGISTERS and kind.__name__ not in (*KEYS, "Found", "LinkRecorder")
]
PERSONAL = ("RaiseIssue", "SubmitInitiative", "RequestMeeting")
WORDS = ("Арык", "Жол", "Мектеп", "Бюджет", "Жайыт", "Көпүрө", "Суу түтүгү", "Китепкана")
PEOPLE = ("Айгүл Токоева", "Бакыт Асанов", "Роза Мамбетова", "Нурбек Жумабаев", "Эркин Дүйшөев")


class Chance:
    """A source of attempts at one register as it stands."""

    def __init__(self, seed: int, m: Municipality, today: date, accounts: list[str]) -> None:
        self.random, self.m, self.today, self.accounts = random.Random(seed), m, today, accounts

    def one_in(self, many: int) -> bool:
        return self.random.randrange(many) == 0

    def attempt(self, act: str = "", **said: Any) -> Attempt:
        """An attempt at an act; ``said`` are fields that are given."""
        r = self.random
        act = act or r.choice(ORDINARY)
        kind = ACTS[act]
        fields = {
            name: self.value(name, about.kind)
            for name, about in kind.told().items()
            if not about.optional or self.one_in(2)
        } | said
        actor = self.actor(act)
        on = self.day()
        if actor.kind == "kenesh" and "session" in kind.told():
            on = self.at_session(fields, on)
        elif not self.one_in(20):
            fields.pop("session", None)
        if self.one_in(20):
            self.spoil(fields)
        speaker = self.speaker(act)
        paper = None
        if not self.one_in(12):
            paper = Evidence(f"№ {r.randrange(99)}", min(on, self.today))
        return Attempt(
            id=str(uuid.UUID(int=r.getrandbits(128), version=4)),
            act=act,
            fields=fields,
            actor=actor,
            held_on=on,
            speaker=speaker,
            evidence=paper,
            insist="Ушундай болгон" if self.one_in(2) else "",
        )

    def as_another(self, attempt: Attempt) -> Attempt:
        """Another act under the same id."""
        if self.one_in(2):
            return replace(attempt, held_on=attempt.held_on - timedelta(days=1))
        return replace(attempt, actor=Actor("president" if attempt.actor.of else "state_body", "Х"))

    # -- who and when -----------------------------------------------------------------------------

    def day(self) -> date:
        if self.one_in(25):
            return self.today + timedelta(days=self.random.randrange(-9000, 60))
        return self.today - timedelta(days=self.random.choice((0, 0, 0, 0, 0, 0, 1, 3, 9)))

    def actor(self, act: str) -> Actor:
        kinds = packs.load().vocabulary.acts[act].actors
        if not kinds or self.one_in(20):
            kinds = (*INSIDE, *OUTSIDE, "recorder", "operator")
        kind = self.random.choice(kinds)
        if act == "Annul" and self.one_in(2):
            kind = "court"
        if kind in ("head", "official", "deputy"):
            held = self.m.in_post(kind, self.today)
            return Actor(kind, self.random.choice(held).id if held else "")
        return Actor(kind, "Министрлик" if kind in ("state_body", "tos") else "")

    def speaker(self, act: str) -> Speaker:
        if act in OPERATORS or self.one_in(30):
            return Speaker("", operator=True)
        if act in RECORDER_ACTS or not self.one_in(5):
            account = self.accounts[0]
        else:
            account = self.random.choice([*self.accounts, "nobody"])
        held = holding(self.m, account, self.today)
        return Speaker(account, self.random.choice(held) if held else None)

    def recorder(self) -> Speaker:
        """Who keeps the register."""
        held = holding(self.m, self.accounts[0], self.today)
        return Speaker(self.accounts[0], held[0] if held else None)

    def at_session(self, fields: dict[str, Any], on: date) -> date:
        """Let a decision be made at its session, by those who were there."""
        fields.setdefault("session", self.reference("session"))
        session = self.m.find(ACTS_LEAVE["session"], fields["session"])
        fields["votes_for"] = self.random.randrange(2, 10)
        fields.pop("votes_against", None), fields.pop("votes_abstained", None)
        return on if session is None else session.day

    # -- what is said -----------------------------------------------------------------------------

    def value(self, name: str, kind: Kind) -> Any:
        r = self.random
        match kind:
            case Personal():
                return f"Ж-{r.getrandbits(64):016x}"
            case Text():
                return r.choice(PEOPLE if name in ("holder", "candidate") else WORDS)
            case Day():
                return (self.today + timedelta(days=r.randrange(-400, 400))).isoformat()
            case Whole():
                near = r.choice((self.today.year, 3, 9, 11, 1000, 50_000))
                return max(kind.least, min(kind.most, near))
            case Flag():
                return r.random() < 0.5
            case Choice():
                return r.choice(kind.values)
            case Reference():
                return self.reference(kind.to)
            case MandateId():
                return r.choice(list(self.m.mandates) or ["1.0"])
            case Names() if name == "names":
                return r.sample(["applicant", "evidence", "title"], 1)
            case Names():
                return r.sample(PEOPLE, r.randrange(1, 5))
            case Lines():
                source = r.choice(SOURCES)
                return [{"name": r.choice(WORDS), "source": source, "amount": 50_000}]
            case Numbers():
                return [{"name": "quorum", "value": r.randrange(9)}]
            case Hex():
                return f"{r.getrandbits(256):064x}"
        return r.choice(self.accounts)

    def reference(self, to: str) -> int:
        numbers: list[int] = list(self.m.contested) if self.one_in(3) else []
        if to != "entry":
            records = self.m._records.get(ACTS_LEAVE.get(to, object), {})
            numbers = list(records)
        if not numbers or self.one_in(10):
            return self.random.randrange(self.m.size + 2)
        # What was done of late rather than what was done once.
        return self.random.choice(numbers[-4:])

    def misprint(self, entries: list[bytes]) -> dict[str, Any]:
        """A field of an entry that can be corrected, and its words with a letter more."""
        able = []
        for n, data in enumerate(entries):
            for name, said in json.loads(data)["fields"].items():
                about = ACTS[self.m.acts[n]].told()[name]
                if about.misprint and isinstance(about.kind, Text | Names):
                    able.append((n, name, [said] if isinstance(said, str) else said))
        n, name, words = self.random.choice(able)
        return {"entry": n, "field": name, "text": "\n".join(f"{word}а" for word in words)}

    def spoil(self, fields: dict[str, Any]) -> None:
        """Say it badly."""
        match self.random.randrange(4):
            case 0:
                fields["more"] = "В"
            case 1 if fields:
                del fields[self.random.choice(list(fields))]
            case _ if fields:
                wrong = ("", None, -1, 2**60, "А\u202eБ", [], {}, True, "х" * 9000, 0.5)
                fields[self.random.choice(list(fields))] = self.random.choice(wrong)


def _leave() -> dict[str, type]:
    """The types of records, by what references to them are called."""
    from kerege.municipality import record

    kinds = (one for one in vars(record).values() if isinstance(one, type))
    return {kind.__name__.lower(): kind for kind in kinds if issubclass(kind, record.Record)}


ACTS_LEAVE = _leave()

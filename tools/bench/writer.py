"""Writing the entries of a generated register as the gate would."""

import json
import random
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any


class Writer:
    """Records acts: each is put to the law of 2010, and its entry carries the question, the ruling
    and what it rests on."""

    def __init__(self, chance: random.Random) -> None:
        from kerege.constitution import packs
        from kerege.municipality.acts import ACTS
        from kerege.municipality.fold import fold
        from kerege.municipality.municipality import Municipality

        self.acts, self.fold = ACTS, fold
        known = packs.load()
        self.words = known.vocabulary.acts
        self.book = known.rulebook(known.pinned("kg-2010"))
        self.m = Municipality()
        self.data: list[bytes] = []
        self.random = chance
        self.rulings: dict[object, Any] = {}

    def record(
        self, kind: str, on: date, actor: str, /, *, key: object = None, **fields: Any
    ) -> int:
        """Record an act; returns its number. Acts with the same ``key`` share one ruling."""
        from kerege.municipality import entry as entries
        from kerege.municipality.judging import judge
        from kerege.register.canonical import canonical

        n = len(self.data)
        who = entries.Actor(actor)
        act = self.acts[kind].read(fields)
        act.check(self.m, who, on)
        paper = None
        # The recorder writes down what everybody else has done.
        if actor not in ("kenesh", "operator", "recorder") or kind == "LinkAccount":
            paper = entries.Evidence(f"№ {n}", on, sha256(str(n).encode()).hexdigest())
        entry = entries.Entry(
            id=f"{self.random.getrandbits(128):032x}",
            act=kind,
            fields=act.json(),
            actor=who,
            held_on=on,
            recorded_at=datetime(on.year, on.month, on.day, 9, n % 60, tzinfo=UTC),
            recorder="operator" if actor == "operator" else "1.0",
            evidence=paper,
            standing=entries.EXEMPT,
            late=self.m.latest is not None and on < self.m.latest,
        )
        if self.words[kind].judged:
            judged = self.rulings.get(key) if key else None
            if judged is None:
                judged = judge(self.m, act, who, on, self.book)
                if not judged.ruling.effective:
                    raise AssertionError(f"{kind} by {actor} on {on}: {judged.ruling}")
                if key:
                    self.rulings[key] = judged
            entry.digest = self.book.digest
            entry.question = judged.question.json()
            entry.ruling = judged.ruling.json()
            entry.rests_on = judged.rests_on
            entry.standing = entries.EFFECTIVE
        data = canonical(entry.json())
        # Folded from its bytes, so that the value shares nothing with the writer.
        self.fold([entries.read(json.loads(data))], self.acts, self.m)
        self.data.append(data)
        return n

"""Telling a story: its steps written down one after another, through the gate like any other act.

The file of a story is read by ``kerege/municipality/steps.py``.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time

from kerege.municipality.dating import BISHKEK
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import RECORDER, holding, speaks
from kerege.municipality.rights import FOUNDING, OPERATOR, RECORDER_ACTS, Speaker
from kerege.municipality.steps import Step, pointed
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.models import Register
from kerege.web.registers import told

NOON = time(12)


class StoryBroken(RuntimeError):
    """A story whose steps do not go as it says."""


class Storyteller:
    """Writes a story into a register. ``accounts`` are the codes of those who hold the pen: of the
    recorder first, then of others whose mandates speak for themselves."""

    def __init__(
        self, register: Register, accounts: list[str], now: datetime | None = None
    ) -> None:
        self.register, self.accounts, self.now = register, accounts, now
        self.labels: dict[str, int] = {}
        # Steps told so far; the id of an attempt follows from it.
        self.told = 0

    def tell(self, steps: list[Step]) -> Iterator[int]:
        """Perform the steps; yields the numbers of the entries written."""
        for step in steps:
            self.told += 1
            try:
                n = perform(self.register, self.attempt(step), self._now(step.on))
            except Refused:
                if not step.refused:
                    raise
                continue
            if step.refused:
                raise StoryBroken(f"{self.register.slug}, {step.on}: {step.act} was not refused")
            if step.label:
                self.labels[step.label] = n
            yield n

    def attempt(self, step: Step) -> Attempt:
        """The attempt a step makes; its id follows from its place in the story."""
        actor = Actor(step.actor, pointed(step.of, self.labels))
        speaker = self._speaker(step, actor)
        return Attempt(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"kerege:{self.register.slug}:{self.told}")),
            act=step.act,
            fields={name: pointed(value, self.labels) for name, value in step.fields.items()},
            actor=actor,
            held_on=step.on,
            speaker=speaker,
            evidence=self._evidence(step, actor, speaker),
            insist=step.insist,
        )

    def _now(self, on: date) -> datetime:
        return self.now or datetime.combine(on, NOON, tzinfo=BISHKEK)

    def _speaker(self, step: Step, actor: Actor) -> Speaker:
        if step.act in FOUNDING:
            return Speaker("", operator=True)
        m = told(self.register)
        today = self._now(step.on).astimezone(BISHKEK).date()
        own = None
        for account in self.accounts:
            for mandate in holding(m, account, today):
                if mandate.post == RECORDER and own is None:
                    own = Speaker(account, mandate)
                # Who can speak for the actor does so; the recorder writes down the rest.
                if step.act not in RECORDER_ACTS and speaks(mandate, actor):
                    return Speaker(account, mandate)
        if own is None:
            raise StoryBroken(f"{self.register.slug}, {step.on}: nobody can write {step.act}")
        return own

    def _evidence(self, step: Step, actor: Actor, speaker: Speaker) -> Evidence | None:
        if step.paper:
            return Evidence(step.paper, step.on)
        if step.act in FOUNDING or actor.kind in (OPERATOR, RECORDER, "kenesh"):
            return None
        if speaker.by(actor):
            return None
        return Evidence(f"№ {self.told}", step.on)

"""AppointOfficial: a person is given a post: an official, the chair of the kenesh, a recorder."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Text, said
from kerege.municipality.governing import follow
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Mandate

# Of these there is one at a time.
ONE = ("chair", "recorder")


@dataclass(slots=True, kw_only=True)
class AppointOfficial(Decided):
    OBJECT = "official_post"

    post: str = said(Choice(("official", "chair", "recorder")))
    holder: str = said(Text(120), misprint=True)
    title: str | None = said(Text(120), optional=True, misprint=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        # The kenesh chooses its own chair and who writes its acts down.
        if self.post in ONE and actor.kind != "kenesh":
            raise malformed("post", "only_kenesh")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        mandate = Mandate(n, entry.held_on, f"{n}.0", self.post, self.holder, self.title or "")
        if self.post in ONE:
            follow(m, mandate)
        else:
            m.add(mandate)

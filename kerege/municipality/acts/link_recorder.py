"""LinkRecorder: the operator links the first recorder; unconfirmed until the kenesh votes."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Text, said
from kerege.municipality.governing import RECORDER, follow, in_office, linked
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Link, Mandate


@dataclass(slots=True, kw_only=True)
class LinkRecorder(Act):
    """Also gives an account to a recorder whom the kenesh has appointed and who has none yet."""

    REGISTERS = ("municipality", "country")

    account: str = said(Text(40))
    holder: str = said(Text(120))

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        # The operator's power ends with the first recorder; who comes next, the kenesh decides.
        recorder = next(in_office(m, RECORDER, on), None)
        if recorder is None:
            return
        if linked(m, recorder.id, on) is not None:
            raise malformed("account", "recorder_already")
        if recorder.holder != self.holder:
            raise malformed("holder", "recorder_is", holder=recorder.holder)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        on = entry.held_on
        recorder = next(in_office(m, RECORDER, on), None)
        if recorder is None:
            recorder = Mandate(n, on, f"{n}.0", RECORDER, self.holder, "", confirmed=False)
            follow(m, recorder)
        m.add(Link(n, on, self.account, recorder.id))

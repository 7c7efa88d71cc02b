"""What is owed, in plain words: ``words/debts.toml`` and the words of the law."""

from dataclasses import dataclass

from kerege.municipality.duties import Owed
from kerege.municipality.entry import Actor
from kerege.municipality.telling import Teller, words


@dataclass(frozen=True, slots=True)
class DebtSaid:
    """What, what it is about too, where that is known; who owes it to whom; how it stands."""

    what: str
    who: str
    to: str
    state: str


def debt_said(one: Owed, teller: Teller) -> DebtSaid:
    """What is owed, in the language of the teller."""
    said = teller.language
    what = one.duty.words[said]
    about = one.about or (str(one.year) if one.year is not None else "")
    return DebtSaid(
        what=words("debts")["debt.about"].say(said, what=what, about=about) if about else what,
        who=", ".join(teller.actor(Actor(kind)) for kind in one.duty.who),
        to=teller.actor(Actor(one.duty.to)),
        state=state_said(one.state, said),
    )


def state_said(state: str, language: str) -> str:
    """How a debt stands: open, fulfilled, late or overdue."""
    return words("debts")[f"debt.{state}"][language]

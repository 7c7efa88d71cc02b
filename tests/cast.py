"""The cast of the pure room's tests: the town of Naryn with invented people, and a tiny gate.

``Town`` is what ``kerege.web.gate`` is to the web: it folds, checks, asks the law and appends, in
memory and with numbers and ids that are always the same. Which packs of law are in force is said by
``under``, so that one story can be told under two editions; only ``country`` asks a register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from kerege.constitution import packs
from kerege.constitution.question import Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.chronicle import history
from kerege.municipality.correcting import correctable
from kerege.municipality.country import law_of, law_of_country, timeline
from kerege.municipality.duties import owed
from kerege.municipality.entry import CONTESTED, EFFECTIVE, EXEMPT, Actor, Entry, Evidence
from kerege.municipality.fold import fold
from kerege.municipality.judging import judge
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Record
from kerege.municipality.rights import OPERATOR, OPERATORS, RECORDER_ACTS, Speaker, entitled, proven
from kerege.municipality.steps import pointed

OLD = ("kg-2007",)
NEW = ("kg-2010",)
LAWS = ("kg-2010", "kg-law-101-2011", "kg-law-127-2013")
# Law 101 as it was changed in 2018.
AMENDED = (*LAWS, "kg-law-21-2018")
IN_FORCE = packs.load().pinned("kg-2021")

# A model binds where the kenesh adopted it: on this day, with the number it leaves to the place.
MODEL = "kg-typical-charter-2022"
TODAY = ("kg-2021",)
ADOPTED = date(2023, 3, 1)
NUMBERS = [{"name": "meeting_quorum", "value": 50}]
# Of the shape of a key and of a signed statement; who signed it, the gate looks at.
VKEY = f"example.kg/naryn+00000000+{'A' * 44}"
NOTE = "kerege/rotate-key/v1\n\n\N{EM DASH} example.kg/naryn AAAA\n"

CODE = "41704400000010"
FOUNDED = date(2010, 1, 11)
# An ordinary day after the founding, and the days around it.
BEFORE, DAY, AFTER = date(2010, 3, 1), date(2010, 3, 2), date(2010, 3, 3)
PAPER = Evidence("№ 7", DAY)

DEPUTIES = [
    "Айжан Сулайманова",
    "Болот Чотонов",
    "Лира Шаршенова",
    "Медет Абдыкеримов",
    "Улан Эсенгулов",
]
CHAIR, HEAD, RECORDER = "Лира Шаршенова", "Азамат Дыйканбаев", "Салтанат Бейшеналиева"
RIVAL, OFFICIAL = "Самара Кожобекова", "Эрмек Жолдошев"
MINISTRY, COURT, TOS = "Финансы министрлиги", "Нарын шаардык соту", "«Жаштык» ТОСу"
LINES = [
    {"name": "Жолдор", "source": "local", "amount": 700},
    {"name": "Көчө жарыгы", "source": "local", "amount": 300},
]
# With money of the republic, which the edition of 2007 does not know.
BOTH = [*LINES, {"name": "Мектептер", "source": "republican", "amount": 5000}]
FOUND = {
    "code": CODE,
    "kind": "city_oblast",
    "name_ky": "Нарын шаары",
    "name_ru": "город Нарын",
    "name_en": "Naryn",
    "as_of": "2025-10",
    "source": "soate-2021+cities-2025",
}
DELEGATION = {
    "power": "Ветеринардык көзөмөл",
    "instrument": "agreement",
    "reference": "Келишим № 12",
    "authority": "Ветеринардык инспекция",
    "means": 240,
    "first_day": "2010-04-01",
    "last_day": "2010-12-31",
    "report_due": "2011-02-01",
}


def day(text: str) -> date:
    return date.fromisoformat(text)


class Refused(Exception):
    """The law said no; nothing was written."""

    def __init__(self, ruling: Ruling) -> None:
        self.ruling = ruling
        super().__init__(ruling)


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was written: its number, its entry, what the law said."""

    n: int
    entry: Entry
    ruling: Ruling | None

    @property
    def answer(self) -> str:
        return self.ruling.answer if self.ruling else ""

    @property
    def norms(self) -> tuple[str, ...]:
        return self.ruling.norms if self.ruling else ()


class Town:
    def __init__(self, *law: str) -> None:
        self.entries: list[Entry] = []
        self.m = Municipality()
        self.country = False
        self.under(*law)

    def under(self, *law: str) -> "Town":
        """From now on these packs are in force."""
        self.law = law
        return self

    @property
    def book(self) -> Rulebook:
        return packs.load().rulebook(self.law)

    # -- putting acts before the law --------------------------------------------------------

    def considered(
        self,
        name: str,
        actor: str = "",
        on: date = DAY,
        /,
        *,
        by: Speaker | None = None,
        evidence: Evidence | None = None,
        today: date | None = None,
        **fields: Any,
    ) -> tuple[Act, Entry, Ruling | None]:
        """Everything but the writing. The actor is written ``kind`` or ``kind:of``. Rights are
        checked when a speaker (``by``) is named."""
        who = Actor(*(actor or _usual(name)).split(":"))
        act = ACTS[name].read(fields)
        if by is not None:
            entitled(self.m, by, name, who, evidence, held_on=on, today=today or on)
            proven(act, who, evidence)
        act.check(self.m, who, on)
        correctable(self.m, act, ACTS)
        entry = Entry(
            id=f"id-{self.m.size}",
            act=name,
            fields=act.json(),
            actor=who,
            held_on=on,
            recorded_at=datetime.combine(today or on, time(6), tzinfo=UTC),
            by=by.by(who) if by else (),
            recorder=by.recorder() if by else OPERATOR,
            evidence=evidence,
            standing=EXEMPT,
            late=self.m.latest is not None and on < self.m.latest,
        )
        if not packs.load().vocabulary.acts[name].judged:
            return act, entry, None
        judged = judge(self.m, act, who, on, self.book)
        entry.digest, entry.standing = judged.book.digest, EFFECTIVE
        entry.question, entry.ruling = judged.question.json(), judged.ruling.json()
        entry.rests_on = judged.rests_on
        return act, entry, judged.ruling

    def act(self, name: str, actor: str = "", on: date = DAY, /, **more: Any) -> Done:
        """Do an act; raises Malformed, NotEntitled or Refused, and then nothing is written."""
        _, entry, ruling = self.considered(name, actor, on, **more)
        if ruling is not None and not ruling.effective:
            raise Refused(ruling)
        return self.write(entry, ruling)

    def contested(self, name: str, actor: str = "", on: date = DAY, /, **more: Any) -> Done:
        """What happened although the law refuses it; in a test also what it would permit."""
        _, entry, ruling = self.considered(name, actor, on, **more)
        return self.write(replace(entry, standing=CONTESTED, reason="Болгон иш"), ruling)

    def refused(self, name: str, actor: str = "", on: date = DAY, /, **more: Any) -> Ruling:
        """The ruling on an act that the law does not let pass; an error when it does."""
        ruling = self.considered(name, actor, on, **more)[2]
        assert ruling is not None and not ruling.effective, f"{name} passed: {ruling}"
        return ruling

    def problems(
        self, name: str, actor: str = "", on: date = DAY, /, **more: Any
    ) -> dict[str, str]:
        """What is wrong with an act as it was handed in: problem by field."""
        try:
            self.considered(name, actor, on, **more)
        except Malformed as wrong:
            return {problem.field: problem.key for problem in wrong.problems}
        return {}

    def write(self, entry: Entry, ruling: Ruling | None = None) -> Done:
        n = self.m.size
        self.entries.append(entry)
        fold([entry], ACTS, self.m)
        return Done(n, entry, ruling)

    # -- what is done again and again -------------------------------------------------------

    def hold_session(self, on: date = DAY, present: int = 5) -> int:
        """A session of the kenesh on a day; the one already held, if there was one."""
        for n, entry in enumerate(self.entries):
            standing = entry.standing != CONTESTED and n not in self.m.annulled
            if entry.act == "HoldSession" and entry.held_on == on and standing:
                return n
        fields = {"kind": "ordinary", "number": "3", "present": present, "agenda": "Бюджет"}
        return self.act("HoldSession", "kenesh", on, **fields).n

    def vote(self, on: date = DAY, votes_for: int = 4, votes_against: int = 1) -> dict[str, int]:
        """The fields of a decision the kenesh took that day."""
        return {
            "session": self.hold_session(on),
            "votes_for": votes_for,
            "votes_against": votes_against,
        }

    def decide(self, name: str, on: date = DAY, /, **fields: Any) -> Done:
        """The kenesh decides by vote."""
        return self.act(name, "kenesh", on, **{**self.vote(on), **fields})

    def annul(self, n: int, on: date = AFTER, from_day: date | None = None) -> Done:
        """A court annuls an entry, from that day unless another is named."""
        return self.act(
            "Annul",
            f"court:{COURT}",
            on,
            entry=n,
            from_day=(from_day or on).isoformat(),
            grounds="Мыйзамга каршы",
        )

    def confirm(self, n: int, on: date = AFTER) -> Done:
        return self.act("Confirm", f"court:{COURT}", on, entry=n, grounds="Мыйзамдуу")

    def open_budget(self, on: date = DAY, year: int = 2010) -> None:
        """A draft is published and the public is heard."""
        self.act("PublishDraftBudget", "executive", on, year=year, lines=BOTH)
        self.act("HoldHearing", "executive", on, year=year, participants=40)

    def adopt(self, on: date = DAY, year: int = 2010, lines: Any = None) -> Done:
        """A budget adopted in the open."""
        self.open_budget(on, year)
        return self.decide("AdoptBudget", on, year=year, lines=lines or LINES)

    # -- looking ----------------------------------------------------------------------------

    def all(self, kind: type[Record], on: date) -> list[int]:
        """Numbers of the entries whose records of a kind hold on a day."""
        return [record.entry for record in self.m.all(kind, on)]

    def owed(self, state: str, on: date) -> list[int | None]:
        """What is owed on a day in that state: the entry that brought it about, or the year."""
        found = [o for o in owed(self.m, self.book, on) if o.state == state]
        return [o.year if o.year is not None else o.cause and o.cause.entry for o in found]

    def holders(self, post: str, on: date) -> list[str]:
        """Who holds a post on a day."""
        held = self.m.mandates.values()
        return [x.holder for x in held if x.post == post and x.holds(on)]

    def speaker(self, mandate: str, account: str = "") -> Speaker:
        return Speaker(account or f"account-{mandate}", self.m.mandates[mandate])

    @property
    def recorder(self) -> Speaker:
        return self.speaker("1.0")

    @property
    def chair(self) -> Speaker:
        return self.speaker("5.0")

    @property
    def head(self) -> Speaker:
        return self.speaker("6.0")

    @property
    def deputy(self) -> Speaker:
        return self.speaker("4.0")


THE_OPERATOR = Speaker("", operator=True)


def bare(*law: str, **found: Any) -> Town:
    """Naryn, just founded: 0 Found, 1 its first recorder."""
    town = Town(*(law or NEW))
    town.act("Found", "", FOUNDED, **{**FOUND, **found})
    town.act("LinkRecorder", "", FOUNDED, account="account-1.0", holder=RECORDER)
    return town


def naryn(*law: str, **found: Any) -> Town:
    """Naryn, governed: 2 kenesh, 3 executive, 4 deputies, 5 chair, 6 head, each with an account."""
    town = bare(*law, **found)
    people: list[tuple[str, list[str], dict[str, Any]]] = [
        ("kenesh_body", ["Нарын шаардык кеңеши"], {}),
        ("executive_body", ["Нарын шаарынын мэриясы"], {}),
        ("deputy", DEPUTIES, {"seats": 5}),
        ("chair", [CHAIR], {}),
        ("head", [HEAD], {}),
    ]
    for post, holders, more in people:
        town.act("TakeOver", "", FOUNDED, post=post, holders=holders, **more)
    for mandate in ("4.0", "5.0", "6.0"):
        town.act("LinkAccount", "", FOUNDED, account=f"account-{mandate}", mandate=mandate)
    return town


def chartered(**found: Any) -> Town:
    """Naryn in the spring of 2023, an exercise under the Constitution of 2021, from the day its
    kenesh adopted the typical charter on: 10 is the session, 11 the charter."""
    town = naryn(*TODAY, **{"exercise": True, "pinned": "kg-2021", "population": 40000, **found})
    town.decide("AdoptCharter", ADOPTED, model=MODEL, numbers=NUMBERS)
    return town.under(*law_of(town.m, Municipality(), packs.load(), ADOPTED))


def the_country() -> Town:
    """The country register with its recorder; the oldest constitution judges its beginning."""
    town = Town(*OLD)
    town.country = True
    town.act("LinkRecorder", "", FOUNDED, account="account-0.0", holder=RECORDER)
    return town


def the_history() -> Town:
    """The country register every installation begins with."""
    town = the_country()
    labels: dict[str, int] = {}
    for step in history():
        fields = {name: pointed(said, labels) for name, said in step.fields.items()}
        town.under(*law_of_country(town.m, packs.load(), step.on))
        labels[step.label] = town.act(step.act, step.actor, step.on, **fields).n
    return town


def taken_days(m: Municipality) -> list[tuple[str, date, date | None]]:
    """What is in force from when until when."""
    return [(t.pack, t.since, t.until) for t in timeline(m)]


def dump(m: Municipality) -> Mapping[str, Any]:
    """Everything a municipality is, for comparing two of them; what is only remembered is not."""
    remembered = ("kinds", "_in_post", "_few", "_sums", "_worked_out")
    return {name: value for name, value in vars(m).items() if name not in remembered}


def _usual(name: str) -> str:
    """Whose act it is when a test does not say."""
    if name in OPERATORS:
        return OPERATOR
    if name in RECORDER_ACTS:
        return "recorder"
    return (packs.load().vocabulary.acts[name].actors or ("kenesh",))[0]

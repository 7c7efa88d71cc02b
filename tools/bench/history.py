"""A register as long as a busy village's of a quarter of a century, generated from one seed."""

import random
from datetime import date, timedelta
from hashlib import sha256

from tools.bench.writer import Writer


class History:
    """Writes the entries of an invented aiyl aimak, year after year."""

    FIRST_YEAR = 2011
    SEATS = 21
    ELECTION_EVERY = 4
    SESSIONS, DECISIONS = 12, 16
    TRANSFERS, SPENDINGS = 60, 1_330
    PEOPLE = ("Асан", "Үсөн", "Бурул", "Айчүрөк", "Жаңыл", "Өмүрбек", "Токтогул", "Гүлнара")
    FAMILIES = ("Асанова", "Үсөнов", "Токтогулова", "Жээнбеков", "Өмүралиева", "Маматов")
    MATTERS = (
        "Айылдын ичиндеги жолду оңдоо жана көчөлөрдү жарыктандыруу",
        "Ичүүчү суунун түтүктөрүн алмаштыруу",
        "Мектептин чатырын жаңылоо",
        "Жайыт пайдалануу планын бекитүү",
        "Бала бакчага кошумча топ ачуу",
    )

    def __init__(self) -> None:
        self.random = random.Random(2010)
        self.writer = Writer(self.random)
        self._act = self.writer.record
        self.year = self.FIRST_YEAR
        self.one_year = 0

    def write(self, size: int) -> list[bytes]:
        """The canonical bytes of the first ``size`` entries."""
        if not self.writer.data:
            self._founding()
        while len(self.writer.data) < size:
            self._year()
            self.one_year = self.one_year or len(self.writer.data)
            self.year += 1
        return self.writer.data[:size]

    def _person(self) -> str:
        number = self.random.randrange(1000)
        return f"{self.random.choice(self.PEOPLE)} {self.random.choice(self.FAMILIES)} {number}"

    def _votes(self) -> dict[str, int]:
        against = self.random.randrange(4)
        return {"votes_for": 15 - against, "votes_against": against, "votes_abstained": 2}

    def _founding(self) -> None:
        on = date(self.FIRST_YEAR - 1, 12, 1)
        self._act(
            "Found", on, "operator",
            code="41703215800000", kind="aiyl_aimak", name_ky="Көк-Жар", name_ru="Кок-Жар",
            name_en="Kok-Jar", population=9_400, as_of="2021-04", source="SOATE 2021",
            exercise=True, pinned="kg-2010",
        )  # fmt: skip
        self._act("LinkRecorder", on, "operator", account="f0" * 8, holder="Жаңыл Катчы")
        for kind, name in (
            ("representative_body", "Көк-Жар айылдык кеңеши"),
            ("executive_body", "Көк-Жар айыл өкмөтү"),
        ):
            self._act("ConstituteBody", on, "community", kind=kind, name=name)

    def _election(self, year: int) -> None:
        on = date(year, 1, 10)
        deputies = [f"{self._person()}-{k}" for k in range(self.SEATS)]
        n = self._act(
            "ElectDeputies", on, "community", manner="direct", seats=self.SEATS,
            deputies=deputies, voters=5_600, ballots=2_240,
        )  # fmt: skip
        on = date(year, 1, 15)
        at = self._session(on, "founding")
        if year == self.FIRST_YEAR:
            self._act("ConfirmRecorder", on, "kenesh", session=at, mandate="1.0", **self._votes())
        self._act(
            "AppointOfficial", on, "kenesh", session=at, post="chair", holder=deputies[0],
            **self._votes(),
        )  # fmt: skip
        head = self._person()
        proposed = self._act("NominateHead", on, "governor", candidate=head)
        self._act(
            "ElectHead", on, "kenesh", session=at, holder=head, nomination=proposed,
            **self._votes(),
        )  # fmt: skip
        for k in range(self.SEATS):
            self._act("LinkAccount", on, "recorder", account=f"{n:08x}{k:08x}", mandate=f"{n}.{k}")

    def _session(self, on: date, kind: str = "ordinary") -> int:
        return self._act(
            "HoldSession", on, "kenesh", kind=kind, number=f"{on.month}/{on.year}", present=17,
            agenda="\n".join(self.random.sample(self.MATTERS, 4)),
        )  # fmt: skip

    def _year(self) -> None:
        year, chance = self.year, self.random
        if (year - self.FIRST_YEAR) % self.ELECTION_EVERY == 0:
            self._election(year)
        lines = [
            {
                "name": f"{chance.choice(self.MATTERS)} – {k + 1}",
                "source": "republican" if k % 3 == 0 else "local",
                "amount": chance.randrange(50_000, 2_000_000),
            }
            for k in range(40)
        ]
        if year > self.FIRST_YEAR:
            self._act(
                "ReportExecution", date(year, 1, 12), "executive", year=year - 1,
                spent_local=4_000_000, spent_republican=2_000_000, summary=" ".join(self.MATTERS),
            )  # fmt: skip
        self._act("PublishDraftBudget", date(year, 1, 20), "executive", year=year, lines=lines)
        self._act(
            "HoldHearing", date(year, 1, 27), "executive", year=year, participants=120,
            proposals=chance.choice(self.MATTERS),
        )  # fmt: skip
        on = date(year, 1, 30)
        at = self._session(on)
        self._act(
            "AdoptBudget", on, "kenesh", session=at, year=year, lines=lines,
            document=sha256(str(year).encode()).hexdigest(), **self._votes(),
        )  # fmt: skip
        proposal = self._act(
            "ProposeDelegation", on, "state_body", power="ЖААК китебин жүргүзүү",
            instrument="agreement", means=40_000_000, authority="Мамлекеттик каттоо кызматы",
        )  # fmt: skip
        self._act("ConsentDelegation", on, "kenesh", session=at, proposal=proposal, **self._votes())
        delegation = self._act(
            "DelegatePower", on, "state_body", power="ЖААК китебин жүргүзүү",
            instrument="agreement", reference=f"№ {year}-7", means=40_000_000,
            authority="Мамлекеттик каттоо кызматы", first_day=f"{year}-02-01",
            last_day=f"{year}-12-31", report_due=f"{year + 1}-01-15", proposal=proposal,
        )  # fmt: skip
        for month in range(2, self.SESSIONS + 1):
            self._month(date(year, month, 1), delegation)
        self._accounts(date(year, 12, 29))

    def _month(self, first: date, delegation: int) -> None:
        year, chance = first.year, self.random
        months = self.SESSIONS - 1
        for k in range(self.TRANSFERS // months):
            source = chance.choice(("local", "republican"))
            self._act(
                "Transfer", first + timedelta(k), "state_body" if k % 2 else "executive",
                year=year, source=source, amount=chance.randrange(10_000, 400_000),
                purpose=chance.choice(self.MATTERS),
            )  # fmt: skip
        for k in range(self.SPENDINGS // months):
            source = chance.choice(("local", "local", "republican"))
            under = {"delegation": delegation} if k % 10 == 0 else {}
            self._act(
                "Spend", first + timedelta(k // 5), "executive", key=(year, source, *under),
                year=year, source=source, amount=chance.randrange(500, 9_000),
                purpose=f"{chance.choice(self.MATTERS)}, {chance.randrange(10_000)}", **under,
            )  # fmt: skip
        on = first + timedelta(27)
        matter = chance.choice(self.MATTERS)
        raised = self._act(
            "RaiseIssue", on, "community", title=matter,
            text=" ".join(chance.sample(self.MATTERS, 3)), supporters=chance.randrange(20, 300),
        )  # fmt: skip
        at = self._session(on)
        for k in range(self.DECISIONS):
            about = {} if k else {"issue": raised}
            decided = self._act(
                "DecideIssue", on, "kenesh", session=at, title=chance.choice(self.MATTERS),
                outcome="adopted", text=" ".join(chance.sample(self.MATTERS, 4)),
                document=sha256(str((on, k)).encode()).hexdigest(), **about, **self._votes(),
            )  # fmt: skip
        if first.month % 4 == 0:
            self._act(
                "Annul", on, "kenesh", session=at, entry=decided, from_day=on.isoformat(),
                grounds="Кайра каралат", **self._votes(),
            )  # fmt: skip
        if first.month % 3 == 0:
            self._act("Correct", on, "recorder", entry=raised, field="title", text=f"{matter}.")

    def _accounts(self, on: date) -> None:
        at = self._session(on, "extraordinary")
        demand = self._act(
            "DemandAccount", on, "kenesh", session=at, of="executive", about="Жылдын жыйынтыгы",
            due=on.isoformat(), **self._votes(),
        )  # fmt: skip
        report = self._act(
            "ReportToKenesh", on, "executive", demand=demand, summary=" ".join(self.MATTERS)
        )
        self._act(
            "AssessReport", on, "kenesh", session=at, report=report, mark="satisfactory",
            **self._votes(),
        )  # fmt: skip

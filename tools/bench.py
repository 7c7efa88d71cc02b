"""Measure Kerege against the numbers it promises, each beside a reference in the same run.

    python tools/bench.py [PART …] [--entries N] [--data DIR]

Parts, all of them when none is named:

pure    folding a register of 40,000 entries, cold and warm; a ruling as the gate asks for it
page    the CPU time of a place page, uncached, beside a bare Django view
visit   seconds to a healthy page, bytes over the wire of a first visit, memory of a worker

Each part runs in a process of its own. The last two use the demonstration in DIR, or make one in a
temporary directory. Times on a shared machine wander: trust the ratios. Exit code 0 when everything
ran, whether or not a goal holds; 1 when something could not be measured.
"""

import argparse
import gc
import io
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import brotli

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Number:
    """One measured number. ``limit`` is its goal (to stay under), None for a mere fact."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    beside: str = ""

    def __str__(self) -> str:
        goal, verdict = "", ""
        if self.limit is not None:
            goal = f"< {self.limit:,g} {self.unit}"
            verdict = "holds" if self.value < self.limit else "does not hold"
        value = f"{self.value:,.4g} {self.unit}"
        return f"{self.what:<38} {value:>12}  {goal:<10} {verdict:<13} {self.beside}".rstrip()


# -- a register as long as a busy village's of a quarter of a century ------------------------


class History:
    """Writes the entries of an invented aiyl aimak, year after year, as the gate would: each is
    put to the law of 2010 and carries the question, the ruling and what it rests on."""

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
        self.random = random.Random(2010)
        self.rulings: dict[object, Any] = {}
        self.year = self.FIRST_YEAR
        self.one_year = 0

    def write(self, size: int) -> list[bytes]:
        """The canonical bytes of the first ``size`` entries."""
        if not self.data:
            self._founding()
        while len(self.data) < size:
            self._year()
            self.one_year = self.one_year or len(self.data)
            self.year += 1
        return self.data[:size]

    def _act(self, kind: str, on: date, actor: str, /, *, key: object = None, **fields: Any) -> int:
        """Record an act; returns its number. Acts with the same ``key`` share one ruling."""
        from kerege.municipality import entry as entries
        from kerege.municipality.judging import judge
        from kerege.register.canonical import canonical

        n = len(self.data)
        who = entries.Actor(actor)
        act = self.acts[kind].read(fields)
        act.check(self.m, who, on)
        paper = None
        if actor in ("community", "state_body", "governor"):
            paper = entries.Evidence(f"№ {n}", on, sha256(str(n).encode()).hexdigest())
        entry = entries.Entry(
            id=f"{self.random.getrandbits(128):032x}",
            act=kind,
            fields=act.json(),
            actor=who,
            held_on=on,
            recorded_at=datetime(on.year, on.month, on.day, 9, n % 60, tzinfo=UTC),
            by=() if paper else ("7.0",),
            recorder="1.0",
            evidence=paper,
            standing=entries.EXEMPT,
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
        raised = self._act(
            "RaiseIssue", on, "community", title=chance.choice(self.MATTERS),
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
            self._act(
                "Correct", on, "recorder", entry=raised, field="title", text="Ичүүчү суу маселеси"
            )

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


# -- folding and ruling ---------------------------------------------------------------------


def timed(work: Callable[..., object], *given: object) -> float:
    """Seconds of this process's own CPU time, so that its neighbours count less."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def pure(size: int) -> Iterator[Number]:
    from kerege.municipality import entry as entries
    from kerege.municipality.acts import ACTS
    from kerege.municipality.fold import fold
    from kerege.municipality.municipality import Municipality

    history = History()
    more = 400
    rows = history.write(size + more)
    rows, later = rows[:size], rows[size:]
    megabytes = sum(map(len, rows)) / 1e6

    def parse() -> None:
        for data in rows:
            json.loads(data)

    # As every page folds its own rows (kerege/web/registers.py), the database left out.
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"KEREGE_DATA": data, "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}
        import django

        django.setup()
        from kerege.web.registers import carry_on

    def cold(m: Municipality) -> None:
        carry_on(m, rows)

    parsing, folding = [], []
    for _ in range(3):
        m = Municipality()
        gc.collect()
        parsing.append(timed(parse))
        gc.collect()
        folding.append(timed(cold, m))
    beside = (
        f"{min(folding) / min(parsing):.1f}× json.loads of the same {megabytes:.0f} MB "
        f"({min(parsing):.2f} s)"
    )
    yield Number(f"fold {size:,} entries, cold", min(folding), "s", 1, beside)

    def one_more(data: bytes) -> None:
        carry_on(m, [data])

    gc.collect()
    warm = [timed(one_more, data) for data in later]
    beside = f"slowest of {more}: {max(warm) * 1e3:.2f} ms"
    yield Number(f"fold one more on {size:,}", statistics.median(warm) * 1e3, "ms", 5, beside)

    year = fold((entries.read(json.loads(data)) for data in rows[: history.one_year]), ACTS)
    yield from ruling(year, history)
    yield from ruling(m, history, each=True)


def ruling(m: Any, history: History, *, each: bool = False) -> Iterator[Number]:
    """One ruling: facts from the register, completed by the law, asked of the engine. The bare
    call to the engine is asked the same question with everything parsed beforehand, in turns."""
    import cedarpy

    from kerege.municipality.entry import Actor
    from kerege.municipality.judging import judge

    book, on = history.book, m.latest
    last = {kind: n for n, kind in m.acts.items()}
    money = {"year": on.year, "source": "local", "amount": 1_000, "purpose": "Суу"}
    lines = [{"name": "Суу", "source": "local", "amount": 5_000}]
    at = {"session": last["HoldSession"], "votes_for": 12, "votes_against": 3}
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("Spend", "executive", money),
        ("Spend", "executive", {**money, "delegation": last["DelegatePower"]}),
        ("Transfer", "state_body", {**money, "source": "republican"}),
        ("AdoptBudget", "kenesh", {"year": on.year, "lines": lines, **at}),
        ("DecideIssue", "kenesh", {"title": "Суу", "outcome": "adopted", "text": "Суу", **at}),
        ("RaiseIssue", "community", {"title": "Суу", "text": "Суу"}),
        ("HoldSession", "kenesh", {
            "kind": "ordinary", "number": "1", "present": 17, "agenda": "Суу"}),
        ("ElectHead", "kenesh", {"holder": "Бурул", "nomination": last["NominateHead"], **at}),
        ("AssessReport", "kenesh", {
            "report": last["ReportToKenesh"], "mark": "satisfactory", **at}),
        ("ConstituteBody", "kenesh", {"kind": "other_body", "name": "Ак сакалдар", **at}),
    ]  # fmt: skip
    # The reference is a call over all rules with parsed handles, as cedarpy's own guide has it.
    every = {norm.id: norm.policy for norm in book.norms.values()}
    tree = {"staticPolicies": every, "templates": {}, "templateLinks": []}
    engine = (cedarpy.PolicySet.from_json_str(json.dumps(tree)), book._entities, book._schema)
    bare: list[float] = []
    whole: dict[str, list[float]] = {}
    cases = []
    for kind, who, fields in said:
        act = history.acts[kind].read(fields)
        asked = judge(m, act, Actor(who), on, book).question
        request = {
            "principal": {"type": "Actor", "id": asked.actor},
            "action": {"type": "Action", "id": asked.act},
            "resource": {"type": "Object", "id": asked.object},
            "context": book._context(asked),
        }
        cases.append((f"{kind} (delegated)" if "delegation" in fields else kind, act, who, request))
    gc.collect()
    for _ in range(80):
        for name, act, who, request in cases:
            bare.append(timed(cedarpy.is_authorized, request, *engine))
            whole.setdefault(name, []).append(timed(judge, m, act, Actor(who), on, book))
    least = statistics.median(bare) * 1e6
    typical = statistics.median(one for every in whole.values() for one in every) * 1e6
    beside = f"{typical / least:.2f}× the bare cedarpy call ({least:.0f} µs)"
    yield Number(f"a ruling, register of {m.size:,}", typical, "µs", 300, beside)
    if each:
        for name, every in whole.items():
            yield Number(f"  {name}", statistics.median(every) * 1e6, "µs", 300)


# -- pages ----------------------------------------------------------------------------------


@contextmanager
def demonstration(data: Path | None) -> Iterator[Path]:
    """A data directory with the demonstration in it."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="kerege-bench-") as made:
        kerege("demo", "--data", made, "--no-serve").check_returncode()
        yield Path(made)


def kerege(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kerege", *words]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)


def busiest(data: Path) -> str:
    """The address of the place with the longest register."""
    told = kerege("places", "--data", str(data), "--json")
    told.check_returncode()
    return str(max(json.loads(told.stdout), key=lambda place: place["size"])["slug"])


def page(data: Path) -> Iterator[Number]:
    """Both through Django's own WSGI handler in one process: the place page with everything this
    site does to a request, and a view of 10 kB without middleware, in turns."""
    slug = busiest(data)
    os.environ |= {"KEREGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import path

    text = "x" * 10_240

    def bare_view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(text)

    urls = types.ModuleType("bench_urls")
    urls.urlpatterns = [path("bare/", bare_view)]  # type: ignore[attr-defined]
    sys.modules[urls.__name__] = urls

    class BareRequest(WSGIRequest):
        urlconf = urls.__name__

    class BareHandler(WSGIHandler):
        request_class = BareRequest

    with override_settings(MIDDLEWARE=[]):
        bare_handler = BareHandler()
    handler = WSGIHandler()

    def ask(asked: WSGIHandler, address: str) -> bytes:
        status: list[str] = []
        answer = asked(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": address,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
                "HTTP_ACCEPT_LANGUAGE": "ky",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
            },
            lambda said, headers: status.append(said),
        )
        body = b"".join(answer)
        answer.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{address} answers {status}")
        return body

    def cpu(work: Callable[[], object], times: int) -> float:
        start = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - start) / times

    def uncached() -> None:
        cache.clear()
        ask(handler, f"/{slug}/")

    assert len(ask(bare_handler, "/bare/")) == len(text)
    shown = ask(handler, f"/{slug}/")
    cpu(uncached, 5)
    bare, whole = [], []
    for _ in range(15):
        bare.append(cpu(lambda: ask(bare_handler, "/bare/"), 100))
        whole.append(cpu(uncached, 10))
    ratio = statistics.median(whole) / statistics.median(bare)
    beside = (
        f"{statistics.median(whole) * 1e3:.2f} ms for /{slug}/ "
        f"({len(brotli.decompress(shown)) / 1e3:.0f} kB of HTML), "
        f"bare {statistics.median(bare) * 1e3:.3f} ms"
    )
    yield Number("place page, uncached, CPU", ratio, "×", 20, beside)


# -- a first visit, through a real server ---------------------------------------------------


def visit(data: Path) -> Iterator[Number]:
    slug = busiest(data)
    starts = []
    for _ in range(2):
        with server(data) as (_, _, seconds):
            starts.append(seconds)
    with server(data) as (process, port, seconds):
        starts.append(seconds)
        beside = f"slowest of {len(starts)}: {max(starts):.2f} s"
        yield Number("a later start to a healthy page", statistics.median(starts), "s", 4, beside)
        over_https = first_visit(port, f"/{slug}/", "gzip, deflate, br, zstd")
        over_http = first_visit(port, f"/{slug}/", "gzip, deflate")
        parts = ", ".join(
            f"{Path(at).name or 'page'} {n / 1e3:.1f}" for at, n in over_https.items()
        )
        beside = f"{parts}; with gzip alone {sum(over_http.values()) / 1e3:.1f} kB"
        yield Number(f"first visit to /{slug}/", sum(over_https.values()) / 1e3, "kB", 30, beside)
        # Enough rounds that every worker has answered every kind of page.
        for _ in range(12):
            for address in pages(slug):
                fetch(port, address)
        held = sorted(pss(pid) / 1e6 for pid in workers(process.pid))
        beside = f"{len(held)} workers; the process above them {pss(process.pid) / 1e6:.0f} MB"
        yield Number("memory of a worker (PSS)", held[-1], "MB", 120, beside)


def pages(slug: str) -> tuple[str, ...]:
    """Every kind of page; the search is what loads the units of the whole country."""
    here = f"/{slug}/"
    return (
        "/", "/?q=%D0%BD%D0%B0%D1%80%D1%8B%D0%BD", "/?q=41", here, f"/ru{here}", f"/en{here}",
        f"{here}register/", f"{here}register/3/", "/kg/", "/law/", "/law/compare/",
        "/law/kg-2007/", "/law/kg-2010/",
    )  # fmt: skip


@contextmanager
def server(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The server that ``make run`` starts; gives the process, its port, seconds to health."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--data", str(data), "--port", str(port)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kerege", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not healthy(port):
            if process.poll() is not None or time.perf_counter() - start > 60:
                raise RuntimeError("the server did not become healthy")
            time.sleep(0.01)
        yield process, port, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def healthy(port: int) -> bool:
    try:
        return fetch(port, "/healthz")[1].startswith(b"ok")
    except (OSError, RuntimeError):
        return False


def fetch(port: int, address: str, encodings: str = "identity") -> tuple[int, bytes]:
    """Bytes over the wire of one answer, head included, and its body as it was sent."""
    request = (
        f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: ky\r\n"
        f"Accept-Encoding: {encodings}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(request.encode())
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"{address} answers {head[:60]!r}")
    return len(answer), body


def first_visit(port: int, address: str, encodings: str) -> dict[str, int]:
    """Bytes of a page and of everything a browser fetches to show it."""
    linked = re.compile(
        r"""<(?:link\b(?=[^>]*\brel="(?:stylesheet|icon|preload|modulepreload)")[^>]*\bhref"""
        r"""|(?:img|script|source|iframe)\b[^>]*\bsrc)="([^"]+)\""""
    )
    found = {address: fetch(port, address, encodings)[0]}
    html = fetch(port, address)[1].decode()
    for at in (urljoin(address, link) for link in linked.findall(html)):
        if at in found:
            continue
        found[at] = fetch(port, at, encodings)[0]
        if at.endswith(".css"):
            inside = re.findall(r"""url\(\s*['"]?([^'")]+)""", fetch(port, at)[1].decode())
            for deeper in (urljoin(at, link) for link in inside if not link.startswith("data:")):
                found.setdefault(deeper, fetch(port, deeper, encodings)[0])
    return found


def workers(pid: int) -> list[int]:
    """The processes under a process that have none under them themselves; else the process."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    below = [one for one, parent in parents.items() if parent == pid]
    # Python's own tracker of shared resources answers nobody.
    below = [one for one in below if b"resource_tracker" not in _command(one)]
    return [end for one in below for end in workers(one)] or [pid]


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def pss(pid: int) -> int:
    """Bytes of memory that are this process's share."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    assert found is not None
    return int(found[1]) * 1024


# -- running --------------------------------------------------------------------------------

PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Number]]] = {
    "pure": lambda said: pure(said.entries),
    "page": lambda said: page(said.data),
    "visit": lambda said: visit(said.data),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--entries", type=int, default=40_000)
    parser.add_argument("--data", type=Path, help="data directory of a demonstration")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if unknown := set(said.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if said.inside:
        for number in PARTS[said.parts[0]](said):
            print(json.dumps(asdict(number)), flush=True)
        return 0

    print(machine())
    parts = said.parts or list(PARTS)
    failed = [part for part in parts if part == "pure" and not run(part, said.entries, None)]
    if set(parts) - {"pure"}:
        try:
            with demonstration(said.data) as data:
                for part in parts:
                    if part != "pure" and not run(part, said.entries, data):
                        failed.append(part)
        except subprocess.CalledProcessError:
            failed += [part for part in parts if part != "pure"]
            print("The demonstration could not be made.")
    if failed:
        print(f"Could not be measured: {', '.join(failed)}.")
    return 1 if failed else 0


def run(part: str, size: int, data: Path | None) -> bool:
    """Run a part in a process of its own and print its numbers; whether it came to its end."""
    command = [sys.executable, __file__, part, "--inside", "--entries", str(size)]
    if data is not None:
        command += ["--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(Number(**json.loads(line)), flush=True)
    return process.returncode == 0


def machine() -> str:
    try:
        model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        load = f", load {os.getloadavg()[0]:.1f}"
    except OSError:
        model, load = None, ""
    name = model[1] if model else "unknown processor"
    return f"{os.cpu_count()} × {name}{load}, Python {sys.version.split()[0]}"


if __name__ == "__main__":
    sys.exit(main())

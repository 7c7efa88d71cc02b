"""The part ``acts``: durable acts, through the gate and over HTTP with their receipt, each act in
turn with one fdatasync of 4 kB appended to a file.

Turn by turn, because a disk answers ten syncs in a row sooner than one after a pause: what the same
sync takes in a row is shown too.
"""

import http.client
import os
import re
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from tools.bench.number import Number
from tools.bench.serving import bare_server, server

SLUG, DAY = "naryn", date(2013, 3, 1)
ACTS, SENDERS = 300, 4


def acts(data: Path) -> Iterator[Number]:
    """Both need a demonstration of their own: what they write stays."""
    yield _beside("durable acts through the gate", *_gate(data), 0.15)
    yield from _http(data)


def _beside(what: str, sync: "_Sync", act: list[float], least: float) -> Number:
    ratio = statistics.median(sync.taken) / statistics.median(act)
    row = statistics.median(sync.once() for _ in range(ACTS))
    beside = (
        f"of one fdatasync in turn with it, {statistics.median(sync.taken) * 1e3:.2f} ms "
        f"({row * 1e3:.2f} in a row); {statistics.median(act) * 1e3:.2f} ms an act"
    )
    return Number(what, ratio, "×", beside=beside, least=least)


class _Sync:
    """A file that 4 kB are appended to and synced, as the plainest log would be."""

    def __init__(self, folder: Path) -> None:
        self.file = os.open(folder / f"synced-{uuid.uuid4()}", os.O_WRONLY | os.O_CREAT)
        self.page = os.urandom(4096)
        self.taken: list[float] = []

    def once(self) -> float:
        start = time.perf_counter()
        os.write(self.file, self.page)
        os.fdatasync(self.file)
        return time.perf_counter() - start


def _in_turn(folder: Path, act: Callable[[], None]) -> tuple[_Sync, list[float]]:
    """Seconds of the sync and of the act, one after the other."""
    sync, taken = _Sync(folder), []
    for _ in range(ACTS):
        sync.taken.append(sync.once())
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return sync, taken


def _gate(data: Path) -> tuple[_Sync, list[float]]:
    os.environ |= {"KEREGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}
    import django

    django.setup()
    from kerege.municipality.entry import Actor, Evidence
    from kerege.municipality.governing import holding
    from kerege.municipality.rights import Speaker
    from kerege.web.gate import Attempt, perform
    from kerege.web.models import Account, Register
    from kerege.web.registers import told

    register = Register.objects.get(slug=SLUG)
    account = Account.objects.get(username=f"{SLUG}-recorder")
    speaker = Speaker(account.code, holding(told(register), account.code, DAY)[0])
    now = datetime(2013, 3, 1, 6, tzinfo=UTC)

    def act() -> None:
        fields = {"title": "Жол", "text": "Жолду оңдоо"}
        paper = Evidence("№ 1", DAY)
        id_, actor = str(uuid.uuid4()), Actor("community")
        perform(register, Attempt(id_, "RaiseIssue", fields, actor, DAY, speaker, paper), now)

    for _ in range(20):
        act()
    return _in_turn(data, act)


class _Browser:
    """Someone signed in: one connection kept open, cookies and the token of forms."""

    def __init__(self, port: int) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, address: str, **said: str) -> tuple[int, str, bytes]:
        """Status, where it leads, body."""
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if said:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        self.wire.request(method, address, urlencode(said) if said else None, head)
        answer = self.wire.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), answer.read()

    def token(self, address: str) -> str:
        body = self.ask("GET", address)[2]
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        assert found is not None, address
        return found[1].decode()


def _http(data: Path) -> Iterator[Number]:
    with server(data) as (_, port, _):
        act = _sender(port)
        for _ in range(20):
            act()
        yield _beside("over HTTP, with receipt", *_in_turn(data, act), 0.08)
        yield _together(port)
    yield _bare()


def _sender(port: int) -> Callable[[], None]:
    """What sends one act after another, each with its receipt, over a connection of its own."""
    someone = _Browser(port)
    token = someone.token("/sign-in/")
    someone.ask("POST", f"/sign-in/as/{SLUG}-rec/", csrfmiddlewaretoken=token)
    form = f"/{SLUG}/acts/RaiseIssue/"
    token = someone.token(form)

    def act() -> None:
        id_ = str(uuid.uuid4())
        status, where, body = someone.ask(
            "POST", form, csrfmiddlewaretoken=token, id=id_, actor="community",
            held_on=DAY.isoformat(), title=f"Жол {id_}", text="Жолду оңдоо", paper_number="№ 1",
            paper_day=DAY.isoformat(),
        )  # fmt: skip
        if status != 302:
            raise RuntimeError(f"the act was answered {status}: {body[:300]!r}")
        status, _, body = someone.ask("GET", f"{where.partition('#')[0].rstrip('/')}.tlog-proof")
        if status != 200 or not body.startswith(b"c2sp.org/tlog-proof"):
            raise RuntimeError(f"no receipt: {status}")

    return act


def _together(port: int) -> Number:
    """Acts of several at once, as the two workers of a house take them."""
    with ThreadPoolExecutor(SENDERS) as pool:
        senders = list(pool.map(_sender, [port] * SENDERS))
        start = time.perf_counter()
        sent = [pool.submit(_several, act) for act in senders]
        for one in sent:
            one.result()
        took = time.perf_counter() - start
    return Number(f"the same, {SENDERS} at once", SENDERS * ACTS / took, "a second")


def _bare() -> Number:
    """What no act over HTTP can be quicker than: two answers of a bare Django."""
    with bare_server() as (_, port, _):
        someone, taken = _Browser(port), []
        for _ in range(ACTS):
            start = time.perf_counter()
            someone.ask("GET", "/bare/")
            someone.ask("GET", "/bare/")
            taken.append(time.perf_counter() - start)
    return Number("two answers of a bare Django", statistics.median(taken) * 1e3, "ms")


def _several(act: Callable[[], None]) -> None:
    for _ in range(ACTS):
        act()

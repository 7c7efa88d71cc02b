"""The part ``page``: CPU time of a place page, made and told again, beside a bare Django view."""

import http.client
import itertools
import os
import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import brotli

from tools.bench.demonstration import busiest
from tools.bench.memory import workers
from tools.bench.number import Number
from tools.bench.serving import bare_server, server

TURNS, ASKED = 15, 60
_TICKS = os.sysconf("SC_CLK_TCK")


def page(data: Path) -> Iterator[Number]:
    """Two servers of the same kind, with two workers each: ours, with everything it does to a
    request, and a view of 10 kB without middleware. What is counted is the time their workers were
    on a processor, in turns, so a busy machine and the one who asks count for little."""
    slug = busiest(data)
    with server(data) as (ours, port, _), bare_server() as (other, bare_port, _):
        here, there = _Asked(ours.pid, port), _Asked(other.pid, bare_port)
        # A day of its own is a page nobody has asked for yet.
        last = date(2012, 10, 15)
        fresh = (f"/{slug}/?on={last - timedelta(n)}" for n in itertools.count(1))
        for asked, address in ((here, f"/{slug}/"), (there, "/bare/")):
            asked.cpu(lambda address=address: address, 40)
        bare, whole, kept = [], [], []
        for _ in range(TURNS):
            bare.append(there.cpu(lambda: "/bare/", 4 * ASKED))
            whole.append(here.cpu(lambda: next(fresh), ASKED))
            kept.append(here.cpu(lambda: f"/{slug}/", 4 * ASKED))
        size = len(brotli.decompress(here.ask(f"/{slug}/")))
    ratio = statistics.mean(whole) / statistics.mean(bare)
    beside = (
        f"{statistics.mean(whole) * 1e3:.2f} ms for /{slug}/ "
        f"({size / 1e3:.0f} kB of HTML), bare {statistics.mean(bare) * 1e3:.3f} ms"
    )
    yield Number("place page, uncached, CPU", ratio, "×", 20, beside)
    rate = statistics.mean(bare) / statistics.mean(kept)
    beside = f"of the rate of the bare view; {statistics.mean(kept) * 1e3:.3f} ms"
    yield Number("place page, told again", rate, "×", beside=beside, least=0.5)


class _Asked:
    """A server that is asked over one connection kept open."""

    def __init__(self, pid: int, port: int) -> None:
        self.workers = workers(pid)
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(self, address: str) -> bytes:
        head = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "ky"}
        self.wire.request("GET", address, headers=head)
        answer = self.wire.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        return body

    def cpu(self, address: Callable[[], str], times: int) -> float:
        """Seconds on a processor, of all workers together, for one answer."""
        start = self._spent()
        for _ in range(times):
            self.ask(address())
        return (self._spent() - start) / times

    def _spent(self) -> float:
        found = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in self.workers)
        return sum(sum(map(int, one.split()[11:13])) for one in found) / _TICKS

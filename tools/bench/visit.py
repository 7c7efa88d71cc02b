"""The part ``visit``: a first visit through a real server, its start and its memory."""

import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from tools.bench.demonstration import busiest
from tools.bench.memory import keepers, pss, workers
from tools.bench.number import Number
from tools.bench.serving import bare_server, fetch, server


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
        keeper = sum(pss(pid) / 1e6 for pid in keepers(process.pid))
        beside = (
            f"{len(held)} workers; the process above them {pss(process.pid) / 1e6:.0f} MB, "
            f"the keeper of the root {keeper:.0f} MB"
        )
        yield Number("memory of a worker (PSS)", held[-1], "MB", 120, beside)
    # One after the other: beside ours a bare Django (``bare.py``) would share its libraries.
    with bare_server() as (process, port, _):
        for _ in range(100):
            fetch(port, "/bare/")
        other = [pss(pid) / 1e6 for pid in workers(process.pid)]
    beside = f"{sum(held):.0f} MB of {len(held)}, bare {sum(other):.0f} MB of {len(other)}"
    yield Number("memory of the workers", sum(held) / sum(other), "×", 1.5, beside)


def pages(slug: str) -> tuple[str, ...]:
    """Every kind of page; the search is what loads the units of the whole country."""
    here = f"/{slug}/"
    return (
        "/", "/?q=%D0%BD%D0%B0%D1%80%D1%8B%D0%BD", "/?q=41", here, f"/ru{here}", f"/en{here}",
        f"{here}register/", f"{here}register/3/", "/kg/", "/law/", "/law/compare/",
        "/law/kg-2007/", "/law/kg-2010/",
    )  # fmt: skip


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

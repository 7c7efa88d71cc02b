"""The memory of a server's workers, as Linux tells it."""

import re
from pathlib import Path


def workers(pid: int) -> list[int]:
    """The processes under a process that answer requests and have none under them themselves; else
    the process."""
    # Python's own tracker of shared resources answers nobody.
    below = [one for one in _below(pid) if b"resource_tracker" not in _command(one)]
    below = [one for one in below if not _keeps(one)]
    return [end for one in below for end in workers(one)] or [pid]


def keepers(pid: int) -> list[int]:
    """The processes under a process that keep the root (``web/keeping.py`` names them)."""
    return [one for one in _below(pid) if _keeps(one)]


def _keeps(pid: int) -> bool:
    return Path(f"/proc/{pid}/comm").read_text() == "kerege keep\n"


def _below(pid: int) -> list[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return [one for one, parent in parents.items() if parent == pid]


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def pss(pid: int) -> int:
    """Bytes of memory that are this process's share."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    assert found is not None
    return int(found[1]) * 1024

"""The memory of a server's workers, as Linux tells it."""

import re
from pathlib import Path


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

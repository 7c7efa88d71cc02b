"""What a measured number is, and the CPU time of a piece of work."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """One measured number. ``limit`` is its goal (to stay under), ``least`` another (to reach);
    neither for a mere fact."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    beside: str = ""
    least: float | None = None

    def __str__(self) -> str:
        goal, verdict = "", ""
        if self.limit is not None:
            goal = f"< {self.limit:,g} {self.unit}"
            verdict = "holds" if self.value < self.limit else "does not hold"
        elif self.least is not None:
            goal = f"≥ {self.least:,g} {self.unit}"
            verdict = "holds" if self.value >= self.least else "does not hold"
        value = f"{self.value:,.4g} {self.unit}"
        return f"{self.what:<38} {value:>12}  {goal:<10} {verdict:<13} {self.beside}".rstrip()


def timed(work: Callable[..., object], *given: object) -> float:
    """Seconds of this process's own CPU time, so that its neighbours count less."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start

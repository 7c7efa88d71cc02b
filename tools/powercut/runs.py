"""The runs of a report: the house as it is, and controls that must fail."""

from collections.abc import Mapping
from pathlib import Path

from tools.powercut.cutting import Run, Tally, tallied
from tools.powercut.faults import Faults

HOUSE = (
    Run("small log", acts=60, autocheckpoint=20),
    Run("log as SQLite has it", acts=50),
    Run("two writers", acts=25, autocheckpoint=20, processes=2, reopen=5),
)
CONTROLS = (
    Run("normal, small log", acts=40, synchronous="NORMAL", autocheckpoint=20),
    Run("normal", acts=40, synchronous="NORMAL"),
    Run("off", acts=40, synchronous="OFF", autocheckpoint=20),
)
SAMPLES = 20
"""Images of each run of the house in which it writes on."""
CONTROL_IMAGES = 400


def runs(base: Path, seed: str, images: int, samples: int) -> dict[Run, Tally]:
    """All of them; the house's share at least ``images`` between them."""
    # A little more is asked for: some cuts have fewer different images than their share.
    each = images // len(HOUSE) * 21 // 20 + 1
    told = {run: tallied(run, seed, base, each, samples) for run in HOUSE}
    return told | {run: tallied(run, seed, base, CONTROL_IMAGES) for run in CONTROLS}


def failures(tallies: Mapping[Run, Tally], faults: Faults | None = None) -> list[str]:
    """What must not be: a fault of the house, or a control that shows none."""
    told = []
    for run, tally in tallies.items():
        if run.control:
            if not tally.losing:
                told.append(f"{run.name}: a control that loses nothing shows nothing")
            if run.synchronous == "OFF" and not tally.broken:
                told.append(f"{run.name}: a control that breaks nothing shows nothing")
        elif tally.bad:
            told += [f"{run.name}: {tally.bad} images are bad", *tally.problems]
    if faults is not None and faults.bad:
        told += [f"{faults.bad} faults left something wrong", *faults.problems]
    return told

"""The report: what power cuts and faults left, as it stands in ``docs/trust.md``."""

import re
from collections.abc import Mapping

from tools.powercut.cutting import Run, Tally
from tools.powercut.faults import FAULTS, Faults

BEGIN, END = "<!-- tools/powercut writes from here -->", "<!-- to here -->"
COLUMNS = (
    "writer", "acts", "cuts", "images", "corrupt", "acts lost", "worst loss", "forks", "stuck",
    "went on",
)  # fmt: skip


def report(tallies: Mapping[Run, Tally], faults: Faults, seed: str) -> str:
    """Markdown: a table of power cuts, a table of faults, the seed to do it again."""
    rows = [COLUMNS, ("---", *["--:"] * (len(COLUMNS) - 1))]
    for run, t in tallies.items():
        counts = (t.acks, t.cuts, t.images, t.broken, t.losing, t.worst, t.forked, t.stuck)
        went_on = "" if run.control else f"{t.went_on:,}"
        rows.append((_writer(run), *(f"{n:,}" for n in counts), went_on))
    kinds = [fault.partition("=")[2] for fault in FAULTS]
    struck = [("call", *kinds), ("---", *["--:"] * len(kinds))]
    for call, most in faults.positions.items():
        told = (f"{faults.struck[f'{call} {kind}']:,}" for kind in kinds)
        struck.append((f"`{call}`, {most} times in a writer", *told))
    return (
        f"{_table(rows)}\n\n{_table(struck)}\n\n"
        f"{sum(faults.struck.values()):,} faults met a call: {faults.acks:,} acts acknowledged, "
        f"{faults.refused:,} refused, {faults.bad:,} found wrong afterwards. Seed `{seed}`."
    )


def put(text: str, told: str) -> str:
    """A document with the report between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{told}\n{after and END}{after}"


def stands(text: str) -> list[dict[str, str]]:
    """The rows of the table of power cuts in a document."""
    told = text.partition(BEGIN)[2].partition(END)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\|.*\|$", told.partition("\n\n")[0], re.MULTILINE)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def _writer(run: Run) -> str:
    held = f"**control: `{run.synchronous}`**" if run.control else "`FULL`"
    pages = f"{run.autocheckpoint or 1000:,} pages"
    many = f", {run.processes} writers, reopened" if run.processes > 1 else ""
    return f"{held}, {pages}{many}"


def _table(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)

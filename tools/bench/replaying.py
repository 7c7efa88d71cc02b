"""The part ``replay``: a long register read and lived again under other laws."""

import gc
import json
import time
from collections.abc import Iterator
from typing import Any

from tools.bench.history import History
from tools.bench.number import Number, timed

ENTRIES = 100_000


def replaying(size: int = ENTRIES) -> Iterator[Number]:
    """Under the text of 2007 most of it stands; under that of 2021 no head is elected, and what the
    executive did falls. Beside both: the same entries only read and folded."""
    from kerege.archive.replay import replay, under
    from kerege.constitution import packs
    from kerege.municipality import entry as entries
    from kerege.municipality.acts import ACTS
    from kerege.municipality.fold import fold

    rows = History().write(size)
    known = packs.load()

    def read() -> Iterator[Any]:
        return (entries.read(json.loads(data)) for data in rows)

    def folded() -> None:
        fold(read(), ACTS)

    gc.collect()
    folding = timed(folded)
    for constitution in known.constitutions():
        ids = known.pinned(constitution.id)
        gc.collect()
        start = time.process_time()
        told = replay(read(), under(known, ids), ids)
        seconds = time.process_time() - start
        beside = (
            f"{len(told.refused):,} refused, {len(told.fallen):,} fall with them; "
            f"{seconds / folding:.1f}× folding alone ({folding:.1f} s)"
        )
        yield Number(f"replay of {size:,} entries, {constitution.id}", seconds, "s", 30, beside)

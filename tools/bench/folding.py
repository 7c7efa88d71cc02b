"""The part ``pure``: folding a long register, cold and warm, and the rulings asked on it."""

import gc
import json
import os
import statistics
import tempfile
from collections.abc import Iterator

from tools.bench.history import History
from tools.bench.loading import loading
from tools.bench.number import Number, timed
from tools.bench.ruling import ruling


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
    yield from loading()
    yield from ruling(year, history.writer)
    yield from ruling(m, history.writer, each=True)

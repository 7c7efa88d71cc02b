"""Reading a rulebook: from the texts of a constitution and its statutes to what can be asked."""

import gc
import statistics
from collections.abc import Iterator

from tools.bench.number import Number, timed


def loading() -> Iterator[Number]:
    """The words of the law are read once for all rulebooks and are told beside."""
    from kerege.constitution import edition, packs, vocabulary
    from kerege.constitution.rulebook import Rulebook

    known = packs.load()
    ids = max((known.pinned(e.id) for e in known.constitutions()), key=len)
    texts = [(known.edition(id_).text, known.edition(id_).file) for id_ in ids]

    def load() -> None:
        Rulebook(
            known.vocabulary, [edition.read(text, file, known.vocabulary) for text, file in texts]
        )

    def words() -> None:
        vocabulary.read(known.vocabulary.text)

    gc.collect()
    whole, said = [], []
    for _ in range(9):
        whole.append(timed(load) * 1e3)
        said.append(timed(words) * 1e3)
    size = sum(len(text.encode()) for text, _ in texts)
    norms = len(known.rulebook(ids).norms)
    beside = (
        f"{ids[0]} with {len(ids) - 1} statutes, {norms} rules, {size / 1e3:.0f} kB; "
        f"the vocabulary {statistics.median(said):.0f} ms more"
    )
    yield Number("load a rulebook", statistics.median(whole), "ms", 60, beside)

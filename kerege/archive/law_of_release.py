"""Which texts of law came with this release.

They are known by the SHA-256 of each, in hex: of the vocabulary and the editions of every country.
The verifier in one file carries no law, so ``verifier.py`` writes these into it, one to a line and
in order, as ``law.sha256`` beside this module; in a house the file does not exist.
"""

import json
from functools import cache
from hashlib import sha256
from importlib import resources

FILE = "law.sha256"


def ours(text: str) -> bool:
    """Whether the vocabulary and every edition of a rulebook kept as text came with this release: a
    statute that was added beside it did not, nor did an edition of an earlier release that has been
    mended since, nor one that somebody has rewritten. These cannot be told apart here."""
    data = json.loads(text)
    texts = [str(data["vocabulary"]), *(str(one["text"]) for one in data["editions"])]
    return {sha256(one.encode()).hexdigest() for one in texts} <= known()


def came_with(data: bytes) -> bool:
    """The same of bytes that may be no rulebook at all."""
    try:
        return ours(data.decode("utf-8"))
    except (ValueError, LookupError, TypeError):
        return False


@cache
def known() -> frozenset[str]:
    """The hashes of all texts of this release."""
    carried = resources.files(__package__) / FILE
    return frozenset(carried.read_text("ascii").split() if carried.is_file() else shipped())


def shipped() -> list[str]:
    """The same in order, of the packs themselves."""
    # Not there in the verifier in one file.
    from kerege.constitution import packs

    found = set()
    for country in packs.countries():
        of_one = packs.load(country)
        found |= {of_one.vocabulary.text, *(edition.text for edition in of_one.editions.values())}
    return sorted(sha256(text.encode()).hexdigest() for text in found)

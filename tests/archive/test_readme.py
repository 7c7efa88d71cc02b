"""The README of an export: nothing that lies in the folder goes without a word."""

import hashlib
import json

from kerege.archive.readme import readme
from kerege.constitution import packs
from kerege.municipality.acts import ACTS
from kerege.words import LANGUAGES, shipped


def test_it_begins_in_three_languages():
    at = [readme().index(shipped("archive", "readme")["readme.intro"][one]) for one in LANGUAGES]
    assert at == sorted(at)


def test_every_act_is_listed_with_its_fields():
    lines = readme().splitlines()
    for name, act in ACTS.items():
        after = lines[lines.index(name) + 1 :]
        fields = [line.split()[0] for line in after[: len(act.told())]]
        assert fields == sorted(act.told())


def test_no_sign_of_the_source_is_left_in_it():
    assert "``" not in readme() and "::" not in readme()


def test_the_digest_of_a_rulebook_is_told_so_that_anyone_can_make_it():
    """As the README says it, by other means than the program's."""
    told = " ".join(readme().split())
    assert 'the line "kerege-rulebook/v1" and then, for the vocabulary and each edition' in told
    book = packs.load().rulebook(packs.load().pinned("kg-2010"))
    kept = json.loads(packs.text_of(book))
    texts = [kept["vocabulary"], *(one["text"] for one in kept["editions"])]
    said = b"kerege-rulebook/v1\n" + b"".join(
        str(len(text.encode())).encode() + b"\n" + text.encode() for text in texts
    )
    assert hashlib.sha256(said).hexdigest() == book.digest

"""The law of this release is known by its texts, in a house and in the verifier in one file."""

import io
import json
import zipfile

import pytest

from kerege.archive import law_of_release, verifier
from kerege.constitution import packs
from tests.archive.making import rulebooks

BOOK = packs.text_of(next(iter(rulebooks().values())))


def test_a_rulebook_of_this_release_is_ours_and_one_empty_line_makes_it_another() -> None:
    assert law_of_release.ours(BOOK) and law_of_release.came_with(BOOK.encode())
    for part in ("vocabulary", "editions"):
        said = json.loads(BOOK)
        if part == "vocabulary":
            said[part] += "\n"
        else:
            said[part][-1]["text"] += "\n"
        assert not law_of_release.ours(json.dumps(said))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b'{"vocabulary": 1}', b"null"])
def test_what_is_no_rulebook_did_not_come_with_it(data: bytes) -> None:
    assert not law_of_release.came_with(data)


def test_the_verifier_in_one_file_carries_the_hashes_and_no_law() -> None:
    with zipfile.ZipFile(io.BytesIO(verifier.build())) as archive:
        said = archive.read(f"kerege/archive/{law_of_release.FILE}").decode().split()
        assert not [name for name in archive.namelist() if name.endswith(".md")]
    assert said == law_of_release.shipped() and {*said} == law_of_release.known()

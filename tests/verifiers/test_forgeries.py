"""Each forgery of a register is found by both verifiers, and called what it is."""

from tools import forging

CALLED = [
    "altered",
    "truncated",
    "reordered",
    "re_signed",
    "split_view",
    "rolled_back",
    "other_register",
    "bad_ruling",
]
# What a keeper with the key states falsely, which only whoever folds the entries finds.
LIES = ["bad_facts", "bad_grounds", "bad_act", "not_entitled", "bad_late"]
ANOTHER_LAW = "other_rulebook"


def test_every_forgery_is_called_what_it_is(tmp_path):
    found = list(forging.named(tmp_path))
    told = [full[0]["code"] for _, full, _ in found if full]
    assert told == [*CALLED, *LIES, ANOTHER_LAW]
    assert [alone[0]["code"] for _, _, alone in found[: len(CALLED)]] == CALLED
    assert not any(alone for _, _, alone in found[len(CALLED) : len(CALLED + LIES)])
    # The one file knows the law of its release as well.
    assert found[len(CALLED + LIES)][2][0]["code"] == ANOTHER_LAW


def test_what_nobody_finds_who_kept_nothing_is_said_to_be_so(tmp_path):
    found = [one for one in forging.named(tmp_path) if one[0].endswith(forging.UNKNOWN)]
    assert len(found) == 3 and not any(full or alone for _, full, alone in found)


def test_the_table_in_the_docs_is_of_these_forgeries():
    said = (forging.ROOT / "docs/trust.md").read_text("utf-8").partition(forging.BEGIN)[2]
    assert all(
        f"`{code}`" in said.partition(forging.END)[0] for code in [*CALLED, *LIES, ANOTHER_LAW]
    )

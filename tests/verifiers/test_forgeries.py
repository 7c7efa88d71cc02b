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


def test_every_forgery_is_called_what_it_is(tmp_path):
    found = list(forging.named(tmp_path))
    assert [full[0]["code"] for _, full, _ in found] == CALLED + LIES
    assert [alone[0]["code"] for _, _, alone in found[: len(CALLED)]] == CALLED
    assert not any(alone for _, _, alone in found[len(CALLED) :])


def test_the_table_in_the_docs_is_of_these_forgeries():
    said = (forging.ROOT / "docs/trust.md").read_text("utf-8").partition(forging.BEGIN)[2]
    assert all(f"`{code}`" in said.partition(forging.END)[0] for code in CALLED + LIES)

"""Witnesses: the specification's request, and an answer for every history put to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import merkle, witness
from kerege.register.checkpoint import Checkpoint
from kerege.register.checkpoint import sign as sign_checkpoint
from kerege.register.cosignature import Cosigner, take
from kerege.register.merkle import EMPTY_ROOT, Tree, leaf_hash
from kerege.register.note import Signer, sign, to_base64
from kerege.register.witness import Answer, Known, RequestError, consider

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
THIEF = Signer(NARYN.name, b"t" * 32)
OSH = Cosigner("witness.example.kg/osh", b"o" * 32)
TREE = Tree(leaf_hash(bytes([number])) for number in range(40))
FORKED = Tree(leaf_hash(bytes([number * (number != 3)])) for number in range(40))
NEW = Known((NARYN.verifier,))
EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""  # noqa: E501


def note_of(size: int, tree: Tree = TREE, signer: Signer = NARYN) -> bytes:
    return sign_checkpoint(Checkpoint(signer.name, size, tree.root(size)), signer)


def known(size: int, tree: Tree = TREE) -> Known:
    return Known((NARYN.verifier,), size, tree.root(size))


def ask(
    state: Known | None, old: int, size: int, tree: Tree = TREE, signer: Signer = NARYN
) -> Answer:
    proof = tree.consistency_proof(old, size) if old <= size else []
    return answer(state, old, proof, note_of(size, tree, signer))


def answer(state: Known | None, old: int, proof: list[bytes], note: bytes) -> Answer:
    return consider(state, witness.parse(witness.format(old, proof, note)))


def test_the_request_of_the_specification() -> None:
    request = witness.parse(EXAMPLE.encode())
    assert (request.old, request.size) == (20_852_014, 20_852_163)
    assert request.origin == "example.com/behind-the-sofa"
    assert to_base64(request.root) == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    assert request.text == "".join(EXAMPLE.splitlines(keepends=True)[6:9])
    assert len(request.proof) == 4 and request.note == EXAMPLE.partition("\n\n")[2].encode()
    assert witness.format(request.old, request.proof, request.note) == EXAMPLE.encode()


def test_a_register_is_followed_from_its_first_checkpoint_on() -> None:
    state = NEW
    for old, size in [(0, 1), (1, 1), (1, 2), (2, 7), (7, 7), (7, 8), (8, 33), (33, 40)]:
        body = witness.format(old, TREE.consistency_proof(old, size), note_of(size))
        request = witness.parse(body)
        assert consider(state, request) == Answer(200)
        line = OSH.signature_line(request.text, 1_000).encode()
        assert take(request.note, line, OSH.verifier)[1] == 1_000
        state = Known(state.verifiers, request.size, request.root)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40))
def test_only_what_continues_the_last_is_cosigned(seen: int, old: int, size: int) -> None:
    said = ask(known(seen), old, size)
    if old > size:
        assert said.status == 400
    elif old != seen:
        assert said == Answer(409, f"{seen}\n", "text/x.tlog.size")
        assert witness.read_size(said.body.encode()) == seen
    else:
        assert said == Answer(200)


@given(st.integers(4, 40), st.integers(4, 40))
def test_another_history_is_never_cosigned(seen: int, size: int) -> None:
    if seen > size:
        assert ask(known(seen), seen, size, FORKED).status == 400
        assert ask(known(seen), size, size, FORKED).status == 409
    else:
        assert ask(known(seen), seen, size, FORKED).status == 422
        true = answer(known(seen), seen, TREE.consistency_proof(seen, size), note_of(size, FORKED))
        assert true.status == 422
    assert ask(known(seen), 0, size, FORKED).status == 409


def test_the_same_size_has_the_same_root() -> None:
    assert ask(known(7), 7, 7).status == 200
    assert ask(known(7), 7, 7, FORKED).status == 422
    assert answer(known(7), 7, [bytes(32)], note_of(7)).status == 422


def test_a_proof_must_be_there_and_be_whole() -> None:
    proof = TREE.consistency_proof(7, 20)
    for wrong in ([], proof[:-1], [*proof, bytes(32)], proof[::-1], [bytes(32), *proof[1:]]):
        assert answer(known(7), 7, wrong, note_of(20)).status == 422
    # From nothing on there is no proof, and none may be sent.
    assert answer(NEW, 0, [], note_of(20)).status == 200
    assert answer(NEW, 0, [bytes(32)], note_of(20)).status == 422


def test_an_unknown_origin_is_not_watched() -> None:
    said = ask(None, 0, 5)
    assert said.status == 404 and NARYN.name in said.body


def test_a_register_must_have_signed_with_a_known_key() -> None:
    assert ask(NEW, 0, 5, signer=THIEF).status == 403
    good = note_of(5)
    assert answer(NEW, 0, [], good.replace(b"\n5\n", b"\n6\n")).status == 403
    # One good signature does not make up for a bad one of a known key.
    twice = good + note_of(6).partition(b"\n\n")[2]
    assert answer(NEW, 0, [], twice).status == 403
    # Signatures by unknown keys are nothing to a witness.
    strange = good + note_of(6, signer=THIEF).partition(b"\n\n")[2]
    assert answer(NEW, 0, [], strange).status == 200
    both = Known((THIEF.verifier, NARYN.verifier))
    assert answer(both, 0, [], good).status == 200
    # What nobody known has signed learns nothing of the state.
    assert ask(known(7), 3, 5, signer=THIEF).status == 403


def test_an_empty_register_has_the_root_of_the_empty_tree() -> None:
    empty = sign(f"{NARYN.name}\n0\n{to_base64(EMPTY_ROOT)}\n", NARYN)
    assert answer(NEW, 0, [], empty).status == 200
    assert answer(known(5), 0, [], empty) == Answer(409, "5\n", "text/x.tlog.size")
    assert answer(known(5), 5, [], empty).status == 400
    false = sign(f"{NARYN.name}\n0\n{to_base64(bytes(32))}\n", NARYN)
    assert answer(NEW, 0, [], false).status == 422


def test_lines_that_other_registers_add_are_signed_with_the_rest() -> None:
    text = f"{NARYN.name}\n5\n{to_base64(TREE.root(5))}\nan extension\n"
    request = witness.parse(witness.format(0, [], sign(text, NARYN)))
    assert request.text == text and consider(NEW, request).status == 200


GOOD = witness.format(3, TREE.consistency_proof(3, 5), note_of(5)).decode()
FIRST = GOOD.splitlines()[1]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "old 0\n",
        "old 0\n\n",
        GOOD.replace("old 3", "old 03"),
        GOOD.replace("old 3", "old -3"),
        GOOD.replace("old 3", "old +3"),
        GOOD.replace("old 3", "old 3 "),
        GOOD.replace("old 3", "old  3"),
        GOOD.replace("old 3", "old ٣"),
        GOOD.replace("old 3", "Old 3"),
        GOOD.replace("old 3", "size 3"),
        GOOD.replace("old 3\n", ""),
        GOOD.replace("old 3\n", "old 3\r\n"),
        GOOD.replace("old 3", "old " + "9" * 5_000),
        GOOD.replace("old 3\n", "old 3\n\n"),
        GOOD.replace(FIRST, FIRST[:-1]),
        GOOD.replace(FIRST, to_base64(bytes(31))),
        GOOD.replace(FIRST, "not base64"),
        GOOD.replace(FIRST, f"{FIRST}\n" * 63 + FIRST),
        GOOD.replace("\n5\n", "\n05\n"),
        GOOD.replace("\n5\n", "\n-5\n"),
        GOOD.replace("\n5\n", "\n\n"),
        GOOD.replace("\n5\n", "\n9223372036854775808\n"),
        GOOD.replace(to_base64(TREE.root(5)), to_base64(bytes(31))),
        GOOD.replace(to_base64(TREE.root(5)) + "\n", ""),
        GOOD.replace(f"{NARYN.name}\n5", "\n5"),
        GOOD.partition("—")[0],
        GOOD.removesuffix("\n"),
    ],
)
def test_another_body_is_no_request(body: str) -> None:
    with pytest.raises(RequestError):
        witness.parse(body.encode())


def test_a_request_has_a_greatest_length() -> None:
    with pytest.raises(RequestError, match="too many"):
        witness.parse(b"old 0\n\n" + bytes(1_003_000))


def test_sixty_three_hashes_are_read() -> None:
    body = witness.format(3, [bytes(32)] * 63, note_of(5))
    assert len(witness.parse(body).proof) == 63


@pytest.mark.parametrize("body", [b"", b"5", b"05\n", b"-5\n", b"5\n\n", b"5 \n", b"\xff\n"])
def test_another_answer_says_no_size(body: bytes) -> None:
    with pytest.raises(RequestError):
        witness.read_size(body)


def test_sizes_are_read_to_the_limit() -> None:
    assert witness.read_size(b"0\n") == 0
    assert witness.read_size(b"9223372036854775807\n") == 2**63 - 1
    with pytest.raises(RequestError):
        witness.read_size(b"9223372036854775808\n")


def test_where_a_witness_shows_what_it_saw() -> None:
    assert witness.monitoring_path("example.com/behind-the-sofa") == (
        "5fd2dc0beb4ce54da5050cf6d5c75248b023abad441c3cecde3976fbe9da4fe4/checkpoint"
    )


def test_nobody_is_known_from_size_0_on() -> None:
    assert (NEW.size, NEW.root) == (0, merkle.EMPTY_ROOT)

"""Policies: the specification's example, every rule with its line, and what a quorum comes to."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import policy
from kerege.register.checkpoint import Checkpoint
from kerege.register.checkpoint import sign as sign_checkpoint
from kerege.register.cosignature import Cosigner
from kerege.register.note import NoteError, Signer, Verifier, sign
from kerege.register.policy import Group, Log, Policy, PolicyError, Witness, satisfied

NARYN = Signer("register.example.kg/naryn", bytes(range(32)))
OTHER = Signer("register.example.kg/talas", b"o" * 32)
STATED = Checkpoint(NARYN.name, 4, bytes(32))
NOTE = sign_checkpoint(STATED, NARYN)
TEXT = NOTE.decode().partition("\n\n")[0] + "\n"
COSIGNERS = {
    name: Cosigner(f"witness.example.kg/{name}", name.encode() * 16)
    for name in ("X1", "X2", "X3", "Y1", "Y2", "Y3")
}
VKEY = {name: cosigner.verifier.vkey for name, cosigner in COSIGNERS.items()}
EXAMPLE = f"""log {NARYN.verifier.vkey}

witness X1 {VKEY["X1"]}
witness X2 {VKEY["X2"]}
witness X3 {VKEY["X3"]}
group X-witnesses 2 X1 X2 X3

witness Y1 {VKEY["Y1"]}
witness Y2 {VKEY["Y2"]}
witness Y3 {VKEY["Y3"]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""
LOG = f"log {NARYN.verifier.vkey}\n"
WITNESS = f"witness X1 {VKEY['X1']}\n"


def cosigned(*names: str) -> bytes:
    return NOTE + "".join(COSIGNERS[name].signature_line(TEXT, 1_000) for name in names).encode()


def test_the_example_of_the_specification() -> None:
    read = policy.parse(EXAMPLE.encode())
    assert read == Policy(
        (Log(NARYN.verifier),),
        {name: Witness(cosigner.verifier) for name, cosigner in COSIGNERS.items()},
        {
            "X-witnesses": Group(2, ("X1", "X2", "X3")),
            "Y-witnesses": Group(1, ("Y1", "Y2", "Y3")),
            "X-and-Y": Group(2, ("X-witnesses", "Y-witnesses")),
        },
        "X-and-Y",
    )
    assert policy.parse(policy.format(read)) == read


def test_the_quorum_of_the_example_holds_as_it_says() -> None:
    read = policy.parse(EXAMPLE.encode())
    for chosen in product((False, True), repeat=6):
        names = [name for name, is_in in zip(COSIGNERS, chosen, strict=True) if is_in]
        standing = satisfied(read, cosigned(*names))
        assert standing.checkpoint == STATED
        assert standing.times == dict.fromkeys(names, 1_000)
        assert standing.enough == (sum(chosen[:3]) >= 2 and any(chosen[3:]))


def test_a_single_witness_or_nobody_is_a_quorum() -> None:
    one = policy.parse(f"{LOG}{WITNESS}quorum X1\n".encode())
    assert satisfied(one, cosigned("X1")).enough
    assert not satisfied(one, cosigned()).enough
    assert not satisfied(one, cosigned("X2", "Y1")).enough
    nobody = policy.parse(f"{LOG}{WITNESS}quorum none\n".encode())
    assert satisfied(nobody, NOTE).enough
    assert satisfied(nobody, cosigned("X1")).times == {"X1": 1_000}


def test_a_register_of_the_policy_must_have_signed() -> None:
    read = policy.parse(EXAMPLE.encode())
    with pytest.raises(NoteError, match="no known key"):
        satisfied(read, sign(TEXT, OTHER))
    with pytest.raises(NoteError, match="no known key"):
        satisfied(policy.parse(b"quorum none\n"), NOTE)
    # A log of the policy that signs for another's origin.
    both = policy.parse(f"{LOG}log {OTHER.verifier.vkey}\nquorum none\n".encode())
    with pytest.raises(NoteError, match="no known key"):
        satisfied(both, sign(TEXT, OTHER))
    assert satisfied(both, NOTE).checkpoint == STATED
    with pytest.raises(NoteError, match="three lines"):
        satisfied(read, sign("Dear residents,\n", NARYN))


def test_a_bad_signature_by_a_known_key_spoils_the_note() -> None:
    read = policy.parse(EXAMPLE.encode())
    moved = COSIGNERS["X1"].signature_line(TEXT.replace("\n4\n", "\n5\n"), 1_000)
    with pytest.raises(NoteError, match="invalid cosignature"):
        satisfied(read, cosigned("X2", "X3", "Y1") + moved.encode())


def test_spaces_comments_and_urls() -> None:
    text = (
        "\t# who watches\n \t \n"
        f"  log\t{NARYN.verifier.vkey} \t https://register.example.kg/naryn  \n"
        f"witness Нарын\t{VKEY['X1']}  https://witness.example.kg/X1\n"
        f"witness \N{KELVIN SIGN} {VKEY['X2']}\nwitness K {VKEY['X3']}\n"
        "#group\ngroup #2 1 Нарын K\nquorum\t#2"
    )
    read = policy.parse(text.encode() + b"\n")
    assert read.logs == (Log(NARYN.verifier, "https://register.example.kg/naryn"),)
    assert read.witnesses["Нарын"].url == "https://witness.example.kg/X1"
    assert [*read.witnesses] == ["Нарын", "\N{KELVIN SIGN}", "K"]
    assert read.quorum == "#2"
    assert policy.parse(policy.format(read)) == read


def test_bytes_that_are_no_utf_8_are_names_too() -> None:
    data = LOG.encode() + b"witness \xff\xc3 " + VKEY["X1"].encode() + b"\nquorum \xff\xc3\n"
    read = policy.parse(data)
    assert policy.format(read) == data
    assert satisfied(read, cosigned("X1")).enough
    # A space to Unicode, a name to a policy.
    data = data.replace(b"\xff\xc3", "\N{NO-BREAK SPACE}".encode())
    assert [*policy.parse(data).witnesses] == ["\N{NO-BREAK SPACE}"]


W2 = f"witness X2 {VKEY['X2']}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "^there is no line that begins with quorum$"),
        (LOG, "there is no line"),
        ("quorum none", "line 1: the last line does not end"),
        ("quorum none\r\n", "line 1: a control character"),
        ("quorum none\n\0\n", "line 2: a control character"),
        ("quorum none\n# \x7f\n", "line 2: a control character"),
        ("quorum none\nquorum none\n", "line 2: a second quorum"),
        ("quorum\n", "line 1: a quorum is one name"),
        ("quorum none none\n", "line 1: a quorum is one name"),
        ("quorum X1\n", "line 1: no earlier line defines 'X1'"),
        (f"quorum X1\n{WITNESS}", "line 1: no earlier line defines 'X1'"),
        ("quorums none\n", "line 1: 'quorums' begins no line"),
        ("Quorum none\n", "line 1: 'Quorum' begins no line"),
        ("log\n", "line 1: a log has a key"),
        (f"{LOG[:-1]} a b\n", "line 1: a log has a key"),
        ("log nonsense\n", "line 1: "),
        (f"log {VKEY['X1']}\n", "line 1: the verifier key is not of the kind Ed25519$"),
        (f"\n{LOG}{LOG}", "line 3: this log's key stands on an earlier line"),
        (
            f"{LOG}log {Verifier('renamed', NARYN.verifier.public_key).vkey}\n",
            "line 2: this log's key stands",
        ),
        ("witness X1\n", "line 1: a witness has a name"),
        (f"{WITNESS[:-1]} a b\n", "line 1: a witness has a name"),
        (f"witness X1 {NARYN.verifier.vkey}\n", "line 1: .* Ed25519 cosignature"),
        (f"witness none {VKEY['X1']}\n", "line 1: the name 'none' is taken"),
        (f"{WITNESS}witness X1 {VKEY['X2']}\n", "line 2: the name 'X1' is taken"),
        (f"{WITNESS}witness X9 {VKEY['X1']}\n", "line 2: this witness's key stands"),
        (f"{WITNESS}group G any\n", "line 2: a group has"),
        (f"{WITNESS}group X1 any X1\n", "line 2: the name 'X1' is taken"),
        (f"{WITNESS}group none any X1\n", "line 2: the name 'none' is taken"),
        (f"{WITNESS}group G any none\n", "line 2: no earlier line defines 'none'"),
        (f"{WITNESS}group G any G\n", "line 2: no earlier line defines 'G'"),
        (f"{WITNESS}group G any X2\n{W2}", "line 2: no earlier line defines 'X2'"),
        (f"{WITNESS}group G any X1 X1\n", "line 2: 'X1' is a member already"),
        (f"{WITNESS}group G any X1\ngroup H any X1\n", "line 3: 'X1' is a member already"),
        (f"{WITNESS}group G 0 X1\n", "line 2: '0' of 1 members"),
        (f"{WITNESS}group G 2 X1\n", "line 2: '2' of 1 members"),
        (f"{WITNESS}group G 01 X1\n", "line 2: '01' of 1 members"),
        (f"{WITNESS}group G +1 X1\n", "line 2: '\\+1' of 1 members"),
        (f"{WITNESS}group G some X1\n", "line 2: 'some' of 1 members"),
        (f"{WITNESS}group G {'9' * 5_000} X1\n", "line 2: "),
        ("#" * 100_001, "100001 bytes"),
    ],
)
def test_what_is_no_policy_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(PolicyError, match=reason):
        policy.parse(text.encode())


def test_thirty_two_of_each_are_read() -> None:
    lines = [f"log {Signer(f'log{n}', bytes([n] * 32)).verifier.vkey}" for n in range(32)]
    for n in range(32):
        lines.append(f"witness w{n} {Cosigner(f'w{n}', bytes([n] * 32)).verifier.vkey}")
        lines.append(f"group g{n} all w{n}" + (f" g{n - 1}" if n else ""))
    read = policy.parse("\n".join([*lines, "quorum g31\n"]).encode())
    assert (len(read.logs), len(read.witnesses), len(read.groups)) == (32, 32, 32)


def test_what_could_not_be_read_back_is_not_written() -> None:
    for name in ("", "two words", "#"):
        written = Policy((), {name: Witness(COSIGNERS["X1"].verifier)}, {}, name)
        if name == "#":
            assert policy.parse(policy.format(written)) == written
        else:
            with pytest.raises(PolicyError):
                policy.format(written)
    with pytest.raises(PolicyError, match="no earlier line"):
        policy.format(Policy(quorum="nobody"))


WORDS = ("log", "witness", "group", "quorum", "none", "any", "1", "X1", "G", VKEY["X1"], "\n", "#")


@given(st.lists(st.sampled_from(WORDS), max_size=24))
def test_any_words_are_refused_or_make_a_policy(words: list[str]) -> None:
    try:
        read = policy.parse(" ".join([*words, "\n"]).encode())
    except PolicyError:
        return
    assert policy.parse(policy.format(read)) == read

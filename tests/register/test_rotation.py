"""Statements about keys: their exact text, and who alone may make them."""

import pytest

from kerege.register import rotation
from kerege.register.cosignature import Cosigner
from kerege.register.note import NoteError, Signer, Verifier, sign

NAME = "register.example.kg/naryn"
OLD = Signer(NAME, bytes(range(32)))
NEW = Signer(NAME, b"n" * 32)
THIEF = Signer(NAME, b"t" * 32)
SAFE = Signer(f"{NAME}/safe", b"s" * 32)
SAFER = Signer(f"{NAME}/safer", b"r" * 32)


def rotated(why: str, *signers: Signer, new: Signer = NEW) -> bytes:
    return sign(rotation.statement(NAME, OLD.verifier.vkey, new.verifier.vkey, why), *signers)


def declared(key: Signer, *signers: Signer) -> bytes:
    return sign(rotation.recovery_statement(NAME, key.verifier.vkey), *signers)


def check(
    note: bytes,
    why: str,
    recovery: Verifier | None = None,
    in_force: Signer = OLD,
    new: Signer = NEW,
) -> Verifier:
    return rotation.check(note, in_force.verifier, recovery, new.verifier.vkey, why)


def test_the_exact_texts() -> None:
    assert rotation.statement(NAME, OLD.verifier.vkey, NEW.verifier.vkey, "stolen") == (
        f"kerege/rotate-key/v1\n{NAME}\n"
        f"old {OLD.verifier.vkey}\nnew {NEW.verifier.vkey}\nwhy stolen\n"
    )
    assert rotation.recovery_statement(NAME, SAFE.verifier.vkey) == (
        f"kerege/declare-recovery/v1\n{NAME}\nrecovery {SAFE.verifier.vkey}\n"
    )


def test_a_key_names_its_follower() -> None:
    assert check(rotated("routine", OLD), "routine") == NEW.verifier
    assert check(rotated("routine", OLD), "routine", SAFE.verifier) == NEW.verifier
    assert check(rotated("routine", NEW, OLD), "routine") == NEW.verifier


@pytest.mark.parametrize("why", ["lost", "stolen"])
def test_of_a_lost_or_stolen_key_the_recovery_key_speaks(why: str) -> None:
    assert check(rotated(why, SAFE), why, SAFE.verifier) == NEW.verifier
    with pytest.raises(NoteError, match="naryn/safe has not signed"):
        check(rotated(why, OLD), why, SAFE.verifier)
    with pytest.raises(NoteError, match=f"the key is {why}, and no recovery key was declared"):
        check(rotated(why, OLD), why)
    with pytest.raises(NoteError, match="naryn/safe has not signed"):
        check(rotated(why, SAFER), why, SAFE.verifier)


def test_the_recovery_key_does_not_rotate_in_the_routine_way() -> None:
    with pytest.raises(NoteError, match="naryn has not signed"):
        check(rotated("routine", SAFE), "routine", SAFE.verifier)


def test_a_key_not_in_force_names_nobody() -> None:
    with pytest.raises(NoteError, match="has not signed the statement: no known key"):
        check(rotated("routine", THIEF), "routine")
    with pytest.raises(NoteError, match="has not signed the statement: no known key"):
        check(rotated("routine", NEW), "routine")


def test_a_statement_says_exactly_what_the_entry_says() -> None:
    with pytest.raises(NoteError, match="another statement"):
        check(rotated("routine", OLD, new=THIEF), "routine")
    with pytest.raises(NoteError, match="another statement"):
        check(rotated("stolen", SAFE), "lost", SAFE.verifier)
    with pytest.raises(NoteError, match="another statement"):
        check(declared(SAFE, OLD), "routine")
    # A statement of the past does not hold again once another key is in force.
    with pytest.raises(NoteError, match="another statement"):
        check(rotated("routine", OLD, THIEF), "routine", in_force=THIEF)


def test_a_changed_signature_is_no_signature() -> None:
    note = rotated("routine", OLD)
    with pytest.raises(NoteError, match="invalid signature"):
        check(note.replace(b"why routine", b"why stolen"), "routine")


@pytest.mark.parametrize(
    ("old", "new", "why", "reason"),
    [
        (OLD, OLD, "routine", "the new key is the old one"),
        (OLD, SAFE, "routine", "naryn/safe does not sign for"),
        (SAFE, NEW, "routine", "naryn/safe does not sign for"),
        (OLD, NEW, "", "a key is changed as routine, lost, stolen, not ''"),
        (OLD, NEW, "routine\nwhy lost", "not 'routine"),
        (OLD, Cosigner(NAME, b"w" * 32), "routine", "not of the kind Ed25519"),
    ],
)
def test_what_cannot_be_stated(old: Signer, new: Signer | Cosigner, why: str, reason: str) -> None:
    with pytest.raises(NoteError, match=reason):
        rotation.statement(NAME, old.verifier.vkey, new.verifier.vkey, why)


def test_a_recovery_key_is_declared_by_the_key_in_force() -> None:
    vkey = SAFE.verifier.vkey
    assert rotation.check_recovery(declared(SAFE, OLD), OLD.verifier, None, vkey) == SAFE.verifier
    for signers in ([THIEF], [SAFE]):
        with pytest.raises(NoteError, match="naryn has not signed"):
            rotation.check_recovery(declared(SAFE, *signers), OLD.verifier, None, vkey)
    with pytest.raises(NoteError, match="another statement"):
        rotation.check_recovery(declared(SAFER, OLD), OLD.verifier, None, vkey)


def test_the_earlier_recovery_key_must_agree_to_a_new_one() -> None:
    vkey = SAFER.verifier.vkey
    both = declared(SAFER, OLD, SAFE)
    assert rotation.check_recovery(both, OLD.verifier, SAFE.verifier, vkey) == SAFER.verifier
    with pytest.raises(NoteError, match="naryn/safe has not signed"):
        rotation.check_recovery(declared(SAFER, OLD), OLD.verifier, SAFE.verifier, vkey)
    with pytest.raises(NoteError, match="naryn has not signed"):
        rotation.check_recovery(declared(SAFER, SAFE), OLD.verifier, SAFE.verifier, vkey)


def test_the_keys_of_a_register_are_apart() -> None:
    with pytest.raises(NoteError, match="a name of its own"):
        rotation.recovery_statement(NAME, NEW.verifier.vkey)
    with pytest.raises(NoteError, match="cannot name a key"):
        rotation.recovery_statement("two words", SAFE.verifier.vkey)
    twin = Signer(f"{NAME}/twin", OLD.seed)
    with pytest.raises(NoteError, match="the recovery key is the key in force"):
        rotation.check_recovery(declared(twin, OLD), OLD.verifier, None, twin.verifier.vkey)
    twin = Signer(f"{NAME}/twin", NEW.seed)
    with pytest.raises(NoteError, match="the recovery key cannot be the new key"):
        check(rotated("lost", twin), "lost", twin.verifier)

"""What is signed when a register changes its key.

A register begins with one key. Two statements, each the text of a signed note, change what holds:

    kerege/rotate-key/v1                            <- from here on, the new key signs
    register.example.kg/naryn                          for this register, and
    old register.example.kg/naryn+2a7c…             <- this one no longer does,
    new register.example.kg/naryn+93d1…
    why stolen                                      <- routine, lost or stolen

    kerege/declare-recovery/v1                      <- if the key is lost or stolen,
    register.example.kg/naryn                          then for this register
    recovery register.example.kg/naryn/safe+5e0b…   <- this one may name the next

A key in force names its follower in the routine way. Of a lost or stolen key the recovery key
speaks alone: whoever stole a key must not be able to pass it on, nor to say that it was stolen. The
recovery key is declared by the key in force, and replaced only with the earlier recovery key's
signature beside it. It signs no checkpoint, so it can lie in a safe.

The first line is no register's origin, and no statement has a checkpoint's three lines with a
number in the second, so neither is taken for the other. The register's entries carry these notes,
and so they say from which size on a statement holds.
"""

from collections.abc import Sequence

from kerege.register.note import NoteError, Verifier, check_name, open_note

REASONS = ("routine", "lost", "stolen")
"""Why a key is changed."""


def statement(origin: str, old_vkey: str, new_vkey: str, why: str) -> str:
    """Return the text that puts the key `new_vkey` in the place of `old_vkey`.

    Raises `NoteError` for a key that is malformed or not of `origin`'s name, for a key that would
    follow itself, and for a reason that is not of `REASONS`.
    """
    old, new = Verifier.from_vkey(old_vkey), Verifier.from_vkey(new_vkey)
    for key in (old, new):
        if key.name != origin:
            raise NoteError(f"{key.name} does not sign for {origin}")
    if new.public_key == old.public_key:
        raise NoteError("the new key is the old one")
    if why not in REASONS:
        raise NoteError(f"a key is changed as {', '.join(REASONS)}, not {why!a}")
    return f"kerege/rotate-key/v1\n{origin}\nold {old_vkey}\nnew {new_vkey}\nwhy {why}\n"


def recovery_statement(origin: str, vkey: str) -> str:
    """Return the text that makes `vkey` the recovery key of the register `origin`.

    Raises `NoteError` for a malformed key, and for one that bears the register's own name.
    """
    check_name(origin)
    if Verifier.from_vkey(vkey).name == origin:
        raise NoteError(f"a recovery key has a name of its own, not {origin}")
    return f"kerege/declare-recovery/v1\n{origin}\nrecovery {vkey}\n"


def check(
    note: bytes, in_force: Verifier, recovery: Verifier | None, new_vkey: str, why: str
) -> Verifier:
    """Return the new key, when `note` rightly puts it in the place of the key `in_force`.

    `recovery` is the recovery key declared so far. Raises `NoteError` when the statement is another
    one, or is not signed by the key that must sign it.
    """
    expected = statement(in_force.name, in_force.vkey, new_vkey, why)
    new = Verifier.from_vkey(new_vkey)
    if why == "routine":
        signers = [in_force]
    elif recovery is None:
        raise NoteError(f"the key is {why}, and no recovery key was declared")
    else:
        signers = [recovery]
    if recovery is not None and new.public_key == recovery.public_key:
        raise NoteError("the recovery key cannot be the new key")
    _check_signed(note, expected, signers)
    return new


def check_recovery(
    note: bytes, in_force: Verifier, earlier: Verifier | None, vkey: str
) -> Verifier:
    """Return the recovery key, when `note` rightly declares it under the key `in_force`.

    `earlier` is the recovery key declared so far, which must agree. Raises `NoteError` as `check`.
    """
    expected = recovery_statement(in_force.name, vkey)
    recovery = Verifier.from_vkey(vkey)
    if recovery.public_key == in_force.public_key:
        raise NoteError("the recovery key is the key in force")
    _check_signed(note, expected, [in_force] if earlier is None else [in_force, earlier])
    return recovery


def _check_signed(note: bytes, expected: str, signers: Sequence[Verifier]) -> None:
    for signer in signers:
        try:
            text = open_note(note, [signer])
        except NoteError as error:
            raise NoteError(f"{signer.name} has not signed the statement: {error}") from error
        if text != expected:
            raise NoteError("what was signed is another statement")

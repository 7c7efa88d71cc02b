"""Changing the keys of a register: another one that signs, a recovery key, a copy that goes on.

The new key and the entry that puts it into force are one transaction: after a crash either both are
there or neither. The checkpoint that counts the entry bears the new key's signature, and in the
routine way the old one's beside it. What must have signed what, ``register/rotation.py`` specifies.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from kerege.archive.signed import ROTATE_KEY, Keys
from kerege.municipality import keys as folded
from kerege.municipality.dating import BISHKEK
from kerege.municipality.entry import Actor
from kerege.municipality.problem import malformed
from kerege.municipality.rights import OPERATOR, Speaker
from kerege.register import rotation
from kerege.register.note import NoteError, Signer, sign
from kerege.web import heads, keys, root
from kerege.web.appending import lock, root_at
from kerege.web.gate import Attempt, perform
from kerege.web.keys import Locked
from kerege.web.models import Register
from kerege.web.registers import told


def rotate(register: Register, why: str = "routine", recovery: Signer | None = None) -> int:
    """Put a new key in the place of the one in force; returns the number of the entry. Of a lost
    or stolen key ``recovery`` speaks. Raises Malformed, Behind or Locked."""
    with transaction.atomic():
        lock(register)
        size = told(register).size
        chain = keys.chain(register)
        old = keys.signer(register.origin) if why == "routine" else recovery
        if old is None:
            raise malformed("why", "no_recovery_key")
        new = Signer(register.origin, keys.fresh())
        said = rotation.statement(register.origin, chain.at(size).vkey, new.verifier.vkey, why)
        fields = {"key": new.verifier.vkey, "why": why, "note": sign(said, old).decode()}
        if why != "routine":
            _rightly(register, size, chain, fields)
            # Without the old master key nothing it sealed can be opened; the new key needs one.
            keys.begin_anew()
        if why == "lost":
            _root_goes_on()
        keys.take_in(new, since=size + 1)
        beside = (old,) if why == "routine" else ()
        return by_operator(register, "RotateKey", fields, beside)


def _rightly(register: Register, size: int, chain: Keys, fields: Mapping[str, Any]) -> None:
    """Raise Malformed or Behind where the change would be refused: a new master key that was made
    for nothing would stand in the way of the old one when it is brought back."""
    if folded.recovery(told(register)) is None:
        raise malformed("why", "no_recovery_key")
    try:
        chain.take(size, ROTATE_KEY, fields)
    except NoteError as error:
        raise malformed("note", "not_signed") from error
    here = root_at(register, size) or b""
    heads.hold(register.origin, size, here, lambda earlier: root_at(register, earlier))


def declare_recovery(register: Register, earlier: Signer | None = None) -> Signer:
    """Make and declare a recovery key, which is kept nowhere but with the caller. ``earlier`` is
    the one before, if there was one. Raises Malformed, Behind or Locked."""
    with transaction.atomic():
        lock(register)
        m = told(register)
        if earlier is None and folded.recovery(m) is not None:
            raise malformed("note", "not_signed")
        signers = [keys.signer(register.origin), *([earlier] if earlier else [])]
        # Named after the entry that declares it: each sheet tells which register it is of.
        made = Signer(f"{register.origin}/safe/{m.size}", keys.fresh())
        said = rotation.recovery_statement(register.origin, made.verifier.vkey)
        fields = {"recovery": made.verifier.vkey, "note": sign(said, *signers).decode()}
        by_operator(register, "DeclareRecovery", fields)
        return made


def take_over(register: Register, recovery: Signer) -> int:
    """Go on with a register that was only followed here, since its house and its key are gone.
    Returns the number of the entry. Raises Malformed or Behind."""
    with transaction.atomic():
        lock(register)
        register.mirror_of = ""
        register.save(update_fields=["mirror_of"])
        return rotate(register, "lost", recovery)


def by_operator(
    register: Register, act: str, fields: Mapping[str, Any], beside: Iterable[Signer] = ()
) -> int:
    """Write an entry of the operator in a register; returns its number."""
    return perform(register, attempted(register, act, fields), datetime.now(UTC), beside)


def attempted(register: Register, act: str, fields: Mapping[str, Any]) -> Attempt:
    """What the operator of the server wants to enter today."""
    m, on = told(register), datetime.now(UTC).astimezone(BISHKEK).date()
    if m.identity is not None and m.identity.exercise and m.latest is not None:
        # An exercise lives in its own time; an entry of today would make all its days late.
        on = m.latest
    return Attempt(
        id=str(uuid.uuid4()),
        act=act,
        fields=fields,
        actor=Actor(OPERATOR),
        held_on=on,
        speaker=Speaker("", operator=True),
    )


def _root_goes_on() -> None:
    """Where the root's key is lost as well, it begins again with another."""
    if not root.head()[0]:
        return
    try:
        keys.signer(root.origin())
    except Locked:
        root.begin_again(same_key=False)

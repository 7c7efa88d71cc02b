"""How an act was sent: signed with a passkey, or no more than signed in.

What is signed is what the sender says, as the canonical bytes of::

    {"act", "actor", "evidence", "fields", "held_on", "id", "reason", "v": 2}

exactly as the entry has them, without its personal fields (those are commitments with a salt, which
is drawn when the entry is written). Before the second version there was neither ``v`` nor the paper
(``evidence``) nor the ``reason`` of insisting; what was signed so says no more than it did. The
SHA-256 of these bytes is the challenge of a WebAuthn
assertion (W3C Web Authentication, section 7.2), so anyone who has the entry can check it:
``signature`` is the key's over ``authenticator_data`` and the SHA-256 of ``client_data``, and the
``challenge`` in ``client_data`` is that hash.

It is kept beside the register (``docs/decisions/0019-how-an-act-was-sent.md``).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AuthenticatorData, CollectedClientData

from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.register.canonical import canonical
from kerege.web import private
from kerege.web.models import Register, Sent
from kerege.web.registers import entry_of
from kerege.web.statements import run

PASSKEY = "passkey"
WAYS = (PASSKEY, "code", "password", "signed_in")
# Of what is signed.
VERSION = 2
# An assertion has about 700 bytes; nothing longer is read.
LONGEST = 20_000
_KEEP = (
    "INSERT INTO web_sent (register_id, n, how, public_key, authenticator_data, client_data, "
    "signature) VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, RecursionError, InvalidSignature)


@dataclass(frozen=True, slots=True)
class Sending:
    """How an act is sent: one of ``WAYS``, with the assertion of a passkey."""

    how: str
    public_key: bytes = b""
    authenticator_data: bytes = b""
    client_data: bytes = b""
    signature: bytes = b""

    def json(self) -> dict[str, str]:
        """For a reader's own program: everything in base64url but ``how``."""
        return {
            "how": self.how,
            "public_key": websafe_encode(self.public_key),
            "authenticatorData": websafe_encode(self.authenticator_data),
            "clientDataJSON": websafe_encode(self.client_data),
            "signature": websafe_encode(self.signature),
        }


class NotSigned(Exception):
    """The assertion is not one of this account's passkeys over this act."""


def signed_bytes(one: Any, fields: Mapping[str, Any], reason: str) -> bytes:
    """What the passkey signs of an entry or an attempt, by its hash."""
    paper = one.evidence.json() if one.evidence is not None else None
    return canonical({**_first(one, fields), "evidence": paper, "reason": reason, "v": VERSION})


def of_entry(one: Entry) -> bytes:
    return signed_bytes(one, one.fields, one.reason)


def signed_of(sent: Sending, one: Entry) -> bytes | None:
    """What an assertion signs of an entry, in the version it was made in; None where it signs
    nothing of it."""
    versions = (of_entry(one), canonical(_first(one, one.fields)))
    return next((message for message in versions if fits(sent, message)), None)


def _first(one: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    open_ = {name: value for name, value in fields.items() if name not in _personal(one.act)}
    return {
        "act": one.act,
        "actor": one.actor.json(),
        "fields": open_,
        "held_on": one.held_on.isoformat(),
        "id": one.id,
    }


def of_attempt(attempt: Any) -> bytes:
    """The same bytes before the entry is written; raises Malformed as the gate does."""
    kind = ACTS[attempt.act]
    fields, _ = private.committed(kind, attempt.id, attempt.fields)
    return signed_bytes(attempt, kind.read(fields).json(), attempt.insist)


def options(request: HttpRequest, message: bytes) -> dict[str, Any]:
    """What the browser asks the authenticator for; empty of an account without a passkey."""
    own = auth.get_credentials(request.user)
    if not own:
        return {}
    given, _ = auth.get_server().authenticate_begin(
        credentials=own, challenge=hashlib.sha256(message).digest()
    )
    return dict(given)


def sending(request: HttpRequest, attempt: Any) -> Sending | None:
    """How this request sends the attempt; None of people of the demonstration, who sign in by a
    press. Raises NotSigned, or Malformed as the gate does."""
    given = request.POST.get("credential", "")
    if given:
        return _signed(request, given, of_attempt(attempt))
    kept = get_authentication_records(request, request.user)
    if not kept:
        return None
    ways = {one["method"] for one in kept}
    if "code" in ways or any(one.get("type") in ("totp", "recovery_codes") for one in kept):
        return Sending("code")
    return Sending("password" if ways == {"password"} else "signed_in")


def _signed(request: HttpRequest, given: str, message: bytes) -> Sending:
    challenge = websafe_encode(hashlib.sha256(message).digest())
    state = {"challenge": challenge, "user_verification": "preferred"}
    try:
        if len(given) > LONGEST:
            raise ValueError("no assertion is that long")
        said = json.loads(given)
        own = auth.get_credentials(request.user)
        key = auth.get_server().authenticate_complete(state, own, said).public_key
        response = auth.parse_authentication_response(said).response
        return Sending(
            PASSKEY,
            cbor.encode(dict(key)),
            bytes(response.authenticator_data),
            bytes(response.client_data),
            bytes(response.signature),
        )
    except (*_BROKEN, ValidationError) as broken:
        raise NotSigned from broken


def keep(register: Register, n: int, sent: Sending | None) -> None:
    """Keep how entry ``n`` was sent, in the transaction that writes it."""
    if sent is not None:
        parts = (sent.public_key, sent.authenticator_data, sent.client_data, sent.signature)
        run(_KEEP, [register.pk, n, sent.how, *parts])


def all_of(register: Register) -> Iterator[tuple[int, Sending]]:
    """How the entries of a register were sent, by their numbers."""
    for one in Sent.objects.filter(register=register).order_by("n").iterator():
        parts = (one.public_key, one.authenticator_data, one.client_data, one.signature)
        yield one.n, Sending(one.how, *(bytes(part) for part in parts))


def take(register: Register, lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Keep what came with a register from elsewhere; tells of what does not fit its entries."""
    had = set(Sent.objects.filter(register=register).values_list("n", flat=True))
    names = ("public_key", "authenticatorData", "clientDataJSON", "signature")
    for line in lines:
        n, parts = int(line["n"]), (websafe_decode(line[name]) for name in names)
        if n in had:
            continue
        how, one = Sending(str(line["how"]), *parts), entry_of(register, n)
        if one is None or how.how not in WAYS:
            fitting = False
        else:
            fitting = how.how != PASSKEY or signed_of(how, one) is not None
        if not fitting:
            yield f"left out: how entry {n} was sent does not fit it"
        else:
            keep(register, n, how)


def fits(sent: Sending, message: bytes) -> bool:
    """Whether an assertion is its key's over this message."""
    try:
        client = CollectedClientData(sent.client_data)
        answer = AuthenticatorData(sent.authenticator_data)
        key: Any = cbor.decode(sent.public_key)
        CoseKey.parse(key).verify(sent.authenticator_data + client.hash, sent.signature)
        challenge = hashlib.sha256(message).digest()
        return (
            client.type == "webauthn.get"
            and client.challenge == challenge
            and bool(answer.is_user_present())
        )
    except _BROKEN:
        return False


def _personal(act: str) -> list[str]:
    return private.personal(ACTS[act])

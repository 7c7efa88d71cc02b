"""How an act was sent: said once, beside the register, and never changed."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import DatabaseError, transaction
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AuthenticatorData, CollectedClientData

from kerege.municipality import rights
from kerege.municipality.entry import Actor
from kerege.register.canonical import canonical
from kerege.web import sent
from kerege.web.models import Sent
from kerege.web.places import place
from kerege.web.registers import entry_of
from kerege.web.sent import Sending, of_entry, signed_of
from tests.web.acting import send
from tests.web.signing_in import code_of, katchy, link, raise_issue, sign_in

__all__ = ["katchy"]
pytestmark = pytest.mark.usefixtures("demo")
FIRST = ("act", "actor", "fields", "held_on", "id")


def test_an_act_is_entered_once_and_says_how_it_was_sent(katchy, client):
    mandate = link(katchy)
    sign_in(client)
    first = raise_issue(client, mandate, id="one-and-the-same")
    assert first.status_code == 302
    size = place("on-archa").m.size
    # The other tab, or a second press.
    assert raise_issue(client, mandate, id="one-and-the-same").url == first.url
    assert place("on-archa").m.size == size
    assert Sent.objects.get().how == "password"
    assert "Сырсөз менен" in client.get(first.url).content.decode()
    totp.TOTP.activate(katchy, secret := totp.generate_totp_secret())
    client.post("/sign-out/")
    sign_in(client)
    client.post("/sign-in/second/", {"code": code_of(secret)})
    assert "Бир жолку код" in client.get(raise_issue(client, mandate).url).content.decode()


def test_how_an_act_was_sent_cannot_be_changed(katchy, client):
    sign_in(client)
    raise_issue(client, link(katchy))
    for change in (lambda: Sent.objects.update(how="passkey"), Sent.objects.all().delete):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "forged",
    ["{}", "[]", "null", '"x"', "{" * 9000, "x" * 300_000, '{"id":1,"rawId":"AA","response":{}}'],
)
def test_a_forged_assertion_is_refused_and_writes_nothing(katchy, client, forged):
    mandate = link(katchy)
    sign_in(client)
    size = place("on-archa").m.size
    assert raise_issue(client, mandate, credential=forged).status_code == 400
    assert place("on-archa").m.size == size


def test_a_clerk_acts_for_a_resident_and_the_entry_says_so(katchy, client):
    mandate = link(katchy, "official")
    sign_in(client)
    form = client.get("/en/on-archa/acts/RaiseIssue/").content.decode()
    assert "aria-required" in form and client.get("/on-archa/acts/AdoptBudget/").status_code == 403
    said = {"title": "Жол", "text": "Жолду качан оңдойбуз?", "on": date.today().isoformat()}
    answer = send(client, "on-archa", "RaiseIssue", actor="community", **said)
    assert answer.status_code == 400
    answer = send(client, "on-archa", "RaiseIssue", actor="community", paper="7", **said)
    here = place("on-archa")
    one = entry_of(here.register, here.m.size - 1)
    assert (one.by, one.recorder, one.evidence.number) == ((), mandate, "7")
    page = client.get(f"/en{answer.url}").content.decode()
    holder = here.m.mandates[mandate].holder
    assert f"{holder}, on behalf of residents, from a paper" in page


@pytest.mark.parametrize(("who", "status"), [("clerk", 409), ("recorder", 302)])
def test_what_the_law_refuses_residents_a_clerk_does_not_insist_on(
    katchy, client, person, monkeypatch, who, status
):
    # Little that residents ask is refused: taken as if a new body were asked for on paper too.
    monkeypatch.setattr(rights, "BROUGHT", ("ConstituteBody",))
    link(katchy, "official")
    if who == "clerk":
        sign_in(client)
    else:
        person("on-archa-recorder")
    said = {"kind": "official_post", "name": "Ким", "insist": "Ушундай болгон иш"}
    answer = send(client, "on-archa", "ConstituteBody", actor="community", paper="7", **said)
    assert answer.status_code == status
    assert '<textarea name="insist"' not in answer.content.decode()


def signed(message: bytes) -> Sending:
    """An assertion over a message, by a key made for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    client = CollectedClientData.create(
        "webauthn.get", hashlib.sha256(message).digest(), "http://localhost:8000"
    )
    flag = AuthenticatorData.FLAG.UP
    answer = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flag, 1)
    signature = key.sign(bytes(answer) + client.hash, ec.ECDSA(hashes.SHA256()))
    public = cbor.encode(dict(ES256.from_cryptography_key(key.public_key())))
    return Sending("passkey", public, bytes(answer), bytes(client), signature)


@pytest.fixture
def one():
    here = place("on-archa")
    found = (entry_of(here.register, n) for n in range(here.m.size))
    paper = next(x for x in found if x.evidence)
    return replace(paper, standing="contested", reason="Ушундай болгон иш")


def test_a_passkey_signs_the_paper_and_the_reason_too(one):
    how = signed(message := of_entry(one))
    assert signed_of(how, one) == message and signed_of(signed(b"{}"), one) is None
    said = json.loads(message)
    assert (said["v"], said["reason"], said["evidence"]) == (2, one.reason, one.evidence.json())
    for part, other in (("reason", "Башка"), ("evidence", None), ("held_on", date(1999, 1, 1))):
        assert signed_of(how, replace(one, **{part: other})) is None, part


def test_what_was_signed_before_the_second_version_still_checks(one):
    first = {k: v for k, v in json.loads(of_entry(one)).items() if k in FIRST}
    how = signed(canonical(first))
    assert signed_of(how, one) == canonical(first)
    # It says no more than it did.
    assert signed_of(how, replace(one, reason="Башка")) == canonical(first)
    assert signed_of(how, replace(one, actor=Actor("kenesh", "x"))) is None


def test_a_reason_that_nobody_needs_is_not_signed(katchy, client, monkeypatch):
    asked = []
    monkeypatch.setattr(sent, "options", lambda request, message: asked.append(message) or {})
    mandate = link(katchy)
    sign_in(client)
    raise_issue(client, mandate, insist="Ушундай болгон иш", id="mine", to_sign="1")
    n = int(raise_issue(client, mandate, insist="Ушундай болгон иш", id="mine").url.split("/")[-2])
    assert of_entry(entry_of(place("on-archa").register, n)) == asked[0]


def test_what_the_recorder_wrote_for_residents_says_so(client):
    here = place("on-archa")
    for n in range(here.m.size):
        one = entry_of(here.register, n)
        if one.actor.kind == "community" and one.recorder in here.m.mandates and one.evidence:
            break
    page = client.get(f"/on-archa/register/{n}/").content.decode()
    assert "жашоочулардын атынан, кагаз боюнча" in page
    other = next(n for n in range(9) if entry_of(here.register, n).actor.kind == "operator")
    page = client.get(f"/on-archa/register/{other}/").content.decode()
    assert "жашоочулардын атынан" not in page

"""How an act was sent: said once, beside the register, and never changed."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.db import DatabaseError, transaction

from kerege.web.models import Sent
from kerege.web.places import place
from kerege.web.registers import entry_of
from tests.web.signing_in import code_of, katchy, link, raise_issue, sign_in

__all__ = ["katchy"]
pytestmark = pytest.mark.usefixtures("demo")


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

"""How strong a session is, and how long it lasts: by how it signed in itself, whatever is added to
its account elsewhere."""

import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from kerege.municipality.governing import in_office
from kerege.municipality.record import Ending
from kerege.web import handed, standing
from kerege.web.models import Account, Handed
from kerege.web.pages import service
from kerege.web.places import place
from tests.web.acting import send
from tests.web.signing_in import PASSWORD, code_of, katchy, link, sign_in
from tests.web.test_ways_in import add_an_app

__all__ = ["katchy"]
pytestmark = pytest.mark.usefixtures("demo")


def signed_in() -> Client:
    client = Client()
    sign_in(client)
    return client


def test_by_password_alone_a_second_way_is_not_switched_off(katchy):
    thief = signed_in()
    # By hand, so that the other session is still there.
    totp.TOTP.activate(katchy, secret := totp.generate_totp_secret())
    for page in ("/account/app/off/", "/account/list/new/", "/account/passkey/"):
        assert thief.post(page).url.startswith("/sign-in/again/code/"), page
    answer = thief.post("/sign-in/again/?next=/account/app/off/", {"password": PASSWORD})
    assert answer.url.startswith("/sign-in/again/code/")
    thief.post("/account/app/off/")
    assert Authenticator.objects.filter(user=katchy, type="totp").exists()
    # Nor by a password that was asked for just before the app was added.
    Authenticator.objects.all().delete()
    early = signed_in()
    early.post("/sign-in/again/?next=/account/", {"password": PASSWORD})
    totp.TOTP.activate(katchy, secret := totp.generate_totp_secret())
    assert early.post("/account/app/off/").url.startswith("/sign-in/again/code/")
    # By the app it is.
    early.post("/sign-in/again/code/?next=/account/", {"code": code_of(secret)})
    assert early.post("/account/app/off/").url == "/account/"


def test_a_session_does_not_rest_on_what_was_taken_away(katchy, settings):
    link(katchy)
    settings.SECOND_FACTOR = True
    client = signed_in()
    add_an_app(client)
    assert client.get("/on-archa/acts/").status_code == 200
    client.post("/account/app/off/")
    assert client.get("/on-archa/acts/").status_code == 403


def test_attempts_that_are_over_go_with_the_next_who_signs_in(katchy):
    cache.set("ip:192.0.2.1", 1, timeout=1)
    cache.set("ip:192.0.2.2", 1, timeout=600)
    time.sleep(2.1)
    signed_in()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM kerege_attempts")
        left = {key for (key,) in cursor.fetchall() if "192.0.2" in key}
    assert left == {":1:ip:192.0.2.2"}


def test_who_is_linked_to_a_mandate_signs_in_anew(katchy, person):
    here = place("on-archa")
    clerk = signed_in()
    assert clerk.get("/account/").status_code == 200
    deputy = next(in_office(here.m, "deputy", date.today())).id
    said = {"actor": "recorder", "on": date.today().isoformat(), "paper": "7"}
    said |= {"account": katchy.code, "mandate": deputy}
    recorder = person("on-archa-recorder")
    assert send(recorder, "on-archa", "LinkAccount", **said).status_code == 302
    assert clerk.get("/account/").url.startswith("/sign-in/")
    # Whoever linked goes on.
    assert recorder.get("/account/").status_code == 200
    assert standing.HELD in signed_in().session


def test_no_session_goes_on_for_ever(katchy, monkeypatch):
    client, now = signed_in(), time.time()
    monkeypatch.setattr(standing.time, "time", lambda: now + 13 * 86_400)
    assert client.get("/account/").status_code == 200
    monkeypatch.setattr(standing.time, "time", lambda: now + 15 * 86_400)
    assert client.get("/account/").url == "/sign-in/?idle"


def test_who_asks_for_a_passkey_leaves_a_row_for_minutes_only(client, katchy):
    assert client.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    soon = datetime.now(UTC) + timedelta(minutes=11)
    assert not Session.objects.filter(expire_date__gt=soon).exists()
    # Signed in, it lasts as long as any other.
    sign_in(client)
    later = datetime.now(UTC) + timedelta(days=13)
    assert Session.objects.filter(expire_date__gt=later).exists()


def test_new_accounts_are_held_back(client):
    for _ in range(20):
        client.post("/sign-up/", {"username": "a", "password": "x"})
    assert client.post("/sign-up/", {"username": "a", "password": PASSWORD}).status_code == 429
    assert not Account.objects.filter(username="a").exists()


@pytest.mark.parametrize("way", ["code", "socialaccount"])
def test_a_code_handed_out_or_an_identity_is_a_first_step_alone(katchy, settings, way, monkeypatch):
    link(katchy)
    settings.SECOND_FACTOR = True
    monkeypatch.setattr(standing, "get_authentication_records", lambda *_: [{"method": way}])
    assert signed_in().get("/on-archa/acts/").status_code == 403
    monkeypatch.setattr(standing, "get_authentication_records", lambda *_: [{"method": "mfa"}])
    assert signed_in().get("/on-archa/acts/").status_code == 200


@pytest.fixture
def identity(katchy, settings, monkeypatch):
    """An identity service that is asked and gone to, and an identity of somebody connected."""

    class Views:
        login = staticmethod(lambda request, provider_id: HttpResponse("there"))

    settings.OIDC_URL = "https://service.example"
    monkeypatch.setattr(service, "_views", lambda: Views)
    return SocialAccount.objects.create(user=katchy, provider="oidc", uid="citizen-7")


@pytest.mark.parametrize("where", ["/sign-in/with/oidc/?process=connect", "/sign-in/with/oidc/"])
def test_an_identity_is_connected_by_who_shows_once_more_who_it_is(katchy, identity, where):
    client, said = signed_in(), {"process": "connect"}
    assert Client().post(where, said).url.startswith("/sign-in/?next=")
    assert client.post(where, said).url.startswith("/sign-in/again/?")
    client.post("/sign-in/again/?next=/account/", {"password": PASSWORD})
    assert client.post(where, said).content == b"there"
    totp.TOTP.activate(katchy, totp.generate_totp_secret())
    assert client.post(where, said).url.startswith("/sign-in/again/code/")


def test_an_identity_is_shown_and_taken_away(katchy, identity):
    client = signed_in()
    address = f"/account/service/{identity.pk}/"
    assert address in client.get("/account/").content.decode()
    assert client.post(address).url.startswith("/sign-in/again/")
    other = Client()
    Account.objects.make("other", PASSWORD)
    sign_in(other, "other")
    other.post("/sign-in/again/?next=/account/", {"password": PASSWORD})
    assert other.post(address).status_code == 404
    client.post("/sign-in/again/?next=/account/", {"password": PASSWORD})
    assert client.post(address).url == "/account/"
    assert not SocialAccount.objects.exists()


def test_a_new_code_for_an_account_is_told_to_it_and_on_the_list(person):
    here = place("on-archa")
    by = handed.hander(here, Account.objects.get(username="on-archa-recorder"))
    slip = handed.hand_out(here, by, datetime.now(UTC))
    phone = Client()
    phone.post("/sign-in/code/", {"code": slip.code})
    recorder = person("on-archa-recorder")
    recorder.post("/on-archa/codes/", {"again": Handed.objects.latest("pk").pk})
    assert phone.get("/account/").status_code == 302
    assert "Аккаунту мурунтан бар" in recorder.get("/on-archa/codes/").content.decode()
    again = handed.hand_out(
        here, by, datetime.now(UTC), Handed.objects.exclude(account__invented=True).first()
    )
    phone.post("/sign-in/code/", {"code": again.code})
    shown = phone.get("/account/").content.decode()
    assert shown.count("<li>") >= 3 and shown.count(here.name) >= 3


def test_a_fault_is_told_in_the_readers_language_without_the_database(django_assert_num_queries):
    request = RequestFactory().get("/ru/desk/")
    # As it comes with a session: read when a page asks who is signed in.
    request.user = SimpleLazyObject(lambda: Account.objects.first())
    with translation.override("ru"), django_assert_num_queries(0):
        answer = get_resolver().resolve_error_handler(500)(request)
    assert answer.status_code == 500 and "У нас произошла ошибка" in answer.content.decode()


def test_who_sends_after_the_mandate_ended_is_told_when_and_keeps_the_words(person):
    here, chair = place("on-archa"), person("on-archa-chair")
    at = "/en/on-archa/acts/HoldSession/"
    typist = re.search('name="typist" value="([^"]+)"', chair.get(at).content.decode())[1]
    mandate = next(in_office(here.m, "chair", date.today()))
    n = here.m.size - 1
    said = {"kind": "ordinary", "number": "9", "agenda": "Суу", "typist": typist}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mandate, "endings", [Ending(n, date.today())])
        here.m.turned(mandate)
        # The page saves by itself before anybody sends: the reason is told all the same.
        assert "session has ended" in chair.post(at, {**said, "live": "1"}).content.decode()
        answer = chair.post(at, said)
        stranger = chair.post(at, {**said, "typist": "x"})
    here.m.turned(mandate)
    text = answer.content.decode()
    assert answer.status_code == 403 and f"by entry no. {n}." in text
    for label, value in (("Number", "9"), ("Agenda", "Суу")):
        assert re.search(rf">{label}[^<]*</label><textarea[^>]*readonly>\n{value}<", text), label
    assert "ordinary" in text.lower() and stranger.url.startswith("/en/sign-in/")


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_away_for_a_while(client, monkeypatch, fault):
    def away(*said):
        raise fault("the server closed the connection")

    monkeypatch.setattr("kerege.web.pages.glossary.render", away)
    client.raise_request_exception = False
    answer = client.get("/en/glossary/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


def test_who_has_only_a_password_is_asked_on_the_desk_for_a_second_way(katchy, settings):
    one = Client()
    sign_in(one)
    assert "one more step" not in one.get("/en/desk/").content.decode()
    link(katchy)
    settings.SECOND_FACTOR = True
    sign_in(one)
    page = one.get("/en/desk/").content.decode()
    assert "To act, one more step is needed" in page and 'href="/en/account/"' in page
    totp.TOTP.activate(katchy, totp.generate_totp_secret())
    assert "one more step" not in one.get("/en/desk/").content.decode()

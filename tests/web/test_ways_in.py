"""What opens an account, and what changing it does to the sessions that are open."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.sessions.models import Session
from django.test import Client

from kerege.web import handed, serving, standing
from kerege.web.account_making import password_for
from kerege.web.accounts import Elsewhere
from kerege.web.models import Account
from kerege.web.places import place
from kerege.web.speaking import speakers
from tests.web.signing_in import PASSWORD, code_of, katchy, link, resign, sign_in

__all__ = ["katchy"]
pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def elsewhere(katchy):
    """Somebody else who knows the password, signed in before the owner did anything."""
    other = Client()
    sign_in(other)
    return other


def add_an_app(client: Client) -> str:
    asked = client.get("/account/app/").url
    page = client.post(asked, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r'class="digest">([A-Z2-7]{16,})<', page)[1]
    client.post("/account/app/", {"code": code_of(secret)})
    return secret


def is_out(client: Client) -> bool:
    return client.get("/account/").url.startswith("/sign-in/")


def test_what_the_owner_adds_ends_every_other_session(katchy, elsewhere, client, settings):
    link(katchy)
    settings.SECOND_FACTOR = True
    sign_in(client)
    add_an_app(client)
    assert client.get("/on-archa/acts/").status_code == 200
    assert is_out(elsewhere)


def test_all_other_sessions_can_be_ended(katchy, elsewhere, client):
    sign_in(client)
    assert "/account/sessions/" in client.get("/account/").content.decode()
    client.post("/account/sessions/")
    assert is_out(elsewhere) and client.get("/account/").status_code == 200


def test_names_of_the_site_and_of_the_account_buy_no_attempts(katchy, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for k in range(5):
        login = ("katchy", "katchy@naryn.kg")[k % 2]
        answer = client.post(
            "/sign-in/",
            {"login": login, "password": "wrong-password-1"},
            headers={"host": f"127.0.0.1:{8000 + k}"},
        )
        assert answer.status_code == 400
    for login in ("katchy", "katchy@naryn.kg"):
        said = {"login": login, "password": PASSWORD}
        assert client.post("/sign-in/", said, headers={"host": "else"}).status_code == 400


@pytest.mark.parametrize("login", ["katchy", "katchy@naryn.kg", "nobody", "nobody@naryn.kg"])
def test_every_name_costs_one_hash(katchy, client, monkeypatch, login):
    hashed = []
    for name in ("set_password", "check_password"):
        real = getattr(Account, name)
        counting = lambda self, typed, real=real: (hashed.append(typed), real(self, typed))[1]  # noqa: E731
        monkeypatch.setattr(Account, name, counting)
    sign_in(client, login, "wrong-password-1")
    assert len(hashed) == 1


def test_a_session_of_an_official_ends_on_every_page(katchy, client):
    mandate = link(katchy)
    sign_in(client)
    resign(katchy, mandate)
    assert client.get("/following/").url == "/sign-in/?ended"
    assert is_out(client)


def test_a_session_of_an_official_that_nobody_uses_ends(katchy, client, monkeypatch):
    link(katchy)
    sign_in(client)
    later = time.time() + standing.IDLE - 60
    monkeypatch.setattr(standing.time, "time", lambda: later)
    assert client.get("/account/").status_code == 200
    # Used meanwhile, it goes on from there.
    monkeypatch.setattr(standing.time, "time", lambda: later + standing.IDLE - 60)
    assert client.get("/account/").status_code == 200
    monkeypatch.setattr(standing.time, "time", lambda: later + 3 * standing.IDLE)
    assert client.get("/account/").url == "/sign-in/?idle"


def test_who_holds_elsewhere_by_now_stays(katchy, client):
    mandate = link(katchy)
    sign_in(client)
    session = client.session
    session[standing.HELD] = "naryn"
    session.save()
    assert client.get("/account/").status_code == 200
    assert client.session[standing.HELD] == "on-archa"
    resign(katchy, mandate)
    assert client.get("/account/").url == "/sign-in/?ended"


def test_sessions_that_are_over_are_cleared_away(katchy, client):
    sign_in(client)
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(days=1))
    sign_in(Client())
    assert Session.objects.count() == 1


def test_a_code_handed_out_again_ends_the_sessions_of_its_account(client):
    here = place("on-archa")
    recorder = Account.objects.get(username="on-archa-recorder")
    by, now = speakers(here, recorder)[0], datetime.now(UTC)
    slip = handed.hand_out(here, by, now)
    client.post("/sign-in/code/", {"code": slip.code})
    assert client.get("/account/").status_code == 200
    first = here.register.handed.latest("pk")
    handed.hand_out(here, by, now, again=first)
    assert is_out(client)


def test_who_lost_everything_is_let_in_by_no_identity(katchy):
    SocialAccount.objects.create(user=katchy, provider="oidc", uid="citizen-7")
    password_for("katchy", operator=False, lost=True)
    assert not SocialAccount.objects.exists()


def test_a_sign_in_that_waits_for_its_second_step_ends_with_the_password(katchy, client):
    totp.TOTP.activate(katchy, secret := totp.generate_totp_secret())
    assert sign_in(client).url.startswith("/sign-in/second/")
    password_for("katchy", operator=False)
    assert client.post("/sign-in/second/", {"code": code_of(secret)}).url == "/sign-in/"
    assert is_out(client)


def test_another_printed_list_ends_every_other_session(katchy, elsewhere, client):
    sign_in(client)
    add_an_app(client)
    other = Client()
    sign_in(other)
    printed = RecoveryCodes.activate(katchy).get_unused_codes()
    other.post("/sign-in/second/", {"code": printed[0]})
    assert other.get("/account/").status_code == 200
    client.post("/account/list/new/")
    assert is_out(other)


def test_the_invented_are_nobody_outside_their_demonstration(client, settings):
    client.force_login(Account.objects.get(username="on-archa-recorder"))
    assert client.get("/desk/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/desk/").url.startswith("/sign-in/")
    assert client.get("/on-archa/codes/").url.startswith("/sign-in/")


def test_a_house_of_its_own_is_not_served_as_a_demonstration():
    Account.objects.filter(username="operator").update(invented=False)
    with pytest.raises(serving.AnotherHouse):
        serving._begin(demonstration=True)


@pytest.mark.parametrize("who", [None, 5, [1], "", "a\0b", "a\u202eb", "x" * 256])
def test_whom_the_service_does_not_name_is_nobody(who):
    account = SocialAccount(provider="oidc", uid=str(who), extra_data={"userinfo": {"sub": who}})
    with pytest.raises(ValueError, match="who it is"):
        Elsewhere().populate_user(None, SocialLogin(account=account), {})

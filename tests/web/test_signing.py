"""Signing in without a browser: names and codes, limits, what ends a session, and who gets no
further."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver

from kerege.web.account_making import password_for
from kerege.web.models import Account
from kerege.web.places import place
from tests.web.acting import send
from tests.web.signing_in import PASSWORD, code_of, katchy, link, raise_issue, resign, sign_in

__all__ = ["katchy"]
pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("login", ["katchy", "katchy@naryn.kg", "KATCHY@naryn.kg"])
def test_by_user_name_or_mail(client, katchy, login):
    assert sign_in(client, login).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_the_operator_helps_who_lost_a_phone(client, katchy):
    totp.TOTP.activate(katchy, totp.generate_totp_secret())
    new = password_for("katchy", operator=False, email="New@naryn.kg", lost=True)
    # The password is another, and the old one opens nothing.
    assert sign_in(client).status_code == 400
    assert sign_in(client, "katchy@naryn.kg", new).status_code == 400
    assert sign_in(client, "new@naryn.kg", new).url == "/desk/"


@pytest.mark.parametrize(
    "asked", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client, katchy, asked):
    assert sign_in(client, next=asked).url == "/desk/"
    client.logout()
    assert sign_in(client, next="/naryn/acts/").url == "/naryn/acts/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client, katchy):
    pages = []
    for login in ("katchy", "nobody", "katchy@naryn.kg", "nobody@naryn.kg"):
        answer = sign_in(client, login, "wrong-password-1")
        assert answer.status_code == 400
        text = answer.content.decode().replace(login, "*")
        pages.append(re.sub(r'value="\w{64}"', "", text))
    assert set(pages) == {pages[0]}


def test_an_unknown_name_costs_a_hash_as_well(client, katchy, monkeypatch):
    hashed = []
    real = Account.set_password
    monkeypatch.setattr(Account, "set_password", lambda *a: (hashed.append(a), real(*a))[1])
    sign_in(client, "nobody", "wrong-password-1")
    assert len(hashed) == 1


def test_after_five_wrong_passwords_the_right_one_waits(client, katchy):
    for _ in range(5):
        assert sign_in(client, password="wrong-password-1").status_code == 400
    locked = sign_in(client)
    assert locked.status_code == 400 and "аракет" in locked.content.decode()
    # Another account, from the same address, is not held back by that.
    Account.objects.make("other", PASSWORD)
    assert sign_in(client, "other").status_code == 302


def test_an_address_is_held_back_whatever_names_it_tries(client, katchy):
    for k in range(10):
        assert sign_in(client, f"name-{k}", "wrong-password-1").status_code == 400
    assert sign_in(client).status_code == 400
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1")).status_code == 302


def test_a_forged_forwarding_header_buys_no_attempts(client, katchy, settings):
    def tried(client: Client, k: int):
        return client.post(
            "/sign-in/",
            {"login": f"name-{k}", "password": "wrong-password-1"},
            headers={"x-forwarded-for": f"10.0.0.{k}, 10.9.9.9"},
        )

    for k in range(10):
        tried(client, k)
    assert sign_in(client).status_code == 400
    # Behind a proxy that is trusted, what it adds counts, and what came before it does not.
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for k in range(10):
        tried(client, k + 20)
    refused = client.post(
        "/sign-in/",
        {"login": "katchy", "password": PASSWORD},
        headers={"x-forwarded-for": "10.0.0.77, 10.9.9.9"},
    )
    assert refused.status_code == 400
    good = client.post(
        "/sign-in/",
        {"login": "katchy", "password": PASSWORD},
        headers={"x-forwarded-for": "10.9.9.9, 10.0.0.77"},
    )
    assert good.status_code == 302


def test_attempts_are_counted_where_all_workers_see_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_a_code_of_an_app_and_the_printed_list_are_a_second_step(client, katchy):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(katchy, secret)
    RecoveryCodes.activate(katchy)
    # A copied database shows neither.
    kept = list(Authenticator.objects.values_list("data", flat=True))
    assert all(secret not in str(data) for data in kept)
    assert sign_in(client).url.startswith("/sign-in/second/")
    assert client.get("/desk/").status_code == 302
    assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second/", {"code": code_of(secret)}).url == "/desk/"
    assert client.get("/desk/").status_code == 200
    # A code of the printed list works once.
    one = Authenticator.objects.get(user=katchy, type="recovery_codes").wrap().get_unused_codes()[0]
    for status in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post("/sign-in/second/", {"code": one}).status_code == status


def test_a_code_of_an_app_is_set_up_by_hand(client, katchy):
    sign_in(client)
    assert client.get("/account/").status_code == 200
    asked = client.get("/account/app/")
    assert asked.url.startswith("/sign-in/again/")
    assert client.post(asked.url, {"password": "wrong"}).status_code == 200
    page = client.post(asked.url, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r'class="digest">([A-Z2-7]{16,})<', page)[1]
    assert client.post("/account/app/", {"code": code_of(secret)}).url == "/account/list/"
    shown = client.get("/account/list/").content.decode()
    assert len(re.findall(r'<li class="digest">\d{8}</li>', shown)) == 10
    assert client.post("/account/app/off/").url == "/account/"
    assert not Authenticator.objects.filter(user=katchy).exists()


def test_a_new_password_ends_every_other_session(client, katchy):
    sign_in(client)
    other = Client()
    sign_in(other)
    said = {"oldpassword": PASSWORD, "password1": "bashka-syrsoz-43"}
    assert client.post("/account/password/", {**said, "oldpassword": "x"}).status_code == 200
    assert client.post("/account/password/", said).url == "/account/"
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_signing_out_leaves_no_session(client, katchy):
    sign_in(client)
    key = client.cookies["sessionid"].value
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/sign-out/").status_code == 405


def test_a_session_begins_with_a_new_key(client, katchy):
    client.get("/sign-in/second/")
    client.cookies["sessionid"] = "chosen-by-somebody-else-0000000"
    sign_in(client)
    assert client.cookies["sessionid"].value != "chosen-by-somebody-else-0000000"


def test_rights_and_the_session_end_with_the_mandate_at_once(katchy, client):
    mandate = link(katchy)
    sign_in(client)
    assert client.get("/on-archa/acts/").status_code == 200
    other = Client()
    sign_in(other)
    assert other.get("/desk/").status_code == 200
    form = client.get("/on-archa/acts/RaiseIssue/").content.decode()
    typist = re.search('name="typist" value="([^"]+)"', form)[1]
    resign(katchy, mandate)
    # The form was open; what it sends a second later has no right any more.
    size = place("on-archa").m.size
    words = "Жолду качан оңдойбуз? Кыш келе жатат."
    said = {"actor": "deputy", "on": date.today().isoformat(), "text": words, "typist": typist}
    answer = send(client, "on-archa", "RaiseIssue", **said)
    # What was typed is not lost, though nobody can send it any more.
    assert answer.status_code == 403 and words in answer.content.decode()
    assert f'href="/on-archa/register/{size - 1}/"' in answer.content.decode()
    assert place("on-archa").m.size == size
    assert client.get("/desk/").url.startswith("/sign-in/?next=")
    sign_in(client)
    shown = client.get("/on-archa/acts/RaiseIssue/")
    assert shown.status_code == 403 and 'href="/on-archa/acts/"' in shown.content.decode()
    # A file that is the same for everybody asks who it is of nobody, and ends nothing.
    for file in (f"register/{size - 1}.tlog-proof", "log/checkpoint"):
        assert other.get(f"/on-archa/{file}").status_code == 200
    assert other.get("/desk/").url == "/sign-in/?ended"
    assert "Мандатыңыз бүттү" in other.get("/sign-in/?ended").content.decode()
    # Who signs in after it is told why nothing can be done, and stays signed in.
    third = Client()
    sign_in(third)
    assert third.get("/on-archa/acts/").status_code == 403
    assert third.get("/desk/").status_code == 200


def test_by_password_alone_nobody_acts_in_a_real_place(katchy, client, settings):
    mandate = link(katchy)
    sign_in(client)
    settings.SECOND_FACTOR = True
    for page in ("/on-archa/acts/", "/on-archa/acts/RaiseIssue/"):
        answer = client.get(page)
        assert answer.status_code == 403 and "/account/" in answer.content.decode()
    assert raise_issue(client, mandate).status_code == 403
    # A second way that was added elsewhere does not strengthen this session before it is shown.
    totp.TOTP.activate(katchy, secret := totp.generate_totp_secret())
    assert raise_issue(client, mandate).status_code == 403
    asked = re.search(r'href="(/sign-in/again/code/[^"]+)"', client.get(page).content.decode())[1]
    assert client.post(asked, {"code": code_of(secret)}).url == page
    assert client.get(page).status_code == 200


def test_an_app_added_here_is_shown_to_this_session(katchy, client, settings):
    link(katchy)
    settings.SECOND_FACTOR = True
    sign_in(client)
    asked = client.get("/account/app/").url
    page = client.post(asked, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r'class="digest">([A-Z2-7]{16,})<', page)[1]
    client.post("/account/app/", {"code": code_of(secret)})
    assert client.get("/on-archa/acts/").status_code == 200


def test_by_password_alone_nobody_hands_out_codes_or_founds(katchy, client, settings):
    here, recorder = place("on-archa"), Account.objects.get(username="on-archa-recorder")
    Account.objects.filter(pk__in=[recorder.pk]).update(invented=False)
    recorder.set_password(PASSWORD)
    recorder.save(update_fields=["password"])
    Account.objects.filter(pk=katchy.pk).update(operator=True)
    settings.SECOND_FACTOR = True
    for name, page in (
        ("on-archa-recorder", f"{here.url}codes/"),
        ("katchy", "/found/41708206600010/"),
    ):
        client = Client()
        sign_in(client, name)
        for answer in (client.get(page), client.post(page)):
            assert answer.status_code == 403 and "/account/" in answer.content.decode(), page


def test_the_operator_has_no_political_rights(person):
    operator = person("operator")
    assert operator.get("/on-archa/acts/").status_code == 403
    assert operator.get("/on-archa/acts/AdoptBudget/").status_code == 403
    assert send(operator, "on-archa", "AdoptBudget", on="2013-03-01").status_code == 403


def test_the_admin_is_not_installed(client):
    assert not apps.is_installed("django.contrib.admin")
    assert "admin" not in str(get_resolver().url_patterns)
    # An account has none of the flags it would go by.
    assert not hasattr(Account, "is_staff") and not hasattr(Account, "is_superuser")


def test_what_allauth_offers_beside_has_no_address(client):
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not names & {
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "socialaccount_signup",
        "socialaccount_connections",
        "mfa_download_recovery_codes",
    }


def test_reading_costs_no_session_and_no_cookie(client):
    for page in ("/", "/law/", "/naryn/", "/naryn/register/", "/sign-up/"):
        answer = client.get(page)
        assert "sessionid" not in answer.cookies, page
    assert Session.objects.count() == 0
    assert "sessionid" not in client.get("/naryn/").cookies


def test_nobody_makes_an_account_for_himself_in_a_real_place(client, settings):
    settings.DEMONSTRATION = False
    assert client.get("/sign-up/").status_code == 404
    assert client.post("/sign-up/", {"username": "a", "password": PASSWORD}).status_code == 404
    assert "/sign-up/" not in client.get("/sign-in/").content.decode()

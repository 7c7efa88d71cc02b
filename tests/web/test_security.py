"""What every answer and every installation holds: headers, cookies, tokens, limits, and that the
table of docs/security.md names tests that are there."""

import logging
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from kerege.web.models import Account

pytestmark = pytest.mark.usefixtures("demo")
ROOT = Path(__file__).parents[2]
PAGES = ("/", "/naryn/", "/sign-in/", "/sign-in/code/", "/healthz", "/nowhere/", "/naryn/log/")
PASSWORD = "uzun-syrsoz-42"


@pytest.mark.parametrize("page", PAGES)
def test_headers_of_every_answer(client, page):
    said = client.get(page).headers
    policy = dict(part.strip().split(" ", 1) for part in said["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["X-Frame-Options"] == "DENY"
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_inside():
    for file in (ROOT / "kerege/web").rglob("*.html"):
        text = file.read_text()
        assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|style=|javascript:", text), (
            file
        )


def test_cookies_are_closed(client):
    Account.objects.make("katchy", PASSWORD)
    answer = client.post("/sign-in/", {"login": "katchy", "password": PASSWORD})
    session = answer.cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax"
    token = client.get("/account/").cookies["csrftoken"]
    assert token["httponly"] and token["samesite"] == "Lax"


FORMS = (
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/passkey/",
    "/sign-in/with/oidc/",
    "/sign-out/",
    "/sign-up/",
    "/account/password/",
    "/account/passkey/",
    "/account/app/",
    "/account/list/new/",
    "/on-archa/codes/",
    "/on-archa/acts/RaiseIssue/",
    "/found/41708206600010/",
)


@pytest.mark.parametrize("page", FORMS)
def test_a_form_without_its_token_is_refused(page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(username="on-archa-recorder"))
    answer = strict.post(page, {"code": "1"})
    assert answer.status_code == 403 and "sessionid" not in answer.cookies
    # A browser without cookies comes here: what to do is said.
    assert "cookie" in answer.content.decode() and "жазганыңыз" in answer.content.decode()


def test_pages_of_one_person_are_kept_nowhere(client):
    client.force_login(Account.objects.make("katchy", PASSWORD))
    for page in ("/desk/", "/account/", "/sign-in/again/"):
        assert "no-store" in client.get(page)["Cache-Control"], page
    client.force_login(Account.objects.get(username="on-archa-recorder"))
    assert "no-store" in client.get("/on-archa/codes/")["Cache-Control"]


def test_every_page_of_somebody_signed_in_is_kept_nowhere(person):
    recorder = person("on-archa-recorder")
    own = ("/desk/", "/account/", "/following/", "/on-archa/codes/")
    pages = ("/", "/on-archa/register/3/", "/nowhere/", "/search/?q=суу")
    acts = ("/on-archa/acts/RaiseIssue/", "/on-archa/acts/")
    for page in (*own, *acts, *pages):
        assert "no-store" in recorder.get(page)["Cache-Control"], page
    sent = recorder.post("/on-archa/acts/RaiseIssue/", {"title": "Суу", "live": "1"})
    assert "no-store" in sent["Cache-Control"]
    # A page for everybody stays for everybody, and files say how long they last.
    assert Client().get("/on-archa/")["Cache-Control"] == "public, no-cache"
    assert "no-store" not in recorder.get("/on-archa/log/checkpoint")["Cache-Control"]


@pytest.mark.parametrize(
    "host", ["evil.example", "", "127.0.0.1:8092@evil.example", "a b", "\u00e9"]
)
@pytest.mark.parametrize("page", ["/", "/en/desk/", "/on-archa/feed.atom", "/nowhere/"])
def test_a_foreign_host_gets_a_plain_page_and_no_line_in_the_log(settings, capfd, host, page):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    answer = Client().get(page, headers={"host": host})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "evil" not in text and "<h1" in text
    said = logging.getLogger("django.security.DisallowedHost")
    assert not said.isEnabledFor(logging.ERROR)


def test_a_form_without_its_token_fills_no_console():
    assert not logging.getLogger("django.security.csrf").isEnabledFor(logging.WARNING)
    # What we fail at ourselves is told.
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)


def test_what_strangers_type_is_short_and_gone_in_hours(client, person):
    at = "/on-archa/acts/RaiseIssue/"
    client.post(at, {"text": "ж" * 12_000})
    assert "typed_unsigned" not in client.session
    client.post(at, {"text": "ж" * 6_000})
    assert client.session["typed_unsigned"]["said"]["text"] == ["ж" * 6_000]
    own = Session.objects.get(session_key=client.session.session_key)
    assert own.expire_date < timezone.now() + timedelta(hours=4)
    # Of somebody signed in it lasts as before.
    recorder = person("on-archa-recorder")
    theirs = Session.objects.get(session_key=recorder.session.session_key)
    assert theirs.expire_date > timezone.now() + timedelta(days=7)
    Session.objects.filter(pk=own.pk).update(expire_date=timezone.now() - timedelta(1))
    Client().post(at, {"text": "ж"})
    assert not Session.objects.filter(pk=own.pk).exists()


def test_a_name_with_markup_is_text(client):
    name = "<script>alert(1)</script>"
    client.force_login(Account.objects.make(name, PASSWORD))
    for page in ("/account/", "/desk/", "/"):
        assert name not in client.get(page).content.decode()


def test_nothing_is_left_to_wish_at_deployment(tmp_path):
    said = {"KEREGE_HTTPS": "1", "KEREGE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    # As docs/operating.md has it.
    command = "-m django check --deploy --fail-level WARNING --settings kerege.web.settings"
    assert command in (ROOT / "docs/operating.md").read_text()
    code = (
        "from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECOND_FACTOR and not s.DEBUG;"
        "assert not s.SILENCED_SYSTEM_CHECKS"
    )
    told = {"DJANGO_SETTINGS_MODULE": "kerege.web.settings"}
    for asked, more in ((command.split(), {}), (["-c", code], told)):
        done = subprocess.run(
            [sys.executable, *asked], env={**clean, **said, **more}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_table_names_tests_that_are_there():
    table = (ROOT / "docs/security.md").read_text()
    named = re.findall(r"`((?:tests/)?[\w/]*test_\w+\.py)(?:::(\w+))?`", table)
    assert len(named) > 30
    for file, test in named:
        path = ROOT / file if file.startswith("tests/") else ROOT / "tests/web" / file
        assert path.exists(), file
        assert not test or f"def {test}(" in path.read_text(), f"{file}::{test}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("address", ["/", "/naryn/register/", "/static/kerege/x.css", "/healthz"])
def test_other_methods_than_pages_and_forms_have_are_refused(client, method, address):
    answer = client.generic(method, address)
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, POST"

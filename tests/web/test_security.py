"""What every answer and every installation holds: headers, cookies, tokens, limits, and that the
table of docs/security.md names tests that are there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

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


def test_a_name_with_markup_is_text(client):
    name = "<script>alert(1)</script>"
    client.force_login(Account.objects.make(name, PASSWORD))
    for page in ("/account/", "/desk/", "/"):
        assert name not in client.get(page).content.decode()


def test_nothing_is_left_to_wish_at_deployment(tmp_path):
    said = {
        "KEREGE_HTTPS": "1",
        "KEREGE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kerege.web.settings",
        "PYTHONPATH": str(ROOT),
    }
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "from django.core.management import call_command as c;"
        "c('check', deploy=True, fail_level='WARNING');"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECOND_FACTOR and not s.DEBUG;"
        "assert not s.SILENCED_SYSTEM_CHECKS"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**clean, **said}, capture_output=True, text=True
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

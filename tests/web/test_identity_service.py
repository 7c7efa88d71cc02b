"""Signing in by OpenID Connect, with a provider somebody else wrote, in a real browser."""

import socket
import sqlite3
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
from playwright.sync_api import expect

from tests.web.served import launched, serving

pytestmark = pytest.mark.browser


def test_a_resident_signs_in_by_the_identity_service_and_nothing_of_them_is_kept(tmp_path):
    asan = {"name": "Асан Үсөнов", "email": "asan@example.kg", "pin": "20101199001234"}
    with (
        oidc_provider_mock.run_server_in_thread(
            user_claims=[oidc_provider_mock.User(sub="citizen-7", claims=asan)]
        ) as provider,
        serving(
            tmp_path,
            KEREGE_OIDC_URL=f"http://localhost:{provider.server_port}",
            KEREGE_OIDC_ID="kerege",
            KEREGE_OIDC_SECRET="secret",
            KEREGE_OIDC_NAME="Түндүк",
        ) as url,
        launched() as browser,
    ):
        states = []

        def sign_in(prefix: str = "") -> str:
            """The code of the account one comes to."""
            # Nothing runs in it.
            context = browser.new_context(base_url=url, java_script_enabled=False)
            page = context.new_page()
            page.goto(f"{prefix}/sign-in/")
            page.locator("[data-service=oidc]").click()
            assert page.url.startswith(f"http://localhost:{provider.server_port}/")
            said = parse_qs(urlsplit(page.url).query)
            # The code that comes back opens nothing for who does not hold what began it.
            assert said["code_challenge_method"] == ["S256"] and said["code_challenge"]
            states.extend(said["state"])
            page.fill("input[name=sub]", "citizen-7")
            page.locator("button[type=submit]").first.click()
            page.wait_for_url("**/desk/")
            return page.locator("main").text_content()

        first = sign_in()
        assert "аккаунтуңуздун коду" in first.lower()
        # The same person is the same account, from a page in another language as well.
        code = first.split("коду: ")[1].split(".")[0]
        assert code in sign_in("/ru")

        # Refused there: said in our words.
        page = browser.new_context(base_url=url, java_script_enabled=False).new_page()
        page.goto("/sign-in/with/oidc/back/?error=server_error&state=forged")
        expect(page.locator("h1")).to_contain_text("Инсандык кызматы")
        # Nor does what began in another browser.
        page.goto(f"/sign-in/with/oidc/back/?code=stolen&state={states[-1]}")
        expect(page.locator("h1")).to_contain_text("Инсандык кызматы")
        page.goto("/account/")
        assert "/sign-in/" in page.url
        page.goto("/sign-in/with/other/")
        assert "Traceback" not in page.content()
    with sqlite3.connect(tmp_path / ".data/kerege.sqlite3") as database:
        assert database.execute("SELECT COUNT(*) FROM socialaccount_socialaccount").fetchone()[0]
    for file in (tmp_path / ".data").glob("kerege.sqlite3*"):
        kept = file.read_bytes()
        for said in asan.values():
            assert said.encode() not in kept


def test_a_service_that_does_not_answer_is_told_in_the_language_of_the_reader(tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        service = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        house = serving(tmp_path, KEREGE_OIDC_URL=service, KEREGE_OIDC_ID="kerege")
        with house as url, launched() as browser:
            page = browser.new_context(base_url=url, java_script_enabled=False).new_page()
            page.goto("/ru/sign-in/")
            with page.expect_response("**/sign-in/with/oidc/**") as waited:
                page.locator("[data-service=oidc]").click()
            assert waited.value.status == 502
            assert page.locator("html").get_attribute("lang") == "ru"
            assert "Traceback" not in page.content()

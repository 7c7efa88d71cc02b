"""Passkeys in a real browser, with the authenticator Chromium simulates: made, used to sign in, and
over an act, which anyone can check from the entry."""

import hashlib
import json
import sqlite3

import pytest
from playwright.sync_api import expect

from kerege.municipality import entry
from kerege.web import sent
from tests.web.browsing import found_an_exercise, sign_in
from tests.web.served import kerege, launched, serving

pytestmark = pytest.mark.browser


def with_authenticator(page):
    """A phone with a finger on it, as the DevTools protocol simulates one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, made["authenticatorId"]


def test_a_passkey_is_made_signs_in_and_signs_an_act(tmp_path):
    with serving(tmp_path) as url, launched() as browser:
        password = kerege(tmp_path, "account", "katchy").split(": ")[1].strip()
        page = browser.new_context(base_url=url, viewport={"width": 360, "height": 740}).new_page()
        wrong = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        session, authenticator = with_authenticator(page)

        slug = found_an_exercise(page, "katchy")
        # By password the first time; before a passkey is added, the password is asked once more.
        sign_in(page, "katchy", password)
        page.goto("/account/passkey/")
        page.fill("#id_password", password)
        page.locator("main button[type=submit]:visible").click()
        page.fill("#id_name", "телефон")
        page.locator("main button[type=submit]:visible").click()
        # The printed list comes with the first one.
        expect(page.locator("main ol li")).to_have_count(10)
        assert (
            len(
                session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})[
                    "credentials"
                ]
            )
            == 1
        )
        page.goto("/account/")
        expect(page.locator("main")).to_contain_text("телефон")

        page.locator("header button").click()
        page.goto("/sign-in/")
        expect(page.locator("[data-passkey-failed]")).to_be_hidden()
        page.get_by_role("button", name="Кирүү ачкычы менен").click()
        page.wait_for_url("**/desk/")
        expect(page.locator("main")).to_contain_text("Көнүгүү айыл аймагы")

        # Two windows with the same form, sent from both: one act is written, by its first sending.
        other = page.context.new_page()
        there, empty = with_authenticator(other)
        for one in session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})[
            "credentials"
        ]:
            # A browser keeps pretended passkeys by window.
            there.send("WebAuthn.addCredential", {"authenticatorId": empty, "credential": one})
        for window in (page, other):
            window.goto(f"/{slug}/acts/ConstituteBody/")
            window.select_option("#id_actor", "community")
            window.select_option("#id_kind", "representative_body")
            window.fill("#id_name", "Айылдык кеңеш")
            day = window.input_value("#id_held_on")
            window.fill("#id_paper_number", "1")
            window.fill("#id_paper_day", day)
        for window in (page, other):
            window.get_by_role("button", name="Мыйзамга салыштырып жазуу").click()
            window.wait_for_url("**/register/*/#recorded")
        assert page.url == other.url
        assert page.locator("summary", has_text="Кирүү ачкычы менен жөнөтүлгөн").count() == 1
        n = int(page.url.split("/")[-2])
        assert wrong == []

    kept = sqlite3.connect(tmp_path / ".data/kerege.sqlite3")
    data, *row = kept.execute(
        "SELECT r.data, s.how, s.public_key, s.authenticator_data, s.client_data, s.signature "
        "FROM web_sent s JOIN web_row r ON r.register_id = s.register_id AND r.n = s.n "
        "JOIN web_register g ON g.id = r.register_id WHERE g.slug = ? AND s.n = ?",
        (slug, n),
    ).fetchone()
    sending, one = sent.Sending(*row), entry.read(json.loads(data))
    message = sent.of_entry(one)
    assert sent.fits(sending, message)
    # Over this act and no other, with nothing of it changed.
    one.fields = {**one.fields, "name": "Башка кеңеш"}
    assert not sent.fits(sending, sent.of_entry(one))
    challenge = json.loads(sending.client_data)["challenge"]
    assert challenge == sent.websafe_encode(hashlib.sha256(message).digest())

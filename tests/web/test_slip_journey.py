"""From an act in a browser to a proof in a newspaper's hands: the slip, its codes, its file.

Drives the system's Chromium against a really started server, as test_journey.py does."""

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from kerege.register import proof
from kerege.register.note import Verifier
from tests.web.browsing import WIDE, act, page_day
from tests.web.served import kerege

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, browser) -> Iterator[Page]:
    # A cheap phone with a fine screen, and nothing runs in it.
    context = browser.new_context(
        base_url=site,
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return answer.read()


def scanned(picture: bytes) -> list[bytes]:
    """What a camera reads in a picture, shortest first."""
    return sorted(
        (code.bytes for code in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))), key=len
    )


def test_an_act_its_slip_and_its_proof(page, site, site_folder, tmp_path):
    page.goto("/sign-in/")
    page.locator("[data-name=on-archa-recorder]").click()
    act(
        page,
        "on-archa",
        "HoldSession",
        held_on=page_day(page, "on-archa"),
        kind="ordinary",
        number="99",
        present="11",
        agenda="Жол",
    )
    expect(page.locator("#content > .notice-good")).to_contain_text("Бул жазуу реестрде бар")
    page.get_by_role("link", name="Дүмүрчөгүн алуу").click()
    expect(page.locator(".slip h1")).to_contain_text("99")
    n = page.url.split("/register/")[1].split("/")[0]
    assert page.evaluate(WIDE) == 0

    # The codes as a phone sees them on a screen, and as a camera sees them on paper.
    address, bare = scanned(page.screenshot(full_page=True))
    assert address.decode() == page.url
    with page.expect_download() as waited:
        page.locator(".not-printed .govuk-button").click()
    slip = tmp_path / waited.value.suggested_filename
    waited.value.save_as(slip)
    assert slip.name == f"on-archa-{n}.tlog-proof"
    whole = proof.parse(slip.read_bytes())
    key = Verifier.from_vkey(fetched(f"{site}/on-archa/log/key").decode().splitlines()[0])
    entry = fetched(f"{site}/on-archa/log/register.jsonl").splitlines()[int(n)]
    assert whole.extra == entry and proof.check(proof.parse(bare), entry, key).size == int(n) + 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 560, "height": 790})
    assert scanned(page.screenshot(full_page=True)) == [address, bare]

    # Somebody else's folder, the one file, and the slip.
    elsewhere = tmp_path / "elsewhere"
    kerege(site_folder, "export", "on-archa", str(elsewhere))
    checker = tmp_path / "kerege-verify.pyz"
    checker.write_bytes(fetched(f"{site}/kerege-verify.pyz"))
    alone = [sys.executable, "-I", "-S", str(checker), str(slip)]
    for held_against in (["--key", key.vkey], ["--against", str(elsewhere)]):
        done = subprocess.run([*alone, *held_against], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    # A slip on which one letter was changed holds nowhere.
    changed = whole.extra.replace(b'"number":"99"', b'"number":"98"')
    assert changed != whole.extra
    slip.write_bytes(
        proof.format(proof.Receipt(whole.index, whole.hashes, whole.checkpoint, changed))
    )
    done = subprocess.run([*alone, "--key", key.vkey], capture_output=True, text=True)
    assert done.returncode == 1 and "bad_proof" in done.stdout


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_slip_is_one_leaf(page, size):
    page.goto("/on-archa/register/20/receipt/")
    leaf = page.pdf(format=size)
    assert re.search(rb"/Count (\d+)", leaf)[1] == b"1"


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize("path", ["/trust/", "/on-archa/register/20/receipt/", "/kg/register/1/"])
def test_pages_of_trust_fit_a_phone(page, prefix, path):
    page.goto(prefix + path)
    assert page.evaluate(WIDE) == 0


def test_a_code_to_sign_in_is_the_largest_thing_on_its_leaf(page):
    page.goto("/sign-in/")
    page.locator("[data-name=on-archa-recorder]").click()
    page.goto("/on-archa/codes/")
    page.get_by_role("button", name="Код берүү").click()
    leaf = page.pdf(format="A5")
    assert re.search(rb"/Count (\d+)", leaf)[1] == b"1"
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => ['[data-code]', 'h1', 'p:not([data-code])', 'figcaption'].map(
            at => parseFloat(getComputedStyle(document.querySelector('.slip ' + at)).fontSize))"""
    )
    assert sizes[0] > 30 and sizes[0] > 1.5 * max(sizes[1:])

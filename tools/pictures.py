"""Pictures of the ten main pages for docs/pictures/: on a phone in Kyrgyz, on a desk in Russian.

Run `make pictures`. It serves the demonstration by itself and drives the system's Chromium; each
picture is the first screens of a page, in few colours, at most LIMIT bytes.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PORT = 8791
LIMIT = 60_000  # bytes: the pictures live in the repository for good

# The pages most people come to, as the browser tests look at them too.
PAGES = {
    "country": "/",
    "place": "/on-archa/",
    "person": "/on-archa/people/38.0/",
    "body": "/on-archa/bodies/kenesh/",
    "entry": "/on-archa/register/56/",
    "register": "/on-archa/register/",
    "law": "/law/",
    "compare": "/law/compare/",
    "ask": "/law/ask/?act=AdoptBudget&actor=kenesh&draftPublished=no&hearingHeld=no&on=2012-06-01",
    "glossary": "/glossary/",
}
# How a page is looked at: the language's prefix, the width, how much of its height, and in which
# language the browser itself speaks: its field for a day follows that.
LOOKS = {"360-ky": ("", 360, 1500, "ky-KG"), "1280-ru": ("/ru", 1280, 1100, "ru-RU")}


def packed(png: bytes) -> bytes:
    """A picture in as many colours as fit into LIMIT."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        picture.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= LIMIT:
            return out.getvalue()
    raise SystemExit(f"{out.tell()} bytes in {colours} colours, limit {LIMIT}")


def take(browser: Browser, site: str) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for look, (prefix, width, height, locale) in LOOKS.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale=locale)
        for name, address in PAGES.items():
            answer = page.goto(site + prefix + address)
            if answer is None or answer.status != 200:
                raise SystemExit(f"{prefix}{address} did not answer as it should")
            tall = min(page.evaluate("document.body.scrollHeight"), height)
            clip = {"x": 0, "y": 0, "width": width, "height": tall}
            data = packed(page.screenshot(clip=clip))
            (TARGET / f"{name}-{look}.png").write_bytes(data)
            print(f"{name}-{look}.png {len(data)}")
        page.close()


def main() -> None:
    site = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(
            [sys.executable, "-m", "kerege", "demo", "--data", data, "--port", str(PORT)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{site}/healthz").close()
                    break
                except OSError:
                    time.sleep(0.2)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                take(browser, site)
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()

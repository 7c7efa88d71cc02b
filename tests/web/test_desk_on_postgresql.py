"""A day at the desk on PostgreSQL: a draft is kept and found again, its act is sent, and whoever
searches finds it, inflected and without the letters a keyboard lacks."""

import subprocess
import sys

import pytest

from tests.web.postgres import ROOT, clean, postgresql

pytestmark = pytest.mark.prove

WALK = """
import re
import django; django.setup()
from django.conf import settings
from django.db import connection
settings.ALLOWED_HOSTS = ["testserver"]
assert connection.vendor == "postgresql"
from django.test import Client
from kerege.web.models import Account, Draft, Row

FORM = "/on-archa/acts/RaiseIssue/"
recorder = Client(headers={"accept-language": "en"})
recorder.force_login(Account.objects.get(username="on-archa-recorder"))

def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()

# Typed in two steps, as the page itself saves it.
said = {"actor": "community", "title": "Гүлбакча", "text": "Мектептин жанына гүлбакча"}
rows = Row.objects.count()
for text in ("Мектептин", said["text"]):
    kept = recorder.post(f"/en{FORM}", {**said, "text": text, "draft": "1"})
    assert kept.status_code == 200, (kept.status_code, kept.get("Location"))
(draft,) = Draft.objects.all()
assert Row.objects.count() == rows
assert "Your drafts" in read(recorder, "/en/desk/")
page = read(recorder, f"/en{FORM}")
assert "This is your draft" in page and "Мектептин жанына гүлбакча" in page

one_act = "6a1f3c1e-2f5b-4a55-9a53-0d8c0f2c7d11"
paper = {"paper_number": "№ 7", "paper_day": "2013-03-01", "held_on": "2013-03-01", "id": one_act}
sent = recorder.post(FORM, {**said, **paper})
assert sent.status_code == 302, sent.content.decode()
n = re.search("register/([0-9]+)/", sent.url)[1]
# Sent twice, it stands there once.
assert recorder.post(FORM, {**said, **paper}).status_code == 302
assert Row.objects.count() == rows + 1 and not Draft.objects.exists()
assert "Your drafts" not in read(recorder, "/en/desk/")

anyone = Client()
for asked in ("гүлбакча", "гулбакчалар", "ГҮЛБАКЧАНЫН"):
    assert f"/on-archa/register/{n}/" in read(anyone, f"/search/?q={asked}"), asked
assert f'href="/en/on-archa/register/{n}/"' in read(anyone, "/en/search/?q=гүлбакча")
for asked in ("'", "!a & b:*", "a" * 10_000, "%00", "кеңеш' | 'x"):
    assert anyone.get("/search/", {"q": asked}).status_code < 500, asked
assert f"register/{n}/" in read(anyone, "/on-archa/register/")
print("walked")
"""


def test_a_draft_becomes_an_act_that_is_found(tmp_path):
    env = {**clean(), "KEREGE_DATA": str(tmp_path), "KEREGE_DEMONSTRATION": "1"}
    with postgresql(env) as made:
        told = [sys.executable, "-m", "kerege", "demo", "--data", str(tmp_path), "--no-serve"]
        subprocess.run(told, cwd=ROOT, env=made, check=True, capture_output=True, timeout=300)
        walk = [sys.executable, "-c", WALK]
        done = subprocess.run(walk, env=made, text=True, capture_output=True, timeout=300)
    assert done.stdout.endswith("walked\n"), done.stderr

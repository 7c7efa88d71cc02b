"""Signing in on PostgreSQL: the same tables, the same limits."""

import json
import subprocess
import sys

import pytest

from tests.web.postgres import clean, postgresql

pytestmark = pytest.mark.prove

TRIED = """
import django; django.setup()
import json
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import DatabaseError, transaction
call_command("migrate", verbosity=0)
from django.test import Client
from kerege.web import handed, sent
from kerege.web.founding import make_register
from kerege.web.models import Account, Handed, Sent
town, now = make_register("proba"), datetime.now(UTC)
Handed.objects.create(
    register=town, by="1.0", hash=handed.hashed("123412341234"), made_at=now,
    expires_at=now.replace(year=9000),
)
said = [handed.redeem("1234 1234 1234", now) is not None, handed.redeem("123412341234", now)]
sent.keep(town, 0, sent.Sending("passkey", b"k", b"a", b"c", b"s"))
said.append(dict(sent.all_of(town))[0] == sent.Sending("passkey", b"k", b"a", b"c", b"s"))
for change in (lambda: Sent.objects.update(how="code"), Sent.objects.all().delete):
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        said.append("insert-only" in str(error))
Account.objects.make("katchy", "uzun-syrsoz-42")
client = Client(SERVER_NAME="localhost")
for _ in range(6):
    client.post("/sign-in/", {"login": "katchy", "password": "wrong"})
good = {"login": "katchy", "password": "uzun-syrsoz-42"}
said.append(client.post("/sign-in/", good).status_code)
print(json.dumps(said))
"""


def test_codes_senders_and_limits(tmp_path):
    with postgresql({**clean(), "KEREGE_DATA": str(tmp_path)}) as env:
        done = subprocess.run(
            [sys.executable, "-c", TRIED], env=env, capture_output=True, text=True, timeout=300
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [True, None, True, True, True, 400]

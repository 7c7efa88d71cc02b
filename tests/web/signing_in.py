"""Somebody with a password, who signs in, is given a mandate, acts and resigns."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import RECORDER, in_office
from kerege.municipality.rights import Speaker
from kerege.web.gate import Attempt, perform
from kerege.web.models import Account
from kerege.web.places import Place, place
from kerege.web.speaking import speakers
from tests.web.acting import form_id, send

PASSWORD = "uzun-syrsoz-42"


@pytest.fixture
def katchy():
    """Someone with a password, who is nobody of the demonstration."""
    made = Account.objects.make("katchy", PASSWORD)
    EmailAddress.objects.create(user=made, email="katchy@naryn.kg", verified=True, primary=True)
    return made


def sign_in(client: Client, login: str = "katchy", password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def link(account: Account, post: str = "deputy") -> str:
    """Give a mandate of On-Archa to an account, as the recorder does; its id."""
    here = place("on-archa")
    recorder = Account.objects.get(username="on-archa-recorder")
    mandate = next(in_office(here.m, post, date.today())).id
    said = {"account": account.code, "mandate": mandate}
    do(here, "LinkAccount", RECORDER, said, speakers(here, recorder)[0])
    return mandate


def resign(account: Account, mandate: str) -> None:
    """Lay a mandate down, a moment ago."""
    here = place("on-archa")
    by = speakers(here, account)[0]
    do(here, "EndMandate", "deputy", {"mandate": mandate, "cause": "resigned"}, by, mandate)


def do(here: Place, act: str, kind: str, said: dict, by: Speaker, of: str = "") -> None:
    today = date.today()
    paper = Evidence("1", today)
    insist = "" if kind == RECORDER else "Арыз"
    perform(
        here.register,
        Attempt(form_id(f"{act}-{said}"), act, said, Actor(kind, of), today, by, paper, insist),
        datetime.now(UTC),
    )


def code_of(secret: str) -> str:
    """What an app with this secret shows now."""
    counter = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def raise_issue(client: Client, mandate: str, **more: str):
    """A deputy puts a question before the kenesh."""
    said = {"title": "Жол", "text": "Жолду качан оңдойбуз?", "on": date.today().isoformat()}
    return send(client, "on-archa", "RaiseIssue", actor=f"deputy:{mandate}", **{**said, **more})

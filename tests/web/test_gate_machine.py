"""Thousands of acts by chance, and after each of them the register is what the model says."""

import os
import time
import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from kerege.municipality.dating import BISHKEK
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import holding
from kerege.municipality.rights import Speaker
from kerege.municipality.territory import Unit
from kerege.web import founding
from kerege.web.gate import Attempt, perform
from kerege.web.models import Account, Register
from kerege.web.registers import told
from tests.web.gate_machine import Gate
from tests.web.gate_town import NOW, Town

EACH = 50
UNIT = Unit("41706000000001", "Ноокат", "", 3, "", "aiyl_aimak", "2021-04", "soate-2021")
PEOPLE = ["Айгүл Токоева", "Бакыт Асанов", "Роза Мамбетова", "Нурбек Жумабаев", "Эркин Дүйшөев"]
# What a real place has done before the machine begins: by whom, what, and what is said.
BEGUN = (
    ("community", "ConstituteBody", {"kind": "representative_body", "name": "Ноокат кеңеши"}),
    ("community", "ConstituteBody", {"kind": "executive_body", "name": "Ноокат айыл өкмөтү"}),
    ("community", "ElectDeputies", {"manner": "direct", "seats": 5, "deputies": PEOPLE}),
    ("kenesh", "HoldSession", {"kind": "founding", "number": "1", "present": 5, "agenda": "Ачуу"}),
)


@pytest.fixture
def places(demo):
    """The exercise of the demonstration, and a real municipality that has its kenesh."""
    now = NOW["real"]
    on = now.astimezone(BISHKEK).date()
    recorder = Account.objects.make("nookat-recorder", None)
    said = {"kind": "aiyl_aimak", "name_ky": "Ноокат", "name_en": "Nookat"}
    real = founding.found(UNIT, said, recorder, on, now, holder="Айзада", address="nookat")
    for number, (actor, act, fields) in enumerate(BEGUN):
        speaker = Speaker(recorder.code, holding(told(real), recorder.code, on)[0])
        attempt = Attempt(
            id=str(uuid.UUID(int=number)),
            act=act,
            fields=fields,
            actor=Actor(actor),
            held_on=on,
            speaker=speaker,
            evidence=Evidence(f"№ {number}", on),
        )
        perform(real, attempt, now)
    codes = {
        post: Account.objects.get(username=f"on-archa-{post}").code
        for post in ("recorder", "head", "chair", "deputy")
    }
    towns = {
        "exercise": Town("on-archa", NOW["exercise"], list(codes.values())),
        "real": Town("nookat", now + timedelta(hours=1), [recorder.code, codes["chair"]]),
    }
    assert Register.objects.filter(slug="nookat").exists()
    Gate.base = staticmethod(lambda: towns)
    Gate.steps, Gate.written = 0, {}


def run(number: int, examples: int) -> None:
    """Run examples that follow from a number; a failure tells how to run them again, and is then
    told as shortly as can be, which takes minutes."""
    phases = [Phase.generate, Phase.shrink] if "KEREGE_SEED" in os.environ else [Phase.generate]
    bounds = settings(
        max_examples=examples,
        stateful_step_count=EACH,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seed(number)(Gate), settings=bounds)
    except BaseException as error:
        error.add_note(f"again: KEREGE_SEED={number}, after {Gate.steps} steps")
        raise


def first() -> int:
    return int(os.environ.get("KEREGE_SEED", "1"))


def test_some_hundred_acts_by_chance(places):
    run(first(), 8)
    assert Gate.steps >= 300 and len(Gate.written) >= 10
    assert {"ErasePersonal", "Annul", "routine", "AppointHead"} <= {*Gate.written}


@pytest.mark.prove
def test_ten_thousand_acts_by_chance(places, capsys):
    began, number = time.monotonic(), first()
    while Gate.steps < 10_000:
        run(number, 20)
        number += 1
    with capsys.disabled():
        told_ = ", ".join(f"{act} {n}" for act, n in sorted(Gate.written.items()))
        print(f"\n{Gate.steps} steps in {time.monotonic() - began:.0f} s, written: {told_}")
    assert len(Gate.written) >= 30

"""Every unit of the territory can be founded; what the source does not say is asked."""

import pytest

from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Malformed
from kerege.municipality.territory import load
from kerege.web.founding import address_for, prefilled, unit


def test_every_aimak_and_city_can_be_founded(demo):
    asked = 0
    addresses = set()
    for one in load().foundable():
        fields = prefilled(unit(one.code))
        # Kyrgyz names and population have no source yet, so nothing is prefilled for them.
        assert "name_ky" not in fields and "population" not in fields
        assert fields["as_of"] and fields["source"]
        if "kind" not in fields:
            asked += 1
            with pytest.raises(Malformed, match="kind"):
                ACTS["Found"].read({**fields, "name_ky": "А", "name_en": "A"})
            fields["kind"] = "settlement"
        ACTS["Found"].read({"name_en": "A", **fields, "name_ky": "А"})
        addresses.add(address_for(one))
    assert asked == 52
    assert all(a.isascii() and a for a in addresses)


@pytest.mark.parametrize(
    ("code", "problem"),
    [("1", "unknown_unit"), ("41704000000000", "not_foundable"), ("", "unknown_unit")],
)
def test_what_cannot_be_founded_says_so(code, problem):
    with pytest.raises(Malformed, match=problem):
        unit(code)


def test_no_place_takes_the_address_of_a_page():
    from django.urls import get_resolver

    from kerege.web.founding import TAKEN

    patterns = [
        str(one.pattern)
        for top in get_resolver().url_patterns
        for one in getattr(top, "url_patterns", [top])
    ]
    firsts = {part for p in patterns if (part := p.split("/")[0]) and not part.startswith("<")}
    assert firsts | {"ru", "en", "ky", "static"} == TAKEN


def test_an_appointed_recorder_without_an_account_gets_one_from_the_operator(demo):
    """The kenesh chooses who writes; the operator only gives that person the account."""
    from datetime import UTC, date, datetime

    from kerege.municipality.governing import RECORDER, in_office, linked
    from kerege.municipality.steps import Step
    from kerege.web.founding import link_recorder
    from kerege.web.models import Account, Register
    from kerege.web.registers import told
    from kerege.web.story import Storyteller

    register = Register.objects.get(slug="naryn")
    on, now = date(2013, 3, 11), datetime(2013, 3, 11, 6, tzinfo=UTC)
    common = {"on": on, "actor": "kenesh", "of": "", "paper": "", "insist": "", "refused": False}
    session = {"kind": "ordinary", "number": "50", "present": 13, "agenda": "Катчы"}
    named = {"session": "@s", "votes_for": 12, "post": "recorder", "holder": "Жаңыл Абдиева"}
    teller = Storyteller(register, ["naryn-rec"], now)
    teller.told = 1000
    steps = [
        Step(act="HoldSession", fields=session, label="s", **common),
        Step(act="AppointOfficial", fields=named, label="", **common),
    ]
    list(teller.tell(steps))
    account = Account.objects.make("zhanyl", None)
    with pytest.raises(Malformed, match="recorder_is"):
        link_recorder(register, account, on, now, holder="Башка Бирөө")
    link_recorder(register, account, on, now, holder="Жаңыл Абдиева")
    m = told(register)
    recorder = next(in_office(m, RECORDER, on))
    assert linked(m, recorder.id, on) == account.code
    with pytest.raises(Malformed, match="recorder_already"):
        link_recorder(register, account, on, now, holder="Жаңыл Абдиева")


def test_a_real_place_shows_its_recovery_sheet_once(demo, person):
    from kerege.municipality.keys import recovery
    from kerege.web.models import Account, Register
    from kerege.web.registers import told
    from kerege.web.sheet import recovery_key

    Account.objects.make("kant-recorder", "x" * 12)
    said = {"kind": "city_rayon", "name_ky": "Кант шаары", "name_ru": "Кант", "name_en": "Kant"}
    operator = person("operator")
    answer = operator.post(
        "/found/41708206600010/", {**said, "recorder": "kant-recorder", "holder": "Айша"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    town = Register.objects.get(slug="kant")
    m = told(town)
    assert [m.acts[n] for n in range(m.size)] == ["Found", "LinkRecorder", "DeclareRecovery"]
    safe = recovery_key(page, recovery(m))
    assert f'href="/{town.slug}/"' in page
    for shown in (f"/{town.slug}/register/2/", f"/{town.slug}/register/", f"/{town.slug}/"):
        again = operator.get(shown)
        assert again.status_code == 200
        assert safe.seed.hex()[:8] not in again.content.decode().replace(" ", "")


def test_an_exercise_has_no_recovery_sheet(demo, person):
    from kerege.municipality.keys import recovery
    from kerege.web.models import Account, Register
    from kerege.web.registers import told

    Account.objects.make("kant-recorder", "x" * 12)
    said = {"kind": "city_rayon", "name_ky": "Кант шаары", "name_ru": "Кант", "name_en": "Kant"}
    said |= {"exercise": "on", "recorder": "kant-recorder", "holder": "Айша"}
    assert person("operator").post("/found/41708206600010/", said).status_code == 302
    assert recovery(told(Register.objects.get(slug="kant"))) is None

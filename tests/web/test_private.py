"""Personal data: a commitment in the register, the plain value beside it, and nowhere else."""

import logging
import re
import subprocess
import uuid
from dataclasses import replace

import pytest
from django.db import DatabaseError

from kerege.municipality import telling
from kerege.municipality.entry import Actor
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import Speaker
from kerege.web import erasing, private
from kerege.web.gate import Refused, perform
from kerege.web.models import Private, Register, Row
from kerege.web.registers import entry_of, told
from tests.web.acting import send
from tests.web.test_gate import NOW, attempt

WHO = "Асан Үсөнов-Ишенбек 1234"


@pytest.fixture
def town(demo) -> Register:
    return Register.objects.get(slug="on-archa")


def issue(**more: str) -> dict[str, str]:
    return {"title": "Арык", "text": "Арыкты тазалоо", "applicant": WHO, **more}


def test_the_entry_holds_a_commitment_and_the_table_what_opens_it(town):
    done = attempt(fields=issue(applicant=f"  {WHO}\n"))
    n = perform(town, done, NOW)
    entry, kept = entry_of(town, n), Private.objects.get(register=town, uid=done.id)
    assert (kept.field, kept.value, len(bytes(kept.salt))) == ("applicant", WHO, 32)
    assert entry.fields["applicant"] == private.commit(done.id, "applicant", bytes(kept.salt), WHO)
    assert WHO.encode() not in bytes(Row.objects.get(register=town, n=n).data)


def test_two_entries_of_one_person_do_not_show_that_they_are(town):
    first, second = (perform(town, attempt(fields=issue()), NOW) for _ in range(2))
    assert entry_of(town, first).fields["applicant"] != entry_of(town, second).fields["applicant"]


def test_what_was_left_out_is_left_out(town):
    n = perform(town, attempt(fields=issue(applicant="")), NOW)
    assert "applicant" not in entry_of(town, n).fields and not Private.objects.exists()


def test_a_hash_that_is_typed_is_a_name_like_any_other(town):
    n = perform(town, attempt(fields=issue(applicant="ab" * 32)), NOW)
    assert entry_of(town, n).fields["applicant"] != "ab" * 32


def test_the_same_again_is_the_same_act(town):
    once = attempt(fields=issue())
    n = perform(town, once, NOW)
    assert perform(town, once, NOW) == n == told(town).size - 1
    for other in (issue(applicant="Үсөн"), issue(applicant=""), issue(title="Башка")):
        with pytest.raises(Malformed, match="id_used"):
            perform(town, attempt(id=once.id, fields=other), NOW)
    assert Private.objects.count() == 1


def test_another_official_cannot_try_out_names(town):
    """Whoever sends another's attempt again is told nothing of what was in it."""
    once = attempt(fields=issue(applicant="Бакыт Осмонов"))
    perform(town, once, NOW)
    own = told(town).mandates
    chair = next(x for x in own.values() if x.post == "chair" and x.holds(once.held_on))
    for name in ("Бакыт Осмонов", "Асан Үсөнов"):
        other = replace(once, fields=issue(applicant=name), speaker=Speaker("x", chair))
        with pytest.raises(Malformed, match="id_used"):
            perform(town, other, NOW)


def test_after_erasing_the_same_again_is_the_same_act_and_brings_nothing_back(town):
    once = attempt(fields=issue())
    n = perform(town, once, NOW)
    Private.objects.all().delete()
    assert perform(town, once, NOW) == n
    with pytest.raises(Malformed, match="id_used"):
        perform(town, attempt(id=once.id, fields=issue(title="Башка")), NOW)
    with pytest.raises(Malformed, match="id_used"):
        perform(town, attempt(id=once.id, fields=issue(applicant="")), NOW)
    assert not Private.objects.exists()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"fields": issue(applicant="А" * 201)}, "too_long"),
        ({"fields": issue(applicant="А\u202eБ")}, "bad_characters"),
        ({"fields": {**issue(), "applicant": 7}}, "wrong_type"),
        ({"fields": issue(), "id": "a\nb"}, "bad_id"),
        ({"fields": issue(), "id": WHO}, "bad_id"),
        ({"fields": issue(title="")}, "required"),
    ],
)
def test_what_is_wrong_is_told_without_it_and_keeps_nothing(town, changes, problem):
    with pytest.raises(Malformed, match=problem) as wrong:
        perform(town, attempt(**changes), NOW)
    assert WHO not in str(wrong.value) and not Private.objects.exists()


def test_a_refused_act_keeps_nothing(town):
    # No law of ours lets a governor raise an issue for a village.
    asked = attempt(fields=issue(), actor=Actor("governor"))
    before = told(town).size
    with pytest.raises(Refused) as refused:
        perform(town, asked, NOW)
    assert WHO not in repr(refused.value.considered) and WHO not in repr(asked)
    assert told(town).size == before and not Private.objects.exists()


def test_where_writing_fails_nothing_is_kept_or_logged(town, person, monkeypatch, caplog):
    def fail(*_args, **_more):
        raise DatabaseError("the disk is full")

    client = person("on-archa-recorder")
    monkeypatch.setattr("kerege.web.gate.append", fail)
    with caplog.at_level(logging.DEBUG):
        page = send(client, "on-archa", "RaiseIssue", actor="community", paper="№ 1", **issue())
    assert page.status_code == 503 and not Private.objects.exists()
    assert caplog.text and WHO not in caplog.text


# -- pages ----------------------------------------------------------------------------------


def raised(client) -> str:
    """The address of an entry made through the form."""
    said = {"actor": "community", "paper": "№ 1", "id": str(uuid.uuid4()), **issue()}
    page = send(client, "on-archa", "RaiseIssue", **said)
    assert page.status_code == 302
    assert WHO not in page.url
    return page.url


def test_the_form_says_where_it_goes_and_no_address_fills_it_in(demo, person):
    client = person("on-archa-recorder")
    page = client.get("/en/on-archa/acts/RaiseIssue/", {"applicant": WHO, "title": "Water"})
    text = page.content.decode()
    assert "Stays out of the public register" in text and WHO not in text and "Water" in text


def test_the_public_sees_that_it_is_kept_and_the_recorder_what(demo, person, client):
    url = raised(person("on-archa-recorder"))
    mine = client.get(f"/en{url}")
    text = mine.content.decode()
    assert WHO in text and mine.headers["Cache-Control"] == "no-store"
    salt = bytes(Private.objects.get().salt).hex()
    assert salt in text
    for who in ("", "on-archa-deputy", "naryn-recorder", "country-recorder"):
        client.logout()
        if who:
            person(who)
        text = client.get(f"/en{url}").content.decode()
        assert WHO not in text and salt not in text, who
        assert "kept privately" in text and "kerege/commitment/v1" in text


def test_nobody_finds_it_on_other_pages(demo, person, client):
    url = raised(person("on-archa-recorder"))
    n = url.split("/")[-2]
    client.logout()
    for page in ("/on-archa/", "/on-archa/register/", f"/on-archa/register/{n}/receipt/"):
        assert WHO not in client.get(page).content.decode(), page


def test_the_command_on_the_page_prints_the_commitment(town):
    done = attempt(fields=issue(applicant="О'Коннор $HOME `id` \\n"))
    n = perform(town, done, NOW)
    kept = Private.objects.get()
    line = private.formula(done.id, kept.field, bytes(kept.salt).hex(), kept.value)
    printed = subprocess.check_output(["sh", "-c", line], text=True)
    assert printed.split()[0] == entry_of(town, n).fields["applicant"]


def test_a_resident_can_stand_behind_each_of_the_three(demo, person):
    client = person("on-archa-recorder")
    for act in ("RaiseIssue", "RequestMeeting", "SubmitInitiative"):
        form = client.get(f"/en/on-archa/acts/{act}/").content.decode()
        assert 'name="applicant"' in form and "in the field “Applicant” only" in form


# -- erasing by the recorder ----------------------------------------------------------------


def erase(client, n: str | int, **said: str):
    said = {"entry": str(n), "names": "applicant", "ground": "Арыз ээсинин өтүнүчү", **said}
    said["id"] = str(uuid.uuid4())
    return send(client, "on-archa", "ErasePersonal", actor="recorder", **said)


def test_the_recorder_erases_and_the_entry_says_when_and_why(demo, person, client):
    url = raised(person("on-archa-recorder"))
    n = url.split("/")[-2]
    link = f"/en/on-archa/acts/ErasePersonal/?entry={n}&amp;names=applicant"
    assert link in client.get(f"/en{url}").content.decode()
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert f'value="{n}" selected' in form
    # What the entry holds, in the words of its page; the button promises no answer of the law.
    boxes = re.findall(r'name="names" value="(\w+)"[^>]*(checked)', form)
    assert boxes == [("applicant", "checked")] and form.count('name="names"') == 1
    assert "cannot be brought back" in form and "The ground is public" in form
    assert "Erase, and record that in the register" in form and "Ask the law" not in form
    assert "What is recorded is never erased" not in form
    assert "gives salt and value" in client.get(f"/en{url}").content.decode()
    page = erase(client, n)
    assert page.status_code == 302 and not Private.objects.exists()
    # Wiping comes after the commit, which a test never sees; until then it stands there as due.
    assert erasing.due()
    for who in ("on-archa-recorder", ""):
        if not who:
            client.logout()
        text = client.get(f"/en{url}").content.decode()
        assert (
            "Erased on" in text
            and "Арыз ээсинин өтүнүчү" in text
            and page.url.removesuffix("#recorded") in text
        )
        assert WHO not in text and "gives salt and value" not in text
        assert "The salt was erased" in text
    assert "Applicant" in client.get(f"/en{page.url}").content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"names": "evidence"}, "Негиз болгон кагаз"),
        ({"names": "document"}, "Документтин SHA-256 изи"),
        ({"names": "title"}, telling.field_name("title", "ky")),
        ({"entry": "99999"}, ""),
        ({"ground": ""}, ""),
    ],
)
def test_what_is_not_there_is_not_erased(demo, person, client, changed, says):
    url = raised(person("on-archa-recorder"))
    page = erase(client, url.split("/")[-2], **changed)
    assert page.status_code == 400 and says in page.content.decode()
    assert Private.objects.count() == 1


def test_nobody_else_erases(demo, person, client):
    url = raised(person("on-archa-recorder"))
    n = url.split("/")[-2]
    for who in ("on-archa-chair", "naryn-recorder"):
        client.logout()
        assert erase(person(who), n).status_code == 403
    assert Private.objects.count() == 1


def test_a_lawful_erasing_that_fails_half_way_erases_nothing(demo, person, client, monkeypatch):
    url = raised(person("on-archa-recorder"))

    def fail(*_args):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("kerege.web.gate.erasing.erase", fail)
    before = told(Register.objects.get(slug="on-archa")).size
    assert erase(client, url.split("/")[-2]).status_code == 503
    assert Private.objects.count() == 1
    assert told(Register.objects.get(slug="on-archa")).size == before

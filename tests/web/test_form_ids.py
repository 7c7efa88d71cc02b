"""The id a form carries stands in the register for good: nobody writes words there."""

import re
import uuid

import pytest

from kerege.web.models import Row

pytestmark = pytest.mark.usefixtures("demo")


def form(page: str) -> str:
    return re.search(r'name="id" value="([^"]+)"', page)[1]


@pytest.mark.parametrize(
    "sent",
    [
        "Асанова Айгүл, AN1234567",
        "\u202eгел",
        "<b>x</b>",
        "a" * 64,
        "{6a1f3c1e-2f5b-4a55-9a53-0d8c0f2c7d11}",
        "6A1F3C1E-2F5B-4A55-9A53-0D8C0F2C7D11",
        "urn:uuid:6a1f3c1e-2f5b-4a55-9a53-0d8c0f2c7d11",
    ],
)
def test_words_in_the_place_of_the_id_are_sent_back_with_another(person, sent):
    recorder, rows = person("on-archa-recorder"), Row.objects.count()
    answer = recorder.post("/en/on-archa/acts/RaiseIssue/", {**ISSUE, "id": sent})
    page = answer.content.decode()
    assert answer.status_code == 400 and "did not come from our page" in page
    assert Row.objects.count() == rows
    again = form(page)
    assert str(uuid.UUID(again)) == again and 'value="Арык"' in page


def test_without_an_id_an_act_gets_one(person):
    recorder = person("on-archa-recorder")
    answer = recorder.post("/on-archa/acts/RaiseIssue/", {**ISSUE, "id": ""})
    assert answer.status_code == 302
    uid = Row.objects.filter(register__slug="on-archa").last().uid
    assert str(uuid.UUID(uid)) == uid


ISSUE = {
    "actor": "community",
    "held_on": "2013-03-01",
    "title": "Арык",
    "text": "Арыкты тазалоо керек",
    "paper_number": "№ 9",
    "paper_day": "2013-03-01",
}


def test_a_name_that_everybody_would_read_is_asked_about_before(person):
    recorder, rows = person("on-archa-recorder"), Row.objects.count()
    said = {**ISSUE, "text": "Асановдун арыгы", "applicant": "Асанова Айгүл"}
    said["id"] = str(uuid.uuid4())
    answer = recorder.post("/en/on-archa/acts/RaiseIssue/", said)
    page = answer.content.decode()
    assert answer.status_code == 400 and "also stands in the text that everybody reads" in page
    assert Row.objects.count() == rows
    # It may be the name of a street.
    sure = {**said, "again": re.search(r'name="again" value="([^"]*)"', page)[1]}
    assert recorder.post("/en/on-archa/acts/RaiseIssue/", sure).status_code == 302

"""What a form asks for can be read and typed on any phone: days, lines of a budget, choices."""

import re
from datetime import date

import pytest

from kerege.municipality import telling
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")


def page(client, act: str, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/on-archa/acts/{act}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_day_is_typed_as_people_write_it(person):
    client = person("on-archa-recorder")
    text = page(client, "AdoptBudget")
    assert 'type="date"' not in text and "Күн, ай, жыл: 25.11.2026" in text
    assert re.search(r'name="held_on" value="[0-9]{2}\.[0-9]{2}\.[0-9]{4}"', text)
    said = {"actor": "community", "title": "Арык", "text": "Арык", "paper_number": "№ 7"}
    answer = client.post(
        "/on-archa/acts/RaiseIssue/", {**said, "held_on": "1.3.2013", "paper_day": "01/03/2013"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert telling.day(date(2013, 3, 1), "ky") in client.get(answer.url).content.decode()


@pytest.mark.parametrize("day", ["31.02.2013", "03/25/2013", "кечээ"])
def test_what_is_no_day_is_said_and_stays_as_it_was_typed(person, day):
    client = person("on-archa-recorder")
    answer = send(
        client, "on-archa", "RaiseIssue", actor="community", on=day, title="Арык", text="Арык"
    )
    text = answer.content.decode()
    assert answer.status_code == 400 and "15.03.2012 же 2012-03-15" in text


def test_every_part_of_a_line_has_its_label(person):
    text = page(person("on-archa-recorder"), "AdoptBudget")
    for k, said in enumerate(("Эмнеге", "Кайдан", "Суммасы")):
        label = f'<label class="govuk-label line-label" for="id_lines_3_{k}">{said}</label>'
        assert label in text and f'id="id_lines_3_{k}"' in text


def test_every_wrong_line_is_told_by_the_number_it_has_in_the_form(person):
    client = person("on-archa-recorder")
    said = {"lines_1_name": "Жол", "lines_1_source": "local", "lines_1_amount": "көп"}
    said |= {"lines_4_name": "", "lines_4_source": "local", "lines_4_amount": "100"}
    answer = send(client, "on-archa", "AdoptBudget", year="2013", **said)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "2-сап: аталышы" in text and "5-сап: аталышы" in text
    assert '<a href="#id_lines_1_0">' in text and '<a href="#id_lines_4_0">' in text


def test_the_name_of_a_court_is_not_optional_where_a_court_acts(person):
    client = person("on-archa-recorder")
    for act in ("Suspend", "Annul"):
        label = re.search(r'for="id_of">([^\n]*)</label>', page(client, act))
        assert label and "soft" not in label[1], act


def test_choices_that_a_phone_cuts_stand_under_it_in_full(person):
    text = page(person("on-archa-recorder"), "Annul")
    assert "Тандай турган жооптор толугу менен" in text
    options = re.findall(r"<option[^>]*>([^<]{31,})</option>", text)
    assert options and all(f"<li>{one}</li>" in text for one in options)


def test_everything_that_is_missing_is_told_at_once(person):
    client = person("on-archa-recorder")
    answer = send(client, "on-archa", "RaiseIssue", actor="state_body", on="кечээ", paper="№ 7")
    text = answer.content.decode()
    assert answer.status_code == 400
    for name in ("held_on", "paper_number", "title", "text"):
        assert f'<a href="#id_{name}">' in text, name

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
    assert 'type="date"' not in text and "Күн, ай, жыл: 25.01.2026" in text
    assert re.search(r'name="held_on" value="[0-9]{2}\.[0-9]{2}\.[0-9]{4}"', text)
    said = {"actor": "community", "title": "Арык", "text": "Арык", "paper_number": "№ 7"}
    answer = client.post(
        "/on-archa/acts/RaiseIssue/", {**said, "held_on": "1.3.2013", "paper_day": "01/03/2013"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert telling.day(date(2013, 3, 1), "ky") in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("31.02.2013", "мындай күн жок"),
        ("03/25/2013", "Адегенде күн, анан ай"),
        ("1.3.13", "жыл төрт сан менен"),
        ("кечээ", "25.01.2026 же 2026-01-25"),
        ("01.01.3000", "Жыл 1900 менен 2200 ортосунда"),
    ],
)
def test_what_is_no_day_is_said_and_stays_as_it_was_typed(person, day, said):
    client = person("on-archa-recorder")
    answer = send(
        client, "on-archa", "RaiseIssue", actor="community", on=day, title="Арык", text="Арык"
    )
    text = answer.content.decode()
    assert answer.status_code == 400 and said in text


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
    assert "2-сап: Суммасы: Сумманы бүтүн сом" in text and "5-сап: Эмнеге: Бул жерди" in text
    assert '<a href="#id_lines_1_2">' in text and '<a href="#id_lines_4_0">' in text
    assert "Ката:</span> Суммасы" in text


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("1 200 000,50", "Сумманы бүтүн сом менен жазыңыз, тыйынсыз"),
        ("", "Бул жерди толтуруңуз"),
        ("0", "1 менен 10"),
    ],
)
def test_at_the_sum_of_a_line_is_said_what_is_wrong_with_the_sum(person, amount, why):
    client = person("on-archa-recorder")
    said = {"year": "2013", "lines": [("Жол", "local", amount)]}
    text = send(client, "on-archa", "AdoptBudget", **said).content.decode()
    assert f"1-сап: Суммасы: {why}" in text and "Эмнеге: " not in text
    live = send(client, "on-archa", "AdoptBudget", live="1", **said).content.decode()
    assert f"1-сап: Суммасы: {why}" in live and "булагы" not in live


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
    for name in ("held_on", "paper_day", "title", "text"):
        assert f'<a href="#id_{name}">' in text, name


def test_a_few_lines_are_shown_and_more_when_they_are_asked_for(person):
    client = person("on-archa-recorder")
    text = page(client, "AdoptBudget")
    assert 'id="id_lines_3_0"' in text and 'id="id_lines_4_0"' not in text
    said = {"year": "2013", "lines_0_name": "Жол", "lines_shown": "4", "more": "1"}
    more = client.post("/en/on-archa/acts/AdoptBudget/", said)
    text = more.content.decode()
    assert more.status_code == 200 and 'value="Жол"' in text and "error-summary" not in text
    assert 'id="id_lines_7_0"' in text and 'id="id_lines_8_0"' not in text and "Add lines" in text
    text = client.post("/en/on-archa/acts/AdoptBudget/", {**said, "lines_shown": "8"}).content
    assert b'id="id_lines_11_0"' in text and b"Add lines" not in text


def test_one_fault_is_told_once_and_at_its_field(person):
    client = person("on-archa-recorder")
    said = {"actor": "community", "title": "Су\0у", "text": "Суу", "paper": "1"}
    text = send(client, "en/on-archa", "RaiseIssue", **said).content.decode()
    assert text.count('<li><a href="#id_') == 1 and "Null characters" not in text
    said = {"actor": "tos", "kind": "ordinary", "number": "9", "present": "11", "agenda": "Суу"}
    text = send(client, "en/on-archa", "HoldSession", **said).content.decode()
    summary = text.partition("error-summary__list")[2].partition("</ul>")[0]
    assert summary.count("<li>") == 1 and '<a href="#id_actor">' in summary

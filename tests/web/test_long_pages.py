"""What helps on a long page and beside a field: contents, letters, and a day that is none."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("address", ["/on-archa/", "/on-archa/brochure/", "/trust/"])
def test_contents_lead_to_what_is_on_the_page(client, address):
    text = client.get(address).content.decode()
    contents = text.partition("contents not-printed")[2].partition("</details>")[0]
    led_to = re.findall('href="#([^"]+)"', contents)
    assert len(led_to) > 5
    for one in led_to:
        assert text.count(f'id="{one}"') == 1, one


def test_why_the_law_refused_is_folded_under_each_attempt(client):
    text = client.get("/on-archa/refused/").content.decode()
    folded = re.findall("<details.*?</details>", text, re.DOTALL)
    held = sum(one.count('class="ruling ') for one in folded)
    assert held == text.count('class="ruling ') > 0


@pytest.mark.parametrize("address", ["/", "/on-archa/", "/search/"])
def test_letters_are_offered_beside_every_search(client, address):
    assert "letters" in "".join(
        re.findall("<script src=[^>]+>", client.get(address).content.decode())
    )


def test_a_day_that_is_none_is_said(client):
    said = client.get("/en/on-archa/", {"on": "2012-13-45"}).content.decode()
    assert "The day “2012-13-45” cannot be shown" in said
    for on in ({}, {"on": ""}, {"on": "2012-12-31"}):
        assert "cannot be shown" not in client.get("/en/on-archa/", on).content.decode()
    hostile = client.get("/en/on-archa/", {"on": "<script>"}).content.decode()
    assert "“&lt;script&gt;”" in hostile


def test_two_fields_of_the_front_page_have_two_buttons(client):
    buttons = re.findall("<button[^>]*>([^<]+)</button>", client.get("/").content.decode())
    assert len(buttons) == len(set(buttons)) > 1


def test_the_register_says_that_numbers_begin_with_0(client):
    assert "биринчисинин номери – 0" in client.get("/on-archa/register/").content.decode()

"""Gateways: what is an address, and that nothing in one means anything to what sends."""

import logging

import pytest
from apprise import Apprise
from django.conf import settings as house
from hypothesis import given
from hypothesis import strategies as st

from kerege.web import gateways
from tests.web.sink import Kept

HOSTILE = (
    "a@b.kg\nBcc: all@b.kg",
    "a@b.kg\r\n\r\nbody",
    "a@b.kg,c@d.kg",
    "a@b.kg c@d.kg",
    "a@b.kg?bcc=c@d.kg",
    "a@b.kg&bcc=c@d.kg",
    "a%2Cb@b.kg",
    '"a b"@b.kg',
    "<a@b.kg>",
    "a@b.kg\0",
    "a@b",
    "а@б.кг",
    "a@b.kg/../../x",
    "@b.kg",
    "",
    " ",
    "‮a@b.kg",
    "x" * 1_000_000,
    "x" * 300 + "@b.kg",
)


def test_no_test_and_no_new_house_has_a_gateway():
    assert house.GATEWAYS == {}
    assert gateways.ways() == []
    assert gateways.send("email", "a@b.kg", "…", "…") is False


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("way", gateways.WAYS)
def test_what_is_no_address_is_refused(way, typed):
    with pytest.raises(gateways.WrongAddress):
        gateways.normal(way, typed)


@pytest.mark.parametrize(
    ("way", "typed", "kept"),
    [
        ("email", " aida.k+x@mail.kg ", "aida.k+x@mail.kg"),
        ("sms", "0555 12-34-56", "+996555123456"),
        ("sms", "+996 (555) 123456", "+996555123456"),
        ("telegram", "123456789", "123456789"),
    ],
)
def test_an_address_is_kept_in_one_form(way, typed, kept):
    assert gateways.normal(way, typed) == kept


@given(st.text(max_size=60) | st.from_regex(gateways._EMAIL, fullmatch=True))
def test_an_e_mail_goes_to_one_address_alone(typed):
    try:
        to = gateways.normal("email", typed)
    except gateways.WrongAddress:
        return
    template = "mailtos://u:p@smtp.example/?from=kerege@house.example&to={to}"
    one = Apprise.instantiate(template.replace("{to}", gateways.quote(to, safe="")))
    # Apprise knows of fewer addresses than there are; what it does not know it sends nowhere.
    assert [address for _, address in one.targets] in ([to], [])
    assert not one.cc and not one.bcc and one.smtp_host == "smtp.example"


def test_a_title_stays_on_one_line(sink):
    assert gateways.send("email", "a@b.kg", "Жаңы\r\nBcc: x@y.kg", "Текст\nэки")
    assert sink.kept == [Kept("a@b.kg", "Жаңы Bcc: x@y.kg", "Текст\nэки")]


def test_a_gateway_that_does_not_take_it_says_so_and_logs_no_address(sink, settings, caplog):
    caplog.set_level(logging.DEBUG)
    sink.refused.add("a@b.kg")
    assert gateways.send("email", "a@b.kg", "…", "…") is False
    settings.GATEWAYS = {"email": "no-such-service://{to}"}
    assert gateways.send("email", "a@b.kg", "…", "…") is False
    assert "a@b.kg" not in caplog.text and "a%40b.kg" not in caplog.text


def test_an_e_mail_can_be_stopped_from_its_head():
    stop = "https://kerege.example/ru/following/stop/ab:1tx:Z_-/?a=1&to=c@d.kg"
    template = "mailtos://u:p@smtp.example/?from=kerege@house.example&to={to}"
    one = Apprise.instantiate(gateways._filled(template, "a@b.kg", stop))
    assert one.headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert [to for _, to in one.targets] == ["a@b.kg"]
    # One press needs https; and what is no e-mail has no head.
    template = "mailto://u:p@smtp.example/?to={to}"
    plain = gateways._filled(template, "a@b.kg", "http://kerege.local/x/")
    assert Apprise.instantiate(plain).headers == {"List-Unsubscribe": "<http://kerege.local/x/>"}
    assert gateways._filled("tgram://token/{to}", "12345", stop) == "tgram://token/12345"
    assert gateways._filled(template, "a@b.kg", "") == template.replace("{to}", "a%40b.kg")

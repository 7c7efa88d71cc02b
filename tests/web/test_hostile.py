"""Hostile text at every address and in every form: nothing is shown raw, nothing breaks, and no
entry is written with it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from kerege.municipality.acts import ACTS
from kerege.web.models import Account, Row
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

MARKUP = "\"'><x-raw onload=alert(1)>{{7191*7}}{%x%}</script><!--"
HOSTILE = {
    "markup": MARKUP,
    "bidi": "\u202eабв\u2066\u200f\u061c",
    "null": "а\x00б",
    "controls": "а\x07б\x1b[31m\x85",
    "homoglyphs": "раураl аdmin\u0131\u200b\u2060\ufeff",
    "alone": "\ud800",
    "numbers": "-9" * 400,
    "unassigned": "\U000e0001\ufffe\uffff",
    "sql": "'; DROP TABLE web_row; -- %s %(x)s {0} ${jndi:ldap://x}",
    "path": "../../../../etc/passwd\\..\\",
    "json": '{"a":' * 200,
    "header": "a\r\nSet-Cookie: x=1",
}
# What pages ask for in their addresses, and what some might.
# fmt: off
ASKED = (
    "q", "act", "on", "a", "b", "topic", "before", "as", "place", "next", "edition", "actor",
    "year", "page", "of", "language", "entry", "names", "account", "mandate", "id", "lines",
    "ended", "process", "state", "code", "error", "scope", "numbers", "under", "day", "n",
    "kind",
)
SENT = (
    "login", "password", "username", "code", "credential", "to_sign", "again", "take_back",
    "next", "oldpassword", "password1", "name", "name_ky", "name_ru", "name_en", "recorder",
    "on", "kind", "pinned", "pk",
)
# fmt: on


def addresses(patterns=None, before: str = "") -> Iterator[str]:
    """Every address pattern of the site, whole, as Django writes it."""
    for one in patterns or get_resolver().url_patterns:
        # The pages that stand in three languages have no prefix in Kyrgyz.
        whole = before + ("" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern))
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, whole)
        else:
            assert isinstance(one, URLPattern)
            yield whole


ADDRESSES = sorted(set(addresses()))
REAL = {
    "slug": "on-archa",
    "n": "3",
    "id": "kg-2010",
    "code": "41704245840000",
    "name": "AdoptBudget",
    "digest": "0" * 64,
    "path": "checkpoint",
    "provider_id": "oidc",
    "pk": "1",
    "token": "x",
}


def filled(pattern: str, **said: str) -> str:
    """An address with its parts filled in."""
    return "/" + re.sub(
        r"<(?:\w+:)?(\w+)>", lambda part: said.get(part[1], REAL.get(part[1], "x")), pattern
    )


def fine(answer, said: str) -> None:
    assert answer.status_code < 500, said
    if answer.get("Content-Type", "").startswith("text/html"):
        text = b"".join(answer) if answer.streaming else answer.content
        assert b"<x-raw" not in text, said
        assert b"50337" not in text, said
    assert "x" not in answer.cookies, said


@pytest.fixture
def stranger() -> Client:
    # What goes wrong is answered, as it would be by a server.
    return Client(raise_request_exception=False)


def test_every_address_is_walked():
    assert len(ADDRESSES) > 50
    # Those that stand under a common prefix too.
    assert {"<slug:slug>/acts/<str:name>/", "account/passkey/", "law/ask/"} <= {*ADDRESSES}
    assert {name for one in ADDRESSES for name in re.findall(r":?(\w+)>", one)} <= REAL.keys()


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_an_address_takes_hostile_questions(stranger, pattern):
    for kind, text in HOSTILE.items():
        sent = text.encode("utf-8", "surrogatepass").decode("latin-1") if kind == "alone" else text
        fine(stranger.get(filled(pattern), dict.fromkeys(ASKED, sent)), f"{pattern} {kind}")


@pytest.mark.parametrize("pattern", [one for one in ADDRESSES if "<" in one])
def test_an_address_takes_hostile_parts(stranger, pattern):
    for kind, text in HOSTILE.items():
        said = quote(text.encode("utf-8", "surrogatepass"), safe="")
        for name in re.findall(r":?(\w+)>", pattern):
            address = filled(pattern).replace(REAL[name], said, 1)
            fine(stranger.get(address), f"{pattern} {kind}")


@pytest.mark.parametrize("pattern", ADDRESSES)
@pytest.mark.parametrize("who", ["", "on-archa-recorder", "operator"])
def test_an_address_takes_hostile_forms(stranger, pattern, who):
    rows = Row.objects.count()
    names = (*SENT, *ASKED)
    for kind, text in HOSTILE.items():
        if who:
            stranger.force_login(Account.objects.get(username=who))
        sent = "\ufffd" if kind == "alone" else text
        fine(stranger.post(filled(pattern), dict.fromkeys(names, sent)), f"{pattern} {kind}")
    assert Row.objects.count() == rows


@pytest.mark.parametrize("name", sorted(ACTS))
def test_the_form_of_an_act_takes_hostile_text(stranger, name):
    stranger.force_login(Account.objects.get(username="on-archa-recorder"))
    shown = stranger.get(f"/on-archa/acts/{name}/").content.decode()
    boxes = re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', shown)
    fields = {one for one in boxes if not one.endswith("_file")} - {"live", "to_sign"}
    # Other ways to send it: as a draft, to be asked of the law, to be withdrawn.
    buttons = sorted({*re.findall(r'<button[^>]* name="(\w+)"', shown), "live", "to_sign"})
    whom = re.findall(r'<option value="([^"]+)"', shown)
    rows = Row.objects.count()
    # What only the operator does has no form here, and takes nothing all the same.
    fields |= {"lines_0_name", "lines_0_amount", "account", "held_on", "actor"}
    for kind, text in HOSTILE.items():
        sent = "\ufffd" if kind == "alone" else text
        for kept in ({}, {"actor": (whom or ["x"])[0], "held_on": "2013-03-01"}):
            said = {**dict.fromkeys(fields, sent), **kept, "id": "x"}
            answer = stranger.post(f"/on-archa/acts/{name}/", said)
            fine(answer, f"{name} {kind}")
            assert answer.status_code in (400, 403, 404, 409), f"{name} {kind}"
            for button in buttons if kind == "markup" else ():
                fine(
                    stranger.post(f"/on-archa/acts/{name}/", {**said, button: "1"}),
                    f"{name} {kind} {button}",
                )
    assert Row.objects.count() == rows


# A link made by other people's words would be the only way to one that looks like another.
LOOKALIKE = (
    "https://kerege.gov.kg@evil.example/ [kerege.gov.kg](https://evil.example/) "
    "www.xn--80ak6aa92e.com https://кereге.kg <a href=//evil.example>kerege.gov.kg</a>"
)


def test_words_of_people_become_no_link_and_turn_nothing_round(stranger, person):
    recorder = person("on-archa-recorder")
    said = {"paper": "№ 1", "actor": "community", "title": "Арык"}
    sent = send(recorder, "on-archa", "RaiseIssue", text=LOOKALIKE, **said)
    assert sent.status_code == 302
    pages = (
        sent.url,
        f"{sent.url}receipt/",
        "/on-archa/register/",
        "/on-archa/",
        "/search/?q=арык",
    )
    shown = [stranger.get(page).content.decode() for page in pages]
    assert any("evil.example" in text for text in shown)
    for text in shown:
        for tag in re.findall(r"<(?:a|form|img|link|script|iframe)\b[^>]*>", text):
            assert "evil" not in tag and "xn--" not in tag and "ereге" not in tag, tag
    # Nor does an entry hold what turns the reading round, or a name in letters of two alphabets.
    rows = Row.objects.count()
    for title in ("Суу\u202eкг.vog", "Суу \u2066kg", "kеrеge.gov.kg", "\u3164", "\u2800"):
        sent = send(recorder, "on-archa", "RaiseIssue", text="…", **{**said, "title": title})
        assert sent.status_code == 400, title
    assert Row.objects.count() == rows


def test_a_correction_puts_no_lookalike_in_a_title(person):
    recorder = person("on-archa-recorder")
    said = {"paper": "№ 1", "actor": "community", "title": "Арыктарды тазалоо", "text": "…"}
    n = send(recorder, "on-archa", "RaiseIssue", **said).url.split("/")[-2]
    for text, status in (("Арыктарды тазалайбыз", 302), ("Арыктарды тaзaлoo", 400)):
        fixed = {"actor": "recorder", "entry": n, "field": "title", "text": text}
        assert send(recorder, "on-archa", "Correct", paper="№ 2", **fixed).status_code == status


def test_a_field_of_a_megabyte_is_turned_away(stranger):
    stranger.force_login(Account.objects.get(username="on-archa-recorder"))
    rows = Row.objects.count()
    for field in ("title", "text", "id", "insist", "credential", "paper_number"):
        answer = stranger.post("/on-archa/acts/RaiseIssue/", {field: "а" * 1_000_000})
        assert answer.status_code == 400 and "кыскартып" in answer.content.decode(), field
    for page in ("/sign-in/", "/sign-in/code/", "/sign-up/"):
        assert stranger.post(page, {"code": "1" * 1_100_000}).status_code == 400
    # Just under the limit of a request it is read, and refused by its own field.
    long = {"login": "a" * 400_000, "password": "b" * 400_000, "code": "1" * 400_000}
    for page in ("/sign-in/", "/sign-in/code/"):
        assert stranger.post(page, long).status_code == 400
    assert stranger.get("/search/", {"q": "ө" * 10_000}).status_code < 500
    assert Row.objects.count() == rows


def test_a_language_the_site_lacks_is_answered_in_kyrgyz(stranger):
    for asked in ("xx", "fr-FR,fr;q=0.9", "*", "ky-KG-x-" + "a" * 900, "\x00", "en-" * 3000):
        answer = stranger.get("/sign-in/", headers={"accept-language": asked})
        assert answer.status_code == 200
    assert stranger.get("/xx/sign-in/").status_code == 404

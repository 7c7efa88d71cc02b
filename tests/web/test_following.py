"""Following: from the button to the link that stops it, and what hostile people try on the way."""

import pytest
from django.apps import apps
from django.test import Client

from kerege.web import following, gateways
from kerege.web.models import Account, Address, Follow

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def resident(client):
    account = Account.objects.make("resident", None)
    client.force_login(account)
    client.account = account
    return client


@pytest.fixture
def reachable(resident, sink):
    """A resident with a confirmed address."""
    resident.post("/en/following/", {"do": "add", "way": "email", "to": "aida@mail.kg"})
    one = Address.objects.get()
    resident.post("/en/following/", {"do": "confirm", "address": one.pk, "code": sink.code()})
    return resident


def test_nobody_follows_without_signing_in(client):
    for prefix in ("", "/ru", "/en"):
        page = client.get(f"{prefix}/naryn/bodies/kenesh/").content.decode()
        assert f'href="{prefix}/following/?place=naryn&amp;body=kenesh"' in page
    answer = client.get("/en/following/?place=naryn&body=kenesh")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/sign-in/?next=/en/following/%3Fplace")


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_house_without_gateways_says_so(resident, prefix):
    page = resident.get(f"{prefix}/following/").content.decode()
    assert {"": "кабар жөнөтпөйт", "/ru": "не рассылает", "/en": "sends no notices"}[prefix] in page
    assert 'name="to"' not in page
    sent = resident.post(f"{prefix}/following/", {"do": "add", "way": "email", "to": "a@b.kg"})
    assert sent.status_code == 400 and not Address.objects.exists()


def test_the_journey_of_a_follower(resident, sink):
    """Add, confirm, follow, change, stop one, delete all: by plain forms."""
    there = "/en/following/?place=naryn&body=kenesh"
    sent = resident.post(there, {"do": "add", "way": "sms", "to": "0555 123456"})
    assert sent.status_code == 302 and sent["Location"] == there
    one = Address.objects.get()
    assert [k.to for k in sink.kept] == ["+996555123456"] and one.language == "en"
    assert b"+996555123456" not in bytes(one.sealed)
    page = resident.get(there).content.decode()
    assert "+996555123456" in page and 'value="confirm"' in page
    code = sink.code()
    followed = {"do": "follow", "address": one.pk, "what": "body:kenesh"}
    assert resident.post(there, followed).status_code == 404, "it is not confirmed"
    wrong = resident.post(there, {"do": "confirm", "address": one.pk, "code": "x"})
    assert wrong.status_code == 400 and 'role="alert"' in wrong.content.decode()
    assert (
        resident.post(
            there, {"do": "confirm", "address": one.pk, "code": code[:3] + " " + code[3:]}
        ).status_code
        == 302
    )
    assert 'value="body:kenesh" selected' in resident.get(there).content.decode()
    assert resident.post(there, followed).status_code == 302
    assert resident.post(there, followed).status_code == 302, "twice is once"
    (follow,) = Follow.objects.all()
    assert (follow.register.slug, follow.body) == ("naryn", "kenesh")
    resident.post(there, {"do": "rhythm", "address": one.pk, "at_once": "1"})
    one.refresh_from_db()
    assert one.at_once
    resident.post(there, {"do": "unfollow", "follow": follow.pk})
    assert not Follow.objects.exists()
    resident.post(there, {"do": "remove", "address": one.pk})
    assert not Address.objects.exists()


@pytest.mark.parametrize("what", ["", "topic:S3", "body:executive"])
def test_places_bodies_topics_and_duties_can_be_followed(reachable, what):
    there, pk = "/ru/following/?place=on-archa", Address.objects.get().pk
    assert reachable.post(there, {"do": "follow", "address": pk, "what": what}).status_code == 302
    page = reachable.get(there).content.decode()
    duty = next(part for part in page.split('value="') if part.startswith("duty:")).split('"')[0]
    assert reachable.post(there, {"do": "follow", "address": pk, "what": duty}).status_code == 302
    assert Follow.objects.count() == 2
    country = reachable.post(
        "/ru/following/?place=kg", {"do": "follow", "address": pk, "what": "topic:S14"}
    )
    assert country.status_code == 302
    assert reachable.get("/ru/following/").status_code == 200


@pytest.mark.parametrize(
    "what", ["body:president", "topic:S99", "duty:x", "x:y", "body:", "body", "next:0", "\0"]
)
def test_nothing_else_can_be_followed(reachable, what):
    said = {"do": "follow", "address": Address.objects.get().pk, "what": what}
    assert reachable.post("/following/?place=naryn", said).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "typed", ["a@b.kg\nBcc: c@d.kg", "a@b.kg,c@d.kg", "<script>", "x" * 900_000, "‮", "\0"]
)
def test_hostile_addresses_are_refused_and_nothing_goes_out(resident, sink, typed):
    sent = resident.post("/following/", {"do": "add", "way": "email", "to": typed})
    assert sent.status_code == 400
    assert "<script>" not in sent.content.decode()
    assert sink.kept == [] and not Address.objects.exists()


@pytest.mark.parametrize(
    "said", [{}, {"do": ""}, {"do": "x"}, {"do": "follow"}, {"do": "unfollow"}]
)
def test_what_is_no_form_of_ours_is_not_found(resident, sink, said):
    assert resident.post("/following/", said).status_code == 404


def test_a_code_ends_after_five_mistakes(resident, sink):
    resident.post("/following/", {"do": "add", "way": "email", "to": "aida@mail.kg"})
    one, code = Address.objects.get(), sink.code()
    other = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(following.TRIES):
        said = {"do": "confirm", "address": one.pk, "code": other}
        assert resident.post("/following/", said).status_code == 400
    said["code"] = code
    assert resident.post("/following/", said).status_code == 400
    one.refresh_from_db()
    assert one.confirmed_at is None
    resident.post("/following/", {"do": "again", "address": one.pk})
    said["code"] = sink.code()
    assert resident.post("/following/", said).status_code == 302


def test_a_code_ends_with_time(resident, sink):
    resident.post("/following/", {"do": "add", "way": "email", "to": "aida@mail.kg"})
    one = Address.objects.get()
    late = one.code_until
    assert not following.confirm(one, sink.code(), late)


def test_codes_are_not_sent_without_end(resident, sink):
    """Neither by one account to many, nor by many accounts to one."""
    statuses = []
    for k in range(9):
        account = Account.objects.make(f"resident-{k}", None)
        resident.force_login(account)
        said = {
            "do": "add",
            "way": "email",
            "to": " " * k + ("aida@mail.kg", "Aida@MAIL.kg")[k % 2],
        }
        statuses.append(resident.post("/following/", said).status_code)
    assert statuses[:3] == [302] * 3 and set(statuses[3:]) == {429}
    assert len(sink.kept) == 3


def test_an_address_somebody_has_is_answered_like_any_other(reachable, sink):
    taken, free = Client(), Client()
    answers = []
    for k, (one, to) in enumerate(((taken, "aida@mail.kg"), (free, "new@mail.kg"))):
        one.force_login(Account.objects.make(f"other-{k}", None))
        sent = one.post("/following/", {"do": "add", "way": "email", "to": to})
        page = one.get("/following/").content.decode().replace(to, "…")
        answers.append((sent.status_code, sent["Location"], len(page)))
    assert answers[0][:2] == answers[1][:2]
    assert len(sink.kept) == 2


def test_an_address_whose_gateway_fails_is_answered_like_any_other(resident, sink):
    sink.refused.add("aida@mail.kg")
    sent = resident.post("/following/", {"do": "add", "way": "email", "to": "aida@mail.kg"})
    assert sent.status_code == 302 and Address.objects.count() == 1


def test_nobody_touches_what_is_another_s(reachable, sink):
    one = Address.objects.get()
    reachable.post("/following/?place=naryn", {"do": "follow", "address": one.pk, "what": ""})
    follow = Follow.objects.get()
    other = Client()
    other.force_login(Account.objects.make("other", None))
    for said in (
        {"do": "confirm", "address": one.pk, "code": "1"},
        {"do": "again", "address": one.pk},
        {"do": "rhythm", "address": one.pk},
        {"do": "remove", "address": one.pk},
        {"do": "unfollow", "follow": follow.pk},
        {"do": "follow", "address": one.pk, "what": "topic:S3"},
    ):
        assert other.post("/following/?place=naryn", said).status_code == 404, said
    assert "aida@mail.kg" not in other.get("/following/").content.decode()
    assert Follow.objects.count() == 1 and Address.objects.count() == 1


def test_three_addresses_and_no_more(resident, sink):
    for k in range(following.MOST_ADDRESSES + 1):
        sent = resident.post("/following/", {"do": "add", "way": "email", "to": f"a{k}@b.kg"})
    assert sent.status_code == 400 and Address.objects.count() == following.MOST_ADDRESSES


def test_the_link_in_a_notice_stops_it_without_signing_in(reachable):
    one = Address.objects.get()
    for what in ("", "topic:S3"):
        reachable.post("/following/?place=naryn", {"do": "follow", "address": one.pk, "what": what})
    anyone = Client(enforce_csrf_checks=True)
    link = f"/ru/following/stop/{following.stop_token(one)}/"
    page = anyone.get(link).content.decode()
    assert "aida@mail.kg" not in page and page.count('<form method="post">') >= 3
    assert Follow.objects.count() == 2, "a look changes nothing"
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    first = Follow.objects.order_by("pk").first()
    anyone.post(link, {"follow": first.pk, "csrfmiddlewaretoken": token})
    assert Follow.objects.count() == 1
    stopped = anyone.post(link, {"csrfmiddlewaretoken": token}).content
    assert not Address.objects.exists()
    assert anyone.get(link).status_code == 200
    strange = anyone.get("/ru/following/stop/a:b:c/")
    assert strange.status_code == 200 and "Оповещения".lower() in stopped.decode().lower()
    assert anyone.get(f"/ru/following/stop/{'x' * 5000}/").status_code == 200


def test_addresses_stand_in_no_other_table(reachable):
    for model in apps.get_models():
        for row in model.objects.values_list():
            assert not any("aida@mail.kg" in str(value) for value in row), model
            assert not any(b"aida@mail.kg" in v for v in row if isinstance(v, bytes)), model


def test_an_account_that_goes_takes_its_addresses_along(reachable):
    one = Address.objects.get()
    reachable.post("/following/?place=naryn", {"do": "follow", "address": one.pk, "what": ""})
    reachable.account.delete()
    assert not Address.objects.exists() and not Follow.objects.exists()


def test_ways_without_a_gateway_are_not_offered(resident, sink, settings):
    settings.GATEWAYS = {"telegram": "sink://{to}"}
    assert gateways.ways() == ["telegram"]
    page = resident.get("/following/").content.decode()
    assert 'value="telegram"' in page and 'value="email"' not in page


def test_a_mail_program_stops_it_with_one_press(reachable):
    """RFC 8058: a POST without a page, a cookie or a token of one."""
    link = following.stop_link(Address.objects.get(), "")
    press = {"List-Unsubscribe": "One-Click"}
    assert Client(enforce_csrf_checks=True).post(link, press).status_code == 200
    assert not Address.objects.exists()


def test_what_was_typed_is_not_lost(resident, sink):
    said = {"do": "add", "way": "sms", "to": '0555 12 "34'}
    answer = resident.post("/en/following/", said)
    page = answer.content.decode()
    assert answer.status_code == 400 and 'value="0555 12 &#34;34"' in page
    assert '<option value="sms" selected>' in page


def test_whoever_asks_for_too_many_codes_is_told_so_on_the_same_page(resident, sink):
    for n in range(9):
        answer = resident.post("/en/following/", {"do": "add", "way": "email", "to": f"a{n}@b.kg"})
        if answer.status_code == 429:
            break
    page = answer.content.decode()
    assert answer.status_code == 429 and "Ask again in an hour" in page
    assert f'value="a{n}@b.kg"' in page


def test_a_code_that_no_gateway_takes_is_told_to_the_operator(resident, sink, caplog):
    sink.refused.add("a@b.kg")
    resident.post("/en/following/", {"do": "add", "way": "email", "to": "a@b.kg"})
    assert "gateway for email did not take a code" in caplog.text and "a@b" not in caplog.text

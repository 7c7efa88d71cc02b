"""What notices say, and to whom they are told: everything once, nothing twice, nobody waits."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.__main__ import main
from kerege.web import following, gateways, keeping, notices, notifying, readiness, serving
from kerege.web.models import Account, Address, Follow, Register
from kerege.web.places import place
from tests.test_points import session
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def follows(sink):
    """``follows("a@b.kg", "naryn", "body:kenesh")``: a new follower with a confirmed address."""

    def new(to, slug, *whats, way="email", language="en", at_once=True):
        account = Account.objects.make(to, None)
        one = following.start(account, way, to, NOW)
        one.confirmed_at, one.language, one.at_once = NOW, language, at_once
        one.save()
        for what in whats:
            following.follow(one, place(slug), what)
        # What is overdue already is told at first: the tests are about what comes then.
        notifying.round_of_all(NOW - timedelta(days=3))
        sink.kept.clear()
        return one

    return new


@pytest.fixture
def raised(person):
    """``raised("Bridge")``: a resident's issue is entered in the register of Naryn."""
    writer = person("naryn-recorder")

    def issue(title):
        sent = send(
            writer, "naryn", "RaiseIssue", actor="community", title=title, text="…", paper="№ 7"
        )
        assert sent.status_code == 302

    return issue


def test_a_notice_says_what_why_and_what_next(follows, raised, sink, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://kerege.example"]
    follows("a@b.kg", "naryn", "", language="ru")
    raised("Көпүрө")
    done = notifying.round_of_all(NOW)
    assert (done.sent, done.failed) == (1, None)
    (told,) = sink.kept
    n = place("naryn").m.size - 1
    assert told.to == "a@b.kg" and "Нарын" in told.title
    assert "Көпүрө" in told.text
    assert f"https://kerege.example/ru/naryn/register/{n}/" in told.text
    assert "Почему пришло: вы следите за этим – город Нарын" in told.text
    assert "Основание: Статья" in told.text or "Основание: статья" in told.text
    # An issue that was raised is nothing to be contested in court; a decision is.
    assert "поднять вопрос перед кенешем" in told.text and "в суде" not in told.text
    stop = told.link("/following/stop/")
    assert stop.startswith("/ru/following/stop/")
    assert "Нарын" in Client().get(stop).content.decode()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("way", ["email", "telegram", "sms"])
def test_notices_are_written_in_the_language_of_their_reader(follows, raised, sink, way, language):
    to = {"email": "a@b.kg", "telegram": "1234567", "sms": "+996555123456"}[way]
    follows(to, "naryn", "", way=way, language=language)
    raised("Көпүрө")
    notifying.round_of_all(NOW)
    (told,) = sink.kept
    assert {"ky": "жаңылык", "ru": "новостей", "en": "new"}[language] in told.title
    assert "Көпүрө" in told.text and "/following/stop/" in told.text
    assert way != "sms" or len(told.text) < 600


def test_nothing_is_told_twice_and_nothing_of_the_time_before(follows, raised, sink):
    raised("Before")
    follows("a@b.kg", "naryn", "")
    assert notifying.round_of_all(NOW).sent == 0
    raised("After")
    assert notifying.round_of_all(NOW).sent == 1
    assert "After" in sink.kept[0].text and "Before" not in sink.kept[0].text
    assert notifying.round_of_all(NOW + MINUTE).sent == 0
    assert len(sink.kept) == 1


def test_a_round_without_news_writes_nothing(follows, sink):
    follows("a@b.kg", "naryn", "")
    with CaptureQueriesContext(connection) as asked:
        notifying.round_of_all(NOW)
    wrote = [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]
    assert wrote == []


def test_what_is_followed_twice_is_told_once_with_both_reasons(follows, raised, sink):
    follows("a@b.kg", "naryn", "", "topic:S11")
    topic = place("naryn")
    raised("Bridge")
    notifying.round_of_all(NOW)
    assert sink.kept[0].text.count("Bridge") == 1
    assert topic.m.size == Follow.objects.first().next


def test_each_hears_of_what_is_theirs_alone(follows, raised, sink):
    follows("all@b.kg", "naryn", "")
    follows("kenesh@b.kg", "naryn", "body:kenesh")
    follows("archa@b.kg", "on-archa", "")
    raised("Bridge")
    notifying.round_of_all(NOW)
    assert [k.to for k in sink.kept if "Bridge" in k.text] == ["all@b.kg"]


def test_at_most_one_a_day_unless_at_once(follows, raised, sink):
    follows("daily@b.kg", "naryn", "", at_once=False)
    follows("once@b.kg", "naryn", "")
    for k, title in enumerate(("One", "Two", "Three")):
        raised(title)
        notifying.round_of_all(NOW + k * MINUTE)
    assert [k.to for k in sink.kept].count("once@b.kg") == 3
    assert [k.to for k in sink.kept].count("daily@b.kg") == 1
    sink.kept.clear()
    notifying.round_of_all(NOW + timedelta(days=1, minutes=1))
    (told,) = sink.kept
    assert told.to == "daily@b.kg" and "Two" in told.text and "Three" in told.text


def test_what_is_not_confirmed_hears_nothing_and_is_forgotten(follows, raised, sink):
    one = follows("a@b.kg", "naryn", "")
    Address.objects.filter(pk=one.pk).update(confirmed_at=None)
    raised("Bridge")
    assert notifying.round_of_all(NOW).sent == 0 and sink.kept == []
    notifying.round_of_all(NOW + timedelta(days=2))
    assert not Address.objects.exists()


def test_a_gateway_that_fails_is_tried_again_later_and_holds_up_nobody(
    follows, raised, sink, caplog
):
    caplog.set_level(logging.DEBUG)
    for to in ("refused@b.kg", "broken@b.kg", "well@b.kg"):
        follows(to, "naryn", "")
    sink.refused.add("refused@b.kg")
    sink.broken.add("broken@b.kg")
    raised("Bridge")
    done = notifying.round_of_all(NOW)
    assert (done.sent, done.failed) == (1, {"email": 2})
    assert "email did not take 2" in caplog.text and "@b.kg" not in caplog.text
    sink.refused.clear()
    sink.broken.clear()
    assert notifying.round_of_all(NOW + MINUTE).sent == 0, "not so soon"
    assert notifying.round_of_all(NOW + 6 * MINUTE).sent == 2
    assert sorted(k.to for k in sink.kept) == ["broken@b.kg", "refused@b.kg", "well@b.kg"]
    assert not Address.objects.exclude(failures=0).exists()


def test_each_time_it_waits_longer_and_never_more_than_a_day(follows, raised, sink):
    one = follows("a@b.kg", "naryn", "")
    sink.refused.add("a@b.kg")
    raised("Bridge")
    now, waits = NOW, []
    for _ in range(15):
        notifying.round_of_all(now)
        one.refresh_from_db()
        waits.append(one.not_before - now)
        now = one.not_before
    assert waits == sorted(waits) and waits[0] == notifying.AGAIN and waits[-1] == notifying.A_DAY


def test_of_two_rounds_at_once_one_sends(follows, raised, sink, monkeypatch):
    follows("a@b.kg", "naryn", "")
    raised("Bridge")
    real = notifying.gateways.send

    def meanwhile(*said):
        monkeypatch.setattr(notifying.gateways, "send", real)
        assert notifying.round_of_all(NOW).sent == 0
        return real(*said)

    monkeypatch.setattr(notifying.gateways, "send", meanwhile)
    assert notifying.round_of_all(NOW).sent == 1
    assert len(sink.kept) == 1


def test_a_round_that_died_is_taken_up_again(follows, raised, sink, monkeypatch):
    one = follows("a@b.kg", "naryn", "")
    raised("Bridge")
    Address.objects.filter(pk=one.pk).update(busy_until=NOW + notifying.CLAIM)
    assert notifying.round_of_all(NOW).sent == 0
    assert notifying.round_of_all(NOW + notifying.CLAIM + MINUTE).sent == 1


def test_what_was_stopped_meanwhile_stays_stopped(follows, raised, sink, monkeypatch):
    one = follows("a@b.kg", "naryn", "")
    raised("Bridge")

    def stopped(*said):
        Address.objects.filter(pk=one.pk).delete()
        return True

    monkeypatch.setattr(notifying.gateways, "send", stopped)
    assert notifying.round_of_all(NOW).sent == 1
    assert not Address.objects.exists() and not Follow.objects.exists()


def test_duties_are_told_when_due_soon_and_when_overdue_once_each(follows, person, sink):
    secretary = person("on-archa-recorder")
    held = session(secretary, "on-archa", "2012-12-20")
    follows("a@b.kg", "on-archa", "duty:kg-2010/subordination.account")
    follows("b@b.kg", "on-archa", "body:executive")
    said = {"of": "head", "about": "Light", "due": "2012-12-24", "session": held, "votes_for": "9"}
    sent = send(secretary, "on-archa", "DemandAccount", on="2012-12-20", **said)
    assert sent.status_code == 302
    notifying.round_of_all(NOW)
    first = {k.to: k.text for k in sink.kept}
    here = place("on-archa")
    due = "December 24, 2012"
    state = f"it was due {due}" if here.today.isoformat() > "2012-12-24" else f"Due {due}"
    for to in ("a@b.kg", "b@b.kg"):
        assert "By: Article 111(2) – So we read it." in first[to]
        assert state in first[to] and "/en/on-archa/#owed" in first[to]
    sink.kept.clear()
    notifying.round_of_all(NOW + MINUTE)
    assert sink.kept == []
    later = session(secretary, "on-archa", "2013-02-01")
    assert later
    notifying.round_of_all(NOW + 2 * MINUTE)
    overdue = [k.text for k in sink.kept if "Light" in k.text]
    expected = 0 if "was due" in state else 2
    assert len(overdue) == expected and all(f"it was due {due}" in text for text in overdue)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["well", "refused", "twice"])), max_size=12
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_happens_each_entry_is_told_exactly_once(follows_once, sink, monkeypatch, steps):
    """However entries come and rounds fail: told once, all of them, in their order."""
    growing, told = follows_once()
    now = NOW
    for more, what in [*steps, (0, "well")]:
        growing.size += more
        now += timedelta(days=2)
        sink.refused = {"a@b.kg"} if what == "refused" else set()
        for _ in range(2 if what == "twice" else 1):
            notifying.round_of_all(now)
    assert told() == list(range(growing.start, growing.size))


@pytest.fixture
def follows_once(follows, sink, monkeypatch):
    """A follower of a register that grows by a number, whose notices are lists of numbers."""

    class Growing:
        start = size = 0

    growing = Growing()

    def news(each, here, waiting, before):
        found = notices.News(each, here, growing.size)
        found.entries = list(range(each.next, growing.size))
        return found

    def written(address, found, site):
        return "…", " ".join(str(n) for each in found for n in each.entries)

    monkeypatch.setattr(notifying.notices, "news", news)
    monkeypatch.setattr(notifying.notices, "written", written)

    def begin():
        Account.objects.filter(username="a@b.kg").delete()
        one = follows("a@b.kg", "naryn", "")
        growing.start = growing.size = one.follows.get().next
        return growing, lambda: [int(n) for k in sink.kept for n in k.text.split()]

    return begin


def test_a_register_that_is_behind_tells_nothing_and_goes_on(follows, raised, sink):
    one = follows("a@b.kg", "naryn", "")
    Follow.objects.update(next=place("naryn").m.size + 1)
    raised("Known before")
    assert notifying.round_of_all(NOW).sent == 0
    raised("New")
    notifying.round_of_all(NOW)
    assert "New" in sink.kept[0].text and "Known before" not in sink.kept[0].text
    assert one.follows.get().next == place("naryn").m.size


def test_a_duty_the_law_has_no_more_is_no_trouble(follows, raised, sink):
    one = follows("a@b.kg", "naryn", "")
    one.follows.update(duty="kg-1999/gone.away")
    raised("Bridge")
    assert notifying.round_of_all(NOW).failed is None and sink.kept == []
    client = Client()
    client.force_login(one.account)
    assert (
        "a duty that the law of today does not have"
        in client.get("/en/following/").content.decode()
    )


def test_a_place_that_moved_away_is_told_of_from_its_copy(follows, raised, sink):
    """Followed here, kept elsewhere: what comes with the copy is told like before."""
    one = follows("a@b.kg", "naryn", "", "body:kenesh", "topic:S3")
    raised("Last here")
    Register.objects.filter(slug="naryn").update(mirror_of="https://elsewhere.example")
    assert notifying.round_of_all(NOW).failed is None
    assert "Last here" in sink.kept[0].text
    client = Client()
    client.force_login(one.account)
    assert client.get("/en/following/?place=naryn").status_code == 200
    assert notifying.round_of_all(NOW + MINUTE).sent == 0


def test_many_entries_are_told_by_their_number(follows, sink):
    one = follows("a@b.kg", "naryn", "")
    one.follows.update(next=0)
    notifying.round_of_all(NOW)
    (told,) = sink.kept
    size = place("naryn").m.size
    assert size > notices.MOST and f"{size} new" in told.title
    assert "more: " in told.text and told.text.count("Why you are told") == notices.MOST


def test_the_command_sends_shows_and_says_what_is_missing(
    follows, raised, sink, monkeypatch, capsys, settings, tmp_path
):
    monkeypatch.setattr(serving, "prepare", lambda *said, **also: None)
    follows("a@b.kg", "naryn", "")
    raised("Bridge")
    assert main(["notify", "--dry-run", "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Bridge" in shown and "a@b.kg" not in shown and sink.kept == []
    sink.refused.add("a@b.kg")
    assert main(["notify", "--data", str(tmp_path)]) == 1
    assert "email: 1 not taken" in capsys.readouterr().err
    Address.objects.update(not_before=None)
    sink.refused.clear()
    assert main(["notify", "--data", str(tmp_path)]) == 0
    assert "1 notice sent" in capsys.readouterr().out
    monkeypatch.setattr(notifying.gateways, "installed", lambda: False)
    assert main(["notify", "--data", str(tmp_path)]) == 2
    assert "kerege[notify]" in capsys.readouterr().err
    settings.GATEWAYS = {}
    assert main(["notify", "--data", str(tmp_path)]) == 2
    assert "KEREGE_NOTIFY_EMAIL" in capsys.readouterr().err


def test_a_house_with_a_gateway_keeps_sending_between_acts(sink, monkeypatch, settings):
    rounds, looks = [], []
    monkeypatch.setattr(notifying, "round_of_all", rounds.append)
    monkeypatch.setattr(keeping, "_show_witnesses", lambda: None)
    monkeypatch.setattr(keeping, "A_BREATH", 0.001)
    monkeypatch.setattr(keeping.root, "catch_up", lambda: looks.append(True))
    keeping.keep(lambda: len(rounds) > 0)
    assert rounds
    settings.GATEWAYS = {}
    rounds.clear()
    looks.clear()
    keeping.keep(lambda: len(looks) > 20)
    assert not rounds


def test_a_notice_by_mail_has_the_link_that_stops_it(follows, raised, sink, monkeypatch, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://kerege.example"]
    follows("a@b.kg", "naryn", "", language="ru")
    raised("Көпүрө")
    stops = []
    send_ = gateways.send
    monkeypatch.setattr(gateways, "send", lambda *said: stops.append(said[-1]) or send_(*said))
    notifying.round_of_all(NOW)
    (stop,) = stops
    assert stop.startswith("https://kerege.example/ru/following/stop/")
    assert stop in sink.kept[0].text


def test_a_gateway_that_does_not_get_through_is_told_until_it_does(follows, raised, sink):
    follows("a@b.kg", "naryn", "")
    sink.refused.add("a@b.kg")
    raised("Bridge")
    notifying.round_of_all(NOW)
    # Once may be chance.
    assert notifying.failing() == []
    later = NOW + timedelta(hours=1)
    notifying.round_of_all(later)
    assert notifying.failing() == ["email"]
    trouble = next(one for one in readiness.look() if one.key == "ready.gateway")
    assert (trouble.code, trouble.of, trouble.stops) == ("gateway", "email", False)
    assert all("email" in trouble.say(one) for one in ("ky", "ru", "en"))
    # Another's notice gets through: it was that address.
    follows("c@d.kg", "naryn", "")
    raised("Road")
    notifying.round_of_all(later + MINUTE)
    assert [one.to for one in sink.kept] == ["c@d.kg"] and notifying.failing() == []
    sink.refused.clear()
    notifying.round_of_all(later + timedelta(days=1))
    assert not Address.objects.filter(failures__gt=0).exists()

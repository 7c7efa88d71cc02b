"""What notices say, and to whom they are told: everything once, nothing twice, nobody waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kerege.web import notices, notifying
from kerege.web.models import Follow, Register
from kerege.web.places import place
from tests.web.acting import send, session
from tests.web.followers import MINUTE, NOW

pytestmark = pytest.mark.usefixtures("demo")


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

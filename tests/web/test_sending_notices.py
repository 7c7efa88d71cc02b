"""How notices are sent: each once, whatever gateways and rounds do, and nobody waits."""

import logging
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerege.__main__ import main
from kerege.web import gateways, keeping, notices, notifying, readiness, serving
from kerege.web.models import Account, Address, Follow
from tests.web.followers import MINUTE, NOW

pytestmark = pytest.mark.usefixtures("demo")


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

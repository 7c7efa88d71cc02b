"""Who follows a place in a test, and what happens there."""

from datetime import UTC, datetime, timedelta

from kerege.web import following, notifying
from kerege.web.models import Account
from kerege.web.places import place
from tests.web.acting import send

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def followers(sink):
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


def raising(person):
    """``raised("Bridge")``: a resident's issue is entered in the register of Naryn."""
    writer = person("naryn-recorder")

    def issue(title):
        sent = send(
            writer, "naryn", "RaiseIssue", actor="community", title=title, text="…", paper="№ 7"
        )
        assert sent.status_code == 302

    return issue

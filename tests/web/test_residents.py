"""Somebody without a mandate: their desk, and what a place tells them instead of acts."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from kerege.web import handed
from kerege.web.models import Account
from kerege.web.places import place
from kerege.web.residents import homes
from kerege.web.speaking import speakers
from tests.web.acting import send, session

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def villager() -> Client:
    """Signed in with a code the okmotu of Naryn handed out."""
    here = place("naryn")
    (recorder,) = speakers(here, Account.objects.get(username="naryn-recorder"))
    slip = handed.hand_out(here, recorder, datetime.now(UTC))
    client = Client()
    assert client.post("/sign-in/code/", {"code": slip.code}).status_code == 302
    return client


def main_of(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    return text[text.index("<main") :]


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_the_desk_of_a_resident_says_what_they_can_do_and_how(villager, prefix):
    shown = main_of(villager, f"{prefix}/desk/")
    assert f'href="{prefix}/following/?place=naryn"' in shown
    assert f"{prefix}/law/" in shown and 'role="search"' in shown
    how = {"": "дүмүрчөк берет", "/ru": "выдаст квитанцию", "/en": "gives you a receipt"}[prefix]
    open_ = {"": "Эмне чечилип жатат", "/ru": "Что решается", "/en": "What is being decided"}
    assert how in shown and open_[prefix] in shown
    # The code is for those who will be linked, and stands folded.
    account = Account.objects.get(handed__register__slug="naryn", invented=False)
    assert account.code in shown[shown.index("<details") :]
    assert account.code not in shown[: shown.index("<details")]


def test_what_is_followed_stands_on_the_desk(villager, sink):
    from kerege.web.models import Address

    villager.post("/en/following/", {"do": "add", "way": "email", "to": "aida@mail.kg"})
    one = Address.objects.get()
    there = "/en/following/?place=on-archa"
    villager.post(there, {"do": "confirm", "address": one.pk, "code": sink.code()})
    villager.post(there, {"do": "follow", "address": one.pk, "what": "body:kenesh"})
    assert [here.slug for here in homes(one.account)] == ["naryn", "on-archa"]
    shown = main_of(villager, "/en/desk/")
    assert "Nothing yet" not in shown and "kenesh" in shown


def test_the_acts_of_a_place_tell_a_resident_what_to_do_instead(villager):
    answer = villager.get("/en/naryn/acts/")
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert (
        "bring a paper to the aiyl okmotu" in shown and 'href="/en/following/?place=naryn"' in shown
    )
    assert "Raise an issue" in shown and "/acts/RaiseIssue/" not in shown


def test_who_has_no_place_yet_chooses_one(client):
    client.force_login(Account.objects.make("katchy", None))
    assert 'href="?place=naryn"' in main_of(client, "/desk/")
    assert "дүмүрчөк берет" in main_of(client, "/desk/?place=naryn")
    assert client.get("/desk/?place=nowhere").status_code == 404


def test_a_resident_of_the_demonstration_is_at_home_by_a_code_whatever_the_name():
    Account.objects.filter(username="naryn-resident").update(username="aida")
    (here,) = homes(Account.objects.get(username="aida"))
    assert here.slug == "naryn"
    assert homes(Account.objects.make("on-archa-resident-2", None, invented=True)) == []


def test_the_resident_of_the_demonstration_is_offered_with_their_place(client):
    shown = main_of(client, "/en/sign-in/")
    group = shown[shown.index("On-Archa") :]
    assert "on-archa-resident" in group[: group.index("</ul>")]


@pytest.mark.parametrize("who", ["on-archa-recorder", "on-archa-deputy", "operator"])
def test_the_code_is_not_shown_to_those_who_need_no_link(person, who):
    code = Account.objects.get(username=who).code
    assert f"{code}." not in main_of(person(who), "/desk/")


def test_the_desk_offers_acts_unfolded_and_tells_no_links_of_accounts(person):
    shown = main_of(person("on-archa-recorder"), "/en/desk/")
    acts = shown[: shown.index("<details")]
    assert "/en/on-archa/acts/" in acts[acts.index("Done most often") :]
    last = shown[shown.index("What was done here last") :]
    last = last[: last.index("</ol>")]
    assert last.count('class="entry"') == 5 and "account" not in last


def test_what_came_of_a_matter_stands_on_its_page(person):
    recorder, client = person("on-archa-recorder"), Client()
    said = {"title": "Көпүрө", "text": "Көпүрөнү оңдоо", "actor": "community", "paper": "№ 5"}
    raised = send(recorder, "on-archa", "RaiseIssue", on="2013-03-02", **said)
    n = int(re.search("register/([0-9]+)/", raised.url)[1])
    assert "What came of it" not in client.get(f"/en/on-archa/register/{n}/").content.decode()
    # Whoever can decide on it is led on from there, and from the desk to there.
    desk = recorder.get("/en/desk/").content.decode()
    assert f'href="/en/on-archa/register/{n}/"' in desk.partition("What is being decided")[2]
    page = recorder.get(f"/en/on-archa/register/{n}/").content.decode()
    assert "/acts/DecideIssue/?as=" in page and f"issue={n}" in page
    assert "DecideIssue" not in client.get(f"/en/on-archa/register/{n}/").content.decode()
    held = session(recorder, "on-archa", "2013-03-03")
    said = {"issue": n, "title": "Көпүрө", "outcome": "adopted", "text": "Оңдолот"}
    said |= {"session": held, "votes_for": "9"}
    decided = send(recorder, "on-archa", "DecideIssue", on="2013-03-03", **said)
    assert decided.status_code == 302, decided.content.decode()
    by = int(re.search("register/([0-9]+)/", decided.url)[1])
    page = client.get(f"/en/on-archa/register/{n}/").content.decode()
    assert f"What came of it: entry no. {by}" in page
    assert f'href="/en/on-archa/register/{by}/"' in page

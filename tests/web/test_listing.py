"""What stands in doubt says so wherever it is shown, with who entered it and why."""

from dataclasses import replace
from datetime import timedelta

from django.test import Client
from django.utils import translation

from kerege.web import notices
from kerege.web.places import place
from kerege.web.registers import entries_of
from kerege.web.rulings import against
from tests.web.acting import send

SESSION = {"kind": "ordinary", "number": "91", "present": "9", "agenda": "Кадр"}
DOUBT = "Basis annulled"


def number(page) -> str:
    assert page.status_code == 302, page.content.decode()
    return page.url.split("/")[-2]


def test_what_rests_on_an_annulled_entry_says_so_in_every_list(demo, person, client):
    client = person("on-archa-recorder")
    session = number(send(client, "on-archa", "HoldSession", **SESSION))
    said = {"about": "Жол", "of": "executive", "due": "2013-04-01"}
    demanded = {"session": session, "votes_for": "9", **said}
    demand = number(send(client, "on-archa", "DemandAccount", **demanded))
    pages = [f"/en/on-archa/register/{demand}/", "/en/on-archa/register/", "/en/on-archa/"]
    for page in pages:
        assert DOUBT not in client.get(page).content.decode(), page
    annul = {"entry": session, "from_day": "2013-03-01", "grounds": "Кворум жок", "paper": "№ 9"}
    number(send(client, "on-archa", "Annul", actor="court", of="Нарын соту", **annul))
    for page in pages[:2]:
        assert DOUBT in client.get(page).content.decode(), page
    assert f"entry no. {session}" in client.get(pages[0]).content.decode()


def test_an_annulled_entry_says_by_whom_before_its_proof_and_on_its_slip(demo, person, client):
    client = person("on-archa-recorder")
    session = number(send(client, "on-archa", "HoldSession", **SESSION))
    annul = {"entry": session, "from_day": "2013-03-01", "grounds": "Кворум жок", "paper": "№ 9"}
    by = number(send(client, "on-archa", "Annul", actor="court", of="Нарын соту", **annul))
    page = client.get(f"/en/on-archa/register/{session}/").content.decode()
    said = f"(Нарын соту), entry no. {by}, from March 1, 2013"
    assert said in page
    assert page.index("notice notice-bad") < page.rindex("notice notice-good")
    assert said in client.get(f"/en/on-archa/register/{session}/receipt/").content.decode()


def test_a_contested_entry_says_who_entered_it_and_why(demo, person, client):
    client = person("on-archa-recorder")
    said = {"actor": "governor", "of": "", "holder": "Ким", "paper": "№ 7"}
    said |= {"of": "Аким", "insist": "Буйрук ишке ашты"}
    page = send(client, "on-archa", "AppointHead", **said)
    n = number(page)
    client.logout()
    text = client.get(f"/en/on-archa/register/{n}/").content.decode()
    recorder = client.get("/en/on-archa/register/1/").content.decode()
    assert "Буйрук ишке ашты" in text and "A contested entry" in text
    holder = recorder.split("account was linked to the recorder: ")[1].split(" (")[0]
    assert holder in text
    assert "Contested" in client.get("/en/on-archa/register/").content.decode()
    slip = client.get(f"/en/on-archa/register/{n}/receipt/").content.decode()
    assert "Буйрук ишке ашты" in slip and "Against which article" in slip
    assert "Under which article" not in slip


def test_what_was_done_while_its_basis_held_is_not_called_doubtful(demo, person, client):
    client = person("on-archa-recorder")
    session = number(send(client, "on-archa", "HoldSession", **SESSION))
    said = {"about": "Жол", "of": "executive", "due": "2013-04-01"}
    demanded = {"session": session, "votes_for": "9", **said}
    demand = number(send(client, "on-archa", "DemandAccount", **demanded))
    annul = {"entry": session, "from_day": "2013-03-02", "grounds": "Кворум жок", "paper": "№ 9"}
    annul |= {"on": "2013-03-02", "of": "Нарын соту"}
    number(send(client, "on-archa", "Annul", actor="court", **annul))
    assert DOUBT not in client.get(f"/en/on-archa/register/{demand}/").content.decode()


def test_what_a_mandate_that_had_ended_sent_says_so(demo, person, client):
    client = person("on-archa-recorder")
    here = place("on-archa")
    (clerk,) = here.m.in_post("recorder", here.today)
    # Entered today, of a later day than the ending, which comes after it.
    n = number(send(client, "on-archa", "HoldSession", **SESSION))
    said = "The mandate of who sent this had already ended on"
    pages = [f"/en/on-archa/register/{n}/", f"/en/on-archa/register/{n}/receipt/"]
    for page in pages:
        assert said not in client.get(page).content.decode(), page
    ending = here.m.days[here.m.size - 1] - timedelta(1)
    fields = {"mandate": clerk.id, "cause": "court", "on": ending.isoformat()}
    fields["of"] = "Нарын соту"
    by = number(send(client, "on-archa", "EndMandate", actor="court", paper="№ 9", **fields))
    # Whose mandate has ended is signed in no more.
    client = Client()
    for page in pages:
        assert f"(entry no. {by})" in client.get(page).content.decode(), page
    assert "Mandate over" in client.get("/en/on-archa/register/").content.decode()


def test_what_is_refused_only_as_we_read_it_says_so(demo, person, client):
    client = person("on-archa-recorder")
    said = {
        "actor": "governor",
        "of": "Аким",
        "holder": "Ким",
        "paper": "№ 7",
        "insist": "Буйрук келди",
    }
    n = number(send(client, "on-archa", "AppointHead", **said))
    one = entries_of(place("on-archa").register, [int(n)])[int(n)]
    said = client.get(f"/en/on-archa/register/{n}/").content.decode()
    as_read = 'class="tag tag-not_stated">As we read' in said
    assert ("by our reading of the law" in said) is as_read
    with translation.override("en"):
        assert against(one) in notices._next(one)
    assert ("the law does not allow it" in said) is not as_read
    # Of a norm that is our own reading, and of a power that no seen text gives.
    for answer, norm, wanted in (
        ("forbidden", "kg-2010/budget.published", "by our reading of the law"),
        ("forbidden", "kg-2010/kenesh.budget", "the law does not allow it"),
        ("not_empowered", "kg-2010/delegation.state", "we found no norm"),
        ("not_empowered", "kg-2010/kenesh.budget", "we found no norm"),
    ):
        ruled = {**one.ruling, "answer": answer, "norms": [norm]}
        with translation.override("en"):
            assert wanted in against(replace(one, ruling=ruled)), norm
    feed = client.get("/en/on-archa/feed.atom").content.decode()
    assert "<title>Contested: " in feed

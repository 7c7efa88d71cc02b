"""What stands in doubt says so wherever it is shown, with who entered it and why."""

from tests.web.acting import send

SESSION = {"kind": "ordinary", "number": "91", "present": "9", "agenda": "Кадр"}
DOUBT = "Basis in doubt"


def number(page) -> str:
    assert page.status_code == 302, page.content.decode()
    return page.url.rstrip("/").split("/")[-1]


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
    holder = recorder.split("first recorder was linked: ")[1].split(" (")[0]
    assert holder in text
    assert "Contested" in client.get("/en/on-archa/register/").content.decode()

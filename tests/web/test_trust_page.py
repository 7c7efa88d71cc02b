"""What the trust page tells is what stands in the database, and where nothing stands it says so."""

import html
from datetime import UTC, date, datetime

import pytest

from kerege.municipality import telling
from kerege.register import cosignature
from kerege.web import keys
from kerege.web.models import Register, WitnessState
from kerege.web.public import Public
from kerege.web.receipts import proven
from kerege.web.saying import page_words
from tests.web.test_receipts import log

pytestmark = pytest.mark.usefixtures("demo")


def shown(client, page: str = "/trust/") -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_every_register_with_its_size_root_and_keys(client):
    text = shown(client)
    for register in Register.objects.all():
        head = proven(register, 0).head
        assert head.root.hex() in text and f"<dd>{head.size}</dd>" in text
        assert keys.vkeys(register.origin)[0] in text
        assert f'href="/{register.slug}/log/"' in text


def test_one_register_alone(client):
    text = shown(client, "/trust/?place=naryn")
    assert keys.vkeys("kerege.local/naryn")[0] in text
    assert keys.vkeys("kerege.local/on-archa")[0] not in text
    assert "python3 kerege-verify.pyz http://testserver/naryn/log <span" in text
    # What is asked for and not there is no error.
    assert keys.vkeys("kerege.local/on-archa")[0] in shown(client, "/trust/?place=nosuch")


def test_many_registers_are_told_page_by_page(client):
    for n in range(25):
        log(f"place-{n:02}")
    assert "kerege.local/place-20" not in shown(client)
    assert "kerege.local/place-20" in shown(client, "/trust/?page=2")


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_that_nobody_outside_signs_yet_is_said(client, prefix):
    said = {"": "эч ким кол койбойт", "/ru": "никто со стороны", "/en": "Nobody outside signs"}
    assert said[prefix] in shown(client, f"{prefix}/trust/")


def test_witnesses_and_how_they_answered(client, settings, tmp_path):
    settings.DATA = tmp_path
    names = ("osh.example.kg/w", "talas.example.kg/w")
    osh, talas = (cosignature.Cosigner(name, name.encode().ljust(32)) for name in names)
    (tmp_path / "policy").write_text(
        f"witness osh {osh.verifier.vkey}\nwitness talas {talas.verifier.vkey}\n"
        "group enough any osh talas\nquorum enough\n"
    )
    WitnessState.objects.create(witness=osh.name, answered_at=datetime(2026, 5, 4, tzinfo=UTC))
    WitnessState.objects.create(witness=talas.name, problem="witness.silent")
    text, day = shown(client, "/en/trust/"), telling.day(date(2026, 5, 4), "en")
    assert "Nobody outside signs" not in text
    assert f"<dt>{osh.name}</dt><dd>Last answer: {day}.</dd>" in text
    silent = page_words()["witness.silent"]["en"]
    assert f"<dt>{talas.name}</dt><dd>Has not answered yet. {silent}</dd>" in text
    # The receipt says that they have not seen the entry.
    assert "have not seen this entry" in shown(client, "/en/on-archa/register/5/receipt/")
    (tmp_path / "policy").write_text("nonsense\n")
    assert "Nobody outside signs" in shown(client, "/en/trust/")


def test_registers_followed_from_elsewhere_are_named(client):
    register = log("issyk")
    Register.objects.filter(pk=register.pk).update(mirror_of="https://elsewhere.example/issyk/log")
    text = shown(client, "/en/trust/?place=issyk")
    assert "https://elsewhere.example/issyk/log" in text
    assert "not of this one" in text and "not of this one" not in shown(
        client, "/en/trust/?place=naryn"
    )


def test_a_copy_says_so_on_every_page_of_it(client):
    Register.objects.filter(slug="naryn").update(mirror_of="https://elsewhere.example/naryn/log")
    for path in ("register/0/", "register/0/receipt/", "withdrawn/"):
        assert "This is a copy of the register" in shown(client, f"/en/naryn/{path}")
        assert "This is a copy of the register" not in shown(client, f"/en/on-archa/{path}")


def test_an_exercise_keeps_its_own_time(client):
    assert "exercise's own time" in shown(client, "/en/trust/?place=on-archa")
    assert "Signed since" in shown(client, "/en/trust/?place=kg")


def test_it_is_reached_from_every_page_and_from_the_register(client):
    assert 'href="/trust/"' in shown(client, "/")
    assert 'href="/ru/trust/?place=on-archa"' in shown(client, "/ru/on-archa/register/")


def test_the_slip_says_what_was_done_and_by_which_article(client):
    text = shown(client, "/en/on-archa/register/20/receipt/")
    files = Public(Register.objects.get(slug="on-archa"))
    head = proven(files.register, 20).head
    assert f"{files.size} entries, root {head.root.hex()[:16]}…" in text
    for part in (
        "On-Archa",
        "2009",
        "Whoever holds this receipt",
        'href="/on-archa/register/20.tl',
    ):
        assert part in text
    # Addresses are told as text too, and broken at slashes only.
    assert "http:/<wbr>/<wbr>testserver/<wbr>en/<wbr>on-archa/<wbr>register" in text
    text = text.replace("<wbr>", "").replace('<span class="whole">', "")
    for path in ("en/on-archa/register/20/receipt/", "on-archa/register/20.tlog-proof",
                 "kerege-verify.pyz"):  # fmt: skip
        assert f">http://testserver/{path}<" in text
    assert f"--key {keys.vkeys(files.register.origin)[0]} --language en" in text
    against = "qr.tlog-proof --against http://testserver/on-archa/log --language en"
    assert against in text and "Python 3.11" in text
    assert proven(files.register, 20).leaf.hex() in text
    assert f"{telling.day(date.today(), 'en')}: {files.size} entries" in text
    # An entry that no law was asked about says that instead of an article.
    assert "not put to the law" in shown(client, "/en/on-archa/register/0/receipt/")
    assert 'href="/on-archa/register/20/receipt/"' in shown(client, "/on-archa/register/20/")


def test_a_proof_too_long_for_a_code_says_so(client, monkeypatch):
    from kerege.web.pages import receipt
    from kerege.web.pictures.squares import squares

    # Two million entries and three witnesses fit.
    assert squares(b"x" * 1700, "") is not None
    assert squares(b"x" * 1900, "") is None and squares(b"x" * 9000, "") is None
    assert "<title>&lt;b&gt;" in str(squares(b"x", "<b>"))
    monkeypatch.setattr(receipt, "squares", lambda text, title: None)
    assert "too long for one code" in shown(client, "/en/on-archa/register/20/receipt/")

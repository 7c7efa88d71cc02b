"""Doors that take more than a form's text (JSON of passkeys, notes of logs, files) and bodies that
are no form at all: nothing is shown raw, nothing breaks, nothing is entered."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kerege.web.models import Account, Document, Row
from tests.web.test_hostile import ADDRESSES, HOSTILE, MARKUP, filled, fine

pytestmark = pytest.mark.usefixtures("demo")

SEED = 20_240_607
RECORDER = "on-archa-recorder"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
DEEP = b"[" * 100_000
LONG = "а" * 1_000_000
# What a body is called, and what it is.
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", DEEP),
    ("application/json", b'{"id":' * 5_000 + b"1" + b"}" * 5_000),
    ("application/json", json.dumps({"credential": MARKUP}).encode()),
    ("application/json; charset=no-such", b"{}"),
    ("application/json", b"\xff\xfe\x00{"),
    ("text/plain; charset=utf-16", "а=б".encode("utf-16")),
    (FORM + "; charset=utf-7", b"+ADw-x-raw+AD4-=1"),
    (FORM, b"&".join(b"%c=%%" % (97 + n % 26) for n in range(2_000))),
    (FORM, b"title=%FF%FE%00&text=" + MARKUP.encode()),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=" + "b" * 300, b"x"),
    ("multipart/form-data; boundary=\u00e9", b"x"),
    (PARTS, b""),
    (PARTS, b'--x\r\nContent-Disposition: form-data; name="title'),
    (PARTS, b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n' + MARKUP.encode()),
    (PARTS, b"--x\r\n" * 3_000),
    (
        PARTS,
        b'--x\r\nContent-Disposition: form-data; name="paper_file"; filename="../a\x00.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Type: \xff\r\n\r\n!!!!\r\n--x--\r\n",
    ),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
    ("a\r\nb: c", b"{}"),
    ("", b"{}"),
)


@pytest.fixture
def writer() -> Client:
    one = Client(raise_request_exception=False)
    one.force_login(Account.objects.get(username=RECORDER))
    return one


def sent(client: Client, address: str, body: bytes, kind: str) -> Any:
    # As it is: ``post`` would write it anew in the charset that it names.
    return client.generic("POST", address, body, content_type=kind)


@pytest.fixture
def nothing_entered() -> Iterator[None]:
    before = Row.objects.count(), Document.objects.count()
    yield
    assert (Row.objects.count(), Document.objects.count()) == before


@pytest.mark.usefixtures("nothing_entered")
@pytest.mark.parametrize("pattern", ADDRESSES)
def test_an_address_takes_any_body(writer, pattern):
    for n, (kind, body) in enumerate(BODIES):
        answer = sent(writer, filled(pattern), body, kind)
        fine(answer, f"{pattern} {n} {kind[:40]!r}")


# -- JSON of passkeys -----------------------------------------------------------------------------

DOORS = (
    "/sign-in/passkey/",
    "/sign-in/second/",
    "/account/again/passkey/",
    "/account/passkey/",
    "/on-archa/acts/RaiseIssue/",
)


def assertion(**said: object) -> dict[str, object]:
    """One in the shape of a browser's, of nobody's key."""
    response = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA"}
    return {"id": "AA", "rawId": "AA", "type": "public-key", "response": response, **said}


def credentials() -> Iterator[str]:
    yield from HOSTILE.values()
    yield from ("", "null", "0", "[]", "{}", '"x"', "NaN", "1e999", "9" * 5_000, DEEP.decode())
    whole = json.dumps(assertion())
    yield from (whole, whole[:-1], whole * 2, whole.replace("AA", "=" * 9), LONG)
    for text in (*HOSTILE.values(), None, 7, [], {}, [[]], "\ud800", "x" * 100_000):
        for name in ("id", "rawId", "type", "response", "clientExtensionResults"):
            yield json.dumps(assertion(**{name: text}))
        for name in ("clientDataJSON", "authenticatorData", "signature", "attestationObject"):
            yield json.dumps(assertion(response={**assertion()["response"], name: text}))


@pytest.mark.usefixtures("nothing_entered")
@pytest.mark.parametrize("door", DOORS)
def test_a_door_of_passkeys_takes_any_json(writer, door):
    one = Client(raise_request_exception=False) if door.startswith("/sign-in") else writer
    fine(one.get(door), door)
    for n, text in enumerate(credentials()):
        said = {"credential": text.encode("utf-8", "replace").decode(), "title": "Жол", "id": "x"}
        fine(one.post(door, said), f"{door} {n} {text[:60]!r}")
    assert "_auth_user_id" not in one.session or one is writer


# -- notes of logs --------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_entered")
def test_the_door_of_witnesses_takes_any_note(writer):
    note = b"old 0\n\non-archa.example/x\n1\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 x AAAA\n"
    bodies = [one for _, one in BODIES]
    bodies += [text.encode("utf-8", "surrogatepass") for text in HOSTILE.values()]
    bodies += [note, note * 90, note[:-9], note.replace(b"0", b"9" * 400), note.replace(b"\n", b"")]
    for n, body in enumerate(bodies):
        for kind in ("text/plain", "application/json", PARTS):
            answer = sent(writer, "/witness/add-checkpoint", body, kind)
            fine(answer, f"{n} {kind}")
            assert 400 <= answer.status_code < 500


# -- files and drafts -----------------------------------------------------------------------------

NAMES = (
    *(text[:200] for text in HOSTILE.values() if "\ud800" not in text),
    "x" * 5_000,
    ".",
    "a/b",
)
DATA = (b"", b"%PDF-1.7\n" + b"\0" * 100, MARKUP.encode(), b"PK\x03\x04" + b"\xff" * 100, DEEP)


def uploads() -> Iterator[SimpleUploadedFile]:
    for n, name in enumerate(NAMES):
        one = SimpleUploadedFile("x", DATA[n % len(DATA)], content_type=BODIES[n][0] or "text/html")
        # As a stranger's program would call it: Django itself cuts the name when it is made.
        one._name = name
        yield one


@pytest.mark.usefixtures("nothing_entered")
@pytest.mark.parametrize("act", ["RaiseIssue", "AdoptBudget", "AdoptCharter", "ErasePersonal"])
def test_a_form_takes_any_file(writer, act):
    address = f"/on-archa/acts/{act}/"
    page = writer.get(address).content.decode()
    boxes = sorted({*re.findall(r'name="(\w+_file)"', page), "title", "credential", "lines"})
    for one in uploads():
        for button in ("", "draft", "live"):
            one.seek(0)
            said = {**dict.fromkeys(boxes, one), "actor": "community", "id": "x", button: "1"}
            fine(writer.post(address, said), f"{act} {one.name[:40]!r} {button}")


@pytest.mark.usefixtures("nothing_entered")
def test_a_draft_keeps_no_hostile_text_that_is_shown_raw(writer):
    address = "/on-archa/acts/RaiseIssue/"
    for kind, text in HOSTILE.items():
        sent = "\ufffd" if kind == "alone" else text
        said = {"title": sent, "text": sent, "actor": sent, "held_on": sent, "id": sent}
        fine(writer.post(address, {**said, "draft": "1"}), kind)
        for page in (address, "/desk/", "/en/desk/", f"/ru{address}"):
            fine(writer.get(page), f"{page} {kind}")
    assert writer.post(address, {"title": LONG, "draft": "1"}).status_code == 400


# -- whatever else --------------------------------------------------------------------------------


def any_body(chance: random.Random) -> tuple[str, bytes]:
    """One of the bodies above, or of the credentials, with some of it changed."""
    kind, body = chance.choice(BODIES)
    if chance.random() < 0.3:
        kind, body = (
            FORM,
            f"credential={chance.choice(tuple(HOSTILE.values()))}".encode("utf-8", "replace"),
        )
    some = bytearray(body[:4_000])
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(some) + 1)
        change: Callable[[], bytes] = chance.choice(
            (
                lambda: bytes([chance.randrange(256)]),
                lambda: chance.choice((b"\0", b"\r\n", b"--x", b"%00", b'"', b"{", b"&", b"=")),
                lambda: b"",
            )
        )
        some[at : at + chance.randrange(3)] = change()
    return kind if chance.random() < 0.8 else chance.choice(BODIES)[0], bytes(some)


@pytest.mark.prove
@pytest.mark.usefixtures("nothing_entered")
def test_doors_take_whatever_comes_for_a_minute(writer):
    chance, until, asked = random.Random(SEED), time.monotonic() + 60, 0
    while time.monotonic() < until:
        pattern = chance.choice(ADDRESSES)
        if "sign-out" in pattern:
            continue
        kind, body = any_body(chance)
        answer = sent(writer, filled(pattern), body, kind)
        fine(answer, f"{asked} {pattern} {kind[:40]!r} {body[:200]!r}")
        asked += 1
    assert asked > 1_000


def test_a_form_that_is_too_big_is_told_the_limit_and_led_back(person):
    at = "/en/on-archa/acts/RaiseIssue/"
    answer = person("on-archa-recorder").post(at, {"text": LONG})
    text = answer.content.decode()
    assert answer.status_code == 400 and "at most 1 MB, a file with it at most 5 MB" in text
    assert f'href="{at}"' in text and "if a draft was kept" in text

"""A recorder acts on a disk that is full. Run by test_faults.py; prints JSON of what came of it.

``python full_disk.py DATA HOW``: the disk of ``DATA`` is filled by a file (HOW ``disk``), or where
no small disk could be had SQLite is told that its file may not grow (``pages``)."""

import json
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tools.powercut.house import settle

data, how = Path(sys.argv[1]), sys.argv[2]
settle(data)

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from kerege.web.models import Account, Row  # noqa: E402
from tests.web.acting import send  # noqa: E402

FILLER = data / "filler"
client = Client(SERVER_NAME="localhost")


OPTIONS = connection.settings_dict["OPTIONS"]
HOUSE = OPTIONS["init_command"]


def fill() -> None:
    if how == "pages":
        # SQLite takes the present count when it is asked for less.
        reopen(f"{HOUSE} PRAGMA max_page_count = 1;")
        return
    with FILLER.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def empty() -> None:
    reopen(HOUSE)
    FILLER.unlink(missing_ok=True)


def reopen(asked: str) -> None:
    if how == "pages":
        connection.close()
        OPTIONS["init_command"] = asked


def kept() -> list[object]:
    heads = {file.name: file.read_bytes().hex() for file in (data / "heads").glob("*")}
    return [list(Row.objects.order_by("pk").values_list("register", "n", "uid")), heads]


def act(uid: str):
    text = "Жолду оңдоо керек." * 100
    # What is said twice in the same words is asked about first.
    said = {"title": f"Жол {uid}", "text": text, "actor": "community", "paper": "№ 1", "id": uid}
    return send(client, "en/naryn", "RaiseIssue", **said)


client.force_login(Account.objects.get(username="naryn-recorder"))
written, uid = act(str(uuid.uuid4())).status_code, str(uuid.uuid4())
before = kept()
fill()
# Several in a row: what is left over of one page may take in a small write.
answers = [act(str(uuid.uuid4())) for _ in range(3)] + [act(uid)]
read = client.get("/en/naryn/register/").status_code
same = kept() == before
empty()
again = [act(uid), act(uid)]
print(
    json.dumps(
        {
            "written": written,
            "answers": [answer.status_code for answer in answers],
            "text": answers[-1].content.decode(),
            "read": read,
            "same": same,
            "again": [answer.status_code for answer in again],
            "at": [answer.headers.get("Location") for answer in again],
            "more": Row.objects.count() - len(before[0]),  # type: ignore[arg-type]
        }
    )
)

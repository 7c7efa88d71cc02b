"""A real house in a folder: its database file is copied, goes on, and the old copy is put back.

Run by test_old_copy.py as a process of its own; prints what it met as JSON. Between two states the
server stands still: every connection is closed.
"""

import json
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from kerege.web import serving

PLACE = "ak-bulunskiy"
DATABASE = "kerege.sqlite3"


def main(data: Path) -> None:
    serving.prepare(data)
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    from kerege.archive.verify import verify
    from kerege.web import catching_up, founding
    from kerege.web.leaving import export
    from kerege.web.models import Account
    from kerege.web.registers import find, told

    settings.SECOND_FACTOR = False
    keeper = Account.objects.make("aisha", None, shown_as="Айша")
    said = {"kind": "aiyl_aimak", "name_ky": "Ак-Булуң", "name_en": "Ak-Bulung"}
    unit, today = founding.unit("41702205805000"), date.today()
    founding.found(unit, said, keeper, today, datetime.now(UTC), address=PLACE)

    def act(language: str = "ky") -> tuple[int, str]:
        client = Client(HTTP_HOST="localhost")
        client.force_login(keeper)
        said = {"actor": "recorder", "held_on": today.isoformat(), "id": "", "post": "official"}
        said |= {"holders": f"Киши {size()}", "title": "катчы", "paper_number": "№ 1"}
        said["paper_day"] = today.isoformat()
        before = "" if language == "ky" else f"/{language}"
        answer = client.post(f"{before}/{PLACE}/acts/TakeOver/", said)
        return answer.status_code, answer.content.decode()

    def size() -> int:
        return told(find(PLACE)).size

    def still() -> None:
        connections.close_all()

    def files() -> list[Path]:
        return [p for p in data.iterdir() if p.name.startswith(DATABASE)]

    def put_back() -> None:
        still()
        for path in files():
            path.unlink()
        shutil.copy(data / "friday", data / DATABASE)

    def way_on() -> dict[str, object]:
        status, _ = act()
        # A newer export is never replaced by an older one.
        folder = data / f"export-{size()}"
        export(PLACE, folder)
        return {
            "act": status,
            "size": size(),
            "origin": find(PLACE).origin,
            "holds": verify(folder).ok,
        }

    assert act()[0] == 302
    still()
    shutil.copy(data / DATABASE, data / "friday")
    at_friday = size()
    for _ in range(3):
        assert act()[0] == 302
    export(PLACE, data / "mirror")
    put_back()
    refused = {language: act(language) for language in ("ky", "ru", "en")}
    found = {
        "friday": at_friday,
        "refused": [status for status, _ in refused.values()],
        "says": [page for _, page in refused.values()],
        "then": size(),
    }
    catching_up.catch_up(find(PLACE), str(data / "mirror"))
    found["back"] = way_on()
    put_back()
    catching_up.admit_loss(find(PLACE), "Диск бузулду")
    found["lost"] = way_on()
    client = Client(HTTP_HOST="localhost")
    pages = [client.get(f"/{PLACE}/register/{n}/") for n in range(size())]
    found["pages"] = [page.status_code for page in pages]
    found["list"] = client.get(f"/{PLACE}/register/").content.decode()
    still()
    (data / "master.key").unlink()
    from kerege.web import keys

    keys._opened.cache_clear()
    found["locked"] = act("en")
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

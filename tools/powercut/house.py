"""Django set up for one process of the harness, with durability weakened where a control asks."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def settle(data: Path, synchronous: str = "", autocheckpoint: int = 0) -> None:
    """The house's own settings, its database in ``data``. ``synchronous`` weakens what the house
    asks of SQLite, ``autocheckpoint`` is in pages; left out, both stay as the house has them."""
    os.environ["KEREGE_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kerege.web.settings"
    from kerege.web import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    asked = options["init_command"]
    if synchronous:
        options["init_command"] = asked.replace("synchronous=FULL", f"synchronous={synchronous}")
        if options["init_command"] == asked:
            raise RuntimeError("the house does not ask for synchronous=FULL any more")
    if autocheckpoint:
        options["init_command"] += f" PRAGMA wal_autocheckpoint={autocheckpoint};"
    import django

    django.setup()

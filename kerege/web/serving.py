"""Starting: data directory, database, styles, the server."""

import io
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "kerege.sqlite3"
# The first part of the names of logs, which programs and people type: names of keys may hold more.
_HOUSE = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+(?:[.-][a-z0-9]+)*")


class NoHouse(Exception):
    """There is no house where one is meant, or its database does not answer; the message says what
    to do."""


def prepare(
    data: Path, *, demonstration: bool = False, signs: bool = True, begins: bool = True
) -> None:
    """Make the data directory ready for use, on first use and after an upgrade. Whoever ``signs``
    asks other places first what was published last; who only looks after a house ``begins`` none.
    Raises NoHouse."""
    if not begins and not os.environ.get("KEREGE_POSTGRES") and not (data / DATABASE).exists():
        raise NoHouse(
            f"no house lies in {data}: choose its folder (--data), or begin one: "
            "kerege account NAME --operator"
        )
    name = os.environ.get("KEREGE_NAME")
    if name is not None and not _HOUSE.fullmatch(name):
        raise NoHouse(
            f"KEREGE_NAME is {name!a}; it is written as names of hosts are: small Latin letters, "
            "digits, dots and dashes, such as kerege.naryn.kg"
        )
    # Names of residents and hashes of passwords lie in it: for its owner alone.
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["KEREGE_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kerege.web.settings"
    if demonstration:
        os.environ["KEREGE_DEMONSTRATION"] = "1"
        # Nothing leaves an exercise; its followers see what would.
        os.environ.setdefault("KEREGE_NOTIFY_EMAIL", "outbox://{to}")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        why = " ".join(str(error).split())
        raise NoHouse(f"the database does not answer (KEREGE_POSTGRES, --data): {why}") from error
    _collect(data)
    from kerege.web import copied, elsewhere

    copied.settle()
    if signs:
        elsewhere.ask_elsewhere()
    _begin(demonstration)


def _collect(data: Path) -> None:
    """Collect styles once a release; they are compressed and named by their content."""
    from django.core.management import call_command

    from kerege import __version__

    source = Path(__file__).parent / "static/kerege"
    newest = max(int(file.stat().st_mtime) for file in source.iterdir())
    stamp, now = data / "static.stamp", f"{__version__} {newest}"
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


class AnotherHouse(Exception):
    """What is to be served as a demonstration is none."""


def _begin(demonstration: bool) -> None:
    from django.db import transaction

    from kerege.web import demonstration as exercises
    from kerege.web import root
    from kerege.web.founding import make_country
    from kerege.web.models import Account

    if demonstration:
        if exercises.another_house():
            raise AnotherHouse
        exercises.make()
    elif not exercises.is_made():
        with transaction.atomic():
            keeper = Account.objects.make("country-recorder", None)
            make_country(keeper, datetime.now(UTC))
        root.follow()


def free(port: int) -> bool:
    """Whether nobody serves on the port: the server itself would share it without a word."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


A_WHILE = 5.0
"""Seconds after which what is done between acts is started again, where it has ended."""


def serve(port: int, workers: int = 2) -> None:
    """Say what stands in the way, and serve until stopped. One thread a worker: the folded
    registers are a worker's own."""
    from granian import Granian
    from granian.constants import Interfaces

    from kerege.web import keeping

    for line in _state():
        print(f"kerege: {line}", file=sys.stderr, flush=True)
    _share()
    over, keeper = threading.Event(), keeping.fork()
    command = [sys.executable, "-m", "kerege", "keep", "--data", os.environ["KEREGE_DATA"]]
    watch(keeper, command, over)
    server = Granian(
        "kerege.web.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_enabled=False,
        websockets=False,
    )
    try:
        server.serve()
    finally:
        over.set()


# Together they load the law, the words, the templates, the units of the country and the search, and
# fold every register.
_ASKED = ("/", "/?q=41", "/kg/", "/law/", "/law/compare/", "/search/?q=%D0%B0")
_OF_ONE = ("", "register/", "register/0/")
# Each language brings its words and its ways of writing days and money.
_LEADS = ("", "/ru", "/en")


def _share() -> None:
    """Load here what every worker needs: workers are forked from this process, and share what they
    do not change. What fails here fails there as well, and is told there."""
    from django.conf import settings
    from django.db import connections

    from kerege.web.models import Register
    from kerege.web.wsgi import application, settle

    host = next((one for one in settings.ALLOWED_HOSTS if one[:1] not in ".*"), "localhost")
    asked = {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": host,
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        # Where the site stands behind TLS, anything else is only sent elsewhere.
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "http",
    }
    # By its address alone: a register that cannot be read keeps nobody from the others.
    first = Register.objects.filter(country=False).values_list("slug", flat=True).first()
    of_one = [f"{lead}/{first}/{end}" for lead in _LEADS for end in _OF_ONE] if first else []
    for address in (*_ASKED, *of_one):
        path, _, query = address.partition("?")
        said = {**asked, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
        application(said, lambda status, headers: None).close()
    # A connection to the database belongs to one process.
    connections.close_all()
    settle()


def _state() -> Iterator[str]:
    """What the operator must know before acts come: wipes what was left over, and tells what stands
    in the way of signing, in the language this computer is set to."""
    from kerege.archive.checking import own_language
    from kerege.web import erasing, readiness, workrooms
    from kerege.web.saying import page_words

    language = own_language()
    workrooms.clear()
    if erasing.due() and erasing.finish().database:
        yield page_words()["ready.wiped"].say(language)
    for one in readiness.look():
        yield one.say(language) + (f" ({one.why})" if one.why else "")


def watch(first: int, command: list[str], over: threading.Event) -> threading.Thread:
    """Run a command beside the server when the first process has ended, and again when the command
    has, until the server is over. Both end by themselves when this process does."""

    def go_on() -> None:
        os.waitpid(first, 0)
        # By now the server has threads, and is not to be forked again.
        while not over.wait(A_WHILE):
            subprocess.run(command, check=False)

    watcher = threading.Thread(target=go_on, daemon=True)
    watcher.start()
    return watcher

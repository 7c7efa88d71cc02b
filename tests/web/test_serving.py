"""Starting as an operator would: real processes, an empty directory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event

import granian
import pytest

from kerege.web import elsewhere, keeping, serving

ROOT = Path(__file__).parents[2]


def kerege(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "kerege", *words],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_real_place_is_founded_from_the_shell(tmp_path):
    assert kerege("serve", "--no-serve", cwd=tmp_path).returncode == 0
    assert kerege("account", "secretary", cwd=tmp_path).returncode == 0
    made = kerege(
        "found",
        "41704245840000",
        "--name-ky",
        "Он-Арча айыл аймагы",
        "--name-en",
        "On-Archa",
        "--recorder",
        "secretary",
        "--holder",
        "Айнура Токтосунова",
        cwd=tmp_path,
    )
    assert (made.returncode, made.stderr) == (0, "")
    listed = kerege("places", "--json", cwd=tmp_path)
    assert '"code": "41704245840000"' in listed.stdout and '"kind": "aiyl_aimak"' in listed.stdout
    # Its address, and the sheet of its recovery key.
    slug = made.stdout.splitlines()[0].strip("/")
    assert f"/{slug}/safe/2+" in made.stdout
    assert kerege("export", slug, "out", cwd=tmp_path).returncode == 0
    checked = kerege("verify", "out", "--json", cwd=tmp_path)
    assert checked.returncode == 0 and '"ok": true' in checked.stdout
    lived = kerege("replay", slug, "--under", "kg-2007", "--json", cwd=tmp_path)
    assert lived.returncode == 0 and '"size": 3' in lived.stdout


@pytest.mark.parametrize("name", ["ak bulun", "Ак-Булуң", "a/b", "a+b", "", "A.kg", "a" * 101])
def test_a_house_of_a_wrong_name_is_not_begun(tmp_path, name):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    command = [sys.executable, "-m", "kerege", "account", "aisha"]
    env = {**clean, "PYTHONPATH": str(ROOT), "KEREGE_NAME": name}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 2 and "KEREGE_NAME is" in done.stderr
    assert "Traceback" not in done.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("found", "123"), "no such unit"),
        (("found", "41704245840000", "--kind", "city_rayon", "--name-ky", "А"), "of another kind"),
        (("found", "41704000000000"), "is founded in"),
        (("found", "41705410800010", "--name-ky", "А", "--name-en", "A"), "--kind:"),
        (("found", "41704245840000", "--recorder", "nobody"), "no account nobody"),
        (("found", "41704245840000", "--on", "2020"), "no day like"),
        (
            ("found", "41704245840000", "--name-ky", "А", "--name-en", "A", "--on", "2020-03-02"),
            "--on: Only an exercise",
        ),
        (("ask", "MakeCoffee"), "no such act"),
        (("ask", "AdoptBudget", "--fact", "sunny=yes"), "never asked this: sunny"),
        (("ask", "AdoptBudget", "--edition", "kg-1850"), "kg-1850"),
        (("export", "nowhere", "out"), "no house lies in"),
        (("replay", "nowhere", "--under", "kg-2010"), "no house lies in"),
    ],
)
def test_wrong_words_are_told_and_nothing_is_written(tmp_path, words, said):
    answer = kerege(*words, cwd=tmp_path)
    assert answer.returncode == 2
    assert said in answer.stderr and "Traceback" not in answer.stderr


def test_the_server_serves_and_stops(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "kerege", "demo", "--port", str(port), "--workers", "1"],
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout.readline() == f"Kerege: open http://localhost:{port}/\n"
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                    assert answer.read().startswith(b"ok ")
                    break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("never healthy")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/on-archa/") as answer:
            page = answer.read().decode()
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{style}") as answer:
            assert "max-age=31536000" in answer.headers["Cache-Control"]
        [keeper] = keepers(server.pid)
        server.terminate()
        server.wait(20)
        until(lambda: not Path(f"/proc/{keeper}").exists())
    finally:
        server.kill()
        server.wait(20)


def keepers(server: int) -> list[int]:
    """The processes a server forked to keep the root."""
    below = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(one) for one in below if "kerege keep" in Path(f"/proc/{one}/comm").read_text()]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it never came to hold")


def test_other_places_are_asked_once_by_whatever_may_sign(monkeypatch, tmp_path):
    asked = []

    class Server:
        def __init__(self, *said, **more) -> None:
            pass

        def serve(self) -> None:
            asked.append("served")

    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setattr(keeping, "fork", lambda: asked.append("forked"))
    monkeypatch.setattr(serving, "_share", lambda: asked.append("shared"))
    monkeypatch.setattr(serving, "watch", lambda first, command, over: asked.append(command[3]))
    monkeypatch.setattr(elsewhere, "ask_elsewhere", lambda: asked.append("elsewhere"))
    monkeypatch.setattr(serving, "_collect", lambda data: None)
    monkeypatch.setattr(serving, "_begin", lambda demonstration: None)
    monkeypatch.setattr("django.core.management.call_command", lambda *said, **more: None)
    monkeypatch.setenv("KEREGE_DATA", str(tmp_path))
    monkeypatch.setattr("kerege.web.copied.settle", lambda: None)
    monkeypatch.setattr(serving, "_state", lambda: [])
    serving.prepare(tmp_path, signs=False)
    assert asked == []
    serving.prepare(tmp_path)
    serving.serve(1)
    assert asked == ["elsewhere", "shared", "forked", "keep", "served"]


def test_what_is_done_between_acts_is_started_again(monkeypatch, tmp_path):
    monkeypatch.setattr(serving, "A_WHILE", 0.01)
    over, lives = Event(), tmp_path / "lives"
    live = f"open({str(lives)!r}, 'a').write('.')"
    first = subprocess.Popen([sys.executable, "-S", "-c", live])
    watcher = serving.watch(first.pid, [sys.executable, "-S", "-c", live], over)
    for _ in range(600):
        if lives.exists() and len(lives.read_text()) > 2:
            break
        time.sleep(0.1)
    over.set()
    watcher.join(60)
    assert len(lives.read_text()) > 2 and not watcher.is_alive()


@pytest.mark.usefixtures("demo")
def test_a_register_that_cannot_be_read_keeps_no_server_from_starting(monkeypatch, caplog):
    from kerege.web import wsgi

    def unreadable(register):
        raise ValueError(register.slug)

    asked = []
    real = wsgi.application
    answer = lambda said, start: (asked.append(said["PATH_INFO"]), real(said, start))[1]  # noqa: E731
    monkeypatch.setattr(wsgi, "application", answer)
    monkeypatch.setattr(wsgi, "settle", lambda: None)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr("kerege.web.places.told", unreadable)
    serving._share()
    assert asked[-1].endswith("/register/0/") and len(asked) == 15

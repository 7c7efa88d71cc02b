"""Witnesses between acts, and two houses that witness each other over real HTTP."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from threading import Event

from kerege.register import policy
from kerege.register.cosignature import CosignatureVerifier
from kerege.web import keeping, root, witnessing

ROOT = Path(__file__).parents[2]


def test_the_root_does_not_wait_for_a_witness(monkeypatch):
    answered, looks, closed = Event(), [], []
    monkeypatch.setattr(keeping, "A_BREATH", 0)
    monkeypatch.setattr(keeping.connections, "close_all", lambda: closed.append(True))
    monkeypatch.setattr(witnessing, "round_of_all", lambda now: answered.wait(60))
    monkeypatch.setattr(root, "catch_up", lambda: looks.append(not answered.is_set()))

    def stop() -> bool:
        if len(looks) > 3:
            answered.set()
        return answered.is_set()

    monkeypatch.setattr(keeping, "A_ROUND", 0.1)
    keeping.keep(stop)
    assert looks[:4] == [True] * 4
    for _ in range(100):
        if closed:
            break
        time.sleep(0.05)
    assert closed == [True]


def test_a_fault_is_told_once_and_keeps_nothing_from_going_on(monkeypatch, caplog):
    looks = []

    def fail() -> None:
        looks.append(True)
        raise KeyError("seven")

    monkeypatch.setattr(keeping, "A_BREATH", 0)
    monkeypatch.setattr(keeping, "_show_witnesses", lambda: None)
    monkeypatch.setattr(keeping, "close_old_connections", lambda: None)
    monkeypatch.setattr(root, "catch_up", fail)
    keeping.keep(lambda: len(looks) > 4)
    assert len(looks) == 5
    assert len([one for one in caplog.records if "between acts" in one.message]) == 1


# -- two houses -----------------------------------------------------------------------------------


def house(data: Path, name: str) -> dict[str, str]:
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**mine, "PYTHONPATH": str(ROOT), "KEREGE_DATA": str(data), "KEREGE_NAME": name}


def run(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "kerege", *words, "--data", env["KEREGE_DATA"]]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def test_two_houses_witness_each_other_over_http(tmp_path):
    osh, naryn = house(tmp_path / "a", "osh.example"), house(tmp_path / "b", "naryn.example")
    watcher = CosignatureVerifier.from_vkey(run(osh, "witness").strip())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/witness/"
    run(naryn, "account", "aisha")
    said = policy.Policy((), {"osh": policy.Witness(watcher, address)}, {}, "osh")
    (tmp_path / "b" / "policy").write_bytes(policy.format(said))
    serve = ["serve", "--port", str(port), "--data", osh["KEREGE_DATA"]]
    server = subprocess.Popen(
        [sys.executable, "-m", "kerege", *serve],
        env=osh,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        # Nobody has told the witness of these logs yet.
        command = [sys.executable, "-m", "kerege", "witnesses", "--data", naryn["KEREGE_DATA"]]
        done = subprocess.run(command, env=naryn, capture_output=True, text=True)
        assert done.returncode == 1 and "has to be told its key" in done.stdout
        assert "This is about: " in done.stdout and "/kg, " in done.stdout
        run(naryn, "export", "kg", str(tmp_path / "kg"))
        folder = tmp_path / "kg"
        vkeys = [(folder / name).read_text().split()[0] for name in ("key", "root/key")]
        for vkey in vkeys:
            run(osh, "witness", vkey)
        assert "2 heads cosigned" in run(naryn, "witnesses")
        run(naryn, "export", "kg", str(folder))
        asked = policy.parse((folder / "policy").read_bytes())
        assert policy.satisfied(asked, (folder / "checkpoint").read_bytes()).enough
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)

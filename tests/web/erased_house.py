"""An installation of its own in which people are erased by the commands a person would type, and a
search for what is left of them in every file."""

import json
import subprocess
import sys
import uuid
from hashlib import sha256
from pathlib import Path

WHO = "Элебаев-Тынчтыкбек Ж-4711-Ш"
GROUND = "Арыз ээсинин өтүнүчү"
PAPER = b"%PDF-1.4\n" + "\n".join(f"{WHO} {k * k}" for k in range(600)).encode() + b"\n%%EOF\n"
DIGEST = sha256(PAPER).hexdigest()
# Commands and code of a test, run by one process of the installation, one line of JSON each.
WORKER = """
import contextlib, io, json, sys
import django; django.setup()
from kerege.__main__ import main
for line in sys.stdin:
    asked, said, code = json.loads(line), io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        if "words" in asked:
            code = main(asked["words"])
        else:
            exec(asked["code"], {"given": asked["given"]})
    print(json.dumps([code, said.getvalue()]), flush=True)
"""


class World:
    """A data directory with the demonstration, and entries with applicants in it."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.data = env, Path(env["KEREGE_DATA"])
        self.worker = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.run("demo", "--no-serve")

    def close(self) -> None:
        self.worker.communicate(timeout=60)

    def ask(self, **asked: object) -> tuple[int, str]:
        self.worker.stdin.write(json.dumps(asked) + "\n")
        self.worker.stdin.flush()
        code, said = json.loads(self.worker.stdout.readline())
        return code, said

    def run(self, *words: str, code: int = 0) -> str:
        told, said = self.ask(words=[*words, "--data", str(self.data)])
        assert told == code, said
        return said

    def python(self, code: str, **given: object) -> str:
        """Run code in the installation; what it is given is in ``given``."""
        return self.ask(code=code, given=given)[1]

    def raise_issues(self, *applicants: str, paper: bool = False) -> list[int]:
        ids = [str(uuid.uuid4()) for _ in applicants]
        said = self.python(
            RAISE,
            who=list(applicants),
            ids=ids,
            paper=str(PAPER, "utf-8", "strict") if paper else "",
        )
        return json.loads(said)

    def holding(self, *needles: bytes) -> list[str]:
        """The files under the data directory that hold one of some bytes."""
        found = []
        for file in self.data.rglob("*"):
            if file.is_file() and any(needle in file.read_bytes() for needle in needles):
                found.append(str(file.relative_to(self.data)))
        return sorted(found)

    def holds(self, place: str = "on-archa") -> None:
        """The exported register is proven and judged from its first entry to its last."""
        folder = self.data.parent / f"export-{uuid.uuid4().hex[:6]}"
        self.run("export", place, str(folder))
        code, said = self.ask(words=["verify", str(folder), "--json"])
        assert code == 0 and json.loads(said)["ok"], said


RAISE = """
import json
from datetime import UTC, date, datetime
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import holding
from kerege.municipality.rights import Speaker
from kerege.web.documents import Paper
from kerege.web.gate import Attempt, perform
from kerege.web.models import Account, Register
from kerege.web.registers import told
from hashlib import sha256

town = Register.objects.get(slug="on-archa")
code = Account.objects.get(username="on-archa-recorder").code
day = date(2013, 3, 1)
data = given["paper"].encode()
papers = (Paper(sha256(data).hexdigest(), "application/pdf", data),) if data else ()
done = []
for id_, who in zip(given["ids"], given["who"], strict=True):
    fields = {"title": "Арык", "text": "…", **({"applicant": who} if who else {})}
    attempt = Attempt(
        id=id_,
        act="RaiseIssue",
        fields=fields,
        actor=Actor("community"),
        held_on=day,
        speaker=Speaker(code, holding(told(town), code, day)[0]),
        evidence=Evidence("№ 1", day, papers[0].sha256 if papers else ""),
        papers=papers,
    )
    done.append(perform(town, attempt, datetime(2013, 3, 1, 6, tzinfo=UTC)))
print(json.dumps(done))
"""

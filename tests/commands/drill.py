"""Run the commands of a page of docs in the folder one stands in, as a person would type them.

Commands ``kerege`` run in this process, which begins once; others in a shell. A line that ends in
``# refuses`` must fail, every other must not.
"""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from django.db import connections

from kerege.__main__ import main

KEREGE = [sys.executable, "-m", "kerege"]


def lines(page: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def run(line: str) -> tuple[int, str]:
    """The exit code of a line, and what it said."""
    variable = re.fullmatch(r"(export|unset) (\w+)=?(\S*)", line)
    if variable:
        os.environ.pop(variable[2], None)
        if variable[1] == "export":
            os.environ[variable[2]] = variable[3]
            os.environ["DJANGO_SETTINGS_MODULE"] = "kerege.web.settings"
        return 0, ""
    inside = re.fullmatch(r"kerege ([^|]*?)(?: > (\S+))?", line)
    if inside is None or "--data" in line:
        asked = line.replace("kerege ", " ".join(KEREGE) + " ")
        done = subprocess.run(asked, shell=True, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', inside[1])]
    said, wrong = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        code = main(words)
    # As if each command were a process of its own: the files lie still between two of them.
    connections.close_all()
    from kerege.web import keys

    keys._opened.cache_clear()
    if inside[2]:
        Path(inside[2]).write_text(said.getvalue(), "utf-8")
    return code, said.getvalue() + wrong.getvalue()


if __name__ == "__main__":
    for line in lines(Path(sys.argv[1]).read_text("utf-8")):
        command, _, remark = line.partition(" # ")
        code, told = run(command)
        print(f"$ {line}\n{told}", flush=True)
        if (code != 0) != (remark == "refuses"):
            sys.exit(f"{command}: exit code {code}")

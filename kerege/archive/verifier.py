"""The verifier in one file: ``kerege-verify.pyz``, for whoever has Python and nothing else.

A zip archive that Python runs (``zipapp``) with what ``kerege verify`` is made of, as far as it
needs the standard library only: it does not fold the entries and does not ask Cedar, and says so.
The same release always gives the same bytes: names in order, one time for all, nothing compressed,
so that two people can compare what they have by its SHA-256.
"""

import ast
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from pathlib import Path

from kerege.archive import law_of_release

START = "kerege.archive.checking"
# What modules read besides: the sentences, the answers, the names of fields and of acts.
WORDS = (
    "archive/words/verify.toml",
    "constitution/words/asking.toml",
    "municipality/words/fields.toml",
    "editions/kg/vocabulary.toml",
)
# The earliest time a zip archive can name.
_TIME = (1980, 1, 1, 0, 0, 0)
_SHEBANG = b"#!/usr/bin/env python3\n"
_MAIN = '''"""Judges a register or a slip of Kerege again; needs Python 3.11 and nothing else."""

import sys

if sys.version_info < (3, 11):
    sys.exit("kerege-verify needs Python 3.11 or later")

import argparse

from kerege import __version__
from kerege.archive.checking import add_options, run

parser = argparse.ArgumentParser(
    prog="kerege-verify",
    description="Judge a register or a slip again. This file does not fold the entries "
    "and does not ask Cedar: kerege verify does.",
)
parser.add_argument("--version", action="version", version=__version__)
add_options(parser)
sys.exit(run(parser.parse_args(), full=False))
'''


def write(file: Path) -> tuple[int, str]:
    """Write the verifier; returns its size in bytes and its SHA-256 in hex. Raises OSError, and
    then what was there stays."""
    data = build()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as beside:
        beside.write(data)
    os.chmod(beside.name, 0o755)
    os.replace(beside.name, file)
    return len(data), sha256(data).hexdigest()


def build() -> bytes:
    """The bytes of the verifier of this release."""
    room = resources.files("kerege")
    files = {f"kerege/{path}": (room / path).read_bytes() for path in (*_modules(), *WORDS)}
    files[f"kerege/archive/{law_of_release.FILE}"] = "\n".join(law_of_release.shipped()).encode()
    files["__main__.py"] = _MAIN.encode()
    held = io.BytesIO(_SHEBANG)
    held.seek(len(_SHEBANG))
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            # Line ends and rights as everywhere, whatever system this release was unpacked on.
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name].replace(b"\r\n", b"\n"))
    return held.getvalue()


def _modules() -> list[str]:
    """The files of every module that the verifier imports, by their path in the package."""
    waiting, found = [START], {"__init__.py"}
    while waiting:
        path = _file(waiting.pop())
        if path is None or path in found:
            continue
        found.add(path)
        rooms = Path(path).parents
        found.update(f"{room}/__init__.py" for room in rooms if str(room) != ".")
        waiting += _imported((resources.files("kerege") / path).read_text("utf-8"))
    return sorted(found)


def _imported(source: str) -> Iterator[str]:
    """The modules of ours that a file imports when it is itself imported."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(module: str) -> str | None:
    """The path of a module of ours in the package; None for what is none."""
    first, *rest = module.split(".")
    if first != "kerege":
        return None
    room = resources.files("kerege")
    for path in ("/".join(rest) + ".py", "/".join([*rest, "__init__.py"])):
        if rest and (room / path).is_file():
            return path
    return None

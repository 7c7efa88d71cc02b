"""The project's own files: pins, make targets, and nothing that names one particular machine."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Put together here, so that this file does not hold what it looks for.
HOMES = ["tmp/", "work/", "home/", "root/"]
MACHINE_PATH = re.compile(r"(?<![\w.}-])/(?:" + "|".join(HOMES) + ")")
REGISTRY_HOSTS = [
    ".".join(name)
    for name in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    ]
]


def tracked() -> Iterator[tuple[str, str]]:
    """Each text file that git has, or would have on `git add .`, as path and text."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in sorted(filter(None, listing.split("\0"))):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file deleted and not yet committed


def pins(lock: str) -> dict[str, str]:
    """Name → the requirement's own lines, with its hashes."""
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    return {block.split("==")[0]: block for block in blocks}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[~=<>! ;]", requirement)[0] for requirement in requirements}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes_and_no_address(lock):
    for name, block in pins(lock).items():
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", block), f"{name} is not pinned"
        assert "--hash=sha256:" in block, f"{name} has no hash"
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert names(project["project"]["dependencies"]) <= runtime.keys()
    assert names(project["dependency-groups"]["dev"]) <= dev.keys()
    assert names(project["project"]["optional-dependencies"]["postgres"]) <= dev.keys()


def bare(block: str) -> str:
    """A pin without the machines it is for: what else is there may need it on more of them."""
    return re.sub(r" ; [^\\\n]*", " ", block)


def test_development_runs_on_the_pins_of_production():
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    different = [
        name
        for name, block in runtime.items()
        if "sys_platform" not in block and bare(dev.get(name, "")) != bare(block)
    ]
    assert not different


def test_make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^(\w+):.*## \S", makefile, re.MULTILINE))
    assert {"run", "check", "prove", "bench", "lint", "test", "clean"} <= explained


def test_ci_runs_what_a_person_runs():
    commands = re.findall(
        r"^timed (.+)$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert commands == ["make check", "make prove"]


def test_no_file_names_a_machine():
    named = [
        f"{path}: {line.strip()[:120]}"
        for path, text in tracked()
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    ]
    assert not named, "\n".join(named)


def test_no_file_names_a_registry_host():
    named = [
        f"{path}: {host}" for path, text in tracked() for host in REGISTRY_HOSTS if host in text
    ]
    assert not named, "\n".join(named)


def test_both_licences_are_whole():
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "CC0 1.0 Universal" in (ROOT / "kerege/editions/LICENSE").read_text(encoding="utf-8")

"""The lawyer's files: checked, and added to an installation."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, Command

if TYPE_CHECKING:
    from kerege.constitution.checking import Checked
    from kerege.constitution.edition import Edition, EditionError


def add(command: Command) -> None:
    one = command("check-law", check, "check a country's folder, or one file of it", data=False)
    one.add_argument("path", type=Path, help="a folder with vocabulary.toml, or a file of law")
    one.add_argument("--country", default="kg", help="whose law a single file joins")
    one.add_argument("--json", action="store_true")
    one = command("add-law", add_law, "add a statute or a model to this installation")
    one.add_argument("file", type=Path)


def check(said: argparse.Namespace) -> int:
    from kerege.constitution.edition import EditionError
    from kerege.constitution.vocabulary import VocabularyError

    problems: Sequence[str] = ()
    checked: Sequence[Checked] = ()
    try:
        checked, faults = _check(said.path, said.country)
        problems = _all_told(faults)
    except OSError as error:
        print(f"kerege check-law: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except EditionError as error:
        problems = _all_told(error.every)
    except VocabularyError as error:
        problems = [str(error)]
    if said.json:
        held = [] if problems else [_counted(one) for one in checked]
        told = {"ok": not problems, "held": held, "problem": "\n".join(problems)}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(problems or [_told(one) for one in checked]))
    return DOES_NOT_HOLD if problems else HOLDS


def _all_told(faults: Iterable["EditionError"]) -> list[str]:
    """Every fault once, in the order of the text: a rule is a fault of all who stand beside it."""
    ordered = sorted(faults, key=lambda one: (one.file, one.line))
    return list(dict.fromkeys(map(str, ordered)))


def _check(path: Path, country: str) -> tuple[list["Checked"], list["EditionError"]]:
    """What holds, and what does not."""
    from kerege.constitution import checking, packs

    if path.is_dir():
        known = packs.load_from(path)
        return _checked(known.editions.values(), lambda one: checking.check(known, one.id))
    room = next((r for r in path.resolve().parents[:2] if (r / "vocabulary.toml").is_file()), None)
    if room is None:
        known = packs.load(country)
        return _checked([checking.read(path, known)], lambda one: checking.beside(known, one))
    known = packs.load_from(room)
    return _checked([checking.read(path, known)], lambda one: checking.check(known, one.id))


def _checked(
    editions: Iterable["Edition"], check: Callable[["Edition"], "Checked"]
) -> tuple[list["Checked"], list["EditionError"]]:
    from kerege.constitution.edition import EditionError
    from kerege.municipality.debts import misspelt

    held: list[Checked] = []
    faults: list[EditionError] = []
    for one in editions:
        faults += misspelt(one)
        try:
            held.append(check(one))
        except EditionError as error:
            faults += error.every
    return held, faults


def add_law(said: argparse.Namespace) -> int:
    from kerege.constitution import checking, packs
    from kerege.constitution.article import together
    from kerege.constitution.edition import EditionError
    from kerege.municipality.debts import misspelt

    folder = said.data.resolve() / packs.ADDED
    known = packs.load().copy()
    for wrong in checking.add_from(known, folder):
        print(f"{folder}: {wrong}", file=sys.stderr)
    try:
        one = checking.read(said.file, known)
        before = known.editions.get(one.id) if one.id in known.added else None
        if before is not None and before.text == one.text:
            print(f"{one.id} is here already")
            return HOLDS
        checked = checking.beside(known, one)
        if wrong_lines := list(misspelt(one)):
            raise together(wrong_lines)
        _keep(folder / f"{one.id}.md", said.file.read_bytes())
    except OSError as error:
        print(f"kerege add-law: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT_BE_ANSWERED
    except EditionError as error:
        print("\n".join(_all_told(error.every)))
        return DOES_NOT_HOLD
    print(_told(checked))
    print(f"Kept in {folder}. Start the server anew, then take it into force: EnactLaw in /kg/.")
    return HOLDS


def _keep(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    half.write_bytes(data)
    os.replace(half, file)


def _counted(one: "Checked") -> dict[str, object]:
    return {
        "id": one.edition.id,
        "file": one.edition.file,
        "articles": one.articles,
        "rules": one.rules,
        "examples": one.examples,
    }


def _told(one: "Checked") -> str:
    counts = [
        _many(one.articles, "article"),
        _many(one.rules, "rule"),
        _many(one.examples, "example"),
    ]
    verb = "holds" if one.examples == 1 else "hold"
    return f"{one.edition.file} ({one.edition.id}): {', '.join(counts)} {verb}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""Vendor the style sheet of govuk-frontend, without its brand and without its JavaScript, and the
HTML it publishes for the components whose parts we write ourselves, for tests alone.

Run `python tools/vendor_govuk.py` from anywhere. It needs npm and the network, so it is run by a
person who means to move to another version, never by the build.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = "6.6.0"
# What npm served when this version was read and chosen. A different tarball is a different choice.
TARBALL_SHA256 = "52c4eb554e54d8a6e4ba801e9da5ec3a5b930fd2f117a39677f0b6296e954751"
SOURCE = "package/dist/govuk/govuk-frontend.min.css"
TARGET = Path(__file__).resolve().parent.parent / "kerege" / "web" / "static" / "kerege"
FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "web" / "govuk_fixtures.json"
# The published examples our parts can show: what they ask for, our pages ask for too.
COMPARED = {
    "breadcrumbs": ("default", "with one level", "without the home section"),
    "skip-link": ("default",),
    "pagination": ("default", "first page", "last page"),
    "details": ("default", "html as text"),
    "error-summary": ("default",),
    "input": ("with hint text", "with error message", "with error and hint", "value", "zero value"),
    "textarea": (
        "with hint",
        "with error message",
        "with hint and error message",
        "with default value",
    ),
    "select": ("default", "with hint text and error message", "error"),
    "radios": ("default", "with hint", "with fieldset and error message"),
    "checkboxes": ("default", "with hint"),
    "table": ("with firstCellIsHeader true",),
    "summary-list": ("default",),
    "button": ("default", "secondary"),
}
LIMIT = 14_000  # bytes after gzip -9: a page must stay light on a 2G phone

# GDS Transport is licensed for gov.uk only and has no Cyrillic at all. Every face named here has
# ң, ө and ү: the phone's own face first (Roboto or Noto on Android), then Windows, then Linux.
OLD_FONT = "GDS Transport,arial,sans-serif"
NEW_FONT = 'system-ui,Roboto,"Noto Sans","Segoe UI","DejaVu Sans",sans-serif'
# On paper govuk-frontend falls back to the plainest face there is. That one often lacks ң ө ү, and
# a word set in two faces looks torn; the screen's faces print as well.
PRINT_FONT = "font-family:sans-serif"

# Blocks of govuk-frontend we do not ship, each with its reason. A block is the part of a class
# name after `govuk-` and before `__` or `--`.
UNUSED = {
    # Can only match after its JavaScript has run; ours must work without.
    "frontend-supported": "needs JavaScript",
    "accordion": "needs JavaScript",
    "accordion-nav": "needs JavaScript",
    "character-count": "needs JavaScript",
    "cookie-banner": "we set no cookie that needs consent",
    "drop-zone": "needs JavaScript",
    "exit-this-page": "needs JavaScript",
    "exit-this-page-hide-content": "needs JavaScript",
    "exit-this-page-overlay": "needs JavaScript",
    "file-upload-button": "needs JavaScript; the plain file input stays",
    "file-upload-wrapper": "needs JavaScript",
    "password-input": "needs JavaScript; a plain input serves",
    "tabs": "needs JavaScript",
    # The brand of another state, and what carries it.
    "footer": "carries the royal crest; ours is in kerege.css",
    "generic-header": "ours is in kerege.css",
    "header": "carries the crown; ours is in kerege.css",
    "logo-dot": "GOV.UK mark",
    "service-navigation": "ours is in kerege.css",
    # Ours say the same in fewer bytes, or nobody asks for them.
    "feedback": "not used",
    "link-image": "not used",
    "notification-banner": "parts/notice.html",
    "panel": "parts/notice.html",
    "phase-banner": "the exercise banner is in kerege.css",
    "summary-card": "not used",
    "tag": "parts/tag.html",
    "task-list": "not used",
}

NOTICE = """\
# Vendored files

Do not edit: `python tools/vendor_govuk.py` writes this page and the style sheet beside it.

## govuk-frontend-{version}.min.css

| | |
|---|---|
| from | npm package `govuk-frontend` {version}, file `{source}` |
| SHA-256 of the npm tarball | `{tarball}` |
| SHA-256 of the file here | `{digest}` |
| size | {size:,} bytes, {packed:,} bytes after `gzip -9` |
| project | https://github.com/alphagov/govuk-frontend |
| licence | MIT, below |

Changed by us:

- both `@font-face` rules removed (GDS Transport is licensed for gov.uk only and has no Cyrillic);
  `{old_font}` replaced {times} times by `{new_font}`;
- the rules that set `{print_font}` on paper removed, for the same letters;
- the rules of these blocks removed: {blocks};
- the source map comment removed. No `url()` is left, so the sheet asks the network for nothing.

Not taken: JavaScript, fonts, crest, crown, favicons and every other image.

## Licence

{licence}
"""

LICENCE = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE."""

TOKEN = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\\.|[{};]", re.S)


def rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule of a sheet or of an at-rule's body: its head, and its body unless it has none."""
    depth, start, opened = 0, 0, 0
    for found in TOKEN.finditer(css):
        token = found.group()
        if token.startswith("/*") and depth == 0:
            start = found.end()
        elif token == ";" and depth == 0:
            yield css[start : found.start()].strip(), None
            start = found.end()
        elif token == "{":
            depth += 1
            if depth == 1:
                opened = found.end()
        elif token == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1].strip(), css[opened : found.start()]
                start = found.end()
    if depth or css[start:].strip():
        raise ValueError("the style sheet is not balanced")


def alternatives(selector: str) -> Iterator[str]:
    """A selector list cut at the commas that stand outside brackets."""
    depth, start = 0, 0
    for at, letter in enumerate(selector):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            yield selector[start:at]
            start = at + 1
    yield selector[start:]


def wanted(selector: str) -> bool:
    # `.govuk-template:not(:has(.govuk-exit-this-page))` speaks of pages WITHOUT the block: keep it.
    while ":not(" in selector:
        start = selector.index(":not(")
        end, depth = start + 5, 1
        while depth:
            depth += {"(": 1, ")": -1}.get(selector[end], 0)
            end += 1
        selector = selector[:start] + selector[end:]
    blocks = re.findall(r"\.govuk-([a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*)", selector)
    return not any(block in UNUSED for block in blocks)


def prune(css: str) -> str:
    kept: list[str] = []
    for head, body in rules(css):
        if body is None:
            kept.append(f"{head};")
        elif head.startswith("@font-face"):
            continue
        elif head.startswith("@"):
            inside = prune(body)
            if inside:
                kept.append(f"{head}{{{inside}}}")
        elif body == PRINT_FONT:
            continue
        else:
            selectors = [one for one in alternatives(head) if wanted(one)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def download(folder: Path) -> bytes:
    command = ["npm", "pack", f"govuk-frontend@{VERSION}", "--silent"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return (folder / f"govuk-frontend-{VERSION}.tgz").read_bytes()


def published(archive: tarfile.TarFile, component: str, names: tuple[str, ...]) -> list[Any]:
    """Examples of a component: {name, options, html}."""
    member = archive.extractfile(f"package/dist/govuk/components/{component}/fixtures.json")
    if member is None:
        raise SystemExit(f"{component} has no fixtures")
    known = {one["name"]: one for one in json.load(member)["fixtures"]}
    return [{key: known[name][key] for key in ("name", "options", "html")} for name in names]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tarball = hashlib.sha256(download(folder)).hexdigest()
        if tarball != TARBALL_SHA256:
            raise SystemExit(f"npm served {tarball}, expected {TARBALL_SHA256}: read it first")
        with tarfile.open(folder / f"govuk-frontend-{VERSION}.tgz") as archive:
            member = archive.extractfile(SOURCE)
            if member is None:
                raise SystemExit(f"{SOURCE} is not in the package")
            css = member.read().decode()
            examples = {name: published(archive, name, COMPARED[name]) for name in COMPARED}

    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = prune(css)
    times = css.count(OLD_FONT)
    css = css.replace(OLD_FONT, NEW_FONT)
    for trace in ("url(", "GDS", "@font-face", "crest", "sourceMappingURL"):
        if trace in css:
            raise SystemExit(f"{trace!r} is still in the style sheet")
    licence_line = f"/*! govuk-frontend {VERSION}, MIT, see VENDORED.md */"
    # @charset must be the very first bytes of the file.
    css = css.replace('@charset "UTF-8";', f'@charset "UTF-8";{licence_line}', 1) + "\n"

    data = css.encode()
    packed = len(gzip.compress(data, 9))
    if packed > LIMIT:
        raise SystemExit(f"{packed} bytes after gzip, limit {LIMIT}")
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"govuk-frontend-{VERSION}.min.css").write_bytes(data)
    (TARGET / "VENDORED.md").write_text(
        NOTICE.format(
            version=VERSION,
            source=SOURCE.removeprefix("package/"),
            tarball=tarball,
            digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            packed=packed,
            old_font=OLD_FONT,
            new_font=NEW_FONT,
            times=times,
            print_font=PRINT_FONT,
            blocks=", ".join(f"`{block}` ({why})" for block, why in UNUSED.items()),
            licence=LICENCE,
        ),
        encoding="utf-8",
    )
    said = {
        "from": f"npm package govuk-frontend {VERSION}, dist/govuk/components/*/fixtures.json",
        "sha256 of the npm tarball": tarball,
        "licence": "MIT, Copyright (C) 2017 Crown Copyright (Government Digital Service)",
        "written by": "tools/vendor_govuk.py",
        "components": examples,
    }
    FIXTURES.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(data)} bytes, {packed} after gzip -9")


if __name__ == "__main__":
    main()

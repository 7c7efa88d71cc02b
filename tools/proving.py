"""Write docs/proof.md anew: what z3 proves of the comparisons of the shipped laws.

    .venv/bin/python tools/proving.py

`make prove` runs it. Exit code 1 when something could not be proved; the file then says what.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kerege.constitution import packs  # noqa: E402
from kerege.constitution.proving import document  # noqa: E402

FILE = ROOT / "docs/proof.md"


def main() -> int:
    text, holds = document(packs.load())
    changed = not FILE.exists() or FILE.read_text("utf-8") != text
    FILE.write_text(text, "utf-8")
    said = "as before" if not changed else "changed; read the difference"
    print(f"{FILE.relative_to(ROOT)}: {'all proved' if holds else 'NOT ALL PROVED'}, {said}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())

"""A fuzzer for one target, in a process of its own; test_fuzzing.py runs it.

``python -m tests.fuzz.fuzzing TARGET FOLDER [libFuzzer's options]``: seeds are laid into
``FOLDER/corpus``, and an input that a target fails at is written to ``FOLDER`` (atheris)."""

import sys
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kerege"]):
    from tests.fuzz.every_target import SEEDS, TARGETS


def main(name: str, folder: Path, *options: str) -> None:
    corpus = folder / "corpus"
    corpus.mkdir()
    for seed in SEEDS[name]:
        (corpus / sha256(seed).hexdigest()).write_bytes(seed)
    atheris.Setup([name, str(corpus), f"-artifact_prefix={folder}/", *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])

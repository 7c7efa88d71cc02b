"""The rules of the house: one word for one thing, every word said, every file in its place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerege.constitution import packs
from kerege.constitution.numbers import DAYS
from kerege.municipality import record
from kerege.municipality.acts import ACTS, MENU
from kerege.municipality.assemblies import NOTICE
from kerege.municipality.entry import Actor
from kerege.municipality.fields import Choice
from kerege.municipality.telling import words
from kerege.words import LANGUAGES
from tests.cast import DAY, DELEGATION, FOUND, LAWS, Town, naryn

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "kerege"
ROOMS = ("constitution", "kyrgyz", "municipality", "register")
VOCABULARY = packs.load().vocabulary
SNAKES = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): name for name in ACTS}
LONGEST = 400
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "helpers", "common", "services", "managers", "signals", "misc", "tools"}
# Files of the pure rooms that are tested with another.
TESTED_WITH = {
    "municipality/act.py": "municipality/test_fields.py",
    "municipality/problem.py": "municipality/test_telling.py",
    "constitution/question.py": "constitution/test_rulebook.py",
    "constitution/article.py": "constitution/test_edition.py",
    "constitution/norms.py": "constitution/test_rulebook.py",
    "constitution/duties.py": "constitution/test_duty_tables.py",
    "constitution/told_said.py": "constitution/test_points.py",
    "constitution/points_page.py": "constitution/test_points.py",
    "constitution/encoding.py": "constitution/test_proving.py",
}


def sources(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (HOUSE / room).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


# -- one word for one thing -----------------------------------------------------------------


def test_acts_bear_one_name_everywhere():
    files = {path.stem for path in (HOUSE / "municipality/acts").glob("*.py")} - {"__init__"}
    said = {key.removeprefix("said.") for key in words("said")}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests/municipality").glob("*.py")}
    assert set(ACTS) == set(VOCABULARY.acts) == said
    assert files == set(SNAKES) and files <= tests
    assert len(MENU) == len(ACTS) == 54
    for snake, name in SNAKES.items():
        assert ACTS[name].__module__ == f"kerege.municipality.acts.{snake}"


def test_the_glossary_names_every_word_of_the_law():
    rows = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in row.split("|")] for row in rows if row.startswith("|")]
    code = {row[4].strip("`") for row in cells if len(row) > 5}
    for part in (VOCABULARY.actors, VOCABULARY.acts, VOCABULARY.objects, VOCABULARY.places):
        assert set(part) <= code, set(part) - code


def test_acts_stand_in_the_register_the_vocabulary_says():
    for name, word in VOCABULARY.acts.items():
        assert word.register in ACTS[name].REGISTERS, name


def test_acts_import_no_acts():
    for path in (HOUSE / "municipality/acts").glob("*.py"):
        if path.stem == "__init__":
            continue
        for node in ast.walk(tree(path)):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not any("municipality.acts" in module for module in modules), path


# -- facts ----------------------------------------------------------------------------------

ASKED = {
    "AdoptBudget": {"year": 2010, "lines": [{"name": "Жол", "source": "local", "amount": 1}]},
    "DelegatePower": DELEGATION,
    "ElectDeputies": {"manner": "direct", "seats": 1, "deputies": ["А"]},
    "ElectHead": {"holder": "А"},
    "NominateHead": {"candidate": "А"},
    "HoldSession": {"kind": "ordinary", "number": "1", "present": 1, "agenda": "…"},
    "ProposeDelegation": {"power": "…", "instrument": "law", "means": 1, "authority": "…"},
    "Spend": {"year": 2010, "source": "local", "amount": 1, "purpose": "…"},
    "Transfer": {"year": 2010, "source": "local", "amount": 1, "purpose": "…"},
    "TakeEdition": {"edition": "kg-2010", "from_day": "2010-06-27"},
    "Found": FOUND,
    "AdoptCharter": {},
    "CallAssembly": {"kind": "meeting", "day": "2010-03-20", "about": "…"},
    "HoldAssembly": {"kind": "meeting", "participants": 1},
    "RequestMeeting": {"about": "…", "text": "…", "group": 1},
    "SubmitInitiative": {"title": "…", "text": "…", "group": 1, "signatures": 1},
    "HoldHearing": {"year": 2010, "participants": 1},
    "DecideIssue": {"title": "…", "outcome": "adopted", "text": "…"},
}


def test_an_act_answers_what_the_law_asks_of_it_and_nothing_else():
    town = naryn(*LAWS)
    proposal = town.act("ProposeDelegation", "state_body", **ASKED["ProposeDelegation"]).n
    asked = {**ASKED, "ConsentDelegation": {"proposal": proposal}}
    for name, word in VOCABULARY.acts.items():
        told = {
            fact
            for fact in word.facts
            if not (VOCABULARY.facts[fact].from_law or VOCABULARY.facts[fact].from_duty)
        }
        if told or name in asked:
            assert facts(town, name, asked[name]) == told, name


def facts(town: Town, name: str, fields: dict) -> set[str]:
    act = ACTS[name].read(fields)
    actor = Actor((VOCABULARY.acts[name].actors or ("kenesh",))[0])
    return set(act.facts(town.m, actor, DAY, town.book))


def test_every_act_without_facts_of_its_own_gives_none():
    for name, word in VOCABULARY.acts.items():
        path = HOUSE / f"municipality/acts/{ACTS[name].__module__.rsplit('.', 1)[1]}.py"
        keys = {
            key.value
            for function in functions(tree(path), "facts")
            for node in ast.walk(function)
            if isinstance(node, ast.Subscript | ast.Call)
            for key in fact_keys(node)
        }
        assert keys <= set(word.facts), name


def fact_keys(node: ast.Subscript | ast.Call) -> Iterator[ast.Constant]:
    """``facts["name"]`` and ``facts.known("name", …)``."""
    if isinstance(node, ast.Subscript):
        if getattr(node.value, "id", "") == "facts" and isinstance(node.slice, ast.Constant):
            yield node.slice
    elif getattr(node.func, "attr", "") == "known" and isinstance(node.args[0], ast.Constant):
        yield node.args[0]


def numbers_asked() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Where, which number of the law by name, and the units that fit it; of a share none."""
    for path in sources("municipality"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            texts = [text for text in texts if isinstance(text, str)]
            if called == "number" and len(texts) == 2:
                yield path.name, texts[0], (texts[1],)
            elif called in ("span", "_long_before") and texts:
                yield path.name, texts[0], DAYS
            elif called == "threshold" and texts:
                yield path.name, texts[0], ()
    for name in NOTICE.values():
        yield "assemblies.py", name, DAYS


def test_every_number_that_facts_are_told_by_is_set_in_its_unit():
    tables = [
        article.tables
        for one in packs.load().editions.values()
        for article in one.articles.values()
    ]
    units: dict[str, set[str]] = {}
    for row in (row for table in tables for row in table.numbers):
        units.setdefault(row.name, set()).add(row.unit)
    shares = {row.name for table in tables for row in table.thresholds}
    asked = list(numbers_asked())
    assert len(asked) >= 9, "the numbers are asked in another way: look here again"
    for where, name, fitting in asked:
        if fitting:
            assert units.get(name, {""}) <= set(fitting), f"{where}: {name}"
        else:
            assert name in shares, f"{where}: {name}"


def functions(module: ast.AST, *names: str) -> list[ast.FunctionDef]:
    found = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return [one for one in found if not names or one.name in names]


# -- misprints ------------------------------------------------------------------------------

# What of an act the law and the checks read; ``fit`` compares an act's fields with each other.
READING = ("facts", "check", "object", "at_session", "carried", "votes")
# What is read as it was corrected.
AS_CORRECTED = {"HoldSession": {"number"}}


def attributes(nodes: list[ast.FunctionDef], *, own: bool) -> set[str]:
    """Attributes read of ``self`` (own), or of anything else."""
    return {
        node.attr
        for function in nodes
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", "") == "self") == own
    }


def test_no_rule_reads_a_field_that_can_be_corrected():
    decided = functions(tree(HOUSE / "municipality/decision.py"), *READING)
    for snake, name in SNAKES.items():
        misprints = {field for field, told in ACTS[name].told().items() if told.misprint}
        own = functions(tree(HOUSE / f"municipality/acts/{snake}.py"), *READING)
        read = attributes([*own, *decided], own=True) - AS_CORRECTED.get(name, set())
        assert not misprints & read, name


def test_no_fact_reads_of_a_record_what_can_be_corrected():
    kinds = [kind for kind in vars(record).values() if isinstance(kind, type)]
    kept = {field for kind in kinds for field in getattr(kind, "__dataclass_fields__", ())}
    misprints = {f for act in MENU for f, told in act.told().items() if told.misprint}
    read = functions(tree(HOUSE / "municipality/money.py"))
    read += functions(tree(HOUSE / "municipality/governing.py"))
    read += functions(tree(HOUSE / "municipality/assemblies.py"))
    for snake in SNAKES:
        read += functions(tree(HOUSE / f"municipality/acts/{snake}.py"), "facts", "object")
    assert misprints & kept, "the records have been renamed: look here again"
    assert not misprints & kept & attributes(read, own=False)


# -- words ----------------------------------------------------------------------------------


def test_every_field_has_words_and_no_words_are_left_over():
    fields = {field for act in MENU for field in act.told()}
    said = {key.removeprefix("field.") for key in words("fields") if key.startswith("field.")}
    assert fields <= said
    code = "\n".join(path.read_text("utf-8") for path in sources("web", "municipality"))
    assert all(f'"{field}"' in code for field in said - fields), said - fields


def test_every_choice_that_has_words_is_a_choice():
    values = {
        f"choice.{field}.{value}"
        for act in MENU
        for field, told in act.told().items()
        if isinstance(told.kind, Choice)
        for value in told.kind.values
    }
    said = {key for key in words("fields") if key.startswith("choice.")}
    assert said <= values | {"choice.actor.operator", "choice.actor.recorder"}


def test_sentences_speak_of_fields_of_their_act():
    for key, sentence in words("said").items():
        told = {*ACTS[key.removeprefix("said.")].told(), "actor"}
        assert sentence.slots() <= told, key


def problems_raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, which problem, and its slots where they are written out."""
    keys = {"malformed": 1, "Problem": 1, "Wrong": 0, "NotEntitled": 0}
    for path in sources("."):
        for node in ast.walk(tree(path)):
            function = getattr(node, "func", None)
            at = keys.get(getattr(function, "id", ""))
            if not isinstance(node, ast.Call) or at is None or len(node.args) <= at:
                continue
            if not isinstance(node.args[at], ast.Constant):
                continue
            slots: set[str] | None = {k.arg or "" for k in node.keywords}
            if getattr(function, "id", "") == "Problem" and len(node.args) > 2:
                given = node.args[2]
                written = isinstance(given, ast.Dict)
                slots = {k.value for k in given.keys} if written else None  # type: ignore
            yield f"{path.name}:{node.lineno}", node.args[at].value, slots


def test_every_problem_is_in_words_with_its_slots():
    said = words("problems")
    for where, key, slots in problems_raised():
        assert f"problem.{key}" in said, f"{where}: {key}"
        if slots is not None and "" not in slots:
            assert said[f"problem.{key}"].slots() <= slots, f"{where}: {key}"


def test_every_problem_in_words_is_one_that_can_come():
    code = "\n".join(path.read_text("utf-8") for path in sources("."))
    unused = [key for key in words("problems") if f'"{key.removeprefix("problem.")}"' not in code]
    assert not unused


@pytest.mark.parametrize("file", ["said", "fields", "problems", "debts"])
def test_words_stand_in_three_languages(file):
    for key, said in words(file).items():
        assert all(said[language].strip() for language in LANGUAGES), key


# -- files ----------------------------------------------------------------------------------


def test_every_module_of_the_pure_rooms_says_what_it_is():
    silent = [path for path in sources(*ROOMS) if not ast.get_docstring(tree(path))]
    assert not silent, named(silent)


def test_no_file_is_too_long_to_read_at_once():
    long = [p for p in sources(".") if len(p.read_text("utf-8").splitlines()) > LONGEST]
    assert not long, named(long)


def test_every_file_says_in_its_name_what_is_inside():
    empty = [path for path in (*sources("."), *(ROOT / "tests").rglob("*.py"))]
    assert not [path for path in empty if path.stem in EMPTY_NAMES]


def test_every_file_of_the_pure_rooms_has_its_test():
    missing = []
    for room in ROOMS:
        for path in sources(room):
            if path.stem == "__init__":
                continue
            short = f"{room}/{path.name}"
            test = TESTED_WITH.get(short, f"{room}/test_{path.stem}.py")
            if not (ROOT / "tests" / test).exists():
                missing.append(f"{short}: tests/{test}")
    assert not missing, missing


def test_what_is_tested_with_another_is_still_there():
    assert all((HOUSE / short).exists() for short in TESTED_WITH)


def test_no_test_is_put_off():
    # Put together here, so that this file does not hold what it looks for.
    put_off = [f"mark.{word}" for word in ("skip", "skipif", "xfail")]
    put_off += [f"pytest.{word}(" for word in ("skip", "xfail", "importorskip")]
    for path in (ROOT / "tests").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not [word for word in put_off if word in text], path

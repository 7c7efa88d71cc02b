"""The words of pages and the pages themselves: no key without words, no words without a use."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import nodes

from kerege.constitution import packs
from kerege.constitution.question import ANSWERS
from kerege.web.findable import KINDS
from kerege.web.gateways import WAYS
from kerege.web.menu import GROUPS
from kerege.web.pictures.tiles import PLACES
from kerege.web.powers import PART
from kerege.web.rulings import DEPENDS
from kerege.web.saying import page_words

ROOM = Path(__file__).parents[2] / "kerege/web"
PAGES = sorted(
    file.relative_to(ROOM / "templates") for file in (ROOM / "templates").rglob("*.html")
)
FORMS = sorted(
    file.relative_to(ROOM / "form_templates") for file in (ROOM / "form_templates").rglob("*.html")
)
# How an entry stands: what ``listing.tags`` may find, and the label of an exercise.
TAGS = {
    *("doubtful", "baseless", "halted"),
    *re.findall(r'append\("(\w+)"\)', (ROOM / "listing.py").read_text()),
    "exercise",
}
_KNOWN = packs.load().vocabulary
# A word that stands in the glossary once has one meaning there.
MEANT = {*_KNOWN.actors, *_KNOWN.objects, *_KNOWN.places} - {"executive_body", "head_of_executive"}
# Keys that are put together, by their beginning: everything it may be continued with.
BUILT = {
    "layout.nav_": {"country", "law", "desk", "sign_in", "sign_out"},
    "layout.tag_": {*ANSWERS, DEPENDS} | TAGS,
    "search.kind_": set(KINDS),
    "following.way_": set(WAYS),
    "sent.": {"code", "password", "signed_in"},
    "map.of_": set(PLACES),
    "glossary.means_": MEANT,
    "place.part_": set(PART),
    "acting.group_": set(GROUPS),
    "place.": {"community", "kenesh", "executive", "head"},
}


def keys_of_pages() -> Iterator[tuple[str, str]]:
    """(file, key) of every ``w(…)`` in a page; a key that is put together by its beginning."""
    env = engines["pages"].env
    for file in PAGES:
        for call in env.parse((ROOM / "templates" / file).read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "w":
                key = call.args[0]
                if isinstance(key, nodes.Concat):
                    key = key.nodes[0]
                assert isinstance(key, nodes.Const), f"{file}: {key}"
                yield str(file), key.value
    for file in FORMS:
        text = (ROOM / "form_templates" / file).read_text()
        for key in re.findall(r"{% w (.+?) %}", text):
            yield str(file), key.strip("'\"")


def keys_of_code() -> Iterator[tuple[str, str]]:
    """(file, key) of every ``w(…)`` in Python."""
    for file in ROOM.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "w":
                for key in _texts(call.args[0]):
                    yield file.name, key


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield beginning
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)


def literals() -> set[str]:
    """Every text in Python: a key may reach ``w`` through a name."""
    return {
        node.value
        for file in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_key_has_words():
    known = page_words().keys() | BUILT.keys()
    assert [one for one in (*keys_of_pages(), *keys_of_code()) if one[1] not in known] == []
    built = {beginning + end for beginning, ends in BUILT.items() for end in ends}
    assert sorted(built - page_words().keys()) == []


def test_every_word_is_used():
    used = {key for _, key in keys_of_pages()} | literals()
    built = {beginning + end for beginning, ends in BUILT.items() for end in ends}
    assert sorted(page_words().keys() - used - built) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_compiles(page):
    engines["pages"].get_template(str(page))


@pytest.mark.parametrize("field", FORMS, ids=str)
def test_a_part_of_a_form_compiles(field):
    engines["forms"].get_template(str(field))


def test_a_name_nobody_gave_is_an_error():
    from jinja2 import UndefinedError

    pages = engines["pages"]
    assert pages.from_string("{{ said }}").render({"said": "<b>"}) == "&lt;b&gt;"
    for text in ("{{ said }}", "{% if said %}{% endif %}", "{{ one.said }}"):
        with pytest.raises(UndefinedError):
            pages.from_string(text).render({"one": {}})

"""Rows of another house are taken up to a signed head, or not at all."""

import json

import pytest
from django.db import transaction

from kerege.register.canonical import canonical
from kerege.web.importing import NotTaken, address_for, take_rows
from kerege.web.models import Checkpoint, Register, Row
from kerege.web.public import Public
from tests.web.moved_file import full_register


@pytest.fixture
def town(demo, monkeypatch) -> Register:
    return full_register(monkeypatch)


def test_addresses_of_pages_are_never_taken(demo):
    assert address_for("law") == "law-2" and address_for("somewhere") == "somewhere"


def test_rows_are_taken_up_to_a_signed_head_and_from_there_on(town):
    lines = list(Public(town).lines())
    notes = [bytes(one.note) for one in Checkpoint.objects.filter(register=town).order_by("size")]
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    assert take_rows(copy, lines[:7], [notes[6]]) == 7
    assert take_rows(copy, iter(lines[7:]), [notes[8], notes[-1]]) == len(lines)
    assert list(Public(copy).lines()) == lines
    sizes = Checkpoint.objects.filter(register=copy).values_list("size", flat=True)
    assert sorted(sizes) == [7, 9, len(lines)]
    assert Public(copy).read("tile/0/000.p/5") == Public(town).read("tile/0/000.p/5")


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (lambda lines: lines[:-1], "truncated"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "altered"),
        (lambda lines: [*lines[:5], b"{", *lines[6:]], "unreadable"),
        (lambda lines: [*lines[:5], lines[5].replace(b":", b": ", 1), *lines[6:]], "unreadable"),
        (lambda lines: [*lines[:5], lines[4], *lines[6:]], "altered"),
    ],
)
def test_rows_that_do_not_lead_to_the_head_are_refused(town, forge, code):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    with pytest.raises(NotTaken) as refused, transaction.atomic():
        take_rows(copy, forge(lines), [Public(town).checkpoint()])
    assert refused.value.code == code
    assert not Row.objects.filter(register=copy).exists()


def test_an_act_of_another_release_is_refused(town):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    said = json.loads(lines[2])
    for changed in ({"act": "ElectKing"}, {"fields": {}}):
        lines[2] = canonical({**said, **changed})
        with pytest.raises(NotTaken) as refused, transaction.atomic():
            take_rows(copy, lines, [Public(town).checkpoint()])
        assert refused.value.code == "cannot_fold"


def test_an_id_that_is_too_long_for_the_table_is_refused(town):
    lines = list(Public(town).lines())
    copy = Register.objects.create(slug="copy", origin="copy.example/x", mirror_of="x")
    lines[2] = canonical({**json.loads(lines[2]), "id": "x" * 65})
    with pytest.raises(NotTaken, match="an id is 1 to 64 of"), transaction.atomic():
        take_rows(copy, lines, [Public(town).checkpoint()])

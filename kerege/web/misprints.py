"""Misprints: which of an entry can be corrected here, and the short form that does it."""

from typing import Any

from django import forms

from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.correcting import correctable_fields
from kerege.municipality.entry import Entry
from kerege.web.forms import ActForm
from kerege.web.frame import Frame
from kerege.web.places import Place
from kerege.web.registers import entry_of
from kerege.web.saying import language, w
from kerege.web.speaking import act_url, recorder_here


def links(here: Place, account: Any, one: Entry, n: int) -> list[dict[str, str]]:
    """For the recorder of the place: what each field that can be corrected is called, and its short
    form; nothing for anybody else."""
    recorder = recorder_here(here, account)
    if recorder is None:
        return []
    return [
        {
            "name": telling.field_name(field, language()),
            "url": act_url(here, "Correct", recorder, f"entry={n}&field={field}"),
        }
        for field in correctable_fields(here.m, one, ACTS)
    ]


def shorten(here: Place, form: ActForm, frame: Frame, given: dict[str, str]) -> str:
    """Leave of the form of a correction only what the address does not say already: the new words,
    which begin as the old ones. Returns what is corrected, in a sentence; empty where the address
    names no field that can be."""
    number, field = given.get("entry", ""), given.get("field", "")
    if not (number.isascii() and number.isdigit() and int(number[:15]) < here.m.size):
        return ""
    n = int(number[:15])
    one = entry_of(here.register, n)
    if one is None or field not in correctable_fields(here.m, one, ACTS):
        return ""
    hidden: list[tuple[forms.Form, str]] = [
        (form, "entry"),
        (form, "field"),
        (frame, "actor"),
        (frame, "held_on"),
    ]
    for shown, name in hidden:
        shown.fields[name].widget = forms.HiddenInput()
    frame.initial["actor"] = frame.actors[0][0]
    old = here.m.corrections.get(n, {}).get(field, one.fields[field])
    form.initial["text"] = "\n".join(old) if isinstance(old, list) else str(old)
    named = telling.field_name(field, language())
    form.fields["text"].label = named
    return w("misprints.of", number=n, field=named, sentence=here.sentence(one, n))

"""The form of an act, made from its fields.

One form serves all acts. What is typed becomes JSON and is read by the act itself, so that a form,
a file and a test meet the same checks; what is wrong comes back at its field in the reader's words.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines

from kerege.constitution import packs
from kerege.constitution.numbers import Number
from kerege.municipality import telling
from kerege.municipality.act import Act
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.correct import Correct
from kerege.municipality.acts.erase_personal import PAPER, ErasePersonal
from kerege.municipality.charter import adopting, settable
from kerege.municipality.correcting import correctable_fields
from kerege.municipality.entry import Entry
from kerege.municipality.fields import (
    Choice,
    Day,
    Flag,
    Hex,
    Kind,
    Lines,
    MandateId,
    Names,
    Numbers,
    Personal,
    Reference,
    Text,
    Told,
    Whole,
)
from kerege.municipality.problem import Malformed, Problem
from kerege.web import documents
from kerege.web.choices import MOST, entries, entry_choice, mandates, records
from kerege.web.days import kept_day, typed_day
from kerege.web.lines import LinesWidget, wrong_parts
from kerege.web.places import Place
from kerege.web.registers import entry_of
from kerege.web.saying import language, w

# Enough for the budget of a village; a longer one comes with the import of spreadsheets.
LINES = 12
# What is said with a field of one act alone.
_HINTS = {
    ("ErasePersonal", "ground"): "erasing.ground_hint",
    ("AppointOfficial", "post"): "acting.post_hint",
    ("EndMandate", "mandate"): "acting.own_mandate_hint",
}
# Any entry at all.
AN_ENTRY = Reference("entry")
# Fields that name a pack of law, and of which kind it is.
PACKS = {"edition": "constitution", "law": "statute", "model": "model"}


class Renderer(TemplatesSetting):
    field_template_name = "parts/field.html"

    def get_template(self, template_name: str) -> Any:
        # Straight from its engine: the pages' one would look on disk for every widget.
        return engines["forms"].get_template(template_name)


class Typed(forms.CharField):
    """Text as it was typed. ``required`` is only shown: the act itself says what is missing."""

    def __init__(self, *, widget: forms.Widget, **said: Any) -> None:
        super().__init__(**said)
        # A null is what the act refuses as well, in its own words.
        self.validators.clear()
        # Django copies the widget it is given; here it is made for this field alone.
        widget.is_required = self.required
        self.widget = widget
        self.day = getattr(widget, "input_type", "") == "date"
        if self.day:
            # A browser would put day and month in the order of its own country.
            widget.input_type = "text"
            widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
            self.help_text = said.get("help_text") or w("acting.day_hint")

    def to_python(self, value: Any) -> str:
        """A day also as «25.11.2026»; the act is given it as a register writes it."""
        text: str = super().to_python(value)
        return kept_day(text) if self.day else text

    def prepare_value(self, value: Any) -> Any:
        return typed_day(value) if self.day and value else value

    def validate(self, value: Any) -> None:
        pass


def field_of(act: str, name: str, kind: Kind, optional: bool, place: Place) -> forms.Field:
    """The form field for one field of an act. Everything is read as text; the act decides."""
    label = telling.field_name(name, language())
    plain: dict[str, Any] = {"label": label, "required": not optional}
    attrs: dict[str, Any] = {} if optional else {"aria-required": "true"}
    if isinstance(kind, Choice | Reference | MandateId) or name in PACKS:
        # Asked for when they are shown: an act that is sent does not wait for them.
        choices = cache(lambda: _offered(_choices(act, name, kind, place)))
        # What can be confirmed is little, and all of it is there.
        if kind == AN_ENTRY and act != "Confirm" and place.m.size > MOST:
            plain["help_text"] = w("acting.entry_hint", count=MOST)
        return Typed(widget=forms.Select(choices=choices, attrs=attrs), **plain)
    if isinstance(kind, Flag):
        return forms.BooleanField(label=label, required=False)
    if isinstance(kind, Names):
        plain["help_text"] = w("acting.one_a_line")
    if isinstance(kind, Names) or (isinstance(kind, Text) and kind.long):
        return Typed(widget=forms.Textarea(attrs={"rows": 5, **attrs}), **plain)
    if isinstance(kind, Whole):
        attrs |= {"inputmode": "numeric"}
    elif isinstance(kind, Day):
        attrs |= {"type": "date"}
    elif isinstance(kind, Personal):
        attrs |= {"autocomplete": "off"}
        plain["help_text"] = w("private.hint")
    return Typed(widget=forms.TextInput(attrs=attrs), **plain)


def _offered(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", w("acting.choose") if found else w("acting.none_yet")), *found]


def _choices(act: str, name: str, kind: Kind, place: Place) -> list[tuple[str, str]]:
    if isinstance(kind, Choice):
        teller = place.teller(place.latest)
        return [(value, teller.value(name, kind, value)) for value in kind.values]
    if kind == AN_ENTRY:
        return entries(place, act)
    if isinstance(kind, Reference):
        return records(place, kind.to)
    if isinstance(kind, MandateId):
        return mandates(place)
    known = packs.load().editions.values()
    return [(e.id, e.title[language()]) for e in known if e.kind == PACKS[name]]


def settable_here(place: Place) -> list[Number]:
    """The numbers a charter can set here: under the law of the day alone, or with a model."""
    on = place.today
    book = place.book(on)
    if book is None or place.m.identity is None:
        return []
    models = [one.id for e in book.editions for one in packs.load().models_under(e.id)]
    found: dict[str, Number] = {}
    for model in ("", *models):
        try:
            found |= settable(place.m, adopting(book, model), on)
        except Malformed:
            # A model that does not go with the statutes cannot be adopted; the others still can.
            continue
    return list(found.values())


def number_field(number: Number, place: Place) -> forms.Field:
    """The form field for a number a charter can set: what it is called, from how much to how much,
    and what it is where the charter leaves it out."""
    called = place.teller(place.latest).number_name(number.name)
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    bounds = {"least": number.least, "most": number.most}
    if number.value is None:
        hint = w("acting.number_free", **bounds)
    else:
        hint = w("acting.number_else", value=number.value, **bounds)
    # What the model leaves open is needed with the model; no other number is.
    return Typed(required=number.value is None, label=called, help_text=hint, widget=widget)


def form_order(told: Mapping[str, Told]) -> list[str]:
    """The session an act was decided at comes first, the count of its votes last."""
    votes = [name for name in told if name.startswith("votes_")]
    first = [name for name in told if name == "session"]
    return first + [name for name in told if name not in (*first, *votes)] + votes


class Several(forms.MultipleChoiceField):
    """Things ticked off a list. As with all fields the act itself says what cannot be."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        pass


def _asked_for(place: Place, asked: Any) -> Entry | None:
    """The entry a form was asked for with its number; None where it names none."""
    asked = str(asked or "")
    n = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else -1
    return entry_of(place.register, n) if 0 <= n < place.m.size else None


def correctable_field(place: Place, asked: Any) -> forms.Field:
    """Where a misprint can be: in what the entry that was asked for says, or in all there ever is,
    in the words of its page."""
    one = _asked_for(place, asked)
    if one is not None:
        names = correctable_fields(place.m, one, ACTS)
    else:
        every = (kind.told().items() for kind in ACTS.values())
        names = [*dict.fromkeys(n for told in every for n, field in told if field.misprint)]
    said = language()
    called = [(name, telling.field_name(name, said)) for name in names]
    widget = forms.Select(
        choices=[("", w("acting.choose")), *called], attrs={"aria-required": "true"}
    )
    return Typed(widget=widget, label=telling.field_name("field", said), required=True)


def erasable_field(place: Place, asked: Any) -> forms.Field:
    """What can be erased: what the entry that was asked for holds, or all there ever is, in the
    words of its page."""
    one = _asked_for(place, asked)
    kinds = ACTS.values() if one is None else [ACTS[one.act]]
    names = dict.fromkeys(
        name
        for kind in kinds
        for name, told in kind.told().items()
        if isinstance(told.kind, Personal | Hex) and (one is None or one.fields.get(name))
    )
    if one is None or (one.evidence is not None and one.evidence.sha256):
        names[PAPER] = None
    said = language()
    return Several(
        choices=[(name, telling.field_name(name, said)) for name in names],
        label=telling.field_name("names", said),
        help_text=w("erasing.hint"),
    )


class ActForm(forms.Form):
    """The fields of one act at one place."""

    use_required_attribute = False

    def __init__(
        self, act: type[Act], place: Place, *args: Any, decided: bool = False, **kwargs: Any
    ) -> None:
        """``decided``: only the kenesh can make this act here, so session and votes are needed."""
        super().__init__(*args, **kwargs)
        self.act = act
        self.hashes: list[str] = []
        told_fields = act.told()
        for name in form_order(told_fields):
            told = told_fields[name]
            of_session = name in ("session", "votes_for")
            optional = told.optional and not (decided and of_session)
            if isinstance(told.kind, Lines):
                for k in range(LINES):
                    self.fields[f"{name}_{k}"] = forms.Field(
                        widget=LinesWidget(), required=False, label=w("acting.line", n=k + 1)
                    )
            elif isinstance(told.kind, Numbers):
                for number in settable_here(place):
                    self.fields[f"{name}_{number.name}"] = number_field(number, place)
            elif act is ErasePersonal and name == "names":
                self.fields[name] = erasable_field(place, self._asked("entry"))
            elif act is Correct and name == "field":
                self.fields[name] = correctable_field(place, self._asked("entry"))
            else:
                # The file itself is asked for first: few have its hash at hand.
                if isinstance(told.kind, Hex):
                    self.fields[f"{name}_file"] = documents.field()
                    self.hashes.append(name)
                self.fields[name] = field_of(act.__name__, name, told.kind, optional, place)
            if told.optional and of_session and not decided:
                vars(self.fields[name])["sometimes"] = True
                self.fields[name].help_text = w("acting.if_kenesh")
            if (act.__name__, name) in _HINTS:
                self.fields[name].help_text = w(_HINTS[act.__name__, name])
            if isinstance(told.kind, Reference):
                self._offer_asked(name, place)

    def _asked(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _offer_asked(self, name: str, place: Place) -> None:
        """An entry that was asked for by its number can be chosen, however old it is."""
        asked, widget = str(self._asked(name) or ""), self.fields[name].widget
        if not (asked.isascii() and asked.isdigit() and int(asked[:15]) < place.m.size):
            return
        offered, n = widget.choices, int(asked)

        # When they are shown, like all choices.
        def with_asked() -> list[tuple[str, str]]:
            found = list(offered)
            return found if asked in dict(found) else [*found, entry_choice(place, n)]

        widget.choices = cache(with_asked)

    def papers(self) -> dict[str, documents.Paper]:
        """The papers handed in, by the field that names them; raises Malformed."""
        files = {name: self.cleaned_data.get(f"{name}_file") for name in self.act.told()}
        read = {name: documents.read(file, f"{name}_file") for name, file in files.items()}
        return {name: paper for name, paper in read.items() if paper is not None}

    def json(self, papers: Mapping[str, documents.Paper]) -> dict[str, Any]:
        """What was typed, as the fields of an entry. Left-out fields are left out."""
        typed: dict[str, Any] = {}
        for name, told in self.act.told().items():
            if isinstance(told.kind, Lines):
                lines = [self._line(self.cleaned_data.get(f"{name}_{k}")) for k in range(LINES)]
                typed[name] = [line for line in lines if line is not None]
                continue
            if isinstance(told.kind, Numbers):
                typed |= self._numbers(name)
                continue
            value = as_json(told.kind, self.cleaned_data.get(name))
            if name in papers:
                value = documents.agreed(value, papers[name], name)
            if value is not None and value != "":
                typed[name] = value
        return typed

    def _numbers(self, name: str) -> dict[str, Any]:
        """The numbers typed, under the name of their field; nothing when none was."""
        own = [field for field in self.fields if field.startswith(f"{name}_")]
        said = {field: as_json(Whole(), self.cleaned_data.get(field)) for field in own}
        found = [
            {"name": field.removeprefix(f"{name}_"), "value": value}
            for field, value in said.items()
            if value != ""
        ]
        return {name: found} if found else {}

    def _at_number(self, problem: Problem) -> Problem:
        """A number the act counts by its line, at the field in which it was typed."""
        typed = self._numbers(problem.field)[problem.field]
        name = typed[int(str(problem.slots["line"])) - 1]["name"]
        return Problem(f"{problem.field}_{name}", "not_a_number", {})

    def wrong_lines(self, name: str) -> dict[str, dict[int, str]]:
        """By the field of every line that cannot be read, what is wrong with its parts."""
        fields = [f"{name}_{k}" for k in range(LINES)]
        lines = {field: self._line(self.cleaned_data.get(field)) for field in fields}
        found = {field: wrong_parts(line) for field, line in lines.items() if line}
        return {field: parts for field, parts in found.items() if parts}

    def _blame_lines(self, name: str) -> None:
        for field, parts in self.wrong_lines(name).items():
            self.fields[field].widget.at = min(parts)
            for said in parts.values():
                self.add_error(field, said)

    @staticmethod
    def _line(parts: Any) -> dict[str, Any] | None:
        name, source, amount = parts or (None, None, None)
        if not (name or amount):
            return None
        return {"name": name or "", "source": source, "amount": as_json(Whole(), amount or "")}

    def blame(self, malformed: Malformed) -> None:
        """Put every problem at its field, in the reader's words."""
        for problem in malformed.problems:
            if problem.key == "bad_number":
                problem = self._at_number(problem)
            elif problem.key == "bad_line":
                self._blame_lines(problem.field)
                continue
            said = telling.problem(problem, language())
            if problem.field in self.fields:
                self.add_error(problem.field, said)
            elif f"{problem.field}_0" in self.fields:
                self.add_error(f"{problem.field}_0", said)
            else:
                named = telling.words("fields").get(f"field.{problem.field}")
                self.add_error(None, f"{named[language()]}: {said}" if named else said)


def as_json(kind: Kind, text: Any) -> Any:
    """Typed text as the JSON a kind reads; what does not fit stays text, and the act says so."""
    if isinstance(text, bool | list):
        return text or None
    text = (text or "").strip()
    if isinstance(kind, Names):
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    if isinstance(kind, Whole | Reference):
        bare = "".join(text.split()).replace("\u00a0", "")
        return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else text
    return text

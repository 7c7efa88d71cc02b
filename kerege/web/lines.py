"""The lines of a budget in a form: what for, from which purse, how much; a few of them are shown,
and more when they are asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.fields import LINE, SOURCES, Wrong
from kerege.municipality.problem import Problem
from kerege.web.saying import language, w

# So many lines are shown at first, and so many more each time.
FEW = 4
# What each part is called over its box.
_HEADS = {
    "name": "register.line_head",
    "source": "register.line_source",
    "amount": "register.line_amount",
}


class LinesWidget(forms.MultiWidget):
    """One budget line; ``at`` is the part an error leads to."""

    template_name = "widgets/line.html"

    def __init__(self) -> None:
        sources = packs.load().vocabulary.enums["source"]
        self.at = 0
        super().__init__(
            {
                "name": forms.TextInput(
                    attrs={"class": "govuk-input", "aria-label": w(_HEADS["name"])}
                ),
                "source": forms.Select(
                    choices=[(s, sources[s][language()]) for s in SOURCES],
                    attrs={"class": "govuk-select", "aria-label": w(_HEADS["source"])},
                ),
                "amount": forms.TextInput(
                    attrs={
                        "class": "govuk-input govuk-input--width-10",
                        "inputmode": "numeric",
                        "aria-label": w(_HEADS["amount"]),
                    }
                ),
            }
        )

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.at}"

    def decompress(self, value: Any) -> list[Any]:
        return [value["name"], value["source"], value["amount"]] if value else [None, None, None]


def spare(form: forms.Form, posted: Mapping[str, str]) -> list[str]:
    """The lines of a form that are not shown: those after the first few, the ones asked for, and
    the last one that says something."""
    names = [name for name, field in form.fields.items() if isinstance(field.widget, LinesWidget)]
    asked = posted.get("lines_shown", "")[:3]
    shown = int(asked) if asked.isascii() and asked.isdigit() else FEW
    filled = [k + 1 for k, name in enumerate(names) if _says(form[name].value())]
    return names[max(FEW, shown + FEW * ("more" in posted), *filled) :]


def _says(line: Any) -> bool:
    """Whether anything was typed into a line; a purse stands in each from the beginning."""
    return bool(line and (line[0] or line[-1]))


def wrong_parts(line: Mapping[str, Any]) -> dict[int, str]:
    """What is wrong with a line as JSON, in the reader's words, by the place of the part."""
    found: dict[int, str] = {}
    for at, (part, kind) in enumerate(LINE.items()):
        try:
            if line[part] == "":
                raise Wrong("required")
            kind.read(line[part])
        except Wrong as wrong:
            said = telling.problem(Problem(part, wrong.key, wrong.slots), language())
            found[at] = f"{w(_HEADS[part])}: {said}"
    return found

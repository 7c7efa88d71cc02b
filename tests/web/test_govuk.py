"""Our parts beside the HTML govuk-frontend publishes for the same components.

Told apart is nothing but what DIFFERENT says and why. Components we have no part of (date-input,
inset-text, warning-text: a date is one field of the browser's own, and ``parts/notice.html`` says
the rest) are not compared.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override
from markupsafe import Markup

from kerege.web.cells import Number
from kerege.web.forms import Renderer
from tools.vendor_govuk import COMPARED, FIXTURES, TARBALL_SHA256

WEB = Path(__file__).parents[2] / "kerege/web"
SAID = json.loads(FIXTURES.read_text())
EXAMPLES = [
    pytest.param(component, one, id=f"{component}: {one['name']}")
    for component, all_ in SAID["components"].items()
    for one in all_
]
# Attributes that are not compared, each with its reason.
DIFFERENT = {
    "data-module": "wakes its JavaScript, of which we ship none",
    "aria-invalid": "Django says it of a field with an error, and it is right to",
    "cols": "Django's; the style sheet sets the width",
    "tabindex": "lets the summary of errors be reached without its JavaScript",
}
VOID = {"input", "br", "path", "img"}


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []
        self._open = [self.found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: value or "" for name, value in attrs if name not in DIFFERENT}
        if "class" in kept:
            kept["class"] = " ".join(sorted(kept["class"].split()))
        one = (tag, dict(sorted(kept.items())), [])
        self._open[-1].append(one)
        if tag not in VOID:
            self._open.append(one[2])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self._open[-1].append(text)


def tree(html: str) -> list[Any]:
    """The elements of some HTML: (tag, attributes in order, what is in it); text without breaks."""
    parser = _Tree()
    parser.feed(html)
    return parser.found


def lines(found: list[Any], deep: int = 0) -> list[str]:
    """A tree as lines, so that a difference can be read."""
    told = []
    for one in found:
        if isinstance(one, str):
            told.append(f"{'  ' * deep}{one}")
        else:
            tag, attributes, within = one
            said = "".join(f" {name}={value}" for name, value in attributes.items())
            told += [f"{'  ' * deep}<{tag}{said}>", *lines(within, deep + 1)]
    return told


def part(file: str, call: str, **said: Any) -> str:
    """What a macro of a part prints."""
    macro = call.split("(")[0]
    text = f'{{% from "parts/{file}.html" import {macro} %}}{{{{ {call} }}}}'
    return engines["pages"].env.from_string(text).render(**said)


def value_of(said: dict[str, Any]) -> Any:
    return Markup(said["html"]) if "html" in said else said["text"]


# -- each part, given what the published example was given ------------------------------------


def breadcrumbs(options: dict[str, Any]) -> str:
    above = [{"name": one["text"], "url": one["href"]} for one in options["items"]]
    return part("breadcrumbs", "breadcrumb_trail(above)", above=above)


def skip_link(options: dict[str, Any]) -> str:
    base = (WEB / "templates/base.html").read_text()
    line = next(line for line in base.splitlines() if "govuk-skip-link" in line)
    return line.replace('{{ w("layout.skip") }}', options["text"]).replace(
        "#content", options["href"]
    )


def pagination(options: dict[str, Any]) -> str:
    before, after = options.get("previous", {}), options.get("next", {})
    return part("pager", "arrows(a, '', b)", a=before.get("href", ""), b=after.get("href", ""))


def details(options: dict[str, Any]) -> str:
    text = (
        '{% from "parts/details.html" import details %}'
        "{% call details(summary) %}{{ text }}{% endcall %}"
    )
    summary, within = options["summaryText"], options["text"]
    return engines["pages"].env.from_string(text).render(summary=summary, text=within)


def error_summary(options: dict[str, Any]) -> str:
    class Form(forms.Form):
        pass

    form = Form({}, auto_id="%s")
    for one in options["errorList"]:
        # Ours name the field before what is wrong with it, where it has a name.
        form.fields[one["href"][1:]] = forms.CharField(required=False, label="")
    for one in options["errorList"]:
        form.add_error(one["href"][1:], one["text"])
    return part("error_summary", "error_summary(form)", form=form)


def field(options: dict[str, Any], made: forms.Field) -> str:
    class Form(forms.Form):
        use_required_attribute = False

    name = options.get("id") or options.get("idPrefix") or options["name"]
    wrong = options.get("errorMessage")
    chosen = [one["value"] for one in options.get("items", ()) if one.get("checked")]
    data = {name: chosen[0] if chosen else ""} if wrong else None
    initial = {name: options["value"]} if "value" in options else {}
    form = Form(data, initial=initial, auto_id="%s", renderer=Renderer())
    legend = options.get("fieldset", {}).get("legend")
    made.label = (legend or options["label"])["text"].strip()
    made.help_text = options.get("hint", {}).get("text", "")
    form.fields[name] = made
    if wrong:
        form.errors.clear()
        form.add_error(name, wrong["text"])
    return str(form[name].as_field_group())


def choices(options: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(one["value"]), one["text"]) for one in options["items"]]


def input_(options: dict[str, Any]) -> str:
    return field(options, forms.CharField())


def textarea(options: dict[str, Any]) -> str:
    return field(options, forms.CharField(widget=forms.Textarea({"rows": 5})))


def select(options: dict[str, Any]) -> str:
    options["value"] = next((o["value"] for o in options["items"] if o.get("selected")), "")
    return field(options, forms.ChoiceField(choices=choices(options)))


def radios(options: dict[str, Any]) -> str:
    return field(options, forms.ChoiceField(choices=choices(options), widget=forms.RadioSelect))


def checkboxes(options: dict[str, Any]) -> str:
    widget = forms.CheckboxSelectMultiple
    return field(options, forms.MultipleChoiceField(choices=choices(options), widget=widget))


def table(options: dict[str, Any]) -> str:
    rows = [
        [Number(cell["text"]) if cell.get("format") else cell["text"] for cell in row]
        for row in options["rows"]
    ]
    head = [cell["text"] for cell in options.get("head", [])]
    return part("scroll_table", "scroll_table('t', '', head, rows)", head=head, rows=rows)


def summary_list(options: dict[str, Any]) -> str:
    facts = [
        {"name": row["key"]["text"], "value": value_of(row["value"]), "url": "", "remark": ""}
        for row in options["rows"]
    ]
    return part("facts", "fact_list(facts)", facts=facts)


def button(options: dict[str, Any]) -> str:
    # Written by hand on every page; a button of a form sends it unless it says otherwise.
    kind = f" {options['classes']}" if "classes" in options else ""
    assert f'<button class="govuk-button{kind}">' in "".join(
        file.read_text() for file in (WEB / "templates").rglob("*.html")
    )
    return f'<button type="submit" class="govuk-button{kind}">{options["text"]}</button>'


PARTS = {
    "breadcrumbs": breadcrumbs,
    "skip-link": skip_link,
    "pagination": pagination,
    "details": details,
    "error-summary": error_summary,
    "input": input_,
    "textarea": textarea,
    "select": select,
    "radios": radios,
    "checkboxes": checkboxes,
    "table": table,
    "summary-list": summary_list,
    "button": button,
}

# -- where we differ on purpose ---------------------------------------------------------------


def as_ours(component: str, html: str, options: dict[str, Any]) -> str:
    """The published HTML with what we do otherwise, each with its reason."""
    # Django points at hints and errors by ids of its own, and names a field as its id begins.
    name = options.get("id") or options.get("idPrefix") or options.get("name")
    html = re.sub(rf'(?<=[" ]){name}-hint(?=[" ])', f"{name}_helptext", html)
    html = re.sub(rf'(?<=[" ]){name}-error(?=[" ])', f"{name}_error", html)
    if "name" in options:
        html = html.replace(f'name="{options["name"]}"', f'name="{name}"')
    # A label is bold: on a bright day it is told from the text around it.
    html = re.sub(
        r'<label class="govuk-label(?: govuk-label--\w)?"',
        '<label class="govuk-label govuk-label--s"',
        html,
    )
    html = re.sub(
        r'class="govuk-fieldset__legend[^"]*"',
        'class="govuk-fieldset__legend govuk-fieldset__legend--s"',
        html,
    )
    # A heading within a label reads twice; ours stands above the form.
    html = re.sub(r"<h1 [^>]*>(.*?)</h1>", r"\1", html, flags=re.DOTALL)
    if component == "breadcrumbs":
        html = html.replace('aria-label="Breadcrumb"', 'aria-label="You are here"')
    if component == "select":
        # What cannot be chosen is not offered.
        html = html.replace(" disabled>", ">")
    if component == "button":
        # Which button was pressed matters to none of our forms.
        html = re.sub(r' name="[^"]*"', "", html)
    if component == "pagination":
        # A list that grows without end has no numbers to jump to; our words need no hidden one.
        html = re.sub(r"<ul .*?</ul>", "", html, flags=re.DOTALL)
        html = re.sub(r'<span class="govuk-visually-hidden"> page</span>', " page", html)
        html = html.replace('aria-label="Pagination"', 'aria-label="Pages"')
    if component in ("radios", "checkboxes"):
        # Django counts the choices of a field from nought.
        html = re.sub(rf'(id|for)="{name}"', rf'\1="{name}-1"', html)
        html = re.sub(
            rf'(id|for)="{name}-(\d+)"', lambda m: f'{m[1]}="{name}_{int(m[2]) - 1}"', html
        )
    if component == "error-summary":
        # One element is the alert and can be reached; its script would do the second.
        html = html.replace('<div role="alert">', "").replace(
            "</div>\n</div>\n</div>", "</div></div>"
        )
        html = html.replace(
            'class="govuk-error-summary"', 'class="govuk-error-summary" role="alert"'
        )
        html = html.rstrip().removesuffix("</div>")
    return html


def ours_without_more(component: str, html: str) -> str:
    """Ours without what we add for reasons of our own."""
    if component == "table":
        # A table stands in a region that scrolls, and always has a caption and a head.
        html = html[html.index("<table") : html.index("</table>") + 8]
        html = re.sub(r"<(caption|thead)\b.*?</\1>", "", html, flags=re.DOTALL)
    if component == "pagination":
        # Where one is stands between the arrows.
        html = re.sub(r'<p class="pager-place">.*?</p>', "", html)
    return html


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_a_part_is_as_published(component: str, example: dict[str, Any]) -> None:
    options = json.loads(json.dumps(example["options"]))
    with override("en"):
        ours = PARTS[component](options)
    published = as_ours(component, example["html"], options)
    assert lines(tree(ours_without_more(component, ours))) == lines(tree(published))


def test_the_examples_are_those_of_the_version_we_ship() -> None:
    assert SAID["sha256 of the npm tarball"] == TARBALL_SHA256
    assert {name: [one["name"] for one in all_] for name, all_ in SAID["components"].items()} == {
        name: list(names) for name, names in COMPARED.items()
    }
    assert set(PARTS) == set(COMPARED)


def test_every_block_of_govuk_on_our_pages_is_in_its_style_sheet() -> None:
    css = (WEB / "static/kerege/govuk-frontend-6.6.0.min.css").read_text().replace("\\!", "!")
    known = set(re.findall(r"\.govuk-([a-z-]+?)(?=__|--|[^a-z-])", css))
    used = {
        name
        for folder in ("templates", "form_templates")
        for file in (WEB / folder).rglob("*.html")
        for named in re.findall(r'class="([^"]*)"', file.read_text())
        for name in re.findall(r"(?<![\w-])govuk-([a-z-]+?)(?=__|--|[^a-z-]|$)", named)
    }
    assert len(used) > 20 and used - known == set()

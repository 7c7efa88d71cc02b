"""Founding a municipality on a unit: the operator's form, prefilled only from the source."""

from datetime import UTC, date, datetime

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.fields import Whole, Wrong, day_of
from kerege.municipality.problem import Malformed, Problem
from kerege.municipality.territory import KINDS, plain_name
from kerege.web.forms import Typed, as_json
from kerege.web.founding import found, prefilled, unit
from kerege.web.models import Account
from kerege.web.pages.act_page import denied
from kerege.web.pages.country import where
from kerege.web.places import all_places
from kerege.web.rotating import declare_recovery
from kerege.web.saying import language, w
from kerege.web.sheet import recovery_sheet
from kerege.web.standing import weak_page


class FoundForm(forms.Form):
    """Fields of Found that a source may leave open, and the first recorder."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        said, words = language(), packs.load().vocabulary
        kinds = [("", w("acting.choose"))] + [(k, words.places[k][said]) for k in KINDS]
        editions = [("", w("founding.law_of_the_day"))] + [
            (e.id, e.title[said]) for e in packs.load().constitutions()
        ]

        told = ACTS["Found"].told()

        def text(name: str, **attrs: str) -> None:
            self.fields[name] = forms.CharField(
                required=not told[name].optional,
                label=telling.field_name(name, said),
                widget=forms.TextInput(attrs=attrs),
            )

        self.fields["kind"] = forms.CharField(
            required=False,
            label=telling.field_name("kind", said),
            widget=forms.Select(choices=kinds),
        )
        for name in ("name_ky", "name_ru", "name_en"):
            text(name)
        text("population", inputmode="numeric")
        self.fields["exercise"] = forms.BooleanField(
            required=False, label=w("founding.exercise"), help_text=w("founding.exercise_hint")
        )
        self.fields["on"] = Typed(
            required=False,
            label=w("founding.on"),
            help_text=w("founding.on_hint"),
            widget=forms.TextInput(attrs={"type": "date"}),
        )
        self.fields["pinned"] = forms.CharField(
            required=False,
            label=telling.field_name("pinned", said),
            widget=forms.Select(choices=editions),
        )
        self.fields["recorder"] = forms.CharField(
            label=w("founding.recorder"), help_text=w("founding.recorder_hint")
        )
        self.fields["holder"] = forms.CharField(
            required=False,
            label=telling.field_name("holder", said),
            help_text=w("founding.holder_hint"),
        )


@login_required
def found_page(request: HttpRequest, code: str) -> HttpResponse:
    if not request.user.operator:
        return denied(request, None, "only_operator")
    weak = weak_page(request)
    if weak is not None:
        return weak
    try:
        one = unit(code)
    except Malformed as wrong:
        said = " ".join(telling.problem(p, language()) for p in wrong.problems)
        return render(request, "denied.html", {"said": said}, status=404)
    form = FoundForm(request.POST or None, initial=prefilled(one))
    context = {
        "form": form,
        "unit": one,
        "source": ", ".join(
            telling.source_said(part, language()) for part in one.source.split("+")
        ),
        "as_of": telling.day_or_month(one.as_of, language()),
        "name": plain_name(one),
        "where": where(one),
        "founded": [p for p in all_places() if p.m.identity and p.m.identity.code == code],
    }
    if request.method != "POST":
        return render(request, "found.html", context)
    if not form.is_valid():
        return render(request, "found.html", context, status=400)
    data = form.cleaned_data
    said_fields = {
        "kind": data.get("kind"),
        "name_ky": data.get("name_ky"),
        "name_ru": data.get("name_ru"),
        "name_en": data.get("name_en"),
        "population": as_json(Whole(), data.get("population") or ""),
        "exercise": data.get("exercise") or None,
        "pinned": data.get("pinned") if data.get("exercise") else "",
    }
    recorder = Account.objects.called(data.get("recorder") or "")
    if recorder is None:
        form.add_error("recorder", w("founding.no_such_account"))
    try:
        on = day_of(data["on"]) if data.get("on") else date.today()
        if recorder is not None:
            with transaction.atomic():
                now, holder = datetime.now(UTC), data.get("holder") or ""
                register = found(one, said_fields, recorder, on, now, holder=holder)
                safe = None if said_fields["exercise"] else declare_recovery(register)
            place = reverse("place", args=[register.slug])
            if safe is None:
                return HttpResponseRedirect(place)
            # Shown with the answer and kept nowhere: there is no address to come back to it.
            context = {"sheet": recovery_sheet(safe), "onward": place}
            answer = render(request, "sheet.html", context)
            answer.headers["Cache-Control"] = "no-store"
            return answer
    except Wrong as wrong:
        form.add_error("on", telling.problem(Problem("on", wrong.key, wrong.slots), language()))
    except Malformed as wrong:
        for problem in wrong.problems:
            at = problem.field if problem.field in form.fields else None
            form.add_error(at, telling.problem(problem, language()))
    return render(request, "found.html", context, status=400)

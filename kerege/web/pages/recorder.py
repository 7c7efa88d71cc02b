"""The operator gives an account to the recorder of a place who has none yet: the kenesh has
appointed somebody, or nobody is recorder any more."""

from datetime import UTC, date, datetime

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from kerege.municipality import telling
from kerege.municipality.problem import Malformed
from kerege.web.founding import link_recorder, wants_recorder
from kerege.web.models import Account
from kerege.web.pages.act_page import denied
from kerege.web.places import place
from kerege.web.saying import language, w
from kerege.web.standing import weak_page


class RecorderForm(forms.Form):
    """``named`` is who the kenesh has appointed; empty where the operator names somebody."""

    use_required_attribute = False

    def __init__(self, named: str, *args: object) -> None:
        super().__init__(*args)
        if not named:
            self.fields["holder"] = forms.CharField(
                max_length=120,
                label=telling.field_name("holder", language()),
                help_text=w("founding.holder_hint"),
            )
        self.fields["account"] = forms.CharField(
            max_length=60, label=w("founding.account"), help_text=w("founding.account_hint")
        )
        if "sure" in self.data:
            self.ask()

    def ask(self) -> None:
        """Ask whether an account that was somebody else's here is theirs."""
        self.fields["sure"] = forms.BooleanField(required=False, label=w("founding.same_person"))


@never_cache
@login_required
def recorder(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    if not request.user.operator:
        return denied(request, here, "only_operator")
    weak = weak_page(request)
    if weak is not None:
        return weak
    named = wants_recorder(here.m, date.today())
    if named is None or here.register.mirror_of:
        return denied(request, here, "recorder_already")
    form = RecorderForm(named, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            account = Account.objects.called(form.cleaned_data["account"])
            if account is None:
                form.add_error("account", w("founding.no_such_account"))
            else:
                now, holder = datetime.now(UTC), named or form.cleaned_data["holder"]
                sure, on = bool(form.cleaned_data.get("sure")), here.acts_on
                try:
                    n = link_recorder(here.register, account, on, now, holder=holder, sure=sure)
                    return HttpResponseRedirect(f"{here.url}register/{n}/#recorded")
                except Malformed as wrong:
                    if any(problem.key == "account_of_another" for problem in wrong.problems):
                        form.ask()
                    for problem in wrong.problems:
                        at = problem.field if problem.field in form.fields else None
                        form.add_error(at, telling.problem(problem, language()))
    context = {
        "place": here,
        "named": named,
        "form": form,
        "breadcrumbs": [{"name": here.name, "url": here.url}],
    }
    return render(request, "recorder.html", context, status=status)

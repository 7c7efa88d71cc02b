"""Drafts: the form of an act as someone left it, to be gone on with.

Nothing official: a draft stands in no register, is shown to nobody else, and ends when its act is
sent, or by itself after ``EXPIRES``. Personal fields, files and reasons to insist are not kept.
Whoever has a form open in two windows finds what the last of them saved.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kerege.municipality.act import Act
from kerege.municipality.problem import malformed
from kerege.web.models import Account, Draft, Register, Row
from kerege.web.private import personal
from kerege.web.statements import run

MOST = 50
"""Drafts an account can keep."""
EXPIRES = timedelta(days=90)
LONGEST = 100_000
"""Characters of a draft."""
# Said anew each time: kept from before, they would insist without being seen.
NEVER = ("insist", "again")
_ABOUT = 200

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """Whose form it is: of which act, here, under which mandate, and what it was opened with."""

    account: Account
    register: Register
    act: str
    mandate: str
    about: str

    def found(self) -> QuerySet[Draft]:
        said = {"act": self.act, "mandate": self.mandate, "about": self.about}
        return Draft.objects.filter(
            account_id=self.account.pk, register_id=self.register.pk, **said
        )


def about(given: Mapping[str, str]) -> str:
    """What a form was opened with, as a query; empty where that is too long to tell drafts by."""
    said = QueryDict(mutable=True)
    said.update(dict(sorted(given.items())))
    return said.urlencode() if len(said.urlencode()) <= _ABOUT else ""


def typed(kind: type[Act], posted: Any, *shown: forms.Form) -> dict[str, list[str]]:
    """What of a posted form a draft keeps."""
    left_out = {*personal(kind), *NEVER}
    names: set[str] = set()
    for name, field in (item for form in shown for item in form.fields.items()):
        if name not in left_out and not isinstance(field, forms.FileField):
            names.update(names_of(name, field))
    return {name: posted.getlist(name) for name in sorted(names) if name in posted}


def names_of(name: str, field: forms.Field) -> Iterator[str]:
    """The names under which a browser sends a field."""
    if isinstance(field.widget, forms.MultiWidget):
        yield from (f"{name}{end}" for end in field.widget.widgets_names)
    else:
        yield name


def version(draft: Draft | None) -> str:
    return draft.updated_at.isoformat() if draft is not None else ""


def latest(form: Form, now: datetime) -> Draft | None:
    return form.found().filter(updated_at__gt=now - EXPIRES).first()


def save(form: Form, said: Typed, seen: str, now: datetime) -> tuple[Draft, bool]:
    """Keep what was typed; with whether something was replaced that this window had not ``seen``.
    Raises Malformed where it cannot be kept: sent already, too long, or too many."""
    text = json.dumps(said)
    if len(text) > LONGEST:
        raise malformed("act", "draft_too_long", most=LONGEST)
    id_ = (said.get("id") or [""])[-1]
    with transaction.atomic():
        # A window left open goes on saving after the act was sent.
        if id_ and Row.objects.filter(register_id=form.register.pk, uid=id_).exists():
            raise malformed("act", "draft_of_sent")
        Draft.objects.filter(updated_at__lte=now - EXPIRES).delete()
        before = form.found().select_for_update().first()
        if before is None and Draft.objects.filter(account_id=form.account.pk).count() >= MOST:
            raise malformed("act", "too_many_drafts", most=MOST)
        draft, _ = form.found().update_or_create(
            defaults={"fields": text, "updated_at": now},
            create_defaults={
                "account_id": form.account.pk,
                "register_id": form.register.pk,
                "act": form.act,
                "mandate": form.mandate,
                "about": form.about,
                "fields": text,
                "updated_at": now,
            },
        )
    return draft, before is not None and version(before) != seen


def forget(form: Form) -> None:
    # After every act, and mostly there is none: plain SQL, as in statements.py.
    run(
        "DELETE FROM web_draft WHERE account_id = %s AND register_id = %s AND act = %s "
        "AND mandate = %s AND about = %s",
        [form.account.pk, form.register.pk, form.act, form.mandate, form.about],
    )


def restore(said: Typed, *shown: forms.Form) -> None:
    """Fill forms that were not sent with what was typed before."""
    data = MultiValueDict({name: list(values) for name, values in said.items()})
    for form in shown:
        for name, field in form.fields.items():
            if not isinstance(field, forms.FileField) and set(names_of(name, field)) & set(data):
                form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), name)


def of_account(account: Account, now: datetime) -> list[Draft]:
    """All drafts of an account, the last first."""
    kept = Draft.objects.filter(account_id=account.pk, updated_at__gt=now - EXPIRES)
    return list(kept.order_by("-updated_at"))

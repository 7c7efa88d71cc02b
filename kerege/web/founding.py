"""Beginnings: the country register, and a municipality founded on a unit of the territory."""

import itertools
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from kerege.municipality.chronicle import history
from kerege.municipality.dating import BISHKEK, LATE
from kerege.municipality.entry import Actor
from kerege.municipality.governing import RECORDER, in_office, linked
from kerege.municipality.municipality import Municipality
from kerege.municipality.persons import also_of
from kerege.municipality.problem import malformed
from kerege.municipality.rights import OPERATOR, Speaker
from kerege.municipality.territory import Territory, Unit, UnknownUnit, load, plain_name, slug
from kerege.web import keys
from kerege.web.gate import Attempt, perform
from kerege.web.models import Account, Register
from kerege.web.registers import COUNTRY, told
from kerege.web.story import Storyteller

# First parts of the addresses of pages, which a place must not take; a test holds it to urls.py.
TAKEN = frozenset(
    {
        "account",
        "desk",
        "documents",
        "following",
        "found",
        "glossary",
        "healthz",
        "kerege-verify.pyz",
        "kg",
        "law",
        "map",
    }
    | {"public-root", "search", "sign-in", "sign-out", "sign-up", "trust", "witness"}
    | {"en", "ky", "ru", "static"}
)


def unit(code: str, territory: Territory | None = None) -> Unit:
    """The unit of a code; raises Malformed when there is none or none can be founded on it."""
    territory = territory or load()
    try:
        found = territory.get(code)
    except UnknownUnit:
        raise malformed("code", "unknown_unit", code=code[:20]) from None
    if found not in territory.foundable():
        raise malformed("code", "not_foundable")
    return found


def make_register(name: str, *, country_register: bool = False) -> Register:
    """An empty register with a key of its own."""
    register = Register.objects.create(
        slug=name, country=country_register, origin=f"{settings.NAME}/{name}"
    )
    keys.make(register.origin)
    return register


def make_country(keeper: Account, now: datetime) -> Register:
    """The country register with its history; ``keeper`` records it from then on."""
    with transaction.atomic():
        register = make_register(COUNTRY, country_register=True)
        on = now.astimezone(BISHKEK).date()
        link_recorder(register, keeper, on, now, holder=keeper.shown_as or keeper.username)
        list(Storyteller(register, [keeper.code], now).tell(history()))
    return register


def address_for(one: Unit) -> str:
    """An address that is free: the name in Latin letters, with the code where it is taken."""
    base = slug(plain_name(one)) or one.code
    base = re.sub(r"[^a-z0-9-]", "", base)[:60] or one.code
    free = base
    for number in itertools.count(1):
        if free not in TAKEN and not Register.objects.filter(slug=free).exists():
            break
        free = f"{base}-{one.code}" if number == 1 else f"{base}-{one.code}-{number}"
    return free


def _founded_already(code: str) -> bool:
    """Whether a municipality that is no exercise stands on a unit."""
    values = (told(r).identity for r in Register.objects.filter(country=False))
    return any(one is not None and one.code == code and not one.exercise for one in values)


def found(
    one: Unit,
    said: Mapping[str, Any],
    recorder: Account | None,
    on: date,
    now: datetime,
    *,
    holder: str = "",
    address: str = "",
) -> Register:
    """Found a municipality and link its first recorder, whom ``holder`` names: the two public
    entries of an operator.

    ``said`` are the fields of Found beyond what the source gives. An exercise can begin on any day
    gone by, so that deadlines are rehearsed. Raises Malformed."""
    fields = {**prefilled(one), **{k: v for k, v in said.items() if v not in ("", None)}}
    if not fields.get("kind"):
        raise malformed("kind", "kind_unknown")
    if not fields.get("exercise") and fields["kind"] != prefilled(one).get("kind", fields["kind"]):
        raise malformed("kind", "kind_known")
    if not fields.get("exercise") and on < now.astimezone(BISHKEK).date() - LATE:
        raise malformed("on", "past_exercise_only")
    if not fields.get("exercise") and _founded_already(one.code):
        raise malformed("code", "founded_already")
    if not fields.get("exercise"):
        _rightly_named()
    with transaction.atomic():
        register = make_register(address or address_for(one))
        perform(
            register,
            Attempt(
                id=_founding_id(register, "Found"),
                act="Found",
                fields=fields,
                actor=Actor(OPERATOR),
                held_on=on,
                speaker=Speaker("", operator=True),
            ),
            now,
        )
        if recorder is not None:
            link_recorder(register, recorder, on, now, holder=holder)
    return register


def _rightly_named() -> None:
    """Raise Malformed where a register would bear another name of the house than the country's,
    which the first command has named for good."""
    began = Register.objects.filter(slug=COUNTRY).values_list("origin", flat=True).first()
    if began is not None and began.partition("/")[0] != settings.NAME:
        said = {"began": began.partition("/")[0], "name": settings.NAME}
        raise malformed("code", "house_misnamed", **said)


def prefilled(one: Unit) -> dict[str, Any]:
    """What the source says of a unit; what it does not say is left out."""
    fields = {
        "code": one.code,
        "kind": one.kind,
        "name_ru": plain_name(one),
        "name_en": one.name_en,
        "as_of": one.as_of,
        "source": one.source,
    }
    return {name: value for name, value in fields.items() if value}


def wants_recorder(m: Municipality, on: date) -> str | None:
    """The recorder whose mandate no account is linked to; empty where there is no recorder at all,
    None where nothing is wanting."""
    recorder = next(in_office(m, RECORDER, on), None)
    if recorder is None:
        return ""
    return recorder.holder if linked(m, recorder.id, on) is None else None


def link_recorder(
    register: Register,
    recorder: Account,
    on: date,
    now: datetime,
    *,
    holder: str = "",
    sure: bool = False,
) -> int:
    """Link the first recorder, or the account of one whom the kenesh has appointed (``holder``, as
    the kenesh named the person); ``sure`` that it is theirs, though it was somebody else's here.
    Raises Malformed when there is a recorder with an account."""
    # The register names people, for good; what somebody signs in with is their own.
    named = holder.strip() or recorder.shown_as
    if not named:
        raise malformed("holder", "required")
    if "@" in named:
        raise malformed("holder", "no_address")
    other = also_of(told(register), recorder.code, named)
    if other is not None and not sure:
        raise malformed("account", "account_of_another", holder=other)
    return perform(
        register,
        Attempt(
            id=_founding_id(register, "LinkRecorder"),
            act="LinkRecorder",
            fields={"account": recorder.code, "holder": named},
            actor=Actor(OPERATOR),
            held_on=on,
            speaker=Speaker("", operator=True),
        ),
        now,
    )


def _founding_id(register: Register, act: str) -> str:
    """Sent twice at the same size of the register, it is the same founding act."""
    size = told(register).size
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"kerege:{register.slug}:{act}:{size}"))

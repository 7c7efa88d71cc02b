"""The demonstration: three real units as labelled exercises, their people invented.

Made once for a data directory. Each story is told through the gate like any other act; what the law
refused on the way left no entry; ``pages/refused.py`` asks it again.
"""

import secrets
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

from django.db import transaction

from kerege.municipality.governing import RECORDER, head, in_office
from kerege.municipality.steps import Step, read
from kerege.web import following, gateways, root
from kerege.web.founding import found, make_country, unit
from kerege.web.models import Account, Handed, Register
from kerege.web.places import Place
from kerege.web.registers import COUNTRY, told
from kerege.web.story import Storyteller

STORIES = ("on-archa", "cholpon-ata", "naryn")
# How the user name of an invented resident ends, after the address of the place.
_RESIDENT = "-resident"
# Entries that tell more than whose account was linked.
_UNREAD = 8


@dataclass(frozen=True, slots=True)
class Story:
    address: str
    code: str
    fields: dict[str, Any]
    on: date
    recorder: str
    steps: list[Step]


def story(name: str) -> Story:
    text = (resources.files("kerege") / f"editions/kg/demonstration/{name}.toml").read_text("utf-8")
    place = tomllib.loads(text)["place"]
    return Story(
        place["address"], place["code"], place["fields"], place["on"], place["recorder"], read(text)
    )


def make() -> None:
    """Fill an empty database with the demonstration; does nothing when it is there."""
    if Register.objects.exists():
        return
    with transaction.atomic():
        keeper = Account.objects.make(
            "country-recorder", None, invented=True, shown_as="Өлкөлүк реестрдин каттоочусу"
        )
        Account.objects.make("operator", None, operator=True, invented=True, shown_as="Оператор")
        make_country(keeper, datetime.now(UTC))
        places = [tell(story(name)) for name in STORIES]
        if gateways.kept_here("email"):
            _follow(places[0])
        root.catch_up()


def tell(one: Story) -> Register:
    """Found the place of a story and write it down to its end."""
    code = one.address
    recorder = Account.objects.make(
        f"{code}-recorder", None, code=f"{code[:12]}-rec", invented=True, shown_as=one.recorder
    )
    now = datetime.combine(one.on, datetime.min.time(), tzinfo=UTC)
    register = found(unit(one.code), one.fields, recorder, one.on, now, address=one.address)
    teller = Storyteller(register, [recorder.code])
    list(teller.tell(one.steps))
    _link_officials(register, teller)
    resident = Account.objects.make(
        f"{code}{_RESIDENT}",
        None,
        code=f"{code[:12]}-res",
        invented=True,
        shown_as="Жашоочу (мандаты жок)",
    )
    _let_in(register, resident, now)
    return register


def _let_in(register: Register, resident: Account, now: datetime) -> None:
    """As by a code the okmotu handed out, which was used: no entry tells of it, and it gives no
    mandate."""
    m = told(register)
    recorder = next(in_office(m, RECORDER, m.latest or now.date()))
    Handed.objects.create(
        register=register,
        by=recorder.id,
        hash=secrets.token_bytes(32),
        made_at=now,
        expires_at=now,
        used_at=now,
        account=resident,
    )


def _link_officials(register: Register, teller: Storyteller) -> None:
    """Give the head, the chair and one deputy of today an account each, by entries."""
    m = told(register)
    assert m.latest is not None
    today = m.latest
    people = {
        "head": head(m, today),
        "chair": next(in_office(m, "chair", today), None),
        "deputy": next(in_office(m, "deputy", today), None),
    }
    steps = []
    for post, mandate in people.items():
        if mandate is None:
            continue
        account = Account.objects.make(
            f"{register.slug}-{post}",
            None,
            code=f"{register.slug[:12]}-{post[:3]}",
            invented=True,
            shown_as=mandate.holder,
        )
        steps.append(
            Step(
                act="LinkAccount",
                on=today,
                actor="recorder",
                of="",
                fields={"account": account.code, "mandate": mandate.id},
                label="",
                paper="Арыз (ойдон чыгарылган)",
                insist="",
                refused=False,
            )
        )
    list(teller.tell(steps))


def _follow(register: Register) -> None:
    """The resident follows the place, and has not read its last entries yet."""
    account = Account.objects.get(username=f"{register.slug}{_RESIDENT}")
    one = following.start(account, "email", "resident@example.org", datetime.now(UTC))
    one.confirmed_at = datetime.now(UTC)
    one.save(update_fields=["confirmed_at"])
    followed = following.follow(one, Place(register), "")
    followed.next = max(0, followed.next - _UNREAD)
    followed.save(update_fields=["next"])


def another_house() -> bool:
    """Whether the data is that of a house of its own, whose doors would stand open here."""
    invented = Account.objects.filter(username="operator", invented=True)
    return is_made() and not invented.exists()


def is_made() -> bool:
    return Register.objects.filter(slug=COUNTRY).exists()

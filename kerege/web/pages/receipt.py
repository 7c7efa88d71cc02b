"""The receipt of an entry: a slip to print or to keep on a phone, and the file that proves it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from kerege.constitution.question import FORBIDDEN
from kerege.municipality import telling
from kerege.municipality.dating import day_in_bishkek
from kerege.municipality.entry import CONTESTED, Entry
from kerege.web import receipts
from kerege.web.listing import Fact, tags
from kerege.web.pages.register import annulled_by, crumbs, entry_proven, mandate_over, suspended
from kerege.web.pictures.squares import squares
from kerege.web.places import Place, place
from kerege.web.public import vkeys_of
from kerege.web.reached import site
from kerege.web.receipts import Proven
from kerege.web.registers import find, read
from kerege.web.rulings import articles
from kerege.web.saying import language, w
from kerege.web.standing import for_everyone

# Enough of a root to compare by eye.
_SHORT = 16


@require_safe
def receipt(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """The slip."""
    here = place(slug)
    found = entry_proven(here, n)
    one = read(found.entry)
    address = site(request) + request.path
    proof_file = f"/{slug}/register/{n}.tlog-proof"
    checker = reverse("verifier")
    return render(
        request,
        "receipt.html",
        {
            "place": here,
            "n": n,
            "title": here.sentence(one, n),
            "tags": tags(here, one, n),
            "facts": facts(here, one, n, found),
            "holds": found.holds,
            "enough": found.enough,
            "address": breakable(address),
            "address_code": squares(address.encode(), w("receipt.code_page")),
            "proof_code": squares(found.bare, w("receipt.code_proof")),
            "file": proof_file,
            "file_address": breakable(site(request) + proof_file),
            "checker": checker,
            "checker_address": breakable(site(request) + checker),
            "log": breakable(f"{site(request)}/{slug}/log"),
            "name": name(slug, n),
            "vkey": vkeys_of(here.register)[0],
            "language": language(),
            "breadcrumbs": [
                *crumbs(here),
                {"name": w("register.title"), "url": f"{here.url}register/"},
                {"name": w("layout.entry_number", number=n), "url": f"{here.url}register/{n}/"},
            ],
        },
    )


@for_everyone
@require_safe
def file(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """The ``.tlog-proof``, to be kept."""
    register = find(slug)
    if register is None:
        raise Http404(slug)
    try:
        data = receipts.receipt(register, n)
    except receipts.NoEntry as error:
        raise Http404(str(error)) from None
    said = {
        "Content-Disposition": f'attachment; filename="{name(slug, n)}"',
        "Access-Control-Allow-Origin": "*",
        # Under a newer checkpoint it is another file, as good as the earlier one.
        "Cache-Control": "public, no-cache",
    }
    return HttpResponse(data, content_type="text/plain; charset=utf-8", headers=said)


def breakable(address: str) -> Markup:
    """An address that is broken at its slashes where a line is too short, and not within words."""
    return escape(address).replace("/", Markup("/<wbr>"))


def name(slug: str, n: int) -> str:
    return f"{slug}-{n}.tlog-proof"


def facts(here: Place, one: Entry, n: int, found: Proven) -> list[Fact]:
    """Where, when, by whom, under which article, and what it is proven by."""
    said, teller = language(), here.teller(one.held_on)
    rows = [
        Fact(w("receipt.place"), here.name),
        Fact(telling.field_name("held_on", said), telling.day(one.held_on, said)),
        Fact(telling.field_name("actor", said), teller.actor(one.actor)),
        Fact(
            w("receipt.against" if against(one) else "receipt.law"),
            "; ".join(articles(one)) or w("register.not_judged"),
        ),
        Fact(w("register.recorded_at"), telling.day(day_in_bishkek(one.recorded_at), said)),
        Fact(w("receipt.leaf"), found.leaf.hex()),
        Fact(
            w("receipt.head"),
            w(
                "receipt.head_says",
                day=telling.day(date.today(), said),
                size=found.head.size,
                root=found.head.root.hex()[:_SHORT],
            ),
        ),
    ]
    if one.standing == CONTESTED:
        rows.insert(3, Fact(w("receipt.contested"), one.reason))
    if n in here.m.annulled:
        rows.insert(3, Fact(w("receipt.annulled"), annulled_by(here, n)))
    for one_time in suspended(here, n):
        rows.insert(3, Fact(w("receipt.suspended"), one_time["title"]))
    for ended in mandate_over(here, one, n):
        rows.insert(3, Fact(w("receipt.mandate_over"), ended["title"]))
    if found.witnesses:
        rows.append(Fact(w("receipt.witnesses"), ", ".join(found.witnesses)))
    return rows


def against(one: Entry) -> bool:
    """Whether the articles of a ruling stand against the act."""
    return one.ruling is not None and one.ruling["answer"] == FORBIDDEN

"""The register of a place, and one page for each entry."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.constitution.question import question, ruling
from kerege.municipality import money, telling
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Lines
from kerege.municipality.record import Spending
from kerege.register import merkle
from kerege.web.cells import Cell, Number
from kerege.web.charters import adopted_here
from kerege.web.listing import Fact, listed, tags
from kerege.web.models import Checkpoint, Row
from kerege.web.places import Place, place
from kerege.web.registers import entries_of, read
from kerege.web.rulebooks import kept
from kerege.web.rulings import ruling_shown
from kerege.web.saying import language, w

A_PAGE = 25


def register(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    rows = Row.objects.filter(register=here.register).order_by("-n")
    act = request.GET.get("act", "")
    if act in ACTS:
        rows = rows.filter(act=act)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    head = Checkpoint.objects.filter(register=here.register).order_by("-size").first()
    return render(
        request,
        "register.html",
        {
            "place": here,
            "page": page,
            "entries": listed(here, [(row.n, read(row.data)) for row in page]),
            "size": here.m.size,
            "only": packs.load().vocabulary.acts[act].words[language()] if act in ACTS else "",
            "checkpoint": bytes(head.note).decode() if head else "",
            "breadcrumbs": crumbs(here),
        },
    )


def entry(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    here = place(slug)
    row = Row.objects.filter(register=here.register, n=n).first()
    if row is None:
        raise Http404(f"{slug} {n}")
    one = read(row.data)
    return render(
        request,
        "entry.html",
        {
            "place": here,
            "n": n,
            "title": here.sentence(one, n),
            "tags": tags(here, one, n),
            "facts": facts(here, one, n),
            "lines": lines(here, one),
            "ruling": law(here, one, n),
            "contested": n in here.m.contested,
            "confirmed": confirmed(here, n),
            "reason": one.reason,
            "annulled": annulled(here, n),
            "beyond": beyond(here, n),
            "doubtful": doubtful(here, n),
            "proof": proof(here, row),
            "raw": bytes(row.data).decode(),
            "breadcrumbs": [
                *crumbs(here),
                {"name": w("register.title"), "url": f"{here.url}register/"},
            ],
        },
    )


def crumbs(here: Place) -> list[dict[str, str]]:
    return [{"name": here.name, "url": here.url}]


def facts(here: Place, one: Entry, n: int) -> list[Fact]:
    """Everything an entry says, field by field."""
    said, teller = language(), here.teller(one.held_on)
    told = ACTS[one.act].told()
    rows = [
        Fact(telling.field_name("held_on", said), telling.day(one.held_on, said)),
        Fact(telling.field_name("actor", said), teller.actor(one.actor)),
    ]
    corrections = here.m.corrections.get(n, {})
    for name, value in one.fields.items():
        if isinstance(told[name].kind, Lines):
            continue
        shown, remark = teller.value(name, told[name].kind, value), ""
        if name in corrections:
            shown, remark = corrections[name], w("register.was", value=shown)
        rows.append(Fact(telling.field_name(name, said), shown, remark=remark))
    if one.evidence:
        paper = f"{one.evidence.number}, {telling.day(one.evidence.date, said)}"
        remark = "" if one.by else w("register.as_reported")
        rows.append(Fact(telling.field_name("evidence", said), paper, remark=remark))
    holder = here.m.mandates.get(one.recorder)
    by = teller.mandate(holder.post, holder.holder) if holder else w("register.operator")
    rows.append(Fact(w("register.recorded_by"), by))
    rows.append(Fact(w("register.recorded_at"), telling.day(one.recorded_at.date(), said)))
    for base, entry_ in sorted(entries_of(here.register, one.rests_on).items()):
        rows.append(
            Fact(
                w("register.rests_on", number=base),
                here.sentence(entry_, base),
                f"{here.url}register/{base}/",
            )
        )
    return rows


def lines(here: Place, one: Entry) -> dict[str, Any] | None:
    """Budget lines as a table; None for an entry without."""
    if not one.fields.get("lines"):
        return None
    said, sources = language(), packs.load().vocabulary.enums["source"]
    head: list[Cell] = [
        w("register.line_head"),
        w("register.line_source"),
        Number(w("register.line_amount")),
    ]
    return {
        "head": head,
        "rows": [
            [
                line["name"],
                sources[line["source"]][said],
                Number(telling.som(line["amount"], said)),
            ]
            for line in one.fields["lines"]
        ],
    }


def law(here: Place, one: Entry, n: int) -> dict[str, Any] | None:
    """What the law said to the entry, under the rulebook it was put to."""
    if one.question is None or one.ruling is None:
        return None
    book = kept(one.digest)
    return ruling_shown(
        book,
        question(one.question),
        ruling(one.ruling),
        one.held_on,
        adopted=adopted_here(here, one.held_on, n),
    )


def confirmed(here: Place, n: int) -> dict[str, str] | None:
    """The entry that confirmed a contested one."""
    by = next((key for key, value in here.m.confirmed.items() if value == n), None)
    if by is None:
        return None
    return {"text": w("register.confirmed"), "url": f"{here.url}register/{by}/"}


def annulled(here: Place, n: int) -> dict[str, str] | None:
    if n not in here.m.annulled:
        return None
    by, since = here.m.annulled[n]
    day = telling.day(since, language())
    return {"text": w("register.annulled", day=day), "url": f"{here.url}register/{by}/"}


def beyond(here: Place, n: int) -> dict[str, str] | None:
    """That an entry spent beyond the budget of its year, or without one, as counted from the
    register; what the law says to that is another question."""
    paid = here.m.find(Spending, n)
    if paid is None:
        return None
    said, on = language(), paid.since
    over = money.beyond(here.m, paid.year, paid.source, on, n)
    if not over:
        return None
    adopted = money.budget(here.m, paid.year, on)
    slots = {"year": paid.year, "amount": telling.som(over, said)}
    if adopted is None:
        return {
            "title": w("register.no_budget", **slots),
            "text": w("register.no_budget_says", **slots),
        }
    planned = adopted.total(paid.source)
    slots |= {"planned": telling.som(planned, said), "spent": telling.som(planned + over, said)}
    return {"title": w("register.beyond", **slots), "text": w("register.beyond_says", **slots)}


def doubtful(here: Place, n: int) -> list[dict[str, str]]:
    """Contested or annulled entries this one rests on."""
    return [
        {"text": w("register.rests_on_doubtful", number=base), "url": f"{here.url}register/{base}/"}
        for base in sorted(here.m.tainted(n))
    ]


def proof(here: Place, row: Row) -> dict[str, Any]:
    """The inclusion of an entry in the register as it is now, checked while the page is made."""
    leaves = [
        bytes(leaf)
        for leaf in Row.objects.filter(register=here.register)
        .order_by("n")
        .values_list("leaf", flat=True)
    ]
    size = len(leaves)
    head = Checkpoint.objects.filter(register=here.register, size=size).first()
    path = merkle.inclusion_proof(leaves, row.n, size)
    try:
        leaf = merkle.leaf_hash(bytes(row.data))
        frontier = merkle.Frontier.from_hex(head.frontier) if head else merkle.Frontier()
        merkle.check_inclusion(leaf, row.n, size, path, frontier.root())
        holds = True
    except merkle.ProofError:
        holds = False
    return {
        "holds": holds,
        "size": size,
        "leaf": merkle.leaf_hash(bytes(row.data)).hex(),
        "path": [one.hex() for one in path],
        "note": bytes(head.note).decode() if head else "",
    }

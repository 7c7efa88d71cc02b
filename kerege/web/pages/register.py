"""The register of a place, and one page for each entry."""

import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.constitution.question import question, ruling
from kerege.municipality import telling
from kerege.municipality.acts import ACTS
from kerege.municipality.charter import MEASURED
from kerege.municipality.dating import day_in_bishkek
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex, Lines, Personal, Reference
from kerege.municipality.governing import ended_before
from kerege.web import misprints, settling, undoable
from kerege.web.caching import passing, public
from kerege.web.cells import Cell, Number
from kerege.web.charters import adopted_here
from kerege.web.documents import address
from kerege.web.listing import Fact, listed, tags
from kerege.web.listing import remark as standing_of
from kerege.web.mandates_told import mandates_again, mandates_ended, waits
from kerege.web.models import Register
from kerege.web.places import Place, place
from kerege.web.private import erased, opened, personal
from kerege.web.public import Public
from kerege.web.reading import reads
from kerege.web.receipts import NoEntry, Proven, proven
from kerege.web.reckoned import reckoned
from kerege.web.registers import entries_of, read, withdrawn
from kerege.web.rulebooks import kept
from kerege.web.rulings import against, ruling_shown
from kerege.web.saying import language, w
from kerege.web.sent import PASSKEY, Sending, of_entry, signed_of
from kerege.web.statements import run

A_PAGE = 25
# So many of the entries that answer one are named on its page.
_MOST_ANSWERS = 20


@public
@reads("act", "before")
def register(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    act = request.GET.get("act", "")
    walk = Walk(here.register, here.m.size, act if act in ACTS else "", request.GET.get("before"))
    checkpoint = Public(here.register).checkpoint()
    return render(
        request,
        "register.html",
        {
            "place": here,
            "walk": walk,
            "entries": listed(here, [(n, read(data)) for n, data in walk.rows]),
            "size": walk.size,
            "withdrawn": withdrawn(here.register),
            "only": packs.load().vocabulary.acts[act].words[language()] if walk.act else "",
            "checkpoint": checkpoint.decode() if checkpoint else "",
            "breadcrumbs": crumbs(here),
        },
    )


class Walk:
    """A page of a register, newest entry first: those before a number, perhaps of one act. Nothing
    is counted and nothing skipped, so the last page costs what the first does."""

    def __init__(self, register: Register, size: int, act: str, before: str | None) -> None:
        self.size, self.act = size, act
        known = before is not None and re.fullmatch("[0-9]{1,18}", before)
        last = min(int(before), size) if known and before else size
        of, named = (" AND act = %s", [act]) if act else ("", [])
        found = run(
            f"SELECT n, data FROM (SELECT n, data FROM web_row WHERE register_id = %s{of} "
            "AND n < %s ORDER BY n DESC LIMIT %s) AS earlier "
            f"UNION ALL SELECT n, NULL FROM (SELECT n FROM web_row WHERE register_id = %s{of} "
            "AND n >= %s AND n < %s ORDER BY n LIMIT %s) AS later",
            [register.pk, *named, last, A_PAGE + 1, register.pk, *named, last, size, A_PAGE],
        ).fetchall()
        earlier = sorted(((n, data) for n, data in found if n < last), reverse=True)
        self.rows, self._more = earlier[:A_PAGE], len(earlier) > A_PAGE
        self._newer = max((n for n, _ in found if n >= last), default=-1)

    @property
    def older(self) -> int:
        """The number the next page is before; 0 when this is the last one."""
        return self.rows[-1][0] if self._more else 0

    @property
    def newer(self) -> int:
        """The number the page with newer entries is before; 0 when there are none."""
        return self._newer + 1


@public
def entry(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    here = place(slug)
    found = entry_proven(here, n)
    one = read(found.entry)
    openings = opened(here, request.user, one)
    how = found.sent
    committed = [name for name in personal(ACTS[one.act]) if name in one.fields]
    response = render(
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
            "not_asked": not_asked(one),
            "contested": n in here.m.contested,
            "against": against(one),
            "confirmed": confirmed(here, n),
            "reason": one.reason,
            "waits": waits(here, one),
            "annulled": annulled(here, n),
            "suspended": suspended(here, n),
            "mandate_over": mandate_over(here, one, n),
            "reckoned": reckoned(here, n),
            "doubtful": doubtful(here, n),
            "proof": proof(found),
            "sent": None if how is None else sent_said(how, one),
            "raw": found.entry.decode(),
            "openings": openings,
            "misprints": misprints.links(here, request.user, one, n),
            "undoable": undoable.links(here, request.user, one, n),
            "settling": settling.links(here, request.user, n),
            "committed": committed,
            "still_kept": not set(committed) <= set(here.m.erased.get(n, {})),
            "uid": one.id,
            "breadcrumbs": [
                *crumbs(here),
                {"name": w("register.title"), "url": f"{here.url}register/"},
            ],
        },
    )
    if openings:
        # Shown to one person, and nowhere kept on the way.
        response.headers["Cache-Control"] = "no-store"
    return response


def sent_said(how: Sending, one: Entry) -> dict[str, str]:
    """How an entry was sent; the assertion of a passkey is checked while the page is made."""
    if how.how != PASSKEY:
        return {"said": w(f"sent.{how.how}"), "json": ""}
    signed = signed_of(how, one)
    if signed is None:
        passing()
    said = w("sent.passkey") if signed is not None else w("sent.passkey_fails")
    told = {**how.json(), "signed": (signed or of_entry(one)).decode()}
    return {"said": said, "json": json.dumps(told, indent=1, ensure_ascii=False)}


def entry_proven(here: Place, n: int) -> Proven:
    """An entry with its proof; raises Http404 for a number the register has not come to."""
    # What has not been folded is not told yet, and its names could not be said.
    if n >= here.m.size:
        raise Http404(f"{here.slug} {n}")
    try:
        return proven(here.register, n)
    except NoEntry as error:
        raise Http404(str(error)) from None


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
    # An entry keeps its fields by their letters; a reader wants them as the form asks for them.
    ordered = {name: one.fields[name] for name in told if name in one.fields}
    pointed = [v for name, v in ordered.items() if isinstance(told[name].kind, Reference)]
    others = entries_of(here.register, pointed) if pointed else {}
    for name, value in ordered.items():
        if isinstance(told[name].kind, Lines):
            continue
        kind = told[name].kind
        shown, remark = teller.value(name, kind, value), ""
        url = address(value) if isinstance(kind, Hex) else ""
        if isinstance(kind, Reference) and value in others:
            numbered = w("layout.entry_number", number=value)
            shown = f"{numbered}: {here.sentence(others[value], value)}"
            url = f"{here.url}register/{value}/"
        gone, why = erased(here, n, name)
        if gone and isinstance(kind, Personal):
            shown, url = gone, why
        elif gone and not url:
            remark, url = gone, why
        if name in corrections:
            shown, remark = corrections[name], w("register.was", value=shown)
        rows.append(Fact(telling.field_name(name, said), shown, url, remark))
    if one.evidence:
        paper = f"{one.evidence.number}, {telling.day(one.evidence.date, said)}"
        remark = "" if one.by else w("register.as_reported")
        url = address(one.evidence.sha256)
        gone, why = erased(here, n, "evidence")
        if gone and not url:
            remark, url = gone, why
        rows.append(Fact(telling.field_name("evidence", said), paper, url, remark))
    if ended := mandates_ended(here, n):
        rows.append(Fact(w("register.mandates_ended"), ended))
    if again := mandates_again(here, n):
        rows.append(Fact(w("register.mandates_again"), again))
    holder = here.m.mandates.get(one.recorder)
    by = teller.mandate(holder.post, holder.holder) if holder else w("register.operator")
    if one.actor.kind == "community" and holder and not one.by:
        by = w("register.on_behalf", by=by)
    rows.append(Fact(w("register.recorded_by"), by))
    written = day_in_bishkek(one.recorded_at)
    played = w("register.played") if here.exercise and written.year != one.held_on.year else ""
    rows.append(Fact(w("register.recorded_at"), telling.day(written, said), remark=played))
    answers = here.m.answered_by(n)[-_MOST_ANSWERS:]
    beside = entries_of(here.register, [*one.rests_on, *answers])
    for other in (*sorted(answers), *sorted(one.rests_on)):
        label = w("register.rests_on", number=other)
        if other in answers:
            label = w("register.answered", number=other)
        sentence = here.sentence(beside[other], other)
        rows.append(Fact(label, sentence, f"{here.url}register/{other}/", standing_of(here, other)))
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
        years=ACTS[one.act].read(one.fields).of_another_year(one.held_on),
        adopted=adopted_here(here, one.held_on, n),
    )


def not_asked(one: Entry) -> str:
    """What stands as so in the question of an entry although no rule of its law reads it: where
    nobody set a number, nothing falls short of it. Empty where there is no such thing."""
    if one.question is None:
        return ""
    book, asked = kept(one.digest), question(one.question)
    words = book.vocabulary.facts
    found = [
        words[fact].words[language()]
        for fact, value in asked.facts.items()
        if value is True and fact in MEASURED
        if not book.reads(fact, asked.act, asked.object)
    ]
    return "; ".join(found)


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
    return {
        "title": w("register.annulled", day=telling.day(since, language())),
        "text": annulled_by(here, n),
        "url": f"{here.url}register/{by}/",
    }


def suspended(here: Place, n: int) -> list[dict[str, str]]:
    """Each time a court suspended an entry, past times too."""
    said, found = language(), []
    for by, since, until in here.m.suspended.get(n, ()):
        # One that was lifted by annulling it lasted until that day.
        until = here.m.annulled[by][1] if by in here.m.annulled else until
        (other,) = entries_of(here.register, [by]).values()
        slots = {"day": telling.day(since, said)}
        title = w("register.suspended", **slots)
        if until is not None:
            title = w("register.suspended_until", until=telling.day(until, said), **slots)
        who = here.teller(other.held_on).actor(other.actor)
        text = w("register.suspended_by", by=by, actor=who)
        found.append({"title": title, "text": text, "url": f"{here.url}register/{by}/"})
    return found


def mandate_over(here: Place, one: Entry, n: int) -> list[dict[str, str]]:
    """That a mandate an entry was sent under had ended by its day, as a later entry says."""
    return [
        {
            "title": w("register.mandate_over", day=telling.day(since, language()), by=by),
            "text": w("register.mandate_over_says"),
            "url": f"{here.url}register/{by}/",
        }
        for by, since in ended_before(here.m, one, n)
    ]


def annulled_by(here: Place, n: int) -> str:
    """Who annulled an entry, by which one, and from which day."""
    by, since = here.m.annulled[n]
    (other,) = entries_of(here.register, [by]).values()
    who = here.teller(other.held_on).actor(other.actor)
    return w("register.annulled_by", by=by, day=telling.day(since, language()), actor=who)


def doubtful(here: Place, n: int) -> list[dict[str, str]]:
    """Contested or annulled entries this one rests on."""
    return [
        {"text": w("register.rests_on_doubtful", number=base), "url": f"{here.url}register/{base}/"}
        for base in sorted(here.m.tainted(n))
    ]


def proof(found: Proven) -> dict[str, Any]:
    """The inclusion of an entry in the register, checked while the page is made."""
    holds = found.holds
    if not holds:
        # What is damaged can be put right without a new entry.
        passing()
    return {
        "holds": holds,
        "size": found.head.size,
        "leaf": found.leaf.hex(),
        "path": [one.hex() for one in found.receipt.hashes],
        "note": found.receipt.checkpoint.decode(),
    }

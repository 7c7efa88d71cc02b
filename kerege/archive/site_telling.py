"""What the pages of a site tell of a register, in one language: plain values for the templates.

Names of bodies and posts are those of the law the entry was put to; of an entry that was not put to
any, those of the law the last one before it was put to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kerege.archive.site_reading import Exported
from kerege.archive.site_ruling import ruling_said
from kerege.constitution import packs
from kerege.constitution.question import NOT_EMPOWERED, NOT_STATED, UNREGULATED
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.saying import as_we_read
from kerege.municipality import governing, telling
from kerege.municipality.acts import ACTS
from kerege.municipality.acts.erase_personal import PAPER
from kerege.municipality.charter import charter
from kerege.municipality.dating import day_in_bishkek
from kerege.municipality.entry import EFFECTIVE, EXEMPT
from kerege.municipality.fields import Hex, Lines, Personal, Reference
from kerege.municipality.record import Mandate
from kerege.municipality.telling import Teller
from kerege.words import shipped


def say(key: str, language: str, **slots: object) -> str:
    return shipped("archive", "site")[key].say(language, **slots)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of an entry's page. ``entry`` is the number of an entry it links to, ``paper`` the hash
    of a document."""

    name: str
    value: str
    remark: str = ""
    entry: int | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """How an entry stands, in a sentence, and the entry because of which."""

    kind: str
    title: str
    text: str = ""
    entry: int | None = None


class Standing:
    """How the entries of a register stand to each other; the same in every language."""

    def __init__(self, source: Exported) -> None:
        m = source.m
        self.confirmed = {n: by for by, n in m.confirmed.items()}
        self.corrected: dict[tuple[int, str], int] = {}
        self.doubtful: list[frozenset[int]] = []
        # Of each entry the one whose rulebook names bodies and posts.
        self.named_by: list[str] = []
        for n, one in enumerate(source.entries):
            if one.act == "Correct" and one.standing in (EFFECTIVE, EXEMPT):
                self.corrected[one.fields["entry"], one.fields["field"]] = n
            found: frozenset[int] = frozenset()
            for base in one.rests_on:
                fallen = base in m.annulled or base in m.contested
                halted = m.suspended_by(base, one.held_on) is not None
                itself = {base} if fallen or halted else set()
                found = found | self.doubtful[base] | itself
            self.doubtful.append(found)
            before = self.named_by[-1] if self.named_by else ""
            self.named_by.append(one.digest if one.digest in source.books else before)


class Telling:
    """Tells a register in one language."""

    def __init__(self, source: Exported, standing: Standing, language: str) -> None:
        self.source, self.standing, self.language = source, standing, language
        self.m, self._known = source.m, packs.load()
        self._tellers: dict[str, Teller] = {}
        self._laws: dict[tuple[str, str], dict[str, Any]] = {}

    def w(self, key: str, **slots: object) -> str:
        """Words of the site; the function templates call."""
        return say(key, self.language, **slots)

    def day(self, value: date) -> str:
        return telling.day(value, self.language)

    # -- the place --------------------------------------------------------------------------

    @cached_property
    def name(self) -> str:
        identity = self.m.identity
        return identity.name(self.language) if identity else self.w("site.republic")

    @cached_property
    def kind(self) -> str:
        identity = self.m.identity
        return self._known.vocabulary.places[identity.kind][self.language] if identity else ""

    @cached_property
    def on(self) -> date:
        """The last day the register knows of."""
        return max(one.held_on for one in self.source.entries)

    @cached_property
    def governing(self) -> list[Fact]:
        """Who governs on the last day; of the country's register nobody."""
        if self.m.identity is None:
            return []
        m, on, names = self.m, self.on, self._names(len(self.source.entries) - 1)

        def named(thing: str) -> str:
            text = names[thing][self.language] if thing in names else self.w(f"site.{thing}")
            return text[:1].upper() + text[1:]

        count, head = governing.deputies(m, on), governing.head(m, on)
        seats = self.w("site.seats", count=count, seats=governing.seats(m, on))
        rows = [Fact(named("head"), head.holder if head else self.w("site.no_head"))]
        rows.append(Fact(named("kenesh"), seats if count else self.w("site.not_elected")))
        rows += [
            Fact(self.w("site.chair"), one.holder) for one in governing.in_office(m, "chair", on)
        ]
        if count:
            deputies = ", ".join(d.holder for d in governing.in_office(m, "deputy", on))
            rows.append(Fact(self.w("site.deputies"), deputies))
        return rows + [
            Fact(one.title or self.w("site.official"), one.holder)
            for one in governing.in_office(m, "official", on)
        ]

    # -- an entry ---------------------------------------------------------------------------

    @cached_property
    def titles(self) -> list[str]:
        """What each entry says, in one sentence."""
        said = enumerate(self.source.entries)
        return [self._teller(n).sentence(one, n) for n, one in said]

    def tags(self, n: int) -> list[tuple[str, str]]:
        """How an entry stands, each as a kind and in words."""
        one, m = self.source.entries[n], self.m
        given = one.ruling or {}
        standing = {
            "contested": n in m.contested,
            "not_stated": n not in m.contested and given.get("answer") == NOT_STATED,
            "confirmed": n in self.standing.confirmed,
            "unconfirmed": one.act == "LinkRecorder" and self._unconfirmed(n),
            "annulled": n in m.annulled,
            "suspended": m.suspended_by(n, self.on) is not None,
            "mandate_over": any(governing.ended_before(m, one, n)),
            "corrected": n in m.corrections,
            "late": one.late,
            "reported": one.evidence is not None and not one.by,
        }
        return [(kind, self.w(f"tag.{kind}")) for kind, so in standing.items() if so]

    def notices(self, n: int) -> Iterator[Notice]:
        one, m = self.source.entries[n], self.m
        if n in m.contested:
            yield Notice("bad", self._contested(n), self.w("site.reason", reason=one.reason))
        if n in self.standing.confirmed:
            by = self.standing.confirmed[n]
            why = self.w("site.reason", reason=one.reason)
            yield Notice("info", self.w("site.confirmed"), why, by)
        if n in m.annulled:
            by, since = m.annulled[n]
            yield Notice("bad", self.w("site.annulled", day=self.day(since)), entry=by)
        for by, since, _ in m.suspended.get(n, ()):
            yield Notice("bad", self.w("site.suspended", day=self.day(since)), entry=by)
        for by, since in governing.ended_before(m, one, n):
            yield Notice("warning", self.w("site.mandate_over", day=self.day(since)), entry=by)
        if n in m.corrections:
            yield Notice("info", self.w("site.corrected"))
        for by in sorted(set(m.erased.get(n, {}).values())):
            said = self.source.entries[by]
            text = self.w("site.erased", day=self.day(said.held_on), ground=said.fields["ground"])
            yield Notice("info", text, entry=by)
        for base in sorted(self.standing.doubtful[n]):
            yield Notice("warning", self.w("site.rests_on_doubtful", number=base), entry=base)

    def _contested(self, n: int) -> str:
        """How the law stands to a contested entry: no norm was found, or only as we read it."""
        put = self.source.put(n)
        if (self.source.entries[n].ruling or {}).get("answer") in (NOT_EMPOWERED, UNREGULATED):
            return self.w("site.contested_none_found")
        if put is None or not as_we_read([put.book.norms[id_] for id_ in put.given.norms]):
            return self.w("site.contested")
        return self.w("site.contested_as_read")

    def facts(self, n: int) -> Iterator[Fact]:
        """Everything an entry says, field by field."""
        one, teller, said = self.source.entries[n], self._teller(n), self.language
        told, corrections = ACTS[one.act].told(), self.m.corrections.get(n, {})
        yield Fact(telling.field_name("held_on", said), self.day(one.held_on))
        yield Fact(telling.field_name("actor", said), teller.actor(one.actor))
        for name, value in one.fields.items():
            kind = told[name].kind
            if isinstance(kind, Lines):
                continue
            shown, remark, link = teller.value(name, kind, value), "", None
            if isinstance(kind, Reference) and type(value) is int and value < self.m.size:
                link = value
            gone, by = self._erased(n, name)
            if gone and isinstance(kind, Personal):
                shown, link = gone, by
            elif gone and isinstance(kind, Hex):
                remark, link = gone, by
            if name in corrections:
                remark, shown = self.w("site.was", value=shown), corrections[name]
                link = self.standing.corrected.get((n, name))
            yield Fact(telling.field_name(name, said), shown, remark, link)
        if one.evidence:
            paper = f"{one.evidence.number}, {self.day(one.evidence.date)}"
            remark = "" if one.by else self.w("site.as_reported")
            sha256 = one.evidence.sha256
            here = sha256 if sha256 in self.source.papers else ""
            gone, by = self._erased(n, PAPER)
            remark = gone or remark
            yield Fact(telling.field_name("evidence", said), paper, remark, by, here)
        if one.by:
            yield Fact(self.w("site.by"), "; ".join(map(self._mandate, one.by)))
        yield Fact(self.w("site.recorded_by"), self._mandate(one.recorder))
        yield Fact(self.w("site.recorded_at"), self.day(day_in_bishkek(one.recorded_at)))
        for base in sorted(set(one.rests_on)):
            yield Fact(self.w("site.rests_on", number=base), self.titles[base], entry=base)

    def _erased(self, n: int, name: str) -> tuple[str, int | None]:
        """That a field was erased, when and on what ground, and by which entry; empty when not."""
        by = self.m.erased.get(n, {}).get(name)
        if by is None:
            return "", None
        one = self.source.entries[by]
        said = self.w("site.erased", day=self.day(one.held_on), ground=one.fields["ground"])
        return said, by

    def lines(self, n: int) -> list[tuple[str, str, str]]:
        """Budget lines: what for, from which purse, how much."""
        sources = self._known.vocabulary.enums["source"]
        return [
            (
                line["name"],
                sources[line["source"]][self.language],
                telling.som(line["amount"], self.language),
            )
            for line in self.source.entries[n].fields.get("lines") or ()
        ]

    def law(self, n: int) -> dict[str, Any] | None:
        """What the law said to an entry; None where it was not asked."""
        put, one = self.source.put(n), self.source.entries[n]
        if put is None:
            return None
        # Many entries are put to the same question.
        key = (one.digest, repr((one.question, one.ruling)))
        if key not in self._laws:
            self._laws[key] = ruling_said(put, self.language)
        adopted = self._adopted(n) if self._laws[key]["model"] else ""
        return {**self._laws[key], "day": self.day(one.held_on), "adopted": adopted}

    def _adopted(self, n: int) -> str:
        """That the kenesh had adopted the model an entry was judged by; empty where it had not."""
        one = charter(self.m, self.source.entries[n].held_on)
        if one is None or not one.model or one.entry >= n:
            return ""
        return self.w("site.adopted", day=self.day(self.m.days[one.entry]), n=one.entry)

    def _unconfirmed(self, n: int) -> bool:
        return any(
            isinstance(one, Mandate) and not governing.confirmed(self.m, one, self.on)
            for one in self.m.left_by(n)
        )

    def _mandate(self, id_: str) -> str:
        one = self.m.mandates.get(id_)
        if one is None:
            return id_ if id_ != "operator" else self.w("site.operator")
        return self._plain.mandate(one.post, one.holder)

    @cached_property
    def _plain(self) -> Teller:
        return Teller(self.m, self._known, ACTS, self.language)

    def _names(self, n: int) -> Mapping[str, Any]:
        book: Rulebook | None = self.source.books.get(self.standing.named_by[n])
        if book is None or self.m.identity is None:
            return {}
        return book.names(self.m.identity.kind)

    def _teller(self, n: int) -> Teller:
        digest = self.standing.named_by[n]
        if digest not in self._tellers:
            self._tellers[digest] = Teller(self.m, self._known, ACTS, self.language, self._names(n))
        return self._tellers[digest]

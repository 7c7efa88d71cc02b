"""What is being decided in a place: raised, called or proposed by a day, and not settled by it.

Told from the records of the register alone, so it asks the database nothing.
"""

from collections.abc import Iterator
from datetime import date

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import (
    Assembly,
    Budget,
    Call,
    Consent,
    Decision,
    Delegation,
    Draft,
    Hearing,
    Initiative,
    Issue,
    Nomination,
    Proposal,
    Record,
    Request,
    RequestDecision,
)
from kerege.web.listing import Fact, doubtful
from kerege.web.places import Place
from kerege.web.saying import language, w

# What is older is in the register.
MOST = 8
# What was postponed or sent back is still to be decided.
SETTLED = ("adopted", "rejected")


def open_matters(place: Place, on: date) -> list[Fact]:
    """What stands open on a day, the newest first."""
    found = sorted(_open(place.m, on), key=lambda one: (one[0].since, one[0].entry), reverse=True)
    return [
        Fact(
            name,
            w("place.open_since", what=what, day=telling.day(record.since, language())),
            f"{place.url}register/{record.entry}/",
            w("layout.tag_doubtful") if doubtful(place, record.entry) else "",
        )
        for record, name, what in found[:MOST]
    ]


def _open(m: Municipality, on: date) -> Iterator[tuple[Record, str, str]]:
    """Records with what each is called and what it is about."""
    decisions = [one for one in m.all(Decision, on) if one.outcome in SETTLED]
    issues = {one.issue for one in decisions}
    for issue in m.all(Issue, on):
        if issue.entry not in issues:
            yield issue, w("place.open_issue"), issue.title
    initiatives = {one.initiative for one in decisions}
    for initiative in m.all(Initiative, on):
        if initiative.entry not in initiatives:
            yield initiative, w("place.open_initiative"), initiative.title
    answered = {one.request for one in m.all(RequestDecision, on)}
    for request in m.all(Request, on):
        if request.entry not in answered:
            yield request, w("place.open_request"), request.about
    held = {one.call for one in m.all(Assembly, on)} | {one.call for one in m.all(Hearing, on)}
    for call in m.all(Call, on):
        if call.entry not in held and call.day >= on:
            said = packs.load().vocabulary.objects[call.kind][language()]
            day = telling.day(call.day, language())
            yield call, said[:1].upper() + said[1:], w("place.open_call", what=call.about, day=day)
    for draft in m.all(Draft, on):
        if draft.year >= on.year and not any(m.of_year(Budget, draft.year, on)):
            yield draft, w("place.open_draft"), w("place.year", year=draft.year)
    settled: set[int | None] = {one.proposal for one in m.all(Consent, on)}
    settled |= {one.proposal for one in m.all(Delegation, on)}
    for proposal in m.all(Proposal, on):
        if proposal.entry not in settled:
            yield proposal, w("place.open_proposal"), proposal.power
    for one in m.all(Nomination, on):
        if all(head.since < one.since for head in m.in_post("head") if head.since <= on):
            yield one, w("place.open_nomination"), one.candidate

"""What answers what: the fields of records that hold the number of an entry they decide on, report
on or agree to. So the page of a matter can say what came of it."""

from collections.abc import Mapping

from kerege.municipality.record import (
    Answer,
    Assembly,
    Assessment,
    Consent,
    Decision,
    Delegation,
    DelegationReport,
    Hearing,
    Record,
    Report,
    RequestDecision,
    Results,
)

ANSWERS: Mapping[type[Record], tuple[str, ...]] = {
    Report: ("demand",),
    Assessment: ("report",),
    Hearing: ("call",),
    Consent: ("proposal",),
    Delegation: ("proposal",),
    DelegationReport: ("delegation",),
    Decision: ("issue", "initiative", "assembly"),
    RequestDecision: ("request",),
    Assembly: ("call",),
    Answer: ("assembly",),
    Results: ("assembly", "hearing"),
}

"""A ruling as the gate asks for it, beside the bare call to the engine."""

import gc
import json
import statistics
from collections.abc import Iterator
from typing import Any

from tools.bench.number import Number, timed
from tools.bench.writer import Writer


def ruling(m: Any, writer: Writer, *, each: bool = False) -> Iterator[Number]:
    """One ruling: facts from the register, completed by the law, asked of the engine. The bare
    call to the engine is asked the same question with everything parsed beforehand, in turns."""
    import cedarpy

    from kerege.municipality.entry import Actor
    from kerege.municipality.judging import judge

    book, on = writer.book, m.latest
    last = {kind: n for n, kind in m.acts.items()}
    money = {"year": on.year, "source": "local", "amount": 1_000, "purpose": "Суу"}
    lines = [{"name": "Суу", "source": "local", "amount": 5_000}]
    at = {"session": last["HoldSession"], "votes_for": 12, "votes_against": 3}
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("Spend", "executive", money),
        ("Spend", "executive", {**money, "delegation": last["DelegatePower"]}),
        ("Transfer", "state_body", {**money, "source": "republican"}),
        ("AdoptBudget", "kenesh", {"year": on.year, "lines": lines, **at}),
        ("DecideIssue", "kenesh", {"title": "Суу", "outcome": "adopted", "text": "Суу", **at}),
        ("RaiseIssue", "community", {"title": "Суу", "text": "Суу"}),
        ("HoldSession", "kenesh", {
            "kind": "ordinary", "number": "1", "present": 17, "agenda": "Суу"}),
        ("ElectHead", "kenesh", {"holder": "Бурул", "nomination": last["NominateHead"], **at}),
        ("AssessReport", "kenesh", {
            "report": last["ReportToKenesh"], "mark": "satisfactory", **at}),
        ("ConstituteBody", "kenesh", {"kind": "other_body", "name": "Ак сакалдар", **at}),
    ]  # fmt: skip
    # The reference is a call over all rules with parsed handles, as cedarpy's own guide has it.
    every = {norm.id: norm.policy for norm in book.norms.values()}
    tree = {"staticPolicies": every, "templates": {}, "templateLinks": []}
    engine = (cedarpy.PolicySet.from_json_str(json.dumps(tree)), book._entities, book._schema)
    bare: list[float] = []
    whole: dict[str, list[float]] = {}
    cases = []
    for kind, who, fields in said:
        act = writer.acts[kind].read(fields)
        asked = judge(m, act, Actor(who), on, book).question
        request = {
            "principal": {"type": "Actor", "id": asked.actor},
            "action": {"type": "Action", "id": asked.act},
            "resource": {"type": "Object", "id": asked.object},
            "context": json.loads(book._context(asked)),
        }
        cases.append((f"{kind} (delegated)" if "delegation" in fields else kind, act, who, request))
    gc.collect()
    for _ in range(80):
        for name, act, who, request in cases:
            bare.append(timed(cedarpy.is_authorized, request, *engine))
            whole.setdefault(name, []).append(timed(judge, m, act, Actor(who), on, book))
    least = statistics.median(bare) * 1e6
    typical = statistics.median(one for every in whole.values() for one in every) * 1e6
    beside = f"{typical / least:.2f}× the bare cedarpy call ({least:.0f} µs)"
    yield Number(f"a ruling, register of {m.size:,}", typical, "µs", 300, beside)
    if each:
        for name, every in whole.items():
            yield Number(f"  {name}", statistics.median(every) * 1e6, "µs", 300)

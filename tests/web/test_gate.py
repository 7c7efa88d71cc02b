"""The gate: one writer, one transaction, one answer; whatever fails, nothing is written."""

import json
import uuid
from datetime import UTC, date, datetime

import cedarpy
import pytest
from django.db import DatabaseError, connection, transaction

from kerege.constitution.rulebook import LawFailed
from kerege.municipality.entry import Actor, Evidence
from kerege.municipality.governing import holding
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.register import merkle
from kerege.register.note import open_note
from kerege.web import keys
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.models import Account, Checkpoint, Register, Row
from kerege.web.registers import entry_of, told

NOW = datetime(2013, 3, 1, 6, tzinfo=UTC)


def speaker(slug: str, who: str = "") -> Speaker:
    account = Account.objects.get(username=who or f"{slug}-recorder")
    m = told(Register.objects.get(slug=slug))
    return Speaker(account.code, holding(m, account.code, date(2013, 3, 1))[0])


def attempt(slug: str = "on-archa", **changes) -> Attempt:
    """An issue raised by the community, written down by the recorder; with changes."""
    return Attempt(
        **{
            "id": str(uuid.uuid4()),
            "act": "RaiseIssue",
            "fields": {"title": "Арык", "text": "Арыкты тазалоо"},
            "actor": Actor("community"),
            "held_on": date(2013, 3, 1),
            "speaker": speaker(slug),
            "evidence": Evidence("№ 1", date(2013, 3, 1)),
            **changes,
        }
    )


@pytest.fixture
def town(demo) -> Register:
    return Register.objects.get(slug="on-archa")


def size(register: Register) -> int:
    return Row.objects.filter(register=register).count()


def test_an_act_enters_with_leaf_tree_and_signed_checkpoint(town):
    n = perform(town, attempt(), NOW)
    row = Row.objects.get(register=town, n=n)
    head = Checkpoint.objects.get(register=town, size=n + 1)
    leaves = [bytes(x) for x in town.rows.order_by("n").values_list("leaf", flat=True)]
    assert bytes(row.leaf) == merkle.leaf_hash(bytes(row.data))
    assert merkle.Frontier.from_hex(head.frontier).root() == merkle.root(leaves)
    signer = keys.signer(town.origin)
    assert open_note(bytes(head.note), [signer.verifier]).split("\n")[1] == str(n + 1)
    assert told(town).size == n + 1 == size(town)


def test_the_same_id_again_is_the_same_act(town):
    once = attempt()
    assert perform(town, once, NOW) == perform(town, once, NOW)
    other = attempt(id=once.id, fields={"title": "Башка", "text": "Башка"})
    with pytest.raises(Malformed, match="id_used"):
        perform(town, other, NOW)


def test_a_refused_act_leaves_no_trace(town):
    before = size(town)
    with pytest.raises(Refused) as refused:
        perform(
            town, attempt(act="AppointHead", actor=Actor("governor"), fields={"holder": "Ким"}), NOW
        )
    assert refused.value.considered.ruling.norms == (
        "kg-2010/heads.not-appointed",
        "kg-law-101-2011/heads.not-appointed",
    )
    assert size(town) == before


def test_an_insisted_act_stands_contested_and_does_nothing(town):
    head = [x for x in told(town).mandates.values() if x.post == "head" and x.until is None]
    n = perform(
        town,
        attempt(
            act="AppointHead",
            actor=Actor("governor"),
            insist="Буйрук келди",
            fields={"holder": "Ким"},
        ),
        NOW,
    )
    assert entry_of(town, n).standing == "contested"
    after = [x for x in told(town).mandates.values() if x.post == "head" and x.until is None]
    assert [x.id for x in after] == [x.id for x in head]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda *a, **k: (_ for _ in ()).throw(RuntimeError("boom")), id="raises"),
        pytest.param(
            lambda *a, **k: type(
                "R",
                (),
                {
                    "allowed": True,
                    "decision": cedarpy.Decision.Allow,
                    "diagnostics": type("D", (), {"errors": ["a forbid erred"], "reasons": []})(),
                },
            )(),
            id="allows with an error",
        ),
    ],
)
def test_a_failing_law_engine_refuses(town, monkeypatch, fault):
    before = size(town)
    monkeypatch.setattr(cedarpy, "is_authorized", fault)
    with pytest.raises(LawFailed):
        perform(town, attempt(), NOW)
    assert size(town) == before


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"act": "MakeCoffee"}, "unknown_act"),
        ({"act": "TakeEdition"}, "unknown_act"),
        ({"actor": Actor("recorder"), "insist": "Бар"}, "not_their_act"),
        ({"fields": {"title": "Арык"}}, "required"),
        ({"fields": {"title": "А", "text": "Б", "more": "В"}}, "unknown_field"),
        ({"fields": {"title": 7, "text": "Б"}}, "wrong_type"),
        ({"fields": {"title": "А" * 201, "text": "Б"}}, "too_long"),
        ({"fields": {"title": "А\u202eБ", "text": "Б"}}, "bad_characters"),
        ({"held_on": date(2013, 3, 2)}, "day_in_future"),
        ({"evidence": None}, "evidence_required"),
        ({"held_on": date(2007, 1, 1)}, "no_edition|before"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(town, changes, problem):
    before = size(town)
    with pytest.raises(Malformed, match=problem):
        perform(town, attempt(**changes), NOW)
    assert size(town) == before


def test_a_day_of_our_time_is_judged_under_the_constitution_of_2021(town):
    issue = attempt(held_on=date(2022, 1, 10))
    n = perform(town, issue, datetime(2022, 1, 11, tzinfo=UTC))
    entry = json.loads(bytes(Row.objects.get(register=town, n=n).data))
    assert entry["ruling"] == {
        "answer": "permitted",
        "norms": ["kg-2021/concept.community"],
        "missing": [],
    }


def test_a_day_without_an_edition_records_nothing(town, monkeypatch):
    monkeypatch.setattr("kerege.web.gate.law_here", lambda *_: ())
    with pytest.raises(Malformed, match="no_edition"):
        perform(town, attempt(), NOW)


def test_someone_without_a_mandate(town):
    with pytest.raises(NotEntitled, match="no_mandate"):
        perform(town, attempt(speaker=Speaker("nobody")), NOW)
    with pytest.raises(NotEntitled, match="no_mandate"):
        perform(town, attempt(speaker=Speaker("", operator=True)), NOW)


def test_a_recorder_of_another_place(town):
    with pytest.raises(NotEntitled, match="no_mandate"):
        perform(town, attempt(speaker=speaker("naryn")), NOW)


def test_a_deputy_does_not_speak_for_the_kenesh(town):
    with pytest.raises(NotEntitled, match="not_your_body"):
        perform(
            town,
            attempt(actor=Actor("kenesh"), speaker=speaker("on-archa", "on-archa-deputy")),
            NOW,
        )


def test_a_mandate_that_ended_a_moment_ago(town):
    chair = speaker("on-archa", "on-archa-chair")
    held = perform(
        town,
        attempt(
            act="HoldSession",
            actor=Actor("kenesh"),
            fields={"kind": "ordinary", "number": "90", "present": 9, "agenda": "А"},
        ),
        NOW,
    )
    perform(
        town,
        attempt(
            act="EndMandate",
            actor=Actor("kenesh"),
            fields={
                "mandate": chair.mandate.id,
                "cause": "dismissed",
                "session": held,
                "votes_for": 8,
            },
        ),
        NOW,
    )
    with pytest.raises(NotEntitled, match="no_mandate"):
        perform(town, attempt(act="RaiseIssue", actor=Actor("kenesh"), speaker=chair), NOW)


def test_the_operator_has_no_power_beyond_the_founding_entries(town):
    operator = Speaker("", operator=True)
    for act in ("ElectDeputies", "Spend", "LinkAccount", "TakeOver", "Correct"):
        with pytest.raises((NotEntitled, Malformed)) as denied:
            perform(
                town, attempt(act=act, actor=Actor("operator"), speaker=operator, fields={}), NOW
            )
        assert "required" in str(denied.value) or isinstance(denied.value, NotEntitled)
    with pytest.raises(Malformed, match="recorder_already"):
        perform(
            town,
            attempt(
                act="LinkRecorder",
                actor=Actor("operator"),
                speaker=operator,
                fields={"account": "mine", "holder": "Мен"},
            ),
            NOW,
        )


def test_rows_are_insert_only(town):
    for sql in (
        "UPDATE web_row SET act = 'Found'",
        "DELETE FROM web_row",
        "UPDATE web_checkpoint SET size = 1",
        "DELETE FROM web_rulebook",
    ):
        with (
            pytest.raises(DatabaseError, match="insert-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_an_entry_that_cannot_be_folded_is_not_written(town, monkeypatch):
    from kerege.municipality.acts import ACTS

    def broken(self, m, entry, n):
        raise RuntimeError("a fault of ours")

    before = size(town)
    with monkeypatch.context() as patched:
        patched.setattr(ACTS["RaiseIssue"], "effect", broken)
        with pytest.raises(RuntimeError):
            perform(town, attempt(), NOW)
    assert size(town) == before
    assert perform(town, attempt(), NOW) == before


def test_the_same_id_for_another_actor_or_day_is_another_act(town):
    once = attempt(held_on=date(2013, 2, 1))
    perform(town, once, NOW)
    for changes in ({"held_on": date(2013, 2, 2)}, {"actor": Actor("kenesh")}):
        with pytest.raises(Malformed, match="id_used"):
            perform(town, attempt(id=once.id, **{"held_on": once.held_on, **changes}), NOW)


def test_a_recorder_does_not_become_anyone(town):
    head = next(x.id for x in told(town).mandates.values() if x.post == "head" and not x.until)
    mine = speaker("on-archa").account
    link = {"act": "LinkAccount", "actor": Actor("recorder")}
    with pytest.raises(NotEntitled, match="own_account"):
        perform(town, attempt(**link, fields={"account": mine, "mandate": head}), NOW)
    with pytest.raises(Malformed, match="no_such_account"):
        perform(town, attempt(**link, fields={"account": "nobody", "mandate": head}), NOW)
    account = Account.objects.make("someone", None).code
    said = {"account": account, "mandate": head}
    with pytest.raises(Malformed, match="paper_required"):
        perform(town, attempt(**link, fields=said, evidence=None), NOW)
    perform(town, attempt(**link, fields=said), NOW)


def test_a_correction_mends_letters_and_puts_nobody_else_in_place(town):
    n = next(x.entry for x in told(town).mandates.values() if x.post == "official")
    correct = {"act": "Correct", "actor": Actor("recorder")}
    with pytest.raises(Malformed, match="not_a_misprint"):
        perform(
            town,
            attempt(**correct, fields={"entry": n, "field": "holder", "text": "Бакыт Жумабаев"}),
            NOW,
        )
    perform(
        town,
        attempt(**correct, fields={"entry": n, "field": "holder", "text": "Айгүл Токоева-Асанова"}),
        NOW,
    )


def test_nothing_is_older_than_the_municipality_or_the_law(town):
    with pytest.raises(Malformed, match="before_founding"):
        perform(town, attempt(held_on=date(2007, 11, 1)), NOW)
    country = Register.objects.get(slug="kg")
    said = {"law": "kg-law-101-2011", "from_day": "2008-01-01"}
    account = Account.objects.get(username="country-recorder")
    mandate = next(iter(told(country).mandates.values()))
    with pytest.raises(Malformed, match="before_adopted"):
        perform(
            country,
            attempt(
                act="EnactLaw",
                actor=Actor("state"),
                fields=said,
                speaker=Speaker(account.code, mandate),
            ),
            datetime.now(UTC),
        )

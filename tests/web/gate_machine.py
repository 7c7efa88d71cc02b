"""A machine that acts at the gate by chance, and asks the model after every step.

Two places of one house: an exercise with a long story, and a real municipality founded a moment
ago. An example begins with both as they are and is rolled back when it ends.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kerege.archive.verify import verify
from kerege.municipality.acts import ACTS
from kerege.municipality.dating import BISHKEK
from kerege.municipality.entry import Actor, Evidence, read
from kerege.municipality.fold import fold
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import NotEntitled
from kerege.register import merkle, tiles
from kerege.register.note import Signer
from kerege.web import erasing, gate, keys, leaving, mirroring, root, rotating, rulebooks
from kerege.web.arriving import take_whole
from kerege.web.gate import Attempt, Refused, perform
from kerege.web.nodes import Leaves
from kerege.web.registers import told
from tests.web.chance import PERSONAL, Chance
from tests.web.gate_model import Tree, check_head, nowhere, told_plainly
from tests.web.gate_town import Town, all_of, bytes_of, kept_of, one_of
from tests.web.moving_house import elsewhere, quick

DENIED = (Malformed, NotEntitled, Refused)
SEEDS = st.integers(0, 2**32)
PLACES = st.sampled_from(("exercise", "real"))
RARELY = 24
TAMPERING = (
    "UPDATE web_row SET act = 'Found' WHERE register_id = %s",
    "DELETE FROM web_row WHERE register_id = %s",
    "INSERT OR REPLACE INTO web_row SELECT register_id, n, uid, act, held_on, standing, x'00', "
    "leaf FROM web_row WHERE register_id = %s",
    "UPDATE web_checkpoint SET note = x'00' WHERE register_id = %s",
    "DELETE FROM web_rooted WHERE register_id = %s",
)


class Gate(RuleBasedStateMachine):
    base: ClassVar[Callable[[], dict[str, Town]]]
    steps: ClassVar[int] = 0
    written: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.house = Path(tempfile.mkdtemp(prefix="kerege-machine-"))
        shutil.copy(Path(settings.DATA) / "master.key", self.house)
        self.patches = pytest.MonkeyPatch()
        self.patches.setattr(settings, "DATA", self.house)
        # Nothing is wiped from a file in a transaction that is rolled back.
        self.patches.setattr(erasing, "_wipe", lambda traces: None)
        self.patches.setattr(rotating, "datetime", self)
        # What is known to be committed is rolled back as well.
        self.patches.setattr(rulebooks, "_kept", set())
        quick(self.patches)
        self.before = transaction.savepoint()
        self.towns = {name: town.again() for name, town in Gate.base().items()}
        self.touched, self.turns, self.well = "real", 0, False
        self.root = Tree()
        self.noted = 0

    def teardown(self) -> None:
        try:
            if self.well:
                self.holds_together()
        finally:
            connection.run_on_commit.clear()
            # Whatever failed, the next example begins as this one did.
            transaction.set_rollback(False)
            transaction.savepoint_rollback(self.before)
            self.patches.undo()
            shutil.rmtree(self.house)

    # -- what happens -----------------------------------------------------------------------------

    def now(self, zone: Any) -> datetime:
        """The time of the house, for what asks for it."""
        return self.towns[self.touched].now

    def turn(self, place: str, seed: int) -> tuple[Town, Chance]:
        self.touched = place
        self.well = False
        town = self.towns[place]
        town.now += timedelta(minutes=seed % 999)
        self.turns += 1
        today = town.now.astimezone(BISHKEK).date()
        # The same number again, as it often comes, is not to be the same act again.
        seed = (seed << 16) + self.turns
        return town, Chance(seed, told(town.register), today, town.accounts)

    def perform(self, town: Town, attempt: Attempt) -> int | None:
        """Try it; None when it was denied."""
        town.log.typed.update(town.typed(attempt).values())
        now = town.now - timedelta(days=2) if len(attempt.id) % 2 else town.now
        before = town.expected
        try:
            n = perform(town.register, attempt, now)
        except DENIED:
            return None
        if attempt.id not in town.log.uids:
            assert n == before
            town.expected += 1
            kept = town.typed(attempt).items()
            town.log.kept |= {(attempt.id, name): text for name, text in kept}
            Gate.written[attempt.act] = Gate.written.get(attempt.act, 0) + 1
        town.tried.append(attempt)
        return n

    @rule(place=PLACES, seed=SEEDS)
    def act(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        self.perform(town, chance.attempt())

    @rule(place=PLACES, seed=SEEDS)
    def decide_at_a_session(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        present = len(told(town.register).in_post("deputy", chance.today)) - seed % 2
        held = chance.attempt("HoldSession", present=present, kind="extraordinary")
        town.log.typed.update(town.typed(held).values())
        session = self.perform(town, replace(held, held_on=chance.today, actor=Actor("kenesh")))
        self.settle()
        town, chance = self.turn(place, seed)
        decisions = ("AdoptBudget", "AppointOfficial", "ElectHead", "AdoptProgramme", "DecideIssue")
        decision = chance.attempt(decisions[seed % len(decisions)], session=session)
        self.perform(town, replace(decision, actor=Actor("kenesh"), held_on=chance.today))

    @rule(place=PLACES, seed=SEEDS)
    def say_something_personal(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        attempt = chance.attempt(PERSONAL[seed % len(PERSONAL)])
        fields = dict(attempt.fields)
        if ACTS[attempt.act].told().get("applicant"):
            fields["applicant"] = f"Ж-{seed:010x}-{attempt.id[:8]}"
        paper = Evidence("№ 7", chance.today)
        insist = attempt.insist or "Ушундай"
        speaker = chance.recorder()
        attempt = replace(attempt, fields=fields, evidence=paper, insist=insist, speaker=speaker)
        self.perform(town, replace(attempt, actor=Actor("community"), held_on=chance.today))

    @rule(place=PLACES, seed=SEEDS)
    def enter_what_the_law_refuses(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        act, actor = (("AppointHead", "governor"), ("EndMandate", "governor"))[seed % 2]
        paper = Evidence("№ 3", chance.today)
        attempt = replace(chance.attempt(act), actor=Actor(actor), held_on=chance.today)
        attempt = replace(attempt, insist="Буйрук келди", evidence=paper)
        self.perform(town, attempt)

    @rule(place=PLACES, seed=SEEDS, act=st.sampled_from(("Annul", "Confirm", "Correct")))
    def undo(self, place: str, seed: int, act: str) -> None:
        town, chance = self.turn(place, seed)
        contested = list(chance.m.contested)
        said = {"entry": chance.random.choice(contested)} if act == "Confirm" and contested else {}
        if act == "Correct":
            said = chance.misprint(town.log.entries)
        attempt = chance.attempt(act, **said)
        court = act != "Correct" and seed % 3
        if court:
            attempt = replace(attempt, actor=Actor("court", "Сот"), held_on=chance.today)
        if act == "Annul":
            day = (chance.today - timedelta(days=seed % 30)).isoformat()
            attempt = replace(attempt, fields={**attempt.fields, "from_day": day})
        self.perform(town, attempt)

    @rule(place=PLACES, seed=SEEDS)
    def try_again(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        if not town.tried:
            return
        once = chance.random.choice(town.tried)
        written = town.log.uids[once.id]
        assert self.perform(town, once) == written
        with pytest.raises(Malformed, match="id_used"):
            perform(town.register, chance.as_another(once), town.now)

    @rule(place=PLACES, seed=SEEDS)
    def race(self, place: str, seed: int) -> None:
        """One who asked the law before another wrote: they are not let write what they asked."""
        town, chance = self.turn(place, seed)
        first = chance.attempt("Annul" if seed % 2 else "")
        if seed % 4 == 1:
            first = replace(first, actor=Actor("court"), held_on=chance.today)
        second = replace(first, id=f"{first.id}-2")
        entries = (read(json.loads(data)) for data in town.log.entries)
        stale = fold(entries, ACTS, ours=True)
        won = self.perform(town, first)
        # What is remembered of heads beside the database would notice it as well.
        waiting = list(connection.run_on_commit)
        connection.run_on_commit.clear()
        asked = iter([stale])
        with patch.object(gate, "told", lambda register: next(asked, None) or told(register)):
            lost = self.perform(town, second)
        connection.run_on_commit[:0] = waiting
        if won is not None and first.act == "Annul":
            assert lost is None, "one entry was annulled twice"

    @rule(place=PLACES, seed=SEEDS)
    def erase(self, place: str, seed: int) -> None:
        town, chance = self.turn(place, seed)
        if not town.log.kept:
            return
        uid, name = chance.random.choice(list(town.log.kept))
        said = {"entry": town.log.uids[uid], "names": [name]}
        attempt = replace(chance.attempt("ErasePersonal", **said), speaker=chance.recorder())
        self.perform(town, replace(attempt, actor=Actor("recorder"), held_on=chance.today))

    @rule(place=PLACES, seed=SEEDS)
    def change_keys(self, place: str, seed: int) -> None:
        town, _ = self.turn(place, seed)
        why = ("routine", "lost", "stolen", "recovery", "wrong")[seed % 5]
        try:
            if why == "recovery":
                town.recovery = rotating.declare_recovery(town.register, town.recovery)
            elif why == "wrong":
                rotating.rotate(town.register, "stolen", Signer("safe", bytes(range(32))))
                raise AssertionError("anybody can change a stolen key")
            else:
                rotating.rotate(town.register, why, town.recovery)
        except Malformed:
            assert why == "wrong" or (why != "routine" and town.recovery is None)
            return
        town.expected += 1
        Gate.written[why] = Gate.written.get(why, 0) + 1

    @rule(place=PLACES, seed=SEEDS)
    def tamper(self, place: str, seed: int) -> None:
        town, _ = self.turn(place, seed)
        statement = TAMPERING[seed % len(TAMPERING)]
        with (
            pytest.raises(DatabaseError, match="insert-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [town.register.pk])

    @rule(place=PLACES, seed=SEEDS)
    def leave(self, place: str, seed: int) -> None:
        """Rarely: carry the register whole to another house, or let another house follow it."""
        town, _ = self.turn(place, seed)
        if seed % RARELY:
            return
        self.settle()
        before, public = kept_of(town.register), self.house / "public"
        if seed // RARELY % 2:
            file = self.house / "whole.age"
            leaving.depart(town.register.slug, file, "сөз")
            elsewhere(town.register, self.patches, self.house / f"house-{town.expected}")
            town.register = take_whole(file, "сөз").register
            assert kept_of(town.register) == before
            file.unlink()
            return
        leaving.export(town.register.slug, public)
        with self.aside() as patches:
            elsewhere(town.register, patches, self.house / "follower")
            copy_ = mirroring.follow(str(public)).register
            assert kept_of(copy_)["rows"] == before["rows"]
            assert told_plainly(told(copy_)) == town.refolded
        shutil.rmtree(public)

    @contextmanager
    def aside(self) -> Iterator[pytest.MonkeyPatch]:
        """What is done here is undone."""
        at, patches = transaction.savepoint(), pytest.MonkeyPatch()
        try:
            yield patches
        finally:
            connection.run_on_commit.clear()
            transaction.savepoint_rollback(at)
            patches.undo()

    # -- what must be so --------------------------------------------------------------------------

    def settle(self) -> None:
        """As after a commit: what waits for it is done."""
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _, hook, *_ in waiting:
            hook()
        self.towns[self.touched].catch_up()

    @invariant()
    def is_as_the_model_says(self) -> None:
        Gate.steps += 1
        self.settle()
        # As the keeper does between acts.
        root.catch_up()
        self.settle()
        for town in self.towns.values():
            town.catch_up()
        town = self.towns[self.touched]
        assert told_plainly(told(town.register)) == town.refolded
        nowhere(town.log.typed, *town.log.entries)
        sql = "SELECT uid, field, salt, value FROM web_private WHERE register_id = %s"
        kept = all_of(sql, town.register)
        assert {(uid, name): value for uid, name, _, value in kept} == town.log.kept
        for uid, name, salt, value in kept:
            town.log.opens(uid, name, bytes(salt), value)
        self.root_holds()
        self.well = True

    def root_holds(self) -> None:
        """The root has the newest head of every place, and is signed."""
        sql = (
            "SELECT r.leaf, c.note FROM web_rooted r JOIN web_checkpoint c "
            "ON c.register_id = r.register_id AND c.size = r.size ORDER BY r.n LIMIT -1 OFFSET %s"
        )
        for leaf, note in all_of(sql, len(self.root.roots) - 1):
            assert bytes(leaf) == merkle.leaf_hash(bytes(note))
            self.root.add(bytes(leaf))
        size, note = all_of("SELECT size, note FROM web_roothead ORDER BY size DESC LIMIT %s", 1)[0]
        here = root.origin()
        assert size == len(self.root.roots) - 1
        if size != self.noted:
            check_head(bytes(note), here, size, self.root.roots[size], keys.vkeys(here)[-1:])
            self.noted = size
        for town in self.towns.values():
            known = "SELECT MAX(size) FROM web_rooted WHERE register_id = %s"
            assert one_of(known, town.register) == town.expected

    def holds_together(self) -> None:
        """At the end of an example: proofs, an export that is verified, and every table."""
        for town in self.towns.values():
            tree, size = Leaves(town.register), town.expected
            roots = town.log.tree.roots
            for n in {0, size // 2, size - 1}:
                leaf = merkle.leaf_hash(town.log.entries[n])
                proof = tiles.inclusion_proof(tree, n, size)
                merkle.check_inclusion(leaf, n, size, proof, roots[size])
                proof = tiles.consistency_proof(tree, n + 1, size)
                merkle.check_consistency(n + 1, size, roots[n + 1], roots[size], proof)
        town = self.towns[self.touched]
        typed = {word for one in self.towns.values() for word in one.log.typed}
        for table in connection.introspection.table_names():
            # The index of the search cannot be listed; what it consists of are tables as well.
            if table not in ("web_private", "web_found"):
                nowhere(typed, *bytes_of(table))
        if sum(one.expected for one in self.towns.values()) % 4 == 0:
            leaving.export(town.register.slug, self.house / "last")
            report = verify(self.house / "last")
            assert report.ok and report.size == town.expected, report.problems

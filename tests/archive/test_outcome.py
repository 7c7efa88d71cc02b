"""What came of a replay, as JSON."""

import json
from datetime import date

from kerege.archive.outcome import FACTS, Fallen, Passes, Refused, Replay
from kerege.constitution import packs
from kerege.constitution.question import FORBIDDEN, PERMITTED, Ruling

BOOK = packs.load().rulebook(("kg-2010",))
ON = date(2010, 3, 2)


def test_a_replay_as_json_has_stable_keys():
    ruling = Ruling(FORBIDDEN, ("kg-2010/budget.hearing",), ("hearingHeld",))
    passed = Ruling(PERMITTED, ("kg-2010/heads.elected",))
    told = Replay(
        under=("kg-2010",),
        size=9,
        judged=4,
        refused=[Refused(n=3, act="AdoptBudget", held_on=ON, book=BOOK, ruling=ruling)],
        fallen=[
            Fallen(
                n=5, act="Spend", held_on=ON, because=(3,), why=FACTS, missing=("budgetAdopted",)
            )
        ],
        passes=[Passes(n=7, act="AppointHead", held_on=ON, book=BOOK, ruling=passed)],
        not_stated=1,
    )
    assert json.loads(json.dumps(told.json("naryn"))) == {
        "register": "naryn",
        "under": ["kg-2010"],
        "size": 9,
        "judged": 4,
        "refused": [
            {
                "n": 3,
                "act": "AdoptBudget",
                "held_on": "2010-03-02",
                "answer": "forbidden",
                "norms": ["kg-2010/budget.hearing"],
                "missing": ["hearingHeld"],
            }
        ],
        "fallen": [
            {
                "n": 5,
                "act": "Spend",
                "held_on": "2010-03-02",
                "because": [3],
                "why": "facts",
                "missing": ["budgetAdopted"],
            }
        ],
        "passes": [
            {
                "n": 7,
                "act": "AppointHead",
                "held_on": "2010-03-02",
                "answer": "permitted",
                "norms": ["kg-2010/heads.elected"],
                "missing": [],
            }
        ],
        "not_stated": 1,
    }

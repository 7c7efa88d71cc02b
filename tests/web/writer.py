"""A writer process: performs acts at Naryn as its recorder. Run by test_many_writers.py.

``python writer.py COUNT``; database and data directory come from the environment. Each act is sent
twice with the same id, as a phone with a bad line would."""

import sys
import uuid
from datetime import UTC, date, datetime

import django

django.setup()

from kerege.municipality.entry import Actor, Evidence  # noqa: E402
from kerege.municipality.governing import holding  # noqa: E402
from kerege.municipality.rights import Speaker  # noqa: E402
from kerege.web.gate import Attempt, perform  # noqa: E402
from kerege.web.models import Account, Register  # noqa: E402
from kerege.web.registers import told  # noqa: E402

DAY = date(2013, 3, 1)
register = Register.objects.get(slug="naryn")
account = Account.objects.get(username="naryn-recorder")
mandate = holding(told(register), account.code, DAY)[0]
for _ in range(int(sys.argv[1])):
    attempt = Attempt(
        id=str(uuid.uuid4()),
        act="RaiseIssue",
        fields={"title": "Жол", "text": "Жолду оңдоо"},
        actor=Actor("community"),
        held_on=DAY,
        speaker=Speaker(account.code, mandate),
        evidence=Evidence("№ 1", DAY),
    )
    now = datetime(2013, 3, 1, 6, tzinfo=UTC)
    assert perform(register, attempt, now) == perform(register, attempt, now)

"""The frame of an act: who does it, when, on which paper; and form and frame as an attempt."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.crypto import salted_hmac

from kerege.municipality import telling
from kerege.municipality.entry import Evidence
from kerege.municipality.fields import A_REASON, Hex, Text, Wrong, day_of
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.rights import Speaker
from kerege.web import documents
from kerege.web.forms import ActForm, Typed
from kerege.web.gate import Attempt
from kerege.web.places import Place
from kerege.web.private import committed
from kerege.web.registers import withdrawn
from kerege.web.saying import language, w
from kerege.web.speaking import NAMED, actor_of

# Where the frame shows a problem with what every act says; "" is above the form.
OURS = {
    "actor": "actor",
    "of": "of",
    "held_on": "held_on",
    "evidence": "paper_number",
    "paper_number": "paper_number",
    "paper_day": "paper_day",
    "paper_file": "paper_file",
    "paper_sha256": "paper_sha256",
    "insist": "insist",
    "id": "",
    "act": "",
}


def id_of(here: Place, account: str, opened: str) -> str:
    """The id a form begins with. Two windows that ``opened`` the same form get the same, so what
    is sent from both is written once; the next act here begins another. Nobody can guess it."""
    state = f"{account}\n{here.slug}\n{opened}\n{here.m.size}\n{withdrawn(here.register)}"
    return str(uuid.UUID(bytes=salted_hmac(__name__, state, algorithm="sha256").digest()[:16]))


def attempt(name: str, form: ActForm, frame: "Frame", speaker: Speaker) -> Attempt:
    """What was typed, as an attempt; raises Malformed naming the field."""
    said = frame.cleaned_data
    problems: list[Problem] = []

    read = partial(_read, problems)
    uid = read("id", lambda: _id(said.get("id") or ""))
    held_on = read("held_on", lambda: day_of(said.get("held_on") or ""))
    known = said.get("actor") in dict(frame.actors)
    if not known:
        problems.append(Problem("actor", "not_a_choice"))
    of = read("of", lambda: Text(200).read(said["of"]) if said.get("of") else "")
    if known and said["actor"] in NAMED and of == "":
        problems.append(Problem("of", "required"))
    insist = read("insist", lambda: A_REASON.read(said["insist"]) if said.get("insist") else "")
    papers = read("", form.papers) or {}
    paper = read("paper_file", lambda: documents.read(said.get("paper_file"), "paper_file"))
    fields = read("", lambda: form.json(papers))
    seen = read("evidence", lambda: evidence(said, paper))
    if problems:
        # Whoever has to mend the frame is told in the same answer what the act lacks.
        if fields is not None:
            read("", lambda: form.act.read(committed(form.act, "", fields)[0]))
        raise Malformed(*problems)
    return Attempt(
        id=uid,
        act=name,
        fields=fields,
        actor=actor_of(said["actor"], of),
        held_on=held_on,
        speaker=speaker,
        evidence=seen,
        insist=insist,
        papers=(*papers.values(), *([paper] if paper is not None else [])),
    )


def _id(sent: str) -> str:
    """The id a page gave its form, or a new one where a form came without; an entry shows it for
    good, so nobody writes words there. Raises Malformed."""
    try:
        same = uuid.UUID(sent or str(uuid.uuid4()))
    except ValueError:
        raise malformed("id", "bad_id") from None
    if sent not in ("", str(same)):
        raise malformed("id", "bad_id")
    return str(same)


def _read(problems: list[Problem], field: str, how: Callable[[], Any]) -> Any:
    """What is read; what is wrong with it goes to the problems, and None comes back."""
    try:
        return how()
    except Wrong as wrong:
        problems.append(Problem(field, wrong.key, wrong.slots))
    except Malformed as wrong:
        problems.extend(wrong.problems)
    return None


def evidence(said: dict[str, Any], paper: documents.Paper | None) -> Evidence | None:
    """The paper; number and day go together. Raises Malformed, each problem at its own field."""
    number, day = said.get("paper_number") or "", said.get("paper_day") or ""
    typed = said.get("paper_sha256") or ""
    if not (number or day or typed or paper):
        return None
    problems = [] if day else [Problem("paper_day", "required")]
    read = partial(_read, problems)
    numbered = read("paper_number", lambda: Text(200).read(number))
    of: Any = read("paper_day", lambda: day_of(day)) if day else None
    digest = read("paper_sha256", lambda: documents.agreed(typed, paper, "paper_sha256"))
    sha256 = read("paper_sha256", lambda: Hex().read(digest)) if digest else ""
    if problems:
        raise Malformed(*problems)
    return Evidence(numbered, of, sha256)


# What is said of the paper, by whether it is needed.
_HINTS = {
    "": "acting.paper_hint",
    "some": "acting.paper_some",
    "cause": "acting.paper_cause",
    "always": "acting.paper_always",
}


class Frame(forms.Form):
    """What every act says beside its own fields: who, when, on which paper."""

    use_required_attribute = False

    def __init__(
        self,
        actors: list[tuple[str, str]],
        here: Place,
        posted: Any | None,
        files: Any | None = None,
        id_: str = "",
        *,
        day: date | None = None,
        paper: str = "",
    ) -> None:
        """``day`` it was done, as far as it is known; ``paper`` of ``beginning.paper_needed``."""
        day = day or here.acts_on
        initial = {"held_on": day.isoformat(), "id": id_ or str(uuid.uuid4())}
        super().__init__(posted, files, initial=initial)
        self.actors = actors
        said = language()

        def text(key: str, kind: str = "text", *, required: bool = False) -> forms.CharField:
            widget = forms.TextInput(attrs={"type": kind})
            if required:
                widget.attrs["aria-required"] = "true"
            return Typed(required=required, label=w(key), widget=widget)

        self.fields["id"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["again"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["actor"] = Typed(
            label=telling.field_name("actor", said),
            widget=forms.Select(choices=actors),
        )
        if any(kind in NAMED for kind, _ in actors):
            self.fields["of"] = text("acting.which_authority")
        self.fields["held_on"] = text("acting.held_on", "date", required=True)
        self.paper = paper
        always = paper == "always"
        self.fields["paper_number"] = text("acting.paper_number", required=always)
        self.fields["paper_day"] = text("acting.paper_day", "date", required=always)
        for name in ("paper_number", "paper_day") if paper else ():
            vars(self.fields[name])["sometimes"] = True
        self.fields["paper_sha256"] = text("acting.paper_sha256")
        self.fields["paper_file"] = documents.field()
        self.fields["paper_number"].help_text = w(_HINTS[paper])
        self.fields["insist"] = Typed(
            required=False,
            widget=forms.HiddenInput(),
            label=w("acting.insist"),
            help_text=w("acting.insist_hint"),
        )

    def anew(self, why: str) -> None:
        """What was typed gets another id; ``why`` is the key of what is said of that."""
        self._say("id", str(uuid.uuid4()))
        self.add_error(None, w(why))

    def mean_all_the_same(self, asked: str) -> None:
        """Ask whether what was typed is meant as it stands: sent once more, it is."""
        self._say("again", "1")
        self.add_error(None, asked)

    def _say(self, name: str, value: str) -> None:
        """Another value in the form as it is shown again."""
        data = self.data.copy()
        data[name] = value
        self.data: Any = data

    def offer_insisting(self) -> None:
        """After a refusal the act can still be entered as contested, with a reason."""
        self.fields["insist"].widget = forms.Textarea(attrs={"rows": 3})

    def blame(self, wrong: Malformed) -> None:
        for problem in wrong.problems:
            said = telling.problem(problem, language())
            at = OURS[problem.field]
            self.add_error(at if at in self.fields else None, said)

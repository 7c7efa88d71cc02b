"""The menu of acts: grouped as a secretary knows them, and those done here most often."""

from collections import Counter
from typing import TypedDict

from kerege.constitution import packs
from kerege.municipality.rights import KEYS, RECORDER_ACTS, Speaker
from kerege.web.places import Place
from kerege.web.saying import language, w
from kerege.web.speaking import act_url, menu

# In the order of pages; words/acting.toml calls each by its name.
GROUPS: dict[str, tuple[str, ...]] = {
    "sessions": (
        "HoldSession",
        "RaiseIssue",
        "DecideIssue",
        "AdoptCharter",
        "DemandAccount",
        "ReportToKenesh",
        "AssessReport",
        "Annul",
        "Suspend",
        "Confirm",
    ),
    "people": (
        "ElectDeputies",
        "NominateHead",
        "ElectHead",
        "AppointHead",
        "AppointOfficial",
        "EndMandate",
        "ConstituteBody",
        "GrantAuthority",
        "RegisterTos",
        "ContractTos",
    ),
    "money": (
        "PublishDraftBudget",
        "HoldHearing",
        "AdoptBudget",
        "Transfer",
        "Spend",
        "ReportExecution",
        "SendForecast",
        "AdoptProgramme",
    ),
    "part": (
        "CallAssembly",
        "HoldAssembly",
        "AnswerQuestion",
        "PublishResults",
        "RequestMeeting",
        "DecideRequest",
        "SubmitInitiative",
        "ReportToCommunity",
    ),
    "state": ("ProposeDelegation", "ConsentDelegation", "DelegatePower", "ReportDelegation"),
    "country": ("CallReferendum", "RecordReferendum", "TakeEdition", "EnactLaw"),
    "register": ("Found", "LinkRecorder", "ConfirmRecorder", *RECORDER_ACTS, *KEYS),
}
_OF = {act: name for name, acts in GROUPS.items() for act in acts}
# So many acts done often are worth a list of their own, where there are more than fit one.
OFTEN = 6


class Item(TypedDict):
    """An act as a menu shows it."""

    name: str
    url: str


class Group(TypedDict):
    """Acts of a kind."""

    name: str
    acts: list[Item]


class Menu(TypedDict):
    """``often``: the acts done here most often, and nothing where all fit one list."""

    often: list[Item]
    groups: list[Group]


def group_name(act: str) -> str:
    """What the group of an act is called."""
    return w(f"acting.group_{_OF[act]}")


def menu_of(place: Place, speaker: Speaker) -> Menu:
    """What a speaker can put before the law here."""
    names = menu(place, speaker)
    groups: dict[str, list[str]] = {}
    for group, acts in GROUPS.items():
        if own := [name for name in acts if name in names]:
            groups[group] = own
    often = _often(place, names) if len(names) > OFTEN else []
    return {
        "often": [_item(place, name, speaker) for name in often],
        "groups": [
            {
                "name": w(f"acting.group_{group}"),
                "acts": [_item(place, name, speaker) for name in acts],
            }
            for group, acts in groups.items()
        ],
    }


def _often(place: Place, names: list[str]) -> list[str]:
    """Of some acts those this register has most of; what keeps the register itself is none."""
    keeping = {*GROUPS["register"], "ElectDeputies", "ConstituteBody"}
    done = Counter(act for act in place.m.acts.values() if act in names and act not in keeping)
    return [name for name, _ in done.most_common(OFTEN)]


def _item(place: Place, name: str, speaker: Speaker) -> Item:
    said = packs.load().vocabulary.acts[name].words[language()]
    return {"name": said, "url": act_url(place, name, speaker)}

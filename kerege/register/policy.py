"""Which witnesses must have cosigned before a checkpoint is believed. Format: c2sp.org/tlog-policy.

    # Naryn, and who watches it
    log register.example.kg/naryn+2a7c…+AQ…               <- any one of the logs must have signed
    witness osh witness.example.kg/osh+51e0…+BA…          <- a name for use in this file only
    witness talas witness.example.kg/talas+0b77…+BA… https://witness.example.kg/talas
    witness press press.example.org/w+c03f…+BA…
    group oblasts any osh talas                           <- any, all, or how many
    group enough all oblasts press
    quorum enough                                         <- exactly one line; `none` asks nobody

Words stand apart by spaces and tabs. Empty lines and lines that begin with `#` say nothing. A name
is defined once, before it is used, and is a member of one group at most, so no witness counts
twice. Bytes above 127 are taken as they are, whatever they may mean.

Every line ends in a newline. The keys of logs are of the kind 0x01 and those of witnesses 0x04: a
policy with keys that we cannot check is refused, not half obeyed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kerege.register import checkpoint
from kerege.register.checkpoint import Checkpoint
from kerege.register.cosignature import CosignatureVerifier, times
from kerege.register.note import NoteError, Verifier, open_note

SIZE_LIMIT = 100_000
"""The most bytes a policy may have."""

_UNWRITABLE = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")


class PolicyError(ValueError):
    """A policy that cannot be obeyed; the message begins with the line's number, as `line 3: `."""


@dataclass(frozen=True)
class Log:
    """A register whose checkpoints are believed; `url` is empty when none is given."""

    verifier: Verifier
    url: str = ""


@dataclass(frozen=True)
class Witness:
    """A witness; `url` is where it takes checkpoints, empty when that is not given."""

    verifier: CosignatureVerifier
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Witnesses and groups of which `threshold` must have cosigned."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """`witnesses` and `groups` by name, in the order of the file; `quorum` is a name or `none`."""

    logs: tuple[Log, ...] = ()
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = "none"


@dataclass(frozen=True)
class Standing:
    """A checkpoint, when each witness (by its name) cosigned it, and whether they are enough."""

    checkpoint: Checkpoint
    times: Mapping[str, int]
    enough: bool


def format(policy: Policy) -> bytes:
    """Return the policy as text, groups after all witnesses.

    Raises `PolicyError` for what could not be read back.
    """
    lines = [["log", each.verifier.vkey, each.url] for each in policy.logs]
    for name, witness in policy.witnesses.items():
        lines.append(["witness", name, witness.verifier.vkey, witness.url])
    for name, group in policy.groups.items():
        lines.append(["group", name, str(group.threshold), *group.members])
    lines.append(["quorum", policy.quorum])
    text = "".join(" ".join(filter(None, words)) + "\n" for words in lines)
    data = text.encode("utf-8", "surrogateescape")
    if parse(data) != policy:
        raise PolicyError("a name or a URL is empty or has white space")
    return data


def parse(data: bytes) -> Policy:
    """Return the policy that a file states. Raises `PolicyError`."""
    if len(data) > SIZE_LIMIT:
        raise PolicyError(f"{len(data)} bytes; a policy has at most {SIZE_LIMIT}")
    *lines, rest = data.decode("utf-8", "surrogateescape").split("\n")
    reader = _Reader()
    for number, line in enumerate([*lines, rest] if rest else lines, 1):
        try:
            if _UNWRITABLE.search(line):
                raise PolicyError("a control character")
            reader.take([word for word in re.split("[ \t]+", line) if word])
            if number > len(lines):
                raise PolicyError("the last line does not end in a newline")
        except (PolicyError, NoteError) as error:
            raise PolicyError(f"line {number}: {error}") from error
    if reader.quorum is None:
        raise PolicyError("there is no line that begins with quorum")
    return Policy(tuple(reader.logs), reader.witnesses, reader.groups, reader.quorum)


def satisfied(policy: Policy, note: bytes) -> Standing:
    """Return what the signatures under the checkpoint `note` come to under `policy`.

    Raises `NoteError` unless one of the policy's logs has signed it under its own name, and when a
    signature by a log or a witness of the policy does not verify. Whether the witnesses were enough
    is for the caller to ask.
    """
    text = open_note(note, [each.verifier for each in policy.logs])
    stated = checkpoint.parse(text)
    own = [each.verifier for each in policy.logs if each.verifier.name == stated.origin]
    # One log's key does not speak for another's origin.
    open_note(note, own)
    by_verifier = times(note, [each.verifier for each in policy.witnesses.values()])
    signed = {
        name: by_verifier[witness.verifier]
        for name, witness in policy.witnesses.items()
        if witness.verifier in by_verifier
    }
    reached = {"none", *signed}
    # A group names only what stands before it, so one pass settles them all.
    for name, group in policy.groups.items():
        if len(reached.intersection(group.members)) >= group.threshold:
            reached.add(name)
    return Standing(stated, signed, policy.quorum in reached)


class _Reader:
    """What the lines of a policy have said so far."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self._members: set[str] = set()

    def take(self, words: Sequence[str]) -> None:
        """Take in one line. Raises `PolicyError`, and `NoteError` for a malformed key."""
        if not words or words[0].startswith("#"):
            return
        kind, *rest = words
        readers: dict[str, Callable[[Sequence[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        if kind not in readers:
            raise PolicyError(f"{kind!a} begins no line of a policy")
        readers[kind](rest)

    def _log(self, words: Sequence[str]) -> None:
        if not 1 <= len(words) <= 2:
            raise PolicyError("a log has a key and perhaps a URL")
        verifier = Verifier.from_vkey(words[0])
        if any(each.verifier.public_key == verifier.public_key for each in self.logs):
            raise PolicyError("this log's key stands on an earlier line")
        self.logs.append(Log(verifier, *words[1:]))

    def _witness(self, words: Sequence[str]) -> None:
        if not 2 <= len(words) <= 3:
            raise PolicyError("a witness has a name, a key and perhaps a URL")
        name, vkey, *url = words
        self._check_new(name)
        verifier = CosignatureVerifier.from_vkey(vkey)
        if any(w.verifier.public_key == verifier.public_key for w in self.witnesses.values()):
            raise PolicyError("this witness's key stands on an earlier line")
        self.witnesses[name] = Witness(verifier, *url)

    def _group(self, words: Sequence[str]) -> None:
        if len(words) < 3:
            raise PolicyError("a group has a name, how many must agree, and members")
        name, threshold, *members = words
        self._check_new(name)
        for member in members:
            self._check_known(member)
            if member in self._members:
                raise PolicyError(f"{member!a} is a member already")
            self._members.add(member)
        counts = {"any": "1", "all": str(len(members))}
        count = counts.get(threshold, threshold)
        if not re.fullmatch("[1-9][0-9]{0,5}", count) or int(count) > len(members):
            raise PolicyError(f"{threshold!a} of {len(members)} members")
        self.groups[name] = Group(int(count), tuple(members))

    def _quorum(self, words: Sequence[str]) -> None:
        if len(words) != 1:
            raise PolicyError("a quorum is one name")
        if self.quorum is not None:
            raise PolicyError("a second quorum")
        if words[0] != "none":
            self._check_known(words[0])
        self.quorum = words[0]

    def _check_new(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise PolicyError(f"the name {name!a} is taken")

    def _check_known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyError(f"no earlier line defines {name!a}")

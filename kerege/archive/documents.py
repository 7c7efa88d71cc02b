"""The papers that came along: each is what its name, a SHA-256, says it is.

Entries name papers by hash: ``evidence.sha256`` and the field ``document`` of an act. A paper that
is named and not there may never have been public, so that is no problem.
"""

import re
from hashlib import sha256

from kerege.archive.found_wrong import Report
from kerege.archive.source import Source
from kerege.municipality.entry import Entry

FOLDER = "documents"
MOST_OF_A_PAPER = 100_000_000

_SHA256 = re.compile("[0-9a-f]{64}")


class Documents:
    """Takes the entries of one register, and then looks at the papers."""

    def __init__(self, report: Report, source: Source) -> None:
        self._report, self._source = report, source
        self._named: dict[str, int] = {}

    def take(self, n: int, entry: Entry) -> None:
        paper = entry.evidence.sha256 if entry.evidence is not None else ""
        for said in (paper, entry.fields.get("document")):
            if isinstance(said, str) and _SHA256.fullmatch(said):
                self._named.setdefault(said, n)

    def end(self) -> None:
        if self._source.bare:
            return
        there = self._source.names(FOLDER)
        papers = [name for name in there or () if _SHA256.fullmatch(name)]
        if there is not None and len(papers) < len(there):
            # Some systems leave files of their own in every folder they show.
            self._report.note("no_papers", many=len(there) - len(papers))
        for name in sorted(self._named) if there is None else papers:
            path = f"{FOLDER}/{name}"
            data = self._source.read(path, MOST_OF_A_PAPER)
            if data is None:
                continue
            if sha256(data).hexdigest() != name:
                self._report.found("bad_document", self._named.get(name), file=path)
            self._named.pop(name, None)
        if self._named:
            self._report.note("papers_not_here", many=len(self._named))

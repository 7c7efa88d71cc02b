"""The papers that came along: each is what its name, a SHA-256, says it is.

Entries name papers by hash: ``evidence.sha256`` and the field ``document`` of an act. A paper that
is named and not there may never have been public, so that is no problem; one that the register says
was erased is told apart.
"""

import re
from hashlib import sha256

from kerege.archive.found_wrong import Report
from kerege.archive.source import Source
from kerege.municipality.entry import Entry

FOLDER = "documents"
MOST_OF_A_PAPER = 100_000_000
# As the act names itself and the paper of an entry: the single file has no acts.
ERASE, PAPER = "ErasePersonal", "evidence"

_SHA256 = re.compile("[0-9a-f]{64}")


class Documents:
    """Takes the entries of one register, and then looks at the papers."""

    def __init__(self, report: Report, source: Source) -> None:
        self._report, self._source = report, source
        self._named: dict[str, int] = {}
        # By entry and field, the papers that were not erased there.
        self._papers: dict[tuple[int, str], str] = {}
        self._erased: set[str] = set()

    def take(self, n: int, entry: Entry) -> None:
        paper = entry.evidence.sha256 if entry.evidence is not None else ""
        for name, said in ((PAPER, paper), ("document", entry.fields.get("document"))):
            if isinstance(said, str) and _SHA256.fullmatch(said):
                self._named.setdefault(said, n)
                self._papers[n, name] = said
        if entry.act == ERASE:
            of, names = entry.fields.get("entry"), entry.fields.get("names")
            for name in names if isinstance(names, list) else ():
                if isinstance(of, int) and isinstance(name, str):
                    self._erased.add(self._papers.pop((of, name), ""))

    def end(self) -> None:
        if self._source.bare:
            return
        # Whoever else names it keeps it.
        erased = self._erased - {"", *self._papers.values()}
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
            if name in erased:
                self._report.note("erased_paper_here", file=path)
        if gone := erased & self._named.keys():
            self._report.note("papers_erased", many=len(gone))
        if missing := self._named.keys() - erased:
            self._report.note("papers_not_here", many=len(missing))

"""Whether the unit that a register says it is of stands in the list of units, under that name.

The first entry says it, and whoever writes a register can say anything there. The list is that of
this release (``municipality/territory.py``), which the verifier in one file does not carry. A unit
may have been renamed since, so what differs is a note.
"""

from kerege.archive.found_wrong import Report
from kerege.municipality.entry import Entry
from kerege.municipality.territory import UnknownUnit, load, plain_name


class ListedUnit:
    """Takes the entries of one register; only the founding entry is looked at."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def take(self, n: int, entry: Entry) -> None:
        if entry.act != "Found":
            return
        code, said = str(entry.fields.get("code")), str(entry.fields.get("name_ru"))
        try:
            unit = load().get(code)
        except UnknownUnit:
            self._report.note("unit_unknown", n, unit=code)
            return
        listed = plain_name(unit)
        # «город Нарын» is Нарын.
        if listed.casefold() not in said.casefold():
            self._report.note("unit_called", n, unit=code, name=listed)

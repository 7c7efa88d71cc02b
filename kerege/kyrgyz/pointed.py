"""What a question points at by itself: a day, a month, or an entry by its number, as people write
them in three languages: «12-жазуу», «запись № 12», "entry 12"; «2012-жылдын 12-марты», «12 марта
2012 г.», "March 12, 2012", 12.03.2012, 2012-03-12; «2012-жылдын март айы», "March 2012",
03.2012."""

import re
from calendar import monthrange
from datetime import date

from kerege.kyrgyz import letters

_MONTHS = (
    r"январ\w*|jan(?:uary)?",
    r"феврал\w*|feb(?:ruary)?",
    r"март\w*|mar(?:ch)?",
    r"апрел\w*|apr(?:il)?",
    r"ма[йя]\w*|may",
    r"июн\w*|june?",
    r"июл\w*|july?",
    r"август\w*|aug(?:ust)?",
    r"сентябр\w*|sep(?:t|tember)?",
    r"октябр\w*|oct(?:ober)?",
    r"ноябр\w*|nov(?:ember)?",
    r"декабр\w*|dec(?:ember)?",
)
_M = f"(?P<m>{'|'.join(_MONTHS)})"
_D, _Y = r"(?<!\d)(?P<d>\d{1,2})", r"(?P<y>\d{4})(?!\d)"
# What stands behind a year: «года», «г.», «жылдын», «-ж.»
_OF_A_YEAR = r"(?:\s*-?\s*(?:жыл\w*|ж\.?|год\w*|г\.?)(?!\w))?"
_DAYS = tuple(
    re.compile(form)
    for form in (
        rf"{_D}[./-](?P<m>\d{{1,2}})[./-]{_Y}{_OF_A_YEAR}",
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)",
        rf"{_D}\s*-?\s*{_M}[\s,]+{_Y}{_OF_A_YEAR}",
        rf"(?<!\d)(?P<y>\d{{4}}){_OF_A_YEAR}[\s,]+(?P<d>\d{{1,2}})\s*-?\s*{_M}",
        rf"(?<!\w){_M}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+{_Y}",
    )
)
_MONTHS_OF = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\w){_M}(?:\s+ай\w*)?[\s,]+{_Y}{_OF_A_YEAR}",
        rf"(?<!\d)(?P<y>\d{{4}}){_OF_A_YEAR}[\s,]+{_M}(?:\s+ай\w*)?(?!\w)",
        rf"(?<![\d./-])(?P<m>\d{{1,2}})[./]{_Y}{_OF_A_YEAR}",
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})(?![\d-])",
    )
)
_NUMBER = r"(?P<n>\d{1,9})(?!\d)"
_ENTRY = "(?:жазуу|запис[ьи]|entry)"
_ENTRIES = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\w){_ENTRY}\w*\s*(?:№|no\.?)?\s*{_NUMBER}",
        rf"(?<!\d){_NUMBER}\s*-?\s*{_ENTRY}\w*",
        rf"(?:№|(?<!\w)no\.)\s*{_NUMBER}",
    )
)


def days(question: str) -> tuple[date, date, str] | None:
    """The day or the month a question names, as its first and last day, and the question without
    it; None where it names none."""
    said = letters.plain(question).lower()
    for form in (*_DAYS, *_MONTHS_OF):
        for found in form.finditer(said):
            year, month, on = int(found["y"]), _month(found["m"]), found.groupdict().get("d")
            try:
                last = date(year, month, int(on) if on else monthrange(year, month)[1])
            except ValueError:
                continue
            return last if on else last.replace(day=1), last, _without(said, found)
    return None


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    return next(n for n, one in enumerate(_MONTHS, 1) if re.fullmatch(one, said))


def entry(question: str) -> tuple[int, str] | None:
    """The number of the entry a question names, and the question without it; else None."""
    said = letters.plain(question).lower()
    found = next(filter(None, (form.search(said) for form in _ENTRIES)), None)
    return None if found is None else (int(found["n"]), _without(said, found))


def _without(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()]} {said[found.end() :]}".strip()

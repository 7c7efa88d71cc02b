"""A comparison as one page of HTML that needs nothing else: for a phone, a printer, an e-mail."""

from collections.abc import Iterable, Sequence
from html import escape

from kerege.constitution import yardstick, yardstick_said
from kerege.constitution.points import Difference, Point, Points
from kerege.constitution.sentence import words

_STYLE = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:44rem;margin:auto;padding:1rem;"
    "color:#0b0c0c;background:#fff;overflow-wrap:break-word}"
    "h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.3rem;margin:2.5rem 0 .5rem}"
    "h3{font-size:1.1rem;margin:2rem 0 .5rem;border-top:1px solid #b1b4b6;padding-top:1rem}"
    "ul{padding-left:1.2rem}li{margin:.5rem 0}summary{cursor:pointer}.soft{color:#505a5f}"
    "@media print{details>*{display:block}}"
)


def page(compared: Sequence[Points], language: str, topic: str = "") -> str:
    """The whole page; of several comparisons each under its own heading."""
    title = words()["page.title"][language]
    parts = [_comparison(one, language, topic) for one in compared]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )


def _comparison(one: Points, language: str, topic: str) -> str:
    names = f"{one.name_a[language]} → {one.name_b[language]}"
    a, b = one.compared.a, one.compared.b
    laid = yardstick.between(a, b)
    principles = "".join(
        # What is said of a principle stands deeper than its article.
        f"<p{' class=soft' if line.startswith(' ') else ''}>{escape(line.strip())}</p>"
        for line in yardstick_said.lines(laid, a.vocabulary, b, language)
    )
    if laid and not topic:
        # A yardstick is no other law of the same country: what differs is told when asked for.
        return f"<h2>{escape(names)}</h2>{principles}"
    points = (point for point in one.points() if topic in ("", point.topic))
    said = "".join(
        _point(point, one.known.topics[point.topic][language], language) for point in points
    )
    counted = escape(one.counted(language, topic))
    return f'<h2>{escape(names)}</h2>{principles}<p class="soft">{counted}</p>{said}'


def _point(point: Point, title: str, language: str) -> str:
    first = [one for one in point.differences if not one.refused]
    rest = [one for one in point.differences if one.refused]
    parts = [f"<section><h3>{escape(point.topic)}. {escape(title)}</h3>", _list(first, language)]
    parts += [f"<p>{escape(one[language])}</p>" for one in point.said]
    if rest:
        more = escape(words()["page.refused"].say(language, count=len(rest)))
        parts.append(f"<details><summary>{more}</summary>{_list(rest, language)}</details>")
    return "".join([*parts, "</section>"])


def _list(differences: Iterable[Difference], language: str) -> str:
    items = "".join(f"<li>{escape(one.words[language])}</li>" for one in differences)
    return f"<ul>{items}</ul>" if items else ""

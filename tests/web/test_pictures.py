from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations

import pytest

from kerege.web.pictures.hierarchy import Arrow, Box, hierarchy
from kerege.web.pictures.lettering import WIDTH, measure, wrap
from kerege.web.pictures.money import Bar, money
from kerege.web.pictures.terms import Term, terms
from kerege.web.pictures.tiles import PLACES, Tile, tiles

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(\"1\")</script> & 'x' ]]> \x00\x0b\ufffe"

# One picture as the 2010 text draws it and one as the 2007 text does: rows of one and of several
# boxes, arrows both ways, along a row, and past whole rows.
BOXES_2010 = [
    Box("community", "Жергиликтүү коомчулук", "6 412 тургун", "/kg/", "community", 0),
    Box("kenesh", "Ак-Булак айылдык кеңеши", "21 депутат", "/kg/kenesh/", "kenesh", 1),
    Box("okmotu", "Айыл өкмөтү", "", "", "executive", 2),
    Box("head", "Айыл өкмөтүнүн башчысы", "", "", "official", 3),
]
ARROWS_2010 = [
    Arrow("community", "kenesh", "түз шайлайт", "elects"),
    Arrow("okmotu", "kenesh", "отчет берет", "accountable"),
    Arrow("kenesh", "okmotu", "чечимдерин аткартат", "executes"),
    Arrow("head", "okmotu", "жетектейт", "executes"),
    Arrow("kenesh", "head", "мыйзам караган иретте шайлайт", "elects"),
]
BOXES_2007 = [
    Box("community", "Жергиликтүү коомчулук", "", "", "community", 0),
    Box("kenesh", "Айылдык кеңеш", "", "", "kenesh", 4),
    Box("state", "Жергиликтүү мамлекеттик администрациянын башчысы", "", "", "outside", 4),
    Box("president", "Президент", "", "", "outside", 4),
    Box("head", "Айыл аймагынын башчысы", "", "", "official", 7),
    Box("deputy", "Орун басары", "", "", "official", 7),
    Box("okmotu", "Айыл өкмөтү", "", "", "executive", 9),
]
ARROWS_2007 = [
    Arrow("community", "kenesh", "түз шайлайт", "elects"),
    Arrow("kenesh", "head", "шайлайт", "elects"),
    Arrow("president", "head", "сунуштайт", "nominates"),
    Arrow("state", "deputy", "макулдугун берет", "nominates"),
    Arrow("head", "deputy", "дайындайт", "executes"),
    Arrow("okmotu", "community", "отчет берет", "accountable"),
    Arrow("okmotu", "kenesh", "отчет берет", "accountable"),
]
PICTURES = [
    hierarchy(BOXES_2010, ARROWS_2010, title="Ким башкарат", description="…"),
    hierarchy(BOXES_2007, ARROWS_2007, title="Ким башкарчу", description="…"),
    hierarchy(BOXES_2010[:1], [], title="Коомчулук", description=""),
    hierarchy([], [], title="Эч ким", description=""),
]
BARS = [
    Bar("2009-жыл", 1100, 20100, "Өз каражаты: 1,1 млн сом (5 %)", "Республикалык: 20,1 млн сом"),
    Bar("2010-жыл", 0, 0, "Жок", "Жок", "/kg/budget/2010/"),
]
TILES = [
    tiles(
        [Tile(code, "Жалал-Абад", "110 жер", "Баары", f"/map/{code}/", True) for code in PLACES],
        title="Карта",
        description="…",
    )
]
TERMS = [
    terms(
        [
            Term("Азамат Дыйканбаев", date(2008, 3, 1), date(2011, 10, 24), "/kg/people/1.0/"),
            Term("Самара Кожобекова", date(2011, 10, 24), None, "/kg/people/2.0/"),
            Term("Бир күндүк", date(2013, 2, 17), date(2013, 2, 18)),
        ],
        date(2013, 2, 18),
        title="Ким качан",
        description="…",
    ),
    terms([], date(2013, 2, 18), title="Эч ким", description=""),
]
MONEY = [
    money(BARS, title="Акча", description="…"),
    money([], title="Акча", description=""),
]


def rectangles(picture: str, name: str) -> list[tuple[float, float, float, float]]:
    return [
        (
            float(r.attrib["x"]),
            float(r.attrib["y"]),
            float(r.attrib["width"]),
            float(r.attrib["height"]),
        )
        for r in ET.fromstring(picture).iter(f"{SVG}rect")
        if r.attrib["class"] == name
    ]


def words(picture: str) -> list[tuple[float, float, float, float]]:
    """The room each label of an arrow takes, as the picture reckoned it."""
    return [
        (float(t.attrib["x"]), float(t.attrib["y"]) - 12, measure(t.text or "", 13.5), 14.0)
        for t in ET.fromstring(picture).iter(f"{SVG}text")
        if t.attrib["class"] == "pic-remark"
    ]


def meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@pytest.mark.parametrize("picture", PICTURES + MONEY + TILES + TERMS)
def test_a_picture_is_well_formed_and_needs_no_style_or_script(picture: str) -> None:
    root = ET.fromstring(picture)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert root.attrib["aria-label"]
    for element in root.iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_a_picture_with_links_does_not_hide_them_from_a_screen_reader() -> None:
    linked, plain = ET.fromstring(PICTURES[0]), ET.fromstring(PICTURES[1])
    assert linked.attrib["role"] == "group"
    assert [a.attrib["href"] for a in linked.iter(f"{SVG}a")] == ["/kg/", "/kg/kenesh/"]
    assert plain.attrib["role"] == "img"


def test_hostile_text_stays_text() -> None:
    boxes = [Box(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "kenesh", 0), Box("b", HOSTILE, row=1)]
    arrows = [Arrow(HOSTILE, "b", HOSTILE, "elects")]
    bars = [Bar(HOSTILE, 1, 2, HOSTILE, HOSTILE, HOSTILE)]
    for picture in (
        hierarchy(boxes, arrows, title=HOSTILE, description=HOSTILE),
        money(bars, title=HOSTILE, description=HOSTILE),
        terms(
            [Term(HOSTILE, date(2010, 1, 1), None, HOSTILE)],
            date(2011, 1, 1),
            title=HOSTILE,
            description=HOSTILE,
        ),
        tiles(
            [Tile("41702", HOSTILE, HOSTILE, HOSTILE, HOSTILE)], title=HOSTILE, description=HOSTILE
        ),
    ):
        root = ET.fromstring(picture)
        assert "<script" not in picture
        assert {e.tag for e in root.iter()} <= {
            SVG + name for name in ("svg", "title", "desc", "g", "a", "rect", "path", "text")
        }
        assert root.findtext(f"{SVG}title") == "<script>alert(\"1\")</script> & 'x' ]]> "


@pytest.mark.parametrize("picture", PICTURES + TILES)
def test_no_box_and_no_label_covers_another(picture: str) -> None:
    taken = rectangles(picture, "pic-frame") + words(picture)
    assert not [pair for pair in combinations(taken, 2) if meet(*pair)]


@pytest.mark.parametrize("picture", PICTURES + TILES)
def test_everything_stays_on_the_sheet(picture: str) -> None:
    height = float(ET.fromstring(picture).attrib["viewBox"].split()[3])
    for x, y, width, tall in rectangles(picture, "pic-frame") + words(picture):
        assert x >= 0 and x + width <= WIDTH
        assert y >= 0 and y + tall <= height


def test_every_label_is_shown_whole() -> None:
    shown = re.sub(r"-?</text><text[^>]*>", " ", PICTURES[0])
    for arrow in ARROWS_2010:
        assert arrow.label in shown


def test_an_arrow_points_from_its_source_to_its_target() -> None:
    one = hierarchy(
        BOXES_2010[:2], [Arrow("community", "kenesh", "x", "elects")], title="t", description=""
    )
    back = hierarchy(
        BOXES_2010[:2], [Arrow("kenesh", "community", "x", "elects")], title="t", description=""
    )
    community, kenesh = (y for _, y, _, _ in rectangles(one, "pic-frame"))
    tips = [re.search(r'pic-tip" d="M\S+ ([\d.]+)L', picture) for picture in (one, back)]
    assert all(tips)
    down, up = (float(tip.group(1)) for tip in tips if tip)
    assert community < up < down == kenesh


def test_an_arrow_to_an_unknown_box_is_refused() -> None:
    with pytest.raises(KeyError):
        hierarchy(BOXES_2010, [Arrow("kenesh", "tos", "x", "elects")], title="t", description="")


def test_bars_are_drawn_to_one_scale_and_a_small_sum_is_seen() -> None:
    picture = money(
        [
            Bar("2009", 50, 50, "a", "b"),
            Bar("2010", 1, 199, "a", "b"),
            Bar("2011", 0.001, 9, "", ""),
        ],
        title="t",
        description="",
    )
    own = [width + 1 for _, _, width, tall in rectangles(picture, "pic-own") if tall > 20]
    assert own == [WIDTH / 4, 2, 2]
    for name in ("pic-own", "pic-republican", "pic-track"):
        assert all(x + width <= WIDTH for x, _, width, _ in rectangles(picture, name))


def test_a_negative_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        money([Bar("2010", -1, 2, "a", "b")], title="t", description="")


def test_mandates_are_drawn_to_one_scale_of_years() -> None:
    (x1, y1, w1, _), (x2, y2, w2, _), (x3, _, w3, _) = rectangles(TERMS[0], "pic-own")
    assert y1 < y2 and x1 < x2 < x3
    # The second begins where the first ended, and a day in office is seen.
    assert abs(x1 + w1 - x2) < 2 and w1 > 2 * w2 > 2 * w3 >= 2
    for x, _, width, _ in rectangles(TERMS[0], "pic-own"):
        assert x >= 0 and x + width <= WIDTH
    assert re.findall(r">(\d{4})<", TERMS[0]) == [str(y) for y in range(2008, 2014)]


def test_a_mandate_to_come_is_refused() -> None:
    with pytest.raises(ValueError):
        terms([Term("А", date(2014, 1, 1), None)], date(2013, 1, 1), title="t", description="")


@pytest.mark.parametrize("width", [40, 90, 200])
def test_lines_fit_and_lose_nothing(width: float) -> None:
    text = "Жергиликтүү мамлекеттик администрациянын башчысынын сунуштоосу менен"
    lines = wrap(text, width, 14)
    assert all(measure(line, 14) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_a_word_breaks_where_its_soft_hyphen_says() -> None:
    assert wrap("админи\u00adстрациянын", 90, 14) == ["админи-", "страциянын"]
    assert wrap("Жалал-Абад", 90, 16, bold=True) == ["Жалал-", "Абад"]
    assert wrap("20\u00a0млн\u00a0сом (5\u00a0%)", 100, 14) == [
        "20\u00a0млн\u00a0сом",
        "(5\u00a0%)",
    ]

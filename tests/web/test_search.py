"""The search: what is written is found at once, in three languages, whatever is asked."""

import json
import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kerege.kyrgyz.terms import LETTERS, asked
from kerege.web import findable, search_index
from kerege.web.models import Findable, Indexed, Private, Register
from kerege.web.pages.board import QUESTIONS
from kerege.web.pages.search import ALSO, ASKED, address
from kerege.web.saying import page_words
from tests.web.acting import send

pytestmark = pytest.mark.usefixtures("demo")

HOSTILE = [
    '"', "'", "';--", '" OR terms:*', "NEAR(а б, 5)", "a* AND NOT b", "(", "^кеңеш", "- -", "\\",
    "{terms}: кеңеш", "кеңеш' | 'x", "!a & b:*", "<b>кеңеш</b>", "\u202eкеңеш\u0000", "%s %(x)s ?1",
    "ﷺ 漢字 ²½ ß İ ǅ", "e-кеңеш +x",
]  # fmt: skip


VILLAGE = "/map/41702225815000/"


def titles(q: str, most: int = 40) -> list[str]:
    search_index.catch_up()
    return [json.loads(row[4])["ky"][0] for row in search_index.ask(asked(q), 0, most)]


def raise_issue(client, **said) -> int:
    answer = send(client, "on-archa", "RaiseIssue", actor="community", paper="№ 7", **said)
    assert answer.status_code == 302, answer.content.decode()
    return int(re.search(r"register/(\d+)/", answer.url)[1])


def found(client, q: str, prefix: str = "", **more) -> str:
    answer = client.get(f"{prefix}/search/", {"q": q, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_act_is_found_as_soon_as_it_is_written(person, client):
    assert "Эч нерсе табылган жок: гүлбакчанын" in found(client, "гүлбакчанын")
    n = raise_issue(
        person("on-archa-recorder"), title="Жаңы гүлбакча", text="Бала бакчага гүлбакча"
    )
    for q in ("гүлбакчалар", "гулбакча", "ГУЛБАКЧАДАН", "г\\лбакча", "гүлбакча № 7"):
        assert f'href="/on-archa/register/{n}/"' in found(client, q), q
    assert f'href="/en/on-archa/register/{n}/"' in found(client, "гүлбакча", "/en")


def test_what_was_said_anew_is_found_by_both_words(person, client):
    n = raise_issue(person("on-archa-recorder"), title="Кумтөр көчөсү", text="Кумтөр көчөсү")
    assert titles("Кумтөр")
    answer = send(
        client, "on-archa", "Correct", actor="recorder", entry=str(n), field="title",
        text="Жезкент көчөсү",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert any("Жезкент" in one for one in titles("жезкенттин көчөсү"))
    assert f'href="/on-archa/register/{n}/"' in found(client, "жезкент")
    # The entry itself is never another: who knows the old words finds it too.
    assert f'href="/on-archa/register/{n}/"' in found(client, "кумтөр")
    assert len(Findable.objects.filter(kind="entry", where="on-archa", key=str(n))) == 1


def test_what_is_personal_is_in_no_index(person, client):
    who = "Тынчтыкбек Элебаев"
    raise_issue(person("on-archa-recorder"), title="Арык", text="Арыкты тазалоо", applicant=who)
    assert Private.objects.filter(value=who).exists()
    assert titles("арыкты тазалоо")
    assert titles("Тынчтыкбек") == [] and who not in found(client, "арык тазалоо")


def test_the_exact_is_first_then_stems_then_what_is_typed_alike(person):
    on = "2013-03-01"
    for title in ("Көлмөнүн суусу", "Көлмө", "Колмо", "Көлмөлөр"):
        raise_issue(person("on-archa-recorder"), title=title, text="…", on=on)
    said = [one.rpartition(": ")[2] for one in titles("көлмө")]
    assert said == ["Көлмө", "Көлмөлөр", "Көлмөнүн суусу", "Колмо"]


def test_of_equals_the_newest_is_first():
    search_index.catch_up()
    days = [row[3] for row in search_index.ask(asked("сессия өттү"), 0, 40)]
    days = [str(day) for day in days if day]
    assert len(days) > 10 and days == sorted(days, reverse=True)


@pytest.mark.parametrize("q", HOSTILE)
def test_a_question_is_words_and_nothing_else(client, q):
    text = found(client, q)
    assert "<b>кеңеш" not in text
    assert bool(asked(q)) or "Издей турган сөз жок" in text or not q.strip()


def test_a_very_long_question_is_read_in_part(client):
    text = found(client, "кеңештер " * 1200)
    assert "Жазганыңыз өтө узун. Анын башы гана изделди: кеңештер<" in text
    assert f'value="{("кеңештер " * 1200).strip()[:LETTERS]}"' in text
    assert "Нарын" in text


def test_a_page_says_what_was_looked_for_in_every_language(client):
    for prefix, said in (
        ("", "Эч нерсе табылган жок"), ("/ru", "Ничего не найдено"), ("/en", "Nothing was found")
    ):  # fmt: skip
        assert f"{said}: жокнерсе" in found(client, "  ЖОКнерсе!", prefix)


def test_pages_follow_one_another_and_the_language_is_kept(client):
    first, second = found(client, "кеңеш"), found(client, "кеңеш", page="2")
    links = [
        set(re.findall(r'entry-day">([^<]*)</p>\s*<h3.*?href="([^"]+)"', text))
        for text in (first, second)
    ]
    assert links[0] and links[1] and not links[0] & links[1]
    assert f'href="?q={quote("кеңеш")}&amp;page=2" rel="next"' in first
    assert f'href="/ru/search/?q={quote("кеңеш")}&amp;page=2"' in second
    for page in ("0", "-1", "x", "9" * 30, "٣", "26"):
        found(client, "кеңеш", page=page)
    assert 'rel="next"' not in found(client, "кеңеш", page="25")


def test_every_kind_of_thing_is_found_and_leads_somewhere(client):
    search_index.catch_up()
    for kind in findable.KINDS:
        for one in Findable.objects.filter(kind=kind)[:3]:
            q = json.loads(one.said)["ky"][0]
            rows = search_index.ask(asked(q), 0, 100)
            assert [one.kind, one.where, one.key] in [list(row[:3]) for row in rows], q
            assert client.get(address(one.kind, one.where, one.key)).status_code == 200


def test_an_answer_asks_the_database_little(client):
    found(client, "кеңеш")
    with CaptureQueriesContext(connection) as asked_:
        found(client, "айыл өкмөтүнүн башчысы")
    assert len(asked_) <= 3


def test_the_index_can_be_dropped_and_made_again():
    search_index.catch_up()
    was = set(Findable.objects.values_list("id", "said"))
    answers = titles("бюджеттин долбоору")
    assert search_index.rebuild() == len(was)
    assert set(Findable.objects.values_list("id", "said")) == was
    assert titles("бюджеттин долбоору") == answers != []


def test_a_register_that_is_no_longer_the_same_is_indexed_anew(monkeypatch):
    search_index.catch_up()
    before = titles("көпүрө")
    naryn = Register.objects.get(slug="naryn")
    Indexed.objects.filter(register=naryn.pk).update(leaf=bytes(32))
    Findable.objects.filter(register=naryn.pk).update(said="{}")
    assert search_index.catch_up() == 0
    assert titles("көпүрө") == before
    assert not Findable.objects.filter(said="{}")
    # Another form of index, or another law: everything.
    search_index._digest.cache_clear()
    monkeypatch.setattr(search_index, "FORM", -1)
    Findable.objects.update(said="{}")
    search_index.catch_up()
    assert not Findable.objects.filter(said="{}")
    search_index._digest.cache_clear()


def test_what_could_not_be_taken_in_at_once_is_said(client, monkeypatch):
    Indexed.objects.all().delete()
    monkeypatch.setattr(search_index, "AT_ONCE", 10)
    monkeypatch.setattr(search_index.catch_up, "__defaults__", (10,))
    assert "Акыркы жазуулар азырынча изделген жок" in found(client, "кеңеш")
    for _ in range(20):
        text = found(client, "кеңеш")
    assert "изделген жок" not in text


def test_a_register_that_cannot_be_read_keeps_no_other_from_being_searched(client, monkeypatch):
    def sayer(register):
        if register.slug == "naryn":
            raise KeyError("AnActOfTomorrow")
        return findable.Sayer(register)

    monkeypatch.setattr(search_index, "Sayer", sayer)
    Indexed.objects.all().delete()
    text = found(client, "көпүрөнү оңдоо")
    assert 'href="/on-archa/register/' in text and 'href="/naryn/register/' not in text
    monkeypatch.undo()
    assert 'href="/naryn/register/' in found(client, "Ленин көчөсү")


def test_places_bodies_and_persons_stand_before_what_was_written_about_them(client):
    search_index.catch_up()
    for q, first in (
        ("Чолпон Ата", "place"), ("нарындагы", "place"), ("Назгүл Эсеналиеванын", "person")
    ):  # fmt: skip
        rows = search_index.ask(asked(q), 0, 1000)
        assert rows[0][0] == first, q
    said = titles("Назгүл Эсеналиева", 100)
    links = [k for k, title in enumerate(said) if "аккаунт байланды" in title]
    assert links == [len(said) - 1]


def test_one_sees_by_which_word_a_thing_was_found_and_it_is_escaped(person, client):
    said = "Айылдын борборундагы чоң жолдун эки жагы караңгы, ошондуктан " * 3
    n = raise_issue(
        person("on-archa-recorder"), title="Чырактар", text=said + "<b>кечкиленген</b> & чырактар"
    )
    text = found(client, "кечкиленген")
    assert f'href="/on-archa/register/{n}/"' in text
    line = re.search('<p class="snippet">(.*)</p>', text)[1]
    assert "&lt;b&gt;<mark>кечкиленген</mark>&lt;/b&gt; &amp; чырактар" in line
    assert line.startswith("…") and len(line) < 200
    assert "<mark>Чырактар</mark>" in found(client, "чырактарды")


def test_numbers_of_findables_begin_with_their_kind_and_then_their_day():
    search_index.catch_up()
    ids = dict(Findable.objects.filter(kind="person").values_list("id", "day"))
    assert [ids[one] for one in sorted(ids)] == sorted(ids.values())
    places = Findable.objects.filter(kind="place").values_list("id", flat=True)
    assert min(places) > max(Findable.objects.exclude(kind="place").values_list("id", flat=True))
    far = findable.Found("entry", 70_000, 1 << 25, "", "", date(9999, 1, 1), {}, {}, [])
    assert 0 < far.id < 1 << 63


def test_a_long_question_is_not_said_again_in_every_link(demo, client):
    for page in ("/search/", "/"):
        for said in ({"q": "ө" * 10_000}, {"q": "суу", "x": "y" * 10_000}):
            assert len(client.get(page, said).content) < 40_000, page
    assert "x=1" not in client.get("/search/", {"q": "суу", "x": "1"}).content.decode()
    assert len(client.get("/sign-in/", {"x": "y" * 10_000}).content) < 40_000


@pytest.mark.parametrize(
    ("question", "kind", "said"),
    [
        ("ким башкарат", "person", "башчы"),
        ("айыл башчысы", "person", "башчы"),
        ("кто у нас глава", "person", "башчы"),
        ("куда ушли деньги", "entry", "сом"),
        ("акча кайда кетти", "entry", "сом"),
        ("публичные слушания", "entry", "угуу"),
        ("жыйын качан болот", "term", "жыйын"),
        ("курултая", "term", "курултай"),
    ],
)
def test_a_question_in_a_whole_sentence_is_answered(question, kind, said):
    search_index.catch_up()
    rows = search_index.ask(asked(question), 0, 3)
    assert rows and {row[0] for row in rows} == {kind}
    assert any(said in json.loads(row[4])["ky"][0].lower() for row in rows)


def test_where_no_text_has_all_words_those_that_lack_one_are_shown(client):
    text = found(client, "көпүрөнү оңдоо жокнерсе")
    assert "Төмөнкүлөрдө сөздөрүңүздүн бирөө гана жок" in text and "көпүрө" in text
    assert "жетишпейт" not in found(client, "көпүрөнү оңдоо")
    assert "Эч нерсе табылган жок" in found(client, "жокнерсе")
    assert "Эч нерсе табылган жок" in found(client, "жокнерсе башкажок")


def test_a_village_leads_to_its_aimak(client):
    for q in ("Ынтымак", "ынтымак айылы", "Ынтымакта", "село Ынтымак"):
        assert VILLAGE in found(client, q), q
    assert "Ушул жерде: Ынтымак" in found(client, "Ынтымак")
    assert VILLAGE in client.get("/", {"q": "Ынтымак"}).content.decode()


@pytest.mark.parametrize("part", ASKED)
def test_a_question_of_the_notice_leads_to_its_part_of_the_pages_of_places(client, part):
    assert sorted(ASKED.values()) == sorted(QUESTIONS)
    page = client.get("/naryn/").content.decode()
    assert f'id="{part}"' in page
    for here, prefix in (("ky", ""), ("ru", "/ru"), ("en", "/en")):
        question = page_words()[ASKED[part]][here]
        text = found(client, question, prefix)
        box = text.partition("notice-title")[2].partition("</div>")[0]
        leads = set(re.findall('href="([^"]+)"', box))
        places = {f"{prefix}/{slug}/#{part}" for slug in ("naryn", "on-archa", "cholpon-ata")}
        assert leads == places | {f"{prefix}/#places"}, question
        for key in ("search.none_says", "search.no_words"):
            assert page_words()[key][here] not in text


def test_where_the_page_of_a_place_answers_little_of_the_law_stands_below(client):
    for q, prefix, also in (
        ("who governs us", "/en", "Also in the law"),
        ("кто нами управляет", "/ru", "Ещё в законе"),
        ("Бизди ким башкарат?", "", "Мыйзамда дагы"),
    ):
        text = found(client, q, prefix)
        below = text.partition(also)[2] if also in text else ""
        assert below.count("entry-title") <= ALSO
        laws = len(re.findall(rf'entry-title"><a[^>]*href="{prefix}/(law|glossary)/', text))
        assert laws == below.count("entry-title") and f'href="{prefix}/kg/register' not in text, q
    assert "Also in the law" in found(client, "who governs us", "/en")
    assert "Also in the law" not in found(client, "budget", "/en")


def test_what_is_ours_in_a_result_is_in_the_language_of_the_reader(client):
    """Names stay as they were written; what a body is, and a chair, is said in every language."""
    for prefix, kenesh, chair in (
        ("/ru", "Айылный кенеш", "председатель кенеша"),
        ("/en", "Aiyl kenesh", "chair of the kenesh"),
    ):
        text = found(client, "Он-Арча айылдык кеңеши", prefix)
        beside = re.findall(r'<p class="govuk-body soft">(.*?)</p>', text, re.S)
        said = [re.sub("<[^>]+>", "", one) for one in beside]
        assert any(one.startswith(kenesh.lower()) for one in said), said
        text = re.sub("<[^>]+>", "", found(client, "Жолдош Ибраимов", prefix))
        assert f"{chair} – Жолдош Ибраимов" in text and "төрага" not in text


def test_the_place_that_a_question_names_comes_first(client):
    for q in ("Чолпон-Атада ким башкарат", "чолпон ата шаарын ким башкарат"):
        text = found(client, q).partition("notice-title")[2]
        assert re.search(r'href="([^"]+)#governs"', text)[1] == "/cholpon-ata/", q
    assert "#governs" not in found(client, "Чолпон-Ата")
    assert "#governs" not in found(client, "ким башкарат", page="2")


def test_where_a_place_was_found_nobody_is_told_to_write_letters(client):
    text = found(client, "Кашат")
    assert "Ушундай аталган жерлер" in text and "Издей турган сөз жок" not in text
    assert "Реестрлерде жана мыйзамда башка эч нерсе табылган жок" in text


def test_a_place_of_that_name_comes_before_rules_and_villages(client):
    for q in ("Ош", "Оштон", "Ош шаары", "город Ош"):
        assert re.search(r'href="/map/(\d+)/"', found(client, q)), q
    for q in ("Ош шаары", "Бишкек"):
        text = found(client, q)
        assert 0 < text.index('href="/map/') < text.index("entry-title"), q
    text = found(client, "Талас шаары")
    assert text.index(">Талас<") < text.index("Киргизия айылный аймак")
    # The law speaks of a kenesh, and so do the names of villages.
    text = found(client, "кеңеш")
    assert text.index("entry-title") < text.index("Ушундай аталган жерлер")


def test_a_name_is_found_without_its_hyphen(client):
    for q in ("онарча", "Онарча", "Он-Арча", "онарчада"):
        assert re.search('entry-title"><a[^>]*href="([^"]+)"', found(client, q))[1] == "/on-archa/"
        front = client.get("/", {"q": q}).content.decode().partition('id="search"')[2]
        assert 'href="/on-archa/"' in front, q


def test_who_asks_who_gets_persons_before_rules(client):
    for q, prefix in (("депутаттар ким", ""), ("кто депутаты", "/ru"), ("who is deputy", "/en")):
        kind = re.search('entry-day">([^<·]+)', found(client, q, prefix))[1].strip()
        assert kind in ("Адам", "Человек", "Person"), q


def test_an_article_is_found_by_its_number_and_a_sum_as_it_is_typed(client):
    for q in ("110-берене", "конституциянын 110-беренеси", "статья 110(5)"):
        assert "110(5)" in re.sub("</?mark>", "", found(client, q)), q
    assert "240\u00a0000 сом" in re.sub("</?mark>", "", found(client, "240000"))


def test_people_ask_with_verbs_of_i_and_we(client):
    for q in ("маселе кантип көтөрөм", "депутаттарды кантип шайлайбыз"):
        assert "Бардык сөзү бар текст жок" not in found(client, q), q


def test_a_slip_of_the_keyboard_is_told_with_what_was_meant(client):
    page = client.get("/en/search/", {"q": "айыл бюжети"}).content.decode()
    link = re.search(r'Perhaps you meant: <a class="govuk-link" href="([^"]+)">([^<]+)</a>', page)
    assert link[2] == "айыл бюджет"
    found = client.get(f"/en/search/{link[1]}".replace("&amp;", "&")).content.decode()
    assert "Perhaps you meant" not in found and 'class="entry"' in found
    assert "Perhaps you meant" not in client.get("/en/search/", {"q": "бюджет"}).content.decode()

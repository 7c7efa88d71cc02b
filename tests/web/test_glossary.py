"""The glossary: each word once, in the order of the Kyrgyz alphabet, with what it means."""

import re

import pytest

from kerege.constitution import packs
from kerege.kyrgyz import letters
from kerege.web.pages.glossary import terms

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_words_stand_once_and_by_the_alphabet_and_each_letter_is_led_to(client, prefix):
    text = client.get(f"{prefix}/glossary/").content.decode().replace("\u00ad", "")
    said = re.findall('<dt class="term" lang="ky">([^<]+)</dt>', text)
    assert len(said) > 60 and len(said) == len({letters.fold(one) for one in said})
    assert said == sorted(said, key=letters.sort_key)
    assert set(re.findall('href="#(l[0-9]+)"', text)) == set(re.findall('id="(l[0-9]+)"', text))


def test_who_and_what_are_told_in_a_sentence():
    known = packs.load().vocabulary
    meant = {row["ky"] for row in terms() if row["means"]}
    for table in (known.actors, known.objects, known.places):
        assert {word.ky for word in table.values()} <= meant

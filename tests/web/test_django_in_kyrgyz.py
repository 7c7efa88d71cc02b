"""What Django itself says in forms and about accounts is Kyrgyz to the last sentence."""

import io
from gettext import GNUTranslations
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.core.validators import StepValueValidator
from django.utils.translation import gettext, ngettext, override

from tools.django_ky import PO, compiled

DJANGO = Path(django.__file__).parent
ROOMS = ("conf", "contrib/auth", "contrib/contenttypes", "contrib/sessions")


def catalogue(file: Path) -> dict[tuple, str]:
    """(context, id or ids) to what is said, but for what is empty or doubtful."""
    with file.open("rb") as opened:
        return {
            (one.context, one.id if isinstance(one.id, str) else tuple(one.id)): one.string
            for one in read_po(opened)
            if one.id and not one.fuzzy
        }


def missing(room: str) -> set[tuple]:
    """Ids of Django's English source that its own Kyrgyz catalogue does not say."""
    folder = DJANGO / room / "locale"
    said = catalogue(folder / "ky/LC_MESSAGES/django.po")
    return catalogue(folder / "en/LC_MESSAGES/django.po").keys() - {
        id_ for id_, string in said.items() if (string if isinstance(string, str) else all(string))
    }


def test_nothing_of_what_we_use_of_django_is_left_in_english():
    ours = {id_ for id_, string in catalogue(PO).items() if string}
    left = {room: missing(room) for room in ROOMS}
    assert {room: len(ids) for room, ids in left.items()} == {
        "conf": 14, "contrib/auth": 13, "contrib/contenttypes": 0, "contrib/sessions": 0,
    }  # fmt: skip
    said_better = {
        id_[0] if isinstance(id_, tuple) else id_ for _, id_ in ours - set().union(*left.values())
    }
    assert set().union(*left.values()) <= ours
    assert {one.split()[0] for one in said_better} == {"Ensure", "Null", "This"}


def spoken(mo: bytes) -> dict:
    """All that a compiled catalogue says, but for its head, which names the day."""
    catalogue = GNUTranslations(io.BytesIO(mo))._catalog
    return {id_: string for id_, string in catalogue.items() if id_}


def test_what_is_compiled_is_what_is_written():
    kept = spoken(PO.with_suffix(".mo").read_bytes())
    assert kept == spoken(compiled()), "run: python tools/django_ky.py"
    assert len(kept) == 30


def test_slots_are_those_of_the_english():
    for (_, said), string in catalogue(PO).items():
        english = said if isinstance(said, str) else said[-1]
        kyrgyz = string if isinstance(string, str) else string[0]
        assert kyrgyz.count("%") == english.count("%"), said


def test_django_says_them():
    with override("ky"):
        assert gettext("Enter a valid domain name.") == "Туура домен атын жазыңыз."
        with pytest.raises(ValidationError) as wrong:
            MinimumLengthValidator(10).validate("кыска")
        assert wrong.value.messages == ["Бул сырсөз өтө кыска. Анда кеминде 10 белги болушу керек."]
        with pytest.raises(ValidationError) as wrong:
            StepValueValidator(5)(7)
        assert wrong.value.messages == ["Бул маани 5 кадамына бөлүнүшү керек."]
        many = ngettext(
            "Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", 3
        )
        assert many % {"num": 3} == "3 формадан ашык жибербеңиз."
        # Django's own words are still there.
        assert gettext("Enter a number.") == "Сан киргизиңиз."
        # Some of them better.
        assert gettext("This field is required.") == "Бул жерди толтуруңуз."

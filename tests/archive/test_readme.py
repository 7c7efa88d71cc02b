"""The README of an export: nothing that lies in the folder goes without a word."""

from kerege.archive.readme import readme
from kerege.municipality.acts import ACTS
from kerege.words import LANGUAGES, shipped


def test_it_begins_in_three_languages():
    at = [readme().index(shipped("archive", "readme")["readme.intro"][one]) for one in LANGUAGES]
    assert at == sorted(at)


def test_every_act_is_listed_with_its_fields():
    lines = readme().splitlines()
    for name, act in ACTS.items():
        after = lines[lines.index(name) + 1 :]
        fields = [line.split()[0] for line in after[: len(act.told())]]
        assert fields == sorted(act.told())


def test_no_sign_of_the_source_is_left_in_it():
    assert "``" not in readme() and "::" not in readme()

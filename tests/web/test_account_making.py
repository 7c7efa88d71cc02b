"""Accounts as the operator makes them: one name for one person, and nothing half made."""

import pytest
from allauth.account.models import EmailAddress

from kerege.municipality.problem import Malformed
from kerege.web.account_making import free_name, password_for
from kerege.web.models import Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kept"),
    [("aisha", "aisha"), (" Айгүл ", "Айгүл"), ("и\u0306са", "йса"), ("on-archa.2", "on-archa.2")],
)
def test_a_name_is_kept_in_one_way(name, kept):
    assert free_name(name) == kept


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "bad_user_name"),
        (" ", "bad_user_name"),
        ("-x", "bad_user_name"),
        ("a b", "bad_user_name"),
        ("aisha@naryn.kg", "bad_user_name"),
        ("a\u202eb", "bad_user_name"),
        ("a" * 61, "bad_user_name"),
        ("аisha", "mixed_letters"),
        ("AISHA", "name_taken"),
    ],
)
def test_other_names_are_refused(name, problem):
    Account.objects.make("aisha", None)
    before = Account.objects.count()
    with pytest.raises(Malformed, match=problem):
        password_for(name, operator=False)
    assert Account.objects.count() == before


@pytest.mark.parametrize(
    ("email", "problem"),
    [
        ("nobody", "bad_email"),
        ("a@" + "b" * 260 + ".kg", "bad_email"),
        ("A@naryn.kg", "email_taken"),
    ],
)
def test_with_a_wrong_address_nothing_is_made_or_changed(email, problem):
    password_for("aisha", operator=False, email="a@naryn.kg")
    other = Account.objects.make("other", "uzun-syrsoz-42")
    before = Account.objects.count()
    for name in ("nurlan", "other"):
        with pytest.raises(Malformed, match=problem):
            password_for(name, operator=True, email=email)
    other.refresh_from_db()
    assert other.check_password("uzun-syrsoz-42") and not other.operator
    assert (Account.objects.count(), EmailAddress.objects.count()) == (before, 1)


def test_the_own_address_can_be_said_again():
    password_for("aisha", operator=False, email="a@naryn.kg")
    password_for("aisha", operator=False, email="A@naryn.kg")
    assert EmailAddress.objects.get().email == "a@naryn.kg"

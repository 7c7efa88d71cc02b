"""What tests share: the demonstration, told once for each worker, and people to act in it."""

import os
import sys
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client
from hypothesis import settings

# What programs say is held against English, whatever this computer is set to.
os.environ["LC_ALL"] = "C.UTF-8"
# Speed is measured by `make bench`, on a machine that is not shared by the tests.
settings.register_profile("kerege", deadline=None)
settings.load_profile("kerege")


@pytest.fixture(scope="session")
def _demonstration(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The demonstration, in the test database from the first test that asks for it on."""
    from kerege.web import demonstration

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        demonstration.make()
        yield
    connections.close_all()


@pytest.fixture(autouse=True)
def _no_page_is_kept() -> None:
    """What a test changes by hand, no page that was made before knows of."""
    if caching := sys.modules.get("kerege.web.caching"):
        caching.forget()


@pytest.fixture
def demo(_demonstration: None, db: None) -> None:
    """A test in the demonstration; what it writes is rolled back."""


@pytest.fixture
def person(client: Client):
    """``person("on-archa-recorder")`` signs the client in as someone of the demonstration."""
    from kerege.web.models import Account

    def sign_in(username: str) -> Client:
        client.force_login(Account.objects.get(username=username))
        return client

    return sign_in

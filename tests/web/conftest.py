"""What tests of the server share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.served import launched, serving


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(site_folder) -> Iterator[str]:
    """The address of the demonstration, served by a process of its own."""
    with serving(site_folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as one:
        yield one


@pytest.fixture
def page(site, browser) -> Iterator[Page]:
    """A cheap phone, and nothing runs in it."""
    context = browser.new_context(
        base_url=site, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def restored(db, tmp_path, settings):
    """``restored(*acts)`` does the acts, publishes, and goes back to before them."""
    # Not before Django is set up.
    from tests.web.restored import going_back

    yield from going_back(tmp_path, settings)


@pytest.fixture
def sink(settings):
    """A house whose gateways keep what they are given."""
    from tests.web import sink as gateway

    settings.GATEWAYS = {way: "sink://{to}" for way in ("email", "telegram", "sms")}
    gateway.SINK.__init__()
    return gateway.SINK


@pytest.fixture
def follows(sink):
    """``follows("a@b.kg", "naryn", "body:kenesh")``: a new follower with a confirmed address."""
    from tests.web.followers import followers

    return followers(sink)


@pytest.fixture
def raised(person):
    """``raised("Bridge")``: a resident's issue is entered in the register of Naryn."""
    from tests.web.followers import raising

    return raising(person)

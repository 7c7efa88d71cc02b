"""What tests of the server share."""

import pytest


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

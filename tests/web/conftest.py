"""What tests of the server share."""

import pytest


@pytest.fixture
def restored(db, tmp_path, settings):
    """``restored(*acts)`` does the acts, publishes, and goes back to before them."""
    # Not before Django is set up.
    from tests.web.restored import going_back

    yield from going_back(tmp_path, settings)

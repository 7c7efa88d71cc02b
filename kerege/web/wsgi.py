"""The WSGI application granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kerege.web.settings")
application = get_wsgi_application()


def settle() -> None:
    """What is loaded by now stays: looking for garbage in it would be a twentieth of each act, and
    would make a worker's own what it shares."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


settle()

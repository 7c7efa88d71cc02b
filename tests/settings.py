"""Settings of the tests: the house's own, in a data directory that goes away."""

import os
import tempfile

os.environ["KEREGE_DATA"] = os.environ.get("KEREGE_TEST_DATA") or tempfile.mkdtemp(prefix="kerege-")
os.environ["KEREGE_DEMONSTRATION"] = "1"

from kerege.web.settings import *  # noqa: F403

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
# Plain names: nothing is collected for a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]

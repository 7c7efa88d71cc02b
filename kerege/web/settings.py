"""Settings. Everything that varies comes from ``KEREGE_*`` variables; the data directory holds the
rest: database, secret key, added laws (``law/``). It is made on first use.

``KEREGE_DATA`` data directory · ``KEREGE_POSTGRES`` postgresql://user:password@host:port/name ·
``KEREGE_HOSTS``, ``KEREGE_ORIGINS`` names this site answers to · ``KEREGE_HTTPS=1`` behind TLS ·
``KEREGE_SECRET_KEY`` instead of the file · ``KEREGE_DEMONSTRATION=1`` set by ``kerege demo`` ·
``KEREGE_NAME`` first part of the names of logs founded here, such as kerege.naryn.kg ·
``KEREGE_HEADS`` another place for what was published last (``heads.py``) ·
``KEREGE_PASSPHRASE``, ``KEREGE_PASSPHRASE_FILE`` open the master key (``keys.py``) ·
``KEREGE_TRUSTED_PROXIES`` how many proxies stand in front, whose X-Forwarded-For is believed ·
``KEREGE_OIDC_URL``, ``KEREGE_OIDC_ID``, ``KEREGE_OIDC_SECRET``, ``KEREGE_OIDC_NAME`` the identity
service residents may sign in with ·
``KEREGE_NOTIFY_EMAIL``, ``KEREGE_NOTIFY_TELEGRAM``, ``KEREGE_NOTIFY_SMS`` gateways that notices are
sent by, addresses of apprise with ``{to}`` in them (``gateways.py``) ·
``KEREGE_MIRRORS`` folders or addresses, commas between and ``{slug}`` in each, that are asked at
the start for what was published last (``catching_up.py``).
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATA = Path(os.environ.get("KEREGE_DATA", ".data")).resolve()
DEBUG = False
# A log is known by its name in all the world; witnesses tell two houses apart by it.
NAME = os.environ.get("KEREGE_NAME", "kerege.local")
# By way of sending; none, and the house sends no notices.
GATEWAYS = {
    way: os.environ[f"KEREGE_NOTIFY_{way.upper()}"]
    for way in ("email", "telegram", "sms")
    if os.environ.get(f"KEREGE_NOTIFY_{way.upper()}")
}
MIRRORS = [place for place in os.environ.get("KEREGE_MIRRORS", "").split(",") if place]
# The demonstration offers its invented people as one-press accounts; a real place never does.
DEMONSTRATION = os.environ.get("KEREGE_DEMONSTRATION", "") == "1"


def _secret() -> str:
    given = os.environ.get("KEREGE_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret()
HTTPS = os.environ.get("KEREGE_HTTPS", "") == "1"
ALLOWED_HOSTS = os.environ.get("KEREGE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("KEREGE_ORIGINS", "").split(",") if o]

# The identity service residents may sign in with.
OIDC_URL = os.environ.get("KEREGE_OIDC_URL", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if OIDC_URL else []),
    # Its copy of htmx, for the forms of acts; nothing else of it is used.
    "django_htmx",
    "kerege.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kerege.web.headers.known_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kerege.web.caching.cached",
    "kerege.web.compressing.Compressing",
    "kerege.web.headers.security_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kerege.web.saying.one_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kerege.web.standing.OnDuty",
]
ROOT_URLCONF = "kerege.web.urls"
WSGI_APPLICATION = "kerege.web.wsgi.application"
# Pages are Jinja2; the fields of forms, which Django draws itself, stay in its own language.
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "environment": "kerege.web.jinja.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "kerege.web.layout.layout",
            ],
        },
    },
    {
        "NAME": "forms",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "form_templates"],
        "APP_DIRS": True,
    },
]


def _database() -> dict[str, object]:
    given = os.environ.get("KEREGE_POSTGRES", "")
    url = urlsplit(given)
    # Another house would be begun in SQLite, or on whatever server listens here.
    if given and (url.scheme not in ("postgres", "postgresql") or not url.path.strip("/")):
        raise ImproperlyConfigured(
            "KEREGE_POSTGRES is no address of a database: postgresql://user:password@host:port/name"
        )
    if given:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.strip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            # The same in a server or for a role that is told otherwise: what is acknowledged lies
            # on the disk, and a statement sees all that was committed before it.
            "OPTIONS": {
                "options": "-c synchronous_commit=on "
                "-c default_transaction_isolation=read\\ committed"
            },
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "kerege.sqlite3",
        "OPTIONS": {
            # A checkpoint that is signed and then lost would be a fork: durability comes first.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # What is deleted was personal: it is overwritten, not merely forgotten.
                "PRAGMA secure_delete=ON;"
            ),
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
        },
        "TEST": {"NAME": DATA / "test.sqlite3"},
    }


# One thread serves a worker's requests, so its connection is kept.
DATABASES = {"default": {**_database(), "CONN_MAX_AGE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["kerege.web.sessions.Accounts"]
SESSION_ENGINE = "kerege.web.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
# Wherever one may not act by a password alone; the people of the demonstration have none.
SECOND_FACTOR = not DEMONSTRATION
# Attempts are counted for all workers together, and outlive a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kerege_attempts",
        # Whoever fills it must not push out what holds them back.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEREGE_TRUSTED_PROXIES", "0"))
ACCOUNT_ADAPTER = "kerege.web.accounts.Entrance"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "handed_code": "10/m/ip,40/h/ip",
    "code_by_sms": "30/h/user,3/d/key",
    "service": "6/m/ip,40/h/ip",
    "sign_up": "20/m/ip,100/h/ip",
    "address_code": "6/h/user,20/h/ip,3/h/key",
    "typed": "10/m/ip,100/h/ip",
}
ACCOUNT_FORMS = {
    "login": "kerege.web.accounts_forms.SignIn",
    "reauthenticate": "kerege.web.accounts_forms.Again",
    "change_password": "kerege.web.accounts_forms.NewPassword",
}
MFA_ADAPTER = "kerege.web.accounts.Factors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kerege.web.accounts_forms.Second",
    "reauthenticate": "kerege.web.accounts_forms.SecondAgain",
    "activate_totp": "kerege.web.accounts_forms.NewApp",
    "add_webauthn": "kerege.web.accounts_forms.NewPasskey",
}
SOCIALACCOUNT_ADAPTER = "kerege.web.accounts.Elsewhere"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("KEREGE_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("KEREGE_OIDC_ID", ""),
                "secret": os.environ.get("KEREGE_OIDC_SECRET", ""),
                # Only who it is, under a name that says nothing: no address, no number.
                "settings": {
                    "server_url": OIDC_URL,
                    "scope": ["openid"],
                    "fetch_userinfo": False,
                },
            }
        ]
        if OIDC_URL
        else [],
    }
}

LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bishkek"

FORM_RENDERER = "kerege.web.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kerege.web.static_files.HashedOnce"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kerege.web.pages.unreadable.no_token"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# The server listens on this computer alone: whoever asks it is the proxy that ends TLS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_HANDLERS = ["kerege.web.documents.Limited"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # Whoever tries addresses that are not there, names of other sites or forms without a token
    # would fill the console.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

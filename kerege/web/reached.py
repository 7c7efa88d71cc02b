"""Where this house is reached: what feeds, slips and notices print before an address."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def configured() -> str:
    """The house as its operator says readers reach it, its first origin; empty where none is."""
    whole = (one for one in settings.CSRF_TRUSTED_ORIGINS if "*" not in one)
    return str(next(whole, "")).rstrip("/")


def site(request: HttpRequest) -> str:
    """The house with its scheme; where its operator does not say, as this request reached it. The
    same name written otherwise is the same. Raises DisallowedHost, whatever the operator says."""
    name, port = split_domain_port(request.get_host())
    return configured() or f"{request.scheme}://{name}{port and f':{port}'}"

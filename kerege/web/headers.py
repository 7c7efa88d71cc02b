"""Headers every answer carries: nothing inline, nothing from elsewhere, no framing; and what is
made for somebody signed in is kept by no cache. And the methods that are answered at all."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'{service}; base-uri 'none'; frame-ancestors 'none'"
)

METHODS = ("GET", "HEAD", "POST")


def known_methods(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: what is neither read nor sent as a form is answered 405 (RFC 9110, 15.5.6)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""
    at = urlsplit(settings.OIDC_URL)
    # The button of the identity service is a form, which that service answers.
    service = f" {at.scheme}://{at.netloc}" if at.netloc else ""
    policy = POLICY.format(service=service)

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "interest-cohort=()")
        # What comes with a cookie is one person's too; how long files last their views say.
        theirs = settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
        said = response.get("Cache-Control", "")
        page = response.get("Content-Type", "").startswith("text/html")
        if theirs and (page or not said) and "no-store" not in said:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer

"""By the identity service (OpenID Connect), where the house has one: there and back.

What allauth needs for it is loaded only then: it brings a tenth of a worker's memory with it. These
two addresses stand in no language; who goes there from a page comes back in the language of it.
"""

import logging
from collections.abc import Callable

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from kerege.web.saying import one_language
from kerege.web.standing import must_show

logger = logging.getLogger(__name__)

_BROKEN = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RecursionError, ImproperlyConfigured),
)
# In a session that is at the identity service: the language it left in.
LEFT_IN = "left_for_the_service_in"


@never_cache
def there(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To sign in; or to connect the identity to an account, which is asked once more who it is."""
    views = _views()
    # The service can keep a worker waiting: nobody asks it without end.
    if (limited := ratelimit.consume_or_429(request, action="service")) is not None:
        return limited
    asked = request.POST or request.GET
    said = translation.get_language_from_path(asked.get("next", "")) or settings.LANGUAGE_CODE
    if request.method == "POST":
        request.session[LEFT_IN] = said
    if "connect" in (request.POST.get("process"), request.GET.get("process")):
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("account"))
        must_show(request)
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    return _answered(request, said, lambda asked: views.login(asked, provider_id))


@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    views = _views()
    said = request.session.get(LEFT_IN, settings.LANGUAGE_CODE)
    return _answered(request, said, lambda asked: views.callback(asked, provider_id))


def _answered(
    request: HttpRequest, said: str, view: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """A page of allauth's in a language; where the service is silent or talks nonsense, that."""
    with translation.override(said):
        try:
            return one_language(view)(request)
        # What it answers is not ours: no connection, no JSON, nothing of what was asked for.
        except _BROKEN as broken:
            logger.warning("identity service: %s", type(broken).__name__)
            page = "socialaccount/authentication_error.html"
            return one_language(lambda asked: render(asked, page, status=502))(request)


def _views():
    if not settings.OIDC_URL:
        raise Http404("no identity service")
    from allauth.socialaccount.providers.openid_connect import views

    return views

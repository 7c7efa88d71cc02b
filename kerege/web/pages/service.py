"""By the identity service (OpenID Connect), where the house has one: there and back.

What allauth needs for it is loaded only then: it brings a tenth of a worker's memory with it.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def there(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _views().login(request, provider_id)


@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _views().callback(request, provider_id)


def _views():
    if not settings.OIDC_URL:
        raise Http404("no identity service")
    from allauth.socialaccount.providers.openid_connect import views

    return views

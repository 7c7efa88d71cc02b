"""What every page shows around its content: languages, menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kerege.web.saying import language, w


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    here = language()
    path = request.get_full_path()
    bare = path[3:] if path[:4] in ("/ru/", "/en/") else path
    user = request.user
    nav = [
        {"name": w("layout.nav_country"), "url": reverse("country")},
        {"name": w("layout.nav_law"), "url": reverse("law")},
    ]
    if user.is_authenticated:
        nav.append({"name": w("layout.nav_desk"), "url": reverse("desk")})
        nav.append({"name": w("layout.nav_sign_out"), "url": reverse("sign-out"), "post": True})
    else:
        nav.append({"name": w("layout.nav_sign_in"), "url": reverse("sign-in")})
    for item in nav:
        item["current"] = item["url"] == request.path
    return {
        "language": here,
        "languages": [
            {
                "code": code,
                "name": name,
                "url": bare if code == "ky" else f"/{code}{bare}",
                "current": code == here,
            }
            for code, name in settings.LANGUAGES
        ],
        "nav": nav,
    }

"""Pages are compressed on their way: with brotli for those who take it, else with gzip."""

import re

import brotli
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# As small as gzip makes them, in half of the time.
QUALITY = 2
# What is shorter gains nothing.
LEAST = 200


# «br;q=0» says that brotli is not taken.
_NOT = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*", re.IGNORECASE)


def taken(request: HttpRequest) -> str:
    """What an answer is packed with: "br", "gzip" or nothing."""
    parts = (one.partition(";") for one in request.headers.get("Accept-Encoding", "").split(","))
    said = {name.strip().lower() for name, _, rest in parts if not _NOT.fullmatch(rest)}
    return next((one for one in ("br", "gzip") if one in said), "")


class Compressing(GZipMiddleware):
    """CSRF tokens are masked anew in every answer, so compressing them tells nothing (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        packed = taken(request)
        if packed == "gzip":
            return super().process_response(request, response)
        if response.streaming or response.has_header("Content-Encoding"):
            return response
        if len(response.content) < LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not packed:
            return response
        response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=QUALITY)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        return response

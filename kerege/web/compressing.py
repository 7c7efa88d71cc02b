"""Pages are compressed on their way: with brotli for those who take it, else with gzip."""

import brotli
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# As small as gzip makes them, in half of the time.
QUALITY = 2
# What is shorter gains nothing.
LEAST = 200


class Compressing(GZipMiddleware):
    """CSRF tokens are masked anew in every answer, so compressing them tells nothing (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        taken = request.headers.get("Accept-Encoding", "")
        if "br" not in taken or response.streaming or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        if len(response.content) < LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=QUALITY)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        return response

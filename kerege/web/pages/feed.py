"""Feed and calendar of a place: for programs, in the language of the address, for anyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kerege.constitution import packs
from kerege.web import calendars, feeds
from kerege.web.caching import public
from kerege.web.places import place
from kerege.web.reached import site
from kerege.web.reading import reads


@require_safe
@public
@reads("body", "topic")
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest entries; ``?body=kenesh``, ``?topic=S3``. Raises Http404 for what there is not."""
    here = place(slug)
    body, topic = request.GET.get("body", ""), request.GET.get("topic", "")
    if body not in ("", *feeds.BODIES) or (topic and topic not in packs.load().vocabulary.topics):
        raise Http404(f"{slug} {body} {topic}")
    own = site(request) + request.get_full_path()
    made = feeds.feed(here, body, topic, site(request), own)
    return HttpResponse(made, content_type="application/atom+xml; charset=utf-8")


@require_safe
@public
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    made = calendars.calendar(here, site(request))
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")

"""``{% w "place.decided" %}``: words of a page in the reader's language."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from kerege.web.saying import w as say

register = template.Library()


@register.simple_tag(name="w")
def w(key: str, **slots: object) -> SafeString:
    return conditional_escape(say(key, **slots))

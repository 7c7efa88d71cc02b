"""``{% w "place.decided" %}``: words of a page in the reader's language."""

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from kerege.web.saying import w as say

register = template.Library()


# What a phone shows of a choice.
_SHOWN = 30


@register.filter
def cut(field: BoundField) -> list[str]:
    """The choices of a select in full, where a phone would cut one of them."""
    said = [str(text) for value, text in field.field.widget.choices if value != ""]
    return said if any(len(text) > _SHOWN for text in said) else []


@register.simple_tag(name="w")
def w(key: str, **slots: object) -> SafeString:
    return conditional_escape(say(key, **slots))

"""What the pages of the help centre need: `{% load help %}`."""

from typing import Any

import orjson
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """`data` as JSON that can stand in a page: nothing in it ends the element it stands in."""
    text = orjson.dumps(data).decode()
    for sign, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, written)
    return mark_safe(text)

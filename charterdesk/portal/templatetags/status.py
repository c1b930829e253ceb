"""What the head of a page says of the service: `{% load status %}{% status_banner %}`."""

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe

from charterdesk.portal.status import banner

register = template.Library()


@register.simple_tag(takes_context=True)
def status_banner(context: RequestContext) -> SafeString:
    """What is on now; nothing when all is well. One statement."""
    return mark_safe(banner(context["request"]))  # from a template, which escapes

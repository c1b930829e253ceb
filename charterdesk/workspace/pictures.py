"""Remote pictures in mails: left alone until an agent asks for them, then fetched by the desk, never by the browser."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.channels.actions import show_pictures_from
from charterdesk.channels.pictures import NoPicture, fetch_picture
from charterdesk.tickets.models import Message
from charterdesk.workspace.controls import me
from charterdesk.workspace.remote import ONCE, remote_addresses, showing_pictures, shown_once, with_verdicts
from charterdesk.workspace.staff import StaffRequest, staff_path
from charterdesk.workspace.tickets import changed

REMEMBERED = 200
DAY = 24 * 3600
log = logging.getLogger(__name__)


def _message(request: StaffRequest, pk: int) -> Message:
    """The message, if the viewer may see it. One statement."""
    found = Message.objects.visible_to(request.viewer).select_related("ticket__team", "ticket__contact")
    return get_object_or_404(found, pk=pk, redacted_at=None)


@require_POST
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """POST messages/<id>/pictures: show those of this message; with `always`, those of its sender from now on."""
    message = _message(request, pk)
    text = ""
    if "always" in request.POST and message.author_address:
        show_pictures_from(message.author_address, agent=me(request))
        text = _("Pictures of {address} are shown from now on.").format(address=message.author_address)
    request.session[ONCE] = [*shown_once(request), pk][-REMEMBERED:]
    return changed(request, message.ticket, text)


def picture(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """GET messages/<id>/pictures/<n>: the nth remote picture of a message, fetched by the desk.

    Only those the message itself names, and only for who asked for them; a 404 for what is no picture.
    """
    message = with_verdicts(_message(request, pk))
    require(pk in showing_pictures([message], request.viewer, shown_once(request)))
    addresses = remote_addresses(message.body_html)
    if number >= len(addresses):
        raise Http404
    try:
        found = fetch_picture(addresses[number])
    except NoPicture as error:
        log.info("a picture of message %s was not fetched: %s", pk, error)
        raise Http404 from None
    response = HttpResponse(found.data, content_type=found.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={DAY}"
    return response


urls = [
    staff_path("messages/<int:pk>/pictures", show, name="pictures"),
    staff_path("messages/<int:pk>/pictures/<int:number>", picture, name="picture"),
]

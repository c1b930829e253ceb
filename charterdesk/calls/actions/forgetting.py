"""What goes of calls when they are old enough."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from charterdesk.calls.models import Call, CallBack
from charterdesk.tickets.models import Ticket


@transaction.atomic
def forget_callers(ids: Sequence[int]) -> None:
    """Take out of these calls who it was: number, customer, ticket and where a recording lies. Times and how they ended
    stay, for the figures. Two statements.
    """
    over = Q(done_at__isnull=False) | Q(ticket__status=Ticket.CLOSED)
    CallBack.objects.filter(over, calls__in=ids).update(number="")
    Call.objects.filter(pk__in=ids).update(number="", contact=None, ticket=None, call_back=None, recording="")


@transaction.atomic
def delete_calls(ids: Sequence[int]) -> None:
    """Take these calls out. What the public figures counted of them stays counted. Three statements."""
    forget_callers(ids)
    Call.objects.filter(pk__in=ids).delete()

"""A macro taken up in the composer: what it does on sending, each part to be left out, sealed to come back as shown."""

from collections.abc import Collection
from dataclasses import replace

from django.core import signing
from django.template.loader import render_to_string

from charterdesk.tickets.models import Macro, Ticket
from charterdesk.tickets.policies import may_perform
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.workspace.macro_words import words_of_steps
from charterdesk.workspace.staff import StaffRequest

SALT = "workspace.taken_up"


def sealed(taken_up: TakenUp) -> str:
    """What a form carries: only what the desk itself wrote comes back."""
    return signing.dumps(taken_up.as_value(), salt=SALT, compress=True)


def unsealed(seal: str, *, kept: Collection[int]) -> TakenUp | None:
    """What a form carried, all left out but the steps at the places `kept`; None of an empty one.

    Raises `signing.BadSignature`.
    """
    found = TakenUp.from_value(signing.loads(seal, salt=SALT)) if seal else None
    return found and replace(found, left_out=frozenset(range(len(found.steps))).difference(kept))


def chips(request: StaffRequest, taken_up: TakenUp, ticket: Ticket, *, is_draft: bool = False) -> str:
    """HTML that shows it in the composer, and carries it. Statements as for `words_of_steps`.

    Of one from a draft it is said where the macro does something else by now: a statement more.
    """
    rows = [
        (number, words, number not in taken_up.left_out, may_perform(request.viewer, ticket, str(step["operation"])))
        for number, (step, words) in enumerate(zip(taken_up.steps, words_of_steps(taken_up.steps), strict=True))
    ]
    context = {
        "taken_up": taken_up,
        "seal": sealed(taken_up),
        "rows": rows,
        "other": is_draft and is_another_by_now(taken_up),
    }
    return render_to_string("workspace/macros/chips.html", context, request)


def is_another_by_now(taken_up: TakenUp) -> bool:
    """Whether the macro does something else than when it was taken up, or is out of use. One statement."""
    now = Macro.objects.filter(pk=taken_up.macro_id, is_active=True).values_list("steps", flat=True).first()
    return now != list(taken_up.steps)

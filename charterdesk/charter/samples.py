"""Samples by trade: a charter to begin with, in English, to be changed to what the desk can keep."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.charter.content import (
    ACKNOWLEDGED,
    ANSWERED,
    APOLOGY,
    COUNT,
    CREDIT,
    DAY,
    ESCALATION,
    REOPENED,
    ROUNDS,
    SOLVED,
    WRITTEN,
    Charter,
    Measure,
    Objective,
    Person,
    Remedy,
    Right,
)
from charterdesk.tickets.models import Ticket

MINUTE_S, HOUR_S = 60, 3600
WAITING = [Ticket.PENDING]


def _time(code: str, title: str, promise: str, within_s: int, stop: str, **more: Any) -> Objective:
    return Objective(code=code, title={"en": title}, promise={"en": promise}, within_s=within_s, stop=stop, **more)


def _count(code: str, title: str, promise: str, counted: str, limit: int, **more: Any) -> Objective:
    return Objective(
        code=code, title={"en": title}, promise={"en": promise}, measure=COUNT, counted=counted, limit=limit, **more
    )


ACKNOWLEDGED_AT_ONCE = _time(
    "acknowledged",
    "At once acknowledged",
    "You hear within five minutes that your request has come, day and night.",
    5 * MINUTE_S,
    ACKNOWLEDGED,
    always=True,
    target=99.5,
)
SORRY = Remedy(code="apology", title={"en": "An apology that says why"}, kind=APOLOGY)
LEAD = Remedy(code="lead", title={"en": "A lead looks after it"}, kind=ESCALATION)
ANSWER_RIGHT = Right(
    code="answer",
    title={"en": "An answer from a person"},
    text={"en": "Whatever you ask, a person answers. No request is closed without an answer."},
)
REVIEW = Measure(
    code="review",
    title={"en": "Weekly review"},
    text={"en": "Every broken promise is looked at, and what caused it is changed."},
    rhythm={"en": "every Monday"},
    performer={"en": "the team leads"},
    proof={"en": "a note on each request"},
)
COMPLAINTS = Person(code="complaints", name="Name of your complaints officer", role={"en": "Complaints"})
ABOVE = Person(code="above", name="Name of who is above", role={"en": "Management"}, level=2)


def _utility() -> Charter:
    return Charter(
        title={"en": "Our customer charter"},
        intro={"en": "What you may expect of us, by when, and what happens when we fail."},
        objectives=[
            ACKNOWLEDGED_AT_ONCE,
            _time(
                "answer",
                "Answered the same day",
                "A person answers you within four working hours.",
                4 * HOUR_S,
                ANSWERED,
            ),
            _time(
                "emergency",
                "Emergencies solved by day and night",
                "An emergency is solved within twelve hours.",
                12 * HOUR_S,
                SOLVED,
                always=True,
                priorities=[Ticket.URGENT],
            ),
            _count(
                "right",
                "Right first time",
                "Nine of ten requests are settled without your asking again.",
                REOPENED,
                0,
                target=90.0,
            ),
        ],
        remedies=[
            SORRY,
            Remedy(
                code="credit",
                title={"en": "Credit on your bill"},
                kind=CREDIT,
                objectives=["emergency"],
                basis=DAY,
                amount="20",
                cap="100",
                approve_above="20",
                two_above="60",
            ),
        ],
        rights=[ANSWER_RIGHT],
        measures=[REVIEW],
        contacts=[COMPLAINTS, ABOVE],
    )


def _shop() -> Charter:
    return Charter(
        title={"en": "What you can count on"},
        intro={"en": "Shopping with us comes with promises. Here they are, with how well we keep them."},
        objectives=[
            ACKNOWLEDGED_AT_ONCE,
            _time(
                "answer",
                "Quick answers",
                "A person answers within two working hours, each time you write.",
                2 * HOUR_S,
                ANSWERED,
                start=WRITTEN,
            ),
            _time(
                "solved",
                "Settled in three days",
                "Returns and complaints are settled within three working days.",
                27 * HOUR_S,
                SOLVED,
                pauses=WAITING,
            ),
            _count(
                "rounds",
                "Without going back and forth",
                "You need to write three times at most.",
                ROUNDS,
                3,
                target=90.0,
            ),
        ],
        remedies=[
            SORRY,
            Remedy(
                code="voucher",
                title={"en": "Credit for your next order"},
                kind=CREDIT,
                amount="5",
                cap_year="50",
                approve_above="5",
            ),
        ],
        rights=[
            ANSWER_RIGHT,
            Right(
                code="return",
                title={"en": "Your right of return"},
                text={"en": "Send back what you do not like within 30 days."},
            ),
        ],
        measures=[REVIEW],
        contacts=[COMPLAINTS, ABOVE],
    )


def _office() -> Charter:
    return Charter(
        title={"en": "Citizens' charter"},
        intro={"en": "How we work for you, and how you can hold us to it."},
        objectives=[
            ACKNOWLEDGED_AT_ONCE,
            _time(
                "answer", "Answered in two days", "You have an answer within two working days.", 18 * HOUR_S, ANSWERED
            ),
            _time(
                "decided",
                "Decided in ten days",
                "Your matter is decided within ten working days once it is complete.",
                90 * HOUR_S,
                SOLVED,
                pauses=WAITING,
            ),
            _count("handed", "One desk for you", "You are handed on once at most.", "moves", 1),
        ],
        remedies=[SORRY, LEAD],
        rights=[
            ANSWER_RIGHT,
            Right(
                code="reasons",
                title={"en": "Reasons"},
                text={"en": "Every decision comes with its reasons, and with what you can do against it."},
            ),
            Right(code="file", title={"en": "Your file"}, text={"en": "You may read what we keep of you."}),
        ],
        measures=[REVIEW],
        contacts=[COMPLAINTS, ABOVE],
    )


def _software() -> Charter:
    return Charter(
        title={"en": "Our support promise"},
        intro={"en": "How quickly we help, measured in public."},
        objectives=[
            ACKNOWLEDGED_AT_ONCE,
            _time(
                "urgent",
                "Outages answered within the hour",
                "When nothing works, an engineer answers within an hour, day and night.",
                HOUR_S,
                ANSWERED,
                always=True,
                priorities=[Ticket.URGENT],
                target=99.0,
            ),
            _time(
                "answer",
                "Every question answered in four hours",
                "An engineer answers within four working hours.",
                4 * HOUR_S,
                ANSWERED,
            ),
            _time(
                "solved",
                "Incidents solved in three days",
                "Incidents are solved within three working days.",
                27 * HOUR_S,
                SOLVED,
                types=["incident"],
                pauses=WAITING,
                target=90.0,
            ),
            _count("right", "Right first time", "What we call solved stays solved.", REOPENED, 0, target=92.0),
        ],
        remedies=[
            LEAD,
            Remedy(
                code="credit",
                title={"en": "Service credit"},
                kind=CREDIT,
                objectives=["urgent"],
                amount="50",
                cap_year="500",
                approve_above="50",
                two_above="200",
            ),
        ],
        rights=[ANSWER_RIGHT],
        measures=[REVIEW],
        contacts=[COMPLAINTS, ABOVE],
    )


_MAKERS: dict[str, Callable[[], Charter]] = {
    "utility": _utility,
    "shop": _shop,
    "office": _office,
    "software": _software,
}
SAMPLES = {
    "utility": _("Water, energy, transport"),
    "shop": _("Online shop"),
    "office": _("Public office"),
    "software": _("Software"),
}


def sample(name: str) -> Charter:
    """The sample for a trade. Raises `KeyError` for one there is not."""
    return _MAKERS[name]()

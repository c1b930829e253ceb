"""Machines that answer each other stop within the bound that is said, and are reported. (A rule that undoes another:
`tickets/tests/test_ruling.py`.)"""

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.events.models import RuleRun, RuleVersion
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_guards import MOST_OUT, TOO_MANY, held_lately
from charterdesk.tickets.models import Ticket

Arrive = Callable[..., RawMail]


@pytest.fixture
def thanks(db: None) -> RuleVersion:
    """A rule that answers whatever comes."""
    deed = {"operation": "tickets.write", "args": {"subject": "Got it", "text": "Thank you, {{ customer }}."}}
    body = {"when": ["message.received"], "if": {}, "then": [deed]}
    version = save_draft(name="Say thanks", body=body, by="agent:1")
    activate(version, by="agent:1")
    return version


def answer_to(outgoing: Outgoing, number: int, **headers: str) -> tuple[bytes, str]:
    """What a machine that got `outgoing` sends back, and where to."""
    mail = message_from_bytes(bytes(outgoing.raw), policy=policy.default)
    to = str(mail["Reply-To"] or mail["From"])
    answer = make_mail(
        f"We have your message, number {number}.",
        sender="Other desk <desk@other.example>",
        to=to,
        subject=f"Re: {mail['Subject']}",
        message_id=f"<{number}@other.example>",
        In_Reply_To=str(mail["Message-ID"]),
        **headers,
    )
    return answer, to


def test_two_desks_that_answer_each_other_stop_and_the_rule_says_so(arrive: Arrive, thanks: RuleVersion) -> None:
    """The other desk hides that it is one: its mails look as if a person wrote them."""
    arrive(make_mail(sender="Other desk <desk@other.example>", message_id="<0@other.example>"))
    answered = 0
    while answered < 60 and (left := Outgoing.objects.filter(state=Outgoing.QUEUED).order_by("pk")[answered:]):
        mail, to = answer_to(left[0], answered + 1)
        answered += 1
        arrive(mail, recipients=[to])

    assert Ticket.objects.count() == 1
    assert answered == MOST_OUT + 1  # what the rule may write in an hour, and the acknowledgement
    assert RuleRun.objects.filter(version=thanks, held=TOO_MANY).count() == 2
    assert held_lately()[thanks.rule_id] == 2  # what the list of rules shows


def test_an_out_of_office_note_on_an_acknowledgement_is_kept_and_not_answered(
    arrive: Arrive, thanks: RuleVersion
) -> None:
    arrive(make_mail(sender="Mia <desk@other.example>"))
    ticket, before = Ticket.objects.get(), Outgoing.objects.count()
    for number, outgoing in enumerate(Outgoing.objects.order_by("pk"), start=1):
        mail, to = answer_to(outgoing, number, Auto_Submitted="auto-replied")
        arrive(mail, recipients=[to])

    assert (before, Outgoing.objects.count()) == (2, 2)  # the acknowledgement and the rule's thanks, nothing since
    assert set(ticket.messages.filter(direction="in").values_list("is_automatic", flat=True)) == {False, True}

"""What came of handing a text to its provider."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from charterdesk.channels.models import SmsOut
from charterdesk.channels.sms.actions import note_sms_deferred, note_sms_in_doubt, note_sms_refused, note_sms_sent


@dataclass(frozen=True)
class Outcome:
    """Taken, with what the provider calls each part; or refused for good, for now (`wait`), or in doubt: its words."""

    provider_ids: Sequence[str] = field(default=())
    refused: str = ""
    deferred: str = ""
    in_doubt: str = ""
    wait: timedelta = timedelta(0)


def note_outcome(out: SmsOut, outcome: Outcome) -> timedelta | None:
    """Write down what came of `out`; return how long to wait where it is to be tried again. In one transaction."""
    if outcome.in_doubt:
        note_sms_in_doubt(out, note=outcome.in_doubt)
    elif outcome.refused:
        note_sms_refused(out, note=outcome.refused)
    elif outcome.deferred:
        return note_sms_deferred(out, note=outcome.deferred, wait=outcome.wait)
    else:
        note_sms_sent(out, provider_ids=outcome.provider_ids)
    return None

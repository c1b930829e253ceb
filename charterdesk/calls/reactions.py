"""What calls do when something happens to them."""

from charterdesk.calls.actions import ask_call_back, enter_talk
from charterdesk.calls.events import CallEnded, CallFiled, CallMissed
from charterdesk.events.reactions import react


@react(CallMissed)
def call_back(event: CallMissed) -> None:
    """Nobody who called is forgotten."""
    ask_call_back(event.call_id)


@react(CallEnded, CallFiled)
def enter(event: CallEnded | CallFiled) -> None:
    """What was talked about stands on its ticket."""
    enter_talk(event.call_id)

"""What calls do when something happens to them."""

from charterdesk.calls.actions import ask_call_back, enter_talk, hush_team, tell_team
from charterdesk.calls.events import CallAnswered, CallEnded, CallEvent, CallFiled, CallMissed, CallRang
from charterdesk.events.reactions import react


@react(CallRang)
def tell(event: CallRang) -> None:
    """Whoever chose to hear that somebody calls hears it."""
    tell_team(event.call_id, code=event.code)


@react(CallAnswered)
def hush(event: CallAnswered) -> None:
    """It rings no more."""
    hush_team(event.call_id)


@react(CallMissed)
def call_back(event: CallMissed) -> None:
    """Nobody who called is forgotten."""
    hush_team(event.call_id)
    tell_team(event.call_id, code=event.code)
    ask_call_back(event.call_id)


@react(CallEnded, CallFiled)
def enter(event: CallEvent) -> None:
    """What was talked about stands on its ticket."""
    enter_talk(event.call_id)

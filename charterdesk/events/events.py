"""What the event engine itself makes known: trouble that operators should hear of, and changes of rules."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryParked(Event):
    """A handler failed too often, or a chain of causes was too long; an operator has to look."""

    event_id: int
    handler: str
    reason: str  # "failed" or "chain_too_long"


@dataclass(frozen=True, kw_only=True)
class TimerParked(Event):
    """A timer's operation failed too often; an operator has to look."""

    timer_id: int
    operation: str


@dataclass(frozen=True, kw_only=True)
class RuleActivated(Event):
    """A version of a rule is in force."""

    rule_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class RuleDeactivated(Event):
    """No version of the rule is in force."""

    rule_id: int

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
class FailureRetried(Event):
    """An operator had something that failed tried again; `kind` is delivery, timer or job."""

    kind: str
    number: int


@dataclass(frozen=True, kw_only=True)
class FailureDropped(Event):
    """An operator gave up something that failed; why is kept beside."""

    kind: str
    number: int


@dataclass(frozen=True, kw_only=True)
class RuleActivated(Event):
    """A version of a rule is in force."""

    rule_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class RuleDeactivated(Event):
    """No version of the rule is in force."""

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class RuleDrafted(Event):
    """What a rule shall say was kept as a new version, which is not in force yet."""

    rule_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class RulePlaced(Event):
    """A rule acts earlier or later among the others."""

    rule_id: int
    position: int


@dataclass(frozen=True, kw_only=True)
class RuleRemoved(Event):
    """A rule is out of force for good."""

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class RuleTimeCame(Event):
    """The time of a rule has come that is about the desk as a whole and no ticket."""

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class RuleParked(Event):
    """A rule was switched off by the desk; `reason` is "failing" or "looping"."""

    rule_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class WebhookCreated(Event):
    """Another system hears of events from now on."""

    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(Event):
    """Some settings of a webhook were changed; `fields` names them."""

    webhook_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class WebhookKeyChanged(Event):
    """Messages of a webhook are signed with a new key."""

    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(Event):
    """A webhook is gone."""

    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookTested(Event):
    """Somebody tried a webhook out."""

    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookReplayed(Event):
    """Somebody had a webhook hear again of one event, or (None) of all that were given up."""

    webhook_id: int
    event_id: int | None


@dataclass(frozen=True, kw_only=True)
class WebhookStopped(Event):
    """A webhook did not answer for days, or said that it is gone: nothing is sent to it any more."""

    webhook_id: int
    reason: str  # "failing" or "gone"

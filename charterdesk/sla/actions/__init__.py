"""Every write to promises: clocks as events say, answers on the line, policies and hours of channels by form,
and who is told."""

from charterdesk.sla.actions.answering import await_answer, forgo_answer, give_answer
from charterdesk.sla.actions.clocks import (
    follow_tickets,
    look_at_clocks,
    look_at_many,
    promise_tickets,
    reconsider_tickets,
)
from charterdesk.sla.actions.contracts import reconsider_contract
from charterdesk.sla.actions.hours import set_channel_hours
from charterdesk.sla.actions.policies import change_policy, create_policy, retire_policy
from charterdesk.sla.actions.telling import alert_staff

__all__ = [
    "alert_staff",
    "await_answer",
    "change_policy",
    "create_policy",
    "follow_tickets",
    "forgo_answer",
    "give_answer",
    "look_at_clocks",
    "look_at_many",
    "promise_tickets",
    "reconsider_contract",
    "reconsider_tickets",
    "retire_policy",
    "set_channel_hours",
]

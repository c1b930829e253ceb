"""Every write to calls: as they are reported, whom they are with, whom we call back, and how it is set up."""

from charterdesk.calls.actions.calling_back import ask_call_back
from charterdesk.calls.actions.filing import enter_talk, file_call, name_caller
from charterdesk.calls.actions.forgetting import delete_calls, forget_callers
from charterdesk.calls.actions.reporting import Report, give_up_call, take_report
from charterdesk.calls.actions.setting_up import (
    new_secret,
    note_report,
    remove_line,
    remove_system,
    save_line,
    save_system,
    set_extensions,
)
from charterdesk.calls.actions.telling import hush_team, tell_team

__all__ = [
    "Report",
    "ask_call_back",
    "delete_calls",
    "enter_talk",
    "file_call",
    "forget_callers",
    "give_up_call",
    "hush_team",
    "name_caller",
    "new_secret",
    "note_report",
    "remove_line",
    "remove_system",
    "save_line",
    "save_system",
    "set_extensions",
    "take_report",
    "tell_team",
]

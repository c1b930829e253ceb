"""Every write to tickets: lock, check, save, publish, in one transaction.

Actions trust their caller on permission (rules and timers call them too) and keep every invariant themselves.
"""

from charterdesk.tickets.actions.assignment import (
    assign_ticket,
    move_ticket,
    release_ticket,
    release_tickets_left,
    release_tickets_of,
)
from charterdesk.tickets.actions.checklists import add_item, add_items, change_item, remove_item, tick_item
from charterdesk.tickets.actions.collisions import Overtaken
from charterdesk.tickets.actions.consenting import give_consent, keep_paper_consent
from charterdesk.tickets.actions.details import (
    change_requester,
    classify_ticket,
    follow_ticket,
    link_tickets,
    prioritise_ticket,
    rename_ticket,
    set_copies,
    set_due,
    tag_ticket,
    unfollow_ticket,
    unlink_tickets,
)
from charterdesk.tickets.actions.drafts import discard_draft, save_draft, was_sent
from charterdesk.tickets.actions.erasure import forget_files, forget_in_tickets
from charterdesk.tickets.actions.families import open_parts, solve_family
from charterdesk.tickets.actions.files import IncomingFile, attach_to_draft, remove_attachment
from charterdesk.tickets.actions.grading import (
    drop_grade_terms,
    grade_ticket,
    set_grade_terms,
)
from charterdesk.tickets.actions.intake import Incoming, open_ticket, receive_message
from charterdesk.tickets.actions.lifecycle import (
    close_ticket,
    pause_ticket,
    reopen_ticket,
    resume_ticket,
    solve_ticket,
    undo_closing,
)
from charterdesk.tickets.actions.macros import apply_macro, remove_macro, save_macro, take_steps
from charterdesk.tickets.actions.merging import merge_ticket, split_ticket, undo_merge
from charterdesk.tickets.actions.redaction import redact_attachment, redact_message
from charterdesk.tickets.actions.refusing import refuse_barred, refuse_request
from charterdesk.tickets.actions.resending import resend_message
from charterdesk.tickets.actions.ruled import (
    answer_with_macro,
    ask_by_mail,
    come_due,
    escalate_ticket,
    tell_colleagues,
    write_to_customer,
)
from charterdesk.tickets.actions.sending import (
    add_note,
    call_back_message,
    forward_ticket,
    mark_in_doubt,
    mark_sent,
    mark_undelivered,
    record_sent,
    release_message,
    send_message,
)
from charterdesk.tickets.actions.snoozing import snooze_ticket, wake_ticket
from charterdesk.tickets.actions.talking import record_talk
from charterdesk.tickets.actions.texting import keep_unsent, mark_delivered, send_sms
from charterdesk.tickets.actions.texts import send_template

__all__ = [
    "Incoming",
    "IncomingFile",
    "Overtaken",
    "add_item",
    "add_items",
    "add_note",
    "answer_with_macro",
    "apply_macro",
    "ask_by_mail",
    "assign_ticket",
    "attach_to_draft",
    "call_back_message",
    "change_item",
    "change_requester",
    "classify_ticket",
    "close_ticket",
    "come_due",
    "discard_draft",
    "drop_grade_terms",
    "escalate_ticket",
    "follow_ticket",
    "forget_files",
    "forget_in_tickets",
    "forward_ticket",
    "give_consent",
    "grade_ticket",
    "keep_paper_consent",
    "keep_unsent",
    "link_tickets",
    "mark_delivered",
    "mark_in_doubt",
    "mark_sent",
    "mark_undelivered",
    "merge_ticket",
    "move_ticket",
    "open_parts",
    "open_ticket",
    "pause_ticket",
    "prioritise_ticket",
    "receive_message",
    "record_sent",
    "record_talk",
    "redact_attachment",
    "redact_message",
    "refuse_barred",
    "refuse_request",
    "release_message",
    "release_ticket",
    "release_tickets_left",
    "release_tickets_of",
    "remove_attachment",
    "remove_item",
    "remove_macro",
    "rename_ticket",
    "reopen_ticket",
    "resend_message",
    "resume_ticket",
    "save_draft",
    "save_macro",
    "send_message",
    "send_sms",
    "send_template",
    "set_copies",
    "set_due",
    "set_grade_terms",
    "snooze_ticket",
    "solve_family",
    "solve_ticket",
    "split_ticket",
    "tag_ticket",
    "take_steps",
    "tell_colleagues",
    "tick_item",
    "undo_closing",
    "undo_merge",
    "unfollow_ticket",
    "unlink_tickets",
    "wake_ticket",
    "was_sent",
    "write_to_customer",
]

"""Every write to people."""

from charterdesk.people.actions.agents import (
    activate_agent,
    add_agent,
    change_agent,
    deactivate_agent,
    set_agent_state,
    set_pane,
)
from charterdesk.people.actions.contacts import (
    change_contact,
    erase_contact,
    identify_contact,
    merge_contacts,
    normal_address,
    open_login,
    organisation_of,
)
from charterdesk.people.actions.notices import leave_notices, notify, read_notices
from charterdesk.people.actions.roles import add_role, change_role, remove_role, set_member_role
from charterdesk.people.actions.teams import (
    add_member,
    add_team,
    change_team,
    remove_member,
)
from charterdesk.people.actions.writers import Writer, identify_contacts

__all__ = [
    "Writer",
    "activate_agent",
    "add_agent",
    "add_member",
    "add_role",
    "add_team",
    "change_agent",
    "change_contact",
    "change_role",
    "change_team",
    "deactivate_agent",
    "erase_contact",
    "identify_contact",
    "identify_contacts",
    "leave_notices",
    "merge_contacts",
    "normal_address",
    "notify",
    "open_login",
    "organisation_of",
    "read_notices",
    "remove_member",
    "remove_role",
    "set_agent_state",
    "set_member_role",
    "set_pane",
]

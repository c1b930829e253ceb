"""Every write to people."""

from charterdesk.people.actions.agents import (
    activate_agent,
    add_agent,
    change_agent,
    deactivate_agent,
    revoke_invitation,
    set_agent_state,
    set_pane,
)
from charterdesk.people.actions.contacts import (
    add_contact,
    add_identity,
    change_contact,
    erase_contact,
    identify_caller,
    identify_contact,
    normal_address,
    normal_number,
    open_login,
    organisation_of,
    remove_identity,
)
from charterdesk.people.actions.invitations import accept_invitation, invite_agent
from charterdesk.people.actions.kept import (
    add_person_field,
    add_person_note,
    change_person_field,
    remove_person_note,
    restore_person_field,
    retire_person_field,
    set_own_fields,
)
from charterdesk.people.actions.merging import merge_contacts, settle_duplicate, split_contact, undo_contact_merge
from charterdesk.people.actions.merging_organisations import (
    merge_organisations,
    tell_organisations_apart,
    undo_organisation_merge,
)
from charterdesk.people.actions.notices import leave_notices, notify, read_all_notices, read_notices, set_preferences
from charterdesk.people.actions.organisations import add_organisation, change_organisation
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
    "accept_invitation",
    "activate_agent",
    "add_agent",
    "add_contact",
    "add_identity",
    "add_member",
    "add_organisation",
    "add_person_field",
    "add_person_note",
    "add_role",
    "add_team",
    "change_agent",
    "change_contact",
    "change_organisation",
    "change_person_field",
    "change_role",
    "change_team",
    "deactivate_agent",
    "erase_contact",
    "identify_caller",
    "identify_contact",
    "identify_contacts",
    "invite_agent",
    "leave_notices",
    "merge_contacts",
    "merge_organisations",
    "normal_address",
    "normal_number",
    "notify",
    "open_login",
    "organisation_of",
    "read_all_notices",
    "read_notices",
    "remove_identity",
    "remove_member",
    "remove_person_note",
    "remove_role",
    "restore_person_field",
    "retire_person_field",
    "revoke_invitation",
    "set_agent_state",
    "set_member_role",
    "set_own_fields",
    "set_pane",
    "set_preferences",
    "settle_duplicate",
    "split_contact",
    "tell_organisations_apart",
    "undo_contact_merge",
    "undo_organisation_merge",
]

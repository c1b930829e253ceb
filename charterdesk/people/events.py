"""What people makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ContactRegistered(Event):
    """Somebody contacted us for the first time."""

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class ContactMerged(Event):
    """Two contacts were one person; `merged_id` lives on in `contact_id`. `merge_id` says what moved."""

    contact_id: int
    merged_id: int
    merge_id: int = 0


@dataclass(frozen=True, kw_only=True)
class ContactMergeUndone(Event):
    """They were two people after all; what the merge `merge_id` moved goes back."""

    contact_id: int
    merged_id: int
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class ContactSplit(Event):
    """Some addresses of a contact were another person's, who is `new_id` from now on."""

    contact_id: int
    new_id: int


@dataclass(frozen=True, kw_only=True)
class ContactsToldApart(Event):
    """Somebody looked at two contacts that seemed to be one person: they are not."""

    contact_id: int
    other_id: int


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """What we know of a contact changed; `fields` are the names of what did."""

    contact_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Event):
    """There is a new organisation."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    """What we know of an organisation changed; `fields` are the names of what did."""

    organisation_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class OrganisationMerged(Event):
    """Two organisations were one; `merged_id` lives on in `organisation_id`. `merge_id` says what moved."""

    organisation_id: int
    merged_id: int
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationMergeUndone(Event):
    """They were two after all; what the merge `merge_id` moved goes back."""

    organisation_id: int
    merged_id: int
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationsToldApart(Event):
    """Somebody looked at two organisations that seemed to be one: they are not."""

    organisation_id: int
    other_id: int


@dataclass(frozen=True, kw_only=True)
class PersonNoteAdded(Event):
    """Somebody noted something about a contact or an organisation."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class PersonNoteRemoved(Event):
    """Such a note was taken away."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class PersonFieldsFilled(Event):
    """Fields of the desk's own were filled in or emptied; `codes` say which."""

    codes: list[str]


@dataclass(frozen=True, kw_only=True)
class PersonFieldAdded(Event):
    """There is a new field of contacts or organisations."""

    field_id: int


@dataclass(frozen=True, kw_only=True)
class PersonFieldChanged(Event):
    """A field's name, choices or place changed; `fields` are the names of what did."""

    field_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PersonFieldRetired(Event):
    """A field is shown no more."""

    field_id: int


@dataclass(frozen=True, kw_only=True)
class ContactErased(Event):
    """A contact's personal data is gone; their tickets stay, without a name."""

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class AgentAdded(Event):
    """Somebody joined the desk; with `is_invited` a mail tells them."""

    agent_id: int
    role: str
    is_invited: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentInvited(Event):
    """An agent is asked to come, for the `number`th time; a mail tells them."""

    agent_id: int
    invitation_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(Event):
    """An agent is to come no more; the link they were sent opens nothing."""

    agent_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """An agent followed the link and chose a password."""

    agent_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class ImportSent(Event):
    """A list of people was sent to be looked through; nothing has come of it yet."""

    import_id: int
    kind: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    """A list of people is being taken in."""

    import_id: int
    kind: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class ImportEnded(Event):
    """A list of people was taken in, or given up (`is_stopped`); the numbers are lines."""

    import_id: int
    made: int
    changed: int
    refused: int
    is_stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentChanged(Event):
    """What an agent may do, speaks, can or carries changed; `fields` are the names of what did."""

    agent_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class AgentDeactivated(Event):
    """Somebody left the desk."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class AgentActivated(Event):
    """Somebody who had left is back."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class TeamAdded(Event):
    """There is a new team."""

    team_id: int


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """How a team is called, reached, open or signed changed; `fields` are the names of what did."""

    team_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """An agent works for a team from now on."""

    team_id: int
    agent_id: int


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """An agent works for a team no more."""

    team_id: int
    agent_id: int


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(Event):
    """What an agent may do in a team is another thing from now on; no `role_id` is the role they have elsewhere."""

    team_id: int
    agent_id: int
    role_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoleAdded(Event):
    """There is a new role."""

    role_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A role was renamed or allows something else; `allowed` and `withdrawn` are codes of permissions."""

    role_id: int
    fields: list[str]
    allowed: list[str]
    withdrawn: list[str]


@dataclass(frozen=True, kw_only=True)
class RoleRemoved(Event):
    """A role that nobody had is gone."""

    role_id: int


@dataclass(frozen=True, kw_only=True)
class AgentStateChanged(Event):
    """An agent began to work, went away, or takes nothing new."""

    agent_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AgentNotified(Event):
    """A notice waits for an agent; `channels` mails it."""

    agent_id: int
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class BrandAdded(Event):
    """The desk has another face."""

    brand_id: int


@dataclass(frozen=True, kw_only=True)
class BrandChanged(Event):
    """The draft of a brand, its host, teams or sites changed; `fields` are the names of what did."""

    brand_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BrandPublished(Event):
    """Customers see a brand as its draft was."""

    brand_id: int


@dataclass(frozen=True, kw_only=True)
class BrandRemoved(Event):
    """A brand is gone."""

    brand_id: int


@dataclass(frozen=True, kw_only=True)
class MailsChosen(Event):
    """A customer chose which mails they want; `mails` is a code."""

    contact_id: int
    mails: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """A customer changed what we know of them; `fields` are the names of what did."""

    contact_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(Event):
    """A customer wants to be forgotten."""

    contact_id: int
    request_id: int


@dataclass(frozen=True, kw_only=True)
class ErasureDecided(Event):
    """Their wish was decided: `state` is done, declined or taken_back."""

    contact_id: int
    request_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Event):
    """An agent chose of what they hear and how, and who stands in for them while they are away."""

    agent_id: int
    stand_in_id: int | None = None

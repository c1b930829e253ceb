"""The work: tickets, their messages, and what belongs to them."""

from charterdesk.tickets.models.adoption import Adoption, OrganisationAdoption
from charterdesk.tickets.models.bulk import BulkItem, BulkRun
from charterdesk.tickets.models.fields import (
    FieldFile,
    FieldMeasure,
    FieldValues,
    RequestForm,
    TicketField,
    in_language,
)
from charterdesk.tickets.models.grades import Consent, Grade, GradeTerms, RefusalAttempt
from charterdesk.tickets.models.knowing import ArticleUse, PassedOver, TopicLink
from charterdesk.tickets.models.message import (
    Attachment,
    Draft,
    Message,
    MessageQuerySet,
    SideThread,
)
from charterdesk.tickets.models.tags import Tag
from charterdesk.tickets.models.templates import Template, TemplateVersion
from charterdesk.tickets.models.texts import OwnText
from charterdesk.tickets.models.ticket import (
    Copied,
    Follower,
    Link,
    Merge,
    StatusCount,
    Ticket,
    TicketQuerySet,
)
from charterdesk.tickets.models.views import SavedView, ViewPlace
from charterdesk.tickets.models.working import ChecklistItem, Macro, Snooze

__all__ = [
    "Adoption",
    "ArticleUse",
    "Attachment",
    "BulkItem",
    "BulkRun",
    "ChecklistItem",
    "Consent",
    "Copied",
    "Draft",
    "FieldFile",
    "FieldMeasure",
    "FieldValues",
    "Follower",
    "Grade",
    "GradeTerms",
    "Link",
    "Macro",
    "Merge",
    "Message",
    "MessageQuerySet",
    "OrganisationAdoption",
    "OwnText",
    "PassedOver",
    "RefusalAttempt",
    "RequestForm",
    "SavedView",
    "SideThread",
    "Snooze",
    "StatusCount",
    "Tag",
    "Template",
    "TemplateVersion",
    "Ticket",
    "TicketField",
    "TicketQuerySet",
    "TopicLink",
    "ViewPlace",
    "in_language",
]

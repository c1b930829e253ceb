"""What a token may be for. A token never may more than the person behind it; scopes only narrow that."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: Mapping[str, str | Promise] = {
    "tickets:read": _("Read tickets, their people, links and promises; search"),
    "tickets:write": _("Open and change tickets"),
    "messages:read": _("Read messages and their files"),
    "messages:write": _("Write messages and notes, upload files, take content out"),
    "contacts:read": _("Read contacts"),
    "contacts:write": _("Add and change contacts"),
    "organisations:read": _("Read organisations"),
    "organisations:write": _("Add and change organisations"),
    "people:read": _("Read teams and agents"),
    "people:write": _("Change teams and agents, and one's own working state"),
    "calendars:read": _("Read opening hours"),
    "calendars:write": _("Change opening hours"),
    "charter:read": _("Read the charter and how it is kept"),
    "charter:write": _("Draft, approve and publish the charter, declare exclusions"),
    "knowledge:read": _("Read articles of the help centre, and drafts"),
    "knowledge:write": _("Write, approve and publish articles"),
    "community:read": _("Read the community"),
    "community:write": _("Write in the community and keep order there"),
    "notices:read": _("Read announcements and how the service stands"),
    "notices:write": _("Announce to customers, keep the status page, confirm that one read something"),
    "remedies:read": _("Read remedies"),
    "remedies:write": _("Approve and refuse remedies"),
    "calls:read": _("Read calls"),
    "calls:write": _("Report calls, as a telephone system does, and put them on tickets"),
    "promises:read": _("Read what is promised, and what will be late"),
    "promises:write": _("Change what is promised"),
    "reports:read": _("Read reports"),
    "reports:write": _("Have reports mailed"),
    "events:read": _("Read the event log, for warehouses"),
    "audit:read": _("Read the audit log"),
    "tokens:read": _("Read which tokens there are"),
    "tokens:write": _("Make tokens and integrations, revoke tokens"),
    "mail:read": _("Read mail that was set aside, and blocked senders"),
    "mail:write": _("Take mail back that was set aside, block senders"),
    "views:read": _("Read saved views and custom fields"),
    "views:write": _("Change saved views and custom fields"),
    "macros:read": _("Read macros"),
    "macros:write": _("Use and change macros"),
    "money:read": _("Read invoices, payments, credit and refunds"),
    "money:write": _("Write invoices, record payments, give credit, ask for refunds and decide them"),
    "webhooks:read": _("Read webhooks and what they delivered"),
    "webhooks:write": _("Change webhooks, send again"),
    "billing:read": _("Read offers, contracts and orders"),
    "billing:write": _("Change offers, agree on contracts, put orders here"),
    "settings:read": _("Read how the desk is set up: mail accounts, texts, brands, ways to sign in, retention"),
    "settings:write": _("Change how the desk is set up, lift legal holds, erase customers who ask for it"),
    "scim": _("Provision people and teams (SCIM)"),
}


def allows(scopes: Collection[str], wanted: str) -> bool:
    """Whether `scopes` let a program do what `wanted` says; whoever may write may read."""
    return wanted in scopes or (wanted.endswith(":read") and f"{wanted.removesuffix('read')}write" in scopes)

"""All there is to set, in groups: what each is for, who may set it, and the words by which people look for it.

A new page of settings takes its line here: the front page of the settings and the command palette both read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.people import permissions as named
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_administer

PEOPLE = _("People and teams")
MAIL = _("Mail and what is sent")
WORK = _("How tickets are worked on")
BOUGHT = _("What customers buy")
PORTAL = _("What customers see")
PROGRAMS = _("Programs")
TRUST = _("Data and security")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A page of settings. `words` are others by which it is found; `new` is where one is added, and its name; `in_team`
    is a permission that lets who has it in some team come in, too.
    """

    group: Any
    name: Any
    what: Any
    view: str
    permission: str = named.SET_EVERYTHING
    words: Any = ""
    new: tuple[str, Any] | None = None
    in_team: str = ""

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(f"workspace:{self.view}")


SETTINGS = (
    Setting(
        group=PEOPLE,
        name=_("First steps"),
        what=_("From an empty desk to the first mail answered."),
        view="start",
        words=_("assistant set up begin"),
    ),
    Setting(
        group=PEOPLE,
        name=_("People"),
        what=_("Who works here: roles, languages, skills and capacity."),
        view="agents",
        permission=named.SET_PEOPLE,
        words=_("agents users invite colleagues capacity skills"),
        new=("new_agent", _("Invite somebody")),
    ),
    Setting(
        group=PEOPLE,
        name=_("Roles"),
        what=_("What people may do, for the desk or in one team."),
        view="roles",
        permission=named.SET_PEOPLE,
        words=_("permissions rights access"),
        new=("new_role", _("Add a role")),
    ),
    Setting(
        group=PEOPLE,
        name=_("Lists of people"),
        what=_("Take in agents, customers and organisations from CSV."),
        view="imports",
        permission=named.SET_PEOPLE,
        words=_("csv import spreadsheet upload"),
    ),
    Setting(
        group=PEOPLE,
        name=_("Teams"),
        what=_("Addresses, signatures, opening hours and members."),
        view="teams",
        permission=named.SET_TEAMS,
        words=_("departments groups signature"),
        new=("new_team", _("Add a team")),
    ),
    Setting(
        group=PEOPLE,
        name=_("Opening hours"),
        what=_("Hours, holidays and the days that are different."),
        view="calendars",
        permission=named.SET_TEAMS,
        words=_("calendars holidays time zone working hours"),
        new=("new_calendar", _("Add opening hours")),
    ),
    Setting(
        group=MAIL,
        name=_("Mail accounts"),
        what=_("Mailboxes that are fetched and sent through."),
        view="accounts",
        permission=named.SET_CHANNELS,
        words=_("e-mail imap smtp mailbox dkim spf dmarc"),
        new=("new_account", _("Add an account")),
    ),
    Setting(
        group=MAIL,
        name=_("SMS numbers"),
        what=_("Numbers that customers text to, and their providers."),
        view="sms_numbers",
        permission=named.SET_CHANNELS,
        words=_("text messages phone twilio smpp mobile"),
        new=("new_sms_number", _("Add a number")),
    ),
    Setting(
        group=MAIL,
        name=_("Telephone"),
        what=_("Numbers that customers call, and the telephone system that reports it."),
        view="telephone",
        permission=named.SET_CHANNELS,
        words=_("calls phone pbx cti extension call back missed"),
        new=("new_phone_line", _("Add a number")),
    ),
    Setting(
        group=MAIL,
        name=_("Texts"),
        what=_("What the desk sends by itself, by language and team."),
        view="texts",
        permission=named.SET_TEXTS,
        words=_("templates acknowledgement solution autoreply"),
    ),
    Setting(
        group=MAIL,
        name=_("Templates"),
        what=_("Texts of your own that rules send, in every language."),
        view="templates",
        permission=named.SET_TEXTS,
        words=_("mails letters html newsletters variables"),
        new=("new_template", _("Add a template")),
    ),
    Setting(
        group=WORK,
        name=_("Macros"),
        what=_("Texts and deeds that agents have ready."),
        view="macros",
        permission=named.SET_TEXTS,
        words=_("canned replies templates answers text modules"),
        new=("new_macro", _("Add a macro")),
    ),
    Setting(
        group=WORK,
        name=_("Rules"),
        what=_("What the desk does by itself: when something happens, if it holds, then do it."),
        view="rules",
        permission=named.SET_RULES,
        in_team=named.TEAM_RULES,
        words=_("automation triggers workflows schedules escalation reminders event engine"),
        new=("new_rule", _("Add a rule")),
    ),
    Setting(
        group=WORK,
        name=_("Ticket fields"),
        what=_("What the desk wants to know of its tickets, by type."),
        view="ticket_fields",
        words=_("custom fields attributes choice dropdown"),
        new=("new_ticket_field", _("Add a field")),
    ),
    Setting(
        group=PORTAL,
        name=_("Request forms"),
        what=_("What is asked for each kind of request, and who gets it."),
        view="request_forms",
        words=_("forms portal types fields"),
        new=("new_request_form", _("Add a form")),
    ),
    Setting(
        group=WORK,
        name=_("Customer fields"),
        what=_("What the desk wants to know of customers and organisations."),
        view="person_fields",
        words=_("custom fields attributes contacts"),
        new=("new_person_field", _("Add a field")),
    ),
    Setting(
        group=WORK,
        name=_("Promises"),
        what=_("By when customers have an answer and a solution."),
        view="policies",
        permission=named.SET_PROMISES,
        words=_("sla targets due first reply resolution"),
        new=("new_policy", _("Add a promise")),
    ),
    Setting(
        group=PORTAL,
        name=_("Charter"),
        what=_("What you promise in public, rights, remedies and whom to turn to."),
        view="charter",
        permission=named.WRITE_CHARTER,
        words=_("objectives promises remedies compensation complaints published versions"),
    ),
    Setting(
        group=PORTAL,
        name=_("Beyond control"),
        what=_("Times that do not count for the charter, with a public reason."),
        view="exclusions",
        permission=named.WRITE_CHARTER,
        words=_("exclusions force majeure charter"),
    ),
    Setting(
        group=WORK,
        name=_("Complaints"),
        what=_("Who decides them, who comes after, and whom customers turn to."),
        view="complaint_levels",
        permission=named.SET_PROMISES,
        words=_("complaint levels escalation ombudsman manager independence"),
        new=("new_complaint_level", _("Add a level")),
    ),
    Setting(
        group=WORK,
        name=_("Grades"),
        what=_("Whether customers are asked how it went, in which words, and when silence closes a request."),
        view="grade_terms",
        permission=named.SET_PROMISES,
        words=_("grade rating csat stars reminder closing satisfaction"),
    ),
    Setting(
        group=WORK,
        name=_("Tags"),
        what=_("What each is for; rename them, make two one."),
        view="tags_settings",
        permission=named.SET_TEXTS,
        words=_("labels categories merge"),
    ),
    Setting(
        group=PORTAL,
        name=_("Synonyms"),
        what=_("Words that mean the same when somebody searches."),
        view="synonyms",
        permission=named.SET_TEXTS,
        words=_("search thesaurus words"),
        new=("new_synonyms", _("Add a group of synonyms")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Offers"),
        what=_("Support that customers can buy: what it includes and costs."),
        view="offers",
        permission=named.SET_BILLING,
        words=_("contracts entitlements packages subscriptions"),
        new=("new_offer", _("Add an offer")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Free or charged"),
        what=_("Which reasons make a request free, and what the others cost."),
        view="reasons",
        permission=named.SET_BILLING,
        words=_("billing rates prices verdict warranty"),
        new=("new_reason", _("Add a reason")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Loyalty"),
        what=_("Whose requests go earlier, as long as nobody's promise is near."),
        view="tiers",
        permission=named.SET_BILLING,
        words=_("vip tiers priority regulars"),
        new=("new_tier", _("Add a tier")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Where orders come from"),
        what=_("Shops, files and programs that tell of orders."),
        view="order_sources",
        permission=named.SET_BILLING,
        words=_("shopify woocommerce shop webhook csv import"),
        new=("new_order_source", _("Add a source")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Invoices and refunds"),
        what=_("Who sells, taxes, numbers, and who may give money back."),
        view="money_settings",
        permission=named.SET_MONEY,
        words=_("billing tax vat seller iban reminders limits invoice numbers"),
        new=("new_tax", _("Add a tax")),
    ),
    Setting(
        group=BOUGHT,
        name=_("Reminders"),
        what=_("On which days after an invoice was due a reminder goes, and in which words."),
        view="reminder_steps",
        permission=named.SET_MONEY,
        words=_("dunning overdue late invoices reminder steps"),
        new=("new_reminder_step", _("Add a reminder")),
    ),
    Setting(
        group=TRUST,
        name=_("Signing in"),
        what=_("Who needs a second factor, and who has none yet."),
        view="sign_in_rules",
        words=_("mfa totp passkey second factor password sessions"),
    ),
    Setting(
        group=TRUST,
        name=_("Single sign-on"),
        what=_("Who else may vouch for people, and what their groups mean here."),
        view="providers",
        words=_("sso oidc openid connect saml keycloak entra google"),
        new=("new_provider", _("Add a provider")),
    ),
    Setting(
        group=TRUST,
        name=_("Audit log"),
        what=_("Who changed what, when and on which; who came in; who looked at tickets of other teams."),
        view="audit",
        words=_("history changes log csv compliance"),
    ),
    Setting(
        group=TRUST,
        name=_("Keeping and deleting"),
        what=_("How long what is kept, and what the law holds back."),
        view="retention",
        words=_("retention legal hold gdpr privacy anonymise delete old tickets mails"),
        new=("new_retention_rule", _("Add a rule")),
    ),
    Setting(
        group=PROGRAMS,
        name=_("Settings file"),
        what=_("The whole set-up as one file, to download and to read in."),
        view="settings_file",
        words=_("toml export import backup version control configuration"),
    ),
    Setting(
        group=PROGRAMS,
        name=_("API tokens"),
        what=_("Which programs come in, as whom, and for what."),
        view="tokens",
        words=_("integrations oauth clients keys rest openapi"),
        new=("new_integration", _("Add an integration")),
    ),
    Setting(
        group=PROGRAMS,
        name=_("Webhooks"),
        what=_("Which systems are told of which events, and how that went."),
        view="webhooks",
        words=_("events callbacks integration notify"),
        new=("new_webhook", _("Add a webhook")),
    ),
    Setting(
        group=PORTAL,
        name=_("Branding"),
        what=_("Name, logo, colours, texts and own host of what customers see."),
        view="brands",
        words=_("logo colours favicon domain host embed frame"),
        new=("new_brand", _("Add a brand")),
    ),
    Setting(
        group=TRUST,
        name=_("Wishes to be erased"),
        what=_("Customers who ask to be forgotten, and what was decided."),
        view="erasure_requests",
        words=_("privacy deletion forget erase"),
    ),
    Setting(
        group=TRUST,
        name=_("Erase an address"),
        what=_("Forget somebody who commented or followed without an account, by their e-mail address."),
        view="erase_by_address",
        words=_("privacy deletion forget erase"),
    ),
)


def settings_of(viewer: Viewer) -> list[Setting]:
    """The pages of settings that `viewer` may change, in order."""
    return [
        each
        for each in SETTINGS
        if may_administer(viewer, each.permission) or (each.in_team and viewer.may_in_some_team(each.in_team))
    ]


def matching(settings: list[Setting], words: str) -> list[Setting]:
    """Those in which all of `words` occur, or begin a word; all of them for none."""
    asked = words.casefold().split()
    return [each for each in settings if all(word in _said(each) for word in asked)]


def grouped(settings: list[Setting]) -> Iterator[tuple[Any, list[Setting]]]:
    """By group, in the order of the groups."""
    for group in (PEOPLE, MAIL, WORK, BOUGHT, PORTAL, PROGRAMS, TRUST):
        if found := [each for each in settings if each.group is group]:
            yield group, found


def _said(setting: Setting) -> str:
    return f"{setting.group} {setting.name} {setting.what} {setting.words}".casefold()

"""What the API takes and gives. Made by generate.py: do not change it by hand."""

from typing import Any, NotRequired, TypedDict


class AboutOrder(TypedDict):
    """The order a ticket is about"""

    order_id: int | None


class AccountOut(TypedDict):
    """What stands between us and one customer in one currency."""

    id: int
    contact_id: int | None
    organisation_id: int | None
    owed: "MoneyOut"
    credit: "MoneyOut"
    refunds: "MoneyOut"


class AccountPage(TypedDict):
    """Some accounts."""

    items: list["AccountOut"]
    next: str | None


class AccountsAsked(TypedDict):
    """Which accounts."""

    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class AddressAsked(TypedDict):
    """A mail is on its way there."""

    address: str


class AddressErasure(TypedDict):
    """Whom, and the word that makes it so"""

    address: str
    comments: NotRequired[str]
    sure: bool


class AddressErasureOut(TypedDict):
    """How much there was, or is, of somebody"""

    is_erased: bool
    comments: int
    follows: int
    mails: int
    tickets: int
    left: int | None


class Again(TypedDict):
    """Which call to send again"""

    call_id: NotRequired[int]


class AgentChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    role: NotRequired[str]
    language: NotRequired[str]
    capacity: NotRequired[int]
    role_id: NotRequired[int | None]
    time_zone: NotRequired[str]
    calendar_id: NotRequired[int | None]
    skills: NotRequired[list[str]]
    languages: NotRequired[Any]
    is_active: NotRequired[bool]


class AgentOut(TypedDict):
    """A person of the desk, or an integration."""

    id: int
    name: str
    role: NotRequired[str]
    language: NotRequired[str]
    time_zone: NotRequired[str]
    capacity: NotRequired[int]
    state: NotRequired[str]
    state_since: NotRequired[str | None]
    is_active: NotRequired[bool]
    role_id: NotRequired[int | None]
    calendar_id: NotRequired[int | None]
    skills: NotRequired[list[str]]
    languages: NotRequired[dict[str, int]]
    team_ids: NotRequired[list[int]]


class Agents(TypedDict):
    """All agents."""

    items: list["AgentOut"]


class AllExtensions(TypedDict):
    """Everybody who has an extension."""

    items: list["ExtensionsOut"]


class AnnouncementOut(TypedDict):
    """Something told to many, and how far it is."""

    id: int
    kind: str
    texts: dict[str, "SaidOut"]
    language: str
    audience: dict[str, Any]
    team_id: int
    is_contractual: bool
    asks_receipt: bool
    policy: str
    version: int | None
    effective_on: str | None
    state: str
    send_at: str | None
    total: int
    started_at: str | None
    ended_at: str | None
    progress: "ProgressOut"


class AnnouncementPage(TypedDict):
    """Some announcements, the newest first"""

    items: list["AnnouncementOut"]
    next: str | None


class AnnouncementSetting(TypedDict):
    """What of a draft is to be different."""

    kind: NotRequired[str]
    texts: NotRequired[Any]
    template: NotRequired[str]
    language: NotRequired[str]
    audience: NotRequired[Any]
    team_id: NotRequired[int]
    is_contractual: NotRequired[bool]
    asks_receipt: NotRequired[bool]
    policy: NotRequired[str]
    effective_on: NotRequired[str | None]


class Approval(TypedDict):
    """A yes to a draft."""

    is_looked_over: NotRequired[bool]


class Args(TypedDict):
    """What a step needs"""

    agent: NotRequired[str]
    team: NotRequired[str]
    priority: NotRequired[int]
    type: NotRequired[str]
    add: NotRequired[list[str]]
    remove: NotRequired[list[str]]
    status: NotRequired[str]
    hours: NotRequired[int]
    items: NotRequired[list[str]]
    solution: NotRequired[str]
    text: NotRequired[str]


class Around(TypedDict):
    """Before (negative hours) or after a date of the ticket."""

    date: str
    hours: float


class ArticleDraftOut(TypedDict):
    """The newest version of an article in one language, and where it stands."""

    text_id: int
    draft_title: str
    draft_summary: str
    draft_html: str
    standing: str
    newest_number: int
    live_number: int
    publish_at: str | None
    audience: str


class ArticleFigures(TypedDict):
    """How articles do"""

    since: str
    views: int
    helpful: int
    unhelpful: int
    taken: int
    deflected: int
    items: list["ReadOut"]


class ArticleFiles(TypedDict):
    """Pictures and files of an article, in all its languages."""

    items: list["FileOut"]


class ArticleImportIn(TypedDict):
    """A list of articles"""

    upload: str
    is_published: NotRequired[bool]


class ArticleOfTicket(TypedDict):
    """Where the article is to stand, and what it is made of."""

    category_id: int
    message_id: NotRequired[int]


class ArticleOut(TypedDict):
    """An article in one language, as readers see it."""

    id: int
    article_id: int
    language: str
    title: str
    summary: str
    html: str
    url: str
    category_id: int
    kind: str
    labels: list[str]
    published_at: str | None
    changed_at: str


class ArticlePage(TypedDict):
    """Some articles"""

    items: list["ArticleOut"]
    next: str | None


class ArticlePublication(TypedDict):
    """When readers see it"""

    at: NotRequired[str]
    is_again: NotRequired[bool]


class ArticleTerms(TypedDict):
    """What becomes different"""

    category_id: NotRequired[int]
    kind: NotRequired[str]
    audience: NotRequired[str]
    organisation_ids: NotRequired[list[int]]
    owner_id: NotRequired[int | None]
    review_on: NotRequired[str]
    review_days: NotRequired[int]
    labels: NotRequired[list[str]]
    position: NotRequired[int]


class ArticleTermsOut(TypedDict):
    """Where an article stands in all its languages, who may read it and who looks after it."""

    article_id: int
    category_id: int
    kind: str
    audience: str
    organisation_ids: list[int]
    owner_id: int | None
    review_on: str | None
    review_days: int
    labels: list[str]
    position: int


class ArticleVersionOut(TypedDict):
    """One version"""

    number: int
    title: str
    summary: str
    note: str
    written_by: str
    written_at: str
    approved_by: str
    approved_at: str | None
    published_at: str | None


class ArticleVersionText(TypedDict):
    """A version with what it says."""

    number: int
    title: str
    summary: str
    note: str
    written_by: str
    written_at: str
    approved_by: str
    approved_at: str | None
    published_at: str | None
    version_html: str


class ArticleVersions(TypedDict):
    """Versions, the newest first."""

    items: list["ArticleVersionOut"]


class ArticleWords(TypedDict):
    """What the draft says from now on"""

    title: NotRequired[str]
    summary: NotRequired[str]
    html: NotRequired[str]
    note: NotRequired[str]
    is_current: NotRequired[bool]


class ArticlesAsked(TypedDict):
    """Which articles."""

    language: NotRequired[str]
    category_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ArticlesTaken(TypedDict):
    """What came of a list of articles."""

    taken: int
    failed: list["NotTaken"]


class AsideAsked(TypedDict):
    """Which mails."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class AsideOut(TypedDict):
    """A mail that lies aside, whole."""

    id: int
    state: str
    reason: str
    sender: str
    recipients: list[str]
    from_address: str
    subject: str
    size: int
    source: str
    received_at: str


class AsidePage(TypedDict):
    """Some mails, the latest first"""

    items: list["AsideOut"]
    next: str | None


class AttemptOut(TypedDict):
    """That somebody wanted to refuse a request"""

    id: int
    ticket: int
    agent_id: int | None
    missing: list[str]
    explanation: str
    message_id: int | None
    made_at: str


class AttemptPage(TypedDict):
    """Some tries"""

    items: list["AttemptOut"]
    next: str | None


class AttemptsAsked(TypedDict):
    """Which of them."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class AudienceCount(TypedDict):
    """How many customers an audience comes to now."""

    count: int


class AudienceIn(TypedDict):
    """Whom it is for"""

    languages: NotRequired[list[str]]
    organisations: NotRequired[list[int]]
    offers: NotRequired[list[int]]
    tiers: NotRequired[list[int]]
    teams: NotRequired[list[int]]
    tags: NotRequired[list[str]]
    is_open: NotRequired[bool]
    own_fields: NotRequired[dict[str, str]]


class AuditAsked(TypedDict):
    """What to look for"""

    kind: NotRequired[str]
    agent_id: NotRequired[int]
    code: NotRequired[str]
    subject: NotRequired[str]
    since: NotRequired[str]
    until: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class AuditPage(TypedDict):
    """Some of the audit log, the latest first"""

    items: list["EventOut"]
    next: str | None


class BankListOut(TypedDict):
    """What became of a bank's list."""

    recorded: list[int]
    known: int
    unmatched: list[str]
    outgoing: int


class BillToChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    street: NotRequired[str]
    postcode: NotRequired[str]
    city: NotRequired[str]
    country: NotRequired[str]
    vat_id: NotRequired[str]
    reference: NotRequired[str]
    email: NotRequired[str | None]


class BillToOut(TypedDict):
    """To whom invoices go."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str
    reference: str
    email: str


class BlockGiven(TypedDict):
    """Why somebody may not write any more."""

    why: str


class BlockedAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class BlockedMemberOut(TypedDict):
    """Somebody who may not write."""

    id: int
    name: str
    trust: str
    points: int
    since: str
    blocked_at: str
    blocked_why: str
    blocked_by: str


class BlockedMemberPage(TypedDict):
    """Some of them"""

    items: list["BlockedMemberOut"]
    next: str | None


class BlockedOut(TypedDict):
    """An address, or a domain (`@shop.example`), whose mail is junk without a look."""

    id: int
    pattern: str
    by_id: int | None
    created_at: str


class BlockedPage(TypedDict):
    """Some of them, the latest first"""

    items: list["BlockedOut"]
    next: str | None


class BookingOut(TypedDict):
    """What was booked at once"""

    id: int
    kind: str
    cause: str
    booked_at: str
    by: str
    entries: list["EntryOut"]


class BrandChanges(TypedDict):
    """What becomes different in the draft"""

    name: NotRequired[str]
    host: NotRequired[str]
    origins: NotRequired[list[str]]
    team_ids: NotRequired[list[int]]
    accent: NotRequired[str]
    accent_dark: NotRequired[str]
    welcome: NotRequired[Any]
    footer: NotRequired[Any]
    links: NotRequired[list["BrandLink"]]
    phone: NotRequired[str]
    sender_name: NotRequired[str]


class BrandLink(TypedDict):
    """A word and where it leads."""

    label: str
    url: str


class BrandLinkOut(TypedDict):
    """A word and where it leads."""

    label: str
    url: str


class BrandOut(TypedDict):
    """A brand as it is drafted"""

    id: int
    host: str
    address: str
    origins: list[str]
    team_ids: list[int]
    name: str
    accent: str
    accent_dark: str
    welcome: dict[str, str]
    footer: dict[str, str]
    links: list["BrandLinkOut"]
    phone: str
    sender_name: str
    has_logo: bool
    has_favicon: bool
    is_published: bool
    published_at: str | None


class Brands(TypedDict):
    """All brands."""

    items: list["BrandOut"]


class BrokenAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class BrokenOut(TypedDict):
    """A promise of the charter that was broken."""

    id: int
    number: int
    version: int
    due_at: str | None
    decided_at: str | None
    is_excluded: bool


class BrokenPage(TypedDict):
    """Some broken promises"""

    items: list["BrokenOut"]
    next: str | None


class BrowserOut(TypedDict):
    """Where you are notified."""

    id: int
    browser: str
    created_at: str


class Browsers(TypedDict):
    """All of yours, and the desk's public key, which a browser asks for before it subscribes."""

    items: list["BrowserOut"]
    key: str


class BulkRunOut(TypedDict):
    """A change of many tickets, and how far it is."""

    id: int
    what: str
    value: str
    state: str
    total: int
    done: int
    refused: int
    undone: int
    said: str
    started_at: str
    finished_at: str | None


class BulkRuns(TypedDict):
    """Some of your own, the latest first"""

    items: list["BulkRunOut"]
    next: str | None


class CalendarChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    zone: NotRequired[str]
    hours: NotRequired[Any]
    country: NotRequired[str]
    subdivision: NotRequired[str]
    holidays: NotRequired[list[str]]
    exceptions: NotRequired[list["OtherDay"]]


class CalendarOut(TypedDict):
    """Opening hours, and how they stand now."""

    id: int
    name: str
    zone: str
    hours: dict[str, Any]
    country: str
    subdivision: str
    holidays: list[Any]
    exceptions: list[Any]
    is_open: bool
    opens_at: str | None
    closes_at: str | None


class Calendars(TypedDict):
    """All calendars."""

    items: list["CalendarOut"]


class CallChanges(TypedDict):
    """Who it was, and where it belongs."""

    contact_id: NotRequired[int]
    number: NotRequired[int]


class CallFigure(TypedDict):
    """How the calls of one team, number or hour were answered."""

    label: str
    calls: int
    answered: int
    missed: int
    promised: int
    kept: int
    waited_seconds: float | None


class CallFigures(TypedDict):
    """How soon calls were answered."""

    items: list["CallFigure"]


class CallFiguresAsked(TypedDict):
    """Which calls are counted, and apart by what."""

    since: NotRequired[str]
    until: NotRequired[str]
    by: NotRequired[str]


class CallOut(TypedDict):
    """A call as it stands."""

    id: int
    call_id: str
    team_id: int
    direction: str
    phone: str
    line_id: int | None
    contact_id: int | None
    agent_id: int | None
    number: int | None
    state: str
    cause: str
    transfers: int
    begun_at: str
    rang_at: str | None
    answered_at: str | None
    ended_at: str | None
    answer_due_at: str | None
    is_late: bool
    recording: str


class CallPage(TypedDict):
    """Some calls, newest first"""

    items: list["CallOut"]
    next: str | None


CallReport = TypedDict(
    "CallReport",
    {
        "call_id": str,
        "state": str,
        "at": NotRequired[str],
        "direction": NotRequired[str],
        "from": NotRequired[str],
        "to": NotRequired[str],
        "agent": NotRequired[str],
        "cause": NotRequired[str],
        "recording": NotRequired[str],
    },
)
"""What happened to a call."""


class CallsAsked(TypedDict):
    """Which calls."""

    state: NotRequired[str]
    number: NotRequired[int]
    contact_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class CardProviderChanges(TypedDict):
    """What becomes different"""

    is_active: NotRequired[bool]
    api_key: NotRequired[str]
    webhook_secret: NotRequired[str]


class CardProviderOut(TypedDict):
    """The account with Stripe."""

    is_active: bool
    has_api_key: bool
    has_webhook_secret: bool
    hook: str


class Categories(TypedDict):
    """All shelves, in order."""

    items: list["CategoryOut"]


class CategoryChanges(TypedDict):
    """What of a shelf is to differ"""

    names: NotRequired[dict[str, Any]]
    intros: NotRequired[dict[str, Any]]
    parent_id: NotRequired[int | None]
    audience: NotRequired[str]
    position: NotRequired[int]


class CategoryOut(TypedDict):
    """A shelf of the help centre."""

    id: int
    parent_id: int | None
    slug: str
    names: dict[str, str]
    intros: dict[str, str]
    position: int
    audience: str


class ChainLink(TypedDict):
    """One event of a chain of causes."""

    event_id: int
    code: str
    subject: str
    actor: str
    at: str


class ChannelHoursIn(TypedDict):
    """Whose hours a channel has"""

    calendar_id: int | None


class ChannelHoursOut(TypedDict):
    """The channels with hours of their own"""

    items: list["HoursOut"]


class CharterContent(TypedDict):
    """The whole document."""

    language: NotRequired[str]
    title: NotRequired[Any]
    intro: NotRequired[Any]
    legal: NotRequired[Any]
    objectives: NotRequired[list["CharterObjective"]]
    rights: NotRequired[list["CharterRight"]]
    measures: NotRequired[list["CharterMeasure"]]
    remedies: NotRequired[list["CharterRemedy"]]
    contacts: NotRequired[list["CharterPerson"]]


class CharterDifference(TypedDict):
    """Something that the draft says differently from what was published last."""

    where: str
    name: str
    kind: str
    fields: list["FieldDifference"]


class CharterDifferences(TypedDict):
    """All of them, in the order of the page."""

    items: list["CharterDifference"]


class CharterDocument(TypedDict):
    """A version with all it says."""

    number: int
    state: str
    editors: list[str]
    approved_by: str
    approved_at: str | None
    published_by: str
    published_at: str | None
    effective_at: str | None
    created_at: str
    content: "CharterContent"


class CharterMeasure(TypedDict):
    """What is done to keep the promises"""

    code: str
    title: "CharterWords"
    text: NotRequired[Any]
    performer: NotRequired[Any]
    rhythm: NotRequired[Any]
    proof: NotRequired[Any]


class CharterObjective(TypedDict):
    """A measured promise"""

    code: str
    title: "CharterWords"
    promise: NotRequired[Any]
    measure: NotRequired[str]
    types: NotRequired[list[str]]
    priorities: NotRequired[list[int]]
    team_ids: NotRequired[list[int]]
    channels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    start: NotRequired[str]
    stop: NotRequired[str]
    within_s: NotRequired[int]
    calendar_id: NotRequired[int | None]
    always: NotRequired[bool]
    pauses: NotRequired[list[str]]
    counted: NotRequired[str]
    limit: NotRequired[int]
    at_least: NotRequired[bool]
    target: NotRequired[float]
    window: NotRequired[int]


class CharterOut(TypedDict):
    """What we promise now, in the language asked for by `Accept-Language`."""

    version: int | None
    effective_at: str | None
    title: str
    intro: str
    legal: str
    objectives: list["ObjectiveOut"]
    rights: list["RightOut"]
    remedies: list["TermsOut"]
    contacts: list["OfficerOut"]


class CharterPerson(TypedDict):
    """Whom to turn to"""

    code: str
    name: str
    role: NotRequired[Any]
    level: NotRequired[int]
    email: NotRequired[str]
    phone: NotRequired[str]
    post: NotRequired[str]


class CharterPublication(TypedDict):
    """From when it binds"""

    effective_at: NotRequired[str]


class CharterRemedy(TypedDict):
    """What follows by itself when a promise is broken"""

    code: str
    title: "CharterWords"
    kind: NotRequired[str]
    objectives: NotRequired[list[str]]
    basis: NotRequired[str]
    amount: NotRequired[str]
    currency: NotRequired[str]
    cap: NotRequired[str]
    cap_year: NotRequired[str]
    approve_above: NotRequired[str]
    two_above: NotRequired[str]
    days: NotRequired[int]


class CharterRight(TypedDict):
    """What a customer may claim."""

    code: str
    title: "CharterWords"
    text: NotRequired[Any]


class CharterVersionOut(TypedDict):
    """A version of the charter"""

    number: int
    state: str
    editors: list[str]
    approved_by: str
    approved_at: str | None
    published_by: str
    published_at: str | None
    effective_at: str | None
    created_at: str


class CharterVersions(TypedDict):
    """All versions, the newest first."""

    items: list["CharterVersionOut"]


class CharterWords(TypedDict):
    """A text by language"""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class CheckOut(TypedDict):
    """What a check found, step by step."""

    steps: list["CheckStepOut"]


class CheckStepOut(TypedDict):
    """A step of a check, and what to do about it."""

    name: str
    state: str
    said: str
    todo: str
    records: list["DnsRecordOut"]


class Choice(TypedDict):
    """Something that can be chosen"""

    code: str
    labels: "Labels"
    under: NotRequired[str]


class ChoiceIn(TypedDict):
    """How they want announcements"""

    way: str
    consents_to_sms: NotRequired[bool]
    is_unsubscribed: NotRequired[bool]


class ChoiceOut(TypedDict):
    """How a customer wants announcements."""

    way: str
    consents_to_sms: bool
    is_unsubscribed: bool


class CircularOut(TypedDict):
    """How far one answer to many customers is."""

    circular_id: int
    about: str
    stage: str
    total: int
    sent: int
    passed: int
    started_at: str
    finished_at: str | None


class Colleague(TypedDict):
    """Somebody of one's teams who is here."""

    agent_id: int
    name: str
    state: str


class CommentCorrectionOut(TypedDict):
    """The task to put the article right."""

    correction_id: int


class CommentGiven(TypedDict):
    """Something to say of an article"""

    name: NotRequired[str]
    html: str
    is_official: NotRequired[bool]


class CommentOut(TypedDict):
    """What a reader said of an article in one language."""

    id: int
    text_id: int
    author_id: int | None
    author: str
    is_official: bool
    html: str
    state: str
    reason: str
    votes: int
    created_at: str


class CommentPage(TypedDict):
    """Some comments, as they were written"""

    items: list["CommentOut"]
    next: str | None


class CommentTermsGiven(TypedDict):
    """Who may comment."""

    open_to: str


class CommentTermsOut(TypedDict):
    """Who may comment"""

    open_to: str


class CommentsAsked(TypedDict):
    """Which comments."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class ComplaintOut(TypedDict):
    """Where a complaint stands."""

    id: int
    ticket: int
    about: int | None
    kind: str
    level_id: int | None
    is_independent: bool
    is_decided: bool
    decision: str | None
    reasons: str | None
    made_at: str


class ComplaintPage(TypedDict):
    """Some complaints"""

    items: list["ComplaintOut"]
    next: str | None


class ComplaintsAsked(TypedDict):
    """Which complaints."""

    state: NotRequired[str]
    kind: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ComponentOut(TypedDict):
    """A part of the service."""

    id: int
    names: dict[str, str]
    position: int
    is_active: bool


class ComponentSetting(TypedDict):
    """What of a part is to be different."""

    names: NotRequired[Any]
    position: NotRequired[int]
    is_active: NotRequired[bool]


class Components(TypedDict):
    """All parts, in their order."""

    items: list["ComponentOut"]


Condition = TypedDict(
    "Condition",
    {
        "all": NotRequired[list["Condition"]],
        "any": NotRequired[list["Condition"]],
        "not": NotRequired[Any],
        "field": NotRequired[str],
        "op": NotRequired[str],
        "value": NotRequired[str | int | float | bool | list[str | int | float | bool] | None],
        "predicate": NotRequired[str],
        "cel": NotRequired[str],
    },
)
"""`all` or `any` of some conditions, `not` one, a field compared, a question, or an expression in …"""


class ConsentOut(TypedDict):
    """That a customer agreed in writing."""

    id: int
    message_id: int | None
    text: str
    agent_id: int | None
    signed_on: str | None
    given_at: str


class ContactChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    language: NotRequired[str]
    organisation_id: NotRequired[int | None]
    note: NotRequired[str]
    may_see_organisation: NotRequired[bool]


class ContactMergeOut(TypedDict):
    """A merge that can be undone."""

    id: int
    contact_id: int
    merged_id: int
    merged_at: str


class ContactMerges(TypedDict):
    """Merges that can be undone, the latest first."""

    items: list["ContactMergeOut"]


class ContactOut(TypedDict):
    """A customer as a person."""

    id: int
    name: NotRequired[str]
    language: NotRequired[str]
    time_zone: NotRequired[str]
    organisation_id: NotRequired[int | None]
    created_at: NotRequired[str | None]
    identities: NotRequired[list["IdentityOut"]]
    note: NotRequired[str]
    may_see_organisation: NotRequired[bool]
    erased_at: NotRequired[str | None]
    merged_into_id: NotRequired[int | None]


class ContactPage(TypedDict):
    """Some contacts"""

    items: list["ContactOut"]
    next: str | None


class ContactPair(TypedDict):
    """Two customers who may be one person, and why it seems so."""

    contact_id: int
    other_id: int
    reason: str


class ContactPairs(TypedDict):
    """Pairs of customers nobody decided on."""

    items: list["ContactPair"]


class ContactsAsked(TypedDict):
    """Which contacts."""

    email: NotRequired[str]
    phone: NotRequired[str]
    name: NotRequired[str]
    organisation_id: NotRequired[int]
    created_since: NotRequired[str]
    fields: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ContentChanges(TypedDict):
    """What becomes different"""

    language: NotRequired[str]
    title: NotRequired[Any]
    intro: NotRequired[Any]
    legal: NotRequired[Any]
    objectives: NotRequired[list["CharterObjective"]]
    rights: NotRequired[list["CharterRight"]]
    measures: NotRequired[list["CharterMeasure"]]
    remedies: NotRequired[list["CharterRemedy"]]
    contacts: NotRequired[list["CharterPerson"]]


class Contested(TypedDict):
    """What is wrong with it."""

    verdict_id: int
    text: str


class ContractOut(TypedDict):
    """Support that one customer has, a contact or an organisation, and what is left of it in this peri…"""

    id: int
    offer_id: int | None
    contact_id: int | None
    organisation_id: int | None
    name: str
    description: str
    types: list[str]
    channels: list[str]
    calendar_id: int | None
    period: str
    is_unlimited: bool
    incidents: int | None
    incidents_left: int | None
    minutes: int | None
    minutes_left: int | None
    price: str
    currency: str
    overage_per: str
    overage: str | None
    agreed_on: str
    starts_on: str
    ends_on: str | None
    is_running: bool


class ContractPage(TypedDict):
    """Some contracts"""

    items: list["ContractOut"]
    next: str | None


class ContractsAsked(TypedDict):
    """Whose contracts."""

    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Copies(TypedDict):
    """Exactly those who get copies."""

    addresses: list[str]


class CopiesOut(TypedDict):
    """Who gets copies of what the customer gets."""

    addresses: list[str]


class CorrectionEnd(TypedDict):
    """What became of it."""

    outcome: str
    result: str


class CorrectionOut(TypedDict):
    """Something in an article that is to be put right, or was."""

    correction_id: int
    text_id: int
    wrong_version: int
    about: str
    reason: str
    owner_id: int | None
    due_on: str
    outcome: str
    result: str
    misled: int
    opened_at: str
    ended_at: str | None


class CorrectionOwner(TypedDict):
    """Who puts it right, and until when."""

    owner_id: int
    due_on: NotRequired[str]


class CorrectionPage(TypedDict):
    """Some corrections"""

    items: list["CorrectionOut"]
    next: str | None


class CorrectionsAsked(TypedDict):
    """Which corrections."""

    outcome: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class CostOut(TypedDict):
    """What a ticket costs."""

    verdict_id: int | None
    is_free: bool
    words: str
    kind: str
    price: str | None
    currency: str | None
    per: str
    is_waiting: bool
    accepted_at: str | None
    contract_id: int | None
    order_id: int | None
    minutes: int
    minutes_covered: int
    minutes_charged: int
    sums: list[str]
    contested: str | None
    is_upheld: bool | None
    reasons: str | None


class CostReasonOut(TypedDict):
    """A reason to call a request free or charged, and for which requests"""

    id: int
    kind: str
    name: str
    words: dict[str, str]
    types: list[str]
    tags: list[str]
    channels: list[str]
    price: str | None
    currency: str
    per: str | None
    position: int
    is_active: bool


class CostReasonSetting(TypedDict):
    """What of a reason is to be different"""

    name: NotRequired[str]
    words: NotRequired[Any]
    types: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    channels: NotRequired[list[str]]
    price: NotRequired[str | None]
    currency: NotRequired[str]
    per: NotRequired[str | None]
    position: NotRequired[int]
    is_active: NotRequired[bool]


class CostReasons(TypedDict):
    """In the order in which they are tried."""

    items: list["CostReasonOut"]


class Counts(TypedDict):
    """How many tickets stand in each queue and team"""

    queues: dict[str, int]
    teams: dict[str, int]
    capped: list[str]


class CreditOut(TypedDict):
    """Credit, which the next invoice uses up."""

    id: int
    account_id: int
    money: "MoneyOut"
    left: "MoneyOut"
    reason: str
    granted_at: str


class CreditPage(TypedDict):
    """Some credits"""

    items: list["CreditOut"]
    next: str | None


class DataAsked(TypedDict):
    """How much of it."""

    with_notes: NotRequired[bool]


class DayAsked(TypedDict):
    """Whose day."""

    team_id: NotRequired[int]


class DayOut(TypedDict):
    """The day at a glance."""

    queues: dict[str, int]
    is_capped: bool
    due_today: int
    late: list["DayTicket"]
    mine: list["DayTicket"]
    colleagues: list["Colleague"]
    week: list["WeekDay"] | None


class DayTicket(TypedDict):
    """A ticket that matters today."""

    number: int
    subject: str
    status: str
    due_at: str | None


class DaysAsked(TypedDict):
    """From which day to which, both included"""

    since: NotRequired[str]
    until: NotRequired[str]


class Declined(TypedDict):
    """Why not."""

    answer: str


class Deed(TypedDict):
    """Something a rule does"""

    operation: str
    args: NotRequired[dict[str, Any]]
    on: NotRequired[str]


class DefinedOut(TypedDict):
    """A field as it is set up."""

    code: str
    kind: str
    labels: dict[str, str]
    helps: dict[str, str]
    choices: list[dict[str, Any]]
    depends_on: str | None
    types: list[str]
    is_public: bool
    is_editable: bool
    required: str
    is_retired: bool


class DisputeAnswer(TypedDict):
    """What was found, in words for the customer."""

    answer: str


class DnsRecordOut(TypedDict):
    """A DNS record to add or change."""

    name: str
    type: str
    value: str


class DraftChanges(TypedDict):
    """What becomes different"""

    note: NotRequired[str]
    language: NotRequired[str]


class DraftIn(TypedDict):
    """What is written so far."""

    kind: NotRequired[str]
    text: NotRequired[str]
    html: NotRequired[str]
    cc: NotRequired[list[str]]
    seen_id: NotRequired[int]
    macro: NotRequired["MacroTakenUp | None"]
    attachments: NotRequired[list[str]]


class DraftOut(TypedDict):
    """What the asker is writing on a ticket."""

    kind: str
    html: str
    cc: list[str]
    seen_id: int | None
    macro: "MacroKept | None"
    saved_at: str
    attachments: list["FileOut"]


class EndedOut(TypedDict):
    """How many ended."""

    count: int


class EntryOut(TypedDict):
    """One side of a booking"""

    part: str
    account_id: int | None
    money: "MoneyOut"


class Erasure(TypedDict):
    """The word that makes it so"""

    sure: bool


class ErasureProof(TypedDict):
    """How much there was, and how much is left."""

    requests: int
    messages: int
    files: int
    addresses: int
    left: int


class ErasureRequestOut(TypedDict):
    """A customer's wish to be forgotten, and what became of it."""

    id: int
    contact_id: int
    receipt: str
    state: str
    answer: str
    asked_at: str
    decided_at: str | None
    proof: "ErasureProof | None"


class ErasureRequestPage(TypedDict):
    """Some of them"""

    items: list["ErasureRequestOut"]
    next: str | None


class ErasureRequestsAsked(TypedDict):
    """Which of them."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Escalation(TypedDict):
    """Why the next level is to decide"""

    reason: NotRequired[str]


class EventOut(TypedDict):
    """A fact that happened."""

    id: int
    at: str
    code: str
    subject: str
    actor: str
    cause_id: int | None
    data: dict[str, Any]


class EventPage(TypedDict):
    """Some events in order."""

    items: list["EventOut"]
    next: str
    more: bool


class Events(TypedDict):
    """The events of one ticket."""

    items: list["EventOut"]


class EventsAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class Every(TypedDict):
    """A schedule"""

    hours: NotRequired[int]
    time: NotRequired[str]
    days: NotRequired[list[int]]
    zone: NotRequired[str]


class ExclusionOut(TypedDict):
    """A time beyond control"""

    id: int
    begins_at: str
    ends_at: str
    objectives: list[str]
    team_ids: list[int]
    reason: dict[str, str]
    declared_by: str
    declared_at: str
    withdrawn_at: str | None


class ExclusionPage(TypedDict):
    """Some of them, the latest declared first"""

    items: list["ExclusionOut"]
    next: str | None


class ExclusionsAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class ExtensionsGiven(TypedDict):
    """Where an agent is found from now on."""

    extensions: list[str]


class ExtensionsOut(TypedDict):
    """Where an agent is found."""

    agent_id: int
    extensions: list[str]


class FactorOut(TypedDict):
    """A second factor somebody has."""

    kind: str
    created_at: str
    last_used_at: str | None


class FailureOut(TypedDict):
    """Something that failed for good, and waits for somebody to decide."""

    kind: str
    id: int
    what: str
    about: str
    error: str
    attempts: int
    at: str | None


class Failures(TypedDict):
    """Of each kind the latest 200."""

    items: list["FailureOut"]


class FailuresAsked(TypedDict):
    """Which of them."""

    kind: NotRequired[str]


class FeedbackAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class FeedbackIn(TypedDict):
    """Whether an article helped, and what is missing."""

    kind: str
    words: NotRequired[str]


class FeedbackOut(TypedDict):
    """What a reader said of one version"""

    feedback_id: int
    kind: str
    said: str
    version_read: int
    given_at: str


class FeedbackPage(TypedDict):
    """What readers said"""

    items: list["FeedbackOut"]
    next: str | None


class FieldChange(TypedDict):
    """A field before and after, as text."""

    name: str
    before: str
    after: str


class FieldChanges(TypedDict):
    """What becomes different"""

    labels: NotRequired[Any]
    helps: NotRequired[Any]
    choices: NotRequired[list["Choice"]]
    depends_on: NotRequired[str]
    types: NotRequired[list[str]]
    is_public: NotRequired[bool]
    is_editable: NotRequired[bool]
    required: NotRequired[str]


class FieldDifference(TypedDict):
    """What one field said, and says now."""

    field: str
    was: str
    becomes: str


class FieldOut(TypedDict):
    """A field the desk keeps of its tickets, beside what every ticket has."""

    code: str
    kind: str
    label: str
    types: list[str]
    choices: list[str]
    required: str
    is_public: bool


class FieldsAsked(TypedDict):
    """Which fields."""

    type: NotRequired[str]


class FieldsOut(TypedDict):
    """Fields in their order."""

    items: list["FieldOut"]


class FiguresAsked(TypedDict):
    """Of how many days."""

    days: NotRequired[int]


class FileOut(TypedDict):
    """A file on a message"""

    id: int
    filename: str
    content_type: str
    size: int
    is_inline: bool


class FirstStepsOut(TypedDict):
    """What is there and what is not, in the order in which it is set up."""

    has_team: bool
    has_way_out: bool
    fetches_mail: bool
    mail_came: bool
    first_ticket: int | None
    has_colleagues: bool
    has_answered: bool


class FiveWords(TypedDict):
    """Five words from bad to good, by language."""

    en: NotRequired[list[str]]
    ar: NotRequired[list[str]]
    de: NotRequired[list[str]]
    es: NotRequired[list[str]]
    fr: NotRequired[list[str]]


class FollowerOut(TypedDict):
    """An agent who hears of everything on a ticket."""

    agent_id: int
    name: str


class Followers(TypedDict):
    """All who follow a ticket."""

    items: list["FollowerOut"]


class ForecastOut(TypedDict):
    """What will be late today, in the zone of the asker, at the pace of the last fourteen days."""

    due: int
    late: int
    is_capped: bool
    first: list["LatePromise"]
    teams: list["TeamForecastOut"]


class FormChanges(TypedDict):
    """What becomes different"""

    names: NotRequired[Any]
    team_id: NotRequired[int]
    intros: NotRequired[Any]
    type: NotRequired[str]
    fields: NotRequired[list[str]]
    is_public: NotRequired[bool]


class FormOut(TypedDict):
    """What is asked for one kind of request, in which order, and which team gets it."""

    id: int
    code: str
    names: dict[str, str]
    intros: dict[str, str]
    type: str
    team_id: int
    fields: list[str]
    is_public: bool


class Forms(TypedDict):
    """Request forms in their order."""

    items: list["FormOut"]


class ForumGiven(TypedDict):
    """What a forum is to be"""

    names: NotRequired[dict[str, str]]
    intros: NotRequired[dict[str, str]]
    audience: NotRequired[str]
    organisation_ids: NotRequired[list[int]]
    brand_id: NotRequired[int | None]
    is_open: NotRequired[bool]


class ForumMemberOut(TypedDict):
    """Somebody who takes part, as everybody sees them."""

    id: int
    name: str
    trust: str
    points: int
    since: str


class ForumOrder(TypedDict):
    """The forums in the order in which they are to stand."""

    forum_ids: list[int]


class ForumOut(TypedDict):
    """A place to talk."""

    id: int
    slug: str
    names: dict[str, str]
    intros: dict[str, str]
    audience: str
    brand_id: int | None
    is_open: bool
    position: int


class ForumProposalOut(TypedDict):
    """A forum somebody would like to have."""

    proposal_id: int
    author_id: int
    author: str
    name: str
    purpose: str
    language: str
    state: str
    forum_id: int | None
    answer: str
    created_at: str
    decided_at: str | None


class ForumProposalPage(TypedDict):
    """Some proposals"""

    items: list["ForumProposalOut"]
    next: str | None


class ForumProposalsAsked(TypedDict):
    """Which proposals, the newest first."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ForumRefusal(TypedDict):
    """Why it is not made"""

    reason: str


class ForumSelfGiven(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    mails: NotRequired[bool]
    after_erasure: NotRequired[str]


class ForumSelfOut(TypedDict):
    """How the asker takes part."""

    id: int
    name: str
    trust: str
    points: int
    since: str
    mails: bool
    after_erasure: str
    is_blocked: bool


class ForumTermsGiven(TypedDict):
    """What becomes different"""

    known_after: NotRequired[int]
    regular_after: NotRequired[int]
    holds_new: NotRequired[bool]
    holds_links: NotRequired[bool]
    posts_per_hour: NotRequired[int]
    reports_hide: NotRequired[int]
    takes_proposals: NotRequired[bool]


class ForumTermsOut(TypedDict):
    """How far people are trusted."""

    known_after: int
    regular_after: int
    holds_new: bool
    holds_links: bool
    posts_per_hour: int
    reports_hide: int
    takes_proposals: bool


class ForumWished(TypedDict):
    """A forum the asker would like to have."""

    title: str
    purpose: str
    language: NotRequired[str]
    name: NotRequired[str]


class Forums(TypedDict):
    """All the asker may read, in order."""

    items: list["ForumOut"]


class Forward(TypedDict):
    """A question to a third party"""

    address: str
    subject: NotRequired[str]
    text: NotRequired[str]
    html: NotRequired[str]
    attachments: NotRequired[list[str]]


class Found(TypedDict):
    """How many things were found, by family and by language."""

    families: dict[str, int]
    languages: dict[str, int]


class GivenArticle(TypedDict):
    """An article that answers a ticket, or may."""

    text_id: int
    title: str
    language: str
    audience: str


class GivenLine(TypedDict):
    """A line to charge"""

    text: str
    price: str
    quantity: NotRequired[str]
    unit: NotRequired[str]
    source: NotRequired[str]


class GivenOut(TypedDict):
    """A remedy as its customer reads it."""

    title: str
    standing: str
    amount: str | None
    currency: str


class GivenUp(TypedDict):
    """Why it is given up"""

    reason: str


class GoingOut(TypedDict):
    """Something that would go."""

    number: int | None
    text: str
    at: str | None


class GradeOut(TypedDict):
    """What a customer gave for one solution."""

    id: int
    ticket: int
    score: int
    comment: str
    team_id: int
    agent_id: int | None
    way: str
    solved_at: str
    given_at: str


class GradePage(TypedDict):
    """Some grades"""

    items: list["GradeOut"]
    next: str | None


class GradeReportOut(TypedDict):
    """What customers gave"""

    since: str
    until: str
    total: "GradesOf"
    teams: list["GradesOf"]
    agents: list["GradesOf"]


class GradeTermsChanges(TypedDict):
    """What becomes different"""

    is_asked: NotRequired[bool]
    remind_after: NotRequired[list[int]]
    close_after: NotRequired[int]
    words: NotRequired[Any]


class GradeTermsList(TypedDict):
    """What holds for all teams, then what teams set themselves."""

    items: list["GradeTermsOut"]


class GradeTermsOut(TypedDict):
    """How a team asks for grades, or, without a team, all that did not set it themselves."""

    team_id: int | None
    is_asked: bool
    remind_after: list[int]
    close_after: int
    words: dict[str, list[str]]


class GradesAsked(TypedDict):
    """Which grades."""

    team_id: NotRequired[int]
    agent_id: NotRequired[int]
    since: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class GradesOf(TypedDict):
    """The grades of a team, an agent, or all together."""

    label: str
    counts: list[int]
    graded: int
    solved: int
    mean: float | None
    share: float | None
    positive: float | None


class GroupRole(TypedDict):
    """Whoever is in a group there has this role here."""

    group: str
    role: str


class GroupRoleOut(TypedDict):
    """Whoever is in a group there has this role here."""

    group: str
    role: str


class GroupTeam(TypedDict):
    """Whoever is in a group there works for this team here."""

    group: str
    team_id: int


class GroupTeamOut(TypedDict):
    """Whoever is in a group there works for this team here."""

    group: str
    team_id: int


class HeldAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class HeldMailOut(TypedDict):
    """A mail that nobody knows arrived, that was refused, or that is held back."""

    id: int
    state: str
    ticket: int | None
    sender: str
    recipients: list[str]
    note: str
    attempts: int
    queued_at: str


class HeldMails(TypedDict):
    """Some of them, the latest first"""

    items: list["HeldMailOut"]
    next: str | None


class HeldTextOut(TypedDict):
    """A text message that nobody knows arrived, that was refused, or that is held back."""

    id: int
    state: str
    ticket: int | None
    number_id: int | None
    to: str
    text: str
    note: str
    attempts: int
    queued_at: str


class HeldTexts(TypedDict):
    """Some of them, the latest first"""

    items: list["HeldTextOut"]
    next: str | None


class HitOut(TypedDict):
    """A thing found, by the best of its documents."""

    kind: str
    id: int
    family: str
    number: int | None
    title: str
    extract: str
    language: str
    created_at: str
    url: str
    several: int
    score: float | None
    by_words: int | None
    by_meaning: int | None
    why: list["WordOut"]


class Hits(TypedDict):
    """A page of hits, each thing once"""

    items: list["HitOut"]
    best: "HitOut | None"
    counts: "Found | None"
    next: str | None
    corrected: dict[str, str]


class HoldOut(TypedDict):
    """Nothing of it is deleted or erased until the hold is lifted."""

    id: int
    kind: str
    held_id: int
    name: str
    reason: str
    placed_by: str
    placed_at: str


class Holds(TypedDict):
    """The legal holds in force."""

    items: list["HoldOut"]


class HoursOut(TypedDict):
    """A channel with opening hours of its own."""

    channel: str
    calendar_id: int


class HtmlOut(TypedDict):
    """The same as safe HTML, to be written into a draft."""

    html: str


class IdentityOut(TypedDict):
    """An address or number by which a contact is known."""

    id: int
    kind: str
    value: str


class ImportLine(TypedDict):
    """What would come of a line as things are now."""

    line: int
    name: str
    verdict: str
    why: str
    fields: dict[str, str]


class ImportLines(TypedDict):
    """Some lines"""

    items: list["ImportLine"]
    next: str | None


class ImportOut(TypedDict):
    """A list, and how far it is."""

    id: int
    kind: str
    filename: str
    state: str
    invites: bool
    total: int
    position: int
    made: int
    changed: int
    same: int
    refused: int
    problems: list[int]
    agent_id: int | None
    created_at: str
    ended_at: str | None


class ImportPage(TypedDict):
    """Some lists, the latest first"""

    items: list["ImportOut"]
    next: str | None


class ImportsAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class IncidentOut(TypedDict):
    """An outage or planned work, with all that was said of it, the newest first."""

    id: int
    kind: str
    titles: dict[str, str]
    impact: str
    stage: str
    component_ids: list[int]
    starts_at: str
    ends_at: str | None
    ended_at: str | None
    is_over: bool
    is_planned: bool
    updates: list["IncidentUpdateOut"]
    ticket_number: NotRequired[int | None]


class IncidentPage(TypedDict):
    """Some incidents, the newest first"""

    items: list["IncidentOut"]
    next: str | None


class IncidentSetting(TypedDict):
    """What of an incident is to be different."""

    titles: NotRequired[Any]
    impact: NotRequired[str]
    component_ids: NotRequired[list[int]]
    starts_at: NotRequired[str]
    ends_at: NotRequired[str | None]
    ticket_number: NotRequired[int | None]


class IncidentUpdateOut(TypedDict):
    """What was said at a time."""

    id: int
    stage: str
    texts: dict[str, str]
    at: str


class IntegrationOut(TypedDict):
    """A program that works at the desk in its own name."""

    id: int
    agent_id: int
    name: str
    role: str
    team_ids: list[int]
    created_at: str


class Integrations(TypedDict):
    """All integrations."""

    items: list["IntegrationOut"]


class IntervalOut(TypedDict):
    """Time that was counted, or that was not, and why."""

    since: str
    until: str
    why: str


class InvitationOut(TypedDict):
    """That somebody was asked to come, and what became of it."""

    agent_id: int
    name: str
    email: str
    state: str
    times: int
    sent_at: str
    ends_at: str
    link: str | None


class Invitations(TypedDict):
    """Invitations, the latest first."""

    items: list["InvitationOut"]


class InvitationsAsked(TypedDict):
    """Which of them."""

    state: NotRequired[str]


class InvoiceOut(TypedDict):
    """An invoice, or a credit note that counters one."""

    id: int
    kind: str
    state: str
    number: str | None
    account_id: int
    counters_id: int | None
    issued_on: str | None
    due_on: str | None
    language: str
    note: str
    net: "MoneyOut"
    tax: "MoneyOut"
    gross: "MoneyOut"
    open: "MoneyOut"
    is_disputed: bool
    lines: list["LineOut"]


class InvoicePage(TypedDict):
    """Some invoices"""

    items: list["InvoiceOut"]
    next: str | None


class InvoicesAsked(TypedDict):
    """Which invoices."""

    state: NotRequired[str]
    account_id: NotRequired[int]
    number: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ItemChanges(TypedDict):
    """What becomes different"""

    text: NotRequired[str]
    assignee_id: NotRequired[int | None]
    due_on: NotRequired[str | None]
    done: NotRequired[bool]


class ItemOut(TypedDict):
    """Something to be done on a ticket."""

    id: int
    text: str
    assignee_id: int | None
    due_on: str | None
    done_at: str | None
    done_by_id: int | None


class ItemResult(TypedDict):
    """What became of one"""

    status: int
    number: NotRequired[int | None]
    id: NotRequired[int | None]
    code: NotRequired[str | None]
    detail: NotRequired[str | None]


class Items(TypedDict):
    """A checklist."""

    items: list["ItemOut"]


class Junk(TypedDict):
    """That nobody asked for it."""

    block_sender: NotRequired[bool]


class Labels(TypedDict):
    """What something is called, by language."""

    en: str
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class LatePromise(TypedDict):
    """A promise that will be late."""

    number: int
    due_at: str


class LedgerAsked(TypedDict):
    """And from where on."""

    since: NotRequired[str]
    until: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class LedgerOut(TypedDict):
    """Totals of a time, and its bookings, the latest first"""

    since: str
    until: str
    totals: list["PartOut"]
    items: list["BookingOut"]
    next: str | None


class LevelOut(TypedDict):
    """Somebody who decides complaints, or a body outside."""

    id: int
    position: int
    names: dict[str, str]
    team_id: int | None
    is_outside: bool
    contact_name: str
    email: str
    phone: str
    post: str
    website: str


class LevelSetting(TypedDict):
    """What of a level is to be different."""

    position: NotRequired[int]
    names: NotRequired[dict[str, str]]
    team_id: NotRequired[int | None]
    is_outside: NotRequired[bool]
    contact_name: NotRequired[str]
    email: NotRequired[str]
    phone: NotRequired[str]
    post: NotRequired[str]
    website: NotRequired[str]


class Levels(TypedDict):
    """Who decides, in order."""

    items: list["LevelOut"]


class Limits(TypedDict):
    """Up to how much each approves refunds alone"""

    lead: NotRequired[str | None]
    manager: NotRequired[str | None]
    administrator: NotRequired[str | None]


class LimitsOut(TypedDict):
    """Up to how much somebody of a role approves refunds alone"""

    lead: str | None
    manager: str | None
    administrator: str | None


class LineByLanguage(TypedDict):
    """A few words by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class LineOut(TypedDict):
    """A line of an invoice."""

    id: int
    text: str
    quantity: str
    unit: str
    price: "MoneyOut"
    net: "MoneyOut"
    tax_category: str
    tax_percent: str


class LinesAsked(TypedDict):
    """Which lines."""

    verdict: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class LinkOut(TypedDict):
    """Another ticket this one stands to."""

    number: int
    subject: str
    status: str
    kind: str
    direction: str


class Links(TypedDict):
    """All links to tickets the asker may see."""

    items: list["LinkOut"]


class ListTaken(TypedDict):
    """How many orders were kept, and what was wrong with the others."""

    kept: int
    wrong: list["NotKept"]


class ListedRule(TypedDict):
    """A rule, with how it fares."""

    id: int
    name: str
    slug: str
    position: int
    is_on: bool
    version: int
    team_id: int | None
    body: dict[str, Any]
    acted_at: NotRequired[str | None]
    failures: NotRequired[int]
    held_today: NotRequired[int]


class LoginOut(TypedDict):
    """How somebody gets in."""

    person: str
    email: str
    factors: list["FactorOut"]
    sessions: list["SessionOut"]


class MacroChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    sharing: NotRequired[str]
    team_id: NotRequired[int]
    kind: NotRequired[str]
    texts: NotRequired[Any]
    template: NotRequired[str]
    steps: NotRequired[list["Step"]]
    types: NotRequired[list[str]]
    channels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    is_active: NotRequired[bool]


class MacroDone(TypedDict):
    """What a macro wrote, if it has a text, and which of its steps came to nothing."""

    message_id: int | None
    not_done: list["StepNotDone"]


class MacroKept(TypedDict):
    """A macro that was taken up, as it was then, whatever became of it since."""

    macro_id: int
    name: str
    steps: list[dict[str, Any]]
    left_out: list[int]


class MacroOut(TypedDict):
    """A text and steps that agents have ready."""

    id: int
    name: str
    kind: str
    agent_id: int | None
    team_id: int | None
    texts: dict[str, str]
    template: str
    condition: dict[str, Any]
    steps: list[dict[str, Any]]
    is_active: bool
    used: int
    saved_at: str


class MacroTakenUp(TypedDict):
    """A macro taken up"""

    macro_id: int
    name: NotRequired[str]
    steps: NotRequired[list["Step"]]
    left_out: NotRequired[list[int]]


class MacroTexts(TypedDict):
    """The text by language, as HTML with facts in braces, such as {customer}."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class Macros(TypedDict):
    """The macros the asker may use."""

    items: list["MacroOut"]


class MadeToken(TypedDict):
    """A token with its secret, which is told only now"""

    id: int
    kind: str
    name: str
    scopes: list[str]
    agent_id: int | None
    hint: str
    state: str
    created_by: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None
    client_id: str | None
    secret: str | None


class MailAccountChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    address: NotRequired[str]
    team_id: NotRequired[int]
    user: NotRequired[str]
    login_by: NotRequired[str]
    imap_host: NotRequired[str]
    imap_port: NotRequired[int]
    imap_security: NotRequired[str]
    folder: NotRequired[str]
    sent_folder: NotRequired[str]
    smtp_host: NotRequired[str]
    smtp_port: NotRequired[int]
    smtp_security: NotRequired[str]
    is_active: NotRequired[bool]
    password: NotRequired[str]
    refresh_token: NotRequired[str]
    client_id: NotRequired[str]
    client_secret: NotRequired[str]
    token_url: NotRequired[str]


class MailAccountOut(TypedDict):
    """A mailbox elsewhere"""

    id: int
    name: str
    address: str
    team_id: int
    user: str
    login_by: str
    imap_host: str
    imap_port: int
    imap_security: str
    folder: str
    sent_folder: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    is_active: bool
    secrets: list[str]
    checked_at: str | None
    error: str


class MailAccounts(TypedDict):
    """All mail accounts."""

    items: list["MailAccountOut"]


class ManyChanges(TypedDict):
    """The same changes for many tickets, each as by itself."""

    numbers: list[int]
    changes: "TicketChanges"


class MarkdownIn(TypedDict):
    """A text in Markdown."""

    markdown: str


class Me(TypedDict):
    """As whom the asker acts, and what they may."""

    key: str
    name: str
    role: str
    language: str
    time_zone: str
    agent_id: int | None
    contact_id: int | None
    team_ids: list[int]
    scopes: list[str] | None


class MemberRole(TypedDict):
    """What somebody may do in one team"""

    role_id: int | None


class MembersAsked(TypedDict):
    """Which people."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class MergeInto(TypedDict):
    """The ticket in which it goes on."""

    into: int


class MergeOut(TypedDict):
    """A merge that can be undone."""

    id: int
    organisation_id: int
    merged_id: int
    merged_at: str


class MergeWith(TypedDict):
    """The contact who is the same person."""

    contact_id: int


class MergeWithOrganisation(TypedDict):
    """The organisation that is the same."""

    organisation_id: int


class Merges(TypedDict):
    """Merges that can be undone, the latest first."""

    items: list["MergeOut"]


class MessageOut(TypedDict):
    """One entry on a ticket's timeline."""

    id: int
    number: int
    direction: str
    channel: str
    author_name: str
    subject: str
    body_text: str
    body_html: str
    is_automatic: bool
    created_at: str
    redacted_at: str | None
    attachments: list["FileOut"]
    contact_id: NotRequired[int | None]
    agent_id: NotRequired[int | None]
    author_address: NotRequired[str]
    to: NotRequired[list[str]]
    cc: NotRequired[list[str]]
    quoted_text: NotRequired[str]
    template: NotRequired[str]
    delivery: NotRequired[str]
    delivery_note: NotRequired[str]
    send_at: NotRequired[str | None]
    side_thread_id: NotRequired[int | None]


class MessagePage(TypedDict):
    """Some messages"""

    items: list["MessageOut"]
    next: str | None


class MessagesAsked(TypedDict):
    """Which messages of a ticket."""

    direction: NotRequired[str]
    order: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class MissedAsked(TypedDict):
    """Since when, and by whom."""

    since: NotRequired[str | None]
    side: NotRequired[str]


class MissedOut(TypedDict):
    """A search that found nothing, or little."""

    words: str
    side: str
    language: str
    outcome: str
    times: int


class MissedReport(TypedDict):
    """Searches without result"""

    since: str
    items: list["MissedOut"]
    times: int
    unnamed: int


class MoneyOut(TypedDict):
    """An amount in a currency."""

    amount: str
    currency: str


class Named(TypedDict):
    """Somebody or something by name."""

    id: int | None
    name: str | None
    language: NotRequired[str | None]


class NewAddress(TypedDict):
    """An address to be reached by as well."""

    address: str


class NewAgent(TypedDict):
    """Somebody who joins the desk"""

    email: str
    name: str
    role: NotRequired[str]
    language: NotRequired[str]
    team_ids: NotRequired[list[int]]


class NewAnnouncement(TypedDict):
    """A draft."""

    kind: NotRequired[str]
    texts: "SaidByLanguage"
    template: NotRequired[str]
    language: NotRequired[str]
    audience: NotRequired[Any]
    team_id: int
    is_contractual: NotRequired[bool]
    asks_receipt: NotRequired[bool]
    policy: NotRequired[str]
    effective_on: NotRequired[str | None]


class NewArticle(TypedDict):
    """An article to begin"""

    category_id: int
    title: str
    summary: NotRequired[str]
    html: NotRequired[str]
    language: NotRequired[str]
    kind: NotRequired[str]
    audience: NotRequired[str]


class NewArticleFile(TypedDict):
    """A file for an article."""

    upload: str
    is_inline: NotRequired[bool]


class NewBlock(TypedDict):
    """Whom to hear no more."""

    pattern: str


class NewBrand(TypedDict):
    """A brand to draft."""

    name: str
    host: NotRequired[str]
    origins: NotRequired[list[str]]
    team_ids: NotRequired[list[int]]
    accent: NotRequired[str]
    accent_dark: NotRequired[str]
    welcome: NotRequired[Any]
    footer: NotRequired[Any]
    links: NotRequired[list["BrandLink"]]
    phone: NotRequired[str]
    sender_name: NotRequired[str]


class NewBrowser(TypedDict):
    """What `PushSubscription.toJSON()` gives in a browser."""

    endpoint: str
    p256dh: str
    auth: str
    browser: NotRequired[str]


class NewCalendar(TypedDict):
    """Opening hours"""

    name: str
    zone: NotRequired[str]
    hours: NotRequired[Any]
    country: NotRequired[str]
    subdivision: NotRequired[str]
    holidays: NotRequired[list[str]]
    exceptions: NotRequired[list["OtherDay"]]


class NewCategory(TypedDict):
    """A shelf to make"""

    names: dict[str, Any]
    intros: NotRequired[dict[str, Any]]
    parent_id: NotRequired[int | None]
    audience: NotRequired[str]


class NewCircular(TypedDict):
    """One answer by language"""

    texts: dict[str, Any]


class NewComplaint(TypedDict):
    """What a customer complains about"""

    subject: str
    text: str
    kind: NotRequired[str]
    about: NotRequired[int]


class NewComponent(TypedDict):
    """A part of the service from now on."""

    names: "LineByLanguage"
    position: NotRequired[int]
    is_active: NotRequired[bool]


class NewConsent(TypedDict):
    """A customer writes what they agree to"""

    text: NotRequired[str]
    message_id: NotRequired[int]
    signed_on: NotRequired[str | None]
    attachments: NotRequired[list[str]]


class NewContact(TypedDict):
    """Somebody to register"""

    email: str
    name: NotRequired[str]
    language: NotRequired[str]
    phone: NotRequired[str]
    organisation_id: NotRequired[int]
    note: NotRequired[str]


class NewContract(TypedDict):
    """An offer for a contact or an organisation, one of them"""

    offer_id: int
    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    starts_on: NotRequired[str]
    ends_on: NotRequired[str]
    agreed_on: NotRequired[str]


class NewCorrection(TypedDict):
    """What is wrong in an article."""

    text_id: int
    reason: str
    number: NotRequired[int]


class NewCostReason(TypedDict):
    """A reason to try from now on."""

    name: str
    words: NotRequired[Any]
    types: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    channels: NotRequired[list[str]]
    price: NotRequired[str | None]
    currency: NotRequired[str]
    per: NotRequired[str | None]
    position: NotRequired[int]
    is_active: NotRequired[bool]
    kind: str


class NewCredit(TypedDict):
    """Credit for one cause"""

    reason: str
    account_id: int
    amount: str
    cause: str


class NewDecision(TypedDict):
    """A verdict and its reasons, as the customer reads them."""

    verdict: str
    reasons: str


class NewDispute(TypedDict):
    """What is wrong with an invoice."""

    text: str


class NewDraft(TypedDict):
    """From which sample the draft begins"""

    sample: NotRequired[str]


class NewExclusion(TypedDict):
    """A time that is not to count, and why, for all to read."""

    begins_at: str
    ends_at: str
    reason: "CharterWords"
    objectives: NotRequired[list[str]]
    team_ids: NotRequired[list[int]]


class NewField(TypedDict):
    """A field to keep of tickets."""

    code: str
    kind: str
    labels: "Labels"
    helps: NotRequired[Any]
    choices: NotRequired[list["Choice"]]
    depends_on: NotRequired[str]
    types: NotRequired[list[str]]
    is_public: NotRequired[bool]
    is_editable: NotRequired[bool]
    required: NotRequired[str]


class NewForm(TypedDict):
    """A request form."""

    code: str
    names: "Labels"
    team_id: int
    intros: NotRequired[Any]
    type: NotRequired[str]
    fields: NotRequired[list[str]]
    is_public: NotRequired[bool]


class NewGrade(TypedDict):
    """How it went"""

    score: int
    comment: NotRequired[str]


class NewHold(TypedDict):
    """What to hold"""

    kind: str
    id: int
    reason: str


class NewIdentity(TypedDict):
    """One more address or number."""

    kind: str
    value: str


class NewImport(TypedDict):
    """What the list holds."""

    kind: str
    filename: NotRequired[str]
    invites: NotRequired[bool]


class NewIncident(TypedDict):
    """An outage, or work that is planned."""

    titles: "LineByLanguage"
    impact: NotRequired[str]
    component_ids: NotRequired[list[int]]
    starts_at: NotRequired[str]
    ends_at: NotRequired[str | None]
    ticket_number: NotRequired[int | None]
    kind: str
    texts: "TextByLanguage"


class NewIntegration(TypedDict):
    """A program that is to work in its own name"""

    name: str
    role: NotRequired[str]
    team_ids: NotRequired[list[int]]


class NewInvoice(TypedDict):
    """A draft"""

    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    currency: NotRequired[str]
    lines: NotRequired[list["GivenLine"]]
    collect: NotRequired[bool]
    note: NotRequired[str]
    language: NotRequired[str]


class NewItem(TypedDict):
    """Something to do"""

    text: str
    assignee_id: NotRequired[int]
    due_on: NotRequired[str]


class NewKey(TypedDict):
    """A key to sign with"""

    key: NotRequired[str]


class NewLink(TypedDict):
    """How it stands to another ticket."""

    number: int
    kind: NotRequired[str]


class NewMacro(TypedDict):
    """A text, steps, or both."""

    name: str
    sharing: NotRequired[str]
    team_id: NotRequired[int]
    kind: NotRequired[str]
    texts: NotRequired[Any]
    template: NotRequired[str]
    steps: NotRequired[list["Step"]]
    types: NotRequired[list[str]]
    channels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    is_active: NotRequired[bool]


class NewMailAccount(TypedDict):
    """A mailbox to fetch from, to send through, or both."""

    name: str
    address: str
    team_id: int
    user: NotRequired[str]
    login_by: NotRequired[str]
    imap_host: NotRequired[str]
    imap_port: NotRequired[int]
    imap_security: NotRequired[str]
    folder: NotRequired[str]
    sent_folder: NotRequired[str]
    smtp_host: NotRequired[str]
    smtp_port: NotRequired[int]
    smtp_security: NotRequired[str]
    is_active: NotRequired[bool]
    password: NotRequired[str]
    refresh_token: NotRequired[str]
    client_id: NotRequired[str]
    client_secret: NotRequired[str]
    token_url: NotRequired[str]


class NewMessage(TypedDict):
    """Something to say"""

    kind: NotRequired[str]
    text: NotRequired[str]
    html: NotRequired[str]
    cc: NotRequired[list[str]]
    way: NotRequired[str]
    send_at: NotRequired[str]
    attachments: NotRequired[list[str]]
    mentions: NotRequired[list[int]]
    seen_id: NotRequired[int]
    articles: NotRequired[list[int]]


class NewNote(TypedDict):
    """Something to note."""

    text: str


class NewOrder(TypedDict):
    """An order as it is now."""

    number: str
    email: str
    name: NotRequired[str]
    status: NotRequired[str]
    total: NotRequired[str]
    currency: NotRequired[str]
    ordered_at: str
    changed_at: NotRequired[str]
    support_days: NotRequired[int]
    lines: NotRequired[list["NewOrdered"]]


class NewOrdered(TypedDict):
    """So many of one thing, at the price of one."""

    name: str
    sku: NotRequired[str]
    quantity: NotRequired[str]
    price: NotRequired[str]


class NewOrganisation(TypedDict):
    """An organisation"""

    name: str
    domains: NotRequired[list[str]]
    note: NotRequired[str]


class NewParts(TypedDict):
    """Which of the waiting tickets join the problem."""

    numbers: list[int]


class NewPayment(TypedDict):
    """Money that came in"""

    account_id: int
    amount: str
    way: NotRequired[str]
    received_on: NotRequired[str]
    reference: NotRequired[str]
    external_id: NotRequired[str]
    invoice_id: NotRequired[int]


class NewPersonField(TypedDict):
    """A field from now on"""

    of: str
    kind: str
    name: str
    code: NotRequired[str]
    names: NotRequired[Any]
    choices: NotRequired[list[str]]
    position: NotRequired[int]


class NewPersonValues(TypedDict):
    """What to put into fields, by their codes"""

    values: dict[str, str | int | float | None]


class NewPhoneLine(TypedDict):
    """A number, and whose its calls are."""

    name: str
    number: str
    team_id: int
    language: NotRequired[str]
    calendar_id: NotRequired[int | None]
    calls_back: NotRequired[bool]
    is_active: NotRequired[bool]


class NewPhoneSystem(TypedDict):
    """A system that may report calls."""

    name: str


class NewPolicy(TypedDict):
    """A promise, for requests that come from now on."""

    name: str
    position: NotRequired[int]
    first_reply_seconds: NotRequired[int | None]
    next_reply_seconds: NotRequired[int | None]
    resolution_seconds: NotRequired[int | None]
    answer_seconds: NotRequired[int | None]
    types: NotRequired[list[str]]
    priorities: NotRequired[list[int]]
    team_ids: NotRequired[list[int]]
    channels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    entitlements: NotRequired[list[str]]
    warnings: NotRequired[list[int]]
    pauses: NotRequired[list[str]]
    calendar_id: NotRequired[int | None]


class NewProblem(TypedDict):
    """What the problem is, and which of the waiting tickets are part of it."""

    subject: str
    told: NotRequired[str]
    numbers: list[int]


class NewProvider(TypedDict):
    """A provider."""

    kind: str
    name: str
    slug: str
    domains: list[str]
    groups_claim: NotRequired[str]
    role_of_group: NotRequired[list["GroupRole"]]
    team_of_group: NotRequired[list["GroupTeam"]]
    default_role: NotRequired[str]
    is_active: NotRequired[bool]
    issuer: NotRequired[str]
    client_id: NotRequired[str]
    secret: NotRequired[str]
    sign_in_url: NotRequired[str]
    certificates: NotRequired[str]
    metadata: NotRequired[str]


class NewRefund(TypedDict):
    """Money to go back for one cause"""

    reason: str
    account_id: int
    amount: str
    out_of: NotRequired[str]
    cause: str


class NewRefusal(TypedDict):
    """Why, as the customer reads it."""

    explanation: str


class NewRetentionRule(TypedDict):
    """What goes, how old, and how."""

    subject: str
    action: str
    days: int
    types: NotRequired[list[str]]
    is_active: NotRequired[bool]


class NewRole(TypedDict):
    """A role."""

    name: str
    description: NotRequired[str]
    permissions: list[str]


class NewRule(TypedDict):
    """A rule to be."""

    name: str
    body: "RuleBody"
    position: NotRequired[int]
    reason: NotRequired[str]
    is_on: NotRequired[bool]


class NewRun(TypedDict):
    """What to do to which tickets"""

    what: str
    value: NotRequired[str]
    numbers: list[int]


class NewSchedule(TypedDict):
    """What is to be mailed to whom, and how often."""

    measure: str
    by: NotRequired[str]
    rhythm: str
    to: list[str]


class NewSmsNumber(TypedDict):
    """A number, with what its provider gave you."""

    name: str
    number: str
    team_id: int
    calendar_id: NotRequired[int | None]
    language: NotRequired[str]
    provider: NotRequired[str]
    url: NotRequired[str]
    host: NotRequired[str]
    port: NotRequired[int]
    uses_tls: NotRequired[bool]
    user: NotRequired[str]
    join_hours: NotRequired[int]
    daily_cap: NotRequired[int]
    is_active: NotRequired[bool]
    secret: NotRequired[str]


class NewSource(TypedDict):
    """A source from now on"""

    name: str
    slug: str
    kind: NotRequired[str]
    secret: NotRequired[str]
    support_days: NotRequired[int]
    is_active: NotRequired[bool]


class NewStep(TypedDict):
    """A reminder from now on."""

    days: int
    words: NotRequired[Any]


class NewTaxRate(TypedDict):
    """A kind of tax, and from when so many percent hold"""

    name: str
    percent: str
    category: NotRequired[str]
    valid_from: NotRequired[str]
    why: NotRequired[str]
    is_default: NotRequired[bool]


class NewTeam(TypedDict):
    """A team to make."""

    name: str
    address: str
    calendar_id: int
    sender_name: NotRequired[str]
    language: NotRequired[str]
    is_public: NotRequired[bool]
    signature: NotRequired[str]
    signatures: NotRequired[Any]
    skill: NotRequired[str]


class NewTemplate(TypedDict):
    """A text of the desk's own."""

    name: str
    code: NotRequired[str]
    texts: "TemplateTexts"


class NewTicket(TypedDict):
    """A request to take on."""

    subject: NotRequired[str]
    text: NotRequired[str]
    html: NotRequired[str]
    contact: NotRequired[Any]
    team_id: NotRequired[int]
    assignee_id: NotRequired[int]
    type: NotRequired[str]
    priority: NotRequired[int]
    tags: NotRequired[list[str]]
    language: NotRequired[str]
    channel: NotRequired[str]
    cc: NotRequired[list[str]]
    attachments: NotRequired[list[str]]
    form: NotRequired[str]
    fields: NotRequired[dict[str, str | int | float | bool | None]]


class NewTickets(TypedDict):
    """Many requests to take on, each as in `POST /tickets`, without assignee, files, form and fields."""

    tickets: list["NewTicket"]


class NewTier(TypedDict):
    """A tier from now on."""

    name: str
    orders: int
    classes: NotRequired[int]
    margin_seconds: NotRequired[int]


class NewTime(TypedDict):
    """Time that was spent."""

    minutes: int
    kind: NotRequired[str]
    note: NotRequired[str]


class NewTimer(TypedDict):
    """What begins now."""

    kind: NotRequired[str]
    note: NotRequired[str]


class NewToken(TypedDict):
    """What a token is for, and until when"""

    name: str
    scopes: list[str]
    kind: NotRequired[str]
    expires_at: NotRequired[str]
    integration_id: NotRequired[int]


class NewUpdate(TypedDict):
    """What is new"""

    texts: "TextByLanguage"
    stage: NotRequired[str]


class NewVersion(TypedDict):
    """What a rule shall say"""

    name: NotRequired[str]
    body: NotRequired[Any]
    text: NotRequired[str]
    reason: NotRequired[str]
    is_on: NotRequired[bool]


class NewView(TypedDict):
    """A view to keep."""

    name: str
    sharing: NotRequired[str]
    team_id: NotRequired[int]
    filter: NotRequired[dict[str, Any]]
    columns: NotRequired[list[str]]
    grouping: NotRequired[str]
    sorting: NotRequired[str]


class NewWebhook(TypedDict):
    """An address to call, by POST, from now on."""

    name: str
    url: str
    codes: NotRequired[list[str]]
    team_ids: NotRequired[list[int]]
    is_active: NotRequired[bool]


class NotKept(TypedDict):
    """Which line of a list could not be kept, and why."""

    line: int
    why: str


class NotTaken(TypedDict):
    """An article that was left out, and why."""

    place: str
    why: str


class NoteOut(TypedDict):
    """Something to know about a contact."""

    id: int
    text: str
    author_id: int | None
    created_at: str


class Notes(TypedDict):
    """Notes, the latest first."""

    items: list["NoteOut"]


class NoticeOut(TypedDict):
    """Something you were told"""

    id: int
    code: str
    about: str
    created_at: str
    read_at: str | None


class NoticePage(TypedDict):
    """Some notices, the latest first"""

    items: list["NoticeOut"]
    next: str | None


class NoticesAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class NoticesRead(TypedDict):
    """How many were not read before."""

    count: int


class ObjectiveOut(TypedDict):
    """A measured promise, and how it is kept."""

    code: str
    title: str
    promise: str
    target: float
    window: int
    is_on_target: bool | None
    days_30: "ShareOut"
    days_90: "ShareOut"
    weeks: list["WeekOut"]


class OfAccountAsked(TypedDict):
    """Of which account"""

    account_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class OfferOut(TypedDict):
    """Support as customers can have it."""

    id: int
    name: str
    description: str
    types: list[str]
    channels: list[str]
    calendar_id: int | None
    period: str
    is_unlimited: bool
    incidents: int | None
    minutes: int | None
    price: str
    currency: str
    overage_per: str
    overage: str | None
    months: int | None
    remind_days: int
    position: int
    is_active: bool


class OfferSetting(TypedDict):
    """What of an offer is to be different"""

    name: NotRequired[str]
    description: NotRequired[str]
    types: NotRequired[list[str]]
    channels: NotRequired[list[str]]
    period: NotRequired[str]
    is_unlimited: NotRequired[bool]
    incidents: NotRequired[int | None]
    minutes: NotRequired[int | None]
    price: NotRequired[str]
    currency: NotRequired[str]
    overage_per: NotRequired[str | None]
    overage: NotRequired[str | None]
    months: NotRequired[int | None]
    calendar_id: NotRequired[int | None]
    remind_days: NotRequired[int]
    position: NotRequired[int]
    is_active: NotRequired[bool]


class Offers(TypedDict):
    """All offers."""

    items: list["OfferOut"]


class OfficerOut(TypedDict):
    """Whom to turn to"""

    name: str
    function: str
    level: int
    email: str
    phone: str
    post: str


class OrderOut(TypedDict):
    """What somebody bought"""

    id: int
    source: str
    external_id: str
    number: str
    contact_id: int
    organisation_id: int | None
    status: str
    total: str
    currency: str
    ordered_at: str
    supported_until: str
    lines: list["OrderedOut"]


class OrderPage(TypedDict):
    """Some orders"""

    items: list["OrderOut"]
    next: str | None


class OrderSourceOut(TypedDict):
    """Where orders come from."""

    id: int
    slug: str
    name: str
    kind: str
    support_days: int
    is_active: bool
    has_secret: bool
    hook: str | None
    heard_at: str | None


class OrderSources(TypedDict):
    """All of them, by name."""

    items: list["OrderSourceOut"]


class OrderedOut(TypedDict):
    """So many of one thing, at the price of one."""

    name: str
    sku: str
    quantity: str
    price: str


class OrdersAsked(TypedDict):
    """Which orders"""

    contact_id: NotRequired[int]
    number: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class OrganisationChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    domains: NotRequired[list[str]]
    note: NotRequired[str]


class OrganisationOut(TypedDict):
    """A company, authority or household that contacts belong to."""

    id: int
    name: str
    domains: list[str]
    note: NotRequired[str]
    created_at: str
    merged_into_id: NotRequired[int | None]


class OrganisationPage(TypedDict):
    """Some organisations"""

    items: list["OrganisationOut"]
    next: str | None


class OrganisationPair(TypedDict):
    """Two organisations that may be one, and why it seems so."""

    organisation_id: int
    other_id: int
    reason: str


class OrganisationPairs(TypedDict):
    """Pairs of organisations nobody decided on."""

    items: list["OrganisationPair"]


class OrganisationsAsked(TypedDict):
    """Which organisations."""

    name: NotRequired[str]
    domain: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class OtherContact(TypedDict):
    """The customer who is somebody else."""

    contact_id: int


class OtherDay(TypedDict):
    """A date that is different from its week"""

    date: str
    hours: NotRequired[list[list[str]]]
    note: NotRequired[str]


class OtherOrganisation(TypedDict):
    """The organisation that is another."""

    organisation_id: int


class OwnTextOut(TypedDict):
    """That a text was written anew."""

    language: str
    team_id: int | None
    changed_at: str


class PageAsked(TypedDict):
    """Which page."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class PaidOut(TypedDict):
    """That it has gone back, by which transfer."""

    reference: NotRequired[str]


class PaperAsked(TypedDict):
    """What stands on paper."""

    notes: NotRequired[bool]


class PartOut(TypedDict):
    """What was booked on one part of the ledger."""

    part: str
    debit: "MoneyOut"
    credit: "MoneyOut"


class PauseIn(TypedDict):
    """The last day on which nobody is reminded."""

    until: str


class PayPage(TypedDict):
    """Where the customer pays."""

    url: str


class Payer(TypedDict):
    """Whose account"""

    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    currency: NotRequired[str]


class PaymentOut(TypedDict):
    """Money that came in."""

    id: int
    account_id: int
    money: "MoneyOut"
    left: "MoneyOut"
    way: str
    received_on: str
    reference: str
    is_countered: bool


class PaymentPage(TypedDict):
    """Some payments"""

    items: list["PaymentOut"]
    next: str | None


class PersonFieldChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    names: NotRequired[Any]
    choices: NotRequired[list[str]]
    position: NotRequired[int]
    is_retired: NotRequired[bool]


class PersonFieldOut(TypedDict):
    """A field the desk keeps of customers, or of organisations, beside who they are."""

    id: int
    of: str
    code: str
    kind: str
    name: str
    names: dict[str, str]
    choices: list[str]
    position: int
    is_retired: bool


class PersonFieldsAsked(TypedDict):
    """Of whom"""

    of: NotRequired[str]


class PersonFieldsOut(TypedDict):
    """Fields in their order."""

    items: list["PersonFieldOut"]


class PersonNames(TypedDict):
    """Its name by language, where it differs."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class PersonValues(TypedDict):
    """What the fields say, by their codes."""

    values: dict[str, Any]


class PhoneLineChanges(TypedDict):
    """What becomes different."""

    name: NotRequired[str]
    number: NotRequired[str]
    team_id: NotRequired[int]
    language: NotRequired[str]
    calendar_id: NotRequired[int | None]
    calls_back: NotRequired[bool]
    is_active: NotRequired[bool]


class PhoneLineOut(TypedDict):
    """A number that customers call."""

    id: int
    name: str
    number: str
    team_id: int
    language: str
    calendar_id: int | None
    calls_back: bool
    is_active: bool


class PhoneLines(TypedDict):
    """All numbers, by name."""

    items: list["PhoneLineOut"]


class PhoneSystemChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    is_active: NotRequired[bool]
    is_new_secret: NotRequired[bool]


class PhoneSystemOut(TypedDict):
    """A telephone system that reports calls."""

    id: int
    name: str
    url: str
    is_active: bool
    heard_at: str | None
    error: str


class PhoneSystems(TypedDict):
    """All systems, by name."""

    items: list["PhoneSystemOut"]


class Place(TypedDict):
    """Where among the others."""

    position: int


class PlaceAmongLike(TypedDict):
    """Where it is to stand among its like"""

    position: int


class PlacedView(TypedDict):
    """A view in one's own list."""

    view_id: int
    name: str
    sharing: str
    is_pinned: bool
    is_hidden: bool
    count: int | None


class PlacedViews(TypedDict):
    """One's views in one's own order."""

    items: list["PlacedView"]


class Policies(TypedDict):
    """Promises in force, in the order in which they are tried."""

    items: list["PolicyOut"]


class PolicyChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    position: NotRequired[int]
    first_reply_seconds: NotRequired[int | None]
    next_reply_seconds: NotRequired[int | None]
    resolution_seconds: NotRequired[int | None]
    answer_seconds: NotRequired[int | None]
    types: NotRequired[list[str]]
    priorities: NotRequired[list[int]]
    team_ids: NotRequired[list[int]]
    channels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    entitlements: NotRequired[list[str]]
    warnings: NotRequired[list[int]]
    pauses: NotRequired[list[str]]
    calendar_id: NotRequired[int | None]


class PolicyOut(TypedDict):
    """A promise in force"""

    id: int
    version: int
    name: str
    position: int
    first_reply_seconds: int | None
    next_reply_seconds: int | None
    resolution_seconds: int | None
    answer_seconds: int | None
    types: list[str]
    priorities: list[int]
    team_ids: list[int]
    channels: list[str]
    languages: list[str]
    entitlements: list[str]
    warnings: list[int]
    pauses: list[str]
    calendar_id: int | None


class PolicyVersionOut(TypedDict):
    """What a promise said from one time to another."""

    id: int
    version: int
    name: str
    position: int
    first_reply_seconds: int | None
    next_reply_seconds: int | None
    resolution_seconds: int | None
    answer_seconds: int | None
    types: list[str]
    priorities: list[int]
    team_ids: list[int]
    channels: list[str]
    languages: list[str]
    entitlements: list[str]
    warnings: list[int]
    pauses: list[str]
    calendar_id: int | None
    active_from: str
    active_until: str | None


class PolicyVersions(TypedDict):
    """Versions of a promise, the latest first."""

    items: list["PolicyVersionOut"]


class PostFileOut(TypedDict):
    """A file on a post."""

    file_id: int
    filename: str
    content_type: str
    size: int


class PostFiles(TypedDict):
    """All files of a post."""

    items: list["PostFileOut"]


class PostFilesGiven(TypedDict):
    """Files to put on a post."""

    attachments: list[str]


class PostGiven(TypedDict):
    """Something to say on a topic."""

    name: NotRequired[str]
    html: str
    attachments: NotRequired[list[str]]


class PostOut(TypedDict):
    """Something somebody said."""

    id: int
    topic_id: int
    author_id: int
    author: str
    is_first: bool
    is_official: bool
    html: str
    state: str
    reason: str
    votes: int
    created_at: str
    edited_at: str | None


class PostPage(TypedDict):
    """Some posts, as they were written"""

    items: list["PostOut"]
    next: str | None


class PostReportOut(TypedDict):
    """What a reader says is wrong with a post."""

    report_id: int
    reporter_id: int
    why: str
    words: str
    made_at: str
    settled_at: str | None


class PostReports(TypedDict):
    """What readers say of a post, the newest first."""

    items: list["PostReportOut"]


class PostWords(TypedDict):
    """What it says from now on"""

    html: str
    title: NotRequired[str]


class PostsAsked(TypedDict):
    """Which posts."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class PreferencesChanges(TypedDict):
    """What becomes different"""

    ways: NotRequired[dict[str, Any]]
    quiet_from: NotRequired[str | None]
    quiet_until: NotRequired[str | None]
    stand_in_id: NotRequired[int | None]
    landing: NotRequired[str]
    language: NotRequired[str]
    time_zone: NotRequired[str]


class PreferencesOut(TypedDict):
    """What you hear and how, when not, who stands in, where your day begins, and in which language."""

    ways: dict[str, list[str]]
    quiet_from: str | None
    quiet_until: str | None
    stand_in_id: int | None
    landing: str
    language: str
    time_zone: str


class Problem(TypedDict):
    """Problem."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[dict[str, Any]]]


class ProfileChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    phone: NotRequired[str]
    language: NotRequired[str]
    time_zone: NotRequired[str]
    mails: NotRequired[str]


class ProfileOut(TypedDict):
    """A customer as they are known, and which mails they want."""

    id: int
    name: str
    phone: str
    language: str
    time_zone: str
    mails: str
    identities: list["IdentityOut"]


class ProgressOut(TypedDict):
    """How many were told, in which way, and what came of it."""

    told: int
    mailed: int
    texted: int
    shown: int
    skipped: int
    returned: int
    waiting: int
    failed: int
    read: int
    confirmed: int


class PromiseOut(TypedDict):
    """One promise on a ticket, with how its due time comes about."""

    kind: str
    target: str
    round: int
    state: str
    started_at: str
    due_at: str | None
    met_at: str | None
    is_broken: bool
    policy: NotRequired[str | None]
    calendar: NotRequired[str | None]
    target_seconds: NotRequired[int | None]
    intervals: NotRequired[list["IntervalOut"]]
    sentences: NotRequired[list[str]]


class PromisedOut(TypedDict):
    """A promise of the charter on one ticket."""

    objective: str
    version: int
    title: str
    promise: str
    state: str
    due_at: str | None
    decided_at: str | None
    ended_at: str | None


class Promises(TypedDict):
    """What a ticket was promised."""

    items: list["PromiseOut"]


class Proof(TypedDict):
    """What the mail to the address carries at the end of its link."""

    proof: str


class ProviderChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    slug: NotRequired[str]
    domains: NotRequired[list[str]]
    groups_claim: NotRequired[str]
    role_of_group: NotRequired[list["GroupRole"]]
    team_of_group: NotRequired[list["GroupTeam"]]
    default_role: NotRequired[str | None]
    is_active: NotRequired[bool]
    issuer: NotRequired[str]
    client_id: NotRequired[str]
    secret: NotRequired[str]
    sign_in_url: NotRequired[str]
    certificates: NotRequired[str]
    metadata: NotRequired[str]


class ProviderOut(TypedDict):
    """Somebody else who vouches for people."""

    id: int
    kind: str
    slug: str
    name: str
    domains: list[str]
    groups_claim: str
    role_of_group: list["GroupRoleOut"]
    team_of_group: list["GroupTeamOut"]
    default_role: str
    is_active: bool
    issuer: str
    client_id: str
    has_secret: bool
    sign_in_url: str
    certificates: str
    answers_at: str
    created_at: str


class Providers(TypedDict):
    """All providers."""

    items: list["ProviderOut"]


class PublicDraftOut(TypedDict):
    """What a ticket asked and what solved it, with placeholders for what is personal"""

    title: str
    question: str
    answer: str
    taken_out: list[str]


class PublicGiven(TypedDict):
    """What of a ticket everybody may read, as somebody cleaned and approved it."""

    forum_id: int
    title: str
    question_html: str
    answer_html: NotRequired[str]
    is_clean: bool


class PutOff(TypedDict):
    """Until when"""

    until: NotRequired[str | None]


class ReadOut(TypedDict):
    """How often one article was read, and whether it helped."""

    text_id: int
    title: str
    language: str
    views: int
    helpful: int
    unhelpful: int
    taken: int


class ReadyMadeOut(TypedDict):
    """A set of rules that most desks want."""

    code: str
    name: str
    what: str
    is_sketch: bool
    is_there: bool


class ReadyMadeRules(TypedDict):
    """All of them."""

    items: list["ReadyMadeOut"]


class ReasonWords(TypedDict):
    """What the customer reads, by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class RecipientOut(TypedDict):
    """One person it was for."""

    id: int
    contact_id: int
    language: str
    state: str
    told_at: str
    read_at: str | None
    confirmed_at: str | None


class RecipientPage(TypedDict):
    """Some recipients"""

    items: list["RecipientOut"]
    next: str | None


class RefundOut(TypedDict):
    """Money that is to go back"""

    id: int
    account_id: int
    money: "MoneyOut"
    state: str
    reason: str
    refusal: str
    requested_at: str
    decided_at: str | None
    paid_at: str | None


class RefundPage(TypedDict):
    """Some refunds"""

    items: list["RefundOut"]
    next: str | None


class RefundsAsked(TypedDict):
    """Which refunds."""

    state: NotRequired[str]
    account_id: NotRequired[int]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Refusal(TypedDict):
    """Why a remedy is refused."""

    reason: str


class RemediesAsked(TypedDict):
    """Which remedies."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class RemedyOut(TypedDict):
    """A remedy owed or given."""

    id: int
    number: int
    contact_id: int
    objective: str
    call_id: int | None
    code: str
    kind: str
    day: int
    state: str
    amount: str | None
    currency: str
    needs: int
    approved_by: list[str]
    reason: str
    booked_as: str
    created_at: str
    decided_at: str | None


class RemedyPage(TypedDict):
    """Some remedies"""

    items: list["RemedyOut"]
    next: str | None


class ReminderStepOut(TypedDict):
    """A reminder so many days after an invoice was due"""

    id: int
    days: int
    words: dict[str, "SaidOut"]


class ReminderSteps(TypedDict):
    """In their order"""

    items: list["ReminderStepOut"]


class ReportAsked(TypedDict):
    """Of when, how split, and in which steps"""

    by: NotRequired[str]
    step: NotRequired[str]
    team_id: NotRequired[int]
    since: NotRequired[str]
    until: NotRequired[str]


class ReportGiven(TypedDict):
    """Why it should not stand there."""

    name: NotRequired[str]
    reason: str
    words: NotRequired[str]


class ReportLine(TypedDict):
    """One line of a report"""

    value: str
    label: str
    values: list[float | None]
    whole: float | None
    count: int
    kept: float | None


class ReportOut(TypedDict):
    """What was asked, and the figures of the teams whose reports the asker may read."""

    measure: str
    by: str
    step: str
    team_id: int | None
    since: str
    until: str
    unit: str
    periods: list[str]
    total: "ReportLine"
    lines: list["ReportLine"]


class Requester(TypedDict):
    """Whom a ticket is for"""

    id: NotRequired[int]
    email: NotRequired[str]
    name: NotRequired[str]
    language: NotRequired[str]


class Resending(TypedDict):
    """Where it goes instead"""

    address: NotRequired[str]


class Results(TypedDict):
    """What became of each, in the order they were sent."""

    results: list["ItemResult"]


class RetentionPreview(TypedDict):
    """What a rule would do tonight."""

    count: int
    is_capped: bool
    held: int
    sample: list["GoingOut"]


class RetentionRuleChanges(TypedDict):
    """What becomes different"""

    subject: NotRequired[str]
    action: NotRequired[str]
    days: NotRequired[int]
    types: NotRequired[list[str]]
    is_active: NotRequired[bool]


class RetentionRuleOut(TypedDict):
    """What happens to old things of one kind, every night while it is in use."""

    id: int
    subject: str
    action: str
    days: int
    types: list[str]
    is_active: bool
    ran_at: str | None


class RetentionRules(TypedDict):
    """All rules"""

    items: list["RetentionRuleOut"]


class RightOut(TypedDict):
    """What a customer may claim."""

    title: str
    text: str


class RoleChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    description: NotRequired[str]
    permissions: NotRequired[list[str]]


class RoleOut(TypedDict):
    """What people may do by a name"""

    id: int | None
    code: str
    name: str
    description: str
    permissions: list[str]


class Roles(TypedDict):
    """All roles."""

    items: list["RoleOut"]


RuleBody = TypedDict(
    "RuleBody",
    {
        "when": NotRequired[list[str]],
        "wait": NotRequired[Any],
        "around": NotRequired[Any],
        "every": NotRequired[Any],
        "desk": NotRequired[bool],
        "if": NotRequired[Any],
        "then": list["Deed"],
        "team": NotRequired[int],
        "once": NotRequired[bool],
        "at_most": NotRequired[int],
        "stop": NotRequired[bool],
    },
)
"""When, if, then, and how often."""


class RuleFailureOut(TypedDict):
    """An event that a rule could not act on."""

    id: int
    event_id: int
    subject: str
    error: str
    attempts: int
    at: str
    chain: list["ChainLink"]


class RuleFailures(TypedDict):
    """The latest first."""

    items: list["RuleFailureOut"]


class RuleFieldOut(TypedDict):
    """A field that conditions can ask of."""

    code: str
    name: str
    of: str
    kind: str


class RuleOperationOut(TypedDict):
    """Something a rule can do, and what it needs and takes."""

    name: str
    what: str
    needs: list[str]
    takes: list[str]


class RuleOut(TypedDict):
    """A rule as it stands in force, or as it was or shall be last."""

    id: int
    name: str
    slug: str
    position: int
    is_on: bool
    version: int
    team_id: int | None
    body: dict[str, Any]


class RuleRunOut(TypedDict):
    """What a rule did on one event."""

    event_id: int
    subject: str
    version: int
    did: list[dict[str, Any]]
    error: str
    held: str
    at: str


class RuleRuns(TypedDict):
    """The latest first."""

    items: list["RuleRunOut"]


class RuleText(TypedDict):
    """A rule in TOML."""

    text: str


class RuleTexts(TypedDict):
    """Rules in TOML."""

    text: str
    reason: NotRequired[str]
    is_on: NotRequired[bool]


class RuleTrial(TypedDict):
    """What a rule would have done."""

    version: int
    looked_at: int
    is_capped: bool
    counts: dict[str, int]
    items: list["TrialOut"]


class RuleVersionOut(TypedDict):
    """What a rule said, from when until when."""

    number: int
    body: dict[str, Any]
    is_on: bool
    actor: str
    reason: str
    created_at: str
    active_from: str | None
    active_until: str | None


class RuleVersions(TypedDict):
    """The newest first."""

    items: list["RuleVersionOut"]


class RuleWords(TypedDict):
    """What rules may say."""

    events: list[str]
    sources: list[str]
    fields: list["RuleFieldOut"]
    comparisons: list[str]
    questions: list[str]
    dates: list[str]
    operations: list["RuleOperationOut"]


class Rules(TypedDict):
    """Rules, in the order in which they act."""

    items: list["ListedRule"]


class RunsAsked(TypedDict):
    """From where on."""

    cursor: NotRequired[str]
    limit: NotRequired[int]


class SaidByLanguage(TypedDict):
    """Subject and text by language."""

    en: NotRequired[Any]
    ar: NotRequired[Any]
    de: NotRequired[Any]
    es: NotRequired[Any]
    fr: NotRequired[Any]


class SaidIn(TypedDict):
    """What is said in one language"""

    subject: NotRequired[str]
    text: NotRequired[str]


class SaidOut(TypedDict):
    """What is said in one language."""

    subject: str
    text: str


class ScheduleOut(TypedDict):
    """A report that is mailed by itself"""

    id: int
    measure: str
    by: str
    rhythm: str
    to: list[str]
    created_at: str


class Schedules(TypedDict):
    """One's own."""

    items: list["ScheduleOut"]


class SearchAsked(TypedDict):
    """What to look for."""

    q: str
    kinds: NotRequired[str]
    language: NotRequired[str]
    team_id: NotRequired[int | None]
    since: NotRequired[str | None]
    typing: NotRequired[bool]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Seen(TypedDict):
    """Which verdict was seen"""

    verdict_id: int


class SellerChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    street: NotRequired[str]
    postcode: NotRequired[str]
    city: NotRequired[str]
    country: NotRequired[str]
    vat_id: NotRequired[str]
    registration: NotRequired[str]
    email: NotRequired[str | None]
    iban: NotRequired[str]
    bic: NotRequired[str]
    footer: NotRequired[str]
    currency: NotRequired[str]
    payment_days: NotRequired[int]
    invoice_prefix: NotRequired[str]
    credit_prefix: NotRequired[str]
    yearly: NotRequired[bool]
    reminder_days: NotRequired[int]
    reminders: NotRequired[int]
    keep_years: NotRequired[int]
    alone: NotRequired[str]
    limits: NotRequired[Any]


class SellerOut(TypedDict):
    """Who sells, on which terms"""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str
    registration: str
    email: str
    iban: str
    bic: str
    footer: str
    currency: str
    payment_days: int
    invoice_prefix: str
    credit_prefix: str
    yearly: bool
    reminder_days: int
    reminders: int
    keep_years: int
    alone: str
    limits: "LimitsOut"


class SendAt(TypedDict):
    """When it goes out by itself."""

    at: str


class SentAgain(TypedDict):
    """How many are sent again."""

    count: int


class Sentences(TypedDict):
    """A sentence by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class SessionAsked(TypedDict):
    """Which session"""

    session_id: NotRequired[int]


class SessionOut(TypedDict):
    """A device on which somebody is signed in."""

    id: int
    ip: str | None
    device: str
    way: str
    opened_at: str
    seen_at: str


class SettingChange(TypedDict):
    """A thing that is new or becomes different."""

    section: str
    key: str
    is_new: bool
    fields: list["FieldChange"]


class SettingsFile(TypedDict):
    """The whole set-up as TOML."""

    text: str


class SettingsIn(TypedDict):
    """What shall be, as TOML"""

    text: str


class SettingsPlan(TypedDict):
    """What a file changes."""

    changes: list["SettingChange"]
    same: int


class Settled(TypedDict):
    """What became of it."""

    arrived: bool


class SettledOut(TypedDict):
    """What speaks for and against that a ticket is done, the latest twenty of each."""

    grades: list["GradeOut"]
    consents: list["ConsentOut"]
    refusals: list["AttemptOut"]


class ShareOut(TypedDict):
    """How many promises were kept and broken"""

    kept: int
    broken: int
    excluded: int
    percent: float | None


class SharedSolution(TypedDict):
    """Where the draft is to stand."""

    category_id: int


class Shown(TypedDict):
    """How much of it to show."""

    fields: NotRequired[str]
    expand: NotRequired[str]


class SignInRulesIn(TypedDict):
    """What becomes different"""

    second_factor_for: NotRequired[list[str]]
    may_register: NotRequired[bool]


class SignInRulesOut(TypedDict):
    """What signing in demands."""

    second_factor_for: list[str]
    may_register: bool


class Signatures(TypedDict):
    """A signature by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class SimilarOut(TypedDict):
    """Another open ticket of the same customer that may be the same request."""

    number: int
    subject: str
    status: str


class SimilarTickets(TypedDict):
    """What may be the same request, the most alike first."""

    items: list["SimilarOut"]


class SmsNumberChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    number: NotRequired[str]
    team_id: NotRequired[int]
    calendar_id: NotRequired[int | None]
    language: NotRequired[str]
    provider: NotRequired[str]
    url: NotRequired[str]
    host: NotRequired[str]
    port: NotRequired[int]
    uses_tls: NotRequired[bool]
    user: NotRequired[str]
    join_hours: NotRequired[int]
    daily_cap: NotRequired[int]
    is_active: NotRequired[bool]
    secret: NotRequired[str]


class SmsNumberOut(TypedDict):
    """A number that customers text to, and its provider."""

    id: int
    name: str
    number: str
    team_id: int
    calendar_id: int | None
    language: str
    provider: str
    url: str
    host: str
    port: int
    uses_tls: bool
    user: str
    join_hours: int
    daily_cap: int
    is_active: bool
    has_secret: bool
    checked_at: str | None
    error: str


class SmsNumbers(TypedDict):
    """All numbers."""

    items: list["SmsNumberOut"]


class SnoozeOut(TypedDict):
    """Whether a ticket is put off"""

    is_snoozed: bool
    until: str | None
    since: str | None
    agent_id: int | None


class Solution(TypedDict):
    """What was done"""

    solution: str
    with_parts: NotRequired[bool]


class SolvedOut(TypedDict):
    """A solved ticket, with what solved it as it was told, names and all"""

    number: int
    subject: str
    solution: str
    language: str
    times: int


class SolvedTickets(TypedDict):
    """Some solved tickets, the best first."""

    items: list["SolvedOut"]


class SourceSetting(TypedDict):
    """What of a source is to be different."""

    name: NotRequired[str]
    slug: NotRequired[str]
    kind: NotRequired[str]
    secret: NotRequired[str]
    support_days: NotRequired[int]
    is_active: NotRequired[bool]


class Span(TypedDict):
    """A time in hours."""

    hours: float


class SpanAsked(TypedDict):
    """Of when"""

    since: NotRequired[str]
    until: NotRequired[str]


class Split(TypedDict):
    """Messages that become a ticket of their own."""

    message_ids: list[int]
    subject: NotRequired[str]


class SplitOff(TypedDict):
    """Which addresses and numbers are another person's, and what that person is called."""

    identity_ids: list[int]
    name: NotRequired[str]


class Spoken(TypedDict):
    """How well, by language."""

    en: NotRequired[int]
    ar: NotRequired[int]
    de: NotRequired[int]
    es: NotRequired[int]
    fr: NotRequired[int]


class StandingOut(TypedDict):
    """An article in one language, whether or not readers see it, and what is to be done about it."""

    text_id: int
    article_id: int
    title: str
    language: str
    standing: str
    is_live: bool
    audience: str
    category_id: int
    owner_id: int | None
    review_on: str | None
    is_behind: bool
    has_correction: bool
    changed_at: str


class Standings(TypedDict):
    """Some articles"""

    items: list["StandingOut"]
    next: str | None


class StandingsAsked(TypedDict):
    """Which articles."""

    standing: NotRequired[str]
    language: NotRequired[str]
    owner_id: NotRequired[int]
    category_id: NotRequired[int]
    due: NotRequired[bool]
    behind: NotRequired[bool]
    words: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class State(TypedDict):
    """Whether one takes new tickets."""

    state: str


class Step(TypedDict):
    """Something a macro does to the ticket it is used on."""

    operation: str
    args: NotRequired[Any]


class StepNotDone(TypedDict):
    """A step that came to nothing."""

    step: int
    operation: str
    skipped: str
    reason: str


class StepSetting(TypedDict):
    """What of a step is to be different."""

    days: NotRequired[int]
    words: NotRequired[Any]


class SureToBeErased(TypedDict):
    """That it is meant."""

    sure: bool


class SurgeDetail(TypedDict):
    """A surge with the numbers of its tickets, as far as the asker sees them."""

    id: int
    team_id: int
    words: list[str]
    state: str
    problem: int | None
    told: str
    tickets: int
    waiting: int
    noticed_at: str
    last_at: str
    waiting_numbers: list[int]
    part_numbers: list[int]


class SurgeOut(TypedDict):
    """Many new requests of one team that speak of the same."""

    id: int
    team_id: int
    words: list[str]
    state: str
    problem: int | None
    told: str
    tickets: int
    waiting: int
    noticed_at: str
    last_at: str


class SurgePage(TypedDict):
    """Some surges"""

    items: list["SurgeOut"]
    next: str | None


class SurgeTermsGiven(TypedDict):
    """What becomes different."""

    customers: NotRequired[int]
    minutes: NotRequired[int]


class SurgeTermsOut(TypedDict):
    """From when on similar requests are pointed out."""

    customers: int
    minutes: int


class SurgesAsked(TypedDict):
    """Which surges."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Switch(TypedDict):
    """On or off."""

    is_on: bool


class SynonymsIn(TypedDict):
    """A group of words, each of which may be up to five that belong together ('water meter')."""

    language: NotRequired[str]
    words: list[str]


class SynonymsList(TypedDict):
    """All groups"""

    items: list["SynonymsOut"]


class SynonymsOut(TypedDict):
    """Words that mean the same."""

    id: int
    language: str
    words: list[str]


class SynonymsSetting(TypedDict):
    """What becomes different of a group."""

    language: NotRequired[str]
    words: NotRequired[list[str]]


class SystemTextIn(TypedDict):
    """A subject and a text, with facts as {{ customer }}."""

    subject: str
    text: str


class SystemTextOut(TypedDict):
    """A text the desk sends by itself, and for which languages and teams it was written anew."""

    name: str
    title: str
    when: str
    own: list["OwnTextOut"]


class SystemTexts(TypedDict):
    """All of them, and what each may name in double braces."""

    items: list["SystemTextOut"]
    facts: dict[str, str]


class TagChanges(TypedDict):
    """Tags to put on and to take off."""

    add: NotRequired[list[str]]
    remove: NotRequired[list[str]]


class TagOut(TypedDict):
    """A word by which tickets are told apart."""

    id: int
    name: str
    description: str
    becoming: str | None


class TagPage(TypedDict):
    """Some tags"""

    items: list["TagOut"]
    next: str | None


class TagSetting(TypedDict):
    """What becomes different."""

    name: NotRequired[str]
    description: NotRequired[str]


class TagsAsked(TypedDict):
    """Which tags."""

    name: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class TakenOn(TypedDict):
    """What it is about"""

    kind: NotRequired[str]
    about: NotRequired[int]


class TakingPart(TypedDict):
    """Who votes or follows for the first time says what others call them."""

    name: NotRequired[str]


class TaskOut(TypedDict):
    """Something to be done, and on which ticket."""

    id: int
    text: str
    assignee_id: int | None
    due_on: str | None
    done_at: str | None
    done_by_id: int | None
    number: int


class Tasks(TypedDict):
    """The first 200 of what is not done."""

    items: list["TaskOut"]


class TasksAsked(TypedDict):
    """Whose."""

    of_teams: NotRequired[bool]


class TaxRateChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    percent: NotRequired[str]
    category: NotRequired[str]
    valid_from: NotRequired[str]
    why: NotRequired[str]
    is_default: NotRequired[bool]


class TaxRateOut(TypedDict):
    """A kind of tax"""

    id: int
    name: str
    category: str
    why: str
    is_default: bool
    versions: list["TaxVersionOut"]


class TaxRates(TypedDict):
    """All of them."""

    items: list["TaxRateOut"]


class TaxVersionOut(TypedDict):
    """So many percent from a day on."""

    percent: str
    valid_from: str


class TeamChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    address: NotRequired[str]
    calendar_id: NotRequired[int]
    sender_name: NotRequired[str]
    language: NotRequired[str]
    is_public: NotRequired[bool]
    cc_policy: NotRequired[str]
    signature: NotRequired[str]
    signatures: NotRequired[Any]
    skill: NotRequired[str]


class TeamForecastOut(TypedDict):
    """One team"""

    team: str
    due: int
    late: int
    per_open_hour: float | None


class TeamOut(TypedDict):
    """A department."""

    id: int
    name: str
    language: str
    is_public: bool
    address: NotRequired[str]
    sender_name: NotRequired[str]
    cc_policy: NotRequired[str]
    calendar_id: NotRequired[int | None]
    signature: NotRequired[str]
    signatures: NotRequired[dict[str, str]]
    skill: NotRequired[str]
    agent_ids: NotRequired[list[int]]


class Teams(TypedDict):
    """All teams."""

    items: list["TeamOut"]


class TemplateChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    texts: NotRequired[Any]
    reason: NotRequired[str]


class TemplateOut(TypedDict):
    """A template as it is sent now."""

    id: int
    code: str
    reference: str
    name: str
    version: int
    texts: dict[str, dict[str, str]]
    changed_at: str


class TemplatePreview(TypedDict):
    """A template as the customer of that ticket would get it."""

    number: int
    subject: str
    text: str
    html: str


class TemplateTexts(TypedDict):
    """What a template says, by language."""

    en: NotRequired[Any]
    ar: NotRequired[Any]
    de: NotRequired[Any]
    es: NotRequired[Any]
    fr: NotRequired[Any]


class TemplateTrial(TypedDict):
    """What to look at, and with which ticket."""

    subject: NotRequired[str]
    html: str
    language: str
    number: NotRequired[int]


class TemplateVersionOut(TypedDict):
    """What a template said from when it was made until the next."""

    number: int
    texts: dict[str, dict[str, str]]
    actor: str
    reason: str
    created_at: str


class TemplateVersions(TypedDict):
    """The newest first."""

    items: list["TemplateVersionOut"]


class TemplateWords(TypedDict):
    """What a template says in one language."""

    subject: NotRequired[str]
    html: str


class Templates(TypedDict):
    """All of them, by name."""

    items: list["TemplateOut"]


class TermsAsked(TypedDict):
    """Whose."""

    team_id: NotRequired[int]


class TermsOut(TypedDict):
    """What follows by itself when a promise is broken."""

    code: str
    title: str
    terms: str
    caps: str
    objectives: list[str]


class TextByLanguage(TypedDict):
    """What customers are told, by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class TextPreview(TypedDict):
    """The text as the customer of that ticket would get it."""

    number: int
    subject: str
    text: str
    html: str


class Texts(TypedDict):
    """A text by language."""

    en: NotRequired[str]
    ar: NotRequired[str]
    de: NotRequired[str]
    es: NotRequired[str]
    fr: NotRequired[str]


class TextsAsked(TypedDict):
    """Whose text."""

    team_id: NotRequired[int]


class TicketArticles(TypedDict):
    """What was given, what fits, and what was made of it."""

    given: list["GivenArticle"]
    fitting: list["GivenArticle"]
    article_id: int | None
    solution_id: int | None


class TicketChanges(TypedDict):
    """What becomes different"""

    subject: NotRequired[str]
    type: NotRequired[str]
    priority: NotRequired[int]
    tags: NotRequired[list[str]]
    contact_id: NotRequired[int]
    copies: NotRequired[list[str]]
    team_id: NotRequired[int]
    assignee_id: NotRequired[int | None]
    status: NotRequired[str]
    status_reason: NotRequired[str]


class TicketCharterOut(TypedDict):
    """What the charter promised for a ticket, and what followed."""

    promised: list["PromisedOut"]
    remedies: list["GivenOut"]


class TicketOut(TypedDict):
    """A ticket."""

    id: int
    number: int
    subject: NotRequired[str]
    status: NotRequired[str]
    type: NotRequired[str]
    language: NotRequired[str]
    channel: NotRequired[str]
    team_id: NotRequired[int | None]
    assignee_id: NotRequired[int | None]
    contact_id: NotRequired[int | None]
    organisation_id: NotRequired[int | None]
    solution: NotRequired[str]
    opened_at: NotRequired[str | None]
    first_replied_at: NotRequired[str | None]
    last_message_at: NotRequired[str | None]
    due_at: NotRequired[str | None]
    promised_at: NotRequired[str | None]
    solved_at: NotRequired[str | None]
    closed_at: NotRequired[str | None]
    priority: NotRequired[int]
    tags: NotRequired[list[str]]
    status_reason: NotRequired[str]
    assigned_at: NotRequired[str | None]
    merged_into_id: NotRequired[int | None]
    team: NotRequired["Named | None"]
    assignee: NotRequired["Named | None"]
    contact: NotRequired["Named | None"]
    organisation: NotRequired["Named | None"]


class TicketPage(TypedDict):
    """Some tickets"""

    items: list["TicketOut"]
    next: str | None


class TicketsAsked(TypedDict):
    """Which tickets"""

    status: NotRequired[str]
    type: NotRequired[str]
    channel: NotRequired[str]
    language: NotRequired[str]
    priority: NotRequired[str]
    tag: NotRequired[str]
    team_id: NotRequired[int]
    assignee: NotRequired[str]
    contact_id: NotRequired[int]
    organisation_id: NotRequired[int]
    follower: NotRequired[str]
    late: NotRequired[str]
    view_id: NotRequired[int]
    filter: NotRequired[str]
    q: NotRequired[str]
    opened_since: NotRequired[str]
    opened_before: NotRequired[str]
    active_since: NotRequired[str]
    active_before: NotRequired[str]
    due_before: NotRequired[str]
    solved_since: NotRequired[str]
    solved_before: NotRequired[str]
    closed_since: NotRequired[str]
    order: NotRequired[str]
    fields: NotRequired[str]
    expand: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class TierOut(TypedDict):
    """Whose requests go earlier"""

    id: int
    name: str
    orders: int
    classes: int
    margin_seconds: int


class TierSetting(TypedDict):
    """What of a tier is to be different."""

    name: NotRequired[str]
    orders: NotRequired[int]
    classes: NotRequired[int]
    margin_seconds: NotRequired[int]


class Tiers(TypedDict):
    """The highest first."""

    items: list["TierOut"]


class TimeOut(TypedDict):
    """Time spent on a ticket."""

    id: int
    worked_by: str
    spent: str
    done: str
    started_at: str
    ended_at: str | None
    minutes: int
    covered: int
    charged: int
    cost: str | None


class Times(TypedDict):
    """All of it, the oldest first."""

    items: list["TimeOut"]


class ToDo(TypedDict):
    """What is still to be done."""

    note: str


class TokenOut(TypedDict):
    """A way in for a program"""

    id: int
    kind: str
    name: str
    scopes: list[str]
    agent_id: int | None
    hint: str
    state: str
    created_by: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None


class TokenPage(TypedDict):
    """Some tokens, the latest first"""

    items: list["TokenOut"]
    next: str | None


class TokensAsked(TypedDict):
    """Whose tokens"""

    whose: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class ToldOut(TypedDict):
    """What was announced to a customer, in their language."""

    id: int
    kind: str
    subject: str
    text: str
    language: str
    policy: str
    version: int | None
    asks_receipt: bool
    told_at: str
    read_at: str | None
    confirmed_at: str | None


class ToldPage(TypedDict):
    """What was announced, the newest first"""

    items: list["ToldOut"]
    next: str | None


class TopicArticleGiven(TypedDict):
    """Where the article stands."""

    category_id: int


class TopicArticleOut(TypedDict):
    """The draft made of a topic."""

    text_id: int


class TopicGiven(TypedDict):
    """A topic to open"""

    name: NotRequired[str]
    forum_id: int
    title: str
    html: str
    kind: NotRequired[str]
    language: NotRequired[str]
    tags: NotRequired[list[str]]
    attachments: NotRequired[list[str]]


class TopicMergeGiven(TypedDict):
    """The topic that asks the same."""

    into_id: int


class TopicOrder(TypedDict):
    """What becomes different."""

    kind: NotRequired[str]
    tags: NotRequired[list[str]]
    forum_id: NotRequired[int]
    is_locked: NotRequired[bool]
    is_pinned: NotRequired[bool]


class TopicOut(TypedDict):
    """A question, an idea, an announcement, or a talk."""

    id: int
    forum_id: int
    kind: str
    title: str
    language: str
    author_id: int
    author: str
    tags: list[str]
    state: str
    is_locked: bool
    is_pinned: bool
    accepted_id: int | None
    answers: int
    votes: int
    created_at: str
    last_at: str
    url: str


class TopicPage(TypedDict):
    """Some topics"""

    items: list["TopicOut"]
    next: str | None


class TopicTicketGiven(TypedDict):
    """Who takes it on."""

    team_id: int


class TopicTicketOut(TypedDict):
    """The ticket made of a topic."""

    number: int


class TopicsAsked(TypedDict):
    """Which topics, the newest first."""

    forum_id: NotRequired[int]
    kind: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class Translation(TypedDict):
    """The article in another language"""

    language: str
    title: str
    summary: NotRequired[str]
    html: NotRequired[str]


class Trial(TypedDict):
    """What to look at, and with which ticket."""

    subject: str
    text: str
    team_id: NotRequired[int]
    number: NotRequired[int]


class TrialAsked(TypedDict):
    """On how much it is tried."""

    days: NotRequired[int]
    most: NotRequired[int]


class TrialMailOut(TypedDict):
    """A mail to yourself, and how far it came."""

    id: int
    state: str
    note: str


class TrialOut(TypedDict):
    """What it would have done on one event."""

    event_id: int | None
    at: str
    code: str
    subject: str
    verdict: str
    would_do: list[dict[str, Any]]
    is_recorded: bool
    error: str
    held: str


class TryOut(TypedDict):
    """One try"""

    at: str
    status: int | None
    ms: int
    said: str


class UploadAsked(TypedDict):
    """What the file is called."""

    filename: str


class UploadOut(TypedDict):
    """A file that waits for a message to take it along, for a day."""

    upload: str
    size: int
    sha256: str


class Values(TypedDict):
    """What to put into fields, by their codes"""

    values: dict[str, str | int | float | bool | None]


class ValuesOut(TypedDict):
    """What stands in a ticket's own fields, by their codes."""

    values: dict[str, Any]


class VerdictDecision(TypedDict):
    """Free or not, and why."""

    verdict_id: int
    is_free: bool
    words: str


class ViewChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    sharing: NotRequired[str]
    team_id: NotRequired[int]
    filter: NotRequired[dict[str, Any]]
    columns: NotRequired[list[str]]
    grouping: NotRequired[str]
    sorting: NotRequired[str]


class ViewOrder(TypedDict):
    """The order of one's views"""

    view_ids: list[int]


class ViewOut(TypedDict):
    """A saved view"""

    id: int
    name: str
    sharing: str
    team_id: int | None
    filter: dict[str, Any]
    columns: list[str]
    grouping: str
    sorting: str


class ViewPlaceIn(TypedDict):
    """How one view stands in one's list"""

    is_pinned: NotRequired[bool]
    is_hidden: NotRequired[bool]


class Views(TypedDict):
    """The views the asker may use."""

    items: list["ViewOut"]


class WebhookCallOut(TypedDict):
    """An event that a webhook has to hear, and how that went."""

    id: int
    event_id: int
    code: str
    subject: str
    state: str
    attempts: int
    next_try_at: str
    tries: list["TryOut"]
    created_at: str
    done_at: str | None


class WebhookCallPage(TypedDict):
    """Some calls"""

    items: list["WebhookCallOut"]
    next: str | None


class WebhookCallsAsked(TypedDict):
    """Which calls."""

    state: NotRequired[str]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class WebhookChanges(TypedDict):
    """What becomes different"""

    name: NotRequired[str]
    url: NotRequired[str]
    codes: NotRequired[list[str]]
    team_ids: NotRequired[list[int]]
    is_active: NotRequired[bool]


class WebhookKeys(TypedDict):
    """What messages are signed with"""

    keys: list[str]


class WebhookOut(TypedDict):
    """An address that hears of chosen events, signed as Standard Webhooks says."""

    id: int
    name: str
    url: str
    codes: list[str]
    team_ids: list[int]
    is_active: bool
    created_at: str
    failing_since: str | None
    failures: int
    off_because: str


class Webhooks(TypedDict):
    """All webhooks."""

    items: list["WebhookOut"]


class Week(TypedDict):
    """When it is open on each day, as beginnings and ends"""

    mon: NotRequired[list[list[str]]]
    tue: NotRequired[list[list[str]]]
    wed: NotRequired[list[list[str]]]
    thu: NotRequired[list[list[str]]]
    fri: NotRequired[list[list[str]]]
    sat: NotRequired[list[list[str]]]
    sun: NotRequired[list[list[str]]]


class WeekDay(TypedDict):
    """What came and was solved on a day."""

    day: str
    came: int
    solved: int


class WeekOut(TypedDict):
    """A week that ended on a day."""

    kept: int
    broken: int
    excluded: int
    percent: float | None
    until: str


class Why(TypedDict):
    """Why, in words for the customer."""

    reason: str


class WhyGivenUp(TypedDict):
    """Why something is given up."""

    reason: str


class WhyOut(TypedDict):
    """What a rule did on a ticket, and by which values."""

    event_id: int
    subject: str
    version: int
    did: list[dict[str, Any]]
    error: str
    held: str
    at: str
    rule_id: int
    rule: str
    values: dict[str, Any] | None


class Whys(TypedDict):
    """The latest first."""

    items: list["WhyOut"]


class WordOut(TypedDict):
    """A word of the question, and what it added to the score."""

    word: str
    score: float


class WrittenOut(TypedDict):
    """What is sent in one language"""

    name: str
    language: str
    team_id: int | None
    subject: str
    text: str
    is_own: bool

"""Mail accounts: set up, tried and switched off. Passwords and tokens are written, and never read."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Email, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import team_named
from charterdesk.base.refused import require
from charterdesk.channels.actions import remove_account, save_account
from charterdesk.channels.email.domains import check_domain, look_up
from charterdesk.channels.email.servers import check_mailbox, check_way_out
from charterdesk.channels.email.steps import Step
from charterdesk.channels.models import MailAccount
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
STATE = (
    "id", "name", "address", "team_id", "user", "login_by", "imap_host", "imap_port", "imap_security", "folder",
    "sent_folder", "smtp_host", "smtp_port", "smtp_security", "is_active",
)  # fmt: skip
SECRETS = ("password", "refresh_token", "client_id", "client_secret", "token_url")
FIELD_OF = {
    "channels.no_server": "imap_host",
    "channels.no_token_address": "token_url",
    "api.no_such_team": "team_id",
}
CHECKS: dict[str, Callable[[MailAccount], list[Step]]] = {
    "mailbox": check_mailbox,
    "way-out": check_way_out,
    "domain": lambda account: check_domain(account, look_up()),
}
Port = Annotated[int, Field(ge=1, le=65535), WHOLE]
Host = Annotated[str, line(253)]
Security = Annotated[str, one_of(code for code, _name in MailAccount.SECURITY)]
LoginBy = Annotated[str, one_of(code for code, _name in MailAccount.LOGINS)]
Secret = Annotated[str, line(4000, least=1)]
WRITTEN = "Kept sealed; no answer holds it."


class MailAccountOut(BaseModel):
    """A mailbox elsewhere: fetched by IMAP, sent through by SMTP, or both."""

    id: int
    name: str
    address: str
    team_id: int = Field(description="Whose tickets its mail becomes.")
    user: str
    login_by: str = Field(description="`password` or `xoauth2`")
    imap_host: str = Field(description="Empty: nothing is fetched.")
    imap_port: int
    imap_security: str = Field(description="`tls`, `starttls` or `plain`")
    folder: str
    sent_folder: str
    smtp_host: str = Field(description="Empty: nothing is sent through it.")
    smtp_port: int
    smtp_security: str
    is_active: bool
    secrets: list[str] = Field(description="Names of the secrets it has.", examples=[["password"]])
    checked_at: datetime | None
    error: str = Field(description="What the last try ended with, in words; empty when it went well.")


class MailAccounts(BaseModel):
    """All mail accounts."""

    items: list[MailAccountOut]


class NewMailAccount(Given):
    """A mailbox to fetch from, to send through, or both."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Help"])
    address: Email = Field(examples=["help@water.example.org"])
    team_id: Id
    user: Annotated[str, line(320)] = ""
    login_by: LoginBy = Field(MailAccount.PASSWORD, examples=["password"])
    imap_host: Host = Field("", examples=["imap.example.org"])
    imap_port: Port = 993
    imap_security: Security = Field(MailAccount.TLS, examples=["tls"])
    folder: Annotated[str, line(200, least=1)] = "INBOX"
    sent_folder: Annotated[str, line(200)] = ""
    smtp_host: Host = Field("", examples=["smtp.example.org"])
    smtp_port: Port = 587
    smtp_security: Security = Field(MailAccount.STARTTLS, examples=["starttls"])
    is_active: bool = True
    password: Secret = Field(ABSENT, description=WRITTEN)
    refresh_token: Secret = Field(ABSENT, description=WRITTEN)
    client_id: Secret = Field(ABSENT, description=WRITTEN)
    client_secret: Secret = Field(ABSENT, description=WRITTEN)
    token_url: Secret = Field(ABSENT, description="Where XOAUTH2 gets its tokens.")


class MailAccountChanges(Given):
    """What becomes different; what is left out stays, secrets as well. `is_active` false leaves the mailbox alone."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    address: Email = ABSENT
    team_id: Id = ABSENT
    user: Annotated[str, line(320)] = ABSENT
    login_by: LoginBy = ABSENT
    imap_host: Host = ABSENT
    imap_port: Port = ABSENT
    imap_security: Security = ABSENT
    folder: Annotated[str, line(200, least=1)] = ABSENT
    sent_folder: Annotated[str, line(200)] = ABSENT
    smtp_host: Host = ABSENT
    smtp_port: Port = ABSENT
    smtp_security: Security = ABSENT
    is_active: bool = ABSENT
    password: Secret = Field(ABSENT, description=WRITTEN)
    refresh_token: Secret = Field(ABSENT, description=WRITTEN)
    client_id: Secret = Field(ABSENT, description=WRITTEN)
    client_secret: Secret = Field(ABSENT, description=WRITTEN)
    token_url: Secret = Field(ABSENT, description="Where XOAUTH2 gets its tokens.")


class DnsRecordOut(BaseModel):
    """A DNS record to add or change."""

    name: str
    type: str
    value: str


class CheckStepOut(BaseModel):
    """A step of a check, and what to do about it."""

    name: str
    state: str = Field(description="`good`, `look` (works, could be better), `bad` or `skipped`")
    said: str
    todo: str
    records: list[DnsRecordOut]


class CheckOut(BaseModel):
    """What a check found, step by step."""

    steps: list[CheckStepOut]


@router.get("/mail-accounts", auth=Scope("settings:read", staff=True), response=MailAccounts)
def list_mail_accounts(request: ApiRequest) -> HttpResponse:
    """All mail accounts by name, and how the last try of each ended. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return answer({"items": [_row(each) for each in MailAccount.objects.order_by("name", "pk")]})


@router.post("/mail-accounts", auth=Scope("settings:write", staff=True), response={201: MailAccountOut})
@once
@transaction.atomic
def make_mail_account(request: ApiRequest, given: NewMailAccount) -> HttpResponse:
    """Fetch from a mailbox, or send through it, from now on."""
    require(may_administer(request.viewer, SET_CHANNELS))
    made = MailAccount()
    _keep(request, made, given.model_dump())
    headers = {"Location": f"/api/v1/mail-accounts/{made.pk}", "ETag": etag_of(_state(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/mail-accounts/{mail_account_id}", auth=Scope("settings:read", staff=True), response=MailAccountOut)
def read_mail_account(request: ApiRequest, mail_account_id: Path[Id]) -> HttpResponse:
    """One mail account; its ETag is that of what was set up, not of how the last try went. One statement."""
    found = _account(request, mail_account_id)
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


@router.patch("/mail-accounts/{mail_account_id}", auth=Scope("settings:write", staff=True), response=MailAccountOut)
@once
@transaction.atomic
def change_mail_account(request: ApiRequest, mail_account_id: Path[Id], given: MailAccountChanges) -> HttpResponse:
    """Change a mail account, or switch it off; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer, SET_CHANNELS))
    found = get_object_or_404(MailAccount.objects.select_for_update(), pk=mail_account_id)
    check_state(request, _state(found))
    _keep(request, found, given.sent())
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


@router.delete("/mail-accounts/{mail_account_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_mail_account(request: ApiRequest, mail_account_id: Path[Id]) -> HttpResponse:
    """Forget a mail account; the mail it brought stays."""
    remove_account(_account(request, mail_account_id), by=request.viewer)
    return nothing()


@router.post(
    "/mail-accounts/{mail_account_id}/checks/{part}", auth=Scope("settings:write", staff=True), response=CheckOut
)
def check_mail_account(
    request: ApiRequest, mail_account_id: Path[Id], part: Path[Annotated[str, one_of(CHECKS)]]
) -> HttpResponse:
    """Try the mailbox, the way out or the domain of an account now. Talks to servers outside, half a minute at most."""
    steps = CHECKS[part](_account(request, mail_account_id))
    return answer({"steps": [step_row(step) for step in steps]})


def _account(request: ApiRequest, pk: int) -> MailAccount:
    """The account, for whoever may set them up. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return get_object_or_404(MailAccount.objects.select_related("team"), pk=pk)


def _keep(request: ApiRequest, account: MailAccount, sent: dict[str, Any]) -> None:
    """Save what was sent; secrets that were not sent stay. Raises `Problem`."""
    secrets = {name: sent[name] for name in SECRETS if sent.get(name)}
    fields = {name: value for name, value in sent.items() if name not in SECRETS}
    with naming(FIELD_OF):
        if "team_id" in fields:
            fields["team"] = team_named(fields.pop("team_id"))
        save_account(account, by=request.viewer, fields=fields, secrets=secrets)


def _state(account: MailAccount) -> dict[str, Any]:
    """What was set up; of secrets only which there are."""
    return {name: getattr(account, name) for name in STATE} | {"secrets": sorted(account.secrets)}


def _row(account: MailAccount) -> dict[str, Any]:
    """What was set up, and how the last try went."""
    return {**_state(account), "checked_at": account.checked_at, "error": account.trouble}


def step_row(step: Step) -> dict[str, Any]:
    """A step of a check, as it is answered."""
    records = [{"name": one.name, "type": one.type, "value": one.value} for one in step.records]
    return {"name": step.name, "state": step.state, "said": step.said, "todo": step.todo, "records": records}

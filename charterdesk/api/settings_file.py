"""The set-up of the desk as one file: read, and applied after a look at what it would change."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given
from charterdesk.api.problems import Problem
from charterdesk.base.refused import require
from charterdesk.records.set_up import BadSettings, Plan, apply_settings, plan_settings, try_settings, write_settings
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
LARGEST = 2 * 1024**2


class SettingsFile(BaseModel):
    """The whole set-up as TOML."""

    text: str


class SettingsIn(Given):
    """What shall be, as TOML; what it does not name stays."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LARGEST)] = Field(
        examples=['charterdesk = 1\n\n[[tags]]\nname = "leak"\n']
    )


class FieldChange(BaseModel):
    """A field before and after, as text."""

    name: str
    before: str
    after: str


class SettingChange(BaseModel):
    """A thing that is new or becomes different."""

    section: str = Field(examples=["tags"])
    key: str = Field(examples=["leak"])
    is_new: bool
    fields: list[FieldChange]


class SettingsPlan(BaseModel):
    """What a file changes."""

    changes: list[SettingChange]
    same: int = Field(description="How many things are as the file says.")


@router.get("/settings-file", auth=Scope("settings:read", staff=True), response=SettingsFile)
def read_settings_file(request: ApiRequest) -> HttpResponse:
    """The set-up as it is now, secrets as placeholders; some statements for each section."""
    require(may_administer(request.viewer))
    return answer({"text": write_settings()})


@router.post("/settings-file/preview", auth=Scope("settings:write", staff=True), response=SettingsPlan)
def preview_settings_file(request: ApiRequest, given: SettingsIn) -> HttpResponse:
    """See what a file would change; it is tried, and taken back. 409 `records.bad_settings` says where it is wrong."""
    require(may_administer(request.viewer))
    plan = _planned(given.text)
    try:
        try_settings(plan, by=request.viewer)
    except BadSettings as bad:
        raise _bad(bad) from bad
    return answer(_row(plan))


@router.post("/settings-file", auth=Scope("settings:write", staff=True), response=SettingsPlan)
@once
def apply_settings_file(request: ApiRequest, given: SettingsIn) -> HttpResponse:
    """Make what differs what the file says, all of it or nothing. 409 `records.bad_settings` says where it is wrong."""
    require(may_administer(request.viewer))
    plan = _planned(given.text)
    try:
        apply_settings(plan, by=request.viewer)
    except BadSettings as bad:
        raise _bad(bad) from bad
    return answer(_row(plan))


def _planned(text: str) -> Plan:
    try:
        return plan_settings(text)
    except BadSettings as bad:
        raise _bad(bad) from bad


def _bad(bad: BadSettings) -> Problem:
    error = {"field": "text", "code": "records.bad_settings", "message": str(bad)}
    return Problem(409, "records.bad_settings", str(bad), errors=[error])


def _row(plan: Plan) -> dict[str, Any]:
    return {
        "changes": [
            {
                "section": change.section,
                "key": change.key,
                "is_new": change.is_new,
                "fields": [
                    {"name": name, "before": str(before), "after": str(after)}
                    for name, (before, after) in change.fields.items()
                ],
            }
            for change in plan.changes
        ],
        "same": plan.same,
    }

"""Mail accounts: mailboxes elsewhere that are fetched by IMAP and sent through by SMTP."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.channels.actions import remove_account, save_account
from charterdesk.channels.models import MailAccount
from charterdesk.people.models import Team
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELDS = [
    "name", "address", "team", "user", "login_by", "imap_host", "imap_port", "imap_security", "folder", "sent_folder",
    "smtp_host", "smtp_port", "smtp_security", "is_active",
]  # fmt: skip
SECRETS = ("password", "refresh_token", "client_id", "client_secret", "token_url")


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """An account. A secret left empty stays what it was; none is ever shown."""

    password = forms.CharField(label=gettext_lazy("Password"), required=False, widget=forms.PasswordInput)
    client_id = forms.CharField(label=gettext_lazy("Client id (XOAUTH2)"), required=False)
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret (XOAUTH2)"), required=False, widget=forms.PasswordInput
    )
    refresh_token = forms.CharField(
        label=gettext_lazy("Refresh token (XOAUTH2)"), required=False, widget=forms.PasswordInput
    )
    token_url = forms.URLField(
        label=gettext_lazy("Address for tokens (XOAUTH2)"), required=False, assume_scheme="https"
    )

    class Meta:
        model = MailAccount
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["team"]).empty_label = _("Choose a team")  # type: ignore[type-arg]

    def given_secrets(self) -> dict[str, str]:
        """The secrets that were written; the others stay."""
        return {name: self.cleaned_data[name] for name in SECRETS if self.cleaned_data.get(name)}

    def _post_clean(self) -> None:
        """Leave the account as it is: the action changes it, and has to see what differs."""


def accounts(request: StaffRequest) -> HttpResponse:
    """GET admin/accounts: all of them. One statement."""
    found = MailAccount.objects.select_related("team").order_by("name")
    return render(request, "workspace/admin/accounts.html", {"accounts": found, "place": "admin"})


def account(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/accounts/<id> or admin/accounts/new: look at one, change it, add one."""
    instance = get_object_or_404(MailAccount, pk=pk) if pk else None
    form = AccountForm(request.POST or None, instance=instance, initial={} if instance else _guessed())
    kept = instance or MailAccount()
    if request.method == "POST" and form.is_valid() and _keep(form, kept, request):
        say(request, _("Saved. {name} is looked at within a minute.").format(name=form.cleaned_data["name"]))
        return redirect("workspace:check_account", pk=kept.pk)
    return form_page(request, "workspace/admin/account.html", form, account=instance)


def _guessed() -> dict[str, Any]:
    """What a first account is most likely for: the only team, and the address it has. Two statements."""
    teams = Team.objects.order_by("pk")[:2]
    if len(teams) != 1 or MailAccount.objects.exists():
        return {}
    team = teams[0]
    return {"name": team.name, "address": team.address, "user": team.address, "team": team}


def _keep(form: AccountForm, account: MailAccount, request: StaffRequest) -> bool:
    fields = {name: form.cleaned_data[name] for name in FIELDS}
    secrets = form.given_secrets()
    return carried_out(
        form, lambda: save_account(account, by=request.viewer, fields=fields, secrets=secrets), fields={}
    )


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/accounts/<id>/removal: forget the account; the mail it brought stays."""
    remove_account(get_object_or_404(MailAccount, pk=pk), by=request.viewer)
    say(request, _("Removed. The mail it brought stays."))
    return redirect("workspace:accounts")


urls = [
    administrator_path("admin/accounts", accounts, name="accounts", settings=SET_CHANNELS),
    administrator_path("admin/accounts/new", account, name="new_account", settings=SET_CHANNELS),
    administrator_path("admin/accounts/<int:pk>", account, name="account", settings=SET_CHANNELS),
    administrator_path("admin/accounts/<int:pk>/removal", remove, name="remove_account", settings=SET_CHANNELS),
]

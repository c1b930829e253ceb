"""Mail accounts: mailboxes elsewhere that are fetched by IMAP and sent through by SMTP."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.channels.models import MailAccount
from charterdesk.workspace.admin.desk import administrator_path
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

    def clean(self) -> dict[str, Any]:
        """One half at least: a mailbox to fetch from, or a server to send through."""
        cleaned = super().clean() or {}
        if not cleaned.get("imap_host") and not cleaned.get("smtp_host"):
            raise forms.ValidationError(
                _("Name an IMAP server to fetch from, an SMTP server to send through, or both.")
            )
        return cleaned

    def save(self, commit: bool = True) -> MailAccount:
        """Keep the account with its secrets sealed."""
        account: MailAccount = super().save(commit=False)
        given = {name: self.cleaned_data[name] for name in SECRETS if self.cleaned_data.get(name)}
        if given:
            account.seal(**{**account.secrets, **given})
        account.save()
        return account


def accounts(request: StaffRequest) -> HttpResponse:
    """GET admin/accounts: all of them. One statement."""
    found = MailAccount.objects.select_related("team").order_by("name")
    return render(request, "workspace/admin/accounts.html", {"accounts": found, "place": "admin"})


@transaction.atomic
def account(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/accounts/<id> or admin/accounts/new: look at one, change it, add one."""
    instance = get_object_or_404(MailAccount, pk=pk) if pk else None
    form = AccountForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        say(request, _("Saved. {name} is looked at within a minute.").format(name=saved))
        return redirect("workspace:accounts")
    context = {"form": form, "account": instance, "place": "admin"}
    return render(request, "workspace/admin/account.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/accounts/<id>/removal: forget the account; the mail it brought stays."""
    get_object_or_404(MailAccount, pk=pk).delete()
    say(request, _("Removed. The mail it brought stays."))
    return redirect("workspace:accounts")


urls = [
    administrator_path("admin/accounts", accounts, name="accounts"),
    administrator_path("admin/accounts/new", account, name="new_account"),
    administrator_path("admin/accounts/<int:pk>", account, name="account"),
    administrator_path("admin/accounts/<int:pk>/removal", remove, name="remove_account"),
]

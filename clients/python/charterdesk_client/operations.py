"""Every operation of the API. Made by generate.py: do not change it by hand."""

from typing import Unpack, cast

from charterdesk_client import models
from charterdesk_client.transport import Transport


class Operations(Transport):
    """The operations, by the names the API's description has for them."""

    def list_mail_accounts(self) -> models.MailAccounts:
        """All mail accounts by name, and how the last try of each ended."""
        return cast("models.MailAccounts", self._json("GET", "/api/v1/mail-accounts"))

    def make_mail_account(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewMailAccount]
    ) -> models.MailAccountOut:
        """Fetch from a mailbox, or send through it, from now on."""
        return cast(
            "models.MailAccountOut",
            self._json("POST", "/api/v1/mail-accounts", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_mail_account(self, mail_account_id: int, /) -> models.MailAccountOut:
        """One mail account"""
        return cast("models.MailAccountOut", self._json("GET", f"/api/v1/mail-accounts/{mail_account_id}"))

    def change_mail_account(
        self,
        mail_account_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.MailAccountChanges],
    ) -> models.MailAccountOut:
        """Change a mail account, or switch it off"""
        return cast(
            "models.MailAccountOut",
            self._json(
                "PATCH",
                f"/api/v1/mail-accounts/{mail_account_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_mail_account(self, mail_account_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Forget a mail account"""
        self._json("DELETE", f"/api/v1/mail-accounts/{mail_account_id}", headers={"Idempotency-Key": idempotency_key})

    def check_mail_account(self, mail_account_id: int, part: str, /) -> models.CheckOut:
        """Try the mailbox, the way out or the domain of an account now."""
        return cast("models.CheckOut", self._json("POST", f"/api/v1/mail-accounts/{mail_account_id}/checks/{part}"))

    def list_sms_numbers(self) -> models.SmsNumbers:
        """All SMS numbers by name, and how their last session ended."""
        return cast("models.SmsNumbers", self._json("GET", "/api/v1/sms-numbers"))

    def make_sms_number(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewSmsNumber]
    ) -> models.SmsNumberOut:
        """Receive and send texts at a number from now on."""
        return cast(
            "models.SmsNumberOut",
            self._json("POST", "/api/v1/sms-numbers", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_sms_number(self, sms_number_id: int, /) -> models.SmsNumberOut:
        """One number"""
        return cast("models.SmsNumberOut", self._json("GET", f"/api/v1/sms-numbers/{sms_number_id}"))

    def change_sms_number(
        self,
        sms_number_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.SmsNumberChanges],
    ) -> models.SmsNumberOut:
        """Change a number, or switch it off"""
        return cast(
            "models.SmsNumberOut",
            self._json(
                "PATCH",
                f"/api/v1/sms-numbers/{sms_number_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_sms_number(self, sms_number_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Forget a number"""
        self._json("DELETE", f"/api/v1/sms-numbers/{sms_number_id}", headers={"Idempotency-Key": idempotency_key})

    def check_sms_number(self, sms_number_id: int, /) -> models.CheckOut:
        """Try the provider of a number now"""
        return cast("models.CheckOut", self._json("POST", f"/api/v1/sms-numbers/{sms_number_id}/checks"))

    def list_templates(self) -> models.Templates:
        """Texts of the desk's own, by name, with what each says now."""
        return cast("models.Templates", self._json("GET", "/api/v1/templates"))

    def make_template(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTemplate]
    ) -> models.TemplateOut:
        """Write a template."""
        return cast(
            "models.TemplateOut",
            self._json("POST", "/api/v1/templates", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_template(self, template_id: int, /) -> models.TemplateOut:
        """One template, with the ETag of its state."""
        return cast("models.TemplateOut", self._json("GET", f"/api/v1/templates/{template_id}"))

    def change_template(
        self,
        template_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TemplateChanges],
    ) -> models.TemplateOut:
        """Have a template say something else from now on, as a new version"""
        return cast(
            "models.TemplateOut",
            self._json(
                "PATCH",
                f"/api/v1/templates/{template_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def delete_template(self, template_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have a template no more"""
        self._json("DELETE", f"/api/v1/templates/{template_id}", headers={"Idempotency-Key": idempotency_key})

    def list_template_versions(self, template_id: int, /) -> models.TemplateVersions:
        """What a template said when, who wrote it and why"""
        return cast("models.TemplateVersions", self._json("GET", f"/api/v1/templates/{template_id}/versions"))

    def restore_one_template(
        self, template_id: int, version: int, /, *, idempotency_key: str | None = None
    ) -> models.TemplateOut:
        """Have a template say again what it said in a version, as a new version."""
        return cast(
            "models.TemplateOut",
            self._json(
                "POST",
                f"/api/v1/templates/{template_id}/versions/{version}/restoration",
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def preview_template(self, **body: Unpack[models.TemplateTrial]) -> models.TemplatePreview:
        """See a template as a real ticket's customer would get it"""
        return cast("models.TemplatePreview", self._json("POST", "/api/v1/templates/preview", json=body))

    def try_template(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.TemplateTrial]
    ) -> models.TemplatePreview:
        """Mail a template to yourself, filled in with a real ticket"""
        return cast(
            "models.TemplatePreview",
            self._json("POST", "/api/v1/templates/trial", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_texts(self) -> models.SystemTexts:
        """The texts the desk sends by itself, and what was written anew."""
        return cast("models.SystemTexts", self._json("GET", "/api/v1/texts"))

    def read_text(self, name: str, language: str, /, *, team_id: int | None = None) -> models.WrittenOut:
        """A text in one language, for a team or for all."""
        return cast(
            "models.WrittenOut", self._json("GET", f"/api/v1/texts/{name}/{language}", params={"team_id": team_id})
        )

    def write_one_text(
        self,
        name: str,
        language: str,
        /,
        *,
        team_id: int | None = None,
        idempotency_key: str | None = None,
        **body: Unpack[models.SystemTextIn],
    ) -> models.WrittenOut:
        """Write a text anew"""
        return cast(
            "models.WrittenOut",
            self._json(
                "PUT",
                f"/api/v1/texts/{name}/{language}",
                params={"team_id": team_id},
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def drop_one_text(
        self, name: str, language: str, /, *, team_id: int | None = None, idempotency_key: str | None = None
    ) -> None:
        """Go back to what the desk sends by itself, or, of a team's text, to what all teams send."""
        self._json(
            "DELETE",
            f"/api/v1/texts/{name}/{language}",
            params={"team_id": team_id},
            headers={"Idempotency-Key": idempotency_key},
        )

    def preview_text(self, name: str, language: str, /, **body: Unpack[models.Trial]) -> models.TextPreview:
        """See a text as a real ticket's customer would get it"""
        return cast("models.TextPreview", self._json("POST", f"/api/v1/texts/{name}/{language}/preview", json=body))

    def try_text(
        self, name: str, language: str, /, *, idempotency_key: str | None = None, **body: Unpack[models.Trial]
    ) -> models.TextPreview:
        """Send a text to yourself, filled in with a real ticket"""
        return cast(
            "models.TextPreview",
            self._json(
                "POST",
                f"/api/v1/texts/{name}/{language}/trial",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_retention_rules(self) -> models.RetentionRules:
        """How long what is kept"""
        return cast("models.RetentionRules", self._json("GET", "/api/v1/retention-rules"))

    def make_retention_rule(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewRetentionRule]
    ) -> models.RetentionRuleOut:
        """Set how long something is kept."""
        return cast(
            "models.RetentionRuleOut",
            self._json("POST", "/api/v1/retention-rules", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def preview_new_rule(self, **body: Unpack[models.NewRetentionRule]) -> models.RetentionPreview:
        """See what a rule would do before it is made."""
        return cast("models.RetentionPreview", self._json("POST", "/api/v1/retention-rules/preview", json=body))

    def read_retention_rule(self, rule_id: int, /) -> models.RetentionRuleOut:
        """One retention rule."""
        return cast("models.RetentionRuleOut", self._json("GET", f"/api/v1/retention-rules/{rule_id}"))

    def change_retention_rule(
        self,
        rule_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.RetentionRuleChanges],
    ) -> models.RetentionRuleOut:
        """Change how long something is kept"""
        return cast(
            "models.RetentionRuleOut",
            self._json(
                "PATCH",
                f"/api/v1/retention-rules/{rule_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_retention_rule(self, rule_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Keep what the rule was about for ever again."""
        self._json("DELETE", f"/api/v1/retention-rules/{rule_id}", headers={"Idempotency-Key": idempotency_key})

    def preview_rule(self, rule_id: int, /) -> models.RetentionPreview:
        """See what a rule would do tonight, as it stands."""
        return cast("models.RetentionPreview", self._json("GET", f"/api/v1/retention-rules/{rule_id}/preview"))

    def list_holds(self) -> models.Holds:
        """What the law holds back from deletion, the latest first."""
        return cast("models.Holds", self._json("GET", "/api/v1/holds"))

    def make_hold(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewHold]) -> models.HoldOut:
        """Hold a customer, an organisation or a ticket back from deletion and erasure."""
        return cast(
            "models.HoldOut",
            self._json("POST", "/api/v1/holds", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def lift_one_hold(self, hold_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Lift a legal hold"""
        self._json("DELETE", f"/api/v1/holds/{hold_id}", headers={"Idempotency-Key": idempotency_key})

    def list_erasure_requests(
        self, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.ErasureRequestPage:
        """Customers who ask to be forgotten, the latest first."""
        return cast(
            "models.ErasureRequestPage",
            self._json("GET", "/api/v1/erasure-requests", params={"state": state, "cursor": cursor, "limit": limit}),
        )

    def read_erasure_request(self, wish_id: int, /) -> models.ErasureRequestOut:
        """One wish to be forgotten, with the proof once they are."""
        return cast("models.ErasureRequestOut", self._json("GET", f"/api/v1/erasure-requests/{wish_id}"))

    def erase_as_asked(self, wish_id: int, /, *, idempotency_key: str | None = None) -> models.ErasureRequestOut:
        """Forget who asked for it, for good."""
        return cast(
            "models.ErasureRequestOut",
            self._json(
                "POST", f"/api/v1/erasure-requests/{wish_id}/erasure", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def decline_to_erase(
        self, wish_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Declined]
    ) -> models.ErasureRequestOut:
        """Say no to a wish to be forgotten, and why"""
        return cast(
            "models.ErasureRequestOut",
            self._json(
                "POST",
                f"/api/v1/erasure-requests/{wish_id}/refusal",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def erase_by_address(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.AddressErasure]
    ) -> models.AddressErasureOut:
        """Erase somebody who is no contact and known by an e-mail address alone, as who commented without …"""
        return cast(
            "models.AddressErasureOut",
            self._json("POST", "/api/v1/address-erasures", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_brands(self) -> models.Brands:
        """All brands as they are drafted, by host."""
        return cast("models.Brands", self._json("GET", "/api/v1/brands"))

    def make_brand(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewBrand]) -> models.BrandOut:
        """Draft a brand."""
        return cast(
            "models.BrandOut",
            self._json("POST", "/api/v1/brands", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_brand(self, brand_id: int, /) -> models.BrandOut:
        """One brand as it is drafted."""
        return cast("models.BrandOut", self._json("GET", f"/api/v1/brands/{brand_id}"))

    def change_one_brand(
        self,
        brand_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.BrandChanges],
    ) -> models.BrandOut:
        """Change the draft of a brand"""
        return cast(
            "models.BrandOut",
            self._json(
                "PATCH",
                f"/api/v1/brands/{brand_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_one_brand(self, brand_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Do without a brand"""
        self._json("DELETE", f"/api/v1/brands/{brand_id}", headers={"Idempotency-Key": idempotency_key})

    def publish_one_brand(self, brand_id: int, /, *, idempotency_key: str | None = None) -> models.BrandOut:
        """Show customers the draft of a brand from now on."""
        return cast(
            "models.BrandOut",
            self._json("POST", f"/api/v1/brands/{brand_id}/publication", headers={"Idempotency-Key": idempotency_key}),
        )

    def upload_brand_picture(
        self, brand_id: int, kind: str, content: bytes, /, *, idempotency_key: str | None = None
    ) -> models.BrandOut:
        """Send the logo or favicon of a draft as the body"""
        return cast(
            "models.BrandOut",
            self._json(
                "PUT",
                f"/api/v1/brands/{brand_id}/pictures/{kind}",
                content=content,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def drop_brand_picture(self, brand_id: int, kind: str, /, *, idempotency_key: str | None = None) -> models.BrandOut:
        """Draft a brand without its logo or favicon."""
        return cast(
            "models.BrandOut",
            self._json(
                "DELETE", f"/api/v1/brands/{brand_id}/pictures/{kind}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_providers(self) -> models.Providers:
        """Who may vouch for people (single sign-on), by name."""
        return cast("models.Providers", self._json("GET", "/api/v1/identity-providers"))

    def make_provider(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewProvider]
    ) -> models.ProviderOut:
        """Let somebody else vouch for people."""
        return cast(
            "models.ProviderOut",
            self._json("POST", "/api/v1/identity-providers", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_provider(self, provider_id: int, /) -> models.ProviderOut:
        """One provider of single sign-on."""
        return cast("models.ProviderOut", self._json("GET", f"/api/v1/identity-providers/{provider_id}"))

    def change_provider(
        self,
        provider_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ProviderChanges],
    ) -> models.ProviderOut:
        """Change a provider of single sign-on"""
        return cast(
            "models.ProviderOut",
            self._json(
                "PATCH",
                f"/api/v1/identity-providers/{provider_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_one_provider(self, provider_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let nobody in by a provider any more"""
        self._json("DELETE", f"/api/v1/identity-providers/{provider_id}", headers={"Idempotency-Key": idempotency_key})

    def change_my_state(self, *, idempotency_key: str | None = None, **body: Unpack[models.State]) -> models.AgentOut:
        """Say whether you take new tickets."""
        return cast(
            "models.AgentOut",
            self._json("PUT", "/api/v1/me/state", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_agents(self) -> models.Agents:
        """All agents by name, those who left as well."""
        return cast("models.Agents", self._json("GET", "/api/v1/agents"))

    def invite_agent(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewAgent]) -> models.AgentOut:
        """Let a person join the desk, and tell them by mail."""
        return cast(
            "models.AgentOut",
            self._json("POST", "/api/v1/agents", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_agent(self, agent_id: int, /) -> models.AgentOut:
        """One agent."""
        return cast("models.AgentOut", self._json("GET", f"/api/v1/agents/{agent_id}"))

    def change_one_agent(
        self,
        agent_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.AgentChanges],
    ) -> models.AgentOut:
        """Change an agent"""
        return cast(
            "models.AgentOut",
            self._json(
                "PATCH",
                f"/api/v1/agents/{agent_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def make_role(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewRole]) -> models.RoleOut:
        """Make a role that allows no more than you may yourself."""
        return cast(
            "models.RoleOut",
            self._json("POST", "/api/v1/roles", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_roles(self) -> models.Roles:
        """The roles that are built in, and the desk's own by name, with what they allow."""
        return cast("models.Roles", self._json("GET", "/api/v1/roles"))

    def change_one_role(
        self,
        role_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.RoleChanges],
    ) -> models.RoleOut:
        """Change a role, for everybody who has it, at once"""
        return cast(
            "models.RoleOut",
            self._json(
                "PATCH",
                f"/api/v1/roles/{role_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_one_role(self, role_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Remove a role that nobody has"""
        self._json("DELETE", f"/api/v1/roles/{role_id}", headers={"Idempotency-Key": idempotency_key})

    def change_member_role(
        self, team_id: int, agent_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.MemberRole]
    ) -> models.TeamOut:
        """Let an agent have another role in one team"""
        return cast(
            "models.TeamOut",
            self._json(
                "PUT",
                f"/api/v1/teams/{team_id}/agents/{agent_id}/role",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def read_sign_in_rules(self) -> models.SignInRulesOut:
        """Which roles need a second factor, and whether customers register themselves."""
        return cast("models.SignInRulesOut", self._json("GET", "/api/v1/sign-in-rules"))

    def change_sign_in_rules(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.SignInRulesIn]
    ) -> models.SignInRulesOut:
        """Change which roles need a second factor, and whether customers register themselves."""
        return cast(
            "models.SignInRulesOut",
            self._json(
                "PATCH",
                "/api/v1/sign-in-rules",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def read_login(self, person: str, /) -> models.LoginOut:
        """Where an agent or a customer is signed in, and which second factors they have."""
        return cast("models.LoginOut", self._json("GET", f"/api/v1/logins/{person}"))

    def end_login_sessions(
        self, person: str, /, *, session_id: int | None = None, idempotency_key: str | None = None
    ) -> models.EndedOut:
        """Sign somebody out, on one device or on all"""
        return cast(
            "models.EndedOut",
            self._json(
                "DELETE",
                f"/api/v1/logins/{person}/sessions",
                params={"session_id": session_id},
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def reset_login_factors(self, person: str, /, *, idempotency_key: str | None = None) -> models.EndedOut:
        """Take away second factors that were lost, and sign them out everywhere"""
        return cast(
            "models.EndedOut",
            self._json("DELETE", f"/api/v1/logins/{person}/factors", headers={"Idempotency-Key": idempotency_key}),
        )

    def read_settings_file(self) -> models.SettingsFile:
        """The set-up as it is now, secrets as placeholders."""
        return cast("models.SettingsFile", self._json("GET", "/api/v1/settings-file"))

    def apply_settings_file(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.SettingsIn]
    ) -> models.SettingsPlan:
        """Make what differs what the file says, all of it or nothing."""
        return cast(
            "models.SettingsPlan",
            self._json("POST", "/api/v1/settings-file", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def preview_settings_file(self, **body: Unpack[models.SettingsIn]) -> models.SettingsPlan:
        """See what a file would change"""
        return cast("models.SettingsPlan", self._json("POST", "/api/v1/settings-file/preview", json=body))

    def list_grade_terms(self, *, team_id: int | None = None) -> models.GradeTermsList:
        """How all teams ask for grades, and those that do it in their own way"""
        return cast("models.GradeTermsList", self._json("GET", "/api/v1/grade-terms", params={"team_id": team_id}))

    def change_grade_terms(
        self,
        *,
        team_id: int | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.GradeTermsChanges],
    ) -> models.GradeTermsOut:
        """Change how all teams, or one, ask for grades"""
        return cast(
            "models.GradeTermsOut",
            self._json(
                "PATCH",
                "/api/v1/grade-terms",
                params={"team_id": team_id},
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def drop_team_grade_terms(self, team_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let a team ask for grades as all others do."""
        self._json("DELETE", f"/api/v1/grade-terms/{team_id}", headers={"Idempotency-Key": idempotency_key})

    def list_offers(self) -> models.Offers:
        """All offers, in their order."""
        return cast("models.Offers", self._json("GET", "/api/v1/offers"))

    def add_offer(self, *, idempotency_key: str | None = None, **body: Unpack[models.OfferSetting]) -> models.OfferOut:
        """Add an offer."""
        return cast(
            "models.OfferOut",
            self._json("POST", "/api/v1/offers", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_offer(
        self,
        offer_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.OfferSetting],
    ) -> models.OfferOut:
        """Change an offer"""
        return cast(
            "models.OfferOut",
            self._json(
                "PATCH",
                f"/api/v1/offers/{offer_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_contracts(
        self,
        *,
        contact_id: int | None = None,
        organisation_id: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.ContractPage:
        """Contracts, the latest first"""
        return cast(
            "models.ContractPage",
            self._json(
                "GET",
                "/api/v1/contracts",
                params={"contact_id": contact_id, "organisation_id": organisation_id, "cursor": cursor, "limit": limit},
            ),
        )

    def make_contract(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewContract]
    ) -> models.ContractOut:
        """Agree on an offer with a contact or an organisation."""
        return cast(
            "models.ContractOut",
            self._json("POST", "/api/v1/contracts", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_contract(self, contract_id: int, /) -> models.ContractOut:
        """One contract, and what is left of it."""
        return cast("models.ContractOut", self._json("GET", f"/api/v1/contracts/{contract_id}"))

    def end_one_contract(self, contract_id: int, /, *, idempotency_key: str | None = None) -> models.ContractOut:
        """End it now"""
        return cast(
            "models.ContractOut",
            self._json("DELETE", f"/api/v1/contracts/{contract_id}", headers={"Idempotency-Key": idempotency_key}),
        )

    def list_orders(
        self,
        *,
        contact_id: int | None = None,
        number: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.OrderPage:
        """Orders, the latest taken first"""
        return cast(
            "models.OrderPage",
            self._json(
                "GET",
                "/api/v1/orders",
                params={"contact_id": contact_id, "number": number, "cursor": cursor, "limit": limit},
            ),
        )

    def read_order(self, order_id: int, /) -> models.OrderOut:
        """One order with its lines."""
        return cast("models.OrderOut", self._json("GET", f"/api/v1/orders/{order_id}"))

    def put_order(
        self, slug: str, external_id: str, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewOrder]
    ) -> models.OrderOut:
        """Keep an order of a source as it is now"""
        return cast(
            "models.OrderOut",
            self._json(
                "PUT",
                f"/api/v1/order-sources/{slug}/orders/{external_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def read_cost(self, number: int, /) -> models.CostOut:
        """What a ticket costs, and why."""
        return cast("models.CostOut", self._json("GET", f"/api/v1/tickets/{number}/cost"))

    def judge_one(self, number: int, /, *, idempotency_key: str | None = None) -> models.CostOut:
        """Judge it anew by the reasons in use now"""
        return cast(
            "models.CostOut",
            self._json("POST", f"/api/v1/tickets/{number}/cost", headers={"Idempotency-Key": idempotency_key}),
        )

    def accept(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Seen]
    ) -> models.CostOut:
        """Accept a price, as the customer or as whoever was told so"""
        return cast(
            "models.CostOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/acceptances", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def contest(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Contested]
    ) -> models.CostOut:
        """Say as the customer what is wrong with a verdict"""
        return cast(
            "models.CostOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/contests", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def decide_cost(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.VerdictDecision]
    ) -> models.CostOut:
        """Decide what is contested, or call it free, with reasons that the customer reads."""
        return cast(
            "models.CostOut",
            self._json(
                "POST",
                f"/api/v1/tickets/{number}/cost-decisions",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def say_which_order(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.AboutOrder]
    ) -> models.CostOut:
        """Say which of the customer's orders a ticket is about."""
        return cast(
            "models.CostOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/order", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_time(self, number: int, /) -> models.Times:
        """Time spent on a ticket."""
        return cast("models.Times", self._json("GET", f"/api/v1/tickets/{number}/time"))

    def note_time(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewTime]
    ) -> models.TimeOut:
        """Note time spent."""
        return cast(
            "models.TimeOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/time", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def run_timer(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewTimer]
    ) -> models.TimeOut:
        """Let one's own timer run on a ticket"""
        return cast(
            "models.TimeOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/timer", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def end_timer(self, number: int, /, *, idempotency_key: str | None = None) -> models.TimeOut:
        """Stop one's own timer on a ticket."""
        return cast(
            "models.TimeOut",
            self._json("DELETE", f"/api/v1/tickets/{number}/timer", headers={"Idempotency-Key": idempotency_key}),
        )

    def take_time_off(self, number: int, entry_id: int, /, *, idempotency_key: str | None = None) -> None:
        """It was not spent after all"""
        self._json("DELETE", f"/api/v1/tickets/{number}/time/{entry_id}", headers={"Idempotency-Key": idempotency_key})

    def list_tickets(
        self,
        *,
        status: str | None = None,
        type: str | None = None,
        channel: str | None = None,
        language: str | None = None,
        priority: str | None = None,
        tag: str | None = None,
        team_id: int | None = None,
        assignee: str | None = None,
        contact_id: int | None = None,
        organisation_id: int | None = None,
        follower: str | None = None,
        late: str | None = None,
        view_id: int | None = None,
        filter: str | None = None,
        q: str | None = None,
        opened_since: str | None = None,
        opened_before: str | None = None,
        active_since: str | None = None,
        active_before: str | None = None,
        due_before: str | None = None,
        solved_since: str | None = None,
        solved_before: str | None = None,
        closed_since: str | None = None,
        order: str | None = None,
        fields: str | None = None,
        expand: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.TicketPage:
        """Tickets the asker may see, the newest first."""
        return cast(
            "models.TicketPage",
            self._json(
                "GET",
                "/api/v1/tickets",
                params={
                    "status": status,
                    "type": type,
                    "channel": channel,
                    "language": language,
                    "priority": priority,
                    "tag": tag,
                    "team_id": team_id,
                    "assignee": assignee,
                    "contact_id": contact_id,
                    "organisation_id": organisation_id,
                    "follower": follower,
                    "late": late,
                    "view_id": view_id,
                    "filter": filter,
                    "q": q,
                    "opened_since": opened_since,
                    "opened_before": opened_before,
                    "active_since": active_since,
                    "active_before": active_before,
                    "due_before": due_before,
                    "solved_since": solved_since,
                    "solved_before": solved_before,
                    "closed_since": closed_since,
                    "order": order,
                    "fields": fields,
                    "expand": expand,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def open_one(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTicket]) -> models.TicketOut:
        """Take a request on"""
        return cast(
            "models.TicketOut",
            self._json("POST", "/api/v1/tickets", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def open_many(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTickets]) -> models.Results:
        """Take thousands of requests on."""
        return cast(
            "models.Results",
            self._json("POST", "/api/v1/tickets/bulk", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_ticket(self, number: int, /, *, fields: str | None = None, expand: str | None = None) -> models.TicketOut:
        """One ticket, with the ETag of its state."""
        return cast(
            "models.TicketOut",
            self._json("GET", f"/api/v1/tickets/{number}", params={"fields": fields, "expand": expand}),
        )

    def change_ticket(
        self,
        number: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TicketChanges],
    ) -> models.TicketOut | None:
        """Change a ticket"""
        return cast(
            "models.TicketOut | None",
            self._json(
                "PATCH",
                f"/api/v1/tickets/{number}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def change_many(self, *, idempotency_key: str | None = None, **body: Unpack[models.ManyChanges]) -> models.Results:
        """Change many tickets in one transaction"""
        return cast(
            "models.Results",
            self._json("POST", "/api/v1/tickets/bulk-changes", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def solve(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Solution]
    ) -> models.TicketOut:
        """Solve a ticket"""
        return cast(
            "models.TicketOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/solution", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def reopen(self, number: int, /, *, idempotency_key: str | None = None) -> models.TicketOut:
        """Open a solved or closed ticket again, as its team or its customer."""
        return cast(
            "models.TicketOut",
            self._json("DELETE", f"/api/v1/tickets/{number}/solution", headers={"Idempotency-Key": idempotency_key}),
        )

    def close(self, number: int, /, *, idempotency_key: str | None = None) -> models.TicketOut:
        """End a ticket"""
        return cast(
            "models.TicketOut",
            self._json("POST", f"/api/v1/tickets/{number}/closure", headers={"Idempotency-Key": idempotency_key}),
        )

    def change_tags(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TagChanges]
    ) -> models.TicketOut:
        """Put tags on and take tags off, whatever others do meanwhile."""
        return cast(
            "models.TicketOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/tags", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def merge(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.MergeInto]
    ) -> models.TicketOut:
        """Let a ticket go on in another"""
        return cast(
            "models.TicketOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/merge", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def unmerge(self, number: int, /, *, idempotency_key: str | None = None) -> models.TicketOut:
        """Undo the merge of a ticket"""
        return cast(
            "models.TicketOut",
            self._json("DELETE", f"/api/v1/tickets/{number}/merge", headers={"Idempotency-Key": idempotency_key}),
        )

    def split(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Split]
    ) -> models.TicketOut:
        """Make messages of a ticket one of their own, and answer with that."""
        return cast(
            "models.TicketOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/split", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_links(self, number: int, /) -> models.Links:
        """The tickets a ticket stands to, of those the asker may see."""
        return cast("models.Links", self._json("GET", f"/api/v1/tickets/{number}/links"))

    def link(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewLink]
    ) -> models.Links:
        """Say how a ticket stands to another."""
        return cast(
            "models.Links",
            self._json(
                "POST", f"/api/v1/tickets/{number}/links", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def unlink(self, number: int, other: int, /, *, idempotency_key: str | None = None) -> None:
        """Take the link between two tickets off, whichever way it points."""
        self._json("DELETE", f"/api/v1/tickets/{number}/links/{other}", headers={"Idempotency-Key": idempotency_key})

    def list_followers(self, number: int, /) -> models.Followers:
        """Who hears of everything on a ticket."""
        return cast("models.Followers", self._json("GET", f"/api/v1/tickets/{number}/followers"))

    def follow(self, number: int, agent_id: int, /, *, idempotency_key: str | None = None) -> models.Followers:
        """Let an agent hear of everything on a ticket."""
        return cast(
            "models.Followers",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/followers/{agent_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def unfollow(self, number: int, agent_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let an agent hear no more of a ticket than any colleague."""
        self._json(
            "DELETE", f"/api/v1/tickets/{number}/followers/{agent_id}", headers={"Idempotency-Key": idempotency_key}
        )

    def read_copies(self, number: int, /) -> models.CopiesOut:
        """Who gets copies."""
        return cast("models.CopiesOut", self._json("GET", f"/api/v1/tickets/{number}/copies"))

    def change_copies(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Copies]
    ) -> models.CopiesOut:
        """Make exactly these the ones who get copies."""
        return cast(
            "models.CopiesOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/copies", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_promises(self, number: int, /) -> models.Promises:
        """What a ticket was promised, by when, how it stands, and, for staff, why."""
        return cast("models.Promises", self._json("GET", f"/api/v1/tickets/{number}/promises"))

    def list_checklist(self, number: int, /) -> models.Items:
        """What is to be done on a ticket."""
        return cast("models.Items", self._json("GET", f"/api/v1/tickets/{number}/checklist"))

    def add_checklist_item(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewItem]
    ) -> models.ItemOut:
        """Put something on a ticket's checklist."""
        return cast(
            "models.ItemOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/checklist", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_tasks(self, *, of_teams: bool | None = None) -> models.Tasks:
        """What you have to do, or with `of_teams` anybody of your teams"""
        return cast("models.Tasks", self._json("GET", "/api/v1/tasks", params={"of_teams": of_teams}))

    def change_checklist_item(
        self,
        item_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ItemChanges],
    ) -> models.ItemOut:
        """Change an item, or say that it is done or after all is not"""
        return cast(
            "models.ItemOut",
            self._json(
                "PATCH",
                f"/api/v1/checklist-items/{item_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_checklist_item(self, item_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take an item off its checklist."""
        self._json("DELETE", f"/api/v1/checklist-items/{item_id}", headers={"Idempotency-Key": idempotency_key})

    def read_snooze(self, number: int, /) -> models.SnoozeOut:
        """Whether a ticket is put off, until when, and by whom."""
        return cast("models.SnoozeOut", self._json("GET", f"/api/v1/tickets/{number}/snooze"))

    def put_ticket_off(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PutOff]
    ) -> models.SnoozeOut:
        """Put a ticket off"""
        return cast(
            "models.SnoozeOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/snooze", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def bring_ticket_back(self, number: int, /, *, idempotency_key: str | None = None) -> None:
        """Bring a ticket back into the queues"""
        self._json("DELETE", f"/api/v1/tickets/{number}/snooze", headers={"Idempotency-Key": idempotency_key})

    def list_messages(
        self,
        number: int,
        /,
        *,
        direction: str | None = None,
        order: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.MessagePage:
        """What was said on a ticket, in order."""
        return cast(
            "models.MessagePage",
            self._json(
                "GET",
                f"/api/v1/tickets/{number}/messages",
                params={"direction": direction, "order": order, "cursor": cursor, "limit": limit},
            ),
        )

    def write_message(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewMessage]
    ) -> models.MessageOut:
        """Answer the customer, leave a note, or, as the customer, say something more."""
        return cast(
            "models.MessageOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/messages", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_message(self, message_id: int, /) -> models.MessageOut:
        """One message."""
        return cast("models.MessageOut", self._json("GET", f"/api/v1/messages/{message_id}"))

    def call_back(self, message_id: int, /, *, idempotency_key: str | None = None) -> models.MessageOut:
        """Undo sending while it can be"""
        return cast(
            "models.MessageOut",
            self._json("DELETE", f"/api/v1/messages/{message_id}", headers={"Idempotency-Key": idempotency_key}),
        )

    def forward(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Forward]
    ) -> models.MessageOut:
        """Ask a third party about a ticket"""
        return cast(
            "models.MessageOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/forwards", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def resend(
        self, message_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Resending]
    ) -> models.MessageOut:
        """Send once more what did not arrive, or of which nobody can tell"""
        return cast(
            "models.MessageOut",
            self._json(
                "POST", f"/api/v1/messages/{message_id}/resend", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def redact(self, message_id: int, /, *, idempotency_key: str | None = None) -> models.MessageOut:
        """Take out for good what a message says, with its files"""
        return cast(
            "models.MessageOut",
            self._json(
                "POST", f"/api/v1/messages/{message_id}/redaction", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_attachment(self, attachment_id: int, /) -> bytes:
        """The bytes of a file, streamed."""
        return self._ask("GET", f"/api/v1/attachments/{attachment_id}").content

    def redact_file(self, attachment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take one file out for good."""
        self._json("DELETE", f"/api/v1/attachments/{attachment_id}", headers={"Idempotency-Key": idempotency_key})

    def upload_file(self, content: bytes, /, *, filename: str) -> models.UploadOut:
        """Send a file as the body of the request, as it is"""
        return cast(
            "models.UploadOut", self._json("POST", "/api/v1/uploads", params={"filename": filename}, content=content)
        )

    def list_contacts(
        self,
        *,
        email: str | None = None,
        phone: str | None = None,
        name: str | None = None,
        organisation_id: int | None = None,
        created_since: str | None = None,
        fields: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.ContactPage:
        """Contacts, the first registered first."""
        return cast(
            "models.ContactPage",
            self._json(
                "GET",
                "/api/v1/contacts",
                params={
                    "email": email,
                    "phone": phone,
                    "name": name,
                    "organisation_id": organisation_id,
                    "created_since": created_since,
                    "fields": fields,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def register_contact(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewContact]
    ) -> models.ContactOut:
        """Register somebody"""
        return cast(
            "models.ContactOut",
            self._json("POST", "/api/v1/contacts", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_contact(self, contact_id: int, /) -> models.ContactOut:
        """One contact, with the ETag of their state."""
        return cast("models.ContactOut", self._json("GET", f"/api/v1/contacts/{contact_id}"))

    def change_one_contact(
        self,
        contact_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ContactChanges],
    ) -> models.ContactOut:
        """Change a contact"""
        return cast(
            "models.ContactOut",
            self._json(
                "PATCH",
                f"/api/v1/contacts/{contact_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def add_contact_identity(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewIdentity]
    ) -> models.ContactOut:
        """Let a contact be known by one more address or number."""
        return cast(
            "models.ContactOut",
            self._json(
                "POST",
                f"/api/v1/contacts/{contact_id}/identities",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def remove_contact_identity(
        self, contact_id: int, identity_id: int, /, *, idempotency_key: str | None = None
    ) -> None:
        """Forget an address or number of a contact"""
        self._json(
            "DELETE",
            f"/api/v1/contacts/{contact_id}/identities/{identity_id}",
            headers={"Idempotency-Key": idempotency_key},
        )

    def merge_contact(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.MergeWith]
    ) -> models.ContactOut:
        """Make another contact one with this one"""
        return cast(
            "models.ContactOut",
            self._json(
                "POST", f"/api/v1/contacts/{contact_id}/merge", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_contact_merges(self, contact_id: int, /) -> models.ContactMerges:
        """Which contacts were made one with this one, and can be parted again."""
        return cast("models.ContactMerges", self._json("GET", f"/api/v1/contacts/{contact_id}/merges"))

    def undo_merge_of_contact(self, contact_id: int, merge_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Part two contacts again."""
        self._json(
            "DELETE", f"/api/v1/contacts/{contact_id}/merges/{merge_id}", headers={"Idempotency-Key": idempotency_key}
        )

    def split_one_contact(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.SplitOff]
    ) -> models.ContactOut:
        """Make some of a contact's addresses and numbers a contact of their own"""
        return cast(
            "models.ContactOut",
            self._json(
                "POST", f"/api/v1/contacts/{contact_id}/split", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_contact_notes(self, contact_id: int, /) -> models.Notes:
        """What was noted about a contact, the latest first."""
        return cast("models.Notes", self._json("GET", f"/api/v1/contacts/{contact_id}/notes"))

    def add_contact_note(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewNote]
    ) -> models.NoteOut:
        """Note something about a contact."""
        return cast(
            "models.NoteOut",
            self._json(
                "POST", f"/api/v1/contacts/{contact_id}/notes", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def remove_contact_note(self, contact_id: int, note_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a note away."""
        self._json(
            "DELETE", f"/api/v1/contacts/{contact_id}/notes/{note_id}", headers={"Idempotency-Key": idempotency_key}
        )

    def take_contact_data(self, contact_id: int, /, *, with_notes: bool | None = None) -> bytes:
        """Everything the desk keeps of a contact, as a zip to hand out."""
        return self._ask("GET", f"/api/v1/contacts/{contact_id}/data", params={"with_notes": with_notes}).content

    def erase_one_contact(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Erasure]
    ) -> None:
        """Erase a contact for good"""
        self._json(
            "POST", f"/api/v1/contacts/{contact_id}/erasure", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def list_organisations(
        self, *, name: str | None = None, domain: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.OrganisationPage:
        """Organisations, the first made first, without those that live on in another."""
        return cast(
            "models.OrganisationPage",
            self._json(
                "GET",
                "/api/v1/organisations",
                params={"name": name, "domain": domain, "cursor": cursor, "limit": limit},
            ),
        )

    def make_organisation(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewOrganisation]
    ) -> models.OrganisationOut:
        """Add an organisation."""
        return cast(
            "models.OrganisationOut",
            self._json("POST", "/api/v1/organisations", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_organisation(self, organisation_id: int, /) -> models.OrganisationOut:
        """One organisation, with the ETag of its state."""
        return cast("models.OrganisationOut", self._json("GET", f"/api/v1/organisations/{organisation_id}"))

    def change_one_organisation(
        self,
        organisation_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.OrganisationChanges],
    ) -> models.OrganisationOut:
        """Change an organisation"""
        return cast(
            "models.OrganisationOut",
            self._json(
                "PATCH",
                f"/api/v1/organisations/{organisation_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def merge_organisation(
        self,
        organisation_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        **body: Unpack[models.MergeWithOrganisation],
    ) -> models.OrganisationOut:
        """Make another organisation one with this one"""
        return cast(
            "models.OrganisationOut",
            self._json(
                "POST",
                f"/api/v1/organisations/{organisation_id}/merge",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_organisation_merges(self, organisation_id: int, /) -> models.Merges:
        """Which organisations were made one with this one, and can be parted again."""
        return cast("models.Merges", self._json("GET", f"/api/v1/organisations/{organisation_id}/merges"))

    def undo_merge_of_organisation(
        self, organisation_id: int, merge_id: int, /, *, idempotency_key: str | None = None
    ) -> None:
        """Part two organisations again."""
        self._json(
            "DELETE",
            f"/api/v1/organisations/{organisation_id}/merges/{merge_id}",
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_organisation_notes(self, organisation_id: int, /) -> models.Notes:
        """What was noted about an organisation, the latest first."""
        return cast("models.Notes", self._json("GET", f"/api/v1/organisations/{organisation_id}/notes"))

    def add_organisation_note(
        self, organisation_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewNote]
    ) -> models.NoteOut:
        """Note something about an organisation."""
        return cast(
            "models.NoteOut",
            self._json(
                "POST",
                f"/api/v1/organisations/{organisation_id}/notes",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def remove_organisation_note(
        self, organisation_id: int, note_id: int, /, *, idempotency_key: str | None = None
    ) -> None:
        """Take a note away."""
        self._json(
            "DELETE",
            f"/api/v1/organisations/{organisation_id}/notes/{note_id}",
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_me(self) -> models.Me:
        """As whom you act."""
        return cast("models.Me", self._json("GET", "/api/v1/me"))

    def list_teams(self) -> models.Teams:
        """All teams by name."""
        return cast("models.Teams", self._json("GET", "/api/v1/teams"))

    def make_team(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTeam]) -> models.TeamOut:
        """Make a team."""
        return cast(
            "models.TeamOut",
            self._json("POST", "/api/v1/teams", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_team(self, team_id: int, /) -> models.TeamOut:
        """One team."""
        return cast("models.TeamOut", self._json("GET", f"/api/v1/teams/{team_id}"))

    def change_one_team(
        self,
        team_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TeamChanges],
    ) -> models.TeamOut:
        """Change a team."""
        return cast(
            "models.TeamOut",
            self._json(
                "PATCH",
                f"/api/v1/teams/{team_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def join_team(self, team_id: int, agent_id: int, /, *, idempotency_key: str | None = None) -> models.TeamOut:
        """Let an agent work for a team."""
        return cast(
            "models.TeamOut",
            self._json(
                "PUT", f"/api/v1/teams/{team_id}/agents/{agent_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def leave_team(self, team_id: int, agent_id: int, /, *, idempotency_key: str | None = None) -> models.TeamOut:
        """Have an agent work for a team no more"""
        return cast(
            "models.TeamOut",
            self._json(
                "DELETE", f"/api/v1/teams/{team_id}/agents/{agent_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_calendars(self) -> models.Calendars:
        """All opening hours by name, and how each stands now."""
        return cast("models.Calendars", self._json("GET", "/api/v1/calendars"))

    def make_calendar(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewCalendar]
    ) -> models.CalendarOut:
        """Make opening hours that teams can then have."""
        return cast(
            "models.CalendarOut",
            self._json("POST", "/api/v1/calendars", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_calendar(self, calendar_id: int, /) -> models.CalendarOut:
        """One calendar"""
        return cast("models.CalendarOut", self._json("GET", f"/api/v1/calendars/{calendar_id}"))

    def change_one_calendar(
        self,
        calendar_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.CalendarChanges],
    ) -> models.CalendarOut:
        """Change opening hours"""
        return cast(
            "models.CalendarOut",
            self._json(
                "PATCH",
                f"/api/v1/calendars/{calendar_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def search(
        self,
        *,
        q: str,
        kinds: str | None = None,
        language: str | None = None,
        team_id: int | None | None = None,
        since: str | None | None = None,
        typing: bool | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.Hits:
        """Everything that has the words, best first, as far as the asker may see it."""
        return cast(
            "models.Hits",
            self._json(
                "GET",
                "/api/v1/search",
                params={
                    "q": q,
                    "kinds": kinds,
                    "language": language,
                    "team_id": team_id,
                    "since": since,
                    "typing": typing,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def list_missed(self, *, since: str | None | None = None, side: str | None = None) -> models.MissedReport:
        """What was searched for and not found, most often first"""
        return cast(
            "models.MissedReport",
            self._json("GET", "/api/v1/searches-without-result", params={"since": since, "side": side}),
        )

    def count(self) -> models.Counts:
        """Kept counts of what the asker may see."""
        return cast("models.Counts", self._json("GET", "/api/v1/counts"))

    def list_views(self) -> models.Views:
        """Saved views"""
        return cast("models.Views", self._json("GET", "/api/v1/views"))

    def make_view(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewView]) -> models.ViewOut:
        """Keep a view"""
        return cast(
            "models.ViewOut",
            self._json("POST", "/api/v1/views", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_view(self, view_id: int, /) -> models.ViewOut:
        """One view, with the ETag of its state."""
        return cast("models.ViewOut", self._json("GET", f"/api/v1/views/{view_id}"))

    def change_view(
        self,
        view_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ViewChanges],
    ) -> models.ViewOut:
        """Change a view"""
        return cast(
            "models.ViewOut",
            self._json(
                "PATCH",
                f"/api/v1/views/{view_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_one_view(self, view_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a view away from everybody who has it"""
        self._json("DELETE", f"/api/v1/views/{view_id}", headers={"Idempotency-Key": idempotency_key})

    def list_tags(
        self, *, name: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.TagPage:
        """Tags by name."""
        return cast(
            "models.TagPage", self._json("GET", "/api/v1/tags", params={"name": name, "cursor": cursor, "limit": limit})
        )

    def change_tag(
        self,
        tag_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TagSetting],
    ) -> models.TagOut:
        """Say what a tag is for, rename it, or make it one with another"""
        return cast(
            "models.TagOut",
            self._json(
                "PATCH",
                f"/api/v1/tags/{tag_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_tag(self, tag_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a tag off every ticket, one by one in the background"""
        self._json("DELETE", f"/api/v1/tags/{tag_id}", headers={"Idempotency-Key": idempotency_key})

    def read_ticket_field(self, code: str, /) -> models.DefinedOut:
        """A field as it is set up, with the ETag of its state."""
        return cast("models.DefinedOut", self._json("GET", f"/api/v1/ticket-fields/{code}"))

    def change_ticket_field(
        self,
        code: str,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.FieldChanges],
    ) -> models.DefinedOut:
        """Change a field, or take it into use again"""
        return cast(
            "models.DefinedOut",
            self._json(
                "PATCH",
                f"/api/v1/ticket-fields/{code}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def retire_ticket_field(self, code: str, /, *, idempotency_key: str | None = None) -> None:
        """Take a field out of use."""
        self._json("DELETE", f"/api/v1/ticket-fields/{code}", headers={"Idempotency-Key": idempotency_key})

    def define_ticket_field(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewField]
    ) -> models.DefinedOut:
        """Keep a field of tickets from now on."""
        return cast(
            "models.DefinedOut",
            self._json("POST", "/api/v1/ticket-fields", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_ticket_fields(self, *, type: str | None = None) -> models.FieldsOut:
        """The fields of tickets, of one type or all."""
        return cast("models.FieldsOut", self._json("GET", "/api/v1/ticket-fields", params={"type": type}))

    def place_ticket_field(
        self, code: str, /, *, idempotency_key: str | None = None, **body: Unpack[models.PlaceAmongLike]
    ) -> None:
        """Move a field among those in use"""
        self._json(
            "PUT", f"/api/v1/ticket-fields/{code}/position", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def list_request_forms(self) -> models.Forms:
        """The request forms in use, in their order"""
        return cast("models.Forms", self._json("GET", "/api/v1/request-forms"))

    def define_form(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewForm]) -> models.FormOut:
        """Offer a request form from now on."""
        return cast(
            "models.FormOut",
            self._json("POST", "/api/v1/request-forms", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_form(
        self,
        code: str,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.FormChanges],
    ) -> models.FormOut:
        """Change a form, or take it into use again"""
        return cast(
            "models.FormOut",
            self._json(
                "PATCH",
                f"/api/v1/request-forms/{code}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def retire_form(self, code: str, /, *, idempotency_key: str | None = None) -> None:
        """Take a form out of use"""
        self._json("DELETE", f"/api/v1/request-forms/{code}", headers={"Idempotency-Key": idempotency_key})

    def place_form(
        self, code: str, /, *, idempotency_key: str | None = None, **body: Unpack[models.PlaceAmongLike]
    ) -> None:
        """Move a form among those in use"""
        self._json(
            "PUT", f"/api/v1/request-forms/{code}/position", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def export_events(self, *, cursor: str | None = None, limit: int | None = None) -> models.EventPage:
        """What happened at the desk since `cursor`, for who may export and sees every team."""
        return cast("models.EventPage", self._json("GET", "/api/v1/events", params={"cursor": cursor, "limit": limit}))

    def ticket_events(self, number: int, /) -> models.Events:
        """What happened to one ticket, in order, the first 500."""
        return cast("models.Events", self._json("GET", f"/api/v1/tickets/{number}/events"))

    def list_webhooks(self) -> models.Webhooks:
        """All webhooks by name."""
        return cast("models.Webhooks", self._json("GET", "/api/v1/webhooks"))

    def make_webhook(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewWebhook]
    ) -> models.WebhookOut:
        """Have an address called for chosen events."""
        return cast(
            "models.WebhookOut",
            self._json("POST", "/api/v1/webhooks", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_webhook(self, webhook_id: int, /) -> models.WebhookOut:
        """One webhook, with the ETag of its state."""
        return cast("models.WebhookOut", self._json("GET", f"/api/v1/webhooks/{webhook_id}"))

    def change_one_webhook(
        self,
        webhook_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.WebhookChanges],
    ) -> models.WebhookOut:
        """Change a webhook"""
        return cast(
            "models.WebhookOut",
            self._json(
                "PATCH",
                f"/api/v1/webhooks/{webhook_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_one_webhook(self, webhook_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Forget a webhook, with what it heard and still had to hear."""
        self._json("DELETE", f"/api/v1/webhooks/{webhook_id}", headers={"Idempotency-Key": idempotency_key})

    def read_webhook_keys(self, webhook_id: int, /) -> models.WebhookKeys:
        """What messages are signed with."""
        return cast("models.WebhookKeys", self._json("GET", f"/api/v1/webhooks/{webhook_id}/keys"))

    def change_webhook_key(
        self, webhook_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewKey]
    ) -> None:
        """Sign with a new key, and with the last one too, until it is changed again."""
        self._json(
            "POST", f"/api/v1/webhooks/{webhook_id}/keys", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def send_webhook_test(self, webhook_id: int, /, *, idempotency_key: str | None = None) -> models.WebhookCallOut:
        """Send a test"""
        return cast(
            "models.WebhookCallOut",
            self._json("POST", f"/api/v1/webhooks/{webhook_id}/test", headers={"Idempotency-Key": idempotency_key}),
        )

    def replay_webhook(
        self, webhook_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Again]
    ) -> models.SentAgain:
        """Send a call, or all that were given up, again."""
        return cast(
            "models.SentAgain",
            self._json(
                "POST", f"/api/v1/webhooks/{webhook_id}/replay", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_webhook_calls(
        self, webhook_id: int, /, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.WebhookCallPage:
        """What a webhook was sent, the latest first."""
        return cast(
            "models.WebhookCallPage",
            self._json(
                "GET", f"/api/v1/webhooks/{webhook_id}/calls", params={"state": state, "cursor": cursor, "limit": limit}
            ),
        )

    def read_ticket_fields(self, number: int, /) -> models.ValuesOut:
        """What stands in a ticket's own fields, as far as the asker may see them."""
        return cast("models.ValuesOut", self._json("GET", f"/api/v1/tickets/{number}/fields"))

    def change_ticket_fields(
        self,
        number: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.Values],
    ) -> models.ValuesOut:
        """Put values into a ticket's own fields"""
        return cast(
            "models.ValuesOut",
            self._json(
                "PATCH",
                f"/api/v1/tickets/{number}/fields",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def read_field_file(self, number: int, code: str, /) -> bytes:
        """Download the file that stands in a field you may see."""
        return self._ask("GET", f"/api/v1/tickets/{number}/fields/{code}/file").content

    def list_macros(self) -> models.Macros:
        """The macros one may use, by name."""
        return cast("models.Macros", self._json("GET", "/api/v1/macros"))

    def make_macro(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewMacro]) -> models.MacroOut:
        """Have a macro ready."""
        return cast(
            "models.MacroOut",
            self._json("POST", "/api/v1/macros", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_macro(self, macro_id: int, /) -> models.MacroOut:
        """One macro, in use or not, with the ETag of its state."""
        return cast("models.MacroOut", self._json("GET", f"/api/v1/macros/{macro_id}"))

    def change_macro(
        self,
        macro_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.MacroChanges],
    ) -> models.MacroOut:
        """Change a macro"""
        return cast(
            "models.MacroOut",
            self._json(
                "PATCH",
                f"/api/v1/macros/{macro_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def delete_macro(self, macro_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have a macro no more"""
        self._json("DELETE", f"/api/v1/macros/{macro_id}", headers={"Idempotency-Key": idempotency_key})

    def use_macro(self, number: int, macro_id: int, /, *, idempotency_key: str | None = None) -> models.MacroDone:
        """Send or note what a macro says, and take its steps"""
        return cast(
            "models.MacroDone",
            self._json(
                "POST", f"/api/v1/tickets/{number}/macros/{macro_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_rules(self) -> models.Rules:
        """The rules you may change, in the order in which they act"""
        return cast("models.Rules", self._json("GET", "/api/v1/rules"))

    def make_rule(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewRule]) -> models.RuleOut:
        """Make a rule"""
        return cast(
            "models.RuleOut",
            self._json("POST", "/api/v1/rules", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_in_rules(self, *, idempotency_key: str | None = None, **body: Unpack[models.RuleTexts]) -> models.Rules:
        """Make the rules of a text in TOML, all of them or none"""
        return cast(
            "models.Rules",
            self._json("POST", "/api/v1/rules/text", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_rule_words(self) -> models.RuleWords:
        """What rules may say"""
        return cast("models.RuleWords", self._json("GET", "/api/v1/rules/words"))

    def list_ready_made_rules(self) -> models.ReadyMadeRules:
        """Sets of rules that most desks want, and which are there."""
        return cast("models.ReadyMadeRules", self._json("GET", "/api/v1/rules/ready-made"))

    def take_ready_made_rules(self, code: str, /, *, idempotency_key: str | None = None) -> models.Rules:
        """Switch a ready-made set on"""
        return cast(
            "models.Rules",
            self._json("POST", f"/api/v1/rules/ready-made/{code}", headers={"Idempotency-Key": idempotency_key}),
        )

    def read_rule(self, rule_id: int, /) -> models.RuleOut:
        """A rule as it stands in force, or as it was or shall be last, with its ETag."""
        return cast("models.RuleOut", self._json("GET", f"/api/v1/rules/{rule_id}"))

    def delete_rule(self, rule_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a rule out of force and out of the lists"""
        self._json("DELETE", f"/api/v1/rules/{rule_id}", headers={"Idempotency-Key": idempotency_key})

    def read_rule_text(self, rule_id: int, /) -> models.RuleText:
        """A rule as text in TOML, with names in place of numbers."""
        return cast("models.RuleText", self._json("GET", f"/api/v1/rules/{rule_id}/text"))

    def switch_rule(
        self, rule_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Switch]
    ) -> models.RuleOut:
        """Switch a rule on, as it says last, or off."""
        return cast(
            "models.RuleOut",
            self._json(
                "PUT", f"/api/v1/rules/{rule_id}/state", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def place_rule(
        self, rule_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Place]
    ) -> models.RuleOut:
        """Have a rule act before those of a higher position that hear the same event."""
        return cast(
            "models.RuleOut",
            self._json(
                "PUT", f"/api/v1/rules/{rule_id}/position", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_rule_versions(self, rule_id: int, /) -> models.RuleVersions:
        """What a rule said when, who changed it and why"""
        return cast("models.RuleVersions", self._json("GET", f"/api/v1/rules/{rule_id}/versions"))

    def change_rule(
        self, rule_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewVersion]
    ) -> models.RuleVersionOut:
        """Have a rule say something else"""
        return cast(
            "models.RuleVersionOut",
            self._json(
                "POST", f"/api/v1/rules/{rule_id}/versions", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def restore_rule(
        self, rule_id: int, version: int, /, *, idempotency_key: str | None = None
    ) -> models.RuleVersionOut:
        """Have what a version said hold from now on"""
        return cast(
            "models.RuleVersionOut",
            self._json(
                "POST",
                f"/api/v1/rules/{rule_id}/versions/{version}/restoration",
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def try_rule(self, rule_id: int, /, *, days: int | None = None, most: int | None = None) -> models.RuleTrial:
        """What the newest version would have done in the last days"""
        return cast(
            "models.RuleTrial", self._json("GET", f"/api/v1/rules/{rule_id}/trial", params={"days": days, "most": most})
        )

    def list_rule_runs(self, rule_id: int, /) -> models.RuleRuns:
        """What a rule did last, on tickets you see."""
        return cast("models.RuleRuns", self._json("GET", f"/api/v1/rules/{rule_id}/runs"))

    def list_rule_failures(self, rule_id: int, /) -> models.RuleFailures:
        """The events that a rule could not act on and waits to be looked at for, each with the chain of wh…"""
        return cast("models.RuleFailures", self._json("GET", f"/api/v1/rules/{rule_id}/failures"))

    def retry_rule_failure(self, rule_id: int, failure_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have a rule try an event once more that it could not act on."""
        self._json(
            "POST", f"/api/v1/rules/{rule_id}/failures/{failure_id}/retry", headers={"Idempotency-Key": idempotency_key}
        )

    def drop_rule_failure(
        self, rule_id: int, failure_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.WhyGivenUp]
    ) -> None:
        """Give up an event that a rule could not act on, and say why."""
        self._json(
            "POST",
            f"/api/v1/rules/{rule_id}/failures/{failure_id}/drop",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_why(self, number: int, /) -> models.Whys:
        """What rules did on a ticket, the latest hundred"""
        return cast("models.Whys", self._json("GET", f"/api/v1/tickets/{number}/why"))

    def list_grades(
        self,
        *,
        team_id: int | None = None,
        agent_id: int | None = None,
        since: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.GradePage:
        """Grades on tickets you see, the latest first."""
        return cast(
            "models.GradePage",
            self._json(
                "GET",
                "/api/v1/grades",
                params={"team_id": team_id, "agent_id": agent_id, "since": since, "cursor": cursor, "limit": limit},
            ),
        )

    def give_grade(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewGrade]
    ) -> models.GradeOut:
        """Grade the solution of one's own ticket, once"""
        return cast(
            "models.GradeOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/grades", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_settled(self, number: int, /) -> models.SettledOut:
        """How a ticket was graded, whether its customer agreed, and who wanted to refuse it."""
        return cast("models.SettledOut", self._json("GET", f"/api/v1/tickets/{number}/settled"))

    def consent(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewConsent]
    ) -> models.ConsentOut:
        """Agree in writing that one's ticket ends"""
        return cast(
            "models.ConsentOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/consents", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def refuse(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewRefusal]
    ) -> models.AttemptOut:
        """Refuse a request, as management, once its customer agreed"""
        return cast(
            "models.AttemptOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/refusals", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_refusals(self, *, cursor: str | None = None, limit: int | None = None) -> models.AttemptPage:
        """Who wanted to refuse what, the latest first, for who may refuse."""
        return cast(
            "models.AttemptPage", self._json("GET", "/api/v1/refusals", params={"cursor": cursor, "limit": limit})
        )

    def list_complaints(
        self, *, state: str | None = None, kind: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.ComplaintPage:
        """The register, the latest first."""
        return cast(
            "models.ComplaintPage",
            self._json(
                "GET", "/api/v1/complaints", params={"state": state, "kind": kind, "cursor": cursor, "limit": limit}
            ),
        )

    def make_complaint(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewComplaint]
    ) -> models.ComplaintOut:
        """Complain as a customer, past whom it is about."""
        return cast(
            "models.ComplaintOut",
            self._json("POST", "/api/v1/complaints", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_complaint(self, number: int, /) -> models.ComplaintOut:
        """Where a complaint stands."""
        return cast("models.ComplaintOut", self._json("GET", f"/api/v1/tickets/{number}/complaint"))

    def take(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakenOn]
    ) -> models.ComplaintOut:
        """Take a ticket on as a complaint"""
        return cast(
            "models.ComplaintOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/complaint", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def decide(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewDecision]
    ) -> models.ComplaintOut:
        """Decide a complaint"""
        return cast(
            "models.ComplaintOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/decisions", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def escalate(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Escalation]
    ) -> models.ComplaintOut:
        """Have the next level decide anew"""
        return cast(
            "models.ComplaintOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/escalations", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def keep_out(self, number: int, agent_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that a complaint is about an agent"""
        self._json(
            "PUT", f"/api/v1/tickets/{number}/concerned/{agent_id}", headers={"Idempotency-Key": idempotency_key}
        )

    def let_back(self, number: int, agent_id: int, /, *, idempotency_key: str | None = None) -> None:
        """It is not about that agent after all."""
        self._json(
            "DELETE", f"/api/v1/tickets/{number}/concerned/{agent_id}", headers={"Idempotency-Key": idempotency_key}
        )

    def list_levels(self) -> models.Levels:
        """Who decides complaints, in order, and bodies outside."""
        return cast("models.Levels", self._json("GET", "/api/v1/complaint-levels"))

    def add_level(self, *, idempotency_key: str | None = None, **body: Unpack[models.LevelSetting]) -> models.LevelOut:
        """Add a level."""
        return cast(
            "models.LevelOut",
            self._json("POST", "/api/v1/complaint-levels", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_level(
        self,
        level_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.LevelSetting],
    ) -> models.LevelOut:
        """Change a level."""
        return cast(
            "models.LevelOut",
            self._json(
                "PATCH",
                f"/api/v1/complaint-levels/{level_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_level(self, level_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let a level decide no more"""
        self._json("DELETE", f"/api/v1/complaint-levels/{level_id}", headers={"Idempotency-Key": idempotency_key})

    def read_charter(self) -> models.CharterOut:
        """The version in force, with the figures everybody may see."""
        return cast("models.CharterOut", self._json("GET", "/api/v1/charter"))

    def list_broken_promises(
        self, objective: str, /, *, cursor: str | None = None, limit: int | None = None
    ) -> models.BrokenPage:
        """On which tickets you see an objective of the charter was broken, the latest begun first."""
        return cast(
            "models.BrokenPage",
            self._json(
                "GET", f"/api/v1/charter/objectives/{objective}/broken", params={"cursor": cursor, "limit": limit}
            ),
        )

    def read_ticket_charter(self, number: int, /) -> models.TicketCharterOut:
        """What the charter promised for a ticket and whether it is being kept."""
        return cast("models.TicketCharterOut", self._json("GET", f"/api/v1/tickets/{number}/charter"))

    def list_remedies(
        self, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.RemedyPage:
        """Remedies, the latest first."""
        return cast(
            "models.RemedyPage",
            self._json("GET", "/api/v1/remedies", params={"state": state, "cursor": cursor, "limit": limit}),
        )

    def approve_one_remedy(self, remedy_id: int, /, *, idempotency_key: str | None = None) -> models.RemedyOut:
        """Say yes"""
        return cast(
            "models.RemedyOut",
            self._json("POST", f"/api/v1/remedies/{remedy_id}/approval", headers={"Idempotency-Key": idempotency_key}),
        )

    def refuse_one_remedy(
        self, remedy_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Refusal]
    ) -> models.RemedyOut:
        """Say no, with a reason that the customer is told."""
        return cast(
            "models.RemedyOut",
            self._json(
                "POST", f"/api/v1/remedies/{remedy_id}/refusal", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_articles(
        self,
        *,
        language: str | None = None,
        category_id: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.ArticlePage:
        """The articles the asker may read, in every language, as readers see them."""
        return cast(
            "models.ArticlePage",
            self._json(
                "GET",
                "/api/v1/articles",
                params={"language": language, "category_id": category_id, "cursor": cursor, "limit": limit},
            ),
        )

    def begin(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewArticle]) -> models.ArticleDraftOut:
        """Begin an article."""
        return cast(
            "models.ArticleDraftOut",
            self._json("POST", "/api/v1/articles", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_article(self, text_id: int, /) -> models.ArticleOut:
        """One article in one language."""
        return cast("models.ArticleOut", self._json("GET", f"/api/v1/articles/{text_id}"))

    def read_draft(self, text_id: int, /) -> models.ArticleDraftOut:
        """The newest version, whether or not readers see it."""
        return cast("models.ArticleDraftOut", self._json("GET", f"/api/v1/articles/{text_id}/draft"))

    def change_draft(
        self,
        text_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ArticleWords],
    ) -> models.ArticleDraftOut:
        """Have the draft say something else"""
        return cast(
            "models.ArticleDraftOut",
            self._json(
                "PATCH",
                f"/api/v1/articles/{text_id}/draft",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def throw_draft_away(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Throw the draft away"""
        self._json("DELETE", f"/api/v1/articles/{text_id}/draft", headers={"Idempotency-Key": idempotency_key})

    def begin_translation(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Translation]
    ) -> models.ArticleDraftOut:
        """Begin the article in another language."""
        return cast(
            "models.ArticleDraftOut",
            self._json(
                "POST",
                f"/api/v1/articles/{text_id}/translations",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_categories(self) -> models.Categories:
        """The shelves on which the asker may read something"""
        return cast("models.Categories", self._json("GET", "/api/v1/article-categories"))

    def make_category(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewCategory]
    ) -> models.CategoryOut:
        """Make a shelf"""
        return cast(
            "models.CategoryOut",
            self._json("POST", "/api/v1/article-categories", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_category(
        self,
        category_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.CategoryChanges],
    ) -> models.CategoryOut:
        """Rename a shelf, move it, or have it for others"""
        return cast(
            "models.CategoryOut",
            self._json(
                "PATCH",
                f"/api/v1/article-categories/{category_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_category(self, category_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take an empty shelf away"""
        self._json("DELETE", f"/api/v1/article-categories/{category_id}", headers={"Idempotency-Key": idempotency_key})

    def list_versions(self, text_id: int, /) -> models.ArticleVersions:
        """The last hundred versions of an article in one language, the newest first."""
        return cast("models.ArticleVersions", self._json("GET", f"/api/v1/articles/{text_id}/versions"))

    def read_article_version(self, text_id: int, version_number: int, /) -> models.ArticleVersionText:
        """What one version of an article says."""
        return cast(
            "models.ArticleVersionText", self._json("GET", f"/api/v1/articles/{text_id}/versions/{version_number}")
        )

    def bring_version_back(
        self, text_id: int, version_number: int, /, *, idempotency_key: str | None = None
    ) -> models.ArticleDraftOut:
        """Have the draft say what a former version said."""
        return cast(
            "models.ArticleDraftOut",
            self._json(
                "POST",
                f"/api/v1/articles/{text_id}/versions/{version_number}/restoration",
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def say_still_right(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that you looked, and the article is still right"""
        self._json("POST", f"/api/v1/articles/{text_id}/review", headers={"Idempotency-Key": idempotency_key})

    def hand_back(self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ToDo]) -> None:
        """Give a draft back to who wrote it, and say what is still to be done"""
        self._json(
            "POST", f"/api/v1/articles/{text_id}/return", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def submit(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hand the draft in"""
        self._json("POST", f"/api/v1/articles/{text_id}/submission", headers={"Idempotency-Key": idempotency_key})

    def approve(self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Approval]) -> None:
        """Say yes to what somebody else wrote"""
        self._json(
            "POST", f"/api/v1/articles/{text_id}/approval", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def publish(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ArticlePublication]
    ) -> None:
        """Have readers see the approved draft, now or at a time, or what was withdrawn."""
        self._json(
            "POST", f"/api/v1/articles/{text_id}/publication", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def withdraw(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take it away from readers"""
        self._json("DELETE", f"/api/v1/articles/{text_id}/publication", headers={"Idempotency-Key": idempotency_key})

    def list_solution_suggestions(self) -> models.SolvedTickets:
        """Solutions that customers may want to find, told most often first."""
        return cast("models.SolvedTickets", self._json("GET", "/api/v1/solution-suggestions"))

    def list_solved_like(self, number: int, /) -> models.SolvedTickets:
        """Solved tickets that ask what this one asks, the most alike first."""
        return cast("models.SolvedTickets", self._json("GET", f"/api/v1/tickets/{number}/solved-like"))

    def share_solution(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.SharedSolution]
    ) -> models.ArticleDraftOut:
        """Draft what customers may find of a solved ticket, cleaned"""
        return cast(
            "models.ArticleDraftOut",
            self._json(
                "POST",
                f"/api/v1/tickets/{number}/shared-solution",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def keep_solution_inside(self, number: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that what solved a ticket is not for customers"""
        self._json("DELETE", f"/api/v1/tickets/{number}/shared-solution", headers={"Idempotency-Key": idempotency_key})

    def list_comments(
        self, text_id: int, /, *, cursor: str | None = None, limit: int | None = None
    ) -> models.CommentPage:
        """What was said below it, as it was written."""
        return cast(
            "models.CommentPage",
            self._json("GET", f"/api/v1/articles/{text_id}/comments", params={"cursor": cursor, "limit": limit}),
        )

    def add_comment(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.CommentGiven]
    ) -> models.CommentOut:
        """Say something below an article"""
        return cast(
            "models.CommentOut",
            self._json(
                "POST", f"/api/v1/articles/{text_id}/comments", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def follow_comments(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakingPart]
    ) -> None:
        """Hear by mail of comments below it."""
        self._json(
            "POST",
            f"/api/v1/articles/{text_id}/comments/following",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def leave_comments(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hear no more of them."""
        self._json(
            "DELETE", f"/api/v1/articles/{text_id}/comments/following", headers={"Idempotency-Key": idempotency_key}
        )

    def remove_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take it back, or away."""
        self._json("DELETE", f"/api/v1/comments/{comment_id}", headers={"Idempotency-Key": idempotency_key})

    def report_comment(
        self, comment_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ReportGiven]
    ) -> None:
        """Say that it should not stand there"""
        self._json(
            "POST", f"/api/v1/comments/{comment_id}/reports", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def vote_for_comment(
        self, comment_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakingPart]
    ) -> None:
        """Say that it helped"""
        self._json(
            "POST", f"/api/v1/comments/{comment_id}/vote", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def unvote_for_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say it no more."""
        self._json("DELETE", f"/api/v1/comments/{comment_id}/vote", headers={"Idempotency-Key": idempotency_key})

    def list_held_comments(self, *, cursor: str | None = None, limit: int | None = None) -> models.CommentPage:
        """What somebody has to look at"""
        return cast(
            "models.CommentPage", self._json("GET", "/api/v1/held-comments", params={"cursor": cursor, "limit": limit})
        )

    def approve_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """It may stand"""
        self._json("POST", f"/api/v1/comments/{comment_id}/approval", headers={"Idempotency-Key": idempotency_key})

    def restore_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Bring back what was removed"""
        self._json("POST", f"/api/v1/comments/{comment_id}/restoration", headers={"Idempotency-Key": idempotency_key})

    def endorse_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Speak for the house with a comment of staff"""
        self._json("POST", f"/api/v1/comments/{comment_id}/endorsement", headers={"Idempotency-Key": idempotency_key})

    def unendorse_comment(self, comment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """It counts as any other comment again."""
        self._json("DELETE", f"/api/v1/comments/{comment_id}/endorsement", headers={"Idempotency-Key": idempotency_key})

    def correct_by_comment(
        self, comment_id: int, /, *, idempotency_key: str | None = None
    ) -> models.CommentCorrectionOut:
        """It says that the article is wrong"""
        return cast(
            "models.CommentCorrectionOut",
            self._json(
                "POST", f"/api/v1/comments/{comment_id}/correction", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_comment_terms(self) -> models.CommentTermsOut:
        """Who may comment."""
        return cast("models.CommentTermsOut", self._json("GET", "/api/v1/comment-terms"))

    def set_comment_terms(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.CommentTermsGiven]
    ) -> models.CommentTermsOut:
        """Have others comment, or fewer."""
        return cast(
            "models.CommentTermsOut",
            self._json("PUT", "/api/v1/comment-terms", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def close_comments(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have nobody comment on this article, in whatever language."""
        self._json("PUT", f"/api/v1/articles/{text_id}/comments/closing", headers={"Idempotency-Key": idempotency_key})

    def open_comments(self, text_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have people comment on it again."""
        self._json(
            "DELETE", f"/api/v1/articles/{text_id}/comments/closing", headers={"Idempotency-Key": idempotency_key}
        )

    def close_shelf_comments(self, category_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have nobody comment on what stands in this category, and in those within."""
        self._json(
            "PUT",
            f"/api/v1/article-categories/{category_id}/comments-closing",
            headers={"Idempotency-Key": idempotency_key},
        )

    def open_shelf_comments(self, category_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have people comment there again."""
        self._json(
            "DELETE",
            f"/api/v1/article-categories/{category_id}/comments-closing",
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_forums(self) -> models.Forums:
        """The forums the asker may read."""
        return cast("models.Forums", self._json("GET", "/api/v1/forums"))

    def add_forum(self, *, idempotency_key: str | None = None, **body: Unpack[models.ForumGiven]) -> models.ForumOut:
        """Make a forum"""
        return cast(
            "models.ForumOut",
            self._json("POST", "/api/v1/forums", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_topics(
        self,
        *,
        forum_id: int | None = None,
        kind: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.TopicPage:
        """Topics in lists, the newest first"""
        return cast(
            "models.TopicPage",
            self._json(
                "GET", "/api/v1/topics", params={"forum_id": forum_id, "kind": kind, "cursor": cursor, "limit": limit}
            ),
        )

    def begin_topic(self, *, idempotency_key: str | None = None, **body: Unpack[models.TopicGiven]) -> models.TopicOut:
        """Open a topic"""
        return cast(
            "models.TopicOut",
            self._json("POST", "/api/v1/topics", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_topic(self, topic_id: int, /) -> models.TopicOut:
        """One topic."""
        return cast("models.TopicOut", self._json("GET", f"/api/v1/topics/{topic_id}"))

    def order_topic(
        self,
        topic_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TopicOrder],
    ) -> models.TopicOut:
        """Say what it is, move it, close it for answers, or have it stand first."""
        return cast(
            "models.TopicOut",
            self._json(
                "PATCH",
                f"/api/v1/topics/{topic_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_posts(self, topic_id: int, /, *, cursor: str | None = None, limit: int | None = None) -> models.PostPage:
        """What was said on it, as it was written."""
        return cast(
            "models.PostPage",
            self._json("GET", f"/api/v1/topics/{topic_id}/posts", params={"cursor": cursor, "limit": limit}),
        )

    def write_post(
        self, topic_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PostGiven]
    ) -> models.PostOut:
        """Write on a topic"""
        return cast(
            "models.PostOut",
            self._json(
                "POST", f"/api/v1/topics/{topic_id}/posts", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def change_post(
        self,
        post_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PostWords],
    ) -> models.PostOut:
        """Have it say something else"""
        return cast(
            "models.PostOut",
            self._json(
                "PATCH",
                f"/api/v1/posts/{post_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take it back"""
        self._json("DELETE", f"/api/v1/posts/{post_id}", headers={"Idempotency-Key": idempotency_key})

    def give_vote(
        self, post_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakingPart]
    ) -> None:
        """Find it good"""
        self._json("POST", f"/api/v1/posts/{post_id}/vote", json=body, headers={"Idempotency-Key": idempotency_key})

    def take_vote(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Find it good no more."""
        self._json("DELETE", f"/api/v1/posts/{post_id}/vote", headers={"Idempotency-Key": idempotency_key})

    def accept_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that it answers the question"""
        self._json("POST", f"/api/v1/posts/{post_id}/acceptance", headers={"Idempotency-Key": idempotency_key})

    def unaccept_post(self, topic_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have the question be open again."""
        self._json("DELETE", f"/api/v1/topics/{topic_id}/acceptance", headers={"Idempotency-Key": idempotency_key})

    def follow_topic(
        self, topic_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakingPart]
    ) -> None:
        """Hear by mail of what is said on it."""
        self._json(
            "POST", f"/api/v1/topics/{topic_id}/following", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def leave_topic(self, topic_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hear no more of it."""
        self._json("DELETE", f"/api/v1/topics/{topic_id}/following", headers={"Idempotency-Key": idempotency_key})

    def report_post(
        self, post_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ReportGiven]
    ) -> None:
        """Say that it should not stand there"""
        self._json("POST", f"/api/v1/posts/{post_id}/reports", json=body, headers={"Idempotency-Key": idempotency_key})

    def list_post_reports(self, post_id: int, /) -> models.PostReports:
        """What readers say is wrong with a post."""
        return cast("models.PostReports", self._json("GET", f"/api/v1/posts/{post_id}/reports"))

    def change_forum(
        self,
        forum_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ForumGiven],
    ) -> models.ForumOut:
        """Change a forum"""
        return cast(
            "models.ForumOut",
            self._json(
                "PATCH",
                f"/api/v1/forums/{forum_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_forum(self, forum_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take an empty forum away"""
        self._json("DELETE", f"/api/v1/forums/{forum_id}", headers={"Idempotency-Key": idempotency_key})

    def list_held_posts(self, *, cursor: str | None = None, limit: int | None = None) -> models.PostPage:
        """Posts somebody has to look at"""
        return cast(
            "models.PostPage", self._json("GET", "/api/v1/held-posts", params={"cursor": cursor, "limit": limit})
        )

    def approve_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that it may stand"""
        self._json("POST", f"/api/v1/posts/{post_id}/approval", headers={"Idempotency-Key": idempotency_key})

    def restore_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Bring back what was removed"""
        self._json("POST", f"/api/v1/posts/{post_id}/restoration", headers={"Idempotency-Key": idempotency_key})

    def endorse_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Answer for the house with a post of staff"""
        self._json("POST", f"/api/v1/posts/{post_id}/endorsement", headers={"Idempotency-Key": idempotency_key})

    def unendorse_post(self, post_id: int, /, *, idempotency_key: str | None = None) -> None:
        """It counts as any other answer again."""
        self._json("DELETE", f"/api/v1/posts/{post_id}/endorsement", headers={"Idempotency-Key": idempotency_key})

    def merge_topic(
        self, topic_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TopicMergeGiven]
    ) -> None:
        """Make it one with another that asks the same"""
        self._json("POST", f"/api/v1/topics/{topic_id}/merge", json=body, headers={"Idempotency-Key": idempotency_key})

    def make_topic_ticket(
        self, topic_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TopicTicketGiven]
    ) -> models.TopicTicketOut:
        """Take it on as a ticket of who asked, once"""
        return cast(
            "models.TopicTicketOut",
            self._json(
                "POST", f"/api/v1/topics/{topic_id}/ticket", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def make_topic_article(
        self, topic_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TopicArticleGiven]
    ) -> models.TopicArticleOut:
        """Draft an article of its accepted answer, once"""
        return cast(
            "models.TopicArticleOut",
            self._json(
                "POST", f"/api/v1/topics/{topic_id}/article", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_public_draft(self, number: int, /) -> models.PublicDraftOut:
        """What of a ticket may be told in the community, to be looked over by a person."""
        return cast("models.PublicDraftOut", self._json("GET", f"/api/v1/tickets/{number}/topic-draft"))

    def make_ticket_public(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PublicGiven]
    ) -> models.TopicOut:
        """Ask and answer it in the community, once"""
        return cast(
            "models.TopicOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/topic", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def follow_one_forum(
        self, forum_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.TakingPart]
    ) -> None:
        """Hear by mail of every new topic."""
        self._json(
            "POST", f"/api/v1/forums/{forum_id}/following", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def leave_one_forum(self, forum_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hear no more of new topics."""
        self._json("DELETE", f"/api/v1/forums/{forum_id}/following", headers={"Idempotency-Key": idempotency_key})

    def set_forum_order(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.ForumOrder]
    ) -> models.Forums:
        """Put forums in this order."""
        return cast(
            "models.Forums",
            self._json("PUT", "/api/v1/forum-order", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_forum_terms(self) -> models.ForumTermsOut:
        """How far people are trusted."""
        return cast("models.ForumTermsOut", self._json("GET", "/api/v1/forum-terms"))

    def change_forum_terms(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.ForumTermsGiven]
    ) -> models.ForumTermsOut:
        """Trust people otherwise."""
        return cast(
            "models.ForumTermsOut",
            self._json(
                "PATCH",
                "/api/v1/forum-terms",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_forum_proposals(
        self, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.ForumProposalPage:
        """Forums that were proposed"""
        return cast(
            "models.ForumProposalPage",
            self._json("GET", "/api/v1/forum-proposals", params={"state": state, "cursor": cursor, "limit": limit}),
        )

    def wish_for_forum(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.ForumWished]
    ) -> models.ForumProposalOut:
        """Propose a forum"""
        return cast(
            "models.ForumProposalOut",
            self._json("POST", "/api/v1/forum-proposals", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def take_proposal_back(self, proposal_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take one's own back"""
        self._json("DELETE", f"/api/v1/forum-proposals/{proposal_id}", headers={"Idempotency-Key": idempotency_key})

    def make_proposed_forum(
        self, proposal_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ForumGiven]
    ) -> models.ForumOut:
        """Make it, with what is given in place of what was proposed"""
        return cast(
            "models.ForumOut",
            self._json(
                "POST",
                f"/api/v1/forum-proposals/{proposal_id}/forum",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def decline_proposed_forum(
        self, proposal_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ForumRefusal]
    ) -> None:
        """Make no such forum, and say why"""
        self._json(
            "POST",
            f"/api/v1/forum-proposals/{proposal_id}/refusal",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_forum_self(self) -> models.ForumSelfOut:
        """How the asker takes part"""
        return cast("models.ForumSelfOut", self._json("GET", "/api/v1/forum-members/me"))

    def change_forum_self(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.ForumSelfGiven]
    ) -> models.ForumSelfOut:
        """Be called otherwise, or hear more or less"""
        return cast(
            "models.ForumSelfOut",
            self._json(
                "PATCH",
                "/api/v1/forum-members/me",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def read_forum_member(self, member_id: int, /) -> models.ForumMemberOut:
        """Somebody who takes part"""
        return cast("models.ForumMemberOut", self._json("GET", f"/api/v1/forum-members/{member_id}"))

    def list_blocked_members(self, *, cursor: str | None = None, limit: int | None = None) -> models.BlockedMemberPage:
        """Who may not write, by when they first took part."""
        return cast(
            "models.BlockedMemberPage",
            self._json("GET", "/api/v1/blocked-forum-members", params={"cursor": cursor, "limit": limit}),
        )

    def block_member(
        self, member_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.BlockGiven]
    ) -> None:
        """Have somebody write no more"""
        self._json(
            "PUT", f"/api/v1/forum-members/{member_id}/block", json=body, headers={"Idempotency-Key": idempotency_key}
        )

    def unblock_member(self, member_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let somebody write again."""
        self._json("DELETE", f"/api/v1/forum-members/{member_id}/block", headers={"Idempotency-Key": idempotency_key})

    def list_removed_posts(self, *, cursor: str | None = None, limit: int | None = None) -> models.PostPage:
        """What was removed, the newest post first"""
        return cast(
            "models.PostPage", self._json("GET", "/api/v1/removed-posts", params={"cursor": cursor, "limit": limit})
        )

    def list_post_files(self, post_id: int, /) -> models.PostFiles:
        """The files of a post."""
        return cast("models.PostFiles", self._json("GET", f"/api/v1/posts/{post_id}/files"))

    def add_post_files(
        self, post_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PostFilesGiven]
    ) -> models.PostFiles:
        """Put uploaded files on one's own post"""
        return cast(
            "models.PostFiles",
            self._json(
                "POST", f"/api/v1/posts/{post_id}/files", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_post_file(self, file_id: int, /) -> bytes:
        """The bytes of a file on a post, streamed."""
        return self._ask("GET", f"/api/v1/post-files/{file_id}").content

    def remove_post_file(self, file_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a file off one's own post"""
        self._json("DELETE", f"/api/v1/post-files/{file_id}", headers={"Idempotency-Key": idempotency_key})

    def list_accounts(
        self,
        *,
        contact_id: int | None = None,
        organisation_id: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.AccountPage:
        """Accounts with how they stand, the first opened first."""
        return cast(
            "models.AccountPage",
            self._json(
                "GET",
                "/api/v1/accounts",
                params={"contact_id": contact_id, "organisation_id": organisation_id, "cursor": cursor, "limit": limit},
            ),
        )

    def open_account(self, *, idempotency_key: str | None = None, **body: Unpack[models.Payer]) -> models.AccountOut:
        """The account of a customer in a currency, opened when first asked for."""
        return cast(
            "models.AccountOut",
            self._json("POST", "/api/v1/accounts", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_invoices(
        self,
        *,
        state: str | None = None,
        account_id: int | None = None,
        number: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.InvoicePage:
        """Invoices and credit notes, the newest first."""
        return cast(
            "models.InvoicePage",
            self._json(
                "GET",
                "/api/v1/invoices",
                params={"state": state, "account_id": account_id, "number": number, "cursor": cursor, "limit": limit},
            ),
        )

    def draft_one_invoice(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewInvoice]
    ) -> models.InvoiceOut:
        """Begin, or go on with, the draft of a customer's invoice"""
        return cast(
            "models.InvoiceOut",
            self._json("POST", "/api/v1/invoices", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_invoice(self, invoice_id: int, /) -> models.InvoiceOut:
        """One invoice with its lines, and the ETag of its state."""
        return cast("models.InvoiceOut", self._json("GET", f"/api/v1/invoices/{invoice_id}"))

    def discard_one_draft(self, invoice_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Throw a draft away"""
        self._json("DELETE", f"/api/v1/invoices/{invoice_id}", headers={"Idempotency-Key": idempotency_key})

    def change_one_draft(
        self,
        invoice_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.DraftChanges],
    ) -> models.InvoiceOut:
        """Change what a draft says, or in which language."""
        return cast(
            "models.InvoiceOut",
            self._json(
                "PATCH",
                f"/api/v1/invoices/{invoice_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def issue_one_invoice(self, invoice_id: int, /, *, idempotency_key: str | None = None) -> models.InvoiceOut:
        """Issue a draft"""
        return cast(
            "models.InvoiceOut",
            self._json("POST", f"/api/v1/invoices/{invoice_id}/number", headers={"Idempotency-Key": idempotency_key}),
        )

    def credit_one_invoice(
        self, invoice_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Why]
    ) -> models.InvoiceOut:
        """Take back all that is left of an issued invoice."""
        return cast(
            "models.InvoiceOut",
            self._json(
                "POST",
                f"/api/v1/invoices/{invoice_id}/credit-notes",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def dispute_one_invoice(
        self, invoice_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewDispute]
    ) -> models.InvoiceOut:
        """Say that an invoice is wrong"""
        return cast(
            "models.InvoiceOut",
            self._json(
                "POST",
                f"/api/v1/invoices/{invoice_id}/disputes",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_payments(
        self, *, account_id: int | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.PaymentPage:
        """Payments, the first recorded first"""
        return cast(
            "models.PaymentPage",
            self._json("GET", "/api/v1/payments", params={"account_id": account_id, "cursor": cursor, "limit": limit}),
        )

    def record_one_payment(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewPayment]
    ) -> models.PaymentOut:
        """Record money that came in"""
        return cast(
            "models.PaymentOut",
            self._json("POST", "/api/v1/payments", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_credits(
        self, *, account_id: int | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.CreditPage:
        """Credits, the first given first"""
        return cast(
            "models.CreditPage",
            self._json("GET", "/api/v1/credits", params={"account_id": account_id, "cursor": cursor, "limit": limit}),
        )

    def give_credit(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewCredit]) -> models.CreditOut:
        """Give credit for a cause, once."""
        return cast(
            "models.CreditOut",
            self._json("POST", "/api/v1/credits", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_refunds(
        self,
        *,
        state: str | None = None,
        account_id: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.RefundPage:
        """Refunds, the first asked for first"""
        return cast(
            "models.RefundPage",
            self._json(
                "GET",
                "/api/v1/refunds",
                params={"state": state, "account_id": account_id, "cursor": cursor, "limit": limit},
            ),
        )

    def ask_for_refund(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewRefund]
    ) -> models.RefundOut:
        """Ask for money to go back"""
        return cast(
            "models.RefundOut",
            self._json("POST", "/api/v1/refunds", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def approve_one_refund(self, refund_id: int, /, *, idempotency_key: str | None = None) -> models.RefundOut:
        """Say yes."""
        return cast(
            "models.RefundOut",
            self._json("POST", f"/api/v1/refunds/{refund_id}/approval", headers={"Idempotency-Key": idempotency_key}),
        )

    def refuse_one_refund(
        self, refund_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Why]
    ) -> models.RefundOut:
        """Say no, with words for the customer."""
        return cast(
            "models.RefundOut",
            self._json(
                "POST", f"/api/v1/refunds/{refund_id}/refusal", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def note_one_refund_paid(
        self, refund_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PaidOut]
    ) -> models.RefundOut:
        """Note that an approved refund has gone back."""
        return cast(
            "models.RefundOut",
            self._json(
                "POST", f"/api/v1/refunds/{refund_id}/payout", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_policies(self) -> models.Policies:
        """Promises in force, in the order in which they are tried."""
        return cast("models.Policies", self._json("GET", "/api/v1/promises"))

    def make_policy(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewPolicy]) -> models.PolicyOut:
        """Promise something to requests that come from now on."""
        return cast(
            "models.PolicyOut",
            self._json("POST", "/api/v1/promises", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_policy(self, policy_id: int, /) -> models.PolicyOut:
        """One promise in force."""
        return cast("models.PolicyOut", self._json("GET", f"/api/v1/promises/{policy_id}"))

    def change_one_policy(
        self,
        policy_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PolicyChanges],
    ) -> models.PolicyOut:
        """Change a promise for requests that come from now on"""
        return cast(
            "models.PolicyOut",
            self._json(
                "PATCH",
                f"/api/v1/promises/{policy_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def retire_one_policy(self, policy_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Promise this no more"""
        self._json("DELETE", f"/api/v1/promises/{policy_id}", headers={"Idempotency-Key": idempotency_key})

    def list_policy_versions(self, policy_id: int, /) -> models.PolicyVersions:
        """What a promise said and says, the latest first, one out of force as well."""
        return cast("models.PolicyVersions", self._json("GET", f"/api/v1/promises/{policy_id}/versions"))

    def list_channel_hours(self) -> models.ChannelHoursOut:
        """The channels with opening hours of their own."""
        return cast("models.ChannelHoursOut", self._json("GET", "/api/v1/channel-hours"))

    def change_channel_hours(
        self, channel: str, /, *, idempotency_key: str | None = None, **body: Unpack[models.ChannelHoursIn]
    ) -> models.ChannelHoursOut:
        """Give a channel hours of its own, or (null) those of each team again."""
        return cast(
            "models.ChannelHoursOut",
            self._json(
                "PUT", f"/api/v1/channel-hours/{channel}", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_forecast(self) -> models.ForecastOut:
        """What of the asker's teams will be late today."""
        return cast("models.ForecastOut", self._json("GET", "/api/v1/forecast"))

    def list_surges(
        self, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.SurgePage:
        """What was noticed in the asker's teams, newest first."""
        return cast(
            "models.SurgePage",
            self._json("GET", "/api/v1/surges", params={"state": state, "cursor": cursor, "limit": limit}),
        )

    def read_surge(self, surge_id: int, /) -> models.SurgeDetail:
        """One of them with its tickets."""
        return cast("models.SurgeDetail", self._json("GET", f"/api/v1/surges/{surge_id}"))

    def dismiss_one_surge(self, surge_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Say that they have nothing in common"""
        self._json("DELETE", f"/api/v1/surges/{surge_id}", headers={"Idempotency-Key": idempotency_key})

    def begin_ticket_surge(self, number: int, /, *, idempotency_key: str | None = None) -> models.SurgeDetail:
        """Say that others have what it is about"""
        return cast(
            "models.SurgeDetail",
            self._json("POST", f"/api/v1/tickets/{number}/surge", headers={"Idempotency-Key": idempotency_key}),
        )

    def add_surge_tickets(
        self, surge_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewParts]
    ) -> models.SurgeDetail:
        """Have more tickets wait with it"""
        return cast(
            "models.SurgeDetail",
            self._json(
                "POST", f"/api/v1/surges/{surge_id}/tickets", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_surge_terms(self) -> models.SurgeTermsOut:
        """From when on similar requests are pointed out."""
        return cast("models.SurgeTermsOut", self._json("GET", "/api/v1/surge-terms"))

    def change_surge_terms(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.SurgeTermsGiven]
    ) -> models.SurgeTermsOut:
        """Point out more or less"""
        return cast(
            "models.SurgeTermsOut",
            self._json(
                "PATCH",
                "/api/v1/surge-terms",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def make_surge_problem(
        self, surge_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewProblem]
    ) -> models.SurgeDetail:
        """Open a problem that the named tickets are part of"""
        return cast(
            "models.SurgeDetail",
            self._json(
                "POST", f"/api/v1/surges/{surge_id}/problem", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def join_surge_problem(
        self, surge_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewParts]
    ) -> models.SurgeDetail:
        """Have waiting tickets join the problem"""
        return cast(
            "models.SurgeDetail",
            self._json(
                "POST", f"/api/v1/surges/{surge_id}/parts", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def answer_surge(
        self, surge_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewCircular]
    ) -> models.CircularOut:
        """Write to every customer of parts not solved yet, once and in their own ticket"""
        return cast(
            "models.CircularOut",
            self._json(
                "POST", f"/api/v1/surges/{surge_id}/circulars", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_circular(self, circular_id: int, /) -> models.CircularOut:
        """How far it is."""
        return cast("models.CircularOut", self._json("GET", f"/api/v1/circulars/{circular_id}"))

    def stop_sending(self, circular_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Write to nobody more"""
        self._json("DELETE", f"/api/v1/circulars/{circular_id}", headers={"Idempotency-Key": idempotency_key})

    def list_corrections(
        self, *, outcome: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.CorrectionPage:
        """What was said to be wrong in articles, newest first."""
        return cast(
            "models.CorrectionPage",
            self._json("GET", "/api/v1/corrections", params={"outcome": outcome, "cursor": cursor, "limit": limit}),
        )

    def report_error(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewCorrection]
    ) -> models.CorrectionOut:
        """Say what is wrong in an article"""
        return cast(
            "models.CorrectionOut",
            self._json("POST", "/api/v1/corrections", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def hand_one_correction(
        self, correction_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.CorrectionOwner]
    ) -> models.CorrectionOut:
        """Say who puts it right"""
        return cast(
            "models.CorrectionOut",
            self._json(
                "PUT",
                f"/api/v1/corrections/{correction_id}/owner",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def end_one_correction(
        self, correction_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.CorrectionEnd]
    ) -> models.CorrectionOut:
        """Say what became of it"""
        return cast(
            "models.CorrectionOut",
            self._json(
                "POST",
                f"/api/v1/corrections/{correction_id}/end",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def tell_misled(
        self, correction_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewCircular]
    ) -> models.CircularOut:
        """Tell those who were given what is wrong and were not told yet"""
        return cast(
            "models.CircularOut",
            self._json(
                "POST",
                f"/api/v1/corrections/{correction_id}/circulars",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def report_call(self, *, idempotency_key: str | None = None, **body: Unpack[models.CallReport]) -> models.CallOut:
        """Report what happened to a call"""
        return cast(
            "models.CallOut",
            self._json("POST", "/api/v1/calls", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_calls(
        self,
        *,
        state: str | None = None,
        number: int | None = None,
        contact_id: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.CallPage:
        """Calls of the asker's teams, newest first"""
        return cast(
            "models.CallPage",
            self._json(
                "GET",
                "/api/v1/calls",
                params={"state": state, "number": number, "contact_id": contact_id, "cursor": cursor, "limit": limit},
            ),
        )

    def read_call_figures(
        self, *, since: str | None = None, until: str | None = None, by: str | None = None
    ) -> models.CallFigures:
        """How soon incoming calls were answered between two times, by team, number or hour."""
        return cast(
            "models.CallFigures",
            self._json("GET", "/api/v1/call-figures", params={"since": since, "until": until, "by": by}),
        )

    def read_call(self, call_id: int, /) -> models.CallOut:
        """One call."""
        return cast("models.CallOut", self._json("GET", f"/api/v1/calls/{call_id}"))

    def change_call(
        self,
        call_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.CallChanges],
    ) -> models.CallOut:
        """Say who called, or put the call on a ticket"""
        return cast(
            "models.CallOut",
            self._json(
                "PATCH",
                f"/api/v1/calls/{call_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_phone_lines(self) -> models.PhoneLines:
        """The numbers customers call."""
        return cast("models.PhoneLines", self._json("GET", "/api/v1/phone-lines"))

    def make_phone_line(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewPhoneLine]
    ) -> models.PhoneLineOut:
        """Take calls of a number over from now on."""
        return cast(
            "models.PhoneLineOut",
            self._json("POST", "/api/v1/phone-lines", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_phone_line(
        self,
        phone_line_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PhoneLineChanges],
    ) -> models.PhoneLineOut:
        """Change a number, or switch it off."""
        return cast(
            "models.PhoneLineOut",
            self._json(
                "PATCH",
                f"/api/v1/phone-lines/{phone_line_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_phone_line(self, phone_line_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take no more calls of a number over"""
        self._json("DELETE", f"/api/v1/phone-lines/{phone_line_id}", headers={"Idempotency-Key": idempotency_key})

    def list_phone_systems(self) -> models.PhoneSystems:
        """The systems that report calls, each with its address."""
        return cast("models.PhoneSystems", self._json("GET", "/api/v1/phone-systems"))

    def make_phone_system(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewPhoneSystem]
    ) -> models.PhoneSystemOut:
        """Let a telephone system report calls"""
        return cast(
            "models.PhoneSystemOut",
            self._json("POST", "/api/v1/phone-systems", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_phone_system(
        self,
        phone_system_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PhoneSystemChanges],
    ) -> models.PhoneSystemOut:
        """Call a system something else, switch it off, or give it another address."""
        return cast(
            "models.PhoneSystemOut",
            self._json(
                "PATCH",
                f"/api/v1/phone-systems/{phone_system_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_phone_system(self, phone_system_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hear no more of a system"""
        self._json("DELETE", f"/api/v1/phone-systems/{phone_system_id}", headers={"Idempotency-Key": idempotency_key})

    def list_extensions(self) -> models.AllExtensions:
        """Where agents are found."""
        return cast("models.AllExtensions", self._json("GET", "/api/v1/extensions"))

    def change_extensions(
        self, agent_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ExtensionsGiven]
    ) -> models.ExtensionsOut:
        """Say where an agent is found."""
        return cast(
            "models.ExtensionsOut",
            self._json(
                "PUT", f"/api/v1/agents/{agent_id}/extensions", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def search_audit(
        self,
        *,
        kind: str | None = None,
        agent_id: int | None = None,
        code: str | None = None,
        subject: str | None = None,
        since: str | None = None,
        until: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.AuditPage:
        """Search the audit log, for administrators."""
        return cast(
            "models.AuditPage",
            self._json(
                "GET",
                "/api/v1/audit",
                params={
                    "kind": kind,
                    "agent_id": agent_id,
                    "code": code,
                    "subject": subject,
                    "since": since,
                    "until": until,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def list_tokens(
        self, *, whose: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.TokenPage:
        """Tokens, revoked and expired ones as well, the latest first."""
        return cast(
            "models.TokenPage",
            self._json("GET", "/api/v1/tokens", params={"whose": whose, "cursor": cursor, "limit": limit}),
        )

    def make_api_token(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewToken]
    ) -> models.MadeToken:
        """Make a token."""
        return cast(
            "models.MadeToken",
            self._json("POST", "/api/v1/tokens", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def revoke_api_token(self, token_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let nobody in by it any more, at once"""
        self._json("DELETE", f"/api/v1/tokens/{token_id}", headers={"Idempotency-Key": idempotency_key})

    def list_integrations(self) -> models.Integrations:
        """The integrations by name, for administrators."""
        return cast("models.Integrations", self._json("GET", "/api/v1/integrations"))

    def make_integration(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewIntegration]
    ) -> models.IntegrationOut:
        """Have a program work in its own name"""
        return cast(
            "models.IntegrationOut",
            self._json("POST", "/api/v1/integrations", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_grade_report(self, *, since: str | None = None, until: str | None = None) -> models.GradeReportOut:
        """What customers gave, by team and by whose solution it was."""
        return cast(
            "models.GradeReportOut",
            self._json("GET", "/api/v1/reports/grades", params={"since": since, "until": until}),
        )

    def read_report(
        self,
        measure: str,
        /,
        *,
        by: str | None = None,
        step: str | None = None,
        team_id: int | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> models.ReportOut:
        """One report."""
        return cast(
            "models.ReportOut",
            self._json(
                "GET",
                f"/api/v1/reports/{measure}",
                params={"by": by, "step": step, "team_id": team_id, "since": since, "until": until},
            ),
        )

    def download_report(
        self,
        measure: str,
        /,
        *,
        by: str | None = None,
        step: str | None = None,
        team_id: int | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> bytes:
        """The same as CSV, times in seconds."""
        return self._ask(
            "GET",
            f"/api/v1/reports/{measure}/csv",
            params={"by": by, "step": step, "team_id": team_id, "since": since, "until": until},
        ).content

    def list_report_schedules(self) -> models.Schedules:
        """Which reports are mailed for you."""
        return cast("models.Schedules", self._json("GET", "/api/v1/report-schedules"))

    def schedule_report(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewSchedule]
    ) -> models.ScheduleOut:
        """Have a report of what you may read mailed, from the end of this week or month on."""
        return cast(
            "models.ScheduleOut",
            self._json("POST", "/api/v1/report-schedules", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def unschedule_report(self, schedule_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Mail it no more."""
        self._json("DELETE", f"/api/v1/report-schedules/{schedule_id}", headers={"Idempotency-Key": idempotency_key})

    def list_mail_aside(
        self, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.AsidePage:
        """Quarantine and junk, for who sees what got stuck."""
        return cast(
            "models.AsidePage",
            self._json("GET", "/api/v1/mail-aside", params={"state": state, "cursor": cursor, "limit": limit}),
        )

    def read_mail_aside(self, mail_id: int, /) -> bytes:
        """The mail as it came, to be saved, never shown."""
        return self._ask("GET", f"/api/v1/mail-aside/{mail_id}/original").content

    def release_mail(self, mail_id: int, /, *, idempotency_key: str | None = None) -> models.AsideOut:
        """It is no junk"""
        return cast(
            "models.AsideOut",
            self._json("POST", f"/api/v1/mail-aside/{mail_id}/release", headers={"Idempotency-Key": idempotency_key}),
        )

    def drop_mail_aside(self, mail_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let it go for good, at once"""
        self._json("DELETE", f"/api/v1/mail-aside/{mail_id}", headers={"Idempotency-Key": idempotency_key})

    def list_blocked_senders(self, *, cursor: str | None = None, limit: int | None = None) -> models.BlockedPage:
        """Whose mail is junk without a look."""
        return cast(
            "models.BlockedPage",
            self._json("GET", "/api/v1/blocked-senders", params={"cursor": cursor, "limit": limit}),
        )

    def block_one_sender(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewBlock]
    ) -> models.BlockedOut:
        """Take mail from there for junk."""
        return cast(
            "models.BlockedOut",
            self._json("POST", "/api/v1/blocked-senders", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def unblock_one_sender(self, blocked_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Hear them again."""
        self._json("DELETE", f"/api/v1/blocked-senders/{blocked_id}", headers={"Idempotency-Key": idempotency_key})

    def read_my_preferences(self) -> models.PreferencesOut:
        """What you chose, and what is usual where you chose nothing."""
        return cast("models.PreferencesOut", self._json("GET", "/api/v1/me/preferences"))

    def change_my_preferences(
        self,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PreferencesChanges],
    ) -> models.PreferencesOut:
        """Choose anew."""
        return cast(
            "models.PreferencesOut",
            self._json(
                "PATCH",
                "/api/v1/me/preferences",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_my_notices(self, *, cursor: str | None = None, limit: int | None = None) -> models.NoticePage:
        """What you were told on the page, read or not."""
        return cast(
            "models.NoticePage", self._json("GET", "/api/v1/me/notices", params={"cursor": cursor, "limit": limit})
        )

    def read_my_notices(self, *, idempotency_key: str | None = None) -> models.NoticesRead:
        """Say that you have read them all."""
        return cast(
            "models.NoticesRead",
            self._json("POST", "/api/v1/me/notices/read", headers={"Idempotency-Key": idempotency_key}),
        )

    def list_person_fields(self, *, of: str | None = None) -> models.PersonFieldsOut:
        """The fields of customers and organisations, those out of use as well."""
        return cast("models.PersonFieldsOut", self._json("GET", "/api/v1/person-fields", params={"of": of}))

    def define_person_field(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewPersonField]
    ) -> models.PersonFieldOut:
        """Keep something more of customers or organisations."""
        return cast(
            "models.PersonFieldOut",
            self._json("POST", "/api/v1/person-fields", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_one_person_field(
        self,
        field_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.PersonFieldChanges],
    ) -> models.PersonFieldOut:
        """Change a field"""
        return cast(
            "models.PersonFieldOut",
            self._json(
                "PATCH",
                f"/api/v1/person-fields/{field_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def retire_one_person_field(self, field_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a field out of use"""
        self._json("DELETE", f"/api/v1/person-fields/{field_id}", headers={"Idempotency-Key": idempotency_key})

    def read_contact_fields(self, contact_id: int, /) -> models.PersonValues:
        """What the desk's own fields say of a contact."""
        return cast("models.PersonValues", self._json("GET", f"/api/v1/contacts/{contact_id}/fields"))

    def change_contact_fields(
        self,
        contact_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.NewPersonValues],
    ) -> models.PersonValues:
        """Fill in fields of a contact."""
        return cast(
            "models.PersonValues",
            self._json(
                "PATCH",
                f"/api/v1/contacts/{contact_id}/fields",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def read_organisation_fields(self, organisation_id: int, /) -> models.PersonValues:
        """What the desk's own fields say of an organisation."""
        return cast("models.PersonValues", self._json("GET", f"/api/v1/organisations/{organisation_id}/fields"))

    def change_organisation_fields(
        self,
        organisation_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.NewPersonValues],
    ) -> models.PersonValues:
        """Fill in fields of an organisation."""
        return cast(
            "models.PersonValues",
            self._json(
                "PATCH",
                f"/api/v1/organisations/{organisation_id}/fields",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_imports(self, *, cursor: str | None = None, limit: int | None = None) -> models.ImportPage:
        """Lists that were sent in."""
        return cast(
            "models.ImportPage", self._json("GET", "/api/v1/imports", params={"cursor": cursor, "limit": limit})
        )

    def send_import(
        self,
        content: bytes,
        /,
        *,
        kind: str,
        filename: str | None = None,
        invites: bool | None = None,
        idempotency_key: str | None = None,
    ) -> models.ImportOut:
        """Send a list, as CSV in the body, with the names of its columns in the first line."""
        return cast(
            "models.ImportOut",
            self._json(
                "POST",
                "/api/v1/imports",
                params={"kind": kind, "filename": filename, "invites": invites},
                content=content,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def read_import(self, import_id: int, /) -> models.ImportOut:
        """How far a list is."""
        return cast("models.ImportOut", self._json("GET", f"/api/v1/imports/{import_id}"))

    def stop_one_import(self, import_id: int, /, *, idempotency_key: str | None = None) -> models.ImportOut:
        """Give the list up"""
        return cast(
            "models.ImportOut",
            self._json("DELETE", f"/api/v1/imports/{import_id}", headers={"Idempotency-Key": idempotency_key}),
        )

    def preview_import(
        self, import_id: int, /, *, verdict: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.ImportLines:
        """What would come of each line"""
        return cast(
            "models.ImportLines",
            self._json(
                "GET",
                f"/api/v1/imports/{import_id}/lines",
                params={"verdict": verdict, "cursor": cursor, "limit": limit},
            ),
        )

    def start_one_import(self, import_id: int, /, *, idempotency_key: str | None = None) -> models.ImportOut:
        """Have the list taken in, in the background."""
        return cast(
            "models.ImportOut",
            self._json("POST", f"/api/v1/imports/{import_id}/start", headers={"Idempotency-Key": idempotency_key}),
        )

    def read_seller(self) -> models.SellerOut:
        """Who sells, with the ETag of its state, for who may settle it."""
        return cast("models.SellerOut", self._json("GET", "/api/v1/seller"))

    def change_one_seller(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.SellerChanges]
    ) -> models.SellerOut:
        """Settle who sells and on which terms."""
        return cast(
            "models.SellerOut",
            self._json(
                "PATCH", "/api/v1/seller", json=body, headers={"Idempotency-Key": idempotency_key, "If-Match": if_match}
            ),
        )

    def list_tax_rates(self) -> models.TaxRates:
        """Kinds of tax by name, with their history."""
        return cast("models.TaxRates", self._json("GET", "/api/v1/tax-rates"))

    def add_tax_rate(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTaxRate]
    ) -> models.TaxRateOut:
        """Add a kind of tax."""
        return cast(
            "models.TaxRateOut",
            self._json("POST", "/api/v1/tax-rates", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_tax_rate(
        self,
        tax_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TaxRateChanges],
    ) -> models.TaxRateOut:
        """Change a kind of tax"""
        return cast(
            "models.TaxRateOut",
            self._json(
                "PATCH",
                f"/api/v1/tax-rates/{tax_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_cost_reasons(self) -> models.CostReasons:
        """The reasons for free and charged."""
        return cast("models.CostReasons", self._json("GET", "/api/v1/cost-reasons"))

    def add_cost_reason(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewCostReason]
    ) -> models.CostReasonOut:
        """Add a reason."""
        return cast(
            "models.CostReasonOut",
            self._json("POST", "/api/v1/cost-reasons", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_cost_reason(
        self,
        reason_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.CostReasonSetting],
    ) -> models.CostReasonOut:
        """Change a reason"""
        return cast(
            "models.CostReasonOut",
            self._json(
                "PATCH",
                f"/api/v1/cost-reasons/{reason_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_cost_reason(self, reason_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Judge by it no more"""
        self._json("DELETE", f"/api/v1/cost-reasons/{reason_id}", headers={"Idempotency-Key": idempotency_key})

    def list_loyalty_tiers(self) -> models.Tiers:
        """The tiers of loyalty."""
        return cast("models.Tiers", self._json("GET", "/api/v1/loyalty-tiers"))

    def add_loyalty_tier(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewTier]) -> models.TierOut:
        """Add a tier."""
        return cast(
            "models.TierOut",
            self._json("POST", "/api/v1/loyalty-tiers", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_loyalty_tier(
        self,
        tier_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.TierSetting],
    ) -> models.TierOut:
        """Change a tier"""
        return cast(
            "models.TierOut",
            self._json(
                "PATCH",
                f"/api/v1/loyalty-tiers/{tier_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_loyalty_tier(self, tier_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have it no more"""
        self._json("DELETE", f"/api/v1/loyalty-tiers/{tier_id}", headers={"Idempotency-Key": idempotency_key})

    def list_order_sources(self) -> models.OrderSources:
        """Where orders come from."""
        return cast("models.OrderSources", self._json("GET", "/api/v1/order-sources"))

    def add_order_source(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewSource]
    ) -> models.OrderSourceOut:
        """Add a source."""
        return cast(
            "models.OrderSourceOut",
            self._json("POST", "/api/v1/order-sources", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_order_source(
        self,
        slug: str,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.SourceSetting],
    ) -> models.OrderSourceOut:
        """Change a source"""
        return cast(
            "models.OrderSourceOut",
            self._json(
                "PATCH",
                f"/api/v1/order-sources/{slug}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def take_order_list(self, slug: str, content: bytes, /, *, idempotency_key: str | None = None) -> models.ListTaken:
        """Take orders in from a CSV in the body, each by itself."""
        return cast(
            "models.ListTaken",
            self._json(
                "POST",
                f"/api/v1/order-sources/{slug}/lists",
                content=content,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_charter_versions(self) -> models.CharterVersions:
        """The versions without what they say, a draft included, for who writes or approves it."""
        return cast("models.CharterVersions", self._json("GET", "/api/v1/charter/versions"))

    def read_charter_version(self, version: int, /) -> models.CharterDocument:
        """One version with all it says."""
        return cast("models.CharterDocument", self._json("GET", f"/api/v1/charter/versions/{version}"))

    def read_charter_draft(self) -> models.CharterDocument:
        """The draft of the next version, with the ETag of its state."""
        return cast("models.CharterDocument", self._json("GET", "/api/v1/charter/draft"))

    def begin_charter_draft(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewDraft]
    ) -> models.CharterDocument:
        """Begin the next version."""
        return cast(
            "models.CharterDocument",
            self._json("POST", "/api/v1/charter/draft", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_charter_draft(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.ContentChanges]
    ) -> models.CharterDocument:
        """Change parts of the draft"""
        return cast(
            "models.CharterDocument",
            self._json(
                "PATCH",
                "/api/v1/charter/draft",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def discard_charter_draft(self, *, idempotency_key: str | None = None) -> None:
        """Throw the draft away"""
        self._json("DELETE", "/api/v1/charter/draft", headers={"Idempotency-Key": idempotency_key})

    def compare_charter_draft(self) -> models.CharterDifferences:
        """What the draft says differently from what was published last."""
        return cast("models.CharterDifferences", self._json("GET", "/api/v1/charter/draft/differences"))

    def approve_charter_draft(self, *, idempotency_key: str | None = None) -> models.CharterDocument:
        """Say yes to what others wrote."""
        return cast(
            "models.CharterDocument",
            self._json("POST", "/api/v1/charter/draft/approval", headers={"Idempotency-Key": idempotency_key}),
        )

    def publish_charter_draft(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.CharterPublication]
    ) -> models.CharterDocument:
        """Let the approved draft bind what begins from then on."""
        return cast(
            "models.CharterDocument",
            self._json(
                "POST", "/api/v1/charter/draft/publication", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_exclusions(self, *, cursor: str | None = None, limit: int | None = None) -> models.ExclusionPage:
        """What did not count, and why"""
        return cast(
            "models.ExclusionPage",
            self._json("GET", "/api/v1/charter/exclusions", params={"cursor": cursor, "limit": limit}),
        )

    def declare_one_exclusion(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewExclusion]
    ) -> models.ExclusionOut:
        """Declare a time beyond control"""
        return cast(
            "models.ExclusionOut",
            self._json("POST", "/api/v1/charter/exclusions", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def withdraw_one_exclusion(
        self, exclusion_id: int, /, *, idempotency_key: str | None = None
    ) -> models.ExclusionOut:
        """Let it count after all"""
        return cast(
            "models.ExclusionOut",
            self._json(
                "DELETE", f"/api/v1/charter/exclusions/{exclusion_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_my_profile(self) -> models.ProfileOut:
        """A customer's own name, addresses and choices, with the ETag of their state."""
        return cast("models.ProfileOut", self._json("GET", "/api/v1/me/profile"))

    def change_my_profile(
        self, *, idempotency_key: str | None = None, if_match: str | None = None, **body: Unpack[models.ProfileChanges]
    ) -> models.ProfileOut:
        """Change one's own name, phone number, language, time zone, or which mails one wants."""
        return cast(
            "models.ProfileOut",
            self._json(
                "PATCH",
                "/api/v1/me/profile",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def ask_for_my_address(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewAddress]
    ) -> models.AddressAsked:
        """Have a mail sent to another address of one's own"""
        return cast(
            "models.AddressAsked",
            self._json("POST", "/api/v1/me/addresses", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def prove_my_address(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.Proof]
    ) -> models.ProfileOut:
        """Bring back what the mail carried"""
        return cast(
            "models.ProfileOut",
            self._json("POST", "/api/v1/me/addresses/proof", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def drop_my_address(self, identity_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Be reached by an address no more."""
        self._json("DELETE", f"/api/v1/me/addresses/{identity_id}", headers={"Idempotency-Key": idempotency_key})

    def take_my_data(self) -> bytes:
        """Everything the desk keeps of the customer who asks, as a zip."""
        return self._ask("GET", "/api/v1/me/data").content

    def ask_to_be_erased(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.SureToBeErased]
    ) -> models.ErasureRequestOut:
        """Ask to be forgotten"""
        return cast(
            "models.ErasureRequestOut",
            self._json("POST", "/api/v1/me/erasure-request", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_my_erasure_request(self) -> models.ErasureRequestOut:
        """Your latest wish to be forgotten, and what was decided"""
        return cast("models.ErasureRequestOut", self._json("GET", "/api/v1/me/erasure-request"))

    def take_back_my_erasure(self, *, idempotency_key: str | None = None) -> None:
        """Take the wish to be forgotten back"""
        self._json("DELETE", "/api/v1/me/erasure-request", headers={"Idempotency-Key": idempotency_key})

    def list_invitations(self, *, state: str | None = None) -> models.Invitations:
        """Who was asked to come, the latest first."""
        return cast("models.Invitations", self._json("GET", "/api/v1/invitations", params={"state": state}))

    def invite_again(self, agent_id: int, /, *, idempotency_key: str | None = None) -> models.InvitationOut:
        """Send the link by which somebody chooses a password, anew"""
        return cast(
            "models.InvitationOut",
            self._json("POST", f"/api/v1/agents/{agent_id}/invitation", headers={"Idempotency-Key": idempotency_key}),
        )

    def revoke_one_invitation(self, agent_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let the link open nothing, and them in no more."""
        self._json("DELETE", f"/api/v1/agents/{agent_id}/invitation", headers={"Idempotency-Key": idempotency_key})

    def read_first_steps(self) -> models.FirstStepsOut:
        """How far the desk is."""
        return cast("models.FirstStepsOut", self._json("GET", "/api/v1/first-steps"))

    def send_trial_mail(self, *, idempotency_key: str | None = None) -> models.TrialMailOut:
        """Send a mail to yourself, to see whether mail leaves the desk."""
        return cast(
            "models.TrialMailOut",
            self._json("POST", "/api/v1/first-steps/mail", headers={"Idempotency-Key": idempotency_key}),
        )

    def read_trial_mail(self, trial_id: int, /) -> models.TrialMailOut:
        """How far the mail to yourself came."""
        return cast("models.TrialMailOut", self._json("GET", f"/api/v1/first-steps/mail/{trial_id}"))

    def list_my_browsers(self) -> models.Browsers:
        """Where you are notified."""
        return cast("models.Browsers", self._json("GET", "/api/v1/me/browsers"))

    def add_my_browser(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewBrowser]
    ) -> models.BrowserOut:
        """Be notified there, too."""
        return cast(
            "models.BrowserOut",
            self._json("POST", "/api/v1/me/browsers", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def drop_my_browser(self, browser_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Be notified there no more."""
        self._json("DELETE", f"/api/v1/me/browsers/{browser_id}", headers={"Idempotency-Key": idempotency_key})

    def read_card_provider(self) -> models.CardProviderOut:
        """Whether customers may pay by card, for who may settle it."""
        return cast("models.CardProviderOut", self._json("GET", "/api/v1/card-provider"))

    def change_card_provider(
        self,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.CardProviderChanges],
    ) -> models.CardProviderOut:
        """Let customers pay by card, or no more."""
        return cast(
            "models.CardProviderOut",
            self._json(
                "PATCH",
                "/api/v1/card-provider",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def begin_card_payment(self, invoice_id: int, /, *, idempotency_key: str | None = None) -> models.PayPage:
        """A page where the customer who asks pays what is open, by card"""
        return cast(
            "models.PayPage",
            self._json(
                "POST", f"/api/v1/invoices/{invoice_id}/card-payment", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_invoice_pdf(self, invoice_id: int, /) -> bytes:
        """An invoice or credit note as a PDF"""
        return self._ask("GET", f"/api/v1/invoices/{invoice_id}/pdf").content

    def read_invoice_xml(self, invoice_id: int, /) -> bytes:
        """An invoice or credit note for programs."""
        return self._ask("GET", f"/api/v1/invoices/{invoice_id}/xml").content

    def mail_invoice_again(self, invoice_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Mail an invoice once more."""
        self._json("POST", f"/api/v1/invoices/{invoice_id}/mail", headers={"Idempotency-Key": idempotency_key})

    def add_one_line(
        self, invoice_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.GivenLine]
    ) -> models.InvoiceOut:
        """Put a line on a draft."""
        return cast(
            "models.InvoiceOut",
            self._json(
                "POST", f"/api/v1/invoices/{invoice_id}/lines", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def remove_one_line(
        self, invoice_id: int, line_id: int, /, *, idempotency_key: str | None = None
    ) -> models.InvoiceOut:
        """Take a line off a draft"""
        return cast(
            "models.InvoiceOut",
            self._json(
                "DELETE", f"/api/v1/invoices/{invoice_id}/lines/{line_id}", headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def answer_one_dispute(
        self, invoice_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.DisputeAnswer]
    ) -> models.InvoiceOut:
        """Answer what its customer says is wrong"""
        return cast(
            "models.InvoiceOut",
            self._json(
                "POST",
                f"/api/v1/invoices/{invoice_id}/disputes/answer",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def counter_one_payment(self, payment_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Counter a payment that was recorded in error, or that the bank took back"""
        self._json("DELETE", f"/api/v1/payments/{payment_id}", headers={"Idempotency-Key": idempotency_key})

    def revoke_one_credit(self, credit_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take back what is left of a credit."""
        self._json("DELETE", f"/api/v1/credits/{credit_id}", headers={"Idempotency-Key": idempotency_key})

    def read_bill_to(self, account_id: int, /) -> models.BillToOut:
        """To whom invoices of an account go, as far as that was said."""
        return cast("models.BillToOut", self._json("GET", f"/api/v1/accounts/{account_id}/bill-to"))

    def change_one_bill_to(
        self,
        account_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.BillToChanges],
    ) -> models.BillToOut:
        """Say to whom invoices go from now on."""
        return cast(
            "models.BillToOut",
            self._json(
                "PATCH",
                f"/api/v1/accounts/{account_id}/bill-to",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def read_ledger(
        self, *, since: str | None = None, until: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> models.LedgerOut:
        """What was booked in a time, for managers."""
        return cast(
            "models.LedgerOut",
            self._json(
                "GET", "/api/v1/ledger", params={"since": since, "until": until, "cursor": cursor, "limit": limit}
            ),
        )

    def download_ledger(self, *, since: str | None = None, until: str | None = None) -> bytes:
        """Every entry of a time as CSV, for managers, as many as there are."""
        return self._ask("GET", "/api/v1/ledger/csv", params={"since": since, "until": until}).content

    def take_bank_list(self, content: bytes, /, *, idempotency_key: str | None = None) -> models.BankListOut:
        """Send a bank's movements as CSV in the body (columns date, amount, reference)"""
        return cast(
            "models.BankListOut",
            self._json("POST", "/api/v1/bank-lists", content=content, headers={"Idempotency-Key": idempotency_key}),
        )

    def list_bulk_runs(self, *, cursor: str | None = None, limit: int | None = None) -> models.BulkRuns:
        """Your changes of many tickets."""
        return cast(
            "models.BulkRuns", self._json("GET", "/api/v1/bulk-runs", params={"cursor": cursor, "limit": limit})
        )

    def start_bulk_run(self, *, idempotency_key: str | None = None, **body: Unpack[models.NewRun]) -> models.BulkRunOut:
        """Begin a change of many tickets in the background."""
        return cast(
            "models.BulkRunOut",
            self._json("POST", "/api/v1/bulk-runs", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def read_bulk_run(self, run_id: int, /) -> models.BulkRunOut:
        """How far one of yours is."""
        return cast("models.BulkRunOut", self._json("GET", f"/api/v1/bulk-runs/{run_id}"))

    def stop_bulk_run(self, run_id: int, /, *, idempotency_key: str | None = None) -> models.BulkRunOut:
        """Do no more of it"""
        return cast(
            "models.BulkRunOut",
            self._json("DELETE", f"/api/v1/bulk-runs/{run_id}", headers={"Idempotency-Key": idempotency_key}),
        )

    def undo_bulk_run(self, run_id: int, /, *, idempotency_key: str | None = None) -> models.BulkRunOut:
        """Take back what it did, in the background"""
        return cast(
            "models.BulkRunOut",
            self._json("POST", f"/api/v1/bulk-runs/{run_id}/undo", headers={"Idempotency-Key": idempotency_key}),
        )

    def set_aside_as_junk(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Junk]
    ) -> models.TicketOut:
        """Close a ticket as junk."""
        return cast(
            "models.TicketOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/junk", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def take_up_again(self, number: int, /, *, idempotency_key: str | None = None) -> models.TicketOut:
        """It was no junk"""
        return cast(
            "models.TicketOut",
            self._json("DELETE", f"/api/v1/tickets/{number}/junk", headers={"Idempotency-Key": idempotency_key}),
        )

    def list_failures(self, *, kind: str | None = None) -> models.Failures:
        """What failed for good, for who sees what got stuck."""
        return cast("models.Failures", self._json("GET", "/api/v1/failures", params={"kind": kind}))

    def retry_one_failure(self, failure_kind: str, failure_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Have it tried again at once."""
        self._json(
            "POST", f"/api/v1/failures/{failure_kind}/{failure_id}/retry", headers={"Idempotency-Key": idempotency_key}
        )

    def drop_one_failure(
        self,
        failure_kind: str,
        failure_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        **body: Unpack[models.GivenUp],
    ) -> None:
        """Give it up, and say why"""
        self._json(
            "POST",
            f"/api/v1/failures/{failure_kind}/{failure_id}/abandonment",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_held_mail(self, *, cursor: str | None = None, limit: int | None = None) -> models.HeldMails:
        """Mail in doubt, refused or held back, for who sees what got stuck."""
        return cast(
            "models.HeldMails", self._json("GET", "/api/v1/held-mail", params={"cursor": cursor, "limit": limit})
        )

    def settle_held_mail(
        self, outgoing_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Settled]
    ) -> None:
        """Say that a mail arrived, or have it sent (again)."""
        self._json(
            "POST",
            f"/api/v1/held-mail/{outgoing_id}/settlement",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_held_texts(self, *, cursor: str | None = None, limit: int | None = None) -> models.HeldTexts:
        """Text messages in doubt, refused or held back, for who sees what got stuck."""
        return cast(
            "models.HeldTexts", self._json("GET", "/api/v1/held-texts", params={"cursor": cursor, "limit": limit})
        )

    def settle_held_text(
        self, text_message_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.Settled]
    ) -> None:
        """Say that a text message arrived, or have it sent (again)."""
        self._json(
            "POST",
            f"/api/v1/held-texts/{text_message_id}/settlement",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_announcements(self, *, cursor: str | None = None, limit: int | None = None) -> models.AnnouncementPage:
        """Announcements, the newest first."""
        return cast(
            "models.AnnouncementPage",
            self._json("GET", "/api/v1/announcements", params={"cursor": cursor, "limit": limit}),
        )

    def write_announcement(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewAnnouncement]
    ) -> models.AnnouncementOut:
        """Write a draft."""
        return cast(
            "models.AnnouncementOut",
            self._json("POST", "/api/v1/announcements", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def count_audience(self, **body: Unpack[models.AudienceIn]) -> models.AudienceCount:
        """How many customers an audience comes to now."""
        return cast("models.AudienceCount", self._json("POST", "/api/v1/announcements/audience", json=body))

    def read_announcement(self, announcement_id: int, /) -> models.AnnouncementOut:
        """One announcement and how far it is."""
        return cast("models.AnnouncementOut", self._json("GET", f"/api/v1/announcements/{announcement_id}"))

    def change_announcement(
        self,
        announcement_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.AnnouncementSetting],
    ) -> models.AnnouncementOut:
        """Change a draft."""
        return cast(
            "models.AnnouncementOut",
            self._json(
                "PATCH",
                f"/api/v1/announcements/{announcement_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def remove_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Throw a draft away."""
        self._json("DELETE", f"/api/v1/announcements/{announcement_id}", headers={"Idempotency-Key": idempotency_key})

    def schedule_announcement(
        self, announcement_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.SendAt]
    ) -> None:
        """Have it go out at a time."""
        self._json(
            "PUT",
            f"/api/v1/announcements/{announcement_id}/schedule",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def unschedule_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Make it a draft again."""
        self._json(
            "DELETE", f"/api/v1/announcements/{announcement_id}/schedule", headers={"Idempotency-Key": idempotency_key}
        )

    def send_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Send it to everybody it is for."""
        self._json(
            "POST", f"/api/v1/announcements/{announcement_id}/sending", headers={"Idempotency-Key": idempotency_key}
        )

    def stop_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Send no more of it, for good."""
        self._json(
            "DELETE", f"/api/v1/announcements/{announcement_id}/sending", headers={"Idempotency-Key": idempotency_key}
        )

    def pause_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Send no more of it for now."""
        self._json(
            "PUT", f"/api/v1/announcements/{announcement_id}/pause", headers={"Idempotency-Key": idempotency_key}
        )

    def resume_announcement(self, announcement_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Go on where it was."""
        self._json(
            "DELETE", f"/api/v1/announcements/{announcement_id}/pause", headers={"Idempotency-Key": idempotency_key}
        )

    def list_recipients(
        self, announcement_id: int, /, *, cursor: str | None = None, limit: int | None = None
    ) -> models.RecipientPage:
        """Whom it was for, and what came of it."""
        return cast(
            "models.RecipientPage",
            self._json(
                "GET", f"/api/v1/announcements/{announcement_id}/recipients", params={"cursor": cursor, "limit": limit}
            ),
        )

    def list_told(self, *, cursor: str | None = None, limit: int | None = None) -> models.ToldPage:
        """What was announced to oneself, for customers."""
        return cast(
            "models.ToldPage", self._json("GET", "/api/v1/me/announcements", params={"cursor": cursor, "limit": limit})
        )

    def confirm_told(self, told_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Confirm that one read it, for customers."""
        self._json(
            "PUT", f"/api/v1/me/announcements/{told_id}/confirmation", headers={"Idempotency-Key": idempotency_key}
        )

    def read_announcement_choices(self) -> models.ChoiceOut:
        """How one wants announcements, for customers."""
        return cast("models.ChoiceOut", self._json("GET", "/api/v1/me/announcement-choices"))

    def write_announcement_choices(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.ChoiceIn]
    ) -> models.ChoiceOut:
        """Say how one wants announcements, for customers."""
        return cast(
            "models.ChoiceOut",
            self._json(
                "PUT", "/api/v1/me/announcement-choices", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_status_components(self) -> models.Components:
        """The parts of the service"""
        return cast("models.Components", self._json("GET", "/api/v1/status-components"))

    def add_status_component(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewComponent]
    ) -> models.ComponentOut:
        """Add a part of the service."""
        return cast(
            "models.ComponentOut",
            self._json("POST", "/api/v1/status-components", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_status_component(
        self,
        component_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ComponentSetting],
    ) -> models.ComponentOut:
        """Change a part of the service."""
        return cast(
            "models.ComponentOut",
            self._json(
                "PATCH",
                f"/api/v1/status-components/{component_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_incidents(self, *, cursor: str | None = None, limit: int | None = None) -> models.IncidentPage:
        """Outages and planned work with what was said of them, the newest first."""
        return cast(
            "models.IncidentPage", self._json("GET", "/api/v1/incidents", params={"cursor": cursor, "limit": limit})
        )

    def report_incident(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewIncident]
    ) -> models.IncidentOut:
        """Say that something does not work, or that work is planned."""
        return cast(
            "models.IncidentOut",
            self._json("POST", "/api/v1/incidents", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def correct_incident(
        self,
        incident_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.IncidentSetting],
    ) -> models.IncidentOut:
        """Correct what is said of an incident"""
        return cast(
            "models.IncidentOut",
            self._json(
                "PATCH",
                f"/api/v1/incidents/{incident_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def say_what_is_new(
        self, incident_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewUpdate]
    ) -> models.IncidentOut:
        """Say what is new, and mail those who follow."""
        return cast(
            "models.IncidentOut",
            self._json(
                "POST",
                f"/api/v1/incidents/{incident_id}/updates",
                json=body,
                headers={"Idempotency-Key": idempotency_key},
            ),
        )

    def list_reminder_steps(self) -> models.ReminderSteps:
        """The steps of reminders."""
        return cast("models.ReminderSteps", self._json("GET", "/api/v1/reminder-steps"))

    def add_reminder_step(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.NewStep]
    ) -> models.ReminderStepOut:
        """Add a step."""
        return cast(
            "models.ReminderStepOut",
            self._json("POST", "/api/v1/reminder-steps", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_reminder_step(
        self,
        step_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.StepSetting],
    ) -> models.ReminderStepOut:
        """Change a step."""
        return cast(
            "models.ReminderStepOut",
            self._json(
                "PATCH",
                f"/api/v1/reminder-steps/{step_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def drop_reminder_step(self, step_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Send this reminder no more."""
        self._json("DELETE", f"/api/v1/reminder-steps/{step_id}", headers={"Idempotency-Key": idempotency_key})

    def pause_one_invoice(
        self, invoice_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.PauseIn]
    ) -> None:
        """Remind nobody of an invoice up to a day."""
        self._json(
            "PUT",
            f"/api/v1/invoices/{invoice_id}/reminder-pause",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def resume_one_invoice(self, invoice_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Remind of an invoice again."""
        self._json(
            "DELETE", f"/api/v1/invoices/{invoice_id}/reminder-pause", headers={"Idempotency-Key": idempotency_key}
        )

    def list_synonyms(self) -> models.SynonymsList:
        """Every group, by language."""
        return cast("models.SynonymsList", self._json("GET", "/api/v1/synonyms"))

    def add_synonyms(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.SynonymsIn]
    ) -> models.SynonymsOut:
        """Let words mean the same."""
        return cast(
            "models.SynonymsOut",
            self._json("POST", "/api/v1/synonyms", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def change_synonyms(
        self,
        synonyms_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.SynonymsSetting],
    ) -> models.SynonymsOut:
        """Change a group"""
        return cast(
            "models.SynonymsOut",
            self._json(
                "PATCH",
                f"/api/v1/synonyms/{synonyms_id}",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def drop_synonyms(self, synonyms_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Let the words of a group be only themselves again."""
        self._json("DELETE", f"/api/v1/synonyms/{synonyms_id}", headers={"Idempotency-Key": idempotency_key})

    def list_similar_tickets(self, number: int, /) -> models.SimilarTickets:
        """Open tickets of the same customer that may be the same request, to be merged."""
        return cast("models.SimilarTickets", self._json("GET", f"/api/v1/tickets/{number}/similar"))

    def list_contacts_alike(self, contact_id: int, /) -> models.ContactPairs:
        """Who may be the same person, the surest first."""
        return cast("models.ContactPairs", self._json("GET", f"/api/v1/contacts/{contact_id}/alike"))

    def list_contact_duplicates(self) -> models.ContactPairs:
        """Up to fifty pairs of customers who may be one person, the newest first."""
        return cast("models.ContactPairs", self._json("GET", "/api/v1/contact-duplicates"))

    def tell_contacts_apart(
        self, contact_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.OtherContact]
    ) -> None:
        """Say that two customers are two people, so that nobody is asked again"""
        self._json(
            "POST",
            f"/api/v1/contacts/{contact_id}/distinctions",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_organisations_alike(self, organisation_id: int, /) -> models.OrganisationPairs:
        """Which organisations may be the same as this one."""
        return cast("models.OrganisationPairs", self._json("GET", f"/api/v1/organisations/{organisation_id}/alike"))

    def list_organisation_duplicates(self) -> models.OrganisationPairs:
        """Up to fifty pairs of organisations that may be one, the newest first."""
        return cast("models.OrganisationPairs", self._json("GET", "/api/v1/organisation-duplicates"))

    def tell_two_organisations_apart(
        self, organisation_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.OtherOrganisation]
    ) -> None:
        """Say that two organisations are two, so that nobody is asked again"""
        self._json(
            "POST",
            f"/api/v1/organisations/{organisation_id}/distinctions",
            json=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_reply_draft(self, number: int, /) -> models.DraftOut:
        """What you are writing on a ticket, from whatever machine"""
        return cast("models.DraftOut", self._json("GET", f"/api/v1/tickets/{number}/draft"))

    def keep_reply_draft(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.DraftIn]
    ) -> models.DraftOut:
        """Keep what is written so far in place of what was kept before"""
        return cast(
            "models.DraftOut",
            self._json(
                "PUT", f"/api/v1/tickets/{number}/draft", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def drop_reply_draft(self, number: int, /, *, idempotency_key: str | None = None) -> None:
        """Throw what you were writing away, with its files"""
        self._json("DELETE", f"/api/v1/tickets/{number}/draft", headers={"Idempotency-Key": idempotency_key})

    def drop_draft_file(self, number: int, draft_file_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a file off what you are writing."""
        self._json(
            "DELETE",
            f"/api/v1/tickets/{number}/draft/files/{draft_file_id}",
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_ticket_pdf(self, number: int, /, *, notes: bool | None = None) -> bytes:
        """A ticket on paper, without notes unless asked for"""
        return self._ask("GET", f"/api/v1/tickets/{number}/pdf", params={"notes": notes}).content

    def list_article_standings(
        self,
        *,
        standing: str | None = None,
        language: str | None = None,
        owner_id: int | None = None,
        category_id: int | None = None,
        due: bool | None = None,
        behind: bool | None = None,
        words: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.Standings:
        """Every article in every language, drafts as well, the latest changed first."""
        return cast(
            "models.Standings",
            self._json(
                "GET",
                "/api/v1/article-standings",
                params={
                    "standing": standing,
                    "language": language,
                    "owner_id": owner_id,
                    "category_id": category_id,
                    "due": due,
                    "behind": behind,
                    "words": words,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def read_article_terms(self, text_id: int, /) -> models.ArticleTermsOut:
        """Where an article stands, who may read it and who looks after it, with the ETag of that."""
        return cast("models.ArticleTermsOut", self._json("GET", f"/api/v1/articles/{text_id}/terms"))

    def change_article_terms(
        self,
        text_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ArticleTerms],
    ) -> models.ArticleTermsOut:
        """Move an article, have others read it or look after it"""
        return cast(
            "models.ArticleTermsOut",
            self._json(
                "PATCH",
                f"/api/v1/articles/{text_id}/terms",
                json=body,
                headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            ),
        )

    def list_article_files(self, text_id: int, /) -> models.ArticleFiles:
        """The pictures and files of an article you may read."""
        return cast("models.ArticleFiles", self._json("GET", f"/api/v1/articles/{text_id}/files"))

    def add_article_file(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.NewArticleFile]
    ) -> models.FileOut:
        """Add a picture or a file to an article"""
        return cast(
            "models.FileOut",
            self._json(
                "POST", f"/api/v1/articles/{text_id}/files", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def remove_article_file(self, text_id: int, article_file_id: int, /, *, idempotency_key: str | None = None) -> None:
        """Take a file off an article."""
        self._json(
            "DELETE",
            f"/api/v1/articles/{text_id}/files/{article_file_id}",
            headers={"Idempotency-Key": idempotency_key},
        )

    def read_article_file(self, article_file_id: int, /) -> bytes:
        """Download a file of an article you may read"""
        return self._ask("GET", f"/api/v1/article-files/{article_file_id}").content

    def rate_article(
        self, text_id: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.FeedbackIn]
    ) -> models.FeedbackOut:
        """Say whether an article helped, or what is missing or out of date"""
        return cast(
            "models.FeedbackOut",
            self._json(
                "POST", f"/api/v1/articles/{text_id}/feedback", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def list_article_feedback(
        self, text_id: int, /, *, cursor: str | None = None, limit: int | None = None
    ) -> models.FeedbackPage:
        """What readers said of an article, the latest first."""
        return cast(
            "models.FeedbackPage",
            self._json("GET", f"/api/v1/articles/{text_id}/feedback", params={"cursor": cursor, "limit": limit}),
        )

    def read_article_figures(self, *, days: int | None = None) -> models.ArticleFigures:
        """How often articles were read lately, whether they helped, and those read most."""
        return cast("models.ArticleFigures", self._json("GET", "/api/v1/article-figures", params={"days": days}))

    def turn_markdown(self, **body: Unpack[models.MarkdownIn]) -> models.HtmlOut:
        """Turn Markdown into the HTML that articles hold"""
        return cast("models.HtmlOut", self._json("POST", "/api/v1/markdown", json=body))

    def import_articles(
        self, *, idempotency_key: str | None = None, **body: Unpack[models.ArticleImportIn]
    ) -> models.ArticlesTaken:
        """Take articles over from a file, each whole or not at all"""
        return cast(
            "models.ArticlesTaken",
            self._json("POST", "/api/v1/article-imports", json=body, headers={"Idempotency-Key": idempotency_key}),
        )

    def export_articles_zip(self) -> bytes:
        """Download every article in every language as a zip of Markdown, with its pictures."""
        return self._ask("GET", "/api/v1/article-export/zip").content

    def export_articles_csv(self) -> bytes:
        """Download every article in every language as a table."""
        return self._ask("GET", "/api/v1/article-export/csv").content

    def list_ticket_articles(self, number: int, /) -> models.TicketArticles:
        """Articles given on a ticket, those that may answer it, and what was made of it."""
        return cast("models.TicketArticles", self._json("GET", f"/api/v1/tickets/{number}/articles"))

    def make_ticket_article(
        self, number: int, /, *, idempotency_key: str | None = None, **body: Unpack[models.ArticleOfTicket]
    ) -> models.ArticleDraftOut:
        """Draft an article of what solved a ticket, or of a reply of ours"""
        return cast(
            "models.ArticleDraftOut",
            self._json(
                "POST", f"/api/v1/tickets/{number}/article", json=body, headers={"Idempotency-Key": idempotency_key}
            ),
        )

    def read_today(self, *, team_id: int | None = None) -> models.DayOut:
        """What is late and yours, who is here, and how the week went."""
        return cast("models.DayOut", self._json("GET", "/api/v1/today", params={"team_id": team_id}))

    def list_my_views(self) -> models.PlacedViews:
        """Your views in your own order, with how many tickets each holds."""
        return cast("models.PlacedViews", self._json("GET", "/api/v1/me/views"))

    def order_my_views(self, *, idempotency_key: str | None = None, **body: Unpack[models.ViewOrder]) -> None:
        """Put your views in an order of your own"""
        self._json("PUT", "/api/v1/me/views", json=body, headers={"Idempotency-Key": idempotency_key})

    def place_my_view(
        self,
        view_id: int,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        **body: Unpack[models.ViewPlaceIn],
    ) -> None:
        """Pin a view in your own list, or hide it there."""
        self._json(
            "PATCH",
            f"/api/v1/me/views/{view_id}",
            json=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

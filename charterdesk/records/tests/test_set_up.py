"""The set-up as a file: what is written can be read, means the same elsewhere, and says first what it would do."""

import tomllib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterdesk.access.actions import demand_second_factor
from charterdesk.access.models import IdentityProvider, SignInPolicy
from charterdesk.access.secrets import unseal
from charterdesk.access.single_sign_on import save_provider
from charterdesk.base.configured import sections
from charterdesk.calendars.actions import change_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.channels.models import MailAccount
from charterdesk.events.models import LoggedEvent, Rule, RuleVersion, Webhook
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.events.webhooks.actions import create_webhook, keys_of
from charterdesk.events.webhooks.messages import new_key
from charterdesk.people.actions import change_team
from charterdesk.people.actions.branding import add_brand, add_picture, change_brand, publish_brand
from charterdesk.people.actions.kept import add_person_field
from charterdesk.people.branding import Look
from charterdesk.people.models import Brand, PersonField, Role, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.records.models import RetentionRule
from charterdesk.records.set_up import BadSettings, apply_settings, plan_settings, try_settings, write_settings
from charterdesk.records.toml import without_nothing, write_toml
from charterdesk.sla.actions import create_policy
from charterdesk.sla.models import PolicyVersion
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.macros import save_macro
from charterdesk.tickets.actions.own_texts import write_text
from charterdesk.tickets.actions.tags import describe_tag, keep_tags
from charterdesk.tickets.models import Macro, OwnText, RequestForm, Tag, TicketField

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
SCALARS = st.one_of(
    TEXTS, st.integers(-(2**40), 2**40), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_whatever_is_written_as_toml_is_read_as_it_was(data):
    assert tomllib.loads(write_toml(data)) == without_nothing(data)


def a_desk() -> Team:
    """A set-up with something odd in each section."""
    load_default_rules()
    team = make_team("Lëaks", address="leaks@desk.example")
    change_team(team, by="system", signature='Yours,\n"Leaks" \\ 24 h', signatures={"de": "Ihre\nLecks"}, skill="pipes")
    exceptions = [{"date": "2026-12-31", "hours": [["08:00", "12:00"]]}]
    change_calendar(team.calendar, by="system", holidays=["2026-12-24"], exceptions=exceptions)
    Role.objects.create(name="Trainee", permissions=["tickets.read"])
    create_policy(by="system", name="Urgent", first_reply=timedelta(minutes=90), priorities=[1], team_ids=[team.pk])
    account = MailAccount(name="Leaks box", address="leaks@desk.example", team=team, imap_host="imap.desk.example")
    account.seal(password="open sesame")
    account.save()
    keep_tags(["leak"])
    describe_tag(Tag.objects.get(name="leak"), by="system", description="Water where none should be")
    place = define_field(
        None, by="system", code="place", kind="choice", labels={"en": "Place"},
        choices=[{"code": "home", "labels": {"en": "At home"}}],
    )  # fmt: skip
    define_field(
        None, by="system", code="room", kind="dependent", labels={"en": "Room"}, depends_on=place,
        choices=[{"code": "bath", "labels": {"en": "Bath"}, "under": "home"}],
    )  # fmt: skip
    define_request_form(None, by="system", code="leak", names={"en": "A leak"}, team=team, fields=["place", "room"])
    save_macro(Macro(), by="system", name="Greet", team=team, texts={"en": "<p>Good day</p>"})
    write_text(
        by="system", name="acknowledgement", language="de", team=team, subject="Danke", text="Guten Tag\n\nDanke\n"
    )  # fmt: skip
    own_role = f"role:{Role.objects.get(name='Trainee').pk}"
    demand_second_factor(["manager", own_role], by="system")
    provider = IdentityProvider()
    save_provider(
        provider, by="system", name="Works", slug="works", issuer="https://id.example", client_id="desk",
        domains=["desk.example"], role_of_group={"trainees": own_role, "chiefs": "lead"}, default_role=own_role,
        team_of_group={"plumbers": team.pk}, secret="vouched",
    )  # fmt: skip
    add_person_field(by="system", of="contact", name="Mètre", kind="choice", choices=["a", "b"], names={"de": "Zähler"})
    brand = add_brand(by="system", host="river.example", look=Look(), origins=["https://shop.example"], teams=[team])
    logo = add_picture(brand, kind="logo", content=SVG)
    favicon = add_picture(brand, kind="favicon", content=b"\x89PNG\r\n\x1a\n0000")
    look = Look(
        name="River", accent="#0a5c72", links=(("Us", "https://river.example"),), logo=logo.pk, favicon=favicon.pk
    )
    change_brand(brand, by="system", host=brand.host, look=look, origins=brand.origins, teams=[team])
    publish_brand(brand, by="system")
    add_brand(by="system", look=Look(name="Everybody else"))
    for codes in ([], ["ticket.solved"]):
        create_webhook(
            by="system",
            name="Billing",
            url="https://hooks.example/in",
            codes=codes,
            team_ids=[team.pk] if codes else [],
        )
    return team


@pytest.mark.django_db
def test_a_set_up_read_into_an_empty_desk_is_written_as_it_was(monkeypatch: pytest.MonkeyPatch):
    a_desk()
    text = write_settings()
    assert plan_settings(text).changes == []
    TicketField.objects.filter(code="room").delete()
    for model in (
        MailAccount,
        OwnText,
        Macro,
        RequestForm,
        TicketField,
        Tag,
        Brand,
        Webhook,
        PersonField,
        IdentityProvider,
        SignInPolicy,
        Team,
        PolicyVersion,
        RuleVersion,
        Rule,
        Role,
        RetentionRule,
    ):
        model.objects.all().delete()
    BusinessCalendar.objects.all().delete()
    key = new_key()
    monkeypatch.setenv("DESK_SECRET_LEAKS_BOX_PASSWORD", "new")
    monkeypatch.setenv("DESK_SECRET_WORKS_SECRET", "renewed")
    monkeypatch.setenv("DESK_SECRET_WEBHOOK_BILLING_KEY", key)

    plan = plan_settings(text)
    try_settings(plan, by="system")
    assert not Team.objects.exists()
    apply_settings(plan, by="system")

    slugs = 'slug = "'
    assert [one for one in write_settings().splitlines() if not one.startswith(slugs)] == [
        one for one in text.splitlines() if not one.startswith(slugs)
    ]
    assert MailAccount.objects.get().secrets == {"password": "new"}
    assert unseal(bytes(IdentityProvider.objects.get().sealed_secret).decode()) == "renewed"
    assert keys_of(Webhook.objects.get(name="Billing"))[0] == key
    assert "sesame" not in text and "vouched" not in text and "whsec_" not in text
    assert {change.section for change in plan_settings(text).changes} <= {"rules"}  # new ones have other slugs


@pytest.mark.django_db
def test_only_what_differs_changes_and_it_is_said_before():
    team, agent = a_desk(), make_agent()
    text = write_settings().replace('sender_name = ""', 'sender_name = "Leaks of Aldermouth"')
    before = LoggedEvent.objects.count()

    plan = plan_settings(text)

    assert [(one.section, one.key, one.is_new, one.fields) for one in plan.changes] == [
        ("teams", "Lëaks", False, {"sender_name": ("", "Leaks of Aldermouth")})
    ]
    apply_settings(plan, by=agent)
    team.refresh_from_db()
    assert team.sender_name == "Leaks of Aldermouth"
    assert list(LoggedEvent.objects.values_list("code", "actor")[before:]) == [("team.changed", agent.key)]


@pytest.mark.django_db
def test_what_a_file_does_not_name_stays():
    a_desk()
    make_team("Billing")

    plan = plan_settings('charterdesk = 1\n[[teams]]\nname = "Lëaks"\nlanguage = "de"\n')

    assert plan.only_here == [("teams", "Billing")]
    apply_settings(plan, by="system")
    assert Team.objects.get(name="Lëaks").address == "leaks@desk.example"
    assert Team.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[teams]", "no TOML"),
        ("[[teams]]\nname = 'x'", "does not say charterdesk = 1"),
        ("charterdesk = 2", "written by a later version"),
        ("charterdesk = 1\n[[wizards]]\nname = 'x'", "no section wizards"),
        ("charterdesk = 1\n[[teams]]\nname = 'x'\ncolour = 'red'", "“x”: it has no colour"),
        ("charterdesk = 1\n[[teams]]\nname = 'x'\n[[teams]]\nname = 'x'", "“x” stands there twice"),
        ("charterdesk = 1\n[[teams]]\nname = 'x'\naddress = 'a@b.example'\ncalendar = 'Moon'", "no “Moon” here"),
        ("charterdesk = 1\n[[teams]]\nname = 'x'", "a value is missing"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_changes_nothing(text: str, said: str):
    with pytest.raises(BadSettings, match=said):
        try_settings(plan_settings(text), by="system")
    assert not Team.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("address = 'no address'", "“Leaks”: This is no e-mail address"),
        (f"sender_name = '{'x' * 999}'", r"“Leaks”: .*wrong kind \(value too long for type character varying\(120\)\)"),
        (r'signature = "\u0000"', r"“Leaks”: .*wrong kind \(PostgreSQL text fields cannot contain NUL"),
    ],
)
def test_a_value_that_cannot_be_kept_is_named_and_changes_nothing(values: str, said: str):
    team = make_team("Leaks", address="leaks@desk.example")
    before = write_settings()
    with pytest.raises(BadSettings, match=said):
        try_settings(plan_settings(f"charterdesk = 1\n[[teams]]\nname = '{team.name}'\n{values}"), by="system")
    assert write_settings() == before


@pytest.mark.django_db
def test_a_number_the_database_refuses_is_said_without_its_row():
    create_policy(by="system", name="Urgent", position=1, resolution=timedelta(hours=1))
    for position, said in ((-5, r"constraint [^\n]*$"), (10**14, "out of range"), (10**30, "too large|out of range")):
        text = f"charterdesk = 1\n[[promises]]\nname = 'Urgent'\nposition = {position}"
        with pytest.raises(BadSettings, match=f"“Urgent”: .*{said}"):
            try_settings(plan_settings(text), by="system")


@pytest.mark.django_db
def test_hours_no_clock_holds_are_refused():
    create_policy(by="system", name="Urgent", position=1, resolution=timedelta(hours=1))
    text = "charterdesk = 1\n[[promises]]\nname = 'Urgent'\nresolution = '99999999999999:00'"
    with pytest.raises(BadSettings, match="“Urgent”: a value is missing or of the wrong kind"):
        try_settings(plan_settings(text), by="system")


@pytest.mark.django_db
def test_every_section_writes_all_its_fields():
    a_desk()
    short = [
        (name, sorted(set(section.fields) ^ set(thing)))
        for name, section in sections().items()
        for thing in section.read()
        if set(section.fields) ^ set(thing)
    ]
    assert short == []

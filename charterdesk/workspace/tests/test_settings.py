"""What administrators set by form: each form keeps what it says, through actions that make it known."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from charterdesk.base.clock import now
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.channels.models import Outgoing
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Login, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.sla.models import PolicyVersion
from charterdesk.tickets.actions import send_message, tag_ticket
from charterdesk.tickets.jobs import change_tag_over
from charterdesk.tickets.models import Tag, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture
def chief(team):
    return make_agent("Ann", role=Agent.ADMINISTRATOR)


@pytest.fixture
def administrator(chief, sign_in):
    return sign_in(chief)


def made_known(code: str) -> list[dict[str, Any]]:
    return list(LoggedEvent.objects.filter(code=code).order_by("pk").values_list("data", flat=True))


def calendar_form(**changes: Any) -> dict[str, Any]:
    hours = {f"hours_{day}": "" for day in DAYS}
    return {"name": "Office", "zone": "Europe/Berlin", **hours, **changes}


def test_a_calendar_takes_split_days_holidays_and_exceptions(administrator):
    answer = administrator.post(
        "/desk/admin/calendars/new",
        calendar_form(
            hours_mon="8-12, 13:30 - 17", hours_fri="22:00-06:00", country="DE", subdivision="by",
            holidays="2026-12-27\n2026-12-28", exceptions="2026-12-24 09:00-12:00\n2026-12-31",
        ),
    )  # fmt: skip

    assert answer.status_code == 302
    assert BusinessCalendar.objects.get(name="Office").spec == {
        "zone": "Europe/Berlin",
        "hours": {"mon": [["08:00", "12:00"], ["13:30", "17:00"]], "fri": [["22:00", "06:00"]]},
        "country": "DE",
        "subdivision": "BY",
        "holidays": ["2026-12-27", "2026-12-28"],
        "exceptions": [{"date": "2026-12-24", "hours": [["09:00", "12:00"]]}, {"date": "2026-12-31", "hours": []}],
    }


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hours_tue", "9 to noon", "“9 to noon”: write hours as 08:30-12:00"),
        ("hours_tue", "9-25", "“9-25”: a day runs from 00:00 to 24:00"),
        ("hours_tue", "9-9", "“9-9” is no time at all"),
        ("zone", "Atlantis", "Choose a time zone such as Europe/Berlin."),
        ("holidays", "Christmas", "“Christmas”: begin with a date such as 2026-12-25."),
        ("exceptions", "2026-12-24 9-12\n2026-12-24 13-17", "2026-12-24 stands there twice"),
        ("subdivision", "XX", "No regions are known for this country"),
    ],
)
def test_what_a_calendar_cannot_be_is_said_at_its_field_and_nothing_is_kept(administrator, field, value, said):
    before = BusinessCalendar.objects.count()
    answer = administrator.post("/desk/admin/calendars/new", calendar_form(**{field: value}))

    assert (answer.status_code, BusinessCalendar.objects.count()) == (422, before)
    assert said in "".join(answer.context["form"].errors[field])


def test_all_that_a_calendar_cannot_be_is_said_at_once(administrator):
    answer = administrator.post("/desk/admin/calendars/new", calendar_form(zone="-5,x", hours_tue="9-25"))

    assert set(answer.context["form"].errors) == {"zone", "hours_tue"}


def test_a_time_zone_is_known_in_whatever_letters(administrator):
    administrator.post("/desk/admin/calendars/new", calendar_form(zone="europe/berlin"))

    assert BusinessCalendar.objects.get(name="Office").zone == "Europe/Berlin"


def test_a_calendar_is_shown_as_it_was_written_and_saving_it_unchanged_makes_no_version(administrator, team):
    path = f"/desk/admin/calendars/{team.calendar_id}"
    form = administrator.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert (shown["hours_mon"], shown["hours_sun"]) == ("08:00-17:00", "")

    administrator.post(path, shown)
    assert BusinessCalendar.objects.get(pk=team.calendar_id).version == 1


def test_the_list_of_calendars_says_who_is_open(administrator, team):
    team.calendar.hours = {day: [["00:00", "24:00"]] for day in DAYS}
    team.calendar.save()

    assert "open now" in administrator.get("/desk/admin/calendars").content.decode()


def policy_form(**changes: Any) -> dict[str, Any]:
    return {"name": "Urgent leaks", "position": 5, "warnings": "80, 50", **changes}


def test_a_promise_holds_by_priority_in_open_time(administrator, team):
    administrator.post(
        "/desk/admin/promises/new",
        policy_form(first_reply="0:30", resolution="4h", priorities=["1", "2"], team_ids=[team.pk], pauses=["pending"]),
    )

    kept = PolicyVersion.objects.get(name="Urgent leaks")
    assert (kept.first_reply, kept.resolution) == (timedelta(minutes=30), timedelta(hours=4))
    assert (kept.priorities, kept.team_ids, kept.pauses) == ([1, 2], [team.pk], ["pending"])
    assert "urgent / high · Leaks" in administrator.get("/desk/admin/promises").content.decode()


def test_a_changed_promise_is_a_new_version_and_a_retired_one_leaves_the_list(administrator):
    administrator.post("/desk/admin/promises/new", policy_form(first_reply="1:00"))
    first = PolicyVersion.objects.get(name="Urgent leaks")
    path = f"/desk/admin/promises/{first.policy_id}"
    administrator.post(path, policy_form(first_reply="2:00"))

    versions = PolicyVersion.objects.filter(policy_id=first.policy_id).order_by("number")
    assert [each.first_reply for each in versions] == [timedelta(hours=1), timedelta(hours=2)]

    administrator.post(f"{path}/retirement")
    assert "Urgent leaks" not in administrator.get("/desk/admin/promises").content.decode()


@pytest.mark.parametrize("value", ["soon", "0", "4:75", "-1"])
def test_a_promise_without_a_time_is_refused(administrator, value):
    answer = administrator.post("/desk/admin/promises/new", policy_form(first_reply=value))

    assert (answer.status_code, PolicyVersion.objects.filter(name="Urgent leaks").count()) == (422, 0)


def test_a_promise_of_nothing_is_refused_at_its_field(administrator):
    answer = administrator.post("/desk/admin/promises/new", policy_form())

    assert answer.context["form"].errors["first_reply"] == ["Set at least one target, longer than no time at all."]


def team_form(team: Team, **changes: Any) -> dict[str, Any]:
    return {
        "name": team.name, "address": team.address, "language": "en", "calendar": team.calendar_id,
        "cc_policy": "all", "is_public": "on", **changes,
    }  # fmt: skip


def test_a_team_signs_in_the_language_of_its_customer(administrator, team, agent, run_reactions, fire_timers):
    administrator.post(
        f"/desk/admin/teams/{team.pk}",
        team_form(team, signature="Yours, the leaks team", signature_de="Ihr Rohrbruch-Dienst", sender_name="Leaks"),
    )
    assert made_known("team.changed") == [{"team_id": team.pk, "fields": ["sender_name", "signature", "signatures"]}]

    def body(language: str) -> str:
        ticket = make_ticket(team=team, contact=make_contact(language=language), language=language)
        message = send_message(ticket, by=agent, agent=agent, html="<p>Hello</p>")
        fire_timers(now() + timedelta(minutes=1))
        run_reactions()
        mail = message_from_bytes(bytes(Outgoing.objects.get(message=message).raw), policy=policy.default)
        return str(mail.get_body(("plain",)).get_content())

    assert "Ihr Rohrbruch-Dienst" in body("de")
    assert "Yours, the leaks team" in body("fr")


def test_two_teams_do_not_share_an_address(administrator, team):
    answer = administrator.post("/desk/admin/teams/new", team_form(team, name="Bills", address=team.address.upper()))

    assert answer.status_code == 422
    assert "address" in answer.context["form"].errors
    assert not Team.objects.filter(name="Bills").exists()


def test_who_leaves_a_team_gives_its_tickets_back(administrator, team, agent, ticket, run_reactions):
    Ticket.objects.filter(pk=ticket.pk).update(assignee=agent)

    administrator.post(f"/desk/admin/teams/{team.pk}/members/{agent.pk}")
    run_reactions()

    ticket.refresh_from_db()
    assert ticket.assignee is None
    assert made_known("member.removed") == [{"team_id": team.pk, "agent_id": agent.pk}]


def test_who_joins_a_team_gets_what_waits_there(administrator, team, ticket, run_reactions):
    newcomer = make_agent("Nora")
    administrator.post(f"/desk/admin/teams/{team.pk}/members", {"agent": newcomer.pk})
    run_reactions()

    ticket.refresh_from_db()
    assert ticket.assignee == newcomer


def agent_form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Nora", "role": "agent", "language": "de", "time_zone": "Europe/Berlin", "capacity": 7, **changes,
    }  # fmt: skip


def test_somebody_invited_gets_a_mail_and_can_do_what_the_form_said(administrator, team, run_reactions):
    fields = agent_form(
        email="Nora@desk.example", skills="Pipes, French bills", speaks_de=3, speaks_fr=1, teams=[team.pk]
    )
    administrator.post("/desk/admin/people/new", fields)
    run_reactions()

    nora = Agent.objects.get(name="Nora")
    assert (nora.email, nora.capacity, nora.time_zone) == ("nora@desk.example", 7, "Europe/Berlin")
    assert set(nora.skills.values_list("name", flat=True)) == {"Pipes", "French bills"}
    assert dict(nora.languages.values_list("language", "level")) == {"de": 3, "fr": 1}
    assert list(nora.teams.all()) == [team]
    invitation = message_from_bytes(bytes(Outgoing.objects.get().raw), policy=policy.default)
    assert invitation["To"] == "nora@desk.example"
    assert "/desk/" in invitation.get_body(("plain",)).get_content()


def test_an_agent_who_leaves_is_out_at_once_and_their_tickets_are_back(
    administrator, agent, desk, ticket, run_reactions
):
    Ticket.objects.filter(pk=ticket.pk).update(assignee=agent)
    assert desk.get("/desk/").status_code == 200

    administrator.post(f"/desk/admin/people/{agent.pk}/leaving")
    run_reactions()

    ticket.refresh_from_db()
    assert (desk.get("/desk/").status_code, ticket.assignee) == (403, None)
    administrator.post(f"/desk/admin/people/{agent.pk}/leaving", {"back": "1"})
    assert desk.get("/desk/").status_code == 200


def test_the_last_administrator_stays_one(administrator, chief):
    demoted = administrator.post(f"/desk/admin/people/{chief.pk}", agent_form(name="Ann", role="agent"))
    gone = administrator.post(f"/desk/admin/people/{chief.pk}/leaving")

    chief.refresh_from_db()
    assert (demoted.status_code, gone.status_code) == (422, 409)
    assert (chief.role, chief.is_active) == ("administrator", True)


def test_an_invitation_of_somebody_who_is_here_changes_nothing(administrator, agent):
    answer = administrator.post("/desk/admin/people/new", agent_form(email=agent.email))

    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors
    assert Login.objects.filter(email=agent.email).count() == 1


def test_a_customer_is_erased_only_by_somebody_who_said_so(administrator, ticket):
    path = f"/desk/admin/contacts/{ticket.contact_id}/erasure"
    assert "Erase Mia Miller" in administrator.get(path).content.decode()
    assert administrator.post(path).status_code == 422

    administrator.post(path, {"sure": "1"})
    ticket.refresh_from_db()
    assert (str(ticket.contact), ticket.subject) == ("erased customer", "—")
    assert administrator.get(f"/desk/tickets/{ticket.number}/").status_code == 200
    assert administrator.get(path).status_code == 404


def test_tags_stand_in_a_list_with_their_tickets_and_are_renamed_by_form(administrator, agent, ticket, run_reactions):
    for tagged in (ticket, make_ticket(team=ticket.team)):
        tag_ticket(tagged, by=agent, add=["leak"])
    run_reactions()
    tag = Tag.objects.get()
    page = administrator.get("/desk/admin/tags").content.decode()
    administrator.post(f"/desk/admin/tags/{tag.pk}", {"name": "Burst pipe", "description": "Water outside"})
    change_tag_over(tag_id=tag.pk, by="system")

    ticket.refresh_from_db()
    assert (">leak<" in page, 'class="figures" data-label="Tickets">2<' in page) == (True, True)
    assert ticket.tags == ["burst pipe"]
    assert administrator.get("/desk/admin/tags?q=burst").content.decode().count("burst pipe") == 1

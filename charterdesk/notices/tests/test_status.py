"""The status page: what is on, what was said, and those who follow, each told once and none unasked."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.testing_bought import make_contract
from charterdesk.channels.models import Outgoing
from charterdesk.events.operations import perform
from charterdesk.notices.actions import following
from charterdesk.notices.actions.ending import tell_of_end
from charterdesk.notices.actions.following import confirm_follower, follow_status, unfollow_status
from charterdesk.notices.actions.status import update_incident
from charterdesk.notices.models import Incident, IncidentUpdate, StatusFollower
from charterdesk.notices.testing import make_component, make_incident
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return make_team("Leaks", address="leaks@desk.example")


def mailed():
    return sorted(recipients[0] for (recipients,) in Outgoing.objects.values_list("recipients"))


def test_an_outage_is_on_until_it_is_over_and_work_while_its_time_runs(team):
    outage = make_incident()
    hour = timedelta(hours=1)
    works = make_incident(kind="works", starts_at=now() + hour, ends_at=now() + 2 * hour)
    assert (outage.is_over, works.is_planned) == (False, True)
    assert list(Incident.objects.current(now())) == [outage]
    assert list(Incident.objects.planned(now())) == [works]
    assert list(Incident.objects.current(now() + 1.5 * hour)) == [outage, works]
    assert list(Incident.objects.past(now() + 3 * hour)) == [works]

    update_incident(outage, by="system", texts={"en": "The pipe is mended."}, stage="over")
    assert list(Incident.objects.current(now())) == []
    with pytest.raises(Refused):
        update_incident(outage, by="system", texts={"en": "Once more."})
    with pytest.raises(Refused):
        make_incident(kind="works")


def test_followers_confirm_first_and_hear_of_each_update_once(team, run_reactions, run_jobs, monkeypatch):
    monkeypatch.setattr(following, "PIECE", 2)
    outage = make_incident()
    for number in range(3):
        follow_status(f"f{number}@home.example", language="en", is_confirmed=True)
    follow_status("one@home.example", language="de", incident=outage, is_confirmed=True)
    follow_status("f0@home.example", language="en", incident=outage, is_confirmed=True)
    asked = follow_status("asked@home.example", language="en")
    follow_status("asked@home.example", language="en")
    run_reactions()
    run_jobs()
    opening = ["asked@home.example", *(f"f{number}@home.example" for number in range(3)), "one@home.example"]
    assert mailed() == sorted(opening)

    Outgoing.objects.all().delete()
    update = update_incident(outage, by="system", texts={"en": "Found it."}, stage="found")
    run_reactions()
    run_jobs()
    assert not following.tell_followers(update.pk)
    assert mailed() == sorted(set(opening) - {"asked@home.example"})
    assert "List-Unsubscribe-Post" in bytes(Outgoing.objects.first().raw).decode()

    confirm_follower(asked)
    unfollow_status(StatusFollower.objects.get(address="one@home.example"))
    Outgoing.objects.all().delete()
    other = make_incident(titles={"en": "Low pressure"})
    run_reactions()
    run_jobs()
    assert mailed() == sorted(["asked@home.example", *(f"f{number}@home.example" for number in range(3))])
    assert IncidentUpdate.objects.filter(incident=other).count() == 1


def test_a_rule_reports_an_outage_once_for_a_ticket(team):
    part, ticket = make_component(), make_ticket(team=team)
    for _time in range(2):
        perform("notices.report_outage", by="system", on=ticket, component=part.key, text="We look into it.")

    outage = Incident.objects.get()
    assert (str(outage), list(outage.components.all()), outage.ticket) == (
        "Water supply: a disturbance",
        [part],
        ticket,
    )


def test_a_contract_that_ends_is_told_to_whose_it_is_once(team):
    mill = Organisation.objects.create(name="Mill")
    sees, other, alone = make_contact("Mia", email="mia@mill.example"), make_contact("Tom"), make_contact("Ada")
    Contact.objects.filter(pk__in=[sees.pk, other.pk]).update(organisation=mill)
    Contact.objects.filter(pk=sees.pk).update(may_see_organisation=True)
    contract, own = make_contract(mill, months=12), make_contract(alone, months=12)

    assert (tell_of_end(contract.pk), tell_of_end(contract.pk), tell_of_end(own.pk)) == (1, 0, 1)
    assert mailed() == sorted(["mia@mill.example", alone.email])

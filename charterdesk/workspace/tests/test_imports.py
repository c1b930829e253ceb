"""Lists of people are looked through before they are taken in, and can be sent again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charterdesk.people.actions.contacts import erase_contact
from charterdesk.people.models import Agent, Contact, ImportRun, Organisation
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db

CUSTOMERS = """E-Mail;Name;Phone;Language;Company
mia@home.example;Mia Miller;+353209100101;de;Mill
OMAR@home.example;Omar;;en;
omar@home.example;Omar again;;;
nobody;Nobody;;;
zoë@home.example;Zoë;;kl;
"""


@pytest.fixture
def administrator(team, sign_in):
    return sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR))


@pytest.fixture
def send(administrator, run_jobs):
    """Send a list and take it in; returns the page that told what would come of it, and the run."""

    def sent(kind: str, text: str, encoding: str = "utf-8") -> tuple[str, ImportRun]:
        upload = SimpleUploadedFile("list.csv", text.encode(encoding))
        page = administrator.post("/desk/admin/imports", {"kind": kind, "file": upload})
        told = administrator.get(page.headers["Location"]).content.decode()
        run = ImportRun.objects.latest("pk")
        administrator.post(f"/desk/admin/imports/{run.pk}/start")
        run_jobs()
        run.refresh_from_db()
        return told, run

    return sent


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.made, run.changed, run.same, run.refused


def test_a_list_of_customers_makes_changes_and_refuses_line_by_line_and_once(send):
    make_contact("", email="mia@home.example")
    told, run = send("contacts", CUSTOMERS, "latin-1")

    assert (run.state, run.data, counts(run), run.problems) == ("done", "", (1, 1, 0, 3), [4, 5, 6])
    assert "This address stands there twice." in told
    assert "The desk does not speak “kl”." in told
    mia = Contact.objects.with_email("mia@home.example").get()
    assert (mia.name, mia.language, str(mia.organisation), mia.phone) == ("Mia Miller", "de", "Mill", "+353209100101")
    assert counts(send("contacts", CUSTOMERS)[1]) == (0, 0, 2, 3)


def test_a_list_of_agents_gives_roles_and_teams_but_none_that_do_not_exist(send, team):
    header = "email,name,role,teams,capacity,skills"
    text = f"{header}\na@desk.example,Al,lead,{team.name},7,Pipes\nb@desk.example,Bo,king,,,\n"
    _told, run = send("agents", text)
    agent = Agent.objects.get(name="Al")

    assert counts(run) == (1, 0, 0, 1)
    assert (agent.role, agent.capacity, list(agent.teams.all())) == ("lead", 7, [team])
    assert counts(send("agents", text)[1]) == (0, 0, 1, 1)


def test_organisations_are_known_again_by_name(send):
    assert counts(send("organisations", "name,domains\nMill,mill.example\n")[1]) == (1, 0, 0, 0)
    assert counts(send("organisations", "name,domains\nMILL,mill.example mill.test\n")[1])[:2] == (0, 1)
    assert Organisation.objects.get().domains == ["mill.example", "mill.test"]


def test_what_is_no_list_is_refused_with_a_reason(administrator):
    for text in ("just words", "phone;name\n1;x\n"):
        upload = SimpleUploadedFile("x.csv", text.encode())
        assert administrator.post("/desk/admin/imports", {"kind": "contacts", "file": upload}).status_code == 422


def test_a_list_that_waits_forgets_whoever_is_erased(administrator, agent):
    upload = SimpleUploadedFile("list.csv", CUSTOMERS.encode())
    administrator.post("/desk/admin/imports", {"kind": "contacts", "file": upload})
    erase_contact(make_contact("Mia Miller", email="mia@home.example"), by=agent)

    run = ImportRun.objects.get()
    assert (run.state, run.data) == ("stopped", "")

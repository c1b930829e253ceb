"""Templates of the desk's own: in every language with a fallback, by mail or SMS, with nothing in them but what may be
told to the customer of the ticket."""

from typing import Any

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_problems import problems
from charterdesk.people.models import Identity
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.actions import add_note, tag_ticket
from charterdesk.tickets.actions.own_texts import write_text
from charterdesk.tickets.actions.templates import remove_template, restore_template, save_template
from charterdesk.tickets.filling import fill
from charterdesk.tickets.models import Message, Template, Ticket
from charterdesk.tickets.templating import render_texts
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
ENGLISH = {
    "subject": "About {{ subject }}",
    "html": "<p>Hello {{ customer }},</p><p>{% if agent %}</p><p>{{ agent }} looks at it.</p><p>{% else %}</p>"
    "<p>somebody looks at it.</p><p>{% endif %}</p><p>Promised: {{ first_reply_due }}</p><p>{{ status_link }}</p>",
}
GERMAN = {"subject": "", "html": "<p>Guten Tag {{ customer }}</p>"}


def saved(**texts: dict[str, str]) -> Template:
    """A template that says this."""
    return save_template(None, by="agent:1", name="Outage", texts=texts).template


def rendered(template: Template, ticket: Ticket) -> tuple[str, str, str]:
    (made,) = render_texts([(template.reference, ticket)])
    return made.subject, made.text, made.html


def test_a_template_speaks_the_customers_language_or_falls_back_and_leaves_out_what_is_not_known():
    template = saved(en=ENGLISH, de=GERMAN)
    team = make_team("Leaks")
    team.language = "de"
    team.save()
    english, german, arabic = (
        make_ticket(team=team, contact=make_contact("Mia", language=language), subject="No water")
        for language in ("en", "de", "ar")
    )
    subject, text, html = rendered(template, english)

    link = text.strip().splitlines()[-1]
    assert (subject, text) == ("About No water", f"Hello Mia,\n\nsomebody looks at it.\n\n{link}\n")
    assert f'<a href="{link}"' in html and "Promised" not in html
    assert rendered(template, german)[:2] == (f"No water [#{german.number}]", "Guten Tag Mia\n")
    assert rendered(template, arabic)[1:] == ("Guten Tag Mia\n", '<div dir="ltr"><p>Guten Tag Mia</p></div>')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ customer.login.password }}", "tickets.unknown_fact"),
        ("{{ customer|safe }}", "tickets.unknown_fact"),
        ("{{ notes }}", "tickets.unknown_fact"),
        ("{{ status }}", "tickets.unknown_fact"),  # a code: for conditions, not to be read
        ("{% if notes %}x{% endif %}", "tickets.unknown_fact"),
        ("{% include 'tickets/solution.txt' %}", "tickets.bad_condition"),
        ("{% for note in notes %}x{% endfor %}", "tickets.bad_condition"),
        ("{% if agent %}x", "tickets.bad_condition"),
        ("{% else %}x", "tickets.bad_condition"),
        ("{% if agent %}a{% else %}b{% else %}c{% endif %}", "tickets.bad_condition"),
        ("{% if agent %}" * 6 + "{% endif %}" * 6, "tickets.bad_condition"),
    ],
)
def test_a_template_or_text_can_name_nothing_but_what_is_on_the_list(text, code):
    for save in (
        lambda: saved(en={"subject": "x", "html": f"<p>{text}</p>"}),
        lambda: saved(en={"subject": text, "html": "<p>x</p>"}),
        lambda: write_text(by="agent:1", name="solution", language="en", team=None, subject="x", text=text),
    ):
        with pytest.raises(Refused) as refused:
            save()
        assert refused.value.code == code


def test_what_customers_and_colleagues_write_is_neither_carried_out_nor_told(run_reactions):
    team = make_team("Leaks")
    mean = make_ticket(
        team=team, contact=make_contact("Mia {{ agent }}<script>x</script>"), subject="{% if agent %} javascript:x"
    )
    other = make_ticket(team=team, contact=make_contact("Otto Secret"), subject="Otto's own")
    for ticket in (mean, other):
        add_note(ticket, by="agent:1", agent=None, html="<p>a note inside the house</p>")
    html = '<p>{{ customer }}</p><p>{{ subject }}</p><p><a href="{{ subject }}">x</a></p><p>{{ solution }}</p>'
    template = saved(en={"subject": "{{ subject }} of {{ customer }}", "html": html})
    subject, text, html = rendered(template, mean)

    assert subject == "{% if agent %} javascript:x of Mia {{ agent }}<script>x</script>"
    assert "<script" not in html and "javascript:x</a>" not in html and 'href=""' in html
    for secret in ("Otto", "inside the house"):
        assert secret not in subject + text + html
    known = {"notes": "a note", "customer": "Mia"}  # whatever facts there are, only those of the list are put in
    assert fill("{{ notes }}{% if notes %}told{% endif %}{{ customer }}", known) == "Mia"


def test_zero_is_told_and_holds_and_nothing_is_neither():
    text = "{% if solution %}Left: {{ solution }}{% else %}none{% endif %}"

    assert [fill(text, {"solution": value}) for value in (0, "0", "", None, False)] == [
        "Left: 0", "Left: 0", "none", "none", "none"
    ]  # fmt: skip


def test_a_rule_sends_a_template_by_mail_or_sms_and_it_stays_while_a_rule_needs_it(run_reactions):
    template = saved(en=ENGLISH)
    mia = make_contact("Mia")
    Identity.objects.create(contact=mia, kind=Identity.PHONE, value="+4915112345678")
    ticket = make_ticket(team=make_team("Leaks"), contact=mia)
    args = {"template": template.reference, "once": "{event.id}"}
    step: dict[str, Any] = {"operation": "tickets.send_template", "args": args}
    by_sms = {**step, "args": {**args, "way": "sms", "once": "sms{event.id}"}}
    assert problems({"when": ["ticket.tagged"], "then": [by_sms, step]}) == []
    for wrong in ({"template": "own:gone"}, {"template": template.reference, "way": "pigeon"}):
        assert len(problems({"when": ["ticket.tagged"], "then": [{**step, "args": wrong}]})) == 1
    activate(save_draft(name="Tell", body={"when": ["ticket.tagged"], "then": [step, by_sms]}, by="agent:1"), by="x:1")
    tag_ticket(ticket, by="agent:1", add=["x"])
    run_reactions()

    sent = Message.objects.filter(ticket=ticket, template=template.reference).order_by("pk")
    assert [(each.channel, each.to) for each in sent] == [("email", [mia.email]), ("sms", ["+4915112345678"])]
    with pytest.raises(Refused, match="Tell"):
        remove_template(template, by="agent:1")


def test_versions_are_kept_with_who_and_why_and_brought_back():
    first = save_template(None, by="agent:1", name="Outage", texts={"en": ENGLISH})
    template = first.template
    same = save_template(template, by="agent:2", name="Big outage", texts={"en": ENGLISH})
    other = save_template(template, by="agent:2", name="Big outage", texts={"de": GERMAN}, reason="shorter")
    again = restore_template(first, by="agent:3")

    assert (same.number, other.number, again.number, again.texts) == (1, 2, 3, first.texts)
    assert list(template.versions.order_by("number").values_list("actor", "reason")) == [
        ("agent:1", ""), ("agent:2", "shorter"), ("agent:3", "back to version 1"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        saved(en={"subject": "only", "html": "<p> </p>"})
    with pytest.raises(Refused) as refused:
        saved(en=ENGLISH)
    assert refused.value.code == "tickets.template_taken"

from datetime import UTC, datetime
from typing import cast

import pytest
from django.db import DataError, transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from charterdesk.base.inserting import insert_rows
from charterdesk.channels.models import MailReference, Outgoing
from charterdesk.people.models import Contact, Notice
from charterdesk.people.testing import make_agent
from charterdesk.tickets.models import Message
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 23, 5, 6, 7, 891011, tzinfo=UTC)


def stored(row):
    """What a row holds, column by column, as it is read back."""
    found = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(found, field.attname) for field in row._meta.concrete_fields}


def held(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_come_back_as_they_were_given_numbered_in_order_by_one_statement(django_assert_num_queries):
    ticket = make_ticket()
    bodies = ["quotes ' \" \\ \\x41", "%s {} $1", "مرحبا 👋\nline\ttab", mark_safe("<b>safe</b>"), ""]
    messages = [
        Message(
            ticket=ticket, direction="out", body_text=body, to=["a@x.example", 'b"{,}@x.example'], created_at=MOMENT
        )
        for body in bodies
    ]
    with django_assert_num_queries(1):
        insert_rows(messages)

    assert [stored(message) for message in messages] == [held(message) for message in messages]
    assert [message.pk for message in messages] == sorted(message.pk for message in messages)
    assert not messages[0]._state.adding
    messages[0].save(update_fields=["body_text"])


def test_bytes_empty_lists_and_json_are_kept_as_they_are():
    raw = bytes(range(256)) * 3
    mail = Outgoing(header="a@b", sender="s@x.example", recipients=[], raw=raw, refused={"a": [None, "é", 1.5, {}]})
    notice = Notice(agent=make_agent(), code="x", about="ticket:1", ways=[], data={"k": None}, wait_until=MOMENT)
    insert_rows([mail])
    insert_rows([notice])

    found = Outgoing.objects.get(pk=mail.pk)
    assert (bytes(found.raw), found.recipients, found.refused) == (raw, [], {"a": [None, "é", 1.5, {}]})
    assert stored(notice) == held(notice)


def test_what_is_there_already_is_left_alone_where_that_is_asked_for():
    message = Message.objects.get(ticket=make_ticket())
    twice = [MailReference(message=message, header="x@y") for _ in range(2)]
    insert_rows(twice, ignore_conflicts=True)
    insert_rows(twice, ignore_conflicts=True)

    assert MailReference.objects.filter(header="x@y").count() == 1


def test_a_text_too_long_for_its_column_is_refused_rather_than_cut():
    with pytest.raises(DataError, match="too long"), transaction.atomic():
        insert_rows([Contact(name="x" * 201)])


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="can't be written"):
        insert_rows([Contact(name=cast(str, object()))])
    insert_rows([one := Contact(name=cast(str, gettext_lazy("Name")))])
    assert Contact.objects.get(pk=one.pk).name == "Name"


def test_no_rows_cost_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])

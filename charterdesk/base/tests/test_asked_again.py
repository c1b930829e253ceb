import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from charterdesk.base.asked_again import AskedAgain
from charterdesk.base.postgresql.base import PREPARED_AFTER

pytestmark = pytest.mark.django_db


def test_what_is_asked_again_is_written_once_and_found_anew_each_time(django_assert_num_queries):
    asked, made = AskedAgain(), []

    def people(*names):
        made.append(names)
        return ContentType.objects.filter(app_label="people", model__in=names).values_list("model").order_by("model")

    with django_assert_num_queries(3):
        assert asked.rows("two", lambda: people("team", "agent", "100%s 'of'")) == [("agent",), ("team",)]
        assert asked.rows("one", lambda: people("team")) == [("team",)]
        assert asked.rows("two", lambda: people("nobody asks for this")) == [("agent",), ("team",)]
    assert len(made) == 2

    ContentType.objects.filter(model="agent").update(model="agent of old")
    assert asked.rows("two", lambda: people()) == [("team",)]


def test_who_may_find_nothing_costs_no_statement(django_assert_num_queries):
    asked = AskedAgain()
    with django_assert_num_queries(0):
        for _time in range(2):
            assert asked.rows("none", lambda: ContentType.objects.none().values_list("pk")) == []


def test_the_server_keeps_what_is_asked_again_and_not_too_much_is_kept_here():
    asked = AskedAgain(most=2)
    for model in ("team", "agent", "role"):
        for _time in range(PREPARED_AFTER + 1):
            found = ContentType.objects.filter(model=model).values_list("model")
            assert asked.rows(model, found.all) == [(model,)]

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ %s", ["= '(team|agent|role)'"])
        assert cursor.fetchone() == (3,)
    assert list(asked._texts) == ["role"]

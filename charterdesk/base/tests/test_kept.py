import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from charterdesk.base.kept import AnyGiven, Given, Kept
from charterdesk.base.postgresql.base import PREPARED_AFTER
from charterdesk.base.postgresql.prepared import prepared_cursor

pytestmark = pytest.mark.django_db


def test_a_kept_read_finds_what_it_is_given_each_time_by_one_statement_written_once(django_assert_num_queries):
    made = []

    def make():
        made.append(1)
        found = ContentType.objects.filter(app_label=Given("app"), model=AnyGiven("models"))
        return found.order_by("model").values_list("model", flat=True)

    kept = Kept(make)

    with django_assert_num_queries(4):
        assert kept.rows(app="people", models=["team", "agent", "ticket"]) == ["agent", "team"]
        assert kept.rows(app="tickets", models=["ticket"]) == ["ticket"]
        assert kept.rows(app="tickets", models=[]) == []
        assert kept.first(app="' OR 1=1 --", models=["agent"]) is None
    assert made == [1]
    with pytest.raises(KeyError, match="models"):
        kept.rows(app="people")


def test_a_kept_read_gives_rows_with_what_they_were_joined_and_counted_with():
    named = Kept(lambda: ContentType.objects.filter(pk=Given("pk")).only("model"))
    wanted = ContentType.objects.get(app_label="people", model="team")

    assert named.first(pk=wanted.pk) == wanted
    assert named.first(pk=0) is None


def test_values_that_never_change_stand_in_the_text_whatever_signs_they_hold():
    kept = Kept(
        lambda: (
            ContentType.objects.filter(app_label="people", model=Given("model"))
            .exclude(model__contains="100%s 'of'")
            .values_list("model", flat=True)
        )
    )

    assert kept.rows(model="team") == ["team"]
    assert kept.rows(model="%s") == []


def test_the_server_keeps_a_kept_read_and_what_is_asked_by_a_prepared_cursor_but_nothing_else():
    kept = Kept(lambda: ContentType.objects.filter(model=Given("model")))
    planned_anew = Kept(lambda: ContentType.objects.filter(app_label=Given("app")), one_plan=False)
    for _ in range(PREPARED_AFTER + 1):
        kept.rows(model="team")
        assert len(planned_anew.rows(app="people")) > 1
        with prepared_cursor() as cursor:
            cursor.execute("SELECT id FROM people_team WHERE name = %s", ["Leaks"])
        ContentType.objects.filter(model="agent").first()

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name LIKE '_pg3%%' ORDER BY 1")
        texts = [text for (text,) in cursor.fetchall()]

    assert [text.partition(" WHERE ")[2] for text in texts if "people_team" in text] == ["name = $1"]
    assert [text.partition(" WHERE ")[2] for text in texts if "django_content_type" in text] == [
        '"django_content_type"."model" = $1'
    ]

import pytest
from django.contrib.contenttypes.models import ContentType

from charterdesk.base.kept import AnyGiven, Given, Kept

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

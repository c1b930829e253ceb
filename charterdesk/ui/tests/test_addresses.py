"""`{% url %}` of ours is Django's, only sooner."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_resolver, set_script_prefix

ASKED = (
    '{% url "workspace:inbox" %}',
    '{% url "workspace:ticket" number %}',
    "{% url name number=number %}",
    '{% url "workspace:queue" code %}',
    '{% autoescape off %}{% url "workspace:queue" code %}{% endautoescape %}',
    '{% url "workspace:ticket" number as kept %}[{{ kept }}]',
    '{% url "nowhere" as kept %}[{{ kept }}]',
)
VALUES = {"number": 1042, "name": "workspace:ticket", "code": "it's"}


@pytest.mark.parametrize("asked", ASKED)
def test_it_says_what_djangos_says_each_time(asked: str):
    ours, djangos = Template("{% load ui %}" + asked), Template(asked)
    for values in (VALUES, VALUES, {**VALUES, "number": 7}, {**VALUES, "number": True}):
        said: list[str] = []
        for template in (djangos, ours):
            try:
                said.append(template.render(Context(values)))
            except NoReverseMatch:
                said.append("no such address")
        assert said[0] == said[1] != ""


def test_what_there_is_not_is_told_every_time():
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            Template('{% load ui %}{% url "workspace:ticket" "x y" %}').render(Context())


def test_beneath_another_path_it_is_another_address():
    template = Template('{% load ui %}{% url "workspace:inbox" %}')
    here = template.render(Context())
    set_script_prefix("/help/")
    try:
        assert template.render(Context()) == f"/help{here}"
    finally:
        set_script_prefix("/")


def test_no_application_is_there_twice_so_that_an_address_hangs_on_its_name_alone():
    assert {name: found for name, found in get_resolver().app_dict.items() if len(found) > 1} == {}

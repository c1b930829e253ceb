"""The check of translations finds what is missing or broken; were it blind, a language could rot unseen."""

import polib
import pytest

from tests.translations import Found, Text, fault_of, read_python, read_template


def texts(code, *, template=False):
    found = Found()
    (read_template if template else read_python)(code, "somewhere", found)
    return set(found.places), found.faults


def test_texts_are_found_in_python_under_any_name():
    code = """
from django.utils.translation import gettext_lazy as _, ngettext as many, pgettext

_("Solved" " already")
many("%(count)s mail", "%(count)s mails", n)
pgettext("ticket", "open")
print("not a text")
"""
    assert texts(code) == (
        {
            Text("Solved already"),
            Text("%(count)s mail", "%(count)s mails"),
            Text("open", context="ticket"),
        },
        [],
    )


def test_a_formatted_string_is_a_fault_for_no_catalogue_can_hold_it():
    code = "from django.utils.translation import gettext as _\n_(f'Hello {name}')\n"

    assert texts(code) == (set(), ["somewhere:2: an f-string can't be translated; use a placeholder"])


def test_texts_are_found_in_templates():
    code = """{% load i18n %}<p title="{% trans 'Your "own" request' %}">
{% blocktranslate count n=mails %}{{ n }} mail{% plural %}{{ n }} mails{% endblocktranslate %}
{% translate "open" context "ticket" %} {{ _("Close (now)") }} {% if x == _("Late") %}{% endif %}"""

    assert texts(code, template=True) == (
        {
            Text('Your "own" request'),
            Text("%(n)s mail", "%(n)s mails"),
            Text("open", context="ticket"),
            Text("Close (now)"),
            Text("Late"),
        },
        [],
    )


@pytest.mark.parametrize(
    ("message", "translation", "fault"),
    [
        ("Due %(time)s", "Fällig %(time)s", None),
        ("Due %(time)s", "", "not translated"),
        ("Due %(time)s", "Fällig", "lacks a placeholder of the source"),
        ("Due %(time)s", "Fällig %(zeit)s", "has a placeholder that the source has not"),
        ("<a>Open</a> it", "Öffne es", "has other HTML tags than the source"),
        ("Open\n", "Offen", "ends differently from the source"),
    ],
)
def test_a_translation_must_carry_what_the_source_carries(message, translation, fault):
    assert fault_of(polib.POEntry(msgid=message, msgstr=translation)) == fault


def test_a_plurals_form_for_one_may_leave_the_number_out_but_not_the_last():
    def entry(one, many):
        return polib.POEntry(msgid="%(n)s mail", msgid_plural="%(n)s mails", msgstr_plural={0: one, 1: many})

    assert fault_of(entry("eine Mail", "%(n)s Mails")) is None
    assert fault_of(entry("eine Mail", "Mails")) == "lacks a placeholder of the source"
    assert fault_of(entry("eine Mail", "")) == "not translated"


def test_a_fuzzy_translation_does_not_count():
    assert fault_of(polib.POEntry(msgid="Open", msgstr="Offen", flags=["fuzzy"])) == "fuzzy"

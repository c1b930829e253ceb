"""What is wrong with an expression is said in words, with its place."""

import pytest

from charterdesk.events.expression_problems import unknown_fields, wrong_in

NAMES = ["ticket", "event", "message"]


@pytest.mark.parametrize(
    ("expression", "said", "marked"),
    [
        ("tickt.number > 3", "column 1: “tickt” is not known here. Did you mean “ticket”?", "tickt"),
        ("xyz", "column 1: “xyz” is not known here. Known are: ticket, event, message.", "xyz"),
        ("true\n&& tikcet.x == 1", "line 2, column 4: “tikcet” is not known here. Did you mean “ticket”?", "tikcet"),
        (
            "ticket.subject.contans('x')",
            "column 16: There is no function “contans”. Did you mean “contains”?",
            "contans",
        ),
        ("ticket.number >", "column 16: Something is missing at the end.", ""),
        ("(ticket.number > 3", "column 19: “)” is missing here.", ""),
        ("ticket.a in ['x'", "column 17: “]” is missing here.", ""),
        ("ticket.number = 3", "column 15: Write “==” in place of “=”.", "="),
        ("ticket.a and ticket.b", "column 10: Write “&&” in place of “and”.", "and"),
        ("ticket.a == 'x", "column 13: The text that begins here has no closing quote.", "'x"),
        ("'a' > 3", "column 5: “>” does not go with: a text, a number.", ">"),
        ("ticket.a > 3 ticket", "column 14: “ticket” can't stand here.", "ticket"),
        ("size(ticket)", "column 1: This gives a value, not yes or no: compare it with something.", "size(ticket)"),
        ("has(ticket)", "column 5: This can't be read.", "ticket)"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_is_near(expression, said, marked):
    wrong = wrong_in(expression, NAMES)

    assert wrong
    assert (str(wrong), wrong.marked) == (said, marked)
    assert wrong.before + wrong.marked + wrong.after == expression.split("\n")[wrong.line - 1]


@pytest.mark.parametrize("expression", ["ticket.number > 3", "ticket.is_vip", "ticket.tags.exists(t, t == 'x')"])
def test_what_can_be_read_has_nothing_wrong(expression):
    assert wrong_in(expression, NAMES) is None


def test_a_field_that_is_like_a_known_one_is_asked_about_and_others_are_not():
    expression = "ticket.nummber > 3 && ticket.channel == 'ticket.chanel' && event.zone == 1 && message.text.size() > 5"
    said = unknown_fields(expression, NAMES, ["ticket.number", "ticket.channel", "message.text"])

    assert said == ["“ticket.nummber” is no field that a form offers. Did you mean “ticket.number”?"]

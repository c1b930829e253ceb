"""Bounces as many servers shape them: where the address stands, and what is no bounce though it looks like one."""

import pytest

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.tests.making import bounced, raw_mail, reported

JANE = "jane@customer.example"
SHAPES = {
    "an X.400 address": (
        "Your message\n\n  To:      list@utility.example\n  Subject: Meter\n\ndid not reach the following"
        " recipient(s):\n\n"
        f"c=DE;a= ;p=Customer;o=Site;dda:SMTP={JANE}; on Fri, 4 Oct 2002\n17:12:28 -0400\n"
        "    The recipient name is not recognized\n"
    ),
    "a local user": (
        f"Your message could not be delivered to local user jane.\n(Originally addressed to {JANE})\n\nUnknown\n"
    ),
    "an address we did not know": (
        "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent"
        " error.\n"
        f"The following address(es) failed:\n\n  an undisclosed address\n    (generated from {JANE})\n"
    ),
    "fields for programs": f"Sorry.\n\nError-for:  {JANE}\nError-Code: 0\nError-Text: 550 no such user\n",
    "in brackets": f"Delivery has failed:\n\n\t* [{JANE}]: 550 {JANE}...User account is overquota\n",
    "a service's name before it": f"could not be reached:\n\n\tRecipient: [SMTP:{JANE}]\n\tReason: 550 no mailbox\n",
    "below a dash": f"an email addressed to email address :\n-- {JANE}\n\ncould not be delivered: 550 unknown user\n",
    "in quotes": f'Delivery of email to this address\n\n"{JANE}"\n\nhas failed: the mailbox is full.\n',
    "before the reason": f"{JANE} - no such user here.\n\nThere is no user by that name at this server.\n",
    "in a sentence": f"Your message to {JANE} was wrong, or is no longer valid.\n\nIt has NOT been delivered.\n",
    "a field of its own": f"Invalid final delivery userid: {JANE}\n\nOriginal message follows.\n",
    "an angle and nothing": f"customer.example.\n\n<{JANE}>:\n\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_address_is_found_wherever_it_stands(shape: str) -> None:
    mail = read_mail(bounced(SHAPES[shape]))

    assert mail.verdict == "bounce" and mail.bounce
    assert [recipient.address for recipient in mail.bounce.recipients] == [JANE]


def test_a_provider_names_its_own_users_without_their_domain() -> None:
    text = "Your mail to the following recipients could not be delivered because they do not accept it:\n\tjane\n"
    mail = read_mail(bounced(text, sender="MAILER-DAEMON@customer.example", subject="Mail Delivery Problem"))

    assert mail.bounce and [recipient.address for recipient in mail.bounce.recipients] == [JANE]


def test_a_server_that_signs_as_somebody_is_known_by_its_words() -> None:
    raw = raw_mail(
        f"--- Non-Delivery Report ---\nThe email below could not be delivered to the following user:\n\n<{JANE}>\n",
        headers={"From": "admin@customer.example", "Subject": "Non-Delivery: Your meter"},
    )

    assert read_mail(raw).verdict == "bounce"


def test_a_person_who_writes_about_a_bounce_writes_a_message() -> None:
    raw = raw_mail(
        f"Hello,\n\nmy mail to {JANE} came back with 550 5.1.1 user unknown, automatically generated it says."
        " Can you help?",
        headers={"From": "Tom <tom@home.example>", "Subject": "Mail delivery failed"},
    )

    assert read_mail(raw).verdict == "message"


def test_the_address_is_the_one_we_wrote_to_not_the_one_it_was_handed_on_to() -> None:
    status = (
        "Final-Recipient: rfc822; j17@mailstore.internal.example\nOriginal-Recipient: rfc822;jane@customer.example\n"
    )
    mail = read_mail(reported(f"{status}Action: failed\nStatus: 5.2.2\n"))

    assert mail.bounce and [recipient.address for recipient in mail.bounce.recipients] == [JANE]


def test_two_it_was_handed_on_to_are_two_failures() -> None:
    status = "\n".join(
        f"Final-Recipient: rfc822; j{number}@internal.example\nOriginal-Recipient: rfc822;{JANE}\nAction: failed\n"
        f"Status: 5.1.1\n"
        for number in (1, 2)
    )
    mail = read_mail(reported(status))

    assert mail.bounce and [recipient.address for recipient in mail.bounce.recipients] == [JANE, JANE]


def test_a_report_that_a_gateway_attached_whole_is_read() -> None:
    inner = reported(f"Final-Recipient: rfc822; {JANE}\nAction: failed\nStatus: 5.1.1\n").decode().replace("--B", "--I")
    inner = inner.replace('boundary="B"', 'boundary="I"')
    raw = raw_mail(
        f"--B\nContent-Type: message/rfc822\n\n{inner}\n--B--\n",
        headers={
            "From": "postmaster@gateway.example",
            "Subject": "Delivery Status Notification (Failure)",
            "Content-Type": 'multipart/mixed; report-type=delivery-status; boundary="B"',
        },
    )
    mail = read_mail(raw)

    assert mail.bounce and [(one.address, one.hard) for one in mail.bounce.recipients] == [(JANE, True)]


def test_a_report_that_names_nobody_is_a_bounce_all_the_same() -> None:
    mail = read_mail(reported("", words="<<< No Message Collected >>>", original="Subject: x\n"))

    assert mail.verdict == "bounce" and mail.bounce and mail.bounce.recipients == ()


def test_a_report_of_success_is_an_automatic_answer() -> None:
    mail = read_mail(reported(f"Final-Recipient: rfc822; {JANE}\nAction: delivered\nStatus: 2.0.0\n"))

    assert (mail.verdict, mail.bounce) == ("auto_reply", None)


def test_a_name_the_server_cannot_look_up_is_no_fault_of_a_program() -> None:
    status = f"Final-Recipient: rfc822; {JANE}\nAction: failed\nStatus: 5.0.0\n"
    mail = read_mail(reported(f"{status}Diagnostic-Code: X-Postfix; [mx.example]: Name or service not known\n"))

    assert mail.bounce and [(one.reason, one.hard) for one in mail.bounce.recipients] == [("hostunknown", True)]


@pytest.mark.parametrize(
    "text",
    [
        "This account is protected by a filter. Please click on the following link to be added to the allowed list.",
        "Your message is being held until you verify that you are human.",
    ],
)
def test_a_filter_that_asks_whether_we_are_human_gets_no_answer(text: str) -> None:
    assert read_mail(raw_mail(text, headers={"Subject": "Re: Your meter"})).verdict == "auto_reply"


def test_a_null_path_and_the_wish_not_to_be_answered_are_a_program() -> None:
    headers = {"Return-Path": "<>", "Precedence": "bulk", "Subject": "Thank you for your mail"}

    assert read_mail(raw_mail("I will answer as soon as I can.", headers=headers)).verdict == "auto_reply"

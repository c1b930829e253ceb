"""Bounces with a machine-readable report, delays, receipts, and mails that only look like bounces."""

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.tests.making import bounced, raw_mail, reported


def recipients(raw):
    mail = read_mail(raw)
    return [r.as_json() for r in mail.bounce.recipients] if mail.bounce else mail.verdict


def test_each_recipient_of_a_report_is_told_apart():
    raw = reported(
        "Final-Recipient: rfc822; jane@customer.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        "Final-Recipient: rfc822; joe@customer.example\nAction: delayed\nStatus: 4.4.1\n"
        "Diagnostic-Code: smtp; connect to mx.customer.example: Connection timed out\n"
    )

    assert recipients(raw) == [
        {
            "address": "jane@customer.example",
            "status": "5.1.1",
            "action": "failed",
            "hard": True,
            "reason": "userunknown",
        },
        {"address": "joe@customer.example", "status": "4.4.1", "action": "delayed", "hard": False, "reason": "expired"},
    ]


def test_a_bounce_knows_the_mail_that_bounced():
    raw = reported("Final-Recipient: rfc822; jane@customer.example\nAction: failed\nStatus: 5.1.1\n")
    bounce = read_mail(raw).bounce

    assert bounce is not None
    assert bounce.original_message_id == "sent-1@utility.example"


def test_a_vague_status_gives_way_to_the_one_in_the_words():
    raw = reported(
        "Final-Recipient: rfc822; jane@customer.example\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\n"
    )

    assert [(r["status"], r["reason"]) for r in recipients(raw)] == [("5.2.2", "mailboxfull")]


def test_an_unknown_user_after_the_text_was_sent_is_a_filter_and_not_a_dead_address():
    words = "<jane@customer.example>: host mx said: 550 Unknown user (in reply to end of DATA command)"
    raw = reported(
        "Final-Recipient: rfc822; jane@customer.example\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: smtp; 550 Unknown user\n",
        words=words,
    )

    assert [(r["reason"], r["hard"]) for r in recipients(raw)] == [("filtered", False)]


def test_a_folded_report_with_comments_and_odd_case_is_read():
    raw = reported(
        "final-recipient: RFC822;<jane@customer.example>\nACTION: Failed (permanent)\nstatus: 5.1.1 (bad mailbox)\n"
        "diagnostic-code: SMTP;\n 550 5.1.1 no\n such user\n"
    )

    assert [(r["address"], r["status"], r["reason"]) for r in recipients(raw)] == [
        ("jane@customer.example", "5.1.1", "userunknown")
    ]


def test_a_receipt_of_delivery_is_no_bounce():
    raw = reported("Final-Recipient: rfc822; jane@customer.example\nAction: delivered\nStatus: 2.1.5\n")

    assert read_mail(raw).bounce is None


def test_a_warning_of_delay_is_a_bounce_that_has_not_failed():
    raw = bounced(
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been"
        " delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to"
        " which the"
        " message has not yet been delivered is:\n\n  jane@customer.example\n    Delay reason: Connection"
        " timed out\n\n"
        "No action is required on your part. Delivery attempts will continue for\nsome time.\n",
        subject="Warning: message 1abc delayed 24 hours",
    )

    assert recipients(raw) == [
        {"address": "jane@customer.example", "status": "4.4.7", "action": "delayed", "hard": False, "reason": "expired"}
    ]


def test_several_addresses_in_words_are_all_found():
    raw = bounced(
        "I wasn't able to deliver your message to the following addresses.\n\n<jane@customer.example>:\nno"
        " mailbox here by"
        " that name. (#5.1.1)\n\n<joe@customer.example>:\nMailbox is full (#5.2.2)\n\n--- Below this line is a"
        " copy of the"
        " message.\n\nTo: ann@customer.example\n",
        subject="failure notice",
    )

    assert [(r["address"], r["reason"]) for r in recipients(raw)] == [
        ("jane@customer.example", "userunknown"),
        ("joe@customer.example", "mailboxfull"),
    ]


def test_a_persons_reply_that_quotes_a_bounce_is_a_message():
    raw = raw_mail(
        "Why did I get this?\n\n> <jane@customer.example>: host mx said: 550 5.1.1 User unknown\n",
        Subject="Re: Undelivered Mail Returned to Sender",
    )

    assert read_mail(raw).verdict == "message"


def test_a_persons_mail_with_a_bounce_attached_is_a_message():
    attached = bounced("<jane@customer.example>:\n550 5.1.1 User unknown\n").decode()
    raw = raw_mail(
        f"--X\nContent-Type: text/plain\n\nLook at this.\n--X\nContent-Type: message/rfc822\n\n{attached}\n--X--\n",
        headers={"Content-Type": "multipart/mixed; boundary=X", "Subject": "Delivery failure"},
    )
    mail = read_mail(raw)

    assert mail.verdict == "message"
    assert [forwarded.verdict for forwarded in mail.forwarded] == ["bounce"]


def test_a_person_who_writes_about_a_failed_delivery_is_no_mail_server():
    raw = raw_mail(
        "My parcel could not be delivered. Please write to jane@customer.example, user unknown to the driver.",
        Subject="Delivery failed",
    )

    assert read_mail(raw).verdict == "message"


def test_a_shop_robot_that_names_an_address_is_no_bounce():
    raw = raw_mail(
        "Your order failed. Questions: help@shop.example. Payment could not be completed.",
        From="Shop <no-reply@shop.example>",
        Subject="Your order",
    )

    assert read_mail(raw).verdict == "message"

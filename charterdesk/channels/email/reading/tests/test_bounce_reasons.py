"""Why, in one word: what servers say, the command they answered, and the reason that follows."""

import pytest

from charterdesk.channels.email.reading.bounce_reasons import is_hard, reason_for, usual_status
from charterdesk.channels.email.reading.bounce_texts import status_in

SAID = [
    ("550 5.4.1 [a@b.c]: Recipient address rejected: Access denied", "", "RCPT", "userunknown"),
    ("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "", "", "userunknown"),
    (
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient a@b not found by SMTP address lookup",
        "",
        "",
        "userunknown",
    ),
    (
        "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
        "",
        "",
        "policyviolation",
    ),
    ("550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP", "", "", "blocked"),
    ("550 5.7.606 Access denied, banned sending IP [1.2.3.4]", "", "", "blocked"),
    ("550 5.7.64 TenantAttribution; Relay Access Denied", "", "", "norelaying"),
    ("554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceeded", "", "", "mailboxfull"),
    ("550 5.4.310 DNS domain x.example does not exist", "", "", "hostunknown"),
    ("550 5.4.316 Message expired, connection refused", "", "", "expired"),
    ("550 5.4.14 Hop count exceeded - possible mail loop", "", "", "networkerror"),
    ("552 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient", "", "", "exceedlimit"),
    ("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", "", "", "securityerror"),
    ("550-5.1.1 The email account that you tried to reach does not exist. Please try", "", "RCPT", "userunknown"),
    ("550 5.2.1 The email account that you tried to reach is disabled", "", "RCPT", "suspend"),
    ("550 5.2.1 The email account that you tried to reach is inactive", "", "RCPT", "suspend"),
    ("550-5.7.1 Our system has detected that this message is likely unsolicited mail", "", "DATA", "spamdetected"),
    ("554 delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [0]", "", "", "userunknown"),
    (
        "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com",
        "",
        "DATA",
        "policyviolation",
    ),
    (
        "553 5.7.1 [BL21] Connections will not be accepted from 1.2.3.4, because the ip is in Spamhaus's list",
        "",
        "",
        "blocked",
    ),
    ("550 Requested action not taken: mailbox unavailable", "", "RCPT", "userunknown"),
    ("550 Requested action not taken: mailbox unavailable", "", "", "userunknown"),
    ("554 5.7.1 <a@b>: Recipient address rejected: Access denied", "", "RCPT", "userunknown"),
    ("452 4.3.1 Insufficient system storage", "", "RCPT", "systemfull"),
    ("552 5.3.4 Message size exceeds fixed limit", "", "MAIL", "mesgtoobig"),
    ("535 5.7.8 Error: authentication failed", "", "", "securityerror"),
    ("571 Delivery not authorized, message refused", "", "", "rejected"),
    ("550 #5.1.0 Address rejected.", "", "RCPT", "userunknown"),
    ("550 Administrative prohibition", "", "DATA", "rejected"),
    ("550 Sender verify failed", "", "RCPT", "rejected"),
    ("connect to x.example[1.2.3.4]:25: Connection timed out", "4.4.1", "", "expired"),
    ("connect to x.example[1.2.3.4]:25: No route to host", "4.4.1", "", "networkerror"),
    ("lost connection with x while sending RCPT TO", "4.4.2", "", "networkerror"),
    (
        "Host or domain name not found. Name service error for name=x type=MX: Host not found",
        "5.4.4",
        "",
        "hostunknown",
    ),
    (
        "Host or domain name not found. Name service error for name=x type=MX: Host not found, try again",
        "4.4.3",
        "",
        "networkerror",
    ),
    ("550 5.7.1 Message content rejected, UBE, id=1-2", "", "DATA", "spamdetected"),
    ("554 5.7.0 Reject, id=123 - SPAM", "", "DATA", "spamdetected"),
    ("552-5.7.0 Our system detected an illegal attachment on your message", "", "DATA", "policyviolation"),
    ("554 5.7.1 virus Eicar-Test-Signature detected", "", "DATA", "virusdetected"),
    ("550 5.7.1 Email rejected per SPF policy", "", "MAIL", "authfailure"),
    ("550 5.7.1 message rejected due to DMARC policy", "", "DATA", "authfailure"),
    ("554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using bl.spamcop.net", "", "RCPT", "blocked"),
    ("550 5.7.25 reverse DNS lookup for host 1.2.3.4 failed permanently", "", "", "blocked"),
    ("450 4.7.1 Client host rejected: cannot find your hostname, [1.2.3.4]", "", "RCPT", "blocked"),
    ("421 4.3.2 Too many connections", "", "", "toomanyconn"),
    ("450 4.2.1 The user you are trying to contact is receiving mail at a rate that", "", "RCPT", "speeding"),
    ("550 5.1.2 Host unknown (Name server: x: host not found)", "", "", "hostunknown"),
    ("550 5.1.6 recipient no longer on server", "", "RCPT", "hasmoved"),
    ('550 unknown local-part "x" in domain "y"', "", "RCPT", "userunknown"),
    ("550 5.1.1 User unknown: host unknown", "", "RCPT", "userunknown"),
    ("550 no such user here", "", "DATA", "filtered"),
    ("503 5.5.1 Error: need RCPT command", "", "DATA", "syntaxerror"),
    ("554 5.6.0 message header error: duplicate header", "", "DATA", "contenterror"),
    ("556 5.3.2 host does not accept mail", "", "", "notaccept"),
    ("550 5.1.10 recipient address has null MX", "5.1.10", "", "notaccept"),
    ("550 maximum forwarding loop count exceeded", "", "", "networkerror"),
    ("554 5.4.0 Too many hops", "", "", "networkerror"),
    ("550 relay not permitted", "", "RCPT", "norelaying"),
    ("550 5.7.1 Unable to relay for a@b", "", "RCPT", "norelaying"),
    ("Mail quota exceeded", "5.2.2", "", "mailboxfull"),
    ("550 5.1.1 mailbox over quota", "", "RCPT", "mailboxfull"),
    ("delivery temporarily suspended: connect to x: Connection refused", "4.4.1", "", "expired"),
    ("retry time not reached for any host after a long failure period", "", "", "expired"),
    ("all relevant MX records point to non-existent hosts", "", "", "hostunknown"),
    ("an MX or SRV record indicated no SMTP service", "", "", "notaccept"),
    ("550 Mailbox is inactive", "", "RCPT", "suspend"),
    ("550 5.2.0 recipient refuses mail from you", "", "RCPT", "filtered"),
    ("local delivery failed", "", "", "systemerror"),
    ("450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted", "", "RCPT", "blocked"),
]


@pytest.mark.parametrize(("words", "status", "command", "reason"), SAID, ids=[words[:50] for words, *_ in SAID])
def test_words_status_and_command_give_the_reason(words, status, command, reason):
    assert reason_for(words, status=status or status_in(words), action="failed", command=command) == reason


def test_only_a_dead_address_is_hard():
    assert [is_hard("userunknown", "5.1.1"), is_hard("notaccept", "5.3.2")] == [True, True]
    assert [is_hard("notaccept", "4.3.2"), is_hard("mailboxfull", "5.2.2"), is_hard("blocked", "5.7.1")] == [False] * 3


def test_a_server_without_a_status_gets_the_usual_one():
    assert usual_status("userunknown", temporary=False) == "5.1.1"
    assert usual_status("userunknown", temporary=True) == "4.1.1"
    assert usual_status("onhold", temporary=False) == "5.0.0"


def test_a_program_that_failed_is_a_mailer_error():
    assert reason_for("127", status="5.3.0", action="failed", command="", kind="x-unix") == "mailererror"


def test_no_words_are_undefined_and_strange_ones_on_hold():
    assert reason_for("", status="", action="failed", command="") == "undefined"
    assert reason_for("the moon is wrong", status="", action="failed", command="") == "onhold"
    assert reason_for("", status="", action="delayed", command="") == "expired"

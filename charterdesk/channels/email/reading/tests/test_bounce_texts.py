"""Bounces in words: what each kind of mail server says must give the address and why."""

import pytest

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.tests.making import bounced

JANE = "jane@customer.example"
COPY = "\n\nReceived: from desk\nFrom: desk@utility.example\nTo: jane@customer.example\nSubject: Your meter\n\nHello"

SAID = {
    "postfix": (
        "This is the mail system at host relay.example.\n\nI'm sorry to have to inform you that your message"
        " could not\n"
        "be delivered to one or more recipients. It's attached below.\n\n                   The mail system\n\n"
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 550 5.1.1\n"
        "    <jane@customer.example>: Recipient address rejected: User unknown in local\n"
        "    recipient table (in reply to RCPT TO command)\n",
        "5.1.1", "userunknown", True,
    ),
    "postfix, full": (
        "This is the mail system at host relay.example.\n\n<jane@customer.example>: host"
        " mx.customer.example[192.0.2.1]"
        " said: 552 5.2.2 Mailbox full (in reply to end of DATA command)\n",
        "5.2.2", "mailboxfull", False,
    ),
    "postfix, no host": (
        "<jane@customer.example>: Host or domain name not found. Name service error for\n    name=customer.example"
        " type=A: Host not found\n",
        "5.1.2", "hostunknown", True,
    ),
    "exim": (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to one or more of its\nrecipients. This is a permanent error. The following address(es)"
        " failed:\n\n"
        "  jane@customer.example\n    SMTP error from remote mail server after RCPT TO:<jane@customer.example>:\n"
        "    host mx.customer.example [192.0.2.1]: 550 No such user here\n\n"
        "------ This is a copy of the message, including all the headers. ------",
        "5.1.1", "userunknown", True,
    ),
    "exim, unrouteable": (
        "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error."
        " The following address(es) failed:\n\n  jane@customer.example\n    Unrouteable address\n\n"
        "------ This is a copy of the message, including all the headers. ------",
        "5.1.2", "hostunknown", True,
    ),
    "exim, retry timeout": (
        "A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es)"
        " failed:\n\n  jane@customer.example\n    retry timeout exceeded\n\n------ This is a copy",
        "4.4.7", "expired", False,
    ),
    "gmx": (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to\none or more of its recipients. This is a permanent error.\nThe following address failed:\n\n"
        '"jane@customer.example":\nSMTP error from remote server after RCPT command:\nhost: mx.customer.example\n'
        "5.1.1 <jane@customer.example>... User Unknown\n",
        "5.1.1", "userunknown", True,
    ),
    "1&1": (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        " delivered to\none or more of its recipients. This is a permanent error.\n\nThe following address"
        " failed:\n\n"
        "jane@customer.example:\nMail size limit exceeded. For explanation visit\nhttp://postmaster.1and1.com/\n",
        "5.3.4", "mesgtoobig", False,
    ),
    "qmail": (
        "Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your"
        " message to the"
        " following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<jane@customer.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 sorry, no mailbox"
        " here by"
        " that name (#5.1.1)\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.",
        "5.1.1", "userunknown", True,
    ),
    "qmail, no host": (
        "Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your"
        " message to the"
        " following addresses.\n\n<jane@customer.example>:\nSorry, I couldn't find any host named customer.example."
        " (#5.1.2)\n\n--- Below this line is a copy of the message.",
        "5.1.2", "hostunknown", True,
    ),
    "qmail, too long": (
        "Hi. This is the qmail-send program at relay.example.\n\n<jane@customer.example>:\nSorry, I wasn't able to"
        " establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too"
        " long.\n\n--- Below this line is a copy of the message.",
        "4.4.1", "expired", False,
    ),
    "sendmail": (
        "The original message was received at Mon, 3 May 2021 10:20:00 +0200\nfrom desk [192.0.2.9]\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n<jane@customer.example>\n"
        "    (reason: 550 5.1.1 <jane@customer.example>... User unknown)\n\n"
        "   ----- Transcript of session follows -----\n... while talking to mx.customer.example.:\n"
        ">>> RCPT To:<jane@customer.example>\n<<< 550 5.1.1 <jane@customer.example>... User unknown\n",
        "5.1.1", "userunknown", True,
    ),
    "old sendmail": (
        "   ----- Transcript of session follows -----\n550 jane@customer.example... User unknown\n\n"
        "   ----- Unsent message follows -----",
        "5.1.1", "userunknown", True,
    ),
    "exchange 2003": (
        "Your message\n\n  To:      jane@customer.example\n  Subject: Your meter\n  Sent:    Mon, 3 May 2021\n\n"
        "did not reach the following recipient(s):\n\njane@customer.example on Mon, 3 May 2021 10:20:00 +0200\n"
        "    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=jp;a= ;p=x\n"
        "    MSEXCH:IMS:x:y 0 (000C05A6) Unknown Recipient\n",
        "5.1.1", "userunknown", True,
    ),
    "exchange 2007": (
        "Delivery has failed to these recipients or distribution lists:\n\njane@customer.example\nThe"
        " recipient's e-mail"
        " address was not found in the recipient's e-mail system.\n\nDiagnostic information for administrators:\n\n"
        "Generating server: mx.customer.example\n\njane@customer.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not"
        " found ##\n\nOriginal message headers:\n\nReceived: from x",
        "5.1.1", "userunknown", True,
    ),
    "domino": (
        "Your message\n\n  Subject: Your meter\n\nwas not delivered to:\n\n  jane@customer.example\n\nbecause:\n\n"
        "  User jane (jane@customer.example) not listed in Domino Directory\n",
        "5.1.1", "userunknown", True,
    ),
    "lotus notes": (
        "------- Failure Reasons  --------\n\nUser not listed in public Name & Address"
        " Book\njane@customer.example\n\n"
        "------- Returned Message --------\n\nReceived: from x",
        "5.1.1", "userunknown", True,
    ),
    "gmail, old": (
        "Delivery to the following recipient failed permanently:\n\n     jane@customer.example\n\nTechnical"
        " details of"
        " permanent failure: \nGoogle tried to deliver your message, but it was rejected by the recipient domain. The"
        " error that the other server returned was: 550 550 5.1.1 <jane@customer.example>... User unknown"
        " (state 14).\n\n"
        "----- Original message -----\n",
        "5.1.1", "userunknown", True,
    ),
    "yahoo": (
        "Sorry, we were unable to deliver your message to the following address.\n\n<jane@customer.example>:\nRemote"
        " host said: 550 5.1.1 <jane@customer.example>... User Unknown [RCPT_TO]\n\n--- Below this line is a"
        " copy of the"
        " message.\n",
        "5.1.1", "userunknown", True,
    ),
    "mail.ru": (
        "This message was created automatically by mail.ru delivery software.\n\nA message that you sent could not be"
        " delivered to one or more of its\nrecipients. This is a permanent error. The following address(es)"
        " failed:\n\n"
        "  jane@customer.example\n    Mailbox is full / Blocks limit exceeded / Inode limit exceeded\n\n"
        "------ This is a copy of the message, including all the headers. ------",
        "5.2.2", "mailboxfull", False,
    ),
    "zoho": (
        "This message was created automatically by mail delivery software.\n A message that you sent could not be"
        " delivered to one or more of its recipients. This is a permanent error. \n\njane@customer.example Invalid"
        " Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <jane@customer.example>... User Unknown\n\n\n"
        "Received:from mail.zoho.com",
        "5.1.1", "userunknown", True,
    ),
    "courier": (
        "This is a delivery status notification from relay.example,\nrunning the Courier mail server, version"
        " 0.65.2.\n\n"
        "The original message was received on Mon, 3 May 2021\n\n"
        "---------------------------------------------------------------------------\n\n"
        "                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be"
        " delivered:"
        "\n\n<jane@customer.example>:\n    mx.customer.example [192.0.2.1]:\n>>> RCPT TO:<jane@customer.example>\n"
        "<<< 550 5.1.1 <jane@customer.example>... User Unknown\n\n"
        "---------------------------------------------------------------------------",
        "5.1.1", "userunknown", True,
    ),
    "opensmtpd": (
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has"
        " occurred while"
        " attempting to deliver a message for\n    the following list of recipients:\n\njane@customer.example:"
        " 550 5.2.2"
        " <jane@customer.example>... Mailbox Full\n\n    Below is a copy of the original message:\n\nReceived:"
        " from x",
        "5.2.2", "mailboxfull", False,
    ),
    "dragonfly": (
        "Your message to the following recipients could not be delivered:\n\njane@customer.example: remote host said:"
        " 550 5.1.1 no such user\n\nMessage headers follow.",
        "5.1.1", "userunknown", True,
    ),
    "james": (
        "Hi. This is the James mail server at relay.example.\nI'm afraid I wasn't able to deliver your message to the"
        " following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.  Below\nI include"
        " the list of recipients and the reason why I was unable to deliver\nyour message.\n\nFailed recipient(s):\n"
        "jane@customer.example\n\nError message below:\n550 - Requested action not taken: no such user here\n\n"
        "Message details:\n  Subject: Your meter\n",
        "5.1.1", "userunknown", True,
    ),
    "messaging server": (
        "This report relates to a message you sent with the following header fields:\n\n  Return-path:"
        " <desk@utility.example>\n  From: desk@utility.example\n  To: jane@customer.example\n\nYour message cannot be"
        " delivered to the following recipients:\n\n  Recipient address: jane@customer.example\n  Reason: Remote SMTP"
        " server has rejected address\n  Diagnostic code: smtp;550 5.1.1 unknown or illegal alias:"
        " jane@customer.example\n  Remote system: dns;mx.customer.example\n",
        "5.1.1", "userunknown", True,
    ),
    "mailmarshal": (
        "Your message:\n   From:    desk@utility.example\n   Subject: Your meter\n\nCould not be delivered"
        " because of\n\n"
        "550 5.1.1 User unknown\n\nThe following recipients were affected: \n    jane@customer.example\n",
        "5.1.1", "userunknown", True,
    ),
    "mcafee": (
        "This is an automatically generated Delivery Status Notification.\n\n"
        " --- The following addresses had delivery problems ---\n\n<jane@customer.example>   (User unknown"
        " jane@customer.example)\n",
        "5.1.1", "userunknown", True,
    ),
    "interscan": (
        "Sent <<< RCPT TO:<jane@customer.example>\nReceived >>> 550 5.1.1 <jane@customer.example>... user unknown\n\n"
        "Unable to deliver message to <jane@customer.example>\n",
        "5.1.1", "userunknown", True,
    ),
    "imail": ("Unknown user: jane@customer.example\n\n\nOriginal message follows.\n", "5.1.1", "userunknown", True),
    "mailfoundry": (
        "This is a MailFoundry notification.\n\nUnable to deliver message to:"
        " <jane@customer.example>\nDelivery failed"
        " for the following reason:\nServer mx.customer.example[192.0.2.1] failed with: 550"
        " <jane@customer.example>... No"
        " such user here\n",
        "5.1.1", "userunknown", True,
    ),
    "surfcontrol": (
        "Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number of"
        " attempts made: 1\nAddressed To: jane@customer.example\n\nThu 29 Apr 2010 23:34:45 +0900\nFailed to send to"
        " identified host,\njane@customer.example: [192.0.2.5], 550 jane@customer.example... No such user\n",
        "5.1.1", "userunknown", True,
    ),
    "activehunter": (
        "This message is generated by ActiveHunter mailserver.\n\n  ----- The following addresses had permanent fatal"
        " errors -----\n\n>>> jane@customer.example <<<\n\n550 sorry, no mailbox here by that name (#5.1.1 -"
        " chkuser)\n\n"
        "  ----- Original message follows -----\n",
        "5.1.1", "userunknown", True,
    ),
    "biglobe": (
        "   ----- The following addresses had delivery problems -----\njane@customer.example\n\n   -----"
        " Non-delivered"
        " information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n\n  "
        " ----- Original"
        " message follows -----",
        "5.2.2", "mailboxfull", False,
    ),
    "kddi": (
        "Your mail sent on: Thu, 29 Apr 2010 11:04:47 +0900\nCould not be delivered to:"
        " <jane@customer.example>\nAs their"
        " mailbox is full.\n\nReceived: from x",
        "5.2.2", "mailboxfull", False,
    ),
    "ezweb": (
        "The user(s) account is temporarily over quota.\n\n<jane@customer.example>\n\n"
        "--%<---\nReceived: from x",
        "5.2.2", "mailboxfull", False,
    ),
    "japanese provider": (
        "次の宛先へのメッセージはエラーのため送信できませんでした。\n\njane@customer.example\n\n"
        "理由: 宛先のメールアドレスが存在しません。\n",
        "5.1.1", "userunknown", True,
    ),
    "german provider": (
        "Ihre Nachricht konnte nicht zugestellt werden.\n\nDie folgende Adresse ist fehlgeschlagen:\n"
        "jane@customer.example\n\nGrund: Empfänger unbekannt\n",
        "5.1.1", "userunknown", True,
    ),
    "spam filter": (
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 554 5.7.1 Message rejected as spam"
        " by Content"
        " Filtering (in reply to end of DATA command)\n",
        "5.7.1", "spamdetected", False,
    ),
    "blocklist": (
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 554 5.7.1 Service unavailable;"
        " Client host"
        " [192.0.2.9] blocked using zen.spamhaus.org (in reply to RCPT TO command)\n",
        "5.7.1", "blocked", False,
    ),
    "relaying": (
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 550 5.7.1 Relaying denied (in"
        " reply to RCPT"
        " TO command)\n",
        "5.7.1", "norelaying", False,
    ),
    "suspended": (
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 550 5.2.1 The email account that"
        " you tried to"
        " reach is disabled (in reply to RCPT TO command)\n",
        "5.2.1", "suspend", False,
    ),
    "dmarc": (
        "<jane@customer.example>: host mx.customer.example[192.0.2.1] said: 550 5.7.26 Unauthenticated email from"
        " utility.example is not accepted due to domain's DMARC policy (in reply to end of DATA command)\n",
        "5.7.26", "authfailure", False,
    ),
    "pipe": (
        '<jane@customer.example>: Command died with status 255: "/usr/bin/filter"\n', "5.3.0", "mailererror", False,
    ),
    "loop": (
        "<jane@customer.example>: mail for customer.example loops back to myself\n", "5.3.0", "systemerror", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("words", SAID, ids=list(SAID))
def test_a_bounce_in_words_names_address_status_and_reason(words):
    text, status, reason, hard = SAID[words]
    mail = read_mail(bounced(text + COPY))

    assert mail.verdict == "bounce"
    assert mail.bounce is not None
    assert [r.as_json() for r in mail.bounce.recipients] == [
        {"address": JANE, "status": status, "action": "failed", "hard": hard, "reason": reason}
    ]

"""Answers of programs are told from answers of people, and the doubtful case is a person."""

import pytest

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.tests.making import raw_mail

AWAY = "I am out of the office until Monday."
AUTOMATIC = {
    "RFC 3834": {"Auto-Submitted": "auto-replied (vacation)"},
    "exchange": {"Subject": "Automatic reply: Meter", "X-Auto-Response-Suppress": "All"},
    "exchange, german": {"Subject": "Automatische Antwort: Zähler"},
    "exchange, french": {"Subject": "Réponse automatique : Compteur"},
    "exchange, russian": {"Subject": "Автоматический ответ: Счётчик"},
    "exchange, japanese": {"Subject": "自動応答: メーター"},
    "exchange, chinese": {"Subject": "自动回复: 水表"},
    "exchange, polish": {"Subject": "Odpowiedź automatyczna: Licznik"},
    "exchange, turkish": {"Subject": "Otomatik yanıt: Sayaç"},
    "exchange, arabic": {"Subject": "رد تلقائي: العداد"},
    "outlook, old": {"Subject": "Out of Office AutoReply: Meter"},
    "gmail": {"Subject": "Out of office Re: Meter", "Precedence": "bulk", "X-Autoreply": "yes"},
    "autorespond": {"X-Autorespond": "Meter", "Precedence": "bulk"},
    "autoreply by precedence": {"Precedence": "auto_reply"},
    "apple": {"X-Apple-Action": "VACATION"},
    "vacation of old": {"Precedence": "junk", "In-Reply-To": "<1@utility.example>"},
    "header of many": {"X-Autoreply-From": "jane@customer.example"},
    "null path": {"Return-Path": "<>", "Subject": "Away until Monday"},
}


@pytest.mark.parametrize("sign", AUTOMATIC, ids=list(AUTOMATIC))
def test_an_absence_note_is_an_auto_reply(sign):
    mail = read_mail(raw_mail(AWAY, headers=AUTOMATIC[sign]))

    assert (mail.verdict, mail.auto_reply, mail.automatic) == ("auto_reply", True, True)


PEOPLE = {
    "plain": {},
    "not auto-submitted": {"Auto-Submitted": "no"},
    "about an absence": {"Subject": "Absence of the meter reader on Monday"},
    "about the office": {"Subject": "Out of office hours, who do I call?"},
    "forwarding an absence note": {"Subject": "Fwd: Automatic reply: Meter"},
    "about holidays": {"Subject": "On holiday: please stop deliveries"},
    "answer to our acknowledgement": {"Subject": "Re: We received your message"},
    "about automatic answers, polish": {"Subject": "Odpowiedź automatyczna, której nie chcę"},
    "exchange user": {"X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply"},
}


@pytest.mark.parametrize("sign", PEOPLE, ids=list(PEOPLE))
def test_a_persons_mail_is_a_message(sign):
    mail = read_mail(raw_mail("Nobody came to read my meter. When will you?", headers=PEOPLE[sign]))

    assert (mail.verdict, mail.auto_reply) == ("message", False)


def test_a_mailing_is_automatic_but_no_auto_reply():
    mail = read_mail(raw_mail("News", headers={"List-Id": "<news.shop.example>", "Precedence": "bulk"}))

    assert (mail.verdict, mail.automatic, mail.list_mail) == ("message", True, True)


def test_a_monitors_alarm_is_a_message_that_gets_no_automatic_answer():
    mail = read_mail(
        raw_mail("Pump 3 is down", headers={"Auto-Submitted": "auto-generated", "Subject": "ALARM pump 3"})
    )

    assert (mail.verdict, mail.auto_reply, mail.automatic) == ("message", False, True)


def test_a_read_receipt_is_an_auto_reply():
    raw = raw_mail(
        "--B\nContent-Type: text/plain\n\nYour message was read.\n--B\n"
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually;"
        " displayed\n--B--\n",
        headers={"Content-Type": "multipart/report; report-type=disposition-notification; boundary=B"},
    )

    assert read_mail(raw).verdict == "auto_reply"


ARF = (
    "--B\nContent-Type: text/plain\n\nAn abuse report.\n--B\nContent-Type:"
    " message/feedback-report\n\nFeedback-Type: abuse\n"
    "Original-Rcpt-To: jane@customer.example\n--B\nContent-Type: message/rfc822\n\nSubject: Ours\n\nHello\n--B--\n"
)


def test_a_complaint_is_a_feedback_report_with_its_facts():
    mail = read_mail(
        raw_mail(ARF, headers={"Content-Type": "multipart/report; report-type=feedback-report; boundary=B"})
    )

    assert (mail.verdict, mail.bounce, mail.auto_reply) == ("feedback_report", None, False)
    assert mail.feedback == {"feedback-type": "abuse", "original-rcpt-to": "jane@customer.example"}


JUNK = {
    "spamassassin": {"X-Spam-Flag": "YES"},
    "spamassassin, status": {"X-Spam-Status": "Yes, score=9.1 required=5.0"},
    "rspamd": {"X-Spamd-Result": "default: True [16.20 / 15.00]; R_SPF_FAIL(1.00)"},
    "rspamd, action": {"X-Rspamd-Action": "add header"},
    "exchange": {"X-MS-Exchange-Organization-SCL": "6"},
    "exchange online": {"X-Forefront-Antispam-Report": "CIP:192.0.2.1;SFV:SPM;SCL:5"},
    "bogofilter": {"X-Bogosity": "Spam, tests=bogofilter, spamicity=0.99"},
}


@pytest.mark.parametrize("filter_", JUNK, ids=list(JUNK))
def test_what_the_sites_filter_calls_junk_is_junk(filter_):
    assert read_mail(raw_mail("Buy", headers=JUNK[filter_])).verdict == "junk"


def test_what_the_sites_filter_lets_pass_is_a_message():
    passed = {
        "X-Spam-Flag": "NO",
        "X-Spam-Status": "No, score=-1.0 required=5.0",
        "X-Spamd-Result": "default: False [-2.10 / 15.00]",
        "X-MS-Exchange-Organization-SCL": "-1",
    }

    assert read_mail(raw_mail("Hello", headers=passed)).verdict == "message"


def test_an_absence_note_that_a_filter_marked_is_still_an_auto_reply():
    assert (
        read_mail(raw_mail(AWAY, headers={"Auto-Submitted": "auto-replied", "X-Spam-Flag": "YES"})).verdict
        == "auto_reply"
    )

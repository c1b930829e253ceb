"""A reply's own words in HTML: every client marks its quotes in a way of its own."""

import pytest

from charterdesk.channels.email.reading.html_replies import reply_of_html

HTML = {
    "gmail": (
        '<div dir="ltr">Thanks</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, May'
        " 3, 2021 at"
        ' 10:20 AM B &lt;<a href="mailto:b@x.example">b@x.example</a>&gt; wrote:<br></div><blockquote'
        ' class="gmail_quote"'
        ' style="margin:0"><div>old</div></blockquote></div>'
    ),
    "outlook": (
        '<div class="WordSection1"><p class="MsoNormal">Thanks</p><div><div'
        ' style="border:none;border-top:solid #E1E1E1'
        ' 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> B'
        " &lt;b@x.example&gt;<br><b>Sent:</b> Monday"
        "</p></div></div><p>old</p></div>"
    ),
    "outlook on the web": (
        '<div>Thanks</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von:</b>'
        " B<br><b>Gesendet:</b> x"
        "</div><div>old</div>"
    ),
    "apple mail": (
        'Thanks<br><div><br><blockquote type="cite"><div>Am 03.05.2021 um 10:20 schrieb B'
        " &lt;b@x.example&gt;:</div><br>"
        "<div>old</div></blockquote></div>"
    ),
    "thunderbird": (
        '<p>Thanks</p><div class="moz-cite-prefix">On 5/3/21 10:20 AM, B wrote:<br></div><blockquote type="cite"'
        ' cite="mid:1@x"><p>old</p></blockquote><div class="moz-signature">-- <br>Jane</div>'
    ),
    "yahoo": (
        '<div class="ydp1">Thanks</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Monday, May 3, 2021, B'
        " wrote:</div><div>old</div></div>"
    ),
    "hotmail": (
        "<div dir='ltr'>Thanks<br><br><div><hr id=\"stopSpelling\">From: b@x.example<br>To:"
        " j@x.example<br>Date: x<br>"
        "<br>old</div></div>"
    ),
    "proton": (
        '<div>Thanks</div><div class="protonmail_signature_block">Sent with Proton</div><div'
        ' class="protonmail_quote">On'
        " Monday B wrote:<blockquote>old</blockquote></div>"
    ),
    "yandex": (
        '<div>Thanks</div><div>03.05.2021, 10:20, "B" &lt;b@x.example&gt;:</div><blockquote><p>old</p></blockquote>'
    ),
    "mail.ru": (
        "Thanks<br><br>Понедельник, 3 мая 2021, 10:20 +03:00 от B &lt;b@x.example&gt;:<br><blockquote>old</blockquote>"
    ),
    "aol": (
        "<div>Thanks<br><br>-----Original Message-----<br>From: B<br>To: j@x.example<br>Sent: Monday<br><br>old</div>"
    ),
    "zimbra": (
        '<div>Thanks</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From:'
        " </b>B<br></div>"
        '<div data-marker="__QUOTED_TEXT__">old</div>'
    ),
    "gmx": (
        '<div><div>Thanks</div><div class="signature">Jane</div><div>&nbsp;<div name="quote" style="margin:10px">'
        "<div><b>Gesendet:</b>&nbsp;Montag<br/><b>Von:</b>&nbsp;B</div>"
        '<div name="quoted-content">old</div></div></div></div>'
    ),
    "spark": (
        '<div name="messageBodySection">Thanks</div><div name="messageSignatureSection"><br>Jane</div>'
        '<div name="messageReplySection">On 3 May 2021, B wrote:<br>old</div>'
    ),
    "tutanota": (
        "<div>Thanks</div><div>3 May 2021, 10:20 by b@x.example:<br></div>"
        '<blockquote class="tutanota_quote">old</blockquote>'
    ),
}


@pytest.mark.parametrize("client", HTML, ids=list(HTML))
def test_a_reply_in_html_is_what_its_writer_wrote(client):
    assert reply_of_html(HTML[client]).text == "Thanks"


def test_a_forward_in_html_keeps_the_forwarded_mail():
    html = '<div>See</div><div class="gmail_quote">---------- Forwarded message ---------<br>From: A<br><br>Loud.</div>'

    assert reply_of_html(html).text == "See\n---------- Forwarded message ---------\nFrom: A\n\nLoud."


def test_a_forward_said_above_its_quote_keeps_the_forwarded_mail():
    html = (
        "<div>See</div><div>Begin forwarded message:</div><blockquote type=cite><b>From: </b>A<p>Loud.</p></blockquote>"
    )

    assert reply_of_html(html).text == "See\nBegin forwarded message:\n> From: A\n>\n> Loud."


def test_an_html_mail_that_is_all_quote_is_shown_whole():
    assert reply_of_html("<blockquote type=cite>only this</blockquote>").text == "> only this"


def test_answers_between_quotes_keep_them():
    html = (
        "<p>See below</p><blockquote type=cite><p>First?</p></blockquote><p>Yes</p>"
        "<blockquote type=cite><p>Second?</p></blockquote><p>No</p><blockquote type=cite>Regards</blockquote>"
    )

    assert reply_of_html(html).text == "See below\n\n> First?\n\nYes\n\n> Second?\n\nNo"


def test_an_empty_line_of_the_composer_is_an_empty_line():
    html = "<div>It runs.</div><div>&nbsp;</div><div>Ina</div><table><tr><td>&nbsp;</td><td>1</td></tr></table>"

    assert reply_of_html(html).text == "It runs.\n\nIna\n1"

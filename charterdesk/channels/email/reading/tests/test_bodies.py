"""Which part is the text, which a file, and what is in them."""

from base64 import b64encode
from hashlib import sha256
from struct import pack

import pytest

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.charsets import decode
from charterdesk.channels.email.reading.plaintext import enriched_to_text, unflow
from charterdesk.channels.email.reading.tests.making import raw_mail


def multipart(kind, *parts, **headers):
    text = "".join(f"--B\n{part}\n" for part in parts) + "--B--\n"
    return raw_mail(text, headers={"Content-Type": f'multipart/{kind}; boundary="B"'} | headers)


TEXT = "Content-Type: text/plain; charset=utf-8\n\nHello"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>Hello <b>you</b></p>"
FILE = (
    'Content-Type: application/pdf; name="bill.pdf"\nContent-Transfer-Encoding: base64\n\n'
    + b64encode(b"%PDF").decode()
)


def test_of_two_renderings_both_are_read():
    mail = read_mail(multipart("alternative", TEXT, HTML))

    assert (mail.body_text, mail.body_html, mail.attachments) == ("Hello", "<p>Hello <b>you</b></p>", [])


def test_html_alone_is_text_as_well():
    assert read_mail(multipart("mixed", HTML)).body_text == "Hello you"


def test_a_file_is_measured_on_its_decoded_bytes():
    [attachment] = read_mail(multipart("mixed", TEXT, FILE)).attachments

    assert attachment.as_json() == {
        "filename": "bill.pdf",
        "content_type": "application/pdf",
        "size": 4,
        "sha256": sha256(b"%PDF").hexdigest(),
        "inline": False,
    }


def test_a_picture_that_the_html_shows_is_inline():
    html = 'Content-Type: text/html\n\n<img src="cid:logo@x">'
    picture = "Content-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: attachment; filename=logo.png\n\nPNG"
    mail = read_mail(multipart("related", html, picture))

    assert [(a.filename, a.inline, a.content_id) for a in mail.attachments] == [("logo.png", True, "logo@x")]
    assert mail.body_html == '<img src="cid:logo@x">'


def test_a_calendar_part_among_the_renderings_is_a_file():
    calendar = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"
    mail = read_mail(multipart("alternative", TEXT, calendar))

    assert [a.content_type for a in mail.attachments] == ["text/calendar"]


def test_text_around_a_file_is_read_in_order():
    mail = read_mail(multipart("mixed", TEXT, FILE, "Content-Type: text/plain\n\nGoodbye"))

    assert mail.body_text == "Hello\n\nGoodbye"


def test_a_forwarded_mail_is_a_file_with_its_exact_bytes_and_can_be_read():
    inner = "From: joe@x.example\r\nSubject: Inner\r\n\r\nDeep"
    mail = read_mail(multipart("mixed", TEXT, "Content-Type: message/rfc822\n\n" + inner.replace("\r\n", "\n")))

    assert mail.attachments[0].read() == inner.encode()
    assert [forwarded.subject for forwarded in mail.forwarded] == ["Inner"]


@pytest.mark.parametrize("boundary", ['"B"', "B", "'B'", '"B'])
def test_a_boundary_is_found_however_it_is_quoted(boundary):
    text = f"--{boundary.strip(chr(34)) if boundary != chr(39) + 'B' + chr(39) else boundary}\n{TEXT}\n--B--\n"
    mail = read_mail(raw_mail(text, headers={"Content-Type": f"multipart/mixed; boundary={boundary}"}))

    assert (mail.body_text or "").startswith("Hello")


def test_a_multipart_that_lost_its_boundary_is_still_read():
    mail = read_mail(raw_mail(f"--Z\n{TEXT}\n--Z--\n", headers={"Content-Type": "multipart/mixed"}))

    assert mail.body_text == "Hello"


def test_a_mail_that_lost_its_type_but_not_its_parts_is_still_read():
    mail = read_mail(f"From: a@x.example\n\n--Z\n{TEXT}\n--Z\n{FILE}\n--Z--\n".encode())

    assert (mail.body_text, [a.filename for a in mail.attachments]) == ("Hello", ["bill.pdf"])


def test_what_is_nested_too_deep_to_be_opened_is_kept_as_a_file():
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(200)) + TEXT
    [attachment] = read_mail(("From: a@x.example\n" + deep).encode()).attachments

    assert b"Hello" in attachment.read()


def test_a_cut_off_mail_keeps_what_came():
    mail = read_mail(multipart("mixed", TEXT, FILE)[:-12])

    assert (mail.body_text, mail.attachments[0].filename) == ("Hello", "bill.pdf")


def test_nesting_without_end_is_read_without_end_of_stack():
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)) + TEXT

    assert read_mail(("From: a@x.example\n" + deep).encode()).verdict == "message"


def test_a_file_uuencoded_in_the_text_is_taken_out():
    mail = read_mail(raw_mail("See:\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n"))

    assert mail.body_text == "See:"
    assert [(a.filename, a.read()) for a in mail.attachments] == [("cat.txt", b"Cat")]


def test_flowed_lines_are_joined_within_their_quote():
    assert unflow("a \nb\n> c \n> d\n-- \nsig", delete_space=False) == "a b\n> c d\n-- \nsig"
    assert unflow("日本 \n語", delete_space=True) == "日本語"


def test_enriched_text_is_read_as_text():
    assert enriched_to_text("<bold>Hi</bold> <color><param>red</param>you</color>\n\nBye <<now") == "Hi you\nBye <now"


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("é".encode(), "", "é"),
        ("é".encode("cp1252"), "", "é"),
        ("é".encode(), "iso-8859-1", "é"),
        ("“é”".encode("cp1252"), "iso-8859-1", "“é”"),
        ("é".encode(), "x-unknown", "é"),
        ("é".encode("cp1252"), "us-ascii", "é"),
        ("你好".encode("gb18030"), "gb2312", "你好"),
        ("テスト".encode("iso2022_jp"), "iso-2022-jp", "テスト"),
        ("テスト".encode("iso2022_jp"), "us-ascii", "テスト"),
        (b"\x1b$B-!\x1b(B", "iso-2022-jp", "①"),
        ("テスト".encode("cp932"), "x-sjis", "テスト"),
        ("한국".encode("cp949"), "ks_c_5601-1987", "한국"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        (b"Hi +AOk-", "utf-7", "Hi é"),
        (b"plain", "utf-16", "plain"),
        ("é".encode("utf-16"), "utf-16", "é"),
        (b"a\x00b", "utf-8", "ab"),
        (b"plain", "rot13", "plain"),
        (b"abc\xff", "utf-8", "abcÿ"),
    ],
)
def test_bytes_become_the_text_that_was_meant(data, label, text):
    assert decode(data, label) == text


def test_russian_without_a_label_is_recognised():
    text = "Здравствуйте, у меня нет воды с самого утра, пожалуйста, помогите."

    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="a b.txt"', "a b.txt"),
        ("attachment; filename=a b.txt", "a b.txt"),
        ("attachment; filename*=UTF-8''na%C3%AFve.txt", "naïve.txt"),
        ('attachment; filename="=?utf-8?B?w6kudHh0?="', "é.txt"),
        ('attachment; filename="C:\\\\docs\\\\a.txt"', "a.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ("attachment", None),
    ],
)
def test_a_file_name_is_only_a_name(header, name):
    part = f"Content-Type: text/x-log\nContent-Disposition: {header}\n\nx"

    assert [a.filename for a in read_mail(multipart("mixed", TEXT, part)).attachments] == [name]


def tnef(name: bytes, data: bytes, text: bytes) -> bytes:
    """A winmail.dat with one text and one file (MS-OXTNEF 2.1)."""

    def attribute(level: int, code: int, value: bytes) -> bytes:
        return bytes([level]) + pack("<II", code, len(value)) + value + pack("<H", sum(value) & 0xFFFF)

    return (
        pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, pack("<I", 0x00010000))
        + attribute(1, 0x0002800C, text)
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, name + b"\0")
        + attribute(2, 0x0006800F, data)
    )


def test_winmail_dat_is_opened_and_kept():
    packed = b64encode(tnef(b"bill.pdf", b"%PDF", b"From Outlook")).decode()
    part = f"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{packed}"
    mail = read_mail(multipart("mixed", part))

    assert [(a.filename, a.packed_in) for a in mail.attachments] == [("winmail.dat", None), ("bill.pdf", "winmail.dat")]
    assert mail.attachments[1].read() == b"%PDF"


def test_a_broken_winmail_dat_is_kept_as_it_is():
    part = "Content-Type: application/ms-tnef; name=winmail.dat\n\nnot tnef at all"

    assert [a.read() for a in read_mail(multipart("mixed", TEXT, part)).attachments] == [b"not tnef at all"]


def test_scripts_and_remote_pictures_do_not_get_into_the_html():
    html = (
        'Content-Type: text/html\n\n<p onclick="x()">Hi<script>alert(1)</script><img'
        ' src="https://t.example/p.gif" width="1">'
        '<img src="https://t.example/cat.png"></p>'
    )

    assert read_mail(multipart("mixed", html)).body_html == '<p>Hi<img data-remote-src="https://t.example/cat.png"></p>'


def test_a_hundred_parts_within_each_other_are_opened():
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(100)) + TEXT

    assert read_mail(("From: a@x.example\n" + deep).encode()).body_text == "Hello"


def test_a_mail_with_carriage_returns_alone_is_read():
    raw = b"From: a@x.example\rSubject: Meter\r\rIt runs.\rThanks."

    assert (read_mail(raw).subject, read_mail(raw).body_text) == ("Meter", "It runs.\nThanks.")


def test_text_that_claims_to_be_html_keeps_its_lines():
    raw = b"From: a@x.example\nContent-Type: text/html\n\nIt runs &amp; runs.\n\nThanks."

    assert read_mail(raw).body_text == "It runs & runs.\n\nThanks."


def test_a_signature_around_the_text_is_no_part_of_the_answer():
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIt runs.\n- --dashed\n"
        "-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n"
    )

    assert read_mail(b"From: a@x.example\n\n" + text.encode()).reply_text == "It runs.\n--dashed"


def der(tag: int, *content: bytes) -> bytes:
    """A value as certificates and signatures encode it."""
    joined = b"".join(content)
    size = len(joined)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + joined


def test_what_was_signed_as_a_whole_is_read_and_its_signature_kept():
    inner = b"Content-Type: text/plain\r\n\r\nIt runs.\r\n" + b"x" * 200
    pieces = b"\x24\x80" + der(0x04, inner[:50]) + der(0x04, inner[50:]) + b"\x00\x00"
    signed = bytes.fromhex("06092a864886f70d010702")
    data = bytes.fromhex("06092a864886f70d010701")
    for content in (der(0x04, inner), pieces):
        packed = der(
            0x30, signed, der(0xA0, der(0x30, der(2, b"\x01"), der(0x31), der(0x30, data, der(0xA0, content))))
        )
        raw = b"From: a@x.example\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
        mail = read_mail(raw + b"Content-Transfer-Encoding: base64\n\n" + b64encode(packed))

        assert mail.body_text is not None and mail.body_text.startswith("It runs.")
        assert [file.filename for file in mail.attachments] == ["smime.p7m"]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("тест тест", "koi8-r"),
        ("Нет воды", "cp1251"),
        ("Δεν έχουμε νερό", "iso8859-7"),
        ("אין לנו מים", "cp1255"),
        ("لا يوجد ماء", "cp1256"),
        ("ไม่มีน้ำครับ", "cp874"),
        ("我们家没有水", "gb18030"),
        ("水が出ません", "cp932"),
        ("물이 나오지 않습니다", "cp949"),
        ("Prosím pošlete technika, voda neteče", "cp1250"),
        ("Dzień dobry, nie mamy wody", "iso8859-2"),
        ("Merhaba, iki gündür suyumuz yok, Gülşen", "cp1254"),
        ("Bitte schicken Sie jemanden in die Mühlstraße", "cp1252"),
    ],
)
def test_a_charset_nobody_named_is_told_by_its_letters(text, codec):
    raw = b"From: a@x.example\nSubject: " + text.encode(codec) + b"\n\n" + text.encode(codec)

    assert (read_mail(raw).subject, read_mail(raw).body_text) == (text, text)

"""What stands above a quote, in the languages and programs people answer from; and what only looks like it."""

import pytest

from charterdesk.channels.email.reading.replies import read_reply

OWN = "Thanks, the meter runs again.\n\nIs the bill settled?"
QUOTED = "Please look at the meter.\n\nBest wishes"
WHO = "Ina Beer <ina@utility.example>"

ATTRIBUTIONS = [
    f"On Tue, Mar 3, 2020 at 4:05 PM {WHO} wrote:",
    "On 3 Mar 2020, at 16:05, Ina Beer via Water Desk <\nina@utility.example> wrote:",
    f"On Tue, 3 Mar 2020 16:05:11 +0100\n{WHO} wrote:",
    f"2020-03-03 16:05 GMT+01:00 {WHO}:",
    f"{WHO} wrote on 03/03/2020 04:05:11 PM:",
    f"Am Di., 3. März 2020 um 16:05 Uhr schrieb {WHO}:",
    f"{WHO} schrieb am Di., 3. März 2020, 16:05:",
    f"Le mar. 3 mars 2020 à 16:05, {WHO} a écrit :",
    "El mar., 3 mar. 2020 a las 16:05, Ina Beer (<ina@utility.example>)\nescribió:",
    f"Il giorno mar 3 mar 2020 alle ore 16:05 {WHO} ha scritto:",
    f"Em ter., 3 de mar. de 2020 às 16:05, {WHO} escreveu:",
    f"Op 3 mrt. 2020 om 16:05 heeft {WHO} het volgende geschreven:",
    f"Den tir. 3. mar. 2020 kl. 16.05 skrev {WHO}:",
    f"{WHO} kirjoitti 3.3.2020 kello 16.05:",
    f"wt., 3 mar 2020 o 16:05 {WHO} napisał(a):",
    f"Wiadomość napisana przez {WHO} w dniu 03.03.2020, o godz. 16:05:",
    f"út 3. 3. 2020 v 16:05 odesílatel {WHO} napsal:",
    f"uto, 3. ožu 2020. u 16:05 {WHO} napisao je:",
    f"вт, 3 мар. 2020 г. в 16:05, {WHO}:",
    f"вт, 3 бер. 2020 р. о 16:05 {WHO} пише:",
    f"3 Mar 2020 Sal 16:05 tarihinde {WHO} şunu yazdı:",
    f"Στις Τρί, 3 Μαρ 2020 στις 4:05 μ.μ., ο/η {WHO} έγραψε:",
    f"Kontakt {WHO} kirjutas kuupäeval T, 3. märts 2020 kell 16:05:",
    f"Vào Th 3, 3 thg 3, 2020 vào lúc 16:05 {WHO} đã viết:",
    f"2020年3月3日(火) 16:05 {WHO}:",
    f"{WHO} 于2020年3月3日周二 下午4:05写道：",
    f"2020년 3월 3일 (화) 오후 4:05, {WHO}님이 작성:",
    f"في ثلاثاء، 3 مارس 2020 في 4:05 م تمت كتابة ما يلي بواسطة {WHO}:",
    f"---- On Tue, 03 Mar 2020 16:05:11 +0100 {WHO} wrote ----",
    "---- Ina Beer wrote ----",
]
BLOCKS = [
    f"From: {WHO}\nDate: Tuesday, 3 March 2020 at 16:05\nTo: Me <me@home.example>\nSubject: Meter",
    "*From:* Ina Beer [mailto:ina@utility.example]\n*Sent:* Tuesday, March 3, 2020 4:05 PM\n*To:* Me\n*Subject:* Meter",
    "________________________________\nVon: Ina Beer\nGesendet: Dienstag, 3. März 2020 16:05\nAn: Me\nBetreff: Zähler",
    f"De : {WHO}\nEnvoyé : mardi 3 mars 2020 16:05\nÀ : Me\nObjet : Compteur",
    f"De: {WHO}\nEnviado el: martes, 3 de marzo de 2020 16:05\nPara: Me\nAsunto: Contador",
    f"Lähettäjä: {WHO}\nLähetetty: tiistai 3. maaliskuuta 2020 16.05\nVastaanottaja: Me\nAihe: Mittari",
    f"От: {WHO}\nОтправлено: вторник, 3 марта 2020 г. 16:05\nКому: Me\nТема: Счётчик",
    f"От: {WHO}\nИзпратено: вторник, 3 март 2020 г. 16:05\nДо: Me\nОтносно: Водомер",
    f"Pošiljatelj: {WHO}\nPoslano: torek, 3. marec 2020 16:05\nZa: Me\nZadeva: Števec",
    f"Saatja: {WHO}\nSaadetud: teisipäev, 3. märts 2020 16:05\nAdressaat: Me\nTeema: Arvesti",
    f"Từ: {WHO}\nĐã gửi: Thứ ba, 3 tháng 3, 2020 16:05\nTới: Me\nChủ đề: Đồng hồ",
    f"จาก: {WHO}\nส่ง: 3 มีนาคม 2020 16:05\nถึง: Me\nเรื่อง: มิเตอร์",
    f"Dari: {WHO}\nDikirim: 3 Maret 2020 16:05\nKepada: Me\nPerihal: Meteran",
    f"از: {WHO}\nارسال شده: 3 مارس 2020 16:05\nبه: Me\nموضوع: کنتور",
    f"发件人: {WHO}\n发送时间: 2020年3月3日 16:05\n收件人: Me\n主题: 水表",
    "------------------ Original ------------------\n"
    'From: "Ina"<ina@utility.example>;\nDate: Tue, Mar 3, 2020 04:05 PM\n'
    "Subject: Meter",
]


@pytest.mark.parametrize("header", ATTRIBUTIONS + BLOCKS)
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "bare"])
def test_what_stands_below_a_header_is_the_mail_answered(header: str, mark: str) -> None:
    quoted = "\n".join(f"{mark}{line}".rstrip() for line in QUOTED.split("\n"))

    assert read_reply(f"{OWN}\n\n{header}\n\n{quoted}\n").text == OWN


@pytest.mark.parametrize("header", [*ATTRIBUTIONS, "Na 3.3.2020 16:05 zapsal pan Novák do knihy:"])
def test_an_answer_below_the_quote_is_kept_alone(header: str) -> None:
    assert read_reply(f"{header}\n> Please look at the meter.\n\n{OWN}").text == OWN


def test_an_answer_on_the_line_of_the_header_is_kept() -> None:
    mail = "It runs. On Wed, Apr 4, 2018 at 3:59 PM, ina@utility.example wrote:\n> And now?"

    assert read_reply(mail).text == "It runs."


def test_a_header_whose_link_was_broken_out_is_still_one() -> None:
    mail = (
        f"{OWN}\n\nOn Wed, 4 Mar 2020 at 10:11 Ina Beer\n\n<\nmailto:Ina Beer <ina@utility.example>\n> wrote:\nAnd now?"
    )

    assert read_reply(mail).text == OWN


def test_a_link_that_was_broken_belongs_to_the_quote() -> None:
    mail = (
        "It runs.\n\nOn 3 Mar 2020, Ina wrote:\n\n> See the form (https://utility.example/form\n_id=77)\n>\n> Thanks\n"
    )

    assert read_reply(mail).text == "It runs."


@pytest.mark.parametrize(
    "text",
    [
        "Please book a transfer:\nFrom: Central station\nTo: Hotel Post\nDate: 5 May 2027, 15:30\nThank you",
        "First part.\n\n" + "_" * 70 + "\n\nSecond part, just as much mine.\n\nIt ends here.\n\nInge",
        "The script fails:\n\n```\n# list\n####\nls -l\n```\n\nCan you help?",
        "I need two things:\n\n-\nA new meter.\n*\nA date.",
        "On 3 May we were in Rome.\nMy neighbour wrote: call them.\nSo I do.",
        "Kosten: 20,50\nDatum: 3.5.2027\nZähler: 77",
    ],
)
def test_what_is_no_quote_is_left_alone(text: str) -> None:
    assert read_reply(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my cell, please excuse any typos.",
        "Sent from Proton Mail for iOS",
        "Please excuse my brevity.",
        "Von Samsung-Tablet gesendet",
        "Enviado do Email do Windows 10",
        "Provenance : Courrier pour Windows 11",
        "iPhone-ról küldve",
        "Poslano z mojega telefona",
        "Được gửi từ iPhone của tôi",
        "Dikirim dari ponsel saya",
        "ส่งจาก iPhone ของฉัน",
        "أُرسلت من الـ iPhone",
    ],
)
def test_what_a_telephone_adds_is_folded(line: str) -> None:
    assert read_reply(f"{OWN}\n\n{line}").text == OWN


def test_a_line_across_the_page_with_little_below_it_begins_a_signature() -> None:
    assert read_reply(f"{OWN}\n\n{'_' * 23}\nIna Beer\nWater works").text == OWN


@pytest.mark.parametrize(
    "mark",
    [
        "Anfang der weitergeleiteten Nachricht:",
        "----- Weitergeleitete Mail -----",
        "Vidarebefordrat mejl:",
        "Välitetty viesti alkaa:",
        "Začátek přeposílané zprávy:",
        "-------- Перенаправленное сообщение --------",
        "-------- Переслане повідомлення --------",
        "-------- Yönlendirilmiş İleti --------",
        "-------- Προωθημένο μήνυμα --------",
        "-------- 转发的消息 --------",
        "전달된 메시지 시작:",
        "بدء الرسالة المعاد توجيهها:",
        "------ Forwarded Message",
    ],
)
def test_what_is_passed_on_is_what_its_sender_says(mark: str) -> None:
    marked = f"{mark}\n\n> From: {WHO}\n> Subject: Meter\n>\n> It is broken."
    bare = f"Please see below.\n\n{mark}\n\nFrom: {WHO}\nSubject: Meter\n\nIt is broken."

    assert (read_reply(marked).text, read_reply(bare).text) == (marked, bare)

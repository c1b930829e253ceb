"""How mail programs, in the languages they speak, mark what they quote and whom they quote."""

import re

# "wrote", as it stands in an attribution line such as "On Monday Jane wrote:".
_WROTE = (
    r"wrote|writes|has written|said|sent(?=\s*:\s*$)|"  # English
    r"schrieb|schrieben|geschrieben|"  # German
    r"a\s+[ée]crit|[ée]crivait|avez\s+[ée]crit|nous\s+a\s+dit|"  # French
    r"escribi[óo]|escribi[óo]\s+lo\s+siguiente|ha\s+escrito|"  # Spanish
    r"ha\s+scritto|scrisse|"  # Italian
    r"escreveu|"  # Portuguese
    r"schreef|geschreven|verzond|"  # Dutch
    r"skrev|skreiv|"  # Danish, Norwegian, Swedish
    r"kirjoitti|"  # Finnish
    r"napisa[łl]\(a\)|napisa[łl]a?|pisze|nadesłał|"  # Polish
    r"napsal\(a\)|napsala?|nap[íi]sala?|nap[íi]sal\(a\)|"  # Czech, Slovak
    r"написал\(а\)|написала?|пишет|писала?|написав|написала|пише|напиша|написа|"  # Russian, Ukrainian, Bulgarian
    r"yazd[ıi]|"  # Turkish
    r"[íi]rta|"  # Hungarian
    r"a\s+scris|"  # Romanian
    r"έγραψε|"  # Greek
    r"je\s+napisa[ol]/?l?a?|napisa(?:o|la)\s+je|је\s+написао(?:/ла)?|"  # Croatian, Slovene, Serbian
    r"rašė|rakstīja|kirjutas|"  # Lithuanian, Latvian, Estonian
    r"va\s+escriure|ha\s+escrit|"  # Catalan
    r"đã\s+viết|menulis|เขียน(?:ว่า)?|ने\s+लिखा|"  # Vietnamese, Indonesian, Thai, Hindi
    r"كتبت?|نوشت|כתבה?|כתב/ה"  # Arabic, Persian, Hebrew
)
_WROTE_EAST = (
    r"写道|寫道|写到|写了|のメール|のメッセージ|のメッセージを引用|書きました|さんは書きました|"
    r"작성|님이\s*작성(?:하였습니다|했습니다)?|썼습니다|님이\s*쓴"
)
WROTE = re.compile(rf"(?<![^\W\d_])(?:{_WROTE})(?![^\W\d_])|(?:{_WROTE_EAST})", re.IGNORECASE)

# How an attribution line begins, when it begins with a word rather than a date or a name.
INTRO = re.compile(
    r"(?:On|At|In|In\s+article|In\s+message|Am|Vom|Le|El|Il|In\s+data|Em|A|Op|Den|På|Dnia|W\s+dniu|Dne|Dňa|"
    r"Dana|La|Pe|Στις|"
    r"Στην?|В|Во?|На|Tarihinde|A[zs]?|U|V|Bei|Ha|Vào|Pada|เมื่อ|في|بتاريخ|ב|בתאריך|在|于|於|El\s+d[íi]a|O)(?=\W|\d)",
    re.IGNORECASE,
)
_WEEKDAYS = (
    "mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|"
    "lun|mar|mer|mié|mie|jeu|jue|ven|vie|sam|sáb|sab|dim|dom|seg|ter|qua|qui|sex|gio|ma|wo|vr|za|zo|man|tir|"
    "tirs|ons|tor|tors|"
    "fre|lør|lör|søn|sön|mån|tis|ke|ti|to|pe|la|su|pon|wt|śr|sr|czw|pt|sob|niedz|nd|po|út|st|čt|pá|ne|"
    "пн|вт|ср|чт|пт|сб|вс|нд|pzt|sal|çar|per|cum|cmt|paz|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
)
STARTS_WITH_DATE = re.compile(
    rf"(?:\d{{1,4}}\s?[./\-年년]|\d{{1,2}}:\d{{2}}|\d{{1,2}}\.?\s+(?:de\s+)?[^\W\d_]{{3,}}|"
    rf"(?:{_WEEKDAYS})[a-zéöøåäß]*\.?(?:,|\s)|"
    rf"(?:{_WEEKDAYS})(?:day|s?day|nesday|rsday|urday)?,)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+'=/-]+@[\w-]+(?:\.[\w-]+)*")
HAS_DATE = re.compile(r"\d{1,2}[:.h時时]\s?\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s*[月월]")

# A line that says: below is the mail I answer.
_ORIGINAL = (
    "original|original message|original mail|original e-?mail|original appointment|original meeting|reply message|"
    "replied message|previous message|urspr[üu]ngliche nachricht|urspr[üu]ngliche mail|originalnachricht|"
    "antwort nachricht|"
    "original-nachricht|urspr[üu]nglicher termin|message d['’]origine|message original|message d['’]origine|"
    "courriel original|"
    "mensaje original|mensaje original|mensagem original|messaggio originale|messaggio originario|"
    "oorspronkelijk bericht|"
    "oorspronkelijke bericht|origineel bericht|oprindelig meddelelse|oprindelig besked|original meddelelse|"
    "opprinnelig melding|originalmelding|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti|"
    "wiadomość oryginalna|oryginalna wiadomość|original[sz]preva|původní zpráva|pôvodná správa|исходное сообщение|"
    "оригинальное сообщение|исходное письмо|пересылаемое сообщение_|вихідне повідомлення|orijinal mesaj|"
    "özgün ileti|orijinal ileti|"
    "eredeti üzenet|mesaj original|mesajul original|αρχικό μήνυμα|izvorna poruka|originalna poruka|izvirno sporočilo|"
    "原始邮件|原始郵件|原邮件|邮件原件|原始信件|回复的原邮件|"
    "元のメッセージ|オリジナルメッセージ|original message|원본 메시지|원본 메일|원본메일|"
    "الرسالة الأصلية|הודעה מקורית|missatge original|thư gốc|tin nhắn gốc|pesan asli|ข้อความดั้งเดิม|ข้อความต้นฉบับ"
)
ORIGINAL_BARE = re.compile(rf"\W*(?:{_ORIGINAL})\W*", re.IGNORECASE)
# "---- Jane Doe wrote ----", as telephones put it.
DASHED_WROTE = re.compile(rf"-{{2,}}\s?[^-:]{{2,120}}\s(?:{_WROTE})\s?-{{2,}}", re.IGNORECASE)
# GroupWise and Lotus Notes, each in a way of its own.
GROUPWARE = re.compile(
    r">>> .{2,120}\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,40}>>>|"
    r"\W?[\w .,'/-]{2,80}\W? ?---\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,30}---.*"
)
QUOTING = re.compile(
    r"(?:\* )?[^<>]{2,80} <\S+@\S+> [\[(]\d.{4,40}[\])]:|"
    r"(?:quoting|zitat von|citando(?: a)?|citat från|citat fra|citeren|quoting from|citation de|scrive|citando da|"
    r"cytowanie|citace|цитирование) .{1,80}@.{1,60}:",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    rf"\W*[-_=~*—–‐]{{1,}}\s*(?:{_ORIGINAL})\s*:?\s*(?:[-_=~*—–‐]*\W*$|-{{2,}}\s*\S{{1,12}}\s?:)", re.IGNORECASE
)
_FORWARDED = (
    "forwarded message|forwarded by .{1,60}|begin forwarded message|weitergeleitete nachricht|"
    "anfang der weitergeleiteten (?:nachricht|e-?mail)|"
    "weitergeleitete e-?mail|message transf[ée]r[ée]|d[ée]but du message (?:transf[ée]r[ée]|"
    "r[ée]exp[ée]di[ée])|mensaje reenviado|"
    "inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem (?:encaminhada|"
    "reencaminhada)|"
    "início da mensagem (?:encaminhada|reenviada)|doorgestuurd bericht|begin doorgestuurd bericht|"
    "videresendt (?:meddelelse|besked|melding)|"
    "start på videresendt (?:besked|meddelelse)|vidarebefordrat (?:meddelande|brev)|välitetty viesti|"
    "przekazana wiadomość|"
    "wiadomość przekazana dalej|początek przekazywanej wiadomości|přeposlaná zpráva|preposlaná správa|"
    "пересылаемое сообщение|пересланное сообщение|"
    "начало переадресованного сообщения|iletilen mesaj|iletilmiş (?:mesaj|ileti)|továbbított üzenet|"
    "mesaj redirecționat|"
    "转发的?邮件|转发邮件信息|轉寄郵件|轉寄的郵件|転送メッセージ|転送されたメッセージ|"
    "전달된 메시지|전달된 메일|رسالة معاد توجيهها|הודעה שהועברה|missatge reenviat|"
    "weitergeleitete mail|vidarebefordrat mejl|början på vidarebefordrat .{1,20}|start på videresendt melding|"
    "välitetty viesti alkaa|treść przekazanej wiadomości|początek przekazanej wiadomości|začátek přeposílané zprávy|"
    "začiatok preposielanej správy|пер[еа]на?правленное сообщение|переслане повідомлення|"
    "початок листа, що пересилається|препратено съобщение|proslijeđena poruka|početak proslijeđene poruke|"
    "prosleđena poruka|posredovano sporočilo|yönlendirilmiş (?:ileti|mesaj)|iletilen ileti(?: başlangıcı)?|"
    "továbbított levél(?: kezdete)?|mesaj reexpediat|începutul mesajului redirecționat|προωθημένο μήνυμα|"
    "έναρξη προωθημένου μηνύματος|início da mensagem reencaminhada|edastatud kiri|persiųstas laiškas|"
    "pārsūtīts ziņojums|thư được chuyển tiếp|tin nhắn được chuyển tiếp|pesan terusan|ข้อความที่ส่งต่อ|"
    "转发的消息|开始转发的邮件|開始轉寄郵件|전달된 메시지 시작|بدء الرسالة المعاد توجيهها|"
    "تمت إعادة توجيه الرسالة|תחילת ההודעה שהועברה"
)
FORWARDED = re.compile(
    rf"\W*(?:(?:[-_=~*—–]{{2,}}\s*)?(?:{_FORWARDED})\s*(?:[-_=~*—–]{{2,}}|[:：])|-{{3,}}\s?(?:{_FORWARDED}))\s*$",
    re.IGNORECASE,
)
FORWARD_BEGINS = re.compile(rf"(?:^|>)\s*(?:-{{2,}}\s*)?(?:{_FORWARDED})", re.IGNORECASE)

# Header names as Outlook and others print them above the mail they quote.
_FROM = (
    "from|von|de|da|van|fra|från|lähettäjä|od|от|від|kimden|gönderen|feladó|de la|από|"
    "pošiljatelj|šalje|saatja|no|từ|người gửi|จาก|dari|از|feladó|"
    "发件人|寄件者|寄件人|差出人|送信者|"
    "보낸 ?사람|من|מאת|expéditeur|remitente|mittente|absender|nuo|no|saatja"
)
_SENT = (
    "sent|date|gesendet|datum|envoyé|le|enviado(?: el| em)?|enviada(?: em)?|fecha|data|inviato|verzonden|sendt|"
    "dato|skickat|lähetetty|päivämäärä|wysłano|odesláno|odoslané|отправлено|дата|надіслано|gönderildi|"
    "gönderme tarihi|tarih|elküldve|dátum|trimis|στάλθηκε|ημερομηνία|"
    "poslano|poslato|изпратено|saadetud|išsiųsta|nosūtīts|đã gửi|ngày|ส่ง|วันที่|dikirim|tanggal|تم الإرسال|ارسال شده|"
    "发送时间|发送日期|日期|時間|寄件日期|傳送時間|送信日時|日付|보낸 ?날짜|"
    "날짜|تاريخ الإرسال|التاريخ|נשלח|תאריך|sent at"
)
_TO = (
    "to|an|à|a|para|per|aan|til|till|vastaanottaja|do|komu|кому|кому|до|kime|alıcı|címzett|către|προς|收件人|收件者|"
    "prima|za|primatelj|prejemnik|adressaat|kam|kam|tới|đến|người nhận|ถึง|kepada|به|до|"
    "宛先|받는 ?사람|إلى|אל|destinataire|destinatario|empfänger"
)
_SUBJECT = (
    "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|тема|"
    "zadeva|naslov|teema|tēma|относно|chủ đề|tiêu đề|เรื่อง|perihal|subjek|موضوع|"
    "konu|tárgy|subiect|θέμα|主题|主旨|主題|件名|제목|الموضوع|נושא|assumpte"
)
_OTHERS = (
    "cc|bcc|kopie|copie|copia|cópia|kopi|kopia|kopio|dw|копия|копія|bilgi|másolat|抄送|副本|참조|نسخة|עותק|reply-to|"
    "répondre à|antwort an|organization|organisation|importance|attachments|priority|sent by|mailing list|"
    "newsgroups|在线|相关|antwort|reply to"
)
HEADER = re.compile(
    rf"[\s>*_|]*(?:(?P<from>{_FROM})|(?P<sent>{_SENT})|(?P<to>{_TO})|(?P<subject>{_SUBJECT})|(?P<other>{_OTHERS}))"
    r"\s?[*_]?\s?[:：]\s?[*_]?(?:\s*(?P<value>\S.*))?$",
    re.IGNORECASE,
)

# What help desks put above the mail they send, so that answers can be told from it.
ABOVE_THIS_LINE = re.compile(
    r"\W*(?:please )?(?:(?:type|write|enter|add) your (?:reply|response|answer|message)|reply|"
    r"respond) above th(?:is|e) line.{0,60}|"
    r"\W*(?:bitte )?(?:antworten sie|schreiben sie|antwort) (?:bitte )?(?:oberhalb|über) .{0,60}|"
    r"\W*(?:veuillez )?(?:répondre|répondez|écrivez) .{0,30}au-dessus de cette ligne.{0,40}|"
    r"\W*(?:por favor,? )?(?:escriba|responda|responder|escribe) .{0,40}(?:encima|"
    r"sobre) (?:de )?esta línea.{0,40}|\W*(?:typ|schrijf) uw antwoord boven deze (?:regel|lijn).{0,40}|"
    r"\W*rispondi sopra questa (?:riga|linea).{0,40}|\W*responda acima desta linha.{0,40}",
    re.IGNORECASE,
)

# The lines telephones and services add below what their owner wrote.
MOBILE = re.compile(
    r"\W{0,3}(?:"
    r"sent from my [\w'’®™().+ -]{1,45}|"
    r"sent from (?:my |a |an |the )?(?:mobile|outlook|mail|yahoo|samsung|windows|gmail|proton|iphone|ipad|ipod|"
    r"android|"
    r"blackberry|nokia|galaxy|huawei|pixel|xiaomi|htc|alto|hey|superhuman|front|zoho|spark|airmail|thunderbird|"
    r"postbox|nine|newton|typeapp|bluemail|aqua|phone|tablet|smartphone|handheld|verizon|at&t|t-mobile)\b.{0,100}|"
    r"sent from (?:a|an|the) \w[\w ]{1,45}|"
    r"sent (?:via|with|using|by|on) (?:my |the )?(?:\S+ ){0,5}(?:iphone|ipad|mobile|phone|android|blackberry|"
    r"galaxy|airmail|outlook|gmail|proton ?mail|tutanota|boxer|spark|superhuman|mailbird|email|e-mail|app|"
    r"device|nokia|samsung|k-9|mail)\b.{0,60}|"
    r"sent (?:via|with|using) \S{1,30}|sent from (?:mailbox|proton ?mail|fastmail|spike|edison|canary|mimestream)\b.{0,60}|"
    r"sent from my (?:cell|phone|mobile|tablet|i(?:phone|pad)|android)\b.{0,60}|"
    r"(?:please |kindly )?(?:excuse|pardon|forgive) (?:my |the |any )?(?:brevity|typos?|short(?:ness| reply))\b.{0,60}|"
    r"typed (?:on|with) .{1,50}|(?:bitte )?entschuldigen sie (?:bitte )?(?:die kürze|meine kürze).{0,40}|from my .{1,30}|\w+ from mobile|"
    r"get (?:outlook|spark|bluemail|typeapp|yahoo mail)\b.{0,80}|get it on google play|"
    r"yahoo mail: search, organize.{0,60}|"
    r"von (?:(?:meinem|meiner) .{1,60}|\S{2,40}) gesendet|gesendet (?:von|mit|via|über|aus) .{1,80}|"
    r"diese nachricht wurde von .{1,80} gesendet|"
    r"diese mail wurde mit .{1,60} gesendet|(?:holen sie sich|laden sie) outlook .{1,60}|"
    r"outlook für \S+ (?:beziehen|herunterladen|abrufen).{0,60}|"
    r"envoy[ée] (?:de(?:puis)?|à partir|avec|par) .{1,80}|t[ée]l[ée]charge[rz] outlook .{1,60}|"
    r"obtene[rz] outlook .{1,60}|obtenir outlook .{1,60}|"
    r"enviado (?:desde|do|de|a partir do|con|com) (?:mi|meu|el|o|a|yahoo|outlook|samsung|correo|um|iphone|"
    r"gmail|proton|e-?mail|ipad|android).{0,80}|provenance : courrier .{1,40}|"
    r"obtener outlook .{1,60}|obter o outlook .{1,60}|baixar o outlook .{1,60}|"
    r"descargar outlook .{1,60}|"
    r"inviato da(?:l|lla|ll['’])? .{1,80}|ottieni outlook .{1,60}|scarica outlook .{1,60}|inviato con .{1,60}|"
    r"verzonden (?:vanaf|met|via|vanuit) .{1,80}|verstuurd (?:vanaf|met|via|vanuit) .{1,80}|"
    r"outlook voor \S+ downloaden.{0,60}|download outlook voor .{1,60}|"
    r"sendt fra .{1,80}|hent outlook .{1,60}|få outlook .{1,60}|skickat från .{1,80}|från min .{1,40}|"
    r"hämta outlook .{1,60}|skaffa outlook .{1,60}|"
    r"lähetetty .{1,40}(?:stä|sta|lla|llä|puhelimesta|laitteesta)\b.{0,40}|hanki outlook .{1,60}|hae outlook .{1,60}|"
    r"wysłan[eo] z .{1,80}|pobierz (?:program )?outlook .{1,60}|uzyskaj outlook .{1,60}|odesláno z .{1,80}|"
    r"odoslané z .{1,80}|získat outlook .{1,60}|"
    r"отправлено (?:с|из) .{1,80}|отправлено со? .{1,80}|скачать outlook .{1,60}|надіслано з .{1,80}|"
    r"изпратено от .{1,80}|"
    r"iphone['’]?umdan gönderildi|.{1,40}(?:'?dan|'?den|'?umdan) gönderildi|outlook.{1,20} edinin.{0,60}|"
    r"elküldve .{1,40}(?:ról|ről)|.{1,30}(?:ról|ről) küldve|trimis de pe .{1,60}|στάλθηκε από .{1,60}|poslano (?:iz|s|z) (?:mojega |mog )?\S.{1,40}|"
    r"enviat des de.{1,60}|"
    r"从我的.{1,30}发送|發自我的.{1,30}|从我的.{1,30}|發送自我的.{1,30}|從我的.{1,30}傳送|发自我的.{1,30}|來自我的.{1,30}|从.{1,30}发送|"
    r"获取 ?outlook.{0,40}|"
    r".{1,20}から送信|.{1,30}から送信されました|outlook for (?:ios|android)を(?:入手|取得).{0,40}|"
    r"나의 .{1,20}에서 보냄|내 .{1,20}에서 보냄|"
    r".{1,20}에서 보냄|.{1,20}에서 보낸 메일|"
    r"được gửi từ .{1,40}|gửi từ .{1,40}|dikirim dari .{1,40}|ส่งจาก.{1,40}|"
    r"أُ?رسل(?:ت)? من .{1,40}|تم الإرسال من .{1,40}|مرسل من .{1,40}|נשלח מה.{1,40}|נשלח מ.{1,40}"
    r")\W{0,3}(?:<\S+>|\[\S+\]|\(\S+\))?\W{0,3}",
    re.IGNORECASE,
)
FORWARD_SUBJECT = re.compile(
    r"\s*\[?(?:fwd?|wg|wtr|tr|rv|enc|i|inoltro|doorst|vs|vb|pd|przekaż|továbbítás|ilt|iletilen|пер|转发|轉寄|転送|fw|"
    r"turinys|fwrd)\s*[:：\]]",
    re.IGNORECASE,
)

"""Words that stand before or in what is personal, in English, German, Spanish, French and Arabic.

Texts mix languages, so every table is looked for in every text. Words are separated by `|`; they are parts of
patterns, so a full stop is written `\\.`.
"""

# Before a password, a PIN, a name to log in with.
SECRETS = r"""password|passwd|passcode|passphrase|pwd|pin|pin code|access code|door code|gate code|security code
|passwort|kennwort|zugangscode|geheimzahl|türcode
|contraseña|clave de acceso|código de acceso|código pin
|mot de passe|mdp|code d'accès|code pin|code secret|digicode|clé d'accès
|كلمة المرور|كلمة مرور|كلمة السر|الرمز السري|الرقم السري|رمز الدخول"""
# The same, where it may as well be a key of iron.
KEYS = r"""key|api key|token|schlüssel|clave|clé|المفتاح|مفتاح"""
LOGINS = r"""user name|username|user id|login|login name|user
|benutzername|benutzer|benutzerkennung|anmeldename
|usuario|nombre de usuario
|identifiant|nom d'utilisateur|utilisateur
|اسم المستخدم|المستخدم"""
# What follows "the user name is" when none is told.
NO_SECRET = frozenset(
    """wrong not invalid expired correct incorrect right never always again missing refused rejected too also the a
    been gone lost blocked locked unknown different required old new still required optional mandatory yours
    falsch nicht ungültig abgelaufen richtig gesperrt unbekannt weg verloren immer noch auch zu kaputt freiwillig nötig geändert
    incorrecta incorrecto mala no inválida caducada correcta siempre nueva vieja muy opcional obligatorio obligatoria
    faux fausse pas incorrect invalide expiré bon bonne refusé bloqué toujours trop inconnu facultatif obligatoire changé
    خاطئة خطأ غير صحيحة ليست منتهية صحيح""".split()
)

# Before a number that leads to a person: by itself where the number looks like one, or with a word for "number".
NUMBERED = r"""customers?|client|contract|invoice|bill|meter|account|order|policy|membership|member|serial|reference|case|ticket|tax
|passport|licence|license|national insurance|social security|id|identity|booking|delivery|receipt|registration
|kunden|vertrags?|rechnungs?|zähler|konto|bestell|bestellung|auftrags?|mitglieds?|serien|steuer|ausweis|versicherungs|vorgangs?|akten|sozialversicherungs
|rechnung|vertrag|auftrag|vorgang
|cliente|contrato|factura|contador|pedido|póliza|socio|serie|referencia|expediente|pasaporte|dni|nie|nif|identidad|seguridad social
|contrat|facture|compteur|commande|police|adhérent|série|référence|dossier|passeport|sécurité sociale|fiscal
|العميل|العقد|التأمين|الوثيقة|جواز السفر|الفاتورة|العداد|الحساب|الطلب|الهوية|الجواز|العضوية|التسلسلي|المرجع|الإقامة"""
NUMBER_WORDS = (
    r"""number|no\.?|nr\.?|num\.?|id|code|nummer|kennzeichen|zeichen|número|núm\.?|n\.º|nº|n°|no|numéro|#|رقم|الرقم"""
)
BANKED = r"""account number|account no\.?|sort code|routing number|iban|bic|konto|kontonummer|konto-nr\.?|blz|bankleitzahl
|cuenta|número de cuenta|compte|numéro de compte|code banque|رقم الحساب|الحساب البنكي"""
CARDS = (
    r"""card|credit card|debit card|karte|kreditkarte|kartennummer|tarjeta|carte|carte bleue|البطاقة|بالبطاقة|بطاقة"""
)
PHONES = r"""tel\.?|telephone|phone|mobile|cell|call|call me|ring|ring me|fax|whatsapp|landline|reach me
|telefon|handy|mobil|rufen|anrufen|festnetz|erreichbar|rückruf
|teléfono|tfno\.?|tel|móvil|llamar|llámenme|llámame|fijo
|téléphone|tél\.?|portable|appelez|appeler|appelez-moi|fixe
|هاتف|جوال|الجوال|الهاتف|اتصلوا|الاتصال|موبايل|فاكس"""
# What may stand between such a word and what it tells.
BETWEEN = r"""is|are|was|the|my|for|of|on|under|ist|lautet|sind|war|der|die|das|den|unter|für|es|el|la|de|del|al|est|le|les|du|au|هو|هي|على|في"""

BIRTHS = r"""born|born on|date of birth|d\.?o\.?b\.?|birthdate|birth date|birthday
|geboren|geboren am|geb\.|geburtsdatum|geburtstag
|nací|nacido|nacida|fecha de nacimiento|cumpleaños
|né|née|né le|née le|date de naissance|anniversaire
|ولدت|مواليد|تاريخ ميلادي|تاريخ الميلاد|تاريخ ميلاد|مولود"""
MONTHS = r"""january|february|march|april|may|june|july|august|september|october|november|december
|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec
|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember
|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre
|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
|كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول
|جانفي|فيفري|ماي|جوان|جويلية|أوت"""

# Streets: where the word stands after the name, before it, or is its end.
STREETS_AFTER = r"""street|st\.?|road|rd\.?|lane|ln\.?|avenue|ave\.?|drive|dr\.?|court|ct\.?|close|square|sq\.?|place|pl\.?|terrace|crescent|gardens
|grove|hill|mews|parade|row|walk|way|boulevard|blvd\.?|highway|park|quay|wharf|rise|green|view"""
# Those of them that are hardly another word after a name, so that a number may stand behind as well.
STREETS_AFTER_SURE = r"""street|road|lane|avenue|crescent|mews|boulevard|quay|wharf|terrace|square|close|grove|gardens|hill|rise|row
|walk|way|parade|yard|alley"""
STREETS_END = r"""straße|strasse|str\.|weg|gasse|platz|allee|ring|ufer|damm|hof|steig|stieg|graben|markt|chaussee|kai|pfad|winkel|berg|feld|park"""
STREETS_OF_GERMAN = r"""am|an der|an den|auf dem|auf der|im|in der|in den|zum|zur|unter den|hinter dem|vor dem"""
STREETS_OF_SPANISH = r"""calle|c/|c\.|avenida|avda\.?|av\.|plaza|pza\.?|pl\.|paseo|pº|camino|ronda|carretera|ctra\.?|travesía|glorieta|urbanización|rambla"""
STREETS_OF_FRENCH = r"""rue|avenue|av\.|boulevard|bd\.?|place|quai|chemin|allée|impasse|cours|route|passage|square|villa|sentier|faubourg"""
STREETS_OF_ARABIC = r"""شارع|طريق|حي|زقاق|ميدان|جادة|نهج"""
# Who has or does this, does it at an address: after these a name with a number is one, whatever it is called.
LIVED_AT = r"""live|lives|lived|living|reside|resides|resident|moved into|move into|moved out of|registered|house|flat|home|apartment|property|premises|plot|tenant|address
|wohne|wohnen|wohnt|wohnhaft|gezogen|umgezogen|gemeldet|angemeldet|wohnung|wohnungen|haus|grundstück|mieter|mieterin|adresse|anschrift
|vivo|vive|vivimos|resido|reside|mudado|mudada|mudamos|casa|piso|vivienda|domicilio|parcela|inquilino|inquilina|dirección
|habite|habitons|habitez|logement|appartement|maison|domicile|emménagé|déménagé|quitté|terrain|locataire|adresse
|نسكن|أسكن|يسكن|تسكن|انتقلت|انتقلنا|سننتقل|شقتي|شقة|الشقة|بيتي|بيت|البيت|منزلي|منزل|المنزل|مسجل|مسجلون|عنواني|عنوان"""
SUPPLIED_AT = r"""contract|bill|bills|supply|connection|vertrag|rechnung|rechnungen|anschluss|hausanschluss
|contrato|factura|facturas|acometida|contrat|facture|factures|branchement|عقدكم|عقدي|العقد|عقد|فاتورة|فواتير"""
AT = r"""at|in|into|to|for|from|out of|is|in der|in die|aus|an|für|nach|von|ist|en|a|de|del|desde|es|au|à|du|des|dans|pour|para|sur|le|la|les|est|في|من|إلى|هو"""
# Named with a number as streets are, and no place where somebody lives.
NO_STREETS = r"""windows|office|version|release|model|modell|modelo|modèle|level|zone|zona|step|schritt|paso|étape|page|seite|página|chapter|kapitel
|section|abschnitt|line|zeile|terminal|type|typ|tipo|class|klasse|error|fehler|week|woche|day|tag|phase|fase|group|gruppe|plan|tarif|tarifa|tariff"""
PARTS_OF_ARABIC = r"""مبنى|عمارة|بناية|شقة|فيلا|الطابق|طابق|قطعة|صندوق بريد|ص\.ب\.?"""
# What may stand in lower case within the name of a street or a person.
PARTICLES = r"""de|del|de la|de las|de los|du|des|d'|l'|la|le|les|von|van|von der|van der|van den|zu|zur|und|y|e|da|dos|di|bin|ibn|al|el"""

# Names.
TITLES = r"""mr|mrs|ms|miss|mx|dr|prof|sir|madam|lady|herr|herrn|frau|fräulein
|sr|sra|srta|señor|señora|señorita|don|doña|dra
|monsieur|madame|mademoiselle|mme|mlle|maître"""
TITLES_OF_ARABIC = (
    r"""السيد|السيدة|الآنسة|الأستاذ|الأستاذة|الدكتور|الدكتورة|المهندس|المهندسة|الشيخ|أستاذ|أستاذة|دكتور|دكتورة"""
)
# The next words are a name, whatever they look like.
INTRODUCED = r"""my name is|his name is|her name is|is called|my name is spelled|my surname is|the name is|name is spelled
|mein name ist|mein name lautet|ich heiße|ich heisse|heißt|nachname schreibt sich|name schreibt sich|mein nachname ist
|me llamo|se llama|mi nombre es|me apellido|mi apellido es
|je m'appelle|je m’appelle|s'appelle|s’appelle|mon nom est|mon nom s'écrit|mon nom s’écrit|mon nom de famille est
|اسمي|واسمي|اسمه|اسمها|اسم عائلتي|واسم عائلتي"""
# The next words are a name if they look like one.
PRESENTED = r"""i am|i'm|i’m|this is|it is|here is|ich bin|hier ist|hier spricht|hier schreibt|soy|aquí|les escribe|je suis|ici|c'est"""
LABELLED = r"""name|full name|contact|contact person|account holder|cardholder|tenant|owner|signed|attn
|ansprechpartner|ansprechpartnerin|kontoinhaber|kontoinhaberin|mieter|mieterin|eigentümer|z\.hd\.|z\. hd\.
|contacto|titular|a nombre de|firmado|inquilino|propietario
|titulaire|au nom de|locataire|propriétaire|signé"""
LABELLED_OF_ARABIC = r"""باسم|للتواصل|صاحب الحساب|المستأجر|المالك|الاسم|أنا|الفني|تقول|يقول|قال|قالت|والدتي|والدي|زوجي|بزوجي|زوجتي|بزوجتي|ابني|ابنتي|أخي|أختي|جاري|جارتي|زميلي|زميلتي|أمي|أبي"""
GREETINGS = r"""hi|hello|hey|dear|good morning|good afternoon|good evening
|hallo|lieber|liebe|guten tag|guten morgen|guten abend|sehr geehrter|sehr geehrte|servus|moin
|hola|estimado|estimada|querido|querida|buenos días|buenas tardes|apreciado|apreciada
|bonjour|bonsoir|salut|cher|chère"""
GREETINGS_OF_ARABIC = r"""عزيزي|عزيزتي|أهلا|أهلاً|مرحبا|مرحباً|يا"""
THANKS = (
    r"""thanks|thank you|many thanks|cheers|danke|vielen dank|danke dir|gracias|muchas gracias|merci|merci beaucoup"""
)
THANKS_OF_ARABIC = r"""شكرا|شكراً|شكرا جزيلا"""
GOODBYES = r"""regards|kind regards|best regards|warm regards|best wishes|best|all the best|yours|yours sincerely|yours faithfully|yours truly|sincerely|cheers|many thanks|thanks
|mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|liebe grüße|herzliche grüße|gruß|grüße|mfg|lg|vg|hochachtungsvoll
|un saludo|saludos|saludos cordiales|un cordial saludo|atentamente|cordialmente|gracias
|cordialement|bien cordialement|bien à vous|sincères salutations|salutations|mes salutations distinguées|amicalement|merci"""
GOODBYES_OF_ARABIC = r"""مع التحية|مع أطيب التحيات|تحياتي|وتفضلوا بقبول فائق الاحترام|مع خالص التحية|المخلص"""

# Words that are written like a name and are none here: greeted groups, days, and first names that are words.
NO_NAMES = frozenset(
    """all team there everyone everybody sir madam folks guys again colleagues customer customers support service desk help
    alle zusammen team herren damen kunde kunden kundin support service leute frau herr kollegen kolleginnen
    equipo todos todas señores señoras cliente clientes amigos colegas buenos buenas
    tous toutes équipe madame monsieur messieurs mesdames client clients
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
    january february march april may june july august september october november december
    the a an and or but if when what why how we you he she it they i my our your this that these those is are was be
    not no yes please thank thanks ok hi hello dear best kind regards for from of on in at to as by with
    der die das ein eine und oder aber wenn wann was warum wie wir sie er es ich mein meine unser unsere ihr ihre ist
    nicht nein ja bitte danke mit von zu im am auf an in aus bei für
    el la los las un una y o pero si cuando qué por cómo nosotros usted ustedes mi su nuestro nuestra es no sí gracias
    le les un une et ou mais si quand quoi pourquoi comment nous vous il elle mon ma votre notre est non oui merci
    will mark bill grace hope rose dawn art rich guy angel mercedes paris sydney chelsea dallas austin victoria georgia
    virginia carolina florence summer autumn winter amber ruby jasmine crystal dale glen cliff heath lane brook brooke
    forest ford chase chance faith joy patience destiny serenity trinity genesis london phoenix brooklyn jordan israel
    america kenya asia china india ireland chad troy drew pat sue rob don dean earl duke prince king knight bishop
    ivy daisy lily iris violet hazel holly heather olive ginger pearl gene ray rusty sandy stormy sterling stone gray
    jade jewel noel page paige piper reed reid rod sky skye skyler star sterling tanner taylor carter cooper hunter mason
    parker porter sawyer tyler walker wade west weston clay colt cash case ace ash max major marshall justice harmony
    melody journey legend royal princess queen blue baby skip jack buck peg penny bob bobby jo jay kay dee
    ernst wolf stern sommer winter herbst kai engel bernd reiner rainer sonne wonne linde ehrenfried gut
    ángel sol luz paz mar cruz reyes rosario pilar dolores consuelo socorro soledad remedios milagros mercedes
    ascensión encarnación asunción concepción salud esperanza caridad amparo camino rocío nieves lourdes fátima guadalupe
    trinidad cruces flor blanca clara nada del mira lea bienvenida bienvenido canal
    aimé désiré prosper fortuné olive marine océane capucine clémence constance prudence marguerite rose violette france cas german server""".split()
)
# The same in Arabic; and first names that are words as well.
NO_NAMES_OF_ARABIC = frozenset(
    """جميعا الجميع بكم بك وسهلا عميل عميلنا العميل العميلة العملاء الفريق فريق سيدي سيدتي السادة لكم لك جزيلا على
    صباح مساء السلام فائق خالص في من إلى عن أن ما لا لم لن هذا هذه ذلك التي الذي هو هي نحن أنا""".split()
)
WORDS_OF_ARABIC = frozenset(
    """كريم جميل سعيد أمل نور حسن صالح صادق أمين عادل كامل سليم ماهر ناجح فائز خير سلام رحمة بركة وعد عهد رجاء دعاء
    إيمان إحسان كرم نعمة راحة حياة دنيا فرح نجاح سعد ربيع رمضان شعبان رجب محرم صفر""".split()
)
# First names that are hardly ever words: these count with nothing around them.
NAMES_OF_ARABIC = frozenset(
    """أحمد احمد محمد محمود يوسف إبراهيم ابراهيم إسماعيل عثمان عبدالله عبدالرحمن عمرو مصطفى حسين حمزة طارق سامي وليد
    زياد رامي ياسر ياسين هشام هاني وسام عصام نبيل جورج إلياس موسى عيسى يحيى زكريا داود سليمان أيوب يعقوب
    فاطمة عائشة خديجة زينب مريم ليلى سارة لينا رانيا ريم دانا سلمى سعاد سميرة لطيفة نادية هالة ميساء رنا نورا نورة
    لمى جنى ياسمين غادة مها شيماء سوسن سناء نجلاء""".split()
)

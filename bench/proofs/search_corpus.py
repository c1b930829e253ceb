"""Believable messages for search: Zipfian words, topics, five languages, uneven teams. Same seed, same text."""

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

LANGUAGES = {"en": 0.55, "de": 0.20, "fr": 0.10, "es": 0.10, "ar": 0.05}
TEAM_SHARES = (0.36, 0.20, 0.12, 0.09, 0.07, 0.05, 0.04, 0.03, 0.02, 0.013, 0.005, 0.002)
VOCABULARY = 60_000  # distinct words a language, before numbers and names
TOPICS = 80  # subjects a language; a ticket stays with one, and a subject with the team that handles it
TOPIC_WORDS = 400
STEADY_ZIPF, ZIPF_SHIFT = 1.05, 4.0

# What people really write to a utility: the frequent end of the vocabulary. The rest is made of syllables.
HEADS = {
    "en": """water bill meter invoice payment please thanks account number address leak pressure pipe contract reading
        month year phone date house street refund charge appointment technician email answer problem request customer
        service wrong paid bank move new old supply tap main office letter reminder amount balance order form online
        portal password login change cancel tariff deposit consumption estimate valve repair damage garden heating
        urgent complaint delay visit morning afternoon week received sent open closed copy document attached""",
    "de": """wasser rechnung zähler zahlung bitte danke konto nummer adresse leck druck rohr vertrag ablesung monat jahr
        telefon datum haus straße erstattung gebühr termin techniker antwort problem anfrage kunde dienst falsch bezahlt
        bank umzug neu alt versorgung hahn büro brief mahnung betrag guthaben auftrag formular passwort ändern kündigen
        tarif kaution verbrauch schätzung ventil reparatur schaden garten heizung dringend beschwerde verspätung""",
    "fr": """eau facture compteur paiement merci compte numéro adresse fuite pression tuyau contrat relevé mois année
        téléphone date maison rue remboursement frais rendez technicien réponse problème demande client service erreur
        payé banque déménagement nouveau ancien robinet bureau lettre rappel montant solde commande formulaire résilier
        tarif caution consommation estimation vanne réparation dégât jardin chauffage urgent réclamation retard""",
    "es": """agua factura contador pago gracias cuenta número dirección fuga presión tubería contrato lectura mes año
        teléfono fecha casa calle reembolso cargo cita técnico respuesta problema solicitud cliente servicio error
        pagado banco mudanza nuevo viejo grifo oficina carta aviso importe saldo pedido formulario contraseña cambiar
        tarifa fianza consumo estimación válvula reparación daño jardín calefacción urgente queja retraso""",
    "ar": """ماء فاتورة عداد دفع شكرا حساب رقم عنوان تسرب ضغط أنبوب عقد قراءة شهر سنة هاتف تاريخ بيت شارع استرداد رسوم
        موعد فني جواب مشكلة طلب زبون خدمة خطأ مدفوع بنك انتقال جديد قديم صنبور مكتب رسالة تذكير مبلغ رصيد نموذج تغيير
        إلغاء تعرفة تأمين استهلاك تقدير صمام إصلاح ضرر حديقة تدفئة عاجل شكوى تأخير""",
}
FILLERS = {
    "en": "the of and to a in is it that for you I we have this was with on not are be my your at from".split(),
    "de": "der die das und ich ist nicht ein eine zu in den mit von auf für wir sie haben war es im".split(),
    "fr": "le la les de des et un une je ne pas vous nous est que dans pour avec sur du au ce".split(),
    "es": "el la los de y que en un una no es se por con para mi su lo del al me".split(),
    "ar": "في من على إلى عن هذا هذه أن كان لا ما هو هي مع".split(),
}
SYLLABLES = {
    "en": "ba con der est for gle hin ing jor ket lan men ner ost par qui ran sil ter und ver win yor zel".split(),
    "de": "ab ber chen dorf ein fel ger heim ich keit lung mann nis ober pfel rück schaf tung über vor wald".split(),
    "fr": "ai bon cher dou eur fran gne heu ient jou lai mon neau oin pli que ron sieur tion ville".split(),
    "es": "ado ble cion dor ero fa gua hor illo jo lla mente nado oso pre que rra sta ura vez".split(),
    "ar": "با تا جا حا دا را سا شا صا طا عا فا قا كا لا ما نا ها وا يم ين ون ات".split(),
}


@dataclass(frozen=True)
class Message:
    """One message; `at` is minutes since the first."""

    id: int
    ticket: int
    team: int
    language: str
    at: int
    body: str


class Language:
    """The words of one language with their weights, and its topics. About 60,000 words, made in 0.2 s."""

    def __init__(self, code: str) -> None:
        rng = random.Random(f"words {code}")
        self.code = code
        self.words = _vocabulary(code, rng)
        weights = [1 / (rank + ZIPF_SHIFT) ** STEADY_ZIPF for rank in range(len(self.words))]
        self.cumulated = list(itertools.accumulate(weights))
        self.topics = [rng.sample(self.words[:20_000], TOPIC_WORDS) for _ in range(TOPICS)]
        self.topic_cumulated = list(itertools.accumulate(1 / (rank + 3) for rank in range(TOPIC_WORDS)))
        self.team_of_topic = rng.choices(range(1, len(TEAM_SHARES) + 1), TEAM_SHARES, k=TOPICS)

    def text(self, rng: random.Random, topic: int) -> str:
        """A message on `topic`: half fillers, a third of the rest from the topic, some numbers. Median 45 words."""
        length = min(4_000, max(3, int(rng.lognormvariate(math.log(45), 0.9))))
        words = rng.choices(FILLERS[self.code], k=length)
        words[::3] = rng.choices(self.words, cum_weights=self.cumulated, k=len(words[::3]))
        words[1::6] = rng.choices(self.topics[topic], cum_weights=self.topic_cumulated, k=len(words[1::6]))
        if rng.random() < 0.4:
            words.append(f"{rng.choice('ABK')}{rng.randrange(10**7):07d}")
        return " ".join(words)


def _vocabulary(code: str, rng: random.Random) -> list[str]:
    words = dict.fromkeys(HEADS[code].split())
    syllables = SYLLABLES[code]
    while len(words) < VOCABULARY:
        words["".join(rng.choices(syllables, k=rng.choice((2, 3, 3, 4))))] = None
    return list(words)


def messages(first: int, last: int) -> Iterator[Message]:
    """Messages with numbers from `first` to before `last`, three a ticket on average. About 20,000 a second."""
    languages = {code: Language(code) for code in LANGUAGES}
    for number in range(first, last):
        ticket = 1 + number // 3
        of_ticket = random.Random(ticket)
        language = languages[of_ticket.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]]
        topic = min(int(of_ticket.expovariate(1 / 18)), TOPICS - 1)
        any_team = of_ticket.choices(range(1, len(TEAM_SHARES) + 1), TEAM_SHARES)[0]
        team = language.team_of_topic[topic] if of_ticket.random() < 0.4 else any_team
        own = random.Random(number << 8)
        yield Message(number + 1, ticket, team, language.code, number // 3, language.text(own, topic))

"""Words that a question has and an answer need not: how it is asked, and what PostgreSQL's stop words miss.

It looks its words up after accents were taken off, so those with accents are never found there; it has none for Arabic;
and words that ask (how, why, where) are only partly among them. A word here is left out of what is looked for, unless
nothing else was asked. They are written as the index has them, without accents.
"""

_WORDS = {
    "en": "please hello hi dear thanks thank want would could",
    "de": """
        warum wieso weshalb wann wohin woher wer wen wem wieviel wieviele welch welche welcher welches bitte
        hallo danke fur konnen konnte konnten konnt uber wahrend wurde wurden dass mal einmal etwas jetzt schon
        noch gerade eigentlich gibt geht moglich mochte mochten musste darf durfen brauche brauchen bekomme
        bekommen kommt mehr sehr wenn ja nein
    """,
    "es": """
        como cuando cuanto cuanta cuantos cuantas donde adonde cual cuales quien quienes que por favor hola
        gracias mas si tambien mi el tu mio mia mios mias estas esta estais estan este estes esteis esten habia
        habias habian habra habria sera seran seria serian tendra tendria tenia tenias tenian puedo puede podria
        quiero quisiera necesito hay hacer hago saber
    """,
    "fr": """
        comment pourquoi quand ou combien quel quelle quels quelles est ce meme a ete etee etees etes etant
        etais etait etions etiez etaient fut bonjour merci puis peux peut pourrait voudrais veux faut faire dois
        savoir svp plait plus si tres deja encore
    """,
    "ar": """
        في من على الى إلى عن مع هل ما ماذا متى أين اين كيف لماذا لم لا لن كم أي اي هو هي هم هذا هذه ذلك تلك التي
        الذي الذين أن ان إن لأن كان كانت يكون أو او ثم قد لقد كل بعد قبل عند عندما إذا اذا أنا انا نحن أنت انت
        لي له لها لنا بي به بها فيه فيها منه منها عليه عليها علي غير بين حتى حول دون سوى منذ مثل أكثر اكثر فقط
        ايضا أيضا يمكن يمكنني أريد اريد يجب شكرا مرحبا رجاء
    """,
}
ASIDES = {language: frozenset(words.split()) for language, words in _WORDS.items()}

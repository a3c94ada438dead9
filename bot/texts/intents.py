"""What people type that is no answer and no command, in the languages that participants read and speak.

Whole messages and how messages begin, as people write them; `bot.participant.intents` compares them folded.
"""

from __future__ import annotations

from enum import StrEnum


class Intent(StrEnum):
    """What is meant by words that are no answer."""

    STOP = "stop"
    HELP = "help"
    BACK = "back"
    THANKS = "thanks"
    GREETING = "greeting"
    LANGUAGE = "language"
    QUESTION = "question"


YES = (
    *("da", "ja", "seveda", "lahko", "želim", "da, želim", "želim sodelovati", "da, želim sodelovati", "da, hvala"),
    *("ja, želim", "ja, hvala", "ja, seveda", "da, seveda", "da, lahko", "da, dovolim", "dovolim", "strinjam se"),
    *("se strinjam", "da, strinjam se", "sprejmem", "v redu", "ok", "okej", "velja", "da, prosim", "ja, prosim"),
    *("yes", "yes please", "yep", "yeah", "sure", "of course", "I agree", "I want to take part", "okay"),
    *(
        "sì",
        "sì, grazie",
        "certo",
        "volentieri",
        "igen",
        "igen, köszönöm",
        "rendben",
        "ja, gerne",
        "ja, bitte",
        "gerne",
    ),
    *("yes, I want to take part", "yes, I allow it", "može", "naravno", "pristajem", "želim učestvovati"),
    *("да", "се согласувам", "важи", "po", "pajtohem", "так", "згоден", "згодна", "погоджуюсь"),
)
NO = (
    *("ne", "ne, hvala", "hvala, ne", "nočem", "ne želim", "ne bi", "ne dovolim", "raje ne", "nikakor", "ne, nočem"),
    *("ne, ne želim", "ne želim sodelovati", "ne strinjam se", "se ne strinjam", "ni treba", "ne bom", "ne bi, hvala"),
    *("no", "nope", "no thanks", "no, thank you", "not now", "I do not want", "I don't want to", "I do not allow it"),
    *("no, grazie", "nem", "nem, köszönöm", "nem kérem", "nein", "nein, danke", "lieber nicht"),
    *("neću", "ne želim, hvala", "ne pristajem", "не", "не сакам", "не, благодарам", "jo", "jo faleminderit"),
    *("ні", "ні, дякую", "не хочу", "не згоден", "не згодна"),
)
STOP = (
    *("stop", "ustavi", "ustavite", "nehaj", "nehajte", "prenehajte", "dovolj", "odjava", "odjavi", "odjavi me"),
    *("odjavite me", "odjavljam se", "odjavite", "prekini", "prekinite", "izstop", "ne želim več", "nočem več"),
    *("ne želim več sodelovati", "nočem več sodelovati", "ne bom več sodeloval", "ne bom več sodelovala"),
    *("pustite me pri miru", "pusti me pri miru", "pustite me", "briši me", "konec"),
    *("unsubscribe", "cancel", "quit", "leave me alone", "enough", "opt out", "stop it", "end"),
    *("prestani", "prestanite", "dosta", "odjavi se", "престани", "доста", "одјави ме"),
    *("ndalo", "mjaft", "стоп", "досить", "відписатися", "припиніть"),
)
STOP_BEGINS = (
    *("nehajte pisati", "nehajte mi", "nehaj mi", "nehaj pisati", "nehajte pošiljati", "prosim nehajte"),
    *("ne pišite mi", "ne piši mi", "ne pošiljajte mi", "ne pošiljaj mi", "prenehajte mi", "prenehajte s"),
    *("ne želim več sporočil", "nočem več sporočil", "ne želim več prejemati", "ne želim prejemati", "prosim odjavite"),
    *("ne želim več dobivati", "stop writing", "stop sending", "stop messaging", "please stop", "do not write"),
    *("do not send", "don't write", "don't send", "I want to stop", "nemojte mi", "prestanite slati"),
    *("не пишувајте ми", "не пишіть мені", "mos më shkruani"),
)
HELP = (
    *("pomoč", "na pomoč", "pomagajte", "pomagaj", "pomagajte mi", "rabim pomoč", "potrebujem pomoč", "prosim pomoč"),
    *("ne razumem", "nič ne razumem", "tega ne razumem", "ne razumem vprašanja", "ne znam", "ne gre", "ne dela"),
    *("ne deluje", "ne vem kako", "ne vem kaj naj", "navodila", "kako to deluje", "kaj naj naredim"),
    *("pokličite me", "pokliči me", "prosim pokličite me", "pokličite me prosim", "me lahko pokličete", "kličite me"),
    *("kako naj odgovorim", "kje odgovorim", "kaj moram narediti", "prosim za pomoč"),
    *("help", "help me", "I need help", "please help", "I don't understand", "I do not understand", "don't understand"),
    *("call me", "please call me", "call me please", "can you call me"),
    *("it does not work", "it doesn't work", "how does this work", "what should I do", "what do I do"),
    *("upomoć", "pomozite", "ne razumijem", "ne razumem ništa", "помош", "не разбирам"),
    *("ndihmë", "nuk kuptoj", "допомога", "допоможіть", "не розумію"),
)
HELP_BEGINS = ("ne razumem kaj", "ne razumem kako", "ne vem kako naj", "ne vem kaj moram", "I don't know how to answer")
BACK = (
    *("nazaj", "vrni", "vrni me", "vrni se", "pojdi nazaj", "želim nazaj", "prejšnje", "prejšnje vprašanje"),
    *("eno nazaj", "popravi", "želim popraviti", "back", "go back", "previous", "previous question", "one back"),
    *("natrag", "vrati", "назад", "kthehu", "mbrapa"),
)
LANGUAGE = (
    *("jezik", "drug jezik", "drugi jezik", "angleščina", "angleško", "po angleško", "v angleščini", "slovenščina"),
    *("lahko branje", "ne govorim slovensko", "ne znam slovensko", "ne razumem slovensko", "language", "english"),
    *("in english", "english please", "I speak english", "do you speak english", "other language", "another language"),
    *("change language", "I don't speak slovenian", "I do not speak slovenian", "I don't speak slovene"),
    *("I do not speak slovene", "I don't understand slovenian", "I do not understand slovenian", "no slovenian"),
    *("engleski", "na engleskom", "англиски", "на англиски", "anglisht", "англійська", "англійською"),
)
THANKS = (
    *("hvala", "hvala lepa", "hvala lepo", "lepa hvala", "najlepša hvala", "hvala vam", "hvala enako", "hvala za vse"),
    *("hvala lepa vam", "zahvaljujem se", "tudi vam hvala", "tnx", "thx"),
    *("thanks", "thank you", "thank you very much", "many thanks", "thanks a lot", "hvala puno", "hvala lijepa"),
    *("благодарам", "фала", "faleminderit", "дякую", "щиро дякую"),
)
GREETINGS = (
    *("dober dan", "dobro jutro", "dober večer", "dan", "zdravo", "živjo", "živijo", "živio", "pozdravljeni"),
    *(
        "pozdrav",
        "lep pozdrav",
        "lepo pozdravljeni",
        "lep dan",
        "lahko noč",
        "nasvidenje",
        "na svidenje",
        "adijo",
        "lp",
    ),
    *("hello", "hi", "hey", "good morning", "good afternoon", "good evening", "bye", "goodbye"),
    *("dobar dan", "dobra večer", "bok", "ćao", "добар ден", "здраво", "добро утро", "përshëndetje", "mirëdita"),
    *("tungjatjeta", "добрий день", "привіт", "доброго дня", "вітаю"),
)
ASKING = frozenset({
    *("kaj", "kdaj", "kje", "kdo", "kako", "kam", "koliko", "kateri", "katera", "katero", "zakaj", "ali", "čigav"),
    *("komu", "kod", "odkod", "čemu", "what", "when", "where", "who", "how", "why", "which"),
    *("što", "šta", "kada", "gdje", "gde", "tko", "zašto", "što", "кога", "каде", "кој", "како", "зошто", "колку"),
    *("дали", "коли", "де", "хто", "як", "чому", "скільки", "чи", "çfarë", "kush", "pse"),
})  # fmt: skip

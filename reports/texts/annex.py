"""The words of the last section, for those who know statistics. Nothing above it needs them."""

from __future__ import annotations

TITLE = "Za statistike"
CHANGES = "Velikosti sprememb"
EFFECT = "Velikost (g)"
POINTER = "Mere, intervali in formule so na koncu poročila, v razdelku »Za statistike«."
CHANGE = (
    "Sprememba je razlika obeh prikazanih povprečij istih ljudi; v oklepaju je 95-odstotni interval zaupanja "
    "(t-porazdelitev, n − 1 prostostnih stopenj). 0,05 ob meji intervala pomeni, da je meja blizu ničle, a na tej "
    "strani. Velikost g pove spremembo v enotah razpršenosti odgovorov (g_av po "
    "Lakensu, s popravkom J za majhne skupine): okoli 0,2 je majhna, 0,5 srednja, 0,8 velika. Interval deleža je po "
    "Wilsonu."
)
WORDS = (
    "Beseda ob povprečju je odgovor, ki mu je najbližji. Pri vprašanjih, pri katerih je manj bolje, so točke "
    "obrnjene, kazalnik pa se imenuje po tem, česar je potem več."
)
RESPONSE = (
    "Odziv je AAPOR RR2 (cele in delne odgovore šteje enako), med osebami s privolitvijo, ki jim je rok že potekel."
)
HOLM = (
    "Med skupnimi štirimi vprašanji je »jasna« sprememba, ki ima p manj kot 0,05 po Holmovem popravku za več primerjav."
)

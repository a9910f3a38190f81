"""Windows-1250 is told from Windows-1252 by the letters, and only where they are clear."""

from __future__ import annotations

import pytest

from analysis.ingest.read import read
from tests.ingest.make import codes

CENTRAL = {
    "Polish": "Proszę o więcej czasu, ponieważ formularz był za długi. Chciałbym, żeby słuchali.",
    "Polish among English": "The buses are late.\nWałęsa wrote: Proszę słuchać częściej",
    "Czech": "Prosím, přidejte více času, formulář je příliš dlouhý. Děkuji, úředníci naslouchají.",
    "Slovak": "Prosím, pridajte viac času, formulár je príliš dlhý a ťažký. Ďakujem za možnosť.",
    "Hungarian": "Kérem, adjanak több időt, mert az űrlap túl hosszú. Jó, hogy előre szólnak a főbb"
    " ügyekről, köszönöm.",
    "Romanian": "Vă rog să acordaţi mai mult timp, formularul este prea lung şi greu. Oraşul vrea"
    " spaţii verzi în cartier, la anul şi apoi.",
    "Croatian": "Molim više vremena jer je obrazac predug i težak. Građani će odlučiti što žele, a"
    " sljedeći put pitajte češće.",
}
WESTERN = {
    "French": "J’ai déjà répondu : où sont les élèves ? C’est très gênant, naïf, œuvre, ça va.",
    "German": "Für die Bürger wäre es schöner – größere Züge, süße Äpfel, Österreich.",
    "Spanish": "Señor ¿cómo está?¿qué hace?,¿por qué no? El niño está aquí mañana, 1ª y 2º piso.",
    "Portuguese": "Não há informação suficiente; são três opções. Coração, pão, ações.",
    "Icelandic": "Það er þörf á meiri tíma, eyðublaðið er of langt. Góðan dag, þú ert íslenskur.",
    "Danish": "Vi ønsker mere tid på spørgsmålene, så flere når at svare – ærligt talt.",
    "Welsh": "Mae’r tŷ yn hen â tô, a’r môr yn agos; dŵr glân i’r gymuned, tîm cŵl, êl",
    "names": "Zoë and José met Müller in Malmö with Ångström and François; Søren; Peña, São Paulo.",
    "one name often": "Søren said café, Søren said café, Søren said café, Søren said café.",
    "signs": "It costs £5m and £2bn per m³ of CO², or 20° – see note¹ and note³; it’s ½ naïve.",
    "capitals": "ÉCOLE FERMÉE À CAUSE DES TRAVAUX DÉJÀ PRÉVUS",
}


def of(text: str, encoding: str) -> bytes:
    return f'ID,Answer\n1,"{text}"\n'.encode(encoding, "ignore")


@pytest.mark.parametrize("language", CENTRAL)
def test_central_european_letters_are_found(language: str) -> None:
    table = read(of(CENTRAL[language], "cp1250"))
    assert table.encoding == "cp1250"
    assert "encoding_guess" in codes(table)
    assert table.rows["Answer"].tolist() == [CENTRAL[language]]


@pytest.mark.parametrize("language", WESTERN)
def test_windows_1252_stays_itself(language: str) -> None:
    data = of(WESTERN[language], "cp1252")
    table = read(data)
    assert table.encoding == "windows-1252"
    assert not codes(table) & {"encoding_guess"}

"""Languages found in answers: Welsh in a Welsh survey, Welsh sentences, an EU consultation.

    python -m tests.benchmarks.languages

Gold is the language of the form, corrected where a person read the answers: six English forms of
the Cadw survey hold Welsh answers, one Welsh form an English one, and three more answers in English
forms are in Welsh. The EU forms are not corrected: people often wrote English in another form, so
English found in another form is counted apart. Answers without a view are left out.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.prepare.content import classify
from analysis.prepare.language import UNDETERMINED, detect
from analysis.settings import PROJECT

SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"
CADW_WELSH_IN_ENGLISH = {"444", "727", "811", "1336", "2405", "2719"}
# Answers whose form says one language and whose words another, by their beginning.
CADW_READ = {
    "I’m from Cardiff but live in Kent": "en",
    "There was no way to know if staff spoke Welsh. Byddwn": "cy",  # both; more of it is Welsh
    "Cwrtais iawn": "cy",
    "Roedd yr aelod staff wnaeth": "cy",
}
EU_OPEN = (18, 25, 29, 35, 42, 44, 46, 48, 49, 57, 59, 61, 62, 64, 66, 68, 70, 71)
EU_NAMES = {
    "English": "en", "German": "de", "French": "fr", "Spanish": "es", "Italian": "it",
    "Dutch": "nl", "Polish": "pl", "Portuguese": "pt", "Romanian": "ro", "Swedish": "sv",
    "Danish": "da", "Finnish": "fi", "Czech": "cs", "Greek": "el", "Hungarian": "hu",
    "Bulgarian": "bg", "Slovak": "sk", "Slovenian": "sl", "Croatian": "hr", "Estonian": "et",
    "Latvian": "lv", "Lithuanian": "lt", "Irish": "ga", "Maltese": "mt",
}  # fmt: skip


def _read(*path: str, sep: str = ",") -> pd.DataFrame:
    return pd.read_csv(
        SHARED.joinpath(*path), sep=sep, dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )


def cadw() -> Iterable[tuple[str, str]]:
    table = _read("cadw_smartsurvey_bilingual", "comments_bilingual.csv")
    for column in ("comments_staff", "any_comments", "preventive_factors"):
        for key, form, text in zip(table["id"], table["language"], table[column], strict=True):
            gold = "cy" if key in CADW_WELSH_IN_ENGLISH else form
            yield text, next((g for start, g in CADW_READ.items() if text.startswith(start)), gold)


def welsh() -> Iterable[tuple[str, str]]:
    table = _read("welsh_cc0_sentences", "cy_sentences_1000.csv")
    return zip(table["text"], table["language"], strict=True)


def eu() -> Iterable[tuple[str, str]]:
    table = _read("eu_ai_white_paper_2020", "responses_eusurvey_export.csv", sep=";")
    for column in EU_OPEN:
        for form, text in zip(table.iloc[:, 2], table.iloc[:, column], strict=True):
            yield text, EU_NAMES[form]


def english() -> Iterable[tuple[str, str]]:
    table = _read("nhs_fft_coded", "phase1_text_data.csv")
    for column in table.columns[table.apply(lambda c: c.str.len().mean() > 20)]:
        yield from ((text, "en") for text in table[column])


def measure(name: str, pairs: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Per language: texts, found, too short to tell, another language, and false finds of it."""
    frame = pd.DataFrame(list(pairs), columns=["text", "gold"])
    frame = frame[[bool(t.strip()) and classify(t) == "analysed" for t in frame["text"]]]
    start = time.process_time()
    frame["found"] = detect(list(frame["text"]))
    rate = len(frame) / max(time.process_time() - start, 1e-9)
    rows = []
    for language, texts in frame.groupby("gold"):
        told = texts[texts["found"] != UNDETERMINED]
        rows.append(
            {
                "data": name,
                "language": language,
                "texts": len(texts),
                "found": (texts["found"] == language).mean(),
                "too short to tell": (texts["found"] == UNDETERMINED).mean(),
                "found as English": (told["found"] == "en").sum() if language != "en" else 0,
                "found as another": (~told["found"].isin([language, "en"])).sum(),
                "others found as it": int(
                    ((frame["found"] == language) & (frame["gold"] != language)).sum()
                ),
                "texts a second": round(rate),
            }
        )
    return pd.DataFrame(rows).sort_values("texts", ascending=False)


def main() -> None:
    data = {"cadw": cadw(), "welsh_cc0_sentences": welsh(), "eu": eu(), "nhs_fft": english()}
    table = pd.concat(measure(name, pairs) for name, pairs in data.items())
    print(table.to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    main()

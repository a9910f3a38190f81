"""What is known of each answer before its views are looked at: one row in, one row out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.parallel import Progress, no_progress
from analysis.prepare import privacy_ner
from analysis.prepare.campaigns import find_campaigns
from analysis.prepare.content import classify, phrases_of
from analysis.prepare.language import other
from analysis.prepare.markup import Piece, by_answer, find_markup, in_original, plain_texts
from analysis.prepare.points import masked
from analysis.prepare.privacy_known import known
from analysis.prepare.review import RedactionEdit, reviewed
from analysis.prepare.spread import hidden, languages
from analysis.records import PREPARED, Consultation, Prepared
from analysis.settings import Settings

STEPS = 4


def prepare(
    consultation: Consultation,
    settings: Settings,
    progress: Progress = no_progress,
    edits: Sequence[RedactionEdit] = (),
) -> Prepared:
    """The responses with shown text, language, status and campaign (PREPARED).

    Same rows, order and texts as `consultation.responses`. An answer without a view keeps that
    status in any language; one whose language cannot be told counts as `settings.language`.
    Another language is a status of its own unless the encoder reads all languages.
    `edits` are the team's decisions on what is hidden. Raises EditError if one does not fit its
    answer.
    """
    received = consultation.responses
    markup = find_markup(received, settings.markup_min, settings.markup_bare)
    marked = by_answer(markup)
    responses = received.assign(text=plain_texts(received, marked))
    own = phrases_of(consultation)
    statuses = [classify(t, own) for t in responses["text"]]
    status = pd.Series(statuses, index=responses.index, dtype="str")
    progress(1, STEPS)
    language = _languages(responses, status)
    foreign = other(language, settings.language) & (status == "analysed")
    if settings.embedder == "multilingual":  # which groups them together with the others
        foreign = foreign & False
    progress(2, STEPS)
    shown, found = hidden(responses, privacy_ner.load(), known(consultation))
    redactions = reviewed(received, in_original(found, received, marked), edits)
    if edits:
        shown = _shown(received, redactions, marked)
    progress(3, STEPS)
    views = responses[status == "analysed"]
    quoted = {
        q.id: (q.text, consultation.title, consultation.statement) for q in consultation.questions
    }
    copies, campaigns = find_campaigns(views, settings, quoted)
    copies = copies.set_index("response_id").reindex(responses["response_id"]).fillna("")
    progress(4, STEPS)
    prepared = received.assign(
        shown_text=shown.astype("str"),
        language=language,
        status=status.mask(foreign, "other_language"),
        campaign_id=copies["campaign_id"].to_numpy(dtype=object),
        campaign_copy=copies["campaign_copy"].to_numpy(dtype=object),
    ).astype({"campaign_id": "str", "campaign_copy": "str"})
    return Prepared(
        responses=PREPARED.validate(prepared[list(PREPARED.columns)]),
        redactions=redactions,
        campaigns=campaigns,
        whole=_whole(views, settings),
        markup=markup,
    )


def _whole(views: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Letters in replies as a whole: a campaign may give its people a text for each question."""
    several = views[views.groupby("respondent_id")["response_id"].transform("size") > 1]
    joined = several.groupby("respondent_id", sort=False)["text"].agg("\n\n".join).reset_index()
    replies = joined.assign(response_id=joined["respondent_id"], question_id="reply")
    copies, letters = find_campaigns(replies, settings)
    template = letters.set_index("campaign_id")["template_response_id"]
    return pd.DataFrame(
        {
            "respondent_id": copies["response_id"],
            "campaign_id": copies["campaign_id"],
            "campaign_copy": copies["campaign_copy"],
            "template_respondent_id": copies["campaign_id"].map(template),
        }
    ).astype("str")


def _shown(
    responses: pd.DataFrame, redactions: pd.DataFrame, marked: Mapping[str, Sequence[Piece]]
) -> pd.Series[str]:
    places: dict[str, list[tuple[int, int, str]]] = {}
    for answer, *place in redactions.itertuples(index=False, name=None):
        places.setdefault(answer, []).append(tuple(place))
    texts = [
        masked(text, 0, len(text), places.get(answer, ()), marked.get(answer, ()))
        for answer, text in zip(responses["response_id"], responses["text"], strict=True)
    ]
    return pd.Series(texts, index=responses.index, dtype="str")


def _languages(responses: pd.DataFrame, status: pd.Series[str]) -> pd.Series[str]:
    """The language of each answer; short ones go by the same respondent's other answers."""
    views = responses["text"].where(status == "analysed", "")
    said: dict[str, dict[str, str]] = {}
    keys = list(zip(responses["respondent_id"], responses["response_id"], strict=True))
    for (respondent, response), text in zip(keys, views, strict=True):
        said.setdefault(respondent, {})[response] = text
    context = [
        "\n".join(
            said[respondent][other] for other in sorted(said[respondent]) if other != response
        )
        for respondent, response in keys
    ]
    found = languages(list(responses["text"]), [c.strip() for c in context])
    return pd.Series(found, index=responses.index, dtype="str")

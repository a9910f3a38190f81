"""The record of the UK Algorithmic Transparency Recording Standard, filled from a run.

Fields of tiers 1 and 2 as the standard's public template names them. What only a person can say
(who is accountable, how the result is used) is marked and never guessed. The data-flow page says
where the replies went in this run.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import number, together
from analysis.export.brief import brief_of, least_of
from analysis.export.brief_lines import incomplete, who_counts
from analysis.export.content import Content
from analysis.export.document import Paper

PERSON = "[A person must fill this in]"
Rows = list[tuple[str, str, str]]  # tier and section, field, entry


def record(content: Content) -> bytes:
    """The record and the data flow as .docx."""
    paper = Paper("Algorithmic transparency record", size=10)
    rows = fields(content, least_of(content))
    paper.heading("Algorithmic transparency record", 0)
    paper.text(
        f"Filled from the run {content.meta['run_id']} of “{content.consultation['title']}”. "
        f"{sum(PERSON in entry for _, _, entry in rows)} fields are marked {PERSON}."
    )
    last = ""
    for section, field, entry in rows:
        if section != last:
            paper.heading(section, 2)
            last = section
        paper.text(entry, f"{field}:")
    paper.heading("Data flow of this run")
    paper.table(("Step", "Where", "What goes in and what is kept"), flow(content))
    paper.footer(brief_of(content).foot)
    return paper.bytes()


def fields(content: Content, minimum: int = 0) -> Rows:
    """(section, field, entry) of tiers 1 and 2, in the template's order.

    `minimum`: the smallest number of people that is told; smaller ones are put together.
    """
    return [
        *_tier_one(content),
        *_owner(),
        *_rationale(content),
        *_decisions(content),
        *_tool(content),
        *_models(content),
        *_data(content, minimum),
        *_risks(content, minimum),
    ]


def flow(content: Content) -> Rows:
    """(step, where, what) of the replies' way through this run."""
    left = content.meta["left_the_machine"]
    wording = content.meta["backends"]["wording"]
    sent = (
        f"{left['calls']:,} calls with {left['prompt_tokens']:,} tokens in and "
        f"{left['completion_tokens']:,} out. Sent: names of themes, and passages with personal "
        "details taken out, under numbers made for the call; nobody’s name, group or position."
        if left["calls"]
        else "Nothing was sent anywhere."
    )
    return [
        ("Upload and reading", "this machine", f"{content.ledger['received']:,} replies; the file "
         "is kept in the store of Heard until it is deleted there"),
        ("Preparation", "this machine", "language, campaigns, personal details found; the text as "
         "received and a text to show are kept"),
        ("Vectors and themes", "this machine", content.meta["backends"]["embedding"]["name"]),
        ("Position and tone", "this machine", content.meta["backends"]["position"]["name"]),
        ("Wording", "a language model" if left["calls"] else "this machine",
         f"{wording['name']}. {sent}"),
        ("Results", "this machine", "counts, themes, quotations; numbers of small groups are "
         "hidden in exports"),
        ("Publication", PERSON, f"who may see which export, and for how long: {PERSON}"),
    ]  # fmt: skip


def _section(name: str, rows: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    return ((name, field, entry) for field, entry in rows.items())


def _tier_one(content: Content) -> Iterator[tuple[str, str, str]]:
    return _section("Tier 1: summary", {
        "Name": "Heard",
        "Description": "Heard groups the replies to a public consultation by what they are about, "
        "counts who raised what, and quotes them. It decides nothing about any person. This "
        f"record is of the consultation “{content.consultation['title']}”: "
        f"{content.ledger['received']:,} replies, {content.ledger['analysed']:,} of them analysed.",
        "Website URL": PERSON,
        "Contact email": PERSON,
    })  # fmt: skip


def _owner() -> Iterator[tuple[str, str, str]]:
    return _section("Tier 2: owner and responsibility", {
        "1.1 Organisation or department": PERSON,
        "1.2 Team": PERSON,
        "1.3 Senior responsible owner": PERSON,
        "1.4 Third party involvement": PERSON,
        "1.4.1 Third party": PERSON,
        "1.4.2 Companies House number": PERSON,
        "1.4.3 Third party role": PERSON,
        "1.4.4 Procurement procedure type": PERSON,
        "1.4.5 Third party data access terms": PERSON,
    })  # fmt: skip


def _rationale(content: Content) -> Iterator[tuple[str, str, str]]:
    questions = content.consultation["questions"]
    open_ = sum(q["kind"] == "open" for q in questions)
    return _section("Tier 2: description and rationale", {
        "2.1 Detailed description": "Answers are split into points, points become vectors, near "
        "points become themes; positions are taken from a closed question; sentences are built "
        "from counts, and quotations are letter for letter.",
        "2.2 Benefits": f"All replies are read in the same way and each number leads back to the "
        f"replies. Expected benefit in this case: {PERSON}",
        "2.3 Previous process": PERSON,
        "2.4 Alternatives considered": PERSON,
        "2.5 Scope": f"{open_} open and {len(questions) - open_} closed questions of one "
        f"consultation. Use beyond it: {PERSON}",
    })  # fmt: skip


def _decisions(content: Content) -> Iterator[tuple[str, str, str]]:
    return _section("Tier 2: decision-making process", {
        "3.1 Process integration": PERSON,
        "3.2 Provided information": "A page for ministers, a report, tables by group, all replies "
        "behind each theme, and what is in no theme.",
        "3.3 Frequency and scale of usage": f"This run: {content.ledger['received']:,} replies. "
        f"How often: {PERSON}",
        "3.4 Human decisions and review": f"State of this result: {brief_of(content).badge}. "
        f"Who checked it and how: {PERSON}",
        "3.5 Required training": PERSON,
        "3.6 Appeals and review": f"Each excluded reply has a reason that is listed. How a "
        f"respondent can object: {PERSON}",
    })  # fmt: skip


def _tool(content: Content) -> Iterator[tuple[str, str, str]]:
    versions = ", ".join(f"{k} {v}" for k, v in content.meta["versions"].items())
    return _section("Tier 2: tool specification", {
        "4.1.1 System architecture": "A web page and a worker on one machine; results are files "
        f"named by the fingerprint of all that they depend on. {versions}.",
        "4.1.2 Phase": PERSON,
        "4.1.3 Maintenance": PERSON,
        "4.1.4 Models": "; ".join(b["name"] for b in content.meta["backends"].values()),
    })  # fmt: skip


def _models(content: Content) -> Iterator[tuple[str, str, str]]:
    for step, task in _TASKS.items():
        backend = content.meta["backends"][step]
        yield from _section(f"Tier 2: model specification, {step}", {
            "4.2.1 Model name": backend["name"],
            "4.2.2 Model version": str(backend.get("revision", "see the run’s fingerprints")),
            "4.2.3 Model task": task,
            "4.2.4 Why this one": backend["reason"],
            "4.2.5 Performance": f"Figures are in the documentation of Heard. On this "
            f"consultation: {PERSON}",
        })  # fmt: skip


_TASKS = {
    "embedding": "Turns a passage into a vector, so that nearness of meaning can be counted",
    "personal data": "Finds names, addresses and numbers of people, so that they can be hidden",
    "themes": "Groups points whose vectors are near",
    "tone": "Says how a point is worded",
    "position": "Says who is for or against",
    "wording": "Names themes and writes sentences, each checked against the replies it cites",
}


def _data(content: Content, minimum: int) -> Iterator[tuple[str, str, str]]:
    counted = content.responses["status"].value_counts().sort_index()
    states = {str(k): int(n) for k, n in counted.items()}
    told = [f"{' or '.join(keys)} {n:,}" for keys, n in together(states, minimum)]
    attributes = ", ".join(content.consultation["attributes"]) or "none"
    return _section("Tier 2: data specification", {
        "4.3.1 Source data name": content.consultation["title"],
        "4.3.2 Data modality": "Text and ticked answers",
        "4.3.3 Data description": "; ".join(q["text"] for q in content.consultation["questions"]),
        "4.3.4 Data quantities": f"{content.ledger['received']:,} replies; answers to open "
        "questions by state: " + ", ".join(told),
        "4.3.5 Sensitive attributes": f"Groups in the data: {attributes}. Which of them are "
        f"protected characteristics: {PERSON}",
        "4.3.6 Data completeness and representativeness": "Those who replied chose to do so; the "
        f"replies do not represent the population. {who_counts(content.ledger, minimum)}",
        "4.3.7 Source data URL": PERSON,
        "4.3.8 Data collection": PERSON,
        "4.3.9 Data cleaning": "Answers without content are set aside and counted, personal "
        "details are hidden in what is shown, copies of campaign letters are marked.",
        "4.3.10 Data sharing agreements": PERSON,
        "4.3.11 Data access and storage": PERSON,
    })  # fmt: skip


def _risks(content: Content, minimum: int) -> Iterator[tuple[str, str, str]]:
    struck = len(content.meta["struck"])
    flagged = number(sum(len(q["reads_like_an_instruction"]) for q in content.summary), minimum)
    return _section("Tier 2: risks, mitigations and impact assessments", {
        "5.1 Impact assessments": PERSON,
        "5.2 Risks and mitigations": "A small group’s view is lost: every theme of one person or "
        "more is listed, and a meter says what the summary leaves out. A model invents: every "
        f"sentence is checked against its replies ({struck} items were struck out or set aside in "
        "this run). A reply gives the model orders: replies are data, each viewpoint is asked "
        f"about alone ({flagged} replies read like an instruction and are marked). Somebody is "
        f"recognised: details are hidden and small numbers are not shown. {incomplete(content)} "
        f"Other risks: {PERSON}",
    })  # fmt: skip

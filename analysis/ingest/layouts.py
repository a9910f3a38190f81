"""What the files of each survey tool look like: one entry a tool, detected with a reason.

An entry names the columns that the tool always writes (`marks`); a file is of that tool if one of
its first rows holds at least `need` of them. To add a tool, add an entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.errors import FileError
from analysis.records import Role

Stack = Literal["one", "qualtrics", "surveymonkey", "smartsurvey"]


@dataclass(frozen=True)
class Layout:
    """marks: patterns for whole header cells, of which `need` must be there.

    cells: patterns for a cell anywhere in the first rows, which alone give the tool away.
    stack: how the header rows lie under each other. blanks: cells that mean "no answer".
    roles: what the tool's own columns are. not_reply: a column and a pattern of its values;
    such rows are not replies, and `not_reply_why` says what they are.
    """

    name: str
    tool: str
    marks: tuple[str, ...] = ()
    need: int = 99
    cells: tuple[str, ...] = ()
    stack: Stack = "one"
    blanks: tuple[str, ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()
    not_reply: tuple[str, str] | None = None
    not_reply_why: str = ""


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "qualtrics",
        "Qualtrics",
        marks=(
            "ResponseId", "ResponseID", "ResponseSet", "StartDate", "EndDate", "RecordedDate",
            "IPAddress", "UserLanguage", "DistributionChannel", "ExternalDataReference",
            "ExternalReference", r"Duration \(in seconds\)", "Finished", "Progress",
            "LocationLatitude", "RecipientEmail",
        ),
        need=3,
        cells=(r"\{[\"']ImportId[\"']:.*",),
        stack="qualtrics",
        roles=(
            ("ResponseI[dD]", "id"),
            ("RecordedDate", "date"),
            ("UserLanguage", "attribute"),
            ("Recipient.*|Name", "personal"),
            ("Status|ResponseSet|Finished|Progress|DistributionChannel|Location.*", "ignore"),
        ),
    ),
    Layout(
        "surveymonkey",
        "SurveyMonkey",
        marks=(
            r"respondent[ _]?id", r"collector[ _]?id", r"date[ _]created", r"date[ _]modified",
            "Response", "Open-Ended Response", r".*\bother \(please specify\)",
            r"custom[ _]data.*", r"ip[ _]address", r"email[ _]address",
        ),
        need=2,
        stack="surveymonkey",
        roles=(
            (r"respondent[ _]?id", "id"),
            (r"collector[ _]?id", "ignore"),
            (r"date[ _]modified", "date"),
            (r"custom[ _]data.*", "ignore"),
        ),
    ),
    Layout(
        "smartsurvey",
        "SmartSurvey",
        marks=(
            "UserID", "UserNo", "Unique ID", "Tracking Link", "Started", "Ended", "Page Path",
            "Translation", r"Q1\. .*", r"Q1\.1\. .*", r"Q2\. .*", r"Q2\.1\. .*",
        ),
        need=3,
        stack="smartsurvey",
        blanks=("-",),
        roles=(
            ("Unique ID|UserNo|Tracking Link|Page Path|clientID|Started", "ignore"),
            ("UserID", "id"),
            ("Ended", "date"),
            ("Translation", "attribute"),
        ),
    ),
    Layout(
        "ms_forms",
        "Microsoft Forms",
        marks=("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
        need=4,
        roles=(
            ("ID", "id"),
            ("Completion time", "date"),
            ("Start time|Last modified time|Language", "ignore"),
        ),
    ),
    Layout(
        "eusurvey",
        "EUSurvey",
        marks=(
            "Reference", "Feedback date", "User type", "Publication privacy settings",
            "Transparency register number", "Organisation size", "Contribution ID", "Alias",
            "Invitation number", "Creation date", "Last update", "Languages?", "Scope",
        ),
        need=4,
        roles=(
            ("Reference|Contribution ID", "id"),
            ("Feedback date|Last update", "date"),
            ("Scope", "attribute"),
            ("Alias|Invitation number|Creation date", "ignore"),
        ),
    ),
    Layout(
        "citizen_space",
        "Citizen Space",
        marks=(
            "Response ID", "Response date", "Date submitted", "Submission date",
            "Response status", "Response source", "Publish response", "User ?name",
        ),
        need=4,
        cells=(r"(ANON|BHLF)-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]",),
        roles=(
            ("Response ID", "id"),
            ("Response date|Date submitted|Submission date", "date"),
            ("Response status|Response source|User ?name", "ignore"),
        ),
    ),
    Layout(
        "decidim",
        "Decidim",
        marks=(
            "id", "reference", r"category/.*", r"scope/.*", r"(title|body|description)(/\w\w)?",
            "created_at", "published_at", r"component/id", "user_status", "ip_hash",
            r"author/.*", "alignment", "depth", "locale", "endorsements(_count)?",
        ),
        need=4,
        roles=(
            ("id", "id"),
            ("created_at|published_at", "date"),
            (r"body(/\w\w)?", "open"),
            (r"(category|scope)/name(/\w\w)?|locale|alignment", "attribute"),
            (r"author/name", "personal"),
            (r"(category|scope|component|participatory_space|author|meeting_urls).*", "ignore"),
            ("reference|ip_hash|url|depth|user_status|.*_count|votes|endorsements", "ignore"),
        ),
    ),
    Layout(
        "polis",
        "Polis",
        marks=(
            "comment-id", "author-id", "comment-body", "agrees", "disagrees", "moderated",
            "participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree",
        ),
        need=4,
        roles=(
            ("comment-id|participant", "id"),
            ("comment-body", "open"),
            ("group-id", "attribute"),
            ("datetime", "date"),
            ("timestamp|author-id|agrees|disagrees|moderated|xid|n-.*", "ignore"),
        ),
    ),
    Layout(
        "regulations_gov",
        "regulations.gov",
        marks=(
            "Document ID", "Agency ID", "Docket ID", "Tracking Number", "Document Type",
            "Attachment Files", "Attachment Count", "Comment", "Posted Date", "Received Date",
        ),
        need=3,
        roles=(
            ("Document ID", "id"),
            ("Received Date", "date"),
            ("Comment|Document Comment", "open"),
            ("Category|State/Province|Country", "attribute"),
            (r"(First|Last) Name|Submitter.*|Organization( Name)?|Representative.*", "personal"),
            (r".*\b(Date|ID|Number|Type|Subtype|Files|Title|Document ID|Count|Properties)\b.*",
             "ignore"),
            (r"Is Withdrawn\?|Allow Late Comments|Reason Withdrawn|Status|.*Page.*", "ignore"),
        ),
        not_reply=("Document Type", r"(?i)(notice|proposed rule|rule|other|supporting.*)s?"),
        not_reply_why="is a document of the agency, not a comment",
    ),
    Layout(
        "outlook",
        "an Outlook mailbox",
        marks=(
            "Subject", "Body", r"From: \(Name\)", r"From: \(Address\)", r"From: \(Type\)",
            r"To: \(Name\)", "From", "To", "Sender.*", "Received", "Sent", "CC", "Attachments",
            "BillingInformation", "Sensitivity",
        ),
        need=3,
        roles=(
            ("Body", "open"),
            ("Received|Sent|Date", "date"),
            (r"From.*|To|To: .*|CC.*|BCC.*|Sender.*", "personal"),
            ("Subject|BillingInformation|Categories|Importance|Mileage|Sensitivity", "ignore"),
        ),
    ),
    Layout(
        "document",
        "a letter",
        marks=("Document ID", "Response", "Attachment"),
        need=3,
        roles=(("Document ID", "id"), ("Response", "open"), ("Attachment", "ignore")),
    ),
    Layout(
        "google_forms",
        "Google Forms",
        marks=(r"Timestamp", r".*\?", r"(Email Address|Username|.{25,})"),
        need=2,
        roles=(("Timestamp", "date"), ("Username", "personal")),
    ),
    Layout("plain", "no particular tool"),
)  # fmt: skip

_BY_NAME = {layout.name: layout for layout in LAYOUTS}
PLAIN = _BY_NAME["plain"]


@dataclass(frozen=True)
class Found:
    """A layout, why it was taken, and which of the rows given holds the tool's columns."""

    layout: Layout
    reason: str
    row: int | None = None


def detect(top: Sequence[Sequence[str]]) -> Found:
    """The layout of a file from its first rows (those that are not blank)."""
    rows = [_line(row) for row in top]
    for layout in LAYOUTS:
        if found := _match(layout, top, rows):
            return found
    return Found(PLAIN, "no survey tool's own columns were seen")


def named(name: str, top: Sequence[Sequence[str]]) -> Found:
    """The layout that the user chose. Raises FileError if there is none of that name."""
    layout = _BY_NAME.get(name)
    if layout is None:
        raise FileError(f"There is no layout “{name}”; choose one of {', '.join(_BY_NAME)}.")
    found = _match(layout, top, [_line(row) for row in top])
    return Found(layout, "chosen by the user", found.row if found else None)


def role_of(layout: Layout, header: str) -> Role | None:
    """The role of one of the tool's own columns, or None."""
    for pattern, role in layout.roles:
        if re.fullmatch(pattern, header, re.IGNORECASE):
            return role
    return None


def _match(layout: Layout, top: Sequence[Sequence[str]], rows: Sequence[str]) -> Found | None:
    best: list[str] = []
    at = None
    for i, row in enumerate(top):
        # Where headers are stacked, the tool's marks may lie in two rows.
        below = rows[i + 1 : i + 2] if layout.stack == "surveymonkey" else ()
        hits = _hits(layout, "\n".join([rows[i], *below]))
        if len(hits) >= layout.need and not (layout.name == "google_forms" and not _timed(row)):
            best, at = hits, i
            break
    for i, row in enumerate(top):
        for cell in row:
            for pattern in layout.cells:
                if re.fullmatch(pattern, cell.strip(), re.DOTALL):
                    first = 0 if at is None and layout.name == "qualtrics" else at
                    reason = f"row {i + 1} holds “{cell.strip()[:40]}”, as {layout.tool} writes it"
                    return Found(layout, reason, first)
    if at is None:
        return None
    return Found(layout, f"has the columns {', '.join(best[:4])} of {layout.tool}", at)


def _line(row: Sequence[str]) -> str:
    """A row with one cell a line, as the patterns want it."""
    return "\n".join(" ".join(cell.split()) for cell in row if cell.strip())


def _hits(layout: Layout, row: str) -> list[str]:
    """The cells of a row that are the tool's own."""
    hits = []
    for mark in layout.marks:
        # One scan over the whole row: a worksheet may have thousands of columns.
        found = re.search(rf"^(?:{mark})$", row, re.IGNORECASE | re.MULTILINE)
        if found and found[0] not in hits:
            hits.append(found[0])
    return [hit if len(hit) <= 40 else hit[:39] + "…" for hit in hits]


def _timed(row: Sequence[str]) -> bool:
    return bool(row) and row[0].strip().lower() == "timestamp"

"""The survey tools: one entry a tool, with the columns that it always writes.

To add a tool, add an entry. Patterns are for whole cells; upper and lower case make no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.records import Role

Stack = Literal["one", "qualtrics", "surveymonkey", "smartsurvey"]


@dataclass(frozen=True)
class Layout:
    """marks: patterns for whole header cells, of which `need` must be there.

    cells: patterns for a cell anywhere in the first rows, which alone give the tool away.
    stack: how the header rows lie under each other. blanks: cells that mean "no answer".
    roles: what the tool's own columns are. not_reply: a column and a pattern of its values;
    such rows are not replies, and `not_reply_why` says what they are. code: a pattern of what the
    tool writes before a question's text; it stays in the column's name only.
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
    code: str = ""


# Microsoft Forms and Google Forms head their own columns in the language of the form's owner.
_FORMS_START = (
    "Start time|Startzeit|Heure de début|Hora de inicio|Ora di inizio|Begintijd|Hora de início|"
    "Godzina rozpoczęcia|Amser dechrau"
)
_FORMS_END = (
    "Completion time|Fertigstellungszeit|Heure de fin|Hora de finalización|Ora di completamento|"
    "Tijd van voltooien|Hora de conclusão|Godzina ukończenia|Amser cwblhau"
)
_FORMS_EMAIL = (
    "E-?mail|Adresse de messagerie|Correo electrónico|Posta elettronica|Adres e-mail|E-bost"
)
_FORMS_NAME = "Name|Nom|Nombre|Nome|Naam|Nazwa|Enw"
STAMP = (
    "Timestamp|Horodateur|Zeitstempel|Marca temporal|Informazioni cronologiche|Tijdstempel|"
    "Sygnatura czasowa|Carimbo de data/hora|Stamp amser"
)

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
        marks=("ID", _FORMS_START, _FORMS_END, _FORMS_EMAIL, _FORMS_NAME, "Last modified time"),
        need=4,
        roles=(
            ("ID", "id"),
            (_FORMS_END, "date"),
            (f"{_FORMS_START}|Last modified time|Language", "ignore"),
            (f"{_FORMS_EMAIL}|{_FORMS_NAME}", "personal"),
        ),
    ),
    Layout(
        "limesurvey",
        "LimeSurvey",
        marks=(
            r"(id\. )?Response ID|id", r"(submitdate\. )?Date submitted|submitdate",
            r"(lastpage\. )?Last page|lastpage", r"(startlanguage\. )?Start language|startlanguage",
            r"(seed\. )?Seed",
        ),
        need=4,
        roles=(
            (r"(id\. )?Response ID|id", "id"),
            (r"(submitdate\. )?Date submitted|submitdate", "date"),
            (r".*(lastpage|last page|startlanguage|start language|seed|refurl|referrer url)",
             "ignore"),
            (r"(startdate|datestamp)\b.*|Date (started|last action)", "ignore"),
        ),
        code=r"[A-Za-z]\w*(\[\w+\])*\.\s+",
    ),
    Layout(
        "typeform",
        "Typeform",
        marks=("#", "Network ID", r"Start Date \(UTC\)", r"Submit Date \(UTC\)", "Tags",
               r"Stage Date \(UTC\)", "Response Type", "Ending"),
        need=3,
        roles=(
            ("#", "id"),
            (r"Submit Date \(UTC\)", "date"),
            (r"(Start|Stage) Date \(UTC\)|Network ID|Tags|Response Type|Ending", "ignore"),
        ),
    ),
    Layout(
        "survey123",
        "ArcGIS Survey123",
        marks=("ObjectID", "GlobalID", "CreationDate", "Creator", "EditDate", "Editor"),
        need=4,
        roles=(
            ("ObjectID", "id"),
            ("CreationDate", "date"),
            ("GlobalID|EditDate|x|y", "ignore"),
            ("Creator|Editor", "personal"),
        ),
    ),
    Layout(
        "engagementhq",
        "EngagementHQ",
        marks=("Contribution ID", r"Login( \(Screen name\))?", "Date of contribution",
               r"Member ID", "Response No:?", "IP Address", "Submitted on:?"),
        need=3,
        roles=(
            ("Contribution ID|Response No:?", "id"),
            ("Date of contribution|Submitted on:?", "date"),
            ("Login.*|Member ID", "personal"),
        ),
    ),
    Layout(
        "commonplace",
        "Commonplace",
        marks=("Comment ID|Contribution ID", "Comment date|Contribution date", "Agreements",
               "Map latitude|Latitude", "Map longitude|Longitude", "Respondent ID"),
        need=4,
        roles=(
            ("(Comment|Contribution) ID", "id"),
            ("(Comment|Contribution) date", "date"),
            ("Agreements|(Map )?(Latitude|Longitude)|Respondent ID", "ignore"),
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
        "mail",
        "a mailbox",
        marks=("Message ID", "Date", "From", "Subject", "Body", "Attachments"),
        need=6,
        roles=(
            ("Message ID", "id"),
            ("Date", "date"),
            ("From", "personal"),
            ("Subject|Attachments", "ignore"),
            ("Body", "open"),
        ),
    ),
    Layout(
        "outlook",
        "an Outlook mailbox",
        marks=(
            "Subject", "Body", r"From: \(Name\)", r"From: \(Address\)", r"From: \(Type\)",
            r"To: \(Name\)", "From", "To", "Sender.*", "Received", "Sent", "CC", "Attachments",
            "BillingInformation", "Sensitivity", "Betreff", r"Von: \(Name\)", r"Von: \(Adresse\)",
            r"An: \(Name\)", "Objet", "Corps", r"De ?: \(nom\)", r"De ?: \(adresse\)",
        ),
        need=3,
        roles=(
            ("Body|Text|Corps", "open"),
            ("Received|Sent|Date", "date"),
            (r"From.*|To|To: .*|CC.*|BCC.*|Sender.*|(?:Von|An|De|À) ?:.*", "personal"),
            ("Subject|Betreff|Objet", "ignore"),
            ("BillingInformation|Categories|Importance|Mileage|Sensitivity", "ignore"),
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
        "letters",
        "letters, one a page",
        marks=("Document ID", "Response", "Attachment"),
        need=3,
        roles=(("Document ID", "id"), ("Response", "open"), ("Attachment", "ignore")),
    ),
    Layout(
        "google_forms",
        "Google Forms",
        marks=(STAMP, r".*\?", r"(Email Address|Username|.{25,})"),
        need=2,
        roles=((STAMP, "date"), ("Username", "personal")),
    ),
    Layout("plain", "no particular tool"),
)  # fmt: skip

"""The journey of the soak, step by step: what a person does, and what the store then holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, expect

from analysis.pipeline import load
from analysis.review.edits import deciding
from analysis.store.store import Store
from tests.browser.signed_in import settled
from tests.browser.test_people_decide import table

TITLE = "Our town"
WAIT = 40_000  # milliseconds until a person looks again
RUN = 240_000
NOTE = "More about the buses, please."


class Journey:
    """The people and their pages; `app`: at which of the two apps the last one works."""

    def __init__(self, browser: Browser, addresses: list[str]) -> None:
        self.browser, self.addresses = browser, addresses
        self.pages: dict[str, Page] = {}
        self.app, self.town, self.last = 0, "", ""

    def page(self, name: str, app: int) -> Page:
        self.app, self.last = app, name
        if name not in self.pages:
            made = self.browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
            made.set_default_timeout(WAIT)
            self.pages[name] = made
        return self.pages[name]

    def opened(self, name: str, app: int, path: str, title: str) -> Page:
        page = self.page(name, app)
        where = f"consultation={self.town}" if self.town else ""
        page.goto(f"{self.addresses[app]}/{path}?{where}" if "?" not in path
                  else f"{self.addresses[app]}/{path}&{where}")  # fmt: skip
        heading = page.get_by_role("heading", name=title, exact=True).first
        expect(heading).to_be_visible(timeout=WAIT)
        settled(page)
        return page

    def screen(self) -> str:
        """What the last person sees, in short."""
        try:
            text = self.pages[self.last].locator("[data-testid=stMain]").inner_text(timeout=1000)
        except Error as error:
            return f"(no page: {str(error).splitlines()[0][:80]})"
        at = text.find("This did not work")
        return " ".join(text[at if at >= 0 else 0 :].split())[:240]


@dataclass(frozen=True)
class Step:
    """act: until it is confirmed on screen. seen: it was done already, says the screen.

    there: the store has it. seconds: about how long it takes, in which it can be hit.
    """

    title: str
    seconds: float
    act: Callable[[Journey], None]
    seen: Callable[[Journey], bool]
    there: Callable[[Store], bool]


def town_of(store: Store) -> str:
    return next((e.id for e in store.entries() if e.title == TITLE), "")


def _signs_in(name: str, app: int) -> Step:
    def act(j: Journey) -> None:
        page = j.page(name, app)
        page.goto(j.addresses[app])
        page.get_by_role("button", name="Sign in").click()
        page.get_by_placeholder("sub").fill(name)
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=WAIT)
        settled(page)

    def seen(j: Journey) -> bool:
        page = j.page(name, app)
        page.goto(j.addresses[app])
        settled(page)
        return page.get_by_role("button", name="Sign out").count() == 1

    email = f"{name}@dept.example"
    return Step(
        f"{name} signs in", 3, act, seen,
        lambda s: any(i.email == email for i in s.sign_ins()),
    )  # fmt: skip


def _imports(j: Journey) -> None:
    ana = j.opened("ana", 0, "consultations", "Consultations")
    ana.get_by_label("Title", exact=True).fill(TITLE)
    file = {"name": "town.csv", "mimeType": "text/csv", "buffer": table()}
    ana.locator("input[type=file]").set_input_files([file])
    ana.get_by_role("button", name="Read the files").click()
    expect(ana.get_by_role("button", name="Confirm the columns")).to_be_visible(timeout=WAIT)
    _remembers(j, ana)


def _remembers(j: Journey, page: Page) -> None:
    found = re.search(r"consultation=(\w+)", page.url)
    assert found
    j.town = found.group(1)


def _imported(j: Journey) -> bool:
    ana = j.opened("ana", 0, "consultations", "Consultations")
    if ana.locator("[data-testid=stMain]").get_by_text(TITLE, exact=True).count() == 0:
        return False
    ana = j.opened("ana", 0, "columns", "Columns")
    expect(ana.get_by_role("button", name="Confirm the columns")).to_be_visible(timeout=WAIT)
    _remembers(j, ana)
    return True


def _has_file(store: Store) -> bool:
    town = town_of(store)
    if not town:
        return False
    entry = store.entry(town)
    return [store.file(entry, f) for f in entry.files] == [table()]


def _confirms(j: Journey) -> None:
    ana = j.opened("ana", 0, "columns", "Columns")
    ana.get_by_role("button", name="Confirm the columns").click()
    expect(ana.get_by_role("button", name="Start the analysis")).to_be_visible(timeout=WAIT)


def _confirmed(j: Journey) -> bool:
    ana = j.opened("ana", 0, "analysis", "Analysis")
    return ana.get_by_role("button", name="Start the analysis").count() == 1


def _starts(j: Journey) -> None:
    ana = j.opened("ana", 0, "analysis", "Analysis")
    ana.get_by_role("button", name="Start the analysis").click()
    expect(ana.get_by_text(re.compile("^Waiting|^Running|Last analysis"))).to_be_visible(
        timeout=WAIT
    )


def _started(j: Journey) -> bool:
    ana = j.opened("ana", 0, "analysis", "Analysis")
    return ana.get_by_role("button", name="Start the analysis").count() == 0 or bool(
        ana.get_by_text("Last analysis").count()
    )


def _finished(title: str, number: int) -> Step:
    def act(j: Journey) -> None:
        ana = j.opened("ana", 0, "analysis", "Analysis")
        expect(ana.get_by_text("Last analysis: finished")).to_be_visible(timeout=RUN)

    def there(store: Store) -> bool:
        town = town_of(store)
        stored = store.latest_run(town)
        if stored is None:
            return False
        made = load(stored.fingerprints, stored.meta, store.artefacts(town))
        counted = {e.id for e in deciding(store.theme_edits(town))}
        decided = set(made.meta.get("decisions", {}).get("made_on", []))
        return made.ledger["received"] == 60 and (number == 1 or counted <= decided)

    return Step(title, 25, act, lambda _: False, there)


def _merges(j: Journey) -> None:
    ana = j.opened("ana", 0, "review", "Review themes")
    ana.get_by_text("Merge", exact=True).click()
    settled(ana)
    ana.get_by_role("combobox", name="Themes that say the same").click()
    ana.get_by_role("option").first.click()
    settled(ana)
    ana.keyboard.press("Escape")
    ana.get_by_role("button", name="Merge").click()
    expect(ana.get_by_text(re.compile("merged “"))).to_be_visible(timeout=WAIT)


def _merged(j: Journey) -> bool:
    ana = j.opened("ana", 0, "review", "Review themes")
    return bool(ana.get_by_text(re.compile("merged “")).count())


def _counts(j: Journey) -> None:
    ana = j.opened("ana", 0, "review", "Review themes")
    ana.get_by_role("button", name="Count again with these decisions").click()
    settled(ana)
    ana = j.opened("ana", 0, "analysis", "Analysis")
    assert _counting(j)


def _counting(j: Journey) -> bool:
    """Another analysis is under way, or done: nothing is left to be counted."""
    ana = j.opened("ana", 0, "analysis", "Analysis")
    if ana.get_by_role("button", name="Start the analysis").count() == 0:
        return True
    ana = j.opened("ana", 0, "review", "Review themes")
    return ana.get_by_role("button", name="Count again with these decisions").count() == 0


def _signs(j: Journey) -> None:
    rae = j.opened("rae", 1, "publish", "Check and publish")
    rae.get_by_text("I have looked at everything").click()
    settled(rae)
    rae.get_by_role("button", name="Sign as checked").click()
    expect(rae.get_by_text("Checked by Rae").first).to_be_visible(timeout=WAIT)


def _says(name: str, app: int, path: str, title: str, text: str) -> Callable[[Journey], bool]:
    return lambda j: bool(j.opened(name, app, path, title).get_by_text(text).count())


def _publishes(j: Journey) -> None:
    ada = j.opened("ada", 0, "publish", "Check and publish")
    ada.get_by_role("button", name="Publish", exact=True).click()
    expect(ada.get_by_text("Published by Ada").first).to_be_visible(timeout=WAIT)


def _state(store: Store, state: str) -> bool:
    return any(e.signed(state) for e in store.editions(town_of(store)))  # type: ignore[arg-type]


def _reads(j: Journey) -> None:
    mia = j.opened("mia", 1, "brief?edition=1", TITLE)
    expect(mia.get_by_text("Published, edition 1")).to_be_visible(timeout=WAIT)


def _notes(j: Journey) -> None:
    mia = j.opened("mia", 1, "brief?edition=1", TITLE)
    mia.get_by_label("Your note on this edition").fill(NOTE)
    mia.get_by_role("button", name="Keep the note").click()
    quoted = mia.locator("blockquote, [data-testid=stMarkdown], [data-testid=stText]")
    expect(quoted.filter(has_text=NOTE).first).to_be_visible(timeout=WAIT)


def _noted(j: Journey) -> bool:
    mia = j.opened("mia", 1, "brief?edition=1", TITLE)
    quoted = mia.locator("blockquote, [data-testid=stMarkdown], [data-testid=stText]")
    return bool(quoted.filter(has_text=NOTE).count())


def _public_sees(j: Journey) -> None:
    for app in (0, 1):
        page = j.opened("somebody", app, "published?edition=1", TITLE)
        expect(page.get_by_text("60 replies came in")).to_be_visible(timeout=WAIT)
        j.page("somebody", app).goto(f"{j.addresses[app]}/responses?consultation={j.town}")
        settled(page)
        assert "TOWN-0" not in page.content()


def _considered(kind: str) -> Callable[[Store], bool]:
    return lambda s: any(r.kind == kind for r in s.considered(town_of(s)))


def _ends_everywhere(j: Journey) -> None:
    """What is ended at one app holds at the other, where the cookie is still there."""
    page = j.page("mia", 1)
    page.goto(j.addresses[1])
    page.locator("h1").first.wait_for(timeout=WAIT)
    settled(page)  # the first page leads on, and a click before that is lost
    page.get_by_role("button", name="Everywhere").click()
    expect(page.get_by_role("button", name="Everywhere")).to_have_count(0, timeout=WAIT)


def _ended(j: Journey) -> bool:
    page = j.page("mia", 1)
    page.goto(j.addresses[0])
    page.locator("h1").first.wait_for(timeout=WAIT)
    settled(page)
    return page.get_by_role("button", name="Everywhere").count() == 0


def _mia_is_out(store: Store) -> bool:
    own = [i for i in store.sign_ins() if i.email == "mia@dept.example"]
    return bool(own) and all(i.ended for i in own)


STEPS: tuple[Step, ...] = (
    _signs_in("ana", 0),
    Step("ana imports", 4, _imports, _imported, _has_file),
    Step("ana confirms the columns", 3, _confirms, _confirmed,
         lambda s: s.entry(town_of(s)).consultation_fp is not None),
    Step("ana starts the analysis", 3, _starts, _started,
         lambda s: s.latest_job(town_of(s)) is not None),
    _finished("the analysis runs", 1),
    Step("ana merges two themes", 5, _merges, _merged,
         lambda s: [e.kind for e in s.theme_edits(town_of(s))] == ["merge"]),
    Step("ana has them counted", 5, _counts, _counting,
         lambda s: s.latest_job(town_of(s)) is not None),
    _finished("the second analysis runs", 2),
    _signs_in("rae", 1),
    Step("rae signs as checked", 5, _signs,
         _says("rae", 1, "publish", "Check and publish", "Checked by Rae"),
         lambda s: _state(s, "checked")),
    _signs_in("ada", 0),
    Step("ada publishes", 4, _publishes,
         _says("ada", 0, "publish", "Check and publish", "Published by Ada"),
         lambda s: _state(s, "published")),
    _signs_in("mia", 1),
    Step("mia reads", 3, _reads, lambda _: False, _considered("opened")),
    Step("mia leaves a note", 3, _notes, _noted, _considered("note")),
    Step("everybody reads", 4, _public_sees, lambda _: False, lambda s: len(s.published()) == 1),
    Step("mia signs out everywhere", 3, _ends_everywhere, _ended, _mia_is_out),
)  # fmt: skip

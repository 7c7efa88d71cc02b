"""What tests of the site share: a town's export, the files of a folder, what stands in a page."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from kerege.constitution import packs
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.entry import Evidence
from kerege.register.canonical import canonical
from tests.archive.making import make_folder
from tests.cast import AFTER, DAY, LAWS, OFFICIAL, RIVAL, Town, naryn

LATER = date(2010, 4, 5)
PAPER = b"%PDF-1.4 a paper"
SPENT = {"year": 2010, "source": "local", "amount": 5, "purpose": "Жл"}


@dataclass(frozen=True)
class Story:
    """A town with an entry of each standing, by number."""

    town: Town
    budget: int
    spent: int
    corrected_by: int
    contested: int
    confirmed: int
    confirmed_by: int
    annulled: int
    annulled_by: int
    resting: int


def story() -> Story:
    town = naryn(*LAWS, exercise=True)
    budget = town.adopt().n
    paper = Evidence("№ 12", DAY, sha256(PAPER).hexdigest())
    spent = town.act("Spend", "executive", AFTER, evidence=paper, **SPENT).n
    corrected_by = town.act("Correct", "", AFTER, entry=spent, field="purpose", text="Жол").n
    contested = town.contested("AppointHead", "governor", AFTER, holder=RIVAL).n
    confirmed = town.contested("AppointHead", "president", AFTER, holder=OFFICIAL).n
    confirmed_by = town.confirm(confirmed).n
    annulled = town.hold_session(LATER)
    said = {"of": "executive", "about": "Жол", "due": "2010-05-01"}
    resting = town.decide("DemandAccount", LATER, **said).n
    annulled_by = town.annul(annulled, LATER).n
    return Story(
        town,
        budget,
        spent,
        corrected_by,
        contested,
        confirmed,
        confirmed_by,
        annulled,
        annulled_by,
        resting,
    )


def export_of(town: Town, folder: Path, *books: Rulebook) -> Path:
    """The export of a town, judged by its law or by ``books``."""
    make_folder(folder, data=[canonical(entry.json()) for entry in town.entries])
    (folder / "rulebooks").mkdir(exist_ok=True)
    for book in books or (town.book,):
        (folder / "rulebooks" / book.digest).write_text(packs.text_of(book), "utf-8")
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / sha256(PAPER).hexdigest()).write_bytes(PAPER)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Page(HTMLParser):
    """The tags of a page with their attributes, its links, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action"):
                self.links.append(value)

    def handle_data(self, data):
        self.text += data

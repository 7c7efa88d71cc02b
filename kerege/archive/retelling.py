"""Telling what would have been otherwise, in any of the three languages."""

from collections.abc import Iterator, Mapping

from kerege.archive.outcome import NOT_PUT, Fallen, Outcome, Passes, Refused, Replay, Ruled
from kerege.constitution.question import Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.saying import answer_said, cited_said, fact_said, text_said
from kerege.constitution.vocabulary import Vocabulary
from kerege.municipality.entry import Entry
from kerege.municipality.telling import Teller, day
from kerege.words import shipped


def say(key: str, language: str, **slots: object) -> str:
    return shipped("archive", "replay")[key].say(language, **slots)


def answer(given: Ruling, book: Rulebook, language: str) -> str:
    """What the other law would have answered."""
    if given.answer == NOT_PUT:
        return say("replay.not_put", language)
    return answer_said(given.answer, language)


def why(fallen: Fallen, language: str) -> str:
    """Why an act could not have been."""
    return say(f"why.{fallen.why}", language)


def lacks(missing: tuple[str, ...], vocabulary: Vocabulary, language: str) -> list[str]:
    """What would have been lacking, a sentence for each fact."""
    return [fact_said(vocabulary, fact, False, language) for fact in missing]


def text(
    told: Replay,
    register: str,
    law: str,
    entries: Mapping[int, Entry],
    teller: Teller,
) -> str:
    """A replay as text: the counts, then everything that would have been otherwise in the order of
    entry. ``entries`` are those it names."""
    here = teller.language
    lines = [
        say("replay.head", here, register=register, law=law),
        say("replay.judged", here, size=told.size, judged=told.judged),
        say("replay.refused", here, count=len(told.refused)),
        say("replay.fallen", here, count=len(told.fallen)),
        say("replay.passes", here, count=len(told.passes)),
        say("replay.not_stated", here, count=told.not_stated),
    ]
    if not told.refused and not told.fallen:
        lines.append(say("replay.nothing", here))
    for one in otherwise(told):
        title = teller.sentence(entries[one.n], one.n)
        lines += [
            "",
            say("replay.entry", here, number=one.n, day=day(one.held_on, here), title=title),
        ]
        lines += [f"  {line}" for line in _reasons(one, teller)]
    return "\n".join(lines)


def otherwise(told: Replay) -> list[Refused | Fallen | Passes]:
    """Everything that would have been otherwise, in the order of entry."""
    return sorted([*told.refused, *told.fallen, *told.passes], key=lambda one: one.n)


def _reasons(one: Outcome, teller: Teller) -> Iterator[str]:
    here = teller.language
    match one:
        case Ruled(book=book, ruling=given):
            yield say("replay.then", here, answer=answer(given, book, here))
            yield from _articles(book, given.norms, here)
            yield from (f"– {lack}" for lack in lacks(given.missing, book.vocabulary, here))
        case Fallen():
            numbers = ", ".join(str(n) for n in one.because)
            yield say("replay.because", here, numbers=numbers)
            yield why(one, here)
            yield from (f"– {lack}" for lack in lacks(one.missing, teller.packs.vocabulary, here))


def _articles(book: Rulebook, norms: tuple[str, ...], language: str) -> Iterator[str]:
    """Each article once, in plain words."""
    ruled = [book.norms[id_] for id_ in norms]
    for norm in {(id(one.article), one.silent): one for one in ruled}.values():
        said = cited_said(norm, language)
        yield f"{said}, {norm.edition.title[language]}: {text_said(norm, language)}"

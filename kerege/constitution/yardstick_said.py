"""How a law stands to the principles of a yardstick, in words: article by article.

Each principle is said as the sentence of its rule; then which norms of the law decide, what the law
asks for on top, and, where it is not met in full, a question that shows it.
"""

from collections.abc import Iterator, Sequence

from kerege.constitution import yardstick
from kerege.constitution.norms import Norm
from kerege.constitution.question import Question
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.saying import answer_said, article_said, asked_said, fact_said
from kerege.constitution.sentence import aside, reading_said, rule_said
from kerege.constitution.vocabulary import Vocabulary
from kerege.constitution.yardstick import MET, Principle


def lines(
    laid: Sequence[Principle], own: Vocabulary, law: Rulebook, language: str
) -> Iterator[str]:
    """The principles in lines, each article with its plain words above them."""
    article = None
    for one in laid:
        if one.article is not article:
            article = one.article
            yield yardstick.words()["yardstick.article"].say(
                language,
                article=article_said(article, language),
                grade=article.grade,
                words=article.words[language],
            )
        yield from (f"  {line}" for line in said(one, own, law, language))


def said(one: Principle, own: Vocabulary, law: Rulebook, language: str) -> Iterator[str]:
    """One principle in lines; the first is the answer."""

    def say(key: str, **slots: object) -> str:
        return yardstick.words()[f"yardstick.{key}"].say(language, **slots)

    answer = say(one.answer)
    if one.norm is None:
        yield answer
        return
    answer = aside(answer, reading_said(one.norm.reading, language), language)
    yield say("principle", answer=answer, rule=rule_said(one.norm, own, language))
    if one.lacking:
        lacking = ", ".join(_word(word, own, language) for word in one.lacking)
        yield "  " + say("lacking", words=lacking)
    if one.norms:
        norms = ", ".join(_norm(law.norms[id_], language) for id_ in one.norms)
        yield "  " + say("norms", norms=norms)
    if one.asks:
        asks = "; ".join(fact_said(law.vocabulary, fact, True, language) for fact in one.asks)
        yield "  " + say("asks", facts=asks)
    if one.answer != MET and one.shown is not None and one.ruling is not None:
        answer = answer_said(one.ruling.answer, language)
        yield "  " + say(
            "shown", question=_question(one.shown, own, law.vocabulary, language), answer=answer
        )


def _norm(norm: Norm, language: str) -> str:
    """A norm with its article, how well that is known, and whose reading it is."""
    notes = (
        article_said(norm.article, language),
        norm.grade,
        *reading_said(norm.reading, language),
    )
    return aside(norm.id, notes, language)


def _question(asked: Question, own: Vocabulary, theirs: Vocabulary, language: str) -> str:
    """The question, with the facts both have words for."""
    facts = []
    for fact, value in asked.facts.items():
        if isinstance(value, str):
            facts.append(theirs.value_words(fact, value)[language])
        elif fact in own.acts[asked.act].facts:
            facts.append(fact_said(theirs, fact, value, language))
    return "; ".join((asked_said(theirs, asked, language), *facts))


def _word(word: str, own: Vocabulary, language: str) -> str:
    """A word of the yardstick (``part.name``) as the yardstick calls it."""
    part, name = word.split(".")
    known = {"actor": own.actors, "object": own.objects, "place": own.places}
    if part == "act":
        return own.acts[name].words[language]
    if part == "fact":
        return own.facts[name].words[language]
    if part in known:
        return known[part][name][language]
    return own.enums[part][name][language]

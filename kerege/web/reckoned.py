"""What an entry about money says, held against what the register counts up."""

from kerege.municipality import money, telling
from kerege.municipality.fields import SOURCES
from kerege.municipality.record import Execution, Spending
from kerege.web.places import Place
from kerege.web.saying import language, w


def reckoned(here: Place, n: int) -> list[dict[str, str]]:
    """Remarks on entry ``n``, each a title and a text; the law is not asked for them."""
    found = (_beyond(here, n), _otherwise(here, n), *_of_the_year(here, n))
    return [one for one in found if one is not None]


def _of_the_year(here: Place, n: int) -> list[dict[str, str]]:
    """Of an account of a budget: that its year was not over, and that there was one before."""
    account, found = here.m.find(Execution, n), []
    if account is not None and account.since.year <= account.year:
        found.append({"title": "", "text": w("register.year_runs", year=account.year)})
    if account is not None:
        before = [one for one in here.m.of_year(Execution, account.year) if one.entry < n]
        if before:
            last = max(one.entry for one in before)
            found.append({"title": "", "text": w("register.account_before", number=last)})
    return found


def _otherwise(here: Place, n: int) -> dict[str, str] | None:
    """That an account of a budget says another sum than the register has of what was spent by its
    day, not all of which may have been entered."""
    account = here.m.find(Execution, n)
    if account is None:
        return None
    said = {"local": account.spent_local, "republican": account.spent_republican}
    known = {one: money.spent(here.m, account.year, one, account.since) for one in SOURCES}
    if said == known:
        return None
    slots = {source: telling.som(amount, language()) for source, amount in known.items()}
    return {"title": w("register.otherwise"), "text": w("register.otherwise_says", **slots)}


def _beyond(here: Place, n: int) -> dict[str, str] | None:
    """That an entry spent beyond the budget of its year, or without one, as counted from the
    register; what the law says to that is another question."""
    paid = here.m.find(Spending, n)
    if paid is None:
        return None
    said, on = language(), paid.since
    over = money.beyond(here.m, paid.year, paid.source, on, n)
    if not over:
        return None
    adopted = money.budget(here.m, paid.year, on)
    slots = {"year": paid.year, "amount": telling.som(over, said)}
    if adopted is None:
        return {
            "title": w("register.no_budget", **slots),
            "text": w("register.no_budget_says", **slots),
        }
    planned = adopted.total(paid.source)
    slots |= {"planned": telling.som(planned, said), "spent": telling.som(planned + over, said)}
    return {"title": w("register.beyond", **slots), "text": w("register.beyond_says", **slots)}

"""The words of the law and of this house, in three languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.web.caching import public
from kerege.web.saying import w


@public
def glossary(request: HttpRequest) -> HttpResponse:
    words = packs.load().vocabulary
    groups = [
        (w("glossary.actors"), words.actors),
        (w("glossary.objects"), words.objects),
        (w("glossary.places"), words.places),
        (w("glossary.acts"), {name: act.words for name, act in words.acts.items()}),
    ]
    return render(
        request,
        "glossary.html",
        {
            "groups": [
                {
                    "name": name,
                    "rows": [[x.ky, x.ru, x.en] for x in table.values()],
                    "id": f"g{k}",
                }
                for k, (name, table) in enumerate(groups)
            ],
            "head": ["Кыргызча", "Русский", "English"],
        },
    )

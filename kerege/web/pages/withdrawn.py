"""Attempts the law refused that were withdrawn: how many, of which act, against which norm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs, saying
from kerege.web import registers, withdrawing
from kerege.web.caching import public
from kerege.web.cells import Number
from kerege.web.places import place
from kerege.web.reading import reads
from kerege.web.rulings import article_said
from kerege.web.saying import language, w


@public
@reads("mine")
def withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    acts, said = packs.load().vocabulary.acts, language()
    by_act = [
        [acts[act].words[said] if act in acts else act, str(year), Number(str(count))]
        for (year, act), count in withdrawing.by_act(here.register).items()
    ]
    by_norm = []
    for id_, count in withdrawing.by_norm(here.register).items():
        found = withdrawing.norm(id_)
        named = [id_, "–"]
        if found:
            article, edition, silent = found
            # Its article speaks of something else.
            cited = saying.say("article.none", said) if silent else article_said(article)
            named = [cited, edition.title[said]]
        by_norm.append([*named, Number(str(count))])
    return render(
        request,
        "withdrawn.html",
        {
            "place": here,
            "mine": "mine" in request.GET,
            "count": registers.withdrawn(here.register),
            "act_head": [w("withdrawn.act"), w("withdrawn.year"), Number(w("withdrawn.number"))],
            "by_act": by_act,
            "norm_head": [w("withdrawn.norm"), w("withdrawn.law"), Number(w("withdrawn.number"))],
            "by_norm": by_norm,
            "breadcrumbs": [
                {"name": here.name, "url": here.url},
                {"name": w("register.title"), "url": f"{here.url}register/"},
            ],
        },
    )

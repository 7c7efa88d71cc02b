"""How people ask: the words of a question that say nothing of what is sought, and the everyday
words of what the law calls otherwise.

``SILENT`` are words without ң, ө, ү and ё (``letters.fold``); whatever else is asked is sought
without them. ``MEANT`` leads from a term (``terms.py``) to words that are sought beside it. Whoever
says a word of ``WHO`` asks for persons. ``PARTS`` are the questions that a part of the page of a
place answers, by its anchor there: each of the terms of one line is in the question.
"""

_SILENT = """
ким кимдер кимди кимге кимдин эмне эмнени эмнеге кайда кайдан кайсы качан канча кандай кантип болот
болду барбы экен кетти кетип кетет келет келди жатат ушул деген мен менин менде мага мени менден
биз биздин бизде бизге бизди бизден сен сага сени сиз сизди сизге силер алам алабыз аламбы
алабы алабызбы алышабы болобу

кто кому кем что где когда куда откуда как какой какая какое какие какого сколько почему зачем я мне
меня мной мы у нас нам нами наш наша наше наши нашем нашего нашей вы вас вам вами в во на с со о об
и а по для из от до за ли
есть может могут можно будет будут был была было были быть ушли ушел ушла идут делись это этот
там тут здесь

who what where when why how which is are was were be been being will can could do does did has have
the a an our my we i us me you your in on at of to for from and or it this that there go goes going
went gone come comes
"""
SILENT = frozenset(_SILENT.split())

MEANT: dict[str, tuple[str, ...]] = {
    "kбашкар-": ("башчы",),
    "kжетекчи": ("башчы",),
    "kначальник": ("башчы",),
    "kчогулуш": ("жыйын",),
    "rначальник": ("глава",),
    "rруковод": ("глава",),
    "rруководител": ("глава",),
    "rуправля": ("глава",),
    "rпубличн": ("общественные",),
    "rсход": ("собрание",),
    "nchief": ("head",),
}

WHO = frozenset({"ким", "кимдер", "кто", "who"})

_PARTS = {
    "governs": """
        kким kбашкар-
        kким kбашчы
        kким kжетекчи
        kким kдепутат
        eкто rуправля
        eкто rруковод
        eкто rглав
        eкто rдепутат
        ewho ngovern
        ewho nrun
        ewho nhead
    """,
    "open": """
        kчеч- eжатат
        kчеч- eатат
        kэмне eчечилет
        eчто rреша
        ebeing ndecid
    """,
    "money": """
        kакча eкайдан
        kакча eкайда
        rденьг eоткуда
        rденьг eкуда
        nmoney ewhere
    """,
    "owed": """
        kубада
        kкечик-
        rобеща
        rобещан
        rпросроч
        rпросрочен
        npromis
        noverdu
    """,
    "part": """
        eкантип kкатыша
        eкантип kкатыш-
        eкак rучаствова
        eкак rучаств
        rприня rучаст
        ntake npart
        ehow nparticip
    """,
}
PARTS = {
    part: [frozenset(line.split()) for line in said.strip().splitlines()]
    for part, said in _PARTS.items()
}

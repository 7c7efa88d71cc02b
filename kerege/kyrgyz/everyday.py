"""How people ask: the words of a question that say nothing of what is sought, and the everyday
words of what the law calls otherwise.

``SILENT`` are words without ң, ө, ү and ё (``letters.fold``); whatever else is asked is sought
without them. ``MEANT`` leads from a term (``terms.py``) to words that are sought beside it.
"""

_SILENT = """
ким кимдер кимди кимге кимдин эмне эмнени эмнеге кайда кайдан кайсы качан канча кандай кантип болот
болду барбы экен кетти кетип кетет жатат мен менин менде биз биздин бизде бизге ушул деген

кто кому кем что где когда куда откуда как какой какая какое какие какого сколько почему зачем я мне
мы у нас нам наш наша наше наши нашем нашего нашей вы в во на с со о об и а по для из от до за ли
есть будет будут был была было были быть ушли ушел ушла идут делись это этот там тут здесь

who what where when why how which is are was were be been will do does did has have the a an our my
we i us me in on at of to for from and or it this that there go goes going went gone
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

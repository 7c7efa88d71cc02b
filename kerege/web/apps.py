"""The start of every process that serves or writes: the law added to this installation."""

import logging

from django.apps import AppConfig
from django.conf import settings

from kerege.constitution import checking, packs


class Web(AppConfig):
    name = "kerege.web"

    def ready(self) -> None:
        # Before the first connection is made.
        from kerege.web import replaced

        replaced.begin()
        folder = settings.DATA / packs.ADDED
        if not folder.is_dir():
            return
        for wrong in checking.add_from(packs.load(), folder):
            # Left out: an act on a day on which it was in force is refused.
            logging.getLogger(__name__).error("%s: %s", folder, wrong)

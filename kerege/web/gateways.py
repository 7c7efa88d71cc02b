"""Gateways that notices go out by: e-mail, Telegram, text messages, through apprise.

The operator names a gateway for each way as an address of apprise with ``{to}`` in it::

    KEREGE_NOTIFY_EMAIL     mailtos://user:password@smtp.example/?from=kerege@example&to={to}
    KEREGE_NOTIFY_TELEGRAM  tgram://<token of the bot>/{to}
    KEREGE_NOTIFY_SMS       twilio://<sid>:<token>@<from>/{to}

Without one nothing is sent that way; ``outbox://{to}`` keeps it here (``outbox.py``). Apprise is an
extra (``pip install kerege[notify]``), loaded when something is sent; it logs nothing here, since
its lines have people's addresses in them.
"""

import logging
import re
from importlib.util import find_spec
from urllib.parse import quote

from django.conf import settings

from kerege.web import outbox

WAYS = ("email", "telegram", "sms")
# What is longer is nobody's address; it is refused before anything looks at it.
LONGEST = 254
# No more parts than apprise reads: what it does not read it cuts off.
_EMAIL = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}"
)
_CHAT = re.compile(r"[1-9][0-9]{4,14}")
_NUMBER = re.compile(r"\+[1-9][0-9]{8,14}")
# Numbers are written at home with a nought in front.
COUNTRY_CODE = "+996"
# What can stand between the digits of a number.
_BETWEEN = str.maketrans("", "", " -()")


class WrongAddress(ValueError):
    """What was typed is no address of that way."""


def ways() -> list[str]:
    """The ways there is a gateway for."""
    return [way for way in WAYS if settings.GATEWAYS.get(way)]


def kept_here(way: str) -> bool:
    """Whether what goes that way only is kept for its reader."""
    return str(settings.GATEWAYS.get(way, "")).startswith(outbox.MARK)


def sends() -> bool:
    """Whether anything can leave this house."""
    return any(not kept_here(way) for way in ways()) and installed()


def installed() -> bool:
    only_kept = bool(ways()) and all(kept_here(way) for way in ways())
    return only_kept or find_spec("apprise") is not None


def normal(way: str, typed: str) -> str:
    """An address as it is kept; raises WrongAddress. Nothing in it means anything in an address of
    apprise, in the head of an e-mail or on a new line."""
    text = typed[: LONGEST + 1].strip(" ")
    if way == "sms":
        text = text.translate(_BETWEEN)
        if re.fullmatch("0[0-9]{9}", text):
            text = COUNTRY_CODE + text[1:]
    shape = {"email": _EMAIL, "telegram": _CHAT, "sms": _NUMBER}[way]
    if len(typed) > LONGEST or not shape.fullmatch(text):
        raise WrongAddress(way)
    return text


def send(way: str, to: str, title: str, text: str, stop: str = "") -> bool:
    """Send a text; False where the gateway did not take it. ``stop`` is the address that stops such
    texts: an e-mail has it in its head, for the button of whoever reads it there."""
    if kept_here(way):
        outbox.keep(way, to, title, text)
        return True
    template = settings.GATEWAYS.get(way, "")
    if not template or not installed():
        return False
    # 14 MB, and only the sender needs it.
    from apprise import Apprise, AppriseAsset, NotifyFormat

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    one = Apprise(asset=AppriseAsset(app_id="Kerege", secure_logging=True))
    if not one.add(_filled(template, to, stop)):
        return False
    title = " ".join(title.split())
    return bool(one.notify(body=text, title=title, body_format=NotifyFormat.TEXT))


def _filled(template: str, to: str, stop: str) -> str:
    """The address of apprise for one who is reached. Heads of an e-mail after RFC 2369 and, where
    the house has https, RFC 8058: one press stops it, without a page."""
    said = template.replace("{to}", quote(to, safe=""))
    if not stop or not template.startswith(("mailto://", "mailtos://")):
        return said
    heads = {"List-Unsubscribe": f"<{stop}>"}
    if stop.startswith("https://"):
        heads["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    more = "&".join(f"+{name}={quote(value, safe='')}" for name, value in heads.items())
    return f"{said}{'&' if '?' in said else '?'}{more}"

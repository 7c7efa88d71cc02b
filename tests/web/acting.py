"""Acting through the web as a person would: the form of an act, filled in and sent."""

import uuid
from typing import Any

from django.test import Client


def form_id(name: str) -> str:
    """An id as a page gives its form, the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def send(client: Client, slug: str, act: str, **said: Any):
    """Send the form of an act; ``on``, ``actor``, ``of``, ``paper`` and ``insist`` are the frame's.

    Budget lines are ``lines=[(name, source, amount)]``."""
    data: dict[str, Any] = {"actor": said.pop("actor", "kenesh")}
    data["held_on"] = said.pop("on", "2013-03-01")
    data["id"] = form_id(said.pop("id")) if "id" in said else ""
    paper = said.pop("paper", "")
    if paper:
        data |= {"paper_number": paper, "paper_day": data["held_on"]}
    for name in ("of", "insist"):
        if name in said:
            data[name] = said.pop(name)
    for k, (what, source, amount) in enumerate(said.pop("lines", ())):
        data |= {f"lines_{k}_name": what, f"lines_{k}_source": source, f"lines_{k}_amount": amount}
    data |= said
    return client.post(f"/{slug}/acts/{act}/", data)


def session(client, slug: str, on: str, present: int = 10) -> str:
    """Hold a session; returns its number."""
    answer = send(
        client,
        slug,
        "HoldSession",
        on=on,
        kind="ordinary",
        number="77",
        present=str(present),
        agenda="Көнүгүү",
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url.split("/register/")[1].split("/")[0]

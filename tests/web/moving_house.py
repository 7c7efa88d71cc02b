"""A second house in the same database: the first one's register is made unknown there."""

from pathlib import Path

import pytest
from django.conf import settings

from kerege.archive import moving
from kerege.web.leaving import linked
from kerege.web.models import Account, Key, Register
from kerege.web.public import origins_of


def elsewhere(register: Register, monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    """From here on as in another house, to which nothing of this register is known."""
    codes = [account.code for account in linked(register)]
    Key.objects.filter(origin__in=origins_of(register)).delete()
    Register.objects.filter(pk=register.pk).update(
        slug=f"gone-{register.pk}", origin=f"gone.example/{register.pk}", mirror_of="gone"
    )
    Account.objects.filter(code__in=codes).delete()
    data.mkdir(exist_ok=True)
    # The master key stays: the root of this database is signed by a key under it.
    (data / "master.key").write_bytes((Path(settings.DATA) / "master.key").read_bytes())
    monkeypatch.setattr(settings, "DATA", data)


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the seconds that a passphrase is stretched for."""

    class Plain:
        @staticmethod
        def encrypt(data: bytes, passphrase: str) -> bytes:
            return b"age-encryption.org/" + passphrase.encode() + b"\n" + data

        @staticmethod
        def decrypt(data: bytes, passphrase: str) -> bytes:
            return data.partition(b"\n")[2]

    monkeypatch.setattr(moving.pyrage, "passphrase", Plain)

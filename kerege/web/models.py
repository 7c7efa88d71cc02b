"""Tables: the registers as they are kept, and accounts. Nothing official stands outside a register.

Rows, checkpoints and rulebooks are only ever inserted; database triggers hold that.
"""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Register(models.Model):
    """A municipality's register, or the country's."""

    slug = models.SlugField(max_length=80, unique=True)
    country = models.BooleanField(default=False)
    # Ed25519 seed that signs the checkpoints of this register.
    seed = models.BinaryField(max_length=32)
    origin = models.CharField(max_length=200, unique=True)


class Row(models.Model):
    """Entry ``n`` of a register, as its canonical bytes."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="rows")
    n = models.PositiveIntegerField()
    uid = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    held_on = models.DateField()
    standing = models.CharField(max_length=12)
    data = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "n"], name="row_number_once"),
            models.UniqueConstraint(fields=["register", "uid"], name="row_id_once"),
        ]
        ordering = ["n"]


class Checkpoint(models.Model):
    """The signed head of a register at a size, and the frontier to append to."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="checkpoints")
    size = models.PositiveIntegerField()
    frontier = models.TextField()
    note = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "size"], name="checkpoint_size_once")
        ]


class Rulebook(models.Model):
    """A rulebook acts were put to, kept by its digest so that any act can be judged again."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()


def new_code() -> str:
    """A name for an account that says nothing of the person, for use in registers."""
    return secrets.token_hex(8)


class AccountManager(BaseUserManager):
    def make(self, username: str, password: str | None, **extra: object) -> "Account":
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Someone who can sign in. What an account may do, the registers say; ``operator`` may found a
    municipality and link its first recorder, nothing more."""

    username = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=16, unique=True, default=new_code)
    operator = models.BooleanField(default=False)
    # People of the demonstration: invented, offered for sign-in without a password.
    invented = models.BooleanField(default=False)
    shown_as = models.CharField(max_length=200, blank=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

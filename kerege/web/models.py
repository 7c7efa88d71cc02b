"""Tables: the registers as they are kept, and accounts. Nothing official stands outside a register.

Rows, nodes, checkpoints, rulebooks and what the root has taken in are only ever inserted; database
triggers hold that. A log is named by its origin: keys and cosignatures belong to registers and to
the root alike.
"""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Register(models.Model):
    """A municipality's register, or the country's."""

    slug = models.SlugField(max_length=80, unique=True)
    country = models.BooleanField(default=False)
    # Names its log; changes only when a loss is admitted, since one log never takes anything back.
    origin = models.CharField(max_length=200, unique=True)
    # Followed, not written here: an address or a folder it came from. Empty for one of our own.
    mirror_of = models.CharField(max_length=500, blank=True, default="")
    # The key its log began with, as it was pinned when it was first followed.
    pinned = models.CharField(max_length=400, blank=True, default="")


class Row(models.Model):
    """Entry ``n`` of a register, as its canonical bytes."""

    # What it is known by leads to its register as well: no second index.
    pk = models.CompositePrimaryKey("register", "n")
    register = models.ForeignKey(Register, models.PROTECT, related_name="rows", db_index=False)
    n = models.PositiveIntegerField()
    uid = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    held_on = models.DateField()
    standing = models.CharField(max_length=12)
    data = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "uid"], name="row_id_once"),
        ]
        # The acts of one kind are few among many: they are found without looking at the others.
        indexes = [models.Index(fields=["register", "act", "n"], name="row_of_act")]
        ordering = ["n"]


class Checkpoint(models.Model):
    """The signed head of a register at a size, and the frontier to append to."""

    pk = models.CompositePrimaryKey("register", "size")
    register = models.ForeignKey(
        Register, models.PROTECT, related_name="checkpoints", db_index=False
    )
    size = models.PositiveIntegerField()
    frontier = models.TextField()
    note = models.BinaryField()


class Node(models.Model):
    """The root over a complete subtree of 256 ** level entries: what proofs are made of. ``log`` is
    a register's number, or 0 for the root."""

    pk = models.CompositePrimaryKey("log", "level", "n")
    log = models.PositiveBigIntegerField()
    level = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)


class Rooted(models.Model):
    """Leaf ``n`` of the root: the signed checkpoint of a register at a size."""

    n = models.PositiveIntegerField(primary_key=True)
    register = models.ForeignKey(Register, models.PROTECT, related_name="rooted", db_index=False)
    size = models.PositiveIntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "size"], name="rooted_once"),
        ]


class RootHead(models.Model):
    """The signed head of the root at a size, and the frontier to append to."""

    size = models.PositiveIntegerField(primary_key=True)
    frontier = models.TextField()
    note = models.BinaryField()


class Key(models.Model):
    """A key that signs, or has signed, for a log; the last one of an origin is in force. The seed
    is sealed (``web/keys.py``)."""

    origin = models.CharField(max_length=200, db_index=True)
    vkey = models.CharField(max_length=400, unique=True)
    sealed = models.BinaryField()
    # The first size it signs.
    since = models.PositiveIntegerField(default=1)
    # Of the root, which has no entries: what the key before it signed of this one.
    statement = models.BinaryField(default=bytes)


class Cosignature(models.Model):
    """A witness's line under a checkpoint of ours."""

    origin = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    witness = models.CharField(max_length=200)
    line = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "size", "witness"], name="cosigned_once"),
        ]


class WitnessState(models.Model):
    """How a witness of ours answered last; which witnesses there are, ``DATA/policy`` says."""

    witness = models.CharField(max_length=200, unique=True)
    answered_at = models.DateTimeField(null=True)
    # A key of words/witness.toml; empty when all is well.
    problem = models.CharField(max_length=60, blank=True)


class Neighbour(models.Model):
    """A log of another house that this one is a witness for, and the last checkpoint it signed."""

    origin = models.CharField(max_length=200, unique=True)
    # One a line: the key it was watched by first, and those it has changed to.
    vkey = models.TextField()
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=bytes)
    note = models.BinaryField(default=bytes)


class Sent(models.Model):
    """How entry ``n`` was sent, kept beside the register: the assertion of a passkey over what the
    entry says (``sent.py``), or no more than how the sender was signed in."""

    pk = models.CompositePrimaryKey("register", "n")
    register = models.ForeignKey(Register, models.PROTECT, related_name="sent", db_index=False)
    n = models.PositiveIntegerField()
    # One of ``sent.WAYS``.
    how = models.CharField(max_length=10)
    public_key = models.BinaryField(default=bytes)
    authenticator_data = models.BinaryField(default=bytes)
    client_data = models.BinaryField(default=bytes)
    signature = models.BinaryField(default=bytes)


class Private(models.Model):
    """Personal data that an entry holds only a commitment to: the salt and the plain value. To
    erase it is to delete the row."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="private")
    uid = models.CharField(max_length=64)
    field = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=32)
    value = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "uid", "field"], name="private_once"),
        ]


class Withdrawn(models.Model):
    """An act the law refused, that someone wanted to enter all the same and then withdrew: which
    act, on which day, by which norms. Not who."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="withdrawn")
    uid = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    day = models.DateField()
    answer = models.CharField(max_length=20)
    norms = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "uid"], name="withdrawn_once"),
        ]


class Document(models.Model):
    """A public paper, by the SHA-256 under which entries name it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media = models.CharField(max_length=100)
    data = models.BinaryField()


class Departed(models.Model):
    """An export of a register that this house has written: the file of a ``whole`` one (with key,
    salts and accounts), or the folder of a public one, in which papers lie."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="departed")
    path = models.TextField()
    whole = models.BooleanField(default=True)


class Rulebook(models.Model):
    """A rulebook acts were put to, kept by its digest so that any act can be judged again."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()


class Findable(models.Model):
    """Something the search can find: an entry, a place, a body, a person in a post, an article, a
    word of the law. Made of the registers and the law (``search_index.py``) and of nothing else, so
    it can be dropped. Its number begins with its day: the newest is found first."""

    id = models.BigIntegerField(primary_key=True)
    # Zero for what stands in no register.
    register = models.BigIntegerField(db_index=True)
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    # The address of a place or the id of an edition, and a number or an anchor there.
    where = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    day = models.DateField(null=True)
    # What is shown, as JSON by language.
    said = models.TextField()
    # On SQLite: the terms it is found by, compressed; its index wants them back to forget them.
    terms = models.BinaryField(default=bytes)


class Indexed(models.Model):
    """How far a register is in the index: its size then and its last leaf. Zero stands for the law,
    with a digest of it."""

    register = models.BigIntegerField(primary_key=True)
    size = models.PositiveIntegerField()
    leaf = models.BinaryField(max_length=32)


def new_code() -> str:
    """A name for an account that says nothing of the person, for use in registers."""
    return secrets.token_hex(8)


class AccountManager(BaseUserManager):
    def make(self, username: str, password: str | None, **extra: object) -> "Account":
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save()
        return account

    def called(self, said: str) -> "Account | None":
        """The account of a code, else of a user name: nobody chooses their code."""
        return self.filter(code=said).first() or self.filter(username=said).first()


class Account(AbstractBaseUser):
    """Someone who can sign in. What an account may do, the registers say; ``operator`` may found a
    municipality and link its first recorder; who runs the server writes the entries about keys at
    its console."""

    username = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=16, unique=True, default=new_code)
    operator = models.BooleanField(default=False)
    # People of the demonstration: invented, offered for sign-in without a password.
    invented = models.BooleanField(default=False)
    shown_as = models.CharField(max_length=200, blank=True)
    # How many times all its sessions were ended; one that began before is over.
    sessions_ended = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}{self.sessions_ended or ''}"


class Handed(models.Model):
    """A code for signing in once that a place handed out (``handed.py``): never the code itself,
    and not to whom."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="handed")
    # The mandate under which it was handed out.
    by = models.CharField(max_length=40)
    hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # The account it opened, or will open once more.
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="handed")


class Draft(models.Model):
    """The form of an act as someone left it (``drafts.py``): nothing official, and nothing
    personal."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts", db_index=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="drafts")
    act = models.CharField(max_length=40)
    mandate = models.CharField(max_length=40)
    # What the form was opened with, as a query: another demand is another draft.
    about = models.CharField(max_length=200, blank=True, default="")
    # As JSON: what was typed, by the names of the form's fields.
    fields = models.TextField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "register", "act", "mandate", "about"], name="draft_once"
            ),
        ]


class Address(models.Model):
    """Where notices go: an e-mail address, a chat or a number of somebody's account, sealed
    (``following.py``). To erase it is to delete the row."""

    # Names it in the links of notices.
    uid = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="addresses")
    # email, telegram or sms.
    way = models.CharField(max_length=10)
    sealed = models.BinaryField()
    language = models.CharField(max_length=2)
    at_once = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # The code that was sent there, hashed; nothing else is sent before it came back.
    code = models.BinaryField(max_length=32, default=bytes)
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # Somebody is sending to it until then; what failed is tried again then.
    busy_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)


class Follow(models.Model):
    """What is followed: a place, or of it a body, a topic or a duty; and the first entry of which
    nothing was told yet."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="follows", db_index=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="follows")
    body = models.CharField(max_length=20, blank=True, default="")
    topic = models.CharField(max_length=10, blank=True, default="")
    duty = models.CharField(max_length=200, blank=True, default="")
    next = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "register", "body", "topic", "duty"], name="followed_once"
            ),
        ]


class Reminded(models.Model):
    """That something owed is due soon or overdue was told under a follow."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="reminded", db_index=False)
    # What is owed, and which of the two: ``calendars.debt_key`` and soon or overdue.
    what = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follow", "what"], name="reminded_once"),
        ]

r"""What stands in an entry in the place of a personal value: a hash that gives nothing away.

    SHA-256("kerege/commitment/v1\n" || entry's id || "\n" || field || "\n" || salt || value)

in 64 hexadecimal digits. The salt is 32 random bytes, drawn anew for every value, and the value is
UTF-8. Whoever is shown salt and value can check that they are what was entered. Once both are
erased, the hash says nothing: without the salt there is nothing to try values against, though a
Kyrgyz personal number has only some thousand million. The entry's id and the field's name are
hashed too, so what was shown for one place cannot be passed off in another.
"""

from hashlib import sha256

SALT_LENGTH = 32
"""The bytes of a salt."""


def commit(entry_id: str, field: str, salt: bytes, value: str) -> str:
    """Return the commitment to `value` in `field` of the entry `entry_id`, as 64 digits.

    Raises `ValueError` for a salt of another length, and for an id or a field of several lines.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"a salt has {SALT_LENGTH} bytes, not {len(salt)}")
    if "\n" in entry_id or "\n" in field:
        raise ValueError("an entry's id and a field's name are one line each")
    head = f"kerege/commitment/v1\n{entry_id}\n{field}\n"
    return sha256(head.encode() + salt + value.encode()).hexdigest()

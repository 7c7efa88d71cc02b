"""Ed25519 verification in plain Python, for where the package `cryptography` cannot be had.

`note` uses it only then: it is some twenty times slower, 1 to 2 ms a signature. It checks and never
signs, so it holds no secret and its time gives nothing away. Source: RFC 8032 section 5.1, without
the cofactor, as section 5.1.7 allows.

Two checkers that disagree about one signature would split a register's readers, so this one decides
as OpenSSL does, which `cryptography` asks: S must be below the order of the base point; R is
compared byte for byte, so only its canonical encoding passes; a public key is taken modulo p and
with either sign of x = 0, where RFC 8032 would refuse it.

    p = 2**255 - 19        -x**2 + y**2 = 1 + d x**2 y**2        order of the base point = L
"""

from functools import cache, lru_cache
from hashlib import sha512

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_1 = pow(2, (_P - 1) // 4, _P)
_BASE = (4 * pow(5, -1, _P) % _P).to_bytes(32, "little")

_KEY_WINDOW = 5
_BASE_WINDOW = 8

# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z; a term, ready to be added to one, is
# (Y - X, Y + X, 2 d T, 2 Z).
_Point = tuple[int, int, int, int]
_NEUTRAL: _Point = (0, 1, 1, 0)


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether `signature` (64 bytes) over `message` is that of `public_key` (32 bytes)."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    terms = _key_terms(public_key)
    if s >= _L or terms is None:
        return False
    digest = sha512(signature[:32] + public_key + message).digest()
    h = int.from_bytes(digest, "little") % _L
    return (
        _encode(_sum(_signed_digits(s, _BASE_WINDOW), _signed_digits(h, _KEY_WINDOW), terms))
        == signature[:32]
    )


def _decode(encoded: bytes) -> _Point | None:
    """Return the point of 32 bytes, or None when no point has this y. RFC 8032 section 5.1.3."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number % 2**255
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _ROOT_OF_MINUS_1 % _P
    if v * x * x % _P != u:
        return None
    if x % 2 != sign:
        x = -x % _P
    return x, y, 1, x * y % _P


def _encode(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    xx, yy = x * x, y * y
    e = (x + y) ** 2 - xx - yy
    g = (yy - xx) % _P
    f = (g - 2 * z * z) % _P
    h = -xx - yy
    e, h = e % _P, h % _P
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _add(point: _Point, term: _Point) -> _Point:
    x, y, z, t = point
    a, b, c, d = (y - x) * term[0], (y + x) * term[1], t * term[2], z * term[3]
    e, f, g, h = (b - a) % _P, (d - c) % _P, (d + c) % _P, (b + a) % _P
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _term(point: _Point) -> _Point:
    x, y, z, t = point
    return (y - x) % _P, (y + x) % _P, 2 * _D * t % _P, 2 * z % _P


def _odd_multiples(point: _Point, window: int) -> list[_Point]:
    """Return the terms of 1, 3, 5 … 2**(window - 1) - 1 times `point`."""
    twice, terms = _term(_double(point)), [_term(point)]
    for _ in range(2 ** (window - 2) - 1):
        point = _add(point, twice)
        terms.append(_term(point))
    return terms


@cache
def _base_terms() -> list[_Point]:
    base = _decode(_BASE)
    assert base is not None
    return _odd_multiples(base, _BASE_WINDOW)


@lru_cache(maxsize=64)
def _key_terms(public_key: bytes) -> list[_Point] | None:
    """Return the odd multiples of minus the key, which are what verifying adds."""
    if (point := _decode(public_key)) is None:
        return None
    x, y, z, t = point
    return _odd_multiples((-x % _P, y, z, -t % _P), _KEY_WINDOW)


def _signed_digits(number: int, window: int) -> list[int]:
    """Return `number` in base 2, lowest first, by digits that are 0, or odd and rare."""
    digits = []
    while number:
        digit = 0
        if number & 1:
            digit = number % 2**window
            if digit >= 2 ** (window - 1):
                digit -= 2**window
            number -= digit
        digits.append(digit)
        number >>= 1
    return digits


def _sum(of_base: list[int], of_key: list[int], key_terms: list[_Point]) -> _Point:
    """Return `of_base` times the base point plus `of_key` times the key, doubling once for both."""
    length = max(len(of_base), len(of_key))
    scalars = [
        (digits + [0] * (length - len(digits)), terms)
        for digits, terms in ((of_base, _base_terms()), (of_key, key_terms))
    ]
    point = _NEUTRAL
    for place in range(length - 1, -1, -1):
        point = _double(point)
        for digits, terms in scalars:
            digit = digits[place]
            if digit > 0:
                point = _add(point, terms[digit // 2])
            elif digit:
                less, more, t, z = terms[-digit // 2]
                point = _add(point, (more, less, -t, z))
    return point

"""Write kerege/kyrgyz/hyph_ky.dic, the hyphenation dictionary, from the rules of Kyrgyz syllables.

    python tools/hyph_ky.py > kerege/kyrgyz/hyph_ky.dic

A syllable has one vowel, long or short, and begins with at most one consonant: a word may break
before a consonant that a vowel follows, before a vowel that reads as й and a vowel (я, ю, е, ё)
after another vowel, and between и or э and another vowel. Consonants that a loan begins with stay
together, and so do the two letters of a long vowel.
"""

from itertools import product

VOWELS = "аеёиоөуүыэюя"
CONSONANTS = "бвгджзйклмнңпрстфхцчшщ"


def patterns() -> list[str]:
    found = [f"1{c}{v}" for c, v in product(CONSONANTS, VOWELS)]
    found += [f"{v}1{y}" for v, y in product(VOWELS, "яюё")]
    found += [f"{v}1е" for v in "аоуүөыияю"]
    found += [f"{sign}1{y}" for sign, y in product("ъ", "еёюя")]
    found += [f"и1{v}" for v in "аоуүө"] + ["э1а", "э1о"]
    found += [f".{a}2{b}" for a, b in product(CONSONANTS, repeat=2)]
    found += [f".{a}{b}2{c}" for a, b, c in product("свмк", "птккдг", "рлв") if a != b]
    return sorted(set(found))


if __name__ == "__main__":
    print("UTF-8")
    print("% Kyrgyz hyphenation, written by tools/hyph_ky.py of Kerege. Apache License 2.0.")
    print("LEFTHYPHENMIN 2")
    print("RIGHTHYPHENMIN 2")
    print("\n".join(patterns()))

"""Numbers as plans write them: 1,250.5, 二十五, 两百, 三点五, 半."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}

# patterns: one Chinese numeral character, a Chinese numeral, a number in digits
HAN_CHARACTER = "[零〇一二三四五六七八九十百千两半]"
HAN_NUMBER = rf"{HAN_CHARACTER}+(?:点[零〇一二三四五六七八九]+)?"
PLAIN_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
# the same, opening with a plain digit, so that a search can skip to it
DIGITS_FIRST = r"\d(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?"


def plain_number(text: str) -> float:
    """Value of a number in digits, with or without commas between thousands."""
    return float(text.replace(",", ""))


def any_number(text: str) -> float:
    """Value of a number in digits or in Chinese numerals.

    Raises
    ------
    ValueError
        If it is none.
    """
    return plain_number(text) if text[0].isdigit() else han_number(text)


def han_number(text: str) -> float:
    """Value of a Chinese numeral such as 二十五, 两百, 三点五, 一千二百 or 半.

    Raises
    ------
    ValueError
        If it is none.
    """
    if text == "半":
        return 0.5
    whole, _, part = text.partition("点")
    total, digit = 0, None
    if not any(c in _POWERS for c in whole):
        if not whole or any(c not in DIGITS for c in whole):
            raise ValueError(text)
        total = int("".join(str(DIGITS[c]) for c in whole))
    else:
        for c in whole:
            if c in DIGITS:
                digit = DIGITS[c]
            elif c in _POWERS:
                total += (1 if digit is None else digit) * _POWERS[c]
                digit = None
            else:
                raise ValueError(text)
        total += digit or 0
    if part:
        return total + float("0." + "".join(str(DIGITS[c]) for c in part))
    return float(total)


def han_range(text: str) -> tuple[float, float | None]:
    """两三个 is two to three; all else one number."""
    if len(text) == 2 and all(c in DIGITS for c in text) and DIGITS[text[1]] == DIGITS[text[0]] + 1:
        return float(DIGITS[text[0]]), float(DIGITS[text[1]])
    return han_number(text), None

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


LARGEST = 1e18
"""No figure of a plan is so large: it can be held, and counted in any unit, without overflow."""
_MOST_DIGITS = 40


def plain_number(text: str) -> float:
    """Value of a number in digits, with or without commas between thousands.

    Raises
    ------
    ValueError
        If it is too large to be a figure.
    """
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"no figure has so many digits: {text[:_MOST_DIGITS]}…")
    return _no_larger(float(text.replace(",", "")), text)


def _no_larger(value: float, text: str) -> float:
    if not value < LARGEST:
        raise ValueError(f"too large for a figure: {text}")
    return value


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
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"no figure has so many digits: {text[:_MOST_DIGITS]}…")
    whole, _, part = text.partition("点")
    value = float(_whole(whole))
    if part:
        value += float("0." + "".join(str(DIGITS[c]) for c in part))
    return _no_larger(value, text)


def _whole(text: str) -> int:
    """Value of 二十五, 一千二百 (each power smaller than the one before), or of digits one by one (二〇)."""
    if not text or any(c not in DIGITS and c not in _POWERS for c in text):
        raise ValueError(text)
    if not any(c in _POWERS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit, last = 0, None, 10_000
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif _POWERS[c] >= last:
            raise ValueError(text)  # 百千, 十十
        else:
            last = _POWERS[c]
            total += (1 if digit is None else digit) * last
            digit = None
    # 一百二, 两千三: what follows a power at once is of the next smaller one
    return total + (digit or 0) * (last // 10 if text[-2:-1] in _POWERS else 1)


def han_range(text: str) -> tuple[float, float | None]:
    """两三个 is two to three; all else one number."""
    if len(text) == 2 and all(c in DIGITS for c in text) and DIGITS[text[1]] == DIGITS[text[0]] + 1:
        return float(DIGITS[text[0]]), float(DIGITS[text[1]])
    return han_number(text), None

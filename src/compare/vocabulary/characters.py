"""What single characters mean: full-width forms, glyphs of PDF fonts, signs of units, invisible ones.

A text says the same with 目 or the radical ⽬, with ％ or %, with ㎾ or kW, with or without a zero-width space.
Each character is judged by itself, by its Unicode category and its compatibility form, where that form cannot
say anything else: ① stays, because as 1 it would join the number behind it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# anything but what a plan is mostly written in, so that a text is looked through at once
_ODD = re.compile(
    "[^\n\t -~\u00b7\u2014\u201c\u201d\u2026\u3000-\u3002\u3007-\u3011\u3014\u3015\u4e00-\u9fff]"
)

# as the inside of a character class
SPACES = " \t\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
INVISIBLE = "\u200b"
"""What `one_to_one` puts in the place of characters that nobody sees."""
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_END = re.compile(f"\r(?!\n)|[{_LINE_ENDS[1:]}]")
_SPACE = re.compile(f"[{SPACES}]")
_HALVES = re.compile("[\ud800-\udfff]")

# Marks that stand for another one, which Unicode does not say
_MARKS = dict(
    zip(
        "\u2010\u2011\u2012\ufe63\u2013\u2015\u2212\u2500\u2501\u2e3a\ufe58"
        "\u301c\u223c\u2053\u2236\u2024\u2266\u2267\u2a7d\u2a7e\u066a\u25ef",
        "----———————~~~:.≤≥≤≥%○",
        strict=True,
    )
)
# simplified and other forms among the radicals of PDF fonts (U+2E80 to U+2EF3), which Unicode only names
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺈⺉⺊⺌⺍⺎⺐⺒⺓⺖⺘⺙⺛⺜⺝⺟⺠⺡⺣⺤⺦⺧⺨⺩⺫⺬⺭⺮⺯⺰⺲⺶⺷⺹⺼⺽⺾⺿⻀"
        "⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙亻刀刂卜小小兀尢巳幺忄扌攵旡日月母民氵灬爫丬牛犭王目示礻竹糹纟罒羊羊耂月臼艹艹艹"
        "虎衤西西见角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
# the circled numbers of other faces
_CIRCLED = dict(
    zip(
        "➀➁➂➃➄➅➆➇➈➉❶❷❸❹❺❻❼❽❾❿➊➋➌➍➎➏➐➑➒➓⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
        "①②③④⑤⑥⑦⑧⑨⑩" * 5 + "⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
        strict=True,
    )
)
# bullets of the fonts Symbol and Wingdings
_BULLETS = dict.fromkeys("\uf06c\uf06e\uf075\uf076\uf0a7\uf0b7\uf0d8\uf0e8\uf0fc", "•")
_GIVEN = _MARKS | _RADICALS | _CIRCLED | _BULLETS
# letters and marks that are there and seen by nobody
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u20e3\u3164\uffa0\ufffe\uffff")
_VARIATION = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAKEN = frozenset({"<wide>", "<narrow>", "<small>", "<vertical>", "<font>", "<sub>"})
_UNIT = re.compile("[A-Za-z\u03bc]{1,4}[23]?")
_NUMBERED = re.compile(r"\(?[\d一二三四五六七八九十]{1,2}[).月日点]")


@cache
def meaning(char: str) -> str:
    """What a character stands for: itself, another one, several (㎾: kW), or nothing at all.

    >>> [meaning(c) for c in "％３⽬⻛㎾㈠①²\u200d"]
    ['%', '3', '目', '风', 'kW', '(一)', '①', '²', '']
    """
    if char in _GIVEN:
        return _GIVEN[char]
    if _SPACE.match(char) or _LINE_END.match(char) or char == "\n":
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Cc") or char in _FILLERS or _VARIATION.match(char):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Cs":
        return "\ufffd"  # half of a pair, which no converter takes
    plain = unicodedata.normalize("NFKC", char)
    tag = unicodedata.decomposition(char).partition(" ")[0]
    if plain == char or not tag:
        return char
    if tag in _TAKEN or tag[0] != "<":  # without a tag: a compatibility ideograph
        return plain if len(plain) == 1 else char
    if tag == "<square>":
        return plain if _UNIT.fullmatch(plain) else char
    if tag == "<compat>":
        ideograph = len(plain) == 1 and "\u4e00" <= plain <= "\u9fff"
        return plain if ideograph or plain == "\u03bc" or _NUMBERED.fullmatch(plain) else char
    return char


def odd_characters(text: str) -> list[tuple[str, str]]:
    """The characters of a text that stand for something else, each with what it stands for."""
    return [(c, m) for c in sorted(set(_ODD.findall(text))) if (m := meaning(c)) != c]


def one_to_one(text: str, odd: list[tuple[str, str]], invisible: str = " ") -> str:
    """A text of the same length in which characters stand as what they mean, line ends as ``\\n``.

    Characters that mean several stay; in place of those that mean nothing stands ``invisible``.

    Parameters
    ----------
    odd : list of (str, str)
        `odd_characters` of the text.
    """
    pairs = {char: mean or invisible for char, mean in odd if len(mean) < 2}
    if len(pairs) > 60:
        text = text.translate(str.maketrans(pairs))
    else:
        for char, mean in pairs.items():
            text = text.replace(char, mean)
    return _LINE_END.sub("\n", text) if any(end in text for end in _LINE_ENDS) else text


def readable(text: str) -> str:
    """A text of the same length without glyphs of PDF fonts: 目 for ⽬; all else as it is written."""
    pairs = {c: m for c, m in odd_characters(text) if len(m) == 1 and "\u4e00" <= m <= "\u9fff"}
    return text.translate(str.maketrans(pairs)) if pairs else text


def without_halves(text: str) -> str:
    """A text of the same length with U+FFFD for each half of a surrogate pair."""
    try:
        text.encode()  # quicker than to look at each character
    except UnicodeEncodeError:
        return _HALVES.sub("\ufffd", text)
    return text

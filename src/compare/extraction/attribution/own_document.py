"""What a text calls its own: its place, its document, and documents that it names by a short name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from compare.intake.line_kinds import TITLE, is_lead
from compare.vocabulary.divisions import gazetteer
from compare.vocabulary.lexicon import any_of, rx, words

NATION, PROVINCE, PREFECTURE, COUNTY, TOWN = range(5)
"""Levels of government, from above."""
_RANKS = {"province": PROVINCE, "prefecture": PREFECTURE, "county": COUNTY}
CLASSES = {"省": PROVINCE, "市": PREFECTURE, "州": PREFECTURE, "盟": PREFECTURE, "县": COUNTY, "旗": COUNTY}  # fmt: skip
CLASSES |= {"区": COUNTY} | dict.fromkeys(
    ("镇", "乡", "村", "厂", "校", "院", "公司", "集团"), TOWN
)
# 我市, 全县: how a text speaks of its whole place
_OURS = re.compile(
    r"[全我本](?:(?P<autonomous>自治区)|自治(?P<class>[州县旗])|(?P<plain>[省市州盟县旗区镇乡村])(?!域|场|级|校|间)|(?<!全)(?P<body>厂|校|院|公司|集团))"
)
# who sets goals for the text's place, where nothing else says at which level it stands
_ABOVE = re.compile(
    r"(?P<nation>国家(?:人民政府)?下达|上级下达|自治区下达|[省市县区]委|各(?:乡镇|县区|区县|市州)|市州人民政府)|(?P<province>省(?:里|级|人民政府|政府)?(?:下达|核定))|(?P<prefecture>市(?:里|级)?下达)"
)
_FEW = 3
# not a class of them: 某市公立医院…方案 is the city's
_BODY = re.compile(
    "(?<!公立|公办|民办|民营|各级|一级|二级|三级|县级|市级|省级|市属|省属|县属|国有|国营|基层|乡镇|重点|上市|高等|专科|大型|驻市|辖区)"
    "(?:公司|集团|[电钢铁泥化]厂|大学|学院|医院)"
)
_HEAD = 3000  # characters in which a plan's own title stands
_LONGEST_TITLE = 70
_LEADS = 6  # lines among which a report says that it is one
_HANDED = re.compile(
    r"《([^》\n]{4,60})》[^。《\n]{0,30}?(?:同意|审议通过|批准)?[^。《\n]{0,12}?(?:印发给|予以印发|现印发|印发你们)"
)
_SHORT_NAME = re.compile(
    r"《(?P<title>[^》\n]{4,80})》[^。;《\n]{0,24}?\((?:以下|下称|下文|统称|以下统)?(?:均|统一)?简?称[:为]?[“\"《「『]*(?P<short>[^)”\"》」』\n]{2,12})"
)
# a part's heading, or the headline of a report (某市出台…方案)
_NO_TITLE = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\(|第|(?!关于|[^关]*关于印发).*(?:出台|印发|发布|公布|获批|审议通过)"
)
_FRAME = re.compile(r"关于(?:印发|公布|下发)?|的通知$|\([^()]*\)|[“”\"《》〈〉\s]|\[[^\]]*\]")
# what may stand before 省 or 市 and is no name of one
_NO_PLACE = re.compile(
    "完成|达到|落实|根据|按照|依据|贯彻|执行|符合|高于|低于|超过|[全各我本该由向经报与和及对的]|城|实现"
)
_IN_NAME = re.compile("国家|全国|中国|国务院|中共中央|中华人民共和国")
_OWN_TEXT = re.compile(
    "制定本|特制定|现印发给|现予印发|本(?:实施|行动|工作)?(?:方案|规划|计划|意见|办法|纲要|要点)"
)


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """What a text calls its own.

    Attributes
    ----------
    rank : int or None
        Level of the government that issues it; None where nothing in the text tells it.
    classes : frozenset of str
        The class words by which it speaks of its whole place: 市 (我市, 全市).
    names : frozenset of str
        The names of that place.
    titles : frozenset of str
        What the document is called, as `plain_title` gives it.
    has_text : bool
        The text is the plan itself, and not only about one.
    others : frozenset of str
        Short names that it gives to documents of others.
    tells_of_plan : bool
        It names a plan that was issued, or lets one speak.
    """

    rank: int | None = None
    classes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    has_text: bool = False
    others: frozenset[str] = frozenset()
    tells_of_plan: bool = False

    @property
    def is_about(self) -> bool:
        """The text is not a plan itself, but wholly about one."""
        return self.tells_of_plan and not self.has_text

    def is_above(self, rank: int) -> bool:
        """Whether a government of that level stands above the one that speaks."""
        return self.rank is not None and rank < self.rank

    @property
    def is_local(self) -> bool:
        """It speaks for a smaller place than the nation."""
        return self.rank is not None and self.rank > NATION


def own_document(text: str) -> OwnDocument:
    """What a text calls its own.

    Parameters
    ----------
    text : str
        Clean text of a plan, or of a text about one.
    """
    titles = _titles(text)
    told = Counter(_class_of(m) for m in _OURS.finditer(text))
    named = titles or ([] if told else _subject(text, None))
    chain = next((c for t in named if (c := _places(t))), ())
    if any(_BODY.search(t) for t in titles):  # a firm or a school, whose own place is the smallest
        rank, classes = TOWN, frozenset(c for c in told if CLASSES.get(c) == TOWN)
        chain = ()
    else:
        rank, classes = _by_title(chain, told) if chain else _by_words(text, told, titles)
    subject = titles or _subject(text, rank)
    reported = any(is_lead(line) for line in text[:_HEAD].split("\n", _LEADS)[:_LEADS])
    own = OwnDocument(
        rank=rank,
        classes=classes,
        names=frozenset(chain[-1:]),
        titles=frozenset(map(plain_title, subject)),
        has_text=not reported and (bool(titles) or bool(_OWN_TEXT.search(text))),
        tells_of_plan=bool(subject) or bool(_told_plan().search(text)),
    )
    return _with_short_names(text, own) if "称" in text else own


def plain_title(title: str) -> str:
    """A title without what a notice, brackets and quotation marks add."""
    return _FRAME.sub("", title)


def is_own_title(title: str, own: OwnDocument) -> bool:
    """Whether a title is that of the document itself."""
    plain = plain_title(title)
    return any(plain == t or (len(plain) > 6 and (plain in t or t in plain)) for t in own.titles)


def rank_of_title(title: str) -> int | None:
    """Level of the government whose document a title names; None where it names none."""
    chain = _places(title)
    if chain:
        return _rank_of(chain[-1])
    return NATION if _IN_NAME.search(title) else None


def _titles(text: str) -> list[str]:
    head = text[:_HEAD]
    found = [m[1] for m in _HANDED.finditer(head)] if "印发" in head else []
    for line in head.split("\n")[:40]:
        if len(line) > _LONGEST_TITLE or line[:1].isdigit() or _NO_TITLE.match(line):
            continue
        if TITLE.fullmatch(line):
            found.append(line)
    return [t for t in found if len(plain_title(t)) > 3]


@cache
def _publishing() -> re.Pattern[str]:
    documents = any_of(words()["attribution"]["documents"])
    return re.compile(rf"《(?P<title>[^》\n]{{3,60}}{documents}(?:\([^)\n]{{1,20}}\))?)》")


@cache
def _told_plan() -> re.Pattern[str]:
    """A plan that speaks, or that is issued, without 《》."""
    a = words()["attribution"]
    documents = any_of(a["documents"])
    return re.compile(
        f"{documents}》?[^,。;《]{{0,6}}{any_of(a['speech'])}|{any_of(a['issues'])}[^,。;《]{{0,40}}{documents}(?=[,。(])"
    )


def _subject(text: str, rank: int | None) -> list[str]:
    """The first document that a text names and that is not of a higher government."""
    for m in _publishing().finditer(text):
        before = text[max(0, m.start() - 30) : m.start()]
        clause = rx("[,。;:\n]").split(before)[-1]
        if rx("根据|按照|依据|依照|贯彻|落实|执行").search(clause):
            continue
        level = rank_of_title(m["title"])
        given = _given_by(clause)
        if rank is not None and any(r is not None and r < rank for r in (level, given)):
            continue
        return [m["title"]]
    return []


def _given_by(clause: str) -> int | None:
    """Level of a government that the words before a document name."""
    p = words()["attribution"]
    if rx(f"{p['nation_re']}|{p['above_re']}").search(clause):
        return NATION
    names = _places(clause)
    return _rank_of(names[-1]) if names else None


def is_place(name: str) -> bool:
    """Whether words with a class word at their end are the name of a place: 岳阳市, 湘东省."""
    return name in gazetteer().level or (len(name) < 5 and not _NO_PLACE.search(name[:-1]))


def _places(title: str) -> tuple[str, ...]:
    """The names of places that stand one behind the other in a title: 长沙市, 雨花区."""
    title = _FRAME.sub("", title)
    out: list[str] = []
    for start in range(min(len(title), 30)):
        at = start
        while name := gazetteer().at_head(title[at:]) or _invented(title[at:], at == 0):
            out.append(name)
            at += len(name)
        if out:
            break
    return tuple(out)


def _invented(text: str, opens: bool) -> str:
    """A name that no list knows, by its shape, where a title begins with it."""
    m = opens and rx(
        "(?!城|全|各|都|超)[\u4e00-\u9fff]{2,4}?(?:省|市|自治州|州|县|区|旗)(?![域场级])"
    ).match(text)
    return m[0] if m and not m[0].endswith(("城市", "地区", "园区", "社区", "片区")) else ""


def _rank_of(name: str) -> int:
    level = gazetteer().level.get(name)
    if level:
        return _RANKS[level]
    return PROVINCE if name.endswith("自治区") else CLASSES.get(name[-1], COUNTY)


def _class_of(m: re.Match[str]) -> str:
    return "自治区" if m["autonomous"] else m["class"] or m["plain"] or m["body"]


def _by_title(chain: tuple[str, ...], told: Counter[str]) -> tuple[int, frozenset[str]]:
    name = chain[-1]
    classes = {"自治区", "区"} if name.endswith("自治区") else {name[-1]}
    usual = [c for c, _ in told.most_common(1) if c in CLASSES]
    if name[-1] not in told and usual:
        classes.add(usual[0])  # a zone or a park speaks of 全区
    return _rank_of(name), frozenset(classes)


def _by_words(
    text: str, told: Counter[str], titles: list[str]
) -> tuple[int | None, frozenset[str]]:
    if told:
        if "自治区" in text and not set(told) - {"自治区", "区"}:
            return PROVINCE, frozenset({"自治区", "区"})
        # a county may well speak of 全市, and a city seldom of 全县: in few words the smallest counts
        most = max(told.values())
        usual = [c for c, n in told.items() if n >= most / 2 or most <= _FEW]
        rank = max(CLASSES.get(c, PROVINCE) for c in usual)
        return rank, frozenset(c for c in told if CLASSES.get(c, PROVINCE) == rank)
    if any(_IN_NAME.search(t) for t in titles) or rx("各省[(、份区]|各省级").search(text):
        return NATION, frozenset()
    above = {m.lastgroup for m in _ABOVE.finditer(text)}
    for rank, name in ((COUNTY, "prefecture"), (PREFECTURE, "province"), (PROVINCE, "nation")):
        if name in above:
            return rank, frozenset()
    if "我国" in text:
        return NATION, frozenset()
    opened = rx("(?:^|[,。;\n])").finditer(text[:_HEAD])
    places = {name for m in opened for name in _head_place(text, m.end())}
    if len(places) == 1:
        return _rank_of(places.pop()), frozenset()
    return None, frozenset()


def _head_place(text: str, at: int) -> tuple[str, ...]:
    name = gazetteer().at_head(text[at : at + 12])
    return (name,) if name else ()


def _with_short_names(text: str, own: OwnDocument) -> OwnDocument:
    others = set()
    for m in _SHORT_NAME.finditer(text):
        if not is_own_title(m["title"], own):
            others.add(plain_title(m["short"]))
    return replace(own, others=frozenset(others))

"""Who is it that 提出, 明确 or 要求 something: the text itself, a higher government, another document?"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from compare.extraction.attribution.own_document import (
    COUNTY,
    NATION,
    PREFECTURE,
    PROVINCE,
    OwnDocument,
    is_own_title,
    is_place,
    plain_title,
    rank_of_title,
)
from compare.extraction.rules import Rule
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words


class Speech(NamedTuple):
    """Words that let somebody speak.

    Attributes
    ----------
    subject : str
        Who: the clause up to the verb, names in 《》 included.
    before : str
        The sentence before that clause.
    paragraph : str
        The paragraph before the sentence.
    own : OwnDocument
    attribute : bool
        The verb describes what follows (国家提出的…目标).
    """

    subject: str
    before: str
    paragraph: str
    own: OwnDocument
    attribute: bool


_NAMES = {PROVINCE: "province", PREFECTURE: "prefecture", COUNTY: "county"}
_IN_KEEPING = "按照|根据|依据|依照|遵照|对照|对标"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Patterns made of the lexicon's words."""
    a = words()["attribution"]
    speech, documents = any_of(a["speech"], a["wishes"]), any_of(a["documents"])
    issues, heads = any_of(a["issues"]), any_of(a["short_heads"])
    lead = r"(?:(?:到|至|在|自|截至)?(?:20|19)\d\d年(?:底|末)?(?:前|起|以来)?|当前|目前|此外|同时|而|但|并且|其中|此前|早在|去年|今年|近年来|对此|因为|由于|鉴于)*[,]?"
    level = f"(?P<nation>{a['nation_re']})|(?P<above>{a['above_re']})"
    for name in _NAMES.values():
        level += f"|(?P<in_{name}>[\u4e00-\u9fff]{{2,8}}?)?(?P<{name}>{a[f'{name}_re']})"
    adverb = r"(?:已经?|均|也|都|还|就|曾|近日|日前|最新|又|再次|明确|统一|正式|先后|高度重视|在[^,;。]{1,12}中|对[^,;。]{1,12})*"
    giver = f"(?:{level})(?:{a['body_re']})*"
    return {
        "speech": re.compile(f"{opens_any_of(a['speech'], a['wishes'])}{speech}(?:了)?"),
        "giver": re.compile(
            f"{lead}{giver}(?:[、和及与](?:{a['nation_re']}|{a['province_re']}|{a['prefecture_re']}|{a['county_re']})(?:{a['body_re']})*)*{adverb}"
        ),
        "giver_at_head": re.compile(f"{lead}(?:{level})(?P<body>{a['body_re']})?"),
        "issuer": re.compile(
            f"{giver}(?:办公[厅室]|等[^,;。]{{0,8}})?(?:联合|近日|日前|最新|刚刚|新近)*(?:{issues}|审议)?[的了]?(?:关于)?$"
        ),
        "document": re.compile(rf"(?P<noun>[^,;。:《》]*?(?P<end>{documents}))(?:中|里)?{adverb}"),
        "short": re.compile(rf"(?:{heads})*(?:{documents})"),
        "named": re.compile(
            rf"(?P<lead>[^《]*)《(?P<title>[^》]*)》(?:\([^)]*\))?(?:[、和及与]《[^》]*》(?:\([^)]*\))?)*(?P<tail>[^《》]{{0,14}}?){adverb}"
        ),
        "issued": re.compile(
            rf"(?:{issues})(?:了|的|实施)?(?:关于)?(?:《(?P<title>[^》]*)》|(?P<noun>[^,;。《]{{0,40}}?{documents}(?=[,(]|$)))"
        ),
        "plan_name": re.compile(rf"(?:{documents})(?:\([^)]*\))?$"),
        "study": re.compile(a["study_words_re"]),
        "of_study": re.compile(a["study_re"]),
        "order": re.compile(
            rf"(?:{_IN_KEEPING})(?P<who>(?:《[^》]*》|[^,;。《])*?)(?:的)?(?:要求|规定|明确)(?:和[^,;。]{{2,8}})?[,:]"
        ),
        "persons": re.compile(f"{lead}{a['persons_re']}(?:们)?{adverb}"),
        "ours": re.compile(rf"(?:本|我)(?:次|份)?(?:{heads})*(?:{documents})"),
    }


def _rank_of_giver(m: re.Match[str]) -> int | None:
    found = m.groupdict()
    if found.get("nation"):
        return NATION
    if found.get("above"):
        return -1
    return next((rank for rank, name in _NAMES.items() if found.get(name)), None)


def _is_named_well(m: re.Match[str]) -> bool:
    """Whether what stands before 省 or 市 is the name of one, and no verb (完成省…)."""
    for name in _NAMES.values():
        if m[f"in_{name}"]:
            return is_place(m[f"in_{name}"] + m[name])
    return True


def _is_higher(m: re.Match[str], own: OwnDocument) -> bool:
    """Whether a giver stands above the government that speaks in the text."""
    rank = _rank_of_giver(m)
    if rank is None or not _is_named_well(m):
        return False
    if rank < 0:
        return True
    if rank == NATION:
        return own.rank != NATION
    name = (m[f"in_{_NAMES[rank]}"] or "") + m[_NAMES[rank]]
    if any(name.endswith(n) or n.endswith(name) for n in own.names):
        return False
    if rank == own.rank and own.names and len(name) > 1:
        return True  # another place of the same level
    named = {PROVINCE: "省", PREFECTURE: "市", COUNTY: "县"}[rank]
    return own.is_above(rank) and named not in own.classes


def is_higher(words: str, own: OwnDocument) -> bool:
    """Whether words name a government above the one that speaks in the text."""
    m = patterns()["giver_at_head"].match(words)
    return bool(m) and _is_higher(m, own)


def _bare_giver(s: Speech) -> bool:
    m = patterns()["giver"].fullmatch(s.subject)
    return bool(m) and _is_higher(m, s.own)


def _beside(s: Speech) -> bool:
    """高于国家提出的15%: what is told of others stands beside one's own."""
    stem = rx("^.*?(?:高于|超过|低于|优于|多于|快于)").sub("", s.subject)
    if not s.attribute or stem == s.subject:
        return False
    m = patterns()["giver"].fullmatch(stem)
    return bool(m) and _is_higher(m, s.own)


def _named(s: Speech) -> re.Match[str] | None:
    return patterns()["named"].fullmatch(s.subject)


def _document(s: Speech) -> re.Match[str] | None:
    """A document without 《》 that speaks: 省有关方案, 方案."""
    return patterns()["document"].fullmatch(s.subject)


def _issued(s: Speech) -> re.Match[str] | None:
    """The document that an earlier clause lets somebody issue (…印发《…》,提出…)."""
    if s.subject.strip("并还也同时进一步明确"):
        return None
    found = None
    for m in patterns()["issued"].finditer(s.before):
        found = m
    return found


def _is_of_higher(title: str, lead: str, own: OwnDocument) -> bool:
    """A document whose title, or whose issuer, is of a higher government."""
    if is_own_title(title, own):
        return False
    if lead:
        for giver in (patterns()["giver_at_head"].match(lead), patterns()["issuer"].search(lead)):
            if giver and _is_higher(giver, own):
                return True
    rank = rank_of_title(title)
    return rank is not None and (own.is_above(rank) if rank else own.is_local)


def _antecedent_is_of_others(s: Speech) -> bool:
    """The last document that the paragraph names in full before a short name (该方案, 《意见》)."""
    told = s.paragraph + s.before
    found = None
    for m in rx("《([^》]{6,80})》").finditer(told):
        found = m
    if not found or found.end() < len(told) - 200:
        return False
    if patterns()["short"].fullmatch(found[1]):
        return False
    lead = rx("[,。;:]").split(told[: found.start()])[-1]
    return _is_of_higher(found[1], lead, s.own)


def _is_short(name: str) -> bool:
    return bool(patterns()["short"].fullmatch(plain_title(name)))


def _higher_document(s: Speech) -> bool:
    m = _named(s)
    if m:
        lead = rx(f"^(?:{_IN_KEEPING})").sub("", m["lead"])
        if _is_short(m["title"]) and not lead:
            return plain_title(m["title"]) in s.own.others or _antecedent_is_of_others(s)
        return _is_of_higher(m["title"], lead, s.own)
    m = _document(s)
    if m:
        noun = m["noun"]
        if patterns()["ours"].fullmatch(noun):
            return False
        bare = noun.removeprefix("该").removeprefix("此").removeprefix("上述")
        if _is_short(bare):
            return bare in s.own.others or _antecedent_is_of_others(s)
        giver = patterns()["giver_at_head"].match(noun)
        return bool(giver) and _is_higher(giver, s.own)
    m = _issued(s)
    if m:
        clause = rx("[,。;:]").split(s.before[: m.start()])[-1]
        return _is_of_higher(m["title"] or m["noun"], clause, s.own)
    return False


def _other_document(s: Speech) -> bool:
    """A document that is not the text's own, in a text that says what its own is."""
    if not s.own.titles:
        return False
    m = _named(s)
    if m:
        title = m["title"]
        if _is_short(title) or not patterns()["plan_name"].search(plain_title(title)):
            return False
        return not is_own_title(title, s.own)
    return False


def own_speaks(s: Speech) -> bool:
    """The text's own document, or the government that issues it, speaks."""
    if patterns()["ours"].search(s.subject):
        return True
    if _named(s) or _document(s) or _issued(s):
        return True
    m = patterns()["giver"].fullmatch(s.subject)
    return bool(m) and _is_named_well(m)


def in_order(m: re.Match[str], own: OwnDocument, paragraph: str) -> bool:
    """按照《…》要求, 根据省委要求: what follows is what somebody else wants."""
    who = m["who"]
    named = rx("《([^》]*)》").search(who)
    if named:
        if not patterns()["plan_name"].search(plain_title(named[1])):
            return False  # a standard or a law sets no goals
        s = Speech(who, "", paragraph, own, attribute=False)
        return _higher_document(s) or _other_document(s)
    giver = patterns()["giver"].fullmatch(who)
    if giver:
        return _is_higher(giver, own)
    document = patterns()["document"].fullmatch(who)
    return bool(document) and _higher_document(Speech(who, "", paragraph, own, attribute=False))


def _person(s: Speech) -> bool:
    return bool(patterns()["persons"].fullmatch(s.subject))


_QUOTED = "《湘东省能源规划》提出，到2025年，全省绿电比例达到«30%»。我市抓好落实。"
RULES = (
    Rule(
        "goal-of-a-higher-government",
        "What a higher government sets, demands or announces is that government's goal.",
        "of_others",
        lambda s: _bare_giver(s) or _beside(s),
        taken="国家提出，到2025年绿电比例达到«30%»。我市抓好落实。",
        left="市政府提出，到2025年全市绿电比例达到«30%»。",
    ),
    Rule(
        "goal-of-a-higher-document",
        "What a plan of a higher government says, quoted in the plan of a smaller place, is not that place's goal.",
        "of_others",
        _higher_document,
        taken=_QUOTED,
        left="《方案》提出，到2025年，全市绿电比例达到«30%»。",
    ),
    Rule(
        "goal-of-another-document",
        "What another document says is not a goal of the one that quotes it.",
        "of_others",
        _other_document,
        taken="云溪市氢能发展方案\n为加快发展，制定本方案。\n《云溪市能源规划》提出，到2025年绿电比例达到«30%»。",
        left="《云溪市能源规划》提出，到2025年绿电比例达到«30%»。",
    ),
    Rule(
        "wish-of-a-person",
        "What a member of a council, an expert or a citizen proposes binds nobody.",
        "of_others",
        _person,
        taken="李委员建议，到2027年全市绿电比例达到«30%»。我局将研究。",
        left="市政府提出，到2027年全市绿电比例达到«30%»。",
    ),
)  # fmt: skip

"""What numbers are that no figure of a sentence holds: dates, section numbers, numbers in names …"""

from __future__ import annotations

from typing import NamedTuple

from compare.extraction.dates import date_roles
from compare.extraction.dates.horizons import Date
from compare.extraction.ledger.reading import ReadSentence
from compare.extraction.rules import Decision, Rule, first
from compare.extraction.sentence import MASK
from compare.vocabulary.lexicon import rx

# what str.isdigit() calls a digit: \d and ² ③ ⒌ ➏ …
DIGIT = (
    "[\\d²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\U00010a40-\U00010a43\U00010e60-\U00010e68"
    "\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)
# the first digit of some: ranges alone in front, so that a search skips to where one may stand
FIRST_DIGIT = (
    "[0-9²³¹\u0660-\u1fff\u2070-\u2089\u2460-\u24ff\u2776-\u2793\ua620-\uabff\uff10-\uff19\U00010000-\U0010ffff]"
    f"(?<={DIGIT})"
)
# a number with what is written together with it: 1.3, 2021-2025, 0719-8123456, but not 2.2025年
NUMBER = rf"{FIRST_DIGIT}(?:{DIGIT}|(?!\.(?:19|20)\d\d[年—-])[.,:/\-~—×](?={DIGIT}))*"
_WINDOW = 16
_LONGEST_NAME = 200  # characters between marks that hide a name


class Loose(NamedTuple):
    """A number, or a wording, in the clean text.

    Attributes
    ----------
    read : ReadSentence or None
        Its sentence, where that was parsed.
    kind : str
        What a wording could commit to; empty for a number.
    """

    text: str
    start: int
    end: int
    read: ReadSentence | None
    kind: str = ""

    @property
    def before(self) -> str:
        """The words right before it, in its line."""
        return self.text[max(0, self.start - _WINDOW) : self.start].rpartition("\n")[2]

    @property
    def after(self) -> str:
        """The words right behind it, in its line."""
        return self.text[self.end : self.end + _WINDOW].partition("\n")[0]

    @property
    def number(self) -> str:
        """The number itself."""
        return self.text[self.start : self.end]

    def hidden_in(self) -> str:
        """Which mark opens the name, the brackets or the quotes around it; empty where none do."""
        if self.read is None:
            return ""
        s = self.read.sentence
        at = self.start - s.at
        if s.masked[at : at + 1] != MASK:
            return ""
        outer, closed = "", 0
        first_at = max(0, at - _LONGEST_NAME)
        while at >= first_at and s.masked[at] == MASK:
            if s.text[at] in "》)〕〉”」』":
                closed += 1
            elif s.text[at] in "《(〔〈“「『":
                outer, closed = (outer, closed - 1) if closed else (s.text[at], 0)
            at -= 1
        return outer or s.text[at + 1]


def decide(c: Loose) -> Decision:
    """What a number is that no date of its sentence holds, and no figure with a unit."""
    return first(RULES, c) or _as_figure(c) or NO_RULE


def _as_figure(c: Loose) -> Decision | None:
    """What a number without a unit is as a figure of its sentence."""
    if c.read is None:
        return None
    at = c.start - c.read.sentence.at
    return next((d for items, d in c.read.figures for q in items if q.start <= at < q.end), None)


NO_RULE = Decision("undecided", "no-rule")


# ---------------------------------------------------------------- the rules
def _section(c: Loose) -> bool:
    number, before = c.number, c.before
    if len(number) >= 6:
        return False
    if number in _CIRCLED or (c.after[:1] in _BEHIND_SECTION and before[-1:] in _BEFORE_SECTION):
        return True
    if not before and rx(r"\d{1,2}(?:\.\d{1,2})+").fullmatch(number):
        return True
    return len(before) < 6 and bool(rx("(?:专栏|附件|附表|表|图|附录|第)[(]?").fullmatch(before))


_BEFORE_SECTION = frozenset(["", *"(。;:,、"])
_BEHIND_SECTION = frozenset(".、)．:")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑴⑵⑶⑷⑸⑹⑺⑻⑼⒈⒉⒊⒋⒌⒍⒎⒏⒐❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒")


def _document(c: Loose) -> bool:
    year = c.before[-1:] in ("〔", "[", "【") or rx("[\u4e00-\u9fff][发字函办](?:\\()?$").search(
        c.before
    )
    number = c.after[:1] == "号" and c.before[-1:] in ("〕", "]", "】", ")", "第", "年")
    return number or bool(year and c.after[:1] in ("〕", "]", "】", ")"))


def _phone(c: Loose) -> bool:
    digits = sum(d.isdigit() for d in c.number)
    return (digits >= 7 and "." not in c.number and not c.after[:1].isalpha()) or bool(
        rx("(?:电话|传真|邮编|热线)[:]?(?:[(]\\d+[)])?$").search(c.before)
    )


def _standard(c: Loose) -> bool:
    return bool(
        rx("(?:GB|DB|ISO|IEC|JGJ|CJJ|HJ|NB|DL|QB|LY|NY|IATF)(?:/[A-Z])?[ -]?$").search(c.before)
    )


def _with_letters(c: Loose) -> bool:
    return any(x.isascii() and x.isalpha() for x in (c.before[-1:], c.after[:1]))


def _start_of_period(c: Loose) -> bool:
    return (
        c.after[:1] in ("-", "—", "~", "至", "到", "、", "和")
        and bool(rx("(?:1|19|20|21)\\d\\d").fullmatch(c.number))
        and bool(rx("[-—~至到、和]+(?:1|19|20|21)\\d\\d").match(c.after))
    )


def _deadline(c: Loose) -> bool:
    return c.after[:1] in ("月", "日") and bool(
        rx("[月日](?:\\d{1,2}日|份|底|末|中旬|上旬|下旬)?(?:之?以?前|止|底|末)").match(c.after)
    )


def _day(c: Loose) -> bool:
    if rx(r"[-—~至到]\d{1,2}[月日]").match(c.after):
        return True  # 1至9月
    return c.after[:1] in ("月", "日", "时", "点") or bool(rx("\\d+[:]\\d+").fullmatch(c.number))


def _in_title(c: Loose) -> bool:
    return c.hidden_in() in ("《", "〈", "〔")


def _in_quotes(c: Loose) -> bool:
    if c.after[:1] == "大":  # 10大专项行动
        return True
    return c.hidden_in() in ("“", '"', "「", "『") or "+" in (c.before[-1:], c.after[:1])


def _year_in_brackets(c: Loose) -> bool:
    return c.hidden_in() == "(" and c.after[:1] == "年"


def _year(c: Loose) -> bool:
    return bool(rx("(?:19|20|21)\\d\\d(?:[-—~](?:19|20|21)?\\d\\d)?").fullmatch(c.number)) or (
        c.after[:1] == "年" and bool(rx("(?:9|1\\d)\\d").fullmatch(c.number))
    )


RULES = (
    Rule(
        "section-number", "A number that opens a line or an item counts sections.", "name", _section,
        taken="«1».优化能源结构。到2025年，绿电比例达到30%。",
        left="1.优化能源结构。到2025年，绿电比例达到«30%»。",
    ),
    Rule(
        "document-number", "The year in brackets and the number before 号 name a document.", "name", _document,
        taken="根据国发〔2021〕«23»号文件，到2025年绿电比例达到30%。",
        left="根据国发〔2021〕23号文件，到2025年绿电比例达到«30%».",
    ),
    Rule(
        "standard-number", "A number behind GB, ISO or another mark of standards names a standard.",
        "name", _standard,
        taken="执行GB/T«50378»标准，到2025年绿电比例达到30%。",
        left="执行GB/T50378标准，到2025年绿电比例达到«30%»。",
    ),
    Rule(
        "voltage-class", "千伏 and kV tell the class of a line.", "name",
        lambda c: c.after.startswith(("千伏", "kV", "KV", "伏")),
        taken="到2025年，建成«220»千伏输变电工程。", left="到2025年，新增变电容量«220万千伏安»。",
    ),
    Rule(
        "quoted-distance", "A distance or a time in quotes belongs to what the quotes name.", "qualifier",
        lambda c: bool(c.hidden_in()) and _in_quotes(c) and bool(rx("米|公里|分钟|小时").match(c.after)),
        taken="按照“«300»米见绿”要求建设公园。", left="构建“«1»+N”政策体系。",
    ),
    Rule(
        "slogan", "A number in “1+N”, in 十大行动 as 10大行动, or in another slogan counts nothing.", "name", _in_quotes,
        taken="构建“«1»+N”政策体系。", left="构建“1+N”政策体系，到2025年绿电比例达到«30%»。",
    ),
    Rule(
        "number-with-letters", "A number that is written together with letters is part of a name.",
        "qualifier", _with_letters,
        taken="到2025年，建成«5»G基站3000座。", left="到2025年，建成5G基站«3000座»。",
    ),
    Rule(
        "title", "A number in a title belongs to the title.", "name", _in_title,
        taken="印发《能源行动方案（«2023—2025»年）》。", left="印发《能源行动方案》，到«2025年»绿电比例达到30%。",
    ),
    Rule(
        "start-of-period", "The first year of a period goes with the last.", "horizon", _start_of_period,
        taken="«2021»—2025年，新增造林3万亩。", left="2021—«2025年»，新增造林3万亩。",
    ),
    Rule(
        "deadline-in-the-year", "A month or a day with 前, 底 or 止 is a deadline of a task.", "horizon", _deadline,
        taken="各单位每年«12»月15日前报送总结。", left="各单位于«12»月15日报送总结。",
    ),
    Rule(
        "day", "Any other month, day or hour dates an event.", "name", _day,
        taken="各单位于«12»月15日报送总结。", left="各单位每年«12»月15日前报送总结。",
    ),
    Rule(
        "year-in-brackets", "A year in brackets beside a name or under a title is part of the name.", "name",
        _year_in_brackets,
        taken="修订产业目录（«2024»年版）。", left="到«2024年»，修订产业目录。",
    ),
    Rule(
        "year-of-a-name", "A year that no date of the sentence holds is part of a name.", "name", _year,
        taken="接轨«2050»净零排放路径。", left="到«2050年»，实现净零排放。",
    ),
    Rule(
        "phone-number", "A long number, or one behind 电话, is a phone number.", "name", _phone,
        taken="联系电话：«0719-8123456»。", left="到2025年，植树«8123456棵»。",
    ),
    Rule(
        "ordinal", "A number behind 第, or before 号, 期, 批 …, tells which one.", "name",
        lambda c: c.before[-1:] == "第" or c.after[:1] in ("号", "期", "批", "届", "次", "版", "条", "款", "季"),
        taken="地铁«5»号线到2025年建成通车。", left="到2025年，建成地铁«5条»。",
    ),
    Rule(
        "class-or-star", "星级 and 级 tell a class of what is counted.", "qualifier",
        lambda c: c.after.startswith(("星", "级", "A级", "类")),
        taken="到2025年，建成«3»星级绿色建筑。", left="到2025年，建成绿色建筑«3个»。",
    ),
    Rule(
        "boiler-size", "蒸吨 tells which boilers a rule applies to.", "threshold",
        lambda c: c.after.startswith("蒸吨"),
        taken="到2025年，«35»蒸吨/小时以下燃煤锅炉基本清零。", left="到2025年，减少燃煤«35万吨»。",
    ),
    Rule(
        "length-of-time", "A number of years, days, hours or minutes is a length of time.", "size",
        lambda c: bool(rx("(?:多|余)?(?:年|个月|天|周|日|小时|分钟|分|秒|学时|课时)").match(c.after)),
        taken="每«5»年开展一次评估。", left="每年开展评估«5次»。",
    ),
    Rule(
        "number-of-units", "2×66万千瓦 counts the units of one thing.", "size",
        lambda c: c.after[:1] in ("×", "*", "x", "X") or c.before[-1:] in ("×", "*"),
        taken="推进«2»×66万千瓦机组建设。", left="到2025年，机组规模达到«66万千瓦»。",
    ),
    Rule(
        "limit-of-a-rule", "A bound with 的 behind its number says which things are meant.", "threshold",
        lambda c: c.after[:1] == "的" and bool(rx("[于过小大高低]$|达到?$").search(c.before)),
        taken="对电能利用效率高于«1.5»的数据中心限期改造。", left="到2025年，数据中心电能利用效率不高于«1.5»。",
    ),
    Rule(
        "technical-size", "Pressure, thickness and the like describe a thing.", "qualifier",
        lambda c: bool(rx("兆帕|帕|毫米|厘米|微米|纳米|毫升|兆赫|赫|转|马力|寸|吋").match(c.after)),
        taken="开展«70»兆帕车载储氢瓶技术攻关。", left="到2025年，储氢能力达到«70吨»。",
    ),
    Rule(
        "so-many-and-more", "余 and 多 behind a number tell about how many there are.", "fact",
        lambda c: c.after[:1] in ("余", "多"),
        taken="已建成公共充电桩«8600»余个。", left="到2025年，建成公共充电桩«8600个»。",
    ),
    Rule(
        "in-brackets", "A figure in brackets describes what stands before it.", "size",
        lambda c: c.hidden_in() == "(",
        taken="建设甲电站（«120万千瓦»）。", left="到2025年，甲电站装机达到«120万千瓦»。",
    ),
)  # fmt: skip
PAGE_NUMBER = Rule(
    "page-number", "A number on a line of its own between two lines of one paragraph is a page's.",
    "name", lambda c: True,
    taken="到2025年，全市森林覆盖率\n- «3» -\n达到65%。", left="到2025年，全市森林覆盖率达到«65%»。",
)  # fmt: skip


# ---------------------------------------------------------------- dates
def _issue(date: Date, text: str) -> bool:
    if date.role != "past":
        return False
    day = rx(r"\d{1,2}日").match(text, date.end)
    end = day.end() if day else date.end
    behind = rx("[)]?[^,。;]{0,18}(?:印发|发布|公布|颁布|通过|批准|同意|起施行)").match(text, end)
    alone = text[end:].strip(")。 ") == "" and text[: date.start].strip("( ") == ""
    return bool(behind) or alone


DATES = (
    Rule(
        "date-of-issue", "A day on a line of its own, or with 印发, 施行 … behind it, dates a document.",
        "name", _issue,
        taken="«2023年5月9日»印发。到2025年，绿电比例达到30%。", left="到«2025年»，绿电比例达到30%。",
    ),
    *date_roles.RULES,
)  # fmt: skip


def of_date(date: Date, text: str) -> Decision:
    """What a date of the sentence ``text`` is (masked)."""
    issue = DATES[0]
    return issue.decision if issue.applies(date, text) else date_roles.DECISIONS[date.rule]

"""What a line of a published file is: title or notice of a plan, press text, site furniture, or the plan itself."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from compare.intake.page_lines import Line as PageLine
from compare.intake.page_lines import page_lines
from compare.vocabulary.characters import INVISIBLE, odd_characters, one_to_one

LineKind = Literal[
    "body", "numbered", "first", "title", "issuer", "date", "handing", "annex", "site", "lead",
    "report", "about", "full_text", "more", "footer", "list_footer",
]  # fmt: skip

_LONGEST_HEAD = 120  # what a line is stands in its first words
_LONGEST_TITLE = 70
# Traditional script, character for character, for the words of this module only
_PLAIN = str.maketrans(
    "實規劃計綱領務網訊獲悉記報發佈簡稱責編輯來聲權轉載關閱讀點擊載體檔內詳圖問題題會與區縣鎮鄉黨辦廳廠際為貫徹執開壹當節擇選閉",
    "实规划计纲领务网讯获悉记报发布简称责编辑来声权转载关阅读点击载体档内详图问题题会与区县镇乡党办厅厂际为贯彻执开一当节择选闭",
)
_TRADITIONAL = "發為與實規劃計網訊來"  # some of them stand in any page of it
_BRACKETS = ("〔[", "〕]", "【[", "】]")
DOCUMENT = (
    "方案|规划|计划|意见|通知|纲要|要点|措施|办法|决定|公告|公示|细则|答复|行动|路线图|实施稿|报告"
)
"""How the name of a document ends."""
TITLE = re.compile(rf"[^,;:。!?\s]{{2,}}(?:{DOCUMENT})(?:\([^()]{{1,24}}\)|\[[^\[\]]{{1,24}}\])*")
# … of a plan by its name, not a heading inside one (重点工程计划)
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{2}(?:省|市|县|区|州|盟|旗|镇|乡|村|厅|局|委|院|部|集团|公司|政府)|关于|国家|全国|中国|[“\"]?十[一二三四五六七八九]五|\d{4}"
)
_FIRST = re.compile(r"(?:一[、.]|第一[章节编部])")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]{1,3}[章节编部条]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:\.(?!\d)|、)|\(\d{1,2}\)|[①-⑳])"
)
_DATE = re.compile(
    r"\(?(?:\d{4}年\d{1,2}月\d{1,2}日|[二2][〇○零O0][〇○零O一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\)?"
)
_ISSUER = re.compile(
    r"[^,;:。!?]{2,40}(?:人民政府|政府|委员会|办公[室厅]|管委会|党组|[委局厅部院])(?:办公[室厅])?"
)
_NUMBER = re.compile(r"[^,;:。!?]{1,20}[(\[]\d{4}[)\]]\s?第?\d{1,4}号")
_NOTE = re.compile(
    r"\((?:此件[^()]{0,12}|[^()]{0,10}(?:稿|草案|试行|摘录|节录|节选|送审)[^()]{0,4}|\d{4}[—\-至]\d{4}年)\)"
)
_ADDRESSED = re.compile(
    r"[^。;!?]{2,110}(?:政府|单位|部门|办事处|委员会|管委会|企业|机关|公司|[局委办厅]):"
)
_HANDED = re.compile(
    r"现印发|现予印发|印发给你们|已经[^。]{2,40}(?:同意|通过|批准)|请(?:认真|遵照|结合[^。]{0,8}实际)[^。]{0,12}(?:贯彻|执行|落实)"
)
_ANNEX = re.compile(r"附[件表录](?:\d{1,2}|[一二三四五六七八九十])?\s*(?:[:.、]|$)")
_TRAIL = re.compile(r"(?:网站)?首页\s?[>›»/]|(?:您?当前|所在)(?:的)?位置:")
_SITE = re.compile(
    r"(?:发布|更新|发表)?(?:时间|日期):\s?\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)|(?:信息)?来源:|(?:浏览|阅读|点击)(?:次数|量)?[: ]|字号:|【?字体|(?:索引号|主题分类|发文机关|成文日期|发布机构|公开方式):"
    r"|[^,。;]{2,14} · \d{4}年"
)
_FULL_TEXT = re.compile(
    r"(?:原文|全文|正文|方案全文|通知全文|文件全文|原文内容|檔案内容|档案内容|文件内容|方案内容|详情|(?:具体内容|主要内容|内容)(?=公布|附后|刊发|如下|:))(?:节选|摘录|摘编)?(?:公布|附后|刊发)?(?:如下)?:?$"
)
_SAYS_FULL_TEXT = re.compile(r"如下:?$|^.{0,14}$")
_MORE = re.compile(
    r"[\[(]?(?:点击|查看|展开|阅读|浏览)(?:查看|阅读|浏览|下载)?(?:此处)?(?:更多|全文|原文|附件|文件)"
)
_ABOUT = re.compile(
    r"(?!加强|做好|开展|组织|强化|加大|及时|召开|举办|推进|深化)(?:[^。;]{0,50}(?:》(?:的|有关)?(?:政策|文件|图文|专家)?(?:解读|问答|起草说明|编制说明)|(?:政策|文件|图文|专家)解读|答记者问|新闻发布会(?:实录)?)"
    r"|\[?(?:政策|文件)?(?:解读|问答)\]?|(?:解读|图解|问答|起草说明|编制说明)[:|《][^。;]{2,60}|[^。;]{0,6}一图(?:读懂|看懂|速览)[^。;]{0,60})[^。;]{0,12}"
)
_LEAD = re.compile(
    r"(?:\[[^\[\]]{1,12}\])?(?:"
    r"[^,。:(]{0,14}(?:讯|获悉|消息)(?=[:,( ])|[^。:]{0,14}(?:记者|网)[^。:]{0,16}(?:获悉|了解到)"
    r"|(?:近日|日前|今日|昨日|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?!之?前|以前|起|止|至|-|—)),?[^。]{0,80}(?:印发|发布|公布|出台|下发|审议通过|公开征求))"
)
_NEWS = re.compile(
    r"(?!为|根据|按照|依据|贯彻|落实|围绕)[^。]{0,50}(?:印发|发布|公布|出台|下发)(?:了)?(?:关于[^。]{4,60}的?(?:通知|公告|公示)|《)"
)
# what a document says, told by somebody else: 《方案》提出, 方案要求
_SAYS = re.compile(
    rf"(?:《[^》]{{2,60}}》|(?:该|本)?(?:{DOCUMENT}|文件))(?:\([^()]{{0,30}}\))?(?:还|同时|并|也|中|指出并)?(?:明确)?(?:提出|明确|指出|要求|强调)"
)
_FOOTER = re.compile(
    r"[\[(]?(?:特别声明|免责声明|版权声明|声明:|凡(?:注明|来源|本网)|责任?编辑?[: ]|责编:|编辑:|作者:|供稿:|审核:|监制:|校对:|撰稿:|打印(?:本页|正文|$)|打印\]|关闭(?:本页|窗口)|扫一扫(?:在手机|分享|关注|下载|打开|[,。]?$|二维码)"
    r"|扫码|(?:分享|收藏)(?:到|本文|:|$)|来源:|\(来源:|本文(?:来源|转自|链接)|标签:|关键词:|(?:上一[篇条页]|下一[篇条页])[: ]?|返回(?:顶部|首页)|网站地图|主办单位|技术支持|ICP备|Copyright)"
)
_LIST_FOOTER = re.compile(
    r"[\[(]?(?:相关(?:阅读|新闻|链接|文章|报道|推荐|文件|稿件)|(?:热门|精彩|猜你|为您|编辑|延伸)(?:推荐|阅读|喜欢|文章|新闻)|推荐阅读|热点(?:新闻|排行)|新闻排行榜?|友情链接|更多(?:阅读|新闻|精彩))"
)


class Line(NamedTuple):
    """A line of a file that is not blank.

    Attributes
    ----------
    start, end : int
        Its span in the file, line end excluded.
    kind : str
        What it is: ``numbered`` and ``first`` (一、) open a part of a plan, ``lead`` and ``report`` are
        press text, ``about`` is the title of an explanation, ``full_text`` says that the text itself
        follows, ``more`` that it stands elsewhere.
    head : str
        Its first words, in Simplified script with half-width marks.
    last : str
        Its last character.
    """

    start: int
    end: int
    kind: LineKind
    head: str
    last: str

    @property
    def named(self) -> bool:
        """A title that names whose plan it is."""
        return self.kind == "title" and bool(_NAMED.search(self.head))

    @property
    def told(self) -> bool:
        """Words of a document that somebody else tells: 《方案》提出."""
        return bool(_SAYS.match(self.head))


def is_lead(line: str) -> bool:
    """Whether a line, in Simplified script with half-width marks, is the lead of a report."""
    return bool(_LEAD.match(line[:_LONGEST_HEAD]))


def lines_of(text: str) -> list[Line]:
    """The lines of a file with what each is, blank ones left out."""
    out: list[Line] = []
    at = 0
    text = one_to_one(text, odd_characters(text), INVISIBLE)
    for theirs, ours in _BRACKETS:
        text = text.replace(theirs, ours)
    traditional = any(c in text for c in _TRADITIONAL)
    unseen = INVISIBLE in text
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        raw = raw.replace(INVISIBLE, "") if unseen else raw
        head = raw[:_LONGEST_HEAD].strip()
        if head:
            head = head.translate(_PLAIN) if traditional else head
            short = len(raw) <= _LONGEST_HEAD
            last = raw.rstrip()[-1]
            out.append(Line(start, at - 1, _kind(head, short, raw), head, last))
    return _without_headers(out)


def _without_headers(lines: list[Line]) -> list[Line]:
    """The lines, where a title that heads each page is none."""
    if sum([line.kind == "title" for line in lines]) < 1:
        return lines
    pages = page_lines([PageLine.of(line.head) for line in lines])
    return [
        line._replace(kind="body") if i in pages and line.kind == "title" else line
        for i, line in enumerate(lines)
    ]


def _kind(head: str, short: bool, raw: str) -> LineKind:
    if _FIRST.match(head):
        return "first"
    if _NUMBERED.match(head):
        return "numbered"
    if _TRAIL.match(head):
        return "site"
    if short and _MORE.match(head):
        return "more"
    if _announces_text(head) if short else _announces_below(raw[-20:]):
        return "full_text"
    if short:
        kind = _short(head)
        if kind:
            return kind
    if _LIST_FOOTER.match(head):
        return "list_footer"
    if _FOOTER.match(head):
        return "footer"
    if _SITE.match(head):
        return "site"
    if _LEAD.match(head):
        return "lead"
    if _SAYS.match(head) or (_NEWS.match(head) and "制定本" not in raw):
        return "report"
    if _hands_on(head):
        return "handing"
    return "body"


def _hands_on(head: str) -> bool:
    """Whether a line addresses a document, or hands it on in its first sentence."""
    if head[-1] == ":" and _ADDRESSED.fullmatch(head):
        return True
    handed = _HANDED.search(head)
    return handed is not None and handed.start() <= 80 and head.find("。", 0, handed.start()) < 0


def _announces_text(head: str) -> bool:
    found = _FULL_TEXT.search(head)
    return bool(found and _SAYS_FULL_TEXT.search(found[0]))


def _announces_below(ending: str) -> bool:
    """Whether a long line ends so: 现将全文公布如下:."""
    if "如下" not in ending:
        return False
    found = _FULL_TEXT.search(ending.translate(_PLAIN).strip())
    return bool(found) and "如下" in found[0]


def _short(head: str) -> LineKind | None:
    """Of a line that is short enough to stand alone."""
    if _ANNEX.match(head):
        return "annex"
    if len(head) <= _LONGEST_TITLE and TITLE.fullmatch(head.replace(" ", "")):
        return "title"
    if _DATE.fullmatch(head):
        return "date"
    if _NUMBER.fullmatch(head) or _NOTE.fullmatch(head):
        return "issuer"
    if _ISSUER.fullmatch(head) and len(head) <= 40:
        return "issuer"
    if _ABOUT.fullmatch(head) and len(head) <= _LONGEST_TITLE and not head.endswith("。"):
        return "about"
    return None

"""Targets with a figure: which quantities are promises, of what, and how they bind."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.lexicon import any_of, rx, words
from compare.extraction.quantities import Quantity
from compare.extraction.scope import EACH, PLACE, PLACES_SEP, scope_of
from compare.extraction.sentence import MASK, Context, Row, Sentence, strives
from compare.extraction.subjects import measure_named, split_list, strip_head, strip_tail

_LIST_SEP = re.compile(r"(?:、|和|及|与|以及|,和|,)$")
_EACH = re.compile(r"(?:均|都|各)(?:自)?(?:要|应|需)?(?:达|为|保|不|超|实现|提|下|稳|维|在|控|完成|力争|全|到|增|降|减|占|有|建|高|低|大|小|突|至|覆)?[^,;]{0,6}$")
_PERIOD_SUBJECT = re.compile(
    r"年(?:度|均)?(?:综合|新增|循环|净)?(?:利用|处理|处置|减排|发电|产|供|替代|消纳|回收|节约|节能|碳汇|吸收|固碳|输送|交易|补充|更新|用水|用电|消费|吞吐|排放|减少|运输|使用|利用量|通过能力|造林)"
)
_GROWTH = re.compile(r"年均(?:增长|增速|增幅|增加|提高|下降|降低|递增|递减|减少|复合)|年(?:均)?增长率|年增速|增速|年增长|每年(?:增长|提高|下降|降低|递增|增加|减少)|增长率|年均[^,;]{0,6}(?:增长|下降)")
# 由2020年的15%提高到20%: the first figure is where things stand, not where they are to go
_FROM = re.compile(r"(?:由|从)[^,;由从]*?\d[^,;]*?(?=(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|降|升|增|减)(?:到|至))(?P<after>.*)$")
# 引进50名以上领军人才、20个以上创新团队: the second shares the verb of the first
_FOLLOWS = re.compile(r"^(?:以上|左右|以内)?[^,;\d]{2,30}(?:、|和|及|与|以及)$")
_AREA_CLASS = re.compile("县城|县级|农村|乡村|城镇|郊区|其他县|乡镇|城区|其他地区|其他城市")
_SUBSIDY = re.compile("补助|奖励|补贴|给予|奖补|罚款|贴息|资助(?!业界)")
_COUNTED = {"count", "boxes"}
_PHYSICAL = {"power", "energy", "mass", "volume", "area", "length", "money", "temperature", "per", "none"}


@cache
def _patterns() -> dict[str, re.Pattern]:
    b, p = words()["bounds"], words()["predicates"]
    after = any_of(b["at_least_after"], b["at_most_after"], b["about_after"])
    achieve = any_of(words()["achieve"]["verbs"])
    return {
        "after": re.compile(rf"\(?{after}\)?"),
        "least_after": re.compile(any_of(b["at_least_after"])),
        "most_after": re.compile(any_of(b["at_most_after"])),
        "before": re.compile(
            rf"(?:(?P<ge>{any_of(b['at_least_before'])})|(?P<le>{any_of(b['at_most_before'])})"
            rf"|(?P<gt>{any_of(b['more_before'])})|(?P<lt>{any_of(b['less_before'])})|(?P<about>{any_of(b['about_before'])}))"
            r"(?:到|至|在|了|过|有)?$"
        ),
        "level": re.compile(rf"{any_of([w for w in p['level'] if w not in ('将', '在')])}(?:年均|平均|累计|分别|约|大约|均)*$"),
        "raise": re.compile(rf"(?:{any_of(p['down'], p['up'])})(?:到|至)$"),
        "down": re.compile(rf"(?:{any_of(p['down'])})(?:了|约|幅度)?$"),
        "up": re.compile(rf"(?:{any_of([w for w in p['up'] if w not in ('新增', '净增')])})(?:了|约|幅度)?$"),
        "achieve": re.compile(rf"{achieve}(?:了|约|至少|不少于|不低于|超过|大约|起|出|率先|一批)?(?:{MASK})*$"),
        "undated": re.compile(rf"{any_of(words()['achieve']['undated'])}$"),
        "facts": re.compile(words()["facts"]["words_re"]),
        "opening": re.compile(words()["tasks"]["opening_re"]),
    }


def rows(sentence: Sentence, context: Context) -> list[Row]:
    """Rows for the quantities of a sentence.

    Parameters
    ----------
    sentence : Sentence
    context : Context
        Years and effort carried over from the sentence before.

    Returns
    -------
    list of Row
        In text order, offsets in the clean text.
    """
    out: list[Row] = []
    last: list[str] = []  # subjects of the list before, for clauses that have none
    seen_to = 0
    for group in _lists(sentence):
        made = _group_rows(sentence, group, context, out, last, seen_to)
        if made:
            rows_, last = made
            out.extend(rows_)
            after = _patterns()["after"].match(sentence.masked, group[-1].end)
            seen_to = after.end() if after else group[-1].end
    return out


def _lists(s: Sentence) -> list[list[Quantity]]:
    """Quantities gathered into lists: 21%和25%左右; x、y、z以上."""
    after = _patterns()["after"]
    out: list[list[Quantity]] = []
    for q in s.quantities:
        if q.start > 0 and s.masked[q.start - 1] == MASK or any(d.start <= q.start < d.end for d in s.dates):
            continue
        if out:
            prev = out[-1][-1]
            between = s.masked[prev.end : q.start]
            m = after.match(between)
            rest = between[m.end() :] if m else between
            if _LIST_SEP.fullmatch(rest) and (prev.dimension == q.dimension or not rest.startswith(",")):
                if rest != "," or "分别" in s.masked[max(0, out[-1][0].start - 12) : out[-1][0].start]:
                    out[-1].append(q)
                    continue
        out.append([q])
    return out


def _group_rows(s: Sentence, group, context: Context, done: list[Row], last: list[str], seen_to: int):
    p = _patterns()
    first, final = group[0], group[-1]
    text = s.masked
    clause = s.clause_at(first.start)
    begin, stop = s.clauses[clause]
    begin = max(begin, seen_to if seen_to <= first.start else begin)
    left = text[begin : first.start]
    m = p["after"].match(text, final.end)
    behind = m.end() if m else final.end
    stop = max(stop, behind)
    right = text[behind:stop]
    if right[:1] in "、和及与" and len(group) == 1 and not any(q.start > final.start and q.start < stop for q in s.quantities):
        right = right
    nxt = next((q for q in s.quantities if q.start >= behind), None)
    if nxt and nxt.start < stop:
        right = text[behind : nxt.start]
        if _from_value(left, right):
            return None
    start_of_clause = s.clauses[clause][0]
    from_ = _FROM.search(text[start_of_clause : first.start])
    if from_:
        begin, left = start_of_clause, text[start_of_clause : first.start]
    follows = begin > start_of_clause and bool(done) and done[-1].end - s.at <= begin and _FOLLOWS.search(text[done[-1].end - s.at : first.start])
    date = s.horizon(first.start)
    if date and date.role == "past":
        return None
    years = date.years if date else (context.years if not context.past else [])
    if not date and context.past or rx(r"共(?:有|计)?$").search(left):
        return None
    if p["facts"].search(_own(text, begin, first.start, s)) and not (date and date.role == "horizon" and date.start >= begin):
        return None
    if date and p["facts"].search(text[date.end : first.start]) and rx("目前|截至|截止|已").search(text[date.end : first.start]):
        return None

    bare_left, base = _without_dates(s, begin, first.start)
    if from_:
        front, _ = _without_dates(s, begin, start_of_clause + from_.start())
        bare_left = front + from_["after"]
    noun_behind = right.strip("□ 。") and not rx(r"的?(?:水平|目标|规模)[。]?$").match(right) and not rx(r"[、和及与(]|之间|范围|且|并|而|但").match(right)
    if noun_behind:
        if not (follows and first.dimension in _COUNTED) and not _premodifier_ok(s, group, bare_left, right, m[0] if m else "", years, p):
            return None
        if follows:
            bare_left = ""
    elif not _plain_ok(s, bare_left, group, years, context, p, m, text, begin, first.start):
        return None

    subject = strip_head(strip_tail(bare_left))
    subject_raw = _unmask(s, subject, begin, first.start)
    predicate = bare_left[bare_left.find(subject) + len(subject) :] if subject else bare_left
    if noun_behind:
        if rx(r"(?:全|我|本)[省市区县域]|各地").fullmatch(subject_raw):
            subject_raw = ""
        if rx("结合|依托|围绕|通过|推进|以|在|按照|支持|引导|鼓励|组织|聚焦").match(subject_raw):
            subject_raw = ""
        subject_raw = _joined(subject_raw if not follows and not _is_verbish(subject, p) else "", _noun(s, right, behind))
    inherited = False
    if len(subject_raw) < 2 or rx(r"(?:其中|并|其|同时|基本|目标|规模|比例|数量|总量)").fullmatch(subject_raw):
        if last and done:
            subjects, inherited = last, True
        else:
            subject_raw = _previous_subject(s, clause, date)
            if not subject_raw:
                return None
            subjects = [subject_raw]
    else:
        subjects = [subject_raw]
        if done and last:
            subjects = [_complete(subject_raw, last[-1], done[-1])]
    per_place = EACH.match(strip_tail(bare_left)) if not inherited else None
    if per_place and not noun_behind:
        places = [x for x in PLACES_SEP.split(per_place["places"]) if x]
        subjects, inherited = [f"{x}{per_place['noun']}" for x in places], True
    elif not inherited and last and done and PLACE.match(subjects[0]) and measure_named(done[-1].indicator_text):
        subjects = [subjects[0] + done[-1].indicator_text]
    each = bool(_EACH.search(bare_left))
    placed = _place(group, subjects, years, each, inherited)
    if placed is None:
        return None

    measure, direction = _measure(bare_left, predicate, subject_raw, first, noun_behind)
    bounds = _bounds(s, group, m, p)
    effort = "strive" if strives(s, first.start, date, context) else "firm"
    tier = "base"
    stretch = False
    if inherited and done and effort == "strive" and rx(r"力争|争取|努力|力求").search(left):
        same_block = date is None or (done[-1].start - s.at) > date.start
        if same_block and len(group) == 1:
            tier, stretch = "stretch", True
            measure, direction = (measure, direction) if measure != "level" or done[-1].measure == "level" else (done[-1].measure, done[-1].direction)
            base = base or done[-1].baseline_year
    elif inherited and done and measure == "level" and done[-1].measure == "change" and first.dimension == done[-1].dimension and not rx("到$|至$|达").search(predicate):
        measure, direction = done[-1].measure, done[-1].direction
    scope_all = None
    out = []
    for i, (q, name, year) in enumerate(placed):
        if per_place and inherited and not noun_behind:
            scope = next((x for x in PLACES_SEP.split(per_place["places"]) if name.startswith(x)), None)
        else:
            scope, name = scope_of(name, context.place)
        comparator = bounds[group.index(q)]
        annual = bool(rx(r"每年|年均|每年度").search(text[s.clauses[clause][0] : first.start]) or not years and _annual_before(s, first.start) or _PERIOD_SUBJECT.search(name) and not rx(r"当年|年综合能耗").search(name))
        out.append(
            Row(
                s.at + q.start, s.at + q.end, name, "numeric", q.value, q.value_max, q.unit or None, comparator,
                measure, direction, base, year, "annual" if annual or measure == "growth" else None, tier, effort,
                scope, q.dimension,
            )
        )  # fmt: skip
        _ = i, scope_all, stretch
    keep = list(dict.fromkeys(n for _, n, _ in placed))
    return out, keep


def _from_value(left: str, right: str) -> bool:
    """The first figure of 由15%提高到20% is a fact."""
    return bool(
        rx(r"(?:由|从)[^,;]*$").search(left) and rx(r"(?:的)?[^,;]{0,10}?(?:到|至|为|增|提|降|升|减)").match(right)
    )


def _own(text: str, begin: int, end: int, s: Sentence) -> str:
    return text[begin:end]


def _without_dates(s: Sentence, begin: int, end: int) -> tuple[str, int | None]:
    """The clause before the figure without its dates, and the baseline year it names."""
    base, out, at = None, [], begin
    for d in s.dates:
        if d.end <= begin or d.start >= end:
            continue
        if d.role == "baseline":
            base = d.years[0]
        out.append(s.masked[at : max(at, d.start)])
        at = min(d.end, end)
        if d.role == "baseline":
            tail = rx(r"(?:的)?(?:同期|实际|排放)?(?:水平|基准|基数)?(?:相比|为基准年?|为基期|基础上|的基础上|相较)?(?:的)?").match(s.masked[at:end])
            at += tail.end()
    out.append(s.masked[at:end])
    if base is None:
        # a clause that is nothing but the baseline governs the next: 与2020年相比,…
        i = s.clause_at(begin)
        if i > 0:
            a, b = s.clauses[i - 1]
            for d in s.dates:
                if d.role == "baseline" and a <= d.start < b and b - a <= d.end - d.start + 8:
                    base = d.years[0]
    return "".join(out), base


def _unmask(s: Sentence, subject: str, begin: int, end: int) -> str:
    """Give a masked subject its own words back."""
    if MASK not in subject:
        return subject
    at = s.masked.find(subject, begin, end)
    return s.text[at : at + len(subject)] if at >= 0 else subject.replace(MASK, "")


def _noun(s: Sentence, right: str, behind: int) -> str:
    """The noun that follows its figure: 50%以上的机关单位建成… , 10家以上领军企业."""
    raw = s.text[behind : behind + len(right)]
    raw = raw.strip("。 ").removeprefix("的")
    raw = rx(r"[,;:。\uff0c\uff1b\uff1a]").split(raw)[0].rstrip("、和及与")
    return rx(r"(?:助力|带动|推动|促进|引领|支撑)[^,;]*$").sub("", raw) if len(raw) > 12 else raw


def _joined(front: str, noun: str) -> str:
    return f"{front}{noun}" if front else noun


def _is_verbish(subject: str, p) -> bool:
    return bool(re.fullmatch(rf"(?:{'|'.join(map(re.escape, words()['achieve']['verbs']))}|着力|重点|积极|大力|努力|至少|在|于|以|对|将|使|的)+", subject))


def _premodifier_ok(s, group, left, right, qualifier, years, p) -> bool:
    """A figure in front of a noun: a promise, or only a size or a threshold?"""
    q = group[-1]
    if right[0] in "的之" and rx(r"(?:超过|大于|不低于|不少于|低于|小于|高于|达到?)$").search(left) and q.dimension not in ("share", "points", "tenths", "times"):
        return False  # 面积超过5000平方米的建筑: a threshold
    if rx(r"[的之][^,;]{0,6}目标").match(right):
        return bool(years)
    stem = left.rstrip("约近超不少于至低过")
    achieving = bool(p["achieve"].search(left[-16:]) or p["achieve"].search(stem[-16:]))
    bound = qualifier in ("以上", "及以上", "以下", "及以下", "以内", "或以上", "或以下", "内")
    if q.dimension in ("share", "tenths", "times", "points"):
        if not years and not rx(r"不低于|不少于|至少|不超过").search(left):
            return False
        return bool(
            rx(r"执行|实行|达到|建成|完成|采用|实现|使用|具备|比例|能力|面积|纳入|覆盖|配备|安装|开展|符合|创建|落实|占比|接入|淘汰|改造|通过|参与|普及|应用|替代|的[^,;]{1,12}$|按|设置|配建|比重|成为|形成|得到|进行|为|由|以上").search(right)
        ) and not rx(r"的?(?:股权|税率|利率|补贴|补助|奖励|资金|折扣|优惠)").match(right)
    if q.dimension in _COUNTED:
        if qualifier in ("及以上", "及以下", "或以上"):
            return False
        if years and not achieving and (rx(r"(?:不少于|不低于|至少|超过)$").search(left) or qualifier in ("以上", "左右")):
            return bool(rx(r"(?:开展|通过|纳入|完成|达到|建成|实现|实施|获得|接入|参与|创建|推进|制度创新)").search(right + left[-2:]))
        if not achieving:
            return False
        if not years:
            return bool(p["undated"].search(stem[-16:])) and q.value >= 2 and not rx(r"(?:方面|领域|重点|关键|环节|阶段|主要|层面|维度)").match(right) or bool(rx(r"每年").search(left))
        return not rx(r"(?:方面|维度|层面|阶段|环节)").match(right)
    if qualifier and bound and rx(r"的|及|规模|企业|单位|项目|机组|园区|建筑|公共|锅炉|工业|用能|重点|新建|燃煤|热电|城市|生产线|水泥|房地产|高耗能|排放|数据|大型|[\u4e00-\u9fff]{0,6}(?:企业|单位|项目|机组|园区|建筑|锅炉|装置|生产线|用户|设施)").match(right):
        return achieving and bool(years) and bool(rx(r"(?:新增|建成|完成|新建|改造|推广|淘汰|累计|造林|治理|修复|形成)$").search(stem)) and not rx("推动|对|鼓励|支持").search(left[:4])
    if right.startswith("级"):
        return bool(years) and achieving
    return bool(years) and bool(
        rx(r"(?:新增|建成|完成|新建|改造|推广|淘汰|累计|实施|治理|修复|形成|建设|更新|投放|具备|达到|实现|新开工|推进|减少|节约|节省|替代|保障|争取|减排|消纳|营造|打造|培育|发展|落实|整治|增加|退出|压减|带动|敷设|铺设|力争|回收|吸收|压缩|拥有|开工|提供|约)$").search(stem)
    ) and not rx(r"加快|推动|抓好|积极推进|有序推进|启动").search(left)


def _plain_ok(s, left, group, years, context, p, qualifier, text, begin, at) -> bool:
    """A figure at the end of its clause: is something measured by it, and is it promised?"""
    q = group[-1]
    has_bound = bool(p["before"].search(left[-16:])) or bool(qualifier)
    level = bool(p["level"].search(left[-16:])) or bool(p["raise"].search(left[-16:]))
    moved = bool(p["down"].search(left[-16:]) or p["up"].search(left[-16:]))
    if q.dimension == "none" and not q.unit:
        # a bare number needs a measure that has no unit
        return bool(years or has_bound) and bool(rx(r"PUE|能效值|电能利用效率|能源使用效率|指数|系数|容积率|得分|WUE|CUE|效率").search(s.text[max(0, begin - 40) : at])) and (level or has_bound)
    if q.dimension == "money" and _SUBSIDY.search(text):
        return False
    if q.dimension in _PHYSICAL and text[q.end : q.end + 1] in ("、", "和") and rx("推进|加快|启动|核准|开工|抓好").search(left):
        return False
    if q.dimension == "length" and rx(r"(?:半径|范围|距离|步行|服务半径|骑车)$|站点$").search(left):
        return False
    if q.dimension == "temperature" and not years:
        return False
    if rx(r"(?:总投资|投资额?|投入|资金|补助|补贴|奖励|奖补|罚款)(?:约|达|达到|共|总额)?$").search(left) and not years:
        return False
    if years:
        if q.dimension in _COUNTED and not (level or has_bound or moved or p["achieve"].search(left[-16:])) and len(strip_tail(left)) < 2:
            return False
        return True
    if rx(r"每年|年均").search(text[s.clauses[s.clause_at(at)][0] : at]) or _annual_before(s, at):
        return True
    if q.dimension in _PHYSICAL and q.dimension != "none" and text[q.end : q.end + 1] in ("、", "和", "及", "与"):
        return False
    modal = rx(r"力争|争取|确保|原则上|不得|不低于|不少于|不超过|不高于|不突破|控制在|控制到|至少|保持在|稳定在|严格控制|不大于|不小于|最低|降低到|降到|降至|提高到|提高至|提升到|提升至").search(left)
    subject = strip_head(strip_tail(left))
    if len(subject) < 2:
        return False
    if q.dimension in ("share", "points", "tenths", "per", "mass", "times", "none"):
        return bool(modal) or bool(has_bound and level and not rx(r"占").search(left))
    if q.dimension in _COUNTED:
        return bool(p["undated"].search(left[-16:])) or bool(modal and rx(r"不少于|不低于|至少|确保|力争|争取").search(left))
    return bool(modal)


def _annual_before(s: Sentence, at: int) -> bool:
    """每年 in an earlier clause of an undated list: 每年组织A 3场以上,组织B 4场以上."""
    return not any(d.role == "horizon" for d in s.dates) and bool(rx("每年").search(s.masked[:at])) and not rx("[;。]").search(s.masked[s.masked.find("每年") : at])


def _previous_subject(s: Sentence, clause: int, date) -> str:
    """The subject in the clause before, where a clause opens with its predicate."""
    for i in range(clause - 1, -1, -1):
        a, b = s.clauses[i]
        if s.masked[b : b + 1] == ";" or any(a <= q.start < b for q in s.quantities):
            return ""
        body, _ = _without_dates(s, a, b)
        name = strip_head(strip_tail(body))
        if len(name) >= 2 and measure_named(name):
            return _unmask(s, name, a, b)
        if len(name) >= 2:
            return ""
    return ""


def _complete(name: str, before: str, row: Row) -> str:
    """Fill in what a short subject leaves out: …数据中心PUE值, PUE值 / 中心城区…比例, 县城."""
    if len(name) <= 6 and before.endswith(name):
        return before
    if name.startswith("占") and "占" not in before:
        return rx(r"(?:增长率|增速|产量)$").sub("", before) + name
    if len(name) <= 4 and row.scope_region and _AREA_CLASS.fullmatch(name) and measure_named(row.indicator_text):
        return name + row.indicator_text
    return name


def _place(group, subjects, years, each, inherited):
    """Pair figures with subjects and years: [(quantity, subject, year)]."""
    years_ = years or [None]
    n, ny = len(group), len(years_)
    single = subjects[0] if len(subjects) == 1 else None
    if n == 1:
        if single is not None:
            names = split_list(single, None)
            if each and len(names) == 1:
                names = _split_each(single)
        else:
            names = subjects
        return [(group[0], name, y) for y in years_ for name in names]
    if single is not None and "分别" in single:
        front, _, back = single.partition("分别")
        names = split_list(front, n)
        if len(names) == n:
            back = strip_head(back)
            return [(q, name + back, years_[-1]) for q, name in zip(group, names, strict=True)]
    if ny == n and single is not None:
        return [(q, single, y) for q, y in zip(group, years_, strict=True)]
    if ny > 1 and n % ny == 0:
        k = n // ny
        names = split_list(single, k) if single is not None else subjects
        if len(names) == k and k > 1:
            by_year = [(group[i * k + j], names[j], years_[i]) for i in range(ny) for j in range(k)]
            by_name = [(group[j * ny + i], names[j], years_[i]) for j in range(k) for i in range(ny)]
            same_year = all(len({group[i * k + j].unit for i in range(ny)}) == 1 for j in range(k))
            same_name = all(len({group[j * ny + i].unit for i in range(ny)}) == 1 for j in range(k))
            chosen = by_name if same_name and not same_year else by_year
            return sorted(chosen, key=lambda t: t[0].start)
    if single is not None:
        names = split_list(single, n)
        if len(names) == n:
            return [(q, name, years_[-1]) for q, name in zip(group, names, strict=True)]
        return [(q, single, years_[-1]) for q in group]
    if len(subjects) == n:
        return [(q, name, years_[-1]) for q, name in zip(group, subjects, strict=True)]
    return [(q, subjects[-1], years_[-1]) for q in group]


def _split_each(name: str) -> list[str]:
    count = len([x for x in rx(r"、|和|及|与|以及").split(rx(r"\([^)]*\)").sub("", name)) if x])
    return split_list(name, count) if count > 1 else [name]


def _measure(left: str, predicate: str, subject: str, q: Quantity, noun_behind) -> tuple[str, str | None]:
    p = _patterns()
    stem = rx(r"(?:分别|均|都|各|累计|约|大约|年均|合计|总体|平均|以上|超过|不低于|不少于|不超过|至少|大于|近|接近|幅度|左右|了)+$").sub("", left)
    stem = rx(r"(?:分别|均|都|各|累计|超过|不低于|不少于|不超过|至少|幅度)+$").sub("", stem)
    if _GROWTH.search(left):
        if rx(r"新增").search(left):
            return "level", None
        return "growth", "down" if rx(r"下降|降低|递减|减少").search(left) else "up"
    if p["raise"].search(stem[-16:]) or p["raise"].search(left[-16:]):
        return "level", None
    named = rx(r"(下降率|降低率|降幅|削减率|下降幅度|降低幅度|减排率|减排幅度|降碳率)|(增幅|提高率|增长幅度|提升幅度|提高幅度)").search(left)
    if named:
        return "change", "down" if named[1] else "up"
    if noun_behind and q.dimension in _COUNTED:
        return "level", None
    if p["down"].search(stem[-16:]) and not rx(r"(?:新增|净增)$").search(stem):
        return "change", "down"
    if p["up"].search(stem[-16:]):
        return "change", "up"
    if q.dimension == "points":
        return "change", "down" if rx("下降|降低|减").search(left) else "up"
    return "level", None


def _bounds(s: Sentence, group, qualifier, p) -> list[str]:
    """Comparator of each figure; a qualifier behind the last one is shared."""
    text = s.masked
    shared = _after_sign(qualifier[0], p) if qualifier else None
    first = group[0]
    before = p["before"].search(text[max(0, first.start - 6) : first.start])
    lead = None
    if before:
        lead = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~"}[before.lastgroup]
    out = []
    for i, q in enumerate(group):
        m = p["after"].match(text, q.end)
        own = _after_sign(m[0], p) if m else None
        if i == len(group) - 1:
            own = shared
        mine = p["before"].search(text[max(0, q.start - 6) : q.start]) if i else before
        sign = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~"}[mine.lastgroup] if mine else None
        out.append(sign or own or lead or shared or "=")
    return out


def _after_sign(word: str, p) -> str:
    word = word.strip("()")
    if p["least_after"].fullmatch(word):
        return ">="
    if p["most_after"].fullmatch(word):
        return "<="
    return "~"

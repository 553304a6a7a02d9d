"""Targets without a figure: verbal, deferred and directional commitments, peaks and milestones."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.clause import without_dates
from compare.extraction.lexicon import any_of, rx, words
from compare.extraction.quantities import quantities
from compare.extraction.scope import scope_of
from compare.extraction.sentence import MASK, Context, Row, Sentence, strives
from compare.extraction.subjects import measure_named, split_list, strip_head, strip_tail

_PLACE = r"(?:全[省市区县域国]|我[省市区县]|各地)"


@cache
def _patterns() -> dict[str, re.Pattern]:
    w = words()
    v, d, dr = w["verbal"], w["deferred"], w["directional"]
    allwords, verbs, more = any_of(v["all"]), any_of(v["verbs"]), any_of(v["verbs_all"])
    giver, given, obj = d["givers_re"], d["given_re"], d["objects_re"]
    adverb = any_of(dr["adverbs"])
    up, down = any_of(dr["up"]), any_of(dr["down"])
    return {
        "all": re.compile(
            rf"{allwords}(?:按期|如期|按时|足额)*{verbs}|(?:全部|一律)(?:按期|如期|按时|足额)*{more}|{allwords}[\u4e00-\u9fff]{{2,4}}化(?=[,;。]|$)"
        ),
        "cover": re.compile(any_of(v["cover"])),
        "not_all": re.compile(v["not_all_re"]),
        "deferred": re.compile(
            rf"{any_of(d['verbs'])}(?:好)?(?:{giver}{given}|(?:国家|省|市|州|区|上级|省级|市级)(?:人民政府|政府)?)(?:给?我[省市区县州])?(?:的)?(?:[^,;。]{{0,10}}?{given}(?:的)?)?[^,;。]{{0,8}}?(?:{obj})(?:之?内|以内|范围内)?"
        ),
        "direction": re.compile(
            rf"(?:{adverb})+(?P<u>{up})|(?:{adverb})+(?P<d>{down})|(?P<h>(?:总体|基本)?保持(?:基本|总体)?稳定|总体稳定|基本稳定|稳中有[升增](?P<hu>))|稳中有降(?P<hd>)"
            rf"|(?:{adverb})+(?P<o>优化|改善)|(?P<t>迈上新台阶|只增不减|有增无减|不增反降|零增长以下)"
        ),
        "measurable": re.compile(rf"{dr['measurable_re']}(?:[((][^))]*[))])?$"),
        "improves": re.compile(rf"(?:{dr['improves_re']})$"),
        "peak": re.compile(r"碳达峰|达峰|达到?峰值|(?<![较比])峰值"),
        "peak_not_after": re.compile(w["peak"]["not_after_re"]),
        "peak_not_before": re.compile(w["peak"]["not_before_re"]),
        "done": re.compile(any_of(w["milestone"]["done"])),
        "stage": re.compile(w["milestone"]["stage_re"]),
        "project": re.compile(rf"[^,;:。]{{1,30}}{w['milestone']['project_re']}"),
        "generic": re.compile(w["milestone"]["generic_re"]),
    }


def rows(s: Sentence, context: Context, figures: list[Row]) -> list[Row]:
    """Rows without a figure of a sentence, given the rows with one.

    Returns
    -------
    list of Row
        Unsorted, offsets in the clean text.
    """
    text = s.masked
    out: list[Row] = []
    p = _patterns()
    dated = any(d.role == "horizon" for d in s.dates) or bool(context.years)
    if not dated:
        return out
    taken = [(r.start - s.at, r.end - s.at) for r in figures]
    if "峰" in text:
        out += _peaks(s, context, p)
    if rx("下达|核定|分解|规定|要求|考核|省定|市定|国家|上级|指标|任务").search(text):
        out += _deferred(s, context, p)
    if rx("全部|全面|一律|百分之百|覆盖|清零|零|尽").search(text):
        out += _verbal(s, context, p, taken)
    out += _directional(
        s, context, p, taken + [(r.start - s.at, r.end - s.at) for r in out], [*figures, *out]
    )
    if rx("建成|投产|投运|投用|并网|通车|竣工|完工|完成|投入").search(text):
        out += _milestones(s, context, p, figures)
    return out


def _when(s: Sentence, place: int, context: Context):
    """Date and years in force at ``place``, or None where there are none."""
    date = s.horizon(place)
    if date:
        return (date, date.years) if date.role == "horizon" else (date, None)
    return None, (context.years if context.years and not context.past else None)


def _clause(s: Sentence, place: int) -> tuple[int, int]:
    return s.clauses[s.clause_at(place)]


def _subject(s: Sentence, begin: int, at: int) -> str:
    body, _ = without_dates(s, begin, at)
    name = strip_head(strip_tail(body)).strip('“”"')
    if MASK in name:
        where = s.masked.find(name, begin, at)
        name = s.text[where : where + len(name)] if where >= 0 else name.replace(MASK, "")
    return name


def _row(s: Sentence, a: int, b: int, name: str, kind: str, year, date, context, **more) -> Row:
    scope, name = scope_of(name, context.place)
    effort = "strive" if strives(s, a, date, context) else "firm"
    return Row(
        s.at + a, s.at + b, name, kind, target_year=year, effort=effort, scope_region=scope, **more
    )


# ---------------------------------------------------------------- peaks
def _peaks(s: Sentence, context: Context, p) -> list[Row]:
    out, text, used = [], s.masked, set()
    for m in p["peak"].finditer(text):
        begin, end = _clause(s, m.start())
        if (
            p["peak_not_after"].match(text[m.end() : end + 6])
            or text[m.end() : m.end() + 1] == "后"
        ):
            continue
        date = s.horizon(m.start())
        if not date or date.role != "horizon" or not date.explicit or date.start in used:
            continue
        between = text[date.end : m.start()]
        here = date.start >= begin
        if not here and (
            p["peak_not_before"].search(text[begin : m.start()])
            or rx("奠定|支撑|助力|为实现|夯实|打下|创造条件").search(text[begin:end])
        ):
            continue
        if not here and not rx(r"^(?:[^,;]{0,20})$").search(text[begin : m.start()]):
            continue
        used.add(date.start)
        front = strip_head(strip_tail(text[begin : date.start], keep_nouns=False)) if here else ""
        middle = between if here else text[begin : m.start()]
        middle = rx(
            r"^(?:年)?(?:底|末|前|,)*|(?:实现|达到|力争|争取|确保|率先|如期|同步|基本|全面|努力|推动|区内(?=农业)|我[省市区县])|(?:率先|如期|提前|尽早|同步|稳步|前)+$"
        ).sub("", middle)
        front = rx(
            r"^(?:锚定|实现|确保|为|立足|围绕|按照|以|并|和|与|同步|如期|顺利|[^\u4e00-\u9fff]+)+|(?:与|同)?全国(?:基本)?同步|顺利|如期|锚定|努力"
        ).sub("", front)
        tail = m[0]
        word = "碳达峰" if tail in ("碳达峰",) else tail
        name = f"{front}{middle}"
        if "峰值" not in word:
            name = name + word
        name = rx(r"^的|的$").sub("", strip_head(name)) or "碳达峰"
        comparator = (
            "~"
            if date.about
            else "<="
            if date.before
            or rx(r"^(?:年底|年末|年)?(?:之|以)?前").search(text[date.at + 4 : date.end])
            else "="
        )
        year_end = date.at + (text[date.at : date.end].find("年") + 1 or 4)
        for year in date.years[-1:]:
            row = _row(
                s,
                date.at,
                year_end,
                name,
                "peak",
                year,
                date,
                context,
                value=float(year),
                unit="year",
                comparator=comparator,
                dimension="year",
            )
            out.append(row)
    return out


# ---------------------------------------------------------------- deferred
def _deferred(s: Sentence, context: Context, p) -> list[Row]:
    out, text = [], s.masked
    for m in p["deferred"].finditer(text):
        date, years = _when(s, m.start(), context)
        if not years:
            continue
        begin, end = _clause(s, m.start())
        name = _subject(s, begin, m.start())
        if len(name) < 2:
            # the object may stand behind: 完成国家下达的能耗强度降低目标
            inner = rx(
                r"(?:下达|核定|分解|确定|规定)(?:的)?(.{3,24}?)(?:下降)?(?:目标|任务|指标)"
            ).search(m[0])
            if not inner:
                continue
            name = inner[1]
        for year in years:
            for item in _items(name):
                change = bool(
                    rx(
                        r"下降|降低|强度|(?:单位|人均|万元).{0,14}(?:能耗|能源|排放|消耗)|降幅|削减"
                    ).search(item)
                )
                out.append(
                    _row(
                        s,
                        m.start(),
                        m.end(),
                        item,
                        "deferred",
                        year,
                        date,
                        context,
                        measure="change" if change else "level",
                        direction="down" if change else None,
                    )
                )
    return out


def _items(name: str) -> list[str]:
    return split_list(name, None)


# ---------------------------------------------------------------- verbal
def _verbal(s: Sentence, context: Context, p, taken) -> list[Row]:
    out, text = [], s.masked
    for m in p["all"].finditer(text):
        begin, end = _clause(s, m.start())
        date, years = _when(s, m.start(), context)
        if not years or (date and date.start > m.start()):
            continue
        rest = text[m.end() : end]
        name = _subject(s, begin, m.start())
        if any(begin <= a < end for a, _ in taken) and any(
            m.start() <= a <= m.end() for a, _ in taken
        ):
            continue
        if (
            p["not_all"].search(rest)
            and "全面" in m[0]
            or rx("体系$|机制$|格局$|制度$|模式$|方式$").search(name)
        ):
            continue
        if rx("先进水平|一流").search(rest):
            continue
        verb = rx(r"^(?:全部|全面|一律|百分之百)").sub("", m[0])
        noun = s.text[m.end() : end].rstrip("。")
        if len(name) < 2:
            if verb in ("完成",) and noun:
                name, noun = noun, ""
            else:
                continue
        if rx(r"(?:^|[^\u4e00-\u9fff])(?:坚持|推动|推进|加快|促进)").search(name[:2]):
            continue
        indicator = name + verb + noun if verb != "实现" else name + noun
        indicator = indicator if len(indicator) <= 60 else name + verb
        zero = bool(rx("淘汰|退出|禁止|取消|清零|关停|停止").search(verb)) and False
        for year in years:
            out.append(
                _row(
                    s,
                    m.start(),
                    m.end(),
                    indicator,
                    "verbal",
                    year,
                    date,
                    context,
                    value=0.0 if zero else 100.0,
                    unit="%",
                    comparator="=",
                    dimension="share",
                )
            )
    for m in p["cover"].finditer(text):
        begin, end = _clause(s, m.start())
        date, years = _when(s, m.start(), context)
        if not years or text[m.end() : m.end() + 1] in ("率", "面", "示", "的"):
            continue
        if any(a <= m.start() < b or abs(a - m.end()) < 4 for a, b in taken):
            continue
        name = _subject(s, begin, m.start())
        zero = "零" in m[0]
        if text[m.start() - 1 : m.start()] == "净":
            continue  # 净零排放 is a state of balance, not of none
        if len(name) < 2:
            last = [r for r in out if r.end <= s.at + m.start()]
            name = last[-1].indicator_text if last else _earlier(s, s.clause_at(m.start()))
        if len(name) < 2 or rx("推动|加快|推进").match(name):
            continue
        word = m[0]
        if zero and word.startswith("零") and len(word) == 3:
            name = name + word[1:]
        for year in years:
            for item in [name]:
                out.append(
                    _row(
                        s,
                        m.start(),
                        m.end(),
                        item,
                        "verbal",
                        year,
                        date,
                        context,
                        value=0.0 if zero else 100.0,
                        unit="%",
                        comparator="=",
                        dimension="share",
                    )
                )
    return out


def _earlier(s: Sentence, clause: int) -> str:
    """Subject of an earlier clause of the sentence that sets a level: …比例达70%,到2030年实现全覆盖."""
    for i in range(clause - 1, -1, -1):
        a, b = s.clauses[i]
        quantity = next((q for q in s.quantities if a <= q.start < b), None)
        if quantity:
            return _subject(s, a, quantity.start)
        name = _subject(s, a, b)
        if len(name) >= 3 and not any(a <= d.start < b for d in s.dates):
            return name if measure_named(name) else ""
    return ""


# ---------------------------------------------------------------- directional
def _directional(s: Sentence, context: Context, p, taken, done) -> list[Row]:
    out, text = [], s.masked

    def figures_and(new, _):
        return sorted([*done, *new], key=lambda r: r.start)

    for m in p["direction"].finditer(text):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        begin, end = _clause(s, m.start())
        date, years = _when(s, m.start(), context)
        if not years:
            continue
        rest = text[m.end() : end].rstrip("。")
        if any(m.end() <= a < end for a, _ in taken):
            continue
        name = _subject(s, begin, m.start())
        direction = _direction(m)
        if 2 <= len(name) <= 6:
            longer = [
                r
                for r in figures_and(out, s)
                if r.end - s.at <= m.start() and r.indicator_text.endswith(name)
            ]
            name = longer[-1].indicator_text if longer else name
        if len(name) < 2 and not rest:
            before = [r for r in figures_and(out, s) if r.end - s.at <= m.start()]
            if before:
                tail = [r for r in before if r.start == before[-1].start]
                for year in years:
                    for r in tail:
                        out.append(
                            _row(
                                s,
                                m.start(),
                                m.end(),
                                r.indicator_text,
                                "directional",
                                year,
                                date,
                                context,
                                measure="change",
                                direction=_direction(m),
                            )
                        )
                        out[-1].scope_region = r.scope_region
                continue
        if rest:
            joined = strip_head(name + s.text[m.end() : end].rstrip("。"))
            if (
                len(rest) > 24
                or not p["measurable"].search(rest)
                or rx("[到至在、和及与]").match(rest)
            ):
                continue
            name = joined
        if m.lastgroup == "o" or m["o"]:
            if not p["improves"].search(name):
                continue
            direction = "down"
        elif not p["measurable"].search(name := rx(r"达峰后$").sub("", name)):
            if len(name) >= 2 or not name and True:
                if not (len(name) < 2 and out and False):
                    continue
        if direction is None:
            continue
        if rx("推动|加快|推进|促进|支持").match(name):
            continue
        each = rx(r"(?:均|都|各)[^,;]{0,3}$").search(text[begin : m.start()])
        names = split_list(name, None)
        if len(names) == 1 and each:
            count = len(rx("、|和|及|与").split(name))
            names = split_list(name, count) if count > 1 else names
        a = m.start()
        span = m[0]
        if span.startswith("实现"):
            a += 2
        for year in years:
            for item in names:
                out.append(
                    _row(
                        s,
                        a,
                        m.end(),
                        item,
                        "directional",
                        year,
                        date,
                        context,
                        measure="change",
                        direction=direction,
                    )
                )
    return out


def _direction(m: re.Match) -> str | None:
    if m["u"] or m["hu"] is not None and m["h"] and m["h"].startswith("稳中有"):
        return "up"
    if m["d"] or m["hd"] is not None:
        return "down"
    if m["h"]:
        return "hold"
    if m["t"]:
        return "up" if m["t"] in ("迈上新台阶", "只增不减", "有增无减") else "down"
    return None


# ---------------------------------------------------------------- milestones
def _milestones(s: Sentence, context: Context, p, figures: list[Row]) -> list[Row]:
    out, text = [], s.masked
    for i, (begin, end) in enumerate(s.clauses):
        m = p["stage"].search(text, begin, end) or p["done"].search(text, begin, end)
        if not m:
            continue
        date = s.horizon(m.start())
        if not date or date.role != "horizon":
            continue
        if (
            date.start < begin - 1
            and not _opens(s, date, begin)
            and not (out and i and out[-1].start - s.at >= s.clauses[i - 1][0])
        ):
            continue
        if any(
            begin <= r.start - s.at < end and r.kind == "numeric" and not _size_of(s, r, begin, end)
            for r in figures
        ):
            continue
        name = _subject(s, begin, m.start())
        behind = s.text[m.end() : end].rstrip("。")
        stage = p["stage"].search(text, begin, end) is not None
        project = name
        if stage and not p["project"].search(name):
            inner = m[0].removeprefix("完成")
            project = (
                inner
                if p["project"].match(inner) and not inner.startswith("项目")
                else _project_before(s, i, p, context)
            )
        elif len(name) < 2 and behind:
            project = behind
        elif len(name) < 2:
            project = _project_before(s, i, p, context)
        if not project or p["generic"].search(project) or not p["project"].search(project):
            continue
        if not _is_named(project):
            continue
        everything = quantities(s.text, 0, len(s.text)) if MASK in text[begin:end] else s.quantities
        size = next(
            (
                q
                for q in everything
                if q.dimension in ("power", "energy", "length", "area", "volume", "mass", "money")
                and (begin <= q.start < end or _mentions(s, q, project))
            ),
            None,
        )
        project = rx(
            r"^(?:加快|推进|推动|有序|积极|启动|抓好|开工|确保|力争|的)+|(?:建设|开工)$"
        ).sub("", project)
        for year in date.years[-1:]:
            if size:
                unit = s.text[size.start : size.end]
                name_ = (
                    rx(r"\([^)]*\)").sub("", project.replace(unit, ""))
                    if MASK in text[size.start : size.end]
                    else project.replace(unit, "")
                )
                out.append(
                    _row(
                        s,
                        size.start,
                        size.end,
                        name_,
                        "milestone",
                        year,
                        date,
                        context,
                        value=size.value,
                        value_max=size.value_max,
                        unit=size.unit or None,
                        comparator="=",
                        dimension=size.dimension,
                    )
                )
                out[-1].effort = "strive" if strives(s, m.start(), date, context) else "firm"
            else:
                out.append(_row(s, m.start(), m.end(), project, "milestone", year, date, context))
    return out


def _opens(s: Sentence, date, begin: int) -> bool:
    """The date stands alone in the clause right before: 到2025年,某某电站建成投产."""
    i = s.clause_at(begin)
    return (
        i > 0
        and s.clauses[i - 1][0] <= date.start
        and not s.masked[date.end : begin].strip(",底末")
    )


def _size_of(s: Sentence, r: Row, begin: int, end: int) -> bool:
    return False


def _mentions(s: Sentence, q, project: str) -> bool:
    i = s.clause_at(q.start)
    a, b = s.clauses[i]
    return s.masked[q.start : q.end] in project or project[-4:] in s.text[a:b]


def _project_before(s: Sentence, clause: int, p, context: Context | None = None) -> str:
    """The last project that an earlier clause, or the sentence before, names."""
    for i in range(clause - 1, max(-1, clause - 4), -1):
        a, b = s.clauses[i]
        name = _task_object(without_dates(s, a, b)[0], p)
        if name:
            return name
    if context and context.previous and clause <= 1:
        before = context.previous
        return _project_before(before, len(before.clauses), p)
    return ""


def _task_object(clause: str, p) -> str:
    m = p["project"].search(clause)
    if not m or m[0].startswith("完成"):
        return ""
    name = re.sub(
        r"^(?:加快|推进|推动|有序|积极|启动|抓好|开工|力争|确保|做好|支持|实施|建设|统筹|科学|开展|协调|全力|的)+",
        "",
        m[0],
    )
    return name if _is_named(name) else ""


def _is_named(project: str) -> bool:
    """A proper name in front of the project word, not a class of projects."""
    body = rx(r"(?:建设|项目|工程)+$").sub("", project)
    if rx(
        r"(?:全部|所有|各|重点|一批|若干|新建|具备|主要|相关|现有|在建|既有|城市|农村|全[省市区县]|公共|分布式|绿色|智能|综合|现代|新能源|充电|老旧|低碳|省级以上|重大|园区|产业|海绵|污水|垃圾)"
    ).match(body):
        return False
    return len(body) >= 4

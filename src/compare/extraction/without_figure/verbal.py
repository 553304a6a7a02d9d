"""Verbal: dated commitments to all of a population, or to none, without a figure (全部执行, 全覆盖, 清零)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.extraction.commitment.task_words import task_verbs_end
from compare.extraction.layout.located import Located, without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.subject_words import names_indicator
from compare.extraction.without_figure.projects import completed, project_name
from compare.extraction.without_figure.verbal_forms import FORMS, patterns
from compare.extraction.without_figure.wording import (
    Found,
    Wording,
    past,
    read,
    row,
    subject,
    undated,
)
from compare.vocabulary.lexicon import any_of, rx, words

_QUANTIFIER = re.compile(
    "^(?:全数|全部|全线|全面|全域|一律|百分之百|基本|彻底|完全|整体|均|都|将|要|应|须)+"
)
_OWN_GOALS = re.compile(
    '(?:.{0,8}(?:规划|方案|计划|本)(?:确定|明确|提出|部署)?的?)?(?:[“"]?十[三四五六七八九]五[”"]?|各项|年度|主要|全部|既定|重点|预期|节能|降碳|减排|碳达峰|目标|约束性|工作|的)*(?:目标|任务|指标|工作|要求)+'
)
_LONGEST_NAME = 60
_SHORTEST_OBJECT = 4


def _is_project(w: Wording) -> bool:
    """All of one project: …电站4台机组全部投产."""
    m = completed().search(w.s.masked, w.start, w.stop) if w.form.id == "verbal-all" else None
    return bool(
        m and rx("机组|期|站|厂|线|场|基地|项目|工程|[塔站]群|网|道|塔").search(w.name)
    ) and bool(m and project_name(w.s, w.begin, m, w.context))


def _is_abstract(w: Wording) -> bool:
    if w.form.id not in ("verbal-all", "verbal-wholly", "verbal-ending"):
        return False
    if w.form.id == "verbal-wholly" and patterns()["not_all"].search(w.rest):
        return True
    return bool(patterns()["abstract"].search(w.name)) or bool(
        rx("先进水平|一流|领先").search(w.rest)
    )


def _own_goals(w: Wording) -> bool:
    """全面完成各项目标任务: whatever they are, they stand elsewhere."""
    named = w.name if len(w.name) >= 2 else w.rest
    return "完成" in w.m[0] and bool(_OWN_GOALS.fullmatch(named))


def _asked_of_readers(w: Wording) -> bool:
    """请于11月30日前|全面完成: nothing but a day stands between the request and its words."""
    return "完成" in w.m[0] and bool(
        rx(
            "(?:并|现)?(?:务必|务请|敬请|请|望|要求)[^,;。]{0,24}?(?:前|内|底|按时|按期|及时)[^,;。]{0,2}"
        ).fullmatch(w.s.masked, w.begin, w.start)
    )


def _is_attribute(w: Wording) -> bool:
    """The words say what kind of thing something is: 零排放示范区, 全覆盖率."""
    return w.form.id in ("verbal-cover", "verbal-none", "verbal-each-one") and bool(
        rx("[率面示的型式]|路径|园区|建筑|社区|示范|试点|体系|工程|行动|网络|目标").match(w.rest)
    )


NONE: tuple[Rule, ...] = (
    Rule(
        "verbal-with-figure",
        "Words that lead to a figure are part of that figure's commitment.",
        "qualifier",
        lambda w: w.leads_to_figure,
        taken="到2027年,各区公交分担率力争«全部达到»45%以上。",
        left="到2027年,新建厂房«全部达到»一星级标准,绿电占比达到45%。",
    ),
    past(
        "verbal",
        taken="2022年公交车已«全部更换»为新能源车,到2035年再更新200辆。",
        left="到2027年,城市公交车«全部更换»为新能源车。",
    ),
    undated(
        "verbal",
        taken="新建学校屋顶«全部预留»光伏安装条件,到2027年光伏装机达到30万千瓦。",
        left="到2027年,新建学校屋顶«全部安装»光伏。",
    ),
    Rule(
        "verbal-of-project",
        "All parts of one named project are a milestone.",
        "qualifier",
        _is_project,
        taken="龙岭抽水蓄能电站120万千瓦机组2028年底前«全部投产»发电。",
        left="到2028年,落后机组«全部关停»。",
    ),
    Rule(
        "verbal-abstract",
        "Systems, levels and ways of development are no population that can be counted.",
        "name",
        _is_abstract,
        taken="到2035年,绿色生产方式«全面实现»体系化转型。",
        left="到2035年,城市公交«全面实现»电动化。",
    ),
    Rule(
        "verbal-attribute",
        "In front of a noun the words say of what kind it is.",
        "name",
        _is_attribute,
        taken="到2030年,建成一批«零排放»示范园区。",
        left="到2030年,示范园区生产废水«零排放»。",
    ),
    Rule(
        "verbal-balance",
        "近零 and 净零 are a class and a balance, not none.",
        "name",
        lambda w: w.form.id == "verbal-none" and w.s.masked[w.start - 1 : w.start] in ("近", "净"),
        taken="到2030年,园区基本实现近«零排放»。",
        left="到2030年,园区生产废水实现«零排放»。",
    ),
    Rule(
        "verbal-state",
        "A state of affairs (常态化, 规范化) is not reached by each of a population.",
        "name",
        lambda w: bool(patterns()["not_state"].search(w.m[0][-3:])),
        taken="到2030年,岸电使用«全面常态化»。",
        left="到2030年,场内车辆«全面电动化»。",
    ),
    Rule(
        "verbal-own-goals",
        "Goals or tasks that are all to be met are those that stand elsewhere.",
        "name",
        _own_goals,
        taken="到2025年,规划确定的各项任务«全部完成»。",
        left="到2025年,园区循环化改造«全部完成»。",
    ),
    Rule(
        "verbal-paperwork",
        "That plans are drawn up and reports handed in by a day is the work of offices.",
        "name",
        lambda w: bool(patterns()["paperwork"].search(w.m[0] + w.rest)),
        taken="2026年6月底前,各县区«全部完成»方案编制并报送备案。",
        left="2026年6月底前,各园区«全部完成»循环化改造。",
    ),
    Rule(
        "verbal-asked",
        "What the readers of a notice are asked to finish by a day is what stands elsewhere.",
        "name",
        _asked_of_readers,
        taken="现将2025年造林任务下达你们,请于11月30日前«全面完成»。",
        left="请各县抓紧实施,2025年底前造林地块«全面完成»验收。",
    ),
    Rule(
        "verbal-encouraged",
        "What is supported or encouraged is work, not a state at a date.",
        "name",
        lambda w: w.is_encouraged,
        taken="到2025年,鼓励出租车«全部更换»为新能源车。",
        left="到2025年,推动出租车«全部更换»为新能源车。",
    ),
)


def rows(s: Sentence, context: Context, out: Found) -> None:
    """Add the verbal commitments of a sentence to what it gave so far."""
    read(s, context, FORMS, NONE, _rows, out, Wording)


def _rows(w: Wording) -> Iterator[Row]:
    name, none = _NAMES[w.form.id](w)
    if len(name) < 2:
        return
    for year in w.years:
        yield row(
            w, w.span, name, year, kind="verbal", value=0.0 if none else 100.0, unit="%", comparator="=",
            dimension="share",
        )  # fmt: skip


def _of_all(w: Wording) -> tuple[str, bool]:
    """城镇新建建筑|全部执行|绿色建筑标准, 全部淘汰|燃煤锅炉, …,2025年底前|全部完成."""
    matched = w.s.masked_words(w.start, w.end)
    verb, noun, name = without(_QUANTIFIER, matched), w.object, w.name
    if rx("清零|归零").search(verb):
        return name or _earlier_subject(w), True
    if len(name) < 2 and verb == "完成":
        # 推动某行业超低排放改造,2025年底前全部完成
        name, noun = noun or _task_before(w), w.s.words(w.end, w.end)
    if len(name) < 2:
        name = _exception_before(w)
    if len(name) < 2:
        name = _exception_before(w)
    if len(name) < 2:  # 全部淘汰老旧锅炉; whom 全面推广… binds nobody says
        known = patterns()["ending" if w.form.id == "verbal-wholly" else "begins_verb"]
        binds = known.match(verb)
        return (verb + noun if binds and len(noun) >= _SHORTEST_OBJECT else ""), False
    full = name + noun if verb == "实现" else name + verb + noun
    return (full if len(full) <= _LONGEST_NAME else name + verb), False


def _exception_before(w: Wording) -> str:
    """公交车除应急车辆外,2024年底前全部…: the subject stands before the exception."""
    if w.clause and w.s.masked[: max(w.begin - 1, 0)].endswith("外"):
        name = subject(w.s, *w.s.clauses[w.clause - 1])
        if "除" not in name[:-1]:
            return ""
        name = without(rx("除.*外$"), name)  # the exception may be a clause of its own
        return name if len(name) > 1 or w.clause < 2 else subject(w.s, *w.s.clauses[w.clause - 2])
    return ""


def _task_before(w: Wording) -> str:
    """What the task in the clause before is about, without its verb."""
    if not w.clause or w.s.masked[w.begin - 1] == ";":
        return ""
    name = subject(w.s, *w.s.clauses[w.clause - 1])
    return name[task_verbs_end(name) :]


def _of_every(w: Wording) -> tuple[str, bool]:
    """全县|所有机关食堂|不再提供|一次性餐具: the population with its 所有, the verbs, the object."""
    start = w.m.start("every")
    before = without(rx("^(?:将|把|对|使|为|在)|(?:将|把|对|使|为|在)$"), subject_before(w, start))
    name = before + w.s.words(start, w.m.end("whom"))
    verb = without(_QUANTIFIER, w.s.masked_words(w.start, w.end))
    return name + verb + w.object, False


def _of_whole(w: Wording) -> tuple[str, bool]:
    """全部|县城通管道天然气."""
    return without(rx(any_of(words()["verbal"]["every"])), w.s.masked_words(w.start, w.end)), False


def subject_before(w: Wording, at: int) -> str:
    """The words of the clause before ``at``, 全市 and the like included."""
    found = rx(
        "(?:全[省市区县州域旗]|[\u4e00-\u9fff]{2,3}[市县区]|[省市区县州镇辖]域?[区内境]内?)$"
    ).search(w.s.masked, w.begin, at)
    return w.s.words(found.start(), at) if found else ""


def _of_object(w: Wording) -> tuple[str, bool]:
    """智慧平台|覆盖全部|园区, 完成全部|区属学校照明改造."""
    verb, what = w.s.masked_words(*w.m.span("do")), w.object
    if "完成" not in verb:
        if len(w.name) < 2 and patterns()["ending"].fullmatch(verb):
            return verb + what, False
        return (w.name + verb + what if len(w.name) >= 2 else ""), False
    itself = rx(words()["names"]["itself_re"]).search(what)
    return (what if itself and len(w.name) < 2 else ""), False


def _reached_by(name: str) -> str:
    """县域实现充电设施|全覆盖: without the verb, and without that of …做到|应收尽收."""
    return without(rx("(?:基本)?实现|做到?$"), name)


def _of_cover(w: Wording) -> tuple[str, bool]:
    name = w.name if len(w.name) >= 2 else _earlier_subject(w)
    return _reached_by(name), False


def _of_none(w: Wording) -> tuple[str, bool]:
    """原生生活垃圾|零填埋: what is to be none is 填埋; 散煤|清零."""
    name = w.name if len(w.name) >= 2 else _earlier_subject(w)
    name = _reached_by(name)
    if w.m["what"] and name:
        name += w.s.masked_words(*w.m.span("what"))
    return name, True


def _of_each_one(w: Wording) -> tuple[str, bool]:
    return w.s.masked_words(w.start, w.end) + w.object, False


def _earlier_subject(w: Wording) -> str:
    """Subject of an earlier clause that sets a level: …比例达70%,到2030年实现全覆盖."""
    s = w.s
    if w.done.rows and w.done.rows[-1].kind == "verbal" and w.done.rows[-1].start >= s.at:
        return w.done.rows[-1].indicator_text
    for a, b in reversed(s.clauses[: w.clause]):
        figure = next((q for q in s.quantities if a <= q.start < b), None)
        if figure:
            return subject(s, a, figure.start)
        name = subject(s, a, b)
        if len(name) >= 3 and not any(a <= d.start < b for d in s.dates):
            return name if names_indicator(name) else Located("", ())
    return ""


_NAMES = {
    "verbal-all": _of_all,
    "verbal-by-standard": _of_all,
    "verbal-wholly": _of_all,
    "verbal-ending": _of_all,
    "verbal-every": _of_every,
    "verbal-every-has": _of_whole,
    "verbal-object": _of_object,
    "verbal-cover": _of_cover,
    "verbal-duly": _of_cover,
    "verbal-none": _of_none,
    "verbal-each-one": _of_each_one,
}

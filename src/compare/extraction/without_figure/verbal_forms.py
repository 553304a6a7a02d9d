"""The forms of words that commit to all of a population, or to none of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from compare.extraction.rules import Rule
from compare.extraction.sentence import Sentence
from compare.extraction.without_figure.wording import found_by, subject
from compare.vocabulary.lexicon import any_of, opens_any_of, words

# a verb in front of these is part of a noun: 使用单位, 覆盖率
_NO_NOUN = (
    "(?!的|单位|企业|率|者|量|方案|面积|区域|用户|设施|设备|项目|工程|范围|标准|产能|机组|工作)"
)
# in front of 全部 these make it one with the noun behind
_BEFORE_NOUN = frozenset("占的对将把在于为以与和及从向由是含")
_END = "(?=[,;。、]|$)"
_EACH = "村乡镇县户校区社"
_PLACES = "村乡镇县市区屯寨户校院站岛"
_HAN = "[\u4e00-\u9fff]"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of the forms, and of what rules look for, by name."""
    v = words()["verbal"]
    every, wholly, nearly = any_of(v["all"]), any_of(v["wholly"]), any_of(v["nearly"])
    manner, ending = f"(?:{any_of(v['manner'])}){{0,3}}", any_of(v["endings"])
    verbs = any_of(v["verbs"], v["endings"])
    more = any_of(v["verbs"], v["verbs_all"], v["endings"])
    # 全部不再提供, 全部不主动提供; bounds and bans (不低于, 不得) are others' words
    chain = f"(?:不(?:再|予)?(?![得低高少小大超足能可宜应准达]){manner}{_HAN}{{2}}|{more}(?:[或和并]?{more}(?![式型])){{0,2}}(?:到位|完毕|为|成)?)"
    deed = any_of(v["deeds"])
    modal = "(?:均|都|全部|一律|要|应|须|将|能){0,3}"
    found = {
        # what each form has one of
        "hint": any_of(
            v["all"],
            v["wholly"],
            v["nearly"],
            v["every"],
            v["cover"],
            [f"全{kind}化" for kind in v["kinds"]],
            [each * 2 for each in _EACH],
            "零尽",
        ),
        "all": rf"{opens_any_of(v['all'])}{every}(?:应|要|须|将)?{manner}"
        rf"(?:{chain}|[A-Za-z\u4e00-\u9fff]{{2,4}}化{_END}|(?!不得){_HAN}{{2,6}}{_END}|(?!不得|{_HAN}{{0,6}}的){_HAN}{{2}})",
        "standard": rf"{opens_any_of(v['all'], v['wholly'])}(?:{every}|{wholly})按照?[^,;。]{{2,24}}?"
        "(?:建设|设计|执行|实施|配建|配置|管理|运行|处置|改造|建造|施工|验收)",
        "wholly": rf"{opens_any_of(v['wholly'])}{wholly}{manner}(?:(?:{verbs}){{1,2}}|{_HAN}{{2,4}}化{_END}"
        # 城镇新建建筑全面建成绿色建筑: all of them become one of their kind
        rf"|建成(?<=(?P<kind>{_HAN}{{2}})全面建成)(?={_HAN}{{2,6}}(?P=kind){_END}))",
        "ending_words": rf"{opens_any_of(v['nearly'])}{nearly}{manner}(?:{ending}|实现(?:(?:{any_of(v['kinds'])})化(?:利用|处理|处置)?|不再{_HAN}{{2,6}}){_END})",
        "every": rf"{opens_any_of(v['every'])}(?P<every>{any_of(v['every'])})(?P<whom>[^,;:。]{{2,30}}?)"
        rf"(?P<words>{modal}{manner}(?:完成(?:{_HAN}{{2,6}}|{_HAN}{{1,10}}?{deed}(?:[或和并、]{_HAN}{{0,8}}?{deed}){{0,2}}){_END}|不(?:再|得|主动){manner}{_HAN}{{2}}|{chain})){_NO_NOUN}",
        "has": rf"{opens_any_of(v['every'])}{any_of(v['every'])}{_HAN}{{0,8}}(?:县城|(?<=[\u4e00-\u9fff])[{_PLACES}])"
        rf"(?:均|都|要|将){{0,2}}(?:通(?![过用行常知报信讯])|有(?![关效序望力])|设(?![立施置计备])){_HAN}{{2,12}}{_END}",
        "object": rf"{opens_any_of(v['to_object'], v['endings'])}(?P<do>{any_of(v['to_object'], v['endings'])})"
        rf"(?P<all>{any_of(v['every'])})(?={_HAN}{{2}})",
        "cover": rf"(?:([村乡镇县户校])\1)?(?<![安健齐完])(?:{any_of(v['cover'])}|全(?:{any_of(v['kinds'])})化)",
        "duly": rf"应(?P<do>{_HAN})尽(?P=do)",
        "none": rf"(?:(?:{every}|{wholly}|{nearly}|动态)?(?:清零|归零)(?:见底)?)|零(?P<what>{any_of(v['none'])})",
        "each_one": rf"(?P<each>[{_EACH}])(?P=each)(?:都)?(?:通|有|建|响)",
        # what rules look for
        "ending": rf"{ending}",
        "begins_verb": rf"{manner}{chain}",
        "abstract": v["abstract_re"],
        "not_all": v["not_all_re"],
        "not_state": v["not_state_re"],
        "paperwork": v["paperwork_re"],
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


def _objects(s: Sentence) -> Iterator[re.Match[str]]:
    """Matches of 覆盖全部乡镇; not of 循环化改造|全部完成, where 全部 goes with the verb behind."""
    p = patterns()
    for m in p["object"].finditer(s.masked):
        if m["all"] == "所有" or not p["begins_verb"].match(s.masked, m.end()):
            yield m


def _every(s: Sentence) -> Iterator[re.Match[str]]:
    """Matches of 所有…均建立; of 全部 only where no subject stands before it."""
    for m in patterns()["every"].finditer(s.masked):
        begin = s.clauses[s.clause_at(m.start())][0]
        determines = m["every"] == "所有" or not (
            patterns()["begins_verb"].match(m["whom"])
            or m["whom"] in ("机组", "工程", "项目")
            or len(subject(s, begin, m.start()).rstrip("将把对为在")) > 1
        )
        if determines and s.masked[m.start() - 2 : m.start()] != "版权":
            yield m


def _alls(s: Sentence) -> Iterator[re.Match[str]]:
    """Matches of 全部 and its verb; not of 全部 in front of a noun (占全部能源, 将全部公交车)."""
    p = patterns()
    for m in p["all"].finditer(s.masked):
        of_noun = m.start() and s.masked[m.start() - 1] in _BEFORE_NOUN
        if not of_noun or p["begins_verb"].match(s.masked, m.start() + 2):
            yield m


FORMS: tuple[Rule, ...] = (
    Rule(
        "verbal-every-has",
        "All or every settlement with a verb of one character (通, 有, 设) and its object is taken whole.",
        "target",
        found_by(lambda: patterns()["has"]),
        taken="到2027年,«全部乡镇通公交»,农村客车新能源占比达到60%。",
        left="到2027年,«全部乡镇通过»垃圾分类验收。",
    ),
    Rule(
        "verbal-object",
        "A verb with 全部 or 所有 in front of its object commits to all of the object.",
        "target",
        _objects,
        taken="到2026年,公共充电站«覆盖全部»乡镇。",
        left="到2030年,天然气占«全部»能源消费的比重达到12%。",
    ),
    Rule(
        "verbal-every",
        "What all of a population do (所有…均建立, 所有…不再提供) is a commitment to all of it.",
        "target",
        _every,
        taken="到2026年,所有机关食堂«不再提供»一次性餐具。",
        left="到«2026年,林权所有者收益得到保障»。",
    ),
    Rule(
        "verbal-by-standard",
        "全部按照 and a standard, with the verb behind it, is taken whole.",
        "target",
        found_by(lambda: patterns()["standard"]),
        taken="2026年起,国有投资项目«全部按照三星级标准建设»。",
        left="«2026年起,国有投资项目按照三星级标准建设»。",
    ),
    Rule(
        "verbal-all",
        "全部 (一律, 全数) with a verb, and perhaps how it is done, commits to all of the subject.",
        "target",
        _alls,
        taken="到2027年,落后小水电站«全部有序退出»。",
        left="到2030年,绿色贷款占«全部»贷款余额的27%。",
    ),
    Rule(
        "verbal-wholly",
        "全面 commits to all only with a verb that leaves nothing over (执行, 采用, 实现, 消除).",
        "target",
        found_by(lambda: patterns()["wholly"]),
        taken="到2025年,城镇新建建筑«全面执行»绿色建筑标准。",
        left="到2025年,绿色低碳政策体系«全面»建立。",
    ),
    Rule(
        "verbal-ending",
        "What is to be nearly or wholly gone (基本淘汰, 彻底关停) is a commitment to all of it.",
        "target",
        found_by(lambda: patterns()["ending_words"]),
        taken="2024年底前,全区«基本淘汰»国三柴油货车。",
        left="到«2025年,基本完成老旧小区改造»。",
    ),
    Rule(
        "verbal-cover",
        "全覆盖 and the like say that nothing is left out.",
        "target",
        found_by(lambda: patterns()["cover"]),
        taken="到2025年,行政村回收网点实现«全覆盖»,95%以上的乡镇建成拆解点。",
        left="到2025年,行政村回收网点«全覆盖»率达到95%。",
    ),
    Rule(
        "verbal-duly",
        "All that ought to be is (应接尽接); 宜建尽建 and 能装尽装 leave it open.",
        "target",
        found_by(lambda: patterns()["duly"]),
        taken="到2026年,重点用能单位能耗在线监测«应接尽接»。",
        left="到«2026年,既有建筑屋顶光伏宜建尽建»。",
    ),
    Rule(
        "verbal-none",
        "清零, or 零 and what there is to be none of, commits to 0.",
        "target",
        found_by(lambda: patterns()["none"]),
        taken="到2030年,原生垃圾«零填埋»。",
        left="到2030年,园区探索近«零排放»路径。",
    ),
    Rule(
        "verbal-each-one",
        "村村通 and the like: every one has it.",
        "target",
        found_by(lambda: patterns()["each_one"]),
        taken="到2025年,实现«村村通»客车。",
        left="到2026年,推进«村村通»工程。",
    ),
)

"""What the rules of subjects look at: a list of figures with its own words, and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from compare.extraction.commitment.words import COUNTED, words_before_figure
from compare.extraction.layout.located import group, split, without
from compare.extraction.sentence import Row, Sentence
from compare.extraction.signs import state
from compare.extraction.subject.earlier_subject import set_before
from compare.extraction.subject.subject_words import (
    action_verbs,
    strip_head,
    strip_tail,
    without_fronted_verb,
)
from compare.extraction.with_figure.figure_list import ATTRIBUTE, FigureList, unmasked
from compare.vocabulary.lexicon import rx, words

WHOLE = re.compile(r"(?:全|我|本)[省市区县域](?:共有?)?|各地|[、,]")
_EMPTY = re.compile(
    r"【[^】]*】|\d+[×xX]|(?:其中|并|其|同时|基本|目标|减量|规模|比例|数量|总量|(?:这一|该|上述|此|以上)(?:[两二三四五六][个项])?(?:比例|占比|比重|指标|数值|数字))"
)
_TASK = re.compile("结合|依托|围绕|通过|推进|以|在|按照|支持|引导|鼓励|组织|聚焦")
_NEAR = 16

# what is known of a case: signs that rules need (`compare.extraction.signs`)
NAMED, UNNAMED = state(), state()  # its own words name something, or nothing
FOLLOWS, STANDS_ALONE = state(), state()  # a row of the sentence stands before it, or none
NOUN_IN_FRONT = state()  # what is measured stands before the figure
CLAUSE_BEFORE = state()
FACT_BEFORE = state()  # a figure that is no commitment


@dataclass(slots=True)
class Subject:
    """What a list of figures is about.

    Attributes
    ----------
    names : list of str
        Several where the list before had several, or for one row a place.
    places : list of str or None
        The places that A区、B县各… names.
    inherited : bool
        The names are those of the list before.
    verb : str
        What is done to the counted thing (建成, 累计培育); it stays in front of each name.
    raised : bool
        The clause before leaves the level to a higher government; the figure goes beyond it.
    elliptic : bool
        Only another population is named; what is measured, and against what, is said before.
    rule : str
        Id of the rule that found it.
    """

    names: list[str]
    places: list[str] | None = None
    inherited: bool = False
    verb: str = ""
    raised: bool = False
    elliptic: bool = False
    rule: str = ""


@dataclass(slots=True)
class SubjectCase:
    """A list of figures of which a rule says what it is about.

    Attributes
    ----------
    f : FigureList
    done : list of Row
        Rows made of the sentence so far.
    last : list of str
        Names of the list before.
    past : FigureList or None
        Figures since then that are no commitment.
    previous : Sentence or None
        The sentence before.
    headline : (str, int) or None
        The words that head the paragraph, and where they stand.
    bare : str
        The words before the figure, without what leads to it.
    own : str
        The name that they give.
    verb : str
        What is done to the counted thing.
    empty : bool
        They name nothing.
    before, thing : str
        What the list before measures, and the same without its verb; empty without one.
    signs : int
        What is known of it, as far as rules need it.
    """

    f: FigureList
    done: list[Row]
    last: list[str]
    past: FigureList | None
    previous: Sentence | None
    headline: tuple[str, int] | None
    bare: str = field(init=False)
    own: str = field(init=False)
    verb: str = field(init=False)
    empty: bool = field(init=False)
    before: str = field(init=False, default="")
    thing: str = field(init=False, default="")
    signs: int = field(init=False)

    def __post_init__(self) -> None:
        f = self.f
        self.bare = strip_tail(f.words)
        own = strip_head(self.bare)
        verb = _action_on_subject(f, self.bare, own, self.done)
        if not f.noun_behind:
            own = set_before(f) + without_fronted_verb(own, f.bare, bool(f.qualifier))
        own = unmasked(f.sentence, own, f.begin, f.first.start)
        if f.noun_behind:
            front, noun = _population_before(own, f), noun_behind(f)
            own = front + verb * (not front.endswith(verb)) + noun if front else noun
            verb = "" if front else verb
        self.own, self.verb = own, verb
        self.empty = len(own) < 2 or bool(_EMPTY.fullmatch(own) or WHOLE.fullmatch(own))
        if self.done and self.last:
            self.before = self.last[-1]
            verb_before = action_verbs()[1].match(self.before)
            self.thing = self.before[verb_before.end() :] if verb_before else self.before
        self.signs = (
            (UNNAMED if self.empty else NAMED)
            | (FOLLOWS if self.done and self.last else STANDS_ALONE)
            | (0 if f.noun_behind else NOUN_IN_FRONT)
            | (CLAUSE_BEFORE if f.clause else 0)
            | (FACT_BEFORE if self.past else 0)
        )


def _action_on_subject(f: FigureList, bare: str, own: str, done: list[Row]) -> str:
    """The verb that says what is done to the counted thing, its own or shared with the thing before."""
    at_end, at_start = action_verbs()
    said = f.words[-_NEAR:] if f.noun_behind else bare[: len(bare) - len(own)]
    found = at_end.search(said) if said else None
    if found:
        return group(found, said, "verb")
    if not done or done[-1].kind != "numeric":
        return ""
    s = f.sentence
    same = s.clause_at(done[-1].end - s.at) == f.clause and f.bare[:1] in ("、", "和", "及", "与")
    # 创建省级绿色工厂50家,市级绿色工厂80家
    kin = (
        f.first.dimension in COUNTED
        and len(own) > 4
        and done[-1].indicator_text.endswith(own[-4:])
        and not f.noun_behind
    )
    same = same or (kin and s.clause_at(done[-1].end - s.at) == f.clause - 1)
    itself = at_start.match(own) or rx(words()["names"]["itself_re"]).search(own)
    if not (f.follows or same) or itself:
        return ""
    name = done[-1].indicator_text.removeprefix(done[-1].scope_region or "")
    before = at_start.match(name)
    return group(before, name) if before else ""


def _population_before(own: str, f: FigureList) -> str:
    """What of the words before a figure names its population (市县80%以上的…), if anything."""
    if (
        f.follows
        or WHOLE.fullmatch(own)
        or _TASK.match(own)
        or words_before_figure()["verbs"].fullmatch(without(WHOLE, own))  # 全市实现对
    ):
        return ""
    return without(rx("(?:至少|各)(?=[开建设创培])|(?<=[\u4e00-\u9fff]{2})中$"), own)


def noun_behind(f: FigureList) -> str:
    """The noun that follows its figure: 80%以上的机关单位建成…, 10家以上领军企业."""
    raw = f.sentence.words(f.behind, f.behind + len(f.right)).strip("。 ").removeprefix("的")
    which = ATTRIBUTE.match(raw)
    if which:
        return group(which, raw) + "的" + raw.rpartition("的")[2]
    raw = split(rx("[,;:。\uff0c\uff1b\uff1a]"), raw)[0]
    raw = without(rx("[、和及与]+(?:约|近|逾|超过|至少)?$"), raw)
    return without(rx("(?:助力|带动|推动|促进|引领|支撑)[^,;]*$"), raw) if len(raw) > 12 else raw

"""The sub-area that an earlier clause, or the headline, sets for what follows: 某产业园改造工程。…园区绿电占比."""

from __future__ import annotations

from compare.extraction.commitment.task_words import task_verbs_end
from compare.extraction.layout.heading_rules import without_number
from compare.extraction.layout.located import without
from compare.extraction.sentence import Sentence
from compare.extraction.subject.scope import leading_places, named_part
from compare.vocabulary.lexicon import rx

# what a part is called once it has been named, and how its name may end
_SHORT = {
    "园区": "园区|产业园|工业园|科技园|物流园|开发区|高新区|经开区|保税区|新区",
    "流域": "流域",
    "矿区": "矿区",
    "港区": "港区",
    "景区": "景区",
    "库区": "库区",
    "湖区": "湖区",
    "灌区": "灌区",
    "林场": "林场",
    "片区": "片区|组团",
}
_WHOLE = rx("全[省市区县州域旗国]|[我本][省市区县州]|其他|其余|各")
_DATES = r"(?:(?:到|至|在|自)?20\d\d年(?:底|末|起|内|\d+月)*(?:之?前)?,?)?"
_CALLED = rx(rf"(?:^|[,;]){_DATES}(?:将|使|力争|确保)?({'|'.join(_SHORT)})")
_WITHIN = rx(rf"(?:^|;){_DATES}(?:选择|选取|优先|率先)*在(?=[^,;\d]{{3,40}},)")


def place_set_before(
    s: Sentence, at: int, name: str, headline: tuple[str, int] | None, own: frozenset[str]
) -> str | None:
    """The place set for the figure at ``at``; None where nothing sets one.

    Parameters
    ----------
    s : Sentence
    at : int
        Where the figure stands in it.
    name : str
        What is measured.
    headline : (str, int) or None
        The words that head the paragraph.
    own : frozenset of str
        What the whole place is called.
    """
    if _WHOLE.match(name):
        return None
    begin = s.masked.rfind(";", 0, at) + 1
    if _WHOLE.search(s.masked, begin, at):
        return None
    place = _within(s, begin, at) or _called(s, begin, at, name, headline)
    return None if place in own else place


def _within(s: Sentence, begin: int, at: int) -> str | None:
    """在A区、B区先行先试,2025年底前建成…: the places of the clause that opens the sentence."""
    m = _WITHIN.search(s.masked, max(begin - 1, 0), at)
    if not m or m.end() >= at:
        return None
    stop = s.masked.find(",", m.end())
    said = s.words(m.end(), stop)
    end = leading_places(said)[1] if stop < at else 0
    return str(said[:end]) if 0 < end < len(said) else None


def _called(
    s: Sentence, begin: int, at: int, name: str, headline: tuple[str, int] | None
) -> str | None:
    """The part that 园区 or 流域, in the name or a clause before it, takes up."""
    short = next((k for k in _SHORT if name.startswith(k)), None)
    if short is None:
        m = _CALLED.search(s.masked, max(begin - 1, 0), at)
        if not m:
            return None
        short, at = m[1], m.start(1)
    for said in (s.words(0, at), headline[0] if headline else ""):
        said = without(rx("^[—·•-]+"), without_number(said))
        found = [
            part
            for clause in reversed(rx("[,;:。、]").split(said))
            if (part := named_part(clause[task_verbs_end(clause) :], _SHORT[short]))
        ]
        if found:
            return found[0]
    return None

"""What the kernel server does once so that no kernel has to: imported there, last.

The catalogues of the package are read, and what is slow for the first time only is done for
nobody: a table is turned into rows, and a chart with Chinese words is drawn in each language, which
loads the fonts. No curated table is read: tables may change while the server lives. Nothing here
starts a thread, changes a setting or draws a random number.
"""

from __future__ import annotations

import io
import sys

import typst  # noqa: F401  (only loaded: at work it starts threads, which a fork would lose)
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import PngImagePlugin  # noqa: F401

from compare import charts
from compare.charts import style
from compare.display import code_words, messages
from compare.schema import fields
from compare.schema.records import (
    Benchmark,
    Comparison,
    Document,
    IndicatorRow,
    Place,
    Target,
    records,
)
from compare.vocabulary import indicators

SAMPLE = "碳达峰 Carbon peak"
"""Words in both scripts."""


def catalogues() -> None:
    """Read the vocabularies of the package."""
    indicators.known()
    messages.all_messages()
    code_words.indicator_names()
    code_words.code_word("page", "site", "zh")


def tables() -> None:
    """Turn an empty table of each kind into records: pandas builds its types and their methods."""
    for kind in (Target, Document, Place, IndicatorRow, Benchmark, Comparison):
        spec = fields.table(kind.TABLE)
        records(fields.to_pandas(fields.arrow_schema(spec).empty_table(), spec), kind)


def drawings() -> None:
    """Draw one chart of ours in each language, and one of anybody's."""
    marks = tuple(charts.Mark(20.0, comparator) for comparator in ("=", ">=", "~"))
    row = charts.Row(SAMPLE, style.look("x"), marks=marks, text=f"≥ 20% {SAMPLE}")
    for lang in messages.LANGS:
        panel = charts.Panel(
            SAMPLE, [row], "%", charts.BenchmarkLine(18.0, SAMPLE), limits=(0, 100)
        )
        words = {"subtitle": SAMPLE, "caption": SAMPLE, "source": SAMPLE}
        charts.dots([panel], "warm", SAMPLE, str, lang=lang, **words).svg()
    # a notebook that imports it again is to have its effect on matplotlib's settings again
    for name in [m for m in sys.modules if m.partition(".")[0] == "zhplot"]:
        del sys.modules[name]
    figure = Figure()
    axes = figure.add_subplot(title="warm")
    axes.plot([1, 2], [1, 2], "o-", label="warm")
    axes.legend()
    FigureCanvasAgg(figure).print_png(io.BytesIO())


catalogues()
tables()
drawings()

"""What the kernel server does once so that no kernel has to: imported there, last.

The catalogues of the package are read, and a chart is drawn for nobody (first drawings are slow).
No curated table is read: tables may change while the server lives. Nothing here starts a thread,
changes a setting or draws a random number.
"""

from __future__ import annotations

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from compare import indicators, wording

indicators.known()
wording.indicators()
wording.word("page", "site", "zh")

_figure = Figure()
_axes = _figure.add_subplot(title="warm")
_axes.plot([1, 2], [1, 2], "o-", label="warm")
_axes.legend()
_figure.savefig(io.BytesIO(), format="svg")
FigureCanvasAgg(_figure).print_png(io.BytesIO())
del _figure, _axes

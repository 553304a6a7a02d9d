"""The words of a chart, with the boxes they fill."""

from compare.charts import style


def texts(chart) -> list:
    """Its texts with the boxes they fill, in pixels."""
    from matplotlib.text import Text

    with style.applied(chart.lang):
        chart.figure.draw_without_rendering()
        render = chart.figure.canvas.get_renderer()
        items = [t for t in chart.figure.findobj(Text) if t.get_text().strip()]
        return [(t.get_text(), t.get_window_extent(render)) for t in items if t.get_visible()]


def words(chart) -> str:
    return "\n".join(t for t, _ in texts(chart))

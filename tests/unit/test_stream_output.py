"""What cells write, put together as nbclient does, but in time that grows with the length only."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_output

from compare.report.stream_output import Streams

PIECES = st.lists(
    st.tuples(st.sampled_from(["stdout", "stderr", ""]), st.text("ab\r\n", max_size=6)), max_size=8
)


def of_nbclient(pieces):
    """What its ``coalesce_streams`` makes of these pieces; a name is missing where a picture stands."""
    outputs, streams = [], {}
    for name, text in pieces:
        if not name:
            outputs.append(None)
        elif name in streams:
            streams[name][1] += text
        else:
            streams[name] = [name, text]
            outputs.append(streams[name])
    for stream in streams.values():
        stream[1] = re.sub(r".*\r(?=[^\n])", "", stream[1])
    for i, output in enumerate(outputs[:-1]):
        if output and outputs[i + 1] and output[0] == "stderr":
            outputs[i : i + 2] = outputs[i + 1], output
            break
    return outputs


@settings(deadline=None)
@given(PIECES)
def test_streams_are_what_nbclient_makes_of_them(pieces):
    streams, outputs = Streams(), []
    for name, text in pieces:
        if not name:
            outputs.append(new_output("display_data"))
        elif not streams.more(name, text):
            outputs.append(new_output("stream", name=name, text=text))
            streams.begin(outputs[-1])
    streams.finish(outputs)
    said = [[o.name, o.text] if o.output_type == "stream" else None for o in outputs]
    assert said == of_nbclient(pieces)


def test_a_long_line_and_many_pieces_take_no_time():
    """The square of either would be hours."""
    streams = Streams()
    streams.begin(output := new_output("stream", name="stdout", text="x" * 4_000_000))
    for _ in range(400_000):
        streams.more("stdout", "y\r")
    streams.finish([output])
    assert output.text == "y\r"

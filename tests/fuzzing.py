"""Damage to a good file, as transfer, storage and ill will do it; a reader gives a Document or Rejected, no third."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from etl.document import Document, Rejected

PIECES = (
    b"<table>",
    b"<td rowspan=99999 colspan=99999>",
    b"</td></tr></table>",
    b"<pre>",
    b"<sup>1</sup>",
    b"\0",
    b"&#x10ffff;",
    b"<!--",
    b"\xff\xfe",
    b"<w:tbl>",
    b"</w:tc>",
    b"<w:vMerge/>",
    b'<w:gridSpan w:val="999"/>',
    b'<w:sym w:char="D800"/>',
    b"/Kids [1 0 R]",
    b"/Length 999999999",
    b"99999999999999999999",
)


@st.composite
def damages(draw: st.DrawFn, good: bytes) -> bytes:
    """The bytes with one to six changes: a byte set, a stretch lost or doubled, a hostile piece put in, an end cut."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.sampled_from((1, 4, 60, 700)))
        match draw(st.sampled_from(("byte", "lose", "double", "piece", "cut"))):
            case "byte":
                data[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "lose":
                del data[place : place + length]
            case "double":
                data[place:place] = data[place : place + length]
            case "piece":
                data[place:place] = draw(st.sampled_from(PIECES))
            case "cut":
                del data[len(data) - length :]
    return bytes(data)


def survives(read: Callable[[str, bytes], Document], good: bytes, data: st.DataObject) -> None:
    """The reader takes or rejects a damaged copy of `good`; what it takes has no row without cells in exact tables."""
    try:
        document = read("示例", data.draw(damages(good)))
    except Rejected as rejected:
        assert rejected.reason
        return
    assert document.blocks
    for block in document.blocks:
        rows = getattr(block, "rows", ())
        assert not getattr(block, "exact", False) or any(rows)

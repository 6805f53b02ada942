"""Arrow columns from Python values, laid out here: what pyarrow has for it imports pandas first, which takes each
process of a load a quarter of a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Flags = Sequence[bool] | NDArray[np.bool_]
_FIRST_DAY = date(1970, 1, 1).toordinal()
_KINDS = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), date: pa.date32()}
_KINDS |= {list: pa.list_(pa.string()), tuple: pa.list_(pa.string())}


def table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [column(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def untyped(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Rows, at least one, as a table whose columns have no names; types are those of the values."""
    arrays = [column(values, _kind(values)) for values in zip(*rows, strict=True)]
    return pa.Table.from_arrays(arrays, names=[f"c{number}" for number in range(len(arrays))])


def _kind(values: Sequence[Any]) -> pa.DataType:
    """The type that holds every value; KeyError when none does."""
    kinds = {_KINDS[kind] for kind in set(map(type, values)) - {type(None)}}
    if kinds == {pa.int64(), pa.float64()}:
        return pa.float64()
    if len(kinds) > 1:
        raise KeyError(kinds)
    return kinds.pop() if kinds else pa.string()


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as a column, None as null."""
    if None in values:
        known = [value is not None for value in values]
        blank: Any = () if pa.types.is_list(kind) else "" if pa.types.is_string(kind) else 0
        values = [blank if value is None else value for value in values]
    else:
        known = None
    if pa.types.is_string(kind):
        return texts(values, known)
    if pa.types.is_list(kind):
        inner = column(list(chain.from_iterable(values)), kind.value_type)
        return pa.Array.from_buffers(kind, len(values), [_bits(known), _ends(list(map(len, values)))], children=[inner])
    if pa.types.is_boolean(kind):
        return pa.Array.from_buffers(kind, len(values), [_bits(known), _bits(values)])
    if pa.types.is_date(kind):
        days = [day.toordinal() - _FIRST_DAY if day else 0 for day in values]
        return numbers(np.array(days, dtype=np.int32), kind, known)
    return numbers(np.array(values, dtype=str(kind)), kind, known)


def numbers(
    values: NDArray[Any], kind: pa.DataType, known: Sequence[bool] | NDArray[np.bool_] | None = None
) -> pa.Array:
    """Numbers of that very type as a column; null where they are not `known`."""
    return pa.Array.from_buffers(kind, len(values), [_bits(known), pa.py_buffer(values)])


def figure_column(values: NDArray[np.float64]) -> pa.Array:
    """Figures as a column; null where they are NaN."""
    return numbers(values, pa.float64(), ~np.isnan(values))


def figures_of(column: pa.Array) -> NDArray[np.float64]:
    """The figures of a column; NaN where it is null."""
    known, values = column.buffers()
    figures = np.frombuffer(values, dtype=np.float64)[column.offset :][: len(column)]
    if known is None:
        return figures
    bits = np.unpackbits(np.frombuffer(known, dtype=np.uint8), bitorder="little")
    return np.where(bits[column.offset :][: len(column)], figures, np.nan)


def plain(column: pa.ChunkedArray) -> NDArray[Any]:
    """The numbers of a column without nulls."""
    return np.concatenate([np.from_dlpack(chunk) for chunk in column.chunks])


def texts(values: Sequence[str], known: Flags | None = None) -> pa.Array:
    """Texts as a column; null where they are not `known`."""
    whole = "".join(values)
    if whole.isascii():
        sizes = list(map(len, values))
    else:
        sizes = [len(value) if value.isascii() else len(value.encode()) for value in values]
    return pa.Array.from_buffers(pa.string(), len(values), [_bits(known), _ends(sizes), pa.py_buffer(whole.encode())])


def _bits(flags: Flags | None) -> pa.Buffer | None:
    return None if flags is None else pa.py_buffer(np.packbits(np.asarray(flags, dtype=np.bool_), bitorder="little"))


def _ends(sizes: list[int]) -> pa.Buffer:
    """Where values of those sizes begin when they are put together, and where the last one ends."""
    ends = np.zeros(len(sizes) + 1, dtype=np.int32)
    np.cumsum(sizes, out=ends[1:])
    return pa.py_buffer(ends)

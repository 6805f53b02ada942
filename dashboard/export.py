"""Files a visitor takes away: CSV, Excel, Parquet and the bundle. Same rows and numbers as the frame that is shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from etl.spreadsheet import for_workbook, harmless

BOM = b"\xef\xbb\xbf"
_MOST_DIGITS = 15
"""Decimals that a number keeps in JSON; pandas would round a share to ten."""
EXCEL_ROWS = 1_000_000
"""Rows of a sheet; Excel cannot hold more than 1,048,576."""


def disarmed(frame: pd.DataFrame, make: Callable[[object], object] = harmless) -> pd.DataFrame:
    """A copy whose text cells and headings are made harmless; lists become text parted by spaces."""
    copy = frame.copy()
    for position, dtype in enumerate(copy.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            column = copy.iloc[:, position]
            copy.isetitem(position, [make(_flat(value)) for value in column])
    copy.columns = [str(make(str(name))) for name in copy.columns]
    return copy


def _flat(value: object) -> object:
    if hasattr(value, "tolist"):
        value = value.tolist()
    return " ".join(str(part) for part in value) if isinstance(value, list) else value


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy whose float columns that hold only whole numbers are nullable integers: 3, not 3.0."""
    copy = frame.copy()
    for name in copy.columns[copy.dtypes == "float64"]:
        values = copy[name].dropna()
        if len(values) and (values % 1 == 0).all():
            copy[name] = copy[name].astype("Int64")
    return copy


def _digits(value: object) -> str:
    text = repr(value if isinstance(value, int) else float(str(value)))
    return text.removesuffix(".0")


def _csv(frame: pd.DataFrame, *, header: bool = True) -> bytes:
    text = disarmed(frame).to_csv(index=False, header=header, lineterminator="\r\n", float_format=_digits)
    return text.encode("utf-8")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, so that Excel reads Chinese; nulls are empty, whole numbers have no decimals."""
    return BOM + _csv(frame)


def csv_pieces(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    """The same for a table that comes in pieces."""
    for number, frame in enumerate(frames):
        yield _csv(frame, header=False) if number else csv_bytes(frame)


def json_pieces(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    """A JSON array of records in pieces: dates as ISO text, nulls as null, Chinese as it is."""
    separator = b"["
    for frame in frames:
        records = frame.to_json(
            orient="records", date_format="iso", date_unit="s", force_ascii=False, double_precision=_MOST_DIGITS
        )
        if len(frame):
            yield separator + records[1:-1].encode("utf-8")
            separator = b","
    yield b"[]" if separator == b"[" else b"]"


def excel_bytes(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with a sheet per frame. Raises ValueError when a frame has more rows than a sheet can hold."""
    for name, frame in sheets.items():
        if len(frame) > EXCEL_ROWS:
            raise ValueError(f"{name}: {len(frame)} rows")
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as book:
        for name, frame in sheets.items():
            disarmed(whole(frame), for_workbook).to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
    return buffer.getvalue()


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Parquet with the frame's types; text as it is, since no program runs it."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def bundle(readme: str, frames: Mapping[str, pd.DataFrame]) -> bytes:
    """A zip of `README.txt` and a CSV per frame."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "\ufeff" + readme)
        for name, frame in frames.items():
            archive.writestr(f"{name}.csv", csv_bytes(frame))
    return buffer.getvalue()

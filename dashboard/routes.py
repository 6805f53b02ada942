"""Stable addresses for programs: `/data/…` with the parameters of the page, `/health`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from http import HTTPStatus
from itertools import chain
from typing import Any

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import signin
from dashboard.catalogue import DEFAULT_LANGUAGE, LANGUAGES, catalogue
from dashboard.export import csv_pieces, json_pieces, parquet_bytes
from dashboard.queries import questions
from dashboard.queries.choices import known
from dashboard.queries.door import DamagedWarehouseError, NoWarehouseError, OtherVersionError
from dashboard.queries.selection import PARAMETERS, Selection, parse

TABLES = ("reports", "cells", "problems", "findings", "metrics")
_FORMATS: dict[str, tuple[str, Callable[[Iterable[pd.DataFrame]], Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_pieces),
    "json": ("application/json; charset=utf-8", json_pieces),
    "parquet": ("application/vnd.apache.parquet", lambda frames: iter([parquet_bytes(pd.concat(frames))])),
}


MOST_QUERY = 8_000
"""Bytes of a question; the filters of the page need a few hundred."""
MOST_PARQUET_ROWS = 2_000_000
"""A Parquet file is made as a whole in memory; CSV and JSON stream, whatever their length."""
_LANGUAGE = "lang"
"""Allowed so that a link of the page can be turned into one for programs; the rows carry keys in any language."""
_NOT_KEPT = {"Cache-Control": "no-store"}
_SIGN_IN = "visitors of this page sign in; its downloads are on the page"


class BadQuestionError(ValueError):
    """A parameter that cannot be understood; the message says which and why."""


class TooManyRowsError(ValueError):
    """An answer that must be made as a whole would be too large."""


def _whole(frames: Iterable[pd.DataFrame]) -> list[pd.DataFrame]:
    kept, rows = [], 0
    for frame in frames:
        rows += len(frame)
        if rows > MOST_PARQUET_ROWS:
            raise TooManyRowsError
        kept.append(frame)
    return kept


def _begun(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The frames with the first one at hand: what cannot be read is told before an answer has begun."""
    return chain([next(frames)], frames)


def _why(error: NoWarehouseError) -> str:
    if isinstance(error, OtherVersionError):
        return "another version made the warehouse: load the reports again"
    damaged = isinstance(error, DamagedWarehouseError)
    return "the warehouse is damaged" if damaged else "nothing was loaded yet: nianbao load PATH"


def _selection(request: Request) -> Selection:
    asked = {name: request.query_params.getlist(name) for name in request.query_params}
    unknown = sorted(set(asked) - {*PARAMETERS, _LANGUAGE})
    if unknown:
        raise BadQuestionError(f"unknown parameter: {', '.join(unknown)}; known: {', '.join((*PARAMETERS, _LANGUAGE))}")
    foreign = [(_LANGUAGE, value) for value in asked.get(_LANGUAGE, ()) if value not in LANGUAGES]
    parsed = parse(asked, known().choices())
    refused = [*parsed.refused, *foreign]
    if refused:
        raise BadQuestionError("unknown value: " + ", ".join(f"{name}={value}" for name, value in refused))
    return parsed.selection


def _refusal(status: HTTPStatus, why: str) -> Response:
    """A short answer in plain text that nobody keeps: the next one may be another."""
    return PlainTextResponse(f"{why}\n", status_code=status, headers=_NOT_KEPT)


def _answer(request: Request) -> Response:
    table, extension = request.path_params["table"], request.path_params["extension"]
    if table not in TABLES or extension not in _FORMATS:
        return _refusal(HTTPStatus.NOT_FOUND, f"no such table: {table}.{extension}")
    if len(request.url.query) > MOST_QUERY:
        return _refusal(HTTPStatus.REQUEST_URI_TOO_LONG, f"the question is longer than {MOST_QUERY} bytes")
    try:
        selection = _selection(request)
        frames: Iterable[pd.DataFrame] = _begun(questions.pieces(table, selection))
        if extension == "parquet":
            frames = _whole(frames)
    except TooManyRowsError:
        why = f"more than {MOST_PARQUET_ROWS} rows: choose fewer by the filters, or take {table}.csv"
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, why)
    except BadQuestionError as error:
        return _refusal(HTTPStatus.BAD_REQUEST, str(error))
    except NoWarehouseError as error:
        return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, _why(error))
    mime, make = _FORMATS[extension]
    name = f'attachment; filename="{table}.{extension}"'
    return StreamingResponse(make(frames), media_type=mime, headers={"Content-Disposition": name})


async def data(request: Request) -> Response:
    """`/data/<table>.<extension>`: the rows that the filters leave."""
    if signin.is_on():
        return _refusal(HTTPStatus.FORBIDDEN, _SIGN_IN)
    return await run_in_threadpool(_answer, request)


def _row(*fields: str) -> str:
    return "<tr>" + "".join(f"<td>{field}</td>" for field in fields) + "</tr>"


def _dictionary() -> Iterable[Mapping[str, Any]]:
    try:
        return questions.metrics().values()
    except NoWarehouseError:
        return ()


def _listing(lang: str) -> str:
    words = catalogue(lang)
    links = {table: [f'<a href="{table}.{end}">{table}.{end}</a>' for end in _FORMATS] for table in TABLES}
    files = "".join(_row(*each) for each in links.values())
    names = ("key", "label_zh", "label_en", "unit", "formula_zh", "formula_en")
    heads = _row(*(words(f"dictionary.{name}") for name in names))
    metrics = heads + "".join(_row(*(escape(str(row[name])) for name in names)) for row in _dictionary())
    tag, title = words("lang_tag"), words("page.download.title")
    parameters = words("download.parameters", names=", ".join((*PARAMETERS, _LANGUAGE)))
    return (
        f'<!doctype html><html lang="{tag}"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>/data/</h1><p>{parameters}</p><table>{files}</table>"
        f"<h2>{words('download.dictionary')}</h2><table>{metrics}</table></html>"
    )


async def listing(request: Request) -> Response:
    """`/data/`: what there is, with the metric dictionary."""
    if signin.is_on():
        return _refusal(HTTPStatus.FORBIDDEN, _SIGN_IN)
    asked = request.query_params.get(_LANGUAGE, DEFAULT_LANGUAGE)
    lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    return HTMLResponse(await run_in_threadpool(_listing, lang))


def _health() -> Response:
    try:
        found = questions.build()
    except (DamagedWarehouseError, OtherVersionError) as error:
        kind = "damaged" if isinstance(error, DamagedWarehouseError) else "other version"
        return JSONResponse({"status": kind}, status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=_NOT_KEPT)
    except NoWarehouseError:
        return JSONResponse({"status": "ok", "build": None, "reports": 0}, headers=_NOT_KEPT)
    about = {"status": "ok", "build": found["build_id"], "reports": int(found["reports"])}
    return JSONResponse(about, headers=_NOT_KEPT)


async def health(_: Request) -> Response:
    """`/health`: alive, and which build is shown."""
    return await run_in_threadpool(_health)


ROUTES = (
    Route("/health", health),
    Route("/data/", listing),
    Route("/data/{table}.{extension}", data),
)

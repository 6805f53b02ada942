"""Charts, numbers and files: gaps stay gaps, weak shares stay unranked, cells stay harmless."""

from __future__ import annotations

import io
import json
import math
import zipfile

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, charts_flow, charts_maps, export, formats, statistics
from dashboard.catalogue import catalogue
from dashboard.charts import Axis


def points(**columns: list[object]) -> pd.DataFrame:
    size = len(columns["y"])
    base = {"series": ["甲"] * size, "text": ["甲"] * size, "click": ["m:all::"] * size, "shown": ["1"] * size}
    return pd.DataFrame({"x": [str(2019 + n) for n in range(size)], **base, **columns})


def test_null_is_a_gap_and_never_a_zero() -> None:
    figure = charts.lines(points(y=[1.0, None, 0.0]), Axis())
    trace = figure.data[0]
    assert list(trace.y) == [1.0, None, 0.0]
    assert trace.connectgaps is False


def test_years_are_categories_with_their_n_below() -> None:
    figure = charts.lines(points(y=[1.0, 2.0]), Axis(ticks={"2019": "2019<br>n=3"}))
    assert figure.layout.xaxis.type == "category"
    assert list(figure.layout.xaxis.ticktext) == ["2019<br>n=3", "2020"]


def test_change_of_form_is_marked_between_the_years() -> None:
    figure = charts.lines(points(y=[1.0, 2.0]), Axis(breaks=[(0.5, "表式变更")]))
    assert figure.layout.shapes[0].x0 == 0.5
    assert figure.layout.annotations[0].text == "表式变更"


def test_shares_of_few_are_grey() -> None:
    frame = points(y=[0.5, 0.9]).assign(weak=[False, True])
    strong, weak = charts.bars(frame, Axis(percent=True)).data
    assert list(strong.x) == [0.5]
    assert list(weak.x) == [0.9]
    assert weak.marker.color == charts.MUTED
    assert strong.marker.color is None


@pytest.mark.parametrize("draw", [charts.lines, charts.bars, charts.stacked])
def test_chart_of_nothing_is_drawn(draw: object) -> None:
    figure = draw(points(y=[]), Axis())  # type: ignore[operator]
    assert json.loads(figure.to_json())["layout"]


def test_small_multiples_have_a_figure_each_with_a_scale_of_its_own() -> None:
    frame = pd.concat([points(y=[1.0]), points(y=[2.0]).assign(series="乙")])
    first, second = charts.tiles(frame, {"甲": Axis(), "乙": Axis(percent=True)})
    assert (first.layout.title.text, second.layout.title.text) == ("甲", "乙")
    assert (first.layout.yaxis.tickformat, second.layout.yaxis.tickformat) == (",~r", ".0%")
    assert first.data[0].line.color != second.data[0].line.color


def test_years_between_without_reports_have_a_place_and_no_point() -> None:
    frame = points(y=[1.0, None, 2.0]).assign(x=["2009", "2010–2015", "2016"])
    figure = charts.lines(frame, Axis(order=["2009", "2010–2015", "2016"]))
    assert list(figure.layout.xaxis.ticktext) == ["2009", "…", "2016"]
    assert list(figure.data[0].y) == [1.0, None, 2.0]


def test_map_keeps_missing_fields_empty() -> None:
    frame = points(y=[0.5, 1.0]).assign(series=["甲", "乙"])
    heat = charts_maps.grid(frame, "覆盖率").data[0]
    assert [list(row) for row in heat.z] == [[0.5, None], [None, 1.0]]


def test_flow_has_a_band_and_a_point_to_click_for_every_outcome() -> None:
    nodes = pd.DataFrame(
        {
            "step": [0, 0, 2, 2, 1],
            "series": ["收", "转", "公开", "不公开", "办"],
            "value": [3, 1, 3, 1, 4],
            "text": ["", "", "", "", ""],
            "click": ["a", "b", "c", "d", "e"],
        }
    )
    figure = charts_flow.flow(nodes)
    assert list(figure.data[0].customdata) == ["a", "b", "c", "d", "e"]
    assert len(figure.layout.shapes) == 4
    heights = list(figure.data[0].y)
    assert heights[0] < heights[1]
    assert heights[4] == pytest.approx(0.5)


def test_chosen_agencies_are_named_in_the_spread() -> None:
    frame = points(y=[1.0, 2.0]).assign(series=["甲", "乙"], chosen=[False, True])
    assert list(charts.spread(frame, {"P50": 1.5}, Axis()).data[0].text) == ["", "乙"]


def test_funnel_draws_limits_around_every_point() -> None:
    limits = statistics.funnel_limits(0.2, 100)
    frame = points(y=[0.1, 0.4]).assign(size=[50, 100])
    assert len(charts.funnel(frame, limits, Axis()).data) == 6
    assert (limits["low99"] <= limits["low95"]).all()
    assert (limits["high95"] <= limits["high99"]).all()
    assert statistics.outside(frame["y"], frame["size"], 0.2) == 1


def test_wilson_interval_of_a_textbook_case() -> None:
    low, high = statistics.wilson(10, 50) or (math.nan, math.nan)
    assert low == pytest.approx(0.1124, abs=5e-4)
    assert high == pytest.approx(0.3304, abs=5e-4)


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (3, 2), (-1, 5), (1, math.nan)])
def test_no_interval_where_there_is_no_share(numerator: float, denominator: float) -> None:
    assert statistics.wilson(numerator, denominator) is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_interval_holds_the_share(numerator: int, denominator: int) -> None:
    share = min(numerator, denominator)
    low, high = statistics.wilson(share, denominator) or (1.0, 0.0)
    assert -1e-9 <= low <= share / denominator + 1e-9
    assert share / denominator - 1e-9 <= high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("value", "text"), [(1234.0, "1,234"), (0.0, "0"), (0.125, "0.12"), (None, "—"), (math.nan, "—")]
)
def test_numbers_are_written_the_same_everywhere(value: float | None, text: str) -> None:
    assert formats.number(value) == text


def test_change_of_a_count_is_in_percent_and_flagged_on_a_small_base() -> None:
    words = catalogue("zh")
    assert formats.change_of_count(150, 100, words) == "+50.0%"
    assert formats.change_of_count(3, 0, words) is None
    assert formats.change_of_count(None, 3, words) is None
    assert formats.change_of_count(6, 3, words) == words("format.small_base", change="+100.0%")


def test_change_of_a_share_is_in_points() -> None:
    assert formats.change_of_share(0.5, 0.4, catalogue("zh")) == "+10.0 个百分点"
    assert formats.change_of_share(0.5, math.nan, catalogue("zh")) is None


def test_csv_opens_in_excel_and_keeps_the_kinds_of_nothing_apart() -> None:
    frame = pd.DataFrame({"agency": ["=甲", "乙"], "value": [0.0, None], "printed": ["0", "-"]})
    written = export.csv_bytes(frame)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == "agency,value,printed\r\n'=甲,0,0\r\n乙,,-\r\n"
    assert pd.read_csv(io.BytesIO(written))["value"].isna().tolist() == [False, True]


def test_workbook_has_the_sheets_and_no_formula() -> None:
    sheets = {"数据": pd.DataFrame({"机构": ["=1+1"], "值": [3.0]}), "筛选": pd.DataFrame({"a": ["b"]})}
    written = export.excel_bytes(sheets)
    back = pd.read_excel(io.BytesIO(written), sheet_name=None)
    assert list(back) == ["数据", "筛选"]
    assert back["数据"]["机构"].tolist() == ["'=1+1"]
    assert back["数据"]["值"].tolist() == [3]


def test_parquet_and_json_keep_text_and_nulls() -> None:
    frame = pd.DataFrame({"agency": ["=甲"], "value": [None]}).astype({"value": "float64"})
    assert pd.read_parquet(io.BytesIO(export.parquet_bytes(frame)))["agency"].tolist() == ["=甲"]
    assert json.loads(b"".join(export.json_pieces([frame, frame]))) == 2 * [{"agency": "=甲", "value": None}]
    assert json.loads(b"".join(export.json_pieces([frame.head(0)]))) == []
    shares = pd.DataFrame({"value": [1 / 3, 1e-12]})
    told = [row["value"] for row in json.loads(b"".join(export.json_pieces([shares])))]
    assert told == pytest.approx([1 / 3, 1e-12], rel=1e-14)


def test_a_table_in_pieces_is_the_same_file() -> None:
    frame = pd.DataFrame({"a": ["甲", "=乙", "丙"], "b": [1.0, 2.5, None]})
    parts = [frame.head(1), frame.tail(2), frame.head(0)]
    assert b"".join(export.csv_pieces(parts)) == export.csv_bytes(frame)


def test_bundle_holds_a_readme_and_a_file_each() -> None:
    frame = pd.DataFrame({"a": [1]})
    with zipfile.ZipFile(io.BytesIO(export.bundle("说明", {"cells": frame}))) as archive:
        assert archive.namelist() == ["README.txt", "cells.csv"]
        assert archive.read("README.txt").decode("utf-8-sig") == "说明"
        assert archive.read("cells.csv") == export.csv_bytes(frame)


def test_bar_of_zero_is_written_and_can_be_clicked() -> None:
    bars, weak, zero = charts.bars(points(y=[3.0, 0.0]), Axis()).data
    assert list(bars.textposition) == ["auto", "outside"]
    assert list(zero.x) == [0]
    assert list(zero.y) == ["2020"]
    assert list(zero.customdata) == ["m:all::"]
    assert not len(weak.x)


@pytest.mark.parametrize("percent", [True, False])
def test_bars_of_zero_alone_stand_at_zero_and_not_amid_negative_numbers(percent: bool) -> None:
    figure = charts.bars(points(y=[0.0, 0.0]), Axis(percent=percent))
    assert list(figure.layout.xaxis.range) == [0, 1]


def test_few_reports_are_counted_in_whole_numbers() -> None:
    assert charts.bars(points(y=[1.0, 2.0]), Axis()).layout.xaxis.dtick == 1
    assert charts.bars(points(y=[0.5, 2.0]), Axis()).layout.xaxis.dtick is None
    assert charts.bars(points(y=[1.0, 2000.0]), Axis()).layout.xaxis.dtick is None


def test_remark_on_the_form_stands_above_whole_bars() -> None:
    figure = charts.stacked(points(y=[1.0, 1.0]), Axis(percent=True, breaks=[(0.5, "表式变更")]))
    top = figure.layout.yaxis.range[1]
    assert top * (1 - 0.07) > 1
    assert figure.layout.annotations[0].y == 1


def test_quantiles_at_one_value_share_one_mark() -> None:
    figure = charts.spread(points(y=[6.0]).assign(chosen=[True]), {"P10": 6.0, "P50": 6.0, "P90": 7.0}, Axis())
    assert [each.text for each in figure.layout.annotations] == ["P10 P50", "P90"]
    assert [each.x0 for each in figure.layout.shapes] == [6.0, 7.0]


def test_map_asks_for_room_to_print_every_field() -> None:
    narrow = charts_maps.grid(points(y=[0.5, 1.0]).assign(shown="1/2"), "覆盖率")
    wide = charts_maps.grid(points(y=[0.5, 1.0]).assign(shown="1,000/2,000"), "覆盖率")
    assert wide.layout.meta[charts_maps.LEAST_WIDTH] > narrow.layout.meta[charts_maps.LEAST_WIDTH] > 0


def test_names_have_room_by_their_longest_line() -> None:
    one = charts.beside(["东示例县", "示例"])
    assert charts.beside(["东示例县<br>示例县"]) == one
    assert charts.beside(["东示例县示例县"]) > one > charts.beside(["ABCD"])
    bars = charts.bars(points(y=[1.0]).assign(x=["东示例县"]), Axis())
    assert bars.layout.margin.l == one


def test_names_wider_than_a_telephone_leave_room_for_the_bars() -> None:
    longest = "示例省示例市示例县示例镇人民政府" * 3
    bars = charts.bars(points(y=[1.0]).assign(x=[longest]), Axis())
    assert charts.width([longest]) > 390
    assert bars.layout.margin.l <= 200
    assert bars.layout.yaxis.automargin is True


@pytest.mark.parametrize(
    ("figure", "something"),
    [
        (charts.bars(points(y=[]), Axis()), False),
        (charts.bars(points(y=[0.0]), Axis()), True),
        (charts.lines(points(y=[None, None]), Axis()), False),
        (charts.lines(points(y=[None, 0.0]), Axis()), True),
        (charts.stacked(points(y=[None]), Axis(percent=True)), False),
        (charts_maps.grid(points(y=[None]), "覆盖率"), True),
    ],
)
def test_a_chart_of_nothing_is_told_from_one_of_zeros(figure: go.Figure, something: bool) -> None:
    assert charts.draws_something(figure) is something


def test_small_chart_without_a_value_has_no_scale() -> None:
    figure = charts.tiles(points(y=[None]), {"甲": Axis(percent=True)})[0]
    assert figure.layout.yaxis.showticklabels is False
    assert charts.tiles(points(y=[0.0]), {"甲": Axis()})[0].layout.yaxis.showticklabels is None

"""Made-up reports that name problems of several themes, for the tests of the problems page."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from etl.report import Report, Section, Statements
from etl.words.keywords import stop_words, terms, words
from etl.words.phrases import phrases
from etl.words.themes import evidence, promised
from tests import made_up

SAID = (
    ("公开渠道较为单一，更新不及时", "政策解读形式单一"),
    ("部分栏目更新不\n及时", "人手少、多为兼职"),
    ("档案整理有疏漏", "公开渠道单一"),
    ("宣传力度不够，群众知晓度不高", "公开内容不够深入 <b>&", "更新不及时"),
)
PLAIN = "{agency}在{year}年照常办理公开事项，示例文字只为测试而写，先后共办理{year}件，各项示例安排均已完成。"
REMEDIES = (("拓宽公开渠道",), ("及时更新栏目", "配齐专职人员"))


def report(agency: int, year: int) -> Report:
    """The report of one of the made-up agencies with a section five of its own."""
    number = agency + year
    said, remedies = SAID[number % len(SAID)], REMEDIES[number % len(REMEDIES)]
    named = [evidence(one) for one in said]
    text = "存在的问题：" + "；".join(said) + "。改进措施：" + "；".join(remedies) + "。"
    return replace(
        made_up.report(made_up.AGENCIES[agency], year),
        sections=(
            Section(1, "一、总体情况", PLAIN.format(agency=made_up.AGENCIES[agency][0], year=year), "line 2"),
            Section(5, "五、存在的主要问题及改进情况", text, "line 9"),
        ),
        statements=Statements(said, remedies),
        terms=terms(said),
        problem_themes=tuple(tuple(key for key, _ in one) for one in named),
        theme_words=tuple(tuple(found for _, found in one) for one in named),
        remedy_themes=tuple(promised(one) for one in remedies),
        phrases=tuple(phrases(words(one), stop_words()) for one in said),
    )


def warehouse(folder: Path) -> Path:
    """A warehouse of 35 reports of five years; one agency's section five is missing in 2020."""
    reports = [report(agency, year) for agency in range(len(made_up.AGENCIES)) for year in range(2019, 2024)]
    silent = [one for one in reports if one.identity.agency == made_up.AGENCIES[1][0] and one.identity.year == 2020]
    reports.remove(silent[0])
    mute = replace(
        silent[0], sections=(), statements=Statements(), terms=(), problem_themes=(), theme_words=(), phrases=()
    )
    return made_up.warehouse(folder, [*reports, replace(mute, remedy_themes=())])

"""Problems: the themes and words of the reports' own problem statements, and the sentences behind every number."""

from dashboard.components import (
    figures,
    problem_agencies,
    problem_reuse,
    problem_sentences,
    problem_themes,
    problem_words,
    url,
)
from dashboard.components.page import begin

PARTS = {
    "themes": problem_themes.exhibits,
    "agencies": problem_agencies.exhibits,
    "words": problem_words.exhibits,
    "reuse": problem_reuse.exhibits,
}

view = begin("problems")
names = {part: view.words(f"problems_themes.part_{part}") for part in PARTS}
part = url.tabs(view.words, "part", names, view.words("problems_themes.part"))
for exhibit in PARTS[part](view):
    figures.show(view, exhibit)
    problem_sentences.behind(view, exhibit.key)

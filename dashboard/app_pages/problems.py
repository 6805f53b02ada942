"""Problems: the words that the reports use for their own problems, and the sentences behind them."""

from dashboard.components import figures, words_exhibits
from dashboard.components.page import begin

view = begin("problems")

figures.show(view, words_exhibits.keywords(view))
word = words_exhibits.choose_word(view)
if word:
    figures.show(view, words_exhibits.by_year(view, word))
    words_exhibits.statements(view, word)

"""Cleaners: small pure functions from text to text. `repair` is for what is stored, `fold` for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

# NFKC leaves these radicals alone or turns them into the wrong ideograph; PDF fonts of Chromium write them.
_RADICALS = dict(
    zip(
        "⺀⺁⺃⺄⺅⺆⺇⺈⺊⺌⺍⺏⺕⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼾",
        "冫厂乛乚亻冂几刀卜小小兀彐心扌攴无月歺母民氵氺灬爪爪牛犭王疋目示礻竹糸纟网网网羊羊羊耂肀聿肉臼艹艹艹虎衤西西见角讠贝足车辶辶辶邑钅長镸长门阜雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾齐齐齿龙龙龙龟龟龟户",
        strict=True,
    )
)
_RADICAL = str.maketrans(_RADICALS)
_HAS_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_KANGXI = re.compile("[\u2f00-\u2fd5]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WORD_LEFTOVERS = re.compile(
    r"<!--\[(?:if|endif)[^>]{0,200}-->|<!\[(?:if|endif)[^>]{0,200}>|\[bookmark: [^\]\n]{0,40}\]|-->"
)
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_NARROW = {wide: unicodedata.normalize("NFKC", wide) for wide in map(chr, (*range(0xFF01, 0xFF5F), 0x3000))}
_HALF_WIDTH = [(chr(ord(sign) + 0xFEE0), sign) for sign in "0123456789(),.:;"]
_PINYIN = re.compile(r"\((?<=[\u4e00-\u9fff]\()[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê]{1,6}\)")
_TRADITIONAL = re.compile("[開報請處務規範數項業機關總結轉訴複發實際間關於員與單據條]")
_SIMPLIFIED = re.compile("[开报请处务规范数项业机关总结转诉复发实际间关于员与单据条]")
_UNUSUAL = re.compile(f"[{''.join(one.pattern[1:-1] for one in (_INVISIBLE, _HAS_RADICAL, _TRADITIONAL))}]")


@cache
def _traditional_to_simplified() -> OpenCC:
    return OpenCC("t2s")


def replace_radicals(text: str) -> str:
    """CJK and Kangxi radicals as the ideographs they stand for (⼀ → 一, ⺠ → 民, ⼾ → 户)."""
    if not _HAS_RADICAL.search(text):
        return text
    text = text.translate(_RADICAL)
    text = _KANGXI.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def drop_invisible(text: str) -> str:
    """Without control, zero-width and direction characters; tabs and line ends stay."""
    return _INVISIBLE.sub("", text)


def drop_word_leftovers(text: str) -> str:
    """Without the conditional comments and bookmarks that Word leaves behind."""
    return _WORD_LEFTOVERS.sub("", text) if "[" in text or "-->" in text else text


def drop_pinyin(text: str) -> str:
    """Without readings in brackets after a character, as some conversion to traditional script inserts them."""
    return _PINYIN.sub("", text)


def to_simplified(text: str) -> str:
    """In simplified script where the text as a whole is in traditional script; else unchanged."""
    if len(_TRADITIONAL.findall(text)) <= len(_SIMPLIFIED.findall(text)):
        return text
    converted: str = _traditional_to_simplified().convert(text)
    return converted


def repair(text: str) -> str:
    """What every reader applies to a whole file's text before it becomes a Document.

    It mends what the file's making broke and nothing that an author wrote: punctuation and width stay.
    """
    if _UNUSUAL.search(text):  # one scan tells that most texts need none of these
        text = replace_radicals(drop_invisible(text))
        text = to_simplified(drop_pinyin(drop_word_leftovers(text)))
    else:
        text = drop_pinyin(drop_word_leftovers(text))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u00a0", " ")


def half_width(text: str) -> str:
    """A text with digits, brackets and stops in half width; every offset stays."""
    for wide, half in _HALF_WIDTH:
        text = text.replace(wide, half)
    return text


def narrow(text: str) -> str:
    """ASCII for full-width digits, letters, brackets and marks, a space for the wide one; every offset stays."""
    text = half_width(text)
    return text if unicodedata.is_normalized("NFKC", text) else _narrow_rest(text)


def _narrow_rest(text: str) -> str:
    at = 0
    while found := _WIDE.search(text, at):
        text, at = text.replace(found[0], _NARROW[found[0]]), found.end()
    return text


def compatible(text: str) -> str:
    """NFKC: full-width digits, brackets and marks become ASCII. What is nothing worse is replaced, which is quicker."""
    return text if unicodedata.is_normalized("NFKC", text) else half_compatible(half_width(text))


def half_compatible(half: str) -> str:
    """NFKC of a text that `half_width` has gone over."""
    if unicodedata.is_normalized("NFKC", half):
        return half
    narrowed = _narrow_rest(half)
    return narrowed if unicodedata.is_normalized("NFKC", narrowed) else unicodedata.normalize("NFKC", narrowed)


def fold(text: str) -> str:
    """For comparing only: NFKC and no white space."""
    return "".join(compatible(text).split())

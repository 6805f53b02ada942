"""One PDF page as pdfium sees it: visible characters and straight rules, in points from the page's top left."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from etl.document import Rejected

MAX_OBJECTS = 150_000
_MAX_DEPTH = 6
_STRAIGHT = 1.0
_THIN = 3.5
_PICTURE_SHARE = 0.4
_ANGLE_SLACK = 0.1
LOST = "\ufffd"


class Char(NamedTuple):
    """A printed character: its horizontal extent, the line it stands on, the longer side of its box."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


class Rule(NamedTuple):
    """A straight line: `at` on the other axis, from `start` to `end` along its own."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """`pictured` tells that a picture covers much of the page."""

    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    height: float
    pictured: bool


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: _Matrix) -> _Matrix:
        """This matrix first, `outer` after it."""
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


def load(page: pdfium.PdfPage) -> Page:
    """The page turned so that most of its text is upright. Rejected: too_large."""
    letters = _letters(page)
    turns = Counter(round(letter.angle / (math.pi / 2)) % 4 for letter in letters)
    quarter = turns.most_common(1)[0][0] if turns else 0
    screen, height = _screen(page, quarter)
    chars = [_upright(letter, screen) for letter in letters if _is_upright(letter, quarter)]
    shapes = _Shapes(screen)
    shapes.take(page)
    return Page(chars, shapes.horizontal, shapes.vertical, height, shapes.pictured > _PICTURE_SHARE * shapes.area)


class _Letter(NamedTuple):
    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    angle: float


def _letters(page: pdfium.PdfPage) -> list[_Letter]:
    """The visible characters in page space; white space and what is not painted are left out."""
    text_page = page.get_textpage()
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    if count > MAX_OBJECTS:
        raise Rejected("too_large", f"{count} characters on a page")
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    letters = []
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        text = chr(code) if 0x20 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if code == 0 or raw.FPDFText_HasUnicodeMapError(handle, index) == 1:
            text = LOST
        if not text.strip() or raw.FPDFText_IsGenerated(handle, index) == 1 or _unpainted(handle, index):
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        angle = -raw.FPDFText_GetCharAngle(handle, index)  # pdfium counts clockwise
        letters.append(_Letter(text, (box.left, box.bottom, box.right, box.top), (x.value, y.value), angle))
    text_page.close()
    return letters


def _unpainted(handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    """Text that is not painted is the guess that lies behind a scan."""
    painted = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(handle, index))
    return bool(painted == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _screen(page: pdfium.PdfPage, quarter: int) -> tuple[_Matrix, float]:
    """From page space to points from the top left, when the page is turned by quarters; and the height then."""
    left, bottom, right, top = page.get_bbox()
    if quarter == 0:
        return _Matrix(1, 0, 0, -1, -left, top), top - bottom
    if quarter == 1:
        return _Matrix(0, 1, 1, 0, -bottom, -left), right - left
    if quarter == 2:
        return _Matrix(-1, 0, 0, 1, right, -bottom), top - bottom
    return _Matrix(0, -1, -1, 0, top, right), right - left


def _is_upright(letter: _Letter, quarter: int) -> bool:
    off = (letter.angle - quarter * math.pi / 2) % (2 * math.pi)
    return min(off, 2 * math.pi - off) < _ANGLE_SLACK


def _upright(letter: _Letter, screen: _Matrix) -> Char:
    left, bottom, right, top = letter.box
    ax, ay = screen.apply(left, bottom)
    bx, by = screen.apply(right, top)
    _, base = screen.apply(*letter.origin)
    return Char(letter.text, min(ax, bx), max(ax, bx), base, max(abs(ay - by), abs(ax - bx)))


class _Shapes:
    """Rules and pictures gathered from the page's objects and the forms within them."""

    def __init__(self, screen: _Matrix) -> None:
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictured = 0.0
        self.area = 1.0
        self._screen = screen
        self._seen = 0

    def take(self, page: pdfium.PdfPage) -> None:
        """Take every object of the page. Rejected: too_large."""
        self.area = page.get_width() * page.get_height()
        objects = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
        self._take(objects, self._screen, 0)

    def _take(self, objects: Iterator[raw.FPDF_PAGEOBJECT], outer: _Matrix, depth: int) -> None:
        for handle in objects:
            self._seen += 1
            if self._seen > MAX_OBJECTS:
                raise Rejected("too_large", f"more than {MAX_OBJECTS} objects on a page")
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._take_path(handle, _matrix(handle).then(outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                placed = _matrix(handle)
                self.pictured += abs(placed.a * placed.d - placed.b * placed.c)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inner = (
                    raw.FPDFFormObj_GetObject(handle, index) for index in range(raw.FPDFFormObj_CountObjects(handle))
                )
                self._take(inner, _matrix(handle).then(outer), depth + 1)

    def _take_path(self, handle: raw.FPDF_PAGEOBJECT, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, fill, stroke)
        for points in _outlines(handle):
            self._seen += len(points)
            placed = [matrix.apply(x, y) for x, y in points]
            if stroke.value:
                for start, end in zip(placed, placed[1:], strict=False):
                    self._take_stroke(start, end)
            elif fill.value:
                self._take_bar(placed)

    def _take_stroke(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (ax, ay), (bx, by) = start, end
        if abs(ay - by) <= _STRAIGHT:
            self.horizontal.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= _STRAIGHT:
            self.vertical.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))

    def _take_bar(self, outline: list[tuple[float, float]]) -> None:
        """A filled area so thin that it is seen as a line; a dot can be part of one in either direction."""
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        is_dot = max(width, height) <= _THIN
        if height <= _THIN and (height <= width or is_dot):
            self.horizontal.append(Rule((max(ys) + min(ys)) / 2, min(xs), max(xs)))
        if width <= _THIN and (width < height or is_dot):
            self.vertical.append(Rule((max(xs) + min(xs)) / 2, min(ys), max(ys)))


def _matrix(handle: raw.FPDF_PAGEOBJECT) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, found)
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _outlines(handle: raw.FPDF_PAGEOBJECT) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path that has straight lines only, the first repeated when it is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(min(raw.FPDFPath_CountSegments(handle), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if points and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points and not curved:
        yield points

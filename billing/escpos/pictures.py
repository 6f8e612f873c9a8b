"""Lines of text as black dots, for printers whose code page lacks the letters: Indian scripts are shaped by typst."""

from __future__ import annotations

import io
from functools import lru_cache
from threading import Lock

import typst
from PIL import Image

from pantrypal.core.typesetting import FAMILIES, FONTS

DOTS_PER_MM = 8
PPI = DOTS_PER_MM * 25.4
DARK = 128

SOURCE = """
#set page(width: int(sys.inputs.width) * 1mm, height: auto, margin: 0mm)
#set text(font: json(bytes(sys.inputs.fonts)), size: int(sys.inputs.size) * 1pt)
#set text(top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 0em)
#align(if sys.inputs.centred == "yes" { center } else { start }, {
  sys.inputs.text
  if sys.inputs.right != "" { h(1fr) + box(sys.inputs.right) }
})
"""

_lock = Lock()
_fonts: list[typst.Fonts] = []


@lru_cache(maxsize=500)
def draw(text: str, *, right: str = "", width: int, is_large: bool = False, is_centred: bool = False) -> list[bytes]:
    """`width` in dots, a multiple of eight; `right` stands at the end of the line. Both go in as data, so no name can
    act as markup."""
    inputs = {
        "fonts": FAMILIES,
        "text": text,
        "right": right,
        "width": str(width // DOTS_PER_MM),
        "size": "16" if is_large else "9",
        "centred": "yes" if is_centred else "no",
    }
    with _lock:
        png = typst.compile(SOURCE.encode(), font_paths=_font_book(), sys_inputs=inputs, format="png", ppi=PPI)
    assert isinstance(png, bytes)
    picture = Image.open(io.BytesIO(png)).convert("L").point(lambda shade: 255 if shade < DARK else 0).convert("1")
    picture = picture.crop((0, 0, width, picture.height))
    stride = width // 8
    dots = picture.tobytes()
    return [dots[start : start + stride] for start in range(0, len(dots), stride)]


def _font_book() -> typst.Fonts:
    """Read once: looking through the fonts takes longer than the printing."""
    if not _fonts:
        _fonts.append(typst.Fonts(font_paths=[FONTS], include_system_fonts=False))
    return _fonts[0]

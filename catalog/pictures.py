"""Pictures from strangers: checked by what they hold, and written anew.

Only the pixels go on: EXIF, comments, colour profiles and whatever hides behind a picture's end are left behind.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from pantrypal.core.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 1600
THUMBNAIL_EDGE = 240
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(DomainError):
    """Not a picture, or not one of a kind and size that is taken."""

    code = "bad_picture"


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A WebP file."""

    content: bytes
    width: int
    height: int


def clean_picture(raw: bytes, *, longest_edge: int = LONGEST_EDGE) -> CleanPicture:
    """The picture upright, at most `longest_edge` pixels wide and high. Raises BadPicture."""
    if len(raw) > MOST_BYTES:
        raise BadPicture(_("A picture may have at most 10 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            _require_size(image)
            image.draft("RGB", (longest_edge, longest_edge))  # a large JPEG is decoded small
            image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise BadPicture(_("This is not a picture in JPEG, PNG, WebP or GIF.")) from problem
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise BadPicture(_("This picture is damaged.")) from problem
    upright = ImageOps.exif_transpose(image).convert("RGBA" if _is_see_through(image) else "RGB")
    upright.thumbnail((longest_edge, longest_edge))
    out = io.BytesIO()
    Image.frombytes(upright.mode, upright.size, upright.tobytes()).save(out, "WEBP", quality=82, method=4)
    return CleanPicture(out.getvalue(), *upright.size)


def _require_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise BadPicture(_("A picture may have at most 40 million pixels."))


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info

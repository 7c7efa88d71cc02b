"""A text as a code of squares that a phone reads (QR, ISO/IEC 18004)."""

import segno
from markupsafe import Markup
from segno import DataOverflowError

# More squares than these are too small for a phone, on a slip half as wide as a page.
MOST_SQUARES = 141


def squares(text: bytes, title: str) -> Markup | None:
    """The code as SVG, black on white in any light; None where the text is too long for one."""
    try:
        code = segno.make(text, error="l", boost_error=True, micro=False)
    except DataOverflowError:
        return None
    if code.symbol_size(border=0)[0] > MOST_SQUARES:
        return None
    return Markup(
        code.svg_inline(
            border=4, dark="#000", light="#fff", omitsize=True, svgclass="squares", title=title
        )
    )

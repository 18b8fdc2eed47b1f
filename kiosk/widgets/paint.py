"""Draws shapes with Kivy: plates as smooth rectangles, letters and icons as textures made once."""

from __future__ import annotations

import io
from collections import OrderedDict
from typing import Any, Final

from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.theme import Ink, Palette
from kiosk.widgets import icons
from kiosk.widgets.lettering import MARGIN, Lettering
from kiosk.widgets.shapes import Card, Dots, Drawing, Mark, Rect, Sheet, Side, Sign, Text

KEPT: Final = 400
"""Textures kept; a page has about fifty."""


class Painter:
    """Paints drawings on a canvas `height` dots high."""

    def __init__(self, lettering: Lettering, height: int) -> None:
        self._lettering, self._height = lettering, height
        self._kept: OrderedDict[object, Any] = OrderedDict()

    def paint(self, canvas: Any, drawing: Drawing, palette: Palette, held: int | None, focus: int | None) -> None:
        """Everything anew; `held` is drawn pressed, `focus` with a ring."""
        canvas.clear()
        with canvas:
            for shape in drawing.shapes:
                pressed = held is not None and getattr(shape, "of", None) == held
                self._shape(shape, palette, pressed)
            if focus is not None and focus < len(drawing.targets):
                self._ring(drawing.targets[focus].rect, drawing.targets[focus].radius, palette)

    def forget(self) -> None:
        """Keep no picture of what was painted so far."""
        self._kept.clear()

    def _shape(self, shape: object, palette: Palette, pressed: bool) -> None:
        match shape:
            case Card():
                self._card(shape, palette, pressed)
            case Text():
                self._text(shape, palette[Ink.ON_PRESSED if pressed else shape.ink])
            case Mark():
                self._mark(shape, palette, pressed)
            case Sheet():
                self._sheet(shape)
            case Dots():
                self._dots(shape)

    def _card(self, card: Card, palette: Palette, pressed: bool) -> None:
        rect = card.rect
        if card.edge is not None and card.thick:
            self._plate(rect, card.radius, palette[card.edge])
            rect = rect.inset(card.thick)
        fill = Ink.PRESSED if pressed else card.fill
        if fill is not None:
            self._plate(rect, max(0.0, card.radius - card.thick), palette[fill])

    def _plate(self, rect: Rect, radius: float, colour: tuple[int, int, int]) -> None:
        _colour(colour)
        place = {"pos": (rect.x, self._height - rect.bottom), "size": (rect.w, rect.h)}
        if radius < 1:
            Rectangle(**place)
        else:
            SmoothRoundedRectangle(radius=[min(radius, rect.h / 2, rect.w / 2)], **place)

    def _ring(self, rect: Rect, radius: float, palette: Palette) -> None:
        wide = max(3.0, self._height / 120)
        outer, inner = rect.inset(-wide * 0.2), rect.inset(wide)
        _colour(palette[Ink.FOCUS])
        for place in (
            Rect(outer.x, outer.y, outer.w, wide),
            Rect(outer.x, inner.bottom, outer.w, wide),
            Rect(outer.x, outer.y, wide, outer.h),
            Rect(inner.right, outer.y, wide, outer.h),
        ):
            Rectangle(pos=(place.x, self._height - place.bottom), size=(place.w, place.h))

    def _text(self, text: Text, colour: tuple[int, int, int]) -> None:
        texture = self._texture(("text", text.text, text.face), lambda: self._lettering.picture(text.text, text.face))
        margin = round(text.face.size * MARGIN)
        wide = self._lettering.width(text.text, text.face)
        side = text.side
        if text.mirrored:
            side = {Side.START: Side.END, Side.END: Side.START}.get(side, side)
        free = text.rect.w - wide
        x = text.rect.x + {Side.START: 0.0, Side.MIDDLE: free / 2, Side.END: free}[side]
        y = self._height - text.rect.y - text.face.line
        _colour(colour)
        Rectangle(texture=texture, pos=(round(x) - margin, round(y) - margin), size=texture.size)

    def _mark(self, mark: Mark, palette: Palette, pressed: bool) -> None:
        size = max(1, round(mark.rect.w))
        mirrored = mark.mirrored and isinstance(mark.icon, Sign)
        texture = self._texture(("mark", mark.icon, size, mirrored), lambda: icons.picture(mark.icon, size, mirrored))
        _colour(palette[Ink.ON_PRESSED if pressed else mark.ink])
        Rectangle(texture=texture, pos=(round(mark.rect.x), round(self._height - mark.rect.bottom)), size=(size, size))

    def _sheet(self, sheet: Sheet) -> None:
        size = (max(1, round(sheet.rect.w)), max(1, round(sheet.rect.h)))

        def made() -> Image.Image:
            with Image.open(io.BytesIO(sheet.png)) as image:
                grey = image.convert("L")
            return grey.crop((0, sheet.top, grey.width, sheet.bottom)).resize(size, Image.Resampling.LANCZOS)

        texture = self._texture(("sheet", hash(sheet.png), sheet.top, sheet.bottom, size), made, solid=True)
        self._picture(texture, sheet.rect, size)

    def _dots(self, dots: Dots) -> None:
        across = len(dots.rows)
        scale = max(1, int(dots.rect.w // across))
        size = (across * scale, across * scale)

        def made() -> Image.Image:
            grey = Image.new("L", (across, across), 255)
            grey.putdata([0 if dark else 255 for row in dots.rows for dark in row])
            return grey.resize(size, Image.Resampling.NEAREST)

        self._plate(dots.rect, 6.0, (255, 255, 255))
        free = (dots.rect.w - size[0]) / 2
        place = Rect(dots.rect.x + free, dots.rect.y + free, float(size[0]), float(size[1]))
        self._picture(self._texture(("dots", dots.rows, scale), made, solid=True), place, size)

    def _picture(self, texture: Any, rect: Rect, size: tuple[int, int]) -> None:
        _colour((255, 255, 255))
        Rectangle(texture=texture, pos=(round(rect.x), round(self._height - rect.bottom)), size=size)

    def _texture(self, key: object, made: Any, *, solid: bool = False) -> Any:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        mask = made()
        if solid:
            image = mask.convert("RGBA")
        else:
            image = Image.new("RGBA", mask.size, (255, 255, 255, 0))
            image.putalpha(mask)
        texture = Texture.create(size=image.size, colorfmt="rgba")
        texture.blit_buffer(image.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
        texture.flip_vertical()
        self._kept[key] = texture
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return texture


def _colour(colour: tuple[int, int, int]) -> None:
    Color(*(part / 255 for part in colour), 1)

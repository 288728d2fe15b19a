"""What a reader does with the panel: open it, draw on the paper, choose a picture; and pictures to choose."""

from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import FloatRect, Page

from genfigs.data import handwriting
from tests.browser.conftest import until
from tests.browser.test_scroll import settle

SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))  # corners of a stroke, in widths of the paper
IMAGE = "() => [...document.querySelector('.scrolly').scroll.exhibit.image]"


def digit(label: int, seed: int = 11) -> np.ndarray:
    """Return one drawn digit, from 0, paper, to 255, ink."""
    return handwriting.draw(np.array([label], np.uint8), seed)[0]


def photo(
    image: np.ndarray, *, side: int = 400, scale: int = 8, left: float = 0.7, top: float = 0.3, seed: int = 0
) -> Image.Image:
    """Return a digit in dark ink off the middle of paper-coloured paper, with uneven light and noise.

    Units: `scale` pixels to a pixel of the digit; `left` and `top` are shares of the room there is.
    """
    random = np.random.default_rng(seed)
    ink = Image.fromarray(image).resize((28 * scale, 28 * scale), Image.Resampling.BICUBIC)
    sheet = np.zeros((side, side))
    room = side - 28 * scale
    x, y = round(left * room), round(top * room)
    sheet[y : y + 28 * scale, x : x + 28 * scale] = np.asarray(ink) / 255
    down, right = np.mgrid[0 : 1 : complex(side), 0 : 1 : complex(side)]
    slope = random.uniform(-40, 40, 2)
    light = 205 + slope[0] * (down - 0.5) + slope[1] * (right - 0.5) + random.normal(0, 4, (side, side))
    shades = np.stack([light, light * 0.97, light * 0.88], axis=-1)  # warm paper
    pen = np.array([40, 44, 70])
    blended = shades * (1 - sheet[..., None]) + pen * sheet[..., None]
    return Image.fromarray(np.clip(blended, 0, 255).astype(np.uint8))


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file of this kind."""
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def open_panel(page: Page, name: str = "Draw your own") -> None:
    """Open the panel by its door in the tray."""
    page.get_by_role("button", name=name).click()


def choose(page: Page, content: bytes, name: str = "photo.png", kind: str = "image/png") -> None:
    """Choose a file, and wait until it was read or refused."""
    page.locator(".studio__file").set_input_files([{"name": name, "mimeType": kind, "buffer": content}])
    until(page, "!document.querySelector('.studio__notice').textContent.startsWith('Reading')")
    settle(page)


def paper(page: Page) -> FloatRect:
    """Return where the paper is on the screen."""
    box = page.locator(".pad canvas").bounding_box()
    assert box is not None
    return box


def stroke(page: Page, corners: tuple[tuple[float, float], ...] = SEVEN) -> None:
    """Draw with the mouse."""
    box = paper(page)
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()
    settle(page)


def travelling(page: Page) -> np.ndarray:
    """Return the image that travels through the figure."""
    return np.array(page.evaluate(IMAGE), np.uint8).reshape(28, 28)


def answer(page: Page) -> int:
    """Return the class with the highest probability."""
    script = """() => { const { tensors } = document.querySelector('.scrolly').scroll.exhibit;
        const { values } = Object.values(tensors).at(-1); return values.indexOf(Math.max(...values)); }"""
    return page.evaluate(script)

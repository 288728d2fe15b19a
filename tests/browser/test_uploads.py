"""A photo of a digit, in any form a browser reads: its ink is found, turned upright, centred, and sent nowhere."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from genfigs.data import handwriting
from tests.browser.conftest import CHAPTER, Watched, until
from tests.browser.engines import IN_BOTH
from tests.browser.paper import answer, choose, digit, encoded, open_panel, photo, travelling

pytestmark = pytest.mark.browser
TURNED = 6  # the EXIF orientation of a picture that must be turned clockwise to stand upright
DIGITS = 60
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#eee"/>
<path d="M90 70H210L140 240" fill="none" stroke="#222" stroke-width="22"/></svg>"""


@pytest.fixture
def desk(chapter: Page) -> Page:
    """Return the chapter with the panel open for a photo."""
    open_panel(chapter, "Upload or paste a photo")
    return chapter


def turned(picture: Image.Image) -> bytes:
    """Return a JPEG that lies on its side and says so."""
    exif = Image.Exif()
    exif[0x0112] = TURNED
    return encoded(picture.rotate(90, expand=True), "JPEG", quality=90, exif=exif)


def animated(picture: Image.Image) -> bytes:
    """Return a GIF of this picture and then of another digit."""
    return encoded(picture, "GIF", save_all=True, append_images=[photo(digit(0))], duration=20, loop=0)


def negative(picture: Image.Image) -> Image.Image:
    """Return chalk on a blackboard."""
    return Image.eval(picture, lambda level: 255 - level)


def transparent(image: np.ndarray) -> Image.Image:
    """Return black ink on nothing."""
    layers = np.zeros((28, 28, 4), np.uint8)
    layers[..., 3] = image
    return Image.fromarray(layers, "RGBA").resize((280, 280))


def kinds() -> Iterator[tuple[str, str, bytes]]:
    """Yield names, media types and contents of pictures of a seven."""
    seven = photo(digit(7))
    yield "seven.png", "image/png", encoded(seven, "PNG")
    yield "seven.jpg", "image/jpeg", encoded(seven, "JPEG", quality=80)
    yield "on-its-side.jpg", "image/jpeg", turned(seven)
    yield "seven.webp", "image/webp", encoded(seven, "WEBP", quality=80)
    yield "moving.gif", "image/gif", animated(seven)
    yield "seven.svg", "image/svg+xml", SVG.encode()
    yield "chalk.png", "image/png", encoded(negative(seven), "PNG")
    yield "transparent.png", "image/png", encoded(transparent(digit(7)), "PNG")


@IN_BOTH
def test_a_seven_is_read_from_a_picture_of_any_kind(desk: Page) -> None:
    """A nought comes before each, so that no answer can be the last one's."""
    nought = encoded(photo(digit(0)), "PNG")
    for name, kind, content in kinds():
        choose(desk, nought)
        expect(desk.locator(".studio__verdict")).to_contain_text("The network reads 0")
        choose(desk, content, name, kind)
        expect(desk.locator(".studio__verdict")).to_contain_text("The network reads 7")
        expect(desk.locator(".studio__notice")).to_have_text("")
        assert answer(desk) == 7, name


def test_a_picture_of_8000_by_8000_pixels_is_read(desk: Page) -> None:
    large = photo(digit(3)).convert("L").resize((8000, 8000))
    choose(desk, encoded(large, "JPEG", quality=70), "large.jpg", "image/jpeg")
    expect(desk.locator(".studio__notice")).to_have_text("", timeout=30_000)
    assert answer(desk) == 3


@pytest.mark.parametrize(
    ("content", "name", "kind", "told"),
    [
        (b"", "empty.png", "image/png", "got an empty file"),
        (b"seven", "seven.txt", "text/plain", "got a file that is no picture"),
        (b"\x89PNG\r\n\x1a\nbroken", "broken.png", "image/png", "got a picture in a form that it cannot"),
        (b"%PDF-1.4", "seven.pdf", "application/pdf", "got a file that is no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_one_line_and_the_page_lives_on(
    desk: Page, content: bytes, name: str, kind: str, told: str
) -> None:
    before = travelling(desk)
    choose(desk, content, name, kind)
    notice = desk.locator(".studio__notice")
    expect(notice).to_contain_text(told)
    expect(notice).to_contain_text("must be a picture that this browser can read")
    np.testing.assert_array_equal(travelling(desk), before)
    choose(desk, encoded(photo(digit(7)), "PNG"))
    expect(notice).to_have_text("")
    assert answer(desk) == 7


@pytest.mark.parametrize("seed", range(4))
def test_bare_paper_is_refused(desk: Page, seed: int) -> None:
    choose(desk, encoded(photo(np.zeros((28, 28), np.uint8), seed=seed), "PNG"))
    expect(desk.locator(".studio__notice")).to_contain_text("must show something that stands out")


def test_specks_and_the_edge_of_the_paper_are_left_out(desk: Page) -> None:
    pixels = np.array(photo(digit(5), left=0.5, top=0.5))
    clean = encoded(Image.fromarray(pixels), "PNG")
    choose(desk, clean)
    expected = travelling(desk)
    pixels[20:24, 30:34] = pixels[380:383, 200:203] = 30
    pixels[:, :12] = 60
    choose(desk, encoded(Image.fromarray(pixels), "PNG"))
    assert np.abs(travelling(desk).astype(int) - expected).mean() < 6


DIRECTLY = "(image) => document.querySelector('.scrolly').scroll.send(Uint8Array.from(image))"
SEND = """([kind, bytes]) => {
    const file = new File([Uint8Array.from(bytes)], 'photo.png', { type: 'image/png' });
    const data = new DataTransfer();
    data.items.add(file);
    const how = { clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true };
    const event = kind === 'paste' ? new ClipboardEvent(kind, how) : new DragEvent(kind, how);
    document.querySelector(kind === 'paste' ? 'body' : '.studio').dispatchEvent(event);
}"""


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_photo_is_pasted_or_dropped(chapter: Page, way: str) -> None:
    if way == "drop":
        open_panel(chapter)
    chapter.evaluate(SEND, [way, list(encoded(photo(digit(7)), "PNG"))])
    expect(chapter.locator(".studio__verdict")).to_contain_text("The network reads 7")
    expect(chapter.get_by_role("dialog", name="Upload or paste a photo")).to_be_visible()


def test_nothing_is_sent_anywhere(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    page.wait_for_load_state("networkidle")
    open_panel(page, "Upload or paste a photo")
    expect(page.locator(".studio")).to_contain_text("leaves your machine")
    watched.requests.clear()
    outward = SVG.replace("<path", '<image href="http://example.invalid/x.png"/><path')
    for name, kind, content in [*kinds(), ("outward.svg", "image/svg+xml", outward.encode())]:
        choose(page, content, name, kind)
    page.wait_for_timeout(500)
    icon = f"{server}/assets/favicon.svg"  # a browser may ask for it again when the address changes
    assert [url for url in watched.requests if not url.startswith("blob:") and url != icon] == []


def test_a_photo_opened_by_its_link_is_called_one(desk: Page) -> None:
    choose(desk, encoded(photo(digit(7)), "PNG"))
    until(desk, "location.hash.startsWith('#photo=')")
    sent = travelling(desk)
    other = desk.context.new_page()
    other.goto(desk.url)
    other.wait_for_selector(".player")
    np.testing.assert_array_equal(travelling(other), sent)
    expect(other.locator(".player__status")).to_contain_text("it shows the photo in the link")


def test_photos_of_drawn_digits_are_read_nearly_as_well_as_the_digits_themselves(desk: Page) -> None:
    labels = (np.arange(DIGITS) % 10).astype(np.uint8)
    images = handwriting.draw(labels, 23)
    random = np.random.default_rng(1)
    hits, direct = 0, 0
    for index, (image, label) in enumerate(zip(images, labels, strict=True)):
        left, top, scale = random.uniform(0, 1), random.uniform(0, 1), int(random.integers(4, 12))
        picture = photo(image, scale=scale, left=left, top=top, seed=index)
        choose(desk, encoded(picture, "JPEG", quality=85), "photo.jpg", "image/jpeg")
        hits += answer(desk) == label
        desk.evaluate(DIRECTLY, image.ravel().tolist())
        direct += answer(desk) == label
    assert direct >= 0.9 * DIGITS
    assert hits >= direct - 0.05 * DIGITS

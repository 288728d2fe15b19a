"""The bill of a first layer as the image grows: a dense one against a convolutional one."""

from math import prod
from typing import Any

from genfigs.figures import Figure, Line, Mosaic, Results, Word
from genfigs.figures._plots import SMALL, USUAL, Plane, Series, drawn, grid

WIDTH, HEIGHT = 680, 640
KINDS = {"dense": ("dense", "negative"), "convolution": ("convolutional", "accent")}
PANELS = {"parameters": (56.0, 250.0), "multiplications": (350.0, 544.0)}
SCALES = {1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"}


def draw(results: Results, name: str) -> Figure:
    """Return one panel of parameters and one of multiplications; every step up is a thousand times more."""
    images = [tuple(image) for image in results.values["bill.images"]]
    lines: list[Line] = []
    words: list[Word] = []
    for counted in PANELS:
        more = panel(results, images, counted)
        lines, words = lines + more[0], words + more[1]
    words.append(Word("numbers in the image", 100, HEIGHT - 22.0, size=USUAL, anchor="start"))
    return Figure(
        alt=describe(results, images),
        width=WIDTH,
        height=HEIGHT,
        picture=Mosaic(WIDTH, HEIGHT, (), tuple(words), tuple(lines)),
        table=table(results, images),
    )


def panel(results: Results, images: list[tuple[int, ...]], counted: str) -> tuple[list[Line], list[Word]]:
    """Return both layers' counts over the size of the image, both by their logarithms."""
    top, bottom = PANELS[counted]
    sizes = [prod(image) for image in images]
    highest = max(results.values[f"bill.dense_{counted}"])
    up = (10.0, 2.0 * highest)
    plane = Plane(100.0, 490.0, top, bottom, (sizes[0], sizes[-1]), up, (True, True))
    heights = {value: text for value, text in SCALES.items() if value <= up[1]}
    lines, words = grid(plane, heights, {10.0**power: f"{10**power:,}" for power in (3, 4, 5, 6)})
    for kind, (called, role) in KINDS.items():
        counts = results.values[f"bill.{kind}_{counted}"]
        lines += drawn(plane, Series(list(zip(sizes, counts, strict=True)), role))
        y = plane.at(sizes[-1], counts[-1])[1]
        words += [
            Word(rounded(counts[-1]), plane.right + 14, y + 2, role, USUAL, "start"),
            Word(called, plane.right + 14, y + 20, role, SMALL, "start"),
        ]
    words.append(Word(f"{counted} of the first layer", 20, top - 28, size=USUAL, anchor="start"))
    return lines, words


def rounded(count: int | float) -> str:
    """Return a count in words: `9 trillion`, `14.4 billion`, `224`."""
    unit = max((scale for scale in SCALES if scale <= count), default=0)
    if unit < 1e6:
        return f"{count:,}"
    return f"{count / unit:.3g} {SCALES[unit]}"


def written(image: tuple[int, ...]) -> str:
    """Return the shape of an image in words."""
    return " × ".join(f"{size:,}" for size in image)


def describe(results: Results, images: list[tuple[int, ...]]) -> str:
    """Return the ends of the curves in words."""
    value: Any = results.values.__getitem__
    told = "; ".join(
        f"an image of {written(image)} needs {rounded(value(f'bill.{end}_dense_{counted}'))} {counted} in a dense "
        f"layer and {rounded(value(f'bill.{end}_convolution_{counted}'))} in a convolutional one"
        for counted in PANELS
        for end, image in (("smallest", images[0]), ("largest", images[-1]))
    )
    return (
        f"A first layer with one neuron per input against a convolution of {value('bill.filters')} kernels, "
        f"as the image grows: {told}."
    )


def table(results: Results, images: list[tuple[int, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return every count."""
    keys = [(kind, counted) for counted in PANELS for kind in KINDS]
    header = ("image", *(f"{counted}, {KINDS[kind][0]}" for kind, counted in keys))
    rows = (
        (written(image), *(f"{results.values[f'bill.{kind}_{counted}'][index]:,}" for kind, counted in keys))
        for index, image in enumerate(images)
    )
    return header, *rows

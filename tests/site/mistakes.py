"""A gallery of mistakes: the text of a page, and what it is answered with, after the page's path."""

from site_book import scrolly


def replaced(old, new):
    return scrolly().replace(old, new)


MISTAKES = {
    "value": (
        "One.\n\n`{{ network.parametres }}` is code.\n\nTwo {{ network.parametres }}.",
        "5: `{{ network.parametres }}` must name a value that the build computes; "
        "got `network.parametres`; did you mean `network.parameters`?",
    ),
    "filter": (
        "{{ epochs | word }}",
        "1: `filter` must name a filter; got `word`; did you mean `words`?",
    ),
    "value for the filter": (
        "{{ data.name | percent }}",
        "1: `percent` must be given one number; got handwriting; drop the filter",
    ),
    "expression": (
        "A\n{{ a b }}",
        "2: `{{ a b }}` must be a name, or a name, `|` and a filter; got `a b`; "
        "write it like `{{ network.parameters }}`, or put it in a code span",
    ),
    "figure": (
        "Text\n\n![a](../figures/kernel.svg)",
        "3: `image` must show a figure of the build; got `kernel`; did you mean `kernels`?",
    ),
    "file of a figure": (
        "![a](../figures/kernels.gif)",
        "1: `image` must show a file of `kernels`; got `kernels.gif`; known: dark.svg, light.svg",
    ),
    "alt text": (
        "A\n\n![](../figures/nameless.svg)",
        "3: `alt` must describe the figure; got nothing for `nameless.light.svg`; "
        "write it between the brackets",
    ),
    "scene": (
        "Hello\n\n" + replaced("forward-pass", "forward-pas"),
        "3: `scrolly` must name a scene; got `forward-pas`; did you mean `forward-pass`?",
    ),
    "no scene": (
        replaced(" | forward-pass", ""),
        "1: `scrolly` must name a scene; got ``; known: forward-pass",
    ),
    "stage": (
        replaced("stage | pool1", "stage | poool1"),
        "11: `stage` must name a stage of `forward-pass`; got `poool1`; did you mean `pool1`?",
    ),
    "missing stage": (
        "\n\n" + scrolly(("input", "conv1", "dense")),
        "3: `scrolly` must have every stage of `forward-pass`; got no `pool1`; add `//// stage | pool1`",
    ),
    "stage twice": (
        scrolly(("input", "conv1", "conv1", "pool1", "dense")),
        "11: `stage` must name a stage of `forward-pass` once; got `conv1` again; remove one of the two",
    ),
    "stages out of order": (
        scrolly(("input", "pool1", "conv1", "dense")),
        "11: `stage` must name a stage of `forward-pass` in the network's order; "
        "got `conv1` after `pool1`; move it before `pool1`",
    ),
    "stage on its own": (
        "Hello\n\n/// stage | conv1\nText.\n///",
        "3: `stage` must stand inside a `scrolly`; got `conv1` outside one; "
        "put it between `/// scrolly | forward-pass` and `///`",
    ),
    "open scene": (
        "\n" + scrolly().removesuffix("///\n"),
        "2: `scrolly` must be closed; got the end of the page; add `///` after its text",
    ),
    "open stage": (
        replaced("conv1.\n////", "conv1.\n"),
        "11: `stage` must not stand inside a stage; got `pool1` in `conv1`; close `conv1` with `////`",
    ),
    "open last stage": (
        replaced("dense.\n////", "dense.\n"),
        "15: `stage` must be closed; got the end of the page; add `////` after its text",
    ),
    "scene in a scene": (
        replaced("What happens at conv1.", "///// scrolly | forward-pass\n/////"),
        "1: `scrolly` must stand on its own; got one inside `stage`; close that first",
    ),
}

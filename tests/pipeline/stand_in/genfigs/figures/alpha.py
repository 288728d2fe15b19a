"""Stand-in: draws with a library and with a helper it imports late."""

import inkwell

from genfigs.figures import Figure


def draw(results, name):
    from genfigs.figures._shades import SHADE

    return Figure(
        inkwell.__doc__, f"{SHADE} {results.params['dense']['means'].round(3)}", values={"alpha.shade": SHADE}
    )

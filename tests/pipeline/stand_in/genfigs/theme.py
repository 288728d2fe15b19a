"""Stand-in: one colour."""

ACCENT = "#c8401a"


def tokens_css() -> str:
    return f":root {{ --accent: {ACCENT}; }}\n"

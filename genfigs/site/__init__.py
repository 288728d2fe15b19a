"""The site: what the book adds to Markdown, the theme's overrides, and the judge of what was built."""

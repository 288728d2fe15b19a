"""Tasks, what is stale, and the manifest: from `python -m genfigs build` to the files of the site."""

"""Checks that hold for every test: array shapes are checked at run time, and JAX never promotes ranks silently."""

import os

os.environ.setdefault("JAX_NUMPY_RANK_PROMOTION", "raise")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

from jaxtyping import install_import_hook

install_import_hook("genfigs", "beartype.beartype")

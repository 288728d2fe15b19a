"""Stand-in: a scene is a name and its stages."""

from collections import namedtuple

Scene = namedtuple("Scene", "name stages")

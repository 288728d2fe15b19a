"""Stand-in: two stages."""

from dataclasses import dataclass

Params = dict


@dataclass(frozen=True)
class Stage:
    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int


@dataclass(frozen=True)
class Sequential:
    stages: tuple[Stage, ...]

    @property
    def parameters(self) -> int:
        return sum(stage.parameters for stage in self.stages)

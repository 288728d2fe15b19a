"""The manifest: the contract's keys, true of the files beside it."""

import json
import re

from miniature import Project


def test_the_manifest_holds_what_the_contract_names(built_once: Project) -> None:
    text = (built_once.out / "manifest.json").read_text()
    manifest = json.loads(text)
    assert {"version", "network", "data", "values", "origins", "figures", "scenes"} == set(manifest)
    assert manifest["network"] == {
        "layers": [
            {"name": "input", "kind": "input", "shape": [28, 28, 1], "parameters": 0},
            {"name": "dense", "kind": "dense", "shape": [10], "parameters": 10},
        ],
        "parameters": 10,
    }
    assert set(manifest["data"]) == {"name", "sha256", "train", "test", "accuracy"}
    assert manifest["values"]["counting.total"] == manifest["data"]["train"]
    assert manifest["values"]["alpha.shade"] == "grey"
    assert manifest["scenes"]["forward-pass"]["stages"][1] == {
        "name": "dense",
        "title": "dense",
        "clause": "…",
    }
    assert manifest["origins"]["counting"] == {
        "file": "genfigs/experiments/counting.py",
        "about": "Stand-in: count the training images.",
    }
    for figure in manifest["figures"].values():
        for file in figure["files"].values():
            content = (built_once.out / file["path"]).read_bytes()
            assert file["bytes"] == len(content)
    assert manifest["figures"]["alpha"]["source"] == {"file": "genfigs/figures/alpha.py", "line": 8}
    assert re.findall(r'^ "(\w+)"', text, re.MULTILINE) == sorted(manifest)

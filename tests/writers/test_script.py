"""Modules joined into scripts run in the order of their imports, or are refused with a reason."""

import re
from pathlib import Path

import pytest

from genfigs.errors import UserError
from genfigs.pipeline.clean import ASSETS
from genfigs.writers.script import ENTRIES, bundle, read_modules

FOLDER = Path(__file__).parents[2] / "docs" / "assets" / "js"
BASE = "export const base = 1;\n"
SPELLING = 'import { a } from "./b.js";'


def join(modules: dict[str, str]) -> str:
    """Return all modules as one script, as if one more imported them all."""
    imports = "".join(f'import {{ }} from "./{name}";\n' for name in sorted(modules))
    return bundle({**modules, "entry.js": imports}, ["entry.js"])["entry.js"].decode()


def test_a_module_comes_after_what_it_imports() -> None:
    """Whatever the names of the files and however long the chain."""
    modules = {
        "a.js": 'import { middle } from "./b.js";\nconst top = middle;\n',
        "b.js": 'import { base } from "./z.js";\nexport const middle = base;\n',
        "z.js": BASE,
    }
    joined = join(modules)
    assert joined.index("const base") < joined.index("const middle") < joined.index("const top")
    assert joined == join(dict(reversed(modules.items())))


def test_a_module_imported_twice_runs_once() -> None:
    """As in the browser."""
    user = 'import { base } from "./base.js";\nconst NAME = base;\n'
    joined = join({"base.js": BASE, "b.js": user.replace("NAME", "b"), "c.js": user.replace("NAME", "c")})
    assert joined.count("const base = 1;") == 1


def test_the_script_is_strict_and_every_module_keeps_its_names_to_itself() -> None:
    """It leaves nothing behind in the page, and two modules may use one name."""
    (script,) = bundle(
        {"base.js": BASE, "one.js": 'import { base } from "./base.js";\nlet a = base;\n'}, ["one.js"]
    ).values()
    assert script.decode() == (
        '(() => {\n"use strict";\n'
        "const base_js = (() => {\nconst base = 1;\nreturn { base };\n})();\n"
        "(() => {\nconst { base } = base_js;\nlet a = base;\n})();\n})();\n"
    )


@pytest.mark.parametrize(
    "declared", ["async function f() {}", "function f() {}", "const f = 1;", "class f {}"]
)
def test_every_way_to_declare_an_export_is_read(declared: str) -> None:
    """Only the word `export` goes."""
    assert f"\n{declared}\nreturn {{ f }};\n" in join({"a.js": f"export {declared}\n"})


def test_an_import_over_several_lines_is_read() -> None:
    """As formatters break long ones."""
    user = 'import {\n  base,\n} from "./base.js";\nconst user = base;\n'
    assert "const { base } = base_js;\nconst user" in join({"base.js": BASE, "user.js": user})


def test_what_only_type_checkers_read_stays_behind() -> None:
    """Whole lines and inside a line; what is no type is left alone."""
    module = '/** @type {Map<string, {a: number}>} */\nconst a = 1;\nconst b = /** @type {any} */ (a); // "/** x */"\n'
    joined = join({"a.js": module})
    assert "@type" not in joined
    assert 'const b = (a); // "/** x */"' in joined


def test_words_in_comments_and_strings_are_no_imports() -> None:
    """JSDoc names types of other modules."""
    comment = '/** @typedef {import("./missing.js").Scene} Scene */\n'
    code = 'const s = "import x"; // kept\n'
    joined = join({"a.js": comment + code + "/**\n * A * star.\n */\n  // gone\nconst t = 1;\n"})
    assert f"\n{code}const t = 1;\n" in joined


@pytest.mark.parametrize(
    "line",
    [
        'import * as base from "./base.js";',
        'import base from "./base.js";',
        'import { base as other } from "./base.js";',
        "import { base } from './base.js';",
        'import "./base.js";',
        'import { base } from "elsewhere";',
        "export default 1;",
        "export let base = 1;",
        "export { base };",
        'export * from "./base.js";',
    ],
)
def test_other_spellings_are_refused_with_file_line_and_remedy(line: str) -> None:
    """What the joiner does not understand it must not drop."""
    with pytest.raises(UserError, match=re.escape(line)) as refused:
        join({"base.js": BASE, "user.js": f"const one = 1;\n{line}\n"})
    assert str(refused.value).startswith("user.js: ")
    assert SPELLING in str(refused.value)


def test_a_string_over_several_lines_is_refused() -> None:
    """Its indentation would be lost."""
    with pytest.raises(UserError, match=r"user\.js: .*got line 2: .*; join strings with \+"):
        join({"user.js": "const one = 1;\nconst two = `a\n  b`;\n"})


def test_an_import_of_a_missing_file_is_refused() -> None:
    """With the name that was asked for."""
    with pytest.raises(UserError, match=r"a\.js: .*got `missing\.js`"):
        join({"a.js": 'import { x } from "./missing.js";\n'})


def test_a_circle_is_refused_and_shown() -> None:
    """One script can run neither first."""
    one, other = 'import { b } from "./b.js";\n', 'import { a } from "./a.js";\n'
    with pytest.raises(UserError, match="circle") as refused:
        join({"a.js": one, "b.js": other})
    assert "a.js → " in str(refused.value)
    assert "b.js → " in str(refused.value)


def test_a_later_script_takes_what_an_earlier_one_holds() -> None:
    """A module runs once, in the first script that needs it."""
    modules = {
        "base.js": BASE,
        "one.js": 'import { base } from "./base.js";\nconst one = base;\n',
        "two.js": 'import { base } from "./base.js";\nconst two = base;\n',
    }
    first, second = bundle(modules, ["one.js", "two.js"]).values()
    shared = "globalThis.chapterModules"
    assert first.decode().endswith(f"{shared} = {{ ...{shared}, base_js }};\n}})();\n")
    assert b"const base = 1;" not in second
    assert second.decode().startswith(f'(() => {{\n"use strict";\nconst {{ base_js }} = {shared};\n')


def test_a_module_that_nothing_imports_is_refused() -> None:
    """It would be left out without a word."""
    with pytest.raises(UserError, match=r"spare\.js: .*import or delete it"):
        bundle({"one.js": BASE, "spare.js": ""}, ["one.js"])


def test_a_missing_entry_is_refused() -> None:
    """By its name."""
    with pytest.raises(UserError, match=r"the page: .*got `two\.js`"):
        bundle({"one.js": BASE}, ["one.js", "two.js"])


def test_the_chapter_s_modules_can_be_joined() -> None:
    """Every module is in one script, without a word of import or export left."""
    modules = read_modules(FOLDER)
    scripts = bundle(modules)
    assert list(scripts) == list(ENTRIES)
    assert set(ENTRIES) < set(ASSETS), "clean must remove them"
    joined = b"".join(scripts.values()).decode()
    assert len(modules) >= 5
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)
    for name in set(modules) - set(ENTRIES):
        assert joined.count(f"const {re.sub('[^a-z]', '_', name)} = (() => {{") == 1

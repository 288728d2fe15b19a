"""Markdown in, HTML out."""

import re
import subprocess
import sys

import pytest
from lxml import html
from site_book import PAGE, STAGES, manifest, render, scrolly, write_book


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("book"), {})


def tree(docs, text, path=PAGE):
    return html.fragment_fromstring(render(docs, text, path), create_parent="main")


def only(root, path):
    found = root.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)} found"
    return found[0]


class TestValues:
    def test_a_value_is_a_data_element_with_its_name_and_unrounded_value(self, docs):
        assert render(docs, "All {{ network.parameters }}.") == (
            '<p>All <data class="value" data-name="network.parameters" '
            'title="network.parameters, computed by the build; data: handwriting, seed 0" '
            'value="5258">5,258</data>.</p>'
        )

    @pytest.mark.parametrize(
        ("text", "path", "shown"),
        [
            ("## All {{ network.parameters }}", "//h2/data", "5,258"),
            ("| a |\n|---|\n| {{ accuracy.accuracy | percent }} |", "//td/data", "98.1%"),
            ("[all {{ epochs }}](https://example.org)", "//a/data", "5"),
            ("**{{ epochs | words }}**", "//strong/data", "five"),
            ("{{network.conv1.shape}}", "//data", "26 × 26 × 8"),
            ("- one\n- {{ epochs\n  | words }}", "//li/data", "five"),
            ("Word.[^1]\n\n[^1]: Note {{ epochs }}.", "//li//data", "5"),
            ('<div markdown="1">{{ epochs }}</div>', "//div/p/data", "5"),
        ],
    )
    def test_a_value_works_wherever_prose_does(self, docs, text, path, shown):
        assert only(tree(docs, text), path).text == shown

    @pytest.mark.parametrize(
        ("text", "path", "shown"),
        [
            ("![{{ epochs }} things](../assets/a.png)", "//img/@alt", "5 things"),
            ('[a](b.md "{{ epochs }} more")', "//a/@title", "5 more"),
            ("*[CNN]: after {{ epochs }} epochs\n\nA CNN.", "//abbr/@title", "after 5 epochs"),
            ('<p title="{{ epochs }}">raw</p>', "//p/@title", "5"),
        ],
    )
    def test_in_an_attribute_a_value_is_plain_text(self, docs, text, path, shown):
        assert only(tree(docs, text), path) == shown

    @pytest.mark.parametrize(
        "text",
        [
            "`{{ nothing }}`",
            "``a ` {{ nothing }}``",
            "`#!python x = {{ nothing }}`",
            "```\n{{ nothing }}\n```",
            "~~~python\n{{ nothing }}\n~~~",
            "Text:\n\n    {{ nothing }} <b>\n",
            "- item\n\n    ```\n    {{ nothing }}\n    ```\n",
        ],
    )
    def test_code_is_left_alone(self, docs, text):
        code = tree(docs, text).xpath("//code")
        assert "{{ nothing }}" in " ".join(code[0].text_content().split())

    def test_the_anchor_of_a_heading_is_made_of_the_text_that_the_reader_sees(self, docs):
        assert only(tree(docs, "# Only {{ epochs | words }} epochs"), "//h1/@id") == "only-five-epochs"


class TestScenes:
    def test_the_scene_carries_what_the_script_needs(self, docs):
        scene = only(tree(docs, scrolly()), "/main/div")
        assert dict(scene.attrib) == {
            "class": "scrolly",
            "id": "forward-pass",
            "data-scene": "forward-pass",
            "data-stage": "input",
            "data-progress": "0",
            "data-root": "../figures/",
        }
        assert [child.get("class") for child in scene] == ["scrolly__figure", None, "scrolly__stages"]
        assert dict(scene[1].attrib) == {"src": "../figures/chapter-data.js", "defer": ""}

    @pytest.mark.parametrize(
        ("path", "root"), [("index.md", "figures/"), ("a/b/c.md", "../../figures/"), (PAGE, "../figures/")]
    )
    def test_the_root_of_the_figures_follows_from_where_the_page_lies(self, docs, path, root):
        assert only(tree(docs, scrolly(), path), "//div/@data-root") == root

    def test_the_tape_links_every_stage_and_states_its_shape(self, docs):
        links = tree(docs, scrolly()).xpath("//nav[@class='tape']/ol/li/a")
        assert [link.get("href") for link in links] == [f"#stage-{name}" for name in STAGES]
        shapes = [link.find("span[@class='tape__shape']").text for link in links]
        assert shapes == ["28×28×1", "26×26×8", "13×13×8", "10"]
        assert links[1].text_content().split() == ["conv1", "26×26×8"]

    def test_blocks_on_the_tape_are_to_scale(self, docs):
        blocks = tree(docs, scrolly()).xpath("//nav//svg")
        sheets = [block[-1].get("points").split() for block in blocks]
        corners = [[tuple(map(float, corner.split(","))) for corner in sheet] for sheet in sheets]
        rows = [corner[3][1] - corner[0][1] for corner in corners[:3]]
        assert rows == pytest.approx([28, 26, 13], abs=0.01)
        depths = [float(block[0].get("points").split()[1].split(",")[0]) for block in blocks[:3]]
        assert depths == pytest.approx([14 + 1, 13 + 8, 6.5 + 8])

    def test_a_stage_has_its_title_facts_text_and_still(self, docs):
        stage = only(tree(docs, scrolly()), "//section[@id='stage-conv1']")
        assert stage.get("aria-labelledby") == "stage-conv1-title stage-conv1-shape"
        assert only(stage, "./div[@class='stage__card']/h3[@id='stage-conv1-title']").text == "Convolution"
        facts = only(stage, ".//p[@class='stage__facts']")
        assert [fact.text for fact in facts] == ["26 × 26 × 8", "5,408 numbers", "80 parameters"]
        assert dict(facts[0].attrib) == {"class": "stage__shape", "id": "stage-conv1-shape"}
        assert only(stage, "./div/p[2]").text == "What happens at conv1."
        stills = stage.xpath("./figure[@class='stage__still']/img")
        assert [still.get("src") for still in stills] == [
            "../figures/stage-conv1.light.svg",
            "../figures/stage-conv1.dark.svg",
        ]
        assert {still.get("alt") for still in stills} == {"The conv1 stage."}

    def test_a_stage_that_learned_nothing_claims_no_parameters(self, docs):
        facts = only(tree(docs, scrolly()), "//section[@id='stage-pool1']//p[@class='stage__facts']")
        assert [fact.text for fact in facts] == ["13 × 13 × 8", "1,352 numbers"]

    def test_any_markdown_works_inside_a_stage(self, docs):
        prose = "First {{{{ epochs }}}}.\n\n- a\n- b\n\n```\n//// x\n```\n\n??? note\n    Deep.\n\nLast."
        root = tree(docs, scrolly(prose=prose))
        card = only(root, "//section[@id='stage-conv1']/div")
        tags = ["h3", "p", "p", "ul", "div", "details", "p", "details"]
        assert [child.tag for child in card] == tags
        assert card[-2].text == "Last."
        assert card[-1].get("class") == "aside save"
        assert len(root.xpath("//section")) == len(STAGES)

    def test_text_after_the_scene_is_outside_it(self, docs):
        root = tree(docs, scrolly() + "\nAfterwards.")
        assert [child.tag for child in root] == ["div", "p"]

    def test_stage_titles_are_in_the_table_of_contents(self, docs):
        toc = tree(docs, "[TOC]\n\n# Chapter\n\n" + scrolly())
        assert "#stage-conv1-title" in toc.xpath("//div[@class='toc']//a/@href")


class TestFigures:
    def test_a_figure_has_one_sized_lazy_image_per_theme(self, docs):
        figure = only(tree(docs, "![Mine](../figures/kernels.svg)"), "/main/figure")
        assert figure.get("id") == "figure-kernels"
        assert figure.get("class") == "figure"
        for image, theme in zip(figure.xpath("./div/img"), ("light", "dark"), strict=True):
            assert dict(image.attrib) == {
                "alt": "Mine",
                "class": f"figure__{theme}",
                "src": f"../figures/kernels.{theme}.svg",
                "width": "320",
                "height": "200",
                "loading": "lazy",
                "decoding": "async",
            }

    def test_an_empty_alt_text_is_taken_from_the_manifest(self, docs):
        assert set(tree(docs, "![](../figures/kernels.svg)").xpath("//img/@alt")) == {"Eight kernels."}

    @pytest.mark.parametrize(
        ("text", "captions"),
        [
            ("![](../figures/kernels.svg)", []),
            ("![](../figures/history.svg)", ["Loss falls."]),
            ('![](../figures/history.svg "In {{ epochs }} steps")', ["In 5 steps"]),
        ],
    )
    def test_a_caption_is_the_title_or_the_manifests(self, docs, text, captions):
        assert tree(docs, text).xpath("//figure/figcaption/text()") == captions

    def test_a_figure_within_a_sentence_stays_within_it(self, docs):
        root = tree(docs, "See ![k](../figures/kernels.svg) here.")
        assert only(root, "/main/p/span[@class='figure']").tail == " here."
        assert not root.xpath("//figure")

    def test_one_file_of_a_figure_can_be_shown_by_its_full_name(self, docs):
        assert tree(docs, "![k](../figures/stage-conv1.gif)").xpath("//img/@src") == [
            "../figures/stage-conv1.gif"
        ]

    def test_attributes_of_the_image_go_to_the_figure(self, docs):
        figure = only(tree(docs, "![k](../figures/kernels.svg){ .wide #mine }"), "//figure")
        assert (figure.get("class"), figure.get("id")) == ("figure wide", "mine")

    def test_a_figure_shown_twice_has_two_identities(self, docs):
        root = tree(docs, "![](../figures/kernels.svg)\n\n![](../figures/kernels.svg)")
        assert root.xpath("//figure/@id") == ["figure-kernels", "figure-kernels-2"]

    @pytest.mark.parametrize("source", ["../assets/a.png", "https://example.org/figures/kernels.svg"])
    def test_other_images_are_left_alone(self, docs, source):
        assert render(docs, f"![a]({source})") == f'<p><img alt="a" src="{source}" /></p>'


def test_a_changed_manifest_is_read_again_by_the_next_page(tmp_path):
    data = manifest()
    docs = write_book(tmp_path, {}, data)
    before = render(docs, "{{ epochs }}")
    data["values"]["epochs"] = 600
    write_book(tmp_path, {}, data)
    assert (re.sub("<.*?>", "", before), re.sub("<.*?>", "", render(docs, "{{ epochs }}"))) == ("5", "600")


def test_the_extension_loads_neither_jax_nor_matplotlib_nor_mkdocs():
    heavy = "{'jax', 'matplotlib', 'mkdocs', 'numpy'}"
    code = f"import sys, genfigs.site.markdown; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"

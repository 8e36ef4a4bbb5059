"""Templates: which one is taken, what they may not do, and what is said when they fail."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown_it import MarkdownIt

from diplan.render.escaping import escaped, escaped_values
from diplan.render.html import html
from diplan.render.templates import (
    TemplateError,
    TemplateKind,
    builtin_templates,
    environment,
    rendered,
)
from pages import EVERYTHING

Folder = Callable[..., Path]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Folder:
    def make(name: str = "templates", **texts: str) -> Path:
        home = tmp_path / name
        home.mkdir(exist_ok=True)
        for stem, text in texts.items():
            (home / f"{stem}.j2").write_text(text, encoding="utf-8")
        return home

    return make


def test_the_nearest_folder_wins(folder: Folder) -> None:
    """A template of the first folder hides that of the second, which hides the built-in one."""
    near, far = folder("near", a="near a"), folder("far", a="far a", b="far b")
    found = environment([near, far], kind="html")

    assert rendered(found, "a.j2") == "near a"
    assert rendered(found, "b.j2") == "far b"
    assert found.holds("report.html.j2")
    assert builtin_templates().joinpath("style.css").is_file()


def test_a_style_sheet_of_ones_own(folder: Folder) -> None:
    """A council's style.css takes the place of diplan's, read as it is written."""
    home = folder()
    (home / "style.css").write_text("h1{color:#123}a{#}", encoding="utf-8")

    assert "h1{color:#123}a{#}" in html(EVERYTHING, environment([home], kind="html"))


def test_a_part_of_a_page_of_ones_own(folder: Folder) -> None:
    """A template can build on the built-in one and replace a part of it."""
    own = "{% extends 'report.html.j2' %}{% block footer %}<p>Ours: {{ title }}</p>{% endblock %}"
    made = html(EVERYTHING, environment([folder(own=own)], kind="html"), template="own.j2")

    assert f"<p>Ours: {EVERYTHING.title}</p>" in made
    assert "Made with diplan" not in made


def test_the_pieces_can_be_used_alone(folder: Folder) -> None:
    """A template of one's own can lay out the sections it wants as the built-in one does."""
    own = (
        "{% extends 'report.html.j2' %}{% block main %}"
        "<h2>Only</h2>{{ blocks(sections[0].parts) }}{% endblock %}"
    )
    made = html(EVERYTHING, environment([folder(own=own)], kind="html"), template="own.j2")

    assert made.count("<table>") == 1
    assert made.count("<h2") == 2, "the contents' and its own"


FAILING: Mapping[str, tuple[str, str, str]] = {
    "syntax": ("\n{% if %}", r'^template "a.j2", line 2: expected an expression', ""),
    "unknown-tag": ("{% shell 'ls' %}", 'line 1: encountered unknown tag "shell"', ""),
    "unknown-filter": ("\n\n{{ 1|nofilter }}", "line 3: no filter named", ""),
    "undefined": ("{{ 1 }}\n{{ titel }}", 'line 2: "titel" is undefined', "given things, title"),
    "no-such-part": ("{{ title.x }}", "line 1: .*has no attribute", "given things, title"),
    "type": ("\n{{ 1 + title }}", "line 2: unsupported operand", "TypeError"),
    "call": ("{{ title() }}", "line 1: .*not callable", "TypeError"),
    "zero": ("{{ 1 / 0 }}", "line 1: division by zero", "ZeroDivisionError"),
    "missing": ("\n{% include 'b.j2' %}", 'line 2: there is no template "b.j2"', "looked for in"),
    "itself": ("{% include 'a.j2' %}", "line 1: it goes on without end", "include"),
    "its-own-child": ("{% extends 'a.j2' %}", "it goes on without end", "extend"),
    "endless": ("{% for i in range(10**9) %}{% endfor %}", "line 1: range too big", ""),
    "python": ("{{ title.__class__ }}", "line 1: access to attribute", "nothing else"),
    "python-by-filter": ("{{ title|attr('__class__') }}", "line 1: access to attr", "nothing else"),
    "by-join": ("{{ [title]|join(', ', '__class__') }}", "line 1: access to attr", "nothing else"),
    "by-format": ("{{ '{0.__class__}'.format(title) }}", "line 1: access to attr", "nothing else"),
    "changing": ("{{ things.append(1) }}", "line 1: access to attribute", "nothing else"),
}


@pytest.mark.parametrize("kind", ["html", "markdown"])
@pytest.mark.parametrize("case", FAILING)
def test_failures_name_template_and_line(case: str, kind: TemplateKind, folder: Folder) -> None:
    """Whatever goes wrong in a template becomes a message with its name and line, and a hint."""
    text, message, hint = FAILING[case]
    found = environment([folder(a=text)], kind=kind)

    with pytest.raises(TemplateError) as caught:
        rendered(found, "a.j2", title="T", things=[])
    said = str(caught.value)
    assert said.startswith('template "a.j2"')
    assert re.search(message, said), said
    assert hint in caught.value.hint


def test_the_innermost_template_is_named(folder: Folder) -> None:
    """Where an included template fails, it is the one that is named."""
    found = environment([folder(a="\n{% include 'b.j2' %}", b="\n\n{{ nothing }}")], kind="html")

    with pytest.raises(TemplateError, match=r'^template "b\.j2", line 3: "nothing" is undefined'):
        rendered(found, "a.j2")


def test_a_template_that_is_not_there(folder: Folder) -> None:
    """A missing template is named with the folders that were looked through."""
    home = folder()

    with pytest.raises(TemplateError, match=r'there is no template "plan\.j2"') as caught:
        rendered(environment([home], kind="html"), "plan.j2")
    assert str(home) in caught.value.hint


def test_a_template_that_is_not_utf_8(folder: Folder) -> None:
    """A template in another encoding is refused in words."""
    home = folder()
    (home / "a.j2").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(TemplateError, match="it is not UTF-8"):
        rendered(environment([home], kind="html"), "a.j2")


@pytest.mark.parametrize(
    "name",
    ["../secret.j2", "/etc/passwd", "x/../../secret.j2", "..\\\\secret.j2", "link.j2",
     "way/secret.j2", "secret.j2\\0.j2", ".", ""],
)  # fmt: skip
def test_no_file_outside_the_folders(name: str, folder: Folder, tmp_path: Path) -> None:
    """Neither a path nor a link leads out of the folders of templates."""
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    home = folder(a=f"{{% include '{name}' %}}")
    (home / "link.j2").symlink_to(tmp_path / "secret.j2")
    (home / "way").symlink_to(tmp_path)

    with pytest.raises(TemplateError, match="there is no template"):
        rendered(environment([home], kind="html"), "a.j2")


MARKUP = "*a* [b](c) <i>d</i> | `e` & #f _g_"


@pytest.mark.parametrize(
    "text",
    [
        "{{ x }}",
        "{{ x|e }}",
        "{{ x|escape|trim }}",
        "{{ x|forceescape }}",
        "{{ [x, x]|join(' - ') }}",
        "{{ ['<b>'|safe, x]|join }}",
        "{{ ('-'|safe) ~ x }}",
        "{{ ('-'|safe) + x }}",
        "{{ ('%s'|safe) % x }}",
        "{{ ('{}'|safe).format(x) }}",
        "{{ ('y'|safe)|replace('y', x) }}",
        "{{ x ~ '-' ~ x }}",
        "{{ x|upper }}",
        "{{ x[:] }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) ~ x }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) + x }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ [m(x), x]|join(', ') }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% set y %}{{ x }}{% endset %}{{ y ~ x }}",
        "{% filter trim %}{{ x }}{% endfilter %}",
        "{% for one in [x, x] %}{{ one }}{% endfor %}",
        "{% import 'm.j2' as m %}{{ m.say(x) ~ x }}",
    ],
)
def test_markdown_holds(text: str, folder: Folder) -> None:
    """However text is passed about in a Markdown template, it comes out as text."""
    found = environment(
        [folder(a=text, m="{% macro say(y) %}{{ y }}{% endmacro %}")], kind="markdown"
    )
    made = rendered(found, "a.j2", x=MARKUP)
    read = MarkdownIt("commonmark").enable("table").render(made)

    assert not re.search(r"<(em|a|i|code|h1|strong)\b", read.replace("<b>", "")), made
    assert not re.search(r"(?<!\\)[|*`\[]", made), made


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_values_of_any_shape_are_escaped(value: object) -> None:
    """Every text in what a Markdown template gets is what `escaped` makes of it."""

    def texts(value: object) -> list[str]:
        if isinstance(value, list | dict):
            parts = value.values() if isinstance(value, dict) else value
            return [text for part in parts for text in texts(part)]
        return [str(value)]

    assert texts(escaped_values(value)) == [escaped(text) for text in texts(value)]


def test_a_function_of_the_document_gives_escaped_texts(folder: Folder) -> None:
    """What a template calls, such as a report's data, is no way around."""
    found = environment([folder(a="{{ x().name }}{{ x().rows[0] }}")], kind="markdown")

    assert rendered(found, "a.j2", x=lambda: {"name": "*a*", "rows": ("_b_",)}) == r"\*a\*\_b\_"


def test_markdown_that_is_meant(folder: Folder) -> None:
    """What a template itself writes, and what a macro of it returns, is Markdown."""
    text = "{% macro strong(y) %}**{{ y }}**{% endmacro %}# {{ strong(x) }}\n"

    found = environment([folder(a=text)], kind="markdown")
    assert rendered(found, "a.j2", x="a*b") == "# **a\\*b**\n"


def test_html_is_escaped(folder: Folder) -> None:
    """In a page's template markup in the data is text, and so are unsafe characters."""
    found = environment([folder(a="{{ x }}{{ 3 }}{{ '<i>'|safe }}")], kind="html")

    assert rendered(found, "a.j2", x="<b>\u202e") == "&lt;b&gt;&lt;U+202E&gt;3<i>"


@pytest.mark.parametrize("name", ["tojson", "urlize", "xmlattr"])
def test_filters_that_make_html_are_not_there_for_markdown(name: str) -> None:
    """A filter that would print HTML into Markdown is unknown there."""
    made: dict[str, Any] = environment([], kind="markdown").filters

    assert name not in made
    assert name in environment([], kind="html").filters


def test_environments_do_not_touch_each_other() -> None:
    """What one environment is given, another does not have."""
    one: Environment = environment([], kind="html")
    one.globals["x"] = 1

    assert "x" not in environment([], kind="html").globals

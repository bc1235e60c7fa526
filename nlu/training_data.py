"""Reads training sentences in Rasa's NLU YAML; whatever is malformed is told by file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

_ANNOTATION = re.compile(
    r"\[(?P<text>[^\]\[]+)\]"
    r"(?:\((?P<name>[^:)]+)(?::(?P<value>[^)]*))?\)|(?P<one>\{[^}]*\})|\[(?P<many>\{.*?\})\])"
)
_SECTIONS = ("intent", "synonym", "lookup", "regex")


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotated entity: characters of the plain text, its name and canonical value."""

    start: int
    end: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its intent and marks, and the place it was read from."""

    text: str
    intent: str
    marks: tuple[Mark, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class TrainingData:
    """All there is to learn from. `synonyms` maps a form in lower case to its values."""

    examples: tuple[Example, ...] = ()
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lookups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    regexes: dict[str, tuple[str, ...]] = field(default_factory=dict)


class MalformedTrainingData(ValueError):
    """Training data that cannot be used; `problems` are lines of "file:line: what"."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def files_of(folder_or_file: Path) -> list[Path]:
    """The YAML files of a folder, at any depth and in order of their names, or the file."""
    if folder_or_file.is_file():
        return [folder_or_file]
    found = (p for kind in ("*.yml", "*.yaml") for p in folder_or_file.rglob(kind))
    return sorted(p for p in found if not any(part.startswith(".") for part in p.parts))


def read_training_data(folder_or_file: Path) -> TrainingData:
    """Every file's `nlu` section together.

    Raises MalformedTrainingData with all that is wrong, not only the first of it.
    """
    reader = _Reader()
    paths = files_of(folder_or_file)
    if not paths:
        raise MalformedTrainingData([f"{folder_or_file}: no YAML file there"])
    for path in paths:
        reader.read(path)
    if reader.problems:
        raise MalformedTrainingData(reader.problems)
    if not reader.examples and not reader.tables:
        raise MalformedTrainingData([f"{folder_or_file}: no training sentences in it"])
    return reader.collected()


class _Reader:
    def __init__(self) -> None:
        self.examples: list[Example] = []
        self.tables: dict[str, dict[str, list[str]]] = {}
        self.problems: list[str] = []
        self.path = Path()

    def collected(self) -> TrainingData:
        def table(kind: str) -> dict[str, tuple[str, ...]]:
            named = self.tables.get(kind, {})
            return {name: tuple(dict.fromkeys(lines)) for name, lines in named.items()}

        synonyms: dict[str, list[str]] = {}
        for value, forms in table("synonym").items():
            for form in (value, *forms):
                synonyms.setdefault(form.lower(), []).append(value)
        for example in self.examples:
            for mark in example.marks:
                form = example.text[mark.start : mark.end].lower()
                if mark.value.lower() != form and mark.value not in synonyms.get(form, ()):
                    synonyms.setdefault(form, []).append(mark.value)
        return TrainingData(
            tuple(self.examples),
            {form: tuple(dict.fromkeys(values)) for form, values in synonyms.items()},
            table("lookup"),
            table("regex"),
        )

    def read(self, path: Path) -> None:
        self.path = path
        try:
            with path.open(encoding="utf-8") as stream:
                root = yaml.compose(stream, Loader=yaml.SafeLoader)
        except UnicodeDecodeError as error:
            self._wrong(0, f"not UTF-8 text ({error.reason})")
            return
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            self._wrong(line, f"not valid YAML: {error.problem}")
            return
        except yaml.YAMLError as error:
            self._wrong(0, f"not valid YAML: {error}")
            return
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            self._wrong(root.start_mark.line, "expected keys such as `version` and `nlu`")
            return
        for key, value in root.value:
            if key.value == "nlu":
                self._read_sections(value)

    def _wrong(self, line: int, what: str) -> None:
        self.problems.append(f"{self.path}:{line + 1}: {what}")

    def _read_sections(self, node: yaml.Node) -> None:
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node.start_mark.line, "`nlu` must be a list")
            return
        for item in node.value:
            self._read_section(item)

    def _read_section(self, item: yaml.Node) -> None:
        line = item.start_mark.line
        if not isinstance(item, yaml.MappingNode):
            self._wrong(line, "expected `- intent:`, `- synonym:`, `- lookup:` or `- regex:`")
            return
        keys = {key.value: value for key, value in item.value}
        kind = next((kind for kind in _SECTIONS if kind in keys), None)
        if kind is None:
            self._wrong(line, f"expected one of {', '.join(_SECTIONS)}, found {', '.join(keys)}")
            return
        name = keys[kind]
        if not isinstance(name, yaml.ScalarNode) or not name.value.strip():
            self._wrong(name.start_mark.line, f"{kind} without a name")
        elif "examples" not in keys:
            self._wrong(line, f"{kind} {name.value} has no examples")
        else:
            self._read_examples(kind, name.value.strip(), keys["examples"])

    def _read_examples(self, kind: str, name: str, node: yaml.Node) -> None:
        count = 0
        for line, text in self._lines(node):
            count += 1
            if kind == "intent":
                self._read_sentence(name, text, line)
                continue
            if kind == "regex":
                try:
                    re.compile(text)
                except re.error as error:
                    self._wrong(line, f"regex {name} does not compile: {error}")
                    continue
            self.tables.setdefault(kind, {}).setdefault(name, []).append(text)
        if not count:
            self._wrong(node.start_mark.line, f"{kind} {name} has no examples")

    def _lines(self, node: yaml.Node) -> Iterator[tuple[int, str]]:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from self._listed(item)
            return
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(node.start_mark.line, "examples must be a block of `- ` lines or a list")
            return
        block = node.style in ("|", ">")
        for offset, raw in enumerate(node.value.split("\n")):
            line = node.start_mark.line + offset + block
            text = raw.strip()
            if not text:
                continue
            if text != "-" and not text.startswith("- "):
                self._wrong(line, f"an example begins with `- `: {text[:40]!r}")
            elif text[1:].strip():
                yield line, text[1:].strip()

    def _listed(self, item: yaml.Node) -> Iterator[tuple[int, str]]:
        line = item.start_mark.line
        if isinstance(item, yaml.MappingNode):
            texts = [value for key, value in item.value if key.value == "text"]
            item = texts[0] if texts else item
        if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
            self._wrong(line, "an example in a list is a text, or has a `text`")
            return
        yield line, re.sub(r"^-\s+", "", item.value.strip())

    def _read_sentence(self, intent: str, raw: str, line: int) -> None:
        text, marks, last = "", [], 0
        for match in _ANNOTATION.finditer(raw):
            text += raw[last : match.start()]
            last = match.end()
            start = len(text)
            text += match["text"]
            mark = self._mark(match, start, line)
            if mark is not None:
                marks.append(mark)
        text += raw[last:]
        if re.search(r"\]\(|\]\{", text):
            self._wrong(line, f"an annotation is not closed: {raw[:60]!r}")
            return
        self.examples.append(Example(text, intent, tuple(marks), f"{self.path}:{line + 1}"))

    def _mark(self, match: re.Match[str], start: int, line: int) -> Mark | None:
        words = match["text"]
        if match["name"] and not re.fullmatch(r"\s*[\w./#-]+\s*", match["name"]):
            self._wrong(line, f"the annotation of {words!r} is not closed, or no name")
            return None
        if match["name"]:
            value = match["value"] if match["value"] is not None else words
            return Mark(start, start + len(words), match["name"].strip(), value)
        try:
            stated = json.loads(match["one"] or f"[{match['many']}]")
        except json.JSONDecodeError as error:
            self._wrong(line, f"the annotation of {words!r} is not JSON: {error.msg}")
            return None
        if isinstance(stated, list):
            stated = stated[0]
        if not isinstance(stated, dict) or not isinstance(stated.get("entity"), str):
            self._wrong(line, f'the annotation of {words!r} lacks "entity"')
            return None
        value = str(stated.get("value", words))
        return Mark(start, start + len(words), stated["entity"], value)

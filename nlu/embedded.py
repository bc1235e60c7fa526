"""The engine that lives in the process: learns from the training sentences, needs no server."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.acts import KnownName
from nlu.clauses import Cutter, train_cutter
from nlu.engine import Entity, Parse
from nlu.features import Eye, Seen, pieces, token_features
from nlu.gazetteer import Gazetteer, Patterns, synonym_lists
from nlu.intents import Intents, train_intents
from nlu.tagger import Span, Tagger, tags_of, train_tagger
from nlu.training_data import Example, TrainingData
from nlu.variations import (
    Inventor,
    capitalised,
    lowered,
    misspelt,
    with_manners,
    with_other_words,
    words_of_entities,
)
from nlu.words import Spelling, plain, tokens_of


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn. `varied` is the share of sentences that get each kind of variation.

    `outside` is the intent of what is out of scope, `swapped` the entities whose words
    may be replaced by each other's.
    """

    outside: str = "out_of_scope"
    strictness: float = 1.0
    tagger_rounds: int = 5
    varied: float = 0.22
    seed: int = 7


@dataclass(frozen=True)
class Words:
    """The words to know; `meanings` are the values that each entity was annotated with."""

    spelling: dict[str, int]
    lookups: dict[str, tuple[str, ...]]
    regexes: dict[str, tuple[str, ...]]
    synonyms: dict[str, tuple[str, ...]]
    meanings: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Model:
    """All that was learnt; the taggers and the cutter are the bytes of theirs."""

    words: Words
    intents: Intents
    first_tagger: bytes
    tagger: bytes
    cutter: bytes


class Embedded:
    """Parses with a trained model. Safe to use from one thread at a time only."""

    name = "embedded"

    def __init__(self, model: Model) -> None:
        self._intents = model.intents
        self._eye = _eye(model.words)
        self._first = Tagger(model.first_tagger)
        self._tagger = Tagger(model.tagger)
        self._synonyms = model.words.synonyms
        self._meanings = model.words.meanings
        self.cutter = Cutter(Tagger(model.cutter))

    def parse(self, clause: str, known: Sequence[KnownName] = ()) -> Parse:
        seen = self._eye.see(clause, known)
        ranking = self._ranked(seen)
        if not seen.tokens:
            return Parse(ranking)
        spans = self._tagger.spans(token_features(seen, (f"I={ranking[0][0]}",)))
        return Parse(ranking, tuple(self._entity(seen, span) for span in spans))

    def intents(
        self, clause: str, known: Sequence[KnownName] = ()
    ) -> tuple[tuple[str, float], ...]:
        """The ranking alone, for a piece of a message that may or may not be a clause."""
        return self._ranked(self._eye.see(clause, known))

    def cuts(self, text: str, known: Sequence[KnownName] = ()) -> list[tuple[int, float]]:
        """Where a further clause may begin, with the probability that one does."""
        return self.cutter.cuts(self._eye.see(text, known))

    def _ranked(self, seen: Seen) -> tuple[tuple[str, float], ...]:
        first = self._first.spans(token_features(seen))
        return self._intents.ranking(pieces(seen, first))

    def _entity(self, seen: Seen, span: Span) -> Entity:
        start, end = seen.tokens[span[0]].start, seen.tokens[span[1] - 1].end
        words = seen.text[start:end]
        meant = self._synonyms.get(words.lower(), ())
        known = self._meanings.get(span[2], ())
        value = next((m for m in meant if m in known), meant[0] if meant and not known else words)
        return Entity(start, end, span[2], value)


def _eye(words: Words) -> Eye:
    meanings = {name: set(values) for name, values in words.meanings.items()}
    forms = synonym_lists(words.synonyms, meanings)
    lists = {**words.lookups, **{f"syn {name}": tuple(listed) for name, listed in forms.items()}}
    return Eye(Spelling(words.spelling), Gazetteer(lists), Patterns(words.regexes))


def learn(data: TrainingData, settings: Settings = Settings()) -> Model:
    """Trains on all of the data. Takes seconds, and the same data gives the same model."""
    spelling = Spelling.learn(tokens_of(example.text) for example in data.examples)
    words = Words(
        spelling.counts,
        data.lookups,
        data.regexes,
        data.synonyms,
        _meanings(data),
    )
    eye = _eye(words)
    examples, groups = _varied(data.examples, settings)
    seen = [eye.see(example.text) for example in examples]
    tags = [tags_of(s.tokens, e.marks) for s, e in zip(seen, examples, strict=True)]
    rows = [token_features(s) for s in seen]
    rounds = settings.tagger_rounds
    first = train_tagger(rows, tags, max_iterations=rounds)
    spans = _honest_spans(rows, tags, groups, rounds)
    documents = [list(pieces(s, its)) for s, its in zip(seen, spans, strict=True)]
    named = [example.intent for example in examples]
    intents = train_intents(documents, named, groups, settings.outside, settings.strictness)
    hinted = [token_features(s, (f"I={e.intent}",)) for s, e in zip(seen, examples, strict=True)]
    tagger = train_tagger(hinted, tags, max_iterations=rounds)
    chance = random.Random(settings.seed)  # noqa: S311 - repeatable on purpose
    cutter = train_cutter(examples, eye, chance)
    return Model(words, intents, first.blob, tagger.blob, cutter.blob)


def _meanings(data: TrainingData) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for example in data.examples:
        for mark in example.marks:
            if plain(example.text[mark.start : mark.end]) in data.synonyms:
                found.setdefault(mark.name, {})[mark.value] = None
    values = {value for meant in data.synonyms.values() for value in meant}
    return {
        name: tuple(value for value in meant if value in values)
        for name, meant in sorted(found.items())
    }


def _varied(examples: Sequence[Example], settings: Settings) -> tuple[list[Example], list[int]]:
    """The sentences and their variations, each with the number of its original."""
    chance = random.Random(settings.seed)  # noqa: S311 - repeatable on purpose
    words, inventor = words_of_entities(examples), Inventor(examples)
    varied: list[Example] = []
    groups: list[int] = []
    order = list(range(len(examples)))
    chance.shuffle(order)
    for group, at in enumerate(order):
        example = examples[at]
        forms = [capitalised(example) if chance.random() < 0.35 else example]
        if chance.random() < settings.varied:
            forms.append(misspelt(lowered(example), chance))
        if example.marks and chance.random() < settings.varied:
            swapped = with_other_words(example, words, chance)
            forms.append(inventor.vary(swapped, chance))
        if example.marks and chance.random() < settings.varied:
            forms.append(lowered(inventor.vary(example, chance)))
        if chance.random() < settings.varied:
            polite = with_manners(example, chance)
            forms.append(capitalised(polite) if chance.random() < 0.5 else polite)
        if example.marks and chance.random() < settings.varied / 3:
            forms.append(inventor.listed(example, chance))
        varied += forms
        groups += [group] * len(forms)
    return varied, groups


def _honest_spans(
    rows: Sequence[list[list[str]]],
    tags: Sequence[list[str]],
    groups: Sequence[int],
    rounds: int,
) -> list[list[Span]]:
    """Spans of each sentence by a tagger that has not seen it, as they will be in use."""
    spans: list[list[Span]] = [[] for _ in rows]
    for half in (0, 1):
        taught = [at for at, group in enumerate(groups) if group % 2 == half]
        tagger = train_tagger(
            [rows[at] for at in taught],
            [tags[at] for at in taught],
            max_iterations=max(2, rounds * 2 // 3),
        )
        for at, group in enumerate(groups):
            if group % 2 != half:
                spans[at] = tagger.spans(rows[at])
    return spans

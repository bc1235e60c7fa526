"""Keeps trained models in files, and finds the one that belongs to some training data."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from dataclasses import asdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np

from nlu.embedded import Embedded, Model, Settings, Words, learn
from nlu.intents import Intents
from nlu.training_data import files_of, read_training_data

_LEARNERS = [
    "clauses",
    "embedded",
    "everyday",
    "features",
    "gazetteer",
    "intents",
    "tagger",
    "training_data",
    "variations",
    "words",
]
_LIBRARIES = ("numpy", "scikit-learn", "python-crfsuite")


log = logging.getLogger(__name__)


class UnreadableModelError(ValueError):
    """A file that is no model of this version."""


def embedded(cache_dir: Path | None = None, data: Path | None = None) -> Embedded:
    """The engine for the given training sentences, by default the assistant's own.

    It is trained on first use, which takes seconds, and kept in `cache_dir`, by default
    the user's cache folder, until the data, the settings or the versions change.
    """
    settings = Settings()
    data = data or own_data()
    path = (cache_dir or _cache_folder()) / f"embedded-{fingerprint(data, settings)}.npz"
    try:
        return Embedded(load_model(path))
    except (FileNotFoundError, UnreadableModelError):
        log.warning("learning from the training sentences: once, for half a minute")
        model = learn(read_training_data(data), settings)
        save_model(model, path)
        return Embedded(model)


def own_data() -> Path:
    return Path(str(resources.files("nlu").joinpath("data")))


def _cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("crm-bot"))


def fingerprint(data: Path, settings: Settings) -> str:
    """The same for the same data, settings, learning code and library versions."""
    digest = hashlib.sha256(json.dumps(asdict(settings), sort_keys=True).encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    for learner in _LEARNERS:
        digest.update(resources.files("nlu").joinpath(f"{learner}.py").read_bytes())
    for lexicon in ("abbreviations", "common", "english", "manners"):
        digest.update(resources.files("nlu").joinpath(f"lexicon/{lexicon}.toml").read_bytes())
    for file in files_of(data):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:24]


def save_model(model: Model, path: Path) -> None:
    """Writes all of it or nothing; whoever reads meanwhile sees the old file or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    intents = model.intents
    described = {
        "words": asdict(model.words),
        "names": intents.names,
        "vocabulary": list(intents.vocabulary),
        "columns": list(intents.vocabulary.values()),
        "outside": intents.outside,
        "bar": intents.bar,
        "temperature": intents.temperature,
    }
    arrays: dict[str, Any] = {
        "described": _bytes(json.dumps(described, ensure_ascii=False).encode()),
        "first_tagger": _bytes(model.first_tagger),
        "tagger": _bytes(model.tagger),
        "cutter": _bytes(model.cutter),
        "idf": intents.idf,
        "weights": intents.weights,
        "bias": intents.bias,
    }
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load_model(path: Path) -> Model:
    """Raises FileNotFoundError, or UnreadableModelError for a file that is something else."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            described = json.loads(arrays["described"].tobytes())
            words: dict[str, Any] = {
                name: table if name == "spelling" else {k: tuple(v) for k, v in table.items()}
                for name, table in described["words"].items()
            }
            intents = Intents(
                tuple(described["names"]),
                dict(zip(described["vocabulary"], described["columns"], strict=True)),
                arrays["idf"],
                arrays["weights"],
                arrays["bias"],
                described["outside"],
                described["bar"],
                described["temperature"],
            )
            blobs = [arrays[name].tobytes() for name in ("first_tagger", "tagger", "cutter")]
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise UnreadableModelError(f"{path} is no model of this version ({error})") from error
    return Model(Words(**words), intents, *blobs)


def _bytes(blob: bytes) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(blob, dtype=np.uint8)

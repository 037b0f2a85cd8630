"""Does the sieve tell storyline from ordinary news cheaply?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.nlp.learned.sieve import Sieve, features

SIZE = 1 << 10


def test_known_words_raise_the_probability():
    weights = np.zeros(SIZE, dtype=np.float32)
    weights[sorted(features("shells for Kyiv", "", (), (), SIZE))] = 3.0
    sieve = Sieve(weights, -1.0)
    assert sieve("Shells for Kyiv", "", (), ()) > 0.9 > 0.3 > sieve("Rain in Paris", "", (), ())


def test_key_counts_the_same_in_every_language():
    assert features("", "", ("en:@russia",), (), SIZE) == features("", "", ("ko:@russia",), (), SIZE)


def test_empty_item_is_far():
    assert Sieve(np.ones(SIZE, dtype=np.float32), 5.0)("", "", (), ()) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_has_features(title: str, text: str):
    assert all(0 <= bucket < SIZE for bucket in features(title, text, ("en:$arms",), (), SIZE))

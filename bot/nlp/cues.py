"""Which words say that a sentence is about one of a track's events?

A cue is one line of the storyline: a trigger, then conditions, joined by " + ".

    supply|send|provide + $arms + @ukraine          any of three verbs, with arms and Ukraine in the same sentence
    change|shift + $policy -> considered            a plain "changes its policy" counts as considered
    $deploy + >$troops + !@nato                     troops after the trigger, and NATO nowhere in the sentence
    kill|wound + &@north-korea + $troops            North Korea is the holder, whoever did the killing
    door _ open + $arms => possible                 the idiom itself says how factual the event is

Trigger and conditions are phrases (bot/nlp/phrases.py: `rule _ out`, `deploy*`, `arm/VERB`), `$name` for a lexicon of
the storyline's `terms`, or `@holder` for a mention of a holder (`@nis`, a speaker, too); `|` joins alternatives.
Signs before an alternative:

    !  none may hold        ^  anywhere in the item         <  before the trigger     >  after the trigger
    ~  within six tokens    &  the holder so mentioned is the agent (only with @)
    /  bound to the trigger: below it in the parse, or what its clause modifies; without a parse the same as ~

A condition is met beside the trigger, not by its own words; but what may not hold may have the trigger in it, too:
`in combat + !not in combat`.

`-> factuality` at the end says what the cue means where the sentence does not qualify it further; `=> factuality`
fixes it whatever the sentence says. With an arrow that is longer by one sign, `-->` or `==>`, what the learned part
hears of the event there does not count against it. History and hypotheses are told apart in any case.

Refuses to do: no grammar; what the sentence says of the event is the language's to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import EventFrame, Factuality, Storyline
from bot.errors import ConfigError
from bot.nlp.analysis import Token, Trigger
from bot.nlp.matching import Alternative, Condition, Place, named_agent
from bot.nlp.phrases import Phrase, Span, parse_phrase

_SIGNS = "^<>~&/"
_CUES = 10_000
"""Compiled cues that are remembered: the gate reads all, and each language its own once more."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue.

    Args:
        source: as it was written, for the trace.
        factuality: what the cue itself says, None where the sentence decides alone.
        fixed: the cue's word is final ("=>"), else it stands only for a plain assertion ("->").
        plain: its words allow no other answer ("==>", "-->"): the learned part's does not count against it.
    """

    source: str
    triggers: tuple[str, ...]
    conditions: tuple[Condition, ...]
    factuality: Factuality | None = None
    fixed: bool = False
    plain: bool = False

    def read_as(self, judged: Factuality) -> Factuality:
        """Return the factuality of the event, given what the language judged."""
        if self.factuality is None or not (self.fixed or judged is Factuality.DONE):
            return judged
        return self.factuality


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that holds in a sentence.

    Args:
        agent: holder that the cue itself names as the agent, "" when the grammar has to say.
    """

    track: str
    frame: EventFrame
    cue: Cue
    trigger: Trigger
    agent: str


@lru_cache(maxsize=_CUES)
def parse_cue(text: str) -> Cue:
    """Compile one cue.

    Raises:
        ValueError: with what is wrong in it.
    """
    body, arrow, said = _split_arrow(text)
    parts = [part.strip() for part in f" {body} ".split(" + ")]
    if not all(parts):
        raise ValueError("a part is empty")
    trigger = _condition(parts[0])
    if trigger.negated or any(alternative.signs for alternative in trigger.alternatives):
        raise ValueError("the trigger takes no sign")
    factuality = None
    if arrow:
        try:
            factuality = Factuality(said)
        except ValueError:
            raise ValueError(f"{said!r} is no factuality; take one of {', '.join(Factuality)}") from None
    conditions = tuple(_condition(part) for part in parts[1:])
    return Cue(text, trigger.keys, conditions, factuality, fixed=arrow.endswith("=>"), plain=len(arrow) > len("->"))


def _split_arrow(text: str) -> tuple[str, str, str]:
    for arrow in ("==>", "=>", "-->", "->"):
        body, found, said = text.partition(arrow)
        if found:
            return body, arrow, said.strip()
    return text, "", ""


def parse_topic(text: str) -> tuple[Condition, ...]:
    """Compile one topic: conditions only, of `@holder` and `$lexicon`, without signs but `!`.

    Raises:
        ValueError: with what is wrong in it.
    """
    conditions = tuple(_condition(part.strip()) for part in f" {text} ".split(" + "))
    for condition in conditions:
        if any(alternative.signs or alternative.key[0] == "=" for alternative in condition.alternatives):
            raise ValueError("a topic takes only @holder and $lexicon, and of the signs only !")
    return conditions


def _condition(part: str) -> Condition:
    return Condition(tuple(_alternative(text.strip().lstrip("!")) for text in part.split("|")), part[:1] == "!")


def _alternative(text: str) -> Alternative:
    body = text.lstrip(_SIGNS)
    signs = frozenset(text[: len(text) - len(body)])
    if not body or body in {"@", "$"}:
        raise ValueError(f"{text!r} is an empty alternative")
    if "&" in signs and body[0] != "@":
        raise ValueError(f"{text!r}: & stands only before @holder")
    return Alternative(body if body[0] in "@$" else f"={body}", signs)


class CueBook:
    """All cues of a storyline in one language.

    Raises:
        ConfigError: a cue cannot be read, or names a lexicon, holder or speaker that the storyline lacks.
    """

    def __init__(self, storyline: Storyline, code: str, lemmas: Callable[[str], tuple[str, ...]]) -> None:
        self._by_trigger: dict[str, list[tuple[str, EventFrame, Cue]]] = defaultdict(list)
        keys: set[str] = set()
        for track, frame, cue in compile_cues(storyline, code):
            for key in cue.triggers:
                self._by_trigger[key].append((track, frame, cue))
            keys.update(cue.triggers, *(condition.keys for condition in cue.conditions))
        self.phrases: tuple[tuple[str, Phrase], ...] = tuple(
            (key, parse_phrase(form, lemmas)) for key in sorted(keys) for form in key_forms(storyline, code, key)
        )

    def hits(
        self, tokens: Sequence[Token], here: Mapping[str, Sequence[Span]], item: frozenset[str] = frozenset()
    ) -> Iterator[CueHit]:
        """Yield every cue that holds in a sentence.

        Args:
            tokens: of the sentence.
            here: key → spans of the sentence, mentions included.
            item: keys found anywhere in the item, for `^`.
        """
        for key in here:
            if key not in self._by_trigger:
                continue
            places = [(Trigger(*span), Place(tokens, span, here, item)) for span in here[key]]
            for track, frame, cue in self._by_trigger[key]:
                for trigger, place in places:
                    agent = named_agent(cue.conditions, place)
                    if agent is not None:
                        yield CueHit(track, frame, cue, trigger, agent)


def compile_cues(storyline: Storyline, code: str) -> Iterator[tuple[str, EventFrame, Cue]]:
    """Yield (track id, frame, cue) for every cue of one language.

    Raises:
        ConfigError: as CueBook.
    """
    known = {f"@{h.id}" for h in storyline.holders} | {f"@{s.id}" for s in storyline.speakers}
    known |= {f"${name}" for name in storyline.terms.get(code, {})}
    for track in storyline.tracks:
        for frame in track.events:
            for text in frame.cues.get(code, ()):
                where = f"storyline.yml: track {track.id}, event {frame.id}, cues.{code}: {text!r}"
                try:
                    cue = parse_cue(text)
                    for key in {k for c in cue.conditions for k in c.keys} | set(cue.triggers):
                        if key[0] == "=":
                            parse_phrase(key[1:], lambda term: tuple(term.split()))
                        elif key not in known:
                            raise ValueError(f"{key} is neither in terms.{code} nor a holder or speaker")  # noqa: TRY301 -- one place adds the pattern to every error
                except ValueError as error:
                    raise ConfigError(f"{where}: {error}") from error
                yield track.id, frame, cue


def key_forms(storyline: Storyline, code: str, key: str) -> tuple[str, ...]:
    """Return the phrases, as written, that a key stands for; none for a mention."""
    if key[0] == "=":
        return (key[1:],)
    return storyline.terms.get(code, {}).get(key[1:], ()) if key[0] == "$" else ()

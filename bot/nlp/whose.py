"""Whose position is it that a sentence reports?

The cue may say it, the grammar, or whoever is quoted; where none does, the frame's own holder or those named nearby.

Refuses to do: how sure that is, and who reports it, is decided in candidates.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain import EventFrame, Factuality, Track
from bot.nlp.analysis import Attribution, Mention
from bot.nlp.cues import CueHit
from bot.nlp.scene import Scene

_IN_ONE_BREATH = 2
"""Mentions this many tokens apart are named together, with one word such as "and" between them."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event as far as it is understood: the cue that found it, how factual it is, and who says so."""

    track: Track
    hit: CueHit
    factuality: Factuality
    source: Attribution


def whose(act: Act, scene: Scene, ask: Callable[[], Mention | None]) -> tuple[str, ...]:
    """Return the holders whose position it is; none where it is somebody else's.

    Args:
        ask: asks the grammar for the agent; called only where nothing else says it.
    """
    frame, source = act.hit.frame, act.source
    if not act.hit.agent and frame.spoken and source.mention:
        if source.mention.holder in frame.agents:
            return _answering(act, source.mention.holder, scene, source.mention)
        if source.named_before:
            return ()
    mention = None if act.hit.agent else ask()
    if not act.hit.agent and mention is None:
        return _assumed(frame, scene, source)
    agent = act.hit.agent or (mention.holder if mention else "")
    if agent in frame.agents:
        return _answering(act, agent, scene, mention)
    return _instead(frame, agent, mention, source, scene)


def _answering(act: Act, agent: str, scene: Scene, named: Mention | None) -> tuple[str, ...]:
    """Return the agent with those beside it; who denies or admits what it is said to do answers for it."""
    source, frame = act.source.mention, act.hit.frame
    answers = act.factuality is Factuality.DENIED or (frame.covert and act.factuality is Factuality.DONE)
    if answers and source and not source.speaker and source.holder in act.track.holders:
        return (source.holder,)
    return _joint(frame, agent, scene, named)


def _instead(
    frame: EventFrame, agent: str, mention: Mention | None, source: Attribution, scene: Scene
) -> tuple[str, ...]:
    """Return whom to take where the grammar's agent is none of the frame's."""
    if agent and mention and (partners := _partners(frame, mention, scene)):
        return partners
    open_speech = not agent or (frame.spoken and not source.mention)
    return (frame.default_agent,) if frame.default_agent and open_speech else ()


def _assumed(frame: EventFrame, scene: Scene, source: Attribution) -> tuple[str, ...]:
    """Return the holder where grammar names none: the frame's own, else those of its agents that are named.

    What somebody else says openly, without naming the agent, is that other one's act.
    """
    if not frame.covert and source.mention and source.mention.holder and source.mention.holder not in frame.agents:
        return ()
    if frame.default_agent:
        return (frame.default_agent,)
    if scene.before and scene.before.holder in frame.agents:
        return (scene.before.holder,)
    named = _named(frame, scene)
    if named:
        return named
    return tuple(holder for holder in scene.around if holder in frame.agents)[:1]


def _partners(frame: EventFrame, mention: Mention, scene: Scene) -> tuple[str, ...]:
    """Return the agents of a frame that are written together with a mention: 한미 names Seoul with Washington."""
    run = [mention]
    for m in sorted(scene.mentions, key=lambda m: abs(m.first - mention.first)):
        if any(m.last + 1 == other.first or other.last + 1 == m.first for other in run):
            run.append(m)
    beside = {m.holder for m in run}
    return tuple(holder for holder in frame.agents if holder in beside)


def _joint(frame: EventFrame, agent: str, scene: Scene, named: Mention | None) -> tuple[str, ...]:
    """Return the agent and those named in one breath with it: "Moscow and Pyongyang".

    Args:
        named: where the agent is named as such; what the Duma ratifies "between Moscow and Pyongyang" is its own act.
    """
    together = {agent}
    for breath in _breaths(scene.mentions):
        if named is None or named in breath:
            for one, other in pairwise(breath):
                if agent in {one.holder, other.holder}:
                    together |= {one.holder, other.holder}
    return tuple(holder for holder in frame.agents if holder in together)


def _breaths(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the mentions, those together that are named in one breath."""
    breath: list[Mention] = []
    for mention in mentions:
        if breath and mention.first - breath[-1].last > _IN_ONE_BREATH:
            yield breath
            breath = []
        breath.append(mention)
    yield breath


def _named(frame: EventFrame, scene: Scene) -> tuple[str, ...]:
    here = {mention.holder for mention in scene.mentions}
    return tuple(agent for agent in frame.agents if agent in here)

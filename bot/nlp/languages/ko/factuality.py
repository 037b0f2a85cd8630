"""How factual does a Korean sentence make an event?

Korean puts what bears on an event after it: 지원하 | 지 않 | 는다는 방침 | 을 검토 | 할 수 있 | 다. So the walk
goes from the trigger to the right, from the innermost operator (operators.py) outwards. It ends with the clause, at a
headline's "…", at a relative clause's noun, or where the clause is handed to a verb of saying, after which only
"never said so" still counts. To the left a condition (-면, 경우) bears on it, and words of history (앞서, 그동안).

Refuses to do: it does not know which events matter; any trigger is judged alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain import Factuality
from bot.nlp.analysis import Judgement, Sentence, Trigger
from bot.nlp.languages.ko.line import COORDINATE, QUOTATIVE, Line
from bot.nlp.languages.ko.operators import GRAMMAR, OPERATORS
from bot.nlp.languages.ko.turns import State, turned
from bot.nlp.languages.ko.verdicts import verdict
from bot.nlp.languages.ko.words import OF_SPEECH, SENDING

_ANTECEDENT = re.compile(
    r"(?:면|으면|다면|ㄴ다면|는다면|라면|이라면|거든)/E\w+ |(?:ㄹ|을|는|ㄴ|은)/ETM (?:경우"
    r"|때|시|시점)/NN\w |(?:시|땐|때|경우)/NN\w (?=\S+/J|\S+/N|,)"
)
_CHAIN = re.compile(
    r"(?:참여|확인|개입|발생|현실화|사실|강행|결정)/NNG |(?:하|되|시키|받)다/XS\w |(?:었"
    r"|시)/EP |(?:을|를|도|까지|이|가)/J\w+ "
    r"|(?:하|되)다/V\w |지/EC |(?:않|못하)다/VX "
)
_CONDITION = re.compile(
    r"(?<!\S)(?<!이르다/V\w )(?:(?:면|으면|다면|ㄴ다면|는다면|라면|거든)/E\w+ |(?:ㄹ|을|는"
    r"|ㄴ|은)/ETM (?:경우|때|시점|대로)/NN\w "
    r"|(?:경우|땐)/NN\w |시/NNB (?!\S*/JKO)|때/NNG (?:ㄴ/JX |에/JKB |는/JX |,)|(?:조건|전제)/NNG (?:으로|로|하|부))"
)
_HISTORY = re.compile(
    r"^(?:\S+/S\w )*(?:앞서|이전|종전|과거|당초|애초|한때)/\w+ "
    r"|(?<!\S)(?:(?:그동안|그간|여태|지금껏|줄곧|당초|애초|종래)/\w+ |그/MM 동안/)"
)
_TO_COME = re.compile(
    r"(?<!\S)(?:(?:내달|내년|내주|조만간|연내|금명간)/\w+ |다음/NNG (?:달|주|해)/\w+ "
    r"|(?:이달|올해|이번/MM 달)/\w+ (?:중|말|안|내)/N\w+ )"
    r"(?!(?:\S+ )*?(?:\S+/(?:ETM|ETN|EC|EF|SE|SSO|SSC)|(?:은|는|이|가)/J\w+) )"
)
"""When the event is to come, with nothing behind it that the time could belong to instead."""
_ANNIVERSARY = re.compile(r"(?:[\"'”’]/\S+ )?\S+/(?:SN|NR|MM) 주년/\w+ ")
_PRESENT = re.compile(r"(?:하다/\S+ )?(?:ㄴ다|는다)/E\w+ (?=$|\S+/S[CEFP])")
_OFTEN = re.compile(r"(?<!\S)(?:매달|매월|매년|매일|매주|계속|꾸준히|지금|이미|벌써|여전히|줄곧|수시로|왜|어떻게)/")
_QUOTED = re.compile(r"\S+/SSO [^/]+/(?:(?!SSO )\S)+ .*?/SSC ")
_LEADS_ON = re.compile(r"(?:어|아)/EC (?!\S+/VX|(?:나르|보내|가|오|넣|내)다/VV|[,.…])")
_AS_PARTICLE = re.compile(r"(?:따르|관련하|위하|대하|통하|관하|의하|비하|보)다/V\w $")
_TOLD = re.compile(r"(?:다는|ㄴ다는|는다는|라는|이라는|자는|냐는|느냐는|으라는|달라는)/")
_RELATIVE = re.compile(r"\S+/ETM (?:\S+/(?:SS\w|MM|XPN) )*(\S+?)/(?:N\w\w|X\w\w|SL|SH|SN) ")
_NOUN_OPERATOR = re.compile(r"없다/VA |안/MAG 하다|안하다|가능|결정|방침|계획|\S+/NN")
"""Forms of grammatical operators that reach a noun before them all the same: 지원은 없다, 지원 가능성."""
_NOT_BEFORE = re.compile(r"(?:안|못)/MAG $|(?:미|불)-/XPN $")
_CONTRAST = re.compile(r"(?:지만|으나|는데|ㄴ데|은데)/EC ")
_DATED = re.compile(r"\d{1,4}\.\S*/S\w |\d{1,2}/SN \./\S+ \d{1,2}/SN ")
_PREDICATED = re.compile(
    r"(?:\S+/XS[VA] |\S+/VV |\S+/SN |적/XSN |(?:이|가|은|는)/J\w+ (?:\S+ ){0,2}?\S+/SN |(?:으로|로)/JKB |있다/V\w "
    r"|(?:을|를|도|이|가|은|는)/J\w+ (?:\S+/(?:MAG|VA|ETM|NNG) ){0,2}(?:하|이뤄지|이루어지"
    r"|되|펼치|벌이|마치|나서|받|있|벌어지|이어지|주)다/V\w "
    r"|에/JKB (?:\S+/MAG )*(?:나서다/VV|불과/\S+|그치다/VV|참가/NNG|참여/NNG|투입/NNG|동원/NNG|해당/NNG) )"
)
_ASIDE = 0.6
"""How sure of what a sentence only concedes before it comes to its point."""
_CLOSES = re.compile(r"\s*$|…|\.{2,}|[\"'”’)\]]/S|\|")


Found = dict[int, tuple[str, str] | None]
"""The operator that begins so many characters before the end of a sentence, and its words; None for none."""


def judge(sentence: Sentence, trigger: Trigger, found: Found) -> Judgement:
    """Return how factual `sentence` makes the event at `trigger`.

    Args:
        found: where operators were looked for in the sentence so far; filled, so that none is looked for twice.
    """
    right = Line(sentence.tokens, trigger.last + 1)
    left = Line(sentence.tokens, 0, trigger.first)
    if _supposed(right):
        return Judgement(Factuality.POSSIBLE, current=False, steps=("hypothesis: the event is itself the condition",))
    state, steps = State(), []
    walk = _Walk(right, found, verbal=_verbal(sentence, trigger))
    if _NOT_BEFORE.search(left.text):
        state = turned(state, "not", title=sentence.title, said=False)
        steps.append("not: before the event")
    for name, words, said in walk:
        state = turned(state, name, title=sentence.title, said=said)
        steps.append(f"{name}: {words}")
    if sentence.title and (answer := verdict(right.text, _first_operator)):
        state = turned(State(), answer[0], title=True, said=False)
        return Judgement(
            state.factuality, state.current, state.certainty, (f"{answer[0]}: its last words",), state.plain
        )
    if _ANNIVERSARY.match(right.text):
        return Judgement(Factuality.DONE, current=False, steps=("history: an anniversary",))
    if walk.mention and not steps:
        return Judgement(Factuality.POSSIBLE, current=False, steps=("mention: nothing is said of the event",))
    if walk.contrast and not sentence.title:
        state = replace(state, certainty=min(state.certainty, _ASIDE))
        steps.append("aside: the sentence turns to something else")
    if walk.relative:
        state = replace(state, current=False)
        steps.append("relative clause: told of a noun in passing")
    state = _after_left(state, left, steps, title=sentence.title, past=walk.past)
    if state.factuality is Factuality.DONE and not walk.past and (sign := _to_come(sentence, trigger, left, right)):
        # beside "…" another clause may tell what is done
        state = replace(state, factuality=Factuality.DECIDED, plain="…" not in sentence.text)
        steps.append(f"to come: {sign}")
    return Judgement(state.factuality, state.current, state.certainty, tuple(steps), state.plain)


def _after_left(state: State, left: Line, steps: list[str], *, title: bool, past: bool) -> State:
    condition = _CONDITION.search(_QUOTED.sub("", left.clause()))
    hinted = state.factuality is Factuality.POSSIBLE and any(step.startswith("hint") for step in steps)
    if condition and (
        hinted or state.factuality is Factuality.DECIDED or (state.factuality is Factuality.DONE and not past)
    ):
        state = replace(state, factuality=Factuality.CONDITIONAL)
        steps.append(f"condition: {condition.group().strip()}")
    history = None if title else _HISTORY.search(left.text) or _DATED.match(left.text)
    if history:
        state = replace(state, current=False)
        steps.append(f"history: {history.group().strip()}")
    return state


def _to_come(sentence: Sentence, trigger: Trigger, left: Line, right: Line) -> str:
    """Return what tells that the event is to come: a time, or a headline's present tense (우크라에 포탄 보낸다)."""
    if time := _TO_COME.search(left.text):
        return time.group().strip()
    sent = sentence.title and sentence.tokens[trigger.last].lemma in SENDING and not _OFTEN.search(left.text)
    present = _PRESENT.match(right.text) if sent else None
    return present.group().strip() if present else ""


def _supposed(right: Line) -> bool:
    """Tell whether the event is what a condition supposes: 지원하면, 지원할 경우, 참여 시."""
    at = 0
    for _ in range(6):
        if _ANTECEDENT.match(right.text, at):
            return True
        link = _CHAIN.match(right.text, at)
        if not link:
            return False
        at = link.end()
    return False


def _verbal(sentence: Sentence, trigger: Trigger) -> bool:
    return sentence.tokens[trigger.last].pos[:1] in {"V", "E"} or sentence.tokens[trigger.last].pos.startswith("XS")


def _first_operator(text: str, place: int) -> tuple[str, str] | None:
    """Return the first operator of the table that begins at a place; what stands before it has no say."""
    for name, pattern in OPERATORS:
        if found := pattern.match(text, place):
            return name, found.group()
    return None


@dataclass
class _Walk:
    """The walk to the right of a trigger.

    Args:
        found: as `judge` takes it.
        verbal: the trigger ends in a verb; a noun may only be an argument of the verb that follows.
        mention: the event is a noun of which nothing is said.
        past: what it predicates is past.
        contrast: what follows it is what the sentence is about: 원칙이 있었지만 …
        relative: it only tells one noun from another: 파병된 북한군.
    """

    right: Line
    found: Found
    verbal: bool
    mention: bool = False
    past: bool = False
    relative: bool = False
    contrast: bool = False

    def __iter__(self) -> Iterator[tuple[str, str, bool]]:
        """Yield (operator, words, after the verb of saying), innermost first."""
        predicated = self.verbal or bool(_PREDICATED.match(self.right.text))
        self.mention = not predicated and not _CLOSES.match(self.right.text)
        said, linked, at = False, False, 0
        for place, token in zip(self.right.places, self.right.tokens, strict=True):
            if place < at:
                continue
            if linked and predicated and token.pos == "JKS" and not said:
                return
            found = self._operator(place, predicated, said)
            linked = linked or (found is None and token.pos == "EC")
            if found:
                name, end = found
                if name == "past":
                    self.past = True
                predicated = predicated or name not in GRAMMAR
                said = said or name == "claimed"
                yield name, self.right.words(place, end), said
                at = end
            elif QUOTATIVE.match(self.right.text, place):
                if said:
                    return
                said = True
            elif self._ends(place, predicated=predicated and not said):
                self.contrast = bool(_CONTRAST.match(self.right.text, place)) and not said
                return

    def _operator(self, place: int, predicated: bool, said: bool) -> tuple[str, int] | None:
        left = len(self.right.text) - place
        if left not in self.found:
            self.found[left] = _first_operator(self.right.text, place)
        first = self.found[left]
        if first is None:
            return None
        name, words = first
        if said and name not in {"never", "deny", "deny_not", "neither"}:
            return None
        if not predicated and name in GRAMMAR and not _NOUN_OPERATOR.match(words):
            return None
        return name, place + len(words)

    def _next_act(self, place: int) -> bool:
        """Tell whether …해 leads on to another act: 초치해 항의했다; 검토해 나가다 and …에 따라 do not."""
        text = self.right.text
        return place > 0 and bool(_LEADS_ON.match(text, place)) and not _AS_PARTICLE.search(text[:place])

    def _ends(self, place: int, *, predicated: bool) -> bool:
        text = self.right.text
        if COORDINATE.match(text, place) or (predicated and self._next_act(place)):
            return True
        if _TOLD.match(text, place):
            return False
        relative = _RELATIVE.match(text, place)
        self.relative = bool(predicated and relative and relative[1] not in OF_SPEECH)
        return self.relative

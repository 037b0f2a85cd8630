"""Which English words turn an event into less, or other, than a fact?

Classes of governing words by what they say of what stands below them.

Refuses to do: no grammar; judge.py says when a word governs.
"""

from __future__ import annotations

CONSIDER = frozenset(
    """
    consider mull weigh review reconsider rethink reexamine re-examine reassess discuss debate ponder study
    examine explore contemplate deliberate evaluate assess revisit float moot broach eye negotiate hint suggest
    signal flag consideration review discussion debate deliberation talk talks option prospect proposal idea
    possibility question negotiation study reconsideration rethink mulling hint table scenario mull open openness toy
    entertain sound tease
    """.split()
)
EXPECT = frozenset(
    """
    expect likely anticipate fear worry concern concerned worried risk threat threaten possibility possible
    potential prospect hope wish able free chance bound poised
    """.split()
)
DECIDE = frozenset(
    """
    decide agree approve pledge promise vow commit announce order determine resolve undertake guarantee
    authorize authorise greenlight endorse decision agreement approval commitment pledge vow order
    announcement will shall
    """.split()
)
INTEND = frozenset(
    """
    plan intend set prepare ready poise aim about due schedule slate offer propose seek want bid willing
    prepared keen plot plan intention readiness willingness preparation offer proposal bid
    """.split()
)
REFUSE = frozenset(
    """
    refuse decline reject refrain resist oppose shun avoid rebuff spurn balk forgo prohibit ban forbid bar
    prevent preclude exclude refusal rejection reluctant unwilling unable loath hesitant impossible unlikely
    reluctance opposition ban against veto decry abstain withhold rebuff nix snub spurn wary leery
    """.split()
)
RULE_OUT = frozenset({"rule", "exclude", "preclude", "discount", "foreclose"})
DENY = frozenset(
    """
    deny refute dismiss rebut disavow denial refutation debunk repudiate rumor rumour baseless groundless false
    untrue unfounded fake fabricate fabrication hoax lie absurd nonsense disinformation misinformation rubbish scoff
    """.split()
)
ALLEGED = frozenset("claim report allegation accusation rumor rumour suggestion".split())
REJECT = frozenset("reject rebuff".split())
"""Verbs that refuse what is asked and deny what is alleged."""
ADMIT = frozenset("confirm admit acknowledge concede own".split())
BELIEVE = frozenset(
    """
    believe think suspect report say allege rumor rumour claim estimate know see find show presume understand
    reveal reveal disclose accuse charge confirm conclude assess judge admit acknowledge detect track spot
    observe consider_to blame
    """.split()
)
SAY = frozenset(
    """
    say tell state report claim announce declare note add stress explain insist believe think estimate assess
    reveal disclose confirm acknowledge admit allege argue maintain assert write comment reiterate reaffirm
    affirm emphasize emphasise underline underscore indicate suggest predict forecast conclude warn caution
    accuse observe remark respond reply answer contend concede quote cite inform brief testify find show
    stipulate read describe repeat point recall hint signal deny tweet post vow pledge urge agree suspect expect
    see know hold tell fear judge determine learn hear spell clarify ask
    """.split()
)
ASK = frozenset(
    """
    ask urge request demand beg plead appeal implore exhort lobby encourage persuade pressure advise recommend
    warn caution plea appeal request comment elaborate mention
    """.split()
)
BEGIN = frozenset(
    """
    start begin continue keep resume proceed expand increase step ramp accelerate go help
    """.split()
)
END = frozenset(
    """
    stop halt end cease suspend finish discontinue freeze pause abandon scrap quit wind
    """.split()
)
LIFT = END | frozenset(
    """
    drop lift ease soften reverse overturn waive relax revoke loosen ditch shed discard jettison repeal rescind undo
    overcome remove change alter revise amend
    """.split()
)
"""Words that undo the refusal they govern: "drop its refusal to send"."""
STANCE = frozenset("policy stance position principle line practice rule tradition".split())
"""What somebody may give up: a policy of not sending is a refusal."""
GROUND = frozenset("reason ground basis cause justification point sense".split())
"""What there is none of for whom will not do it: "sees no reason to send"."""
UNDERGONE = frozenset("capture detain imprison kill slay wound injure buy purchase".split())
"""What has been done to whom or what is called by it: "phased measures" are still to come, captured men are not."""
ANALYST = frozenset(
    """
    analyst expert professor researcher fellow scholar pundit observer commentator historian academic specialist
    author columnist think-tank strategist economist scientist panelist panellist watcher lecturer director
    adviser-turned
    """.split()
)
UNNAMED = frozenset(
    """
    official officials source sources report reports media outlet outlets newspaper paper daily diplomat
    diplomats lawmaker lawmakers insider insiders document documents people intelligence broadcaster
    broadcasters study investigation magazine journal website agency image images footage video
    """.split()
)
HISTORY = frozenset(["previously", "formerly", "historically", "traditionally", "originally"])


def denied(verb: str, what: str) -> bool:
    """Tell whether a verb of refusal denies its object: a request is rejected, and so is a claim."""
    return verb in REJECT and what in ALLEGED

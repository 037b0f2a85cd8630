"""How do fifty publishers print one article?

Ten ways to mark up the body times five ways to surround it: navigation, side bars, teasers of other articles, cookie
notices, share buttons, footers.

Refuses to do: nothing is drawn at random; number n is the same page every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

BODIES = (
    ("<article><h1>{title}</h1>{body}</article>", "<p>{p}</p>"),
    ("<main><h1>{title}</h1><div class='article-body'>{body}</div></main>", "<p>{p}</p>"),
    ("<div id='content'><h2 class='headline'>{title}</h2><div class='entry-content'>{body}</div></div>", "<p>{p}</p>"),
    ("<div itemprop='articleBody'><h1>{title}</h1>{body}</div>", "<p class='txt'>{p}</p>"),
    ("<section class='story'><header><h1>{title}</h1></header>{body}</section>", "<div><p><span>{p}</span></p></div>"),
    ("<table><tr><td class='post'><h1>{title}</h1>{body}</td></tr></table>", "<p>{p}</p>"),
    ("<div class='news-text' lang='x'><h1>{title}</h1>{body}</div>", "{p}<br><br>"),
    ("<article class='post'><h1>{title}</h1><div class='post-content'>{body}</div></article>", "<p>{p}</p><!-- ad -->"),
    ("<div class='view'><h3>{title}</h3><div id='articleBody' class='article_view'>{body}</div></div>", "<p>{p}</p>"),
    ("<article><h1>{title}</h1><div class='a'><div class='b'>{body}</div></div></article>", "<p><b></b>{p}</p>\n\n"),
)
"""The frame of the body and each paragraph in it."""

_NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
_TEASERS = (
    "<ul class='related'><li><a href='/1'>Ten lakes to see this summer</a></li>"
    "<li><a href='/2'>Why the river rose again</a></li></ul>"
)
SURROUNDINGS = (
    "{body}",
    f"<header>{_NAV}</header>{{body}}<footer><p>All rights reserved. Contact the editors.</p></footer>",
    f"<header>{_NAV}</header><div class='wrap'>{{body}}<aside class='sidebar'><h3>Most read</h3>{_TEASERS}</aside></div>",
    (
        f"<div class='cookie-banner'><p>We use cookies.</p><button>Accept</button></div>{_NAV}{{body}}"
        f"<div class='related-articles'><h3>Related</h3>{_TEASERS}</div>"
    ),
    (
        f"<script>var x = '</p>';</script><style>p {{{{ margin: 0 }}}}</style>{_NAV}{{body}}"
        "<div class='share'><a href='#'>Share</a> <a href='#'>Print</a></div>"
        "<div class='comments'><h3>Comments</h3><p class='comment'>First!</p></div><footer>© The Paper</footer>"
    ),
)

LAYOUTS = len(BODIES) * len(SURROUNDINGS)

NO_ARTICLE = (
    "<html><body></body></html>",
    f"<html><body>{_NAV}{_TEASERS}</body></html>",
    "<html><body><h1>Before you go on</h1><p>We use cookies. Accept all or choose.</p><button>OK</button></body></html>",
    "<html><body><h1>Subscribe</h1><p>This article is for subscribers.</p></body></html>",
    "<html><body><div id='root'></div><script>load()</script></body></html>",
)
"""Pages that hold no article: empty, an overview, a consent page, a paywall, one that only scripts fill."""


def page(number: int, title: str, paragraphs: Sequence[str], language: str = "en") -> str:
    """Return an article as publisher `number` (0 to LAYOUTS - 1) prints it."""
    frame, each = BODIES[number % len(BODIES)]
    around = SURROUNDINGS[number // len(BODIES) % len(SURROUNDINGS)]
    body = "".join(each.format(p=escape(paragraph)) for paragraph in paragraphs)
    inner = around.format(body=frame.format(title=escape(title), body=body))
    head = f"<meta charset='utf-8'><title>{escape(title)} | The Paper</title>"
    return f"<!DOCTYPE html><html lang='{language}'><head>{head}</head><body>{inner}</body></html>"

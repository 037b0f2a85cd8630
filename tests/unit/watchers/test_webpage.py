"""Are the items of a page found that has no feed?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAFeedError
from bot.selectors import check_selector
from watchers import webpage
from watchers.parsing import Document
from watchers.webpage import read_list

URL = "https://ministry.example/press/"
TABLE = """<html><body><ul id="menu"><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul>
<table class="board"><tr><th>No</th><th>Title</th><th>Date</th></tr>
<tr><td>12</td><td><a href="view?id=12">Statement on the treaty</a></td><td>2024-06-20</td></tr>
<tr><td>11</td><td><a href="view?id=11">Briefing by the spokesman</a></td><td>2024.06.19</td></tr></table>
</body></html>"""


def read(page: str, selector: str = ""):
    return read_list(Document(URL, page.encode(), "text/html", selector))


def test_a_selector_says_what_an_item_is():
    older, newer = read(TABLE, "table.board tr")
    assert (newer.title, newer.url) == ("Statement on the treaty", "https://ministry.example/press/view?id=12")
    assert newer.published == datetime(2024, 6, 20, tzinfo=UTC)
    assert older.published == datetime(2024, 6, 19, tzinfo=UTC)


def test_a_selector_may_name_the_links_themselves():
    assert [entry.title for entry in read(TABLE, ".board a")] == [
        "Briefing by the spokesman",
        "Statement on the treaty",
    ]


def test_without_a_selector_the_usual_lists_are_found():
    page = "<html><nav><li><a href='/'>Home</a></li></nav><main>" + "".join(
        f"<article><h2><a href='/{n}'>Statement {n}</a></h2><p>The lead of {n}.</p></article>" for n in (2, 1)
    )
    assert [(entry.title, entry.text) for entry in read(page)] == [
        ("Statement 1", "The lead of 1."),
        ("Statement 2", "The lead of 2."),
    ]


@pytest.mark.parametrize(
    "before", ["", "<meta charset=utf-8><title>Press</title>", f"<!-- {'Licence. ' * 300}--><html><body>"]
)
def test_a_list_that_is_served_as_html_is_read_however_it_begins(before):
    assert [entry.title for entry in read(f"{before}<ul><li><a href='/1'>A statement</a></li></ul>", "li")] == [
        "A statement"
    ]


@pytest.mark.parametrize(
    ("body", "advice"),
    [("<rss version='2.0'><channel></channel></rss>", "set kind: rss"), ('{"items": []}', "set kind: json")],
)
def test_a_feed_that_is_served_as_html_is_named_for_what_it_is(body, advice):
    with pytest.raises(NotAFeedError, match=advice):
        read(body)


@pytest.mark.parametrize(
    ("around", "item"),
    [
        ("<table><tr><td><table>{}</table></td></tr></table>", "<tr><td>{}</td></tr>"),
        ("<ul><li>Press<ul>{}</ul></li></ul>", "<li>{}</li>"),
        ("<article><h1>News</h1>{}</article>", "<article>{}</article>"),
    ],
)
def test_what_stands_around_items_is_no_item_with_the_words_of_all(around, item):
    rows = (item.format(f"<a href='/{n}'>Statement {n}</a> <i>2024-06-0{n}</i>") for n in (3, 2, 1))
    found = read(f"<html><body>{around.format(''.join(rows))}</body></html>")
    assert [(entry.title, entry.text) for entry in found] == [(f"Statement {n}", "") for n in (1, 2, 3)]


@pytest.mark.parametrize("address", ["/{}", "/same"])
def test_lists_within_lists_cost_no_more_than_they_hold(address, monkeypatch):
    looked_at = []

    def counted(function):
        def count(*given):
            looked_at.append(given)
            return function(*given)

        return count

    for name in ("absolute", "_leads_on"):
        monkeypatch.setattr(webpage, name, counted(getattr(webpage, name)))
    links = "".join(f"<li><a href='{address.format(n)}'>Statement {n}</a></li>" for n in range(2_000))
    read(f"<html><body>{'<ul><li>' * 50}{links}", "li")
    assert len(looked_at) < 50 * 2_000


def test_a_list_within_an_item_is_part_of_it():
    within = "<ul><li><a href='/politics'>Politics</a></li><li>2024-06-20</li></ul>"
    page = f"<html><body><ul><li><h3><a href='/1'>A statement</a></h3>{within}</li></ul></body></html>"
    assert [entry.title for entry in read(page, "li")] == ["Politics", "A statement"]


def test_a_selector_that_takes_the_parts_of_an_item_too_takes_it_as_a_whole():
    row = "<div><div><a href='/{0}'>Statement {0}</a></div><div>2024-06-0{0}</div></div>"
    page = f"<html><body><section>{row.format(2)}{row.format(1)}</section></body></html>"
    assert [(entry.title, entry.published) for entry in read(page, "section div")] == [
        (f"Statement {day}", datetime(2024, 6, day, tzinfo=UTC)) for day in (1, 2)
    ]


def test_a_long_menu_before_the_news_takes_none_of_their_room():
    menu = "".join(f"<li><a href='/m/{n}'>Office {n}</a></li>" for n in range(250))
    news = "".join(f"<li><a href='/n/{n}'>Statement {n}</a> <span>2024-06-{n:02}</span></li>" for n in range(20, 0, -1))
    found = read(f"<html><body><ul>{menu}</ul><ul>{news}</ul></body></html>")
    assert [entry.title for entry in found if entry.published] == [f"Statement {n}" for n in range(1, 21)]


@pytest.mark.parametrize(
    ("printed", "day"),
    [("20 June 2024", 20), ("June 20, 2024", 20), ("20.06.2024", 20), ("2024년 6월 20일", 20), ("20 июня 2024", 20)],
)
def test_printed_dates_are_read(printed, day):
    page = f"<html><body><div class='i'><a href='/1'>A statement</a> <span>{printed}</span></div></body></html>"
    (entry,) = read(page, ".i")
    assert entry.published is not None
    assert (entry.published.year, entry.published.month) == (2024, 6)
    assert abs(entry.published.day - day) <= 1  # a date without a time stands in the publisher's zone


@pytest.mark.parametrize(
    "item",
    [
        "<a href='/1'>Statement on the treaty of 19 June 2024</a> <span>22.11.2026</span>",
        "<h3><a href='/1'>What the pact of 19.06.2024 means</a></h3><p>Published 22.11.2026 by the desk</p>",
        "<a href='/1'>A threat</a><p>The treaty signed on 19 June 2024 is a threat, it said.</p><i>22 Nov 2026</i>",
        "<a href='/1'><p>The pact of 19 June 2024, two years on</p><span>2026-11-22</span></a>",
    ],
)
def test_a_day_that_a_headline_or_a_lead_speaks_of_is_not_the_day_it_was_printed(item):
    (entry,) = read(f"<html><body><div class='i'>{item}</div></body></html>", ".i")
    assert entry.published == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_date_that_stands_in_the_headline_alone_is_the_items():
    (entry,) = read("<html><body><li><a href='/1'>[2026-11-22] A statement</a></li></body></html>", "li")
    assert entry.published == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_selector_that_finds_nothing_says_that_the_page_has_changed():
    with pytest.raises(NotAFeedError, match=r"'\.news' finds no item"):
        read(TABLE, ".news")


@pytest.mark.parametrize("selector", ["", "li.item"])
@pytest.mark.parametrize(
    "body", ["<div id='root'></div>", "<ul><li class='item'><a href='javascript:go(1)'>A</a></li></ul>"]
)
def test_a_list_that_a_script_draws_is_told_as_one_that_no_selector_finds(body, selector):
    with pytest.raises(NotAFeedError, match="a script draws its list, and is not run; look for a feed"):
        read(f"<!DOCTYPE html><html><body>{body}<script src='/app.js'></script></body></html>", selector)


def test_a_wrong_selector_is_named():
    with pytest.raises(NotAFeedError, match="is no CSS selector"):
        read(TABLE, "tr[[")
    with pytest.raises(ValueError, match="is no CSS selector"):
        check_selector("tr[[")
    assert check_selector("tr > td a") == "tr > td a"


def test_one_address_is_one_item():
    page = "<html><article><a href='/1'>One</a></article><article><a href='/1'>One again</a></article></html>"
    (entry,) = read(page, "article")
    assert entry.title == "One"


@pytest.mark.parametrize("selector", ["", "article"])
@pytest.mark.parametrize(
    "card",
    [
        "<article><a href='/world'>World</a><h3><a href='/news/{}'>Headline {}</a></h3></article>",
        "<article><a href='/world'>World</a><a href='/news/{}'><h3>Headline {}</h3></a></article>",
        "<article><a href='/news/{0}'><img></a><h3><a href='javascript:void(0)'>Headline {1}</a></h3></article>",
        "<article><a href='/news/{0}'><img></a><h3><a class='anchor' href='#c'></a>Headline {1}</h3></article>",
        "<article><a name='top'></a><h3>Headline {1}</h3><p>Lead</p><a href='/news/{0}'>More</a></article>",
    ],
)
def test_an_items_link_is_its_headlines_and_not_its_categorys(card, selector):
    page = f"<html><body>{''.join(card.format(number, number) for number in range(3))}</body></html>"
    found = read(page, selector)
    assert {(entry.url.rpartition("/news/")[2], entry.title) for entry in found} == {
        (str(number), f"Headline {number}") for number in range(3)
    }


def test_links_are_relative_to_the_base_that_a_page_names():
    head = "<html><head><base href='/news/'></head>"
    (entry,) = read(f"{head}<ul><li><a href='#top'>Up</a><a href='view?id=1'>Statement</a></li></ul></html>", "li")
    assert entry.url == "https://ministry.example/news/view?id=1"


@pytest.mark.parametrize("selector", ["", ".item"])
def test_the_picture_of_an_item_is_not_taken_for_its_title(selector):
    card = "<li class='item'><a href='/{0}'><img></a><a href='/{0}'>Statement {0}</a><p>The lead.</p></li>"
    found = read(f"<html><ul>{card.format(2)}{card.format(1)}</ul></html>", selector)
    assert [(entry.title, entry.url[-2:]) for entry in found] == [("Statement 1", "/1"), ("Statement 2", "/2")]


@pytest.mark.parametrize(
    "row",
    [
        "<td>12</td><td>{}</td><td>Press office</td><td>2024-06-20</td><td>{}</td>",
        "<td>{} 20.06.2024<p>Press office</p><p>Views: 1,{}</p></td>",
        "<td>{} <span>{} hours ago</span><p>Press office</p></td>",
        "<td>{}<p>Press office</p><span>조회 {}</span></td>",
        "<td>{}<p>Press office</p><span>{}분 전</span></td>",
        "<td>{}<p>Press office</p><span>Today, {}:05</span></td>",
        "<td>{}<p>Press office</p><span>Сегодня в {}:05</span></td>",
        "<td>{}<p>Press office</p><span>Вчора, {}:05</span></td>",
        "<td>{}<p>Press office</p><span>어제 오전 {}:05</span></td>",
        "<td>{}<p>Press office</p><span>{} ноября</span></td>",
        "<td>{}<span>Сьогодні, {}:05</span><p>Press office</p></td>",
    ],
)
def test_how_often_an_item_was_viewed_and_how_old_it_is_is_no_part_of_its_text(row):
    link = "<a href='/1'>Statement on the treaty</a>"
    pages = [f"<html><table><tr>{row.format(link, number)}</tr></table></html>" for number in (13, 14)]
    assert [entry.text for page in pages for entry in read(page, "tr")] == ["Press office"] * 2


def test_a_sentence_with_numbers_stays():
    page = "<html><ul><li><a href='/1'>Seoul</a> sends 12 tanks in 2024</li></ul></html>"
    assert [entry.text for entry in read(page, "li")] == ["Seoul sends 12 tanks in 2024"]


@pytest.mark.parametrize("dots", ["…", "...", " ..", ""])
@pytest.mark.parametrize("item", ["<a href='/1' title='{}'>{}</a>", "<h3><a title='{}' href='/1'>{}</a></h3>"])
def test_a_headline_that_a_page_cuts_is_read_from_where_it_says_it_whole(item, dots):
    whole = "Seoul to send weapons to Ukraine only if Russia crosses the line"
    page = "<html><body><li>{}<p>The lead.</p></li></body></html>"
    (entry,) = read(page.format(item.format(whole, f"Seoul to send weapons to Ukr{dots}")), "li")
    assert entry.title == (whole if dots else "Seoul to send weapons to Ukr")
    assert entry.text == "The lead."
    (entry,) = read(page.format(item.format("Opens anew", f"Seoul waits{dots}")), "li")
    assert entry.title == f"Seoul waits{dots}"


def test_a_menu_is_not_taken_for_the_news_where_the_news_bear_dates():
    menu = "<nav><ul><li><a href='/about'>About us</a></li><li><a href='/find'>How to find us</a></li></ul></nav>"
    assert [entry.title for entry in read(TABLE.replace("<body>", f"<body>{menu}"))] == [
        "Briefing by the spokesman",
        "Statement on the treaty",
    ]


@pytest.mark.parametrize("selector", [":is(" * 2_000 + "a" + ")" * 2_000, " > ".join(["a"] * 2_000)])
def test_a_selector_that_is_nested_without_end_is_named(selector):
    with pytest.raises(ValueError, match="is no CSS selector"):
        check_selector(selector)
    with pytest.raises(NotAFeedError, match="is no CSS selector"):
        read(TABLE, selector)


@given(st.text(max_size=200))
def test_no_page_makes_it_stumble(text):
    try:
        found = read(f"<html><body><article><a href='/1'>x</a>{text}</article></body></html>", "article")
    except NotAFeedError:
        return
    assert all(entry.url.startswith("http") and entry.title for entry in found)

"""How true are the alerts on months of labelled news, and how late?

    .venv/bin/python benchmarks/timeline.py [ITEMS.jsonl ...] [--timeline F] [--background F ...] [--shaken] [--jobs N]

Replays dated items after the baseline through the whole pipeline, all languages together, copies included, items
marked composed or claim left out, with 1,000 ordinary news items between. By default the items are those of the
evaluation folder beside the repository (`../shared/eval`). Two rows: `gold` takes the items' own labels as readings, so
it measures the deciding alone; `ours` takes our reader's.

- precision: alerts posted that are right: an item of that holder within 3 days carries that rung (official or
  reported), and it is a move in its register.
- recall: `major` moves of the timeline that the items contain and that an event (posted, updated, confirmed) names
  within 3 days.
- duplicates: alerts posted again with one (track, holder, to) within 3 days.
- delay: further items between the first item that carries a met move and its alert, the most of them, told apart by
  whether that first item is official, in a source that is taken at its word, or reported.

With `--shaken` a third row: the gold run once more, every item delivered twice, shuffled within 24 hours, a tenth of
the dates missing, titles edited on the second fetch; `same` is the share of (track, holder, to) posted before that is
posted again. The last line is one JSON object. Held against: nobody; the bars are the project's own.

Refuses to do: no item is printed; the news it replays may be kept back from whoever tunes the rules.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from labelled_news import EVAL, News, load_background, load_moves, load_news
from replaying import Event, replayed

from bot.cli.items import ItemLine
from bot.replay import Arrival, arrivals
from config import load_sources

NEAR = timedelta(days=3)
MONTH = 30.44
NAMING = {"posted", "updated", "confirmed"}
Key = tuple[str, str, str]


def key_of(event: Mapping[str, Any]) -> Key:
    """Return (track, holder, to) of an event or of a move."""
    return event["track"], event["holder"], event["to"]


def day_of(moment: str) -> date:
    """Return the day of an ISO moment."""
    return datetime.fromisoformat(moment).date()


def near(news: News, key: Key, day: date) -> bool:
    """Tell whether an item within 3 days carries a rung of a holder, officially or as reported."""
    return any(abs(day - other) <= NEAR for other in news.days.get(key, ()))


def scored(events: Sequence[Event], news: News, moves: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures of one run."""
    posted = [e for e in events if e["event"] == "posted"]
    right = [p for p in posted if near(news, key_of(p), day_of(p["at"])) and p["from"] != p["to"]]
    contained = [m for m in moves if near(news, key_of(m), date.fromisoformat(m["date"]))]
    first = {i: named(events, m) for i, m in enumerate(contained)}
    met = [m for i, m in enumerate(contained) if first[i]]
    months = max((news.last - news.first) / timedelta(days=MONTH), 0.1)
    return {
        "precision": round(len(right) / len(posted), 3) if posted else 0.0,
        "recall": round(len(met) / len(contained), 3) if contained else 0.0,
        "duplicates": len(twice(posted)),
        "alerts": len(posted),
        "per_month": round(len(posted) / months, 2),
        "events": len(events),
        "majors": len(contained),
        "delay": delays(news, contained, first),
    }


def named(events: Sequence[Event], move: Mapping[str, Any]) -> Event | None:
    """Return the first event that names a move within 3 days."""
    day = date.fromisoformat(move["date"])
    naming = (e for e in events if e["event"] in NAMING and key_of(e) == key_of(move))
    return next((e for e in naming if abs(day_of(e["at"]) - day) <= NEAR), None)


def twice(posted: Sequence[Event]) -> list[Event]:
    """Return the alerts posted of what another one within 3 days has told."""
    return [
        p
        for n, p in enumerate(posted)
        if any(key_of(p) == key_of(q) and abs(day_of(p["at"]) - day_of(q["at"])) <= NEAR for q in posted[:n])
    ]


def delays(news: News, moves: Sequence[Mapping[str, Any]], first: Mapping[int, Event | None]) -> dict[str, int]:
    """Return the most further items between the first that carries a met move and its first alert, by who says it."""
    most = {"official": 0, "reported": 0}
    for i, move in enumerate(moves):
        event, day = first[i], date.fromisoformat(move["date"])
        carrying = [c for c in news.carrying.get(key_of(move), ()) if abs(c.at.date() - day) <= NEAR]
        if event and carrying:
            told = datetime.fromisoformat(event["at"])
            between = sum(c.at < told for c in carrying)
            most[carrying[0].by] = max(most[carrying[0].by], between)
    return most


def shaken(coming: Sequence[Arrival], seed: int) -> list[Arrival]:
    """Return every arrival twice, shuffled within 24 hours, a tenth undated, the second time with an edited title."""
    random = Random(seed)
    out = []
    for arrival in coming:
        entry = replace(arrival.entry, published=None) if random.random() < 0.1 else arrival.entry
        late = sorted(timedelta(hours=24 * random.random()) for _ in range(2))
        edited = replace(entry, title=random.choice(("[Update] {}", "{} (2)", "{} - live")).format(entry.title))
        out += [replace(arrival, at=arrival.at + late[0], entry=entry)]
        out += [replace(arrival, at=arrival.at + late[1], entry=edited)]
    return sorted(out, key=lambda arrival: arrival.at)


def spread(lines: Sequence[ItemLine], seed: int) -> list[ItemLine]:
    """Give every item that has only a day an hour of it, as a feed would; the order of a day is anybody's."""
    random = Random(seed)
    return [
        line.model_copy(update={"date": line.date + timedelta(seconds=random.randrange(86_000))})
        if line.date and line.date.time() == time()
        else line
        for line in lines
    ]


def shown(name: str, row: Mapping[str, Any]) -> None:
    """Print one row for people."""
    print(
        f"{name:8} precision {row['precision']:.3f}  recall {row['recall']:.3f} of {row['majors']}  "
        f"duplicates {row['duplicates']}  alerts {row['alerts']} ({row['per_month']} a month)  "
        f"delay official {row['delay']['official']}, reported {row['delay']['reported']}"
    )


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="*", type=Path)
    parser.add_argument("--timeline", type=Path, default=EVAL / "timeline.jsonl")
    parser.add_argument("--background", nargs="*", type=Path, default=sorted(EVAL.glob("background/*.jsonl")))
    parser.add_argument("--between", type=int, default=1000, help="background items between; 1000 by default")
    parser.add_argument("--since", type=date.fromisoformat, default=None, help="first day; the day after the baseline")
    parser.add_argument("--hours", action="store_true", help="give each item an hour of its day at random")
    parser.add_argument("--rows", nargs="*", choices=("gold", "ours"), default=("gold", "ours"))
    parser.add_argument("--shaken", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Print the rows and the JSON line."""
    args = arguments()
    paths = args.items or sorted(EVAL.glob("dev/*.jsonl"))
    if not paths or not args.timeline.exists():
        print(f"timeline: skipped, no labelled items: name files, or put them into {EVAL}")
        print(json.dumps({"skipped": True}))
        return
    lines = load_news(paths, args.since)
    lines += load_background(args.background, args.between, args.seed, lines)
    lines = spread(lines, args.seed) if args.hours else lines
    coming = arrivals([line.item() for line in lines], load_sources(None))
    news = News.of(lines, {arrival.entry.guid: arrival.source.tier for arrival in coming})
    moves = [m for m in load_moves(args.timeline) if m["major"] and m["date"] >= news.first.isoformat()]
    out: dict[str, Any] = {}
    for row in args.rows:
        events = asyncio.run(replayed(lines, coming, gold=row == "gold", jobs=args.jobs))
        out[row] = scored(events, news, moves)
        shown(row, out[row])
        if row == "gold" and args.shaken:
            again = asyncio.run(replayed(lines, shaken(coming, args.seed), gold=True, jobs=args.jobs))
            told = [{key_of(e) for e in run if e["event"] == "posted"} for run in (events, again)]
            same = len(told[0] & told[1]) / len(told[0] | told[1])
            posted = [e for e in again if e["event"] == "posted"]
            out["shaken"] = {"same": round(same, 3), "duplicates": len(twice(posted)), "alerts": len(posted)}
            print(f"shaken   same {same:.3f}  duplicates {len(twice(posted))}  alerts {len(posted)}")
    print(json.dumps(out))


if __name__ == "__main__":
    main()

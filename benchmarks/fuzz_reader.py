"""Does any item, however broken, crash or hang the reader, or make it quote what does not stand there?

    .venv/bin/python benchmarks/fuzz_reader.py [ITEMS.jsonl ...] [--minutes 10] [--seed 1] [--rules]

Items of our own in four languages (and those of files that are named) are mutated at random: title or text emptied,
joined to those of other languages, repeated up to a megabyte, wrapped in HTML, strewn with emoji, null bytes and
invisible characters, broken as a wrong character set breaks them, cut anywhere, given a wrong language and an odd date.
Each goes the way of `stancewatch read`: a line of JSON, an item, a result. A fault is any error but a line that is
refused with its reason, any item beyond its CPU time (5 s, and 20 s a megabyte more), a confidence that is none, and a quote
that is not in the item. Last line: one JSON object.

Refuses to do: how right a reading is, accuracy.py says.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "learning")]

from items import ITEMS, as_row, read_written  # noqa: E402

from bot.cli.items import BadLine, parse_items, readings_line  # noqa: E402
from bot.domain import Item, ReadResult  # noqa: E402
from bot.nlp.learned.advisor import advisor_for  # noqa: E402
from bot.nlp.reader import StorylineReader  # noqa: E402
from config import load_storyline  # noqa: E402

Row = dict[str, Any]
SECONDS, SECONDS_A_MEGABYTE = 5, 20
MEGABYTE = 1_000_000
ODD = (
    "\x00",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\U0001f525",
    "👩‍👩‍👧",
    "\ud7ff",
    "İ",
    "ﬃ",
    "\u0301" * 30,
    "﷽",
    "\r",
    "\x1b[31m",
    "\u2028",
)
WRAPS = (
    "<p>{}</p>", "<div class='x'><a href=\"https://x.example/?a=1&b=2\">{}</a>", "<![CDATA[{}]]>", "&lt;b&gt;{}&amp;nbsp;",
    "<script>if (a < b) {{ }}</script>{}", "<<<{}>>>", "{}" + "<br/>" * 500,
)  # fmt: skip
CHARSETS = (("utf-8", "latin-1"), ("utf-8", "cp1251"), ("cp1251", "latin-1"), ("euc-kr", "latin-1"), ("utf-8", "cp437"))
LANGS = ("en", "ko", "ru", "uk", "xx", "", None, "EN-us", "und", "zh")
DATES = ("2024-06-20", "2024-10-18T12:00:00+09:00", "1970-01-01", "9999-12-31", "0001-01-01", None, "", "yesterday", 17)


def _broken(text: str, rng: random.Random) -> str:
    was, taken = rng.choice(CHARSETS)
    return text.encode(was, "replace").decode(taken, "replace")


def _strewn(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(ODD) + text[at:]
    return text


def _cut(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    return text[start : start + rng.randint(0, len(text))]


def _doubled(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.randint(1, 60)]
    return text[:start] + piece * rng.randint(2, 200) + text[start:]


def _joined(text: str, rng: random.Random) -> str:
    return rng.choice(("", " ", "\n", ".")).join(text.split(rng.choice((" ", ". ", "\n"))))


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _broken, _strewn, _cut, _doubled, _joined,
    lambda text, rng: rng.choice(WRAPS).format(text.replace("{", "(").replace("}", ")")),
    lambda text, rng: "".join(rng.sample(text, len(text))),
    lambda text, rng: rng.choice((text.upper(), text.lower(), text.swapcase(), text[::-1], text * 3, "")),
)  # fmt: skip


def mutated(rows: Sequence[Row], rng: random.Random) -> Row:
    """Return an item with a few random changes."""
    row = dict(rng.choice(rows))
    row = {name: row.get(name) or "" for name in ("id", "title", "text", "lang", "date")}
    for _ in range(rng.randint(1, 4)):
        field, other = rng.choice(("title", "text", "text")), rng.choice(rows)
        what = rng.randrange(len(CHANGES) + 4)
        if what < len(CHANGES):
            row[field] = CHANGES[what](row[field], rng)
        elif what == len(CHANGES):
            row[field] = f"{row[field]}{rng.choice((' ', chr(10), ''))}{other[rng.choice(('title', 'text'))]}"
        elif what == len(CHANGES) + 1:
            row["lang"] = rng.choice(LANGS)
        elif what == len(CHANGES) + 2:
            row["date"] = rng.choice(DATES)
        else:
            row["title"], row["text"] = row["text"], row["title"]
    if rng.random() < 0.01:
        row["text"] = ((row["text"] or "x") * (MEGABYTE // max(1, len(row["text"])) + 1))[:MEGABYTE]
    row["text"] = row["text"][: 2 * MEGABYTE]
    return row


def line_of(row: Row, rng: random.Random) -> bytes:
    """Return the item as a line of input; one in fifty is broken as JSON, too."""
    line = json.dumps(row, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass").replace(b"\n", b" ")
    if rng.random() < 0.02:
        at = rng.randrange(len(line))
        line = line[:at] + bytes([rng.randrange(256)]) + line[at + rng.randrange(3) :]
    return line


def wrong_in(item: Item, result: ReadResult) -> str:
    """Return what is wrong with a result, "" for nothing."""
    if result.id != item.id:
        return f"the result is of {result.id!r}"
    for reading in (*result.readings, *result.doubtful):
        if not 0.0 <= reading.confidence <= 1.0:
            return f"confidence {reading.confidence}"
        if reading.quote not in item.title and reading.quote not in item.text:
            return f"quote {reading.quote[:80]!r} stands nowhere"
    json.dumps(readings_line(result)).encode()
    return ""


def outcome(reader: StorylineReader, line: bytes) -> tuple[str, str]:
    """Read one line; return what came of it (refused, relevant, read, apart, fault), and why."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS + SECONDS_A_MEGABYTE * len(line) / MEGABYTE)
    try:
        parsed = next(iter(parse_items([line])), BadLine(1, "empty"))
        if isinstance(parsed, BadLine):
            return ("refused", "") if parsed.reason else ("fault", "refused without a reason")
        item = parsed.item()
        result = reader.read(item)
        wrong = wrong_in(item, result)
    except Exception as error:  # noqa: BLE001 -- that is what is looked for
        return "fault", f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if wrong:
        return "fault", wrong
    return ("read" if result.readings else "relevant" if result.relevant else "apart"), ""


def outcomes(
    reader: StorylineReader, rows: Sequence[Row], seconds: float, seed: int
) -> Iterator[tuple[bytes, str, str]]:
    """Yield each mutated line that was read in the time, with what came of it."""
    rng = random.Random(seed)  # a seed repeats a run
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        line = line_of(mutated(rows, rng), rng)
        yield line, *outcome(reader, line)


def _hung(_signal: int, _frame: object) -> None:
    raise TimeoutError("not read within its time")


def main() -> None:
    """Look for faults, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="*", type=Path, help="files of items to mutate beside our own")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="repeats a run")
    parser.add_argument("--rules", action="store_true", help="without the learned part")
    parser.add_argument("--keep", type=Path, help="file to write the lines into that show a fault")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, _hung)
    storyline = load_storyline()
    rows: list[Row] = [as_row(one) for path in sorted(ITEMS.glob("*.txt")) for one in read_written(path, storyline)[0]]
    for path in given.items:
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    reader = StorylineReader(storyline, advisor=None if given.rules else advisor_for(storyline))
    counts: Counter[str] = Counter()
    for line, came, why in outcomes(reader, rows, given.minutes * 60, given.seed):
        counts[came] += 1
        if came == "fault":
            print(f"fault {counts['fault']}: {why[:200]}", flush=True)
            if given.keep:
                with given.keep.open("ab") as kept:
                    kept.write(line + b"\n")
    told = {name: counts[name] for name in ("refused", "apart", "relevant", "read")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{counts.total()} mutations of {len(rows)} items: {told}, {counts['fault']} faults")
    print(
        json.dumps(
            {
                "items": len(rows),
                **told,
                "faults": counts["fault"],
                "minutes": given.minutes,
                "cpu_s": round(time.process_time()),
                "rss_mb": peak,
            }
        )
    )


if __name__ == "__main__":
    main()

"""What does a worker need until it has read an item in each of four languages?

    .venv/bin/python benchmarks/start.py

A process of its own, with nothing loaded that a worker of the bot does not load; benchmarks/read.py calls it with
compiled modules. CPU and wall seconds since the process began, and its memory: resident, and its share of it where
pages are shared (proportional). Last line: one JSON object.

Refuses to do: it measures no reading after the first.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.domain import Item
from bot.nlp.building import build_reader

GREETINGS = {
    "en": (
        "Seoul mulls arms for Ukraine",
        "South Korea said it may send weapons to Ukraine after Russia's pact with North Korea.",
    ),
    "ko": (
        "정부, 우크라이나 무기 지원 재검토",
        "대통령실은 북러 조약 체결에 우크라이나 무기 지원 문제를 재검토하겠다고 밝혔다.",
    ),
    "ru": (
        "Сеул рассматривает поставки оружия Украине",
        "Южная Корея не исключает поставок оружия Украине из-за договора России и КНДР.",
    ),
    "uk": (
        "Сеул розглядає постачання зброї Україні",
        "Південна Корея не виключає постачання зброї Україні через договір Росії та КНДР.",
    ),
}


def main() -> None:
    """Read an item in each language, and say what it took since the process began."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    reader = build_reader(None, "")
    for code, (title, text) in GREETINGS.items():
        if not reader.read(Item(code, title, text, code)).readings:
            raise SystemExit(f"no reading in {code}: nothing was loaded")
    ticks = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    wall = time.clock_gettime(time.CLOCK_BOOTTIME) - int(ticks[19]) / os.sysconf("SC_CLK_TCK")
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
    memory = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines}
    told = {
        "start_s": time.process_time(),
        "start_wall_s": wall,
        "rss_mb": memory["Rss:"],
        "pss_mb": memory["Pss:"],
    }
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


if __name__ == "__main__":
    main()

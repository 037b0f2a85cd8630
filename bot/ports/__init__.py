"""What does the core ask of the world?

Protocols only; the parts that answer are wired together in bot/wiring.py. A fake that answers one of them is
product code and stands beside the real part.

Refuses to do: no implementation, no default behaviour.
"""

from bot.ports.desk import Desk, Finder
from bot.ports.doubts import StoreDoubts
from bot.ports.keeping import Store, Unit
from bot.ports.pages import Pages
from bot.ports.upkeep import StoreUpkeep
from bot.ports.world import Clock, Notifier, Read, Reader, Watcher

__all__ = [
    "Clock",
    "Desk",
    "Finder",
    "Notifier",
    "Pages",
    "Read",
    "Reader",
    "Store",
    "StoreDoubts",
    "StoreUpkeep",
    "Unit",
    "Watcher",
]

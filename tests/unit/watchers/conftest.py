"""What the tests of this folder share: workers that parse."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from watchers import Parser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    """Workers serve a whole module: starting them takes longer than all they do there."""
    async with Parser(workers=1) as opened:
        yield opened

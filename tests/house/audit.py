"""Does a package that is pinned have a known flaw?

Asks the advisory service by pip-audit, with the pins and hashes of requirements.lock. Where the service cannot be
reached it says so and does not fail: a machine without the internet is no flaw. Exit status 1 names what has to be
upgraded.

Refuses to do: nothing is installed or changed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements.lock"
SECONDS = 120


def main() -> int:
    """Ask, tell, and return the exit status."""
    words = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*words, "--timeout", "10", "--format", "json", "--requirement", str(LOCK)],
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        tell("dependency audit skipped: the advisory service cannot be reached from here")
        return 0
    known = [package for package in found if "skip_reason" not in package]
    flawed = [(package, flaw) for package in known for flaw in package["vulns"]]
    for package, flaw in flawed:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        tell(f"{package['name']} {package['version']}: {flaw['id']}; mended in {mended}")
    if known:
        tell(f"dependency audit: {len(known)} of {len(found)} packages looked up, {len(flawed)} known flaws")
    else:
        tell(f"dependency audit skipped: the advisory service knows none of the {len(found)} packages from here")
    return bool(flawed)


def tell(line: str) -> None:
    """Say a line to whoever runs the check."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

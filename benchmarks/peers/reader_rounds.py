"""What does PyPI `reader` do in the polling benchmark? Runs in a virtual environment of its own.

    peer.py FOLDER FIRST_URL_FORMAT N     one line on standard input is one round; one line of JSON answers it

Started by benchmarks/polling.py, never by hand; it needs `reader` and `sgmllib3k` and nothing of ours.
"""

from __future__ import annotations

import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")


def main() -> None:
    """Update all feeds once for each line on standard input."""
    import certifi  # noqa: PLC0415 -- none of this is installed where this file is checked
    from reader import make_reader  # noqa: PLC0415

    # As if the local CA had been appended to certifi's own file.
    certifi.where = lambda: os.environ["SSL_CERT_FILE"]
    import requests.adapters  # noqa: PLC0415

    requests.adapters.DEFAULT_CA_BUNDLE_PATH = os.environ["SSL_CERT_FILE"]

    folder, form, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    reader = make_reader(f"{folder}/reader.db")
    for number in range(count):
        reader.add_feed(form.format(number))
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        reader.update_feeds(workers=8, scheduled=False)
        failed = reader.get_feed_counts(broken=True).total
        print(json.dumps({"items": reader.get_entry_counts().total, "failed": failed}), flush=True)


if __name__ == "__main__":
    main()

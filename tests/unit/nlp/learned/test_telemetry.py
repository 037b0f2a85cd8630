"""Does the reader talk to nobody?"""

import os
import subprocess
import sys


def test_encoder_forbids_its_runtime_to_report(tmp_path):
    # Where it may not write its device id, the runtime says so as soon as it begins to report.
    nowhere = str(tmp_path / "file" / "below")
    (tmp_path / "file").touch()
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": nowhere, "XDG_CACHE_HOME": nowhere}

    def said(program: str) -> str:
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr

    assert "telemetry" not in said("import bot.nlp.learned.encoder")

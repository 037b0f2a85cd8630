"""Which positions does an article report? Start at reader.py; analysis.py holds the values its parts pass on."""

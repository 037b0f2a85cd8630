"""How do Russian and Ukrainian say it? The mechanism that both share; their folders hold the words.

tokens.py cuts text, morphology.py names the words, clauses.py finds who governs whom, factuality.py, agents.py
and attribution.py answer the three questions of bot/nlp/analysis.py.
"""

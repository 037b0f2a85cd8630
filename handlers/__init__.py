"""Shows notices where people are: one folder a platform, found by name."""

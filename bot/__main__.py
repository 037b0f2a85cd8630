"""Where does the command start? Here, and `python -m bot` is the same.

Worker processes import this module again, so it imports nothing before `main` is called.
"""


def main() -> None:
    """Run the command line."""
    from bot.cli import main as command  # noqa: PLC0415 - see above: workers must not load the whole program

    command()


if __name__ == "__main__":
    main()

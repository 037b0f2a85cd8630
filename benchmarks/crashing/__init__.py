"""What does benchmarks/crash.py consist of?

    newsroom  what is printed, and what a reader of the channels has to see of it
    chats     a Discord and a Slack that lose, delay, repeat and refuse (discord_face, slack_face), and their record
    child     the bot, forked in a moment, that dies at a named step
    upkeep    backups and migrations that are killed
    verdict   what the platforms' record says

Refuses to do: nothing of the product is changed; hooks are put around its parts where they are put together.
"""

"""How much the bot bears: a burst, a steady rate, one who floods, and an hour's worth of updates, beside a bare bot.

The Bot API here does next to nothing, so that it is not what is measured. All of it runs on the loopback, is bounded in
count and time, and stops by itself.
"""

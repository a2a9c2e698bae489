"""Editors at work in a private chat: changing the content, teaching ways of asking, and undoing.

What an editor has in hand lies in the `drawer`, named by the buttons under each message, so that all of it survives a
restart. An edit is kept as what was asked for, and applied to whatever the files say when it is reviewed.
"""

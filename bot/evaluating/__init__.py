"""How well the bot understands labelled questions: verdicts, tables, curves, and limits that fit them.

Questions here are test data, written for the purpose. This is the one place whose output prints what was asked.
"""

"""What outlives a message: the only importer of SQLAlchemy.

`Store` keeps updates until they are answered, answers until they are sent, and what each conversation is about. Each
statement waits for the next commit, which takes all that wait: durable, and still fast when much comes at once.
"""

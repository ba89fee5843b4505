"""The two commands: `make run` and `make test`. Only the standard library, so that it runs before `.venv`
exists.
"""

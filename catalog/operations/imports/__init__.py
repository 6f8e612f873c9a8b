"""Importing products.

uploads   a file becomes a job: recognised, its settings chosen, its rows mended
runs      check, import, cancel: what a page, the API or the command asks for
steps     the work itself, in steps that can be taken up again
comparing rows against the catalog; writing what differs
undoing   back to the state before
"""

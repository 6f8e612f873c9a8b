"""Figures about the stock that people print and file. All of them are read from the ledger."""

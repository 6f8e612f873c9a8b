"""What is there: the stock ledger and the balances it adds up to."""

"""What every shard writes down about its organizations: who changed what, and what must be told.

Audit entries, the outbox that carries events out of the transaction that caused them, the inbox that
makes each consumer act once, and the answers kept for repeated API requests.
"""

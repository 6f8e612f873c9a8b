"""Organizations, stores, people and roles; money and time; the bases of pages, API and back office."""

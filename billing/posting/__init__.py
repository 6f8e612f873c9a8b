"""Posted documents as rows, and the calls that write them. Everything is priced before it comes here."""

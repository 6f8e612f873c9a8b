"""What the API of billing takes and shows, as typed structs."""

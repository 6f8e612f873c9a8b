"""What is sold to whom, for how much: registers, shifts, carts, bills."""

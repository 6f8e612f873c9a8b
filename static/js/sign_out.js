// Signing out.

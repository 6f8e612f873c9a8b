"""What people type on the storeroom's pages."""

"""What people see in a browser: pages over a store, and the records that people keep beside it."""

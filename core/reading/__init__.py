"""What people write, read: pure functions without clock, network or memory."""

"""What the application does, as plain synchronous code. No Qt and no SDK."""

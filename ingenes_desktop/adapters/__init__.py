"""One module for each far end. Each turns its library's errors into AuthError at its door."""

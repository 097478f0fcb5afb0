"""What lies over a view when somebody asks for help."""

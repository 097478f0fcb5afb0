"""QtCore objects between the views and the application: intents in, one state out."""

"""Settings, start-up checks and the command line."""

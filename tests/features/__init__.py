"""What every feature must do, and each feature doing it."""

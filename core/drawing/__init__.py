"""Pictures in large type, drawn from words for who cannot read small letters on a phone."""

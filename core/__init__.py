"""What is true: people, activities, claims and what should be seen. Knows no network, no clock and no configuration."""

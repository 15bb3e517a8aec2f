"""What is known of release groups, kept up to date by what happens."""

"""Settings: services by generated forms, folders, profiles."""

"""The database; the only folder that imports peewee."""

"""House rules that no linter knows: sizes, public names, colours, namespaces."""

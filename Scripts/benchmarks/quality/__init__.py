"""How good predictions and lists are, ours and theirs, on the same five folds of ml-latest-small."""

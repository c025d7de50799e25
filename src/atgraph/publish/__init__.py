"""The dataset comes in, the files that others take away go out."""

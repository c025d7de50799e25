"""Words come in as `python -m atgraph …`, and are the command line's."""

from atgraph.cli import main

if __name__ == "__main__":
    main()

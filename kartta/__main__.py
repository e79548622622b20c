"""Run `python -m kartta`."""

from kartta import main

if __name__ == "__main__":
    main()

"""`python -m config` prints the table of settings for the README."""

from config.table import markdown

if __name__ == "__main__":
    print(markdown())

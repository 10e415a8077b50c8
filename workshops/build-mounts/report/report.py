"""Prints how many words each argument has."""
import sys


def count(text):
    return len(text.split())


def main():
    for text in sys.argv[1:]:
        print(f"words: {count(text)}")

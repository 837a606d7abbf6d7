"""Words, pieces and case types: what the model reads. The counterpart of `src/tag/token.rs` and `src/tag/case.rs`."""

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

NONE, LOWER, UPPER, TITLE, MIXED, DIGITS, PUNCTUATION, SINGLE_CAPITAL = range(8)
CASE_TYPES = ["none", "lower", "upper", "title", "mixed", "digits", "punctuation", "single_capital"]


def word_spans(text):
    """(start, end) of each word: a run of letters and digits, or one other visible character."""
    spans, start = [], None
    for place, character in enumerate(text):
        if character.isalnum():
            start = place if start is None else start
            continue
        if start is not None:
            spans.append((start, place))
            start = None
        if not character.isspace():
            spans.append((place, place + 1))
    if start is not None:
        spans.append((start, len(text)))
    return spans


@lru_cache(maxsize=1 << 18)
def case_type(word):
    """The case of a word, as a token type."""
    letters = [c for c in word if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    lower = sum(c.islower() for c in letters)
    digits = sum(c.isnumeric() for c in word)
    if not letters:
        return DIGITS if digits else PUNCTUATION
    if len(letters) == 1 and upper == 1 and digits == 0:
        return SINGLE_CAPITAL
    if len(letters) > 1 and upper and not lower:
        return UPPER
    if not upper and lower:
        return LOWER
    if upper == 1 and letters[0].isupper() and lower:
        return TITLE
    return MIXED


class Pieces:
    """The word pieces of a word, by a `tokenizer.json` that neither pads nor truncates."""

    def __init__(self, tokenizer_json: Path):
        self.tokenizer = Tokenizer.from_file(str(tokenizer_json))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cls = self.tokenizer.token_to_id("[CLS]")
        self.sep = self.tokenizer.token_to_id("[SEP]")
        self.mask = self.tokenizer.token_to_id("[MASK]")
        self.known = {}

    def of(self, word):
        """The ids of a word's pieces; none for a character that the tokenizer drops."""
        ids = self.known.get(word)
        if ids is None:
            ids = self.known[word] = tuple(self.tokenizer.encode(word, add_special_tokens=False).ids)
        return ids

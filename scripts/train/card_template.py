"""Filling the template of a model card."""

from pathlib import Path


def filled(template, parts):
    """The text of a template beside this file, with `{{name}}` replaced by the part of that name."""
    text = (Path(__file__).parent / template).read_text()
    for name, value in parts.items():
        text = text.replace("{{" + name + "}}", str(value))
    if "{{" in text:
        raise ValueError(f"{template} names a part that is not known: {text[text.index('{{') :][:40]}")
    return text


def reliability(rows):
    """Lines of a table of scores: from, to, mentions, mean score, share right."""
    return "\n".join(f"| {low:.1f} to {high:.1f} | {count} | {said:.3f} | {right:.3f} |" for low, high, count, said, right in rows)

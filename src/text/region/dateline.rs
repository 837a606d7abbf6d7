//! Datelines: place, date and agency that open the first paragraph.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::cue;

/// Shortest first paragraph, in bytes, that can have a dateline: what is shorter is a heading.
const PARAGRAPH: usize = 60;

static PLACES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| cue::rows(include_str!("../data/dateline_places.txt")).collect());

/// Words in capitals before a colon that are no places.
const LABELS: [&str; 22] = [
    "WATCH",
    "BREAKING",
    "UPDATE",
    "UPDATED",
    "ANALYSIS",
    "OPINION",
    "EXPLAINER",
    "EXCLUSIVE",
    "REVIEW",
    "VIDEO",
    "PHOTOS",
    "LIVE",
    "NOTE",
    "CORRECTION",
    "FACTBOX",
    "TIMELINE",
    "READ",
    "INTERVIEW",
    "EDITORIAL",
    "COMMENT",
    "ALERT",
    "JUST IN",
];

static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let word = r"(?:d['’])?\p{Lu}[\p{L}\p{M}.'’-]*";
    let joint = r"(?:\s|/|\s(?:de|la|el|al|of|es|and)\s)";
    let day = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s)?(?:[0-9]{1,2}(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z]*\.?\s[0-9]{1,2}(?:st|nd|rd|th)?)(?:,?\s[0-9]{4})?|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}";
    let day = format!("(?:{day})");
    Regex::new(&format!(
        r"^(?:(?<place>(?:{word}?|afrol News)(?:{joint}{word}?){{0,4}}?)(?<region>(?:,\s?{word}(?:\s(?:(?:of|the|de|du|da|and)\s){{0,2}}{word}){{0,3}}){{0,2}}))?(?<date>,?\s?{day}\.?)?(?:(?<agency>,?\s?(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,40}}/))?\s{{0,3}}(?:(?<mark>[:–-])\s{{1,3}}|(?<wide>—|--)\s{{0,3}})|(?<signed>\s?/[^/\n]{{2,40}}/)\.\s{{1,3}})(?:(?<after>{day})\s?[:—–-]\s{{0,3}})?"
    ))
    .ok()
});

/// Length in bytes of the dateline, with the white space after it, that opens a paragraph.
pub(super) fn length(paragraph: &str) -> Option<usize> {
    if paragraph.len() < PARAGRAPH {
        return None;
    }
    let head = paragraph.get(..paragraph.floor_char_boundary(160))?;
    let captures = DATELINE.as_ref()?.captures(head)?;
    let whole = captures.get(0)?.as_str();
    let has = |name: &str| captures.name(name).is_some_and(|group| !group.is_empty());
    let place = captures.name("place").map_or("", |group| group.as_str());
    let mark = captures.name("mark").map_or("—", |group| group.as_str());
    let rest = paragraph.get(whole.len()..)?;
    let begins = rest
        .trim_start_matches(['"', '\'', '“', '‘', '(', '[', '«'])
        .starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    if !begins {
        return None;
    }
    let dated = has("date") || has("after");
    let credited = has("agency") || has("signed");
    let capitals = place.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !place.chars().any(char::is_lowercase);
    let known = PLACES.contains(place);
    let accepted = match mark {
        ":" => {
            (capitals && !LABELS.contains(&place))
                || known
                || credited
                || (dated && !place.is_empty())
        }
        _ => !place.is_empty() || credited,
    };
    accepted.then_some(whole.len())
}

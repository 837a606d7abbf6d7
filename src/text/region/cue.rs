//! The phrases by which a line shows that it is not the article.
//!
//! They are data: `data/layout_cues.csv`, `data/agencies.txt`. What follows from a cue is not decided
//! here.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Longest line, in bytes, that can be a cue: what is longer is prose that begins alike.
const LONGEST: usize = 240;

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The article is over, if only trailer-like lines follow.
    Trailer,
    /// This line alone is no part of the article.
    Inline,
    /// Names who wrote it.
    Byline,
    /// Names the part of the site.
    Section,
}

/// A cue of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub role: Role,
    pub rule: &'static str,
    /// It is the whole line and not its beginning.
    pub whole: bool,
}

#[derive(Default)]
struct Table {
    /// A phrase may have two roles, by where it stands.
    lines: HashMap<&'static str, Vec<Cue>>,
    /// By first word, to keep a look-up short.
    prefixes: HashMap<&'static str, Vec<(&'static str, Cue)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in rows(include_str!("../data/layout_cues.csv")).skip(1) {
        let mut cells = line.split(',');
        let (Some(phrase), Some(place), Some(role), Some(rule)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let role = match role {
            "trailer" => Role::Trailer,
            "inline" => Role::Inline,
            "byline" => Role::Byline,
            "section" => Role::Section,
            _ => continue,
        };
        let whole = place == "line";
        let cue = Cue { role, rule, whole };
        if whole {
            table.lines.entry(phrase).or_default().push(cue);
        } else {
            let first = first_word(phrase);
            table.prefixes.entry(first).or_default().push((phrase, cue));
        }
    }
    table
});

static AGENCIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../data/agencies.txt"))
        .map(str::to_lowercase)
        .collect()
});

/// The lines of a data file without comments and empty ones.
pub(super) fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The cue of these roles that a line is, if any.
pub(super) fn of(line: &str, roles: &[Role]) -> Option<Cue> {
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let wanted = |cue: &&Cue| roles.contains(&cue.role);
    let bare = lower.trim_matches(|c: char| c.is_whitespace() || ":*-–—>»|".contains(c));
    if let Some(cue) = TABLE
        .lines
        .get(bare)
        .and_then(|cues| cues.iter().find(wanted))
    {
        return Some(*cue);
    }
    let starts = |phrase: &str| {
        lower.strip_prefix(phrase).is_some_and(|rest| {
            !phrase.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric)
        })
    };
    TABLE
        .prefixes
        .get(first_word(&lower))?
        .iter()
        .find(|(phrase, cue)| starts(phrase) && wanted(&cue))
        .map(|(_, cue)| *cue)
}

/// True for the name of a news agency, or several with a stroke or comma between.
pub(super) fn is_agency(name: &str) -> bool {
    let name = name.trim();
    name.len() <= 64
        && !name.is_empty()
        && name
            .to_lowercase()
            .split(['/', ',', '&'])
            .all(|part| AGENCIES.contains(part.trim()))
}

/// The letters at the start, or the first character where it is none.
fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let one = text.chars().next().map_or(0, char::len_utf8);
    text.get(..end.max(one)).unwrap_or_default()
}

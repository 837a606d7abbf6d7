//! Lines that say who wrote an article, where, and when; and the masthead of which they are the last.
//!
//! A masthead is a run of short lines at the top (outlet, sections, headline, author) that ends with one
//! which gives a full date as the page's own. It refuses lines of prose and dates inside a sentence.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::cue::{self, Role};
use super::line::Line;
use super::{RegionKind, dateline, title};
use crate::text::calendar;

/// Words before a date that make it the page's own, glued to the text or not.
pub(super) static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:date(?:\s+of\s+publication)?|(?:first\s+|originally\s+)?(?:published|issued|released|filed)(?:\s+(?:on|at|date|in\s[\p{L} .]{2,40},))?|posted(?:\s+(?:on|at))?|(?<updated>(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?))\s*[:|–-]?\s*",
    )
    .ok()
});

/// Lines under a title that may hold place, author and date.
pub(super) const CREDITS: usize = 3;

/// True for a line that says who wrote the article, or when.
pub(super) fn is_credit(line: &Line<'_>) -> bool {
    line.is_date() || is_byline(line.content) || page_date(line.content).is_some()
}

/// True for "By Jane Doe", "Staff Reporter", "AFP", "Reuters, Kabul".
pub(super) fn is_byline(line: &str) -> bool {
    if line.len() > 100 {
        return false;
    }
    if cue::of(line, &[Role::Byline]).is_some() {
        return true;
    }
    if cue::is_agency(line.trim_matches(['(', ')', '-', '—', '–', ' '])) {
        return true;
    }
    let Some(names) = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("BY "))
    else {
        return false;
    };
    let small = [
        "and", "in", "of", "for", "the", "de", "von", "van", "al", "bin", "with", "&", "|",
    ];
    !line.ends_with(['.', '!', '?', ':'])
        && names.split_whitespace().count() <= 10
        && names.split_whitespace().all(|word| {
            small.contains(&word)
                || word.starts_with(|c: char| c.is_uppercase() || "|-–".contains(c))
        })
}

/// Most lines of a masthead.
const MASTHEAD: usize = 9;

/// Longest of its lines, in bytes.
const MASTHEAD_LINE: usize = 200;

/// Longest headline, in bytes: what is longer and has a dateline is the first paragraph.
const HEADLINE: usize = 130;

/// Fewest words of a headline in it: outlets and sections have fewer.
pub(super) const HEADLINE_WORDS: usize = 5;

/// What parts the pieces of a line of the page: marks, wide blanks, a stroke or dash between blanks.
static MARKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*[·|•›»>]\s*|\s+[/–—-]\s+|[\s\u{a0}]{2,}").ok());

/// The lines of a masthead, each with its kind, and the date that the last gives.
pub(super) struct Masthead {
    pub kinds: Vec<RegionKind>,
    pub date: Date,
    /// The date says only when the page was changed.
    pub updated: bool,
}

/// The masthead that these lines begin with. `wanted` is the record's title; `titled` says that a
/// headline was met before.
pub(super) fn masthead(lines: &[Line<'_>], wanted: Option<&str>, titled: bool) -> Option<Masthead> {
    let mut kinds = Vec::new();
    let mut titled = titled;
    let mut credited = false;
    for line in lines.iter().take(MASTHEAD) {
        let content = line.content;
        let opening = (line.ends_sentence() || content.len() > HEADLINE)
            && dateline::length(content).is_some();
        if line.is_prose() || content.len() > MASTHEAD_LINE || opening {
            return None;
        }
        if let Some(found) = page_date(content) {
            kinds.push(if found.named && titled {
                RegionKind::Byline
            } else {
                RegionKind::Header
            });
            return Some(Masthead {
                kinds,
                date: found.date,
                updated: found.updated,
            });
        }
        let headline = match wanted {
            Some(wanted) => title::length(content, wanted).is_some(),
            None => is_headline(content),
        };
        let byline =
            is_byline(content) || content.starts_with("By ") || content.starts_with("By: ");
        kinds.push(if byline {
            credited = true;
            RegionKind::Byline
        } else if headline && !credited {
            titled = true;
            RegionKind::Title
        } else if titled {
            RegionKind::Byline
        } else {
            RegionKind::Header
        });
    }
    None
}

/// True for a line in words, without the marks of a path of sections.
fn is_headline(content: &str) -> bool {
    let marked = content.contains(['·', '|', '•', '›', '»', '>']) || content.contains(" / ");
    !marked && content.split_whitespace().count() >= HEADLINE_WORDS
}

/// What a line says of its page.
pub(super) struct PageDate {
    pub date: Date,
    /// It is the date of a change.
    pub updated: bool,
    /// The line names somebody or something besides.
    pub named: bool,
}

/// The date that a line gives as the page's own: beside it stand labels, names and other figures, and no
/// sentence.
pub(super) fn page_date(line: &str) -> Option<PageDate> {
    if line.len() > MASTHEAD_LINE {
        return None;
    }
    let mut found: Option<PageDate> = None;
    let mut named = false;
    for piece in MARKS.as_ref()?.split(line).map(str::trim) {
        let label = LABEL.as_ref().and_then(|label| label.captures(piece));
        let updated = label
            .as_ref()
            .is_some_and(|label| label.name("updated").is_some());
        let length = label.and_then(|label| Some(label.get(0)?.end()));
        let rest = piece.get(length.unwrap_or_default()..).unwrap_or_default();
        let before_after = calendar::find(rest).and_then(|(range, date)| {
            let (before, after) = (rest.get(..range.start)?, rest.get(range.end..)?);
            let words = names(before)? + names(after)?;
            let credited = length.is_some() || piece.starts_with("By ") || piece.starts_with("by ");
            let few = if credited { MOST_NAMES } else { FEW_NAMES };
            (words <= few).then_some((date, words))
        });
        match before_after {
            Some((date, words)) if found.is_none() => {
                named |= words > 0 && length.is_none();
                found = Some(PageDate {
                    date,
                    updated,
                    named,
                });
            }
            // A sentence after a dateline is no part of a line of credits.
            _ if piece.split_whitespace().count() > MOST_WORDS => return None,
            _ => named |= piece.starts_with(char::is_alphabetic),
        }
    }
    found.map(|found| PageDate { named, ..found })
}

/// Most words of a piece without a date: outlet, author, section.
const MOST_WORDS: usize = 6;

/// Most names beside a date that a label or "By" opens, and beside another.
const MOST_NAMES: usize = 9;
const FEW_NAMES: usize = 4;

/// How many names stand here; none where there is any other word than a name, a figure or a link.
fn names(text: &str) -> Option<usize> {
    const LINKS: [&str; 20] = [
        "by", "in", "on", "at", "of", "for", "and", "the", "from", "with", "page", "updated",
        "modified", "issue", "edition", "am", "pm", "a.m", "p.m", "hrs",
    ];
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || "()[],:;/".contains(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if LINKS.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        match word.chars().next() {
            Some(first) if first.is_lowercase() => return None,
            Some(first) if first.is_alphabetic() => count += 1,
            _ => {}
        }
    }
    Some(count)
}

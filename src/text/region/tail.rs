//! What trails the article, and what interrupts it.
//!
//! A cue alone never ends the article: what follows it must look like a trailer too. Otherwise only
//! the cue's own line is boilerplate, so that no early "Read more" loses the text below it.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::cue::{self, Role};
use super::line::Line;
use super::{RegionKind, Start};
use crate::text::calendar;

/// "Published in The Daily, March 4th, 2019".
static FOOTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W{0,3}(?:this\s[\p{L} ]{2,40}\s)?(?:was\s)?(?:first\s|originally\s)?(?:published|appeared|posted)\s?(?:in\s[^\n]{2,60}?[,\s]|on|at|date)?\s?:?\s{0,3}(?:on\s)?$",
    )
    .ok()
});

/// A credit in brackets that ends a paragraph, and a site's own links glued to it.
static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\((?:additional\s)?(?:reporting|writing|editing|compiled|translated|source)(?:\sand\s\w+)?(?:\sby|:)\s[^()]{2,400}\)?[\s.]*$",
    )
    .ok()
});

/// An agency's name that signs the last paragraph: "... he said. — SPA".
static SIGNATURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"[.!?”"’')]\s{0,3}(?:[—–-]{1,2}\s?([\p{L} /-]{2,40}?)|\(([\p{L} /-]{2,40}?)\))\.?$"#,
    )
    .ok()
});

/// Links of the site glued after the last full stop.
static GLUED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)[.!?”"’')]\s{1,3}((?:read also|read more|follow us|related stor(?:y|ies)|cookie policy|privacy policy|all rights reserved)\b[^.!?]{0,80}\.?)$"#).ok()
});

/// The regions from the article on.
#[derive(Default)]
pub(super) struct Tail {
    pub starts: Vec<Start>,
    /// The date that the footer gives.
    pub published: Option<Date>,
}

/// The links that a cue announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    None,
    /// The next line ("Also read:").
    One,
    /// The lines below up to the next blank line ("READ MORE").
    List,
}

impl Links {
    /// True where the line is one of these links.
    fn include(self, line: &Line<'_>) -> bool {
        match self {
            Links::None => false,
            Links::One => !line.ends_sentence(),
            Links::List => !line.gap && line.content.len() <= LONGEST_LINK,
        }
    }

    /// What is still to come after one of them.
    fn after_one(self) -> Self {
        match self {
            Links::List => Links::List,
            Links::None | Links::One => Links::None,
        }
    }
}

/// Longest line, in bytes, of a list of links.
const LONGEST_LINK: usize = 100;

/// What a line shows by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    None,
    /// The article may be over; how much prose below, in hundredths of that above, speaks against it.
    Over(&'static str, usize),
    /// This line is no part of the article, nor are the links below it.
    Aside(&'static str, Links),
}

/// Reads the article and its trailer from byte `body` on.
pub(super) fn read(text: &str, lines: &[Line<'_>], body: usize) -> Tail {
    let first = lines.partition_point(|line| line.range.end <= body);
    let lines = lines.get(first..).unwrap_or_default();
    let mut tail = Tail::default();
    if lines.is_empty() {
        return tail;
    }
    let article = Start {
        at: body,
        kind: RegionKind::Body,
        rule: "article",
    };
    tail.starts.push(article);
    let signs: Vec<Sign> = (0..lines.len()).map(|at| sign(lines, at)).collect();
    let end = end_of_article(lines, &signs);
    let kept = end.map_or(lines.len(), |(at, _)| at);
    let mut links = Links::None;
    for (at, line) in lines.iter().enumerate().take(kept) {
        let aside = match signs.get(at) {
            Some(Sign::Aside(rule, links)) => Some((*rule, *links)),
            // A sign that the article is over, which it is not.
            Some(Sign::Over(rule, _)) => Some((*rule, Links::None)),
            _ if links.include(line) => Some(("read_more", links.after_one())),
            _ => None,
        };
        links = aside.map_or(Links::None, |(_, links)| links);
        if line.range.start < body {
            continue;
        }
        tail.starts.push(match aside {
            Some((rule, _)) => boilerplate(line.range.start, rule),
            None => Start {
                at: line.range.start,
                ..article
            },
        });
    }
    if let Some(last) = kept.checked_sub(1).and_then(|at| lines.get(at)) {
        tail.starts.extend(glued(text, last, body));
    }
    if let Some((at, rule)) = end
        && let Some(line) = lines.get(at)
    {
        tail.starts
            .push(boilerplate(line.range.start.max(body), rule));
        // The credit or a list may stand before the line with the date.
        let trailer = lines.get(at..).unwrap_or_default();
        tail.published = trailer.iter().find_map(|line| footer_date(line.content));
    }
    tail
}

fn boilerplate(at: usize, rule: &'static str) -> Start {
    Start {
        at,
        kind: RegionKind::Boilerplate,
        rule,
    }
}

/// What the line at this index shows by itself and its neighbours.
fn sign(lines: &[Line<'_>], at: usize) -> Sign {
    let Some(line) = lines.get(at) else {
        return Sign::None;
    };
    if footer_date(line.content).is_some() {
        return Sign::Over("published_in", 50);
    }
    let last = at + 1 == lines.len();
    if is_end_mark(line.content) && last {
        return Sign::Over("end_mark", 0);
    }
    let ended = last
        || (at + 2 == lines.len() && lines.last().is_some_and(|line| is_end_mark(line.content)));
    if ended && is_wire_end(line.content) {
        return Sign::Over("wire_end", 0);
    }
    if is_repeated_heading(lines, at) {
        return Sign::Over("teasers", 10);
    }
    if last
        && cue::is_agency(
            line.content
                .trim_matches(['(', ')', '-', '—', '–', ' ', '.']),
        )
    {
        return Sign::Over("agency_signature", 0);
    }
    // A wrapped line may begin with the words of a cue.
    if !line.gap && line.content.starts_with(char::is_lowercase) {
        return Sign::None;
    }
    let long = line.content.len() > 120 && line.ends_sentence();
    match cue::of(line.content, &[Role::Trailer, Role::Inline]) {
        Some(cue) if cue.role == Role::Inline && !long => {
            let links = if line.content.ends_with(':') {
                Links::One
            } else if cue.whole {
                Links::List
            } else {
                Links::None
            };
            Sign::Aside(cue.rule, links)
        }
        Some(cue)
            if cue.role == Role::Trailer
                && !(long && cue.rule != "agency_credit" && cue.rule != "copyright") =>
        {
            Sign::Over(cue.rule, 10)
        }
        _ => Sign::None,
    }
}

/// The first line that ends the article, and why.
fn end_of_article(lines: &[Line<'_>], signs: &[Sign]) -> Option<(usize, &'static str)> {
    let prose: Vec<usize> = (0..lines.len()).map(|at| prose(lines, signs, at)).collect();
    let total: usize = prose.iter().sum();
    let last_sentence = (0..lines.len()).rev().find(|&at| {
        lines.get(at).is_some_and(Line::ends_sentence) && matches!(signs.get(at), Some(Sign::None))
    });
    let mut above = 0;
    for (at, (sign, length)) in signs.iter().zip(&prose).enumerate() {
        let below = total - above;
        match *sign {
            Sign::Over(rule, share) if below * 100 <= above * share => return Some((at, rule)),
            // Nothing but links and headings below.
            Sign::Aside(rule, _) if last_sentence.is_none_or(|last| last < at) && at > 0 => {
                return Some((at, rule));
            }
            _ => {}
        }
        above += length;
    }
    None
}

/// How much of the article, in bytes, this line surely is. A blurb that stands alone under a heading
/// or a date is none: those are what teasers are made of.
fn prose(lines: &[Line<'_>], signs: &[Sign], at: usize) -> usize {
    let Some(line) = lines.get(at) else { return 0 };
    if !matches!(signs.get(at), Some(Sign::None)) {
        return 0;
    }
    let is_prose = |at: usize| lines.get(at).is_some_and(Line::is_prose);
    let beside = at.checked_sub(1).is_some_and(is_prose) || is_prose(at + 1);
    let under_heading = at
        .checked_sub(1)
        .is_some_and(|above| matches!(signs.get(above), Some(Sign::None)))
        && at
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .is_some_and(|above| above.is_heading() || above.is_date());
    let blurb = under_heading && !beside && line.content.len() < 300;
    let cut_short = line.content.ends_with("...") || line.content.ends_with('…');
    if blurb || cut_short || !(line.ends_sentence() || line.content.len() > 160) {
        0
    } else {
        line.content.len()
    }
}

/// True for the first of heading, date, the same heading: a teaser with its picture's caption.
fn is_repeated_heading(lines: &[Line<'_>], at: usize) -> bool {
    let (Some(line), Some(date), Some(again)) =
        (lines.get(at), lines.get(at + 1), lines.get(at + 2))
    else {
        return false;
    };
    line.content == again.content && line.is_heading() && date.is_date()
}

/// The date of a footer that says where or when the article was published.
fn footer_date(line: &str) -> Option<Date> {
    if line.len() > 160 {
        return None;
    }
    let (range, date) = calendar::find(line)?;
    let before = line.get(..range.start)?;
    let after = line
        .get(range.end..)?
        .trim_matches([' ', '.', ')', ']', '*']);
    (after.is_empty() && FOOTER.as_ref()?.is_match(before)).then_some(date)
}

/// The end of a wire's transmission: "REUTER", "More".
fn is_wire_end(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphabetic());
    let bare = bare.strip_suffix("^M").unwrap_or(bare);
    line.len() <= 16
        && ["reuter", "reuters", "more", "ends", "end", "reuter..."]
            .iter()
            .any(|word| bare.trim_end_matches('.').eq_ignore_ascii_case(word))
}

/// A line of control characters, as they are or written as HTML writes them, or of rules and stars.
fn is_end_mark(line: &str) -> bool {
    let reference = line
        .strip_prefix("&#")
        .and_then(|rest| rest.strip_suffix(';'));
    reference.is_some_and(|number| number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()))
        || !line.chars().any(char::is_alphanumeric)
}

/// What is glued to the end of the last paragraph.
fn glued(text: &str, line: &Line<'_>, body: usize) -> Option<Start> {
    let from = line.range.start.max(body);
    let whole = text.get(from..line.range.end)?;
    let window = whole.ceil_char_boundary(whole.len().saturating_sub(480));
    let end = whole.get(window..)?;
    let place = |at: usize, rule| (window + at > 0).then(|| boilerplate(from + window + at, rule));
    if let Some(credit) = CREDIT.as_ref().and_then(|pattern| pattern.find(end)) {
        return place(credit.start(), "agency_credit");
    }
    if let Some(link) = GLUED
        .as_ref()
        .and_then(|pattern| pattern.captures(end)?.get(1))
    {
        return place(link.start(), "read_more");
    }
    let captures = SIGNATURE.as_ref()?.captures(end)?;
    let name = captures.get(1).or(captures.get(2))?;
    let before = end.get(..name.start())?;
    let mark = before.trim_end_matches(['(', '—', '–', '-', ' ']).len();
    let blank = end.get(mark..)?.len() - end.get(mark..)?.trim_start().len();
    cue::is_agency(name.as_str()).then(|| place(mark + blank, "agency_signature"))?
}

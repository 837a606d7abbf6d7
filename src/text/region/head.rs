//! What stands before the article: address, date, section, title, byline, dateline.

use jiff::civil::Date;

use super::credit::{CREDITS, HEADLINE_WORDS, LABEL, is_byline, is_credit, masthead, page_date};
use super::cue::{self, Role};
use super::line::Line;
use super::{RegionKind, Start, dateline, title};
use crate::text::calendar;

/// Most steps before the article: a page that opens with more is an article of short lines.
const STEPS: usize = 12;

/// The regions before the article, and where it begins.
#[derive(Default)]
pub(super) struct Head {
    pub starts: Vec<Start>,
    /// First byte of the article.
    pub body: usize,
    /// The date that the header gives.
    pub published: Option<Date>,
    /// The date in an address that the header gives.
    pub address_date: Option<Date>,
}

/// Reads the lines from the top until one is the article.
pub(super) fn read(text: &str, lines: &[Line<'_>], wanted: Option<&str>) -> Head {
    let mut reader = Reader {
        lines,
        wanted: wanted.filter(|title| !title.trim().is_empty()),
        next: 0,
        titled: false,
        updated: None,
        head: Head::default(),
    };
    for _ in 0..STEPS {
        let Some(line) = lines.get(reader.next) else {
            break;
        };
        let from = line.range.start.max(reader.head.body);
        let rest = text.get(from..line.range.end).unwrap_or_default();
        let from = from + (rest.len() - rest.trim_start().len());
        if !reader.step(from, rest.trim_start(), line) && !reader.masthead(from) {
            break;
        }
    }
    let mut head = reader.head;
    head.published = head.published.or(reader.updated);
    let opening = lines.get(reader.next);
    let from = opening.map_or(text.len(), |line| line.range.start.max(head.body));
    let paragraph = opening.and_then(|line| text.get(from..line.range.end));
    head.body = from;
    if let Some(length) = paragraph.and_then(dateline::length) {
        head.starts
            .push(start(from, RegionKind::Byline, "dateline"));
        head.body = from + length;
        let dateline = text.get(from..head.body).unwrap_or_default();
        head.published = head
            .published
            .or_else(|| calendar::find(dateline).map(|(_, date)| date));
    }
    head
}

fn start(at: usize, kind: RegionKind, rule: &'static str) -> Start {
    Start { at, kind, rule }
}

struct Reader<'a> {
    lines: &'a [Line<'a>],
    /// The record's title.
    wanted: Option<&'a str>,
    /// Index of the line at hand.
    next: usize,
    /// A title has been met.
    titled: bool,
    /// A date that says only when the page was changed: taken where there is no other.
    updated: Option<Date>,
    head: Head,
}

impl Reader<'_> {
    /// Takes what `rest`, the line's text from byte `from`, begins with. False where it is the article.
    fn step(&mut self, from: usize, rest: &str, line: &Line<'_>) -> bool {
        let whole = from == line.range.start;
        if rest.is_empty() {
            self.next += 1;
            return true;
        }
        let last = self.next + 1 >= self.lines.len();
        if whole && line.is_address() {
            self.head.address_date = self.head.address_date.or(calendar::from_path(rest));
            return self.take(from, rest, rest.len(), RegionKind::Header, "url_line");
        }
        if self.date(from, rest) {
            return true;
        }
        if !self.titled
            && !self.is_wrapped()
            && let Some(length) = self.wanted.and_then(|wanted| title::length(rest, wanted))
        {
            self.titled = true;
            return self.take(from, rest, length, RegionKind::Title, "record_title");
        }
        if let Some(length) = self.credit_before_title(rest) {
            return self.take(from, rest, length, RegionKind::Byline, "glued_byline");
        }
        if !whole || last {
            return false;
        }
        if let Some(found) = page_date(rest) {
            let date = if found.updated {
                &mut self.updated
            } else {
                &mut self.head.published
            };
            *date = date.or(Some(found.date));
            let (kind, rule) = match found.named {
                true => (RegionKind::Byline, "byline_line"),
                false => (RegionKind::Header, "date_line"),
            };
            return self.take(from, rest, rest.len(), kind, rule);
        }
        if is_byline(rest) || (self.titled && self.is_among_credits(line)) {
            return self.take(from, rest, rest.len(), RegionKind::Byline, "byline_line");
        }
        let apart = self.lines.get(self.next + 1).is_some_and(|next| next.gap);
        if !self.titled && apart && cue::of(rest, &[Role::Section]).is_some() {
            return self.take(from, rest, rest.len(), RegionKind::Header, "section_line");
        }
        if let Some(cue) = cue::of(rest, &[Role::Inline]) {
            return self.take(from, rest, rest.len(), RegionKind::Boilerplate, cue.rule);
        }
        let below = self.lines.get(self.next + 1);
        if self.titled
            && line.is_heading()
            && below.is_some_and(|below| below.gap && dateline::length(below.content).is_some())
        {
            // A name in so few words is the author's.
            let long = line.content.split_whitespace().count() >= HEADLINE_WORDS;
            let (kind, rule) = match long {
                true => (RegionKind::Title, "standfirst"),
                false => (RegionKind::Byline, "byline_line"),
            };
            return self.take(from, rest, rest.len(), kind, rule);
        }
        if !self.titled && self.is_headline(line) {
            self.titled = true;
            return self.take(from, rest, rest.len(), RegionKind::Title, "first_line");
        }
        false
    }

    /// Takes the lines up to one that gives the page's date, where no rule for a single line knows them.
    fn masthead(&mut self, from: usize) -> bool {
        let lines = self.lines.get(self.next..).unwrap_or_default();
        let whole = lines.first().is_some_and(|line| line.range.start == from);
        if !whole || self.head.published.or(self.updated).is_some() {
            return false;
        }
        let Some(found) = masthead(lines, self.wanted, self.titled) else {
            return false;
        };
        if found.updated {
            self.updated = Some(found.date);
        } else {
            self.head.published = Some(found.date);
        }
        for (line, kind) in lines.iter().zip(found.kinds) {
            self.titled |= kind == RegionKind::Title;
            let length = line.content.len();
            self.take(line.range.start, line.content, length, kind, "masthead");
        }
        true
    }

    /// Marks `length` bytes from `from` and moves past them.
    fn take(
        &mut self,
        from: usize,
        rest: &str,
        length: usize,
        kind: RegionKind,
        rule: &'static str,
    ) -> bool {
        self.head.starts.push(start(from, kind, rule));
        self.head.body = from + length;
        if length >= rest.len() {
            self.next += 1;
        }
        true
    }

    /// Takes a date that opens the line, with its label: the whole line, or glued before a sentence.
    fn date(&mut self, from: usize, rest: &str) -> bool {
        let opening = rest
            .get(..rest.floor_char_boundary(160))
            .unwrap_or_default();
        let label = LABEL.as_ref().and_then(|label| label.captures(opening));
        let updated = label
            .as_ref()
            .is_some_and(|label| label.name("updated").is_some());
        let mut skipped = label
            .and_then(|label| Some(label.get(0)?.end()))
            .unwrap_or_default();
        let mut labelled = skipped > 0;
        if !labelled {
            let name = opening.split([' ', ',']).next().unwrap_or_default();
            if cue::is_agency(name) {
                skipped = name.len();
                labelled = true;
            }
        }
        let dated = opening.get(skipped..).unwrap_or_default();
        let dated = dated.trim_start_matches([',', '|', '-', ' ', '(', '[']);
        let Some((range, date)) = calendar::prefix(dated) else {
            return false;
        };
        let end = opening.len() - dated.len() + range.end;
        let after = rest.get(end..).unwrap_or_default();
        let text =
            after.trim_start_matches([' ', '\t', '\u{a0}', '|', '-', '–', '—', ':', '.', ')', ']']);
        let begins = text.starts_with(|c: char| !c.is_lowercase() && c != ',' && c != ';');
        let credited = labelled && text.starts_with("by ");
        if !(text.is_empty() || begins || credited) {
            return false;
        }
        let whole = text.is_empty();
        if whole && !labelled && from > 0 && self.next + 1 >= self.lines.len() {
            return false;
        }
        if updated {
            self.updated = self.updated.or(Some(date));
        } else {
            self.head.published = self.head.published.or(Some(date));
        }
        let kind = if self.titled {
            RegionKind::Byline
        } else {
            RegionKind::Header
        };
        let rule = match (whole, labelled) {
            (true, _) => "date_line",
            (false, true) => "labelled_date",
            (false, false) => "glued_date",
        };
        self.take(from, rest, rest.len() - text.len(), kind, rule)
    }

    /// Length of a credit ("by Jane Doe ") that is glued before the record's title.
    fn credit_before_title(&self, rest: &str) -> Option<usize> {
        const LONGEST: usize = 100;
        let wanted = self.wanted.filter(|_| !self.titled)?.trim();
        let credited = rest.starts_with("by ") || rest.starts_with("By ");
        let opening = wanted.get(..wanted.floor_char_boundary(24))?;
        let head = rest.get(..rest.floor_char_boundary(LONGEST + opening.len()))?;
        let at = head.find(opening).filter(|_| credited)?;
        title::length(rest.get(at..)?, wanted).map(|_| at)
    }

    /// True where the next line runs on from the line at hand, as wrapped lines do.
    fn is_wrapped(&self) -> bool {
        self.lines.get(self.next + 1).is_some_and(|next| {
            let runs_on = |c: char| c.is_lowercase() || c.is_numeric();
            !next.gap && next.indent == 0 && next.content.starts_with(runs_on)
        })
    }

    /// True for a short line between the title and a date or byline, with no blank line between them:
    /// the place, the section.
    fn is_among_credits(&self, line: &Line<'_>) -> bool {
        let following = self.lines.get(self.next + 1..).unwrap_or_default();
        line.content.len() <= 60
            && line.content.split_whitespace().count() < HEADLINE_WORDS
            && !line.ends_sentence()
            && following
                .iter()
                .take(CREDITS - 1)
                .take_while(|next| !next.gap)
                .any(is_credit)
    }

    /// True for a line that looks like a headline and is followed by an article.
    fn is_headline(&self, line: &Line<'_>) -> bool {
        let following = self.lines.get(self.next + 1..).unwrap_or_default();
        let Some(next) = following.first() else {
            return false;
        };
        // A single line end after it may be a wrapped line's, unless a whole paragraph or credits follow.
        let credited = || following.iter().take(CREDITS).any(is_credit);
        let apart =
            next.gap || next.content.len() > 160 || (next.is_heading_or_word() && credited());
        let article = following
            .iter()
            .take(4)
            .find(|line| line.is_prose() || !(line.is_heading_or_word() || is_credit(line)));
        line.is_heading()
            && dateline::length(line.content).is_none()
            && apart
            && next.indent == line.indent
            && article.is_some_and(|line| line.is_prose() || line.content.len() > 160)
    }
}

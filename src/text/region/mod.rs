//! What each stretch of a scraped page is: header, title, byline, the article, boilerplate.
//!
//! Rules read the page from its two ends: what opens it (`head`), then what trails it (`tail`); the
//! rest is the article. In doubt it is the article: a name lost costs more than a teaser kept. It
//! changes no character and looks at nothing but the text and the record's own title.

mod credit;
mod cue;
mod dateline;
mod head;
mod line;
mod tail;
#[cfg(test)]
mod tests;
mod title;

use jiff::civil::Date;

use super::{Span, Text};

/// What a stretch of a scraped page is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// Address, date or section that the scraper or the site put before the article.
    Header,
    /// The headline.
    Title,
    /// Who wrote it, and the dateline (place and agency) that opens the first paragraph.
    Byline,
    /// The article itself.
    Body,
    /// What the page trails: related stories, teasers, "Published in", copyright, sharing.
    Boilerplate,
}

/// A stretch of the text with its kind and the rule that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: RegionKind,
    /// The rule's name, in snake_case; stable, for those who filter on it.
    pub rule: &'static str,
}

/// Where in the text an article's own date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePlace {
    /// In the lines before the article.
    Header,
    /// In the lines after it ("Published in Dawn, August 10th, 2016").
    Footer,
    /// In the address that the page begins with.
    Address,
}

/// The regions of a text, which partition it, and the date that they give.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In order, without gap or overlap, from byte 0 to the end; none for an empty text.
    pub regions: Vec<Region>,
    /// The article's date where header or footer name one.
    pub published: Option<(Date, DatePlace)>,
}

impl Layout {
    /// The datelines ("BENI, 4 May -"), in order.
    pub fn datelines(&self) -> Vec<Span> {
        self.spans(|region| region.rule == "dateline")
    }

    /// What is not of the article, in order.
    pub fn boilerplate(&self) -> Vec<Span> {
        self.spans(|region| region.kind == RegionKind::Boilerplate)
    }

    fn spans(&self, wanted: impl Fn(&Region) -> bool) -> Vec<Span> {
        let wanted = self.regions.iter().filter(|region| wanted(region));
        wanted.map(|region| region.span).collect()
    }
}

/// Where a region begins; it ends where the next one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    at: usize,
    kind: RegionKind,
    rule: &'static str,
}

/// Divides a text into regions. `title` is the record's own title, if its input had one: a text that
/// begins with it has it as its title region.
///
/// A date in the header comes before one in the footer, and both before that of an address in the
/// header. Dates of teasers are never taken.
pub fn layout(text: &Text, title: Option<&str>) -> Layout {
    let lines = line::lines(text.as_str());
    let head = head::read(text.as_str(), &lines, title);
    let tail = tail::read(text.as_str(), &lines, head.body);
    let header = head.published.map(|date| (date, DatePlace::Header));
    let footer = tail.published.map(|date| (date, DatePlace::Footer));
    let address = head.address_date.map(|date| (date, DatePlace::Address));
    let mut starts = head.starts;
    starts.extend(tail.starts);
    Layout {
        regions: partition(text, &starts),
        published: header.or(footer).or(address),
    }
}

/// The regions that begin at `starts`, of which the first takes what stands before it, and
/// neighbours of one rule are one.
fn partition(text: &Text, starts: &[Start]) -> Vec<Region> {
    let mut kept: Vec<Start> = Vec::new();
    for &start in starts {
        match kept.last() {
            Some(last) if start.at < last.at => {}
            Some(last) if (last.kind, last.rule) == (start.kind, start.rule) => {}
            Some(last) if last.at == start.at => {
                kept.pop();
                kept.push(start);
            }
            _ => kept.push(start),
        }
    }
    if text.is_empty() {
        return Vec::new();
    }
    if kept.is_empty() {
        kept.push(Start {
            at: 0,
            kind: RegionKind::Body,
            rule: "whole_text",
        });
    }
    let ends = kept
        .iter()
        .skip(1)
        .map(|start| start.at)
        .chain([text.len()]);
    let mut begin = 0;
    let mut regions = Vec::new();
    for (start, end) in kept.iter().zip(ends) {
        // A start that is off a boundary is given to the region before it.
        if let Some(span) = text.span(begin..end).filter(|span| !span.is_empty()) {
            let (kind, rule) = (start.kind, start.rule);
            regions.push(Region { span, kind, rule });
            begin = end;
        }
    }
    regions
}

//! Regions (stub: helper fills).
use super::{Span, Text};
use jiff::civil::Date;

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
}

/// The regions of a text, which partition it, and the date that they give.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In order, without gap or overlap, from byte 0 to the end; none for an empty text.
    pub regions: Vec<Region>,
    /// The article's date where header or footer name one.
    pub published: Option<(Date, DatePlace)>,
}

/// Divides a text into regions. `title` is the record's own title, if its input had one: a text that
/// begins with it has it as its title region.
pub fn layout(text: &Text, title: Option<&str>) -> Layout {
    let _ = title;
    let regions = if text.is_empty() {
        vec![]
    } else {
        vec![Region {
            span: text.whole(),
            kind: RegionKind::Body,
            rule: "whole_text",
        }]
    };
    Layout {
        regions,
        published: None,
    }
}

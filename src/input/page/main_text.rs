//! The article's text out of a page, by `rs-trafilatura`.
//!
//! The extractor has ways to find more text than the article's own element holds: other elements that score
//! well, its port of a second algorithm, and the `articleBody` of JSON-LD wherever that is longer (which is often a whole live
//! blog, and as a rule has lost its paragraphs). On news they bring teasers more often than text, so
//! they are asked only where the page's own element gives next to nothing.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::Regex;
use rs_trafilatura::page_type::PageType;
use rs_trafilatura::{Options, extract_with_options};

use super::{Fault, gaps};

/// A text shorter than this, in bytes, is hardly the article.
const SHORT: usize = 250;

/// A script of JSON-LD. Its content cannot hold `</script`.
static JSON_LD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?is)<script\b[^>]*?\bapplication/ld\+json\b[^>]*>.*?</script\s*>").ok()
});

/// What is shown as it is written, line ends included.
static PREFORMATTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?is)<pre\b.*?</pre\s*>").ok());

/// The main text, paragraphs apart by blank lines; empty where the page has none.
pub(super) fn extract(html: &str) -> Result<String, Fault> {
    let html = unwrapped(html);
    let bare = JSON_LD.as_ref().map_or(Cow::Borrowed(&*html), |pattern| {
        pattern.replace_all(&html, "")
    });
    let text = text(&bare, false)?;
    if text.len() >= SHORT {
        return Ok(text);
    }
    let other = self::text(&html, true)?;
    Ok(if other.len() > text.len() {
        other
    } else {
        text
    })
}

/// What the extractor finds; `anywhere`, with all its ways to find more.
fn text(html: &str, anywhere: bool) -> Result<String, Fault> {
    // What it calls a category is cut by the rules for articles, but that articles also get other elements of
    // the page that score well. Its classifier, which would run otherwise, takes some articles for forums.
    let as_category = || extract_as(html, PageType::Category, anywhere);
    // It looks for a category's description, too, and there cuts a string at byte 60, character or not.
    match catch_unwind(AssertUnwindSafe(as_category)) {
        Ok(found) => found,
        Err(_) => extract_as(html, PageType::Article, anywhere),
    }
}

fn extract_as(html: &str, kind: PageType, anywhere: bool) -> Result<String, Fault> {
    let options = Options {
        page_type: Some(kind),
        use_fallback_extraction: anywhere,
        // Its default cuts at a million bytes, if need be inside a character.
        max_extracted_len: usize::MAX,
        ..Options::default()
    };
    let found =
        extract_with_options(html, &options).map_err(|error| Fault::Failed(error.to_string()))?;
    let html = found.content_html.as_deref().unwrap_or_default();
    Ok(tidy(&gaps::mend(&found.content_text, html)))
}

/// A page whose line ends, which mean no more than blanks, are blanks, save in what is preformatted. The
/// extractor would take them for the ends of lines.
fn unwrapped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    let preformatted = PREFORMATTED.as_ref();
    let ranges = preformatted.into_iter().flat_map(|it| it.find_iter(html));
    for kept in ranges {
        let before = html.get(from..kept.start()).unwrap_or_default();
        out.push_str(&before.replace(['\n', '\r'], " "));
        out.push_str(kept.as_str());
        from = kept.end();
    }
    let rest = html.get(from..).unwrap_or_default();
    out + &rest.replace(['\n', '\r'], " ")
}

/// Lines without blanks at their ends, one blank between words, at most one empty line between lines. A
/// soft hyphen says where a browser may break a word, and is no part of the word.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            gap = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        let mut first = true;
        for word in words {
            if !first {
                out.push(' ');
            }
            first = false;
            out.extend(word.chars().filter(|c| *c != '\u{ad}'));
        }
    }
    out
}

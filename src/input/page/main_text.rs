//! The article's text out of a page, by `rs-trafilatura`.

use rs_trafilatura::page_type::PageType;
use rs_trafilatura::{Options, extract_with_options};

use super::{Fault, gaps};

/// The main text, paragraphs apart by blank lines; empty where the page has none.
pub(super) fn extract(html: &str) -> Result<String, Fault> {
    let options = Options {
        // Whoever runs this says that it is news. The crate's classifier would take some articles for
        // listings or forums, and cut them by other rules.
        page_type: Some(PageType::Article),
        // Its default cuts at a million bytes, if need be inside a character.
        max_extracted_len: usize::MAX,
        ..Options::default()
    };
    let found =
        extract_with_options(html, &options).map_err(|error| Fault::Failed(error.to_string()))?;
    let text = gaps::mend(
        &found.content_text,
        found.content_html.as_deref().unwrap_or(""),
    );
    // A soft hyphen says where a browser may break a word, and is no part of the word.
    Ok(text.replace('\u{ad}', ""))
}

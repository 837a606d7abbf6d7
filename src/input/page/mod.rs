//! A page of HTML to the text of its article and the fields that it states.
//!
//! The main text is found by `rs-trafilatura`; title, date, outlet and address are read here, from the
//! page as it stands. Nothing on the page is run or fetched. A page that would take the parser or the
//! extractor more than linear time, or more stack than there is, is refused before they see it.

mod bounds;
mod charset;
mod gaps;
mod main_text;
mod metadata;
mod survey;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::warning::InputWarning;

/// Stack of the thread on which a page is read: many times what the deepest page needs that `bounds`
/// lets pass.
const STACK: usize = 32 << 20;

/// What a page gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// The article's text, paragraphs apart by blank lines; empty where there is none.
    pub(super) text: String,
    /// What the page says of itself, under names that `fields` knows.
    pub(super) fields: Map<String, Value>,
}

/// Why a page cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is nested, or crowded, beyond what any article is.
    TooComplex(String),
    /// The extractor failed, which is a bug in it.
    Failed(String),
}

/// Reads a page. `charset` is what the server said of it.
pub(super) fn read(
    bytes: &[u8],
    charset: Option<&str>,
    warnings: &mut Vec<InputWarning>,
) -> Result<Page, Fault> {
    let html = charset::decode(bytes, charset, warnings);
    bounds::attributes(&html)?;
    // A thread of its own has a stack of known size, keeps a panic to itself, and forgets what the
    // extractor leaves in thread-local storage.
    let read = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("page".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || page(&html))
            .map(|thread| thread.join())
    });
    match read {
        Ok(Ok(page)) => page,
        Ok(Err(_)) => Err(Fault::Failed("reading the page panicked".to_owned())),
        Err(error) => Err(Fault::Failed(format!("no thread to read it on: {error}"))),
    }
}

fn page(html: &str) -> Result<Page, Fault> {
    let survey = survey::survey(html)?;
    Ok(Page {
        text: main_text::extract(html)?,
        fields: metadata::fields(&survey),
    })
}

/// The text of a document that has no marks, in the charset that it was said to have.
pub(super) fn plain(
    bytes: &[u8],
    charset: Option<&str>,
    warnings: &mut Vec<InputWarning>,
) -> String {
    charset::decode(bytes, charset, warnings)
}

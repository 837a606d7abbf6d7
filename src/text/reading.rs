//! A stretch of text as a reader sees it, with the way back to the original.
//!
//! Scraped text often still has HTML character references (HTML Living Standard, 13.5): "AT&amp;T", "&lt;NOKS>".
//! To sentences and models they would be words. Here each stands as its character; the text itself never changes, and
//! every place found leads back to the reference as a whole.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});").ok()
});

/// See the module.
pub struct Reading<'a> {
    read: Cow<'a, str>,
    /// Places that stand for each other, in what is read and in the original: the edges of every
    /// reference. Between them both run alike.
    edges: Vec<(usize, usize)>,
}

impl<'a> Reading<'a> {
    /// Reads a stretch of text.
    pub fn new(original: &'a str) -> Self {
        let mut edges = Vec::new();
        let Some(pattern) = REFERENCE.as_ref().filter(|_| original.contains('&')) else {
            return Self {
                read: Cow::Borrowed(original),
                edges,
            };
        };
        let mut read = String::with_capacity(original.len());
        let mut at = 0;
        for found in pattern.find_iter(original) {
            let Some(character) = character(found.as_str()) else {
                continue;
            };
            read.push_str(original.get(at..found.start()).unwrap_or_default());
            edges.push((read.len(), found.start()));
            read.push(character);
            edges.push((read.len(), found.end()));
            at = found.end();
        }
        read.push_str(original.get(at..).unwrap_or_default());
        Self {
            read: Cow::Owned(read),
            edges,
        }
    }

    /// What is read.
    pub fn as_str(&self) -> &str {
        &self.read
    }

    /// The place in the original of this place in what is read.
    pub fn original_place(&self, place: usize) -> usize {
        let before = self.edges.partition_point(|(read, _)| *read <= place);
        match before.checked_sub(1).and_then(|edge| self.edges.get(edge)) {
            Some((read, original)) => original + (place - read),
            None => place,
        }
    }

    /// The bytes of the original that these bytes of what is read stand for.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        self.original_place(range.start)..self.original_place(range.end)
    }
}

/// The character that a reference stands for; a blank for control characters, none for no known name.
fn character(reference: &str) -> Option<char> {
    let decoded = html_escape::decode_html_entities(reference);
    let mut characters = decoded.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) if character.is_control() => Some(' '),
        (Some(character), None) => Some(character),
        // An unknown name stays as it is, and a control character may be refused by number.
        _ if reference.starts_with("&#") => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_are_read_as_their_characters() {
        let reading = Reading::new("at AT&amp;T &lt;NOKS> &nosuch; &#3;&#8217;s");
        assert_eq!(reading.as_str(), "at AT&T <NOKS> &nosuch;  ’s");
        let place = reading.as_str().find("AT&T").expect("read");
        assert_eq!(reading.original(place..place + 4), 3..11);
        assert_eq!(reading.original(place + 2..place + 3), 5..10);
    }

    proptest! {
        #[test]
        fn what_is_no_reference_leads_back_to_itself(text in "(&amp;|&#3;|&lt|[a-zé&;# ]){0,30}") {
            let reading = Reading::new(&text);
            for (place, character) in reading.as_str().char_indices() {
                let original = reading.original(place..place + character.len_utf8());
                let original = text.get(original).expect("on boundaries");
                prop_assert!(original.starts_with('&') || original == character.to_string());
            }
            let whole = reading.original(0..reading.as_str().len());
            prop_assert_eq!(whole, 0..text.len());
        }
    }
}

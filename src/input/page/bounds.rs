//! What a page may cost.
//!
//! The parser walks up the open elements at every tag and looks through a tag's attributes at every
//! attribute; the extractor walks up from every node to the root. All of that is linear on pages that
//! people write, and quadratic on pages that were made to hurt. The bounds are several times beyond
//! the largest real page known to the author, and far below what a machine cannot do.

use super::Fault;

/// Deepest element. Browsers flatten at 512; articles stand at 20 to 60.
pub(super) const DEEPEST: u32 = 256;

/// Most elements and comments. The extractor is quadratic in siblings: 190,000 took it over five minutes.
pub(super) const NODES: u64 = 40_000;

/// Steps from every element to the root, all together: what the extractor walks.
pub(super) const STEPS: u64 = 2_000_000;

/// Most attributes of one tag. It is so high because prose in a script, behind a `<`, is counted, too.
const ATTRIBUTES: usize = 32_768;

/// How often, at most, each byte of a page is looked at when attributes are counted.
const LOOKS: usize = 64;

/// Refuses a page with a tag of more attributes than [`ATTRIBUTES`].
///
/// Everything that could be a tag is counted, also what stands in comments and scripts: whoever hides
/// a tag from this count hides it from the parser too.
pub(super) fn attributes(html: &str) -> Result<(), Fault> {
    let bytes = html.as_bytes();
    let mut left = bytes.len().saturating_mul(LOOKS);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (count, looked) = count(rest);
        left = left.saturating_sub(looked);
        if count > ATTRIBUTES || left == 0 {
            let reason =
                format!("the tag at byte {at} of the page has more than {ATTRIBUTES} attributes");
            return Err(Fault::TooComplex(reason));
        }
    }
    Ok(())
}

/// How many attributes the tag has whose name begins here, and how many bytes that took to see.
fn count(tag: &[u8]) -> (usize, usize) {
    enum At {
        Name,
        Gap,
        Attribute,
        Equals,
        Quoted(u8),
        Bare,
    }
    let (mut at, mut attributes) = (At::Name, 0);
    for (index, &byte) in tag.iter().enumerate() {
        let space = byte.is_ascii_whitespace();
        at = match (at, byte) {
            (At::Quoted(quote), _) if byte == quote => At::Gap,
            (At::Quoted(quote), _) => At::Quoted(quote),
            (_, b'>') => return (attributes, index),
            (At::Name | At::Gap | At::Attribute, b'/') => At::Gap,
            (At::Name, _) if !space => At::Name,
            (At::Attribute, b'=') => At::Equals,
            (At::Attribute, _) if !space => At::Attribute,
            (At::Equals, b'"' | b'\'') => At::Quoted(byte),
            (At::Equals, _) if space => At::Equals,
            (At::Equals, _) => At::Bare,
            (At::Bare, _) if !space => At::Bare,
            // `a = b` is one attribute, and counting its `=` as another does no harm.
            (At::Gap, b'=') if attributes > 0 => At::Equals,
            (At::Gap, _) if !space => {
                attributes += 1;
                At::Attribute
            }
            _ => At::Gap,
        };
        if attributes > ATTRIBUTES {
            return (attributes, index);
        }
    }
    (attributes, tag.len())
}

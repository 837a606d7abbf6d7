//! A page's bytes to characters.
//!
//! The byte-order mark decides, then UTF-8 where the bytes are that, then what the server said, then
//! what the page says (the order of the HTML standard, but that bytes which are sound UTF-8 are never
//! read as anything else: pages are converted more often than their labels). A byte that cannot be
//! decoded becomes U+FFFD with a warning, because one broken advertisement must not cost the article.

use std::sync::LazyLock;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;

use super::super::decode::may_be_windows_1252;
use super::super::utf16::{self, Endian};
use super::super::warning::{InputWarning, WarningCode};

/// How far into a page its own word on its charset is looked for.
const HEAD: usize = 8 * 1024;

/// `<meta charset="...">`, `<meta ... content="text/html; charset=...">`, `<?xml ... encoding="..."?>`.
static DECLARED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i-u)<(?:meta\b[^>]{0,1024}?[\s"';]charset|\?xml\b[^>]{0,256}?\sencoding)\s*=\s*["']?\s*([A-Za-z0-9:._-]+)"#,
    )
    .ok()
});

/// Decodes a page, with a warning where its charset was guessed or does not fit. `told` is the charset
/// of the HTTP header.
pub(super) fn decode(bytes: &[u8], told: Option<&str>, warnings: &mut Vec<InputWarning>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return lossy(encoding, bytes.get(mark..).unwrap_or_default(), warnings);
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    match utf16::detect(head) {
        Some((Endian::Little, _)) => return lossy(UTF_16LE, bytes, warnings),
        Some((Endian::Big, _)) => return lossy(UTF_16BE, bytes, warnings),
        None => {}
    }
    let label = told.and_then(|label| known(label.trim().as_bytes()));
    let label = label.or_else(|| declared(head));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Seven-bit encodings (ISO-2022-JP) look like UTF-8 and are not.
        match label.filter(|encoding| !encoding.is_ascii_compatible()) {
            Some(other) if other != UTF_16LE && other != UTF_16BE => {
                return lossy(other, bytes, warnings);
            }
            _ => {}
        }
        if let Some(other) = label.filter(|encoding| *encoding != UTF_8 && !text.is_ascii()) {
            let detail = format!("declared {}", other.name());
            warnings.push(InputWarning::new(WarningCode::CharsetOverridden, detail));
        }
        return text.to_owned();
    }
    match label {
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => {
            lossy(encoding, bytes, warnings)
        }
        _ if may_be_windows_1252(bytes) => {
            let detail = "the page is not UTF-8 and names no other charset";
            warnings.push(InputWarning::new(WarningCode::CharsetWindows1252, detail));
            lossy(WINDOWS_1252, bytes, warnings)
        }
        _ => lossy(UTF_8, bytes, warnings),
    }
}

/// The charset that the page itself names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let captures = DECLARED.as_ref()?.captures(head)?;
    known(captures.get(1)?.as_bytes())
}

/// A charset by its label; none for those that the standard forbids to decode.
fn known(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|encoding| *encoding != REPLACEMENT)
}

fn lossy(encoding: &'static Encoding, bytes: &[u8], warnings: &mut Vec<InputWarning>) -> String {
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    if failed {
        let marks = text.matches('\u{fffd}').count();
        let detail = format!("{}: {marks} characters are U+FFFD", encoding.name());
        warnings.push(InputWarning::new(WarningCode::UndecodableBytes, detail));
    }
    text.into_owned()
}

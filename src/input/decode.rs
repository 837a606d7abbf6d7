//! A record's bytes to characters.
//!
//! UTF-8, or, where no byte speaks for UTF-8 and none against it, Windows-1252. Nothing is
//! replaced: what cannot be decoded is rejected.

use std::borrow::Cow;

use super::warning::{InputWarning, WarningCode};
use super::{RawRecord, Reject, RejectCode};

/// Decodes a record, with a warning where its charset was guessed.
pub(super) fn decode<'a>(
    raw: &'a RawRecord,
    warnings: &mut Vec<InputWarning>,
) -> Result<Cow<'a, str>, Reject> {
    let place = |offset: usize| raw.byte + offset as u64;
    if let Some(offset) = memchr::memchr(0, &raw.bytes) {
        let reason = format!("NUL at byte {}", place(offset));
        return Err(raw.reject(RejectCode::NulBytes, reason));
    }
    let error = match std::str::from_utf8(&raw.bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let byte = place(error.valid_up_to());
    if raw.transcoded {
        let reason = format!("half a UTF-16 character, at byte {byte} of the decoded file");
        return Err(raw.reject(RejectCode::InvalidEncoding, reason));
    }
    if !may_be_windows_1252(&raw.bytes) {
        let reason = format!("not UTF-8 at byte {byte}, and not Windows-1252 either");
        return Err(raw.reject(RejectCode::InvalidEncoding, reason));
    }
    let detail = format!("not UTF-8 at byte {byte}");
    warnings.push(InputWarning::new(WarningCode::CharsetWindows1252, detail));
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&raw.bytes);
    Ok(Cow::Owned(text.into_owned()))
}

/// True where there is no multi-byte character of UTF-8 and no byte that Windows-1252 lacks.
pub(super) fn may_be_windows_1252(bytes: &[u8]) -> bool {
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    !bytes.iter().any(undefined) && bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

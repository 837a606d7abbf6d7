//! UTF-16 to UTF-8, as a stream.
//!
//! Half a surrogate pair, or half a code unit at the end, is not replaced: it becomes bytes that
//! are not UTF-8, so that the one record it stands in is rejected and no other.

/// Which byte of a code unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

/// Tells UTF-16 by the first bytes: a byte-order mark (and its length), or, without one, NUL in one
/// half of the code units and never in the other, as all scripts have whose white space is ASCII.
pub(super) fn detect(head: &[u8]) -> Option<(Endian, usize)> {
    match head {
        [0xFF, 0xFE, ..] => return Some((Endian::Little, 2)),
        [0xFE, 0xFF, ..] => return Some((Endian::Big, 2)),
        _ => {}
    }
    let nul = |half: usize| {
        let halves = head.iter().skip(half).step_by(2);
        halves.filter(|byte| **byte == 0).count()
    };
    let enough = (head.len() / 8).max(2);
    match (nul(0), nul(1)) {
        (0, high) if high >= enough => Some((Endian::Little, 0)),
        (high, 0) if high >= enough => Some((Endian::Big, 0)),
        _ => None,
    }
}

/// Decodes code units as they come.
#[derive(Debug)]
pub(super) struct Transcoder {
    endian: Endian,
    half_unit: Option<u8>,
    high_surrogate: Option<u16>,
}

impl Transcoder {
    pub(super) fn new(endian: Endian) -> Self {
        Self {
            endian,
            half_unit: None,
            high_surrogate: None,
        }
    }

    /// Decodes these bytes onto `out`, keeping back what is not complete.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            match self.half_unit.take() {
                None => self.half_unit = Some(byte),
                Some(first) => {
                    let unit = match self.endian {
                        Endian::Little => u16::from_le_bytes([first, byte]),
                        Endian::Big => u16::from_be_bytes([first, byte]),
                    };
                    self.unit(unit, out);
                }
            }
        }
    }

    fn unit(&mut self, unit: u16, out: &mut Vec<u8>) {
        let high = self.high_surrogate.take();
        if let Some(high) = high {
            if let Some(Ok(character)) = char::decode_utf16([high, unit]).next() {
                push_char(character, out);
                return;
            }
            push_surrogate(high, out);
        }
        match (unit, char::from_u32(u32::from(unit))) {
            (_, Some(character)) => push_char(character, out),
            (0xD800..=0xDBFF, None) => self.high_surrogate = Some(unit),
            (_, None) => push_surrogate(unit, out),
        }
    }

    /// The stream has ended.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        if let Some(high) = self.high_surrogate.take() {
            push_surrogate(high, out);
        }
        if self.half_unit.take().is_some() {
            out.push(0xFF);
        }
    }
}

fn push_char(character: char, out: &mut Vec<u8>) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The three bytes that UTF-8 would give a surrogate if it did not forbid them.
fn push_surrogate(unit: u16, out: &mut Vec<u8>) {
    let low = |bits: u16| 0x80 | (bits & 0x3F) as u8;
    out.extend_from_slice(&[0xE0 | (unit >> 12) as u8, low(unit >> 6), low(unit)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8], endian: Endian, chunk: usize) -> Vec<u8> {
        let (mut transcoder, mut out) = (Transcoder::new(endian), Vec::new());
        for part in bytes.chunks(chunk) {
            transcoder.push(part, &mut out);
        }
        transcoder.finish(&mut out);
        out
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(text in any::<String>(), chunk in 1usize..9) {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            prop_assert_eq!(decode(&little, Endian::Little, chunk), text.as_bytes());
            prop_assert_eq!(decode(&big, Endian::Big, chunk), text.as_bytes());
        }

        #[test]
        fn what_is_not_utf16_is_not_utf8(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let units: Vec<u16> = bytes.chunks(2).map(|pair| match pair {
                [a, b] => u16::from_le_bytes([*a, *b]),
                _ => 0xD800,
            }).collect();
            let sound = String::from_utf16(&units).is_ok();
            let out = decode(&bytes, Endian::Little, 7);
            prop_assert_eq!(std::str::from_utf8(&out).is_ok(), sound);
        }
    }

    #[test]
    fn utf16_is_told_by_its_first_bytes() {
        let little: Vec<u8> = "{\"text\":"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "{\"text\":"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(detect(&little), Some((Endian::Little, 0)));
        assert_eq!(detect(&big), Some((Endian::Big, 0)));
        assert_eq!(detect(b"\xFF\xFEa\0"), Some((Endian::Little, 2)));
        assert_eq!(detect(b"plain words"), None);
        assert_eq!(detect(b"a\0"), None);
        assert_eq!(detect(b"abc\0\0\0\0\0\0"), None);
    }
}

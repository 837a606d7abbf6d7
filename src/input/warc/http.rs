//! An HTTP/1 response as an archive keeps it: status, headers, and the body without its codings.
//!
//! Crawlers are known to keep headers of codings that they have already undone (Common Crawl News
//! did so for years), so a body that does not begin as a coding begins is taken as it is. A body that
//! does begin so and then breaks is a fault: half a page is not passed off as a page.

use std::borrow::Cow;
use std::io::{self, Read};

use brotli_decompressor::Decompressor as Brotli;

use super::{Headers, after_blank_line};

/// Most bytes that a body may be unpacked to.
const LARGEST: u64 = 64 << 20;

/// Bytes that the Brotli decoder reads at a time.
const BROTLI_READ: usize = 4096;

/// A response.
#[derive(Clone, Debug)]
pub(super) struct Response<'a> {
    pub(super) status: u16,
    pub(super) headers: Headers,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Reads status line and headers; none where there is no status line.
    pub(super) fn parse(block: &'a [u8]) -> Option<Self> {
        let block = block.trim_ascii_start();
        block.strip_prefix(b"HTTP/")?;
        let end = after_blank_line(block).unwrap_or(block.len());
        let (head, body) = block.split_at_checked(end)?;
        let line_end = memchr::memchr(b'\n', head).unwrap_or(head.len());
        let status_line = String::from_utf8_lossy(head.get(..line_end)?).into_owned();
        let status = status_line.split_ascii_whitespace().nth(1)?.parse().ok()?;
        let lines = head.get(line_end..)?.trim_ascii_start();
        Some(Self {
            status,
            headers: Headers::parse(lines),
            body,
        })
    }

    /// The body without transfer and content codings. Where the archive says that it was `truncated`,
    /// what there is of it.
    ///
    /// # Errors
    /// What is wrong with the body, in words.
    pub(super) fn body(&self, truncated: bool) -> Result<Cow<'a, [u8]>, String> {
        let codings = |name: &str| -> Vec<String> {
            let value = self.headers.get(name).unwrap_or_default();
            value
                .split(',')
                .map(|coding| coding.trim().to_ascii_lowercase())
                .filter(|coding| !coding.is_empty() && coding != "identity")
                .collect()
        };
        let mut body = Cow::Borrowed(self.body);
        let transfer = codings("transfer-encoding");
        let content = codings("content-encoding");
        // The last coding was put on last.
        for coding in content.iter().chain(&transfer).rev() {
            body = match coding.as_str() {
                "chunked" => match chunked(&body, truncated)? {
                    Some(joined) => Cow::Owned(joined),
                    None => body,
                },
                "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => Cow::Owned(unpack(
                    flate2::read::MultiGzDecoder::new(&*body),
                    truncated,
                )?),
                "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
                    let decoder = zstd::Decoder::new(&*body);
                    let decoder = decoder.map_err(|error| error.to_string())?;
                    Cow::Owned(unpack(decoder, truncated)?)
                }
                // Brotli has no mark of its own at its beginning.
                "br" => match unpack(Brotli::new(&*body, BROTLI_READ), truncated) {
                    Ok(unpacked) => Cow::Owned(unpacked),
                    Err(_) if is_markup(&body) => body,
                    Err(reason) => return Err(reason),
                },
                "deflate" => match zlib_or_raw(&body, truncated) {
                    Ok(unpacked) => Cow::Owned(unpacked),
                    Err(_) if is_markup(&body) => body,
                    Err(reason) => return Err(reason),
                },
                // Coded, it would not look like this.
                _ if is_markup(&body) || body.trim_ascii().is_empty() => body,
                other => return Err(format!("its content coding `{other}` is not known here")),
            };
        }
        Ok(body)
    }
}

/// True for bytes that begin as a page begins.
fn is_markup(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"<")
}

/// "deflate" is zlib by the standard, and bare deflate by some servers.
fn zlib_or_raw(body: &[u8], truncated: bool) -> Result<Vec<u8>, String> {
    unpack(flate2::read::ZlibDecoder::new(body), truncated)
        .or_else(|_| unpack(flate2::read::DeflateDecoder::new(body), truncated))
}

fn unpack(decoder: impl Read, truncated: bool) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    match decoder.take(LARGEST + 1).read_to_end(&mut out) {
        Ok(_) if out.len() as u64 > LARGEST => {
            Err(format!("its body unpacks to more than {LARGEST} bytes"))
        }
        Ok(_) => Ok(out),
        Err(error) if truncated && error.kind() == io::ErrorKind::UnexpectedEof => Ok(out),
        Err(error) => Err(format!("its body cannot be unpacked: {error}")),
    }
}

/// Joins the chunks of a body (RFC 9112, 7.1); none where it is not in chunks at all.
fn chunked(body: &[u8], truncated: bool) -> Result<Option<Vec<u8>>, String> {
    let (mut rest, mut joined) = (body, Vec::with_capacity(body.len()));
    loop {
        let at = body.len() - rest.len();
        let Some((length, after)) = chunk_length(rest) else {
            return match at {
                0 => Ok(None),
                _ if truncated => Ok(Some(joined)),
                _ if rest.is_empty() => Err(format!(
                    "its chunks end without a last one, at byte {at} of the body"
                )),
                _ => Err(format!("no chunk begins at byte {at} of the body")),
            };
        };
        if length == 0 {
            return Ok(Some(joined));
        }
        let Some((chunk, after)) = after.split_at_checked(length) else {
            if truncated {
                joined.extend_from_slice(after);
                return Ok(Some(joined));
            }
            let there = after.len();
            return Err(format!(
                "the chunk at byte {at} of the body should have {length} bytes, and {there} are there"
            ));
        };
        joined.extend_from_slice(chunk);
        let line_end = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n"));
        rest = match line_end {
            Some(after) => after,
            None if after.is_empty() => after,
            None => {
                let end = body.len() - after.len();
                return Err(format!(
                    "the chunk at byte {at} of the body does not end at byte {end}"
                ));
            }
        };
    }
}

/// The length that a chunk begins with, and what follows its line.
fn chunk_length(rest: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', rest.get(..rest.len().min(1024))?)?;
    let line = std::str::from_utf8(rest.get(..end)?).ok()?;
    let digits = line.split(';').next()?.trim();
    let sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length = usize::from_str_radix(digits, 16).ok().filter(|_| sound)?;
    Some((length, rest.get(end + 1..)?))
}

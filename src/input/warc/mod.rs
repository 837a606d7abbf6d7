//! One WARC record (ISO 28500) to what was fetched: the page, its address, and when.
//!
//! Where a record begins and ends is for `split::warc` to say; here its bytes are read, purely. A
//! response that is no page (an image, a redirect) is no fault and no article.

mod http;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::page;
use super::warning::{InputWarning, WarningCode};
use super::{RawRecord, Refusal, RejectCode};

/// Longest header of a record, in bytes.
pub(super) const LONGEST_HEADER: usize = 64 * 1024;

/// Named lines (of a WARC record, of HTTP), in order; names in small letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads `Name: value` lines; a line that begins with white space goes on with the one before.
    fn parse(lines: &[u8]) -> Self {
        let text = String::from_utf8_lossy(lines);
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            match (line.starts_with([' ', '\t']), headers.last_mut()) {
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                _ => {
                    if let Some((name, value)) = line.split_once(':') {
                        let name = name.trim().to_ascii_lowercase();
                        headers.push((name, value.trim().to_owned()));
                    }
                }
            }
        }
        Self(headers)
    }

    /// The first value of this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The header of a record: what its lines say, and how many bytes they are with the blank line.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) headers: Headers,
    pub(super) length: usize,
}

impl Head {
    /// Reads the header that `bytes` begin with; none where they do not begin with a whole one.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let window = bytes.get(..LONGEST_HEADER).unwrap_or(bytes);
        window.strip_prefix(b"WARC/")?;
        let length = after_blank_line(window)?;
        let lines = window.get(memchr::memchr(b'\n', window)?..length)?;
        // Cut, it runs into the header of the next record, which it must not take along.
        if memchr::memmem::find(lines, b"\nWARC/").is_some() {
            return None;
        }
        Some(Self {
            headers: Headers::parse(lines.trim_ascii_start()),
            length,
        })
    }

    /// `Content-Length`, if it is a number.
    pub(super) fn block_length(&self) -> Option<u64> {
        self.headers.get("content-length")?.parse().ok()
    }

    /// True for what a server answered.
    pub(super) fn is_response(&self) -> bool {
        let kind = self.headers.get("warc-type").unwrap_or_default();
        kind.eq_ignore_ascii_case("response")
    }

    /// True for the types that may hold an article: what a server answered, a file that was kept, a
    /// text made of either. The others (`request`, `warcinfo`, `metadata`, `revisit`) never do.
    pub(super) fn may_hold_an_article(&self) -> bool {
        let kind = self.headers.get("warc-type").unwrap_or_default();
        ["response", "resource", "conversion"]
            .iter()
            .any(|own| kind.eq_ignore_ascii_case(own))
    }
}

/// Bytes up to and with the first blank line.
fn after_blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// Text and fields of a record.
pub(super) fn article(
    raw: &RawRecord,
    warnings: &mut Vec<InputWarning>,
) -> Result<(String, Map<String, Value>), Refusal> {
    let reject = |code, reason: String| Refusal::from(raw.reject(code, reason));
    let head = Head::parse(&raw.bytes).ok_or_else(|| {
        let reason = "the record's header cannot be read".to_owned();
        reject(RejectCode::WarcHeader, reason)
    })?;
    let warc = &head.headers;
    let block = raw.bytes.get(head.length..).unwrap_or_default();
    let truncated = warc.get("warc-truncated");
    if let Some(why) = truncated {
        warnings.push(InputWarning::new(WarningCode::WarcTruncated, why));
    }
    let type_of_block = warc.get("content-type").unwrap_or_default();
    let is_response = head.is_response();
    let (body, content_type) = if is_response {
        if !type_of_block
            .to_ascii_lowercase()
            .starts_with("application/http")
        {
            return Err(Refusal::NoPage(format!(
                "a response that is {type_of_block}"
            )));
        }
        let response = http::Response::parse(block)
            .ok_or_else(|| reject(RejectCode::HttpBody, "no HTTP response".to_owned()))?;
        if !(200..300).contains(&response.status) {
            return Err(Refusal::NoPage(format!("HTTP status {}", response.status)));
        }
        let content_type = response.headers.get("content-type").unwrap_or_default();
        let content_type = content_type.to_owned();
        if !is_page(&content_type) {
            return Err(Refusal::NoPage(content_type));
        }
        let body = response.body(truncated.is_some());
        let body = body.map_err(|reason| reject(RejectCode::HttpBody, reason))?;
        (body, content_type)
    } else {
        (block.into(), type_of_block.to_owned())
    };
    let charset = parameter(&content_type, "charset");
    let (text, mut fields) = if is_page(&content_type) {
        let page = page::read(&body, charset.as_deref(), warnings)
            .map_err(|fault| raw.reject_page(fault))?;
        (page.text, page.fields)
    } else if media(&content_type) == "text/plain" && !is_response {
        (page::plain(&body, charset.as_deref(), warnings), Map::new())
    } else {
        return Err(Refusal::NoPage(content_type));
    };
    add_fields(&mut fields, warc);
    Ok((text, fields))
}

/// What the record says of the page. Its address is where the page was fetched, which stands unless
/// the page has one that leads to the article itself.
fn add_fields(fields: &mut Map<String, Value>, warc: &Headers) {
    let uri = warc
        .get("warc-target-uri")
        .map(|uri| uri.trim_matches(['<', '>']))
        .filter(|uri| !uri.is_empty());
    let stated = fields.get("url").and_then(Value::as_str);
    if let Some(uri) = uri
        && stated.is_none_or(|stated| is_front_page(stated) && !is_front_page(uri))
    {
        fields.insert("url".to_owned(), uri.into());
    }
    let kept = [
        ("warc_target_uri", uri),
        ("warc_date", warc.get("warc-date")),
        ("warc_record_id", warc.get("warc-record-id")),
    ];
    for (name, value) in kept {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value.into());
        }
    }
}

/// True for an address without a path.
fn is_front_page(url: &str) -> bool {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    after
        .split_once('/')
        .is_none_or(|(_, path)| path.is_empty())
}

/// A media type without parameters, in small letters.
fn media(content_type: &str) -> String {
    let media = content_type.split(';').next().unwrap_or_default();
    media.trim().to_ascii_lowercase()
}

/// True for the media types of pages. A server that names none is believed to have sent a page.
fn is_page(content_type: &str) -> bool {
    let media = media(content_type);
    media.is_empty() || media == "text/html" || media == "application/xhtml+xml"
}

/// The value of a parameter of a media type, without its quotes.
fn parameter(content_type: &str, wanted: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        (name.trim().eq_ignore_ascii_case(wanted) && !value.is_empty()).then_some(value)
    })
}

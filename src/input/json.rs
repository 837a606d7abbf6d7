//! A record of JSON to its fields.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::repair::repair;
use super::warning::{InputWarning, WarningCode};
use super::{RawRecord, Reject, RejectCode};

/// The object that the record is, in its own order.
pub(super) fn object(
    raw: &RawRecord,
    json: &str,
    warnings: &mut Vec<InputWarning>,
) -> Result<Map<String, Value>, Reject> {
    match parse(json) {
        Ok(object) => finish(raw, object, warnings),
        Err(error) => match repair(json) {
            Some((mended, repairs)) if let Ok(object) = parse(&mended) => {
                warnings.extend(repairs);
                finish(raw, object, warnings)
            }
            _ => Err(raw.reject(RejectCode::InvalidJson, reason(raw, json, &error))),
        },
    }
}

/// What a JSON value turned out to be.
enum Parsed {
    Object(Map<String, Value>, Vec<String>),
    Other(&'static str),
}

fn finish(
    raw: &RawRecord,
    parsed: Parsed,
    warnings: &mut Vec<InputWarning>,
) -> Result<Map<String, Value>, Reject> {
    match parsed {
        Parsed::Object(map, duplicates) => {
            let code = WarningCode::DuplicateKey;
            warnings.extend(
                duplicates
                    .into_iter()
                    .map(|key| InputWarning::new(code, key)),
            );
            Ok(map)
        }
        Parsed::Other(kind) => {
            let reason = format!("the record is {kind}");
            Err(raw.reject(RejectCode::NotAnObject, reason))
        }
    }
}

fn parse(json: &str) -> serde_json::Result<Parsed> {
    // The first byte decides, as the parser shows a number to a visitor of objects as an object.
    if json.trim_start().starts_with('{') {
        let mut parser = serde_json::Deserializer::from_str(json);
        let (map, duplicates) = parser.deserialize_map(Object)?;
        parser.end()?;
        return Ok(Parsed::Object(map, duplicates));
    }
    Ok(Parsed::Other(match serde_json::from_str(json)? {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }))
}

/// What the parser says, with the byte in the file instead of line and column.
fn reason(raw: &RawRecord, json: &str, error: &serde_json::Error) -> String {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => memchr::memchr_iter(b'\n', json.as_bytes())
            .nth(line - 2)
            .map_or(0, |newline| newline + 1),
    };
    let byte = raw.byte + (line_start + error.column().saturating_sub(1)) as u64;
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(said, _)| said);
    format!("{said}, at byte {byte}")
}

/// Reads an object and notes the keys that stand in it twice.
struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = (Map<String, Value>, Vec<String>);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let (mut map, mut duplicates) = (Map::new(), Vec::new());
        while let Some((key, value)) = access.next_entry::<String, Value>()? {
            if map.insert(key.clone(), value).is_some() {
                duplicates.push(key);
            }
        }
        Ok((map, duplicates))
    }
}

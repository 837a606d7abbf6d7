//! One raw record to one article. Pure.
//!
//! The text is taken as it stands: nothing is trimmed, unescaped or normalised; of a page it is the
//! main text that was extracted from it. What is not used stays in `meta`, in its order.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::decode::decode;
use super::fields::{Fields, Role};
use super::warning::{InputWarning, WarningCode};
use super::{Payload, RawRecord, Reject, RejectCode, json, page, row, warc};
use crate::text::calendar::{DayMonthOrder, FieldDate, parse_field};

/// Which fields to use. A key is a name or a dotted path into nested objects; without one the field
/// is found by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOptions {
    /// The field with the text.
    pub text_key: Option<String>,
    /// The field with the id.
    pub id_key: Option<String>,
    /// The field with the headline.
    pub title_key: Option<String>,
    /// The field with the date of publication.
    pub date_key: Option<String>,
    /// The field with the address.
    pub url_key: Option<String>,
    /// How to read a date of two small numbers.
    pub date_order: DayMonthOrder,
}

/// An article as its input has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The input's own id, else `path#record`, in an archive `path!member#record`.
    pub id: String,
    /// The file, as records name it.
    pub path: Arc<str>,
    /// Of an archive, the path of the member that it is in.
    pub member: Option<Arc<str>>,
    /// Its number in the file, or in the member, from 0.
    pub record: u64,
    /// Where the record begins in its file or member; of WARC files and of archives only.
    pub byte: Option<u64>,
    /// SHA-256 of the raw record, in hexadecimal.
    pub sha256: String,
    /// The headline, where it has a field of its own.
    pub title: Option<String>,
    /// The day of publication, where a field states it.
    pub published: Option<Date>,
    /// The address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// All other fields, untouched, in their order.
    pub meta: Map<String, Value>,
    /// The text, decoded and otherwise as it stands.
    pub text: String,
    /// What was guessed, mended or not understood.
    pub warnings: Vec<InputWarning>,
}

/// Why a record is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is at fault.
    Reject(Reject),
    /// It has no text but white space, which is no fault.
    Empty,
    /// It is something else than a page (an image, a redirect), which is no fault either.
    NoPage(String),
    /// It stands in an archive and is no file of articles (a link, a file of another kind), which is no fault either.
    NotRead(String),
}

impl From<Reject> for Refusal {
    fn from(reject: Reject) -> Self {
        Self::Reject(reject)
    }
}

/// Makes an article of a raw record.
///
/// # Errors
/// A [`Refusal`]: a [`Reject`] with code, place, reason and bytes, or no text.
pub fn article(raw: &RawRecord, options: &FieldOptions) -> Result<Article, Refusal> {
    let mut warnings = raw.warnings.clone();
    let (text, mut fields) = match &raw.payload {
        Payload::Text => {
            let decoded = decode(raw, &mut warnings)?;
            (decoded.into_owned(), Fields::new(Map::new()))
        }
        Payload::Html => {
            let page = page::read(&raw.bytes, None, &mut warnings)
                .map_err(|fault| raw.reject_page(fault))?;
            (page.text, Fields::new(page.fields))
        }
        Payload::Warc => {
            let (text, fields) = warc::article(raw, &mut warnings)?;
            (text, Fields::new(fields))
        }
        Payload::Json | Payload::Row => {
            let decoded = decode(raw, &mut warnings)?;
            let object = json::object(raw, &decoded, &mut warnings)?;
            take_text(raw, Fields::new(object), options)?
        }
        Payload::Csv { header, delimiter } => {
            let decoded = decode(raw, &mut warnings)?;
            let cells = row::cells(&decoded, *delimiter).into_iter();
            let named = header.iter().cloned().zip(cells.map(Value::String));
            take_text(raw, Fields::new(named.collect()), options)?
        }
        Payload::NotRead(why) => return Err(Refusal::NotRead(why.clone())),
    };
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some(byte) = memchr::memchr(0, text.as_bytes()) {
        let detail = format!("first at byte {byte} of the text");
        warnings.push(InputWarning::new(WarningCode::NulCharacter, detail));
    }
    let id = take_id(&mut fields, options.id_key.as_deref());
    let title = fields.take_string(Role::Title, options.title_key.as_deref());
    let url = fields.take_string(Role::Url, options.url_key.as_deref());
    let published = take_date(&mut fields, options, &mut warnings);
    let outlet = take_outlet(&mut fields);
    Ok(Article {
        id: id.unwrap_or_else(|| match &raw.member {
            Some(member) => format!("{}!{member}#{}", raw.path, raw.record),
            None => format!("{}#{}", raw.path, raw.record),
        }),
        path: Arc::clone(&raw.path),
        member: raw.member.clone(),
        record: raw.record,
        byte: has_place(raw).then_some(raw.byte),
        sha256: raw
            .sha256()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        title,
        published,
        url,
        outlet,
        meta: fields.into_rest(),
        text,
        warnings,
    })
}

/// True where an article says at which byte its record begins. Of a row of a table in columns no byte is its own.
fn has_place(raw: &RawRecord) -> bool {
    let in_archive = raw.member.is_some() && raw.payload != Payload::Row;
    in_archive || raw.payload == Payload::Warc
}

/// The text, from the first field known to hold it that has any.
fn take_text(
    raw: &RawRecord,
    mut fields: Fields,
    options: &FieldOptions,
) -> Result<(String, Fields), Refusal> {
    let given = options.text_key.as_deref();
    if let Some(text) = fields.take_string(Role::Text, given) {
        return Ok((text, fields));
    }
    let places = fields.places(Role::Text, given);
    let is_empty = |value: &Value| matches!(value, Value::Null | Value::String(_));
    let empty = places
        .iter()
        .filter_map(|place| fields.get(place))
        .any(is_empty);
    if empty {
        return Err(Refusal::Empty);
    }
    let reject = match (places.first(), given) {
        (Some(place), _) => {
            let reason = format!("`{}` is not a string", place.join("."));
            raw.reject(RejectCode::TextNotAString, reason)
        }
        (None, Some(key)) => {
            let reason = format!("there is no `{key}`, but {}", list(fields.names()));
            raw.reject(RejectCode::NoText, reason)
        }
        (None, None) => {
            let reason = format!(
                "none of these is known to hold a text: {}",
                list(fields.names())
            );
            raw.reject(RejectCode::NoText, reason)
        }
    };
    Err(reject.into())
}

/// The first names of a record, for a message.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 20;
    const LONGEST: usize = 60;
    let names: Vec<&str> = names.collect();
    let mut shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", name.chars().take(LONGEST).collect::<String>()))
        .collect();
    match names.len().checked_sub(SHOWN) {
        _ if names.is_empty() => return "no fields at all".to_owned(),
        None | Some(0) => {}
        Some(more) => shown.push(format!("and {more} more")),
    }
    shown.join(", ")
}

fn take_id(fields: &mut Fields, given: Option<&str>) -> Option<String> {
    let written = |value: &Value| match value {
        Value::String(id) if !id.trim().is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    };
    let places = fields.places(Role::Id, given);
    let (place, id) = places
        .into_iter()
        .find_map(|place| Some((written(fields.get(&place)?)?, place)))
        .map(|(id, place)| (place, id))?;
    fields.take(&place);
    Some(id)
}

/// The date, from the first field that states one. The field stays in `meta` unless it says no more
/// than the date does.
fn take_date(
    fields: &mut Fields,
    options: &FieldOptions,
    warnings: &mut Vec<InputWarning>,
) -> Option<Date> {
    let mut failure = None;
    for place in fields.places(Role::Date, options.date_key.as_deref()) {
        let value = match fields.get(&place) {
            Some(Value::String(value)) if !value.trim().is_empty() => value.clone(),
            Some(Value::Number(value)) => value.to_string(),
            _ => continue,
        };
        let code = match parse_field(&value, options.date_order) {
            FieldDate::Date(date) => {
                if value == date.to_string() {
                    fields.take(&place);
                }
                return Some(date);
            }
            FieldDate::Ambiguous => WarningCode::AmbiguousDate,
            FieldDate::None => WarningCode::UnreadableDate,
        };
        let shown: String = value.chars().take(80).collect();
        let detail = format!("`{}`: {shown}", place.join("."));
        failure.get_or_insert(InputWarning::new(code, detail));
    }
    warnings.extend(failure);
    None
}

/// The outlet, also where it is an object with a name (which then stays in `meta`).
fn take_outlet(fields: &mut Fields) -> Option<String> {
    let name = |value: &Value| value.get("name")?.as_str().map(str::to_owned);
    fields.take_string(Role::Outlet, None).or_else(|| {
        let places = fields.places(Role::Outlet, None);
        places.iter().find_map(|place| name(fields.get(place)?))
    })
}

//! What a page says of itself: title, date, outlet, address, and what else is worth keeping.
//!
//! JSON-LD comes before `<meta>` (by the names of `data/page_metas.csv`), and both before what the page
//! shows. A date is the first that can be read as one, as it is written. Nothing is made up: what the
//! page does not say is missing.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::survey::{Kept, Survey};
use crate::text::calendar::{DayMonthOrder, FieldDate, parse_field};

/// Role and priority of a `<meta>` by its name in small letters.
static METAS: LazyLock<HashMap<&'static str, (&'static str, u32)>> = LazyLock::new(|| {
    include_str!("../data/page_metas.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let role = cells.next()?;
            let name = cells.next()?;
            Some((name, (role, cells.next()?.trim().parse().ok()?)))
        })
        .collect()
});

/// Longest value that is kept, in bytes; a title of a megabyte is none.
const LONGEST: usize = 4 * 1024;

/// Deepest value of JSON-LD that is looked at.
const DEEPEST: usize = 16;

/// The fields of a page, under names that the readers of fields know. The others go to `meta`.
pub(super) fn fields(survey: &Survey) -> Map<String, Value> {
    let article = survey
        .texts
        .iter()
        .filter(|(kept, _)| *kept == Kept::JsonLd)
        .find_map(|(_, json)| article(&serde_json::from_str(json).ok()?, 0));
    let article = article.unwrap_or_default();
    let stated = |key: &str| article.get(key).and_then(name_of).into_iter();
    let shown = |kept: Kept| {
        let texts = survey.texts.iter();
        texts
            .filter(move |(own, _)| *own == kept)
            .map(|(_, text)| text.clone())
    };
    let told = |role| metas(survey, role).into_iter();

    let outlet = first(stated("publisher").chain(told("outlet")));
    let title = first(
        stated("headline")
            .chain(told("title"))
            .chain(shown(Kept::Heading))
            .chain(shown(Kept::Title)),
    );
    let dates = stated("datePublished")
        .chain(told("date"))
        .chain(shown(Kept::Published))
        .chain(shown(Kept::Time));
    let urls = survey.canonical.clone().into_iter().chain(told("url"));
    let title = title.map(|title| without_outlet(&title, outlet.as_deref()));

    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), Value::String(value));
        }
    };
    put("title", title);
    put("published", date(dates));
    put("url", first(urls.filter(|url| is_address(url))));
    put("outlet", outlet);
    put("author", first(stated("author").chain(told("author"))));
    put(
        "modified",
        first(stated("dateModified").chain(told("modified"))),
    );
    put("section", first(told("section")));
    put("description", first(told("description")));
    put("language", first(survey.language.clone().into_iter()));
    fields
}

/// The first of these that says something, on one line.
fn first(values: impl Iterator<Item = String>) -> Option<String> {
    values
        .filter(|value| value.len() <= LONGEST)
        .map(|value| one_line(&value))
        .find(|value| !value.is_empty())
}

/// Without character references and superfluous white space.
fn one_line(value: &str) -> String {
    let decoded = html_escape::decode_html_entities(value);
    let words: Vec<&str> = decoded.split_whitespace().collect();
    words.join(" ").replace('\u{ad}', "")
}

/// The contents of the `<meta>` tags of a role, the preferred first.
fn metas(survey: &Survey, role: &str) -> Vec<String> {
    let mut found: Vec<(u32, &String)> = survey
        .metas
        .iter()
        .filter_map(|(name, content)| {
            let (own, priority) = METAS.get(name.as_str())?;
            (*own == role).then_some((*priority, content))
        })
        .collect();
    found.sort_by_key(|(priority, _)| *priority);
    found
        .into_iter()
        .map(|(_, content)| content.clone())
        .collect()
}

/// The first date that can be read, else the first there is: its reader then says what is wrong.
fn date(dates: impl Iterator<Item = String>) -> Option<String> {
    let mut unreadable = None;
    for date in dates.filter(|date| date.len() <= LONGEST) {
        let date = one_line(&date);
        if matches!(parse_field(&date, DayMonthOrder::Auto), FieldDate::Date(_)) {
            return Some(date);
        }
        if !date.is_empty() {
            unreadable.get_or_insert(date);
        }
    }
    unreadable
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// A title without the outlet's name that `<title>` has behind it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let own = outlet.and_then(|outlet| {
        let head = title.strip_suffix(outlet)?.trim_end();
        let head = head.trim_end_matches(['|', '-', '–', '—', '·', '•', '»', ':']);
        Some(head.trim_end()).filter(|head| !head.is_empty() && head.len() + 2 < title.len())
    });
    own.unwrap_or(title).to_owned()
}

/// The first article among schema.org's things, wherever it stands in the value.
fn article(value: &Value, depth: usize) -> Option<Map<String, Value>> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth + 1)),
        Value::Object(thing) if thing.get("@type").is_some_and(is_article) => Some(thing.clone()),
        Value::Object(thing) => thing.values().find_map(|value| article(value, depth + 1)),
        _ => None,
    }
}

/// True for `NewsArticle`, `BlogPosting`, `Report` and their kin, alone or among others.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(name) => {
            name.ends_with("Article") || name.ends_with("Posting") || name == "Report"
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// A string, the name of a thing, or those of several.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(thing) => thing.get("name")?.as_str().map(str::to_owned),
        Value::Array(values) => {
            let names: Vec<String> = values
                .iter()
                .filter_map(|value| match value {
                    Value::Array(_) => None,
                    other => name_of(other),
                })
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

//! What stands in one cell of a book's row: ids, names with flags, ties with dates, dates.
//!
//! A cell that cannot be understood is an error that says what to write.

use super::book::{Alias, Flags, Tie};
use super::fold;
use jiff::civil::Date;

/// Reads a slug.
pub(super) fn id(value: &str) -> Result<String, String> {
    let sound = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if value.is_empty() || !value.bytes().all(sound) {
        return Err(format!(
            "id {value:?}: write lower-case letters, digits and hyphens"
        ));
    }
    Ok(value.to_owned())
}

/// The names of a row: those that it lists, and its own.
pub(super) fn aliases(name: &str, listed: &str) -> Result<Vec<Alias>, String> {
    let mut aliases = Vec::with_capacity(listed.matches(';').count() + 2);
    for item in listed.split(';').map(str::trim) {
        if !item.is_empty() {
            aliases.push(alias(item)?);
        }
    }
    // The name is a sure alias, unless the row lists it among its aliases with flags of its own.
    let own = alias(name)?;
    if !aliases.iter().any(|alias| alias.plain == own.plain) {
        aliases.insert(0, own);
    }
    if !(owns(listed) || owns(name)) {
        return Ok(aliases);
    }
    for item in listed.split(';').chain([name]) {
        let spelled = without_apostrophe(item.trim()).map(|item| alias(&item));
        if let Some(spelled) = spelled.transpose()?
            && !aliases.iter().any(|alias| alias.plain == spelled.plain)
        {
            aliases.push(spelled);
        }
    }
    Ok(aliases)
}

/// "Peoples Army" for "People's Army": folding takes a possessive off, but many leave the apostrophe out.
fn without_apostrophe(item: &str) -> Option<String> {
    owns(item).then(|| item.replace("'s ", "s ").replace("’s ", "s "))
}

fn owns(text: &str) -> bool {
    text.contains("'s ") || text.contains("’s ")
}

/// `Name [flag flag]` as name and flags.
fn with_marks(item: &str) -> Result<(&str, impl Iterator<Item = &str>), String> {
    let (name, marks) = match item.split_once('[') {
        None => (item, ""),
        Some((name, rest)) => match rest.strip_suffix(']') {
            Some(marks) => (name.trim(), marks),
            None => return Err(format!("{item:?}: close the bracket of its flags")),
        },
    };
    let marks = marks.split([',', ' ']).filter(|mark| !mark.is_empty());
    Ok((name, marks))
}

/// Reads `Name [flag flag]`.
fn alias(item: &str) -> Result<Alias, String> {
    let (name, marks) = with_marks(item)?;
    let (plain, article) = fold::plain_without_article(name);
    if plain.is_empty() {
        return Err(format!("alias {item:?} has no letters"));
    }
    let mut alias = Alias {
        article,
        plain,
        flags: Flags::default(),
        from: None,
        until: None,
    };
    for mark in marks {
        match mark {
            "case" => alias.flags.case = true,
            "word" => alias.flags.word = true,
            "ambiguous" => alias.flags.ambiguous = true,
            "cue" => alias.flags.cue = true,
            "weak" => alias.flags.weak = true,
            _ => match mark.split_once(':') {
                Some(("from", value)) => alias.from = date(value, false)?,
                Some(("until", value)) => alias.until = date(value, true)?,
                _ => {
                    return Err(format!(
                        "flag {mark:?}: write case, word, ambiguous, cue, weak, from:DATE or until:DATE"
                    ));
                }
            },
        }
    }
    Ok(alias)
}

/// Reads `id [from:DATE until:DATE]; id`.
pub(super) fn ties(cell: &str) -> Result<Vec<Tie>, String> {
    let mut ties = Vec::new();
    for item in cell.split(';').map(str::trim) {
        if item.is_empty() {
            continue;
        }
        let (name, marks) = with_marks(item)?;
        let mut tie = Tie {
            id: id(name)?,
            from: None,
            until: None,
        };
        for mark in marks {
            match mark.split_once(':') {
                Some(("from", value)) => tie.from = date(value, false)?,
                Some(("until", value)) => tie.until = date(value, true)?,
                _ => return Err(format!("{mark:?}: write from:DATE or until:DATE")),
            }
        }
        ties.push(tie);
    }
    Ok(ties)
}

/// Reads `2014`, `2014-06` or `2014-06-29`; what is left out is the first day, or the last.
pub(super) fn date(value: &str, last: bool) -> Result<Option<Date>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let read = || -> Option<Date> {
        let mut parts = value.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next();
        let day = parts.next();
        let first = |part: Option<&str>, default: i8| match part {
            Some(digits) => digits.parse().ok(),
            None => Some(default),
        };
        let month = first(month, if last { 12 } else { 1 })?;
        let date = Date::new(year, month, first(day, 1)?).ok()?;
        Some(if last && day.is_none() {
            date.last_of_month()
        } else {
            date
        })
    };
    match read() {
        Some(date) => Ok(Some(date)),
        None => Err(format!("date {value:?}: write YYYY, YYYY-MM or YYYY-MM-DD")),
    }
}

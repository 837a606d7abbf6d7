//! Calendar dates as they are written: 2016-08-10, 10/8/2016, August 10th, 2016, the 1990s, Q3 2016.
//!
//! Refuses a lone number as a year unless a word beside it says that it is one.

use super::calendar::{Grain, Point, Settled, holiday, holiday_timex, iso_week, near, plus_months};
use super::digits;
use super::lexer::{Kind, Tokens};
use super::numeral::{self, Form};
use super::phrase::lower_word;
use super::table::{COUNTED, Class, HOLIDAYS, MONTHS, WEEKDAYS};
use jiff::civil::Date;

/// What a reader of dates needs beside the tokens.
#[derive(Clone, Copy, Debug)]
pub struct Context<'t, 'a> {
    pub tokens: &'t Tokens<'a>,
    /// The article's own date.
    pub reference: Option<Date>,
}

/// Words after which a lone four-digit number is a year, or a lone name a month.
const CUES: [&str; 34] = [
    "in",
    "since",
    "of",
    "by",
    "until",
    "till",
    "from",
    "to",
    "before",
    "after",
    "during",
    "between",
    "late",
    "early",
    "mid",
    "last",
    "next",
    "this",
    "past",
    "year",
    "through",
    "earlier",
    "later",
    "than",
    "starting",
    "beginning",
    "circa",
    "around",
    "and",
    "previous",
    "the",
    "ending",
    "back",
    "on",
];

fn number(tokens: &Tokens, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let raw = tokens.raw(at);
    if !tokens.is(at, Kind::Digits) || !digits.contains(&raw.len()) {
        return None;
    }
    raw.parse().ok()
}

/// A month's name and the index after it and its dot.
pub fn month(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let found = *MONTHS.get(tokens.word(at))?;
    let dot = tokens.word(at + 1) == "."
        && tokens.glued(at + 1)
        && (tokens.word(at).len() <= 4 || tokens.is(at + 2, Kind::Digits));
    Some((found, if dot { at + 2 } else { at + 1 }))
}

/// A weekday's name and the index after it, its dot and its comma. Plurals (negative) are not days.
pub fn weekday(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let word = tokens.word(at);
    let found = *WEEKDAYS.get(word)?;
    if found < 0 {
        return None;
    }
    let short = !word.ends_with("day");
    let dot = short && tokens.word(at + 1) == "." && tokens.glued(at + 1);
    let end = if dot { at + 2 } else { at + 1 };
    if matches!(word, "mon" | "sun" | "sat" | "wed" | "thu" | "fri" | "tue")
        && !(tokens.capital(at) && !(at == 0 && matches!(word, "sun" | "sat")))
        && month(tokens, end).is_none()
    {
        return None;
    }
    if matches!(word, "sun" | "sat" | "mon" | "wed")
        && !dot
        && !tokens.any_back(at, 1, &["on", "next", "last", "this"])
        && day(tokens, end).is_none()
        && month(tokens, end).is_none()
        && tokens.word(end) != ","
    {
        return None;
    }
    Some((found, end))
}

/// A day of the month: its number, the index after it, and whether it was written as an ordinal.
pub fn day(tokens: &Tokens, at: usize) -> Option<(i8, usize, bool)> {
    if let Some(value) = number(tokens, at, 1..=2) {
        let ordinal = tokens.glued(at + 1) && tokens.any(at + 1, &["st", "nd", "rd", "th"]);
        let end = if ordinal { at + 2 } else { at + 1 };
        let clean = ordinal || !(tokens.glued(end) && tokens.is(end, Kind::Word));
        return ((1..=31).contains(&value) && clean).then_some((value as i8, end, ordinal));
    }
    numeral::class(tokens, at)?;
    let found = numeral::numeral(tokens, at)?;
    let value: i8 = digits::plain(found.value).parse().ok()?;
    let ordinal = match found.form {
        Form::Ordinal => true,
        Form::Cardinal if found.end <= at + 3 => false,
        _ => return None,
    };
    (1..=31)
        .contains(&value)
        .then_some((value, found.end, ordinal))
}

/// A year in four digits, or in words where `words` allows them.
pub fn year(tokens: &Tokens, at: usize, words: bool) -> Option<(i16, usize)> {
    if let Some(value) = number(tokens, at, 4..=4) {
        let clean = !(tokens.glued(at + 1) && tokens.is(at + 1, Kind::Word));
        return ((1000..=2199).contains(&value) && clean).then_some((value, at + 1));
    }
    if matches!(tokens.word(at), "'" | "’" | "‘") && tokens.glued(at + 1) {
        let value = number(tokens, at + 1, 2..=2)?;
        let clean = !(tokens.glued(at + 2) && tokens.is(at + 2, Kind::Word));
        return clean.then_some((if value > 40 { 1900 } else { 2000 } + value, at + 2));
    }
    if !words {
        return None;
    }
    let small = |index: usize| match numeral::class(tokens, index) {
        Some((Class::Small | Class::Ten, value)) => digits::plain(value).parse::<i16>().ok(),
        _ => None,
    };
    if let Some(century @ 11..=20) = small(at) {
        let next = tokens.skip_hyphen(at + 1);
        let rest_at = if tokens.word(next) == "hundred" {
            next + 1
        } else {
            next
        };
        let rest_at = if tokens.word(rest_at) == "and" {
            rest_at + 1
        } else {
            rest_at
        };
        if let Some(ten) = small(rest_at) {
            if ten >= 20 {
                let unit_at = tokens.skip_hyphen(rest_at + 1);
                return Some(match small(unit_at) {
                    Some(unit @ 1..=9) => (century * 100 + ten + unit, unit_at + 1),
                    _ => (century * 100 + ten, rest_at + 1),
                });
            }
            if ten >= 10 {
                return Some((century * 100 + ten, rest_at + 1));
            }
            if ten == 0
                && let Some(unit @ 1..=9) = small(rest_at + 1)
            {
                return Some((century * 100 + unit, rest_at + 2));
            }
        }
    }
    let found = numeral::numeral(tokens, at)?;
    let value: i16 = digits::plain(found.value).parse().ok()?;
    (found.form == Form::Cardinal
        && !found.bare
        && (1000..=2199).contains(&value)
        && found.scale.is_some()
        && tokens.is(at, Kind::Word))
    .then_some((value, found.end))
}

fn of(tokens: &Tokens, at: usize) -> usize {
    if tokens.any(at, &["of", "in"]) {
        at + 1
    } else {
        at
    }
}

fn comma(tokens: &Tokens, at: usize) -> usize {
    if tokens.word(at) == "," { at + 1 } else { at }
}

/// A year after a date: ", 2016", "of 2016", "2016".
fn year_after(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let next = of(tokens, comma(tokens, at));
    year(tokens, next, true).filter(|(_, end)| {
        // "August 10, 2,000 people", "June 5 1200 men" are no years.
        !(lower_word(tokens, *end) && COUNTED.contains(tokens.word(*end)))
    })
}

/// The date that begins here.
pub fn date(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if tokens.is(at, Kind::Digits) {
        return numeric(context, at)
            .or_else(|| with_month_name(tokens, at))
            .or_else(|| day_month(tokens, at))
            .or_else(|| year_first(tokens, at))
            .or_else(|| decade(tokens, at))
            .or_else(|| century(tokens, at))
            .or_else(|| lone_year(tokens, at));
    }
    week(context, at)
        .or_else(|| quarter(context, at))
        .or_else(|| feast(context, at))
        .or_else(|| named_weekday(context, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| day_month(tokens, at))
        .or_else(|| decade(tokens, at))
        .or_else(|| century(tokens, at))
        .or_else(|| season(context, at))
        .or_else(|| lone_year(tokens, at))
}

fn point(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Point {
    Point {
        year,
        month,
        day,
        ..Point::default()
    }
}

/// 2016-08-10, 10/8/2016, 16.11.2016; month first where both readings are possible.
fn numeric(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let sign = tokens.word(at + 1);
    if !matches!(sign, "-" | "/" | "." | "–")
        || !tokens.glued(at + 1)
        || !tokens.glued(at + 2)
        || (tokens.glued(at) && matches!(tokens.back(at, 1), "/" | "."))
    {
        return None;
    }
    let third = tokens.word(at + 3) == sign && tokens.glued(at + 3) && tokens.glued(at + 4);
    if !third {
        return None;
    }
    let after = at + 5;
    if tokens.glued(after)
        && (matches!(tokens.word(after), "/" | "-")
            && tokens.is(after + 1, Kind::Digits)
            && tokens.glued(after + 1))
        && sign != "/"
        && number(tokens, at, 4..=4).is_none()
        && tokens.raw(after + 1).len() != 1
        && tokens.raw(after + 1).len() != 2
    {
        return None;
    }
    if tokens.glued(at)
        && tokens.back(at, 1) == "-"
        && at
            .checked_sub(2)
            .is_some_and(|b| tokens.is(b, Kind::Digits))
        && sign == "-"
        && number(tokens, at, 4..=4).is_none()
    {
        return None;
    }
    let (a, b, c) = (
        number(tokens, at, 1..=4)?,
        number(tokens, at + 2, 1..=2)?,
        number(tokens, at + 4, 1..=4)?,
    );
    let valid = |year: i16, month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()
    };
    if tokens.raw(at).len() == 4 {
        let date = valid(a, b, c).filter(|_| tokens.raw(at + 4).len() <= 2)?;
        return (1000..=2199)
            .contains(&a)
            .then(|| (Point::date(date), after));
    }
    let year = match tokens.raw(at + 4).len() {
        4 if (1000..=2199).contains(&c) => c,
        2 if sign == "/" => {
            if c > 40 {
                1900 + c
            } else {
                2000 + c
            }
        }
        _ => return None,
    };
    let (month_first, day_first) = (valid(year, a, b), valid(year, b, a));
    let date = if sign == "." {
        day_first.or(month_first)
    } else {
        month_first.or(day_first)
    }?;
    let mut found = Point::date(date);
    if let (Some(first), Some(other)) = (month_first, day_first)
        && first != other
    {
        let mut settled = Settled::day(date);
        settled.alt = Some(if sign == "." { first } else { other }.to_string());
        found = Point::fixed(settled);
    }
    Some((found, after))
}

/// 05-Aug-2016, 2020/Sep/23, 23-2020-September: a month's name among signs.
fn with_month_name(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let sign = |index: usize| {
        matches!(tokens.word(index), "-" | "/" | "–")
            && tokens.glued(index)
            && tokens.glued(index + 1)
    };
    if !sign(at + 1) || !sign(at + 3) {
        return None;
    }
    let mut found = Point::default();
    for index in [at, at + 2, at + 4] {
        if let Some((name, _)) = month(tokens, index) {
            found.month = Some(name);
        } else if let Some(value) = number(tokens, index, 4..=4) {
            found.year = Some(value);
        } else {
            found.day = Some(i8::try_from(number(tokens, index, 1..=2)?).ok()?);
        }
    }
    let valid = Date::new(found.year?, found.month?, found.day?).is_ok();
    valid.then_some((found, at + 5))
}

/// 10th [day] [of] August[,] [2016]; "10-Aug" too.
fn day_month(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (number, mut next, _) = day(tokens, at)?;
    if tokens.word(next) == "day" {
        next += 1;
    }
    if tokens.word(next) == "." && tokens.glued(next) && month(tokens, next + 1).is_some() {
        next += 1;
    }
    let next = tokens.skip_hyphen(of(tokens, next));
    let (name, end) = month(tokens, next)?;
    // "in 2 May", "12 may have": a modal verb is no month.
    if matches!(tokens.word(next), "may" | "march")
        && !tokens.capital(next)
        && year_after(tokens, end).is_none()
        && !tokens.any_back(next, 1, &["of"])
    {
        return None;
    }
    Date::new(2000, name, number).ok()?;
    let (year, end) = match year_after(tokens, end) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    Some((point(year, Some(name), Some(number)), end))
}

/// August 10[th][,] [2016]; August 2016; August; "in May".
fn month_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (name, end) = month(tokens, at)?;
    let modal = matches!(tokens.word(at), "may" | "march" | "mar") && !tokens.capital(at);
    let start = if tokens.word(end) == "the" || tokens.hyphen(end) {
        end + 1
    } else {
        end
    };
    if let Some((number, after, ordinal)) = day(tokens, start)
        && (ordinal || start == end || tokens.hyphen(end))
        && Date::new(2000, name, number).is_ok()
        && !(modal && !ordinal)
        && !tokens.any(after, &["percent", "per", "%", "pm", "am", ":"])
        && super::measure::unit_word(tokens, after).is_none()
        && super::table::NUMERALS
            .get(tokens.word(after))
            .is_none_or(|(c, _)| matches!(c, Class::Small | Class::Ten))
    {
        // "January first 12" has a short year.
        let year = year_after(tokens, after);
        if year.is_none()
            && ordinal
            && tokens.is(start, Kind::Word)
            && let Some(value) = self::number(tokens, after, 2..=2)
        {
            let year = if value > 40 { 1900 } else { 2000 } + value;
            return Some((point(Some(year), Some(name), Some(number)), after + 1));
        }
        let counted = lower_word(tokens, after) && COUNTED.contains(tokens.word(after));
        if year.is_some() || ordinal || !counted {
            let (year, after) = year.map_or((None, after), |(year, end)| (Some(year), end));
            return Some((point(year, Some(name), Some(number)), after));
        }
    }
    if let Some((year, after)) = year_after(tokens, end) {
        return Some((point(Some(year), Some(name), None), after));
    }
    let cue = at == 0
        || tokens.any_back(at, 1, &CUES)
        || tokens.any_back(at, 1, &["-", "–"])
        || tokens.any_back(at, 1, &["for", "that", "each", "every"]);
    let full = tokens.word(at).len() > 4 || matches!(tokens.word(at), "july" | "june");
    let person = matches!(
        tokens.word(at),
        "april" | "june" | "august" | "march" | "may" | "mar" | "jan"
    );
    let ranged = tokens.any(end, &["to", "-", "–", "until", "till", "through"])
        && month(tokens, end + 1).is_some()
        && tokens.capital(at);
    let sure = ranged
        || if person {
            cue && (tokens.capital(at) || (!modal && tokens.any_back(at, 1, &CUES)))
                && !(at == 0)
                && !(tokens.capital(end) && tokens.is(end, Kind::Word) && end == at + 1)
        } else {
            full || (cue && tokens.capital(at))
                || tokens.any_back(at, 1, &["last", "next", "this", "in", "of"])
        };
    sure.then(|| (point(None, Some(name), None), end))
}

/// 2016 August, 2016, nov; 2017 april.
fn year_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (value, next) = year(tokens, at, false)?;
    let (name, end) = month(tokens, tokens.skip_hyphen(comma(tokens, next)))?;
    if tokens.word(next) == "," && matches!(tokens.word(next + 1), "may" | "march") {
        return None;
    }
    // "in 2016 August 5" would be another date.
    if day(tokens, end).is_some() && tokens.word(next) == "," {
        return None;
    }
    if tokens.hyphen(next)
        && tokens.hyphen(end)
        && let Some((number, after, _)) = day(tokens, end + 1)
    {
        return Some((point(Some(value), Some(name), Some(number)), after));
    }
    Some((point(Some(value), Some(name), None), end))
}

/// Monday[,] [the] 21[st] [of] [August] [2016].
fn named_weekday(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (name, end) = weekday(tokens, at)?;
    let next = comma(tokens, end);
    if let Some((mut found, after)) = month_first(tokens, next)
        .or_else(|| day_month(tokens, next))
        .or_else(|| numeric(context, next))
        .filter(|(found, _)| found.day.is_some() || found.fixed.is_some())
    {
        found.weekday = Some(name);
        return Some((found, after));
    }
    let the = tokens.word(end) == "the";
    let start = if the { end + 1 } else { end };
    if let Some((number, after, ordinal)) = day(tokens, start)
        && (ordinal || (tokens.is(start, Kind::Digits) && !is_counting(tokens, after)))
        && !(ordinal && !the && tokens.is(start, Kind::Word))
        && month(tokens, of(tokens, after)).is_none()
    {
        let mut found = point(None, None, Some(number));
        found.weekday = Some(name);
        return Some((found, after));
    }
    let mut found = Point::default();
    found.weekday = Some(name);
    Some((found, end))
}

/// True where the number before `at` counts or is a time.
fn is_counting(tokens: &Tokens, at: usize) -> bool {
    lower_word(tokens, at)
        || matches!(tokens.word(at), ":" | "-" | "%" | "–" | "/") && tokens.glued(at)
}

/// the 1990s, 1970's, the '70s, the seventies, 90 s.
fn decade(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let short = matches!(tokens.word(at), "'" | "’" | "‘") && tokens.glued(at + 1);
    let start = if short { at + 1 } else { at };
    let tens = |word: &str| {
        Some(match word {
            "twenties" => 20,
            "thirties" => 30,
            "forties" => 40,
            "fifties" => 50,
            "sixties" => 60,
            "seventies" => 70,
            "eighties" => 80,
            "nineties" => 90,
            "tens" => 10,
            _ => return None,
        })
    };
    let (first, end) = if tokens.is(start, Kind::Digits) {
        let mut end = start + 1;
        if matches!(tokens.word(end), "'" | "’") && tokens.glued(end) && tokens.glued(end + 1) {
            end += 1;
        }
        let raw = tokens.raw(start);
        if tokens.word(end) != "s" || !(tokens.glued(end) || raw.len() == 2) {
            return None;
        }
        let value: i16 = raw.parse().ok()?;
        let first = match raw.len() {
            4 if (1000..=2099).contains(&value) && value % 10 == 0 => value,
            2 if value % 10 == 0
                && !short
                && tokens.any_back(start, 1, &["his", "her", "their", "mid", "-"]) =>
            {
                return None;
            }
            2 if value % 10 == 0 => {
                if value > 20 {
                    1900 + value
                } else {
                    2000 + value
                }
            }
            _ => return None,
        };
        (first, end + 1)
    } else if let Some(value) = tens(tokens.word(at)).filter(|v| *v >= 20) {
        if !tokens.any_back(at, 1, &["the", "in", "early", "late", "mid", "-"])
            || tokens.any_back(at, 1, &["his", "her", "their"])
        {
            return None;
        }
        (1900 + value, at + 1)
    } else {
        let century = match (tokens.word(at), tokens.word(at + 1)) {
            ("nineteen", word) => 1900 + tens(word)?,
            ("eighteen", word) => 1800 + tens(word)?,
            ("two", "thousand") => {
                let next = if tokens.word(at + 2) == "and" {
                    at + 3
                } else {
                    at + 2
                };
                let value = 2000 + tens(tokens.word(next))?;
                return decade_point(value).map(|found| (found, next + 1));
            }
            _ => return None,
        };
        (century, at + 2)
    };
    decade_point(first).map(|found| (found, end))
}

fn decade_point(first: i16) -> Option<Point> {
    let start = Date::new(first, 1, 1).ok()?;
    let next = plus_months(start, 120)?;
    let mut settled = Settled::interval(start, next, Grain::Year);
    settled.alt = settled.iso.replace(format!("{}X", first / 10));
    std::mem::swap(&mut settled.alt, &mut settled.iso);
    std::mem::swap(&mut settled.alt, &mut settled.iso);
    Some(Point::fixed(settled))
}

/// 15th century.
fn century(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let found = numeral::numeral(tokens, at).filter(|found| found.form == Form::Ordinal)?;
    let end = tokens.skip_hyphen(found.end);
    if tokens.word(end) != "century" {
        return None;
    }
    let value: i16 = digits::plain(found.value).parse().ok()?;
    let first = Date::new(value.checked_sub(1)?.checked_mul(100)?.max(1), 1, 1).ok()?;
    let next = plus_months(first, 1200)?;
    (value <= 22).then(|| {
        (
            Point::fixed(Settled::interval(first, next, Grain::Year)),
            end + 1,
        )
    })
}

/// Q3 2016, 2016 Q3, H1, "third quarter of 2020", "first half of this year".
fn quarter(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (index, months, next) = match tokens.word(at) {
        letter @ ("q" | "h") if tokens.glued(at + 1) && tokens.raw(at + 1).len() == 1 => {
            let index = number(tokens, at + 1, 1..=1)?;
            (index, if letter == "q" { 3 } else { 6 }, at + 2)
        }
        _ => {
            let found = numeral::numeral(tokens, at).filter(|found| found.form == Form::Ordinal)?;
            let months = match tokens.word(found.end) {
                "quarter" => 3,
                "half" => 6,
                _ => return None,
            };
            let index: i16 = digits::plain(found.value).parse().ok()?;
            let end = found.end + 1;
            let linked = super::relative::year_phrase(context, of(tokens, end)).is_some();
            if !linked {
                return None;
            }
            (index, months, end)
        }
    };
    if !(1..=12 / months).contains(&index) {
        return None;
    }
    let link = tokens.skip_hyphen(of(tokens, next));
    let (year, end) = match super::relative::year_phrase(context, link) {
        Some((year, end)) => (Some(year), end),
        None => (None, next),
    };
    Some((Point::fixed(quarter_of(context, year, index, months)?), end))
}

/// The `index`th stretch of `months` months of a year, or of the nearest past one.
pub fn quarter_of(context: Context, year: Option<i16>, index: i16, months: i16) -> Option<Settled> {
    let month = i8::try_from((index - 1) * months + 1).ok()?;
    let first = |year: i16| Date::new(year, month, 1).ok();
    match year {
        Some(year) => {
            let first = first(year)?;
            Some(Settled::interval(
                first,
                plus_months(first, months.into())?,
                Grain::Month,
            ))
        }
        None => {
            let found = near(context.reference, "XXXX".to_owned(), first);
            let date = found.first?;
            let next = plus_months(date, months.into())?;
            let mut settled = Settled::interval(date, next, Grain::Month);
            settled.timex = None;
            Some(settled)
        }
    }
}

/// 2016 Q3, 2019-H2, for the reader of years.
fn year_quarter(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (value, next) = year(tokens, at, false).or_else(|| {
        let value = number(tokens, at, 4..=4)?;
        (1000..=2199).contains(&value).then_some((value, at + 1))
    })?;
    let start = tokens.skip_hyphen(next);
    let months = match tokens.word(start) {
        "q" => 3,
        "h" => 6,
        _ => return None,
    };
    let index = number(tokens, start + 1, 1..=1).filter(|_| tokens.glued(start + 1))?;
    if !(1..=12 / months).contains(&index) {
        return None;
    }
    let month = i8::try_from((index - 1) * months + 1).ok()?;
    let first = Date::new(value, month, 1).ok()?;
    let settled = Settled::interval(first, plus_months(first, months.into())?, Grain::Month);
    Some((Point::fixed(settled), start + 2))
}

/// Week 31.
fn week(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if tokens.word(at) != "week" {
        return None;
    }
    let index = number(tokens, at + 1, 1..=2)?;
    let year = context.reference?.year();
    let first = iso_week(year, i8::try_from(index).ok()?)?;
    Some((Point::fixed(Settled::week(first)?), at + 2))
}

/// Christmas Eve, Easter 2018.
fn feast(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (rule, end) = HOLIDAYS.find(tokens, at)?;
    if let Ok(date) = rule.parse::<Date>() {
        return Some((Point::date(date), end));
    }
    let linked = super::relative::year_phrase(context, of(tokens, comma(tokens, end)));
    let settled = match linked {
        Some((year, after)) => {
            let mut settled = Settled::day(holiday(rule, year)?);
            settled.timex = None;
            return Some((Point::fixed(settled), after));
        }
        None => near(context.reference, holiday_timex(rule), |year| {
            holiday(rule, year)
        }),
    };
    Some((Point::fixed(settled), end))
}

/// summer of 2014, this winter (see `relative`), "spring 2015".
fn season(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let code = season_code(tokens.word(at))?;
    let (year, end) = super::relative::year_phrase(context, of(tokens, at + 1))?;
    let name = format!("{year:04}-{code}");
    let settled = Settled {
        iso: Some(name.clone()),
        timex: Some(name),
        grain: Grain::Month,
        ..Settled::default()
    };
    Some((Point::fixed(settled), end))
}

/// The TIMEX code of a season.
pub fn season_code(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

/// A year alone: after a word that expects one, or before a noun that it does not count.
fn lone_year(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    if let Some(found) = year_quarter(tokens, at) {
        return Some(found);
    }
    let cued = tokens.any_back(at, 1, &CUES)
        || (tokens.hyphen(at.saturating_sub(1))
            && tokens.any_back(at, 2, &["mid", "early", "late", "pre", "post"]));
    let (value, end) = year(tokens, at, cued)?;
    if tokens.is(at, Kind::Word) {
        let strict = tokens.any_back(at, 1, &["in", "since", "of", "until"]);
        let counts =
            lower_word(tokens, end) && !super::table::NOUN_STOPS.contains(tokens.word(end));
        return (strict && !counts).then(|| (point(Some(value), None, None), end));
    }
    if tokens.glued(at)
        && !tokens.any_back(at, 1, &["(", "-", "–", "—", "\"", "'", "‘", "“", "[", "/"])
    {
        return None;
    }
    if tokens.hyphen(end)
        && (tokens.is(end + 1, Kind::Word)
            || (tokens.is(end + 1, Kind::Digits) && tokens.hyphen(end + 2)))
    {
        return None;
    }
    let next = tokens.word(end);
    // "1986 year net": the year itself.
    if next == "year" && (1900..=2100).contains(&value) && !tokens.any(end + 1, &["old"]) {
        return Some((point(Some(value), None, None), end));
    }
    let counted = COUNTED.contains(next)
        || numeral::class(tokens, end)
            .is_some_and(|(c, _)| matches!(c, Class::Scale | Class::Dozen));
    if counted
        || super::measure::unit_word(tokens, end).is_some()
        || !(1500..=2100).contains(&value)
    {
        let bare_cue = tokens.any_back(at, 1, &["in", "since", "until", "year", "by"])
            && !counted
            && super::measure::unit_word(tokens, end).is_none();
        return bare_cue.then(|| (point(Some(value), None, None), end));
    }
    let hedged = tokens.any_back(
        at,
        1,
        &[
            "about", "some", "nearly", "over", "least", "to", "than", "by", "around", "as", "of",
        ],
    );
    if hedged && !(1900..=2050).contains(&value) {
        return None;
    }
    if hedged && tokens.any_back(at, 1, &["about", "some", "nearly", "least", "over", "as"]) {
        return None;
    }
    let plural = lower_word(tokens, end)
        && next.ends_with('s')
        && next.len() > 3
        && value % 100 == 0
        && !tokens.any_back(at, 1, &["in"]);
    (!plural).then(|| (point(Some(value), None, None), end))
}

//! Dates in digits and signs: 2016-08-10, 10/8/2016, 16.11.2016, 05-Aug-2016.
//!
//! The month comes first where both readings are possible, and the other is kept. Refuses what a
//! sign goes on after: an identifier.

use jiff::civil::Date;

use super::calendar::{Point, Settled};
use super::date::{Context, month, number};
use super::lexer::{Kind, Tokens};

/// 2016-08-10, 10/8/2016, 16.11.2016; month first where both readings are possible.
pub fn numeric(context: Context, at: usize) -> Option<(Point, usize)> {
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
        2 if matches!(sign, "/" | ".") => {
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
pub fn with_month_name(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
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

//! From what a date phrase says to a day, a month, a year or an interval of the calendar.
//!
//! A date without a year is the nearest past one (news reports what happened); the other reading is
//! kept. Refuses to guess without a reference date: then only the TIMEX value is given.

use jiff::civil::Date;

use super::Modifier;
pub use super::days::{days_between, monday, plus_days, plus_months, week_name, weekday};

/// What a date phrase says, before it is settled against the reference date.
#[derive(Clone, Debug, Default)]
pub struct Point {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// Monday is 1.
    pub weekday: Option<i8>,
    /// A stretch that fields cannot say: a week, a quarter, "the past two years".
    pub fixed: Option<Settled>,
    /// The side that a hedge inside the phrase gives ("more than two weeks before").
    pub side: Option<(Modifier, usize, usize)>,
    /// start, mid or end of it.
    pub edge: Option<Modifier>,
}

/// A stretch of days `[first, next)` and how it is written.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    pub first: Option<Date>,
    pub next: Option<Date>,
    /// ISO, or an interval `a/b`.
    pub iso: Option<String>,
    pub timex: Option<String>,
    pub alt: Option<String>,
    /// Days for a day, months, years: what an interval's length is told in.
    pub grain: Grain,
}

/// The smallest field that a phrase gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    #[default]
    Day,
    Week,
    Month,
    Year,
}

impl Settled {
    pub fn day(date: Date) -> Self {
        Self {
            first: Some(date),
            next: plus_days(date, 1),
            iso: Some(date.to_string()),
            timex: Some(date.to_string()),
            ..Self::default()
        }
    }

    /// The ISO week that holds a date.
    pub fn week(date: Date) -> Option<Self> {
        let first = monday(date)?;
        let name = week_name(first);
        Some(Self {
            first: Some(first),
            next: plus_days(first, 7),
            iso: Some(name.clone()),
            timex: Some(name),
            alt: None,
            grain: Grain::Week,
        })
    }

    /// The weekend of the week that holds a date.
    pub fn weekend(date: Date) -> Option<Self> {
        let first = plus_days(monday(date)?, 5)?;
        let mut found = Self::interval(first, plus_days(first, 2)?, Grain::Day);
        found.timex = Some(format!("{}-WE", week_name(first)));
        Some(found)
    }

    /// Days `[first, next)` as `a/b`.
    pub fn interval(first: Date, next: Date, grain: Grain) -> Self {
        Self {
            first: Some(first),
            next: Some(next),
            iso: Some(format!("{first}/{next}")),
            timex: Some(triple(first, next, grain)),
            alt: None,
            grain,
        }
    }

    /// A value without a place in the calendar.
    pub fn only(timex: String) -> Self {
        Self {
            timex: Some(timex),
            ..Self::default()
        }
    }
}

/// (a,b,PnD), as TIMEX intervals are written.
pub fn triple(first: Date, next: Date, grain: Grain) -> String {
    let months = (i64::from(next.year()) - i64::from(first.year())) * 12 + i64::from(next.month())
        - i64::from(first.month());
    let length = match grain {
        Grain::Year => format!("{}Y", months / 12),
        Grain::Month => format!("{months}M"),
        Grain::Week => format!("{}W", days_between(first, next) / 7),
        Grain::Day => format!("{}D", days_between(first, next)),
    };
    format!("({first},{next},P{length})")
}

impl Point {
    pub fn date(date: Date) -> Self {
        Self {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            ..Self::default()
        }
    }

    pub fn fixed(settled: Settled) -> Self {
        Self {
            fixed: Some(settled),
            ..Self::default()
        }
    }

    pub fn grain(&self) -> Grain {
        if let Some(fixed) = &self.fixed {
            fixed.grain
        } else if self.day.is_some() || self.weekday.is_some() {
            Grain::Day
        } else if self.month.is_some() {
            Grain::Month
        } else {
            Grain::Year
        }
    }

    /// True where no year is said and none follows from the phrase.
    pub fn open(&self) -> bool {
        self.fixed.is_none() && self.year.is_none()
    }

    /// The calendar's reading of the phrase, the nearest past where it leaves the year open. None for
    /// a day that does not exist.
    pub fn settle(&self, reference: Option<Date>) -> Option<Settled> {
        if let Some(fixed) = &self.fixed {
            return Some(fixed.clone());
        }
        match (self.year, self.month, self.day, self.weekday) {
            (Some(year), Some(month), Some(day), _) => {
                Some(Settled::day(Date::new(year, month, day).ok()?))
            }
            (Some(year), Some(month), None, _) => Some(self.month_of(year, month)?),
            (Some(year), None, None, _) => Some(year_of(year)?),
            (None, Some(month), Some(day), _) => {
                // The day must exist in some year.
                Date::new(2000, month, day).ok()?;
                let timex = format!("XXXX-{month:02}-{day:02}");
                let dated = |year: i16| Date::new(year, month, day).ok();
                Some(near(reference, timex, dated))
            }
            (None, Some(month), None, _) => {
                let timex = format!("XXXX-{month:02}");
                let Some(reference) = reference else {
                    return Some(Settled {
                        grain: Grain::Month,
                        ..Settled::only(timex)
                    });
                };
                let year = if month <= reference.month() {
                    reference.year()
                } else {
                    reference.year() - 1
                };
                let mut found = self.month_of(year, month)?;
                found.timex = Some(timex);
                found.alt = Some(format!("{:04}-{month:02}", year + 1));
                Some(found)
            }
            (None, None, Some(day), Some(weekday)) => {
                Some(weekday_and_day(reference, weekday, day))
            }
            (None, None, Some(day), None) => {
                let mut found = Settled::only(format!("XXXX-XX-{day:02}"));
                if let Some(reference) = reference {
                    let mut months = (0..4).filter_map(|back| {
                        let first = plus_months(reference.first_of_month(), -back)?;
                        let date = Date::new(first.year(), first.month(), day).ok()?;
                        (date <= reference).then_some(date)
                    });
                    let date = months.next()?;
                    let timex = found.timex.take();
                    found = Settled::day(date);
                    found.timex = timex;
                    let next = plus_months(date.first_of_month(), 1)?;
                    found.alt = Date::new(next.year(), next.month(), day)
                        .ok()
                        .map(|date| date.to_string());
                }
                Some(found)
            }
            (None, None, None, Some(weekday_number)) => {
                let timex = format!("XXXX-WXX-{weekday_number}");
                let Some(reference) = reference else {
                    return Some(Settled::only(timex));
                };
                let back = (7 + i64::from(weekday(reference)) - i64::from(weekday_number)) % 7;
                let mut found = Settled::day(plus_days(reference, -back)?);
                found.timex = Some(timex);
                found.alt = plus_days(reference, 7 - back).map(|date| date.to_string());
                Some(found)
            }
            _ => None,
        }
    }

    fn month_of(&self, year: i16, month: i8) -> Option<Settled> {
        let first = Date::new(year, month, 1).ok()?;
        let name = format!("{year:04}-{month:02}");
        Some(Settled {
            first: Some(first),
            next: plus_months(first, 1),
            iso: Some(name.clone()),
            timex: Some(name),
            alt: None,
            grain: Grain::Month,
        })
    }
}

fn year_of(year: i16) -> Option<Settled> {
    let first = Date::new(year, 1, 1).ok()?;
    let name = format!("{year:04}");
    Some(Settled {
        first: Some(first),
        next: plus_months(first, 12),
        iso: Some(name.clone()),
        timex: Some(name),
        alt: None,
        grain: Grain::Year,
    })
}

/// The nearest past date of those that a rule gives for each year, with the next one as the other.
pub fn near(
    reference: Option<Date>,
    timex: String,
    dated: impl Fn(i16) -> Option<Date>,
) -> Settled {
    let Some(reference) = reference else {
        return Settled::only(timex);
    };
    let year = reference.year();
    let past = (0..9)
        .filter_map(|back| dated(year.saturating_sub(back)))
        .find(|date| *date <= reference);
    let future = (0..9)
        .filter_map(|ahead| dated(year.saturating_add(ahead)))
        .find(|date| *date > reference);
    let Some(past) = past else {
        return Settled::only(timex);
    };
    let mut found = Settled::day(past);
    found.timex = Some(timex);
    found.alt = future.map(|date| date.to_string());
    found
}

/// "Monday 21": the nearest day of that name and number, past first.
fn weekday_and_day(reference: Option<Date>, name: i8, day: i8) -> Settled {
    let timex = format!("XXXX-WXX-{name}");
    let Some(reference) = reference else {
        return Settled::only(timex);
    };
    let fits = |months: i64| {
        let first = plus_months(reference.first_of_month(), months)?;
        let date = Date::new(first.year(), first.month(), day).ok()?;
        (weekday(date) == name).then_some(date)
    };
    // This month's day of that name is meant, even where it is still to come.
    if let Some(date) = fits(0) {
        return Settled::day(date);
    }
    let past = (0..40)
        .filter_map(|back| fits(-back))
        .find(|d| *d <= reference);
    let future = (0..40).filter_map(fits).find(|d| *d > reference);
    let Some(past) = past else {
        return Settled::only(timex);
    };
    let mut found = Settled::day(past);
    found.timex = Some(timex);
    found.alt = future.map(|date| date.to_string());
    found
}

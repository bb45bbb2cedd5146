//! Dates as far as a text states them.

use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// A date with the precision of a year, a month or a day, in the Gregorian calendar. Ordered by its first day.
///
/// Written and read as `2013`, `2013-05` or `2013-05-02`.
///
/// ```
/// use viendan::PartialDate;
/// let month: PartialDate = "2013-05".parse()?;
/// assert!(month.agrees("2013-05-02".parse()?) && !month.is_full());
/// assert_eq!(month.last_day().to_string(), "2013-05-31");
/// let wrong = "2/5/2013".parse::<PartialDate>().unwrap_err();
/// assert_eq!(wrong.to_string(), "`2/5/2013`: not a date (write 2013, 2013-05 or 2013-05-02)");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: i8,
    day: i8,
}

impl PartialDate {
    /// A year.
    #[must_use]
    pub const fn year(year: i16) -> Self {
        Self { year, month: 0, day: 0 }
    }

    /// A month of a year; `None` for an impossible one.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month, day: 0 })
    }

    /// A day; `None` for one that is in no calendar.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::from_date)
    }

    fn from_date(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    fn to_date(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }

    /// The year.
    #[must_use]
    pub const fn the_year(self) -> i16 {
        self.year
    }

    /// True when the day is known.
    #[must_use]
    pub const fn is_full(self) -> bool {
        self.day != 0
    }

    /// The first day it can be.
    #[must_use]
    pub const fn first_day(self) -> Self {
        Self {
            year: self.year,
            month: if self.month == 0 { 1 } else { self.month },
            day: if self.day == 0 { 1 } else { self.day },
        }
    }

    /// The last day it can be.
    #[must_use]
    pub fn last_day(self) -> Self {
        if self.is_full() {
            return self;
        }
        let month = if self.month == 0 { 12 } else { self.month };
        Date::new(self.year, month, 1).map_or(self, |date| Self::from_date(date.last_of_month()))
    }

    /// The date `days` later; `None` unless the day is known.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        self.to_date()?.checked_add(span).ok().map(Self::from_date)
    }

    /// The day before its first day; `None` at the beginning of the calendar.
    #[must_use]
    pub fn day_before(self) -> Option<Self> {
        self.first_day().to_date()?.yesterday().ok().map(Self::from_date)
    }

    /// A day as people and programs write it: `2013-05-02`, `02/05/2013` or `2/5/2013`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unknown`] for anything that is not one day of the calendar.
    pub fn parse_day(text: &str) -> Result<Self, crate::Error> {
        let wrong = || crate::Error::unknown(format!("`{text}`: not a day (write 2013-05-02 or 02/05/2013)"));
        let text = text.trim();
        let parts: Vec<&str> = text.split('/').collect();
        if let [day, month, year] = parts.as_slice() {
            let small = |part: &str| {
                let figures = matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
                figures.then(|| part.parse::<i8>().ok()).flatten()
            };
            let year = Some(*year).filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
            return match (year.and_then(|year| year.parse().ok()), small(month), small(day)) {
                (Some(year), Some(month), Some(day)) => Self::day(year, month, day).ok_or_else(wrong),
                _ => Err(wrong()),
            };
        }
        text.parse().ok().filter(|date: &Self| date.is_full()).ok_or_else(wrong)
    }

    /// Whether it has come on a day: `None` when the date is not known well enough to say.
    #[must_use]
    pub fn has_come(self, day: Self) -> Option<bool> {
        if self.last_day() <= day.first_day() {
            Some(true)
        } else if self.first_day() > day.last_day() {
            Some(false)
        } else {
            None
        }
    }

    /// True when both can be the same date: equal as far as both are stated.
    #[must_use]
    pub const fn agrees(self, other: Self) -> bool {
        self.year == other.year
            && (self.month == 0 || other.month == 0 || self.month == other.month)
            && (self.day == 0 || other.day == 0 || self.day == other.day)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(f, "{:04}", self.year),
            (month, 0) => write!(f, "{:04}-{month:02}", self.year),
            (month, day) => write!(f, "{:04}-{month:02}-{day:02}", self.year),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PartialDate {
    type Err = crate::Error;

    /// Reads `2013`, `2013-05` or `2013-05-02`; anything else is an error of [`crate::ErrorKind::Unknown`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || crate::Error::unknown(format!("`{text}`: not a date (write 2013, 2013-05 or 2013-05-02)"));
        let mut parts = text.trim().splitn(3, '-');
        let mut number = |digits: usize| -> Result<Option<i16>, Self::Err> {
            match parts.next() {
                None => Ok(None),
                Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                    part.parse().map(Some).map_err(|_| wrong())
                }
                Some(_) => Err(wrong()),
            }
        };
        let year = number(4)?.ok_or_else(wrong)?;
        let month = number(2)?;
        let day = number(2)?;
        let small = |value: i16| i8::try_from(value).map_err(|_| wrong());
        match (month, day) {
            (None, _) => Ok(Self::year(year)),
            (Some(month), None) => Self::month(year, small(month)?).ok_or_else(wrong),
            (Some(month), Some(day)) => Self::day(year, small(month)?, small(day)?).ok_or_else(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn dates() {
        let date = |text: &str| text.parse::<PartialDate>();
        assert_eq!(date("2013-05-06").unwrap().plus_days(45).unwrap().to_string(), "2013-06-20");
        assert_eq!(date("2012-02").unwrap().last_day().to_string(), "2012-02-29");
        assert_eq!(
            date("2013-02-31").unwrap_err().to_string(),
            "`2013-02-31`: not a date (write 2013, 2013-05 or 2013-05-02)"
        );
        assert!(date("2013").unwrap().agrees(date("2013-05-06").unwrap()));
        assert!(!date("2013-04").unwrap().agrees(date("2013-05-06").unwrap()));
        assert!(date("13-5-2").is_err());
        assert_eq!(date("2013-03").unwrap().day_before().unwrap().to_string(), "2013-02-28");
    }

    #[test]
    fn days() {
        let day = |text: &str| PartialDate::parse_day(text);
        for text in ["2013-05-02", "02/05/2013", "2/5/2013", " 2013-05-02 "] {
            assert_eq!(day(text).unwrap().to_string(), "2013-05-02", "{text}");
        }
        for text in ["2013", "2013-05", "31/02/2013", "2/5/13", "2/5", "", "mai", "002/5/2013", "+2/5/2013"] {
            let message = format!("`{text}`: not a day (write 2013-05-02 or 02/05/2013)");
            assert_eq!(day(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn what_has_come() {
        let day = PartialDate::parse_day("2013-05-02").unwrap();
        let come = |text: &str| text.parse::<PartialDate>().unwrap().has_come(day);
        assert_eq!(come("2013-05-02"), Some(true));
        assert_eq!(come("2013-05-03"), Some(false));
        assert_eq!(
            (come("2013-04"), come("2013-05"), come("2013"), come("2014")),
            (Some(true), None, None, Some(false))
        );
    }
}

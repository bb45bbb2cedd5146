//! From when and up to when something is in effect.

use super::date::{date, date_figures, date_words};
use super::input::{Grammar, Parsed, after_space, digits, first, tail};
use crate::lexicon::Role;
use crate::model::PartialDate;

/// The first day of effect, as far as the words at one place tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    /// A date.
    On(PartialDate),
    /// The day of signing or adoption.
    Signing,
    /// So many days after it.
    After(u32),
    /// So many days after something else: `sau 15 ngày, kể từ ngày đăng Công báo`.
    Elsewhere,
    /// The words lead up to something that is no date.
    Open,
}

/// A time of effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effect {
    pub begins: Begins,
    pub until: Option<PartialDate>,
}

/// `có hiệu lực thi hành kể từ ngày 01/01/2019 đến hết ngày 31/12/2023`. What `effective_date` has read there the
/// caller may know: the day, and where it ends.
///
/// ```ebnf
/// effect = ( effective_word , [ day | days_after | [ since_word ] , [ date_word ] ] | signing_word )
///     , [ [ "," ] , until ] ;
/// ```
pub(crate) fn effect<'i>(g: &Grammar<'_>, i: &'i [u8], known: Option<(PartialDate, usize)>) -> Parsed<'i, Effect> {
    let (rest, begins) = match known {
        Some((date, end)) => (tail(i, end), Begins::On(date)),
        None => beginning(g, i).ok_or(nom::Err::Error(()))?,
    };
    let (rest, last) = match until(g, after_comma(rest)) {
        Ok((rest, last)) => (rest, Some(last)),
        Err(_) => (rest, None),
    };
    Ok((rest, Effect { begins, until: last }))
}

/// The first day, and the rest after it.
fn beginning<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<(&'i [u8], Begins)> {
    // the whole phrase is a row, too: `có hiệu lực kể từ ngày ký`; `kể từ ngày ký` alone speaks of something else
    let found = g.lexicon.word(i, 0, &[Role::Effective, Role::Signing])?;
    let rest = tail(i, found.end);
    if found.role == Role::Signing {
        g.role(i, &[Role::Effective])?;
        return Some((rest, Begins::Signing));
    }
    let at = after_space(rest);
    Some(if let Ok((rest, date)) = day(g, at) {
        (rest, Begins::On(date))
    } else if let Ok((rest, begins)) = days_after(g, at) {
        (rest, begins)
    } else if let Some(rest) = g.role(at, &[Role::Signing]) {
        (rest, Begins::Signing)
    } else {
        let rest = g.role(at, &[Role::Since]).unwrap_or(rest);
        (g.next_role(rest, &[Role::Date]).unwrap_or(rest), Begins::Open)
    })
}

/// The tail after white space and one comma, if there is one.
pub(crate) fn after_comma(i: &[u8]) -> &[u8] {
    let at = after_space(i);
    if first(at) == Some(b',') { after_space(tail(at, 1)) } else { at }
}

/// A day that is named, the word `ngày` before it or not.
///
/// ```ebnf
/// day = date | date_words | date_figures ;
/// ```
pub(crate) fn day<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, PartialDate> {
    let (rest, read) = date(g, i).or_else(|_| date_words(g, i)).or_else(|_| date_figures(i))?;
    read.value.map(|value| (rest, value)).ok_or(nom::Err::Error(()))
}

/// `kể từ ngày 01/01/2014`.
///
/// ```ebnf
/// since = since_word , day ;
/// ```
pub(crate) fn since<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, PartialDate> {
    let rest = g.role(i, &[Role::Since]).ok_or(nom::Err::Error(()))?;
    day(g, after_space(rest))
}

/// The last day: `đến hết ngày 31/12/2023`; `đến trước ngày 01/01/2024` means the day before.
///
/// ```ebnf
/// until = until_word , day ;
/// ```
pub(crate) fn until<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, PartialDate> {
    let fail = || nom::Err::Error(());
    let word = g.lexicon.word(i, 0, &[Role::Until]).ok_or_else(fail)?;
    let (rest, date) = day(g, after_space(tail(i, word.end)))?;
    let last = if word.value == "before" { date.day_before().ok_or_else(fail)? } else { date };
    Ok((rest, last))
}

/// `sau 45 ngày kể từ ngày ký`; the number may stand again in words in brackets.
///
/// ```ebnf
/// days_after = after_word , days , [ "(" , ? up to 60 bytes ? , ")" ] , date_word , [ "," ] , [ signing_word ] ;
/// ```
fn days_after<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, Begins> {
    let fail = || nom::Err::Error(());
    let at = after_space(g.role(i, &[Role::After]).ok_or_else(fail)?);
    let (rest, count) = days(g, at)?;
    let mut rest = after_space(rest);
    // `45 (bốn mươi lăm) ngày`
    if first(rest) == Some(b'(') {
        let close = rest.iter().take(60).position(|b| *b == b')').ok_or_else(fail)?;
        rest = after_space(tail(rest, close + 1));
    }
    let counted = g.role(rest, &[Role::Date]).ok_or_else(fail)?;
    Ok(match g.role(after_comma(counted), &[Role::Signing]) {
        Some(rest) => (rest, Begins::After(count)),
        None => (counted, Begins::Elsewhere),
    })
}

/// A number of days.
///
/// ```ebnf
/// days = figures | count_word ;
/// ```
fn days<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, u32> {
    let fail = || nom::Err::Error(());
    let (end, figures) = match digits(i) {
        0 => g.lexicon.word(i, 0, &[Role::Count]).map(|word| (word.end, word.value)).ok_or_else(fail)?,
        count => (count, super::input::as_str(i.get(..count.min(4)).unwrap_or_default())),
    };
    figures.parse().map(|days| (tail(i, end), days)).map_err(|_| fail())
}

#[cfg(test)]
mod tests {
    use super::{Begins, effect, since, until};
    use crate::lexicon::Lexicon;
    use crate::parse::Grammar;

    #[test]
    fn times_of_effect() {
        let lexicon = Lexicon::built_in();
        let g = Grammar { lexicon: &lexicon };
        let read = |text: &str| {
            let (rest, found) = effect(&g, text.as_bytes(), None).ok()?;
            Some((
                found.begins,
                found.until.map(|date| date.to_string()),
                std::str::from_utf8(rest).unwrap().to_owned(),
            ))
        };
        let on = |iso: &str| Begins::On(iso.parse().unwrap());
        let whole = |begins: Begins, until: Option<&str>| Some((begins, until.map(str::to_owned), String::new()));
        assert_eq!(read("có hiệu lực thi hành từ ngày 01/7/2020"), whole(on("2020-07-01"), None));
        assert_eq!(read("có hiệu lực từ 01 tháng 01 năm 2017"), whole(on("2017-01-01"), None));
        assert_eq!(
            read("có hiệu lực thi hành kể từ ngày 29 tháng 02 năm 2020 đến hết ngày 31 tháng 12 năm 2020"),
            whole(on("2020-02-29"), Some("2020-12-31"))
        );
        assert_eq!(
            read("có hiệu lực kể từ ngày ký đến trước ngày 01/01/2021"),
            whole(Begins::Signing, Some("2020-12-31"))
        );
        assert_eq!(read("có hiệu lực thi hành sau 45 ngày, kể từ ngày ký"), whole(Begins::After(45), None));
        assert_eq!(read("có hiệu lực sau bốn mươi lăm ngày kể từ ngày ký"), whole(Begins::After(45), None));
        assert_eq!(
            read("có hiệu lực thi hành sau 15 ngày, kể từ ngày đăng Công báo"),
            Some((Begins::Elsewhere, None, ", kể từ ngày đăng Công báo".to_owned()))
        );
        assert_eq!(read("có hiệu lực đến hết ngày 31/12/2027"), whole(Begins::Open, Some("2027-12-31")));
        assert_eq!(read("hết hiệu lực từ ngày 01/01/2020"), None);
        assert_eq!(read("kể từ ngày ký ban hành"), None);
    }

    #[test]
    fn first_and_last_days() {
        let lexicon = Lexicon::built_in();
        let g = Grammar { lexicon: &lexicon };
        let from = |text: &str| since(&g, text.as_bytes()).ok().map(|(_, date)| date.to_string());
        let to = |text: &str| until(&g, text.as_bytes()).ok().map(|(_, date)| date.to_string());
        assert_eq!(from("kể từ ngày 01/01/2014"), Some("2014-01-01".to_owned()));
        assert_eq!(from("từ ngày Thông tư này có hiệu lực"), None);
        assert_eq!(to("đến hết năm 2018"), Some("2018".to_owned()));
        assert_eq!(to("đến trước ngày 01 tháng 3 năm 2021"), Some("2021-02-28".to_owned()));
        assert_eq!(to("đến khi có quy định khác"), None);
    }
}

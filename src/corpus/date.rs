//! One date of a document, from all that texts say of it.

use super::Provenance;
use crate::model::{From, PartialDate};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A date as one text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub date: PartialDate,
    pub from: Provenance,
    /// The text is the document itself.
    pub own: bool,
    /// So many texts say so.
    pub texts: u32,
}

/// The date, and where it comes from.
///
/// What the document says itself stands. Where it says nothing, or only a year, the others fill it in: if they agree, or
/// if one date is said by more texts than all others together and by more than one. Else only what they agree on
/// is taken: the year, or nothing. `read` is true where the document itself was read.
pub(super) fn agreed(said: &[Said], read: bool) -> Option<(PartialDate, Provenance)> {
    // of equals the first
    let own = said.iter().filter(|said| said.own).min_by_key(|said| !said.date.is_full());
    if let Some(own) = own.filter(|own| own.date.is_full()) {
        return Some((own.date, own.from.clone()));
    }
    let full: Vec<&Said> = said
        .iter()
        .filter(|said| !said.own && said.date.is_full() && own.is_none_or(|own| own.date.agrees(said.date)))
        .collect();
    let mut counts: BTreeMap<PartialDate, u32> = BTreeMap::new();
    for said in &full {
        *counts.entry(said.date).or_default() += said.texts;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count).map(|(date, count)| (*date, *count));
    let taken = match (counts.len(), most) {
        (1, Some((date, _))) => Some(date),
        (_, Some((date, count))) if count > 1 && count > counts.values().sum::<u32>() - count => Some(date),
        _ => None,
    };
    if let Some(date) = taken {
        let first = full.iter().find(|said| said.date == date)?;
        let from = if read || counts.len() > 1 { From::OtherMention } else { first.from.from };
        return Some((date, Provenance { from, source: first.from.source.clone() }));
    }
    if let Some(own) = own {
        return Some((own.date, own.from.clone()));
    }
    let first = said.first()?;
    let month = (full.is_empty() && said.iter().all(|other| other.date.agrees(first.date)))
        .then(|| said.iter().min_by_key(|said| Reverse(precision(said.date))))
        .flatten();
    let year = || {
        let year = PartialDate::year(first.date.the_year());
        said.iter().all(|other| other.date.the_year() == year.the_year()).then_some(year)
    };
    let (date, from) = match month {
        Some(said) => (said.date, &said.from),
        None => (year()?, &first.from),
    };
    let from = if read { From::OtherMention } else { from.from };
    Some((date, Provenance { from, source: month.map_or(&first.from, |said| &said.from).source.clone() }))
}

/// Full dates are the most precise, years the least.
fn precision(date: PartialDate) -> u8 {
    match (date.is_full(), date.first_day() == PartialDate::year(date.the_year()).first_day()) {
        (true, _) => 2,
        (false, false) => 1,
        (false, true) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, agreed};
    use crate::corpus::Provenance;
    use crate::model::From;

    fn said(texts: &[(&str, bool)]) -> Vec<Said> {
        texts
            .iter()
            .enumerate()
            .map(|(index, (date, own))| Said {
                date: date.parse().unwrap(),
                from: Provenance { from: From::Text, source: format!("t{index}").into() },
                own: *own,
                texts: 1,
            })
            .collect()
    }

    fn date(texts: &[(&str, bool)], read: bool) -> Option<String> {
        agreed(&said(texts), read).map(|(date, from)| format!("{date} {} {}", from.from, from.source))
    }

    #[test]
    fn what_the_document_says_stands() {
        let texts = [("2012-02-24", false), ("2012-02-24", false), ("2012-02-14", true)];
        assert_eq!(date(&texts, true).as_deref(), Some("2012-02-14 text t2"));
    }

    #[test]
    fn others_fill_what_it_lacks() {
        assert_eq!(
            date(&[("2012", true), ("2012-02-14", false)], true).as_deref(),
            Some("2012-02-14 other_mention t1")
        );
        assert_eq!(date(&[("2012", true), ("2013-02-14", false)], true).as_deref(), Some("2012 text t0"));
        assert_eq!(date(&[("2012-02-14", false)], true).as_deref(), Some("2012-02-14 other_mention t0"));
        assert_eq!(date(&[("2012-02-14", false)], false).as_deref(), Some("2012-02-14 text t0"));
    }

    #[test]
    fn where_they_disagree_most_of_them_decide_or_nobody() {
        let most = [("2012-02-24", false), ("2012-02-14", false), ("2012-02-14", false)];
        assert_eq!(date(&most, false).as_deref(), Some("2012-02-14 other_mention t1"));
        assert_eq!(date(&[("2012-02-24", false), ("2012-02-14", false)], false).as_deref(), Some("2012 text t0"));
        assert_eq!(date(&[("2012-02-24", false), ("2013-02-14", false)], false), None);
        assert_eq!(date(&[("2012", false), ("2012-02", false)], false).as_deref(), Some("2012-02 text t1"));
        assert_eq!(date(&[], true), None);
    }
}

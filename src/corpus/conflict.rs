//! What texts disagree on.

use super::bodies::{Body, BodyLink};
use super::{CorpusDocument, EffectFact, Record};
use crate::model::{DocType, Extent, From, Key, PartialDate};
use crate::text::fold::ascii_name;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Two texts that say different things of one document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Conflict {
    /// The document.
    pub key: Key,
    /// The field: `date`, `effective`, `issuer`, `title` or `parent`.
    pub field: &'static str,
    /// What is said, each with a text that says so, sorted.
    pub values: Vec<(String, Arc<str>)>,
}

impl Conflict {
    /// The field of a name; none for a name that no field has.
    #[cfg(feature = "store")]
    pub(crate) fn field_of(name: &str) -> Option<&'static str> {
        ["date", "effective", "issuer", "title", "parent"].into_iter().find(|field| *field == name)
    }
}

/// How bodies stand to each other, by their names; what is above, or came before, is no other body.
pub(super) struct Ranks {
    above: BTreeMap<String, BTreeSet<String>>,
}

impl Ranks {
    pub(super) fn new(links: &[BodyLink]) -> Self {
        let mut above: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for link in links {
            above.entry(link.source.id()).or_default().insert(link.target.id());
        }
        Self { above }
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::from([from.to_owned()]);
        let mut todo = vec![from.to_owned()];
        while let Some(body) = todo.pop() {
            for next in self.above.get(&body).into_iter().flatten() {
                if next == to {
                    return true;
                }
                if seen.insert(next.clone()) {
                    todo.push(next.clone());
                }
            }
        }
        false
    }

    /// Both names can be meant by one document: equal, one above the other, one in the place of the other.
    fn agree(&self, one: &Body, other: &Body) -> bool {
        let (Some(code), Some(second)) = (&one.code, &other.code) else { return true };
        let (a, b) = (one.id(), other.id());
        a == b
            || code == second && (one.place.is_none() || other.place.is_none())
            || self.reaches(&a, &b)
            || self.reaches(&b, &a)
    }
}

/// What the texts of a group say of one document. `stated` are the statements of its time of effect.
pub(super) fn conflicts(
    out: &mut Vec<Conflict>,
    key: &Key,
    group: &[(&CorpusDocument, &Record)],
    stated: &[&EffectFact],
    ranks: &Ranks,
) {
    let mut push = |field, values: Vec<(String, Arc<str>)>| {
        let values: BTreeSet<(String, Arc<str>)> = values.into_iter().collect();
        // one text for each value
        let mut first: BTreeMap<String, Arc<str>> = BTreeMap::new();
        for (value, source) in values {
            first.entry(value).or_insert(source);
        }
        out.push(Conflict { key: key.clone(), field, values: first.into_iter().collect() });
    };
    let dates = group.iter().filter_map(|(document, record)| Some((document.date?, &record.source)));
    if let Some(values) = differing(dates.collect()) {
        push("date", values);
    }
    let whole = stated.iter().filter(|effect| effect.extent == Extent::Whole);
    let dates = group
        .iter()
        .filter_map(|(document, record)| Some((document.effective?, &record.source)))
        .chain(whole.filter_map(|effect| Some((effect.begins?, &effect.evidence.source))));
    if let Some(values) = differing(dates.collect()) {
        push("effective", values);
    }
    let bodies: Vec<(&CorpusDocument, &Arc<str>)> = group
        .iter()
        .filter(|(document, _)| {
            document.issuers_from.as_ref().is_some_and(|from| matches!(from.from, From::Text | From::Metadata))
        })
        .map(|(document, record)| (*document, &record.source))
        .collect();
    // joint issuers: a text that names one of them agrees with one that names all
    let agree = |a: &CorpusDocument, b: &CorpusDocument| {
        let any = |one: &Body| b.issuers.iter().any(|other| ranks.agree(one, other));
        // `của Liên bộ`, of a joint circular, is whoever they are
        let joint = |document: &CorpusDocument| {
            document.issuers.len() == 1
                && matches!(
                    document.doc_type,
                    Some(DocType::ThongTuLienTich | DocType::ThongTuLienBo | DocType::ThongTuLienNganh)
                )
        };
        joint(a) != joint(b) || a.issuers.is_empty() || b.issuers.is_empty() || a.issuers.iter().any(any)
    };
    if let Some((first, _)) = bodies.first()
        && bodies.iter().any(|(other, _)| !agree(first, other))
    {
        let names =
            |document: &CorpusDocument| document.issuers.iter().map(|body| &*body.name).collect::<Vec<_>>().join("; ");
        push("issuer", bodies.iter().map(|(document, source)| (names(document), Arc::clone(source))).collect());
    }
    let titles: Vec<(&str, String, &Arc<str>)> = group
        .iter()
        .filter_map(|(document, record)| {
            let title = document.title.as_deref()?;
            Some((title, ascii_name(title, ' '), &record.source))
        })
        .collect();
    if let Some((_, first, _)) = titles.first()
        && titles.iter().any(|(_, other, _)| !same_title(first, other))
    {
        push("title", titles.iter().map(|(title, _, source)| ((*title).to_owned(), Arc::clone(source))).collect());
    }
}

/// Folded titles that can be one: one is the beginning of the other, or its end.
pub(super) fn same_title(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && (long.starts_with(short) || long.ends_with(short))
}

/// All dates, when some two of them cannot be the same. A law is dated by thousands of texts, and has few dates.
fn differing(dates: Vec<(PartialDate, &Arc<str>)>) -> Option<Vec<(String, Arc<str>)>> {
    let distinct: BTreeSet<PartialDate> = dates.iter().map(|(date, _)| *date).collect();
    let differ = distinct.iter().any(|one| distinct.iter().any(|other| !one.agrees(*other)));
    differ.then(|| dates.into_iter().map(|(date, source)| (date.to_string(), Arc::clone(source))).collect())
}

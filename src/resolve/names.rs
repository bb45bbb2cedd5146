//! What one document says of the acts it names: the year or number another mention of the same name states, and the
//! names that acronyms stand for.

use super::{Item, Work};
use crate::lexicon::LawId;
use crate::model::{DocType, PartialDate};
use crate::parse::Identifier;
use crate::text::fold::ascii_name;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Acts of the table that bear a name; for a name the table lacks its type and letters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Name {
    Known(Vec<LawId>),
    Other(Option<DocType>, Option<String>),
}

/// A name that an acronym stands for.
#[derive(Clone, Debug)]
pub(super) struct Full {
    pub laws: Vec<LawId>,
    /// Folded, as keys write it.
    pub folded: String,
}

/// The acts a document names.
#[derive(Default)]
pub(super) struct Names {
    /// The date all mentions of the name agree on; none where two differ.
    stated: HashMap<Name, Option<PartialDate>, FixedState>,
    /// The last day of a document in whose title the name stands.
    titled: HashMap<Name, PartialDate, FixedState>,
    /// By type and first letters: `HTX`, `GDQPAN`.
    initials: HashMap<(Option<DocType>, String), Full, FixedState>,
}

impl Names {
    pub(super) fn read(work: &Work<'_>) -> Self {
        let mut names = Self::default();
        for (index, item) in work.items.iter().enumerate() {
            names.initials_of(work, item);
            if let Some((name, day)) = name(work, item).zip(super::titles::owner_day(work, index)) {
                names.titled.entry(name).and_modify(|known| *known = (*known).max(day)).or_insert(day);
            }
            let Some((name, date)) = name(work, item).zip(date(work, item)) else { continue };
            names
                .stated
                .entry(name)
                .and_modify(|known| {
                    *known =
                        known.filter(|known| known.agrees(date)).map(|known| if date.is_full() { date } else { known });
                })
                .or_insert(Some(date));
        }
        names
    }

    fn initials_of(&mut self, work: &Work<'_>, item: &Item) {
        let (Identifier::Law { name: Some(read), .. }, Some(span)) = (&item.m.identifier, item.m.name) else { return };
        let text = work.folded(span);
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.len() < 2 {
            return;
        }
        let full = Full { laws: read.laws.clone(), folded: ascii_name(&text, '.') };
        let first = |word: &&str| word.chars().next().into_iter().flat_map(char::to_uppercase).collect::<String>();
        let all: String = words.iter().map(first).collect();
        // `và` is left out of most acronyms
        let joined = |word: &&&str| work.lexicon.word(word.as_bytes(), 0, &[crate::lexicon::Role::And]).is_none();
        let short: String = words.iter().filter(joined).map(first).collect();
        for initials in [all, short] {
            self.initials.entry((item.doc_type(), initials)).or_insert_with(|| full.clone());
        }
    }

    /// The date that the mentions of the name of `item` agree on.
    pub(super) fn stated(&self, work: &Work<'_>, item: &Item) -> Option<PartialDate> {
        self.stated.get(&name(work, item)?).copied().flatten()
    }

    /// The day of a document in whose title the name of `item` stands.
    pub(super) fn titled(&self, work: &Work<'_>, item: &Item) -> Option<PartialDate> {
        self.titled.get(&name(work, item)?).copied()
    }

    /// The name of the text whose first letters are `acronym`.
    pub(super) fn full(&self, doc_type: Option<DocType>, acronym: &str) -> Option<&Full> {
        let capitals = acronym.chars().count() >= 2 && acronym.chars().all(char::is_uppercase);
        self.initials.get(&(doc_type, acronym.to_owned())).filter(|_| capitals)
    }
}

fn name(work: &Work<'_>, item: &Item) -> Option<Name> {
    let other = |span| Name::Other(item.doc_type(), Some(ascii_name(&work.folded(span), '.')));
    match &item.m.identifier {
        Identifier::Law { name: Some(name), .. } if !name.laws.is_empty() => Some(Name::Known(name.laws.clone())),
        Identifier::Law { name: Some(_), .. } => item.m.name.map(other),
        Identifier::Law { name: None, symbol: None, .. } => Some(Name::Other(item.doc_type(), None)),
        Identifier::Acronym(alias) => Some(Name::Known(work.lexicon.laws_of_acronym(*alias).1.to_vec())),
        _ => None,
    }
}

/// The date of the mention, or that of the act its number names.
fn date(work: &Work<'_>, item: &Item) -> Option<PartialDate> {
    let numbered = || match &item.m.identifier {
        Identifier::Law { symbol: Some(symbol), .. } => {
            let id = work.lexicon.law_by_symbol(item.doc_type()?, &symbol.text)?;
            work.lexicon.law_row(id)?.date
        }
        _ => None,
    };
    item.date().or_else(numbered)
}

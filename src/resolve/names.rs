//! What one document says of the acts it names: the year or number another mention of the same name states, and the
//! names that acronyms stand for.

use super::{Item, Work};
use crate::lexicon::LawId;
use crate::model::{DocType, PartialDate};
use crate::parse::Identifier;
use crate::text::fold::ascii_name;
use foldhash::fast::FixedState;
use std::cell::OnceCell;
use std::collections::HashMap;

/// Acts of the table that bear a name; for a name the table lacks its type and letters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Name<'w> {
    Known(&'w [LawId]),
    Other(Option<DocType>, Option<String>),
}

/// A name that an acronym stands for.
#[derive(Clone, Debug)]
pub(super) struct Full<'w> {
    pub laws: &'w [LawId],
    /// Folded, as keys write it.
    pub folded: String,
}

/// By name: the date all its mentions agree on; none where two differ.
type Stated<'w> = HashMap<Name<'w>, Option<PartialDate>, FixedState>;
/// By name: the last day of a document in whose title it stands.
type Titled<'w> = HashMap<Name<'w>, PartialDate, FixedState>;
/// By type and first letters: `HTX`, `GDQPAN`.
type Initials<'w> = HashMap<(Option<DocType>, String), Full<'w>, FixedState>;

/// The acts a document names. Most documents ask for none of it, so each part is read when it is first asked for.
pub(super) struct Names<'w> {
    work: &'w Work<'w>,
    stated: OnceCell<Stated<'w>>,
    titled: OnceCell<Titled<'w>>,
    initials: OnceCell<Initials<'w>>,
}

impl<'w> Names<'w> {
    pub(super) fn of(work: &'w Work<'w>) -> Self {
        Self { work, stated: OnceCell::new(), titled: OnceCell::new(), initials: OnceCell::new() }
    }

    fn read_stated(&self) -> Stated<'w> {
        let mut stated = Stated::default();
        for item in &self.work.items {
            let Some(date) = date(self.work, item) else { continue };
            let Some(name) = name(self.work, item) else { continue };
            stated
                .entry(name)
                .and_modify(|known| {
                    *known =
                        known.filter(|known| known.agrees(date)).map(|known| if date.is_full() { date } else { known });
                })
                .or_insert(Some(date));
        }
        stated
    }

    fn read_titled(&self) -> Titled<'w> {
        let mut titled = Titled::default();
        for (index, item) in self.work.items.iter().enumerate() {
            let Some(day) = super::titles::owner_day(self.work, index) else { continue };
            let Some(name) = name(self.work, item) else { continue };
            titled.entry(name).and_modify(|known| *known = (*known).max(day)).or_insert(day);
        }
        titled
    }

    fn read_initials(&self) -> Initials<'w> {
        let mut initials = Initials::default();
        for item in &self.work.items {
            initials_of(self.work, item, &mut initials);
        }
        initials
    }

    /// The date that the mentions of the name of `item` agree on.
    pub(super) fn stated(&self, item: &Item) -> Option<PartialDate> {
        let name = name(self.work, item)?;
        self.stated.get_or_init(|| self.read_stated()).get(&name).copied().flatten()
    }

    /// The day of a document in whose title the name of `item` stands.
    pub(super) fn titled(&self, item: &Item) -> Option<PartialDate> {
        let name = name(self.work, item)?;
        self.titled.get_or_init(|| self.read_titled()).get(&name).copied()
    }

    /// The name of the text whose first letters are `acronym`.
    pub(super) fn full(&self, doc_type: Option<DocType>, acronym: &str) -> Option<&Full<'w>> {
        let capitals = acronym.chars().all(char::is_uppercase) && acronym.chars().count() >= 2;
        if !capitals {
            return None;
        }
        self.initials.get_or_init(|| self.read_initials()).get(&(doc_type, acronym.to_owned()))
    }
}

fn initials_of<'w>(work: &'w Work<'w>, item: &'w Item, initials: &mut Initials<'w>) {
    let (Identifier::Law { name: Some(read), .. }, Some(span)) = (&item.m.identifier, item.m.name) else { return };
    let text = work.text(span);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return;
    }
    let full = Full { laws: &read.laws, folded: ascii_name(text, '.') };
    let first = |word: &&str| word.chars().next().into_iter().flat_map(char::to_uppercase).collect::<String>();
    let all: String = words.iter().map(first).collect();
    // `và` is left out of most acronyms
    let joined = |word: &&&str| work.lexicon.word(word.as_bytes(), 0, &[crate::lexicon::Role::And]).is_none();
    let short: String = words.iter().filter(joined).map(first).collect();
    for letters in [all, short] {
        initials.entry((item.doc_type(), letters)).or_insert_with(|| full.clone());
    }
}

fn name<'w>(work: &Work<'w>, item: &'w Item) -> Option<Name<'w>> {
    let other = |span| Name::Other(item.doc_type(), Some(ascii_name(work.text(span), '.')));
    match &item.m.identifier {
        Identifier::Law { name: Some(name), .. } if !name.laws.is_empty() => Some(Name::Known(&name.laws)),
        Identifier::Law { name: Some(_), .. } => item.m.name.map(other),
        Identifier::Law { name: None, symbol: None, .. } => Some(Name::Other(item.doc_type(), None)),
        Identifier::Acronym(alias) => Some(Name::Known(work.lexicon.laws_of_acronym(*alias).1)),
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

//! Which mentions are one document: keys from the components that are necessary for the family (norms k), and
//! incomplete ones joined to the one fuller candidate of the same text.

use super::carrying::brought_in;
use super::laws::{LawFound, in_effect_from, pick};
use super::names::Names;
use super::{IssuerAt, Item, Means, Work};
use crate::lexicon::{BodyFamily, LawId, Lexicon, Role};
use crate::model::{DocType, From, Key, PartialDate, PlaceId, Unresolved};
use crate::parse::{Family, Identifier, Symbol};
use crate::text::fold::ascii_name;
use crate::text::word::skip_space;
use compact_str::{CompactString, ToCompactString, format_compact};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// A document mentioned in the text, while it is resolved.
#[derive(Clone, Debug)]
pub(crate) struct DocEntry {
    pub key: Key,
    pub doc_type: Option<DocType>,
    pub symbol: Option<CompactString>,
    pub number: Option<CompactString>,
    pub name: Option<String>,
    pub year: Option<i16>,
    pub date: Option<(PartialDate, From)>,
    pub issuers: Vec<IssuerAt>,
    pub law: Option<LawId>,
    pub symbol_from: From,
}

/// The components of an identity.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Identity {
    /// Type, number, year of the symbol, issuer: what is always written.
    pub base: CompactString,
    pub needs_place: bool,
    pub place: Option<PlaceId>,
    pub needs_when: bool,
    /// Year, term or day that tells two documents of one base apart.
    pub when: Option<CompactString>,
    /// The issuer is missing.
    pub headless: bool,
}

impl Identity {
    pub(super) fn complete(base: impl Into<CompactString>) -> Self {
        Self { base: base.into(), ..Self::default() }
    }

    fn agrees(&self, other: &Self) -> bool {
        self.base == other.base
            && (self.place.is_none() || other.place.is_none() || self.place == other.place)
            && (self.when.is_none() || other.when.is_none() || self.when == other.when)
    }

    fn is_complete(&self) -> bool {
        !self.headless && !(self.needs_place && self.place.is_none()) && !(self.needs_when && self.when.is_none())
    }

    fn key(&self, lexicon: &Lexicon, source: u64) -> Key {
        let mut text = String::new();
        self.write_key(lexicon, source, &mut text);
        Key::new(text)
    }

    fn write_key(&self, lexicon: &Lexicon, source: u64, text: &mut String) {
        let complete = self.is_complete();
        text.push_str(if complete { "vn:" } else { "vnx:" });
        text.push_str(&self.base);
        if self.needs_place {
            text.push('@');
            text.push_str(self.place.and_then(|id| lexicon.place(id)).map_or("?", |place| place.slug.as_str()));
        }
        if self.needs_when {
            text.push(':');
            text.push_str(self.when.as_deref().unwrap_or("?"));
        }
        if !complete {
            text.push_str(&format!("#{source:016x}"));
        }
    }
}

/// A number without leading zeros: `01` is `1`.
fn plain_number(number: &str) -> &str {
    let trimmed = number.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

/// The parts of a base, joined by colons.
fn joined(parts: &[&str]) -> CompactString {
    let mut base = CompactString::default();
    for part in parts {
        if !base.is_empty() {
            base.push(':');
        }
        base.push_str(part);
    }
    base
}

/// The identity that a symbol gives.
pub(super) fn of_symbol(
    lexicon: &Lexicon,
    symbol: &Symbol,
    doc_type: Option<DocType>,
    issuers: &[IssuerAt],
    date: Option<PartialDate>,
) -> Identity {
    let doc_type = match doc_type {
        Some(DocType::VanBan) | None => symbol.doc_type.or(Some(DocType::CongVan)),
        other => other,
    };
    let kind = doc_type.map_or("?", DocType::code);
    let mut number = CompactString::default();
    match plain_number(&symbol.number) {
        plain if plain.bytes().all(|b| b.is_ascii_digit()) => number.push_str(plain),
        plain => number.push_str(&plain.to_lowercase()),
    }
    if let Some(year) = symbol.year {
        number.push('/');
        number.push_str(&year.to_compact_string());
    }
    let lead = symbol.issuers.first();
    let stated = issuers.iter().find(|issuer| issuer.span.is_some());
    let row = lead.and_then(|code| code.id).and_then(|id| lexicon.issuer(id)).or_else(|| {
        if lead.is_none() { stated.and_then(|issuer| issuer.id).and_then(|id| lexicon.issuer(id)) } else { None }
    });
    let organ = match (row, lead) {
        (Some(row), _) => ascii_name(row.numbering(), '-'),
        (None, Some(code)) => ascii_name(&code.code, '-'),
        (None, None) => "?".to_owned(),
    };
    let place = issuers.iter().find_map(|issuer| issuer.place);
    let local = row.is_some_and(|row| row.local);
    let headless = organ == "?";
    let the_year = date.map(|date| date.the_year().to_compact_string());
    let mut identity = Identity {
        base: joined(&[kind, &number, &organ]),
        needs_place: local,
        place,
        needs_when: symbol.year.is_none(),
        when: the_year,
        headless,
    };
    match symbol.family {
        Family::Congress => {
            let mut base = identity.base;
            if let Some(term) = symbol.session {
                base.push_str(&term.to_compact_string());
            }
            identity =
                Identity { needs_when: symbol.year.is_none() && symbol.session.is_none(), ..Identity::complete(base) };
        }
        Family::Party => {
            // central bodies number per congress term, the others per their own term: the year tells those
            if row.is_some_and(|row| !row.local) {
                identity.when = date
                    .and_then(|date| lexicon.term_of(BodyFamily::Central, date))
                    .map(|term| format_compact!("k{term}"));
            }
            identity.needs_when = true;
        }
        Family::Old => {
            let sort = if matches!(doc_type, Some(DocType::SacLenh | DocType::SacLuat)) { kind } else { "cu" };
            identity.base = joined(&[sort, &number, &organ]);
            identity.when = date.filter(|date| date.is_full()).map(|date| format_compact!("{date}"));
            identity.needs_when = true;
            identity.headless = false;
        }
        Family::Precedent => identity = Identity::complete(joined(&[kind, &number])),
        Family::Case => {
            identity.base = format_compact!("ban-an:{}", ascii_name(&symbol.text, '-'));
            identity.headless = stated.is_none();
            identity.needs_place = stated.is_some();
            identity.needs_when = false;
        }
        _ => {}
    }
    if symbol.range {
        identity.headless = true;
    }
    identity
}

/// The identity of an act of the law table: that of its number.
fn of_law(lexicon: &Lexicon, id: LawId) -> Identity {
    let Some(law) = lexicon.law_row(id) else { return Identity::default() };
    if law.number.is_empty() {
        let year = law.date.map_or(0, PartialDate::the_year);
        if law.doc_type == DocType::HienPhap {
            return Identity::complete(format_compact!("{}:{year}", law.doc_type));
        }
        return by_name(Some(law.doc_type), &ascii_name(&law.title, '.'), law.date);
    }
    Identity::complete(format_compact!("{}:{}", law.doc_type, ascii_name(law.number.trim_start_matches('0'), '-')))
}

struct Group {
    /// Distinct fuller values seen, in order of first mention.
    places: Vec<PlaceId>,
    whens: Vec<CompactString>,
}

/// Gives every mention its meaning and lists the documents.
pub(crate) fn identify(work: &mut Work<'_>) {
    let lexicon = work.lexicon;
    let own = own_identity(work);
    let mut found = named(work);
    complete(work, &mut found);
    let title = own_title(work);
    let mut table = Table::default();
    for Named { index, identity, note } in found {
        let mut law = None;
        if let Some((item, (of, unresolved, several))) = work.items.get_mut(index).zip(note) {
            law = of;
            item.unresolved = unresolved;
            item.law_candidates = several;
        }
        let by_name = work.items.get(index).is_some_and(|item| own_name(work, title.as_deref(), item));
        if by_name || own.as_ref().is_some_and(|own| own.agrees(&identity) && !own.base.is_empty()) {
            if let Some(item) = work.items.get_mut(index) {
                item.means = Means::Own;
            }
            continue;
        }
        let entry = table.enter(work, index, &identity, law);
        if let Some(item) = work.items.get_mut(index) {
            item.means = Means::Entry(entry);
        }
    }
    super::aliases::resolve_references(work, &mut |work, index, identity| table.enter(work, index, identity, None));
    let key = own.filter(|own| !own.base.is_empty()).map(|own| own.key(lexicon, work.source));
    work.own.key = key;
}

/// The own name of an act in its enacting formula: `Quốc hội ban hành Luật X` in Luật X.
fn own_name(work: &Work<'_>, title: Option<&str>, item: &Item) -> bool {
    let Identifier::Law { name: Some(_), symbol: None, .. } = &item.m.identifier else { return false };
    let same_type =
        work.own.doc_type.zip(item.doc_type()).is_some_and(|(own, named)| super::aliases::same_type(own, named));
    if !same_type || item.date().is_some_and(|date| work.own.date.is_some_and(|own| !own.agrees(date))) {
        return false;
    }
    match (title, item.m.name) {
        (Some(title), Some(name)) => title == ascii_name(work.text(name), '.'),
        _ => false,
    }
}

/// The own title as keys write names; of an act only, which no other document is named like.
fn own_title(work: &Work<'_>) -> Option<String> {
    let own = &work.own;
    let acts = own.doc_type.is_some_and(|own| {
        work.items.iter().any(|item| {
            item.doc_type().is_some_and(|named| {
                matches!(item.m.identifier, Identifier::Law { name: Some(_), symbol: None, .. })
                    && super::aliases::same_type(own, named)
            })
        })
    });
    if !acts {
        return None;
    }
    let title = own.title_text.as_deref().or_else(|| own.title.map(|span| work.text(span)))?;
    Some(ascii_name(title, '.'))
}

/// The own identity, from header or metadata.
fn own_identity(work: &Work<'_>) -> Option<Identity> {
    let own = &work.own;
    let issuers: Vec<IssuerAt> = own.issuer.iter().cloned().collect();
    if let Some(symbol) = &own.symbol {
        let mut identity = of_symbol(work.lexicon, symbol, own.doc_type, &issuers, own.date);
        if identity.needs_place && identity.place.is_none() {
            identity.place = own.place;
        }
        if let Some(id) = own.doc_type.and_then(|doc_type| work.lexicon.law_by_symbol(doc_type, &symbol.text)) {
            identity = of_law(work.lexicon, id);
        }
        return Some(identity);
    }
    if let (Some(doc_type), Some(number)) = (own.doc_type, &own.number) {
        let organ = own
            .issuer
            .as_ref()
            .and_then(|issuer| issuer.id)
            .and_then(|id| work.lexicon.issuer(id))
            .map_or("?".to_owned(), |row| ascii_name(row.numbering(), '-'));
        let when = own.date.map(|date| format_compact!("{}", date.the_year()));
        return Some(Identity {
            base: format_compact!("{doc_type}:{}:{organ}", plain_number(number)),
            needs_place: own.place.is_some(),
            place: own.place,
            needs_when: true,
            when,
            headless: organ == "?",
        });
    }
    None
}

/// The day whose laws a mention means: in the title of another document its day, else that of the document itself or
/// the year of its number; without one the day of a title that names the law.
fn citing_day(work: &Work<'_>, index: usize, names: &Names<'_>) -> Option<PartialDate> {
    let own = &work.own;
    let of_number = || own.symbol.as_ref().and_then(|symbol| symbol.year).map(PartialDate::year);
    super::titles::owner_day(work, index)
        .or(own.date)
        .or(own.effective)
        .or_else(of_number)
        .or_else(|| names.titled(work.items.get(index)?))
}

/// A mention that names a document fully.
struct Named {
    index: usize,
    identity: Identity,
    note: Option<Note>,
}

/// The mentions that name a document fully; none for this, back and number-only mentions.
fn named(work: &Work<'_>) -> Vec<Named> {
    let names = Names::of(work);
    let mut found = Vec::with_capacity(work.items.len());
    for (index, item) in work.items.iter().enumerate().filter(|(_, item)| !item.is_header) {
        if let Some((identity, note)) = full_identity(work, index, item, &names) {
            found.push(Named { index, identity, note });
        }
    }
    found
}

fn full_identity(work: &Work<'_>, index: usize, item: &Item, names: &Names<'_>) -> Option<(Identity, Option<Note>)> {
    let lexicon = work.lexicon;
    let date = item.date();
    let doc_type = item.doc_type();
    match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            match doc_type.and_then(|t| lexicon.law_by_symbol(t, &symbol.text)) {
                Some(id) => Some((of_law(lexicon, id), Some((Some(id), None, Vec::new())))),
                None => Some((of_symbol(lexicon, symbol, doc_type, &item.issuers, date), None)),
            }
        }
        Identifier::Law { name, symbol: None, .. } => {
            let of_type;
            let mut named = match name {
                _ if doc_type == Some(DocType::HienPhap) => {
                    of_type = lexicon.laws_of_type(DocType::HienPhap);
                    of_type.as_slice()
                }
                Some(name) => name.laws.as_slice(),
                None => &[],
            };
            let stated = date.or_else(|| names.stated(item));
            let written = item.m.name.map_or("", |span| work.text(span)).trim();
            let full = if named.is_empty() { names.full(doc_type, written) } else { None };
            if let Some(full) = full {
                named = full.laws;
            }
            let revised = written.ends_with(')');
            // `Luật sửa đổi, bổ sung một số điều của Luật A`: of several the last
            let amends = || {
                item.m.name.is_some_and(|name| {
                    let at = skip_space(work.bytes, name.start as usize);
                    lexicon.word(work.bytes, at, &[Role::Amending]).is_some()
                })
            };
            let by_effect = stated.is_none().then(|| in_effect_from(lexicon, named, item.effective)).flatten();
            let found = if named.is_empty() {
                LawFound::None
            } else if let Some(law) = by_effect {
                LawFound::One(law)
            } else {
                let citing = stated.is_none().then(|| citing_day(work, index, names)).flatten();
                pick(lexicon, doc_type, named, stated, citing, || revised || amends() || brought_in(work, item))
            };
            let folded = |found: &LawFound| match (found, full) {
                // `Luật Giáo dục đại học (sửa đổi)` is not the act that it revises
                (LawFound::Several(_), _) if revised => ascii_name(written, '.'),
                (LawFound::Several(_), _) => one_title(lexicon, named).unwrap_or_else(|| ascii_name(written, '.')),
                (_, Some(full)) => full.folded.clone(),
                _ => ascii_name(written, '.'),
            };
            Some(of_found(lexicon, found, doc_type, folded, stated))
        }
        Identifier::Acronym(alias) => {
            let (doc_type, named, name) = lexicon.laws_of_acronym(*alias);
            let stated = date.or_else(|| names.stated(item));
            let citing = stated.is_none().then(|| citing_day(work, index, names)).flatten();
            let found = pick(lexicon, Some(doc_type), named, stated, citing, || false);
            Some(of_found(lexicon, found, Some(doc_type), |_| ascii_name(name, '.'), stated))
        }
        Identifier::Work { .. } | Identifier::Foreign | Identifier::Session { .. } => {
            let name = item.m.name.or(item.m.symbol)?;
            let identity = Identity::complete(joined(&[doc_type?.code(), &ascii_name(work.text(name), '.')]));
            Some((identity, None))
        }
        _ => None,
    }
}

/// The act of the table, why it is in doubt, and what else it may be.
type Note = (Option<LawId>, Option<Unresolved>, Vec<LawId>);

/// The identity of what a name came to; `folded` is the name where the table does not tell which act it is.
fn of_found(
    lexicon: &Lexicon,
    found: LawFound,
    doc_type: Option<DocType>,
    folded: impl Fn(&LawFound) -> String,
    stated: Option<PartialDate>,
) -> (Identity, Option<Note>) {
    match found {
        LawFound::One(id) => (of_law(lexicon, id), Some((Some(id), None, Vec::new()))),
        LawFound::Loose(id) => (of_law(lexicon, id), Some((Some(id), None, vec![id]))),
        LawFound::None => (by_name(doc_type, &folded(&found), stated), None),
        LawFound::Several(_) => {
            let identity = by_name(doc_type, &folded(&found), stated);
            let LawFound::Several(several) = found else { return (identity, None) };
            (identity, Some((None, Some(Unresolved::Ambiguous), several)))
        }
    }
}

/// The title that several acts share, as the table writes it, however it was shortened.
fn one_title(lexicon: &Lexicon, named: &[LawId]) -> Option<String> {
    let mut titles = named.iter().filter_map(|id| lexicon.law_row(*id)).map(|law| ascii_name(&law.title, '.'));
    let first = titles.next()?;
    titles.all(|title| title == first).then_some(first)
}

fn by_name(doc_type: Option<DocType>, folded: &str, stated: Option<PartialDate>) -> Identity {
    Identity {
        base: joined(&[doc_type.map_or("?", DocType::code), folded]),
        needs_when: true,
        when: stated.map(|date| date.the_year().to_compact_string()),
        ..Identity::default()
    }
}

/// Joins incomplete identities to the one fuller candidate of the same text.
fn complete(work: &Work<'_>, found: &mut [Named]) {
    let lacks = |identity: &Identity| {
        identity.needs_place && identity.place.is_none() || identity.needs_when && identity.when.is_none()
    };
    if !found.iter().any(|named| lacks(&named.identity)) {
        return;
    }
    let mut groups: HashMap<CompactString, Group, FixedState> = HashMap::default();
    for identity in found.iter().map(|named| &named.identity) {
        if !identity.needs_place && !identity.needs_when {
            continue;
        }
        let group =
            groups.entry(identity.base.clone()).or_insert_with(|| Group { places: Vec::new(), whens: Vec::new() });
        if let Some(place) = identity.place
            && !group.places.contains(&place)
        {
            group.places.push(place);
        }
        if let Some(when) = &identity.when
            && !group.whens.contains(when)
        {
            group.whens.push(when.clone());
        }
    }
    for identity in found.iter_mut().map(|named| &mut named.identity) {
        if identity.needs_place && identity.place.is_none() {
            let group = groups.get(&identity.base);
            identity.place = match group.map(|group| group.places.as_slice()) {
                Some([one]) => Some(*one),
                // a provincial body that is not further named is that of the document's own province
                _ => work.own.place,
            };
        }
        if identity.needs_when
            && identity.when.is_none()
            && let Some([one]) = groups.get(&identity.base).map(|group| group.whens.as_slice())
        {
            identity.when = Some(one.clone());
        }
    }
}

/// The documents entered so far, by key.
#[derive(Default)]
struct Table {
    by_key: HashMap<Key, u32, FixedState>,
    /// The key that is looked for: most mentions are of a document that is known.
    key: String,
}

impl Table {
    /// The entry of an identity; made from the mention when it is new, and filled by later ones.
    fn enter(&mut self, work: &mut Work<'_>, index: usize, identity: &Identity, law: Option<LawId>) -> u32 {
        self.key.clear();
        identity.write_key(work.lexicon, work.source, &mut self.key);
        let entry = if let Some(known) = self.by_key.get(self.key.as_str()) {
            *known
        } else {
            let fresh = u32::try_from(work.entries.len()).unwrap_or(u32::MAX);
            let key = Key::new(self.key.as_str());
            self.by_key.insert(key.clone(), fresh);
            work.entries.push(DocEntry {
                key,
                doc_type: None,
                symbol: None,
                number: None,
                name: None,
                year: None,
                date: None,
                issuers: Vec::new(),
                law,
                symbol_from: From::Text,
            });
            fresh
        };
        fill(work, entry, index, law);
        entry
    }
}

/// Adds what a mention knows to its document; what the law table knows is added last.
fn fill(work: &mut Work<'_>, entry: u32, index: usize, law: Option<LawId>) {
    let (lexicon, bytes) = (work.lexicon, work.bytes);
    let Some(item) = work.items.get(index) else { return };
    let Some(entry) = work.entries.get_mut(entry as usize) else { return };
    let date = item.date();
    let (symbol, number, year) = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            (Some(&symbol.text), Some(&symbol.number), symbol.year)
        }
        Identifier::Number { text, year } => (None, Some(text), *year),
        _ => (None, None, None),
    };
    entry.doc_type = entry.doc_type.or(item.doc_type().filter(|t| *t != DocType::VanBan));
    if entry.symbol.is_none() && symbol.is_some() {
        entry.symbol = symbol.cloned();
        entry.symbol_from = From::Text;
    }
    entry.number = entry.number.take().or_else(|| number.cloned());
    let named = matches!(
        item.m.identifier,
        Identifier::Law { .. } | Identifier::Work { .. } | Identifier::Session { .. } | Identifier::Foreign
    );
    if entry.name.is_none() && named {
        entry.name = item.m.name.map(|span| super::folded(bytes, span));
    }
    entry.year = entry.year.or(year).or(date.map(PartialDate::the_year));
    match (entry.date, date) {
        (None, Some(date)) => entry.date = Some((date, From::Text)),
        (Some((known, _)), Some(date)) if known != date && known.agrees(date) && date.is_full() => {
            entry.date = Some((date, From::OtherMention));
        }
        _ => {}
    }
    let stated = |list: &[IssuerAt]| list.iter().any(|issuer| issuer.span.is_some());
    if entry.issuers.is_empty() || stated(&item.issuers) && !stated(&entry.issuers) {
        entry.issuers.clone_from(&item.issuers);
    }
    if let Some(law) = law.and_then(|id| lexicon.law_row(id)) {
        entry.doc_type = Some(law.doc_type);
        if entry.symbol.is_none() && !law.number.is_empty() {
            entry.symbol = Some(law.number.clone());
            entry.symbol_from = From::LawTable;
        }
        if entry.name.is_none() {
            entry.name = Some(law.title.clone());
        }
        if entry.date.is_none() {
            entry.date = law.date.map(|date| (date, From::LawTable));
        }
        entry.year = entry.year.or(law.date.map(PartialDate::the_year));
    }
}

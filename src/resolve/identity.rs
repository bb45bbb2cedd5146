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
use compact_str::{CompactString, format_compact};
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
        let mut text = if self.is_complete() { format!("vn:{}", self.base) } else { format!("vnx:{}", self.base) };
        if self.needs_place {
            text.push('@');
            text.push_str(self.place.and_then(|id| lexicon.place(id)).map_or("?", |place| place.slug.as_str()));
        }
        if self.needs_when {
            text.push(':');
            text.push_str(self.when.as_deref().unwrap_or("?"));
        }
        if !self.is_complete() {
            text.push('#');
            text.push_str(&format!("{source:016x}"));
        }
        Key::new(text)
    }
}

/// A number without leading zeros: `01` is `1`.
fn plain_number(number: &str) -> &str {
    let trimmed = number.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
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
    let number = plain_number(&symbol.number).to_lowercase();
    let year = symbol.year.map(|year| format!("/{year}")).unwrap_or_default();
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
    let the_year = date.map(|date| format_compact!("{}", date.the_year()));
    let mut identity = Identity {
        base: format_compact!("{kind}:{number}{year}:{organ}"),
        needs_place: local,
        place,
        needs_when: symbol.year.is_none(),
        when: the_year,
        headless,
    };
    match symbol.family {
        Family::Congress => {
            let term = symbol.session.map(|term| term.to_string()).unwrap_or_default();
            identity = Identity {
                needs_when: symbol.year.is_none() && symbol.session.is_none(),
                ..Identity::complete(format_compact!("{kind}:{number}{year}:{organ}{term}"))
            };
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
            identity.base = format_compact!("{sort}:{number}{year}:{organ}");
            identity.when = date.filter(|date| date.is_full()).map(|date| format_compact!("{date}"));
            identity.needs_when = true;
            identity.headless = false;
        }
        Family::Precedent => identity = Identity::complete(format_compact!("{kind}:{number}{year}")),
        Family::Case => {
            identity.base = format_compact!("ban-an:{}", ascii_name(&symbol.text, '-'));
            identity.headless = stated.is_none();
            identity.needs_place = stated.is_some();
            identity.needs_when = false;
        }
        Family::NumberYear => {
            identity.base = format_compact!("{kind}:{number}{year}:{}", if headless { "?".to_owned() } else { organ });
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
    let mut identities: Vec<Option<Identity>> = Vec::with_capacity(work.items.len());
    let mut laws: Vec<Option<LawId>> = vec![None; work.items.len()];
    let names = Names::read(work);
    for index in 0..work.items.len() {
        let identity = full_identity(work, index, &names, &mut laws);
        identities.push(identity);
    }
    complete(work, &mut identities);
    let mut table = Table { by_key: HashMap::default() };
    for index in 0..work.items.len() {
        let Some(identity) = identities.get(index).cloned().flatten() else { continue };
        let by_name = work.items.get(index).is_some_and(|item| own_name(work, item));
        if by_name || own.as_ref().is_some_and(|own| own.agrees(&identity) && !own.base.is_empty()) {
            if let Some(item) = work.items.get_mut(index) {
                item.means = Means::Own;
            }
            continue;
        }
        let law = laws.get(index).copied().flatten();
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
fn own_name(work: &Work<'_>, item: &Item) -> bool {
    let Identifier::Law { name: Some(_), symbol: None, .. } = &item.m.identifier else { return false };
    let same_type =
        work.own.doc_type.zip(item.doc_type()).is_some_and(|(own, named)| super::aliases::same_type(own, named));
    if !same_type || item.date().is_some_and(|date| work.own.date.is_some_and(|own| !own.agrees(date))) {
        return false;
    }
    let title = work.own.title_text.clone().or_else(|| work.own.title.map(|span| work.folded(span)));
    match (title, item.m.name) {
        (Some(title), Some(name)) => ascii_name(&title, '.') == ascii_name(&work.folded(name), '.'),
        _ => false,
    }
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
fn citing_day(work: &Work<'_>, index: usize, names: &Names) -> Option<PartialDate> {
    let own = &work.own;
    let of_number = || own.symbol.as_ref().and_then(|symbol| symbol.year).map(PartialDate::year);
    super::titles::owner_day(work, index)
        .or(own.date)
        .or(own.effective)
        .or_else(of_number)
        .or_else(|| names.titled(work, work.items.get(index)?))
}

/// The identity of a mention that names a document fully; none for this, back and number-only mentions.
fn full_identity(work: &mut Work<'_>, index: usize, names: &Names, laws: &mut [Option<LawId>]) -> Option<Identity> {
    let lexicon = work.lexicon;
    let item = work.items.get(index)?;
    if item.is_header {
        return None;
    }
    let citing = citing_day(work, index, names);
    let date = item.date();
    let mut note = None;
    let identity = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            let doc_type = item.doc_type();
            match doc_type.and_then(|t| lexicon.law_by_symbol(t, &symbol.text)) {
                Some(id) => {
                    note = Some((Some(id), None, Vec::new()));
                    Some(of_law(lexicon, id))
                }
                None => Some(of_symbol(lexicon, symbol, doc_type, &item.issuers, date)),
            }
        }
        Identifier::Law { name, symbol: None, .. } => {
            let doc_type = item.doc_type();
            let named = match name {
                _ if doc_type == Some(DocType::HienPhap) => lexicon.laws_of_type(DocType::HienPhap),
                Some(name) => name.laws.clone(),
                None => Vec::new(),
            };
            let stated = date.or_else(|| names.stated(work, item));
            let written = item.m.name.map(|span| work.folded(span)).unwrap_or_default();
            let full = names.full(doc_type, &written).filter(|_| named.is_empty());
            let named = full.map_or(named, |full| full.laws.clone());
            // `Luật sửa đổi, bổ sung một số điều của Luật A`: of several the last
            let amends = item.m.name.is_some_and(|name| {
                let at = skip_space(work.bytes, name.start as usize);
                lexicon.word(work.bytes, at, &[Role::Amending]).is_some()
            });
            let revised = written.ends_with(')');
            let found = match named.as_slice() {
                [] => LawFound::None,
                named => match stated.is_none().then(|| in_effect_from(lexicon, named, item.effective)).flatten() {
                    Some(law) => LawFound::One(law),
                    None => pick(lexicon, doc_type, named, stated, citing, revised || amends || brought_in(work, item)),
                },
            };
            let folded = match (&found, full) {
                // `Luật Giáo dục đại học (sửa đổi)` is not the act that it revises
                (LawFound::Several(_), _) if revised => ascii_name(&written, '.'),
                (LawFound::Several(_), _) => one_title(lexicon, &named).unwrap_or_else(|| ascii_name(&written, '.')),
                (_, Some(full)) => full.folded.clone(),
                _ => ascii_name(&written, '.'),
            };
            let (identity, noted) = of_found(lexicon, found, doc_type, &folded, stated);
            note = noted;
            Some(identity)
        }
        Identifier::Acronym(alias) => {
            let (doc_type, named, name) = lexicon.laws_of_acronym(*alias);
            let stated = date.or_else(|| names.stated(work, item));
            let found = pick(lexicon, Some(doc_type), named, stated, citing, false);
            let (identity, noted) = of_found(lexicon, found, Some(doc_type), &ascii_name(name, '.'), stated);
            note = noted;
            Some(identity)
        }
        Identifier::Work { .. } | Identifier::Foreign | Identifier::Session { .. } => {
            let name = item.m.name.or(item.m.symbol)?;
            let kind = item.doc_type()?;
            Some(Identity::complete(format_compact!("{kind}:{}", ascii_name(&work.folded(name), '.'))))
        }
        _ => None,
    };
    if let Some((law, unresolved, several)) = note {
        if let Some(slot) = laws.get_mut(index) {
            *slot = law;
        }
        if let Some(item) = work.items.get_mut(index) {
            item.unresolved = unresolved;
            item.law_candidates = several;
        }
    }
    identity
}

/// The act of the table, why it is in doubt, and what else it may be.
type Note = (Option<LawId>, Option<Unresolved>, Vec<LawId>);

/// The identity of what a name came to.
fn of_found(
    lexicon: &Lexicon,
    found: LawFound,
    doc_type: Option<DocType>,
    folded: &str,
    stated: Option<PartialDate>,
) -> (Identity, Option<Note>) {
    match found {
        LawFound::One(id) => (of_law(lexicon, id), Some((Some(id), None, Vec::new()))),
        LawFound::Loose(id) => (of_law(lexicon, id), Some((Some(id), None, vec![id]))),
        LawFound::Several(several) => {
            (by_name(doc_type, folded, stated), Some((None, Some(Unresolved::Ambiguous), several)))
        }
        LawFound::None => (by_name(doc_type, folded, stated), None),
    }
}

/// The title that several acts share, as the table writes it, however it was shortened.
fn one_title(lexicon: &Lexicon, named: &[LawId]) -> Option<String> {
    let mut titles = named.iter().filter_map(|id| lexicon.law_row(*id)).map(|law| ascii_name(&law.title, '.'));
    let first = titles.next()?;
    titles.all(|title| title == first).then_some(first)
}

fn by_name(doc_type: Option<DocType>, folded: &str, stated: Option<PartialDate>) -> Identity {
    let kind = doc_type.map_or("?", DocType::code);
    Identity {
        base: format_compact!("{kind}:{folded}"),
        needs_when: true,
        when: stated.map(|date| format_compact!("{}", date.the_year())),
        ..Identity::default()
    }
}

/// Joins incomplete identities to the one fuller candidate of the same text.
fn complete(work: &Work<'_>, identities: &mut [Option<Identity>]) {
    let mut groups: HashMap<CompactString, Group, FixedState> = HashMap::default();
    for identity in identities.iter().flatten() {
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
    for identity in identities.iter_mut().flatten() {
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

struct Table {
    by_key: HashMap<Key, u32, FixedState>,
}

impl Table {
    /// The entry of an identity; made from the mention when it is new, and filled by later ones.
    fn enter(&mut self, work: &mut Work<'_>, index: usize, identity: &Identity, law: Option<LawId>) -> u32 {
        let key = identity.key(work.lexicon, work.source);
        let fresh = u32::try_from(work.entries.len()).unwrap_or(u32::MAX);
        let entry = *self.by_key.entry(key.clone()).or_insert(fresh);
        if entry == fresh {
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
        }
        fill(work, entry, index, law);
        entry
    }
}

/// Adds what a mention knows to its document; what the law table knows is added last.
fn fill(work: &mut Work<'_>, entry: u32, index: usize, law: Option<LawId>) {
    let Some(item) = work.items.get(index) else { return };
    let name = match &item.m.identifier {
        Identifier::Law { .. } | Identifier::Work { .. } | Identifier::Session { .. } | Identifier::Foreign => {
            item.m.name.map(|span| work.folded(span))
        }
        _ => None,
    };
    let doc_type = item.doc_type();
    let date = item.date();
    let issuers = item.issuers.clone();
    let (symbol, number, year) = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            (Some(symbol.text.clone()), Some(symbol.number.clone()), symbol.year)
        }
        Identifier::Number { text, year } => (None, Some(text.clone()), *year),
        _ => (None, None, None),
    };
    let law_row = law.and_then(|id| work.lexicon.law_row(id)).cloned();
    let Some(entry) = work.entries.get_mut(entry as usize) else { return };
    entry.doc_type = entry.doc_type.or(doc_type.filter(|t| *t != DocType::VanBan));
    if entry.symbol.is_none() && symbol.is_some() {
        entry.symbol = symbol;
        entry.symbol_from = From::Text;
    }
    entry.number = entry.number.take().or(number);
    entry.name = entry.name.take().or(name);
    entry.year = entry.year.or(year).or(date.map(PartialDate::the_year));
    match (entry.date, date) {
        (None, Some(date)) => entry.date = Some((date, From::Text)),
        (Some((known, _)), Some(date)) if known != date && known.agrees(date) && date.is_full() => {
            entry.date = Some((date, From::OtherMention));
        }
        _ => {}
    }
    let stated = |list: &[IssuerAt]| list.iter().any(|issuer| issuer.span.is_some());
    if entry.issuers.is_empty() || stated(&issuers) && !stated(&entry.issuers) {
        entry.issuers = issuers;
    }
    if let Some(law) = law_row {
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

//! `words.tsv` and `confusables.tsv`: small words by the part they play.

use super::Lexicon;
use super::issuers::IssuerRow;
use super::known::Known;
use super::phrase::{Phrases, first_bytes};
use super::places::PlaceRow;
use super::roles::{Role, Roles};
use crate::error::Error;
use crate::table::{Cells, Table};
use crate::text::opening::Opening;
use crate::text::word::exact_at;
use smallvec::SmallVec;

/// Bits of the slots for openings.
const SLOTS: u32 = 13;

/// Roles of phrases that are looked for from their end.
const ENDING: Roles = Roles::of(&[Role::Announces, Role::NotBefore, Role::Issues, Role::At]);

#[derive(Debug, Clone)]
struct WordRow {
    role: Role,
    text: String,
    value: String,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordFound<'a> {
    pub role: Role,
    pub value: &'a str,
    pub end: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Words {
    rows: Vec<WordRow>,
    /// The role of each row, side by side.
    parts: Vec<Role>,
    phrases: Phrases,
    /// By a byte: the roles of phrases that may begin with it in some spelling.
    bytes: Box<[u128; 256]>,
    /// Words that end within eight bytes, and what they play.
    known: Known,
    played: Vec<Played>,
    /// By the opening of a longer word: the place in `sets` of what words that open so play.
    openings: Vec<u8>,
    /// Sets of roles. The last is kept for words that are not told by their opening, and for more sets than a byte
    /// can tell apart.
    sets: Vec<u128>,
}

/// What a word plays.
#[derive(Debug, Clone, Default)]
struct Played {
    /// The roles of phrases that are no more than this word.
    alone: u128,
    /// The roles of phrases that begin with it and go on.
    longer: u128,
    /// Those of [`ENDING`] whose phrases end with it, and those in whose phrases it is the last word but one.
    last: u128,
    last_but_one: u128,
    /// The rows that are no more than this word, in table order.
    rows: SmallVec<[u32; 4]>,
}

impl Default for Words {
    fn default() -> Self {
        let mut sets = vec![0; 256];
        if let Some(last) = sets.last_mut() {
            *last = u128::MAX;
        }
        Self {
            rows: Vec::new(),
            parts: Vec::new(),
            phrases: Phrases::busy(),
            bytes: Box::new([0; 256]),
            known: Known::default(),
            played: Vec::new(),
            openings: vec![0; 1 << SLOTS],
            sets,
        }
    }
}

/// The first word of `text` after `from`: where it stands.
fn word_after(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    rest.char_indices().find_map(|(at, _)| Some((from + at, exact_at(text.as_bytes(), from + at)?.end)))
}

impl Words {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let role = row.required("role")?;
            let role = Role::parse(role).ok_or_else(|| row.error("role", format!("unknown role `{role}`")))?;
            let text = row.required("text")?;
            let value = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.phrases.insert(text, value);
            self.insert(text, role, value);
            self.parts.push(role);
            self.rows.push(WordRow { role, text: text.to_owned(), value: row.get("value").to_owned() });
        }
        Ok(())
    }

    /// Notes how a phrase begins, and how it ends where that is asked.
    fn insert(&mut self, text: &str, role: Role, row: u32) {
        let Some((start, end)) = word_after(text, 0) else { return };
        let mut last = start;
        let mut last_but_one = None;
        let mut next = end;
        while let Some((start, end)) = word_after(text, next) {
            last_but_one = Some(last);
            (last, next) = (start, end);
        }
        first_bytes(text, start, |byte| {
            self.bytes.get_mut(usize::from(byte)).into_iter().for_each(|roles| *roles |= role.bit());
        });
        let alone = last == start;
        if let Some(played) = self.word(text, Some(role)) {
            if alone {
                played.alone |= role.bit();
                played.rows.push(row);
            } else {
                played.longer |= role.bit();
            }
        }
        if ENDING.any(&[role]) {
            if let Some(played) = self.word(text.get(last..).unwrap_or_default(), None) {
                played.last |= role.bit();
            }
            if let Some(played) = last_but_one.and_then(|at| self.word(text.get(at..)?, None)) {
                played.last_but_one |= role.bit();
            }
        }
    }

    /// What the first word of `text` plays; none when no spelling of it ends within eight bytes. Where the others are
    /// longer, `role` is noted for their openings.
    fn word(&mut self, text: &str, role: Option<Role>) -> Option<&mut Played> {
        let mut longer = Vec::new();
        let number = self.known.enter(text, self.played.len(), |opening| longer.push(opening));
        for (opening, role) in longer.into_iter().zip(role.into_iter().cycle()) {
            self.play(opening, role);
        }
        let number = number?;
        if number == self.played.len() {
            self.played.push(Played::default());
        }
        self.played.get_mut(number)
    }

    pub(crate) fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(move |row| row.role == role).map(|row| row.text.as_str())
    }

    /// Notes that a word that opens so plays a role.
    fn play(&mut self, opening: Opening, role: Role) {
        let Some(place) = self.openings.get_mut(opening.slot(SLOTS)) else { return };
        let before = self.sets.get(usize::from(*place)).copied().unwrap_or(u128::MAX);
        let roles = before | role.bit();
        if roles == before {
            return;
        }
        // a set that is there already, else a free one; the first is empty
        let taken = self.sets.iter().enumerate().skip(1).find(|(_, set)| **set == roles || **set == 0);
        let (free, set) = taken.map_or((usize::from(u8::MAX), u128::MAX), |(free, _)| (free, roles));
        *place = u8::try_from(free).unwrap_or(u8::MAX);
        if let Some(slot) = self.sets.get_mut(free) {
            *slot = set;
        }
    }

    /// All roles of phrases that may begin with a longer word that opens so.
    #[inline]
    fn longer(&self, opening: Opening) -> u128 {
        if opening.is_foreign() {
            return u128::MAX;
        }
        let place = self.openings.get(opening.slot(SLOTS)).copied().unwrap_or(u8::MAX);
        self.sets.get(usize::from(place)).copied().unwrap_or(u128::MAX)
    }

    /// What a word plays that ends within eight bytes.
    #[inline]
    fn known(&self, word: u64) -> Option<&Played> {
        self.played.get(self.known.get(word)?)
    }

    /// All roles of phrases that may begin with the word that opens so.
    #[inline]
    pub(crate) fn roles(&self, opening: Opening) -> Roles {
        Roles(match opening.whole() {
            Some((word, _)) => self.known(word).map_or(0, |played| played.alone | played.longer),
            None => self.longer(opening),
        })
    }

    /// False when no phrase of one of `roles`, which are of [`ENDING`], ends with the word that opens so.
    #[inline]
    pub(crate) fn may_end(&self, opening: Opening, roles: &[Role]) -> bool {
        let wanted = Roles::of(roles).0;
        opening.whole().is_none_or(|(word, _)| self.known(word).is_some_and(|played| played.last & wanted != 0))
    }

    /// False when in no phrase of one of `roles`, which are of [`ENDING`], it is the last word but one.
    #[inline]
    pub(crate) fn may_end_before_last(&self, opening: Opening, roles: &[Role]) -> bool {
        let wanted = Roles::of(roles).0;
        opening.whole().is_none_or(|(word, _)| self.known(word).is_some_and(|played| played.last_but_one & wanted != 0))
    }

    /// What the first byte tells of the phrases that may begin with the word at `at`.
    #[inline]
    fn begun(&self, bytes: &[u8], at: usize) -> u128 {
        bytes.get(at).and_then(|first| self.bytes.get(usize::from(*first))).copied().unwrap_or(0)
    }

    /// False when no phrase of one of `roles` begins with the word at `at`.
    #[inline]
    pub(crate) fn may_play(&self, bytes: &[u8], at: usize, roles: &[Role]) -> bool {
        let wanted = Roles::of(roles);
        self.begun(bytes, at) & wanted.0 != 0 && self.may_play_begun(bytes, at, wanted)
    }

    #[inline(never)]
    fn may_play_begun(&self, bytes: &[u8], at: usize, wanted: Roles) -> bool {
        let roles = match self.to_blank(bytes, at) {
            Some((played, _)) => Roles(played.alone | played.longer),
            None => self.roles(Opening::at(bytes, at)),
        };
        roles.meets(wanted)
    }

    /// What the word at `at` plays, and where it ends, if a blank follows and it is known.
    #[inline]
    fn to_blank(&self, bytes: &[u8], at: usize) -> Option<(&Played, usize)> {
        let (word, length) = Opening::to_blank(bytes, at)?.whole()?;
        Some((self.known(word)?, at + length))
    }

    /// False when no phrase of one of `roles` begins with this byte.
    #[inline]
    pub(crate) fn may_begin(&self, bytes: &[u8], at: usize, roles: &[Role]) -> bool {
        self.begun(bytes, at) & Roles::of(roles).0 != 0
    }

    /// The longest phrase of one of `roles` at `at`.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], at: usize, roles: &[Role]) -> Option<WordFound<'_>> {
        let wanted = Roles::of(roles).0;
        if self.begun(bytes, at) & wanted == 0 { None } else { self.find_begun(bytes, at, wanted) }
    }

    #[inline(never)]
    fn find_begun(&self, bytes: &[u8], at: usize, wanted: u128) -> Option<WordFound<'_>> {
        if let Some((played, end)) = self.to_blank(bytes, at)
            && played.longer & wanted == 0
        {
            return self.found_alone(played, wanted, end);
        }
        self.find_of(bytes, at, Opening::at(bytes, at), wanted)
    }

    /// The same where a word opens as the caller has seen.
    #[inline]
    pub(crate) fn find_opening(
        &self,
        bytes: &[u8],
        at: usize,
        opening: Opening,
        roles: &[Role],
    ) -> Option<WordFound<'_>> {
        self.find_of(bytes, at, opening, Roles::of(roles).0)
    }

    #[inline]
    fn find_of(&self, bytes: &[u8], at: usize, opening: Opening, wanted: u128) -> Option<WordFound<'_>> {
        let Some((word, length)) = opening.whole() else {
            return if self.longer(opening) & wanted == 0 { None } else { self.walk(bytes, at, opening, wanted) };
        };
        let played = self.known(word)?;
        // most phrases are one word: nothing after it has to be read
        if played.longer & wanted != 0 {
            return self.walk(bytes, at, opening, wanted);
        }
        self.found_alone(played, wanted, at + length)
    }

    #[inline]
    fn found_alone(&self, played: &Played, wanted: u128, end: usize) -> Option<WordFound<'_>> {
        if played.alone & wanted == 0 { None } else { self.found(&played.rows, wanted, end) }
    }

    fn walk(&self, bytes: &[u8], at: usize, opening: Opening, wanted: u128) -> Option<WordFound<'_>> {
        let found = self.phrases.longest_known(bytes, at, opening, |row| self.plays(row, wanted))?;
        self.found(found.values, wanted, found.end)
    }

    #[inline]
    fn plays(&self, row: u32, wanted: u128) -> bool {
        self.parts.get(row as usize).is_some_and(|role| wanted & role.bit() != 0)
    }

    /// The first of `rows` that plays a wanted role.
    #[inline]
    fn found(&self, rows: &[u32], wanted: u128, end: usize) -> Option<WordFound<'_>> {
        let row = self.rows.get(*rows.iter().find(|row| self.plays(**row, wanted))? as usize)?;
        Some(WordFound { role: row.role, value: &row.value, end })
    }

    /// `Ủy ban nhân dân` + Quảng Ninh → `Ủy ban nhân dân tỉnh Quảng Ninh`; Party bodies take the bare name.
    pub(crate) fn local_name(&self, row: &IssuerRow, name: &str, place: &PlaceRow) -> String {
        if row.party {
            return format!("{name} {}", place.name);
        }
        let kind = self.rows.iter().find(|word| word.role == Role::Locality && word.value == place.kind);
        match kind {
            Some(kind) => format!("{name} {} {}", kind.text, place.name),
            None => format!("{name} {}", place.name),
        }
    }
}

impl Lexicon {
    /// The longest phrase of one of `roles` at `at`: its role, value and end.
    #[inline]
    pub(crate) fn word(&self, bytes: &[u8], at: usize, roles: &[Role]) -> Option<WordFound<'_>> {
        self.words.find(bytes, at, roles)
    }

    /// [`Self::word`] where a word opens as the caller has seen.
    #[inline]
    pub(crate) fn word_opening(
        &self,
        bytes: &[u8],
        at: usize,
        opening: Opening,
        roles: &[Role],
    ) -> Option<WordFound<'_>> {
        self.words.find_opening(bytes, at, opening, roles)
    }

    /// The roles of phrases that may begin with the word that opens so: a look at eight bytes that spares many searches.
    #[inline]
    pub(crate) fn roles(&self, opening: Opening) -> Roles {
        self.words.roles(opening)
    }

    /// False when no phrase of one of `roles` begins with the word at `at`.
    #[inline]
    pub(crate) fn may_play(&self, bytes: &[u8], at: usize, roles: &[Role]) -> bool {
        self.words.may_play(bytes, at, roles)
    }

    /// The same told by the first byte alone.
    #[inline]
    pub(crate) fn may_begin(&self, bytes: &[u8], at: usize, roles: &[Role]) -> bool {
        self.words.may_begin(bytes, at, roles)
    }

    /// False when no phrase of one of `roles` ends with the word that opens so.
    #[inline]
    pub(crate) fn may_end(&self, opening: Opening, roles: &[Role]) -> bool {
        self.words.may_end(opening, roles)
    }

    /// False when in no phrase of one of `roles` the last word but one opens so.
    #[inline]
    pub(crate) fn may_end_before_last(&self, opening: Opening, roles: &[Role]) -> bool {
        self.words.may_end_before_last(opening, roles)
    }
}

/// A row of `confusables.tsv`.
pub(crate) fn confusable(row: &Cells<'_, '_>) -> Result<(char, Option<char>), Error> {
    let one = |column: &str| -> Result<Option<char>, Error> {
        let text = row.get(column);
        if let Some(hex) = text.strip_prefix("U+") {
            return u32::from_str_radix(hex, 16)
                .ok()
                .and_then(char::from_u32)
                .map(Some)
                .ok_or_else(|| row.error(column, format!("`{text}` is no code point")));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Ok(None),
            (Some(c), None) => Ok(Some(c)),
            _ => Err(row.error(column, format!("`{text}` is more than one character"))),
        }
    };
    let from = one("from")?.ok_or_else(|| row.error("from", "`from` is empty"))?;
    if from.is_ascii() {
        return Err(row.error("from", "an ASCII character stands for itself"));
    }
    Ok((from, one("to")?))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Lexicon, Role};

    #[test]
    fn every_role_has_words() {
        let lexicon = Lexicon::built_in();
        let empty: Vec<_> = Role::ALL.iter().filter(|role| lexicon.words.of(**role).next().is_none()).collect();
        assert!(empty.is_empty(), "{empty:?}");
    }
}

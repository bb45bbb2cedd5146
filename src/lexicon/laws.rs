//! `laws.tsv` and `aliases.tsv`: acts cited by name.

use super::codes::CodeMap;
use super::phrase::Phrases;
use crate::error::Error;
use crate::model::{DocType, PartialDate};
use crate::table::{Cells, Table};
use crate::text::fold::ascii_name;
use compact_str::CompactString;

/// A row of the law table.
pub(crate) type LawId = u32;

/// An act of the law table.
#[derive(Debug, Clone)]
pub(crate) struct LawRow {
    /// Symbol; empty for constitutions.
    pub number: CompactString,
    pub doc_type: DocType,
    pub title: String,
    pub date: Option<PartialDate>,
    pub effective: Option<PartialDate>,
    pub amends: Vec<CompactString>,
    pub amended_by: Vec<CompactString>,
    pub replaced_by: Vec<CompactString>,
}

/// `117/2025/QH15` was passed in 2025.
fn year_of_symbol(symbol: &str) -> Option<PartialDate> {
    let year = symbol.split('/').nth(1).filter(|year| year.len() == 4)?;
    year.parse().ok().map(PartialDate::year)
}

#[derive(Debug, Clone)]
struct Alias {
    text: String,
    doc_type: DocType,
    name: String,
    laws: Vec<LawId>,
}

#[derive(Debug, Clone)]
pub(crate) struct Laws {
    rows: Vec<LawRow>,
    names: Phrases,
    symbols: CodeMap<Vec<LawId>>,
    /// Acronyms that stand for a whole law: `BLHS`.
    aliases: Vec<Alias>,
    /// Acronyms of words inside names: `BHXH` for `bảo hiểm xã hội`.
    short_words: Vec<(String, String)>,
    /// Ends of names that are often left out: `Việt Nam`.
    tails: Vec<String>,
}

impl Default for Laws {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            names: Phrases::new(false),
            symbols: CodeMap::default(),
            aliases: Vec::new(),
            short_words: Vec::new(),
            tails: Vec::new(),
        }
    }
}

/// The table has acts of this type.
fn is_act(doc_type: DocType) -> bool {
    matches!(doc_type, DocType::HienPhap | DocType::BoLuat | DocType::Luat | DocType::PhapLenh)
}

fn law_type(row: &Cells<'_, '_>) -> Result<DocType, Error> {
    let slug = row.required("type")?;
    DocType::from_code(slug)
        .filter(|doc_type| is_act(*doc_type))
        .ok_or_else(|| row.error("type", format!("`{slug}` is no type of act cited by name")))
}

/// Symbols compare without spaces, case and leading zeros.
pub(crate) fn symbol_key(symbol: &str) -> CompactString {
    super::codes::upper(symbol.trim_start_matches('0'))
}

impl Laws {
    pub(crate) fn read_aliases(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let alias = row.required("alias")?.to_owned();
            let name = row.required("name")?.to_owned();
            match row.get("kind") {
                "law" => self.aliases.push(Alias { text: alias, doc_type: law_type(&row)?, name, laws: Vec::new() }),
                "words" => self.short_words.push((name.to_lowercase(), alias)),
                "tail" => self.tails.push(format!(" {}", alias.to_lowercase())),
                other => return Err(row.error("kind", format!("unknown kind `{other}`: law, words or tail"))),
            }
        }
        Ok(())
    }

    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let date = |column: &str| match row.get(column) {
                "" => Ok(None),
                text => text.parse::<PartialDate>().map(Some).map_err(|e| row.error(column, e.to_string())),
            };
            let list = |column: &str| row.list(column).map(CompactString::from).collect();
            let law = LawRow {
                number: row.get("number").into(),
                doc_type: law_type(&row)?,
                title: row.required("title")?.to_owned(),
                // the day is not known of every act; the year stands in its number
                date: date("date")?.or_else(|| year_of_symbol(row.get("number"))),
                effective: date("effective")?,
                amends: list("amends"),
                amended_by: list("amended_by"),
                replaced_by: list("replaced_by"),
            };
            if law.number.is_empty() && law.date.is_none() {
                return Err(row.error("number", "an act needs a number or a date"));
            }
            let id = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            for symbol in
                std::iter::once(law.number.as_str()).chain(row.list("variants")).filter(|symbol| !symbol.is_empty())
            {
                self.symbols.entry(symbol_key(symbol)).or_default().push(id);
            }
            self.rows.push(law);
        }
        Ok(())
    }

    /// Enters the names, once all rows are read.
    pub(crate) fn finish(&mut self) {
        for (index, law) in self.rows.iter().enumerate() {
            let id = u32::try_from(index).unwrap_or(u32::MAX);
            for spelling in self.spellings(&law.title) {
                self.names.insert(&spelling, id);
            }
        }
        let titles: Vec<String> = self.rows.iter().map(|law| law.title.to_lowercase()).collect();
        for alias in &mut self.aliases {
            let folded = alias.name.to_lowercase();
            let laws = (0..).zip(&self.rows).zip(&titles);
            alias.laws = laws
                .filter(|((_, law), title)| law.doc_type == alias.doc_type && **title == folded)
                .map(|((id, _), _)| id)
                .collect();
        }
        // `Luật Hình sự` is an alias of two words; its name part is found where names are looked for
        for alias in &self.aliases {
            if let Some(name) = after_type_word(&alias.text, alias.doc_type) {
                for id in &alias.laws {
                    self.names.insert(name, *id);
                }
            }
        }
    }

    /// The title, also without a tail that is often left out, and each with each known group of words shortened.
    fn spellings(&self, title: &str) -> Vec<String> {
        // no phrase runs over a bracket or a semicolon: what follows it is compared as it stands
        let head = title.split(['(', ';']).next().unwrap_or(title).trim_end();
        let mut all = vec![head.to_lowercase()];
        for tail in &self.tails {
            let short = all.first().and_then(|title| title.strip_suffix(tail.as_str()));
            // one syllable names no act: `Luật Biển Việt Nam` is not `luật biển`
            if let Some(short) = short.filter(|short| short.contains(' ')).map(str::to_owned) {
                all.push(short);
            }
        }
        for (long, short) in &self.short_words {
            for index in 0..all.len() {
                let Some(spelling) = all.get(index).filter(|spelling| spelling.contains(long.as_str())) else {
                    continue;
                };
                let shorter = spelling.replace(long.as_str(), short);
                if all.len() < 16 {
                    all.push(shorter);
                }
            }
        }
        all
    }

    pub(crate) fn names(&self) -> &Phrases {
        &self.names
    }

    pub(crate) fn get(&self, id: LawId) -> Option<&LawRow> {
        self.rows.get(id as usize)
    }

    pub(crate) fn of_type(&self, doc_type: DocType) -> Vec<LawId> {
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, law)| law.doc_type == doc_type)
            .filter_map(|(index, _)| u32::try_from(index).ok())
            .collect()
    }

    /// The act of a symbol. A law and a resolution can bear one symbol: the type decides.
    pub(crate) fn by_symbol(&self, doc_type: DocType, symbol: &str) -> Option<LawId> {
        if !is_act(doc_type) {
            return None;
        }
        self.symbols
            .get(&symbol_key(symbol))?
            .iter()
            .copied()
            .find(|id| self.get(*id).is_some_and(|law| law.doc_type == doc_type || same_kind(law.doc_type, doc_type)))
    }

    pub(crate) fn acronyms(&self) -> impl Iterator<Item = (u32, &str)> {
        self.aliases
            .iter()
            .enumerate()
            .filter(|(_, alias)| !alias.text.contains(' '))
            .filter_map(|(index, alias)| Some((u32::try_from(index).ok()?, alias.text.as_str())))
    }

    pub(crate) fn of_acronym(&self, index: u32) -> (DocType, &[LawId], &str) {
        self.aliases
            .get(index as usize)
            .map_or((DocType::Luat, &[], ""), |alias| (alias.doc_type, &alias.laws, &alias.name))
    }
}

/// The name part of `Pháp lệnh Dân chủ ở cơ sở`, of `Luật Hình sự`; none of an acronym.
fn after_type_word(alias: &str, doc_type: DocType) -> Option<&str> {
    let typed = |at: &usize| alias.get(..*at).is_some_and(|head| ascii_name(head, '-') == doc_type.code());
    let end = alias.match_indices(' ').map(|(at, _)| at).find(typed).or_else(|| alias.find(' '))?;
    alias.get(end + 1..)
}

/// A code is often called a law (`Luật Hình sự`, `Luật số 100/2015/QH13`).
pub(crate) fn same_kind(a: DocType, b: DocType) -> bool {
    let law = |t| matches!(t, DocType::Luat | DocType::BoLuat);
    law(a) && law(b)
}

//! `doc_types.tsv`.

use super::codes::{CodeMap, TypeCode, plain, upper};
use super::phrase::Phrases;
use crate::error::Error;
use crate::model::DocType;
use crate::table::Table;
use crate::text::word::{skip_space_back, word_start};
use compact_str::CompactString;

/// How a type is cited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TypeClass {
    /// By name, with or without number: constitutions, codes, laws, ordinances.
    Law,
    /// By number.
    Numbered,
    /// By number or by title: strategies, plans, regulations.
    Named,
    /// By title and signing date.
    Treaty,
    /// The same, of a word that is also said of what nobody signed: by a proper name, its parties or its day.
    Agreement,
    /// By its own numbering.
    Standard,
    /// Judgments and precedents.
    Judgment,
    /// No document of a public system.
    Private,
    /// A copy of another document.
    Copy,
    /// `văn bản`.
    Generic,
}

impl TypeClass {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "law" => Self::Law,
            "numbered" => Self::Numbered,
            "named" => Self::Named,
            "treaty" => Self::Treaty,
            "agreement" => Self::Agreement,
            "standard" => Self::Standard,
            "judgment" => Self::Judgment,
            "private" => Self::Private,
            "copy" => Self::Copy,
            "generic" => Self::Generic,
            _ => return None,
        })
    }

    pub(crate) fn is_treaty(self) -> bool {
        matches!(self, Self::Treaty | Self::Agreement)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct TypeRow {
    pub doc_type: DocType,
    pub words: Vec<String>,
    pub abbreviations: Vec<String>,
    pub class: TypeClass,
}

#[derive(Debug, Clone)]
pub(crate) struct Types {
    rows: Vec<TypeRow>,
    codes: CodeMap<TypeCode>,
    /// The same typed without the stroke of `Đ`, looked up after the others: `DA` is Dự án before it is Đề án.
    plain_codes: CodeMap<TypeCode>,
    /// Type words without tones and vowel marks, for damaged text.
    bare: Phrases,
}

impl Default for Types {
    fn default() -> Self {
        Self { rows: Vec::new(), codes: CodeMap::default(), plain_codes: CodeMap::default(), bare: Phrases::new(true) }
    }
}

impl Types {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let slug = row.required("slug")?;
            let doc_type =
                DocType::from_code(slug).ok_or_else(|| row.error("slug", format!("unknown document type `{slug}`")))?;
            let class = match row.get("class") {
                "" => self
                    .rows
                    .iter()
                    .find(|known| known.doc_type == doc_type)
                    .map_or(TypeClass::Numbered, |known| known.class),
                text => TypeClass::parse(text).ok_or_else(|| row.error("class", format!("unknown class `{text}`")))?,
            };
            let words: Vec<String> =
                std::iter::once(row.required("name")?).chain(row.list("words")).map(str::to_owned).collect();
            for text in &words {
                self.bare.insert(text, doc_type as u32);
            }
            for code in row.list("codes") {
                let joint = row.list("joint").any(|known| known == code);
                for (codes, key) in [(&mut self.codes, upper(code)), (&mut self.plain_codes, plain(code))] {
                    let entry = codes.entry(key).or_insert_with(|| TypeCode {
                        canonical: code.into(),
                        types: Vec::new(),
                        joint,
                    });
                    if !entry.types.contains(&doc_type) {
                        entry.types.push(doc_type);
                    }
                }
            }
            self.rows.push(TypeRow {
                doc_type,
                words,
                abbreviations: row.list("abbreviations").map(str::to_owned).collect(),
                class,
            });
        }
        Ok(())
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &TypeRow> {
        self.rows.iter()
    }

    fn row(&self, doc_type: DocType) -> Option<&TypeRow> {
        // rows stand in the order of the enum unless a user replaced the table
        self.rows
            .get(doc_type as usize)
            .filter(|row| row.doc_type == doc_type)
            .or_else(|| self.rows.iter().find(|row| row.doc_type == doc_type))
    }

    pub(crate) fn name(&self, doc_type: DocType) -> &str {
        self.row(doc_type).and_then(|row| row.words.first()).map_or("", String::as_str)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<DocType> {
        let folded = name.trim().to_lowercase();
        self.rows.iter().find(|row| row.words.iter().any(|word| word.to_lowercase() == folded)).map(|row| row.doc_type)
    }

    pub(crate) fn class(&self, doc_type: DocType) -> TypeClass {
        self.row(doc_type).map_or(TypeClass::Numbered, |row| row.class)
    }

    pub(crate) fn code(&self, code: &str) -> Option<&TypeCode> {
        self.by_upper(&upper(code))
    }

    /// All codes, in capitals.
    pub(super) fn codes(&self) -> impl Iterator<Item = &CompactString> {
        self.codes.keys().chain(self.plain_codes.keys())
    }

    /// The same for a code in capitals.
    pub(super) fn by_upper(&self, code: &CompactString) -> Option<&TypeCode> {
        self.codes.get(code).or_else(|| self.plain_codes.get(code))
    }

    /// The longest type word that ends at `end`, tones and vowel marks disregarded; at most four words.
    pub(crate) fn bare_before(&self, bytes: &[u8], end: usize) -> Option<(DocType, usize)> {
        let mut start = word_start(bytes, end);
        let mut best = None;
        for _ in 0..4 {
            if let Some(found) = self.bare.longest(bytes, start)
                && found.end == end
                && let Some(doc_type) = found.values.first().and_then(|value| DocType::ALL.get(*value as usize))
            {
                best = Some((*doc_type, start));
            }
            let previous = skip_space_back(bytes, start);
            let next = word_start(bytes, previous);
            if next == start || previous == next {
                break;
            }
            start = next;
        }
        best
    }
}

//! `issuers.tsv`.

use super::codes::{CodeMap, plain, upper};
use super::phrase::Phrases;
use crate::error::Error;
use crate::model::{IssuerId, PartialDate};
use crate::table::Table;
use compact_str::CompactString;
use foldhash::fast::FixedState;
use std::collections::HashSet;

/// What sort of numbering and what rank a body has, where code must know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BodyFamily {
    /// The National Assembly and its standing bodies: numbered per term.
    Assembly,
    /// The President.
    President,
    /// Its code alone after a number is an old symbol.
    Government,
    /// A government of before 1992.
    Council,
    /// The Central Committee of the Party.
    Central,
    /// A provincial committee of the Party.
    Provincial,
}

impl BodyFamily {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "assembly" => Self::Assembly,
            "president" => Self::President,
            "government" => Self::Government,
            "council" => Self::Council,
            "central" => Self::Central,
            "provincial" => Self::Provincial,
            _ => return None,
        })
    }
}

/// A body that issues documents.
#[derive(Debug, Clone)]
pub(crate) struct IssuerRow {
    pub code: CompactString,
    pub names: Vec<String>,
    /// Exists in each province.
    pub local: bool,
    pub party: bool,
    /// A mass body: youth, union, front.
    pub mass: bool,
    pub family: Option<BodyFamily>,
    /// The code whose numbering it shares, when that is another's.
    pub series: Option<CompactString>,
    pub superior: Option<CompactString>,
    pub successors: Vec<CompactString>,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

impl IssuerRow {
    /// Its first name.
    pub(crate) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The code under which its documents are numbered.
    pub(crate) fn numbering(&self) -> &str {
        self.series.as_deref().unwrap_or(&self.code)
    }
}

/// What a code of a symbol means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeFound {
    pub id: IssuerId,
    /// Written as a variant or without the stroke of `Đ`.
    pub variant: bool,
    /// Another spelling of the row's own code, official in that code's letters.
    pub respelled: bool,
    /// Session or unit digits at its end.
    pub session: Option<u16>,
}

#[derive(Debug, Clone)]
pub(crate) struct Issuers {
    rows: Vec<IssuerRow>,
    /// The few bodies of a family, in table order.
    families: Vec<(BodyFamily, IssuerId)>,
    codes: CodeMap<CodeFound>,
    /// What stands before the first hyphen or slash of a code that has one.
    heads: HashSet<CompactString, FixedState>,
    phrases: Phrases,
}

impl Default for Issuers {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            families: Vec::new(),
            codes: CodeMap::default(),
            heads: HashSet::default(),
            phrases: Phrases::new(false),
        }
    }
}

impl Issuers {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let date = |column: &str| match row.get(column) {
                "" => Ok(None),
                text => text.parse::<PartialDate>().map(Some).map_err(|e| row.error(column, e.to_string())),
            };
            let index = u16::try_from(self.rows.len()).map_err(|_| row.error("code", "more than 65535 issuers"))?;
            let code: CompactString = row.required("code")?.into();
            row.required("names")?;
            let system = row.get("system");
            let issuer = IssuerRow {
                names: row.list("names").map(str::to_owned).collect(),
                local: match row.get("local") {
                    "" => false,
                    "y" => true,
                    other => return Err(row.error("local", format!("`{other}`: write y or leave it empty"))),
                },
                party: system == "dang",
                mass: system == "doan_the",
                family: match row.get("family") {
                    "" => None,
                    text => Some(
                        BodyFamily::parse(text)
                            .ok_or_else(|| row.error("family", format!("unknown family `{text}`")))?,
                    ),
                },
                series: Some(row.get("series")).filter(|text| !text.is_empty()).map(Into::into),
                superior: Some(row.get("superior")).filter(|text| !text.is_empty()).map(Into::into),
                successors: row.list("successors").map(Into::into).collect(),
                from: date("from")?,
                to: date("to")?,
                code,
            };
            for name in &issuer.names {
                self.phrases.insert(name, u32::from(index));
            }
            let own = CodeFound { id: IssuerId(index), variant: false, respelled: false, session: None };
            let variant = CodeFound { variant: true, ..own };
            self.codes.entry(upper(&issuer.code)).or_insert(own);
            self.codes.entry(plain(&issuer.code)).or_insert(variant);
            for code in row.list("respelled") {
                self.codes.entry(upper(code)).or_insert(CodeFound { respelled: true, ..variant });
            }
            for code in row.list("codes") {
                self.codes.entry(upper(code)).or_insert(variant);
                self.codes.entry(plain(code)).or_insert(variant);
            }
            self.families.extend(issuer.family.map(|family| (family, IssuerId(index))));
            self.rows.push(issuer);
        }
        let heads = self.codes.keys().filter_map(|code| code.split_once(['-', '/']));
        self.heads = heads.map(|(head, _)| head.into()).collect();
        Ok(())
    }

    /// Some code goes on after this one, which is in capitals, with a hyphen or slash.
    pub(super) fn begins_code(&self, code: &CompactString) -> bool {
        self.heads.contains(code)
    }

    /// The body of a code as a symbol writes it: exact, or with a session at its end (`QH13`, `HĐND.K9`, `QHX`).
    pub(crate) fn by_code(&self, code: &str) -> Option<CodeFound> {
        self.by_upper(&upper(code))
    }

    /// The same for a code in capitals.
    pub(super) fn by_upper(&self, key: &CompactString) -> Option<CodeFound> {
        if let Some(found) = self.codes.get(key) {
            return Some(*found);
        }
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        if base.len() < key.len() {
            let session = key.get(base.len()..).and_then(|digits| digits.parse().ok());
            for base in [base, base.strip_suffix("K").unwrap_or(base).trim_end_matches('.')] {
                if let Some(found) = self.codes.get(base) {
                    return Some(CodeFound { session, ..*found });
                }
            }
        }
        // sessions in Roman figures: only the National Assembly wrote them
        for (roman, session) in [("VIII", 8), ("VII", 7), ("IX", 9), ("XI", 11), ("X", 10)] {
            if let Some(base) = key.strip_suffix(roman)
                && let Some(found) = self.codes.get(base)
                && base.ends_with('H')
            {
                return Some(CodeFound { session: Some(session), ..*found });
            }
        }
        None
    }

    /// Codes and what begins codes, in capitals.
    pub(super) fn codes(&self) -> impl Iterator<Item = &CompactString> {
        self.codes.keys().chain(&self.heads)
    }

    pub(crate) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    pub(crate) fn get(&self, id: IssuerId) -> Option<&IssuerRow> {
        self.rows.get(usize::from(id.0))
    }

    /// The bodies of a family, in table order.
    pub(crate) fn of_family(&self, family: BodyFamily) -> impl Iterator<Item = (IssuerId, &IssuerRow)> {
        let ids = self.families.iter().filter(move |(known, _)| *known == family);
        ids.filter_map(|(_, id)| Some((*id, self.get(*id)?)))
    }

    pub(crate) fn id(&self, code: &str) -> Option<IssuerId> {
        self.rows.iter().position(|row| row.code == code).and_then(|index| u16::try_from(index).ok()).map(IssuerId)
    }
}

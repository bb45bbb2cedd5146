//! `issuers.tsv`.

use super::codes::{CodeMap, plain, upper};
use super::phrase::Phrases;
use crate::error::Error;
use crate::model::{IssuerId, PartialDate};
use crate::table::Table;
use compact_str::CompactString;

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
    /// Session or unit digits at its end.
    pub session: Option<u16>,
}

#[derive(Debug, Clone)]
pub(crate) struct Issuers {
    rows: Vec<IssuerRow>,
    codes: CodeMap<(u16, bool)>,
    phrases: Phrases,
}

impl Default for Issuers {
    fn default() -> Self {
        Self { rows: Vec::new(), codes: CodeMap::default(), phrases: Phrases::new(false) }
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
            self.codes.entry(upper(&issuer.code)).or_insert((index, false));
            self.codes.entry(plain(&issuer.code)).or_insert((index, true));
            for variant in row.list("codes") {
                self.codes.entry(upper(variant)).or_insert((index, true));
                self.codes.entry(plain(variant)).or_insert((index, true));
            }
            self.rows.push(issuer);
        }
        Ok(())
    }

    /// The body of a code as a symbol writes it: exact, or with a session at its end (`QH13`, `HĐND.K9`, `QHX`).
    pub(crate) fn by_code(&self, code: &str) -> Option<CodeFound> {
        let key = upper(code);
        if let Some((index, variant)) = self.codes.get(&key) {
            return Some(CodeFound { id: IssuerId(*index), variant: *variant, session: None });
        }
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        if base.len() < key.len() {
            let session = key.get(base.len()..).and_then(|digits| digits.parse().ok());
            for base in [base, base.strip_suffix("K").unwrap_or(base).trim_end_matches('.')] {
                if let Some((index, variant)) = self.codes.get(base) {
                    return Some(CodeFound { id: IssuerId(*index), variant: *variant, session });
                }
            }
        }
        // sessions in Roman figures: only the National Assembly wrote them
        for (roman, session) in [("VIII", 8), ("VII", 7), ("IX", 9), ("XI", 11), ("X", 10)] {
            if let Some(base) = key.strip_suffix(roman)
                && let Some((index, variant)) = self.codes.get(base)
                && base.ends_with('H')
            {
                return Some(CodeFound { id: IssuerId(*index), variant: *variant, session: Some(session) });
            }
        }
        None
    }

    pub(crate) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    pub(crate) fn get(&self, id: IssuerId) -> Option<&IssuerRow> {
        self.rows.get(usize::from(id.0))
    }

    pub(crate) fn id(&self, code: &str) -> Option<IssuerId> {
        self.rows.iter().position(|row| row.code == code).and_then(|index| u16::try_from(index).ok()).map(IssuerId)
    }
}

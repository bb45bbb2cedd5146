//! `places.tsv`.

use super::phrase::Phrases;
use crate::error::Error;
use crate::model::{PartialDate, PlaceId};
use crate::table::Table;

/// A province or centrally run city, of today or of before.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub slug: String,
    pub name: String,
    pub kind: String,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
    /// Slugs of the provinces that took its place.
    pub successors: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Places {
    rows: Vec<PlaceRow>,
    phrases: Phrases,
}

impl Default for Places {
    fn default() -> Self {
        Self { rows: Vec::new(), phrases: Phrases::new(false) }
    }
}

impl Places {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let date = |column: &str| match row.get(column) {
                "" => Ok(None),
                text => text.parse::<PartialDate>().map(Some).map_err(|e| row.error(column, e.to_string())),
            };
            let index = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            let place = PlaceRow {
                slug: row.required("slug")?.to_owned(),
                name: row.required("name")?.to_owned(),
                kind: row.required("kind")?.to_owned(),
                from: date("from")?,
                to: date("to")?,
                successors: row.list("successors").map(str::to_owned).collect(),
            };
            self.phrases.insert(&place.name, index);
            for alias in row.list("aliases") {
                self.phrases.insert(alias, index);
            }
            self.rows.push(place);
        }
        if self.rows.len() > usize::from(u16::MAX) {
            return Err(Error::table("places", 1, 1, "more than 65535 places"));
        }
        Ok(())
    }

    pub(crate) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    pub(crate) fn id(&self, slug: &str) -> Option<PlaceId> {
        self.rows.iter().position(|row| row.slug == slug).and_then(|index| u16::try_from(index).ok()).map(PlaceId)
    }

    pub(crate) fn get(&self, id: PlaceId) -> Option<&PlaceRow> {
        self.rows.get(usize::from(id.0))
    }
}

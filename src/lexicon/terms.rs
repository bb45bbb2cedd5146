//! `terms.tsv`: terms of the National Assembly and of the Central Committee.

use crate::error::Error;
use crate::model::PartialDate;
use crate::table::Table;

#[derive(Debug, Clone)]
struct Term {
    body: String,
    number: u16,
    from: PartialDate,
    to: PartialDate,
}

/// Which term a body was in on a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    rows: Vec<Term>,
}

impl Terms {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let date = |column: &str| {
                row.required(column)?.parse::<PartialDate>().map_err(|e| row.error(column, e.to_string()))
            };
            let term = row.required("term")?;
            self.rows.push(Term {
                body: row.required("body")?.to_owned(),
                number: term.parse().map_err(|_| row.error("term", format!("`{term}` is no number")))?,
                from: date("from")?,
                to: date("to")?,
            });
        }
        Ok(())
    }

    /// The one term of `body` that `date` falls into; none when it touches two or none.
    pub(crate) fn of(&self, body: &str, date: PartialDate) -> Option<u16> {
        let (first, last) = (date.first_day(), date.last_day());
        let mut found = self.rows.iter().filter(|row| row.body == body && row.from <= last && first <= row.to);
        let term = found.next()?.number;
        found.next().is_none().then_some(term)
    }

    /// True when the term of `body` reached into `year`.
    pub(crate) fn agrees(&self, body: &str, term: u16, year: i16) -> bool {
        self.rows.iter().any(|row| {
            row.body == body && row.number == term && row.from.the_year() <= year && year <= row.to.the_year()
        })
    }
}

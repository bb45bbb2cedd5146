//! Statements of times of effect, as rows.

use super::entry::{paths, provisions};
use super::identity::Names;
use super::intern::Interned;
use crate::corpus::{EffectFact, Evidence};
use crate::model::{Extent, From, Key, PartialDate};
use crate::span::Span;
use rusqlite::{Connection, Result, Row, params};
use std::sync::Arc;

/// The columns that [`read`] takes; the table is called `e`.
pub(super) const COLUMNS: &str = "e.extent, e.provisions, e.except_for, e.begins, e.begins_with, e.until, e.date_from, e.own, e.start, e.end, e.words";

/// How many they are.
pub(super) const COUNT: usize = 11;

/// The place of the key with whose effect it begins.
pub(super) const WITH: usize = 4;

/// Writes the statements of a text; gives the keys they are about.
pub(super) fn write(db: &Connection, interned: &mut Interned, source: i64, effects: &[EffectFact]) -> Result<Vec<i64>> {
    let mut keys = Vec::with_capacity(effects.len());
    for (n, effect) in (0_i64..).zip(effects) {
        let (key, _) = interned.key(db, effect.document.as_str())?;
        let with = effect.with.as_ref().map(|with| interned.key(db, with.as_str())).transpose()?;
        let extent = interned.word(db, effect.extent.code())?;
        let from = interned.word(db, effect.from.code())?;
        db.prepare_cached(
            "INSERT INTO effect (key, source, n, extent, provisions, except_for, begins, begins_with, until, date_from, \
             own, start, end, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            source,
            n,
            extent,
            paths(&effect.provisions),
            paths(&effect.except),
            effect.begins.map(|date| date.to_string()),
            with.map(|(with, _)| with),
            effect.until.map(|date| date.to_string()),
            from,
            effect.own,
            effect.evidence.span.start,
            effect.evidence.span.end,
            &*effect.evidence.words
        ])?;
        keys.push(key);
    }
    Ok(keys)
}

/// A statement; none where a code is not known to this version.
pub(super) fn read(
    row: &Row<'_>,
    names: &Names,
    document: Key,
    with: Option<Key>,
    source: Arc<str>,
) -> Result<Option<EffectFact>> {
    let text = |index: usize| -> Result<Option<&str>> { Ok(row.get_ref(index)?.as_str_or_null()?) };
    let date = |index: usize| -> Result<Option<PartialDate>> { Ok(text(index)?.and_then(|date| date.parse().ok())) };
    let word = |index: usize| -> Result<Option<&str>> { Ok(names.words.get(&row.get(index)?).map(String::as_str)) };
    let (Some(extent), Some(from)) = (word(0)?.and_then(Extent::from_code), word(6)?.and_then(From::from_code)) else {
        return Ok(None);
    };
    Ok(Some(EffectFact {
        document,
        extent,
        provisions: provisions(text(1)?),
        except: provisions(text(2)?),
        begins: date(3)?,
        with,
        until: date(5)?,
        from,
        own: row.get(7)?,
        evidence: Evidence {
            source,
            span: Span::new(row.get(8)?, row.get(9)?),
            cue: None,
            rule: "".into(),
            words: row.get(10)?,
            in_title: false,
        },
    }))
}

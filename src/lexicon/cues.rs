//! `cues.tsv`: words that say a relation.

use super::phrase::Phrases;
use super::starts::{Set, Starts};
use crate::error::Error;
use crate::model::{Act, Extent, Relation};
use crate::table::Table;
use crate::text::opening::{Opening, Openings};
use compact_str::CompactString;

/// Which way a cue points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Voice {
    /// subject – cue – target
    Active,
    /// target – cue – source
    Passive,
    /// target – cue, the source is the document itself
    Inverted,
    /// work – cue – the document that issues or approves it
    Issued,
    /// stops other cues
    None,
}

/// Where a cue counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CueScope {
    /// Anywhere.
    Any,
    /// Only at the head of a line or sentence.
    Line,
    /// Only where it heads its clause, or its subject stands before it.
    Clause,
    /// Only with a subject: in a title or after the document that acts.
    Subject,
    /// Only as all that stands between a work and the document that holds it.
    Adjacent,
}

/// A row of `cues.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub id: CompactString,
    /// None for a phrase that says no relation.
    pub relation: Option<Relation>,
    pub voice: Voice,
    pub scope: CueScope,
    pub act: Option<Act>,
    pub extent: Option<Extent>,
}

#[derive(Debug, Clone)]
pub(crate) struct Cues {
    rows: Vec<Cue>,
    phrases: Phrases,
    adjacent: Phrases,
    /// How cues of relations of [`DERIVING`] open.
    deriving: Openings<13>,
}

/// Relations by which one document is made for another.
pub(crate) const DERIVING: [Relation; 4] =
    [Relation::Guides, Relation::Amends, Relation::Replaces, Relation::Implements];

/// Relations by which a document acts on all of a list that follows a colon.
pub(crate) const ACTING: [Relation; 6] = [
    Relation::Repeals,
    Relation::Replaces,
    Relation::Amends,
    Relation::Suspends,
    Relation::BasedOn,
    Relation::Consolidates,
];

impl Default for Cues {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            phrases: Phrases::new(false),
            adjacent: Phrases::new(false),
            deriving: Openings::default(),
        }
    }
}

impl Cues {
    /// A row of scope `adjacent` that starts at `at`.
    pub(crate) fn adjacent_at(&self, bytes: &[u8], at: usize) -> Option<(&Cue, usize)> {
        let found = self.adjacent.longest(bytes, at)?;
        let cue = found.values.first().and_then(|value| self.rows.get(*value as usize))?;
        Some((cue, found.end))
    }

    pub(crate) fn read(&mut self, table: &Table<'_>, starts: &mut Starts) -> Result<(), Error> {
        for row in table.rows() {
            let relation = match row.required("relation")? {
                "none" => None,
                code => Some(
                    Relation::from_code(code)
                        .ok_or_else(|| row.error("relation", format!("unknown relation `{code}`")))?,
                ),
            };
            let voice = match row.get("voice") {
                "" | "active" => Voice::Active,
                "passive" => Voice::Passive,
                "inverted" => Voice::Inverted,
                "issued" => Voice::Issued,
                "none" => Voice::None,
                other => return Err(row.error("voice", format!("unknown voice `{other}`"))),
            };
            let scope = match row.get("scope") {
                "" | "any" => CueScope::Any,
                "line" => CueScope::Line,
                "clause" => CueScope::Clause,
                "subject" => CueScope::Subject,
                "adjacent" => CueScope::Adjacent,
                other => return Err(row.error("scope", format!("unknown scope `{other}`"))),
            };
            let act = match row.get("act") {
                "" => None,
                code => Some(Act::from_code(code).ok_or_else(|| row.error("act", format!("unknown act `{code}`")))?),
            };
            let extent = match row.get("extent") {
                "" => None,
                code => Some(
                    Extent::from_code(code).ok_or_else(|| row.error("extent", format!("unknown extent `{code}`")))?,
                ),
            };
            let value = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            let phrases = if scope == CueScope::Adjacent { &mut self.adjacent } else { &mut self.phrases };
            let pattern = row.required("pattern")?;
            let all = expand(pattern).map_err(|message| row.error("pattern", message))?;
            if relation.is_some_and(|relation| DERIVING.contains(&relation)) {
                for words in words(pattern).unwrap_or_else(|| all.iter().map(String::as_str).collect()) {
                    starts.insert_words(words, Set::Deriving);
                }
            }
            for phrase in all {
                phrases.insert(&phrase, value);
                if scope == CueScope::Adjacent {
                    continue;
                }
                starts.insert(&phrase, Set::Cue);
                if voice == Voice::Inverted {
                    starts.insert(&phrase, Set::PointingBack);
                }
                if relation.is_some_and(|relation| ACTING.contains(&relation)) {
                    starts.insert(&phrase, Set::Acting);
                }
                if relation == Some(Relation::Promulgates) {
                    starts.insert(&phrase, Set::Issuing);
                }
                if relation.is_some_and(|relation| DERIVING.contains(&relation)) {
                    self.deriving.insert(&phrase);
                }
            }
            self.rows.push(Cue { id: row.required("id")?.into(), relation, voice, scope, act, extent });
        }
        Ok(())
    }

    /// A cue of one of [`DERIVING`] may begin with a word that opens so.
    #[inline]
    pub(crate) fn may_derive(&self, opening: Opening) -> bool {
        self.deriving.may_hold(opening)
    }

    #[inline]
    pub(crate) fn at(&self, bytes: &[u8], at: usize, opening: Opening) -> Option<(&Cue, usize)> {
        let found = self.phrases.longest_opening(bytes, at, opening)?;
        let cue = found.values.first().and_then(|value| self.rows.get(*value as usize))?;
        Some((cue, found.end))
    }
}

/// No row may spell more phrases than this.
const MOST: usize = 2000;

/// The words of a pattern; none where a bracket stands inside one. Its phrases are thousands, and have the same words.
fn words(pattern: &str) -> Option<Vec<&str>> {
    let words = pattern.split([' ', '|']).map(|word| word.trim_start_matches(['(', '[']).trim_end_matches([')', ']']));
    words.map(|word| Some(word).filter(|word| !word.contains(['(', ')', '[', ']']))).collect()
}

/// The phrases of a pattern: `a [b] (c|d)` → `a c`, `a d`, `a b c`, `a b d`.
fn expand(pattern: &str) -> Result<Vec<String>, String> {
    let mut rest = pattern;
    let phrases = alternatives(&mut rest, None)?;
    if rest.is_empty() { Ok(phrases) } else { Err(format!("`{rest}` is left over")) }
}

fn alternatives(rest: &mut &str, close: Option<char>) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    let mut current = vec![String::new()];
    loop {
        let Some(c) = rest.chars().next() else {
            if let Some(close) = close {
                return Err(format!("`{close}` is missing"));
            }
            break;
        };
        *rest = rest.get(c.len_utf8()..).unwrap_or("");
        match c {
            '(' | '[' => {
                let mut inner = alternatives(rest, Some(if c == '(' { ')' } else { ']' }))?;
                if c == '[' {
                    inner.push(String::new());
                }
                if current.len() * inner.len() > MOST {
                    return Err(format!("more than {MOST} phrases"));
                }
                current =
                    current.iter().flat_map(|head| inner.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            ')' | ']' if close == Some(c) => break,
            ')' | ']' => return Err(format!("`{c}` without its opening bracket")),
            '|' => all.append(&mut std::mem::replace(&mut current, vec![String::new()])),
            c => current.iter_mut().for_each(|phrase| phrase.push(c)),
        }
    }
    all.append(&mut current);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{expand, words};

    #[test]
    fn patterns_expand_to_phrases() {
        assert_eq!(expand("a [b ](c|d)").unwrap(), ["a b c", "a b d", "a c", "a d"]);
        assert_eq!(expand("a|b").unwrap(), ["a", "b"]);
        assert_eq!(words("a [b (c|d)]").unwrap(), ["a", "b", "c", "d"]);
        assert_eq!(words("a(b|c)"), None);
        assert_eq!(expand("a (b").unwrap_err(), "`)` is missing");
        assert_eq!(expand("a ]b").unwrap_err(), "`]` without its opening bracket");
    }
}

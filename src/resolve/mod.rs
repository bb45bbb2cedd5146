//! Inside one document: who issued what, lists that share a part, whose provisions these are, what `này`,
//! `nêu trên` and aliases mean, which mentions are one document, and how documents are related.
//!
//! Reads the plain data of `parse`, and calls its local productions at places that only the document decides.

mod aliases;
mod amending;
mod back;
mod blocks;
mod carrying;
mod clause_dates;
mod clauses;
mod effect;
mod emit;
mod gaps;
mod identity;
mod issuers;
mod laws;
mod leading;
mod lists;
mod names;
mod own;
mod own_issuer;
mod owners;
mod position;
mod possible;
mod relations;
mod sentence;
mod shared;
mod signature;
mod title_scope;
mod titles;

use crate::lexicon::Lexicon;
use crate::model::{DocType, IssuerId, PartialDate, PlaceId, Provision, Unit};
use crate::parse::{Mention, ProvisionRun};
use crate::span::Span;
use compact_str::CompactString;

pub(crate) use blocks::{Block, amending_blocks};
pub(crate) use clause_dates::{ClauseDate, clause_dates};
pub(crate) use effect::{EffectFound, effects, own_effect};
pub(crate) use identity::{DocEntry, identify};
pub(crate) use issuers::attach_issuers;
pub(crate) use own::{Own, read_own};
pub(crate) use owners::{attach_provisions, target_of_run};
pub(crate) use position::{all_resolved, resolved};
pub(crate) use relations::{RelationFound, find_relations};
pub(crate) use sentence::{after_numbering, sentence_start};
pub(crate) use titles::find_titles;

/// What the parse pass read from a text, in positions of the normalised text.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub mentions: Vec<Mention>,
    pub runs: Vec<RunAt>,
    pub headings: Vec<Heading>,
    pub aliases: Vec<AliasText>,
}

/// A run of provisions.
#[derive(Debug, Clone)]
pub(crate) struct RunAt {
    pub span: Span,
    /// The amending verb at the head of its line.
    pub amending: Option<Span>,
    pub run: ProvisionRun,
}

/// A unit that begins.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    pub at: usize,
    pub unit: Unit,
    pub label: CompactString,
}

/// `gọi tắt là X`: where the phrase stands, and X.
#[derive(Debug, Clone)]
pub(crate) struct AliasText {
    pub at: usize,
    pub text: Span,
    /// `gọi chung là`: all documents that stand together have the name.
    pub group: bool,
}

/// A body named for a mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IssuerAt {
    pub span: Option<Span>,
    pub id: Option<IssuerId>,
    pub place: Option<PlaceId>,
    pub code: Option<CompactString>,
}

/// What a mention resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Means {
    Own,
    Entry(u32),
    #[default]
    Nothing,
}

/// A mention with what the document adds to it.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub m: Mention,
    pub issuers: Vec<IssuerAt>,
    /// End of the mention with issuer and what belongs to it.
    pub end: usize,
    /// The title that follows it.
    pub title: Option<Span>,
    /// A date stated apart from it (`… của X ngày D`), with its span.
    pub far_date: Option<(crate::parse::DateRead, Span)>,
    pub effective: Option<PartialDate>,
    /// A plain statement of such a date after it, where that has been read.
    pub effect: Option<(PartialDate, Span)>,
    pub provisions: Vec<Provision>,
    /// Where the provisions that belong to it begin.
    pub from: usize,
    pub means: Means,
    pub means_all: Vec<u32>,
    pub candidates: Vec<u32>,
    /// Acts of the law table it may be.
    pub law_candidates: Vec<crate::lexicon::LawId>,
    /// Those of `provisions` that only say where an inserted one goes.
    pub anchors: Vec<Provision>,
    /// Provisions that an exception takes out.
    pub except: Vec<Provision>,
    pub unresolved: Option<crate::model::Unresolved>,
    /// It is the document's own header.
    pub is_header: bool,
    /// The type it has in a list of one type word.
    pub inherits: bool,
    pub confidence: f32,
}

impl Item {
    fn new(m: Mention) -> Self {
        let (from, end) = (m.core.start as usize, m.core.end as usize);
        Self {
            m,
            issuers: Vec::new(),
            end,
            title: None,
            far_date: None,
            effective: None,
            effect: None,
            provisions: Vec::new(),
            from,
            means: Means::Nothing,
            means_all: Vec::new(),
            candidates: Vec::new(),
            law_candidates: Vec::new(),
            anchors: Vec::new(),
            except: Vec::new(),
            unresolved: None,
            is_header: false,
            inherits: false,
            confidence: 1.0,
        }
    }

    pub(crate) fn doc_type(&self) -> Option<DocType> {
        self.m.doc_type
    }

    /// The date stated for it, near or far.
    pub(crate) fn date(&self) -> Option<PartialDate> {
        self.m
            .date
            .as_ref()
            .or(self.far_date.as_ref())
            .and_then(|(read, _)| read.value)
            .or(self.m.year.map(PartialDate::year))
    }
}

/// The document while it is resolved.
pub(crate) struct Work<'a> {
    pub lexicon: &'a Lexicon,
    pub bytes: &'a [u8],
    pub items: Vec<Item>,
    pub runs: Vec<RunAt>,
    pub headings: Vec<Heading>,
    pub aliases: Vec<AliasText>,
    pub blocks: Vec<Block>,
    pub own: Own,
    pub entries: Vec<DocEntry>,
    /// The text is a title, given with a record.
    pub title_only: bool,
    /// Hash of the source, for keys that lack a component.
    pub source: u64,
}

impl<'a> Work<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon, bytes: &'a [u8], reading: Reading, source: u64) -> Self {
        Self {
            lexicon,
            bytes,
            items: reading.mentions.into_iter().map(Item::new).collect(),
            runs: reading.runs,
            headings: reading.headings,
            aliases: reading.aliases,
            blocks: Vec::new(),
            own: Own::default(),
            entries: Vec::new(),
            title_only: false,
            source,
        }
    }

    /// The place lies in the title of the document itself, whose verbs are the document's own.
    pub(crate) fn in_own_title(&self, at: usize) -> bool {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.title_only || self.own.title.is_some_and(|title| title.start <= at && at < title.end)
    }

    /// The words of a span of the normalised text.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        text(self.bytes, span)
    }

    /// The same with spaces folded.
    pub(crate) fn folded(&self, span: Span) -> String {
        folded(self.bytes, span)
    }
}

fn text(bytes: &[u8], span: Span) -> &str {
    bytes.get(span.range()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
}

/// The words of a span of `bytes`, spaces folded.
pub(crate) fn folded(bytes: &[u8], span: Span) -> String {
    fold_spaces(text(bytes, span))
}

/// Nothing but single spaces between words. White space that is not ASCII begins with bytes that in this language begin
/// marks and rare letters only, or else is one sign.
fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if matches!((before, byte), (b' ', b' ') | (0xE1, 0x9A) | (_, b'\t'..=b'\r' | 0xC2 | 0xE2 | 0xE3)) {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Runs of white space become one space; none at the ends.
pub(crate) fn fold_spaces(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

//! Mentions that start with a type word: what follows it, tried in the order of the grammar.

use super::act::act;
use super::input::{Grammar, Next, after_space, position, starts_upper, tail};
use super::law::LawName;
use super::named::{may_be_work, session, standard, treaty, work};
use super::numbered::{numbered, placeholder};
use super::symbol::Symbol;
use super::{DateRead, Trace};
use crate::lexicon::{Role, Roles, TypeClass};
use crate::model::DocType;
use crate::span::Span;
use compact_str::CompactString;

/// What identifies the document of a mention.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Identifier {
    Symbol(Symbol),
    /// A number without code, with the year where `46/2016` or `147 2026` gives it.
    Number {
        text: CompactString,
        year: Option<i16>,
    },
    /// An act by its year alone: `Pháp lệnh 1993`.
    Year,
    /// The name of an act, possibly with its symbol.
    Law {
        name: Option<LawName>,
        symbol: Option<Symbol>,
        corrupt: bool,
    },
    /// An acronym that stands for an act; index of the alias row.
    Acronym(u32),
    /// A short name that the text itself has given; index of its definition.
    Alias(u32),
    /// The title of a work.
    Work {
        quoted: bool,
    },
    /// A resolution of a plenum, congress or conference by its number or title.
    Session {
        plenum: bool,
    },
    /// The present document.
    This,
    /// A document mentioned before.
    Back,
    /// A treaty, standard or judgment by name.
    Foreign,
    /// A blank to be filled in.
    Placeholder,
}

/// A mention as read, in positions of the normalised text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Mention {
    pub core: Span,
    pub doc_type: Option<DocType>,
    pub type_word: Option<Span>,
    /// The type word is an abbreviation.
    pub short_type: bool,
    pub plural: bool,
    pub identifier: Identifier,
    /// Of symbol or number.
    pub symbol: Option<Span>,
    /// Of name or title.
    pub name: Option<Span>,
    pub date: Option<(DateRead, Span)>,
    /// A bare year after a name.
    pub year: Option<i16>,
}

/// The type word a mention starts with.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    /// Start of the type word, and where it ends.
    pub at: usize,
    pub end: usize,
    pub doc_type: DocType,
    pub short: bool,
    /// What stands before it: looked at only where something after it may make a mention of it.
    pub before: &'a dyn Fn() -> Before,
}

/// What stands before a type word.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Before {
    pub plural: bool,
    /// The word before announces a work: `ban hành`, `phê duyệt`.
    pub announced: bool,
    /// A quotation mark opens.
    pub quoted: bool,
    /// Nothing but the head of a line or sentence stands before.
    pub heads_sentence: bool,
    /// Where `Bản` stands, of `Bản hướng dẫn`.
    pub edition: Option<usize>,
}

/// A type word and what stands after it.
pub(super) struct Site<'a> {
    pub g: &'a Grammar<'a>,
    /// The whole text, and the rest of it after the type word.
    pub bytes: &'a [u8],
    pub i: &'a [u8],
    pub head: Head<'a>,
    pub class: TypeClass,
    /// The type word starts with a capital.
    pub title_case: bool,
    /// What its first bytes tell of the word after it.
    pub next: Next,
}

/// A continuation of a type word.
struct Production {
    name: &'static str,
    /// Fills the mention and gives the end of its core; what fails has filled nothing.
    read: fn(&Site<'_>, &mut Mention) -> Option<usize>,
    /// It begins with a word of these roles, or with what is of one of these kinds: elsewhere `read` can only fail. Most
    /// words after a type word begin nothing.
    roles: Roles,
    kinds: u8,
    /// What must hold besides.
    allowed: Option<fn(&Site<'_>) -> bool>,
}

impl Production {
    const fn of(name: &'static str, read: fn(&Site<'_>, &mut Mention) -> Option<usize>) -> Self {
        Self { name, read, roles: Roles::of(&[]), kinds: 0, allowed: None }
    }
}

/// Kinds of what stands after a type word: a number or the word before one; a word; a quotation mark or colon; anything;
/// anything where the type word names an act by itself.
const NUMBER: u8 = 1;
const WORD: u8 = 1 << 1;
const TITLE: u8 = 1 << 2;
const ANY: u8 = 1 << 3;
const NAMELESS: u8 = 1 << 4;

fn kinds(doc_type: DocType, next: Next) -> u8 {
    ANY | if next.numbers { NUMBER } else { 0 }
        | if next.is_word() { WORD } else { 0 }
        | if matches!(next.first, b'"' | b':') { TITLE } else { 0 }
        | if doc_type == DocType::HienPhap { NAMELESS } else { 0 }
}

/// A type word and what identifies the document after it; the class of the type decides what is tried.
///
/// ```ebnf
/// mention = type_word , ( this | back | act | numbered | placeholder | session | work | treaty
///     | standard ) ;
/// ```
pub(crate) fn mention(g: &Grammar<'_>, bytes: &[u8], head: Head<'_>, trace: &mut impl Trace) -> Option<Mention> {
    let class = g.lexicon.type_class(head.doc_type);
    let i = tail(bytes, head.end);
    let next = Next::at(g, after_space(i));
    let title_case = starts_upper(tail(bytes, head.at));
    let kinds = kinds(head.doc_type, next);
    let site = Site { g, bytes, i, head, class, title_case, next };
    let mut filled = None;
    for production in productions(class) {
        let begins = next.roles.meets(production.roles) || kinds & production.kinds != 0;
        if !begins || production.allowed.is_some_and(|allowed| !allowed(&site)) {
            trace.tried(production.name, None);
            continue;
        }
        let m = filled.get_or_insert_with(|| Mention {
            core: Span::at(head.at, head.end),
            doc_type: Some(head.doc_type),
            type_word: Some(Span::at(head.at, head.end)),
            short_type: head.short,
            plural: false,
            identifier: Identifier::This,
            symbol: None,
            name: None,
            date: None,
            year: None,
        });
        let end = (production.read)(&site, m);
        trace.tried(production.name, end.map(|end| Span::at(head.at, end)));
        if let Some(end) = end {
            m.core = Span::at(head.at, end);
            m.plural = (head.before)().plural;
            // an abbreviation with `này` names nothing
            let named = !(head.short && matches!(m.identifier, Identifier::This | Identifier::Back));
            return filled.filter(|_| named);
        }
    }
    None
}

const THIS: Production =
    Production { roles: Roles::of(&[Role::Adjective, Role::This]), ..Production::of("this", this) };
const BACK: Production =
    Production { roles: Roles::of(&[Role::Adjective, Role::Back]), ..Production::of("back", back) };
const ACT: Production = Production { kinds: WORD | NUMBER | NAMELESS, ..Production::of("act", act) };
const NUMBERED: Production = Production { kinds: NUMBER, ..Production::of("numbered", numbered) };
const PLACEHOLDER: Production =
    Production { roles: Roles::of(&[Role::Number]), ..Production::of("placeholder", placeholder) };
const SESSION: Production =
    Production { roles: Roles::of(&[Role::Plenum, Role::Congress]), ..Production::of("session", session) };
const WORK: Production = Production { kinds: WORD | TITLE, allowed: Some(may_be_work), ..Production::of("work", work) };
const STANDARD: Production = Production { kinds: ANY, ..Production::of("standard", standard) };
const TREATY: Production = Production { kinds: ANY, ..Production::of("treaty", treaty) };

/// What can follow a type word, in the order in which it is tried.
fn productions(class: TypeClass) -> &'static [Production] {
    match class {
        TypeClass::Law => &[THIS, BACK, ACT],
        TypeClass::Standard => &[THIS, BACK, STANDARD],
        TypeClass::Private => &[THIS, BACK],
        TypeClass::Treaty | TypeClass::Agreement => &[THIS, BACK, TREATY],
        _ => &[THIS, BACK, NUMBERED, PLACEHOLDER, SESSION, WORK],
    }
}

/// `Luật này`, `Chương trình quan trọng này`.
///
/// ```ebnf
/// this = [ adjective_word ] , this_word ;
/// ```
fn this(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let next = after_space(site.i);
    let this = |at| site.g.role(at, &[Role::This]);
    let after = || site.g.role(next, &[Role::Adjective]).map(after_space).and_then(this);
    let rest = this(next).or_else(after)?;
    m.identifier = Identifier::This;
    Some(position(site.bytes, rest))
}

/// `Nghị định nêu trên`.
///
/// ```ebnf
/// back = { adjective_word } , ( back_word - bound_word ) ;
/// ```
fn back(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let mut at = after_space(site.i);
    for _ in 0..2 {
        let Some(rest) = site.g.role(at, &[Role::Adjective]) else { break };
        at = after_space(rest);
    }
    // `Đề án trên phạm vi cả nước`: a preposition
    let rest = site.g.role(at, &[Role::Back]).filter(|_| site.g.role(at, &[Role::Bound]).is_none())?;
    m.identifier = Identifier::Back;
    Some(position(site.bytes, rest))
}

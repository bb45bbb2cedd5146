//! The local grammar: nom parsers anchored at one place. Each production of `grammar/citation.ebnf` is one
//! function of this room. Nothing here knows another mention, a sentence or a document.

mod act;
mod bare;
mod date;
mod effect;
mod input;
mod issuer;
mod label;
mod law;
mod mention;
mod named;
mod numbered;
mod provision;
mod symbol;
mod symbol_class;
mod symbol_spaced;
mod trace;
mod work;

pub(crate) use act::year_after;
pub(crate) use bare::bare;
pub(crate) use date::{DateRead, Fault, after_footnote, date, effective_date};
pub(crate) use effect::{Begins, after_comma, day, effect, since, until};
pub(crate) use input::{Grammar, after_space, position, starts_upper, tail};
pub(crate) use issuer::{IssuerRead, issuer};
pub(crate) use law::LawName;
pub(crate) use mention::{Before, Head, Identifier, Mention, mention};
pub(crate) use provision::{ProvisionRun, UnitWord, Unwritten, provision_run};
pub(crate) use symbol::{Family, Symbol, symbol_here};
pub(crate) use trace::{Silent, Trace};

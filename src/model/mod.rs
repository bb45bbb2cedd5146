//! What a citation, document, issuer, provision, date, key and relation is: plain owned values.

mod citation;
mod date;
mod diagnostic;
mod doc_type;
mod document;
mod effect;
mod issuer;
mod key;
mod metadata;
mod provision;
mod relation;
mod unit;
mod unknown;

pub use citation::{Citation, Form, Parts, Target, Unresolved};
pub use date::PartialDate;
pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use doc_type::DocType;
pub use document::{Document, From, Origins, OwnDocument, Signer};
pub use effect::EffectMention;
pub use issuer::{Issuer, IssuerId, PlaceId};
pub use key::Key;
pub use metadata::Metadata;
pub use provision::Provision;
pub use relation::{Act, Extent, Mood, Node, Relation, RelationMention};
pub use unit::Unit;
pub use unknown::{Unknown, UnknownKind};

/// Declares an enum over the closed set of codes of a table, with both directions.
macro_rules! closed_set {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every value, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// How many values there are.
            pub const COUNT: u8 = {
                let mut count = 0;
                $(let _ = Self::$variant; count += 1;)*
                count
            };

            /// The code used on the wire and in the tables.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The value of a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
    };
}
pub(crate) use closed_set;

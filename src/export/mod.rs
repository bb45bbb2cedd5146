//! The wire format `viendan/1`: the only room that names JSON keys.

mod card;
mod dot;
mod hit;
mod list;
mod text;
mod validity;
mod wire;
mod work;

pub use card::WireCard;
pub use dot::Dot;
pub use hit::WireHit;
pub use list::{WireCount, WireMatch};
pub use text::WireText;
pub use validity::{WireChanges, WireValidity};
pub use wire::{SCHEMA, WireDocument};
pub use work::WireWork;

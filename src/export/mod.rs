//! The wire format `viendan/1`: the only room that names JSON keys.

mod hit;
mod text;
mod wire;
mod work;

pub use hit::WireHit;
pub use text::WireText;
pub use wire::{SCHEMA, WireDocument};
pub use work::WireWork;

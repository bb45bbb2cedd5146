//! The statements of effect of a text, with their places in the source.

use super::Extraction;
use super::assemble::node;
use crate::model::{Diagnostic, DiagnosticCode, EffectMention, From, PartialDate};
use crate::resolve::EffectFound;
use crate::text::Normalized;

/// Adds the statements, and the own date of effect. Metadata goes before the text; where they differ it is said.
pub(super) fn add_effects(
    extraction: &mut Extraction<'_>,
    normalized: &Normalized<'_>,
    effects: Vec<EffectFound>,
    own: Option<(PartialDate, From)>,
) {
    extraction.effects = effects
        .into_iter()
        .filter_map(|found| {
            Some(EffectMention {
                document: node(found.document)?,
                extent: found.extent,
                provisions: found.provisions,
                except: found.except,
                begins: found.begins,
                with: found.with.and_then(node),
                until: found.until,
                from: found.from,
                evidence: normalized.to_source(found.evidence),
            })
        })
        .collect();
    let document = &mut extraction.document;
    match (document.effective, own) {
        (Some(given), Some((read, _))) if !given.agrees(read) => {
            let place = extraction.effects.iter().find(|effect| effect.begins == Some(read));
            extraction.diagnostics.push(Diagnostic::new(
                DiagnosticCode::MetadataConflict,
                place.map(|effect| effect.evidence).unwrap_or_default(),
                format!("effective: the text has `{read}`, the metadata `{given}`"),
            ));
        }
        (None, Some((read, from))) => {
            document.effective = Some(read);
            document.effective_from = Some(from);
        }
        _ => {}
    }
}

//! Extraction: any bytes are read or refused with the place; every place that is named lies in the text, between
//! characters; every index points to something; what comes after extraction takes whatever it gives.

use super::shape::spans;
use std::sync::LazyLock;
use viendan::{CitationGraph, Corpus, ErrorKind, Extraction, Extractor, Node, Target, WireDocument};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The laws, for any bytes.
pub fn holds(bytes: &[u8]) {
    let read = EXTRACTOR.extract_bytes(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            read.expect("a short text in UTF-8 is read");
            text_holds(&EXTRACTOR, text);
        }
        Err(wrong) => {
            let error = read.expect_err("no UTF-8");
            assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
            assert_eq!(error.to_string(), format!("byte {}: not valid UTF-8", wrong.valid_up_to()));
            // the letters that are left are a text all the same
            text_holds(&EXTRACTOR, &String::from_utf8_lossy(bytes));
        }
    }
}

/// The laws, for a text read with any tables.
pub(crate) fn text_holds(extractor: &Extractor, text: &str) {
    let found = extractor.extract(text).expect("a short text is read");
    for (what, span) in spans(&found) {
        assert!(text.get(span.range()).is_some(), "{what} {span:?} is no stretch of {text:?}");
    }
    indices_hold(&found);
    for c in &found.citations {
        assert!(c.span.contains(c.core), "{:?} does not hold its core {:?} in {text:?}", c.span, c.core);
        assert!(!c.core.is_empty(), "a mention of no words in {text:?}");
    }
    let order = |(a, b): (&viendan::Citation, &viendan::Citation)| a.core.start <= b.core.start;
    assert!(found.citations.iter().zip(found.citations.iter().skip(1)).all(order), "out of order in {text:?}");
    let line = serde_json::to_string(&WireDocument::new(&found)).expect("every extraction has a line");
    serde_json::from_str::<serde_json::Value>(&line).expect("the line is JSON");
    let mut corpus = Corpus::new();
    corpus.add(&found);
    let _ = CitationGraph::from(corpus.resolve());
    explanations_hold(extractor, text);
}

fn indices_hold(found: &Extraction<'_>) {
    let exists = |index: u32| found.documents.get(index as usize).is_some();
    let node = |node: Node| !matches!(node, Node::Document(index) if !exists(index));
    let target = |target: Target| !matches!(target, Target::Document(index) if !exists(index));
    for c in &found.citations {
        assert!(c.targets.iter().chain(&c.candidates).all(|index| exists(*index)) && target(c.target), "{c:?}");
    }
    assert!(found.provisions.iter().all(|p| target(p.target)), "{:?}", found.provisions);
    for r in &found.relations {
        assert!(node(r.source) && node(r.target) && r.effective_with.is_none_or(node), "{r:?}");
        assert!(r.citation.is_none_or(|index| found.citations.get(index as usize).is_some()), "{r:?}");
        assert_ne!(r.source, r.target, "related to itself: {r:?}");
    }
    for e in &found.effects {
        assert!(node(e.document) && e.with.is_none_or(node), "{e:?}");
    }
}

/// Any byte can be asked about, also one in the middle of a letter.
fn explanations_hold(extractor: &Extractor, text: &str) {
    for at in [0, text.len() / 3, text.len() / 2, text.len().saturating_sub(1)] {
        let Ok(explanation) = extractor.explain(text, at) else {
            assert!(text.is_empty(), "byte {at} of {text:?}");
            continue;
        };
        for anchor in explanation.anchors {
            let matched = anchor.tried.iter().filter_map(|tried| tried.matched);
            for span in matched.chain([anchor.span]) {
                assert!(text.get(span.range()).is_some(), "anchor {span:?} is no stretch of {text:?}");
            }
        }
    }
    assert!(extractor.explain(text, text.len()).is_err(), "there is nothing after the end");
}

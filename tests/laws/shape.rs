//! What an extraction says, in forms that can be checked and compared.

use viendan::{Extraction, Node, Span, Target};

/// Every place that an extraction names, with what it is.
pub(crate) fn spans(found: &Extraction<'_>) -> Vec<(&'static str, Span)> {
    let mut out = Vec::new();
    let mut some = |what: &'static str, span: Option<Span>| out.extend(span.map(|span| (what, span)));
    some("header", found.document.header);
    for c in &found.citations {
        some("span", Some(c.span));
        some("core", Some(c.core));
        some("type", c.parts.doc_type);
        some("symbol", c.parts.symbol);
        some("name", c.parts.name);
        some("date", c.parts.date);
        some("issuer", c.parts.issuer);
        some("title", c.parts.title);
        for issuer in &c.issuers {
            some("one issuer", issuer.text);
        }
    }
    for p in &found.provisions {
        some("provisions", Some(p.span));
    }
    for r in found.relations.iter().filter(|r| !r.in_title) {
        some("cue", r.cue);
        some("evidence", Some(r.evidence));
    }
    for e in &found.effects {
        some("effect", Some(e.evidence));
    }
    for d in &found.diagnostics {
        some("diagnostic", Some(d.span));
    }
    out
}

/// The same stretch, further on.
pub(crate) fn shifted(span: Span, by: u32) -> Span {
    Span::new(span.start + by, span.end + by)
}

/// What was found where, as lines of text, each with where it begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<(u32, String)>);

impl Places {
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn sorted(mut self) -> Self {
        self.0.sort();
        self
    }
}

/// Everything that an extraction found, with documents by key and places moved by `by`.
pub(crate) fn places(found: &Extraction<'_>, by: u32) -> Places {
    let key = |index: u32| found.documents.get(index as usize).map_or("?", |d| d.key.as_str());
    let node = |node: Node| match node {
        Node::Own => "self",
        Node::Document(index) => key(index),
    };
    let at = |span: Span| shifted(span, by);
    let mut out = Vec::new();
    for c in &found.citations {
        let target = match c.target {
            Target::Own => "self",
            Target::Document(index) => key(index),
            Target::None => "none",
        };
        let parts = [c.parts.doc_type, c.parts.symbol, c.parts.name, c.parts.date, c.parts.issuer, c.parts.title];
        let words = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {target} {:?} {:?}",
            c.form,
            at(c.core),
            parts.map(|part| part.map(at)),
            c.doc_type,
            c.symbol,
            c.date,
            c.provisions,
            c.targets.iter().map(|index| key(*index)).collect::<Vec<_>>(),
            c.unresolved,
        );
        out.push((at(c.span).start, words));
    }
    for p in &found.provisions {
        out.push((at(p.span).start, format!("{:?} {:?} {:?}", at(p.span), p.provisions, p.target == Target::Own)));
    }
    for r in &found.relations {
        let words = format!(
            "{} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            node(r.source),
            r.relation,
            node(r.target),
            r.cue.map(at),
            at(r.evidence),
            r.provisions,
            r.mood,
            r.extent,
            r.effective,
            r.effective_with.map(node),
            r.effective_open,
            r.until,
        );
        out.push((at(r.evidence).start, words));
    }
    for e in &found.effects {
        let days = (e.begins, e.with.map(node), e.until, e.from);
        let words = format!("{} {:?} {:?} {:?} {days:?}", node(e.document), e.extent, e.provisions, e.except);
        out.push((at(e.evidence).start, words));
    }
    for d in &found.diagnostics {
        out.push((at(d.span).start, format!("{:?} {:?}", d.code, at(d.span))));
    }
    Places(out)
}

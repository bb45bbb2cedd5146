//! From what was resolved to the public extraction: the only place where positions of the normalised text become
//! spans of the source.

use super::{Extraction, ProvisionRef};
use crate::lexicon::{Lexicon, TypeClass};
use crate::model::{
    Citation, Diagnostic, DiagnosticCode, DocType, Document, Extent, Form, From, Issuer, Node, Origins, OwnDocument,
    Parts, RelationMention, Target, Unresolved,
};
use crate::parse::{Fault, Identifier};
use crate::resolve::{ClauseDate, IssuerAt, Item, Means, RelationFound, Work, all_resolved, folded, target_of_run};
use crate::span::Span;
use crate::text::Normalized;
use std::sync::Arc;

/// Builds the extraction.
pub(super) fn assemble<'t>(
    lexicon: &Arc<Lexicon>,
    text: &'t str,
    normalized: &Normalized<'_>,
    mut work: Work<'_>,
    relations: Vec<RelationFound>,
    dates: &[ClauseDate],
) -> Extraction<'t> {
    // what provisions mean is asked of the mentions, so they come first, and what the mentions own is taken then
    let provisions = provisions(&work, normalized);
    let mut extraction = Extraction {
        text,
        source: None,
        document: own(&work, normalized),
        citations: Vec::with_capacity(work.items.len()),
        provisions,
        relations: Vec::with_capacity(relations.len()),
        effects: Vec::new(),
        documents: Vec::with_capacity(work.entries.len()),
        diagnostics: Vec::new(),
        lexicon: Arc::clone(lexicon),
    };
    // the header is the document itself, not a citation
    let mut headers = Vec::new();
    for (index, item) in work.items.iter_mut().enumerate() {
        if item.is_header {
            headers.push(index);
            continue;
        }
        diagnose(&mut extraction.diagnostics, work.bytes, normalized, item);
        extraction.citations.push(citation(work.lexicon, normalized, item));
    }
    documents(&mut extraction, &mut work, normalized);
    for run in &work.runs {
        for except in &run.run.except {
            extraction.diagnostics.push(Diagnostic::new(
                DiagnosticCode::RangeExcept,
                normalized.to_source(run.span),
                except.to_string(),
            ));
        }
        if run.run.broken {
            extraction.diagnostics.push(Diagnostic::new(
                DiagnosticCode::BrokenList,
                normalized.to_source(run.span),
                "the list is longer than is read in one piece",
            ));
        }
    }
    for (found, date) in relations.into_iter().zip(dates) {
        let citation = (found.item < work.items.len()).then(|| citation_of(&headers, found.item)).flatten();
        extraction.relations.extend(relation(normalized, citation, found, *date));
    }
    extraction
}

/// The number of the citation that a mention became; none for a header. `headers` are those mentions, in text order.
fn citation_of(headers: &[usize], item: usize) -> Option<u32> {
    match headers.binary_search(&item) {
        Ok(_) => None,
        Err(before) => u32::try_from(item - before).ok(),
    }
}

/// The provisions at document level.
fn provisions(work: &Work<'_>, normalized: &Normalized<'_>) -> Vec<ProvisionRef> {
    let runs = work.runs.iter();
    runs.map(|run| ProvisionRef {
        span: normalized.to_source(run.span),
        resolved: all_resolved(work, &run.run.provisions, run.span.start as usize),
        provisions: run.run.provisions.clone(),
        target: target(target_of_run(work, run)),
    })
    .collect()
}

fn target(means: Means) -> Target {
    match means {
        Means::Own => Target::Own,
        Means::Entry(entry) => Target::Document(entry),
        Means::Nothing => Target::None,
    }
}

pub(super) fn node(means: Means) -> Option<Node> {
    match means {
        Means::Own => Some(Node::Own),
        Means::Entry(entry) => Some(Node::Document(entry)),
        Means::Nothing => None,
    }
}

fn issuer(normalized: &Normalized<'_>, issuer: &IssuerAt) -> Issuer {
    Issuer {
        text: issuer.span.map(|span| normalized.to_source(span)),
        id: issuer.id,
        code: issuer.code.clone().filter(|_| issuer.id.is_none()),
        place: issuer.place,
    }
}

/// Full, short, named …: how it is mentioned.
fn form(lexicon: &Lexicon, item: &Item) -> Form {
    let class = item.doc_type().map(|doc_type| lexicon.type_class(doc_type));
    match &item.m.identifier {
        Identifier::This => Form::This,
        Identifier::Back => Form::Back,
        Identifier::Number { .. } | Identifier::Acronym(_) | Identifier::Alias(_) | Identifier::Year => Form::Short,
        Identifier::Symbol(symbol) if symbol.family == crate::parse::Family::NumberYear => Form::Short,
        Identifier::Symbol(_) if class == Some(TypeClass::Judgment) => Form::Judgment,
        Identifier::Symbol(_) | Identifier::Law { .. } | Identifier::Placeholder => Form::Full,
        Identifier::Work { .. } => Form::Named,
        Identifier::Session { plenum: true } => Form::Short,
        Identifier::Session { plenum: false } => Form::Named,
        Identifier::Foreign => match class {
            Some(TypeClass::Standard) => Form::Standard,
            Some(TypeClass::Judgment) => Form::Judgment,
            Some(class) if class.is_treaty() => Form::Treaty,
            _ => Form::Other,
        },
    }
}

/// The citation of a mention, whose lists it takes.
fn citation(lexicon: &Lexicon, normalized: &Normalized<'_>, item: &mut Item) -> Citation {
    let source = |span: Span| normalized.to_source(span);
    let (symbol, number, year) = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            (Some(symbol.text.clone()).filter(|_| !symbol.range), Some(symbol.number.clone()), symbol.year)
        }
        Identifier::Number { text, year: Some(year) } => {
            (Some(compact_str::format_compact!("{text}/{year}")), Some(text.clone()), Some(*year))
        }
        Identifier::Number { text, year: None } => (None, Some(text.clone()), None),
        _ => (None, None, item.m.year),
    };
    let date_span = item.m.date.or(item.far_date);
    // the closing quotation mark of a title is outside
    let whole = Span::at(item.from, item.end.max(item.m.core.end as usize));
    let whole = item.title.map_or(whole, |title| whole.cover(title));
    let year = year.or_else(|| item.date().map(crate::model::PartialDate::the_year));
    let doc_type = match item.doc_type() {
        // `văn bản số …` takes the type of its code, else that of a letter
        Some(DocType::VanBan) if symbol.is_some() || number.is_some() => match &item.m.identifier {
            Identifier::Symbol(symbol) => symbol.doc_type.or(Some(DocType::CongVan)),
            _ => Some(DocType::CongVan),
        },
        Some(DocType::VanBan) => None,
        None => match &item.m.identifier {
            Identifier::Acronym(alias) => Some(lexicon.laws_of_acronym(*alias).0),
            _ => None,
        },
        other => other,
    };
    let date = match &item.m.identifier {
        Identifier::Acronym(_) => None,
        _ => item.date(),
    };
    Citation {
        form: form(lexicon, item),
        span: source(whole),
        core: source(item.m.core),
        parts: Parts {
            doc_type: item.m.type_word.map(source),
            symbol: item.m.symbol.map(source),
            name: item.m.name.map(source),
            date: date_span.map(|(_, span)| source(span)),
            issuer: item.issuers.iter().filter_map(|issuer| issuer.span).reduce(Span::cover).map(source),
            title: item.title.map(source),
        },
        doc_type,
        symbol,
        number,
        year,
        date,
        effective: item.effective,
        issuers: item.issuers.iter().map(|at| issuer(normalized, at)).collect(),
        provisions: std::mem::take(&mut item.provisions),
        target: target(item.means),
        targets: std::mem::take(&mut item.means_all),
        unresolved: if item.m.identifier == Identifier::Placeholder {
            Some(Unresolved::Placeholder)
        } else {
            item.unresolved
        },
        candidates: std::mem::take(&mut item.candidates),
        confidence: item.confidence,
    }
}

fn diagnose(out: &mut Vec<Diagnostic>, bytes: &[u8], normalized: &Normalized<'_>, item: &Item) {
    let words = |span| folded(bytes, span);
    let mut push =
        |code, span: Span, message: String| out.push(Diagnostic::new(code, normalized.to_source(span), message));
    if let Some((read, span)) = item.m.date.or(item.far_date) {
        match read.fault {
            Some(Fault::Malformed) => {
                push(DiagnosticCode::MalformedDate, span, format!("`{}` is no readable date", words(span)));
            }
            Some(Fault::Impossible) => {
                push(DiagnosticCode::ImpossibleDate, span, format!("`{}` is in no calendar", words(span)));
            }
            _ => {}
        }
        if let Identifier::Symbol(symbol) = &item.m.identifier
            && let (Some(year), Some(date)) = (symbol.year, read.value)
            && year != date.the_year()
        {
            push(DiagnosticCode::DateConflict, span, format!("the symbol says {year}, the date {date}"));
        }
    }
    match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
            let at = item.m.symbol.unwrap_or(item.m.core);
            if symbol.repaired {
                push(DiagnosticCode::SymbolRepaired, at, format!("`{}` is read as `{}`", words(at), symbol.text));
            }
            if symbol.range {
                push(DiagnosticCode::BrokenList, at, format!("`{}` is a range of numbers", words(at)));
            }
            if let Some(code) = symbol.issuers.first().filter(|code| code.id.is_none()) {
                push(DiagnosticCode::UnknownIssuer, at, format!("no issuer has the code `{}`", code.code));
            }
        }
        Identifier::Law { corrupt: true, .. } => {
            push(DiagnosticCode::SymbolRepaired, item.m.core, "the number is damaged and was left out".to_owned());
        }
        Identifier::Placeholder => push(
            DiagnosticCode::Placeholder,
            item.m.core,
            format!("`{}` is a blank to be filled in", words(item.m.core)),
        ),
        _ => {}
    }
    if item.unresolved == Some(Unresolved::Ambiguous) {
        push(DiagnosticCode::Ambiguous, item.m.core, format!("`{}` can be several documents", words(item.m.core)));
    }
    if !item.law_candidates.is_empty() && item.unresolved.is_none() {
        push(
            DiagnosticCode::LooseCitation,
            item.m.core,
            format!("`{}` is not how the act is dated", words(item.m.core)),
        );
    }
    for except in &item.except {
        push(DiagnosticCode::RangeExcept, Span::at(item.from, item.m.core.end as usize), except.to_string());
    }
}

/// The documents mentioned, whose names are taken.
fn documents(extraction: &mut Extraction<'_>, work: &mut Work<'_>, normalized: &Normalized<'_>) {
    let (lexicon, bytes) = (work.lexicon, work.bytes);
    for entry in &mut work.entries {
        let issuers: Vec<Issuer> = entry.issuers.iter().map(|at| issuer(normalized, at)).collect();
        let stated = entry.issuers.iter().any(|issuer| issuer.span.is_some());
        let names = entry
            .issuers
            .iter()
            .zip(&issuers)
            .filter_map(|(at, issuer)| at.span.map(|span| folded(bytes, span)).or_else(|| lexicon.issuer_name(issuer)))
            .map(Into::into)
            .collect();
        let name = entry.name.take();
        extraction.documents.push(Document {
            key: entry.key.clone(),
            doc_type: entry.doc_type,
            symbol: entry.symbol.clone(),
            number: entry.number.clone().filter(|_| entry.symbol.is_none()),
            year: entry.year,
            date: entry.date.map(|(date, _)| date),
            effective: entry.law.and_then(|law| lexicon.law_row(law)).and_then(|law| law.effective),
            issuer_names: names,
            from: Origins {
                symbol: entry.symbol.as_ref().map(|_| entry.symbol_from),
                name: name.as_ref().map(|_| if entry.law.is_some() { From::LawTable } else { From::Text }),
                date: entry.date.map(|(_, from)| from),
                issuer: (!issuers.is_empty()).then_some(if stated { From::Text } else { From::Inferred }),
            },
            name: name.map(Into::into),
            issuers,
        });
    }
}

fn own(work: &Work<'_>, normalized: &Normalized<'_>) -> OwnDocument {
    let own = &work.own;
    let mut body = own.issuer.as_ref().map(|at| issuer(normalized, at));
    if let Some(body) = &mut body {
        body.place = body.place.or_else(|| {
            own.place.filter(|_| body.id.and_then(|id| work.lexicon.issuer(id)).is_some_and(|row| row.local))
        });
    }
    let text =
        own.issuer.as_ref().and_then(|at| at.span).map(|span| work.folded(span)).or_else(|| own.issuer_name.clone());
    let name = body.as_ref().and_then(|body| work.lexicon.issuer_name(body)).or_else(|| text.clone());
    OwnDocument {
        key: own.key.clone(),
        doc_type: own.doc_type,
        symbol: own.symbol.as_ref().map(|symbol| symbol.text.clone()),
        number: own.symbol.as_ref().map(|symbol| symbol.number.clone()).or_else(|| own.number.clone()),
        date: own.date,
        effective: own.effective,
        effective_from: own.effective.map(|_| From::Metadata),
        issuer: body,
        issuer_text: text,
        issuer_name: name,
        title: own.title_text.clone().or_else(|| own.title.map(|span| work.folded(span))),
        header: own.header.map(|span| normalized.to_source(span)),
        signer: own.signer.clone(),
        parent: None,
        from: if own.from_metadata { Some(From::Metadata) } else { own.doc_type.map(|_| From::Text) },
    }
}

fn relation(
    normalized: &Normalized<'_>,
    citation: Option<u32>,
    found: RelationFound,
    date: ClauseDate,
) -> Option<RelationMention> {
    Some(RelationMention {
        source: node(found.source)?,
        relation: found.relation,
        target: node(found.target)?,
        citation,
        cue: found.cue.map(|span| normalized.to_source(span)),
        evidence: normalized.to_source(found.evidence),
        provisions: found.provisions,
        source_provisions: found.source_provisions,
        mood: found.mood,
        // `X hết hiệu lực kể từ ngày …, trừ …`: not the whole of it
        extent: if date.excepting && found.extent == Extent::Whole { Extent::Part } else { found.extent },
        act: found.act,
        effective: date.effective,
        effective_with: date.with.and_then(node),
        effective_open: date.open,
        until: date.until,
        rule: found.rule,
        in_title: false,
    })
}

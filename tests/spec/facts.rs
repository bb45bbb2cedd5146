//! One line for each fact of an extraction, made from the wire format alone.
#![expect(clippy::indexing_slicing, reason = "a field that a JSON value lacks reads as null")]

use serde_json::Value;

/// The facts: the document, its citations, provisions, what is known from elsewhere, relations, diagnostics.
pub(crate) fn lines(wire: &Value, text: &str) -> Vec<String> {
    let reader = Reader { text };
    let mut out = Vec::new();
    out.extend(reader.document(&wire["document"]));
    for citation in items(&wire["citations"]) {
        reader.citation(citation, &mut out);
    }
    out.extend(items(&wire["provisions"]).map(|provisions| reader.provisions(provisions)));
    out.extend(items(&wire["documents"]).filter_map(known));
    out.extend(items(&wire["relations"]).map(|relation| reader.relation(relation)));
    out.extend(items(&wire["effects"]).map(|effect| reader.effect(effect)));
    for diagnostic in items(&wire["diagnostics"]) {
        out.push(format!("diagnostic {} {}", string(&diagnostic["code"]), quoted(reader.slice(&diagnostic["span"]))));
    }
    out
}

struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn slice(&self, span: &Value) -> &'t str {
        let offset = |at: usize| span[at].as_u64().and_then(|offset| usize::try_from(offset).ok());
        let range = offset(0).zip(offset(1)).map(|(start, end)| start..end);
        range.and_then(|range| self.text.get(range)).unwrap_or("?")
    }

    /// `document type=… symbol=… …`, when the text says anything of itself.
    fn document(&self, own: &Value) -> Option<String> {
        let mut line = "document".to_owned();
        for field in ["type", "symbol", "date", "effective"] {
            plain(&mut line, field, &own[field]);
        }
        if own["symbol"].is_null() {
            plain(&mut line, "number", &own["number"]);
        }
        issuer(&mut line, &own["issuer"]);
        plain_quoted(&mut line, "title", &own["title"]);
        plain_quoted(&mut line, "signer", &own["signer"]["name"]);
        plain_quoted(&mut line, "role", &own["signer"]["role"]);
        plain(&mut line, "capacity", &own["signer"]["capacity"]);
        plain_key(&mut line, "key", &own["key"]);
        plain_key(&mut line, "parent", &own["parent"]);
        (line != "document").then_some(line)
    }

    /// `full nghi-dinh 30/2020/NĐ-CP "words" … -> key`, and lines for title and provisions.
    fn citation(&self, c: &Value, out: &mut Vec<String>) {
        let identifier = match (c["symbol"].as_str(), c["number"].as_str(), c["name"].as_str()) {
            (Some(symbol), _, _) => symbol.to_owned(),
            (None, Some(number), _) => format!("no.{number}"),
            _ => "-".to_owned(),
        };
        let doc_type = c["type"].as_str().unwrap_or("-");
        let words = quoted(self.slice(&c["core"]));
        let mut line = format!("{} {doc_type} {identifier} {words}", string(&c["form"]));
        plain_quoted(&mut line, "name", &c["name"]);
        plain(&mut line, "date", &c["date"]);
        plain_quoted(&mut line, "date_raw", &c["date_raw"]);
        let year = c["year"].as_i64().map(|year| year.to_string());
        let told = |year: &String| identifier.contains(year.as_str()) || string(&c["date"]).starts_with(year.as_str());
        if let Some(year) = year.filter(|year| !told(year)) {
            line.push_str(&format!(" year={year}"));
        }
        plain(&mut line, "effective", &c["effective"]);
        for body in items(&c["issuers"]) {
            issuer(&mut line, body);
        }
        plain(&mut line, "unresolved", &c["unresolved"]);
        let candidates: Vec<String> = items(&c["candidates"]).map(key).collect();
        if !candidates.is_empty() {
            line.push_str(&format!(" candidates={}", candidates.join(",")));
        }
        if c["confidence"].as_f64().is_some_and(|confidence| confidence < 1.0) {
            line.push_str(" unsure");
        }
        let targets: Vec<String> = items(&c["targets"]).map(key).collect();
        if !c["target"].is_null() {
            line.push_str(&format!(" -> {}", key(&c["target"])));
        } else if !targets.is_empty() {
            line.push_str(&format!(" -> {}", targets.join(" ")));
        }
        out.push(line);
        if let Some(title) = c["title"].as_str() {
            out.push(format!("  title {}", quoted(title)));
        }
        let provisions = list(&c["provisions"]);
        if !provisions.is_empty() {
            out.push(format!("  at {provisions}"));
        }
    }

    /// `provisions khoan:2 = dieu:5/khoan:2 of self "words"`.
    fn provisions(&self, p: &Value) -> String {
        let (written, resolved) = (list(&p["provisions"]), list(&p["resolved"]));
        let resolved =
            if written == resolved || resolved.is_empty() { String::new() } else { format!(" = {resolved}") };
        let target = if p["target"].is_null() { "?".to_owned() } else { key(&p["target"]) };
        format!("provisions {written}{resolved} of {target} {}", quoted(self.slice(&p["span"])))
    }

    /// `relation self amends key cue="…" …`.
    fn relation(&self, r: &Value) -> String {
        let (source, target) = (key(&r["source"]), key(&r["target"]));
        let mut line = format!("relation {source} {} {target}", string(&r["relation"]));
        let cue = &r["cue"];
        if !cue.is_null() && r["field"].is_null() {
            line.push_str(&format!(" cue={}", quoted(self.slice(cue))));
        }
        for (name, provisions) in [("at", list(&r["provisions"])), ("by", list(&r["source_provisions"]))] {
            if !provisions.is_empty() {
                line.push_str(&format!(" {name}={}", provisions.replace(' ', ",")));
            }
        }
        for (name, usual) in [("mood", "asserted"), ("extent", "unknown"), ("act", ""), ("effective", "")] {
            if r[name] != usual {
                plain(&mut line, name, &r[name]);
            }
        }
        if !r["effective_with"].is_null() {
            line.push_str(&format!(" with={}", key(&r["effective_with"])));
        }
        if r["effective_open"] == true {
            line.push_str(" open");
        }
        plain(&mut line, "until", &r["until"]);
        plain(&mut line, "field", &r["field"]);
        line
    }

    /// `effect self begins=… until=… "words"`.
    fn effect(&self, e: &Value) -> String {
        let mut line = format!("effect {}", key(&e["document"]));
        for (name, provisions) in [("at", list(&e["provisions"])), ("except", list(&e["except"]))] {
            if !provisions.is_empty() {
                line.push_str(&format!(" {name}={}", provisions.replace(' ', ",")));
            }
        }
        if e["extent"] == "part" && list(&e["provisions"]).is_empty() {
            line.push_str(" part");
        }
        plain(&mut line, "begins", &e["begins"]);
        plain_key(&mut line, "with", &e["with"]);
        plain(&mut line, "until", &e["until"]);
        if e["from"] != "text" {
            plain(&mut line, "from", &e["from"]);
        }
        format!("{line} {}", quoted(self.slice(&e["evidence"])))
    }
}

/// `known key date=… from=other_mention`: what one mention does not say, but the whole text does.
fn known(document: &Value) -> Option<String> {
    let mut line = format!("known {}", key(&document["key"]));
    let bare = line.len();
    for field in ["symbol", "name", "date", "issuer"] {
        let from = string(&document["from"][field]);
        // what the law table says stands in the key, what the symbol says in the citation
        if matches!(from, "" | "text" | "law_table") || (field == "issuer" && from == "inferred") {
            continue;
        }
        let value = if field == "issuer" { &document[field][0] } else { &document[field] };
        line.push_str(&format!(" {field}={} from={from}", quoted(string(value))));
    }
    (line.len() > bare).then_some(line)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> String {
    items(value).map(string).collect::<Vec<_>>().join(" ")
}

/// A key; of a partial one, the hash of the source is left out.
fn key(value: &Value) -> String {
    string(value).split('#').next().unwrap_or_default().to_owned()
}

fn quoted(words: &str) -> String {
    let mut out = String::from('"');
    for letter in words.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\u{a0}' | '\u{ad}' | '\u{2009}'..='\u{200f}' | '\u{202f}' | '\u{feff}' | '\u{300}'..='\u{36f}' => {
                out.extend(letter.escape_unicode());
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

fn plain(line: &mut String, name: &str, value: &Value) {
    if let Some(value) = value.as_str() {
        line.push_str(&format!(" {name}={value}"));
    }
}

fn plain_key(line: &mut String, name: &str, value: &Value) {
    if !value.is_null() {
        line.push_str(&format!(" {name}={}", key(value)));
    }
}

fn plain_quoted(line: &mut String, name: &str, value: &Value) {
    if let Some(value) = value.as_str() {
        line.push_str(&format!(" {name}={}", quoted(value)));
    }
}

/// `issuer="…"` as the text names it, `issuer~"…"` when only the symbol tells.
fn issuer(line: &mut String, body: &Value) {
    if !body.is_null() {
        let sign = if body["text"].is_null() { '~' } else { '=' };
        line.push_str(&format!(" issuer{sign}{}", quoted(body["name"].as_str().unwrap_or("?"))));
    }
}

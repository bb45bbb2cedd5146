//! What is known of a record beforehand.

/// Fields of a record, as given. They fill the document's own identity; what conflicts with the text, or cannot
/// be read, is a diagnostic.
///
/// ```
/// let metadata = viendan::Metadata::default().symbol("30/2020/NĐ-CP").issued("2020-03-05");
/// let found = viendan::Extractor::new().extract_record("Nghị định này …", Some("nd30"), &metadata)?;
/// assert_eq!(found.document.key.as_ref().map(|key| key.as_str()), Some("vn:nghi-dinh:30/2020:cp"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[must_use]
pub struct Metadata {
    /// Symbol, such as `30/2020/NĐ-CP`.
    pub symbol: Option<String>,
    /// Type as slug (`nghi-dinh`) or name (`Nghị định`).
    pub doc_type: Option<String>,
    /// Issuer as a name.
    pub issuer: Option<String>,
    /// Date of issue: `2013`, `2013-05` or `2013-05-02`.
    pub issued: Option<String>,
    /// Date of effect, likewise.
    pub effective: Option<String>,
    /// Title; also read for relations.
    pub title: Option<String>,
}

impl Metadata {
    /// The names of the fields, as records and `--meta` write them.
    pub const FIELDS: [&'static str; 6] = ["symbol", "type", "issuer", "issued", "effective", "title"];

    /// True when nothing is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets a field by its name; false when there is no such field.
    pub fn set(&mut self, field: &str, value: impl Into<String>) -> bool {
        let slot = match field {
            "symbol" => &mut self.symbol,
            "type" => &mut self.doc_type,
            "issuer" => &mut self.issuer,
            "issued" => &mut self.issued,
            "effective" => &mut self.effective,
            "title" => &mut self.title,
            _ => return false,
        };
        *slot = Some(value.into());
        true
    }

    /// With a symbol.
    pub fn symbol(mut self, symbol: impl Into<String>) -> Self {
        self.symbol = Some(symbol.into());
        self
    }

    /// With a type.
    pub fn doc_type(mut self, doc_type: impl Into<String>) -> Self {
        self.doc_type = Some(doc_type.into());
        self
    }

    /// With an issuer.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// With a date of issue.
    pub fn issued(mut self, issued: impl Into<String>) -> Self {
        self.issued = Some(issued.into());
        self
    }

    /// With a date of effect.
    pub fn effective(mut self, effective: impl Into<String>) -> Self {
        self.effective = Some(effective.into());
        self
    }

    /// With a title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

//! Names after RFC 9676, for documents whose full date is known. `vn` is not delegated to anyone: the names are this
//! project's convention.

use super::Extraction;
use crate::model::{Document, Issuer};
use crate::text::fold::ascii_name;

impl Extraction<'_> {
    /// `urn:lex:vn:chinh.phu:nghi.dinh:2020-03-05;30-2020-nd-cp`; none where type, symbol, issuer or the full date
    /// is not known.
    #[must_use]
    pub fn urn(&self, document: &Document) -> Option<String> {
        let date = document.date.filter(|date| date.is_full())?;
        let kind = document.doc_type?.code().replace('-', ".");
        let number = ascii_name(document.symbol.as_deref()?, '-');
        let names: Option<Vec<String>> = document.issuers.iter().map(|issuer| self.authority(issuer)).collect();
        let authority = names.filter(|names| !names.is_empty())?.join("+");
        let place = document.issuers.iter().find_map(|issuer| issuer.place);
        let place =
            place.and_then(|place| self.lexicon.place_slug(place)).map_or_else(String::new, |slug| format!(";{slug}"));
        Some(format!("urn:lex:vn{place}:{authority}:{kind}:{date};{number}"))
    }

    /// The name of a body spelled out; a body of the Party under the Party's own.
    fn authority(&self, issuer: &Issuer) -> Option<String> {
        let bare = Issuer { place: None, ..issuer.clone() };
        let name = ascii_name(&self.lexicon.issuer_name(&bare)?, '.');
        let party = self.lexicon.party_name(issuer).map(|party| ascii_name(party, '.'));
        Some(match party {
            Some(party) if party != name => format!("{party};{name}"),
            _ => name,
        })
    }
}

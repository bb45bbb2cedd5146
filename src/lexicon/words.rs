//! `words.tsv` and `confusables.tsv`: small words by the part they play.

use super::issuers::IssuerRow;
use super::phrase::Phrases;
use super::places::PlaceRow;
use crate::error::Error;
use crate::table::{Cells, Table};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// The part a word plays; the column `role` of `words.tsv`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub(crate) enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

roles! {
    /// số
    Number = "number",
    /// ngày
    Date = "date",
    /// tháng
    Month = "month",
    /// năm
    Year = "year",
    /// này
    This = "this",
    /// a qualifier between type word and này
    Adjective = "adjective",
    /// nêu trên, nói trên
    Back = "back",
    /// các, những
    Plural = "plural",
    /// và, hoặc
    And = "and",
    /// của
    Of = "of",
    /// tại, trong
    At = "at",
    /// ban hành kèm theo
    Annexed = "annexed",
    /// từ
    From = "from",
    /// đến
    To = "to",
    /// trừ
    Except = "except",
    /// vào sau
    Into = "into",
    /// nhất, hai
    Ordinal = "ordinal",
    /// về, về việc
    Title = "title",
    /// khóa
    Term = "term",
    /// dự thảo
    Draft = "draft",
    /// có hiệu lực kể từ ngày
    Effective = "effective",
    /// kể từ ngày ký
    Signing = "signing",
    /// sau (N ngày)
    After = "after",
    /// khi, thời điểm: before a document it means the time at which that takes effect
    Moment = "moment",
    /// theo (quy định của): what follows is the source of what is spoken of
    By = "by",
    /// kể từ (ngày …)
    Since = "since",
    /// đến hết (ngày …)
    Until = "until",
    /// tiếp tục có hiệu lực (đến …)
    Continues = "continues",
    /// bốn mươi lăm (ngày): a number of days in words
    Count = "count",
    /// trừ quy định tại: what a date of effect does not hold for
    Excepting = "excepting",
    /// sau đây gọi tắt là
    Alias = "alias",
    /// Bộ trưởng, Chủ tịch
    Officer = "officer",
    /// the head word of a body
    Body = "body",
    /// a lower-case word inside the name of a body
    Inner = "inner",
    /// tỉnh, thành phố
    Locality = "locality",
    /// huyện, xã
    Below = "below",
    /// a phrase that only looks like a type or unit word
    Nothing = "nothing",
    /// before the code of a form, contract or licence
    FormCode = "form_code",
    /// before a list of amending instructions ends: như sau
    Follows = "follows",
    /// words that end the name of a work
    NameEnd = "name_end",
    /// tự do: words inside a name of which one alone would end it
    Bound = "bound",
    /// prepositions that end the name of a work only before a mention
    NameSoft = "name_soft",
    /// a word before `luật` that makes another word of it: pháp, kỷ
    NotBefore = "not_before",
    /// words that begin a period inside a name
    Period = "period",
    /// words that cannot begin the name of a law or work
    NoName = "no_name",
    /// nouns that are counted: after a bare number it is no document number
    Counted = "counted",
    /// an act verb before an issued document: ban hành, ra
    Issues = "issues",
    /// chỉ đạo của X tại
    Voice = "voice",
    /// lines of the State or Party head
    Motto = "motto",
    /// TM., KT.
    Capacity = "capacity",
    /// the enacting word between preamble and articles
    Enacts = "enacts",
    /// negation before a cue
    Negation = "negation",
    /// plan or request before a cue
    Planned = "planned",
    /// condition before a cue
    Conditional = "conditional",
    /// plenum of the Central Committee
    Plenum = "plenum",
    /// congress or conference
    Congress = "congress",
    /// (sửa đổi)
    Revised = "revised",
    /// sửa đổi, bổ sung at the head of an amending title or between provisions
    Amending = "amending",
    /// đã, vừa: between a body and its verb
    Aspect = "aspect",
    /// giữa: who made an agreement
    Parties = "parties",
    /// a body outside the Vietnamese systems, whose resolutions are none of theirs
    Foreign = "foreign",
    /// từ, cụm từ: before words in quotation marks that are put in or left out
    Wording = "wording",
    /// kinh phí, tiến độ: before `thực hiện` it makes the verb a noun
    Nominal = "nominal",
    /// xây dựng, ký kết: `xây dựng và thực hiện` speaks of a document that is still to be made
    Making = "making",
    /// khi được: the document before it is still to be issued
    Pending = "pending",
    /// kinh phí, vốn: what is provided for carrying a document out
    Money = "money",
    /// nhiệm vụ, dự án: what is carried out, and not the document it belongs to
    Task = "task",
    /// quy định, nội dung: what an act takes out of another
    Ruling = "ruling",
    /// việc: outside a title what follows is a matter, not a fact
    Matter = "matter",
    /// nhưng: what follows is set against what stands before
    Adversative = "adversative",
    /// words that may stand before a verb that heads its clause
    Lead = "lead",
    /// Bản: before the type word of a work
    Edition = "edition",
    /// ban hành, phê duyệt: announces a work by its title
    Announces = "announces",
    /// HS, DS: the code of a judicial procedure in the symbol of a judgment
    Case = "case",
}

#[derive(Debug, Clone)]
struct WordRow {
    role: Role,
    text: String,
    value: String,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordFound<'a> {
    pub role: Role,
    pub value: &'a str,
    pub end: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Words {
    rows: Vec<WordRow>,
    phrases: Phrases,
}

impl Default for Words {
    fn default() -> Self {
        Self { rows: Vec::new(), phrases: Phrases::new(false) }
    }
}

impl Words {
    pub(crate) fn read(&mut self, table: &Table<'_>) -> Result<(), Error> {
        for row in table.rows() {
            let role = row.required("role")?;
            let role = Role::parse(role).ok_or_else(|| row.error("role", format!("unknown role `{role}`")))?;
            let text = row.required("text")?;
            let value = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.phrases.insert(text, value);
            self.rows.push(WordRow { role, text: text.to_owned(), value: row.get("value").to_owned() });
        }
        Ok(())
    }

    pub(crate) fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(move |row| row.role == role).map(|row| row.text.as_str())
    }

    pub(crate) fn find(&self, bytes: &[u8], at: usize, roles: &[Role]) -> Option<WordFound<'_>> {
        let wanted = |value: u32| self.rows.get(value as usize).is_some_and(|row| roles.contains(&row.role));
        let found = self.phrases.longest_where(bytes, at, wanted)?;
        let row =
            found.values.iter().filter(|value| wanted(**value)).find_map(|value| self.rows.get(*value as usize))?;
        Some(WordFound { role: row.role, value: &row.value, end: found.end })
    }

    /// `Ủy ban nhân dân` + Quảng Ninh → `Ủy ban nhân dân tỉnh Quảng Ninh`; Party bodies take the bare name.
    pub(crate) fn local_name(&self, row: &IssuerRow, name: &str, place: &PlaceRow) -> String {
        if row.party {
            return format!("{name} {}", place.name);
        }
        let kind = self.rows.iter().find(|word| word.role == Role::Locality && word.value == place.kind);
        match kind {
            Some(kind) => format!("{name} {} {}", kind.text, place.name),
            None => format!("{name} {}", place.name),
        }
    }
}

/// A row of `confusables.tsv`.
pub(crate) fn confusable(row: &Cells<'_, '_>) -> Result<(char, Option<char>), Error> {
    let one = |column: &str| -> Result<Option<char>, Error> {
        let text = row.get(column);
        if let Some(hex) = text.strip_prefix("U+") {
            return u32::from_str_radix(hex, 16)
                .ok()
                .and_then(char::from_u32)
                .map(Some)
                .ok_or_else(|| row.error(column, format!("`{text}` is no code point")));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Ok(None),
            (Some(c), None) => Ok(Some(c)),
            _ => Err(row.error(column, format!("`{text}` is more than one character"))),
        }
    };
    let from = one("from")?.ok_or_else(|| row.error("from", "`from` is empty"))?;
    if from.is_ascii() {
        return Err(row.error("from", "an ASCII character stands for itself"));
    }
    Ok((from, one("to")?))
}

#[cfg(test)]
mod tests {
    use super::Role;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_role_has_words() {
        let lexicon = Lexicon::built_in();
        let empty: Vec<_> = Role::ALL.iter().filter(|role| lexicon.words.of(**role).next().is_none()).collect();
        assert!(empty.is_empty(), "{empty:?}");
    }
}

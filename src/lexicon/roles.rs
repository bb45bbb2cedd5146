//! The parts that small words play, and sets of them.

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// The part a word plays; the column `role` of `words.tsv`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub(crate) enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its place in a set of roles.
            pub(super) const fn bit(self) -> u128 {
                1 << self as u8
            }

            pub(super) fn parse(text: &str) -> Option<Self> {
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

/// Roles that a word may play, told by its opening: those it plays, and seldom some more.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Roles(pub(super) u128);

impl Roles {
    /// The word may play one of these.
    #[inline]
    pub(crate) const fn any(self, roles: &[Role]) -> bool {
        self.meets(Self::of(roles))
    }

    /// The same for a set.
    #[inline]
    pub(crate) const fn meets(self, roles: Self) -> bool {
        self.0 & roles.0 != 0
    }

    #[inline]
    pub(crate) const fn of(roles: &[Role]) -> Self {
        let mut all = 0;
        let mut rest = roles;
        while let [role, more @ ..] = rest {
            all |= role.bit();
            rest = more;
        }
        Self(all)
    }
}

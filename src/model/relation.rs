//! Relations between documents, each with the words that prove it.

use super::{PartialDate, Provision, closed_set};
use crate::span::Span;

closed_set! {
/// How the source document stands to the target.
pub enum Relation {
    /// Rests on it: căn cứ.
    BasedOn = "based_on",
    /// Carries it out: thực hiện, triển khai, quán triệt, theo tinh thần, thi hành, cụ thể hóa.
    Implements = "implements",
    /// Details or guides it: quy định chi tiết, hướng dẫn.
    Guides = "guides",
    /// Changes it: sửa đổi, bổ sung.
    Amends = "amends",
    /// Takes its place: thay thế.
    Replaces = "replaces",
    /// Ends it, wholly or in part: bãi bỏ, hủy bỏ, hết hiệu lực.
    Repeals = "repeals",
    /// Halts its effect: đình chỉ, ngưng hiệu lực.
    Suspends = "suspends",
    /// Corrects an error in it: đính chính.
    Corrects = "corrects",
    /// Prolongs it: gia hạn, kéo dài thời gian thực hiện.
    Extends = "extends",
    /// Merges it with its amendments: hợp nhất.
    Consolidates = "consolidates",
    /// Issues a work as its attachment: ban hành (kèm theo).
    Promulgates = "promulgates",
    /// Approves or adopts it: phê duyệt, thông qua.
    Approves = "approves",
    /// Makes it public: công bố.
    Publishes = "publishes",
    /// Reviews how it was carried out: sơ kết, tổng kết, đánh giá, kiểm tra việc thực hiện.
    Reviews = "reviews",
    /// Follows its proposal: theo đề nghị tại, xét Tờ trình.
    OnProposalOf = "on_proposal_of",
    /// Answers it: trả lời công văn.
    RepliesTo = "replies_to",
    /// Sends it: gửi kèm.
    Transmits = "transmits",
    /// Mentions it.
    Cites = "cites",
}
}

impl Relation {
    /// Those that change the target, or end it.
    pub const CHANGES: &'static [Self] =
        &[Self::Amends, Self::Replaces, Self::Repeals, Self::Suspends, Self::Corrects, Self::Extends];

    /// Those by which the source depends on the target: it would have to be looked at again if the target fell. What
    /// replaces, repeals, sends or merely mentions another document does not depend on it.
    pub const DEPENDS: &'static [Self] = &[
        Self::BasedOn,
        Self::Implements,
        Self::Guides,
        Self::Amends,
        Self::Suspends,
        Self::Corrects,
        Self::Extends,
        Self::Consolidates,
        Self::Reviews,
    ];
}

closed_set! {
/// Whether the text says that it is so.
pub enum Mood {
    /// Said as a fact or an order.
    Asserted = "asserted",
    /// Said not to be so.
    Negated = "negated",
    /// Announced or asked for.
    Planned = "planned",
    /// Only if something else is the case.
    Conditional = "conditional",
    /// Part of a draft.
    Draft = "draft",
}
}

closed_set! {
/// How much of the target is touched.
pub enum Extent {
    /// All of it.
    Whole = "whole",
    /// Named provisions or "một phần".
    Part = "part",
    /// Not said.
    Unknown = "unknown",
}
}

closed_set! {
/// What an amendment does.
pub enum Act {
    /// sửa đổi (also sửa đổi, bổ sung)
    Amend = "amend",
    /// bổ sung
    Insert = "insert",
    /// bỏ, bãi bỏ of a provision
    Delete = "delete",
    /// thay thế cụm từ
    ReplaceWords = "replace_words",
}
}

/// One end of a relation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Node {
    /// The document that was read.
    Own,
    /// An entry of [`crate::Extraction::documents`].
    Document(u32),
}

/// A relation as one clause of the text states it.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct RelationMention {
    /// The acting document.
    pub source: Node,
    /// What it does.
    pub relation: Relation,
    /// To which document.
    pub target: Node,
    /// The citation that names the target (or, in passive clauses, the source); an index of `citations`.
    pub citation: Option<u32>,
    /// The words that say the relation; none for a bare mention.
    pub cue: Option<Span>,
    /// From cue or source to the target: the words that prove it.
    pub evidence: Span,
    /// Provisions of the target.
    pub provisions: Vec<Provision>,
    /// Provisions of the source: the clause that acts.
    pub source_provisions: Vec<Provision>,
    /// Whether it is stated as a fact. What is not asserted has the relation `cites`.
    pub mood: Mood,
    /// Whole or part.
    pub extent: Extent,
    /// What an amendment does.
    pub act: Option<Act>,
    /// The clause's own date of effect.
    pub effective: Option<PartialDate>,
    /// The clause takes effect together with this document: `kể từ ngày Thông tư này có hiệu lực`.
    pub effective_with: Option<Node>,
    /// The clause takes effect on a day of its own that the text does not tell: `kể từ ngày Sở giao dịch bắt đầu
    /// hoạt động`.
    pub effective_open: bool,
    /// The last day of what the clause does: of a suspension, of an extension.
    pub until: Option<PartialDate>,
    /// The row of `grammar/cues.tsv` that decided it; empty for a bare mention.
    pub rule: compact_str::CompactString,
    /// The evidence lies in the title given as metadata, not in the text.
    pub in_title: bool,
}

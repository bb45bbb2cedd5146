//! Units of a document below the whole.

use super::closed_set;

closed_set! {
/// A level of a provision path, outermost first.
pub enum Unit {
    /// Phụ lục
    Appendix = "phuluc",
    /// Mẫu số
    Template = "mau",
    /// Biểu
    Chart = "bieu",
    /// Phần
    Part = "phan",
    /// Chương
    Chapter = "chuong",
    /// Mục
    Section = "muc",
    /// Tiểu mục
    Subsection = "tieumuc",
    /// Điều
    Article = "dieu",
    /// khoản
    Clause = "khoan",
    /// điểm
    Point = "diem",
    /// tiết
    Item = "tiet",
    /// gạch đầu dòng
    Dash = "gach",
    /// đoạn
    Paragraph = "doan",
}
}

//! The closed list of document types; each is a row of `grammar/doc_types.tsv`.

use super::closed_set;

closed_set! {
/// What sort of document it is. State and Party namesakes share a type. `van-ban` is the word for any document
/// and stands only in mentions that name no type (`văn bản này`).
pub enum DocType {
    /// Hiến pháp
    HienPhap = "hien-phap",
    /// Bộ luật
    BoLuat = "bo-luat",
    /// Luật
    Luat = "luat",
    /// Pháp lệnh
    PhapLenh = "phap-lenh",
    /// Nghị quyết
    NghiQuyet = "nghi-quyet",
    /// Lệnh
    Lenh = "lenh",
    /// Nghị quyết liên tịch
    NghiQuyetLienTich = "nghi-quyet-lien-tich",
    /// Nghị định
    NghiDinh = "nghi-dinh",
    /// Quyết định
    QuyetDinh = "quyet-dinh",
    /// Thông tư
    ThongTu = "thong-tu",
    /// Thông tư liên tịch
    ThongTuLienTich = "thong-tu-lien-tich",
    /// Thông tư liên bộ
    ThongTuLienBo = "thong-tu-lien-bo",
    /// Thông tư liên ngành
    ThongTuLienNganh = "thong-tu-lien-nganh",
    /// Chỉ thị
    ChiThi = "chi-thi",
    /// Sắc lệnh
    SacLenh = "sac-lenh",
    /// Sắc luật
    SacLuat = "sac-luat",
    /// Quyết nghị
    QuyetNghi = "quyet-nghi",
    /// Văn bản hợp nhất
    VanBanHopNhat = "van-ban-hop-nhat",
    /// Công điện
    CongDien = "cong-dien",
    /// Quy chế
    QuyChe = "quy-che",
    /// Quy định
    QuyDinh = "quy-dinh",
    /// Quy hoạch
    QuyHoach = "quy-hoach",
    /// Thông cáo
    ThongCao = "thong-cao",
    /// Thông báo
    ThongBao = "thong-bao",
    /// Hướng dẫn
    HuongDan = "huong-dan",
    /// Chương trình
    ChuongTrinh = "chuong-trinh",
    /// Kế hoạch
    KeHoach = "ke-hoach",
    /// Phương án
    PhuongAn = "phuong-an",
    /// Đề án
    DeAn = "de-an",
    /// Dự án
    DuAn = "du-an",
    /// Báo cáo
    BaoCao = "bao-cao",
    /// Biên bản
    BienBan = "bien-ban",
    /// Tờ trình
    ToTrinh = "to-trinh",
    /// Hợp đồng
    HopDong = "hop-dong",
    /// Bản ghi nhớ
    BanGhiNho = "ban-ghi-nho",
    /// Bản thỏa thuận
    BanThoaThuan = "ban-thoa-thuan",
    /// Giấy ủy quyền
    GiayUyQuyen = "giay-uy-quyen",
    /// Giấy mời
    GiayMoi = "giay-moi",
    /// Giấy giới thiệu
    GiayGioiThieu = "giay-gioi-thieu",
    /// Giấy nghỉ phép
    GiayNghiPhep = "giay-nghi-phep",
    /// Phiếu gửi
    PhieuGui = "phieu-gui",
    /// Phiếu chuyển
    PhieuChuyen = "phieu-chuyen",
    /// Phiếu báo
    PhieuBao = "phieu-bao",
    /// Công văn
    CongVan = "cong-van",
    /// Thư công
    ThuCong = "thu-cong",
    /// Bản sao y
    BanSaoY = "ban-sao-y",
    /// Bản trích sao
    BanTrichSao = "ban-trich-sao",
    /// Bản sao lục
    BanSaoLuc = "ban-sao-luc",
    /// Bản sao
    BanSao = "ban-sao",
    /// Giấy chứng nhận
    GiayChungNhan = "giay-chung-nhan",
    /// Giấy phép
    GiayPhep = "giay-phep",
    /// Giấy đi đường
    GiayDiDuong = "giay-di-duong",
    /// Giấy biên nhận hồ sơ
    GiayBienNhanHoSo = "giay-bien-nhan-ho-so",
    /// Bản cam kết
    BanCamKet = "ban-cam-ket",
    /// Án lệ
    AnLe = "an-le",
    /// Bản án
    BanAn = "ban-an",
    /// Quyết định giám đốc thẩm
    QuyetDinhGiamDocTham = "quyet-dinh-giam-doc-tham",
    /// Kháng nghị
    KhangNghi = "khang-nghi",
    /// Cáo trạng
    CaoTrang = "cao-trang",
    /// Kết luận thanh tra
    KetLuanThanhTra = "ket-luan-thanh-tra",
    /// Điều ước quốc tế
    DieuUocQuocTe = "dieu-uoc-quoc-te",
    /// Hiệp định
    HiepDinh = "hiep-dinh",
    /// Hiệp ước
    HiepUoc = "hiep-uoc",
    /// Công ước
    CongUoc = "cong-uoc",
    /// Nghị định thư
    NghiDinhThu = "nghi-dinh-thu",
    /// Thỏa thuận
    ThoaThuan = "thoa-thuan",
    /// Cương lĩnh
    CuongLinh = "cuong-linh",
    /// Điều lệ
    DieuLe = "dieu-le",
    /// Chiến lược
    ChienLuoc = "chien-luoc",
    /// Kết luận
    KetLuan = "ket-luan",
    /// Thông tri
    ThongTri = "thong-tri",
    /// Tuyên bố
    TuyenBo = "tuyen-bo",
    /// Lời kêu gọi
    LoiKeuGoi = "loi-keu-goi",
    /// Văn kiện
    VanKien = "van-kien",
    /// Tiêu chuẩn
    TieuChuan = "tieu-chuan",
    /// Quy chuẩn
    QuyChuan = "quy-chuan",
    /// Văn bản
    VanBan = "van-ban",
}
}

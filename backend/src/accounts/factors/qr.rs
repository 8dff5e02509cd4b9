//! A QR code as one path, for a picture that stands in the page itself: nothing is loaded for it.

use qrcode::{Color, QrCode};
use std::fmt::Write;

/// The light border that readers need, in modules (ISO/IEC 18004).
const BORDER: usize = 4;

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Its width and height with the border, in modules.
    pub size: usize,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

impl Qr {
    /// Draws a text; nothing if it is longer than any QR code holds.
    pub(super) fn of(text: &str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                // Writing to a text cannot fail.
                let _ = write!(path, "M{} {}h1v1h-1z", index % width + BORDER, index / width + BORDER);
            }
        }
        Some(Self { size: width + 2 * BORDER, path })
    }
}

#[cfg(test)]
mod tests {
    use super::Qr;

    #[test]
    fn a_code_is_square_with_a_border() {
        let qr = Qr::of("otpauth://totp/Tickbox:ada@mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Tickbox").unwrap();
        assert_eq!((qr.size - 8) % 4, 1, "a QR code has 17 + 4n modules");
        assert!(qr.path.starts_with("M4 4h1v1h-1z"), "the finder pattern begins at the border's corner");
        assert!(Qr::of(&"x".repeat(5_000)).is_none());
    }
}

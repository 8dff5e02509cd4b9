//! How an enum of named choices is declared: its words in JSON, forms and the database are said once.

macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every choice, in the order to offer them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in JSON, forms and the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl $crate::json::FromText for $name {
            fn from_text(text: &str) -> Result<Self, $crate::json::Complaint> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == text).ok_or_else(|| {
                    $crate::json::Complaint::new("unknown_choice", format!("Choose one of: {}", [$($text),*].join(", ")))
                })
            }
        }
    };
}
pub(crate) use choice;

//! Projects: what tasks are sorted into. They nest, have a colour, and can be put away as a whole.

mod change;
mod name;
mod project;
mod tree;

pub use change::{NewProject, ProjectChange, ProjectPatch};
pub use name::ProjectName;
pub use project::Project;
pub use tree::{Branch, Nested, fits_below, nested};

/// The most projects of one account: all of them stand beside every page.
pub const MOST_PROJECTS: usize = 500;
/// How many levels of projects there may be, the uppermost included.
pub const DEEPEST_PROJECT: usize = 5;

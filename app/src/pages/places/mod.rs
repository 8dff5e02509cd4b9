//! The pages of what people sort their tasks by: projects, tags and saved filters; and for each of them its tasks.

mod edit;
mod filter;
mod filters;
mod project;
mod projects;
mod query;
mod tag;
mod tags;
mod tasks;

pub use filter::FilterPage;
pub use filters::FiltersPage;
pub use project::ProjectPage;
pub use projects::ProjectsPage;
pub use tag::TagPage;
pub use tags::TagsPage;

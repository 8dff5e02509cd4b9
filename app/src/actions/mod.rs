//! What pages and islands ask the server to do. Each function reads its fields, calls `backend` and answers.

pub mod accounts;
pub mod admin;
pub mod changes;
pub mod factors;
pub mod lines;
pub mod order;
pub mod quick_add;
pub mod recovery;
pub mod tasks;
pub mod tokens;

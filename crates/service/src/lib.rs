//! Commands, queries and background work of the backend on its SQLite store. Contains no HTTP: the backend reads requests and
//! writes responses, the rules are in the domain.

pub mod changes;
pub mod clock;
mod error;
pub mod keep_running;
pub mod photo_process;
mod service;
mod settings;
pub mod store;
pub mod token;

pub use error::Error;
pub use service::*;
pub use settings::{MIN_SECRET_BYTES, Settings};
